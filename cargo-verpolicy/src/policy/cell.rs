//! The table of effects by bump: which column a change falls in, and what the cell of a bump says.

use super::Effect;
use super::definition::{Bump, Policy};
use super::file::RetireAfter;
use super::version::{Declared, Version};
use crate::diff::ChangeKind;
use crate::model::Kind;
use serde::Deserialize;

/// A column of the table. The most specific decides: those of configuration and behaviour before the effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// Something new.
    Addition,
    /// An existing endpoint changed and nobody is hurt.
    Compatible,
    /// Something is going to go.
    Deprecation,
    /// Somebody is hurt.
    Breaking,
    /// `behavior` was raised.
    Behavior,
    /// A change of configuration that an operator must act on.
    ConfigRequired,
    /// A change of configuration that an operator may ignore.
    ConfigOptional,
}

impl Column {
    /// The word used in policy files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Addition => "addition",
            Self::Compatible => "compatible",
            Self::Deprecation => "deprecation",
            Self::Breaking => "breaking",
            Self::Behavior => "behavior",
            Self::ConfigRequired => "config-required",
            Self::ConfigOptional => "config-optional",
        }
    }
}

/// What the table needs to know of one change.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// What happened; `None` for what is no change of an endpoint (`package-removed`).
    pub kind: Option<ChangeKind>,
    /// What it means to users.
    pub effect: Effect,
    /// The kind of the endpoint that meets it.
    pub endpoint: Kind,
    /// The endpoint is an edition that the baseline promised as stable.
    pub edition: bool,
    /// No API release contains what changed.
    pub unreleased: bool,
    /// It was deprecated as long ago as the policy asks.
    pub ripe: bool,
}

impl Question {
    /// Its column; `None` for what is never refused.
    #[must_use]
    pub fn column(&self) -> Option<Column> {
        let stability = matches!(self.kind, Some(ChangeKind::EndpointDestabilized | ChangeKind::EndpointStabilized));
        if self.edition && stability {
            return Some(Column::Addition);
        }
        match (self.kind, self.endpoint, self.effect) {
            (_, _, Effect::None) => None,
            (Some(ChangeKind::EndpointBehaviorChanged), _, _) => Some(Column::Behavior),
            (_, Kind::Config, Effect::Breaking) => Some(Column::ConfigRequired),
            (_, Kind::Config, Effect::Addition | Effect::Compatible) => Some(Column::ConfigOptional),
            (_, _, Effect::Breaking) => Some(Column::Breaking),
            (_, _, Effect::Addition) => Some(Column::Addition),
            (_, _, Effect::Compatible) => Some(Column::Compatible),
            (_, _, Effect::Deprecation) => Some(Column::Deprecation),
        }
    }
}

impl Policy {
    /// What the cell of a bump says to a change.
    #[must_use]
    pub fn allows(&self, bump: usize, question: &Question) -> bool {
        let Some(row) = self.bumps.get(bump) else { return false };
        let Some(column) = question.column() else { return true };
        if row.allows.contains(&column) {
            return column != Column::Compatible || !row.frozen.contains(&question.endpoint);
        }
        self.retires(row, question) || (question.unreleased && row.unreleased.contains(&column))
    }

    /// The removal of what the baseline deprecated.
    fn retires(&self, row: &Bump, question: &Question) -> bool {
        self.retire == RetireAfter::AfterDeprecation
            && question.ripe
            && row.allows.contains(&Column::Deprecation)
            && question.kind == Some(ChangeKind::DeprecatedEndpointRemoved)
    }

    /// Does the policy refuse anything at a release with this version?
    #[must_use]
    pub fn holds_at(&self, version: &Version) -> bool {
        let Some(from) = &self.holds_from else { return true };
        self.scheme.compare(&self.scheme.leads_to(version), from).is_ge()
    }

    /// What a pair of versions' bump says to a change.
    #[must_use]
    pub fn allows_declared(&self, declared: Declared, question: &Question) -> bool {
        match declared {
            Declared::Prerelease => true,
            Declared::Bump(bump) => self.allows(bump, question),
            Declared::Nothing | Declared::Behind => question.column().is_none(),
        }
    }
}
