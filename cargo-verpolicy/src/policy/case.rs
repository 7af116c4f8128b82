//! What [`judge`](super::judge::judge) is given: one package's two sides and everything that was decided about them
//! before.

use super::Policy;
use super::acceptance::Acceptance;
use super::audit::Audit;
use super::effects::{Clients, Effects};
use super::level::Levels;
use crate::diff::{self, Diff};
use crate::model::{Endpoint, EndpointSet, Kind};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// One package to be judged. Versions are texts as written; the policy reads them.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// Package name.
    pub package: &'a str,
    /// The policy that the current side chose.
    pub policy: &'a Policy,
    /// The policy that the baseline's tree had chosen, where it is another one: the stricter of both holds.
    pub baseline_policy: Option<&'a Policy>,
    /// What it is compared with.
    pub against: Against<'a>,
    /// The side under judgement. Under `check --release V` its version is V.
    pub current: Given<'a>,
    /// What changed between the two, compared under `options`.
    pub diff: &'a Diff,
    /// What `diff` was compared under: tells which unmarked endpoints count.
    pub options: &'a diff::Options,
    /// Which command asks.
    pub mode: Mode,
    /// The bump that `--bump` or `next` in the configuration plans; counts only while the versions are equal.
    pub plan: Option<&'a str>,
    /// The plan comes from the configuration and stood in the baseline's tree too: it is spent.
    pub plan_stood: bool,
    /// Levels, assumptions and acceptances, merged already.
    pub settings: &'a Settings,
    /// Endpoint sets of releases that marks may name, by version as written; the baseline need not be among them.
    pub releases: &'a BTreeMap<String, EndpointSet>,
    /// The days of those releases, of the baseline and of the side under judgement, by version as the policy writes it,
    /// where a tag's commit tells them. Asked only where the version itself names no day.
    pub dates: &'a BTreeMap<String, Date>,
    /// The releases of the package at hand that came before, by version; asked only where versions hold days.
    pub earlier: &'a [String],
    /// For policies that release the API apart from its implementations: the last API release against the current
    /// side. `None` where the baseline is that release, or it is not at hand.
    pub since_api_release: Option<(&'a EndpointSet, &'a Diff)>,
    /// Audits made by others: `tag-ignored`, `package-removed`, ….
    pub audits: &'a [Audit],
    /// Check every mark, not only those new or changed since the baseline (`history`; `--release` does by itself).
    pub every_mark: bool,
    /// `--date`, or today in UTC.
    pub date: Date,
}

/// What a package is compared with.
#[derive(Clone, Copy, Debug)]
pub enum Against<'a> {
    /// A release, or for `diff` any other side.
    Side(Given<'a>),
    /// Nothing was ever released, and the configured first release holds.
    FirstRelease {
        /// `first-release` as written.
        version: &'a str,
    },
    /// Nothing was found.
    Nothing {
        /// Why, and what to do.
        why: &'a str,
    },
}

/// One side.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The version as written; `None` where the origin has none.
    pub version: Option<&'a str>,
    /// `git:v1.2.0`, `work tree`.
    pub origin: &'a str,
    /// Its endpoints.
    pub set: &'a EndpointSet,
}

/// The versions of one package, as texts, and who asks.
#[derive(Clone, Copy, Debug)]
pub struct Versions<'a> {
    /// The policy that the current side chose.
    pub policy: &'a Policy,
    /// The policy that the baseline's tree had chosen, where it is another one.
    pub baseline_policy: Option<&'a Policy>,
    /// The baseline's version.
    pub baseline: Option<&'a str>,
    /// The version under judgement.
    pub current: Option<&'a str>,
    /// The bump that is planned; counts only while the versions are equal.
    pub plan: Option<&'a str>,
    /// Which command asks.
    pub mode: Mode,
    /// `--date`, or today in UTC.
    pub date: Date,
}

/// Which command asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `check`: equal versions are pending.
    Check,
    /// `check --release`: pending and a leftover `next` fail; every mark is checked.
    Release,
    /// `diff`: informs; no verdict where a side has no version.
    Diff,
}

/// What was configured and given, the stricter of both sides already taken.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Levels apart from the table's.
    pub levels: Levels,
    /// `[clients]`
    pub clients: Clients,
    /// `[effects]`
    pub effects: Effects,
    /// `[[accept]]`
    pub acceptances: Vec<Acceptance>,
    /// What ours would loosen against the baseline's, one sentence each: findings `policy-changed`.
    pub loosened: Vec<String>,
    /// `unversioned`: globs of paths that carry no version segment.
    pub unversioned: Vec<String>,
    /// What decides what is compared.
    pub sight: Sight,
}

/// What a configuration says of what is compared: with what, which endpoints, and what is read in place of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// `implicit`: kinds that count without a mark.
    pub implicit: BTreeSet<Kind>,
    /// `baseline`
    pub baseline: Option<String>,
    /// The rows of `macros`, `types` and `extractors`, by table and key.
    pub rows: BTreeMap<(&'static str, String), String>,
    /// `version`: the line that marks speak of, where it is not the package's own.
    pub line: Option<String>,
    /// `dependencies = "in-tree"`: what cargo keeps on this machine is not read.
    pub only_in_tree: bool,
}

impl Case<'_> {
    /// Does this endpoint count as a promise here?
    #[must_use]
    pub fn counts(&self, endpoint: &Endpoint) -> bool {
        endpoint.marked
            || (self.options.implicit_routes && endpoint.kind() == Kind::Http)
            || (self.options.implicit_public && endpoint.kind() == Kind::Item)
    }
}
