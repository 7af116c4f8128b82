//! Macros: does every call that an old arm took still fit one?

/// The old arms of which no new one takes all calls. What begins with `@` is the macro's own: nobody else calls it.
pub(super) fn gone<'a>(old: &'a [String], new: &[String]) -> Vec<&'a str> {
    let parsed: Vec<Vec<Part>> = new.iter().map(|arm| parts(arm)).collect();
    let own = |arm: &str| arm.trim_start().starts_with('@');
    let kept = |arm: &String| {
        new.contains(arm) || {
            let wanted = parts(arm);
            parsed.iter().any(|arm| takes(arm, &wanted, 0)) || split(&wanted, &parsed)
        }
    };
    old.iter().filter(|arm| !own(arm) && !kept(arm)).map(String::as_str).collect()
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// Anything else: a token, a bracket.
    Token(String),
    /// `$x:expr`: what it matches.
    Variable(String),
    /// `$( … ) sep op`.
    Repeat(Vec<Part>, String, char),
}

/// How deep patterns are followed.
const MAX_DEPTH: u32 = 24;

/// An arm that takes a list of any length is taken by one for the empty list and one for all others.
fn split(wanted: &[Part], arms: &[Vec<Part>]) -> bool {
    let [Part::Repeat(inner, separator, '*'), rest @ ..] = wanted else { return false };
    let with = |op: char| -> Vec<Part> {
        std::iter::once(Part::Repeat(inner.clone(), separator.clone(), op)).chain(rest.iter().cloned()).collect()
    };
    let taken = |wanted: &[Part]| arms.iter().any(|arm| takes(arm, wanted, 0));
    let optional = |part: &Part| matches!(part, Part::Repeat(_, _, '*' | '?'));
    let empty: Vec<Part> = rest.iter().filter(|part| !optional(part)).cloned().collect();
    taken(&with('+')) && taken(&empty)
}

/// Does the arm take every call that the wanted one takes?
fn takes(arm: &[Part], wanted: &[Part], depth: u32) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    if let [Part::Repeat(inner, separator, op @ ('*' | '+'))] = arm
        && separator.is_empty()
        && matches!(inner.as_slice(), [Part::Variable(kind)] if kind == "tt")
    {
        return *op == '*' || wanted.iter().any(|part| !optional(part));
    }
    match (arm.split_first(), wanted.split_first()) {
        (None, None) => true,
        (Some((part, rest)), Some((want, wants))) if covers(part, want, depth) => {
            takes(rest, wants, depth + 1) || optional(part) && takes(rest, wanted, depth + 1)
        }
        (Some((part, rest)), _) if optional(part) => takes(rest, wanted, depth + 1),
        _ => false,
    }
}

fn optional(part: &Part) -> bool {
    matches!(part, Part::Repeat(_, _, '*' | '?'))
}

fn covers(part: &Part, want: &Part, depth: u32) -> bool {
    match (part, want) {
        (Part::Token(a), Part::Token(b)) => a == b,
        (Part::Variable(a), Part::Token(b)) => a == "tt" && !b.contains(['(', ')', '[', ']', '{', '}']),
        (Part::Variable(a), Part::Variable(b)) => {
            a == b
                || a == "tt" && ["ident", "lifetime", "literal"].contains(&b.as_str())
                || a == "expr" && ["literal", "ident", "path", "block"].contains(&b.as_str())
        }
        (Part::Repeat(a, s, op), Part::Repeat(b, t, other)) => {
            let wider = op == other || *op == '*' || *op == '?' && *other == '?';
            wider && (s == t || *other == '?') && takes(a, b, depth + 1)
        }
        _ => false,
    }
}

/// Takes a pattern apart, as [`Form::Macro`](crate::model::Form::Macro) writes it.
fn parts(text: &str) -> Vec<Part> {
    let chars: Vec<char> = text.chars().collect();
    sequence(&chars)
}

fn sequence(mut chars: &[char]) -> Vec<Part> {
    let mut out = Vec::new();
    while let Some((first, rest)) = chars.split_first() {
        if first.is_whitespace() {
            chars = rest;
        } else if *first == '$' && rest.first() == Some(&'(') {
            let end = closing(rest);
            let inner = rest.get(1..end).unwrap_or_default();
            let after = rest.get(end + 1..).unwrap_or_default();
            let length = after.iter().take_while(|c| !matches!(c, '*' | '+' | '?')).count();
            let separator: String = after.iter().take(length).filter(|c| !c.is_whitespace()).collect();
            let op = after.get(length).copied().unwrap_or('*');
            out.push(Part::Repeat(sequence(inner), separator, op));
            chars = after.get(length + 1..).unwrap_or_default();
        } else if *first == '$' {
            let name = word(rest);
            let after = rest.get(name..).unwrap_or_default();
            let colon = after.iter().take_while(|c| **c == ':' || c.is_whitespace()).count();
            let after = after.get(colon..).unwrap_or_default();
            let kind = word(after);
            out.push(Part::Variable(after.iter().take(kind).collect()));
            chars = after.get(kind..).unwrap_or_default();
        } else {
            let length = word(chars).max(1);
            out.push(Part::Token(chars.iter().take(length).collect()));
            chars = chars.get(length..).unwrap_or_default();
        }
    }
    out
}

fn word(chars: &[char]) -> usize {
    chars.iter().take_while(|c| c.is_alphanumeric() || **c == '_').count()
}

/// Where the bracket closes that the text begins with.
fn closing(chars: &[char]) -> usize {
    let mut depth = 0_i32;
    for (at, c) in chars.iter().enumerate() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

#[cfg(test)]
mod tests {
    use super::gone;

    #[test]
    fn calls_that_still_fit() {
        for (old, new, kept) in [
            ("$0:expr", &["$0:expr"][..], true),
            ("$0:expr", &["$0:expr $(,)?"], true),
            ("$($0:expr),*", &["$(biased;)? $($0:expr),*"], true),
            ("$($0:expr),*", &["$($0:expr),+ $(,)?", ""], true),
            ("$($0:expr),* $(,)?", &["biased; $($0:expr),+ $(,)?", "$($0:expr),+ $(,)?", "biased;", ""], true),
            ("$($0:expr),*", &["$($0:expr),+"], false),
            ("$0:literal", &["$0:expr"], true),
            ("$0:expr", &["$0:literal"], false),
            ("$0:expr, $1:expr", &["$0:expr"], false),
            ("a $0:ty", &["b $0:ty"], false),
            ("@inner $0:expr", &["$0:expr"], true),
            ("-$0:ident", &["$($0:tt)+"], true),
            ("$0:literal:$1:ident", &["$($0:tt)+"], true),
            ("$(,)?", &["$($0:tt)+"], false),
            ("a", &["$0:tt"], true),
            ("(a)", &["$0:tt a $1:tt"], false),
        ] {
            let new: Vec<String> = new.iter().map(|arm| (*arm).to_owned()).collect();
            let old = [old.to_owned()];
            assert_eq!(gone(&old, &new).is_empty(), kept, "{old:?} {new:?}");
        }
    }
}
