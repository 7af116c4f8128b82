//! The bump of one case: what is declared, what would do, what the cells say under it.

use super::case::{Case, Given, Mode, Versions};
use super::cell::{Column, Question};
use super::definition::StepKind;
use super::judge::{JudgeError, declared_name};
use super::version::{Declared, Version};
use super::{Finding, Level, Policy, Verdict};
use crate::diff::{Change, ChangeKind};
use jiff::civil::Date;

/// How the note begins that a smaller bump would do.
pub(super) const LARGER: &str = "the bump is larger than needed";

/// The versions of one case and what they declare.
pub(super) struct Bumps<'a> {
    policy: &'a Policy,
    date: Date,
    mode: Mode,
    /// The baseline's version.
    pub(super) from: Option<Version>,
    /// The current version.
    pub(super) to: Option<Version>,
    /// What the versions, or the plan, declare; `None` while pending, backwards or without versions.
    pub(super) declared: Option<Declared>,
    /// The version went backwards.
    pub(super) behind: bool,
    /// The releases that this can become: one where a bump is declared, each one step away while pending.
    pub(super) in_preparation: Vec<Version>,
    /// The policy promises nothing yet at this version.
    lenient: bool,
    /// The baseline's own policy and its reading of the baseline's version.
    other: Option<(&'a Policy, Version)>,
}

impl<'a> Bumps<'a> {
    pub(super) fn read(case: &Case<'a>, old: Given<'a>) -> Result<Self, JudgeError> {
        if case.current.version.is_none() && case.mode != Mode::Diff {
            return Err(JudgeError::NoVersion { package: case.package.to_owned() });
        }
        Self::of(&Versions {
            policy: case.policy,
            baseline_policy: case.baseline_policy,
            baseline: old.version,
            current: case.current.version,
            plan: case.plan.filter(|_| !case.plan_stood),
            mode: case.mode,
            date: case.date,
        })
    }

    /// From the texts alone.
    pub(super) fn of(given: &Versions<'a>) -> Result<Self, JudgeError> {
        let Versions { policy, plan, mode, date, .. } = *given;
        let from = read(policy, "baseline", given.baseline)?;
        let to = read(policy, "current", given.current)?;
        let versions = match (&from, &to) {
            (Some(from), Some(to)) => Some(policy.declared(from, to)),
            _ => None,
        };
        let planned = match plan.filter(|_| mode != Mode::Release) {
            Some(plan) => Some(Declared::Bump(policy.bump(plan).ok_or_else(|| JudgeError::Plan {
                plan: plan.to_owned(),
                policy: policy.id.clone(),
                bumps: policy.bumps.iter().map(|b| b.name.clone()).collect(),
            })?)),
            None => None,
        };
        let declared = match versions {
            Some(Declared::Nothing) | None => planned,
            Some(Declared::Behind) => None,
            other => other,
        };
        let other = given.baseline_policy.and_then(|p| Some((p, p.scheme.parse(given.baseline?).ok()?)));
        let mut bumps = Self {
            policy,
            date,
            mode,
            behind: versions == Some(Declared::Behind),
            from,
            to,
            declared,
            in_preparation: Vec::new(),
            lenient: false,
            other,
        };
        bumps.in_preparation = bumps.prepared(versions);
        let judged = bumps.in_preparation.first().filter(|_| declared.is_some()).or(bumps.from.as_ref());
        bumps.lenient = judged.is_some_and(|v| !policy.holds_at(v));
        Ok(bumps)
    }

    fn prepared(&self, versions: Option<Declared>) -> Vec<Version> {
        match (versions, self.declared, &self.from, &self.to) {
            (Some(Declared::Bump(_) | Declared::Prerelease), _, _, Some(to)) => vec![self.policy.scheme.leads_to(to)],
            (_, Some(Declared::Bump(bump)), Some(from), _) => {
                self.policy.step(from, bump, self.date).into_iter().collect()
            }
            (_, _, Some(from), _) => {
                let steps = (0..self.policy.bumps.len()).filter_map(|b| self.policy.step(from, b, self.date).ok());
                let mut out: Vec<Version> = Vec::new();
                for step in steps {
                    if !out.contains(&step) {
                        out.push(step);
                    }
                }
                out
            }
            _ => Vec::new(),
        }
    }

