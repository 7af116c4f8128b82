//! A package that the baseline's tree has and ours lacks.

use super::acceptance::accept;
use super::bump::Bumps;
use super::case::{Case, Given, Mode, Versions};
use super::judge::{JudgeError, audit_finding, count, empty_report, note_acceptances, side};
use super::{Cure, PackageReport, Verdict};

/// `baseline` is what it was. Its promises were withdrawn,
/// which no version of it can say: the cure is to keep it, to name its successor in `previous-names`, or to accept it
/// for a release that is one step from its last.
pub(super) fn package_gone(case: &Case<'_>, baseline: Given<'_>) -> Result<PackageReport, JudgeError> {
    let mut report = empty_report(case);
    report.baseline = Some(side(case, baseline));
    let promised = count(case, baseline.set);
    if promised == 0 {
        report.notes.push("it promised nothing, and is gone: listed, not judged".to_owned());
        return Ok(report);
    }
    let mut findings: Vec<_> = case.audits.iter().filter_map(|a| audit_finding(case, a.clone())).collect();
    for finding in &mut findings {
        finding.cure = Cure::Source;
    }
    let versions = Versions {
        policy: case.policy,
        baseline_policy: None,
        baseline: baseline.version,
        current: None,
        plan: None,
        mode: Mode::Diff,
        date: case.date,
    };
    let steps = Bumps::of(&versions)?.in_preparation;
    let accepted = accept(&mut findings, &case.settings.acceptances, case.policy, &steps);
    report.required = if findings.is_empty() { Some("none".to_owned()) } else { None };
    note_acceptances(case, &accepted, &mut findings, &mut report);
    let failed = findings.iter().any(|f| f.refused);
    report.verdict = Some(if failed { Verdict::Fail } else { Verdict::Pass });
    report.because = Some(match findings.iter().find(|f| f.refused) {
        Some(finding) => finding.because.clone().unwrap_or_default(),
        None => "nothing that was promised is missed, or its loss is accepted".to_owned(),
    });
    report.findings = findings;
    Ok(report)
}
