//! The base of a mount as text, as far as it is known: `"/api"`, a const, `[base, "/api"].concat()`, `format!("{base}/x")`.

use super::body::{Body, slice};
use crate::extract::crates::Crates;
use crate::extract::framework::template::{Spelling, parse};
use crate::model::{Part, PathTemplate, Prefix};
use crate::syntax::facts::{Name, RawTokens};
use crate::syntax::tokens::{Cursor, Delimiter, Token, TokenKind};

/// Expressions nested deeper than this are not known.
const DEPTH: u32 = 24;

/// A stretch of text, or something known only at run time.
enum Piece {
    Text(String),
    Unknown,
}

/// What stands in the base; the known segments are those behind what is not known.
pub(super) fn base(crates: &Crates, body: &Body<'_>, raw: &RawTokens) -> PathTemplate {
    let pieces = Expression { crates, body, depth: 0 }.pieces(raw);
    let mut known = true;
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(more) => text.push_str(&more),
            Piece::Unknown => {
                known = false;
                text.clear();
            }
        }
    }
    let mut path = parse(&text, Spelling::Rocket);
    if !known {
        path.prefix = Prefix::Unknown;
        // `{base}api`: the segment may begin with more.
        if !text.is_empty()
            && !text.starts_with('/')
            && let Some(first) = path.segments.first_mut()
        {
            first.0.insert(0, Part::Unknown);
        }
    }
    path
}

#[derive(Clone, Copy)]
struct Expression<'r, 'a> {
    crates: &'r Crates,
    body: &'r Body<'a>,
    depth: u32,
}

impl Expression<'_, '_> {
    fn pieces(self, raw: &RawTokens) -> Vec<Piece> {
        if self.depth > DEPTH {
            return vec![Piece::Unknown];
        }
        let this = Self { depth: self.depth + 1, ..self };
        let tokens = raw.lex();
        let summands = tokens.split(|token| token.is_punct('+'));
        summands.flat_map(|part| slice(raw, part).map_or_else(Vec::new, |part| this.summand(&part))).collect()
    }

    fn summand(self, raw: &RawTokens) -> Vec<Piece> {
        let tokens = raw.lex();
        let mut cursor = Cursor::new(raw, &tokens);
        while cursor.eat("&") || cursor.eat("*") || cursor.eat_ident("mut") {}
        let Some(first) = cursor.peek() else { return vec![Piece::Unknown] };
        let found = match &first.kind {
            TokenKind::Group(Delimiter::Paren, _) => cursor.any_group().map(|inner| self.pieces(&inner)),
            TokenKind::Group(Delimiter::Bracket, _) => {
                cursor.any_group().and_then(|list| self.joined(&list, &mut cursor))
            }
            TokenKind::Ident(name) if cursor.peek_nth(1).is_some_and(|token| token.is_punct('!')) => {
                let (_, _, group) = (cursor.next(), cursor.next(), cursor.any_group());
                group.and_then(|args| self.called(name, &args, &mut cursor))
            }
            TokenKind::Ident(name) if self.is_local(name, cursor.peek_nth(1)) => {
                cursor.next();
                self.local(name)
            }
            _ => None,
        };
        match found {
            Some(found) if only_converted(&mut cursor) => found,
            _ => match self.crates.text_value(self.body.site.scope, raw) {
                Some(text) if !self.is_local_first(&tokens) => vec![Piece::Text(text)],
                _ => vec![Piece::Unknown],
            },
        }
    }

    fn is_local(self, name: &Name, next: Option<&Token>) -> bool {
        let own = self.body.params.contains(name) || self.body.variables.contains_key(name);
        own && !next.is_some_and(|token| token.is_punct(':') || token.group(Delimiter::Paren).is_some())
    }

