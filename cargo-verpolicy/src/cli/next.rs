//! `next`: the version that the changes since the last release need.

use super::args::{CheckArgs, FormatName, NextArgs};
use super::compare::{Checked, checked};
use super::failure::Failure;
use super::{HOLDS, INCOMPLETE, output, settings, write};
use crate::config::{LineVersion, Product, VersionFrom};
use crate::policy::{PackageReport, Policy, Role, Verdict};
use jiff::civil::Date;
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
    let checked = checked(&asked, args.unstable)?;
    let Checked { report, .. } = &checked;
    let mut steps = Vec::new();
    let mut unknown = 0;
    for package in report.packages.iter().filter(|p| p.verdict.is_some()) {
        let given = args.judging.policy.as_deref();
        let policy = settings::policy_of(&checked.side, &checked.settings, &package.name, given)?;
        let product = checked.settings.product();
        let shares = product.is_some_and(|p| p.version == Some(LineVersion::Global) || policy.shares_numbers());
        let step = step(&policy, package, shares, checked.date);
        // On a day that has had its release there is no next one yet, and a tree that leads to it.
        let judged = !matches!(package.verdict, Some(Verdict::NoBaseline | Verdict::Incomplete));
        let leads = step.is_some() || (judged && package.required.is_some());
        let step = match step {
            _ if args.unstable && leads => unstable(&policy, package, product, checked.date),
            Some(step) => Ok(step),
            None => Err(why_none(package)),
        };
        match step {
            Ok(step) => steps.push(step),
            Err(why) => {
                unknown += 1;
                output::warn(&format!("{}: no next version is known: {why}", package.name));
            }
        }
    }
    if args.format == FormatName::Json {
        let packages: Vec<_> =
            steps.iter().map(|s| json!({ "name": s.name, "from": s.from, "to": s.to, "because": s.because })).collect();
        output::print(&format!("{:#}\n", json!({ "schema": "verpolicy.next/1", "packages": packages })))?;
    } else if let ([only], 1) = (steps.as_slice(), report.packages.len()) {
        // One package: the bare version, so that scripts can take it as it is.
        output::print(&format!("{}\n", only.to))?;
    } else {
        let lines: Vec<String> = steps.iter().map(|s| format!("{} {}  # {}\n", s.name, s.to, s.because)).collect();
        output::print(&lines.concat())?;
    }
    // On standard error: what stands on standard output is the version, for scripts.
    if let Some(coverage) = crate::report::coverage_of_report(report) {
        output::note(&coverage);
    }
    if checked.settings.product().is_some() && !args.unstable {
        output::note("each as if it were released; `cargo verpolicy plan` says which members of the product line are");
    }
    if args.judging.explain_verdict {
        for finding in report.packages.iter().flat_map(|p| &p.findings) {
            if let Some(because) = &finding.because {
                output::note(&format!("{} at `{}`: {because}", finding.rule, finding.endpoint));
            }
        }
    }
    if args.write {
        let none = std::collections::BTreeMap::new();
        let target = write::Target {
            side: &checked.side,
            settings: &checked.settings,
            // What is not released yet resolves nothing.
            unresolved: if args.unstable { &none } else { &checked.unresolved },
            policy: args.judging.policy.as_deref(),
        };
        let steps: Vec<write::Step<'_>> = steps.iter().map(|s| write::Step { name: s.name, to: &s.to }).collect();
        for step in &steps {
            if checked.settings.of(step.name).version_from == Some(VersionFrom::Tag) {
                output::note(&format!("{}: its version is its tag's: no manifest says it", step.name));
            }
        }
        for line in write::write(&target, &steps)? {
            // On standard error: what stands on standard output is the version, for scripts.
            output::note(&line);
        }
    }
    Ok(if unknown > 0 { INCOMPLETE } else { HOLDS })
}

/// The release that the manifest leads to or the configuration plans, where it is large enough, else the smallest that
/// would do. `shares`: a product line has counted in what the configuration plans.
fn step<'p>(policy: &Policy, package: &'p PackageReport, shares: bool, date: Date) -> Option<Step<'p>> {
    if matches!(package.verdict, Some(Verdict::NoBaseline | Verdict::Incomplete)) {
        return None;
    }
    let from = package.baseline.as_ref().and_then(|b| b.version.as_deref());
    let current = package.current.version.clone();
    let refused = package.findings.iter().any(|f| f.refused);
    // What a decided bump allows is no hindrance where that bump is declared.
    let decided = package.declared.as_deref().filter(|_| !refused);
    let required = package.required.as_deref().or(decided)?;
    let (to, because) = match (&package.declared, &package.next) {
        (Some(_), Some(next)) if shares && !refused && same(policy, from, current.as_deref()) => {
            (next.clone(), format!("required {required}"))
        }
        (Some(declared), _) if !refused => {
            let to = policy.declared_release(from, current.as_deref(), declared, date).or(current)?;
            (to, format!("declared {declared}, required {required}"))
        }
        (_, Some(next)) => (next.clone(), format!("required {required}")),
        (_, None) => return None,
    };
    Some(Step { name: &package.name, from, to, because })
}

/// Nothing is declared by the versions themselves.
fn same(policy: &Policy, from: Option<&str>, current: Option<&str>) -> bool {
    let read = |text: Option<&str>| policy.scheme.parse(text?).ok();
    read(from).zip(read(current)).is_some_and(|(from, current)| policy.scheme.compare(&from, &current).is_eq())
}

/// The version of the tree as long as it is not released.
fn unstable<'p>(
    policy: &Policy,
    package: &'p PackageReport,
    product: Option<&Product>,
    date: Date,
) -> Result<Step<'p>, String> {
    let role = match product {
        Some(p) if p.api.as_ref() == Some(&package.name) => Role::Api,
        Some(p) if p.implementations.contains(&package.name) => Role::Implementation,
        _ => Role::Plain,
    };
    let from = package.baseline.as_ref().and_then(|b| b.version.as_deref());
    let current = package.current.version.as_deref();
    let Some(released) = from.or(current) else { return Err("it has no version".to_owned()) };
    let declared = package.declared.as_deref().filter(|declared| *declared != "prerelease");
    let required = declared.or(package.required.as_deref());
    let to = policy.unstable((released, current), required, role, date).map_err(|error| error.message)?;
    let required = required.unwrap_or("none");
    Ok(Step { name: &package.name, from, to, because: format!("not released yet, required {required}") })
}

fn why_none(package: &PackageReport) -> String {
    match package.verdict {
        Some(Verdict::NoBaseline) => package.notes.join("; "),
        Some(Verdict::Incomplete) => {
            "something that could decide was not seen; `cargo verpolicy check` says what".to_owned()
        }
        _ if package.required.is_some() && !package.notes.is_empty() => package.notes.join("; "),
        _ => "no bump allows what changed; `cargo verpolicy check` says what to do in the source".to_owned(),
    }
}
