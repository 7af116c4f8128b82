//! Parameters: path, query, header, cookie.

use super::rule;
use crate::policy::Rule;

/// The rows.
pub(super) const ROWS: &[Rule] = &[
    rule!(
        "required-parameter-added",
        Some(Breaking),
        Deny,
        "A parameter was added that must be sent",
        "make it `Option`, or add `#[serde(default)]`"
    ),
    rule!(
        "published-parameter-required",
        Some(Breaking),
        Warn,
        "The document asks for a parameter of a handler that is handed the request itself",
        "check that requests without it are still answered, and publish it as optional then"
    ),
    rule!(
        "published-parameter-removed",
        Some(Breaking),
        Warn,
        "A parameter left the document of a handler that is handed the request itself",
        "check that it is still read, and keep it in the document then, marked as deprecated"
    ),
    rule!("parameter-added", Some(Compatible), Deny, "An optional parameter was added", ""),
    rule!(
        "parameter-removed",
        Some(Breaking),
        Deny,
        "A parameter is no longer read",
        "keep reading it, marked as deprecated"
    ),
    rule!(
        "parameter-required",
        Some(Breaking),
        Deny,
        "An optional parameter must be sent now",
        "make it `Option` again, or add `#[serde(default)]`"
    ),
    rule!("parameter-optional", Some(Compatible), Deny, "A required parameter is optional now", ""),
    rule!(
        "parameter-renamed",
        Some(Breaking),
        Deny,
        "A parameter goes by another name",
        "keep the old name: `#[serde(alias = \"…\")]`"
    ),
    rule!("parameter-alias-added", Some(Compatible), Deny, "A parameter is read under one more name", ""),
    rule!(
        "parameter-alias-removed",
        Some(Breaking),
        Deny,
        "A parameter is no longer read under one of its names",
        "keep it: `#[serde(alias = \"…\")]`"
    ),
    rule!(
        "parameter-moved",
        Some(Breaking),
        Deny,
        "A parameter is read from another place",
        "read it from the old place too"
    ),
    rule!(
        "parameter-type-changed",
        Some(Breaking),
        Deny,
        "A parameter's type changed",
        "accept the old type under the old name and the new one under another"
    ),
    rule!(
        "parameter-type-narrowed",
        Some(Breaking),
        Deny,
        "A parameter accepts less than before",
        "keep accepting what the old type accepted"
    ),
    rule!("parameter-type-widened", Some(Compatible), Deny, "A parameter accepts more than before", ""),
    rule!(
        "parameter-unreadable",
        Some(Breaking),
        Deny,
        "A parameter whose reader refuses every value",
        "use a type that this reader reads, or another extractor (`axum_extra::extract::Query` reads lists)"
    ),
    rule!("parameter-repeatable", Some(Compatible), Deny, "A parameter may be repeated now", ""),
    rule!("parameter-not-repeatable", Some(Breaking), Deny, "A parameter may no longer be repeated", "keep the list"),
    rule!(
        "parameter-style-changed",
        Some(Breaking),
        Deny,
        "A list or object parameter is written another way",
        "read the old style too, under the old name"
    ),
    rule!(
        "parameter-empty-meaning-changed",
        Some(Breaking),
        Warn,
        "An empty parameter means something else",
        "check what `k=` meant to callers; read an empty text as you did"
    ),
    rule!(
        "parameter-unknown-denied",
        Some(Breaking),
        Deny,
        "Query keys that nobody reads are refused now",
        "drop `deny_unknown_fields`"
    ),
    rule!("parameter-unknown-allowed", Some(Compatible), Deny, "Query keys that nobody reads are skipped now", ""),
    rule!(
        "parameter-default-changed",
        Some(Breaking),
        Deny,
        "A parameter that is not sent means another value",
        "keep the old default"
    ),
    rule!(
        "parameter-default-opaque",
        Some(Breaking),
        Warn,
        "The code behind a parameter's default changed",
        "check that it gives the same value, or state the value as a literal"
    ),
    rule!(
        "parameter-constraint-tightened",
        Some(Breaking),
        Deny,
        "A parameter is checked more strictly",
        "keep the old limit"
    ),
    rule!("parameter-constraint-loosened", Some(Compatible), Deny, "A parameter is checked less strictly", ""),
    rule!("parameter-deprecated", Some(Deprecation), Deny, "A parameter is deprecated", ""),
];
