//! The extractors of all frameworks and their look-alikes, by crate and name: what a handler's argument reads.

use crate::extract::lower::Dialect;
use crate::model::{In, Reader};

/// What an argument of this type reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Path parameters: a struct by name, a tuple or a scalar by place.
    Path,
    /// Query parameters.
    Query(Reader),
    /// A body of this content type.
    Body(&'static str, Reader),
    /// Query parameters on `GET` and `HEAD`, a body elsewhere.
    Form(Reader),
    /// A body whose content type the endpoint's attribute states (dropshot's `TypedBody`).
    TypedBody,
    /// A body that is handed on as it comes.
    RawBody(&'static str),
    /// A struct of headers.
    Headers,
    /// One header, named by its type.
    TypedHeader,
    /// One value under the argument's own name.
    Named(In, Reader),
    /// What its n-th type argument reads, checked or renamed on the way.
    Through(usize),
    /// What either type argument reads.
    Either,
    /// Nothing of the request that is a promise.
    Ignored,
    /// Credentials of this scheme.
    Credentials(&'static str),
    /// A websocket upgrade.
    Upgrade,
    /// dropshot's `PaginationParams<Scan, Selector>`.
    Pagination,
}

/// Names of one family of crates.
struct Family {
    crates: &'static [&'static str],
    roles: &'static [(&'static str, Role)],
}

const JSON: Role = Role::Body("application/json", Reader::Json);
const URL_FORM: Role = Role::Body("application/x-www-form-urlencoded", Reader::UrlEncoded);
const MULTIPART: Role = Role::Body("multipart/form-data", Reader::Multipart);
const BYTES: Role = Role::RawBody("*/*");

