//! `cfg` predicates to [`Condition`].

use super::facts::RawTokens;
use super::tokens::{Meta, MetaValue};
use crate::model::Condition;

/// Predicates nested deeper than this are kept as a flag with their text.
const MAX_DEPTH: usize = 32;

/// The condition of `#[cfg(raw)]`.
#[must_use]
pub fn condition(raw: &RawTokens) -> Condition {
    match raw.metas().as_slice() {
        [one] => predicate(one, 0),
        metas => metas.iter().fold(Condition::Always, |all, meta| all.and(predicate(meta, 0))),
    }
}

/// The condition of one predicate: `unix`, `feature = "x"`, `all(…)`.
pub(super) fn predicate(meta: &Meta, depth: usize) -> Condition {
    let unknown = || Condition::Flag(meta.raw.normal());
    let Some(word) = meta.word().filter(|_| depth < MAX_DEPTH) else { return unknown() };
    match (&meta.value, word) {
        (MetaValue::None, "true") => Condition::Always,
        (MetaValue::None, "false") => Condition::Never,
        (MetaValue::None, flag) => Condition::Flag(flag.to_owned()),
        (MetaValue::Value(value), key) => match value.string() {
            Some(text) if key == "feature" => Condition::Feature(text),
            Some(text) => Condition::KeyValue(key.to_owned(), text),
            None => unknown(),
        },
        (MetaValue::List(_), "all") => {
            meta.metas().iter().fold(Condition::Always, |all, m| all.and(predicate(m, depth + 1)))
        }
        (MetaValue::List(_), "any") => {
            meta.metas().iter().fold(Condition::Never, |any, m| any.or(predicate(m, depth + 1)))
        }
        (MetaValue::List(_), "not") => match meta.metas().as_slice() {
            [one] => predicate(one, depth + 1).negate(),
            _ => unknown(),
        },
        _ => unknown(),
    }
}
