//! Workflow commands of GitHub Actions: annotations at the places of findings.
//!
//! Source: GitHub's "Workflow commands for GitHub Actions" (escaping, properties) and its limits for annotations: ten
//! errors, ten warnings and ten notices a step.

use super::{Canvas, Weight, human, shown_at, was_at};
use crate::policy::{Finding, PackageReport, Report, Verdict};

/// How many annotations of one kind GitHub shows for a step.
const SHOWN: usize = 10;

/// Verdict lines for the log, then annotations, worst first.
pub(super) fn report(report: &Report, canvas: &Canvas) -> String {
    let mut out = String::new();
    for package in report.packages.iter().filter(|p| human::worth_a_line(p)) {
        out.push_str(&human::verdict_line(package, &report.policy));
        out.push('\n');
        out.extend(human::pull_request_line(package).map(|line| line + "\n"));
    }
    for (weight, command) in [(Weight::Refused, "error"), (Weight::Warning, "warning"), (Weight::Change, "notice")] {
        if canvas.quiet && weight != Weight::Refused {
            continue;
        }
        let mut all: Vec<String> = Vec::new();
        if weight == Weight::Refused {
            all.extend(report.packages.iter().filter_map(unjudged));
        }
        for package in &report.packages {
            let findings = package.findings.iter().filter(|f| Weight::of(f) == weight);
            all.extend(findings.map(|f| annotation(command, f, package, canvas)));
        }
        let shown = if all.len() > SHOWN { SHOWN - 1 } else { all.len() };
        out.extend(all.iter().take(shown).map(|line| format!("{line}\n")));
        if shown < all.len() {
            let more = format!("and {} more: see the job summary", all.len() - shown);
            out.push_str(&format!("::{command} title=cargo verpolicy::{}\n", data(&more)));
        }
    }
    out
}

/// A package about which nothing can be said fails too, and has no finding to show it.
fn unjudged(package: &PackageReport) -> Option<String> {
    let why = match package.verdict? {
        Verdict::NoBaseline => "has nothing to be compared with",
        Verdict::Incomplete => "could not be judged: a blind spot may hide a change",
        Verdict::Fail | Verdict::Pending | Verdict::Pass => return None,
    };
    let notes = package.notes.join("; ");
    let text = if notes.is_empty() { why.to_owned() } else { format!("{why}: {notes}") };
    Some(format!("::error title=cargo verpolicy::{}", data(&format!("{} {text}", package.name))))
}

fn annotation(command: &str, finding: &Finding, package: &PackageReport, canvas: &Canvas) -> String {
    let baseline = package.baseline.as_ref().map_or("", |b| b.origin.as_str());
    let mut text = format!("{}: {}{}", finding.endpoint, finding.message, was_at(finding, baseline));
    if let Some(advice) = super::advice(finding, package) {
        text.push_str(&format!("\nhelp: {advice}"));
    }
    let place = shown_at(finding, &package.name, canvas).map_or_else(String::new, |place| {
        format!("file={},line={},col={},", property(&place.file), place.line, place.column)
    });
    format!("::{command} {place}title={}::{}", property(finding.rule), data(&text))
}

/// Text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_as_the_runner_reads() {
        assert_eq!(data("100%\r\nof ::x"), "100%25%0D%0Aof ::x");
        assert_eq!(property("a,b:c%"), "a%2Cb%3Ac%25");
    }
}
