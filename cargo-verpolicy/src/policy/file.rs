//! The format of a policy file, as it is written: tables and keys, unknown ones refused with their place. What they
//! mean together is checked by [`super::Policy::read`].

use super::Level;
use super::cell::Column;
use crate::model::Kind;
use serde::Deserialize;
use serde_spanned::Spanned;
use std::collections::BTreeMap;

/// A whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PolicyFile {
    pub(super) id: Spanned<String>,
    pub(super) summary: String,
    pub(super) version: VersionTable,
    pub(super) bump: Spanned<Vec<BumpTable>>,
    #[serde(default)]
    pub(super) documented: Option<DocumentedTable>,
    #[serde(default)]
    pub(super) retire: RetireAfter,
    #[serde(default)]
    pub(super) editions: Option<EditionsTable>,
    #[serde(default)]
    pub(super) paths: Option<PathsTable>,
    #[serde(default)]
    pub(super) api: Option<Spanned<ApiTable>>,
    #[serde(default)]
    pub(super) compat: Option<CompatTable>,
    #[serde(default)]
    pub(super) product: Option<ProductTable>,
    #[serde(default)]
    pub(super) unstable: Vec<UnstableTable>,
    #[serde(default)]
    pub(super) release_plan: Option<ReleasePlanTable>,
    #[serde(default)]
    pub(super) deprecation: Option<DeprecationTable>,
    #[serde(default)]
    pub(super) changelog: Option<ChangelogTable>,
    #[serde(default)]
    pub(super) levels: BTreeMap<Spanned<String>, LevelWord>,
}

/// `[version]`: how a version is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct VersionTable {
    pub(super) written: String,
    pub(super) prefix: Option<Spanned<String>>,
    pub(super) required: Option<Spanned<usize>>,
    #[serde(default)]
    pub(super) leading_zeros: LeadingZeros,
    #[serde(default)]
    pub(super) metadata: bool,
    #[serde(default)]
    pub(super) qualified: bool,
    pub(super) holds_from: Option<Spanned<String>>,
    pub(super) number: Spanned<Vec<NumberTable>>,
    #[serde(default)]
    pub(super) label: Vec<Spanned<LabelTable>>,
}

/// What a leading zero means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LeadingZeros {
    /// Nothing: 0 is a number as any other.
    #[default]
    Plain,
    /// Cargo's reading: the first number other than 0 is the major.
    Shift,
}

/// `[[version.number]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NumberTable {
    pub(super) name: Spanned<String>,
    #[serde(default)]
    pub(super) kind: NumberKind,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberKind {
    /// Steps of one.
    #[default]
    Integer,
    /// A day, `YYYYMMDD`.
    Date,
    /// A year, `YYYY`.
    Year,
    /// A month, `MM`; `M` in Cargo's spelling.
    Month,
    /// A day of the month, `DD`; `D` in Cargo's spelling.
    Day,
}

/// `[[version.label]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct LabelTable {
    pub(super) name: String,
    pub(super) introducer: Introducer,
    pub(super) order: LabelOrder,
    pub(super) form: LabelForm,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) word: Presence,
    #[serde(default)]
    pub(super) joint: String,
    #[serde(default)]
    pub(super) count: Count,
    pub(super) required: Option<usize>,
    #[serde(default)]
    pub(super) last: LastNumber,
    pub(super) bump: Option<String>,
}

/// The character that begins a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Introducer {
    /// `.`
    #[serde(rename = ".")]
    Dot,
    /// `-`
    #[serde(rename = "-")]
    Dash,
}

impl Introducer {
    /// The character.
    #[must_use]
    pub(super) fn char(self) -> char {
        match self {
            Self::Dot => '.',
            Self::Dash => '-',
        }
    }
}

/// Where a labelled version stands among the others with its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LabelOrder {
    /// A pre-release: before the release that it leads to. A pre-release of Cargo's.
    Before,
    /// A release of its own, after the plain one. Build metadata of Cargo's.
    After,
}

/// What a label looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LabelForm {
    /// A word, a count, or both.
    Word,
    /// Identifiers as SemVer has them, in SemVer's order.
    Semver,
    /// Identifiers as SemVer has them, digits anywhere in them ordered as numbers.
    Text,
}

/// Must it be there?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Presence {
    /// Yes.
    #[default]
    Required,
    /// It may be missing.
    Optional,
}

