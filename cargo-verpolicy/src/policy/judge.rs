//! The judgement of one package: changes and audits become findings, versions a bump, both together a verdict. A pure
//! function on values.

use super::acceptance::accept;
use super::audit::{self, Audit};
use super::bump::{Bumps, LARGER};
use super::case::{Against, Case, Given, Mode, Versions};
use super::cell::Question;
use super::effects::effect_of;
use super::gone::package_gone;
use super::rules::{rule_by_id, rule_of};
use super::since;
use super::version::{Declared, Version, VersionError};
use super::window::Window;
use super::{Cure, Effect, Finding, Level, Levels, PackageReport, Policy, Report, Side, Verdict, help, message};
use crate::diff::{Change, ChangeKind};
use crate::model::{Condition, Endpoint, EndpointSet, Kind, Stability};
use std::collections::{BTreeMap, BTreeSet};

/// A package that cannot be judged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JudgeError {
    /// A version is none.
    #[error("{side}: {error}")]
    Version {
        /// `baseline`, `current`, `first-release`.
        side: &'static str,
        /// What is wrong with it.
        error: VersionError,
    },
    /// A plan is no bump.
    #[error("`{plan}` is no bump of the policy `{policy}`: it has {}", bumps.join(", "))]
    Plan {
        /// What was given.
        plan: String,
        /// The policy.
        policy: String,
        /// What it could be.
        bumps: Vec<String>,
    },
    /// The current side has no version to be held to.
    #[error("`{package}` has no version: state `package.version`, or `--release V`")]
    NoVersion {
        /// The package.
        package: String,
    },
}

/// Judges one package. One that only the baseline has comes with the audit `package-removed` and an empty current set.
///
/// # Errors
/// A version or a plan that the policy cannot read.
pub fn judge(case: &Case<'_>) -> Result<PackageReport, JudgeError> {
    let mut report = empty_report(case);
    match case.against {
        Against::FirstRelease { version } => {
            first_release(case, version, &mut report)?;
            Ok(report)
        }
        Against::Nothing { why } => {
            if report.current.endpoints > 0 {
                report.verdict = Some(Verdict::NoBaseline);
                report.because = Some("no policy decides without a release to compare with".to_owned());
            }
            report.notes.push(why.to_owned());
            report.findings = case.audits.iter().cloned().filter_map(|audit| audit_finding(case, audit)).collect();
            Ok(report)
        }
        Against::Side(old) if case.audits.iter().any(|a| a.rule == "package-removed") => package_gone(case, old),
        Against::Side(old) => {
            let before = count(case, old.set);
            report.baseline = Some(side(case, old));
            report.blind_spots = blind_spots(Some(old.set), case.current.set);
            if before == 0 && report.current.endpoints == 0 {
                report.notes.push("no endpoint is promised on either side: listed, not judged".to_owned());
                return Ok(report);
            }
            compare(case, old, &mut report)?;
            Ok(report)
        }
    }
}

/// Puts the packages of a run together; the run's verdict is the worst.
#[must_use]
pub fn report(policy: &str, mut packages: Vec<PackageReport>) -> Report {
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    let verdict = packages.iter().filter_map(|p| p.verdict).min();
    Report { policy: policy.to_owned(), verdict, packages }
}

pub(super) fn empty_report(case: &Case<'_>) -> PackageReport {
    let unmarked = case.current.set.endpoints.iter().filter(|e| !case.counts(e) && !e.is_impl()).count();
    PackageReport {
        name: case.package.to_owned(),
        verdict: None,
        baseline: None,
        current: side(case, case.current),
        declared: None,
        required: Some("none".to_owned()),
        next: None,
        pull_request: None,
        findings: Vec::new(),
        blind_spots: blind_spots(None, case.current.set),
        opaque: case.current.set.shapes.opaque(),
        unmarked,
        touched: BTreeSet::new(),
        notes: Vec::new(),
        idle: Vec::new(),
        because: None,
    }
}

