//! Any handler's signature, by the extractors and answers of all frameworks.

use super::draft::{Argument, Draft, is_opaque};
use super::{Reading, Site, answer, handwritten, own, salvo, template};
use crate::extract::crates::{Crates, Ty};
use crate::model::{Http, In, Media, MethodSet, OpaqueReason, Parameter, PathTemplate, Reader, Response, Status};
use crate::syntax::facts::{Attr, Function, Param};

/// What a handler reads and writes by its signature alone.
pub fn handler(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    function: &Function,
    methods: &[MethodSet],
    path: &PathTemplate,
) -> Http {
    let draft = Draft::new(site.path, methods, path);
    signature(reading, site, function, draft)
}

/// dropshot's handlers: the attribute states the content type of the body.
pub(super) fn handler_with_body(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    function: &Function,
    methods: &[MethodSet],
    path: &PathTemplate,
    body: (&'static str, Reader),
) -> Http {
    let mut draft = Draft::new(site.path, methods, path);
    draft.typed_body = body;
    signature(reading, site, function, draft)
}

fn signature(reading: &mut Reading<'_, '_>, site: &Site<'_>, function: &Function, mut draft: Draft<'_>) -> Http {
    for param in &function.params {
        let ty = reading.crates.ty(site.scope, &param.ty);
        let argument = argument(reading, site, param);
        draft.argument(reading, site, &ty, &argument);
        if salvo::is_request(&ty) {
            salvo::requested(reading, site, function, &mut draft, &argument);
        }
    }
    let responses = responses(reading, site, function);
    let place = reading.crates.place(site.module, site.item.pos);
    draft.finish(reading, &place, responses)
}

/// What a handler reads of a path that is not the one which its attribute states; `stated` is what the attribute's path
/// gave.
pub(super) fn path_parameters(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    function: &Function,
    path: &PathTemplate,
    stated: Vec<Parameter>,
) -> Vec<Parameter> {
    // What else there is to say of the signature was said with the attribute.
    let said = reading.blind_spots.len();
    let mut draft = Draft::new(site.path, &[], path);
    for param in &function.params {
        let ty = reading.crates.ty(site.scope, &param.ty);
        let argument = argument(reading, site, param);
        draft.argument(reading, site, &ty, &argument);
    }
    let names = template::parameters(path);
    for parameter in stated.into_iter().filter(|parameter| names.contains(&parameter.names.wire)) {
        if !draft.has(In::Path, &parameter.names.wire) {
            draft.push(parameter);
        }
    }
    let place = reading.crates.place(site.module, site.item.pos);
    let read = draft.finish(reading, &place, Vec::new());
    reading.blind_spots.truncate(said);
    read.parameters.into_iter().filter(|parameter| parameter.place_in == In::Path).collect()
}

/// What a handler answers.
pub(super) fn responses(reading: &mut Reading<'_, '_>, site: &Site<'_>, function: &Function) -> Vec<Response> {
    let ret = answer::output_type(reading, site, function.ret.as_ref());
    let place = reading.crates.place(site.module, site.item.pos);
    reading.lowering.stand(site.module, place);
    let mut responses = handwritten::served(reading, site, &ret);
    let written = function.params.iter().find(|param| writes_response(&reading.crates.ty(site.scope, &param.ty)));
    if let Some(param) = written {
        let empty = responses.iter().all(|answer| !answer.status.is_success() || answer.media.is_empty());
        if let (true, Some(name)) = (empty, &param.name)
            && let Some(told) = handwritten::written(reading, site, name)
        {
            responses.retain(|answer| !answer.status.is_success());
            let fresh = |one: &Response| responses.iter().all(|known| known.status != one.status);
            let fresh: Vec<Response> = told.into_iter().filter(fresh).collect();
            responses.extend(fresh);
            responses.sort_by_key(|response| response.status);
            return responses;
        }
        let tokens = Some(reading.crates.code_with_types(site.item, site.module));
        let shape = answer::opaque(reading, "&mut Response", OpaqueReason::HandWritten, tokens);
        let media = Media { content_type: "*/*".to_owned(), shape, reader: Reader::Raw };
        for answer in responses.iter_mut().filter(|answer| answer.status.is_success() && answer.media.is_empty()) {
            *answer = Response { status: Status::Success, media: vec![media.clone()], ..answer.clone() };
        }
    }
    responses
}

/// Is it salvo's `&mut Response`, which code writes the answer into?
fn writes_response(ty: &Ty) -> bool {
    match ty {
        Ty::Ref(inner) => writes_response(inner),
        Ty::Foreign(path, _) => {
            matches!(path.split("::").next(), Some("salvo" | "salvo_core")) && path.ends_with("::Response")
        }
        _ => false,
    }
}

/// The argument that a parameter is.
pub(super) fn argument(reading: &Reading<'_, '_>, site: &Site<'_>, param: &Param) -> Argument {
    Argument {
        name: param.name.as_ref().map(ToString::to_string).unwrap_or_default(),
        renamed: None,
        place: reading.crates.place(site.module, param.pos),
    }
}

/// Does an attribute state its route, or its signature hold an extractor of some framework? (Marked and without a route it
/// is a blind spot.)
#[must_use]
pub fn looks_like_handler(crates: &Crates, site: &Site<'_>, function: &Function) -> bool {
    let states = |attr: &Attr| {
        [super::rocket::states_route, super::actix::states_route, super::utoipa::states_route]
            .iter()
            .any(|states_route| states_route(crates, site.module, attr))
    };
    if site.item.attrs.iter().any(states) {
        return true;
    }
    function.params.iter().any(|param| own::is_extractor(crates, &crates.ty(site.scope, &param.ty), 0))
}

/// Does nothing of the body stand known?
pub(super) fn body_unknown(reading: &Reading<'_, '_>, http: &Http) -> bool {
    http.request.as_ref().is_none_or(|body| {
        body.media.iter().all(|media| media.reader == Reader::Raw || is_opaque(reading, media.shape))
    })
}
