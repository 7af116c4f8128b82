//! Ruma: `metadata! { method: GET, history: { 1.0 => "/p", … } }` beside `#[request] struct Request` and
//! `#[response] struct Response`, and the older `const METADATA: Metadata = metadata! { … }` and `ruma_api! { … }`.

use super::attribute::path_list;
use super::history::{self, Entry};
use super::template::{Spelling, parse};
use super::{Framework, Reading, Served, Site, Surroundings, ruma_fields};
use crate::model::{Auth, BlindSpot, BlindSpotKind, MethodSet, Place, Published};
use crate::syntax::facts::{ItemKind, Name, Pos, RawTokens};
use crate::syntax::tokens::Cursor;

pub(super) const ROW: Framework = Framework {
    id: "ruma",
    summary: "`metadata! { method: GET, history: { … } }` beside `Request` and `Response`",
    docs: "Read: all paths of a history, each an endpoint with its own since; unstable paths as unstable; the deprecation \
           and removal of the stable ones; `path:`; `const METADATA`; `ruma_api!`; fields by `#[ruma_api(…)]`; \
           `authentication`.\n\nNot read: hand-written requests and responses.",
    read,
};

/// What one call states.
pub(super) struct Metadata {
    pub(super) method: String,
    pub(super) entries: Vec<Entry>,
    pub(super) native: bool,
    pub(super) auth: Auth,
    /// `@for Type`.
    pub(super) request: Option<crate::syntax::facts::Path>,
}

fn read(reading: &mut Reading<'_, '_>, site: &Site<'_>, _surroundings: &Surroundings) {
    match &site.item.kind {
        ItemKind::MacroCall { path, tokens } if is_ruma(reading, site, path, "metadata") => {
            serve(reading, site, &metadata(tokens));
        }
        ItemKind::MacroCall { path, tokens } if is_ruma(reading, site, path, "ruma_api") => {
            if let Some(found) = section(tokens) {
                serve(reading, site, &metadata(&found));
            }
        }
        ItemKind::Const { value: Some(value), .. } if site.item.name == "METADATA" => {
            if let Some((path, tokens)) = call(value)
                && is_ruma(reading, site, &path, "metadata")
            {
                serve(reading, site, &metadata(&tokens));
            }
        }
        _ => {}
    }
}

/// Is it Ruma's macro of this name?
fn is_ruma(reading: &Reading<'_, '_>, site: &Site<'_>, path: &[Name], name: &str) -> bool {
    if path.last().is_none_or(|last| last != name) {
        return false;
    }
    let full = reading.crates.macro_path(site.module, path);
    match full.split_once("::") {
        Some((krate, _)) => krate.starts_with("ruma"),
        None => ["ruma", "ruma_common", "ruma_api"].iter().any(|k| reading.crates.depends_on(site.module, k)),
    }
}

/// `path! { tokens }` as an expression.
fn call(value: &RawTokens) -> Option<(Vec<Name>, RawTokens)> {
    let tokens = value.lex();
    let mut cursor = Cursor::new(value, &tokens);
    let path = cursor.simple_path();
    if path.is_empty() || !cursor.eat("!") {
        return None;
    }
    Some((path, cursor.any_group()?))
}

/// `metadata: { … }` of `ruma_api!`; its other sections are structs by now.
fn section(tokens: &RawTokens) -> Option<RawTokens> {
    let lexed = tokens.lex();
    let mut cursor = Cursor::new(tokens, &lexed);
    while !cursor.is_empty() {
        match cursor.ident() {
            Some(name) if name == "metadata" && cursor.eat(":") => return cursor.any_group(),
            Some(_) => {}
            None => {
                cursor.next();
            }
        }
    }
    None
}

/// The entries of `metadata!`, in every form that it ever had.
pub(super) fn metadata(tokens: &RawTokens) -> Metadata {
    let lexed = tokens.lex();
    let mut cursor = Cursor::new(tokens, &lexed);
    let mut found =
        Metadata { method: String::new(), entries: Vec::new(), native: false, auth: Auth::None, request: None };
    if cursor.eat("@") && cursor.eat_ident("for") {
        found.request = cursor.expr().path();
        cursor.eat(",");
    }
    let mut old = history::Old::default();
    while !cursor.is_empty() {
        let Some(key) = cursor.ident() else {
            cursor.next();
            continue;
        };
        if !cursor.eat(":") {
            continue;
        }
        let pos = cursor.pos();
        let value = cursor.expr();
        cursor.eat(",");
        match key.as_str() {
            "method" => found.method = value.path().and_then(|path| last(&path)).unwrap_or_default(),
            "authentication" => found.auth = auth(&value),
            "history" => {
                found.native = true;
                found.entries = history::read(&value);
            }
            // One path for every version.
            "path" => {
                found.native = true;
                found.entries.extend(value.string().map(|text| history::plain(text, pos)));
            }
            _ => old.entry(key.as_str(), &value, pos),
        }
    }
    if old.any() {
        found.native = true;
        found.entries.extend(old.entries());
    }
    found
}

fn last(path: &crate::syntax::facts::Path) -> Option<String> {
    path.segments.last().map(|segment| segment.name.to_string())
}

/// The schemes of every version under one name; an optional one may be left out.
fn auth(value: &RawTokens) -> Auth {
    let name = value.path().and_then(|path| last(&path)).unwrap_or_default();
    let (name, optional) = match name.strip_suffix("Optional") {
        Some(name) => (name, true),
        None => (name.as_str(), false),
    };
    match name {
        "" | "None" | "NoAuthentication" | "NoAccessToken" => Auth::None,
        name => Auth::Schemes { any_of: vec![name.strip_suffix("Auth").unwrap_or(name).to_owned()], optional },
    }
}

fn serve(reading: &mut Reading<'_, '_>, site: &Site<'_>, metadata: &Metadata) {
    let place = reading.crates.place(site.module, site.item.pos);
    if metadata.method.is_empty() || metadata.entries.is_empty() {
        reading.blind_spots.push(BlindSpot {
            kind: BlindSpotKind::UnexpandedMacro,
            place: Some(place),
            detail: "metadata! states no method or no path that could be read".to_owned(),
            hides: Some(reading.crates.module_path(site.module).to_owned()),
        });
        return;
    }
    let methods = vec![MethodSet::One(metadata.method.clone())];
    for entry in &metadata.entries {
        let path = parse(&entry.path, Spelling::Axum);
        let read = ruma_fields::of_structs(reading, site, metadata, &methods, &path);
        let at: Place = reading.crates.place(site.module, position(entry.pos, site.item.pos));
        reading.served.push(Served {
            framework: ROW.id,
            methods: methods.clone(),
            path,
            http: crate::model::Http { auth: metadata.auth.clone(), ..read.http },
            lifetime: entry.lifetime(metadata.native),
            stability: entry.stability.clone(),
            published: Published::Unknown,
            condition: site.condition.clone().and(read.condition),
            service: String::new(),
            handler: read.handler,
            of_trait: false,
            documented: read.documented,
            place: at,
        });
    }
}

fn position(pos: Pos, fallback: Pos) -> Pos {
    if pos.line == 0 { fallback } else { pos }
}

/// A one-word path.
pub(super) fn word(name: &str) -> crate::syntax::facts::Path {
    path_list(&[name])
}
