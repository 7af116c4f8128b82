//! Versions: a [`Scheme`] says how a policy writes them; a [`Version`] is one that was read. Text to version is in
//! `parse`, the way back in `render`, order in `order`, bumps in `step`.

mod label;
mod order;
mod parse;
mod qualifier;
mod render;
mod step;
#[cfg(test)]
mod tests;

pub(crate) use label::civil;
pub use parse::{Parsed, VersionError};
pub use qualifier::Qualifier;
pub use step::{Declared, StepError};

use super::file::{
    Count, Introducer, LabelForm, LabelOrder, LastNumber, LeadingZeros, NumberKind, Presence, VersionTable,
};
use std::ops::Range;

/// How a policy writes its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// For people: `vMAJOR.MINOR.PATCH[.SPECIAL]`.
    pub written: String,
    /// What canonical texts begin with; may be left out when read.
    pub prefix: String,
    /// The numbers, from the weightiest; one to three, so that Cargo can hold them.
    pub numbers: Vec<Number>,
    /// How many of them must be written.
    pub(super) required: usize,
    /// What a leading zero means.
    pub(super) leading_zeros: LeadingZeros,
    /// `+BUILD` may follow.
    pub(super) metadata: bool,
    /// `artifact-platform-build-` may stand before.
    pub(super) qualified: bool,
    /// The labels that may follow the numbers.
    pub labels: Vec<LabelRow>,
}

/// One number of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// `minor`
    pub name: String,
    /// What it counts.
    pub kind: NumberKind,
}

/// One kind of label of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelRow {
    /// `candidate`
    pub name: String,
    /// What begins it.
    pub(super) introducer: Introducer,
    /// Before or after the plain release.
    pub(super) order: LabelOrder,
    /// What it looks like.
    pub(super) form: LabelForm,
    /// The words that it may be; empty for any.
    pub(super) words: Vec<String>,
    /// Must a word be there?
    pub(super) word: Presence,
    /// What stands between word and count.
    pub(super) joint: String,
    /// The number after the word.
    pub(super) count: Count,
    /// How many numbers must be written before it, if not the scheme's own count.
    pub(super) required: Option<usize>,
    /// What it asks of the last number.
    pub(super) last: LastNumber,
    /// The bump that a step to it is, besides one with a `label` step of its own.
    pub(super) bump: Option<String>,
}

/// A version that was read. Equal as a value only where written the same up to spelling; ordered by
/// [`Scheme::compare`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Version {
    /// One for each number of the scheme; 0 where not written.
    pub numbers: Vec<u64>,
    /// What follows them.
    pub label: Option<Label>,
    /// Build metadata that orders nothing; empty for none.
    pub metadata: String,
    /// What stands before it.
    pub qualifier: Qualifier,
}

/// The label of one version.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// Its row in [`Scheme::labels`].
    pub row: usize,
    /// Its word or whole text; may be empty where a bare count is allowed.
    pub word: String,
    /// Its count.
    pub count: Option<u64>,
}

