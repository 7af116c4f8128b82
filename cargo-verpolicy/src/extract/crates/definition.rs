//! What a `macro_rules!` of this side makes of a call, as far as its text tells without expanding it.

use super::known_macros::{is_expression, known, makes_endpoints};
use super::{Crates, DefId, ModuleId, Namespace, Resolved};
use crate::model::Condition;
use crate::syntax::facts::{Attr, ItemKind, Name, RawTokens};
use crate::syntax::tokens::{Cursor, Delimiter, Token, TokenKind};
use std::collections::BTreeSet;

/// How deep definitions that call one another are followed.
const MAX_DEPTH: u32 = 8;

/// What a call makes.
#[derive(Debug)]
pub(crate) enum Makes {
    /// No items.
    Nothing,
    /// The items that it is given, each with these attributes and this condition added.
    Passes(Vec<Attr>, Condition),
    /// Items of its own.
    Items,
}

/// What the calls of a definition make.
pub(crate) fn makes(crates: &Crates, module: ModuleId, definition: &RawTokens, depth: u32) -> Makes {
    makes_besides(crates, module, definition, depth, &mut BTreeSet::new())
}

/// As [`makes`]; macros in `met` were looked at already, so that those that call each other cost one look each.
fn makes_besides(
    crates: &Crates,
    module: ModuleId,
    definition: &RawTokens,
    depth: u32,
    met: &mut BTreeSet<DefId>,
) -> Makes {
    let tokens = definition.lex();
    let arms = arms(definition, &tokens);
    for (matcher, transcriber) in &arms {
        if let Some(at) = passed(matcher, transcriber) {
            let (attrs, condition) = attributes_before(definition, transcriber, at);
            return Makes::Passes(attrs, condition);
        }
    }
    let nothing = arms.iter().all(|(_, transcriber)| makes_no_items(crates, module, transcriber, depth, met));
    if nothing && !arms.is_empty() { Makes::Nothing } else { Makes::Items }
}

/// The arms of a `macro_rules!` (or the one of a `macro`): matcher and transcriber.
fn arms<'t>(definition: &'t RawTokens, tokens: &'t [Token]) -> Vec<(&'t [Token], &'t [Token])> {
    let group = |token: &'t Token| match &token.kind {
        TokenKind::Group(_, inner) => Some(inner.as_slice()),
        _ => None,
    };
    let mut out = Vec::new();
    let mut cursor = Cursor::new(definition, tokens);
    while let Some(matcher) = cursor.next() {
        cursor.eat("=>");
        if let (Some(matcher), Some(transcriber)) = (group(matcher), cursor.peek().and_then(group)) {
            cursor.next();
            out.push((matcher, transcriber));
        }
        cursor.eat(";");
    }
    out
}

/// Where a transcriber gives back an item that its matcher takes: `$item` of `$item:item`, or the `struct` and `enum`
/// of one that takes a type apart.
fn passed<'t>(matcher: &[Token], transcriber: &'t [Token]) -> Option<(&'t [Token], usize)> {
    let items = item_fragments(matcher);
    find(transcriber, &mut |tokens, at| match (tokens.get(at), tokens.get(at + 1)) {
        (Some(dollar), Some(name)) if dollar.is_punct('$') => name.ident().is_some_and(|n| items.contains(n)),
        _ => false,
    })
    .or_else(|| {
        let takes_apart =
            find(matcher, &mut |tokens, at| tokens.get(at).is_some_and(|t| t.is_ident("struct") || t.is_ident("enum")));
        takes_apart?;
        find(transcriber, &mut |tokens, at| {
            let keyword = tokens.get(at).is_some_and(|t| t.is_ident("struct") || t.is_ident("enum"));
            keyword && tokens.get(at + 1).is_some_and(|t| t.is_punct('$'))
        })
    })
}

/// Names of the fragments `$name:item`.
fn item_fragments(matcher: &[Token]) -> Vec<Name> {
    let mut out = Vec::new();
    each(matcher, &mut |tokens, at| {
        if let (Some(dollar), Some(name), Some(colon), Some(kind)) =
            (tokens.get(at), tokens.get(at + 1), tokens.get(at + 2), tokens.get(at + 3))
            && dollar.is_punct('$')
            && colon.is_punct(':')
            && kind.is_ident("item")
            && let Some(name) = name.ident()
        {
            out.push(name.clone());
        }
    });
    out
}

