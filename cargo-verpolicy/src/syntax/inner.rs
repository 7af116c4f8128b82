//! Types that are declared inside the body of a function: `#[derive(Deserialize)] struct Shadow { … }` in a hand-written
//! `deserialize`.

use super::facts::{Item, ItemKind, RawTokens, Vis};
use super::frameworks::states_route;
use super::tokens::{Delimiter, Token, TokenKind};

impl Item {
    /// The types that the body of this function declares beside one another, in a module of this name that sees what is
    /// around the function.
    #[must_use]
    pub fn inner_types(&self, module: &str) -> Option<Vec<Item>> {
        let ItemKind::Fn(function) = &self.kind else { return None };
        let body = function.body.as_ref()?;
        if !body.text.contains("struct ") && !body.text.contains("enum ") {
            return None;
        }
        let types = declared(body)?;
        let before = format!("mod {module} {{ use super::*; ");
        super::items(&super::macros::wrapped(&before, &types, "}"))
    }
}

impl Item {
    /// The functions that the body of this one declares under an attribute which states a route, in a module of this name
    /// that sees what is around, with the items that stand beside them.
    #[must_use]
    pub fn inner_handlers(&self, module: &str) -> Option<Vec<Item>> {
        let ItemKind::Fn(function) = &self.kind else { return None };
        let body = function.body.as_ref().filter(|body| body.text.contains("#[") && body.text.contains("fn "))?;
        let mut inner = statements(body);
        let handles = |item: &Item| {
            let states = |attr: &super::facts::Attr| attr.path.last().is_some_and(|name| states_route(name));
            matches!(item.kind, ItemKind::Fn(_)) && item.attrs.iter().any(states)
        };
        if !inner.iter().any(handles) {
            return None;
        }
        inner.retain(|item| !matches!(item.kind, ItemKind::MacroCall { .. } | ItemKind::Mod { .. }));
        // The function names them as its own.
        inner.iter_mut().filter(|item| handles(item)).for_each(|item| item.vis = Vis::Public);
        let mut around = super::items(&RawTokens::from(format!("mod {module} {{ use super::*; }}").as_str()))?;
        if let Some(ItemKind::Mod { items: Some(items), .. }) = around.first_mut().map(|item| &mut item.kind) {
            items.append(&mut inner);
        }
        Some(around)
    }
}

/// The items among the statements of a block, and the macro calls that stand as one.
#[must_use]
pub fn statements(block: &RawTokens) -> Vec<Item> {
    let tokens = block.lex();
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        while is_attribute(&tokens, at) {
            at += 2;
        }
        let word = tokens.get(at).and_then(Token::ident).map_or("", |word| word.as_str());
        let call = tokens.get(at + 1).is_some_and(|bang| bang.is_punct('!'));
        let is_item = call || ITEM_WORDS.contains(&word);
        let ends = |token: &Token| token.is_punct(';') || token.group(Delimiter::Brace).is_some();
        let rest = tokens.get(at..).unwrap_or_default();
        at += rest.iter().position(ends).map_or(rest.len(), |end| end + 1);
        let (Some(first), Some(last)) = (tokens.get(start), at.checked_sub(1).and_then(|end| tokens.get(end))) else {
            break;
        };
        if is_item {
            let text = block.slice(first.start, last.end);
            let text = if call && !ends(last) { super::macros::wrapped("", &text, ";") } else { text };
            out.extend(super::items(&text).unwrap_or_default());
        }
    }
    out
}

/// Words that begin an item among statements.
const ITEM_WORDS: [&str; 14] = [
    "async", "const", "enum", "extern", "fn", "impl", "mod", "pub", "static", "struct", "trait", "type", "unsafe",
    "use",
];

/// The first types that stand beside one another, with their attributes.
fn declared(body: &RawTokens) -> Option<RawTokens> {
    let tokens = body.lex();
    let begins =
        |at: usize| tokens.get(at).and_then(Token::ident).is_some_and(|word| word == "struct" || word == "enum");
    let first = (0..tokens.len()).find(|at| begins(*at) && is_declared(&tokens, *at))?;
    let mut start = first;
    while start >= 2 && is_attribute(&tokens, start - 2) {
        start -= 2;
    }
    let mut at = first;
    let mut end;
    loop {
        let ends = |token: &Token| token.is_punct(';') || token.group(Delimiter::Brace).is_some();
        end = at + tokens.get(at..)?.iter().position(ends)?;
        at = end + 1;
        while is_attribute(&tokens, at) {
            at += 2;
        }
        if !begins(at) {
            break;
        }
    }
    Some(body.slice(tokens.get(start)?.start, tokens.get(end)?.end))
}

fn is_declared(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(at + 1).map(|token| &token.kind), Some(TokenKind::Ident(_)))
}

fn is_attribute(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.is_punct('#'))
        && tokens.get(at + 1).is_some_and(|token| token.group(Delimiter::Bracket).is_some())
}
