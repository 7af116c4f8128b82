//! Bodies that are not known as a whole: one blind spot each, with the line that states them. (Types inside bodies are
//! named where they are lowered.)

use crate::model::{
    BlindSpot, BlindSpotKind, Endpoint, EndpointContent, Media, Opaque, OpaqueReason, Place, Reader, Shape, Shapes,
    Status,
};

/// The blind spots of these endpoints, less those that `known` names already.
pub(super) fn bodies(endpoints: &[Endpoint], shapes: &Shapes, known: &[BlindSpot]) -> Vec<BlindSpot> {
    let mut out: Vec<BlindSpot> = Vec::new();
    for endpoint in endpoints {
        let EndpointContent::Http(http) = &endpoint.content else { continue };
        let id = endpoint.id();
        let request = http.request.iter().flat_map(|body| &body.media).map(|media| (None, media));
        let answers =
            http.responses.iter().flat_map(|answer| answer.media.iter().map(|media| (Some(answer.status), media)));
        for (status, media) in request.chain(answers) {
            if status.is_some() && is_any(shapes, media) {
                let handler = endpoint.handler.as_deref().unwrap_or("its handler");
                let detail = format!(
                    "`{id}` answers any JSON; state it in the mark of `{handler}`: `#[api(responses(200 = T))]`"
                );
                let place = Some(endpoint.place.clone());
                out.push(BlindSpot { kind: BlindSpotKind::Opaque, place, detail, hides: None });
                continue;
            }
            let Some(opaque) = opaque(shapes, media) else { continue };
            let named = format!("`{}` ", opaque.name);
            if known.iter().any(|spot| spot.kind == BlindSpotKind::Opaque && spot.detail.starts_with(&named)) {
                continue;
            }
            let line = match status {
                None => "request = T".to_owned(),
                Some(status) => {
                    let code = match status {
                        Status::Code(code) => code.to_string(),
                        status if status.is_success() => "200".to_owned(),
                        _ => "404".to_owned(),
                    };
                    format!("responses({code} = T)")
                }
            };
            let what = if status.is_some() { "answers" } else { "reads" };
            // A type of the project's own can be stated once for all that carry it.
            let own = matches!(opaque.reason, OpaqueReason::HandWritten | OpaqueReason::NoDerive);
            let path = opaque.name.split('<').next().filter(|path| own && path.contains("::"));
            let once = path.map(|path| {
                format!("say what it looks like: `[package.metadata.verpolicy.types]` `\"{path}\" = \"String\"`, or ")
            });
            let detail = format!(
                "`{id}` {what} `{}`, {}; {}state it in the mark of its handler: `#[api({line})]`",
                opaque.name,
                why(opaque),
                once.unwrap_or_default(),
            );
            let place: Option<Place> = Some(endpoint.place.clone());
            let spot = BlindSpot { kind: BlindSpotKind::Opaque, place, detail, hides: None };
            if !out.contains(&spot) {
                out.push(spot);
            }
        }
    }
    out
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
