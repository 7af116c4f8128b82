//! utoipa: `#[utoipa::path(get, path = "/x/{id}", params(…), request_body = …, responses(…))]`. It states a route where no
//! server's attribute does, and completes what a signature leaves open.

use super::attribute::{entries, is_macro};
use super::document::{Document, document};
use super::draft::{Draft, empty};
use super::handler::{argument, body_unknown};
use super::template::{Spelling, join, parse};
use super::{Framework, Reading, Served, Site, Surroundings, answer, handwritten, step};
use crate::extract::crates::{Crates, ModuleId, Ty};
use crate::model::{BlindSpot, BlindSpotKind, Header, Http, In, MethodSet, PathTemplate, Response, Status};
use crate::syntax::facts::{Attr, Function, ItemKind, RawTokens};
use crate::syntax::tokens::Meta;

pub(super) const ROW: Framework = Framework {
    id: "utoipa",
    summary: "`#[utoipa::path(get, path = \"/x/{id}\", params(…), responses(…))]`",
    docs: "Read: methods, `path` and `context_path` (const expressions too), `params`, `request_body`, `responses`, \
           `security`, `operation_id`, also inside `cfg_attr`; `IntoParams`, `IntoResponses`, `ToResponse`. What the \
           handler's signature serves comes first; the attribute completes it. Method and path may be left to an \
           actix-web or Rocket attribute. `paths(…)` and `routes!(…)` say what is published.\n\nNot read: \
           `servers(…)`, `modifiers`, extensions.",
    read,
};

const CRATES: &[&str] = &["utoipa", "utoipa_gen"];
const VERBS: &[&str] = &["get", "post", "put", "delete", "options", "head", "patch", "trace"];

/// Is it `#[utoipa::path(…)]`?
pub(super) fn states_route(crates: &Crates, module: ModuleId, attr: &Attr) -> bool {
    is_macro(crates, module, attr, CRATES).as_deref() == Some("path")
}

fn read(reading: &mut Reading<'_, '_>, site: &Site<'_>, _surroundings: &Surroundings) {
    let ItemKind::Fn(function) = &site.item.kind else { return };
    for attr in &site.item.attrs {
        if !states_route(reading.crates, site.module, attr) {
            continue;
        }
        let metas = entries(attr);
        if !complete_served(reading, site, function, &metas) {
            stand_alone(reading, site, function, attr, &metas);
        }
    }
}

/// Completes the routes that a server's own attribute on this handler states; says whether there are any.
fn complete_served(reading: &mut Reading<'_, '_>, site: &Site<'_>, function: &Function, metas: &[Meta]) -> bool {
    let from_server = |served: &&Served| served.handler == site.path && served.framework != ROW.id;
    let count = reading.served.iter().rev().take_while(from_server).count();
    let first = reading.served.len() - count;
    for at in first..reading.served.len() {
        let Some(known) = reading.served.get_mut(at) else { continue };
        let methods = known.methods.clone();
        let path = known.path.clone();
        let http = std::mem::replace(&mut known.http, empty());
        let document = document(reading, site, metas, &path);
        let http = if known_framework(reading, at) == "actix-web" {
            described(reading, site, function, &methods, &path, document)
        } else {
            complete(reading, site, http, document)
        };
        let deprecated = deprecated(site);
        if let Some(known) = reading.served.get_mut(at) {
            known.http = http;
            known.lifetime.deprecated = known.lifetime.deprecated.take().or(deprecated);
        }
    }
    count > 0
}

fn known_framework(reading: &Reading<'_, '_>, at: usize) -> &'static str {
    reading.served.get(at).map_or("", |served| served.framework)
}

/// A route that only this attribute states.
fn stand_alone(reading: &mut Reading<'_, '_>, site: &Site<'_>, function: &Function, attr: &Attr, metas: &[Meta]) {
    let methods = methods(metas);
    let Some(path) = metas.iter().find(|meta| meta.is("path")).and_then(Meta::value) else {
        reading.blind_spots.push(BlindSpot {
            kind: BlindSpotKind::UnknownRoute,
            place: Some(reading.crates.place(site.module, attr.pos)),
            detail: format!("`utoipa::path` on `{}` states no path, and no other attribute does", site.path),
            hides: None,
        });
        return;
    };
    let text = path.string().or_else(|| reading.crates.text_value(site.scope, path));
    let mut route = match text {
        Some(text) => parse(&text, Spelling::Axum),
        None => super::unread_path(reading, site, attr, path),
    };
    if let Some(context) = metas.iter().find(|meta| meta.is("context_path")).and_then(Meta::value) {
        let text = context.string().or_else(|| reading.crates.text_value(site.scope, context));
        route = match text {
            Some(text) => join(&parse(&text, Spelling::Axum), &route),
            None => join(&super::unread_path(reading, site, attr, context), &route),
        };
    }
    if methods.is_empty() {
        return;
    }
    let document = document(reading, site, metas, &route);
    let http = described(reading, site, function, &methods, &route, document);
    let mut served = Served { methods, path: route, http, ..super::served(reading, site, attr, ROW.id) };
    served.lifetime.deprecated = deprecated(site);
    reading.served.push(served);
}

