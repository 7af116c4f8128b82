//! Services of the frameworks that serve files: what is below a path, or one file at it. Which files there are is no matter of
//! code.

use super::evaluate::Evaluation;
use super::frame::Frame;
use super::handlers::entry;
use super::kind::Kind;
use super::mounts;
use super::names::paths;
use super::value::{Router, Value};
use crate::extract::crates::Ty;
use crate::model::{BlindSpotKind, MethodSet, PathTemplate};
use crate::syntax::facts::Pos;
use std::sync::Arc;

/// What a service of files answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Files {
    /// Whatever is below its path.
    Below,
    /// Its path.
    One,
}

/// Types and functions that serve files: crate, last segment, what they answer.
const ROWS: &[(&str, &str, Files)] = &[
    ("actix_files", "Files", Files::Below),
    ("actix_web_static_files", "ResourceFiles", Files::Below),
    ("axum_embed", "ServeEmbed", Files::Below),
    ("poem", "EmbeddedFileEndpoint", Files::One),
    ("poem", "EmbeddedFilesEndpoint", Files::Below),
    ("poem", "StaticFileEndpoint", Files::One),
    ("poem", "StaticFilesEndpoint", Files::Below),
    ("rocket", "FileServer", Files::Below),
    ("rocket_contrib", "StaticFiles", Files::Below),
    ("salvo", "StaticDir", Files::Below),
    ("salvo", "StaticEmbed", Files::Below),
    ("salvo", "StaticFile", Files::One),
    ("salvo", "static_embed", Files::Below),
    ("salvo_serve_static", "StaticDir", Files::Below),
    ("salvo_serve_static", "StaticFile", Files::One),
    ("tower_http", "ServeDir", Files::Below),
    ("tower_http", "ServeFile", Files::One),
];

/// What the type or function at this path answers, if it serves files.
pub(super) fn served_by(path: &str) -> Option<Files> {
    let (krate, rest) = path.split_once("::")?;
    let last = rest.rsplit("::").next()?;
    ROWS.iter().find(|(of, name, _)| *of == krate && *name == last).map(|(.., files)| *files)
}

/// Is it the path of what serves files?
pub(super) fn is_service(path: &str) -> bool {
    served_by(path).is_some() || path.starts_with("warp::fs::")
}

/// A type that is answered as files are.
pub(super) fn answered() -> Ty {
    Ty::Foreign("actix_files::NamedFile".into(), Vec::new())
}

/// The type whose value serves files, and what that answers.
pub(super) fn of_value<'v>(value: &'v Value<'_>) -> Option<(&'v Arc<str>, Files)> {
    match value {
        Value::Of(Ty::Foreign(path, _)) => served_by(path).map(|files| (path, files)),
        _ => None,
    }
}

impl<'a> Evaluation<'a> {
    /// What a function of other crates makes that serves files: actix-web's and Rocket's are mounted as they are.
    pub(super) fn file_service(
        &mut self,
        frame: &mut Frame<'a>,
        path: &str,
        values: &[Value<'a>],
        pos: Pos,
    ) -> Option<Value<'a>> {
        let owner = path.rsplit_once("::").map_or("", |(owner, _)| owner);
        let ty =
            if served_by(path).is_some() { path } else { Some(owner).filter(|owner| served_by(owner).is_some())? };
        let service = Value::Of(Ty::Foreign(ty.into(), Vec::new()));
        let (kind, below) = match path.split("::").next() {
            Some("actix_files" | "actix_web_static_files") => (Kind::Actix, "/{rest:.*}"),
            Some("rocket" | "rocket_contrib") => (Kind::Rocket, "/<path..>"),
            _ => return Some(service),
        };
        let mut router = match kind {
            Kind::Actix => {
                let bases = paths(kind, values.first());
                if bases.iter().any(|(base, _)| base.render().contains("{?}")) {
                    let detail = format!("a path in `{}` could not be read", frame.path);
                    self.blind(frame, pos, BlindSpotKind::UnknownPrefix, detail);
                }
                Router::at(kind, bases).made_in(&frame.path)
            }
            _ => mounts::list(&frame.path),
        };
        self.serves_files(frame, &mut router, &kind.path(below), &service, pos);
        Some(Value::router(router))
    }

    /// A service of files that is mounted at a path; what it answers stands below it, or there.
    pub(super) fn files_at(
        &mut self,
        frame: &Frame<'a>,
        router: &mut Router<'a>,
        path: &PathTemplate,
        service: &Value<'a>,
        pos: Pos,
    ) {
        let path = match of_value(service) {
            Some((_, Files::Below)) => router.kind.under(path, &Kind::Axum.path("/{*rest}")),
            _ => path.clone(),
        };
        self.serves_files(frame, router, &path, service, pos);
    }

    /// A service of files that answers this path.
    pub(super) fn serves_files(
        &mut self,
        frame: &Frame<'a>,
        router: &mut Router<'a>,
        path: &PathTemplate,
        service: &Value<'a>,
        pos: Pos,
    ) {
        let target = self.target(frame, service);
        self.push(frame, router, path, &entry(vec![MethodSet::One("GET".to_owned())], target), pos);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn rows_are_sorted() {
        assert!(super::ROWS.is_sorted_by_key(|(krate, name, _)| (*krate, *name)));
    }
}
