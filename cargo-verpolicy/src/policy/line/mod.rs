//! A product line, or a plain workspace: which members are released together, and at which version. Values in; a
//! [`Plan`] or [`Audit`](super::Audit)s out.

mod judge;
mod next;
mod order;
mod plan;
#[cfg(test)]
mod tests;
mod trailer;
mod version;
mod want;

pub use judge::line_audits;
pub use next::next_versions;
pub use plan::{Plan, PlanError, Planned, plan};
pub use trailer::trailers;

use super::Policy;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The members that are planned and judged together.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Its name; `None` for a plain workspace.
    pub name: Option<&'a str>,
    /// All members carry one version, whatever the policy says.
    pub global: bool,
    /// By name.
    pub members: &'a [Member<'a>],
    /// `--date`, or today in UTC.
    pub date: Date,
}

/// One member, its releases and what changed in it.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// Package name.
    pub name: &'a str,
    /// The policy that reads its versions.
    pub policy: &'a Policy,
    /// What it is in the line.
    pub role: Role,
    /// Members that it ships inside.
    pub bundles: Vec<&'a str>,
    /// Members whose API it speaks.
    pub client_of: Vec<Spoken<'a>>,
    /// Members that it depends on.
    pub depends: Vec<Needs<'a>>,
    /// Where its version is written; members with one place share the version. `None` where tags say it.
    pub place: Option<&'a str>,
    /// The version of its last release; `None` where it was never released.
    pub released: Option<&'a str>,
    /// The version that its manifest says.
    pub current: Option<&'a str>,
    /// What changed since the last release.
    pub moved: Moved,
    /// Its releases at hand, by version; asked only where versions hold days.
    pub earlier: &'a [String],
    /// It is left out of what is released now.
    pub held: bool,
}

/// What a member is in its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Nothing in particular.
    #[default]
    Plain,
    /// `api`
    Api,
    /// One of `implementations`.
    Implementation,
}

/// One of `client-of`.
#[derive(Clone, Debug)]
pub struct Spoken<'a> {
    /// The member whose API it is.
    pub package: &'a str,
    /// The sections that are spoken; empty for all.
    pub sections: Vec<&'a str>,
}

/// A dependency on another member.
#[derive(Clone, Debug)]
pub struct Needs<'a> {
    /// The other member.
    pub package: &'a str,
    /// The version requirement as written; `None` for a path alone.
    pub requirement: Option<&'a str>,
    /// What depends is a program: it holds the other's code.
    pub linked: bool,
}

/// What changed in a member since its last release.
#[derive(Clone, Debug, Default)]
pub struct Moved {
    /// How many of its files.
    pub files: usize,
    /// Dependencies of a program that `Cargo.lock` moved, one text each.
    pub locked: Vec<String>,
    /// The bump that its endpoints need.
    pub required: Needed,
    /// Sections of the endpoints that changed, `None` for those without one.
    pub spoken: BTreeSet<Option<String>>,
    /// What people say of it.
    pub said: Vec<Said>,
    /// The bump that the configuration plans.
    pub planned: Option<String>,
}

/// The bump that endpoints need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Needed {
    /// None.
    #[default]
    Nothing,
    /// The bump of this name.
    Bump(String),
    /// No bump allows what changed: it is cured in the source.
    Source,
}

/// What a commit trailer or `--changed` says of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// It is something new, not a fix.
    pub feature: bool,
    /// It concerns the API, though the endpoint sets do not show it.
    pub api: bool,
    /// Who says so: `--changed`, ``commit 1a2b3c4 (`Change: feature`)``.
    pub by: String,
}

impl Said {
    /// Reads `fix`, `feature`, `api-fix`, `api-feature`.
    ///
    /// # Errors
    /// It is none of them.
    pub fn read(text: &str, by: String) -> Result<Self, String> {
        let (feature, api) = match text {
            "fix" => (false, false),
            "feature" => (true, false),
            "api-fix" => (false, true),
            "api-feature" => (true, true),
            _ => return Err(format!("`{text}` is none of fix, feature, api-fix and api-feature")),
        };
        Ok(Self { feature, api, by })
    }
}

impl Moved {
    /// Anything at all.
    fn any(&self) -> bool {
        self.files > 0 || !self.locked.is_empty() || self.required != Needed::Nothing || !self.said.is_empty()
    }

    /// Did the API change in what a client of these sections speaks?
    fn reaches(&self, sections: &[&str]) -> bool {
        let spoken = |section: &Option<String>| {
            sections.is_empty() || section.as_deref().is_some_and(|section| sections.contains(&section))
        };
        self.spoken.iter().any(spoken) || self.said.iter().any(|said| said.api)
    }
}