/// The number after a label's word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Count {
    /// There is none.
    None,
    /// There may be one.
    #[default]
    Optional,
    /// There must be one.
    Required,
    /// It is a day, `YYYYMMDD`.
    Date,
}

/// What a label asks of the last number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LastNumber {
    /// Nothing.
    #[default]
    Any,
    /// It is 0 or not written.
    Zero,
}

/// `[[bump]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct BumpTable {
    pub(super) name: Spanned<String>,
    #[serde(default)]
    pub(super) steps: Vec<Spanned<String>>,
    pub(super) label: Option<Spanned<String>>,
    pub(super) first: Option<Spanned<String>>,
    pub(super) allows: Vec<Column>,
    #[serde(default)]
    pub(super) unreleased: Vec<Column>,
    #[serde(default)]
    pub(super) noted: Vec<Column>,
    #[serde(default)]
    pub(super) frozen: Vec<KindWord>,
    #[serde(default)]
    pub(super) managed: bool,
    #[serde(default)]
    pub(super) decided: bool,
    pub(super) says: String,
}

/// A kind of endpoint by its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum KindWord {
    Http,
    Item,
    Message,
    Config,
}

impl From<KindWord> for Kind {
    fn from(word: KindWord) -> Self {
        match word {
            KindWord::Http => Self::Http,
            KindWord::Item => Self::Item,
            KindWord::Message => Self::Message,
            KindWord::Config => Self::Config,
        }
    }
}

/// A level by its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LevelWord {
    Allow,
    Warn,
    Deny,
}

impl From<LevelWord> for Level {
    fn from(word: LevelWord) -> Self {
        match word {
            LevelWord::Allow => Self::Allow,
            LevelWord::Warn => Self::Warn,
            LevelWord::Deny => Self::Deny,
        }
    }
}

/// `[documented]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct DocumentedTable {
    pub(super) kinds: Vec<KindWord>,
    pub(super) from: Option<Spanned<String>>,
}

/// `retire`: when an endpoint may go below the bump that allows breaking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RetireAfter {
    /// Removal is breaking, whatever came before.
    #[default]
    Never,
    /// Once the baseline had it deprecated, at every bump that allows deprecation.
    AfterDeprecation,
}

/// `[editions]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct EditionsTable {
    pub(super) frozen: bool,
}

/// `[paths]`
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PathsTable {
    #[serde(default)]
    pub(super) version_segment: bool,
    #[serde(default)]
    pub(super) unstable_prefix: bool,
}

/// `[api]`
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ApiTable {
    pub(super) numbers: usize,
    #[serde(default)]
    pub(super) development: bool,
}

/// `[compat]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct CompatTable {
    pub(super) equal: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) newer: bool,
    #[serde(default)]
    pub(super) unpromised: Vec<Spanned<String>>,
    pub(super) says: String,
}

/// `[product]`: what the members of a product line have in common.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ProductTable {
    /// The first numbers, which belong to the line; all of them make one version for the whole workspace.
    pub(super) shared: Spanned<Vec<Spanned<String>>>,
    /// A member may stay behind until it is released again, and moves these numbers only where it has reason to.
    #[serde(default)]
    pub(super) lagging: bool,
    pub(super) says: String,
}

/// `[[unstable]]`: how the version of an unreleased tree is marked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct UnstableTable {
    /// Of which members; of all where it is not said.
    pub(super) of: Option<RoleWord>,
    pub(super) label: Spanned<String>,
    pub(super) first: Spanned<String>,
    /// The bump that is expected at least.
    pub(super) expects: Option<Spanned<String>>,
}

/// What a member of a product line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RoleWord {
    Api,
    Implementation,
}

/// `[release-plan]`: what is expected of a plan of releases, where a project declares one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ReleasePlanTable {
    /// How many months a cutoff is announced ahead.
    pub(super) notice_months: Option<u16>,
    /// A release at least once in so many months.
    pub(super) every_months: Option<u16>,
    /// Bumps that need neither.
    #[serde(default)]
    pub(super) exempt: Vec<Spanned<String>>,
    pub(super) says: String,
}

/// `[changelog]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ChangelogTable {
    pub(super) empty: Option<String>,
}

/// `[deprecation]`: what lies between deprecation and removal.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct DeprecationTable {
    pub(super) months: Option<Spanned<u32>>,
    pub(super) says: Option<String>,
}
