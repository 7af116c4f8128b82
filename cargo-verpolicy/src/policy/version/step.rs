//! Bumps: which one a pair of versions is, and the version that one leads to.

use super::{Label, Version, label};
use crate::policy::definition::{Policy, StepKind};
use crate::policy::file::{LabelOrder, LeadingZeros, NumberKind};
use jiff::civil::Date;
use std::cmp::Ordering;

/// What a pair of versions declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// The versions are the same: nothing is declared yet.
    Nothing,
    /// A pre-release or its release, against a pre-release of the same version: everything is allowed.
    Prerelease,
    /// The bump of this index.
    Bump(usize),
    /// The version went backwards.
    Behind,
}

/// A step that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct StepError {
    /// Why, and what to do.
    pub message: String,
}

impl Policy {
    /// Which bump leads from one version to another. A pre-release is held to the release that it leads to.
    #[must_use]
    pub fn declared(&self, from: &Version, to: &Version) -> Declared {
        match self.scheme.compare(from, to) {
            Ordering::Equal => return Declared::Nothing,
            Ordering::Greater => return Declared::Behind,
            Ordering::Less => {}
        }
        if let Some(index) = from.numbers.iter().zip(&to.numbers).position(|(a, b)| a != b) {
            let shift = self.shift(from);
            return self.bump_of_number(index.saturating_sub(shift)).map_or(Declared::Behind, Declared::Bump);
        }
        if self.scheme.is_prerelease(from) {
            return Declared::Prerelease;
        }
        let row = to.label.as_ref().map(|l| l.row);
        let named = self.scheme.label_row(to).and_then(|r| self.bump(r.bump.as_ref()?));
        let own =
            || self.bumps.iter().position(|b| matches!(&b.step, StepKind::Label { row: r, .. } if Some(*r) == row));
        // A label after the release without a bump of its own is the smallest.
        Declared::Bump(named.or_else(own).unwrap_or(0))
    }

    /// The smallest version that a bump leads to. Dates are taken from `date`.
    ///
    /// # Errors
    /// The version is not after `from` (a second release on one day), or a number is at its end.
    pub fn step(&self, from: &Version, bump: usize, date: Date) -> Result<Version, StepError> {
        let Some(row) = self.bumps.get(bump) else {
            return Err(StepError { message: format!("the policy `{}` has no such bump", self.id) });
        };
        let next = match &row.step {
            StepKind::Numbers(steps) => self.step_numbers(from, steps, date)?,
            StepKind::Label { row, first } => self.step_label(from, *row, first, date)?,
        };
        if self.scheme.compare(&next, from) != Ordering::Greater {
            let message = format!(
                "{} is not after {}: one release a day; try again with a later date",
                self.scheme.render(&next),
                self.scheme.render(from)
            );
            return Err(StepError { message });
        }
        Ok(next)
    }

    fn step_numbers(&self, from: &Version, steps: &[usize], date: Date) -> Result<Version, StepError> {
        // From a pre-release the release that it leads to is the step, when it is one of at least this weight.
        if self.scheme.is_prerelease(from) {
            let lead = self.scheme.leads_to(from);
            let first = steps.first().copied().unwrap_or(0);
            if lead.numbers.iter().skip(first + 1).all(|n| *n == 0) {
                return Ok(lead);
            }
        }
        let shift = self.shift(from);
        let last = self.scheme.numbers.len().saturating_sub(1);
        let end = StepError { message: format!("{} has no next", self.scheme.render(from)) };
        let mut numbers = from.numbers.clone();
        let mut reset = 0;
        for step in steps {
            let index = (step + shift).min(last);
            reset = reset.max(index + 1);
            let Some(kind) = self.scheme.numbers.get(index).map(|n| n.kind) else { return Err(end) };
            let Some(value) = numbers.get_mut(index) else { return Err(end) };
            let day = label::number_of(date);
            *value = match kind {
                NumberKind::Integer => value.checked_add(1).ok_or_else(|| end.clone())?,
                NumberKind::Date => day,
                NumberKind::Year => day / 10_000,
                NumberKind::Month => day / 100 % 100,
                NumberKind::Day => day % 100,
            };
        }
        for value in numbers.iter_mut().skip(reset) {
            *value = 0;
        }
        Ok(Version { numbers, label: None, metadata: String::new(), qualifier: from.qualifier.clone() })
    }

    fn step_label(&self, from: &Version, row: usize, first: &str, date: Date) -> Result<Version, StepError> {
        let mut next = Version { metadata: String::new(), ..from.clone() };
        let mut label = match from.label.as_ref().filter(|l| l.row == row) {
            Some(label) => Label { count: Some(label.count.unwrap_or(0).saturating_add(1)), ..label.clone() },
            None => match self.scheme.labels.get(row).map(|r| label::read(r, row, first)) {
                Some(label::Read::Label(label)) => label,
                _ => return Err(StepError { message: format!("`{first}` is no label") }),
            },
        };
        let dated = self.scheme.labels.get(row).is_some_and(|r| r.count == crate::policy::file::Count::Date);
        if dated {
            label.count = Some(label::number_of(date));
        }
        next.label = Some(label);
        Ok(next)
    }

    /// Numbers that a leading zero takes off the front: of `0.y.z`, y is the major.
    pub(in crate::policy) fn shift(&self, from: &Version) -> usize {
        match self.scheme.leading_zeros {
            LeadingZeros::Plain => 0,
            LeadingZeros::Shift => {
                let zeros = from.numbers.iter().take_while(|n| **n == 0).count();
                zeros.min(self.scheme.numbers.len().saturating_sub(1))
            }
        }
    }

    /// The bump that moves this number.
    fn bump_of_number(&self, index: usize) -> Option<usize> {
        self.bumps.iter().position(|b| matches!(&b.step, StepKind::Numbers(steps) if steps.contains(&index)))
    }

    /// Would the release after this label order after the plain one? Labels of that sort are releases.
    #[must_use]
    pub fn is_release(&self, version: &Version) -> bool {
        self.scheme.label_row(version).is_none_or(|r| r.order == LabelOrder::After)
    }
}
