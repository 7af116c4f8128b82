//! For people: a verdict line first, then findings by cause with both places and a remedy, then what to run.

use super::list::plural;
use super::tally::Tally;
use super::{Canvas, Weight, excerpt, prefix};
use crate::policy::{Cure, Finding, Level, PackageReport, Report, Verdict};
use anstyle::AnsiColor;

/// A judged report.
pub(super) fn report(report: &Report, canvas: &Canvas) -> String {
    let mut out = String::new();
    let (shown, silent): (Vec<_>, Vec<_>) = report.packages.iter().partition(|p| canvas.verbose > 0 || worth_a_line(p));
    for package in &shown {
        out.push_str(&verdict(package, &report.policy, canvas));
        if let Some(because) = package.because.as_ref().filter(|_| canvas.explain) {
            out.push_str(&format!("  decided by {because}\n"));
        }
        out.extend(pull_request_line(package).map(|line| format!("{line}\n")));
    }
    if !silent.is_empty() && !canvas.quiet {
        let makes = if silent.len() == 1 { "makes" } else { "make" };
        out.push_str(&format!(
            "{} {} {makes} no promises (-v lists {})\n",
            silent.len(),
            plural(silent.len(), "package"),
            if silent.len() == 1 { "it" } else { "them" },
        ));
    }
    let details: String = shown.iter().map(|package| details(package, canvas)).collect();
    out.push_str(&details);
    out.push_str(&counts(report, canvas));
    if details.lines().count() > SCREEN && !canvas.quiet {
        let open = shown.iter().filter(|package| package.verdict.is_some_and(|verdict| verdict != Verdict::Pass));
        out.extend(open.map(|package| verdict(package, &report.policy, canvas)));
    }
    let mut findings = report.packages.iter().flat_map(|package| &package.findings);
    if let Some(first) = findings.find(|finding| Weight::of(finding) == Weight::Refused) {
        out.push_str(&format!("run `cargo verpolicy explain {}` to learn more about a rule\n", first.rule));
    }
    out
}

/// Where more lines than this stand between, the verdict is said again below them.
const SCREEN: usize = 40;

/// The verdict of a package, on a line of its own.
fn verdict(package: &PackageReport, policy: &str, canvas: &Canvas) -> String {
    let line = verdict_line(package, policy);
    let Some((word, rest)) = line.split_once(':').filter(|_| canvas.color) else { return format!("{line}\n") };
    let color = match package.verdict {
        Some(Verdict::Pass) => AnsiColor::BrightGreen,
        Some(Verdict::Pending) => AnsiColor::Yellow,
        Some(Verdict::Fail | Verdict::Incomplete | Verdict::NoBaseline) => AnsiColor::BrightRed,
        None => AnsiColor::BrightCyan,
    };
    let style = color.on_default().bold();
    format!("{style}{word}{style:#}:{rest}\n")
}

/// Packages that promise nothing on either side are only counted.
pub(super) fn worth_a_line(package: &PackageReport) -> bool {
    let before = package.baseline.as_ref().map_or(0, |b| b.endpoints);
    before + package.current.endpoints > 0 || !package.findings.is_empty() || package.verdict.is_some()
}

/// `fail: pets 1.2.0 -> 1.3.0 is minor; the changes need major: 2.0.0 would do`.
pub(super) fn verdict_line(package: &PackageReport, policy: &str) -> String {
    let name = &package.name;
    let current = package.current.version.as_deref().unwrap_or("(no version)");
    let Some(baseline) = &package.baseline else {
        return match package.verdict {
            Some(Verdict::NoBaseline) => format!("no baseline: {name} {current} has nothing to be compared with"),
            Some(verdict) => {
                format!("{}: {name} {current}, nothing to compare with", super::json::verdict_word(verdict))
            }
            None => format!("not judged: {name} {current} makes no promises"),
        };
    };
    let old = baseline.version.as_deref().unwrap_or(baseline.origin.as_str());
    let step = if old == current { format!("{name} {current}") } else { format!("{name} {old} -> {current}") };
    let word = package.verdict.map_or("changed", super::json::verdict_word);
    let declared = package.declared.as_deref();
    let required = package.required.as_deref();
    let next = package.next.as_deref().map(|n| format!(": {n} would do")).unwrap_or_default();
    let text = match (declared, required) {
        (_, None) => "these changes need a change of the source: no bump allows them".to_owned(),
        (Some(declared), Some("none")) => format!("declared {declared}, nothing is required"),
        (None, Some("none")) => "nothing is required".to_owned(),
        (Some(declared), Some(required)) if package.verdict == Some(Verdict::Fail) && declared != required => {
            format!("declared {declared} is too small, {policy} requires {required}{next}")
        }
        (Some(declared), Some(required)) => format!("declared {declared}, {policy} requires {required}"),
        (None, Some(required)) => format!("{policy} requires {required}{next}"),
    };
    let reason = in_source(package).map(|reason| format!("; {reason}")).unwrap_or_default();
    format!("{word}: {step}: {text}{reason}")
}