    /// The policy promises nothing yet at this version, nor does the baseline's.
    pub(super) fn lenient(&self) -> bool {
        let written = self.in_preparation.first().map(|version| self.policy.scheme.render_cargo(version));
        let other_holds = self.other.as_ref().is_some_and(|(other, _)| {
            written.is_none_or(|text| other.scheme.parse(&text).is_ok_and(|version| other.holds_at(&version)))
        });
        self.lenient && !other_holds
    }

    /// A side has no version.
    pub(super) fn unversioned(&self) -> bool {
        self.from.is_none() || self.to.is_none() || self.behind
    }

    pub(super) fn declared_name(&self) -> Option<String> {
        declared_name(self.policy, self.declared?)
    }

    /// The smallest bump at which every cell says yes, decided ones excepted.
    pub(super) fn curing(&self, asked: &[Question]) -> Option<usize> {
        (0..self.policy.bumps.len())
            .filter(|b| self.policy.bumps.get(*b).is_some_and(|row| !row.decided))
            .find(|b| self.allows(*b, asked))
    }

    /// Both policies say yes at this bump.
    fn allows(&self, bump: usize, asked: &[Question]) -> bool {
        if !self.lenient && !asked.iter().all(|q| self.policy.allows(bump, q)) {
            return false;
        }
        let Some((other, from)) = &self.other else { return true };
        let step = self.from.as_ref().and_then(|f| self.policy.step(f, bump, self.date).ok());
        let Some(next) = step.and_then(|s| other.scheme.parse(&self.policy.scheme.render_cargo(&s)).ok()) else {
            return true;
        };
        self.other_allows(other, from, &next, asked)
    }

    fn other_allows(&self, other: &Policy, from: &Version, to: &Version, asked: &[Question]) -> bool {
        let declared = other.declared(from, to);
        !other.holds_at(to) || asked.iter().all(|q| other.allows_declared(declared, q))
    }

    /// Does the declared bump refuse this? While pending only what no bump cures is refused, unless it is a release.
    pub(super) fn refuses(&self, asked: &[Question], curing: Option<usize>) -> bool {
        match self.declared {
            Some(Declared::Prerelease) => false,
            Some(Declared::Bump(bump)) => {
                let ours = self.lenient || asked.iter().all(|q| self.policy.allows(bump, q));
                !(ours && self.baseline_policy_allows(asked))
            }
            _ if self.mode == Mode::Release => asked.iter().any(|q| q.column().is_some()),
            _ => curing.is_none(),
        }
    }

    fn baseline_policy_allows(&self, asked: &[Question]) -> bool {
        let Some((other, from)) = &self.other else { return true };
        let prepared = self.in_preparation.first().map(|v| self.policy.scheme.render_cargo(v));
        match prepared.and_then(|text| other.scheme.parse(&text).ok()) {
            Some(to) => self.other_allows(other, from, &to, asked),
            None => true,
        }
    }

    /// The policy's own sentence for the bump that decides.
    pub(super) fn because(&self, asked: &[Question], curing: Option<usize>) -> Option<String> {
        if self.lenient {
            return Some(format!(
                "{}: before its first promised version everything is reported and nothing refused",
                self.policy.id
            ));
        }
        let bump = match self.declared {
            Some(Declared::Prerelease) => {
                return Some(format!(
                    "{}: from one pre-release of a version to another everything is allowed",
                    self.policy.id
                ));
            }
            Some(Declared::Bump(bump)) => Some(bump),
            _ => curing,
        };
        let row =
            bump.and_then(|b| self.policy.bumps.get(b)).or_else(|| self.policy.bumps.iter().rfind(|b| !b.decided))?;
        let column = asked.iter().find_map(Question::column).map_or("none", Column::word);
        let retired = asked.iter().any(|q| q.kind == Some(ChangeKind::DeprecatedEndpointRemoved));
        if let Some(says) =
            self.policy.deprecation.says.as_ref().filter(|_| retired && !row.allows.contains(&Column::Breaking))
        {
            return Some(format!("{} {}, retire: {says}", self.policy.id, row.name));
        }
        Some(format!("{} {}, {column}: {}", self.policy.id, row.name, row.says))
    }

