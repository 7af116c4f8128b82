//! A policy: what one file says, checked.

use super::Level;
use super::cell::Column;
use super::file::{
    ApiTable, BumpTable, CompatTable, DeprecationTable, PathsTable, PolicyFile, ProductTable, ReleasePlanTable,
    RetireAfter, RoleWord, UnstableTable,
};
use super::rules::rule_by_id;
use super::version::{Scheme, Version};
use crate::model::Kind;
use serde_spanned::Spanned;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A version policy: how versions are written and ordered, which bumps there are, and what each may do to endpoints.
/// Read from a file by [`Policy::read`]; built-in ones come from [`super::POLICIES`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Kebab-case name.
    pub id: String,
    /// One line.
    pub summary: String,
    /// How its versions are written, ordered and stepped.
    pub scheme: Scheme,
    /// From the smallest to the largest.
    pub bumps: Vec<Bump>,
    /// The first version that promises anything; before it, findings are reported and nothing is refused.
    pub(super) holds_from: Option<Version>,
    /// Which kinds of endpoints need a doc comment, from which version on.
    pub(super) documented: Option<(Vec<Kind>, Option<Version>)>,
    /// When a deprecated endpoint may go.
    pub(super) retire: RetireAfter,
    /// What lies between deprecation and removal.
    pub(super) deprecation: Deprecation,
    /// Stable editions never change.
    pub(super) frozen_editions: bool,
    /// What HTTP paths must carry.
    pub(super) paths: PathsTable,
    /// Where the API's own version is in a version.
    pub(super) api: Option<ApiTable>,
    /// When two versions are compatible.
    pub(super) compat: Option<Compat>,
    /// What the members of a product line have in common.
    pub(super) product: Option<Shared>,
    /// How the version of an unreleased tree is marked.
    pub(super) unstable: Vec<Unstable>,
    /// What is expected of a plan of releases.
    pub(super) release_plan: Option<Expected>,
    /// What a changelog says of a section in which nothing changed; `None` leaves the section out.
    pub changelog_empty: Option<String>,
    /// Levels that it sets for rules.
    pub(super) levels: BTreeMap<String, Level>,
}

/// What lies between deprecation and removal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Deprecation {
    /// How many months; 0 for none.
    pub(super) months: u32,
    /// The policy's own sentence.
    pub(super) says: Option<String>,
}

/// One step that a version can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bump {
    /// `minor`
    pub name: String,
    /// What it moves.
    pub(super) step: StepKind,
    /// Columns of the effects table that say yes.
    pub(super) allows: BTreeSet<Column>,
    /// Columns that say yes where no API release contains what changed.
    pub(super) unreleased: BTreeSet<Column>,
    /// Columns whose findings are also noted in the report.
    pub(super) noted: BTreeSet<Column>,
    /// Kinds for which `compatible` says no after all.
    pub(super) frozen: Vec<Kind>,
    /// There is a managed way for what it refuses.
    pub(super) managed: bool,
    /// People decide it; no change requires it.
    pub(super) decided: bool,
    /// The policy's own sentence.
    pub says: String,
}

/// What a bump moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum StepKind {
    /// These numbers, by index; those after the last become 0.
    Numbers(Vec<usize>),
    /// A label of a release: its row, and the first one's text.
    Label { row: usize, first: String },
}

/// When two versions are compatible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Compat {
    /// Indices of the numbers that must be equal.
    pub(super) equal: Vec<usize>,
    /// The first version must not be below the second.
    pub(super) newer: bool,
    /// Indices of the numbers for which 0 promises nothing.
    pub(super) unpromised: Vec<usize>,
    /// The policy's own sentence.
    pub(super) says: String,
}

/// What the members of a product line have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shared {
    /// How many of the first numbers belong to the line.
    pub(super) count: usize,
    /// A member may stay behind.
    pub(super) lagging: bool,
    /// The policy's own sentence.
    pub(super) says: String,
}

/// How the version of an unreleased tree is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unstable {
    /// Of which members; `None` for all.
    pub(super) of: Option<RoleWord>,
    /// The label's row.
    pub(super) row: usize,
    /// The first label's text.
    pub(super) first: String,
    /// Index of the bump that is expected at least.
    pub(super) expects: Option<usize>,
}

