//! Numbers, text, lists, tuples and what is not known.

use super::rule;
use crate::policy::Rule;

/// The rows.
pub(super) const ROWS: &[Rule] = &[
    rule!("request-number-widened", Some(Compatible), Deny, "A number is read over a larger range", ""),
    rule!(
        "request-number-narrowed",
        Some(Breaking),
        Deny,
        "A number is read over a smaller or other range",
        "keep the old type and check the range in the handler"
    ),
    rule!(
        "request-number-precision-lost",
        Some(Breaking),
        Deny,
        "A number is read with less precision",
        "keep the old type"
    ),
    rule!(
        "request-type-changed",
        Some(Breaking),
        Deny,
        "What is read is of another type",
        "read both, with an untagged enum, or put the new type under another name"
    ),
    rule!(
        "request-type-narrowed",
        Some(Breaking),
        Deny,
        "Less is read than before",
        "keep accepting what the old type accepted"
    ),
    rule!("request-type-widened", Some(Compatible), Deny, "More is read than before", ""),
    rule!(
        "request-format-added",
        Some(Breaking),
        Deny,
        "Text that is read must have a format now",
        "keep `String` and parse it in the handler"
    ),
    rule!("request-format-removed", Some(Compatible), Deny, "Text that is read needs no format any more", ""),
    rule!("request-format-changed", Some(Breaking), Deny, "Text that is read must have another format", "read both"),
    rule!(
        "request-tuple-length-changed",
        Some(Breaking),
        Deny,
        "An array that is read has another length",
        "new last elements of a tuple struct may carry `#[serde(default)]`; put an array of another length under another name"
    ),
    rule!(
        "request-tuple-extended",
        Some(Compatible),
        Deny,
        "An array that is read may have more elements at its end",
        ""
    ),
    rule!(
        "request-opaque-changed",
        Some(Breaking),
        Warn,
        "Code that reads a value, and that the tool cannot judge, changed",
        "check that it accepts what it accepted; state the type in the mark or in `[package.metadata.verpolicy.types]`"
    ),
    rule!(
        "request-became-opaque",
        Some(Breaking),
        Deny,
        "What is read can no longer be known",
        "state the type: `request = T` in the mark, or a row in `[package.metadata.verpolicy.types]`; or accept it with a reason"
    ),
    rule!(
        "response-number-widened",
        Some(Breaking),
        Deny,
        "A number is written over a larger or other range",
        "keep the old type, or write the larger number under another name"
    ),
    rule!("response-number-narrowed", Some(Compatible), Deny, "A number is written over a smaller range", ""),
    rule!(
        "response-type-changed",
        Some(Breaking),
        Deny,
        "What is written is of another type",
        "write the new type under another name"
    ),
    rule!("response-type-narrowed", Some(Compatible), Deny, "Less is written than before", ""),
    rule!(
        "response-type-widened",
        Some(Breaking),
        Deny,
        "More may be written than before",
        "keep to what the old type could hold"
    ),
    rule!("response-format-added", Some(Compatible), Deny, "Text that is written has a format now", ""),
    rule!(
        "response-format-removed",
        Some(Breaking),
        Deny,
        "Text that is written has no format any more",
        "keep the format"
    ),
    rule!(
        "response-format-changed",
        Some(Breaking),
        Deny,
        "Text that is written has another format",
        "write the new format under another name"
    ),
    rule!(
        "response-tuple-length-changed",
        Some(Breaking),
        Deny,
        "An array that is written has another length",
        "write the new elements under another name"
    ),
    rule!(
        "response-opaque-changed",
        Some(Breaking),
        Warn,
        "Code that writes a value, and that the tool cannot judge, changed",
        "check that it writes what it wrote; state the type in the mark (`responses(..)`) or in `[package.metadata.verpolicy.types]`"
    ),
    rule!(
        "response-became-opaque",
        Some(Breaking),
        Deny,
        "What is written can no longer be known",
        "state the type: `responses(200 = T)` in the mark, or a row in `[package.metadata.verpolicy.types]`; or accept it with a reason"
    ),
    rule!(
        "wire-feature-changed",
        Some(Breaking),
        Warn,
        "A feature of a dependency that changes the wire was turned on or off",
        "turn it back, or check the types that it touches"
    ),
];
