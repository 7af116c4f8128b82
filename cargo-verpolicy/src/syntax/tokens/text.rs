//! Source text in one spelling.

use crate::syntax::lexical::{Lexeme, at, is_word, lexeme};

/// The text without comments, with white space only where two words would join, and without the trailing commas that
/// say nothing: equal for what only formatting tells apart. `N + 1` is `N+1`, `f(a, b,)` is `f(a,b)`, `(a,)` and
/// `a as u8` stay.
#[must_use]
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    significant(text, |piece| {
        let joins = |b: u8| is_word(b) || b == b'\'' || b == b'"';
        if out.as_bytes().last().is_some_and(|b| joins(*b)) && joins(at(piece.as_bytes(), 0)) {
            out.push(' ');
        }
        out.push_str(piece);
    });
    out
}

/// What follows a `#`: how long it is if it is an attribute that speaks to the compiler's lints only.
fn lint(text: &str) -> Option<usize> {
    const LINTS: [&str; 5] = ["allow", "expect", "warn", "deny", "forbid"];
    let bytes = text.as_bytes();
    let (mut depth, mut start, mut words) = (0_u32, 0, 0_u32);
    while start < bytes.len() {
        let (kind, end) = lexeme(bytes, start);
        let piece = text.get(start..end)?;
        start = end;
        if piece.is_empty() || matches!(kind, Lexeme::Space | Lexeme::Comment) {
            continue;
        }
        words += 1;
        match (words, piece) {
            (1, "[") => {}
            (1, _) => return None,
            (2, word) if !LINTS.contains(&word) => return None,
            _ => {}
        }
        match piece {
            "[" | "(" | "{" => depth += 1,
            "]" | ")" | "}" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(end);
        }
    }
    None
}

/// Calls `each` with every token of `text` (delimiters apart), trailing commas that say nothing and attributes for
/// lints left out.
pub(in crate::syntax) fn significant<'a>(text: &'a str, mut each: impl FnMut(&'a str)) {
    let bytes = text.as_bytes();
    // For each open delimiter: could it make a tuple, and how many commas stood in it?
    let mut open: Vec<(bool, u32)> = Vec::new();
    let (mut before, mut comma) = (0_u8, false);
    let mut start = 0;
    while start < bytes.len() {
        let (kind, end) = lexeme(bytes, start);
        let piece = text.get(start..end).unwrap_or_default();
        start = end;
        if piece.is_empty() || matches!(kind, Lexeme::Space | Lexeme::Comment | Lexeme::Doc { .. }) {
            continue;
        }
        let first = if kind == Lexeme::Punct { at(piece.as_bytes(), 0) } else { b'a' };
        if first == b'#'
            && let Some(length) = lint(text.get(end..).unwrap_or_default())
        {
            start = end + length;
            continue;
        }
        if comma {
            let closes = matches!(first, b')' | b']' | b'}' | b'>');
            let tuple = first == b')' && open.last().is_some_and(|(tuple, commas)| *tuple && *commas == 1);
            if !closes || tuple {
                each(",");
            }
            comma = false;
        }
        match first {
            b'(' | b'[' | b'{' => {
                let call = matches!(before, b'a' | b'!' | b'>' | b')' | b']');
                open.push((first == b'(' && !call, 0));
            }
            b')' | b']' | b'}' => {
                open.pop();
            }
            b',' => {
                if let Some((_, commas)) = open.last_mut() {
                    *commas += 1;
                }
                comma = true;
                before = first;
                continue;
            }
            _ => {}
        }
        before = first;
        each(piece);
    }
    if comma {
        each(",");
    }
}