pub(super) fn side(case: &Case<'_>, given: Given<'_>) -> Side {
    Side {
        version: given.version.map(str::to_owned),
        origin: given.origin.to_owned(),
        endpoints: count(case, given.set),
        marked: given.set.endpoints.iter().filter(|e| e.marked).count(),
    }
}

pub(super) fn count(case: &Case<'_>, set: &EndpointSet) -> usize {
    set.endpoints.iter().filter(|e| case.counts(e)).count()
}

fn blind_spots(old: Option<&EndpointSet>, new: &EndpointSet) -> Vec<(bool, crate::model::BlindSpot)> {
    let old = old.into_iter().flat_map(|s| &s.blind_spots).map(|b| (true, b.clone()));
    old.chain(new.blind_spots.iter().map(|b| (false, b.clone()))).collect()
}

fn first_release(case: &Case<'_>, version: &str, report: &mut PackageReport) -> Result<(), JudgeError> {
    let read = |side, text: &str| case.policy.scheme.parse(text).map_err(|error| JudgeError::Version { side, error });
    let first = read("first-release", version)?;
    let current = match case.current.version {
        Some(text) => Some(read("current", text)?),
        None => None,
    };
    let rendered = case.policy.scheme.render(&first);
    let leads = |v: &Version| case.policy.scheme.compare(&case.policy.scheme.leads_to(v), &first).is_eq();
    if let Some(current) = current.as_ref().filter(|v| !leads(v)) {
        if report.current.endpoints > 0 {
            report.verdict = Some(Verdict::NoBaseline);
            report.because = Some("no policy decides without a release to compare with".to_owned());
        }
        let current = case.policy.scheme.render(current);
        report.notes.push(format!(
            "`first-release = \"{version}\"` no longer holds, for the version is {current}, and nothing was found to compare it with"
        ));
        return Ok(());
    }
    let mut audits = audit::of_one_set(case, current.as_ref());
    audits.extend(since::beyond_the_first(case, &first));
    audits.extend(case.audits.iter().cloned());
    report.findings = audits.into_iter().filter_map(|a| audit_finding(case, a)).collect();
    let failed = report.findings.iter().any(|f| f.refused);
    report.next = Some(rendered.clone());
    report.verdict = Some(if failed { Verdict::Fail } else { Verdict::Pass });
    let audit = report.findings.iter().find(|f| f.refused).and_then(|f| f.because.clone());
    report.because = audit.or_else(|| Some("a first release keeps no promise of an earlier one".to_owned()));
    report.notes.push(format!("nothing to compare with: {rendered} is the first release"));
    Ok(())
}

fn compare<'a>(case: &Case<'a>, old: Given<'a>, report: &mut PackageReport) -> Result<(), JudgeError> {
    let bumps = Bumps::read(case, old)?;
    report.declared = bumps.declared_name();
    let questions = Questions::new(case, old, &bumps);
    let mut judged: Vec<(Finding, Vec<Question>)> = Vec::new();
    let mut frozen = Vec::new();
    for change in &questions.as_of_baseline(case, &bumps) {
        if effect_of(change, &case.settings.clients, &case.settings.effects) != Effect::None {
            report.touched.extend(questions.sections(change));
        }
        let (editions, rest) = questions.frozen(case, &bumps, change);
        frozen.extend(editions.and_then(|change| frozen_finding(case, &change)));
        judged.extend(rest.and_then(|change| change_finding(case, &bumps, &questions, &change)));
    }
    let mut findings: Vec<Finding> = judged.iter().map(|(f, _)| f.clone()).chain(frozen).collect();
    for audit in audit::of_history(case, old, &bumps) {
        report.blind_spots.extend(since::unverified(&audit).map(|spot| (false, spot)));
        findings.extend(audit_finding(case, audit));
    }
    let accepted = accept(&mut findings, &case.settings.acceptances, case.policy, &bumps.in_preparation);
    note_acceptances(case, &accepted, &mut findings, report);
    for audit in case.audits.iter().cloned().chain(audit::of_case(case, &bumps)) {
        findings.extend(audit_finding(case, audit));
    }
    for (audit, reaches) in audit::incomplete(case) {
        findings.extend(audit_finding(case, audit).map(|finding| Finding { reaches, ..finding }));
    }
    if bumps.lenient() {
        // Everything is reported and nothing refused.
        findings.iter_mut().for_each(|finding| finding.refused = false);
    }
    let kept: BTreeSet<&str> = findings.iter().map(|f| f.fingerprint.as_str()).collect();
    let asked = judged.iter().filter(|(f, _)| f.level == Level::Deny && kept.contains(f.fingerprint.as_str()));
    let required = bumps.required(asked.map(|(_, questions)| questions.as_slice()));
    report.required = bumps.required_name(required);
    let next = bumps.next(required);
    let taken = next.as_ref().and_then(|next| audit::day_taken(case.policy, next, case.earlier));
    report.next = next.filter(|_| taken.is_none()).map(|v| case.policy.scheme.render(&v));
    report.notes.extend(taken);
    bumps.note(case, required, &mut report.notes);
    report.notes.extend(outside(case));
    sort(&mut findings);
    report.verdict = verdict(case, &bumps, &findings);
    report.because = report.verdict.map(|verdict| bumps.decided(verdict, &findings, required));
    report.findings = findings;
    Ok(())
}

