//! The words by which a body is seen to build routes: bodies that hold none are never kept for their routes.

use super::lexical::{at, is_word};
use super::skip::Skipped;

/// Does an attribute of this name state the route of a handler?
pub(super) fn states_route(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "channel", "connect", "delete", "endpoint", "get", "head", "options", "patch", "post", "put", "route", "routes",
    ];
    NAMES.contains(&name)
}

/// How a word must stand to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    /// `.word(`
    Method,
    /// `word(` or `path::word(`, not as a method.
    Function,
    /// `Type::word(`: a function of a type whose name ends so.
    Of(&'static str),
    /// `word!(…)`, `word![…]`, `word!{…}`
    Macro,
}

/// One row a word. A word that ends with `*` stands for all that begin so.
const WORDS: &[(&str, Position)] = &[
    ("add_service", Position::Method),
    ("any", Position::Function),
    ("api_route", Position::Method),
    ("api_route_with", Position::Method),
    ("at", Position::Method),
    ("attach", Position::Method),
    ("build", Position::Of("rocket")),
    ("build", Position::Of("Rocket")),
    ("catch", Position::Method),
    ("configure", Position::Method),
    ("custom", Position::Of("rocket")),
    ("custom", Position::Of("Rocket")),
    ("delete", Position::Function),
    ("fallback*", Position::Method),
    ("get", Position::Function),
    ("get_with", Position::Function),
    ("head", Position::Function),
    ("hoop", Position::Method),
    ("launch", Position::Method),
    ("merge", Position::Method),
    ("mount", Position::Method),
    ("mount_*", Position::Macro),
    ("nest*", Position::Method),
    ("new", Position::Of("ApiDescription")),
    ("new", Position::Of("HttpServer")),
    ("new", Position::Of("OpenApiService")),
    ("new", Position::Of("Route")),
    ("new", Position::Of("Router")),
    ("on", Position::Function),
    ("on_attach", Position::Of("AdHoc")),
    ("on_ignite", Position::Of("AdHoc")),
    ("openapi_*", Position::Macro),
    ("options", Position::Function),
    ("patch", Position::Function),
    ("path", Position::Macro),
    ("path", Position::Of("warp")),
    ("post", Position::Function),
    ("post_with", Position::Function),
    ("put", Position::Function),
    ("register", Position::Method),
    ("resource", Position::Function),
    ("resource", Position::Method),
    ("route*", Position::Method),
    ("routes*", Position::Macro),
    ("scope", Position::Function),
    ("serve", Position::Of("axum")),
    ("serve", Position::Of("warp")),
    ("serve_connection*", Position::Method),
    ("service", Position::Of("warp")),
    ("service", Position::Method),
    ("service_fn", Position::Function),
    ("try_on_ignite", Position::Of("AdHoc")),
    ("typed_*", Position::Method),
    ("with_filter*", Position::Of("Router")),
    ("with_hoop", Position::Of("Router")),
    ("with_path", Position::Of("Router")),
];

/// Does the call or macro whose arguments open at `open` name a router?
pub(super) fn names_router(bytes: &[u8], open: usize) -> bool {
    // What macros make is written with spaces between the tokens.
    let mut end = before_spaces(bytes, open);
    let bang = end > 0 && at(bytes, end - 1) == b'!';
    if bang {
        end = before_spaces(bytes, end - 1);
    }
    let start = word_start(bytes, end);
    let word = bytes.get(start..end).unwrap_or_default();
    let (Some(first), true) = (word.first(), word.len() > 1) else { return false };
    if !first.is_ascii_lowercase() || word.len() > 32 {
        return false;
    }
    let front = before_spaces(bytes, start);
    let method = front > 0 && at(bytes, front - 1) == b'.';
    // The table is in order.
    let from = WORDS.partition_point(|(name, _)| name.as_bytes().first() < Some(first));
    let begin_so = WORDS.iter().skip(from).take_while(|(name, _)| name.as_bytes().first() == Some(first));
    begin_so.into_iter().any(|(name, position)| {
        spelled(name.as_bytes(), word)
            && match position {
                Position::Macro => bang,
                Position::Method => !bang && method,
                Position::Function => !bang && !method,
                Position::Of(ty) => !bang && owner(bytes, start).ends_with(ty.as_bytes()),
            }
    })
}

fn spelled(name: &[u8], word: &[u8]) -> bool {
    match name.strip_suffix(b"*") {
        Some(prefix) => word.starts_with(prefix),
        None => word == name,
    }
}

/// The type before `::word`, generic arguments aside.
fn owner(bytes: &[u8], start: usize) -> &[u8] {
    let front = bytes.get(..before_spaces(bytes, start));
    let Some(before) = front.and_then(|b| b.strip_suffix(b"::")) else { return &[] };
    let mut end = before_spaces(before, before.len());
    if before.get(..end).and_then(<[u8]>::last) == Some(&b'>') {
        end = before.iter().rposition(|b| *b == b'<').unwrap_or(0);
        end = before.get(..before_spaces(before, end)).map_or(0, |b| b.strip_suffix(b"::").unwrap_or(b).len());
        end = before_spaces(before, end);
    }
    before.get(word_start(before, end)..end).unwrap_or_default()
}

