//! Patterns and `use` inside bodies.

use super::operand::skip_angles;
use super::{Block, Pattern};
use crate::syntax::facts::Name;
use crate::syntax::tokens::{Cursor, Delimiter, Lit, TokenKind};

/// Patterns nested deeper than this are not read.
const DEPTH: usize = 16;

/// The pattern that begins here; alternatives included.
pub(super) fn pattern(cursor: &mut Cursor<'_>, depth: usize) -> Pattern {
    cursor.eat("|");
    let first = single(cursor, depth);
    let mut all = vec![first];
    loop {
        let mut ahead = *cursor;
        let literal_or_path = |token: &crate::syntax::tokens::Token| {
            matches!(token.kind, TokenKind::Literal(_))
                || token.ident().is_some_and(|name| {
                    name == "true" || name == "false" || name.chars().next().is_some_and(char::is_uppercase)
                })
        };
        let more = !matches!(all.last(), Some(Pattern::Name(_)))
            && !ahead.peeks("||")
            && ahead.eat("|")
            && ahead.peek().is_some_and(literal_or_path);
        if !more {
            break;
        }
        *cursor = ahead;
        all.push(single(cursor, depth));
    }
    match (all.len(), all.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            all.push(last);
            Pattern::Either(all)
        }
        (_, None) => Pattern::Other,
    }
}

/// As [`pattern`], without alternatives: `|_| A::B` is a closure.
pub(super) fn single(cursor: &mut Cursor<'_>, depth: usize) -> Pattern {
    if depth > DEPTH {
        cursor.next();
        return Pattern::Other;
    }
    while cursor.eat("&") || cursor.eat_ident("mut") || cursor.eat_ident("ref") || cursor.eat("-") {}
    let Some(token) = cursor.peek() else { return Pattern::Other };
    match &token.kind {
        TokenKind::Literal(literal) => {
            cursor.next();
            match literal {
                Lit::Str(text) => Pattern::Text(text.clone()),
                other => other.number_text().map_or(Pattern::Other, Pattern::Text),
            }
        }
        TokenKind::Group(delimiter @ (Delimiter::Paren | Delimiter::Bracket), _) => {
            let delimiter = *delimiter;
            match cursor.group(delimiter) {
                Some(inner) => Pattern::List(patterns(inner, depth)),
                None => Pattern::Other,
            }
        }
        TokenKind::Ident(_) => {
            let path = cursor.simple_path();
            if cursor.peeks("::") {
                cursor.eat("::");
                skip_angles(cursor);
            }
            if let Some(inner) = cursor.group(Delimiter::Paren) {
                let mut inside = patterns(inner, depth);
                let Some(name) = path.last().cloned() else { return Pattern::Other };
                return match (inside.len(), inside.pop()) {
                    (1, Some(only)) => Pattern::Inside(name, Box::new(only)),
                    (_, Some(last)) => {
                        inside.push(last);
                        Pattern::Inside(name, Box::new(Pattern::List(inside)))
                    }
                    (_, None) => Pattern::Path(name),
                };
            }
            if let Some(inner) = cursor.group(Delimiter::Brace) {
                let name = path.last().cloned().unwrap_or_default();
                return Pattern::Fields(name, fields(inner, depth));
            }
            if let [only] = path.as_slice()
                && cursor.eat("@")
            {
                return match single(cursor, depth + 1) {
                    Pattern::Rest(_) => Pattern::Rest(Some(only.clone())),
                    _ => Pattern::Name(only.clone()),
                };
            }
            match path.as_slice() {
                [only] if only == "_" => Pattern::Other,
                [only] if only == "true" || only == "false" => Pattern::Text(only.to_string()),
                [only] if only.chars().next().is_some_and(|c| c.is_lowercase() || c == '_') => {
                    Pattern::Name(only.clone())
                }
                // A const that a block states is a name too.
                [only] if cursor.peeks(":") => Pattern::Name(only.clone()),
                path => path.last().cloned().map_or(Pattern::Other, Pattern::Path),
            }
        }
        _ => match cursor.eat("..") {
            true if cursor.is_empty() => Pattern::Rest(None),
            true => Pattern::Other,
            false => {
                cursor.next();
                Pattern::Other
            }
        },
    }
}

/// `a, b: c, ..` between the braces of a struct.
fn fields(inner: Cursor<'_>, depth: usize) -> Vec<(Name, Pattern)> {
    let field = |mut part: Cursor<'_>| {
        super::parse::attributes(&mut part);
        let mut ahead = part;
        let name = ahead.ident()?;
        if ahead.eat(":") {
            return Some((name, pattern(&mut ahead, depth + 1)));
        }
        match pattern(&mut part, depth + 1) {
            Pattern::Name(name) => Some((name.clone(), Pattern::Name(name))),
            _ => None,
        }
    };
    inner.split_commas().into_iter().filter_map(field).collect()
}

fn patterns(inner: Cursor<'_>, depth: usize) -> Vec<Pattern> {
    inner.split_commas().into_iter().map(|mut part| pattern(&mut part, depth + 1)).collect()
}

/// `a::{b, c as d}` behind `use`: local names and what they stand for.
pub(super) fn use_tree(cursor: &mut Cursor<'_>, outer: &mut Vec<Name>, block: &mut Block, depth: usize) {
    if depth > DEPTH {
        return;
    }
    let length = outer.len();
    cursor.eat("::");
    while let Some(name) = cursor.ident() {
        outer.push(name);
        if !cursor.eat("::") {
            break;
        }
    }
    if let Some(inner) = cursor.group(Delimiter::Brace) {
        for mut part in inner.split_commas() {
            use_tree(&mut part, outer, block, depth + 1);
        }
    } else if cursor.peeks("*") {
        block.globs.push(outer.clone());
    } else {
        if outer.len() > 1 && outer.last().is_some_and(|name| name == "self") {
            outer.pop();
        }
        let local = if cursor.eat_ident("as") { cursor.ident() } else { outer.last().cloned() };
        if let Some(local) = local {
            block.uses.insert(local, outer.clone());
        }
    }
    outer.truncate(length);
}
