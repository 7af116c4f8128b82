//! Enums and their variants.

use super::rule;
use crate::policy::Rule;

/// The rows.
pub(super) const ROWS: &[Rule] = &[
    rule!("request-enum-variant-added", Some(Compatible), Deny, "A variant is read that was not known", ""),
    rule!(
        "request-enum-variant-removed",
        Some(Breaking),
        Deny,
        "A variant is no longer read",
        "keep reading it, marked as deprecated"
    ),
    rule!(
        "request-enum-variant-renamed",
        Some(Breaking),
        Deny,
        "A variant that is read goes by another name",
        "keep the old name: `#[serde(alias = \"…\")]`"
    ),
    rule!("request-enum-variant-alias-added", Some(Compatible), Deny, "A variant is read under one more name", ""),
    rule!(
        "request-enum-variant-alias-removed",
        Some(Breaking),
        Deny,
        "A variant is no longer read under one of its names",
        "keep it: `#[serde(alias = \"…\")]`"
    ),
    rule!("request-enum-fallback-added", Some(Compatible), Deny, "Unknown variants are read now", ""),
    rule!(
        "request-enum-fallback-removed",
        Some(Breaking),
        Deny,
        "Unknown variants are refused now",
        "keep the `#[serde(other)]` or untagged variant"
    ),
    rule!("request-enum-opened", Some(Compatible), Deny, "A set of names became any text", ""),
    rule!(
        "request-enum-closed",
        Some(Breaking),
        Deny,
        "Any text became a set of names",
        "keep a variant for other text: `#[serde(untagged)] Other(String)`"
    ),
    rule!(
        "request-enum-representation-changed",
        Some(Breaking),
        Deny,
        "The variant is told another way",
        "keep the old `tag`, `content` or `untagged`"
    ),
    rule!(
        "request-enum-payload-changed",
        Some(Breaking),
        Deny,
        "A variant carries something of another kind",
        "keep the variant as it is and add one beside it"
    ),
    rule!(
        "request-untagged-variant-shadowed",
        Some(Breaking),
        Deny,
        "A new untagged variant swallows what a later one read",
        "put the new variant last"
    ),
    rule!(
        "request-untagged-order-changed",
        Some(Breaking),
        Warn,
        "Overlapping untagged variants changed places",
        "keep the old order"
    ),
    rule!(
        "response-enum-variant-added",
        Some(Breaking),
        Deny,
        "A variant is written that clients do not know",
        "mark the enum `#[non_exhaustive]` one release before you add variants"
    ),
    rule!(
        "response-open-enum-variant-added",
        Some(Compatible),
        Deny,
        "A variant was added to an enum that the baseline declared open",
        ""
    ),
    rule!("response-enum-variant-removed", Some(Compatible), Deny, "A variant is no longer written", ""),
    rule!(
        "response-enum-variant-renamed",
        Some(Breaking),
        Deny,
        "A variant that is written goes by another name",
        "keep the old name: `#[serde(rename = \"…\")]`"
    ),
    rule!(
        "response-enum-opened",
        Some(Breaking),
        Deny,
        "A set of names became any text",
        "keep to the names that clients know"
    ),
    rule!("response-enum-closed", Some(Compatible), Deny, "Any text became a set of names", ""),
    rule!(
        "response-enum-representation-changed",
        Some(Breaking),
        Deny,
        "The variant is told another way",
        "keep the old `tag`, `content` or `untagged`"
    ),
    rule!(
        "response-enum-payload-changed",
        Some(Breaking),
        Deny,
        "A variant carries something of another kind",
        "keep the variant as it is and add one beside it"
    ),
    rule!(
        "response-enum-declared-open",
        Some(Compatible),
        Deny,
        "Clients are told to expect unknown variants from now on",
        ""
    ),
    rule!(
        "response-enum-declared-closed",
        Some(Compatible),
        Deny,
        "Clients are told that no variant will be added",
        ""
    ),
];
