//! The words of the routers of all frameworks.

use super::kind::Kind;
use super::value::Value;
use crate::extract::crates::Ty;
use crate::model::MethodSet;

const VERBS: &[&str] = &["get", "post", "put", "delete", "patch", "head", "options", "trace", "connect"];

/// Methods that keep what they are called on.
pub(super) const NEUTRAL: &[&str] = &[
    "after",
    "around",
    "before",
    "boxed",
    "clone",
    "data",
    "hoop",
    "into_endpoint",
    "into_service",
    "layer",
    "map_err",
    "operation",
    "route_layer",
    "with",
    "with_if",
    "with_state",
    "wrap",
    "wrap_fn",
];

/// Does a method of this name put a layer around routers of this kind?
pub(super) fn layers(kind: Kind, name: &str) -> bool {
    match kind {
        Kind::Axum => matches!(name, "layer" | "route_layer"),
        Kind::Actix => matches!(name, "wrap" | "wrap_fn"),
        Kind::Salvo => matches!(name, "hoop" | "hoop_when"),
        Kind::Poem => matches!(name, "after" | "around" | "before" | "with" | "with_if"),
        Kind::Rocket => name == "attach",
        Kind::Warp => name == "with",
        Kind::Dropshot => false,
    }
}

/// Layers of other crates that only log, measure, compress or hand on state, by how their paths begin.
const NEUTRAL_LAYERS: &[&str] = &[
    "actix_web::middleware::Compress",
    "actix_web::middleware::Logger",
    "actix_web_opentelemetry",
    "actix_web_prom",
    "axum::Extension",
    "axum::extract::Extension",
    "axum_metrics",
    "axum_otel",
    "axum_prometheus",
    "axum_tracing_opentelemetry",
    "metrics",
    "opentelemetry",
    "poem::middleware::AddData",
    "poem::middleware::Compression",
    "poem::middleware::OpenTelemetry",
    "poem::middleware::RequestId",
    "poem::middleware::TokioMetrics",
    "poem::middleware::Tracing",
    "rocket::fairing::AdHoc",
    "rocket_db_pools",
    "rocket_dyn_templates",
    "rocket_prometheus",
    "rocket_sync_db_pools",
    "salvo::affix",
    "salvo::compression",
    "salvo::logging",
    "salvo::otel",
    "salvo::prelude::Compression",
    "salvo::prelude::Logger",
    "salvo::prelude::RequestId",
    "salvo::request_id",
    "sentry",
    "tower_http::add_extension",
    "tower_http::classify",
    "tower_http::compression",
    "tower_http::metrics",
    "tower_http::propagate_header",
    "tower_http::request_id",
    "tower_http::sensitive_headers",
    "tower_http::trace",
    "tower_http::catch_panic",
    "tower_http::ServiceBuilderExt",
    "tracing",
    "warp::compression",
    "warp::filters::compression",
    "warp::filters::log",
    "warp::filters::trace",
    "warp::log",
    "warp::trace",
];

/// Does a layer at this path change nothing that a request meets?
pub(super) fn is_neutral_layer(path: &str) -> bool {
    NEUTRAL_LAYERS.iter().any(|word| path.starts_with(word))
}

/// Crates whose layers do what their documentation says.
pub(super) const DOCUMENTED_LAYERS: &[&str] = &[
    "actix_cors::",
    "actix_web::",
    "axum::",
    "poem::",
    "rocket::",
    "rocket_cors::",
    "salvo::",
    "tower::",
    "tower_http::",
    "warp::",
];

/// Methods of tower's `ServiceBuilder` that refuse and alter nothing.
pub(super) const NEUTRAL_STEPS: &[&str] = &[
    "add_extension",
    "boxed",
    "boxed_clone",
    "buffer",
    "catch_panic",
    "check_clone",
    "check_service_clone",
    "clone",
    "compression",
    "into_inner",
    "propagate_header",
    "propagate_request_id",
    "propagate_x_request_id",
    "sensitive_headers",
    "sensitive_request_headers",
    "sensitive_response_headers",
    "service",
    "set_request_id",
    "set_x_request_id",
    "trace_for_grpc",
    "trace_for_http",
];

