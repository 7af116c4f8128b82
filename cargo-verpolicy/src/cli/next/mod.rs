//! `next`: the version that the changes since the last release need.

mod write;

use super::args::{CheckArgs, FormatName, NextArgs};
use super::compare::{Checked, checked};
use super::failure::Failure;
use super::{HOLDS, INCOMPLETE, output};
use crate::policy::{PackageReport, Verdict};
use serde_json::json;

/// One line of the answer.
struct Step<'a> {
    name: &'a str,
    from: Option<&'a str>,
    to: String,
    because: String,
}

/// `next`.
pub(super) fn next(args: &NextArgs) -> Result<u8, Failure> {
    let asked = CheckArgs {
        scope: args.scope.clone(),
        judging: args.judging.clone(),
        baseline: args.baseline.clone(),
        ..CheckArgs::default()
    };
    let checked = checked(&asked)?;
    let Checked { report, .. } = &checked;
    let mut steps = Vec::new();
    let mut unknown = 0;
    for package in report.packages.iter().filter(|p| p.verdict.is_some()) {
        match step(package) {
            Some(step) => steps.push(step),
            None => {
                unknown += 1;
                output::warn(&format!("{}: no next version is known: {}", package.name, why_none(package)));
            }
        }
    }
    if args.format == FormatName::Json {
        let packages: Vec<_> =
            steps.iter().map(|s| json!({ "name": s.name, "from": s.from, "to": s.to, "because": s.because })).collect();
        output::print(&format!("{:#}\n", json!({ "schema": "verpolicy.next/1", "packages": packages })));
    } else if let ([only], 1) = (steps.as_slice(), report.packages.len()) {
        // One package: the bare version, so that scripts can take it as it is.
        output::print(&format!("{}\n", only.to));
    } else {
        let lines: Vec<String> = steps.iter().map(|s| format!("{} {}  # {}\n", s.name, s.to, s.because)).collect();
        output::print(&lines.concat());
    }
    if args.write {
        for line in write::write(&checked, &steps, args.judging.policy.as_deref())? {
            // On standard error: what stands on standard output is the version, for scripts.
            output::note(&line);
        }
    }
    Ok(if unknown > 0 { INCOMPLETE } else { HOLDS })
}

/// The version in the manifest where it is large enough already, else the smallest that would do.
fn step(package: &PackageReport) -> Option<Step<'_>> {
    if matches!(package.verdict, Some(Verdict::NoBaseline | Verdict::Incomplete)) {
        return None;
    }
    let from = package.baseline.as_ref().and_then(|b| b.version.as_deref());
    let required = package.required.as_deref()?;
    let current = package.current.version.clone();
    let refused = package.findings.iter().any(|f| f.refused);
    let (to, because) = match (&package.declared, &package.next) {
        (Some(declared), _) if !refused => (current?, format!("declared {declared}, required {required}")),
        (_, Some(next)) => (next.clone(), format!("required {required}")),
        (_, None) => (current?, "nothing changed".to_owned()),
    };
    Some(Step { name: &package.name, from, to, because })
}

fn why_none(package: &PackageReport) -> String {
    match package.verdict {
        Some(Verdict::NoBaseline) => package.notes.join("; "),
        Some(Verdict::Incomplete) => {
            "something that could decide was not seen; `cargo verpolicy check` says what".to_owned()
        }
        _ => "no bump allows what changed; `cargo verpolicy check` says what to do in the source".to_owned(),
    }
}
