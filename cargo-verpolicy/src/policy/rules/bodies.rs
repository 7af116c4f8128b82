//! Bodies and answers as a whole.

use super::rule;
use crate::policy::Rule;

/// The rows.
pub(super) const ROWS: &[Rule] = &[
    rule!("request-body-required", Some(Breaking), Deny, "A request body must be sent now", "make the body optional"),
    rule!("request-body-optional", Some(Compatible), Deny, "The request body is optional now", ""),
    rule!("request-body-removed", Some(Breaking), Deny, "The request body is no longer read", "keep reading it"),
    rule!("request-body-added", Some(Compatible), Deny, "An optional request body is new", ""),
    rule!("request-content-type-added", Some(Compatible), Deny, "A request body is read in one more format", ""),
    rule!(
        "request-content-type-removed",
        Some(Breaking),
        Deny,
        "A request body is no longer read in one of its formats",
        "keep reading the old content type"
    ),
    rule!("response-body-added", Some(Compatible), Deny, "An answer has a body now", ""),
    rule!("response-body-removed", Some(Breaking), Deny, "An answer has no body any more", "keep the body"),
    rule!("response-content-type-added", Some(Compatible), Deny, "An answer may come in one more format", ""),
    rule!(
        "response-content-type-removed",
        Some(Breaking),
        Deny,
        "An answer no longer comes in one of its formats",
        "keep offering the old content type"
    ),
    rule!(
        "response-success-status-changed",
        Some(Breaking),
        Deny,
        "The success status changed",
        "answer with the old status"
    ),
    rule!(
        "response-success-status-removed",
        Some(Breaking),
        Deny,
        "A success status is no longer answered",
        "keep answering it"
    ),
    rule!(
        "response-success-status-added",
        Some(Compatible),
        Deny,
        "A success status is new, with a body that was promised for success already",
        ""
    ),
    rule!(
        "response-success-body-added",
        Some(Breaking),
        Deny,
        "A success status is new, with an answer that no success status had",
        "answer with a body of the old shape"
    ),
    rule!("response-error-status-added", Some(Compatible), Deny, "An error status is new", ""),
    rule!("response-error-status-removed", Some(Compatible), Deny, "An error status is no longer answered", ""),
    rule!(
        "response-error-status-changed",
        Some(Breaking),
        Deny,
        "The status of an error changed",
        "answer with the old status"
    ),
    rule!("response-header-added", Some(Compatible), Deny, "A response header is new", ""),
    rule!("response-header-removed", Some(Breaking), Deny, "A response header is gone", "keep sending it"),
    rule!(
        "response-header-optional",
        Some(Breaking),
        Deny,
        "A response header is no longer always there",
        "keep sending it always"
    ),
    rule!("response-header-guaranteed", Some(Compatible), Deny, "A response header is always there now", ""),
    rule!(
        "response-header-type-changed",
        Some(Breaking),
        Deny,
        "The type of a response header changed",
        "send the old type; put the new one under another name"
    ),
    rule!("response-header-type-narrowed", Some(Compatible), Deny, "A response header may hold less than before", ""),
    rule!(
        "response-header-type-widened",
        Some(Breaking),
        Deny,
        "A response header may hold more than before",
        "keep to what the old type could hold"
    ),
];
