//! One function while its routes are read: its text and its variables.

use crate::extract::framework::Site;
use crate::syntax::facts::{ItemKind, Name, RawTokens};
use crate::syntax::tokens::{Delimiter, Token, TokenKind};
use std::collections::{BTreeMap, BTreeSet};

/// Groups nested deeper than this are not looked into.
pub(super) const DEPTH: usize = 48;

/// Methods by which a list takes up more routes.
const ADDING: &[&str] = &["append", "extend", "extend_from_slice", "insert", "push"];

/// A function with a body.
pub(super) struct Body<'a> {
    /// The function.
    pub(super) site: &'a Site<'a>,
    /// What stands between its braces.
    pub(super) raw: RawTokens,
    /// Its arguments: nobody knows what they hold.
    pub(super) params: BTreeSet<Name>,
    /// Its variables, whatever block they stand in.
    pub(super) variables: BTreeMap<Name, Variable>,
}

/// A variable: everything that it is said to hold.
#[derive(Default)]
pub(super) struct Variable {
    /// The expressions that make it or are added to it.
    pub(super) values: Vec<RawTokens>,
    /// It is made once, as a whole, and never altered.
    pub(super) fixed: bool,
}

impl<'a> Body<'a> {
    /// The body of the function at this site; `None` where there is none.
    pub(super) fn of(site: &'a Site<'a>) -> Option<Self> {
        let ItemKind::Fn(function) = &site.item.kind else { return None };
        let raw = function.body.as_ref()?;
        let tokens = raw.lex();
        let raw = match tokens.as_slice() {
            [Token { kind: TokenKind::Group(Delimiter::Brace, _), start, end, .. }]
                if raw.text.trim().starts_with('{') =>
            {
                raw.slice(start + 1, end.saturating_sub(1))
            }
            _ => raw.clone(),
        };
        let mut body = Body {
            site,
            params: function.params.iter().filter_map(|param| param.name.clone()).collect(),
            variables: BTreeMap::new(),
            raw: raw.clone(),
        };
        body.gather(&raw, &raw.lex(), 0);
        Some(body)
    }

    /// What the function may return: its last expression, and what stands behind each `return`.
    pub(super) fn returned(&self) -> Vec<RawTokens> {
        let tokens = self.raw.lex();
        let mut found = Vec::new();
        let last = tokens.iter().rposition(|token| token.is_punct(';')).map_or(0, |at| at + 1);
        found.extend(slice(&self.raw, tokens.get(last..).unwrap_or_default()));
        returns(&self.raw, &tokens, 0, &mut found);
        found
    }

