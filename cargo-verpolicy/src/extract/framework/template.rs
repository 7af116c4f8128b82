//! Path templates: every framework's spelling to one [`PathTemplate`].

use crate::model::{ParamKind, Part, PathTemplate, Prefix, Segment};

/// How a framework spells parameters, and whether it tells a trailing slash apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// `{id}`, `{id:\d+}`, `{tail:.*}`, `{tail}*`; a trailing slash is another path.
    Actix,
    /// `{id}`, `{*rest}`, and `:id`, `*rest` before 0.8; a trailing slash is another path. Also marks and documents.
    Axum,
    /// `{id}`, `{rest:.*}`; a trailing slash means nothing.
    Dropshot,
    /// `<id>`, `<rest..>`; a trailing slash means nothing.
    Rocket,
    /// `:id`, `*rest`, `:id<\d+>`; a trailing slash is another path.
    Poem,
}

/// The template that `text` spells. A trailing slash is kept on the root too (`/` under a scope differs from nothing):
/// [`settle`] decides once the whole path is known. Never fails: what is not a parameter is text.
pub(super) fn parse(text: &str, spelling: Spelling) -> PathTemplate {
    let keeps_slash = !matches!(spelling, Spelling::Dropshot | Spelling::Rocket);
    let segments = split(text, spelling)
        .into_iter()
        .filter(|segment| !segment.is_empty())
        .map(|segment| Segment(parts(segment, spelling)))
        .collect();
    PathTemplate { prefix: Prefix::Known, segments, trailing_slash: keeps_slash && text.ends_with('/') }
}

/// A path of which nothing is known.
pub(super) fn unknown() -> PathTemplate {
    PathTemplate { prefix: Prefix::Unknown, segments: Vec::new(), trailing_slash: false }
}

/// `outer` followed by `inner`.
pub(super) fn join(outer: &PathTemplate, inner: &PathTemplate) -> PathTemplate {
    if inner.prefix == Prefix::Unknown {
        return inner.clone();
    }
    let mut segments = outer.segments.clone();
    segments.extend(inner.segments.iter().cloned());
    PathTemplate { prefix: outer.prefix, segments, trailing_slash: inner.trailing_slash }
}

/// The whole path: the root has no trailing slash of its own.
pub(super) fn settle(mut path: PathTemplate) -> PathTemplate {
    if path.segments.is_empty() && path.prefix == Prefix::Known {
        path.trailing_slash = false;
    }
    path
}

/// Names of the parameters, in order.
pub(super) fn parameters(path: &PathTemplate) -> Vec<String> {
    let parts = path.segments.iter().flat_map(|segment| &segment.0);
    parts
        .filter_map(|part| match part {
            Part::Param { name, .. } => Some(name.clone()),
            Part::Literal(_) | Part::Unknown => None,
        })
        .collect()
}

/// Splits at `/` outside braces and angle brackets (a pattern may hold a slash).
fn split(text: &str, spelling: Spelling) -> Vec<&str> {
    let (open, close) = match spelling {
        Spelling::Rocket | Spelling::Poem => ('<', '>'),
        Spelling::Actix | Spelling::Axum | Spelling::Dropshot => ('{', '}'),
    };
    let mut depth = 0_usize;
    let mut start = 0;
    let mut segments = Vec::new();
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth = depth.saturating_sub(1);
        } else if c == '/' && depth == 0 {
            segments.push(text.get(start..at).unwrap_or_default());
            start = at + 1;
        }
    }
    segments.push(text.get(start..).unwrap_or_default());
    segments
}

fn parts(segment: &str, spelling: Spelling) -> Vec<Part> {
    match spelling {
        Spelling::Rocket => rocket_parts(segment),
        Spelling::Poem => colon_part(segment).map_or_else(|| vec![literal(segment)], |part| vec![part]),
        Spelling::Axum => colon_part(segment).map_or_else(|| brace_parts(segment), |part| vec![part]),
        Spelling::Actix | Spelling::Dropshot => brace_parts(segment),
    }
}

/// `:id`, `*rest`, `:id<\d+>`, `<\d+>`.
fn colon_part(segment: &str) -> Option<Part> {
    if let Some(rest) = segment.strip_prefix('*') {
        return Some(param(if rest.is_empty() { "rest" } else { rest }, ParamKind::Tail));
    }
    if let Some(pattern) = segment.strip_prefix('<').and_then(|s| s.strip_suffix('>')) {
        return Some(param("", ParamKind::Pattern(pattern.to_owned())));
    }
    let name = segment.strip_prefix(':')?;
    match name.split_once('<') {
        Some((name, pattern)) => {
            Some(param(name, ParamKind::Pattern(pattern.strip_suffix('>').unwrap_or(pattern).to_owned())))
        }
        None if name.is_empty() => None,
        None => Some(param(name, ParamKind::One)),
    }
}