    /// The sentence that decided a verdict, whatever it is.
    pub(super) fn decided(&self, verdict: Verdict, findings: &[Finding], required: Option<Option<usize>>) -> String {
        let id = &self.policy.id;
        let refused = findings.iter().find(|f| f.refused && f.level == Level::Deny).and_then(|f| f.because.clone());
        let row = |bump: usize| {
            self.policy.bumps.get(bump).map_or_else(|| id.clone(), |row| format!("{id} {}: {}", row.name, row.says))
        };
        match (verdict, self.declared) {
            (Verdict::NoBaseline, _) => "no policy decides without a release to compare with".to_owned(),
            (Verdict::Incomplete, _) => "no policy decides over what was not seen".to_owned(),
            (Verdict::Fail, _) => refused.unwrap_or_else(|| format!("{id}: a release needs a version of its own")),
            (Verdict::Pass | Verdict::Pending, _) if self.lenient => {
                format!("{id}: nothing is promised before {}", self.promised_from())
            }
            (Verdict::Pass, Some(Declared::Bump(bump))) => row(bump),
            (Verdict::Pass, _) => format!("{id}: from one pre-release of a version to another everything is allowed"),
            (Verdict::Pending, _) => match required.flatten() {
                Some(bump) => format!("no bump is declared yet; {}", row(bump)),
                None => "no bump is declared yet, and nothing that was found needs one".to_owned(),
            },
        }
    }

