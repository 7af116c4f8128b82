//! Where Rocket's handlers are mounted: `.mount(BASE, ROUTES)` in any body, with both read as far as they are known. A
//! handler that no mount reaches has a path whose beginning is not known.

use super::base::base;
use super::body::{Body, DEPTH};
use super::lists::{Lists, Routes};
use crate::extract::framework::template::{join, unknown};
use crate::extract::framework::{Reading, Served, Site};
use crate::model::{BlindSpot, BlindSpotKind, Condition, PathTemplate, Place, Prefix};
use crate::syntax::facts::RawTokens;
use crate::syntax::tokens::{Cursor, Delimiter, Token, TokenKind};
use std::collections::{BTreeMap, BTreeSet};

/// One `.mount(BASE, ROUTES)`.
struct Mount {
    place: Place,
    /// The base as written.
    text: String,
    base: PathTemplate,
    routes: Routes,
    condition: Condition,
}

/// Handler → prefix → the condition under which it stands there.
type Prefixes = BTreeMap<String, BTreeMap<PathTemplate, Condition>>;

/// Puts the bases before the paths of Rocket's handlers.
pub(in crate::extract::framework) fn apply(reading: &mut Reading<'_, '_>, sites: &[Site<'_>]) {
    if !reading.served.iter().any(|served| served.framework == super::ROW.id) {
        return;
    }
    let handlers: BTreeSet<String> = reading
        .served
        .iter()
        .filter(|served| served.framework == super::ROW.id)
        .map(|served| served.handler.clone())
        .collect();
    let lists = Lists::of(reading.crates, sites);
    let bodies = lists.bodies().iter().filter(|body| !only_in_tests(body.site.condition));
    let mut prefixes = Prefixes::new();
    let mut written = Vec::new();
    for body in bodies {
        let mut mounts = Vec::new();
        scan(reading, &lists, body, &body.raw.lex(), 0, &mut mounts);
        for mount in mounts {
            report(reading, &mount, &handlers);
            for handler in mount.routes.handlers {
                let known = prefixes.entry(handler).or_default();
                let condition = known.entry(mount.base.clone()).or_insert(Condition::Never);
                *condition = std::mem::replace(condition, Condition::Never).or(mount.condition.clone());
            }
        }
        written.extend(lists.written(body));
    }
    report_unmounted(reading, &handlers, &prefixes, &written);
    for served in std::mem::take(reading.served) {
        if served.framework != super::ROW.id {
            reading.served.push(served);
            continue;
        }
        match prefixes.get(&served.handler) {
            Some(found) => {
                for (prefix, condition) in found {
                    let condition = served.condition.clone().and(condition.clone());
                    let path = join(prefix, &served.path);
                    reading.served.push(Served { path, condition, ..served.clone() });
                }
            }
            None => {
                let path = join(&unknown(), &served.path);
                reading.served.push(Served { path, ..served });
            }
        }
    }
}

fn only_in_tests(condition: &Condition) -> bool {
    match condition {
        Condition::Flag(name) => name == "test",
        Condition::All(all) => all.iter().any(only_in_tests),
        _ => false,
    }
}

/// The mounts of a body.
fn scan(
    reading: &Reading<'_, '_>,
    lists: &Lists<'_>,
    body: &Body<'_>,
    tokens: &[Token],
    depth: usize,
    found: &mut Vec<Mount>,
) {
    if depth > DEPTH {
        return;
    }
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Group(delimiter, inner) = &token.kind else { continue };
        scan(reading, lists, body, inner, depth + 1, found);
        let word = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
        let named = |back: usize, name: &str| word(back).is_some_and(|token| token.is_ident(name));
        let mount = |outer: Option<&RawTokens>, base_text: &RawTokens, routes: &RawTokens, token: &Token| {
            let inner = base(reading.crates, body, base_text);
            let base = outer.map_or_else(|| inner.clone(), |outer| join(&base(reading.crates, body, outer), &inner));
            Mount {
                place: reading.crates.place(body.site.module, token.pos),
                text: base_text.normal(),
                base,
                routes: handed(lists, body, routes),
                condition: body.site.condition.clone(),
            }
        };
        if *delimiter == Delimiter::Paren && named(1, "mount") && word(2).is_some_and(|token| token.is_punct('.')) {
            let parts = body.raw.slice(token.start + 1, token.end.saturating_sub(1)).parts();
            if let ([base, routes], Some(word)) = (parts.as_slice(), word(1)) {
                found.push(mount(None, base, routes, word));
            }
        } else if named(2, "mount_endpoints_and_merged_docs") && word(1).is_some_and(|token| token.is_punct('!')) {
            let parts = body.raw.slice(token.start + 1, token.end.saturating_sub(1)).parts();
            let (Some(outer), Some(rows), Some(word)) = (parts.get(1), parts.get(3..), word(2)) else { continue };
            for row in rows {
                let tokens = row.lex();
                let mut cursor = Cursor::new(row, &tokens);
                let path = cursor.until(&["=>"]);
                if cursor.eat("=>") {
                    found.push(mount(Some(outer), &path, &cursor.rest(), word));
                }
            }
        }
    }
}

