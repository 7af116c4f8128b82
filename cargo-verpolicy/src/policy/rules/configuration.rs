//! What an operator writes.

use super::rule;
use crate::policy::Rule;

/// The rows.
pub(super) const ROWS: &[Rule] = &[
    rule!("config-key-added", Some(Addition), Deny, "An optional configuration key is new", ""),
    rule!(
        "config-required-key-added",
        Some(Breaking),
        Deny,
        "A configuration key is new and must be written",
        "give it a default: `#[serde(default)]`"
    ),
    rule!("config-key-removed", Some(Breaking), Deny, "A configuration key is gone", "keep reading it, and warn"),
    rule!(
        "config-key-renamed",
        Some(Breaking),
        Deny,
        "A configuration key goes by another name",
        "keep the old name: `#[serde(alias = \"…\")]`"
    ),
    rule!("config-key-alias-added", Some(Compatible), Deny, "A configuration key is read under one more name", ""),
    rule!(
        "config-key-alias-removed",
        Some(Breaking),
        Deny,
        "A configuration key is no longer read under one of its names",
        "keep it: `#[serde(alias = \"…\")]`"
    ),
    rule!(
        "config-key-required",
        Some(Breaking),
        Deny,
        "An optional configuration key must be written now",
        "keep the default: `#[serde(default)]`"
    ),
    rule!("config-key-optional", Some(Compatible), Deny, "A required configuration key is optional now", ""),
    rule!("config-default-changed", Some(Compatible), Deny, "The default of a configuration key changed", ""),
    rule!(
        "config-type-changed",
        Some(Breaking),
        Deny,
        "The type of a configuration key changed",
        "read both, with an untagged enum"
    ),
    rule!(
        "config-type-narrowed",
        Some(Breaking),
        Deny,
        "A configuration key accepts less than before",
        "keep accepting what the old type accepted"
    ),
    rule!("config-type-widened", Some(Compatible), Deny, "A configuration key accepts more than before", ""),
    rule!(
        "config-unknown-denied",
        Some(Breaking),
        Deny,
        "Unknown configuration keys are refused now",
        "warn about them instead"
    ),
    rule!("config-unknown-allowed", Some(Compatible), Deny, "Unknown configuration keys are skipped now", ""),
    rule!(
        "config-constraint-tightened",
        Some(Breaking),
        Deny,
        "A configuration key is checked more strictly",
        "keep the old limit"
    ),
    rule!("config-constraint-loosened", Some(Compatible), Deny, "A configuration key is checked less strictly", ""),
    rule!("config-deprecated", Some(Deprecation), Deny, "A configuration key is deprecated", ""),
];
