//! JUnit XML, by quick-junit: a suite a package, a case a finding and one for the package's verdict.

use super::{Canvas, Weight, human, shown_at, was_at};
use crate::policy::{Finding, PackageReport, Report, Verdict};
use quick_junit::{NonSuccessKind, Report as Suites, TestCase, TestCaseStatus, TestSuite};

/// Only what is refused fails.
pub(super) fn report(report: &Report, canvas: &Canvas) -> String {
    let mut suites = Suites::new("cargo-verpolicy");
    for package in &report.packages {
        let mut suite = TestSuite::new(package.name.as_str());
        suite.add_test_case(verdict(package, &report.policy));
        suite.add_test_cases(package.findings.iter().map(|finding| case(finding, package, canvas)));
        suites.add_test_suite(suite);
    }
    let mut out = suites.to_string().unwrap_or_default();
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// Fails where the package could not be judged; a refused finding fails by itself.
fn verdict(package: &PackageReport, policy: &str) -> TestCase {
    let line = human::verdict_line(package, policy);
    let refused = package.findings.iter().any(|f| Weight::of(f) == Weight::Refused);
    let status = match package.verdict {
        Some(Verdict::NoBaseline | Verdict::Incomplete) => failed(NonSuccessKind::Error, &line, "not-judged"),
        Some(Verdict::Fail) if !refused => failed(NonSuccessKind::Failure, &line, "refused"),
        Some(_) => TestCaseStatus::success(),
        None => TestCaseStatus::skipped(),
    };
    let mut case = TestCase::new("verdict", status);
    case.set_classname(package.name.as_str());
    case.set_system_out(std::iter::once(line).chain(package.notes.iter().cloned()).collect::<Vec<_>>().join("\n"));
    case
}

fn failed(kind: NonSuccessKind, message: &str, name: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(message).set_type(name);
    status
}

fn case(finding: &Finding, package: &PackageReport, canvas: &Canvas) -> TestCase {
    let baseline = package.baseline.as_ref().map_or("", |b| b.origin.as_str());
    let message = format!("{}{}", finding.message, was_at(finding, baseline));
    let mut text = vec![format!("{}: {message}", finding.endpoint)];
    text.extend(finding.help.iter().map(|help| format!("help: {help}")));
    if let Some(place) = shown_at(finding, &package.name, canvas) {
        text.push(format!("at {}:{}:{}", place.file, place.line, place.column));
    }
    let text = text.join("\n");
    let weight = Weight::of(finding);
    let mut case = if weight == Weight::Refused {
        let mut status = failed(NonSuccessKind::Failure, &message, finding.rule);
        status.set_description(text);
        TestCase::new(format!("{} {}", finding.rule, finding.endpoint), status)
    } else {
        let mut case = TestCase::new(format!("{} {}", finding.rule, finding.endpoint), TestCaseStatus::success());
        case.set_system_out(format!("{}: {text}", weight.word()));
        case
    };
    case.set_classname(package.name.as_str());
    case
}