/// The literal attributes that stand before a place, as attributes of an item.
fn attributes_before(
    definition: &RawTokens,
    _transcriber: &[Token],
    (tokens, at): (&[Token], usize),
) -> (Vec<Attr>, Condition) {
    let mut texts = Vec::new();
    let mut index = 0;
    // Attributes count from the end of the item before: anything but attributes, `pub`, `$vis` and repetitions.
    while index < at {
        let (Some(token), next) = (tokens.get(index), tokens.get(index + 1)) else { break };
        match next.and_then(|t| t.group(Delimiter::Bracket).map(|inner| (t, inner))) {
            Some((group, inner)) if token.is_punct('#') => {
                if !inner.iter().any(|t| t.is_punct('$')) {
                    texts.push(definition.slice(token.start, group.end).text.to_string());
                }
                index += 2;
            }
            _ => {
                if token.is_punct(';') || matches!(token.kind, TokenKind::Group(Delimiter::Brace, _)) {
                    texts.clear();
                }
                index += 1;
            }
        }
    }
    if texts.is_empty() {
        return (Vec::new(), Condition::Always);
    }
    let carrier = RawTokens::from(format!("{} struct Carrier;", texts.join(" ")).as_str());
    match crate::syntax::items(&carrier).and_then(|items| items.into_iter().next()) {
        Some(item) => (item.attrs, item.condition),
        None => (Vec::new(), Condition::Always),
    }
}

/// No item word stands in a transcriber, and what it calls makes no items either.
fn makes_no_items(
    crates: &Crates,
    module: ModuleId,
    transcriber: &[Token],
    depth: u32,
    met: &mut BTreeSet<DefId>,
) -> bool {
    let mut clean = true;
    each(transcriber, &mut |tokens, at| {
        let Some(name) = tokens.get(at).and_then(Token::ident) else { return };
        let called = tokens.get(at + 1).is_some_and(|t| t.is_punct('!'))
            && matches!(tokens.get(at + 2).map(|t| &t.kind), Some(TokenKind::Group(..)));
        clean &= match called {
            true => calls_nothing(crates, module, name, depth, met),
            false => !is_item_word(name) || tokens.get(at.wrapping_sub(1)).is_some_and(|t| t.is_punct('$')),
        };
    });
    clean
}

fn calls_nothing(crates: &Crates, module: ModuleId, name: &Name, depth: u32, met: &mut BTreeSet<DefId>) -> bool {
    use super::known_macros::CallReading;
    if is_expression(name) || matches!(known(name), Some(CallReading::Nothing)) {
        return true;
    }
    if depth >= MAX_DEPTH {
        return false;
    }
    match crates.resolve_names(module, false, std::slice::from_ref(name), Namespace::Macro) {
        // What it makes was said, or is being said, where it was met first.
        Resolved::Def(def) if !met.insert(def) => true,
        Resolved::Def(def) => crates.def(def).is_some_and(|found| match &found.item.kind {
            ItemKind::MacroRules(tokens) => {
                matches!(makes_besides(crates, found.module, tokens, depth + 1, met), Makes::Nothing)
            }
            _ => false,
        }),
        _ => false,
    }
}

fn is_item_word(name: &str) -> bool {
    matches!(
        name,
        "fn" | "struct"
            | "enum"
            | "union"
            | "mod"
            | "impl"
            | "use"
            | "type"
            | "trait"
            | "const"
            | "static"
            | "macro_rules"
    )
}

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

/// The first place where `test` holds.
fn find<'t>(tokens: &'t [Token], test: &mut dyn FnMut(&'t [Token], usize) -> bool) -> Option<(&'t [Token], usize)> {
    let mut found = None;
    each(tokens, &mut |tokens, at| {
        if found.is_none() && test(tokens, at) {
            found = Some((tokens, at));
        }
    });
    found
}
