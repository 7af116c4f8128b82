//! Fields of objects.

use super::rule;
use crate::policy::Rule;

/// The rows.
pub(super) const ROWS: &[Rule] = &[
    rule!(
        "request-required-field-added",
        Some(Breaking),
        Deny,
        "A field was added that must be sent",
        "add `#[serde(default)]`, or make it `Option`"
    ),
    rule!("request-field-added", Some(Compatible), Deny, "An optional field was added to what is read", ""),
    rule!(
        "request-field-removed",
        Some(Breaking),
        Deny,
        "A field is no longer read",
        "keep reading it, marked as deprecated"
    ),
    rule!(
        "request-field-required",
        Some(Breaking),
        Deny,
        "An optional field must be sent now",
        "add `#[serde(default)]`, or make it `Option` again"
    ),
    rule!("request-field-optional", Some(Compatible), Deny, "A required field is optional now", ""),
    rule!(
        "request-field-renamed",
        Some(Breaking),
        Deny,
        "A field that is read goes by another name",
        "keep the old name: `#[serde(alias = \"…\")]`"
    ),
    rule!("request-field-alias-added", Some(Compatible), Deny, "A field is read under one more name", ""),
    rule!(
        "request-field-alias-removed",
        Some(Breaking),
        Deny,
        "A field is no longer read under one of its names",
        "keep it: `#[serde(alias = \"…\")]`"
    ),
    rule!("request-null-allowed", Some(Compatible), Deny, "`null` is read where it was refused", ""),
    rule!("request-null-denied", Some(Breaking), Deny, "`null` is refused where it was read", "make it `Option`"),
    rule!(
        "request-null-meaning-changed",
        Some(Breaking),
        Warn,
        "`null` and a missing key no longer mean what they meant",
        "keep the type that tells them apart (`double_option`), or the one that does not"
    ),
    rule!(
        "request-unknown-fields-denied",
        Some(Breaking),
        Deny,
        "Fields that nobody reads are refused now",
        "drop `deny_unknown_fields`"
    ),
    rule!("request-unknown-fields-allowed", Some(Compatible), Deny, "Fields that nobody reads are skipped now", ""),
    rule!(
        "request-default-changed",
        Some(Breaking),
        Deny,
        "A field that is not sent means another value",
        "keep the old default"
    ),
    rule!(
        "request-default-opaque",
        Some(Breaking),
        Warn,
        "The code behind a field's default changed",
        "check that it gives the same value, or state the value as a literal"
    ),
    rule!("request-field-deprecated", Some(Deprecation), Deny, "A field that is read is deprecated", ""),
    rule!(
        "request-constraint-tightened",
        Some(Breaking),
        Deny,
        "A field is checked more strictly",
        "keep the old limit"
    ),
    rule!("request-constraint-loosened", Some(Compatible), Deny, "A field is checked less strictly", ""),
    rule!(
        "request-pattern-changed",
        Some(Breaking),
        Warn,
        "The pattern that a field must match changed",
        "check that the new pattern admits whatever the old one did"
    ),
    rule!(
        "request-published-constraint-tightened",
        Some(Breaking),
        Warn,
        "A published limit, which nothing checks, was tightened",
        "publish the old limit"
    ),
    rule!("response-field-added", Some(Compatible), Deny, "A field was added to what is written", ""),
    rule!(
        "response-field-removed",
        Some(Breaking),
        Deny,
        "A field is no longer written",
        "keep writing it, marked as deprecated"
    ),
    rule!("response-field-guaranteed", Some(Compatible), Deny, "A field that could be missing is always there now", ""),
    rule!(
        "response-field-optional",
        Some(Breaking),
        Deny,
        "A field that was always there may be missing now",
        "always write it"
    ),
    rule!(
        "response-field-renamed",
        Some(Breaking),
        Deny,
        "A field that is written goes by another name",
        "keep the old name: `#[serde(rename = \"…\")]`"
    ),
    rule!(
        "response-null-added",
        Some(Breaking),
        Deny,
        "`null` may be written where it never was",
        "always write a value"
    ),
    rule!("response-null-removed", Some(Compatible), Deny, "`null` is no longer written", ""),
    rule!(
        "response-null-omitted",
        Some(Breaking),
        Deny,
        "A field is left out where `null` was written",
        "drop `skip_serializing_if`; if your clients treat both alike, say so: `null-and-absent = \"same\"`"
    ),
    rule!(
        "response-absent-nulled",
        Some(Breaking),
        Deny,
        "`null` is written where a field was left out",
        "keep `skip_serializing_if`; if your clients treat both alike, say so: `null-and-absent = \"same\"`"
    ),
    rule!("response-field-deprecated", Some(Deprecation), Deny, "A field that is written is deprecated", ""),
    rule!(
        "message-field-refused",
        Some(Breaking),
        Deny,
        "A new field of a message is refused by those who run the old version",
        "first release a version without `deny_unknown_fields`"
    ),
    rule!(
        "message-layout-changed",
        Some(Breaking),
        Deny,
        "A message in a layout encoding changed",
        "send the new layout under another type or version"
    ),
];
