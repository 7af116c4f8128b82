//! `macro_rules!` by example: a definition and the tokens of a call to the text that the call stands for. A pure function
//! of both; resolves no name, and knows no item: `syntax::items` reads what comes out.
//!
//! Written here and not taken from rust-analyzer's published crates (`ra_ap_mbe` and the ten that it needs: syntax trees,
//! token trees, spans, interning): those raise the whole tool's minimum Rust with every weekly 0.0.x, speak token trees of
//! a compiler's span model where ours are text and places, and parse fragments with the full grammar, which reading
//! items does not need. What is written here is what the reference says of matching (one arm, no backing out of a
//! fragment, an opaque fragment counts as one token to the next macro) and where each fragment ends.
//!
//! Produced text is a [`Text`] that remembers where its pieces come from: tokens of the call keep
//! their own places, those of the definition stand at the call. So every position that is read from it later is true.
//!
//! Macros are input like everything else: steps and bytes are counted, and past the budget there is no answer.

mod fragment;
mod matching;
mod paste;
mod rule;
mod transcribe;
mod tree;

use super::facts::{Pos, RawTokens};
use super::text::{Made, MadePlace, Text};
use matching::Matcher;
use rule::Rule;
use transcribe::Out;

/// Steps that one call may take.
const MAX_STEPS: u32 = 2_000_000;
/// Bytes that one call may make.
const MAX_BYTES: usize = 4 << 20;

/// The arms of a `macro_rules!`.
#[derive(Debug)]
pub struct Definition {
    rules: Vec<Rule>,
}

/// Why a call was not expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unexpanded {
    /// The tokens match no arm.
    NoArm,
    /// It makes more than one call may.
    TooMuch,
    /// The arm holds something that is not followed (`${…}`).
    Unknown,
}

impl Definition {
    /// Reads what stands in `macro_rules! name { … }`; `None` when it is not of that form.
    #[must_use]
    pub fn of(raw: &RawTokens) -> Option<Self> {
        let rules = rule::rules(&tree::trees(raw)?)?;
        Some(Self { rules })
    }

    /// What a call with these tokens stands for. `krate` is written for `$crate`; `at` is where the call stands.
    ///
    /// # Errors
    ///
    /// When no arm matches, or the budget does not suffice.
    pub fn expand(&self, call: &RawTokens, krate: &str, at: Pos) -> Result<RawTokens, Unexpanded> {
        let trees = tree::trees(call).ok_or(Unexpanded::NoArm)?;
        let mut matcher = Matcher { steps: MAX_STEPS };
        for rule in &self.rules {
            let Some(bindings) = matcher.whole(&rule.matcher, &trees) else {
                if matcher.steps == 0 {
                    return Err(Unexpanded::TooMuch);
                }
                continue;
            };
            let mut out = Out::new(MAX_BYTES, matcher.steps);
            let template = rule.transcriber.as_ref().ok_or(Unexpanded::Unknown)?;
            transcribe::transcribe(template, &bindings, (krate, at), &mut out)?;
            return Ok(out.finish(at));
        }
        Err(Unexpanded::NoArm)
    }
}

/// The tokens of a `paste!` call with `[<…>]` joined; `None` when one cannot be.
#[must_use]
pub fn pasted(call: &RawTokens) -> Option<RawTokens> {
    let mut out = Out::new(MAX_BYTES, MAX_STEPS);
    paste::paste(&tree::trees(call)?, &mut out)?;
    Some(out.finish(call.pos))
}

/// Text between two others, which stand where it begins.
pub(super) fn wrapped(before: &str, raw: &RawTokens, after: &str) -> RawTokens {
    let shift = u32::try_from(before.len()).unwrap_or(0);
    let fixed = |offset, pos| MadePlace { offset, pos, fixed: true };
    let mut made = Made { places: vec![fixed(0, raw.pos)], taken: Vec::new() };
    let end = shift.saturating_add(u32::try_from(raw.text.len()).unwrap_or(u32::MAX));
    match raw.text.is_made() {
        true => {
            let first = fixed(shift, raw.pos);
            made.places.push(MadePlace { pos: raw.text.made_pos(0).unwrap_or(raw.pos), ..first });
            made.places.extend(raw.text.places().map(|place| MadePlace { offset: place.offset + shift, ..place }));
        }
        false => made.places.push(MadePlace { fixed: false, ..fixed(shift, raw.pos) }),
    }
    made.taken = raw.text.taken().map(|(start, end)| (offset(start) + shift, offset(end) + shift)).collect();
    made.places.push(fixed(end, raw.pos));
    RawTokens { text: Text::made(format!("{before}{}{after}", &*raw.text), made), pos: raw.pos }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX >> 1)
}

#[cfg(test)]
mod tests;
