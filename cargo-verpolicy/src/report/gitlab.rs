//! GitLab's code quality report: an array of issues.
//!
//! Source: GitLab's documentation, "Code Quality report format".

use super::{Canvas, Weight, shown_at, was_at};
use crate::policy::{Finding, PackageReport, Report};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// All findings, each at its place in the work tree, else at the one it had, else at a manifest; a fingerprint stands
/// once.
pub(super) fn report(report: &Report, canvas: &Canvas) -> String {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut issues = Vec::new();
    for package in &report.packages {
        for finding in &package.findings {
            let print = format!("{}-{}", package.name, finding.fingerprint);
            let times = seen.entry(print.clone()).or_default();
            *times += 1;
            let print = if *times == 1 { print } else { format!("{print}-{times}") };
            issues.push(issue(finding, package, &print, canvas));
        }
    }
    let mut out = serde_json::to_string_pretty(&Value::Array(issues)).unwrap_or_default();
    out.push('\n');
    out
}

fn issue(finding: &Finding, package: &PackageReport, fingerprint: &str, canvas: &Canvas) -> Value {
    let baseline = package.baseline.as_ref().map_or("", |b| b.origin.as_str());
    let place = shown_at(finding, &package.name, canvas).or(finding.old.as_ref());
    json!({
        "description": format!("{}: {}{}", finding.endpoint, finding.message, was_at(finding, baseline)),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": match Weight::of(finding) {
            Weight::Refused => "critical",
            Weight::Warning => "minor",
            Weight::Change => "info",
        },
        "location": {
            "path": place.map_or("Cargo.toml", |p| p.file.as_ref()),
            "lines": { "begin": place.map_or(1, |p| p.line) },
        },
    })
}
