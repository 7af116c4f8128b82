//! What a change means once the project has said what its clients do.

use super::Effect;
use super::rules::rule_of;
use crate::diff::{Change, ChangeKind};
use std::collections::BTreeMap;

/// `[clients]`: what may be assumed of those who read the answers. The default is the careful reading of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clients {
    /// `unknown-fields = "refused"`: a new field in an answer breaks them.
    pub unknown_fields_refused: bool,
    /// `unknown-variants = "ignored"`: a new variant in an answer does not.
    pub unknown_variants_ignored: bool,
    /// `wide-integers = "accepted"`: a wider integer in an answer does not.
    pub wide_integers_accepted: bool,
    /// `null-and-absent = "same"`: `null` for a missing field, or the reverse, is no change.
    pub null_and_absent_same: bool,
}

/// `[effects]`: rule id → effect, the last word.
pub type Effects = BTreeMap<String, Effect>;

/// The effect of a change: that of its rule, moved by `clients` (messages excepted), then by `effects`.
#[must_use]
pub fn effect_of(change: &Change, clients: &Clients, effects: &Effects) -> Effect {
    if let Some(effect) = effects.get(change.kind.rule()) {
        return *effect;
    }
    let of_rule = rule_of(change.kind).effect.unwrap_or(Effect::Breaking);
    if change.message {
        return of_rule;
    }
    match change.kind {
        ChangeKind::ResponseFieldAdded if clients.unknown_fields_refused => Effect::Breaking,
        ChangeKind::ResponseEnumVariantAdded if clients.unknown_variants_ignored => Effect::Compatible,
        ChangeKind::ResponseNumberWidened if clients.wide_integers_accepted && change.between_integers => {
            Effect::Compatible
        }
        ChangeKind::ResponseNullOmitted | ChangeKind::ResponseAbsentNulled if clients.null_and_absent_same => {
            Effect::None
        }
        _ => of_rule,
    }
}