    fn gather(&mut self, raw: &RawTokens, tokens: &[Token], depth: usize) {
        if depth > DEPTH {
            return;
        }
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| tokens.get(at));
            let rest = tokens.get(at + 1..).unwrap_or_default();
            match &token.kind {
                TokenKind::Group(_, inner) => self.gather(raw, inner, depth + 1),
                TokenKind::Ident(name) if name == "let" => {
                    let tested = before.is_some_and(|t| t.is_ident("if") || t.is_ident("while") || t.is_punct('&'));
                    self.binding(raw, rest, tested);
                }
                TokenKind::Ident(name) if name == "for" => self.iteration(raw, rest),
                TokenKind::Ident(name) if !before.is_some_and(|token| token.is_punct('.')) => {
                    self.alteration(raw, name, before, rest);
                }
                _ => {}
            }
        }
    }

    /// `let PATTERN: T = VALUE;`, `if let PATTERN = VALUE {`.
    fn binding(&mut self, raw: &RawTokens, rest: &[Token], tested: bool) {
        let Some(equals) = rest.iter().position(|token| token.is_punct('=') || token.is_punct(';')) else { return };
        let (pattern, value) = rest.split_at(equals);
        let Some((_, value)) = value.split_first().filter(|(token, _)| token.is_punct('=')) else { return };
        let ends = |token: &Token| token.is_punct(';') || tested && token.group(Delimiter::Brace).is_some();
        let value = value.get(..value.iter().position(ends).unwrap_or(value.len())).unwrap_or_default();
        let whole = !tested && pattern.first().and_then(Token::ident).is_some_and(|name| name != "mut");
        self.bind(pattern, slice(raw, value), whole);
    }

    /// `for PATTERN in VALUE {`.
    fn iteration(&mut self, raw: &RawTokens, rest: &[Token]) {
        let Some(word) = rest.iter().position(|token| token.is_ident("in")) else { return };
        let (pattern, value) = rest.split_at(word);
        let value = value.get(1..).unwrap_or_default();
        let end = value.iter().position(|token| token.group(Delimiter::Brace).is_some()).unwrap_or(value.len());
        self.bind(pattern, slice(raw, value.get(..end).unwrap_or_default()), false);
    }

    fn bind(&mut self, pattern: &[Token], value: Option<RawTokens>, whole: bool) {
        let end = pattern.iter().position(|token| token.is_punct(':')).unwrap_or(pattern.len());
        let mut names = Vec::new();
        bound(pattern.get(..end).unwrap_or_default(), 0, &mut names);
        for name in names {
            let first = !self.variables.contains_key(&name);
            let variable = self.variables.entry(name).or_default();
            variable.fixed = first && whole;
            variable.values.extend(value.clone());
        }
    }

    /// `routes.append(&mut VALUE)`, `routes = VALUE;`, `text += VALUE;`.
    fn alteration(&mut self, raw: &RawTokens, name: &Name, before: Option<&Token>, rest: &[Token]) {
        let value = match rest {
            [dot, method, call, ..] if dot.is_punct('.') => match (method.ident(), call.group(Delimiter::Paren)) {
                (Some(method), Some(inner)) if ADDING.contains(&method.as_str()) => slice(raw, inner),
                (Some(method), Some(inner)) if method == "push_str" => slice(raw, inner),
                _ => return,
            },
            [equals, next, ..]
                if equals.is_punct('=')
                    && !next.is_punct('=')
                    && !next.is_punct('>')
                    && before.is_none_or(|token| token.is_punct(';') || token.group(Delimiter::Brace).is_some()) =>
            {
                let value = rest.get(1..).unwrap_or_default();
                let end = value.iter().position(|token| token.is_punct(';')).unwrap_or(value.len());
                slice(raw, value.get(..end).unwrap_or_default())
            }
            [plus, equals, ..] if plus.is_punct('+') && equals.is_punct('=') => None,
            _ => return,
        };
        let variable = self.variables.entry(name.clone()).or_default();
        variable.fixed = false;
        variable.values.extend(value);
    }
}

/// The text from the first of these tokens to the last.
pub(super) fn slice(raw: &RawTokens, tokens: &[Token]) -> Option<RawTokens> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    Some(raw.slice(first.start, last.end))
}

/// The names that a pattern binds.
fn bound(pattern: &[Token], depth: usize, names: &mut Vec<Name>) {
    for token in pattern {
        match &token.kind {
            TokenKind::Group(_, inner) if depth <= DEPTH => bound(inner, depth + 1, names),
            TokenKind::Ident(name)
                if !matches!(name.as_str(), "mut" | "ref" | "_") && name.starts_with(|c: char| !c.is_uppercase()) =>
            {
                names.push(name.clone());
            }
            _ => {}
        }
    }
}

fn returns(raw: &RawTokens, tokens: &[Token], depth: usize, found: &mut Vec<RawTokens>) {
    if depth > DEPTH {
        return;
    }
    for (at, token) in tokens.iter().enumerate() {
        if let TokenKind::Group(_, inner) = &token.kind {
            returns(raw, inner, depth + 1, found);
        } else if token.is_ident("return") {
            let rest = tokens.get(at + 1..).unwrap_or_default();
            let end = rest.iter().position(|token| token.is_punct(';')).unwrap_or(rest.len());
            found.extend(slice(raw, rest.get(..end).unwrap_or_default()));
        }
    }
}
