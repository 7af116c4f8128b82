//! Blind spots for people: those of one cause are one line. JSON and HTML keep all of them.

use crate::model::BlindSpot;

/// Blind spots that say the same of different things.
pub(super) struct Cause<'a> {
    /// The first of them.
    pub first: &'a BlindSpot,
    /// It is of the old side.
    pub before: bool,
    /// How many there are.
    pub count: usize,
}

impl Cause<'_> {
    /// What it is, in one line without its place: `` `GET /a` and 3 more: answers `E`, … ``.
    pub(super) fn text(&self) -> String {
        let kind = self.first.kind.word();
        match subject(&self.first.detail) {
            Some((subject, rest)) if self.count > 1 => {
                format!("{subject} and {} more: {} ({kind})", self.count - 1, rest.trim_start())
            }
            None if self.count > 1 => format!("{}, in {} places ({kind})", self.first.detail, self.count),
            _ => format!("{} ({kind})", self.first.detail),
        }
    }
}

/// Groups blind spots by kind, side and what they say of their subject, the first of each in order; each by itself when
/// `all` is asked for.
pub(super) fn causes<'a>(spots: impl IntoIterator<Item = (bool, &'a BlindSpot)>, all: bool) -> Vec<Cause<'a>> {
    let mut out: Vec<Cause<'a>> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for (before, spot) in spots {
        let said = subject(&spot.detail).map_or(spot.detail.as_str(), |(_, rest)| rest);
        let said = Some((before, spot.kind, said)).filter(|_| !all);
        match said.and_then(|said| known.get(&said).copied()).and_then(|at: usize| out.get_mut(at)) {
            Some(cause) => cause.count += 1,
            None => {
                known.extend(said.map(|said| (said, out.len())));
                out.push(Cause { first: spot, before, count: 1 });
            }
        }
    }
    out
}

/// The name in backticks with which a detail begins, and what it says of it.
fn subject(detail: &str) -> Option<(&str, &str)> {
    let end = detail.strip_prefix('`')?.find('`')? + 2;
    detail.split_at_checked(end)
}
