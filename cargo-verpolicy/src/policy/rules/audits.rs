//! Changes that need more than two endpoint sets, and audits.

use super::rule;
use crate::policy::Rule;

/// The rows.
pub(super) const ROWS: &[Rule] = &[
    rule!(
        "package-removed",
        Some(Breaking),
        Deny,
        "A package of the baseline is gone",
        "keep it, or name the package that took its place in `previous-names`"
    ),
    rule!(
        "since-untrue",
        None,
        Deny,
        "A mark's `since` is not the release in which the endpoint appeared",
        "write the release that first served it, or `since = \"next\"`"
    ),
    rule!(
        "since-unresolved",
        None,
        Deny,
        "A `since = \"next\"` is left in a release",
        "run `cargo verpolicy next --write`"
    ),
    rule!(
        "since-unverified",
        None,
        Allow,
        "The release that a `since` names is not at hand",
        "fetch the tags of the repository"
    ),
    rule!(
        "removed-still-served",
        None,
        Warn,
        "An endpoint is still served past the version that its mark says removed it",
        "remove it, or announce a later version"
    ),
    rule!("undocumented-endpoint", None, Allow, "An endpoint has no doc comment", "write one: `/// …`"),
    rule!(
        "unmarked-endpoint",
        None,
        Allow,
        "A route or public item is served and not promised",
        "mark it with the release in which it appeared; `cargo verpolicy init --mark` writes the marks of routes"
    ),
    rule!(
        "frozen-edition-changed",
        None,
        Deny,
        "A stable edition changed",
        "leave it as it is, and add a new edition beside it"
    ),
    rule!(
        "published-differs",
        None,
        Allow,
        "The published document says something else than what is served",
        "correct the document's attribute"
    ),
    rule!(
        "route-differs",
        None,
        Warn,
        "A mark states another route than the one that is served",
        "state the route that is served, or leave it out of the mark"
    ),
    rule!("unreached-handler", None, Warn, "A marked handler is reached by no router", "mount it, or remove its mark"),
    rule!("blind-spot", None, Allow, "Something could not be seen", "see its detail for the line to add"),
    rule!(
        "incomplete",
        None,
        Deny,
        "Something that could decide the verdict could not be seen",
        "mend what the blind spot names, or say in `[package.metadata.verpolicy.macros]` how to read it"
    ),
    rule!(
        "tag-ignored",
        None,
        Warn,
        "A higher tag was passed over as a release",
        "state `tag-format`, or list it in `ignore-releases`"
    ),
    rule!(
        "version-behind",
        None,
        Deny,
        "The version is below a release that is already in its history",
        "raise the version"
    ),
    rule!(
        "stale-plan",
        None,
        Warn,
        "The configured next bump was already there in the baseline",
        "remove `next` from the configuration, or plan anew"
    ),
    rule!(
        "policy-changed",
        None,
        Warn,
        "The policy, a level or an effect was loosened since the baseline",
        "the stricter one holds until the next release"
    ),
    rule!("acceptance-new", None, Warn, "A finding is accepted that the baseline did not accept", ""),
    rule!("acceptance-unused", None, Warn, "An acceptance matches no finding", "remove it"),
    rule!(
        "path-version-missing",
        None,
        Deny,
        "The path of a stable endpoint carries no version of its own",
        "add a segment such as `/v3/`, or list the path in `unversioned`"
    ),
    rule!(
        "unstable-prefix-wrong",
        None,
        Deny,
        "The path of an endpoint does not say whether it is unstable",
        "serve unstable endpoints under `/unstable/<feature>/`, and stable ones outside"
    ),
    rule!(
        "version-date",
        None,
        Deny,
        "A date in the version went back, is taken, or lies in the future",
        "use the day of the release"
    ),
    rule!(
        "product-version-differs",
        None,
        Deny,
        "A member of a product line has another version than the line asks for",
        "give it the version of the others: `cargo verpolicy plan` says which"
    ),
    rule!(
        "product-version-ahead",
        None,
        Deny,
        "A member of a product line went ahead alone",
        "let it move its own number, or move the whole line: `cargo verpolicy plan` says which"
    ),
    rule!(
        "client-not-released",
        None,
        Deny,
        "The API that a client speaks changed, and the client is not released with it",
        "release the client at the same version: `cargo verpolicy plan` says which"
    ),
    rule!(
        "bundle-not-released",
        None,
        Deny,
        "What a member ships is released, and the member is not released with it",
        "release it at the same version: `cargo verpolicy plan` says which"
    ),
    rule!(
        "release-notice-short",
        None,
        Warn,
        "A release was not announced as long ahead as the policy expects",
        "announce the cutoff earlier, or say why it could not wait"
    ),
    rule!(
        "release-overdue",
        None,
        Warn,
        "There was no release for longer than the policy expects",
        "plan one: `[[workspace.metadata.verpolicy.release-plan]]`"
    ),
];