/// What is expected of a plan of releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expected {
    /// Months between announcement and cutoff.
    pub(super) notice: Option<u16>,
    /// Months from one release to the next.
    pub(super) every: Option<u16>,
    /// Indices of the bumps that need neither.
    pub(super) exempt: Vec<usize>,
    /// The policy's own sentence.
    pub(super) says: String,
}

/// A mistake in a policy file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct PolicyError {
    /// 1-based line; 0 when not known.
    pub line: u32,
    /// 1-based column, in characters; 0 when not known.
    pub column: u32,
    /// What is wrong and what is allowed there.
    pub message: String,
}

/// A mistake and the bytes that it is about.
type Wrong = (Range<usize>, String);

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// The first mistake with its place and what is allowed there.
    pub fn read(text: &str) -> Result<Self, PolicyError> {
        let at = |span: Option<Range<usize>>, message: String| {
            let (line, column) = span.map_or((0, 0), |span| position(text, span.start));
            PolicyError { line, column, message }
        };
        let file: PolicyFile = toml::from_str(text).map_err(|e| at(e.span(), e.message().to_owned()))?;
        check(file).map_err(|(span, message)| at(Some(span), message))
    }

    /// Index of the bump of this name.
    #[must_use]
    pub fn bump(&self, name: &str) -> Option<usize> {
        self.bumps.iter().position(|b| b.name == name)
    }

    /// Names of the bumps, from the smallest to the largest.
    #[must_use]
    pub fn bump_names(&self) -> Vec<&str> {
        self.bumps.iter().map(|b| b.name.as_str()).collect()
    }

    /// The order of two versions as written, for those who know no policy; `None` where a text is not a version.
    /// Missing numbers count as 0, as in marks.
    #[must_use]
    pub fn order(&self) -> crate::diff::Order {
        let scheme = self.scheme.clone();
        std::sync::Arc::new(move |a, b| {
            Some(scheme.compare(&scheme.parse_loose(a).ok()?, &scheme.parse_loose(b).ok()?))
        })
    }

    /// Every version is one number line and a last number other than 0 develops the next minor of the API.
    #[must_use]
    pub fn releases_api_apart(&self) -> bool {
        self.api.is_some_and(|api| api.development)
    }

    /// Some numbers of its versions belong to the whole product line.
    #[must_use]
    pub fn shares_numbers(&self) -> bool {
        self.product.as_ref().is_some_and(|product| product.count > 0)
    }

    /// One version holds for the whole workspace.
    #[must_use]
    pub fn is_one_version(&self) -> bool {
        self.product.as_ref().is_some_and(|product| product.count == self.scheme.numbers.len())
    }

    /// Is this a release of the API: the release itself, not a pre-release and not an implementation's?
    #[must_use]
    pub fn is_api_release(&self, version: &Version) -> bool {
        !self.scheme.is_prerelease(version) && (!self.releases_api_apart() || version.numbers.last() == Some(&0))
    }
}

