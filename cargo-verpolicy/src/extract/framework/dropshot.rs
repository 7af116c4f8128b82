//! dropshot: `#[endpoint { method = GET, path = "/x/{y}", versions = A..B }]` on functions and in
//! `#[dropshot::api_description]` traits, and `#[channel]`.

use super::attribute::{entries, is_macro, same, text_or_word};
use super::handler::handler_with_body;
use super::template::{Spelling, parse};
use super::{Framework, Reading, Served, Site, Surroundings, answer};
use crate::model::{BlindSpot, BlindSpotKind, Lifetime, MethodSet, Published, Reader, Step};
use crate::syntax::facts::{Attr, ItemKind, RawTokens};
use crate::syntax::tokens::Meta;

pub(super) const ROW: Framework = Framework {
    id: "dropshot",
    summary: "`#[endpoint { method = GET, path = \"/x\", versions = A..B }]`, `#[channel]`, API traits",
    docs: "Read: method, path, `versions` (literals and consts of `api_versions!`, the end exclusive) as the API's own \
           since and removed, `unpublished`, `deprecated`, `operation_id`, `content_type`; all extractors and \
           `HttpResponse*` types. Where a package registers functions, those that it does not register are not served.\n\nNot read: what a websocket carries, `Response<Body>`.",
    read,
};

const CRATES: &[&str] = &["dropshot", "dropshot_endpoint"];

fn read(reading: &mut Reading<'_, '_>, site: &Site<'_>, surroundings: &Surroundings) {
    let ItemKind::Fn(function) = &site.item.kind else { return };
    for attr in &site.item.attrs {
        let Some(channel) = endpoint(reading, site, attr) else { continue };
        let metas = entries(attr);
        let word = |word: &str| metas.iter().find(|meta| meta.is(word));
        let Some(path) = word("path").and_then(Meta::value) else { continue };
        let path = match path.string().or_else(|| reading.crates.text_value(site.scope, path)) {
            Some(text) => parse(&text, Spelling::Dropshot),
            None => super::unread_path(reading, site, attr, path),
        };
        let method = if channel { Some("GET".to_owned()) } else { word("method").and_then(text_or_word) };
        let Some(method) = method else { continue };
        let methods = vec![MethodSet::One(method.to_uppercase())];
        let body = word("content_type").and_then(Meta::string).map_or(("application/json", Reader::Json), |text| {
            match text.as_str() {
                "application/x-www-form-urlencoded" => ("application/x-www-form-urlencoded", Reader::UrlEncoded),
                "multipart/form-data" => ("multipart/form-data", Reader::Multipart),
                _ => ("application/json", Reader::Json),
            }
        });
        let mut http = handler_with_body(reading, site, function, &methods, &path, body);
        if channel {
            http.responses = vec![answer::websocket(reading)];
        }
        http.operation_id =
            Some(word("operation_id").and_then(Meta::string).unwrap_or_else(|| site.item.name.to_string()));
        let is = |name: &str| word(name).is_some_and(|meta| meta.value().and_then(RawTokens::bool) == Some(true));
        let (unpublished, deprecated) = (is("unpublished"), is("deprecated"));
        let mut lifetime = lifetime(reading, site, attr, word("versions"), surroundings);
        if deprecated {
            lifetime.deprecated = Some(super::step(""));
        }
        let served = Served {
            methods,
            path,
            http,
            lifetime,
            published: if unpublished { Published::No } else { Published::Yes },
            ..super::served(reading, site, attr, ROW.id)
        };
        reading.served.push(served);
    }
}

/// Is it `#[endpoint]` (`false`) or `#[channel]` (`true`)? In an API trait the words need no import.
fn endpoint(reading: &Reading<'_, '_>, site: &Site<'_>, attr: &Attr) -> Option<bool> {
    let in_api = site.container.is_some_and(|container| {
        container
            .attrs
            .iter()
            .any(|attr| same(&reading.crates.macro_path(site.module, &attr.path), "dropshot::api_description"))
    });
    let name = match attr.path.as_slice() {
        [only] if in_api => only.to_string(),
        _ => is_macro(reading.crates, site.module, attr, CRATES)?,
    };
    match name.as_str() {
        "endpoint" => Some(false),
        "channel" => Some(true),
        _ => None,
    }
}

/// `A..B`, `A..`, `..B`, `..`; B is exclusive. Without the word: every version, if the API lists any.
fn lifetime(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    attr: &Attr,
    range: Option<&Meta>,
    surroundings: &Surroundings,
) -> Lifetime {
    let mut lifetime = Lifetime { native: range.is_some() || surroundings.has_versions(), ..Lifetime::default() };
    let Some(range) = range.and_then(Meta::value) else { return lifetime };
    let tokens = range.lex();
    let dots = tokens.windows(2).find_map(|pair| match pair {
        [a, b] if a.is_punct('.') && b.is_punct('.') && a.end == b.start => Some((a.start, b.end)),
        _ => None,
    });
    let Some((before, after)) = dots else {
        unread(reading, site, attr, range);
        return lifetime;
    };
    let sides = [range.slice(0, before), range.slice(after, range.text.len())];
    for (n, side) in sides.iter().enumerate() {
        if side.is_empty() {
            continue;
        }
        let version: Option<String> = match side.string() {
            Some(text) => Some(text),
            None => side.path().and_then(|path| surroundings.version(reading.crates, site.module, &path)),
        };
        match version {
            Some(version) => {
                let step: Option<Step> = Some(super::step(&version));
                if n == 0 {
                    lifetime.since = step;
                } else {
                    lifetime.removed = step;
                }
            }
            None => unread(reading, site, attr, side),
        }
    }
    lifetime
}

fn unread(reading: &mut Reading<'_, '_>, site: &Site<'_>, attr: &Attr, what: &RawTokens) {
    reading.blind_spots.push(BlindSpot {
        kind: BlindSpotKind::UnresolvedName,
        place: Some(reading.crates.place(site.module, attr.pos)),
        detail: format!("`versions` of `{}`: `{}` names no version that is at hand", site.path, what.normal()),
        hides: Some(reading.crates.module_path(site.module).to_owned()),
    });
}