/// The routes that a mount is handed. What is no list and comes from no known function could not be read.
fn handed(lists: &Lists<'_>, body: &Body<'_>, raw: &RawTokens) -> Routes {
    let mut routes = lists.value(body, raw);
    if !routes.seen && routes.handlers.is_empty() && routes.unread.is_empty() {
        routes.unread.insert(raw.normal());
    }
    routes
}

/// A mount of which something is not known, once.
fn report(reading: &mut Reading<'_, '_>, mount: &Mount, handlers: &BTreeSet<String>) {
    let count = mount.routes.handlers.iter().filter(|handler| handlers.contains(*handler)).count();
    let mut spot = |kind, detail| {
        reading.blind_spots.push(BlindSpot { kind, place: Some(mount.place.clone()), detail, hides: None });
    };
    if mount.base.prefix == Prefix::Unknown && count > 0 {
        let text = &mount.text;
        spot(
            BlindSpotKind::UnknownPrefix,
            format!("{count} handlers are mounted at `{text}`, whose beginning is known only at run time"),
        );
    }
    for unread in &mount.routes.unread {
        let detail = format!("`{unread}`, mounted at `{}`, is no list of routes that could be read", mount.text);
        spot(BlindSpotKind::UnknownRoute, detail);
    }
}

/// Handlers that no mount reaches: one blind spot a list, and one for those that stand in no list.
fn report_unmounted(
    reading: &mut Reading<'_, '_>,
    handlers: &BTreeSet<String>,
    prefixes: &Prefixes,
    written: &[(Place, Routes)],
) {
    let lost: BTreeSet<&String> = handlers.iter().filter(|handler| !prefixes.contains_key(*handler)).collect();
    let mut listed = BTreeSet::new();
    for (place, routes) in written {
        let own: Vec<&String> = routes.handlers.iter().filter(|handler| lost.contains(handler)).collect();
        if own.is_empty() {
            continue;
        }
        reading.blind_spots.push(BlindSpot {
            kind: BlindSpotKind::UnknownPrefix,
            place: Some(place.clone()),
            detail: format!("{} handlers of this list reach no mount that could be read", own.len()),
            hides: None,
        });
        listed.extend(own);
    }
    let rest: Vec<&&String> = lost.iter().filter(|handler| !listed.contains(**handler)).collect();
    let Some(first) = rest.first() else { return };
    let place = reading.served.iter().find(|served| served.handler == ***first).map(|served| served.place.clone());
    let detail = match rest.len() {
        1 => format!("`{first}` stands in no list of routes that could be read"),
        count => format!("{count} handlers stand in no list of routes that could be read, `{first}` the first"),
    };
    reading.blind_spots.push(BlindSpot { kind: BlindSpotKind::UnknownPrefix, place, detail, hides: None });
}
