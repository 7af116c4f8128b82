//! A package that the baseline's tree has and ours lacks.

use super::acceptance::accept;
use super::audit::Audit;
use super::bump::Bumps;
use super::case::{Case, Given, Mode};
use super::judge::{JudgeError, audit_finding, count, empty_report, note_acceptances, side};
use super::{Cure, PackageReport, Verdict};

/// Judges a package that is gone: `case.current` is the empty set, `baseline` what it was. Its promises were withdrawn,
/// which no version of it can say: the cure is to keep it, to name its successor in `previous-names`, or to accept it
/// for a release that is one step from its last.
///
/// # Errors
/// As [`judge`](super::judge::judge).
pub fn package_gone(case: &Case<'_>, baseline: Given<'_>) -> Result<PackageReport, JudgeError> {
    let mut report = empty_report(case);
    report.baseline = Some(side(case, baseline));
    let promised = count(case, baseline.set);
    if promised == 0 {
        report.notes.push("it promised nothing, and is gone: listed, not judged".to_owned());
        return Ok(report);
    }
    let plural = if promised == 1 { "" } else { "s" };
    let message = format!("the package is gone, and with it {promised} endpoint{plural}");
    let mut findings: Vec<_> =
        audit_finding(case, Audit::of_package("package-removed", case.package, message)).into_iter().collect();
    for finding in &mut findings {
        finding.cure = Cure::Source;
    }
    let versions = [baseline.version, None];
    let steps = Bumps::of_versions(case.policy, None, versions, None, Mode::Diff, case.date)?.in_preparation;
    let accepted = accept(&mut findings, &case.settings.acceptances, case.policy, &steps);
    report.required = if findings.is_empty() { Some("none".to_owned()) } else { None };
    note_acceptances(case, &accepted, &mut findings, &mut report);
    let failed = findings.iter().any(|f| f.refused);
    report.verdict = Some(if failed { Verdict::Fail } else { Verdict::Pass });
    report.findings = findings;
    Ok(report)
}