/// Functions of other crates that make a layer of one of their arguments, by name, and which.
pub(super) const LAYER_OF: &[(&str, usize)] = &[
    ("Arc::new", 0),
    ("Box::new", 0),
    ("Condition::from_option", 0),
    ("Condition::new", 1),
    ("HandleErrorLayer::new", 0),
    ("Some", 0),
    ("from_fn", 0),
    ("from_fn_with_state", 1),
    ("map_request", 0),
    ("map_request_with_state", 1),
    ("map_response", 0),
    ("map_response_with_state", 1),
    ("option_layer", 0),
    ("wrap_fn", 0),
];

/// Traits by which types of the project are layers, and what these make.
pub(super) const LAYER_TRAITS: &[&str] = &[
    "AsyncAuthorizeRequest",
    "AuthorizeRequest",
    "Endpoint",
    "Fairing",
    "FromRequest",
    "FromRequestParts",
    "Guard",
    "Handler",
    "Layer",
    "Middleware",
    "Service",
    "Transform",
    "ValidateRequest",
];

/// What the methods of axum-extra's `Resource` answer: methods, and the path below the resource.
pub(super) fn of_resource(name: &str) -> Option<(&'static [&'static str], &'static str)> {
    Some(match name {
        "index" => (&["GET"], ""),
        "create" => (&["POST"], ""),
        "new" => (&["GET"], "/new"),
        "show" => (&["GET"], "/{id}"),
        "edit" => (&["GET"], "/{id}/edit"),
        "update" => (&["PUT", "PATCH"], "/{id}"),
        "destroy" => (&["DELETE"], "/{id}"),
        _ => return None,
    })
}

/// What a page for what is not there may be told, by type: it reads no more than where somebody asked.
pub(super) const ASKED_WITHOUT_READING: &[&str] = &[
    "Data",
    "Extension",
    "HeaderMap",
    "HttpRequest",
    "MatchedPath",
    "Method",
    "OriginalUri",
    "State",
    "Uri",
    "Version",
];

/// Methods by which a server is handed what it serves.
pub(super) const SERVING: &[&str] =
    &["serve", "try_serve", "run", "run_with_graceful_shutdown", "serve_with_graceful_shutdown"];

/// Methods of poem-openapi's services that make documents of them.
pub(super) const DOCUMENTS: &[&str] = &[
    "openapi_explorer",
    "rapidoc",
    "redoc",
    "scalar",
    "spec",
    "spec_endpoint",
    "spec_endpoint_yaml",
    "spec_yaml",
    "stoplight_elements",
    "swagger_ui",
];

/// Crates whose services only show documents.
pub(super) const DOCUMENT_CRATES: &[&str] =
    &["rocket_okapi", "utoipa_rapidoc", "utoipa_redoc", "utoipa_scalar", "utoipa_swagger_ui"];

/// Types of other crates, and of the frameworks, that only show documents, and functions that only redirect.
pub(super) const SHOWS: &[&str] = &[
    "aide::redoc",
    "aide::scalar",
    "aide::swagger",
    "rocket_cors::catch_all_options_routes",
    "salvo::oapi::rapidoc",
    "salvo::oapi::redoc",
    "salvo::oapi::scalar",
    "salvo::oapi::swagger_ui",
    "salvo::prelude::RapiDoc",
    "salvo::prelude::ReDoc",
    "salvo::prelude::Scalar",
    "salvo::prelude::SwaggerUi",
    "tower_http::services::Redirect",
];

/// Functions that make a service of a function, which then answers whatever is asked.
pub(super) const ANSWERS_BY_HAND: &[&str] = &["hyper::service::service_fn", "hyper::service::make_service_fn"];

/// Crates whose functions serve, wrap or carry a router, and add no routes to it.
pub(super) const HANDS_ON: &[&str] = &[
    "actix_http",
    "actix_service",
    "alloc",
    "anyhow",
    "axum_server",
    "color_eyre",
    "core",
    "diesel",
    "eyre",
    "futures",
    "futures_util",
    "hyper",
    "hyper_util",
    "lambda_http",
    "lambda_runtime",
    "lambda_web",
    "rocket_db_pools",
    "rocket_sync_db_pools",
    "sentry_tower",
    "std",
    "tokio",
    "tower",
    "tower_http",
    "tower_layer",
    "tower_service",
    "vercel_runtime",
];