/// What refuses a release whose bump is large enough: what only the source can mend.
fn in_source(package: &PackageReport) -> Option<String> {
    let refused = || package.findings.iter().filter(|finding| Weight::of(finding) == Weight::Refused);
    if package.verdict != Some(Verdict::Fail) || package.required.is_none() || refused().any(|f| f.cure == Cure::Bump) {
        return None;
    }
    let count = refused().count();
    let rule = refused().next()?.rule;
    let more = if refused().all(|finding| finding.rule == rule) { "" } else { ", …" };
    Some(format!("{count} {} to mend in the source ({rule}{more})", plural(count, "finding")))
}

/// `pets: this pull request: major; pending since 1.4.2: major; Cargo.toml says 1.5.0: too small, use 2.0.0`.
pub(super) fn pull_request_line(package: &PackageReport) -> Option<String> {
    let pr = package.pull_request.as_ref()?;
    let needs = |required: &Option<String>| match required.as_deref() {
        None => "a change of the source".to_owned(),
        Some("none") => "nothing".to_owned(),
        Some(required) => required.to_owned(),
    };
    let mut out = format!("{}: this pull request: {}", package.name, needs(&pr.required));
    let Some(baseline) = &package.baseline else {
        return Some(format!("{out}; nothing was released yet"));
    };
    let release = baseline.version.as_deref().unwrap_or(&baseline.origin);
    out.push_str(&format!("; pending since {release}: {}", needs(&package.required)));
    let Some(current) = package.current.version.as_deref() else { return Some(out) };
    let refused = package.findings.iter().any(|f| f.refused && f.level == Level::Deny);
    let said = match (&package.declared, &package.next) {
        (None, Some(next)) => format!("still says {current}: use {next} for the release"),
        (None, None) => format!("still says {current}"),
        (Some(_), Some(next)) if refused && package.required != package.declared => {
            format!("says {current}: too small, use {next}")
        }
        (Some(_), _) if package.required.is_none() => format!("says {current}: no version would do"),
        (Some(_), _) => format!("says {current}: large enough"),
    };
    Some(format!("{out}; Cargo.toml {said}"))
}

fn details(package: &PackageReport, canvas: &Canvas) -> String {
    let mut out = String::new();
    let old = package.baseline.as_ref().map_or("", |b| b.origin.as_str());
    let new = package.current.origin.as_str();
    for group in groups(package) {
        if canvas.quiet && group.weight != Weight::Refused {
            continue;
        }
        let (whole, rest) = group.all.split_at(if canvas.verbose > 0 { group.all.len() } else { group.whole });
        for finding in whole {
            out.push('\n');
            out.push_str(&excerpt::finding(finding, [old, new], super::advice(finding, package), canvas));
            out.push('\n');
        }
        if !rest.is_empty() {
            out.push_str(&folded(&group, rest, [old, new], canvas));
        }
    }
    let verbose = canvas.verbose > 0;
    if verbose && !package.blind_spots.is_empty() {
        out.push('\n');
        let spots = package.blind_spots.iter().map(|(before, spot)| (*before, spot));
        for cause in super::spots::causes(spots, canvas.verbose > 1) {
            let side = super::prefix(if cause.before { old } else { new });
            let place = cause.first.place.as_ref();
            let place = place.map_or_else(String::new, |p| format!("{side}{}:{}:{}: ", p.file, p.line, p.column));
            out.push_str(&format!("blind spot: {place}{}\n", cause.text()));
        }
    }
    if !canvas.quiet && !package.notes.is_empty() {
        out.push('\n');
        for note in &package.notes {
            let note = note.strip_prefix(&format!("`{}`: ", package.name)).unwrap_or(note);
            let note = format!("note: {}: {note}", package.name);
            out.push_str(&format!("{}\n", excerpt::wrapped(&note, 6, canvas).replace('\n', "\n      ")));
        }
    }
    out
}

