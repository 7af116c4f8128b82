//! `init --mark`: a mark on every route that has none, with the release in which the route appeared.

use super::dependency::{Depends, depend};
use crate::cli::compare::Appeared;
use crate::cli::edits::Edits;
use crate::cli::failure::Failure;
use crate::extract::Unmarked;
use crate::model::{EndpointKey, Place, Prefix};
use crate::syntax::facts::{Pos, RawTokens};
use crate::syntax::{Insertion, insert_attributes};
use std::collections::{BTreeMap, BTreeSet};

/// A handler without a mark, and its routes, each with its release.
struct Handler<'a> {
    name: &'a str,
    routes: BTreeMap<String, (&'a Unmarked, String)>,
}

/// The edits, and what is to be said of them.
pub(super) fn plan(appeared: &Appeared) -> Result<(Edits, Vec<String>), Failure> {
    let mut files: BTreeMap<&str, BTreeMap<(u32, u32), Handler<'_>>> = BTreeMap::new();
    for (package, marking) in &appeared.marking {
        for unmarked in &marking.unmarked {
            let since = appeared.since(package, &unmarked.key);
            let Place { file, line, column } = &unmarked.handler;
            let handlers = files.entry(file.as_ref()).or_default();
            let handler = handlers
                .entry((*line, *column))
                .or_insert_with(|| Handler { name: &unmarked.name, routes: BTreeMap::new() });
            handler.routes.insert(route(&unmarked.key).unwrap_or_default(), (unmarked, since));
        }
    }
    let mut edits = Edits::default();
    let mut said = Said::default();
    for (file, handlers) in &files {
        mark_file(appeared, file, handlers, &mut edits, &mut said)?;
    }
    for manifest in said.manifests.clone() {
        *said.depending.entry(depend(appeared, &manifest, &mut edits)?).or_default() += 1;
    }
    said.left.extend(unmarkable(appeared));
    Ok((edits, said.notes(appeared)))
}

/// What was done, for people.
#[derive(Default)]
struct Said {
    marks: usize,
    next: usize,
    files: usize,
    manifests: BTreeSet<String>,
    /// How many of them came to the attribute crate in which way.
    depending: BTreeMap<Depends, usize>,
    left: Vec<String>,
}

impl Said {
    fn notes(&self, appeared: &Appeared) -> Vec<String> {
        let count = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        let mut out = Vec::new();
        if self.marks > 0 {
            out.push(format!(
                "{} in {}, by {}",
                count(self.marks, "mark", "marks"),
                count(self.files, "file", "files"),
                count(appeared.count(), "release", "releases"),
            ));
        } else if self.left.is_empty() {
            out.push("no route is without a mark: nothing to do (public items are marked by hand)".to_owned());
        }
        if self.next > 0 {
            let say = if self.next == 1 { "1 mark says" } else { &format!("{} marks say", self.next) };
            out.push(format!("{say} `next`, for no release serves what is marked yet"));
        }
        for (how, packages) in &self.depending {
            let (one, many, ending) = match how {
                Depends::Already => continue,
                Depends::ByGit => ("package depends on", "packages depend on", "now, by git until it is on crates.io"),
                Depends::Inherits => ("package inherits", "packages inherit", "from the workspace now"),
                Depends::InheritsByGit => {
                    ("package inherits", "packages inherit", "from the workspace now, by git until it is on crates.io")
                }
            };
            let packages = count(*packages, one, many);
            out.push(format!("{packages} versioning-macros {ending}: `cargo update --workspace` mends Cargo.lock"));
        }
        out.extend(appeared.passed_over().filter(|_| self.marks > 0));
        const SHOWN: usize = 20;
        out.extend(self.left.iter().take(SHOWN).cloned());
        if self.left.len() > SHOWN {
            out.push(format!("and {} more like these", self.left.len() - SHOWN));
        }
        out
    }
}