fn check(file: PolicyFile) -> Result<Policy, Wrong> {
    let id = file.id.get_ref();
    if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        return Err((file.id.span(), "an id is lower-case letters, digits and `-`".to_owned()));
    }
    let scheme = Scheme::from_table(&file.version)?;
    let bumps = bumps(&scheme, &file.bump)?;
    let version = |text: &Spanned<String>| scheme.parse(text.get_ref()).map_err(|e| (text.span(), e.to_string()));
    let holds_from = file.version.holds_from.as_ref().map(version).transpose()?;
    let documented = match &file.documented {
        Some(table) => {
            Some((table.kinds.iter().map(|k| Kind::from(*k)).collect(), table.from.as_ref().map(version).transpose()?))
        }
        None => None,
    };
    if let Some(api) = &file.api
        && (api.get_ref().numbers == 0 || api.get_ref().numbers > scheme.numbers.len())
    {
        return Err((api.span(), format!("`numbers` is from 1 to {}", scheme.numbers.len())));
    }
    let compat = file.compat.as_ref().map(|table| compat(&scheme, table)).transpose()?;
    let product = file.product.as_ref().map(|table| shared(&scheme, table)).transpose()?;
    let unstable = file.unstable.iter().map(|table| unstable(&scheme, &bumps, table)).collect::<Result<Vec<_>, _>>()?;
    let release_plan = file.release_plan.as_ref().map(|table| expected(&bumps, table)).transpose()?;
    let mut levels = BTreeMap::new();
    for (rule, level) in &file.levels {
        if rule_by_id(rule.get_ref()).is_none() {
            let message = format!("there is no rule `{}`; `cargo verpolicy rules` lists them", rule.get_ref());
            return Err((rule.span(), message));
        }
        levels.insert(rule.get_ref().clone(), Level::from(*level));
    }
    Ok(Policy {
        id: id.clone(),
        summary: file.summary,
        scheme,
        bumps,
        holds_from,
        documented,
        retire: file.retire,
        deprecation: deprecation(file.deprecation, file.retire)?,
        frozen_editions: file.editions.is_some_and(|e| e.frozen),
        paths: file.paths.unwrap_or_default(),
        api: file.api.map(Spanned::into_inner),
        compat,
        product,
        unstable,
        release_plan,
        changelog_empty: file.changelog.and_then(|c| c.empty),
        levels,
    })
}

/// The longest window: ten years.
const MONTHS: u32 = 120;

fn deprecation(table: Option<DeprecationTable>, retire: RetireAfter) -> Result<Deprecation, Wrong> {
    let Some(DeprecationTable { months, says }) = table else { return Ok(Deprecation::default()) };
    if let Some(months) = &months {
        if retire == RetireAfter::Never {
            return Err((months.span(), "`months` needs `retire = \"after-deprecation\"`".to_owned()));
        }
        if *months.get_ref() == 0 || *months.get_ref() > MONTHS {
            return Err((months.span(), format!("`months` is from 1 to {MONTHS}")));
        }
    }
    Ok(Deprecation { months: months.map_or(0, Spanned::into_inner), says })
}

fn bumps(scheme: &Scheme, tables: &Spanned<Vec<BumpTable>>) -> Result<Vec<Bump>, Wrong> {
    let mut out: Vec<Bump> = Vec::new();
    for table in tables.get_ref() {
        let name = table.name.get_ref();
        if ["none", "prerelease"].contains(&name.as_str()) || out.iter().any(|b| b.name == *name) {
            let message = format!(
                "`{name}` is taken: each bump has a name of its own, and `none` and `prerelease` have a meaning already"
            );
            return Err((table.name.span(), message));
        }
        out.push(Bump {
            name: name.clone(),
            step: step(scheme, table)?,
            allows: table.allows.iter().copied().collect(),
            unreleased: table.unreleased.iter().copied().collect(),
            noted: table.noted.iter().copied().collect(),
            frozen: table.frozen.iter().map(|k| Kind::from(*k)).collect(),
            managed: table.managed,
            decided: table.decided,
            says: table.says.clone(),
        });
    }
    for (index, number) in scheme.numbers.iter().enumerate() {
        let moved = |b: &Bump| matches!(&b.step, StepKind::Numbers(steps) if steps.contains(&index));
        if !out.iter().any(moved) {
            return Err((tables.span(), format!("no `[[bump]]` steps `{}`: every number needs one", number.name)));
        }
    }
    for row in &scheme.labels {
        if let Some(bump) = row.bump.as_ref().filter(|name| !out.iter().any(|b| b.name == **name)) {
            return Err((
                tables.span(),
                format!("the label `{}` names the bump `{bump}`, which is not here", row.name),
            ));
        }
    }
    Ok(out)
}

fn step(scheme: &Scheme, table: &BumpTable) -> Result<StepKind, Wrong> {
    match (&table.steps[..], &table.label) {
        ([], Some(label)) => {
            label_row(scheme, label)?;
            let Some(first) = &table.first else {
                return Err((label.span(), "a bump by a label says what the `first` one is called".to_owned()));
            };
            let row = first_label(scheme, label, first)?;
            Ok(StepKind::Label { row, first: first.get_ref().clone() })
        }
        ([_, ..], None) => {
            let indices = table.steps.iter().map(|s| number(scheme, s)).collect::<Result<Vec<_>, _>>()?;
            Ok(StepKind::Numbers(indices))
        }
        _ => Err((table.name.span(), "a bump has either `steps` or `label`".to_owned())),
    }
}