    /// The smallest bump that all of these need: `Some(None)` for none, `None` where no bump cures.
    pub(super) fn required<'q>(&self, asked: impl Iterator<Item = &'q [Question]>) -> Option<Option<usize>> {
        let mut required = None;
        for questions in asked {
            if self.lenient || questions.iter().all(|q| q.column().is_none()) {
                continue;
            }
            required = required.max(Some(self.curing(questions)?));
        }
        Some(required)
    }

    pub(super) fn required_name(&self, required: Option<Option<usize>>) -> Option<String> {
        if self.declared == Some(Declared::Prerelease) {
            return Some(if required == Some(None) { "none" } else { "prerelease" }.to_owned());
        }
        match required? {
            None => Some("none".to_owned()),
            Some(bump) => self.policy.bumps.get(bump).map(|b| b.name.clone()),
        }
    }

    /// The smallest version that would do: at least one step, for every release needs a number of its own.
    pub(super) fn next(&self, required: Option<Option<usize>>) -> Option<Version> {
        if self.declared == Some(Declared::Prerelease) {
            return self.to.clone();
        }
        self.policy.step(self.from.as_ref()?, self.least(required?), self.date).ok()
    }

    /// Where nothing is needed, the smallest step of a number: labels such as `.security1` are for people to choose.
    fn least(&self, required: Option<usize>) -> usize {
        let by_number = || self.policy.bumps.iter().position(|b| matches!(b.step, StepKind::Numbers(_)));
        required.or_else(by_number).unwrap_or(0)
    }

    /// Words for people about the bump.
    pub(super) fn note(&self, case: &Case<'_>, required: Option<Option<usize>>, notes: &mut Vec<String>) {
        let name = |bump: usize| self.policy.bumps.get(bump).map_or("", |b| b.name.as_str());
        let text = |v: &Version| self.policy.scheme.render(v);
        if let (Some(from), Some(to), true) = (&self.from, &self.to, self.behind) {
            notes.push(format!("the version went backwards: {} after {}", text(to), text(from)));
        }
        if self.declared.is_none() && !self.behind && self.mode == Mode::Release {
            let version = self.from.as_ref().map(text).unwrap_or_default();
            notes.push(format!("{version} is already released: a release needs a version of its own"));
        }
        if let (Some(Declared::Bump(declared)), Some(least)) = (self.declared, required) {
            let needed = self.least(least);
            let smaller = self.next(required).zip(self.in_preparation.first());
            if needed < declared && smaller.is_some_and(|(next, ours)| self.policy.scheme.compare(&next, ours).is_lt())
            {
                notes.push(format!("{LARGER}: {} would do", name(needed)));
            }
        }
        if let (Some(from), Some(least)) = (&self.from, required)
            && let Err(error) = self.policy.step(from, self.least(least), self.date)
        {
            notes.push(error.message);
        }
        if self.lenient {
            notes.push(format!("the policy `{}` promises nothing before {}", self.policy.id, self.promised_from()));
        }
        if let Some(Declared::Bump(bump)) = self.declared {
            self.note_behavior(case, bump, notes);
        }
        if case.baseline_policy.is_some() && self.other.is_none() {
            notes.push("the baseline's policy cannot read its version: only the present one judges".to_owned());
        }
        if self.policy.releases_api_apart()
            && case.since_api_release.is_none()
            && self.from.as_ref().is_some_and(|v| !self.policy.is_api_release(v))
        {
            notes.push("the last API release is not at hand: everything counts as contained in it".to_owned());
        }
    }

    fn promised_from(&self) -> String {
        self.policy.holds_from.as_ref().map(|v| self.policy.scheme.render(v)).unwrap_or_default()
    }

    fn note_behavior(&self, case: &Case<'_>, bump: usize, notes: &mut Vec<String>) {
        let noted = self.policy.bumps.get(bump).is_some_and(|b| b.noted.contains(&Column::Behavior));
        if noted {
            for change in case.diff.changes.iter().filter(|c| c.kind == ChangeKind::EndpointBehaviorChanged) {
                let endpoint = change.reaches.first().map_or("", String::as_str);
                notes.push(format!("`{endpoint}` behaves differently: say so in the compatibility notes"));
            }
        }
    }

    /// The managed way, where the policy has one and no bump cures.
    pub(super) fn managed_way(&self, change: &Change, curing: Option<usize>) -> Option<String> {
        let managed = self.policy.bumps.iter().any(|b| b.managed);
        if !managed || curing.is_some() {
            return None;
        }
        let endpoint = change.reaches.first().map_or("", String::as_str);
        if change.kind == ChangeKind::EndpointRemoved {
            return Some(format!("keep `{endpoint}`, deprecated in this release; a later minor may remove it"));
        }
        Some(match next_path_version(endpoint) {
            Some(next) => format!("keep `{endpoint}` as it was, deprecated, and add `{next}` beside it"),
            None => format!("keep `{endpoint}` as it was, deprecated, and add its successor beside it"),
        })
    }
}

fn read(policy: &Policy, side: &'static str, text: Option<&str>) -> Result<Option<Version>, JudgeError> {
    match text {
        Some(text) => policy.scheme.parse(text).map(Some).map_err(|error| JudgeError::Version { side, error }),
        None => Ok(None),
    }
}

/// `GET /v3/sync` → `GET /v4/sync`: the first segment that is a version, raised.
fn next_path_version(endpoint: &str) -> Option<String> {
    let mut raised = false;
    let parts: Vec<String> = endpoint
        .split('/')
        .map(|part| match part.strip_prefix('v').and_then(|n| n.parse::<u32>().ok()) {
            Some(number) if !raised => {
                raised = true;
                format!("v{}", number.saturating_add(1))
            }
            _ => part.to_owned(),
        })
        .collect();
    raised.then(|| parts.join("/"))
}
