//! Path templates as one text: `/users/{id}/files/{*rest}`, `/{year:[0-9]+}`, `{?}` for a part that is not known. `~`
//! stands before a character that would mean something else; a path that ends in a slash has one that counts.

use crate::model::{ParamKind, Part, PathTemplate, Prefix, Segment};

/// The text of a path.
pub(super) fn render(path: &PathTemplate) -> String {
    let mut out = String::from("/");
    for (i, segment) in path.segments.iter().enumerate() {
        if i > 0 {
            out.push('/');
        }
        for part in &segment.0 {
            match part {
                Part::Literal(text) => out.push_str(&escaped(text, "")),
                Part::Unknown => out.push_str("{?}"),
                Part::Param { name, kind: ParamKind::One } => out.push_str(&format!("{{{}}}", escaped(name, "?*:"))),
                Part::Param { name, kind: ParamKind::Tail } => out.push_str(&format!("{{*{}}}", escaped(name, "?*:"))),
                Part::Param { name, kind: ParamKind::Pattern(pattern) } => {
                    out.push_str(&format!("{{{}:{}}}", escaped(name, "?*:"), escaped(pattern, "")));
                }
            }
        }
    }
    if path.trailing_slash {
        out.push('/');
    }
    out
}

fn escaped(text: &str, more: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "{}/~".contains(c) || more.contains(c) {
            out.push('~');
        }
        out.push(c);
    }
    out
}

/// The path that a text spells; `None` where it spells none.
pub(super) fn parse(text: &str, prefix: Prefix) -> Option<PathTemplate> {
    let mut chars = text.chars();
    (chars.next()? == '/').then_some(())?;
    let mut segments: Vec<Segment> = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    let mut literal = String::new();
    let mut trailing_slash = false;
    let mut some = false;
    while let Some(c) = chars.next() {
        some = true;
        trailing_slash = false;
        match c {
            '/' => {
                finish(&mut literal, &mut parts);
                segments.push(Segment(std::mem::take(&mut parts)));
                trailing_slash = true;
            }
            '{' => {
                finish(&mut literal, &mut parts);
                parts.push(parameter(&mut chars)?);
            }
            '}' => return None,
            '~' => literal.push(chars.next()?),
            c => literal.push(c),
        }
    }
    finish(&mut literal, &mut parts);
    if !parts.is_empty() {
        segments.push(Segment(parts));
    } else if some && !trailing_slash {
        return None;
    }
    segments.retain(|segment| !segment.0.is_empty());
    Some(PathTemplate { prefix, segments, trailing_slash })
}

fn finish(literal: &mut String, parts: &mut Vec<Part>) {
    if !literal.is_empty() {
        parts.push(Part::Literal(std::mem::take(literal)));
    }
}

/// What stands between braces, the opening one read.
fn parameter(chars: &mut std::str::Chars<'_>) -> Option<Part> {
    let (mut name, mut pattern) = (String::new(), None::<String>);
    let mut first = None;
    loop {
        let (c, plain) = match chars.next()? {
            '~' => (chars.next()?, true),
            '}' => break,
            c => (c, false),
        };
        match &mut pattern {
            Some(pattern) => pattern.push(c),
            None if !plain && c == ':' => pattern = Some(String::new()),
            None if !plain && matches!(c, '*' | '?') && name.is_empty() && first.is_none() => first = Some(c),
            None => name.push(c),
        }
    }
    Some(match (first, pattern) {
        (Some('?'), _) => Part::Unknown,
        (Some(_), _) => Part::Param { name, kind: ParamKind::Tail },
        (None, Some(pattern)) => Part::Param { name, kind: ParamKind::Pattern(pattern) },
        (None, None) => Part::Param { name, kind: ParamKind::One },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        let literal = |text: &str| Part::Literal(text.to_owned());
        let param = |name: &str, kind| Part::Param { name: name.to_owned(), kind };
        let pattern = || ParamKind::Pattern(r"\d{4}/[a-z:]+".to_owned());
        for (text, segments, trailing_slash) in [
            ("/", vec![], false),
            ("//", vec![], true),
            ("/users/{id}", vec![vec![literal("users")], vec![param("id", ParamKind::One)]], false),
            ("/users/", vec![vec![literal("users")]], true),
            ("/{*rest}", vec![vec![param("rest", ParamKind::Tail)]], false),
            (
                "/{?}/v{n}.json",
                vec![vec![Part::Unknown], vec![literal("v"), param("n", ParamKind::One), literal(".json")]],
                false,
            ),
            (r"/{at:\d~{4~}~/[a-z:]+}", vec![vec![param("at", pattern())]], false),
            ("/a~~b~{c~}", vec![vec![literal("a~b{c}")]], false),
            ("/{~*}", vec![vec![param("*", ParamKind::One)]], false),
        ] {
            let segments = segments.into_iter().map(Segment).collect();
            let path = PathTemplate { prefix: Prefix::Known, segments, trailing_slash };
            assert_eq!(render(&path), text);
            assert_eq!(parse(text, Prefix::Known), Some(path), "{text}");
        }
        for text in ["", "users", "/{id", "/id}", "/~"] {
            assert_eq!(parse(text, Prefix::Known), None, "{text}");
        }
    }
}