impl Scheme {
    /// Checks what a file says of versions.
    pub(super) fn from_table(table: &VersionTable) -> Result<Self, (Range<usize>, String)> {
        let numbers: Vec<Number> =
            table.number.get_ref().iter().map(|n| Number { name: n.name.get_ref().clone(), kind: n.kind }).collect();
        if numbers.is_empty() || numbers.len() > 3 {
            let message = "a version has one to three `[[version.number]]`, for Cargo holds no more".to_owned();
            return Err((table.number.span(), message));
        }
        for (index, number) in table.number.get_ref().iter().enumerate() {
            if numbers.iter().take(index).any(|n| n.name == *number.name.get_ref()) {
                return Err((number.name.span(), format!("`{}` is named twice", number.name.get_ref())));
            }
        }
        let count = numbers.len();
        let required = match &table.required {
            Some(required) if *required.get_ref() == 0 || *required.get_ref() > count => {
                return Err((required.span(), format!("`required` is from 1 to {count}")));
            }
            Some(required) => *required.get_ref(),
            None => count,
        };
        let prefix = match &table.prefix {
            Some(prefix) if prefix.get_ref().chars().any(|c| !c.is_ascii_alphabetic()) => {
                return Err((prefix.span(), "a prefix is letters".to_owned()));
            }
            Some(prefix) => prefix.get_ref().clone(),
            None => String::new(),
        };
        let mut labels = Vec::new();
        for spanned in &table.label {
            let row = spanned.get_ref();
            let wrong = |message: &str| Err((spanned.span(), message.to_owned()));
            if row.introducer == Introducer::Dot && required < count {
                return wrong("a label after `.` needs all numbers required, or it could be read as one of them");
            }
            if row.required.is_some_and(|n| n == 0 || n > count) {
                return wrong("`required` of a label is from 1 to the count of numbers");
            }
            if row.form != LabelForm::Word && (!row.words.is_empty() || !row.joint.is_empty()) {
                return wrong("only `form = \"word\"` has `words` and `joint`");
            }
            if row.words.iter().any(|w| w.is_empty() || !w.chars().all(|c| c.is_ascii_alphabetic())) {
                return wrong("`words` are letters");
            }
            if !["", ".", "-"].contains(&row.joint.as_str()) {
                return wrong("`joint` is empty, `.` or `-`");
            }
            if row.form != LabelForm::Word && row.order == LabelOrder::After && (table.metadata || table.qualified) {
                return wrong("Cargo's build metadata is taken: a label after the release cannot stand there");
            }
            labels.push(LabelRow {
                name: row.name.clone(),
                introducer: row.introducer,
                order: row.order,
                form: row.form,
                words: row.words.clone(),
                word: row.word,
                joint: row.joint.clone(),
                count: row.count,
                required: row.required,
                last: row.last,
                bump: row.bump.clone(),
            });
        }
        Ok(Self {
            written: table.written.clone(),
            prefix,
            numbers,
            required,
            leading_zeros: table.leading_zeros,
            metadata: table.metadata,
            qualified: table.qualified,
            labels,
        })
    }

    /// The row of a version's label.
    #[must_use]
    pub fn label_row(&self, version: &Version) -> Option<&LabelRow> {
        self.labels.get(version.label.as_ref()?.row)
    }

    /// A version that only leads to a release.
    #[must_use]
    pub fn is_prerelease(&self, version: &Version) -> bool {
        self.label_row(version).is_some_and(|row| row.order == LabelOrder::Before)
    }

    /// The release that a version leads to: itself, without what makes it a pre-release.
    #[must_use]
    pub fn leads_to(&self, version: &Version) -> Version {
        let label = version.label.clone().filter(|_| !self.is_prerelease(version));
        Version { label, metadata: String::new(), ..version.clone() }
    }

    /// Do labels of this row stand before the plain release?
    pub(super) fn leads_to_a_release(&self, row: usize) -> bool {
        self.labels.get(row).is_some_and(|row| row.order == LabelOrder::Before)
    }

    /// `+BUILD` may follow.
    #[must_use]
    pub fn has_metadata(&self) -> bool {
        self.metadata
    }

    /// `artifact-platform-build-` may stand before.
    #[must_use]
    pub fn is_qualified(&self) -> bool {
        self.qualified
    }

    /// Does this text read as a label of that row?
    pub(super) fn reads_label(&self, row: usize, text: &str) -> bool {
        self.label_of(row, text).is_some()
    }

    /// The label of that row which a text is.
    pub(super) fn label_of(&self, row: usize, text: &str) -> Option<Label> {
        match label::read(self.labels.get(row)?, row, text) {
            label::Read::Label(label) => Some(label),
            _ => None,
        }
    }

    /// May labels of this row carry a number?
    pub(super) fn counts(&self, row: usize) -> bool {
        self.labels.get(row).is_some_and(|row| matches!(row.count, Count::Optional | Count::Required))
    }
}

impl LabelRow {
    /// The label as the policy writes it, without what introduces it.
    #[must_use]
    pub fn text(&self, label: &Label) -> String {
        render::label_text(label, &self.joint)
    }

    /// It speaks of a version without an implementation's number.
    #[must_use]
    pub fn is_of_api(&self) -> bool {
        self.last == LastNumber::Zero
    }
}

/// A day as a number of the form YYYYMMDD.
#[must_use]
pub fn day_number(date: jiff::civil::Date) -> u64 {
    label::number_of(date)
}