/// What changed outside every promise: told, for those that try what is unstable, and never judged. What breaks first.
fn outside(case: &Case<'_>) -> Vec<String> {
    const SHOWN: usize = 10;
    let effect = |change: &Change| effect_of(change, &case.settings.clients, &case.settings.effects);
    let denied = |change: &Change| case.settings.levels.of(rule_of(change.kind), case.policy) == Level::Deny;
    let all = case.diff.outside.iter().filter(|change| effect(change) != Effect::None && denied(change));
    let (mut changes, rest): (Vec<&Change>, Vec<&Change>) = all.partition(|change| effect(change) == Effect::Breaking);
    changes.extend(rest);
    let note = |change: &&Change| {
        let endpoint = change.reaches.first().map_or(case.package, String::as_str);
        format!("unstable, outside every promise: `{endpoint}`: {}", message(change))
    };
    let more = changes.len().saturating_sub(SHOWN);
    let rest = (more > 0).then(|| format!("unstable, outside every promise: {more} more such changes"));
    changes.iter().take(SHOWN).map(note).chain(rest).collect()
}

/// Adds what the packages of a run say of each other to the report of one. A package that promises nothing gets a
/// verdict by it.
pub fn add_audits(report: &mut PackageReport, policy: &Policy, levels: &Levels, audits: Vec<Audit>) {
    let mut findings: Vec<Finding> = audits.into_iter().filter_map(|audit| finding_of(policy, levels, audit)).collect();
    let version = report.current.version.as_ref().and_then(|text| policy.scheme.parse(text).ok());
    if version.is_some_and(|version| !policy.holds_at(&version)) {
        // Everything is reported and nothing refused.
        findings.iter_mut().for_each(|finding| finding.refused = false);
    }
    report.findings.append(&mut findings);
    sort(&mut report.findings);
    let failed = report.findings.iter().any(|f| f.refused && f.level == Level::Deny);
    if failed && report.verdict.is_none_or(|verdict| verdict > Verdict::Fail) {
        report.verdict = Some(Verdict::Fail);
    }
}

/// Puts what a product line says in place of the next version that a package would have by its own.
pub fn set_next(report: &mut PackageReport, next: Option<String>) {
    report.next = next;
    report.notes.retain(|note| !note.starts_with(LARGER));
}

fn verdict(case: &Case<'_>, bumps: &Bumps<'_>, findings: &[Finding]) -> Option<Verdict> {
    if case.mode == Mode::Diff && bumps.unversioned() {
        return None;
    }
    let failed = findings.iter().any(|f| f.refused && f.level == Level::Deny);
    let pending = bumps.declared.is_none();
    Some(if !case.diff.blinded.is_empty() {
        Verdict::Incomplete
    } else if failed || (pending && case.mode == Mode::Release) {
        Verdict::Fail
    } else if pending {
        Verdict::Pending
    } else {
        Verdict::Pass
    })
}