/// All of them; the first family that holds crate and name decides.
const EXTRACTORS: &[Family] = &[
    Family {
        crates: &["axum", "axum_core"],
        roles: &[
            ("Path", Role::Path),
            ("Query", Role::Query(Reader::UrlEncoded)),
            ("Json", JSON),
            ("Form", Role::Form(Reader::UrlEncoded)),
            ("Multipart", MULTIPART),
            ("RawForm", BYTES),
            ("Body", BYTES),
            ("Bytes", BYTES),
            ("BodyStream", BYTES),
            ("Request", BYTES),
            ("WebSocketUpgrade", Role::Upgrade),
            ("TypedHeader", Role::TypedHeader),
            ("State", Role::Ignored),
            ("Extension", Role::Ignored),
            ("Extensions", Role::Ignored),
            ("ConnectInfo", Role::Ignored),
            ("MatchedPath", Role::Ignored),
            ("NestedPath", Role::Ignored),
            ("OriginalUri", Role::Ignored),
            ("RawQuery", Role::Ignored),
            ("RawPathParams", Role::Ignored),
            ("Host", Role::Ignored),
            ("HeaderMap", Role::Ignored),
            ("Method", Role::Ignored),
            ("Uri", Role::Ignored),
            ("Version", Role::Ignored),
            ("Parts", Role::Ignored),
        ],
    },
    Family {
        crates: &["axum_extra"],
        roles: &[
            ("Query", Role::Query(Reader::HtmlForm)),
            ("OptionalQuery", Role::Query(Reader::HtmlForm)),
            ("Form", Role::Form(Reader::HtmlForm)),
            ("OptionalPath", Role::Path),
            ("TypedHeader", Role::TypedHeader),
            ("JsonDeserializer", JSON),
            ("JsonLines", Role::RawBody("application/json-lines")),
            ("Multipart", MULTIPART),
            ("WithRejection", Role::Through(0)),
            ("Cached", Role::Through(0)),
            ("Either", Role::Either),
            ("CookieJar", Role::Ignored),
            ("SignedCookieJar", Role::Ignored),
            ("PrivateCookieJar", Role::Ignored),
            ("Host", Role::Ignored),
            ("Scheme", Role::Ignored),
        ],
    },
    Family {
        crates: &["axum_valid", "axum_garde"],
        roles: &[
            ("Valid", Role::Through(0)),
            ("Garde", Role::Through(0)),
            ("Validated", Role::Through(0)),
            ("Modified", Role::Through(0)),
            ("Validify", Role::Through(0)),
            ("WithValidation", Role::Through(0)),
        ],
    },
    Family {
        crates: &["loco_rs"],
        roles: &[
            ("JWT", Role::Credentials("bearer")),
            ("JWTWithUser", Role::Credentials("bearer")),
            ("ApiToken", Role::Credentials("bearer")),
            ("JsonValidate", JSON),
            ("JsonValidateWithMessage", JSON),
            ("FormValidate", Role::Form(Reader::UrlEncoded)),
            ("FormValidateWithMessage", Role::Form(Reader::UrlEncoded)),
            ("QueryValidate", Role::Query(Reader::UrlEncoded)),
            ("QueryValidateWithMessage", Role::Query(Reader::UrlEncoded)),
            ("Format", Role::Ignored),
            ("RemoteIP", Role::Ignored),
            ("RespondTo", Role::Ignored),
            ("SharedStore", Role::Ignored),
            ("ViewEngine", Role::Ignored),
        ],
    },
    Family { crates: &["axum_typed_multipart"], roles: &[("TypedMultipart", MULTIPART)] },
    Family {
        crates: &["axum_jsonschema", "axum_serde", "axum_msgpack", "axum_yaml"],
        roles: &[
            ("Json", JSON),
            ("Yaml", Role::Body("application/yaml", Reader::Json)),
            ("Toml", Role::Body("application/toml", Reader::Config)),
            ("MsgPack", Role::Body("application/msgpack", Reader::Json)),
        ],
    },
    Family {
        crates: &["aide"],
        roles: &[
            ("NoApi", Role::Ignored),
            ("Json", JSON),
            ("Query", Role::Query(Reader::UrlEncoded)),
            ("Path", Role::Path),
        ],
    },
    Family {
        crates: &["serde_qs"],
        roles: &[
            ("QsQuery", Role::Query(Reader::Qs)),
            ("OptionalQsQuery", Role::Query(Reader::Qs)),
            ("QsForm", Role::Body("application/x-www-form-urlencoded", Reader::Qs)),
        ],
    },
    Family {
        crates: &["actix_web", "actix_web_validator", "actix_web_lab", "apistos", "garde_actix_web", "paperclip"],
        roles: &[
            ("Path", Role::Path),
            ("Query", Role::Query(Reader::UrlEncoded)),
            ("QsQuery", Role::Query(Reader::Qs)),
            ("Json", JSON),
            ("LazyJson", JSON),
            ("Form", URL_FORM),
            ("UrlEncodedForm", URL_FORM),
            ("Header", Role::TypedHeader),
            ("Bytes", BYTES),
            ("BytesMut", BYTES),
            ("Payload", BYTES),
            ("BodyHash", Role::Through(0)),
            ("Readlines", Role::RawBody("text/plain")),
            ("Either", Role::Either),
            ("Data", Role::Ignored),
            ("ThinData", Role::Ignored),
            ("SwapData", Role::Ignored),
            ("LocalData", Role::Ignored),
            ("ReqData", Role::Ignored),
            ("HttpRequest", Role::Ignored),
            ("Method", Role::Ignored),
            ("Uri", Role::Ignored),
            ("ConnectionInfo", Role::Ignored),
            ("PeerAddr", Role::Ignored),
            ("RequestSignature", Role::Through(0)),
        ],
    },
    Family {
        crates: &["deserr"],
        roles: &[("AwebJson", JSON), ("AwebQueryParameter", Role::Query(Reader::UrlEncoded)), ("AxumJson", JSON)],
    },
    Family { crates: &["actix_multipart"], roles: &[("Multipart", MULTIPART), ("MultipartForm", MULTIPART)] },
    Family { crates: &["actix_session"], roles: &[("Session", Role::Ignored)] },
    Family { crates: &["actix_identity"], roles: &[("Identity", Role::Credentials("identity"))] },
    Family {
        crates: &["actix_web_httpauth"],
        roles: &[("BearerAuth", Role::Credentials("bearer")), ("BasicAuth", Role::Credentials("basic"))],
    },
    Family {
        crates: &["dropshot"],
        roles: &[
            ("Path", Role::Path),
            ("Query", Role::Query(Reader::UrlEncoded)),
            ("Header", Role::Headers),
            ("TypedBody", Role::TypedBody),
            ("UntypedBody", Role::RawBody("application/octet-stream")),
            ("StreamingBody", Role::RawBody("application/octet-stream")),
            ("MultipartBody", MULTIPART),
            ("WebsocketConnection", Role::Upgrade),
            ("WebsocketUpgrade", Role::Upgrade),
            ("PaginationParams", Role::Pagination),
            ("RawRequest", BYTES),
            ("RequestContext", Role::Ignored),
            ("Cookies", Role::Ignored),
        ],
    },
    Family {
        crates: &["poem"],
        roles: &[
            ("Path", Role::Path),
            ("Query", Role::Query(Reader::UrlEncoded)),
            ("Json", JSON),
            ("Form", Role::Form(Reader::UrlEncoded)),
            ("TypedHeader", Role::TypedHeader),
            ("Multipart", MULTIPART),
            ("Body", BYTES),
            ("WebSocket", Role::Upgrade),
            ("Data", Role::Ignored),
            ("Request", Role::Ignored),
            ("HeaderMap", Role::Ignored),
            ("Method", Role::Ignored),
            ("Uri", Role::Ignored),
            ("RealIp", Role::Ignored),
            ("RemoteAddr", Role::Ignored),
            ("LocalAddr", Role::Ignored),
            ("PathPattern", Role::Ignored),
            ("Accept", Role::Ignored),
            ("CookieJar", Role::Ignored),
            ("Session", Role::Ignored),
        ],
    },
    Family {
        crates: &["rocket", "rocket_contrib"],
        roles: &[
            ("Json", JSON),
            ("MsgPack", Role::Body("application/msgpack", Reader::Json)),
            ("Form", Role::Body("application/x-www-form-urlencoded", Reader::RocketForm)),
            ("State", Role::Ignored),
            ("CookieJar", Role::Ignored),
            ("Cookies", Role::Ignored),
            ("Route", Role::Ignored),
            ("ContentType", Role::Ignored),
            ("Accept", Role::Ignored),
            ("Method", Role::Ignored),
            ("Origin", Role::Ignored),
            ("Host", Role::Ignored),
            ("Config", Role::Ignored),
            ("Limits", Role::Ignored),
            ("Shutdown", Role::Ignored),
            ("Certificate", Role::Ignored),
            ("FlashMessage", Role::Ignored),
            ("Rocket", Role::Ignored),
            ("HeaderMap", Role::Ignored),
            ("IpAddr", Role::Ignored),
            ("SocketAddr", Role::Ignored),
        ],
    },
    Family { crates: &["rocket_ws"], roles: &[("WebSocket", Role::Upgrade)] },
    Family {
        crates: &["rocket_cors", "rocket_db_pools", "rocket_dyn_templates"],
        roles: &[("Guard", Role::Ignored), ("Connection", Role::Ignored), ("Metadata", Role::Ignored)],
    },
    Family {
        crates: &["salvo", "salvo_core", "salvo_oapi"],
        roles: &[
            ("PathParam", Role::Named(In::Path, Reader::PathText)),
            ("QueryParam", Role::Named(In::Query, Reader::UrlEncoded)),
            ("HeaderParam", Role::Named(In::Header, Reader::HeaderText)),
            ("CookieParam", Role::Named(In::Cookie, Reader::HeaderText)),
            ("JsonBody", JSON),
            ("FormBody", URL_FORM),
            ("FormFile", MULTIPART),
            ("FormFiles", MULTIPART),
            ("Request", Role::Ignored),
            ("Response", Role::Ignored),
            ("Depot", Role::Ignored),
            ("FlowCtrl", Role::Ignored),
        ],
    },
    Family {
        crates: &["http", "hyper"],
        roles: &[
            ("HeaderMap", Role::Ignored),
            ("Method", Role::Ignored),
            ("Uri", Role::Ignored),
            ("Version", Role::Ignored),
            ("Extensions", Role::Ignored),
            ("Parts", Role::Ignored),
            ("Request", BYTES),
        ],
    },
    Family { crates: &["bytes"], roles: &[("Bytes", BYTES), ("BytesMut", BYTES)] },
    Family {
        crates: &["std"],
        roles: &[("String", Role::RawBody("text/plain")), ("IpAddr", Role::Ignored), ("SocketAddr", Role::Ignored)],
    },
    Family { crates: &["tower_cookies"], roles: &[("Cookies", Role::Ignored)] },
    Family { crates: &["tower_sessions"], roles: &[("Session", Role::Ignored)] },
    Family { crates: &["axum_login"], roles: &[("AuthSession", Role::Ignored)] },
    Family {
        crates: &["axum_client_ip"],
        roles: &[("ClientIp", Role::Ignored), ("InsecureClientIp", Role::Ignored), ("SecureClientIp", Role::Ignored)],
    },
];

