//! Blind spots for people: those of one cause are one line. JSON and HTML keep all of them.

use crate::model::{BlindSpot, BlindSpotKind};
use std::collections::HashMap;

/// Blind spots that say the same of different things.
pub(super) struct Cause<'a> {
    /// The first of them.
    pub first: &'a BlindSpot,
    /// It is of the old side.
    pub before: bool,
    /// How many there are on a side.
    pub count: usize,
    /// The other side has as many.
    on_both: bool,
}

impl Cause<'_> {
    /// What it is, in one line without its place: `` `GET /a` and 3 more: answers `E`, … ``.
    pub(super) fn text(&self) -> String {
        let both = if self.on_both { ", on both sides" } else { "" };
        let kind = format!("{}{both}", self.first.kind.word());
        match subject(&self.first.detail) {
            Some((subject, rest)) if self.count > 1 => {
                format!("{subject} and {} more: {} ({kind})", self.count - 1, rest.trim_start())
            }
            None if self.count > 1 => format!("{}, in {} places ({kind})", self.first.detail, self.count),
            _ => format!("{} ({kind})", self.first.detail),
        }
    }
}

/// Groups blind spots by kind and what they say of their subject, the first of each in order, and of both sides together
/// where as many are on each; each by itself when `all` is asked for.
pub(super) fn causes<'a>(spots: impl IntoIterator<Item = (bool, &'a BlindSpot)>, all: bool) -> Vec<Cause<'a>> {
    let mut out: Vec<Cause<'a>> = Vec::new();
    let mut known: HashMap<(bool, BlindSpotKind, &str), usize> = HashMap::new();
    for (before, spot) in spots {
        let said = (before, spot.kind, said(spot));
        match known.get(&said).filter(|_| !all).and_then(|at| out.get_mut(*at)) {
            Some(cause) => cause.count += 1,
            None => {
                known.insert(said, out.len());
                out.push(Cause { first: spot, before, count: 1, on_both: false });
            }
        }
    }
    if !all {
        let counts: HashMap<_, usize> =
            known.into_iter().filter_map(|(said, at)| Some((said, out.get(at)?.count))).collect();
        for cause in &mut out {
            let other = (!cause.before, cause.first.kind, said(cause.first));
            cause.on_both = counts.get(&other) == Some(&cause.count);
        }
        out.retain(|cause| !(cause.before && cause.on_both));
    }
    out
}

/// What it says of its subject.
fn said(spot: &BlindSpot) -> &str {
    subject(&spot.detail).map_or(spot.detail.as_str(), |(_, rest)| rest)
}

/// The name in backticks with which a detail begins, and what it says of it.
fn subject(detail: &str) -> Option<(&str, &str)> {
    let end = detail.strip_prefix('`')?.find('`')? + 2;
    detail.split_at_checked(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(kind: BlindSpotKind, detail: &str) -> BlindSpot {
        BlindSpot { kind, place: None, detail: detail.to_owned(), hides: None }
    }

    #[test]
    fn what_both_sides_have_is_one_line() {
        let layer = spot(BlindSpotKind::Layer, "the layer `l` may refuse");
        let macros = |name: &str| spot(BlindSpotKind::UnexpandedMacro, &format!("`{name}!` is not known"));
        let (one, two) = (macros("one"), macros("two"));
        let spots = || [(true, &layer), (true, &one), (false, &layer), (false, &one), (false, &two)];
        let texts = |all| causes(spots(), all).iter().map(|c| (c.before, c.text())).collect::<Vec<_>>();
        assert_eq!(
            texts(false),
            [
                (true, "`one!` is not known (unexpanded-macro)".to_owned()),
                (false, "the layer `l` may refuse (layer, on both sides)".to_owned()),
                (false, "`one!` and 1 more: is not known (unexpanded-macro)".to_owned()),
            ]
        );
        assert_eq!(texts(true).len(), 5);
    }
}
