//! The total order of a scheme's versions.

use super::{Label, Scheme, Version};
use crate::policy::file::{LabelForm, LabelOrder};
use std::cmp::Ordering;

impl Scheme {
    /// Precedence: numbers, then labels. Metadata and qualifiers order nothing.
    #[must_use]
    pub fn compare(&self, a: &Version, b: &Version) -> Ordering {
        a.numbers
            .cmp(&b.numbers)
            .then_with(|| self.rank(a).cmp(&self.rank(b)))
            .then_with(|| self.compare_labels(a.label.as_ref(), b.label.as_ref()))
    }

    /// Before, the release itself, after.
    fn rank(&self, version: &Version) -> u8 {
        match self.label_row(version).map(|r| r.order) {
            Some(LabelOrder::Before) => 0,
            None => 1,
            Some(LabelOrder::After) => 2,
        }
    }

    fn compare_labels(&self, a: Option<&Label>, b: Option<&Label>) -> Ordering {
        let (Some(a), Some(b)) = (a, b) else { return Ordering::Equal };
        let words = || match self.labels.get(a.row).map(|r| r.form) {
            Some(LabelForm::Semver) => match (semver::Prerelease::new(&a.word), semver::Prerelease::new(&b.word)) {
                (Ok(a), Ok(b)) => a.cmp(&b),
                _ => a.word.cmp(&b.word),
            },
            _ => natural(&a.word, &b.word),
        };
        a.row.cmp(&b.row).then_with(words).then_with(|| a.count.cmp(&b.count))
    }
}

/// Runs of digits compare as numbers, the rest as text; a tie is broken by the text, so that the order is total.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut x, mut y) = (a, b);
    loop {
        match (x.is_empty(), y.is_empty()) {
            (true, true) => return a.cmp(b),
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            (false, false) => {}
        }
        let (run_x, rest_x) = run(x);
        let (run_y, rest_y) = run(y);
        let digits = |r: &str| r.starts_with(|c: char| c.is_ascii_digit());
        let order = match (digits(run_x), digits(run_y)) {
            (true, true) => {
                let (m, n) = (run_x.trim_start_matches('0'), run_y.trim_start_matches('0'));
                m.len().cmp(&n.len()).then_with(|| m.cmp(n))
            }
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => run_x.cmp(run_y),
        };
        if order != Ordering::Equal {
            return order;
        }
        (x, y) = (rest_x, rest_y);
    }
}

/// The first run of digits or of anything else, and what follows it.
fn run(text: &str) -> (&str, &str) {
    let digit = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text.find(|c: char| c.is_ascii_digit() != digit).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}