fn methods(metas: &[Meta]) -> Vec<MethodSet> {
    let listed = metas.iter().filter(|meta| meta.is("method")).flat_map(Meta::metas);
    let bare = metas.iter().filter(|meta| meta.is_bare()).cloned();
    let words: Vec<Meta> = bare.chain(listed).collect();
    let verbs = words.iter().filter_map(Meta::word).filter(|word| VERBS.contains(word));
    let mut methods: Vec<MethodSet> = verbs.map(|verb| MethodSet::One(verb.to_uppercase())).collect();
    methods.sort();
    methods.dedup();
    methods
}

/// `#[deprecated]` on the handler is what the document shows.
fn deprecated(site: &Site<'_>) -> Option<crate::model::Step> {
    let attr = site.item.attrs.iter().find(|attr| super::attribute::is(attr, &["deprecated"]))?;
    let metas = entries(attr);
    let text = |word: &str| metas.iter().find(|meta| meta.is(word)).and_then(Meta::string);
    Some(crate::model::Step { note: text("note"), ..step(&text("since").unwrap_or_default()) })
}

/// The signature first, then what the attribute adds.
fn described(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    function: &Function,
    methods: &[MethodSet],
    path: &PathTemplate,
    mut document: Document,
) -> Http {
    let mut draft = Draft::new(site.path, methods, path);
    // What warp's filters extract, they read.
    let params = if of_filters(reading.crates, site.module) { &[][..] } else { &function.params };
    for param in params {
        let ty: Ty = reading.crates.ty(site.scope, &param.ty);
        draft.argument(reading, site, &ty, &argument(reading, site, param));
    }
    for (ty, parameters) in std::mem::take(&mut document.parameters) {
        if ty.is_some_and(|ty| draft.read.contains(&ty)) {
            continue;
        }
        for parameter in parameters {
            draft.push(parameter);
        }
    }
    let responses = if stands_for_document(function) && !document.responses.is_empty() {
        Vec::new()
    } else {
        let ret = answer::output_type(reading, site, function.ret.as_ref());
        handwritten::served(reading, site, &ret)
    };
    let place = reading.crates.place(site.module, site.item.pos);
    let http = draft.finish(reading, &place, responses);
    complete(reading, site, http, document)
}

/// Does nothing but warp call the handlers of this package?
fn of_filters(crates: &Crates, module: ModuleId) -> bool {
    const OTHERS: &[&str] = &["actix-web", "axum", "poem", "rocket", "salvo"];
    let package = crates.package_of_module(module).and_then(|package| crates.packages().nth(package));
    package.is_some_and(|(_, found, _)| {
        let mut all = found.dependencies.values().map(|dependency| dependency.package.as_str());
        all.clone().any(|name| name == "warp") && !all.any(|name| OTHERS.contains(&name))
    })
}

/// Does the function do nothing and give nothing, so that only its document says anything?
fn stands_for_document(function: &Function) -> bool {
    let empty = |body: &RawTokens| body.lex().is_empty();
    function.ret.is_none() && function.params.is_empty() && function.body.as_ref().is_none_or(empty)
}

/// Adds to `http` what it leaves open.
pub(super) fn complete(reading: &mut Reading<'_, '_>, site: &Site<'_>, mut http: Http, document: Document) -> Http {
    for parameter in document.parameters.into_iter().flat_map(|(_, parameters)| parameters) {
        let known = http.parameters.iter().any(|known| {
            known.place_in == parameter.place_in && known.names.wire.eq_ignore_ascii_case(&parameter.names.wire)
        });
        if !known && parameter.place_in != In::Path {
            http.parameters.push(parameter);
        }
    }
    http.parameters.sort_by_key(|parameter| parameter.place_in);
    if document.request.is_some() && body_unknown(reading, &http) {
        http.request = document.request;
    }
    http.responses = merged(reading, site, http.responses, document.responses);
    if let Some(auth) = document.auth {
        http.auth = auth;
    }
    http.operation_id = document.operation_id.or(http.operation_id);
    http
}

/// Names an answer of which the document says something else than is served.
fn differs(reading: &mut Reading<'_, '_>, site: &Site<'_>, stated: &Response, served: &Response) {
    let of = |response: &Response| response.media.first().map(|media| media.shape);
    let (Some(published), Some(shape)) = (of(stated), of(served)) else { return };
    if reading.lowering.looks_alike(published, shape) {
        return;
    }
    reading.blind_spots.push(BlindSpot {
        kind: BlindSpotKind::PublishedDiffers,
        place: stated.member.as_ref().map(|member| member.place.clone()),
        detail: format!(
            "the document says of answer {} of `{}` something else than its handler returns, which counts",
            stated.status, site.path
        ),
        hides: None,
    });
}

