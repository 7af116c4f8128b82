//! Calls of this side's own `macro_rules!` to the items that they stand for. Each is expanded once for both sides.

use super::calls::Written;
use super::table::Extern;
use super::{Crates, DefId, ModuleId};
use crate::extract::FactsStore;
use crate::syntax::Text;
use crate::syntax::facts::{Item, ItemKind, Name, RawTokens};
use crate::syntax::macros::{Definition, Unexpanded};
use crate::syntax::tokens::Delimiter;
use foldhash::HashMap;
use std::sync::{Arc, Mutex};

/// Where a call stands, and so how what it makes is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Produces {
    /// Among items.
    Items,
    /// In an impl.
    ImplMembers,
    /// In a trait.
    TraitMembers,
}

/// Why a call has no items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It was not expanded.
    Expansion(Unexpanded),
    /// The definition is no list of arms.
    Definition,
    /// What it makes is not what may stand there.
    NoItems,
    /// All macros of this side together make too much.
    Budget,
}

impl std::fmt::Display for Unread {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Expansion(Unexpanded::NoArm) => "no arm of it was seen to match",
            Self::Expansion(Unexpanded::TooMuch) => "it makes too much",
            Self::Expansion(Unexpanded::Unknown) => "an arm of it is not followed",
            Self::Definition => "its definition is not followed",
            Self::NoItems => "what it makes was not read as items",
            Self::Budget => "macros make too much here",
        })
    }
}

/// A part of a text, by identity.
type Part = (usize, u32, u32);
/// A definition, a call, `$crate`, the place.
type Key = (Part, Part, Name, Produces);
/// The texts are kept so that their identity stays theirs.
type Kept = ((Text, Text), Result<Arc<Vec<Item>>, Unread>);

/// A definition with the text that it was read from.
type Defined = (Text, Option<Arc<Definition>>);

/// Definitions and calls that were read before, on whichever side.
#[derive(Debug, Default)]
pub(crate) struct Expansions {
    definitions: Mutex<HashMap<Part, Defined>>,
    calls: Mutex<HashMap<Key, Kept>>,
}

impl Expansions {
    fn definition(&self, raw: &RawTokens) -> Option<Arc<Definition>> {
        let key = raw.text.identity();
        if let Ok(known) = self.definitions.lock()
            && let Some((_, definition)) = known.get(&key)
        {
            return definition.clone();
        }
        let definition = Definition::of(raw).map(Arc::new);
        if let Ok(mut known) = self.definitions.lock() {
            known.insert(key, (raw.text.clone(), definition.clone()));
        }
        definition
    }

    fn call(
        &self,
        key: Key,
        texts: (Text, Text),
        read: impl FnOnce() -> Result<Arc<Vec<Item>>, Unread>,
    ) -> Result<Arc<Vec<Item>>, Unread> {
        if let Ok(known) = self.calls.lock()
            && let Some((_, result)) = known.get(&key)
        {
            return result.clone();
        }
        let result = read();
        if let Ok(mut known) = self.calls.lock() {
            known.insert(key, (texts, result.clone()));
        }
        result
    }
}

/// What a call in `module` of a macro of this side makes.
pub(crate) fn produced(
    crates: &mut Crates,
    store: &FactsStore,
    (module, def): (ModuleId, DefId),
    written: &Written<'_>,
    produces: Produces,
) -> Result<Arc<Vec<Item>>, Unread> {
    let found = crates.def(def).ok_or(Unread::Definition)?;
    let home = found.module;
    let ItemKind::MacroRules(raw) = &found.item.kind else { return Err(Unread::Definition) };
    let raw = raw.clone();
    if crates.budget.calls == 0 || crates.budget.bytes == 0 {
        return Err(Unread::Budget);
    }
    let krate = crates.name_crate(module, home);
    let key = (raw.text.identity(), written.tokens.text.identity(), krate.clone(), produces);
    let texts = (raw.text.clone(), written.tokens.text.clone());
    let items = store.expansions.call(key, texts, || {
        let definition = store.expansions.definition(&raw).ok_or(Unread::Definition)?;
        let made = definition.expand(written.tokens, &krate, written.pos).map_err(Unread::Expansion)?;
        let items = match produces {
            Produces::Items => {
                crate::syntax::items(&made).or_else(|| Some(crate::syntax::statements(&inside_braces(&made)?)))
            }
            Produces::ImplMembers => crate::syntax::members(&made, false),
            Produces::TraitMembers => crate::syntax::members(&made, true),
        };
        items.map(Arc::new).ok_or(Unread::NoItems)
    })?;
    crates.budget.calls -= 1;
    let bytes: usize = items.iter().map(Item::text_length).sum();
    crates.budget.bytes = crates.budget.bytes.saturating_sub(bytes);
    Ok(items)
}

/// What stands in the block that a macro makes where an expression is wanted.
fn inside_braces(made: &RawTokens) -> Option<RawTokens> {
    let lexed = made.lex();
    let [only] = lexed.as_slice() else { return None };
    only.group(Delimiter::Brace)?;
    Some(made.slice(only.start + 1, only.end.saturating_sub(1)))
}

impl Crates {
    /// How code in `module` names the crate of `home`: what `$crate` stands for there.
    fn name_crate(&mut self, module: ModuleId, home: ModuleId) -> Name {
        let krate = |crates: &Self, module| crates.module(module).map(|m| m.krate);
        let (Some(from), Some(to)) = (krate(self, module), krate(self, home)) else { return Name::new("crate") };
        if from == to {
            return Name::new("crate");
        }
        let own = self.krate(to).map(|k| k.name.clone()).unwrap_or_default();
        // Of a crate of another place no name leads to the source: its paths are what the tables know them by.
        let elsewhere = self.is_elsewhere(home);
        let Some(unit) = self.krates.get_mut(from.0 as usize) else { return own };
        let target = if elsewhere { Extern::Foreign(own.clone()) } else { Extern::Crate(to) };
        let known = unit.externs.iter().find(|(_, found)| **found == target).map(|(name, _)| name.clone());
        let name = known.unwrap_or_else(|| {
            // A crate that this one does not depend on itself: its name is free, or is made so.
            let mut name = own;
            while unit.externs.contains_key(&name) {
                name = Name::from(format!("{name}_"));
            }
            unit.externs.insert(name.clone(), target);
            name
        });
        Name::from(format!("::{name}"))
    }
}