/// Crates whose extractors make a function look like a handler; `String` and `http::Method` do not.
const NEUTRAL: &[&str] = &["std", "bytes", "http", "hyper"];

/// What a type of another crate reads as an argument, by its canonical path.
pub(super) fn role(path: &str) -> Option<Role> {
    let krate = path.split("::").next()?;
    let name = path.rsplit("::").next()?;
    let families = EXTRACTORS.iter().filter(|family| family.crates.contains(&krate));
    families.flat_map(|family| family.roles).find(|(known, _)| *known == name).map(|(_, role)| *role)
}

/// Wherever a request holds a parameter.
pub(super) const ANYWHERE: &[In] = &[In::Query, In::Header, In::Cookie];

/// The places of a request that an extractor hands on as they come, so that code may read there what nothing names.
pub(super) fn raw(path: &str) -> &'static [In] {
    match path.rsplit("::").next() {
        _ if role(path).is_none() => &[],
        Some("HttpRequest" | "Parts" | "RawRequest" | "Request") => ANYWHERE,
        Some("OriginalUri" | "RawQuery" | "Uri") => &[In::Query],
        Some("HeaderMap") => &[In::Header, In::Cookie],
        Some("CookieJar" | "Cookies" | "PrivateCookieJar" | "SignedCookieJar") => &[In::Cookie],
        _ => &[],
    }
}

