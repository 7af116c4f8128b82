//! Numbers: which values fit, and how exactly.

use super::word::{Family, Position, Word};
use crate::model::NumberShape;

/// The difference of two numbers; `None` where the wire cannot tell.
pub(super) fn compare(old: NumberShape, new: NumberShape, at: Position) -> Option<Word> {
    use NumberShape::{Decimal, Float32, Float64, Int};
    let reads = at.reads();
    let by_direction = |input, output| Some(if reads { input } else { output });
    match (old, new) {
        (Int { min: a, max: b }, Int { min: c, max: d }) => match (c <= a && d >= b, c >= a && d <= b) {
            (true, true) => None,
            (true, false) => Some(Word::NumberWidened),
            (false, true) => Some(Word::NumberNarrowed),
            (false, false) => by_direction(Word::NumberNarrowed, Word::NumberWidened),
        },
        (Int { .. }, Float32 | Float64) if at.family == Family::Parameter => Some(Word::NumberWidened),
        (Int { min, max }, Float64) => by_direction(exact(min, max, 53), Word::NumberWidened),
        (Int { min, max }, Float32) => by_direction(exact(min, max, 24), Word::NumberWidened),
        (Int { .. }, Decimal) | (Float32, Float64) => Some(Word::NumberWidened),
        (Float32 | Float64 | Decimal, Int { .. }) => Some(Word::NumberNarrowed),
        (Float64 | Decimal, Float32) | (Decimal, Float64) => by_direction(Word::PrecisionLost, Word::NumberNarrowed),
        (Float32 | Float64, Decimal) => by_direction(Word::NumberNarrowed, Word::NumberWidened),
        (Float32, Float32) | (Float64, Float64) | (Decimal, Decimal) => None,
    }
}

/// Are all integers of the range exact in this many bits?
fn exact(min: i128, max: u128, bits: u32) -> Word {
    let limit = 1_u128 << bits;
    if min.unsigned_abs() <= limit && max <= limit { Word::NumberWidened } else { Word::PrecisionLost }
}

/// Do the two admit a common value?
pub(super) fn overlap(a: NumberShape, b: NumberShape) -> bool {
    match (a, b) {
        (NumberShape::Int { min: a, max: b }, NumberShape::Int { min: c, max: d }) => at_most(a, d) && at_most(c, b),
        _ => true,
    }
}

fn at_most(min: i128, max: u128) -> bool {
    u128::try_from(min).map_or(true, |min| min <= max)
}
