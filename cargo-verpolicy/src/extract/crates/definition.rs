//! What tokens that were not expanded may hold.

use super::known_macros::makes_endpoints;
use crate::syntax::tokens::{Delimiter, Token, TokenKind};

/// Does an attribute or macro call that can make an endpoint stand in these tokens?
pub(crate) fn endpoint_words(tokens: &[Token]) -> bool {
    let mut found = false;
    each(tokens, &mut |tokens, at| {
        let Some(token) = tokens.get(at) else { return };
        let attribute = token.is_punct('#').then(|| tokens.get(at + 1)?.group(Delimiter::Bracket)).flatten();
        if let Some(attribute) = attribute {
            // `get`, `utoipa::path`, `cfg_attr(feature = "x", utoipa::path(…))`.
            each(attribute, &mut |inner, at| {
                found |= inner.get(at).and_then(Token::ident).is_some_and(|name| makes_endpoints(name));
            });
        }
        if let (Some(name), Some(bang)) = (token.ident(), tokens.get(at + 1)) {
            found |= bang.is_punct('!') && makes_endpoints(name);
        }
    });
    found
}

/// Calls `visit` for each place of each list of tokens, outermost first.
fn each<'t>(tokens: &'t [Token], visit: &mut dyn FnMut(&'t [Token], usize)) {
    let mut stack = vec![tokens];
    while let Some(tokens) = stack.pop() {
        for (at, token) in tokens.iter().enumerate() {
            visit(tokens, at);
            if let TokenKind::Group(_, inner) = &token.kind {
                stack.push(inner);
            }
        }
    }
}
