//! Variables of a body that hold routers: they are read where they are mounted.

use crate::syntax::facts::Name;
use crate::syntax::tokens::{Token, TokenKind};
use std::collections::{BTreeMap, BTreeSet};

/// Groups nested deeper than this are not looked into.
const DEPTH: usize = 32;

/// The `let name = …;` of a body.
pub(super) fn lets<'t>(tokens: &'t [Token], depth: usize, found: &mut BTreeMap<Name, &'t [Token]>) {
    if depth > DEPTH {
        return;
    }
    for (at, token) in tokens.iter().enumerate() {
        if let TokenKind::Group(_, inner) = &token.kind {
            lets(inner, depth + 1, found);
        }
        if token.is_ident("let")
            && let Some((name, start)) = let_head(tokens.get(at + 1..).unwrap_or_default())
        {
            let rest = tokens.get(at + 1 + start..).unwrap_or_default();
            let end = rest.iter().position(|token| token.is_punct(';')).unwrap_or(rest.len());
            found.insert(name, rest.get(..end).unwrap_or_default());
        }
    }
}

/// `mut name: T =`: the name, and how many tokens that takes.
pub(super) fn let_head(tokens: &[Token]) -> Option<(Name, usize)> {
    let skip = usize::from(tokens.first()?.is_ident("mut"));
    let name = tokens.get(skip)?.ident()?.clone();
    let next = tokens.get(skip + 1)?;
    if !next.is_punct('=') && !next.is_punct(':') {
        return None;
    }
    let equals = tokens.iter().position(|token| token.is_punct('=') || token.is_punct(';'))?;
    tokens.get(equals)?.is_punct('=').then_some((name, equals + 1))
}

/// Variables that stand where a router is handed something.
pub(super) fn mounted_names(tokens: &[Token], lets: &BTreeMap<Name, &[Token]>, depth: usize) -> BTreeSet<Name> {
    let mut found = BTreeSet::new();
    if depth > DEPTH {
        return found;
    }
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Group(_, inner) = &token.kind else { continue };
        found.extend(mounted_names(inner, lets, depth + 1));
        let word = at.checked_sub(1).and_then(|at| tokens.get(at)).and_then(Token::ident);
        let argument = match word.map(|name| name.as_str()) {
            Some("service" | "merge") => inner.as_slice(),
            Some("mount" | "nest" | "nest_service") => {
                let comma = inner.iter().position(|token| token.is_punct(',')).map_or(inner.len(), |at| at + 1);
                inner.get(comma..).unwrap_or_default()
            }
            _ => continue,
        };
        if let Some(name) = variable(argument)
            && lets.contains_key(&name)
        {
            found.insert(name);
        }
    }
    found
}

/// The variable that an argument is, with or without calls that hand it on.
pub(super) fn variable(tokens: &[Token]) -> Option<Name> {
    const NEUTRAL: &[&str] = &["with", "with_if", "clone", "data", "around", "into_endpoint", "boxed", "wrap", "layer"];
    let (first, rest) = tokens.split_first()?;
    let methods = rest.windows(2).filter_map(|pair| match pair {
        [dot, name] if dot.is_punct('.') => name.ident(),
        _ => None,
    });
    let only_neutral = methods.into_iter().all(|name| NEUTRAL.contains(&name.as_str()));
    let plain = rest.first().is_none_or(|token| token.is_punct('.') || token.is_punct(','));
    (only_neutral && plain).then(|| first.ident().cloned()).flatten()
}