/// Where the spaces before `end` begin.
fn before_spaces(bytes: &[u8], end: usize) -> usize {
    let before = bytes.get(..end).unwrap_or_default();
    end - before.iter().rev().take_while(|b| b.is_ascii_whitespace()).count()
}

fn word_start(bytes: &[u8], end: usize) -> usize {
    let before = bytes.get(..end).unwrap_or_default();
    end - before.iter().rev().take_while(|b| is_word(**b)).count()
}

/// A body up to this many bytes of code ([`Skipped::weight`]) is kept whatever it holds: const functions, defaults,
/// getters.
const SHORT: usize = 200;
/// A `match` over paths or names, a hand-written `default` and functions called after routes are kept up to this many bytes.
const LONG: usize = 4096;

/// A function whose types do not tell what it answers, or reads of the request, is kept up to this many bytes.
const ANSWERING: usize = 16_384;

/// Methods by which types read requests, answer and travel, kept up to [`LONG`] bytes.
const METHODS: &[&str] = &[
    "as_response",
    "deserialize",
    "error_response",
    "from_data",
    "from_param",
    "from_request",
    "from_request_parts",
    "into_response",
    "json_schema",
    "respond_to",
    "serialize",
    "status",
    "status_code",
    "write",
];

/// Does the parenthesis at `open` begin an arm `(&Method::GET, "/x")`: a table of routes written by hand?
pub(super) fn begins_route_arm(bytes: &[u8], open: usize) -> bool {
    let inside = bytes.get(open + 1..).unwrap_or_default().trim_ascii_start();
    let inside = inside.strip_prefix(b"&").unwrap_or(inside);
    if let Some(path) = inside.strip_prefix(b"\"/") {
        let mut parts = path.splitn(2, |byte| *byte == b'"');
        let behind = parts.nth(1).unwrap_or_default().trim_ascii_start();
        let method = behind.strip_prefix(b",").unwrap_or_default().trim_ascii_start();
        return METHOD_NAMES.iter().any(|name| method.starts_with(name)) || method.starts_with(b"&Method::");
    }
    inside.starts_with(b"Method::")
}

/// Methods as text, and as constants.
const METHOD_NAMES: &[&[u8]] =
    &[b"\"GET\"", b"\"POST\"", b"\"PUT\"", b"\"DELETE\"", b"\"PATCH\"", b"\"HEAD\"", b"\"OPTIONS\"", b"Method::"];

/// Is the body of this function kept? `signature` begins with the function's name; `text` is what stands between its
/// braces.
pub(super) fn keeps_body(signature: &str, text: &str, skipped: Skipped) -> bool {
    let Skipped { routes, weight, .. } = skipped;
    let text = text.trim_start();
    let name = signature.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    routes
        || weight <= SHORT
        || hands_on_routers(signature.as_bytes())
        || weight <= ANSWERING && (hands_back_an_answer(signature) || signature.contains("&mut Request"))
        || weight <= LONG
            && (text.starts_with("match ")
                || matches!(name, "default" | "path" | "prefix" | "as_str" | "main")
                || METHODS.contains(&name)
                || name.contains("routes")
                || signature.contains("Deserializer<'"))
}

/// `-> impl Responder`, `-> HttpResponse`, `-> Result<Response, E>`: what is answered stands in the body only.
fn hands_back_an_answer(signature: &str) -> bool {
    const ANSWERS: &[&str] =
        &["HttpResponse", "IntoResponse", "Redirect", "Reply", "Responder", "Response", "Status", "StatusCode"];
    let Some((_, ret)) = signature.split_once("->") else { return false };
    ret.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| ANSWERS.contains(&word))
}

/// Does a signature speak of routers? Such a function may only hand them on, without a word of its own.
fn hands_on_routers(signature: &[u8]) -> bool {
    let named = |at: usize, word: &[u8]| signature.get(at..).is_some_and(|rest| rest.starts_with(word));
    (0..signature.len()).any(|at| match signature.get(at) {
        Some(b'R') => named(at, b"Router") || named(at, b"Route>") || named(at, b"Route "),
        Some(b'S') => named(at, b"ServiceConfig") || named(at, b"Scope"),
        Some(b'F') => named(at, b"Filter"),
        Some(b'O') => named(at, b"OpenApi"),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::names_router;

    #[test]
    fn words_count_where_they_build_routes() {
        let cases = [
            ("Router::new().route(", true),
            ("map.get(", false),
            ("let r = get(", true),
            ("web::scope(", true),
            ("routes![", true),
            ("routes(", false),
            ("x.route_service(", true),
            ("Vec::new(", false),
            ("Router::<S>::new(", true),
            ("axum::Router::new(", true),
            ("api.register(", true),
            ("warp::path!(", true),
            ("PathBuf::path(", false),
            ("(", false),
            ("a . route (", true),
            ("Router :: < S > :: new (", true),
            ("routes ! [", true),
            ("if get (", true),
        ];
        for (text, expected) in cases {
            assert_eq!(names_router(text.as_bytes(), text.len() - 1), expected, "{text}");
        }
    }

    #[test]
    fn words_are_sorted_by_name() {
        assert!(super::WORDS.is_sorted_by_key(|(name, _)| *name));
    }
}
