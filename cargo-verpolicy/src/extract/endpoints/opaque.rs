//! Bodies that are not known as a whole: one blind spot each, with the line that states them. (Types inside bodies are
//! named where they are lowered.)

use crate::model::{
    BlindSpot, BlindSpotKind, Endpoint, EndpointContent, Media, Opaque, OpaqueReason, Place, Reader, Shape, Shapes,
    Status,
};
use std::collections::BTreeSet;

/// The blind spots of these endpoints, less those that `known` names already: one for each type of an endpoint.
pub(super) fn bodies(endpoints: &[Endpoint], shapes: &Shapes, known: &[BlindSpot]) -> Vec<BlindSpot> {
    let (mut out, mut said) = (Vec::new(), BTreeSet::new());
    for endpoint in endpoints {
        let EndpointContent::Http(http) = &endpoint.content else { continue };
        let id = endpoint.id();
        let request = http.request.iter().flat_map(|body| &body.media).map(|media| (None, media));
        let answers =
            http.responses.iter().flat_map(|answer| answer.media.iter().map(|media| (Some(answer.status), media)));
        let (mut any, mut unread): (bool, Vec<Unread<'_>>) = (false, Vec::new());
        for (status, media) in request.chain(answers) {
            if status.is_some() && is_any(shapes, media) {
                any = true;
            } else if let Some(opaque) = opaque(shapes, media) {
                add(&mut unread, opaque, status);
            }
        }
        let handler = endpoint.handler.as_deref().unwrap_or("its handler");
        let any = any.then(|| {
            format!("`{id}` answers any JSON; state it in the mark of `{handler}`: `#[api(responses(200 = T))]`")
        });
        let named = |one: &Unread<'_>| {
            let name = format!("`{}` ", one.opaque.name);
            known.iter().any(|spot| spot.kind == BlindSpotKind::Opaque && spot.detail.starts_with(&name))
        };
        for detail in any.into_iter().chain(unread.iter().filter(|one| !named(one)).map(|one| one.detail(&id))) {
            if said.insert(detail.clone()) {
                let place: Option<Place> = Some(endpoint.place.clone());
                out.push(BlindSpot { kind: BlindSpotKind::Opaque, place, detail, hides: None });
            }
        }
    }
    out
}

/// A type that an endpoint reads, or answers at these statuses, and of which nothing is known.
struct Unread<'s> {
    opaque: &'s Opaque,
    answers: bool,
    codes: Vec<String>,
}

fn add<'s>(unread: &mut Vec<Unread<'s>>, opaque: &'s Opaque, status: Option<Status>) {
    let code = status.map(|status| match status {
        Status::Code(code) => code.to_string(),
        status if status.is_success() => "200".to_owned(),
        _ => "404".to_owned(),
    });
    let same = |one: &&mut Unread<'_>| one.opaque.name == opaque.name && one.answers == code.is_some();
    match unread.iter_mut().find(same) {
        Some(one) => one.codes.extend(code.filter(|code| !one.codes.contains(code))),
        None => unread.push(Unread { opaque, answers: code.is_some(), codes: code.into_iter().collect() }),
    }
}

impl Unread<'_> {
    fn detail(&self, id: &str) -> String {
        let opaque = self.opaque;
        let (what, line) = match self.answers {
            true => {
                let stated: Vec<String> = self.codes.iter().map(|code| format!("{code} = T")).collect();
                ("answers", format!("responses({})", stated.join(", ")))
            }
            false => ("reads", "request = T".to_owned()),
        };
        // A type of the project's own can be stated once for all that carry it.
        let own = matches!(opaque.reason, OpaqueReason::HandWritten | OpaqueReason::NoDerive);
        let path = opaque.name.split('<').next().filter(|path| own && path.contains("::"));
        let once = path.map(|path| {
            format!("say what it looks like: `[package.metadata.verpolicy.types]` `\"{path}\" = \"String\"`, or ")
        });
        format!(
            "`{id}` {what} `{}`, {}; {}state it in the mark of its handler: `#[api({line})]`",
            opaque.name,
            why(opaque),
            once.unwrap_or_default(),
        )
    }
}

fn opaque<'s>(shapes: &'s Shapes, media: &Media) -> Option<&'s Opaque> {
    match &shapes.get(media.shape).shape {
        Shape::Opaque(opaque) => Some(opaque),
        _ => None,
    }
}

fn is_any(shapes: &Shapes, media: &Media) -> bool {
    media.reader != Reader::Raw && matches!(shapes.get(media.shape).shape, Shape::Any)
}

/// What kind of thing it is.
fn why(opaque: &Opaque) -> &'static str {
    let last = opaque.name.split('<').next().unwrap_or_default().rsplit("::").next().unwrap_or_default();
    match last {
        "&mut Request" => "which hand-written code reads",
        "websocket" | "WebSocket" | "WebSocketUpgrade" | "WebsocketConnection" => "whose messages no type states",
        "multipart" | "Multipart" | "MultipartBody" => "which code reads part by part",
        "Sse" | "EventStream" | "SSE" => "a stream of events whose type is not stated",
        name if name.contains("Stream") => "a stream of bytes",
        _ => match opaque.reason {
            OpaqueReason::HandWritten => "which answers by hand-written code",
            OpaqueReason::NoDerive => "which has no derive and no code that says how it travels",
            _ => "which shows no type",
        },
    }
}

/// One blind spot for all answers whose status is not known, though what they carry is.
pub(super) fn statuses(endpoints: &[Endpoint], shapes: &Shapes) -> Option<BlindSpot> {
    let left_open = |endpoint: &&Endpoint| match &endpoint.content {
        EndpointContent::Http(http) => http
            .responses
            .iter()
            .any(|answer| answer.is_open() && answer.media.iter().all(|media| opaque(shapes, media).is_none())),
        _ => false,
    };
    let first = endpoints.iter().find(left_open)?;
    let detail = "answers whose status is a value (`StatusCode`, `Status`, `Redirect`) that the code does not state: \
                  whether it changes is not seen; state it in the mark: `#[api(responses(201 = T))]`";
    let place = Some(first.place.clone());
    Some(BlindSpot { kind: BlindSpotKind::Opaque, place, detail: detail.to_owned(), hides: None })
}