/// Macros of the standard library and of runtimes that add nothing to what they are handed.
pub(super) const HANDING_MACROS: &[&str] = &[
    "Ok", "assert", "bail", "dbg", "ensure", "join", "matches", "panic", "pin", "select", "span", "spawn", "try_join",
    "write", "writeln",
];

/// What such a service is.
pub(super) const DOCUMENT: &str = "document";

/// Does a method of this name build on a router, whatever list of routers it is called on?
pub(super) fn builds(name: &str) -> bool {
    matches!(name, "route" | "api_route" | "merge" | "layer" | "route_layer" | "with_state" | "service" | "configure")
        || name.starts_with("nest")
        || name.starts_with("fallback")
        || name.starts_with("into_make_service")
}

/// Methods that change the text they are called on.
pub(super) const CHANGING_TEXT: &[&str] = &[
    "append",
    "clear",
    "drain",
    "extend",
    "insert",
    "insert_str",
    "make_ascii_lowercase",
    "make_ascii_uppercase",
    "pad",
    "pop",
    "push",
    "push_str",
    "remove",
    "replace_range",
    "retain",
    "split_off",
    "truncate",
    "write_char",
    "write_fmt",
    "write_str",
];

/// Methods that lists have, so that no trait's method of this name is meant.
pub(super) const OF_LISTS: &[&str] = &[
    "chain",
    "clone",
    "cloned",
    "collect",
    "concat",
    "contains",
    "copied",
    "enumerate",
    "extend",
    "filter",
    "filter_map",
    "first",
    "flat_map",
    "flatten",
    "fold",
    "for_each",
    "get",
    "insert",
    "into_iter",
    "is_empty",
    "iter",
    "iter_mut",
    "join",
    "last",
    "len",
    "map",
    "next",
    "pop",
    "push",
    "reduce",
    "rev",
    "skip",
    "take",
    "to_vec",
    "try_fold",
    "unwrap",
    "zip",
];

/// Methods that put more into the list they are called on.
pub(super) const CHANGING_LISTS: &[&str] = &[
    "append",
    "clear",
    "dedup",
    "drain",
    "extend",
    "extend_from_slice",
    "insert",
    "next",
    "next_back",
    "pop",
    "pop_back",
    "pop_front",
    "push",
    "push_back",
    "push_front",
    "remove",
    "retain",
    "retain_mut",
    "reverse",
    "rotate_left",
    "rotate_right",
    "shuffle",
    "sort",
    "sort_by",
    "sort_by_cached_key",
    "sort_by_key",
    "sort_unstable",
    "sort_unstable_by",
    "sort_unstable_by_key",
    "swap",
    "swap_remove",
    "truncate",
];

/// Methods that change the router they are called on.
pub(super) const BUILDING: &[&str] =
    &["service", "configure", "route", "push", "external_resource", "app_data", "register"];

/// The methods of `get`, `get_with`, `get_service`, `any`.
pub(super) fn verb(name: &str) -> Option<Vec<MethodSet>> {
    let name = name.strip_suffix("_with").or_else(|| name.strip_suffix("_service")).unwrap_or(name);
    match name {
        "any" => Some(vec![MethodSet::Any]),
        name if VERBS.contains(&name) => Some(vec![MethodSet::One(name.to_uppercase())]),
        _ => None,
    }
}

/// The methods that `MethodFilter::GET.or(POST)`, `Method::GET` or guards name; every method when they name none.
pub(super) fn methods(value: Option<&Value<'_>>) -> Vec<MethodSet> {
    let mut out = Vec::new();
    collect(value, &mut out, 0);
    out.sort();
    out.dedup();
    if out.is_empty() { vec![MethodSet::Any] } else { out }
}

fn collect(value: Option<&Value<'_>>, out: &mut Vec<MethodSet>, depth: u32) {
    match value {
        Some(Value::Word(name)) if VERBS.contains(&name.to_lowercase().as_str()) => {
            out.push(MethodSet::One(name.to_uppercase()));
        }
        Some(Value::List(items)) if depth < 8 => {
            for item in items {
                collect(Some(item), out, depth + 1);
            }
        }
        _ => {}
    }
}

