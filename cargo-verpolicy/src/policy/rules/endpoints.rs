//! Endpoints: their being there, their lifetime, their path, who may call.

use super::rule;
use crate::policy::Rule;

/// The rows.
pub(super) const ROWS: &[Rule] = &[
    rule!("endpoint-added", Some(Addition), Deny, "An endpoint is new", ""),
    rule!(
        "endpoint-removed",
        Some(Breaking),
        Deny,
        "An endpoint is gone",
        "keep serving it and mark it `deprecated`; remove it in a later release"
    ),
    rule!(
        "deprecated-endpoint-removed",
        Some(Breaking),
        Deny,
        "An endpoint is gone that the baseline had deprecated",
        "release it under a version that may drop deprecated endpoints"
    ),
    rule!(
        "endpoint-unpublished",
        Some(Breaking),
        Deny,
        "An endpoint is still served but no longer promised",
        "put the mark (or its place in the published document) back, or deprecate it first"
    ),
    rule!("endpoint-published", Some(Addition), Deny, "A served endpoint came back into the published document", ""),
    rule!("mark-added", Some(None), Deny, "An endpoint that was served before got its first mark", ""),
    rule!(
        "endpoint-destabilized",
        Some(Breaking),
        Deny,
        "A stable endpoint became unstable",
        "keep it stable, and offer the unstable form beside it"
    ),
    rule!("endpoint-stabilized", Some(Addition), Deny, "An unstable endpoint became stable", ""),
    rule!(
        "endpoint-deprecated",
        Some(Deprecation),
        Deny,
        "An endpoint is deprecated, or its removal is announced",
        "name what replaces it: `deprecated(since = \"…\", replaced_by = \"…\")`"
    ),
    rule!("endpoint-undeprecated", Some(Compatible), Deny, "A deprecation was lifted", ""),
    rule!(
        "endpoint-removal-advanced",
        Some(Breaking),
        Deny,
        "An announced removal was moved nearer",
        "keep the announced version, or announce a later one"
    ),
    rule!(
        "endpoint-behavior-changed",
        Some(Breaking),
        Deny,
        "`behavior` was changed: the same shape means something else",
        "serve the new meaning under another path, or keep the old number"
    ),
    rule!(
        "endpoint-kind-changed",
        Some(Breaking),
        Deny,
        "A promise became one of another kind",
        "keep the promise of the old kind beside the new one"
    ),
    rule!(
        "endpoint-condition-changed",
        Some(Breaking),
        Deny,
        "An endpoint moved behind a condition, or another one",
        "serve it under the old condition too"
    ),
    rule!(
        "endpoint-condition-doubtful",
        Some(Breaking),
        Warn,
        "An endpoint is there in fewer builds, of which nobody may have made one",
        "serve it under the old condition too, or say in the release notes which builds lose it"
    ),
    rule!(
        "endpoint-condition-relaxed",
        Some(Compatible),
        Deny,
        "An endpoint is there under fewer conditions than before",
        ""
    ),
    rule!(
        "endpoint-operation-id-changed",
        Some(Breaking),
        Allow,
        "The operation id in the published document changed",
        "keep the old id: `operation_id = \"…\"`"
    ),
    rule!(
        "endpoint-path-generalized",
        Some(Compatible),
        Deny,
        "A literal path segment became a parameter that still admits it",
        ""
    ),
    rule!("path-widened", Some(Compatible), Deny, "A path parameter matches more than before", ""),
    rule!(
        "path-narrowed",
        Some(Breaking),
        Deny,
        "A path parameter matches less than before",
        "keep the wider path and refuse what you do not want with 404"
    ),
    rule!(
        "path-pattern-changed",
        Some(Breaking),
        Warn,
        "The regular expression of a path parameter changed",
        "check that the new pattern admits whatever the old one did"
    ),
    rule!(
        "endpoint-shadowed",
        Some(Breaking),
        Warn,
        "A new literal path catches requests that a template served",
        "check what the template answered there; choose another literal if somebody may use it"
    ),
    rule!(
        "endpoint-auth-required",
        Some(Breaking),
        Deny,
        "An endpoint newly wants credentials",
        "accept calls without credentials until the next breaking release"
    ),
    rule!(
        "endpoint-auth-relaxed",
        Some(Compatible),
        Deny,
        "Credentials are no longer needed, or more kinds are accepted",
        ""
    ),
    rule!(
        "endpoint-auth-changed",
        Some(Breaking),
        Deny,
        "The credentials that an endpoint wants changed",
        "accept the old scheme and scopes beside the new ones"
    ),
    rule!(
        "endpoint-auth-unknown",
        Some(Breaking),
        Warn,
        "The credentials of an endpoint are told in another way; whether it wants others is not known",
        "check that it still takes the credentials that it took"
    ),
    rule!(
        "endpoint-extractor-added",
        Some(Breaking),
        Warn,
        "An extractor that the tool cannot look into was added; it may refuse what was served",
        "say in `[package.metadata.verpolicy.extractors]` what it reads, or `ignore`"
    ),
    rule!(
        "endpoint-layer-changed",
        Some(Breaking),
        Warn,
        "A layer around an endpoint came, went or does something else; it may refuse or alter what was served",
        "check that it lets through what was served, and leaves the answers as they were"
    ),
    rule!(
        "endpoint-mount-unknown",
        Some(Breaking),
        Warn,
        "A server took the endpoint up, and none that could be read does now",
        "mount it where it was, or check that what mounts it now still serves it"
    ),
    rule!(
        "unread-changed",
        Some(Breaking),
        Warn,
        "Text that is not read, and may hold endpoints, changed",
        "make it readable: mend the file, or say in `[package.metadata.verpolicy.macros]` what the macro holds"
    ),
    rule!(
        "item-signature-changed",
        Some(Breaking),
        Deny,
        "The signature of a public Rust item changed",
        "keep the old item beside the new one and deprecate it"
    ),
];