/// May an answer of this status have a body that matters? Of a redirection its header does.
fn carries_body(status: Status) -> bool {
    !matches!(status, Status::Code(100..=199 | 204 | 205 | 300..=399) | Status::Class(1 | 3))
}

fn is_redirection(status: Status) -> bool {
    matches!(status, Status::Code(300..=399) | Status::Class(3))
}

/// Names a success of the document that no way through its handler's code gives.
fn never_served(reading: &mut Reading<'_, '_>, site: &Site<'_>, stated: &Response) {
    reading.blind_spots.push(BlindSpot {
        kind: BlindSpotKind::PublishedDiffers,
        place: stated.member.as_ref().map(|member| member.place.clone()),
        detail: format!("the document says that `{}` answers {}, which its code never does", site.path, stated.status),
        hides: None,
    });
}

/// Headers that are served beside those that the document names.
fn add_headers(stated: &mut Response, served: Vec<Header>) {
    for header in served {
        if stated.headers.iter().all(|known| !known.name.eq_ignore_ascii_case(&header.name)) {
            stated.headers.push(header);
        }
    }
}

/// Answers of the signature and of the document: what is served and known wins, the document fills what is opaque.
fn merged(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    served: Vec<Response>,
    stated: Vec<Response>,
) -> Vec<Response> {
    if stated.is_empty() {
        return served;
    }
    let known = |reading: &Reading<'_, '_>, response: &Response| {
        response.status.is_success() && !answer::carries_unknown(reading, response)
    };
    let (mut successes, errors): (Vec<_>, Vec<_>) = stated.into_iter().partition(|r| r.status.is_success());
    let (served_successes, served_errors): (Vec<_>, Vec<_>) =
        served.into_iter().partition(|response| response.status.is_success());
    let told = served_successes.iter().all(|response| matches!(response.status, Status::Code(_)));
    if told && !served_successes.is_empty() {
        // An error whose status nobody knows may be a redirection, or say that nothing was modified.
        let open = served_errors.iter().any(Response::is_open);
        let is_served = |stated: &Response| {
            served_successes.iter().any(|one| one.status == stated.status) || open && is_redirection(stated.status)
        };
        let (kept, never): (Vec<_>, Vec<_>) = successes.into_iter().partition(is_served);
        successes = kept;
        never.iter().for_each(|stated| never_served(reading, site, stated));
    }
    let stated_one = successes.len() == 1;
    for response in served_successes {
        let any_stated = !successes.is_empty();
        let of_document = successes
            .iter_mut()
            .find(|stated| stated.status == response.status || (response.status == Status::Success && stated_one));
        let is_known = known(reading, &response);
        match of_document {
            // The document says what it carries; its headers are seen all the same. Where it names no body, it does not
            // say that there is none.
            Some(stated) if !is_known => {
                if stated.media.is_empty() && carries_body(stated.status) {
                    stated.media = response.media;
                } else {
                    stated.published = true;
                }
                add_headers(stated, response.headers);
            }
            Some(stated) if response.media.is_empty() && response.status == Status::Success => {
                add_headers(stated, response.headers);
            }
            Some(stated) => {
                differs(reading, site, stated, &response);
                stated.media = response.media;
                stated.by_code = response.by_code;
                add_headers(stated, response.headers);
            }
            None if any_stated && (response.status == Status::Success || !is_known && !told) => {}
            None => successes.push(response),
        }
    }
    successes.append(&mut merged_errors(reading, errors, served_errors));
    successes
}

/// Errors that the code tells beside those of the document, which tells what the code leaves open.
fn merged_errors(reading: &Reading<'_, '_>, stated: Vec<Response>, served: Vec<Response>) -> Vec<Response> {
    if stated.is_empty() {
        return served;
    }
    let mut all = stated;
    all.iter_mut().for_each(|stated| stated.published = true);
    let (served, open): (Vec<_>, Vec<_>) = served.into_iter().partition(|one| matches!(one.status, Status::Code(_)));
    for response in served {
        let known = !answer::carries_unknown(reading, &response);
        match all.iter_mut().find(|stated| stated.status == response.status) {
            Some(stated) => {
                if known || stated.media.is_empty() {
                    stated.media = response.media;
                    stated.published = false;
                }
                stated.member = response.member.or_else(|| stated.member.take());
                stated.by_code = response.by_code;
                stated.code = response.code;
                add_headers(stated, response.headers);
            }
            None => all.push(response),
        }
    }
    // Where the document names no body, it does not say that there is none.
    if let Some(open) = open.into_iter().find(|one| !one.media.is_empty() && !answer::carries_unknown(reading, one)) {
        for stated in all.iter_mut().filter(|one| one.media.is_empty() && carries_body(one.status)) {
            stated.media.clone_from(&open.media);
            stated.code = open.code;
            stated.published = false;
        }
    }
    all
}