/// What the table must know of the endpoints that changes reach.
struct Questions<'a> {
    window: Window<'a>,
    old: BTreeMap<String, &'a Endpoint>,
    new: BTreeMap<String, &'a Endpoint>,
    /// What the endpoints are called that the last API release contains and that are hurt since.
    hurt: Option<BTreeSet<String>>,
}

impl<'a> Questions<'a> {
    fn new(case: &Case<'a>, old: Given<'a>, bumps: &Bumps<'_>) -> Self {
        let by_id = |set: &'a EndpointSet| set.ids().into_iter().zip(&set.endpoints).collect();
        let new: BTreeMap<String, &Endpoint> = by_id(case.current.set);
        let hurt = case.since_api_release.map(|(api, diff)| {
            let hurts = |c: &&Change| {
                c.kind == ChangeKind::EndpointBehaviorChanged
                    || effect_of(c, &case.settings.clients, &case.settings.effects) == Effect::Breaking
            };
            let there = by_id(api);
            let reached = diff.changes.iter().filter(hurts).flat_map(|c| &c.reaches);
            let called = |id: &String| there.get(id).or_else(|| new.get(id)).map(|endpoint| since::names(endpoint));
            reached.filter_map(called).flatten().collect()
        });
        let window = Window::new(case, old, bumps);
        Self { window, old: by_id(old.set), new, hurt }
    }

    /// The changes, where a deprecation that the baseline only announces is none yet.
    fn as_of_baseline(&self, case: &Case<'_>, bumps: &Bumps<'_>) -> Vec<Change> {
        let scheme = &case.policy.scheme;
        let to_come = |id: &String| {
            let lifetime = self.old.get(id).map(|endpoint| &endpoint.lifetime).filter(|lifetime| !lifetime.native);
            let deprecated = lifetime.and_then(|lifetime| lifetime.deprecated.as_ref());
            let named = deprecated.and_then(|step| scheme.parse_loose(&step.version).ok());
            named.zip(bumps.from.as_ref()).is_some_and(|(named, from)| scheme.compare(&named, from).is_gt())
        };
        let kind = |change: &Change| match change.kind {
            ChangeKind::DeprecatedEndpointRemoved if change.reaches.iter().any(to_come) => ChangeKind::EndpointRemoved,
            kind => kind,
        };
        case.diff.changes.iter().map(|change| Change { kind: kind(change), ..change.clone() }).collect()
    }

    /// Until when the endpoint that a change removes has to stay, where the policy asks for time.
    fn stay(&self, change: &Change) -> Option<String> {
        if change.kind != ChangeKind::DeprecatedEndpointRemoved {
            return None;
        }
        change.reaches.iter().find_map(|id| self.window.closed(self.old.get(id).copied()?))
    }

    /// Sections of the endpoints that a change reaches.
    fn sections<'s>(&'s self, change: &'s Change) -> impl Iterator<Item = Option<String>> + 's {
        let endpoint = |id: &String| self.new.get(id).or_else(|| self.old.get(id)).copied();
        change.reaches.iter().map(move |id| endpoint(id).and_then(|e| e.section.as_ref()).map(ToString::to_string))
    }

    /// The change as far as it reaches editions that the policy freezes, and as far as it reaches others.
    fn frozen(&self, case: &Case<'_>, bumps: &Bumps<'_>, change: &Change) -> (Option<Change>, Option<Change>) {
        let effect = effect_of(change, &case.settings.clients, &case.settings.effects);
        let stability = matches!(change.kind, ChangeKind::EndpointDestabilized | ChangeKind::EndpointStabilized);
        let free = bumps.declared == Some(Declared::Prerelease);
        if !case.policy.frozen_editions || free || stability || effect == Effect::None {
            return (None, Some(change.clone()));
        }
        let (editions, rest): (Vec<String>, Vec<String>) =
            change.reaches.iter().cloned().partition(|id| self.old.get(id).is_some_and(|e| is_stable_edition(e)));
        let part = |reaches: Vec<String>| Change { reaches, ..change.clone() };
        match (editions.is_empty(), rest.is_empty()) {
            (true, _) => (None, Some(change.clone())),
            (false, true) => (Some(part(editions)), None),
            (false, false) => (Some(part(editions)), Some(part(rest))),
        }
    }