fn mark_file(
    appeared: &Appeared,
    file: &str,
    handlers: &BTreeMap<(u32, u32), Handler<'_>>,
    edits: &mut Edits,
    said: &mut Said,
) -> Result<(), Failure> {
    let Some(owner) = owner(appeared, file) else {
        said.left.push(format!("{file}: belongs to no member of the workspace"));
        return Ok(());
    };
    let before = text_of(appeared, file)?;
    let name = if before.contains("use versioning_macros::api;") { "api" } else { "versioning_macros::api" };
    let mut attributes: Vec<(Pos, &str, String)> = Vec::new();
    let mut next = 0;
    for ((line, column), handler) in handlers {
        let at = Pos { line: *line, column: *column };
        match marks(handler) {
            Err(why) => {
                said.left.push(format!("{file}:{line}:{column}: `{}` is left without a mark: {why}", handler.name))
            }
            Ok(marks) => {
                let unreleased = marks.iter().filter(|mark| mark.contains("since = \"next\"")).count();
                let all: Vec<_> = marks.iter().map(|inner| (at, handler.name, format!("#[{name}({inner})]"))).collect();
                let one: Vec<Insertion<'_>> = all.iter().map(insertion).collect();
                match insert_attributes(&before, &one) {
                    Ok(_) => {
                        next += unreleased;
                        attributes.extend(all);
                    }
                    Err(_) => said.left.push(format!(
                        "{file}:{line}:{column}: `{}` is left without a mark: no function of its own stands there",
                        handler.name
                    )),
                }
            }
        }
    }
    let insertions: Vec<Insertion<'_>> = attributes.iter().map(insertion).collect();
    let Ok(after) = insert_attributes(&before, &insertions) else { return Ok(()) };
    if attributes.is_empty() || crate::syntax::read(after.as_bytes()).failure.is_some() {
        return Ok(());
    }
    said.marks += attributes.len();
    said.next += next;
    said.files += 1;
    said.manifests.insert(owner);
    edits.set(file, Some(before), after);
    Ok(())
}

fn insertion<'a>((at, name, attribute): &'a (Pos, &'a str, String)) -> Insertion<'a> {
    Insertion { at: *at, name, attribute }
}

/// What stands in the marks of a handler: one without a route where attributes state the routes and all appeared
/// together, else one for each route.
fn marks(handler: &Handler<'_>) -> Result<Vec<String>, String> {
    let sinces: BTreeSet<&str> = handler.routes.values().map(|(_, since)| since.as_str()).collect();
    let by_attribute = handler.routes.values().all(|(unmarked, _)| unmarked.by_attribute);
    if let (true, Some(since)) = (by_attribute && sinces.len() == 1, sinces.first()) {
        return Ok(vec![format!("since = \"{since}\"")]);
    }
    let mut out = Vec::new();
    for (route, (_, since)) in &handler.routes {
        if route.is_empty() {
            return Err("its whole path could not be read; state it: `#[api(GET \"/…\", since = \"…\")]`".to_owned());
        }
        let inner = format!("{route}, since = \"{since}\"");
        if crate::syntax::mark(&RawTokens::from(inner.as_str())).is_err() {
            return Err(format!("`{route}` cannot stand in a mark"));
        }
        out.push(inner);
    }
    Ok(out)
}

/// Routes without a mark whose handlers cannot carry one.
fn unmarkable(appeared: &Appeared) -> Vec<String> {
    let mut out = Vec::new();
    for (package, set) in &appeared.sets {
        let markable = appeared.marking.get(package).map_or(&[][..], |marking| marking.unmarked.as_slice());
        for (endpoint, id) in set.endpoints.iter().zip(set.ids()) {
            let is_route = matches!(endpoint.key, EndpointKey::Http { .. });
            if is_route && !endpoint.marked && markable.iter().all(|unmarked| unmarked.key != endpoint.key) {
                let Place { file, line, column } = &endpoint.place;
                out.push(format!(
                    "{file}:{line}:{column}: `{id}` is left without a mark: its handler is no function of its own"
                ));
            }
        }
    }
    out
}

/// `GET "/users/{id}"`; `None` where the beginning of the path is not known.
fn route(key: &EndpointKey) -> Option<String> {
    match key {
        EndpointKey::Http { path, method, .. } if path.prefix == Prefix::Known => {
            Some(format!("{method} {:?}", path.render()))
        }
        _ => None,
    }
}

/// The manifest of the member that a file belongs to.
fn owner(appeared: &Appeared, file: &str) -> Option<String> {
    let members = appeared.side.workspace.packages.iter().filter(|p| p.member);
    let holds = |directory: &str| {
        directory.is_empty() || file.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'))
    };
    members.filter(|p| holds(&p.directory)).max_by_key(|p| p.directory.len()).map(|p| p.manifest.clone())
}

pub(super) fn text_of(appeared: &Appeared, path: &str) -> Result<String, Failure> {
    let Some(tree) = &appeared.side.tree else { return Err(Failure::usage("there is no work tree to mark")) };
    let bytes = tree.read(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|e| Failure::new("source", e.to_string()).at(path, 0, 0))?;
    Ok(text.to_owned())
}