fn label_row(scheme: &Scheme, label: &Spanned<String>) -> Result<usize, Wrong> {
    scheme.labels.iter().position(|l| l.name == *label.get_ref()).ok_or_else(|| {
        let names: Vec<_> = scheme.labels.iter().map(|l| format!("`{}`", l.name)).collect();
        let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        (label.span(), format!("there is no label `{}`; there is {known}", label.get_ref()))
    })
}

/// The row of a label, of which the first one is called so.
fn first_label(scheme: &Scheme, label: &Spanned<String>, first: &Spanned<String>) -> Result<usize, Wrong> {
    let row = label_row(scheme, label)?;
    if !scheme.reads_label(row, first.get_ref()) {
        let message = format!("`{}` is not a label `{}` as its row states it", first.get_ref(), label.get_ref());
        return Err((first.span(), message));
    }
    Ok(row)
}

fn shared(scheme: &Scheme, table: &ProductTable) -> Result<Shared, Wrong> {
    let names = table.shared.get_ref();
    for (index, name) in names.iter().enumerate() {
        if number(scheme, name)? != index {
            return Err((name.span(), "a product line shares the first numbers, in their order".to_owned()));
        }
    }
    if names.is_empty() {
        return Err((table.shared.span(), "a product line shares one number or more".to_owned()));
    }
    Ok(Shared { count: names.len(), lagging: table.lagging, says: table.says.clone() })
}

fn unstable(scheme: &Scheme, bumps: &[Bump], table: &UnstableTable) -> Result<Unstable, Wrong> {
    let row = first_label(scheme, &table.label, &table.first)?;
    if !scheme.leads_to_a_release(row) {
        let message = format!("`{}` orders after the release: an unreleased tree comes before", table.label.get_ref());
        return Err((table.label.span(), message));
    }
    let expects = table.expects.as_ref().map(|name| bump_named(bumps, name)).transpose()?;
    Ok(Unstable { of: table.of, row, first: table.first.get_ref().clone(), expects })
}

fn expected(bumps: &[Bump], table: &ReleasePlanTable) -> Result<Expected, Wrong> {
    let exempt = table.exempt.iter().map(|name| bump_named(bumps, name)).collect::<Result<Vec<_>, _>>()?;
    Ok(Expected { notice: table.notice_months, every: table.every_months, exempt, says: table.says.clone() })
}

fn bump_named(bumps: &[Bump], name: &Spanned<String>) -> Result<usize, Wrong> {
    bumps.iter().position(|b| b.name == *name.get_ref()).ok_or_else(|| {
        let names: Vec<_> = bumps.iter().map(|b| format!("`{}`", b.name)).collect();
        (name.span(), format!("there is no bump `{}`; there are {}", name.get_ref(), names.join(", ")))
    })
}

fn number(scheme: &Scheme, name: &Spanned<String>) -> Result<usize, Wrong> {
    scheme.numbers.iter().position(|n| n.name == *name.get_ref()).ok_or_else(|| {
        let names: Vec<_> = scheme.numbers.iter().map(|n| format!("`{}`", n.name)).collect();
        (name.span(), format!("there is no number `{}`; there are {}", name.get_ref(), names.join(", ")))
    })
}

fn compat(scheme: &Scheme, table: &CompatTable) -> Result<Compat, Wrong> {
    let indices = |names: &[Spanned<String>]| names.iter().map(|n| number(scheme, n)).collect::<Result<Vec<_>, _>>();
    Ok(Compat {
        equal: indices(&table.equal)?,
        newer: table.newer,
        unpromised: indices(&table.unpromised)?,
        says: table.says.clone(),
    })
}

/// 1-based line and column (in characters) of a byte offset.
fn position(text: &str, offset: usize) -> (u32, u32) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}