/// More findings than this fill the screen: of one rule where nobody has to act on them, of a package where they refuse
/// the release. Then the source of few is shown.
const MANY: usize = 12;

/// How many findings of a rule that refuse the release are shown with their source where there are many.
const WHOLE: usize = 2;

/// Findings of one weight and rule.
struct Group<'a> {
    weight: Weight,
    rule: &'static str,
    all: Vec<&'a Finding>,
    /// How many are shown with their source; a line each of the rest.
    whole: usize,
}

/// The findings by weight, and rule by rule in the order of the report.
fn groups(package: &PackageReport) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for finding in &package.findings {
        let weight = Weight::of(finding);
        match groups.iter_mut().find(|group| (group.weight, group.rule) == (weight, finding.rule)) {
            Some(group) => group.all.push(finding),
            None => groups.push(Group { weight, rule: finding.rule, all: vec![finding], whole: 0 }),
        }
    }
    groups.sort_by_key(|group| group.weight);
    let refused: usize = groups.iter().filter(|group| group.weight == Weight::Refused).map(|g| g.all.len()).sum();
    for group in &mut groups {
        let all = group.all.len();
        group.whole = match group.weight {
            // One more takes no more room than saying that it is folded.
            Weight::Refused if refused > MANY && all > WHOLE + 1 => WHOLE,
            Weight::Warning | Weight::Change if all > MANY => 0,
            _ => all,
        };
    }
    groups
}

/// The rest of a group: the first of them a line each, the others counted.
fn folded(group: &Group<'_>, rest: &[&Finding], [old, new]: [&str; 2], canvas: &Canvas) -> String {
    let lines = if group.weight == Weight::Refused { MANY } else { MANY / 2 };
    let word = if group.weight == Weight::Refused { "error" } else { group.weight.word() };
    let summary = crate::policy::rules::rule_by_id(group.rule).map_or("", |rule| rule.summary);
    let count = if group.whole > 0 { format!("{} more", rest.len()) } else { format!("{} times", rest.len()) };
    let mut out = format!("\n{word}[{}] {count}: {summary}\n", group.rule);
    for finding in rest.iter().take(lines) {
        let place = match (&finding.new, &finding.old) {
            (Some(place), _) => format!(" ({}{}:{})", prefix(new), place.file, place.line),
            (None, Some(was)) => format!(" (before: {}{}:{})", prefix(old), was.file, was.line),
            (None, None) => String::new(),
        };
        let line = format!("`{}`: {}{place}", finding.endpoint, finding.message);
        out.push_str(&format!("  {}\n", excerpt::wrapped(&line, 4, canvas).replace('\n', "\n    ")));
    }
    let left = rest.len().saturating_sub(lines);
    let each = "-v shows each with its source";
    out.push_str(&if left > 0 { format!("  and {left} more ({each})\n") } else { format!("  ({each})\n") });
    out
}

fn counts(report: &Report, canvas: &Canvas) -> String {
    let Tally { refused, warnings, changes, endpoints, marked, opaque, blind_spots } = Tally::of(report);
    let shown = |group: &Group<'_>| {
        if canvas.quiet && group.weight != Weight::Refused { 0 } else { group.all.len() - group.whole }
    };
    let folded: usize = report.packages.iter().flat_map(groups).map(|group| shown(&group)).sum();
    let folded = match folded {
        0 => String::new(),
        _ if canvas.verbose > 0 => String::new(),
        1 => "1 finding is folded (-v shows it)\n".to_owned(),
        _ => format!("{folded} findings are folded (-v shows each with its source)\n"),
    };
    let painted = |count: usize, text: String, color: AnsiColor| match color.on_default().bold() {
        style if canvas.color && count > 0 => format!("{style}{text}{style:#}"),
        _ => text,
    };
    format!(
        "\n{}, {}, {changes} allowed {}; {endpoints} {}, {marked} marked, {opaque} opaque {}, {blind_spots} blind {}{}\n{folded}",
        painted(refused, format!("{refused} refused"), AnsiColor::BrightRed),
        painted(warnings, format!("{warnings} {}", plural(warnings, "warning")), AnsiColor::Yellow),
        plural(changes, "change"),
        plural(endpoints, "endpoint"),
        plural(opaque, "part"),
        plural(blind_spots, "spot"),
        if blind_spots > 0 && canvas.verbose == 0 { " (-v lists them)" } else { "" },
    )
}
