//! Macro calls in item position: read as items, known to make nothing, or reported.

use super::definition::{Makes, makes};
use super::known_macros::{CallReading, known};
use super::load::FileJob;
use super::scan::Scan;
use super::table::{Call, Source, SourceItems};
use super::{Crates, Namespace, Resolved};
use crate::extract::{MacroReading, Options};
use crate::model::{BlindSpotKind, Condition};
use crate::syntax::facts::{Attr, Item, ItemKind, Name, RawTokens};
use crate::syntax::tokens::{Cursor, Delimiter};
use std::sync::Arc;

/// How many times calls that macro calls made are read in their turn.
pub(crate) const MAX_ROUNDS: u32 = 8;

/// What a call turned out to hold.
enum Outcome {
    Nothing,
    Items(Vec<Item>),
    /// Items, but the macro may make more of them, or other ones.
    ItemsAndMore(Vec<Item>, String),
    /// Not read; `true` when it may hold endpoints.
    Blind(String, bool),
}

/// Reads the calls that wait; returns the files of modules that they declare.
pub(crate) fn read_calls(crates: &mut Crates, options: &Options) -> Vec<FileJob> {
    let calls = std::mem::take(&mut crates.calls);
    let mut jobs = Vec::new();
    for call in calls {
        let Some((name, tokens, pos, outcome)) = read_call(crates, options, &call) else { continue };
        let (items, problem) = match outcome {
            Outcome::Nothing => continue,
            Outcome::Items(items) => (items, None),
            Outcome::ItemsAndMore(items, detail) => (items, Some((detail, may_hold_endpoints(&tokens)))),
            Outcome::Blind(detail, hides) => (Vec::new(), Some((detail, hides))),
        };
        let nested = call.depth >= MAX_ROUNDS && !items.is_empty();
        let problem = match nested {
            true => Some((format!("`{name}!` calls nest too deep"), true)),
            false => problem,
        };
        if let Some((detail, hides)) = problem {
            let file = crates.module(call.module).map_or_else(|| Arc::from(""), |m| Arc::clone(&m.file));
            crates.blind(call.module, BlindSpotKind::UnexpandedMacro, &file, pos, detail, hides);
        }
        if !items.is_empty() && !nested {
            enter_items(crates, &call, items, &mut jobs);
        }
    }
    jobs
}

fn enter_items(crates: &mut Crates, call: &Call, items: Vec<Item>, jobs: &mut Vec<FileJob>) {
    let surroundings = call.surroundings.clone();
    let source = u32::try_from(crates.sources.len()).unwrap_or(u32::MAX);
    crates.sources.push(Source { items: SourceItems::Tokens(Arc::new(items)) });
    Scan { crates, jobs, call_depth: call.depth + 1 }.source(call.module, source, surroundings);
}

type Read = (String, RawTokens, crate::syntax::facts::Pos, Outcome);

fn read_call(crates: &Crates, options: &Options, call: &Call) -> Option<Read> {
    let item = call.at.find(&crates.sources)?;
    let ItemKind::MacroCall { path, tokens } = &item.kind else { return None };
    let canonical = crates.macro_path(call.module, path);
    let written = path.join("::");
    let outcome = outcome(crates, options, call, path, &canonical, tokens);
    // A condition on the call is one on all that it holds.
    let outcome = match (outcome, &item.condition) {
        (outcome, Condition::Always) => outcome,
        (Outcome::Items(items), on) => Outcome::Items(under(items, on)),
        (Outcome::ItemsAndMore(items, why), on) => Outcome::ItemsAndMore(under(items, on), why),
        (outcome, _) => outcome,
    };
    Some((written, tokens.clone(), item.pos, outcome))
}