    fn is_local_first(self, tokens: &[Token]) -> bool {
        let at = tokens.iter().position(|token| !token.is_punct('&') && !token.is_punct('*'));
        at.is_some_and(|at| {
            tokens.get(at).and_then(Token::ident).is_some_and(|name| self.is_local(name, tokens.get(at + 1)))
        })
    }

    /// A variable that is made once.
    fn local(self, name: &Name) -> Option<Vec<Piece>> {
        let variable = self.body.variables.get(name).filter(|variable| variable.fixed)?;
        match variable.values.as_slice() {
            [only] if !self.body.params.contains(name) => Some(self.pieces(only)),
            _ => None,
        }
    }

    /// `[a, b].concat()`, `[a, b].join("/")`.
    fn joined(self, list: &RawTokens, cursor: &mut Cursor<'_>) -> Option<Vec<Piece>> {
        if !cursor.eat(".") {
            return None;
        }
        let method = cursor.ident()?;
        let argument = cursor.group_raw(Delimiter::Paren)?;
        let between = match method.as_str() {
            "concat" => String::new(),
            "join" => argument.string()?,
            _ => return None,
        };
        let mut found = Vec::new();
        for (n, part) in list.parts().iter().enumerate() {
            if n > 0 {
                found.push(Piece::Text(between.clone()));
            }
            found.extend(self.pieces(part));
        }
        Some(found)
    }

    /// `format!(…)`, `concat!(…)`, `vec![…].concat()`, `uri!("/x")`.
    fn called(self, name: &Name, args: &RawTokens, cursor: &mut Cursor<'_>) -> Option<Vec<Piece>> {
        match name.as_str() {
            "format" => self.format(&args.parts()),
            "concat" => Some(args.parts().iter().flat_map(|part| self.pieces(part)).collect()),
            "vec" => self.joined(args, cursor),
            "uri" => args.string().map(|text| vec![Piece::Text(text)]),
            _ => None,
        }
    }

    fn format(self, parts: &[RawTokens]) -> Option<Vec<Piece>> {
        let (template, args) = parts.split_first()?;
        let template = template.string()?;
        let named = |name: &str| {
            args.iter().find_map(|arg| {
                let tokens = arg.lex();
                let mut cursor = Cursor::new(arg, &tokens);
                (cursor.key()? == name).then(|| cursor.rest())
            })
        };
        let mut found = Vec::new();
        let mut next = args.iter();
        let mut rest = template.as_str();
        while let Some((before, after)) = rest.find(['{', '}']).and_then(|at| rest.split_at_checked(at)) {
            found.push(Piece::Text(before.to_owned()));
            if let Some(tail) = after.strip_prefix("{{").or_else(|| after.strip_prefix("}}")) {
                found.push(Piece::Text(after.chars().take(1).collect()));
                rest = tail;
                continue;
            }
            let (hole, tail) = after.strip_prefix('{')?.split_once('}')?;
            let value = match (hole, hole.parse::<usize>()) {
                ("", _) => next.next().cloned(),
                (_, Ok(index)) => args.get(index).cloned(),
                (name, _) if name.contains(':') => None,
                (name, _) => Some(named(name).unwrap_or_else(|| RawTokens::from(name))),
            };
            found.extend(value.map_or_else(|| vec![Piece::Unknown], |value| self.pieces(&value)));
            rest = tail;
        }
        found.push(Piece::Text(rest.to_owned()));
        Some(found)
    }
}

/// `.to_string()`, `.as_str()` and the like leave the text what it is.
fn only_converted(cursor: &mut Cursor<'_>) -> bool {
    const NEUTRAL: &[&str] = &["to_string", "to_owned", "into", "as_str", "as_ref", "clone", "borrow", "unwrap"];
    while cursor.eat(".") {
        let neutral = cursor.ident().is_some_and(|name| NEUTRAL.contains(&name.as_str()));
        if !neutral || !cursor.group(Delimiter::Paren).is_some_and(|args| args.is_empty()) {
            return false;
        }
    }
    cursor.eat("?");
    cursor.is_empty()
}