    /// One question for each kind of endpoint that the change reaches; all must be answered yes.
    fn of(&self, change: &Change, effect: Effect) -> Vec<Question> {
        let config = change.kind.rule().starts_with("config-");
        let called = |id: &String| self.old.get(id).or_else(|| self.new.get(id)).map(|endpoint| since::names(endpoint));
        let unreleased = self.hurt.as_ref().is_some_and(|hurt| {
            change.reaches.iter().all(|id| called(id).is_some_and(|names| names.is_disjoint(hurt)))
        });
        let mut out: Vec<Question> = Vec::new();
        for id in &change.reaches {
            let old = self.old.get(id).copied();
            let endpoint = old.or_else(|| self.new.get(id).copied());
            let kind = if config { Kind::Config } else { endpoint.map_or(Kind::Http, Endpoint::kind) };
            let edition = old.is_some_and(is_stable_edition);
            let ripe = old.is_none_or(|e| self.window.closed(e).is_none());
            if !out.iter().any(|q| q.endpoint == kind && q.edition == edition && q.ripe == ripe) {
                out.push(Question { kind: Some(change.kind), effect, endpoint: kind, edition, unreleased, ripe });
            }
        }
        if out.is_empty() {
            let endpoint = if config { Kind::Config } else { Kind::Http };
            let kind = Some(change.kind);
            out.push(Question { kind, effect, endpoint, edition: false, unreleased: false, ripe: true });
        }
        out
    }
}

fn is_stable_edition(endpoint: &Endpoint) -> bool {
    endpoint.edition.is_some() && endpoint.stability == Stability::Stable
}

/// A change of editions that the policy freezes: no bump cures it. A rule that only warns of the change warns here too.
fn frozen_finding(case: &Case<'_>, change: &Change) -> Option<Finding> {
    let endpoint = change.reaches.first()?;
    let changed = case.settings.levels.of(rule_of(change.kind), case.policy);
    let audit = Audit {
        rule: "frozen-edition-changed",
        endpoint: endpoint.clone(),
        at: format!("{} {}", change.kind.rule(), change.at),
        message: format!("a stable edition is frozen, and this one changed: {}", message(change)),
        help: None,
        old: change.old.clone(),
        new: change.new.clone(),
    };
    let mut finding = audit_finding(case, audit)?;
    finding.level = finding.level.min(changed);
    finding.refused = finding.level == Level::Deny;
    finding.reaches.clone_from(&change.reaches);
    (finding.level > Level::Allow).then_some(finding)
}

fn change_finding(
    case: &Case<'_>,
    bumps: &Bumps<'_>,
    questions: &Questions<'_>,
    change: &Change,
) -> Option<(Finding, Vec<Question>)> {
    let rule = rule_of(change.kind);
    let level = case.settings.levels.of(rule, case.policy);
    let effect = effect_of(change, &case.settings.clients, &case.settings.effects);
    if level == Level::Allow || effect == Effect::None {
        return None;
    }
    let asked = questions.of(change, effect);
    let curing = bumps.curing(&asked);
    let refused = bumps.refuses(&asked, curing);
    let endpoint = change.reaches.first().cloned().unwrap_or_else(|| case.package.to_owned());
    let because = bumps.because(&asked, curing);
    let finding = Finding {
        rule: rule.id,
        level,
        effect: Some(effect),
        refused,
        cure: if curing.is_some() { Cure::Bump } else { Cure::Source },
        message: message(change),
        condition: Some(&change.condition).filter(|c| **c != Condition::Always).map(ToString::to_string),
        help: questions.stay(change).or_else(|| bumps.managed_way(change, curing)).or_else(|| help(change)),
        old: change.old.clone(),
        new: change.new.clone(),
        reaches: if change.reaches.is_empty() { vec![endpoint.clone()] } else { change.reaches.clone() },
        fingerprint: fingerprint(rule.id, &endpoint, &change.at),
        because,
        endpoint,
    };
    Some((finding, asked))
}