fn outcome(
    crates: &Crates,
    options: &Options,
    call: &Call,
    path: &[Name],
    canonical: &str,
    tokens: &RawTokens,
) -> Outcome {
    let written = path.join("::");
    let configured = [canonical, written.as_str(), path.last().map_or("", Name::as_str)];
    if let Some(reading) = configured.iter().find_map(|name| options.macros.get(*name)) {
        return match (reading, items(tokens)) {
            (MacroReading::Nothing, _) => Outcome::Nothing,
            (MacroReading::Items, Some(items)) => Outcome::Items(items),
            (MacroReading::Items, None) => {
                Outcome::Blind(format!("the tokens of `{written}!` are no items, though `[macros]` says so"), true)
            }
        };
    }
    if let Some(reading) = known(canonical) {
        return known_outcome(reading, &written, tokens);
    }
    if let Resolved::Def(def) = crates.resolve_names(call.module, false, path, Namespace::Macro)
        && let Some(found) = crates.def(def)
        && let ItemKind::MacroRules(definition) = &found.item.kind
    {
        return match makes(crates, found.module, definition, 0) {
            Makes::Nothing => Outcome::Nothing,
            Makes::Passes(extra, condition) => match items(tokens) {
                Some(items) => Outcome::Items(dressed(items, &extra, &condition)),
                None => unexpanded(&written, tokens, Some(definition)),
            },
            Makes::Items => unexpanded(&written, tokens, Some(definition)),
        };
    }
    let hint = format!("`[macros] \"{canonical}\" = \"items\"` or `\"nothing\"`");
    match items(tokens) {
        Some(items) if !items.is_empty() => {
            Outcome::ItemsAndMore(items, format!("`{written}!` is not known; its tokens were read as items ({hint})"))
        }
        _ if tokens.text.trim().is_empty() => Outcome::Blind(format!("`{written}!` is not known ({hint})"), true),
        _ => Outcome::Blind(format!("`{written}!` is not known ({hint})"), true),
    }
}

fn known_outcome(reading: CallReading, written: &str, tokens: &RawTokens) -> Outcome {
    match reading {
        CallReading::Nothing | CallReading::Framework => Outcome::Nothing,
        CallReading::Exchange => match super::exchange::items(tokens) {
            Some(items) => Outcome::Items(items),
            None => unexpanded(written, tokens, None),
        },
        CallReading::Types => Outcome::Blind(format!("the types of `{written}!` are not known"), false),
        CallReading::Include => Outcome::Blind(format!("`{written}!` was not followed"), true),
        CallReading::Items => match items(tokens) {
            Some(items) => Outcome::Items(items),
            None => unexpanded(written, tokens, None),
        },
        CallReading::Conditional => match conditional(tokens) {
            Some(items) => Outcome::Items(items),
            None => unexpanded(written, tokens, None),
        },
    }
}

fn unexpanded(written: &str, tokens: &RawTokens, definition: Option<&RawTokens>) -> Outcome {
    let hides = may_hold_endpoints(tokens) || definition.is_none_or(may_hold_endpoints);
    Outcome::Blind(format!("`{written}!` was not expanded"), hides)
}

/// The tokens as items; `None` when they are none.
fn items(tokens: &RawTokens) -> Option<Vec<Item>> {
    crate::syntax::items(tokens)
}

/// Does an attribute or macro call that can make an endpoint stand in these tokens?
fn may_hold_endpoints(tokens: &RawTokens) -> bool {
    super::definition::endpoint_words(&tokens.lex())
}

/// Items under one more condition.
fn under(mut items: Vec<Item>, condition: &Condition) -> Vec<Item> {
    for item in &mut items {
        item.condition = item.condition.clone().and(condition.clone());
    }
    items
}

/// Items with the attributes that their macro puts on each.
fn dressed(items: Vec<Item>, attrs: &[Attr], condition: &Condition) -> Vec<Item> {
    let mut items = under(items, condition);
    for item in &mut items {
        if !matches!(item.kind, ItemKind::Use(_) | ItemKind::MacroCall { .. }) {
            item.attrs.extend(attrs.iter().cloned());
        }
    }
    items
}

/// `if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … }`, or `a => { … } _ => { … }`.
fn conditional(tokens: &RawTokens) -> Option<Vec<Item>> {
    let lexed = tokens.lex();
    let mut cursor = Cursor::new(tokens, &lexed);
    let mut out = Vec::new();
    let mut rest = Condition::Always;
    while !cursor.is_empty() {
        cursor.eat_ident("else");
        let condition = if cursor.eat_ident("if") {
            if !cursor.eat("#") {
                return None;
            }
            let attribute = cursor.group(Delimiter::Bracket)?;
            let mut attribute = attribute;
            if !attribute.eat_ident("cfg") {
                return None;
            }
            Some(attribute.group_raw(Delimiter::Paren)?)
        } else if cursor.peek().and_then(|t| t.group(Delimiter::Brace)).is_some() {
            None
        } else {
            let predicate = cursor.until(&["=>"]);
            if !cursor.eat("=>") {
                return None;
            }
            (predicate.text.trim() != "_").then_some(predicate)
        };
        let condition = condition.map_or(Condition::Always, |raw| crate::syntax::condition(&raw));
        let body = cursor.group_raw(Delimiter::Brace)?;
        cursor.eat(",");
        out.extend(under(items(&body)?, &rest.clone().and(condition.clone())));
        rest = rest.and(condition.negate());
    }
    Some(out)
}
