//! Version to text: canonical, Cargo's spelling, and the numbers alone.

use super::{Label, Scheme, Version};
use crate::policy::file::{LabelForm, LabelOrder, NumberKind};

impl Scheme {
    /// The canonical text: `v1.1.0-patch.20210109`.
    #[must_use]
    pub fn render(&self, version: &Version) -> String {
        let mut out = version.qualifier.render();
        out.push_str(&self.prefix);
        out.push_str(&self.render_numbers(version, self.numbers.len()));
        if let Some((label, row)) = version.label.as_ref().and_then(|l| Some((l, self.labels.get(l.row)?))) {
            out.push(row.introducer.char());
            out.push_str(&label_text(label, &row.joint));
        }
        if !version.metadata.is_empty() {
            out.push('+');
            out.push_str(&version.metadata);
        }
        out
    }

    /// The first `count` numbers as canonical texts write them, without prefix; a date that is 0 is left out.
    #[must_use]
    pub fn render_numbers(&self, version: &Version, count: usize) -> String {
        let mut out = String::new();
        for (number, value) in self.numbers.iter().zip(&version.numbers).take(count) {
            if number.kind == NumberKind::Date && *value == 0 {
                break;
            }
            if !out.is_empty() {
                out.push('.');
            }
            match number.kind {
                NumberKind::Integer | NumberKind::Date => out.push_str(&value.to_string()),
                NumberKind::Year => out.push_str(&format!("{value:04}")),
                NumberKind::Month | NumberKind::Day => out.push_str(&format!("{value:02}")),
            }
        }
        out
    }

    /// What `package.version` holds: `1.1.0+patch.20210109`.
    #[must_use]
    pub fn render_cargo(&self, version: &Version) -> String {
        let number = |i: usize| version.numbers.get(i).copied().unwrap_or(0);
        let mut out = format!("{}.{}.{}", number(0), number(1), number(2));
        if let Some((label, row)) = version.label.as_ref().and_then(|l| Some((l, self.labels.get(l.row)?))) {
            out.push(if row.order == LabelOrder::Before { '-' } else { '+' });
            out.push_str(&label_text(label, if row.form == LabelForm::Word { "." } else { "" }));
        }
        let build = if self.qualified { version.qualifier.cargo() } else { version.metadata.clone() };
        if !build.is_empty() {
            out.push('+');
            out.push_str(&build);
        }
        out
    }
}

/// The text of a label without what introduces it.
pub(super) fn label_text(label: &Label, joint: &str) -> String {
    match label.count {
        Some(count) if label.word.is_empty() => count.to_string(),
        Some(count) => format!("{}{joint}{count}", label.word),
        None => label.word.clone(),
    }
}