/// Whose router the type at this path is.
pub(super) fn router(path: &str) -> Option<Kind> {
    let (krate, rest) = path.split_once("::")?;
    let kind = Kind::of_crate(krate)?;
    let last = rest.rsplit("::").next().unwrap_or(rest);
    let named = match kind {
        Kind::Axum => match krate {
            "loco_rs" => matches!(last, "AppRoutes" | "Routes"),
            _ => matches!(last, "Router" | "ApiRouter" | "OpenApiRouter"),
        },
        Kind::Actix => matches!(last, "App" | "Scope" | "ServiceConfig" | "Resource" | "UtoipaApp"),
        Kind::Salvo => last == "Router",
        Kind::Poem => last == "Route" || last == "OpenApiService",
        Kind::Rocket => last == "Rocket",
        Kind::Dropshot => last == "ApiDescription",
        Kind::Warp => false,
    };
    named.then_some(kind)
}

/// Whose router, or list of routes, a value of this type is.
pub(super) fn router_of(ty: &Ty) -> Option<Kind> {
    match ty {
        Ty::Foreign(path, args) => router(path).or_else(|| match args.first() {
            Some(Ty::Foreign(item, _))
                if path.as_ref() == "std::vec::Vec" && item.starts_with("rocket::") && item.ends_with("::Route") =>
            {
                Some(Kind::Rocket)
            }
            _ => None,
        }),
        _ => None,
    }
}

/// Is it a type whose values hold no router: numbers, text, addresses, paths, times?
pub(super) fn holds_no_router(ty: &Ty) -> bool {
    const PLAIN: &[&str] = &["std::net::", "std::path::", "std::string::", "std::time::"];
    match ty {
        Ty::Primitive(_) => true,
        Ty::Foreign(path, _) => PLAIN.iter().any(|start| path.starts_with(start)),
        Ty::Ref(inner) | Ty::Slice(inner) | Ty::Array(inner, _) => holds_no_router(inner),
        _ => false,
    }
}

/// Is it text?
pub(super) fn is_text(ty: &Ty) -> bool {
    match ty {
        Ty::Primitive(name) => name == "str",
        Ty::Foreign(path, _) => path.as_ref() == "std::string::String",
        Ty::Ref(inner) => is_text(inner),
        _ => false,
    }
}

/// Is it a list or a map?
pub(super) fn is_list(path: &str) -> bool {
    let last = path.rsplit("::").next().unwrap_or(path);
    matches!(last, "Vec" | "VecDeque" | "HashMap" | "BTreeMap" | "IndexMap")
}

/// Is it a method that the frameworks' own routers have, so that no trait's method of this name is meant?
pub(super) fn inherent(name: &str) -> bool {
    builds(name) && (!name.starts_with("nest") || NESTING.contains(&name)) && !name.starts_with("fallback_")
        || NEUTRAL.contains(&name)
        || matches!(name, "at" | "push" | "append" | "goal" | "to" | "route_service" | "fallback" | "fallback_service")
}

/// Is the first argument of a method of this name a path?
pub(super) fn takes_path(name: &str) -> bool {
    NESTING.contains(&name)
        || matches!(
            name,
            "api_route" | "at" | "mount" | "path" | "prefix" | "route" | "route_service" | "route_with_tsr"
        )
}

/// Methods that serve a router below a path.
pub(super) const NESTING: &[&str] =
    &["nest", "nest_api_service", "nest_no_strip", "nest_route", "nest_routes", "nest_service"];

/// Does a method of this name, which neither the framework nor this side has, add something: `.leptos_routes(…)`?
pub(super) fn adds_unread(name: &str) -> bool {
    let asks = ["has_", "into_", "as_", "is_"].iter().any(|start| name.starts_with(start));
    let adds = |word: &str| ["endpoints", "mount", "register", "route", "routes", "serve"].contains(&word);
    !asks && name.split('_').any(adds)
}

/// Is it a type that only points to another?
pub(super) fn is_pointer(path: &str) -> bool {
    matches!(path, "std::sync::Arc" | "std::rc::Rc" | "std::boxed::Box" | "std::borrow::Cow")
}
