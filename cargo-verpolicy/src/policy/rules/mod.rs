//! The RULES table: what each change means. One row a rule; the rows of changes are named after their
//! [`ChangeKind`].

use super::{Effect, Level, Rule};
use crate::diff::ChangeKind;

mod audits;
mod bodies;
mod configuration;
mod endpoints;
mod enums;
mod fields;
mod items;
mod parameters;
mod values;

/// One row; its page is `docs/rules/<id>.md`.
macro_rules! rule {
    ($id:literal, None, $level:ident, $summary:literal, $remedy:literal) => {
        Rule {
            id: $id,
            effect: None,
            level: crate::policy::Level::$level,
            summary: $summary,
            remedy: $remedy,
            docs: include_str!(concat!("../../../docs/rules/", $id, ".md")),
        }
    };
    ($id:literal, Some($effect:ident), $level:ident, $summary:literal, $remedy:literal) => {
        Rule {
            id: $id,
            effect: Some(crate::policy::Effect::$effect),
            level: crate::policy::Level::$level,
            summary: $summary,
            remedy: $remedy,
            docs: include_str!(concat!("../../../docs/rules/", $id, ".md")),
        }
    };
}
use rule;

/// All rules, by family.
pub const RULES: &[&[Rule]] = &[
    endpoints::ROWS,
    items::ROWS,
    parameters::ROWS,
    configuration::ROWS,
    bodies::ROWS,
    fields::ROWS,
    enums::ROWS,
    values::ROWS,
    audits::ROWS,
];

/// What stands in for a rule that the table lacks: as strict as can be. A test holds that it is never needed.
static MISSING: Rule = Rule {
    id: "missing-rule",
    effect: Some(Effect::Breaking),
    level: Level::Deny,
    summary: "A change without a rule",
    remedy: "",
    docs: "",
};

/// All rules, one after the other.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().flat_map(|family| family.iter())
}

/// The rule with this id.
#[must_use]
pub fn rule_by_id(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}

/// The rule of a kind of change.
#[must_use]
pub fn rule_of(kind: ChangeKind) -> &'static Rule {
    rule_by_id(kind.rule()).unwrap_or(&MISSING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// `RequestFieldAdded` → `request-field-added`.
    fn kebab(name: &str) -> String {
        let mut out = String::new();
        for c in name.chars() {
            if c.is_ascii_uppercase() && !out.is_empty() {
                out.push('-');
            }
            out.push(c.to_ascii_lowercase());
        }
        out
    }

    #[test]
    fn every_kind_has_its_rule() {
        for kind in ChangeKind::ALL {
            assert_eq!(kebab(&format!("{kind:?}")), kind.rule());
            let rule = rule_by_id(kind.rule()).unwrap_or_else(|| panic!("no rule {}", kind.rule()));
            assert!(rule.effect.is_some(), "{} is a change and has no effect", rule.id);
            assert_eq!(kind.hurts(), rule.effect == Some(Effect::Breaking), "{}", rule.id);
        }
    }

    #[test]
    fn rules_are_complete_and_unique() {
        let mut seen = BTreeSet::new();
        for rule in rules() {
            assert!(seen.insert(rule.id), "{} stands twice", rule.id);
            assert!(!rule.summary.is_empty() && !rule.summary.ends_with('.'), "summary of {}", rule.id);
            assert!(rule.docs.starts_with(&format!("# {}\n", rule.id)), "the page of {}", rule.id);
            for heading in ["\n## Why it matters\n", "\n## Example\n", "\n## What to do\n"] {
                assert!(rule.docs.contains(heading), "{} lacks {heading:?}", rule.id);
            }
            let hurts = matches!(rule.effect, Some(Effect::Breaking));
            assert!(!hurts || !rule.remedy.is_empty(), "{} breaks users and names no remedy", rule.id);
        }
    }
}
