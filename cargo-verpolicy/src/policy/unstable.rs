//! The version of a tree that is not released yet: the next expected one, with the label that the policy has for it.

use super::file::{LabelForm, RoleWord};
use super::line::Role;
use super::version::{Label, StepError, Version};
use super::{Policy, definition::StepKind};
use jiff::civil::Date;

impl Policy {
    /// `v1.2.0-unstable` after `v1.1.0`. `required` is the bump that the changes need; `current` is what the manifest
    /// says: where it leads as far already, its label is counted on.
    ///
    /// # Errors
    /// The policy marks no unreleased trees, a version that it cannot read, or a bump that leads nowhere.
    pub fn unstable(
        &self,
        (from, current): (&str, Option<&str>),
        required: Option<&str>,
        role: Role,
        date: Date,
    ) -> Result<String, StepError> {
        let read = |text: &str| self.scheme.parse(text).map_err(|error| StepError { message: error.to_string() });
        let word = match role {
            Role::Plain => None,
            Role::Api => Some(RoleWord::Api),
            Role::Implementation => Some(RoleWord::Implementation),
        };
        let Some(row) = self.unstable.iter().find(|row| row.of.is_none() || row.of == word) else {
            let message = format!("the policy `{}` has no versions of trees that are not released", self.id);
            return Err(StepError { message });
        };
        let (from, current) = (read(from)?, current.map(read).transpose()?);
        let least = self.bumps.iter().position(|bump| matches!(bump.step, StepKind::Numbers(_)));
        let bump = required.and_then(|name| self.bump(name)).max(row.expects).or(least).unwrap_or(0);
        let mut target = self.step(&from, bump, date)?;
        let ahead = |v: &Version| self.scheme.compare(&self.scheme.leads_to(v), &target).is_ge();
        let current = current.filter(ahead);
        if let Some(current) = &current {
            target = self.scheme.leads_to(current);
        }
        let counted = current.and_then(|v| v.label).filter(|label| label.row == row.row);
        target.label = match counted {
            Some(label) => Some(self.counted_on(label)),
            None => self.scheme.label_of(row.row, &row.first),
        };
        Ok(self.scheme.render(&target))
    }

    /// The release that a declared bump leads to: what the manifest says, or the step from the last release that the
    /// configuration plans while they are equal. `None` where a version cannot be read.
    #[must_use]
    pub fn declared_release(
        &self,
        from: Option<&str>,
        current: Option<&str>,
        declared: &str,
        date: Date,
    ) -> Option<String> {
        let current = self.scheme.parse(current?).ok()?;
        let from = from.and_then(|from| self.scheme.parse(from).ok());
        let release = match from.filter(|from| self.scheme.compare(from, &current).is_eq()) {
            Some(from) => self.step(&from, self.bump(declared)?, date).ok()?,
            None => self.scheme.leads_to(&current),
        };
        Some(self.scheme.render(&release))
    }

    /// `beta.1` → `beta.2`, `RC152` → `RC153`; a label without a number stays as it is.
    fn counted_on(&self, label: Label) -> Label {
        match self.scheme.labels.get(label.row).map(|row| row.form) {
            Some(LabelForm::Semver | LabelForm::Text) => {
                let (before, last) = label.word.rsplit_once('.').unwrap_or(("", label.word.as_str()));
                let Some(number) = last.parse::<u64>().ok().filter(|_| !before.is_empty()) else { return label };
                Label { word: format!("{before}.{}", number.saturating_add(1)), ..label }
            }
            _ if self.scheme.counts(label.row) => {
                Label { count: Some(label.count.unwrap_or(1).saturating_add(1)), ..label }
            }
            _ => label,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::built_in;

    #[test]
    fn the_next_expected_version() {
        for (policy, from, current, required, role, expected) in [
            // "For example, if `v1.1.0` were the current release, the unstable specification would be built as
            // `v1.2.0-unstable`."
            ("matrix", "v1.1.0", "v1.1.0", "none", Role::Plain, "v1.2.0-unstable"),
            ("matrix", "v1.1.0", "v1.1.0", "minor", Role::Plain, "v1.2.0-unstable"),
            ("matrix", "v1.1.0", "v1.2.0-unstable", "minor", Role::Plain, "v1.2.0-unstable"),
            // "`v1.2.0` (in this example) would never see the light of day and instead turn into `v2.0.0-unstable`."
            ("matrix", "v1.1.0", "v1.2.0-unstable", "major", Role::Plain, "v2.0.0-unstable"),
            // "the number identifies the next minor release for SpongeAPI"
            ("sponge", "8.1.0", "8.1.0", "none", Role::Api, "8.2.0-SNAPSHOT"),
            ("sponge", "8.1.0", "8.2.0-SNAPSHOT", "minor", Role::Api, "8.2.0-SNAPSHOT"),
            ("sponge", "8.1.0", "8.1.0", "major", Role::Api, "9.0.0-SNAPSHOT"),
            ("sponge", "8.1.0", "8.1.0", "none", Role::Plain, "8.2.0-SNAPSHOT"),
            // "RC ... indicates the build is part of the development towards the next implementation"
            ("sponge", "7.1.4", "7.1.4", "none", Role::Implementation, "7.1.5-RC1"),
            ("sponge", "7.1.4", "7.1.5-RC152", "none", Role::Implementation, "7.1.5-RC153"),
            ("soundstorm", "v1.2.0", "v1.2.0", "minor", Role::Plain, "v1.3.0.beta"),
            ("soundstorm", "v1.2.0", "v1.3.0.beta", "minor", Role::Plain, "v1.3.0.beta2"),
            ("soundstorm", "v1.2.0", "v1.3.0.beta2", "minor", Role::Plain, "v1.3.0.beta3"),
            ("semver", "1.2.3", "1.2.3", "minor", Role::Plain, "1.3.0-beta.1"),
            ("semver", "1.2.3", "1.3.0-beta.1", "minor", Role::Plain, "1.3.0-beta.2"),
            ("semver", "1.2.3", "1.3.0-beta.1", "major", Role::Plain, "2.0.0-beta.1"),
            ("semver", "1.2.3", "1.3.0-rc.1", "minor", Role::Plain, "1.3.0-rc.2"),
        ] {
            let policy = built_in(policy).unwrap().unwrap();
            let found = policy.unstable((from, Some(current)), Some(required), role, Date::constant(2026, 1, 15));
            assert_eq!(found.unwrap(), expected, "{} {from} {current}", policy.id);
        }
        let chain = built_in("chain").unwrap().unwrap();
        let none = chain.unstable(("1.0", None), None, Role::Plain, Date::constant(2026, 1, 15)).unwrap_err();
        assert!(none.message.contains("the policy `chain`"), "{none}");
    }
}
