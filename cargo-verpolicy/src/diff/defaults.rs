//! What a missing key means.

use super::shapes::Found;
use super::word::Word;
use crate::model::Default;

/// The difference of what a missing key means, both sides being optional alike.
pub(super) fn compare(old: &Default, new: &Default) -> Option<Found> {
    match (value(old)?, value(new)?) {
        (Known(a), Known(b)) => (a != b).then(|| Found::new(Word::DefaultChanged).values(a, b)),
        (Code(a), Code(b)) if a == b => None,
        (Known(_) | Code(_), Known(_) | Code(_)) => Some(Found::new(Word::DefaultOpaque)),
    }
}

enum Meaning<'a> {
    Known(&'a str),
    Code(u64),
}
use Meaning::{Code, Known};

fn value(default: &Default) -> Option<Meaning<'_>> {
    match default {
        Default::Refused => None,
        Default::None => Some(Known("null")),
        Default::Value(value) => Some(Known(value)),
        Default::Opaque(tokens) => Some(Code(*tokens)),
    }
}