/// `<id>`, `<rest..>`, `<_>`.
fn rocket_parts(segment: &str) -> Vec<Part> {
    match segment.strip_prefix('<').and_then(|s| s.strip_suffix('>')) {
        Some(name) => match name.strip_suffix("..") {
            Some(name) => vec![param(name, ParamKind::Tail)],
            None => vec![param(name, ParamKind::One)],
        },
        None => vec![literal(segment)],
    }
}

/// `{id}`, `{*rest}`, `{id:\d{3}}`, `{rest:.*}`, `{tail}*`, text around them; `{{` and `}}` are braces.
fn brace_parts(segment: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = segment;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix("}}")) {
            text.push(c);
            rest = after;
        } else if let Some((inner, after)) = braced(rest) {
            if !text.is_empty() {
                parts.push(Part::Literal(std::mem::take(&mut text)));
            }
            let (part, after) = brace_param(inner, after);
            parts.push(part);
            rest = after;
        } else {
            text.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    if !text.is_empty() {
        parts.push(Part::Literal(text));
    }
    parts
}

/// What stands inside the brace that `text` begins with, and what follows it.
fn braced(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_prefix('{')?;
    let mut depth = 1_usize;
    for (at, c) in body.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((body.get(..at)?, body.get(at + 1..)?));
        }
    }
    None
}

fn brace_param<'a>(inner: &str, after: &'a str) -> (Part, &'a str) {
    if let Some(name) = inner.strip_prefix('*') {
        return (param(name, ParamKind::Tail), after);
    }
    match inner.split_once(':') {
        Some((name, ".*")) => (param(name, ParamKind::Tail), after),
        Some((name, "[^/]+")) => (param(name, ParamKind::One), after),
        Some((name, pattern)) => (param(name, ParamKind::Pattern(pattern.to_owned())), after),
        None => match after.strip_prefix('*') {
            Some("") => (param(inner, ParamKind::Tail), ""),
            _ => (param(inner, ParamKind::One), after),
        },
    }
}

fn param(name: &str, kind: ParamKind) -> Part {
    Part::Param { name: name.trim().to_owned(), kind }
}

fn literal(text: &str) -> Part {
    Part::Literal(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_gives_the_same_template() {
        let cases = [
            (Spelling::Actix, "/p/{x}/{tail:.*}", "/p/{x}/{*tail}", false),
            (Spelling::Actix, "/p/{tail}*", "/p/{*tail}", false),
            (Spelling::Actix, r"/{id:\d{2,3}}/x/", r"/{id:\d{2,3}}/x/", true),
            (Spelling::Actix, "/{a:[^/]+}", "/{a}", false),
            (Spelling::Actix, "users", "/users", false),
            (Spelling::Axum, "/users/{id}", "/users/{id}", false),
            (Spelling::Axum, "/users/:id/*rest", "/users/{id}/{*rest}", false),
            (Spelling::Axum, "/files/{*rest}", "/files/{*rest}", false),
            (Spelling::Axum, "/{name}.json", "/{name}.json", false),
            (Spelling::Axum, "/a:b/{{x}}", "/a:b/{x}", false),
            (Spelling::Axum, "/a/", "/a/", true),
            (Spelling::Dropshot, "/a/{wild:.*}", "/a/{*wild}", false),
            (Spelling::Dropshot, "/a/", "/a", false),
            (Spelling::Rocket, "/users/<id>/<rest..>", "/users/{id}/{*rest}", false),
            (Spelling::Rocket, "/a/", "/a", false),
            (Spelling::Poem, "/p/:id/*rest", "/p/{id}/{*rest}", false),
            (Spelling::Poem, r"/p/:id<\d+>", r"/p/{id:\d+}", false),
        ];
        for (spelling, text, rendered, slash) in cases {
            let path = parse(text, spelling);
            assert_eq!(path.render(), rendered, "{spelling:?} {text}");
            assert_eq!(path.trailing_slash, slash, "{spelling:?} {text}");
        }
    }

    #[test]
    fn an_inner_root_is_told_apart_until_the_path_is_whole() {
        let scope = parse("/api", Spelling::Actix);
        assert_eq!(join(&scope, &parse("", Spelling::Actix)).render(), "/api");
        assert_eq!(join(&scope, &parse("/", Spelling::Actix)).render(), "/api/");
        assert!(!settle(parse("/", Spelling::Actix)).trailing_slash);
    }
}
