//! What a meaning asks of the version: rules, version schemes, levels, and the judgement of a [`Diff`](crate::diff::Diff)
//! under a policy.

mod acceptance;
mod audit;
#[cfg(test)]
mod audit_tests;
pub mod baseline;
mod builtin;
mod bump;
mod case;
mod cell;
mod changelog;
mod definition;
mod effects;
mod file;
mod glob;
mod gone;
mod history;
mod judge;
mod level;
mod line;
mod message;
mod pull_request;
mod reading;
#[cfg(test)]
mod reading_tests;
pub mod rules;
mod schedule;
mod sentences;
mod since;
mod stricter;
mod supports;
pub mod tag;
#[cfg(test)]
mod tests;
mod unstable;
pub mod version;
mod window;

pub use acceptance::Acceptance;
pub use audit::{Audit, dates, rule_of_blind_spot};
pub use builtin::{BuiltIn, POLICIES, built_in};
pub use case::{Against, Case, Given, Mode, Settings, Sight, Versions};
pub use cell::{Column, Question};
pub use changelog::{Changes, Entry, Group, Section, changelog};
pub use definition::{Bump, Policy, PolicyError};
pub use file::NumberKind;
pub use glob::matches as glob_matches;
pub use history::{Appearance, Event, EventKind, History, PackageHistory, Release, Timeline, first_release, timelines};
pub use judge::{JudgeError, add_audits, fingerprint, judge, preparation, report, set_next};
pub use level::{Levels, UnknownRule};
pub use line::{
    Line, Member, Moved, Needed, Needs, Plan, PlanError, Planned, Role, Said, Spoken, line_audits, next_versions, plan,
    trailers,
};
pub use pull_request::{PullRequest, pull_request};
pub use reading::{ApiReading, Comparison, Compatibility, Component, Reading};
pub use schedule::{Announcement, Schedule, schedule_audits};
pub use since::{Services, named_releases, promised};
pub use supports::{Lack, Support, Supported, promises, support, supported};
pub use window::deprecating_releases;

pub use effects::{Clients, Effects, effect_of};
pub use message::{help, message};

use crate::model::{BlindSpot, Place};
use std::collections::BTreeSet;

/// What a change means to users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Nothing; not reported.
    None,
    /// An existing endpoint changed and nobody is hurt.
    Compatible,
    /// Something is going to go.
    Deprecation,
    /// Something new.
    Addition,
    /// Somebody is hurt.
    Breaking,
}

/// How loud a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Silent.
    Allow,
    /// Shown.
    Warn,
    /// Fails.
    Deny,
}

/// Where a finding can be cured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cure {
    /// A larger bump does.
    Bump,
    /// Only a change of the source does.
    Source,
}

/// One row of the RULES table.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Kebab-case, stable: `request-field-removed`.
    pub id: &'static str,
    /// Effect of a change; `None` for audits.
    pub effect: Option<Effect>,
    /// Default level.
    pub level: Level,
    /// One line: what happened.
    pub summary: &'static str,
    /// One line: what to do instead.
    pub remedy: &'static str,
    /// The page `docs/rules/<id>.md`.
    pub docs: &'static str,
}

/// A change or audit under its rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Rule id.
    pub rule: &'static str,
    /// After configuration and flags.
    pub level: Level,
    /// Of a change, after `clients` and `effects`; `None` for audits.
    pub effect: Option<Effect>,
    /// The policy's cell says no at the declared bump (or the audit is at deny).
    pub refused: bool,
    /// By a bump, or only in the source.
    pub cure: Cure,
    /// Printed id of the first endpoint that meets it; the package's name for audits of the package.
    pub endpoint: String,
    /// One sentence.
    pub message: String,
    /// The `cfg` of the builds in which a change is seen, default features aside; `None` where they see it.
    pub condition: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Place on the old side.
    pub old: Option<Place>,
    /// Place on the new side.
    pub new: Option<Place>,
    /// All endpoints that meet it.
    pub reaches: Vec<String>,
    /// Hash of rule, least endpoint id and wire path; never Rust names, lines or messages. 16 hex digits.
    pub fingerprint: String,
    /// The sentence of the policy that decided, for `--explain-verdict`.
    pub because: Option<String>,
}

/// The verdict on a package or run, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing to compare with.
    NoBaseline,
    /// Something that could decide was not seen.
    Incomplete,
    /// The policy is violated.
    Fail,
    /// A bump is still to be made.
    Pending,
    /// It holds.
    Pass,
}

/// One side of a package's judgement.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The version as written; `None` where the origin has none.
    pub version: Option<String>,
    /// `git:v1.2.0`, `work tree`.
    pub origin: String,
    /// How many endpoints count there.
    pub endpoints: usize,
    /// How many of them carry a mark.
    pub marked: usize,
}

/// The judgement of one package.
#[derive(Clone, Debug)]
pub struct PackageReport {
    /// Package name.
    pub name: String,
    /// Its verdict; `None` where it was only listed (no promises) or `diff` has no versions.
    pub verdict: Option<Verdict>,
    /// The old side.
    pub baseline: Option<Side>,
    /// The new side.
    pub current: Side,
    /// The declared bump by the policy's name for it; `None` while pending.
    pub declared: Option<String>,
    /// The bump that the findings at deny need; `Some("none")` when nothing is needed; `None` when no bump cures.
    pub required: Option<String>,
    /// The smallest version that would do.
    pub next: Option<String>,
    /// `check --pr`: what the pull request needs by itself; `None` where there is nothing to compare with.
    pub pull_request: Option<PullRequest>,
    /// Findings, worst first.
    pub findings: Vec<Finding>,
    /// Blind spots with their side: `true` is the old one.
    pub blind_spots: Vec<(bool, BlindSpot)>,
    /// Opaque parts on the current side.
    pub opaque: usize,
    /// Sections of the endpoints that changed, `None` for those without one.
    pub touched: BTreeSet<Option<String>>,
    /// Unmarked routes and items seen and not counted, on the current side.
    pub unmarked: usize,
    /// Sentences for people: why this baseline, bump larger than needed, listed and not judged.
    pub notes: Vec<String>,
    /// Acceptances of the workspace that silenced nothing here, as audits: they may be meant for another package.
    pub idle: Vec<Audit>,
    /// The sentence that decided the verdict, for `--explain-verdict`; `None` where nothing was judged.
    pub because: Option<String>,
}

/// The judgement of a run.
#[derive(Clone, Debug)]
pub struct Report {
    /// The policy's name.
    pub policy: String,
    /// The worst of all; `None` for `diff` without versions.
    pub verdict: Option<Verdict>,
    /// By package name.
    pub packages: Vec<PackageReport>,
}