/// Does actix read this header, a list, where a request has none?
pub(super) fn reads_absence(path: &str) -> bool {
    const LISTS: &[&str] = &[
        "Accept",
        "AcceptCharset",
        "AcceptEncoding",
        "AcceptLanguage",
        "Allow",
        "ContentLanguage",
        "IfMatch",
        "IfNoneMatch",
    ];
    let of_actix = path.starts_with("actix_web::") || path.starts_with("actix_http::");
    of_actix && path.rsplit("::").next().is_some_and(|name| LISTS.contains(&name))
}

/// Does it check the limits that `validator` and `garde` derive, before the handler sees the value?
pub(super) fn validates(path: &str) -> bool {
    let krate = path.split("::").next().unwrap_or_default();
    match krate {
        "actix_web_validator" | "garde_actix_web" | "axum_garde" => true,
        "axum_valid" => !matches!(path.rsplit("::").next(), Some("Modified" | "Validify")),
        _ => false,
    }
}

/// Whose attributes describe what it reads.
pub(super) fn dialect(path: &str) -> Dialect {
    match path.split("::").next() {
        Some("deserr") => Dialect::Deserr,
        Some("poem_openapi") => Dialect::PoemOpenapi,
        _ => Dialect::Serde,
    }
}

/// Is it a framework's own extractor, so that a function that takes it is a handler?
pub(super) fn marks_a_handler(path: &str) -> bool {
    let krate = path.split("::").next().unwrap_or_default();
    !NEUTRAL.contains(&krate) && role(path).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crate_and_name_decide_together() {
        assert_eq!(role("axum::extract::Path"), Some(Role::Path));
        assert_eq!(role("axum::extract::Query"), Some(Role::Query(Reader::UrlEncoded)));
        assert_eq!(role("axum_extra::extract::Query"), Some(Role::Query(Reader::HtmlForm)));
        assert_eq!(role("std::path::Path"), None);
        assert!(validates("actix_web_validator::Json") && validates("axum_valid::Valid"));
        assert!(!validates("actix_web::web::Json") && !validates("axum_valid::Modified"));
        assert_eq!(dialect("deserr::actix_web::AwebJson"), Dialect::Deserr);
        assert!(!marks_a_handler("std::string::String"));
        assert!(marks_a_handler("dropshot::RequestContext"));
        assert_eq!(raw("http::request::Parts"), ANYWHERE);
        assert_eq!(raw("axum::extract::RawQuery"), [In::Query]);
        assert!(reads_absence("actix_web::http::header::Accept") && !reads_absence("headers::Accept"));
        assert!(!reads_absence("actix_web::http::header::ContentType"));
        assert!(raw("shop::Parts").is_empty() && raw("axum::extract::State").is_empty());
    }
}
