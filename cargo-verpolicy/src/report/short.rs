//! One line a finding or endpoint: for editors and grep.

use super::{Canvas, Listing};
use crate::policy::{Finding, Level, Report};

/// `file:line:column: level[rule] endpoint: message`.
pub(super) fn report(report: &Report, canvas: &Canvas) -> String {
    let mut out = String::new();
    for package in &report.packages {
        let old = package.baseline.as_ref().map_or_else(String::new, |b| super::prefix(&b.origin));
        for finding in &package.findings {
            if canvas.quiet && !finding.refused {
                continue;
            }
            out.push_str(&line(finding, &old));
        }
        if super::human::worth_a_line(package) {
            out.push_str(&super::human::verdict_line(package, &report.policy));
            out.push('\n');
            out.extend(super::human::pull_request_line(package).map(|line| format!("{line}\n")));
        }
    }
    out
}

fn line(finding: &Finding, old_prefix: &str) -> String {
    let place = match (&finding.new, &finding.old) {
        (Some(new), _) => format!("{}:{}:{}: ", new.file, new.line, new.column),
        (None, Some(old)) => format!("{old_prefix}{}:{}:{}: ", old.file, old.line, old.column),
        (None, None) => String::new(),
    };
    let level = match finding.level {
        Level::Warn => "warning",
        Level::Deny if finding.refused => "error",
        Level::Deny => "change",
        Level::Allow => "note",
    };
    format!("{place}{level}[{}] {}: {}\n", finding.rule, finding.endpoint, finding.message)
}

/// `id  since  file:line:column`, tab-separated.
pub(super) fn list(listing: &Listing, _canvas: &Canvas) -> String {
    let mut out = String::new();
    for package in &listing.packages {
        let ids = package.set.ids();
        for (endpoint, id) in package.set.endpoints.iter().zip(ids) {
            let since = endpoint.lifetime.since.as_ref().map_or("-", |step| step.version.as_str());
            let place = &endpoint.place;
            out.push_str(&format!("{id}\t{since}\t{}:{}:{}\n", place.file, place.line, place.column));
        }
    }
    out
}
