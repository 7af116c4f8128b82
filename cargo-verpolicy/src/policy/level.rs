//! Levels: the one place where they are set.

use super::rules::{rule_by_id, rules};
use super::{Level, Policy, Rule};
use std::collections::BTreeMap;

/// Levels set apart from those of the RULES table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    set: BTreeMap<String, Level>,
    /// `-D warnings`, `-A warnings`
    warnings: Option<Level>,
}

/// A name that is no rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule `{name}`{hint}")]
pub struct UnknownRule {
    /// The name.
    pub name: String,
    /// `; did you mean …`, or empty.
    pub hint: String,
}

impl Levels {
    /// Levels from a table of rule ids.
    ///
    /// # Errors
    /// A name that is no rule.
    pub fn from_table(table: impl IntoIterator<Item = (String, Level)>) -> Result<Self, UnknownRule> {
        let mut levels = Self::default();
        for (rule, level) in table {
            levels.set(&rule, level)?;
        }
        Ok(levels)
    }

    /// Sets one rule, or `warnings`; a later call wins.
    ///
    /// # Errors
    /// The name is no rule.
    pub fn set(&mut self, rule: &str, level: Level) -> Result<(), UnknownRule> {
        if rule == "warnings" {
            self.warnings = Some(level);
            return Ok(());
        }
        if rule_by_id(rule).is_none() {
            return Err(UnknownRule { name: rule.to_owned(), hint: hint(rule) });
        }
        self.set.insert(rule.to_owned(), level);
        Ok(())
    }

    /// The level of a rule: what is set here, else the policy's, else the rule's own.
    #[must_use]
    pub fn of(&self, rule: &Rule, policy: &Policy) -> Level {
        let own = || policy.levels.get(rule.id).copied().unwrap_or(rule.level);
        match (self.set.get(rule.id).copied().unwrap_or_else(own), self.warnings) {
            (Level::Warn, Some(level)) => level,
            (level, _) => level,
        }
    }

    /// Is this rule set to deny by name?
    #[must_use]
    pub fn denies(&self, rule: &str) -> bool {
        self.set.get(rule) == Some(&Level::Deny)
    }

    /// The stricter of the baseline's levels and ours, rule by rule, and the rules that ours would loosen.
    #[must_use]
    pub fn stricter(
        (baseline, its_policy): (&Self, &Policy),
        (ours, policy): (&Self, &Policy),
    ) -> (Self, Vec<&'static str>) {
        let mut out = ours.clone();
        let mut loosened = Vec::new();
        for rule in rules() {
            let (before, now) = (baseline.of(rule, its_policy), ours.of(rule, policy));
            if before > now {
                loosened.push(rule.id);
            }
            if before != rule.level || now != rule.level {
                out.set.insert(rule.id.to_owned(), before.max(now));
            }
        }
        out.warnings = None;
        (out, loosened)
    }

    /// Adds what flags say, which win over configuration.
    #[must_use]
    pub fn with(mut self, flags: &Self) -> Self {
        self.set.extend(flags.set.iter().map(|(rule, level)| (rule.clone(), *level)));
        self.warnings = flags.warnings.or(self.warnings);
        self
    }
}

/// The word of a level.
pub(super) fn word(level: Level) -> &'static str {
    match level {
        Level::Allow => "allow",
        Level::Warn => "warn",
        Level::Deny => "deny",
    }
}

/// What was meant, or where to look.
fn hint(name: &str) -> String {
    match versioning_grammar::nearest(name, rules().map(|rule| rule.id)) {
        Some(id) => format!("; did you mean `{id}`?"),
        None => "; `cargo verpolicy rules` lists them".to_owned(),
    }
}
