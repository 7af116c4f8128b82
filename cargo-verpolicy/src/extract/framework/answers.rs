//! The answers of all frameworks, by crate and name: what a handler's return type writes.

use crate::model::Reader;

/// What a type of another crate answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Its first argument in this content type.
    Media(&'static str, Reader),
    /// The same with this status.
    Body(u16),
    /// No body, this status.
    Empty(u16),
    /// No body, a redirection.
    Redirect,
    /// Text of this content type.
    Text(&'static str),
    /// Bytes of this content type.
    Bytes(&'static str),
    /// What its first argument answers, with this status.
    Through(Option<u16>),
    /// What its first argument answers, or nothing: 404.
    OrNotFound,
    /// dropshot: the first argument's answer with the headers of the second.
    Headers,
    /// A status that is a value.
    Status,
    /// What its first argument answers, with a status that is a value.
    At,
    /// Anything.
    Opaque,
}

/// Names of one family of crates.
struct Family {
    crates: &'static [&'static str],
    answers: &'static [(&'static str, Answer)],
}

const JSON: Answer = Answer::Media("application/json", Reader::Json);
const OCTETS: Answer = Answer::Bytes("application/octet-stream");
const FORM: Answer = Answer::Media("application/x-www-form-urlencoded", Reader::UrlEncoded);

const ANSWERS: &[Family] = &[
    Family {
        crates: &["dropshot"],
        answers: &[
            ("HttpResponseOk", Answer::Body(200)),
            ("HttpResponseCreated", Answer::Body(201)),
            ("HttpResponseAccepted", Answer::Body(202)),
            ("HttpResponseDeleted", Answer::Empty(204)),
            ("HttpResponseUpdatedNoContent", Answer::Empty(204)),
            ("HttpResponseFound", Answer::Empty(302)),
            ("HttpResponseFoundStatus", Answer::Empty(302)),
            ("HttpResponseSeeOther", Answer::Empty(303)),
            ("HttpResponseSeeOtherStatus", Answer::Empty(303)),
            ("HttpResponseTemporaryRedirect", Answer::Empty(307)),
            ("HttpResponseTemporaryRedirectStatus", Answer::Empty(307)),
            ("HttpResponseHeaders", Answer::Headers),
        ],
    },
    Family {
        crates: &["axum", "axum_core", "axum_extra", "aide", "axum_jsonschema"],
        answers: &[
            ("Json", JSON),
            ("Form", FORM),
            ("Html", Answer::Text("text/html")),
            ("Css", Answer::Text("text/css")),
            ("JavaScript", Answer::Text("text/javascript")),
            ("Wasm", Answer::Bytes("application/wasm")),
            ("NoContent", Answer::Empty(204)),
            ("Redirect", Answer::Redirect),
            ("StatusCode", Answer::Status),
            ("Cached", Answer::Through(None)),
            ("Bytes", OCTETS),
            // It says no content type of its own.
            ("Body", Answer::Bytes("*/*")),
        ],
    },
    Family {
        crates: &["actix_web", "actix_web_lab", "actix_files", "apistos", "paperclip"],
        answers: &[
            ("Json", JSON),
            ("Form", FORM),
            ("Html", Answer::Text("text/html")),
            ("Redirect", Answer::Redirect),
            ("StatusCode", Answer::Status),
            ("CustomizeResponder", Answer::Through(None)),
            ("Bytes", OCTETS),
            ("BytesMut", OCTETS),
            ("NamedFile", Answer::Bytes("*/*")),
        ],
    },
    Family {
        crates: &["rocket"],
        answers: &[
            ("Json", JSON),
            ("MsgPack", Answer::Media("application/msgpack", Reader::Json)),
            ("RawJson", Answer::Text("application/json")),
            ("RawHtml", Answer::Text("text/html")),
            ("RawText", Answer::Text("text/plain")),
            ("RawXml", Answer::Text("text/xml")),
            ("RawCss", Answer::Text("text/css")),
            ("RawJavaScript", Answer::Text("text/javascript")),
            ("RawMsgPack", Answer::Bytes("application/msgpack")),
            ("NamedFile", Answer::Bytes("*/*")),
            ("Created", Answer::Through(Some(201))),
            ("Accepted", Answer::Through(Some(202))),
            ("NoContent", Answer::Empty(204)),
            ("BadRequest", Answer::Through(Some(400))),
            ("Unauthorized", Answer::Through(Some(401))),
            ("Forbidden", Answer::Through(Some(403))),
            ("NotFound", Answer::Through(Some(404))),
            ("Conflict", Answer::Through(Some(409))),
            ("Redirect", Answer::Redirect),
            ("Status", Answer::Status),
            ("Custom", Answer::At),
            ("Flash", Answer::Through(None)),
        ],
    },
    Family {
        crates: &["poem", "poem_openapi"],
        answers: &[
            ("Json", JSON),
            ("Form", FORM),
            ("PlainText", Answer::Text("text/plain")),
            ("Html", Answer::Text("text/html")),
            ("Xml", Answer::Media("application/xml", Reader::Json)),
            ("Yaml", Answer::Media("application/yaml", Reader::Json)),
            ("Base64", Answer::Text("text/plain")),
            ("Binary", OCTETS),
            ("Attachment", OCTETS),
            ("StatusCode", Answer::Status),
            ("Redirect", Answer::Redirect),
            ("Body", Answer::Bytes("*/*")),
            ("Response", Answer::Through(None)),
        ],
    },
    Family {
        crates: &["salvo", "salvo_core", "salvo_oapi"],
        answers: &[
            ("Json", JSON),
            ("Text", Answer::Text("text/plain")),
            ("Redirect", Answer::Redirect),
            ("StatusError", Answer::Status),
        ],
    },
    Family { crates: &["warp"], answers: &[("StatusCode", Answer::Status)] },
    Family { crates: &["http", "hyper", "reqwest"], answers: &[("StatusCode", Answer::Status), ("Bytes", OCTETS)] },
    Family {
        crates: &["std"],
        answers: &[
            ("String", Answer::Text("text/plain")),
            ("Option", Answer::OrNotFound),
            ("Cow", Answer::Through(None)),
            ("Box", Answer::Through(None)),
        ],
    },
    Family { crates: &["bytes"], answers: &[("Bytes", OCTETS), ("BytesMut", OCTETS)] },
];

/// What the type at this canonical path answers.
pub(super) fn lookup(path: &str) -> Option<Answer> {
    let krate = path.split("::").next()?;
    let name = path.rsplit("::").next()?;
    // poem's own `Response` is anything; only poem-openapi's carries a type.
    if path == "poem::Response" {
        return Some(Answer::Opaque);
    }
    let families = ANSWERS.iter().filter(|family| family.crates.contains(&krate));
    families.flat_map(|family| family.answers).find(|(known, _)| *known == name).map(|(_, answer)| *answer)
}