/// An audit under its rule; `None` where the rule is allowed.
pub(super) fn audit_finding(case: &Case<'_>, audit: Audit) -> Option<Finding> {
    finding_of(case.policy, &case.settings.levels, audit)
}

fn finding_of(policy: &Policy, levels: &Levels, audit: Audit) -> Option<Finding> {
    let rule = rule_by_id(audit.rule)?;
    let level = levels.of(rule, policy);
    if level == Level::Allow {
        return None;
    }
    let remedy = Some(rule.remedy).filter(|r| !r.is_empty()).map(str::to_owned);
    Some(Finding {
        rule: rule.id,
        level,
        effect: rule.effect,
        refused: level == Level::Deny,
        cure: Cure::Source,
        fingerprint: fingerprint(rule.id, &audit.endpoint, &audit.at),
        message: audit.message,
        condition: None,
        help: audit.help.or(remedy),
        old: audit.old,
        new: audit.new,
        reaches: vec![audit.endpoint.clone()],
        because: Some(format!("{} at {}: {}", rule.id, crate::policy::level::word(level), rule.summary)),
        endpoint: audit.endpoint,
    })
}

pub(super) fn note_acceptances(
    case: &Case<'_>,
    accepted: &super::acceptance::Accepted,
    findings: &mut Vec<Finding>,
    report: &mut PackageReport,
) {
    let all = &case.settings.acceptances;
    for (acceptance, silenced) in accepted.used.iter().filter_map(|(i, n)| Some((all.get(*i)?, n))) {
        let plural = if *silenced == 1 { "" } else { "s" };
        report.notes.push(format!(
            "accepted for {}: `{}` at `{}`, {silenced} endpoint{plural}: {}",
            acceptance.release, acceptance.rule, acceptance.endpoint, acceptance.reason
        ));
        if !acceptance.stood {
            findings.extend(audit_finding(case, Audit::of_acceptance("acceptance-new", acceptance)));
        }
    }
    for acceptance in accepted.unused.iter().filter_map(|i| all.get(*i)) {
        let unused = Audit::of_acceptance("acceptance-unused", acceptance);
        if acceptance.shared {
            report.idle.push(unused);
        } else {
            findings.extend(audit_finding(case, unused));
        }
    }
}

/// Worst first: refused at deny, deny, warn; then by effect, rule, endpoint.
fn sort(findings: &mut [Finding]) {
    let key = |f: &Finding| {
        let weight = match (f.level, f.refused) {
            (Level::Deny, true) => 0,
            (Level::Warn, true) => 1,
            (Level::Deny, false) => 2,
            _ => 3_u8,
        };
        (weight, std::cmp::Reverse(f.effect), f.rule, f.endpoint.clone(), f.fingerprint.clone())
    };
    findings.sort_by_key(key);
}

/// FNV-1a over rule, least endpoint id and wire path, as 16 hex digits.
#[must_use]
pub fn fingerprint(rule: &str, endpoint: &str, at: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in [rule, endpoint, at].join("\0").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// The version in preparation, which the comparison must know: the release that the current version leads to, or that
/// the plan makes; while pending, the smallest step from the baseline. `None` where a side has no version.
///
/// # Errors
/// As [`judge`].
pub fn preparation(versions: &Versions<'_>) -> Result<Option<crate::diff::Preparation>, JudgeError> {
    let prepared = Bumps::of(versions)?.in_preparation;
    let version = prepared.first().map(|v| versions.policy.scheme.render(v));
    Ok(version.map(|version| crate::diff::Preparation { version, order: versions.policy.order() }))
}

/// The declared bump, for those who only show it.
#[must_use]
pub(super) fn declared_name(policy: &Policy, declared: Declared) -> Option<String> {
    match declared {
        Declared::Prerelease => Some("prerelease".to_owned()),
        Declared::Bump(bump) => policy.bumps.get(bump).map(|b| b.name.clone()),
        Declared::Nothing | Declared::Behind => None,
    }
}
