//! Markdown for comments and job summaries: a marker, the verdict, counts, findings by weight in lists that fold.

use super::list::{plural, state};
use super::tally::Tally;
use super::{Canvas, Listing, Weight, human, json, page, prefix};
use crate::model::Place;
use crate::policy::{Finding, PackageReport, Report, Verdict};

/// By this line a later run finds the comment that it replaces.
const MARKER: &str = "<!-- cargo-verpolicy -->";

/// Characters that a comment may have on GitHub, less what closes open lists.
const ROOM: usize = 65_536 - 2_000;

/// A judged report.
pub(super) fn report(report: &Report, canvas: &Canvas) -> String {
    let mut out = format!("{MARKER}\n## {}\n\n", headline(report));
    out.push_str("| package | release | declared | required | verdict |\n|---|---|---|---|---|\n");
    let (shown, silent): (Vec<_>, Vec<_>) = report.packages.iter().partition(|p| human::worth_a_line(p));
    for package in &shown {
        out.push_str(&row(package));
    }
    for line in shown.iter().filter_map(|package| human::pull_request_line(package)) {
        out.push_str(&format!("\n{}\n", escape(&line)));
    }
    if !silent.is_empty() {
        let makes = if silent.len() == 1 { "makes" } else { "make" };
        out.push_str(&format!("\n{} {} {makes} no promises.\n", silent.len(), plural(silent.len(), "package")));
    }
    let tally = Tally::of(report);
    out.push_str(&format!(
        "\n**{} refused**, {} {}, {} allowed {}; {} {}, {} opaque {}, {} blind {}.\n",
        tally.refused,
        tally.warnings,
        plural(tally.warnings, "warning"),
        tally.changes,
        plural(tally.changes, "change"),
        tally.endpoints,
        plural(tally.endpoints, "endpoint"),
        tally.opaque,
        plural(tally.opaque, "part"),
        tally.blind_spots,
        plural(tally.blind_spots, "spot"),
    ));
    let several = shown.len() > 1;
    section(&mut out, "Refused", true, &items(report, Weight::Refused, several, canvas));
    if !canvas.quiet {
        section(&mut out, "Warnings", false, &items(report, Weight::Warning, several, canvas));
        section(&mut out, "Allowed changes", false, &items(report, Weight::Change, several, canvas));
        section(&mut out, "Blind spots by cause", false, &blind_spots(report, several));
        section(&mut out, "Notes", false, &notes(report, several));
    }
    if let Some(first) = report.packages.iter().flat_map(|p| &p.findings).find(|f| Weight::of(f) == Weight::Refused) {
        out.push_str(&format!("\nRun `cargo verpolicy explain {}` to learn more about a rule.\n", first.rule));
    }
    out
}

fn headline(report: &Report) -> String {
    let (sign, word) = match report.verdict {
        Some(Verdict::Pass) => ("✅", json::verdict_word(Verdict::Pass)),
        Some(Verdict::Pending) => ("⏳", json::verdict_word(Verdict::Pending)),
        Some(verdict) => ("❌", json::verdict_word(verdict)),
        None => ("ℹ️", "changes"),
    };
    format!("{sign} API versions: {word}")
}

fn row(package: &PackageReport) -> String {
    let version = |v: Option<&str>| v.map_or_else(|| "–".to_owned(), escape);
    let current = version(package.current.version.as_deref());
    let release = match package.baseline.as_ref() {
        Some(baseline) => {
            let old = version(baseline.version.as_deref().or(Some(baseline.origin.as_str())));
            if old == current { current } else { format!("{old} → {current}") }
        }
        None => current,
    };
    let declared = package.declared.as_deref().unwrap_or("–");
    let required = match (package.required.as_deref(), package.next.as_deref()) {
        (None, _) => "a change of the source".to_owned(),
        (Some(required), Some(next)) if package.verdict == Some(Verdict::Fail) || package.declared.is_none() => {
            format!("**{}** ({} would do)", escape(required), escape(next))
        }
        (Some(required), _) => escape(required),
    };
    let verdict = package.verdict.map_or("–", json::verdict_word);
    format!("| {} | {release} | {} | {required} | {verdict} |\n", escape(&package.name), escape(declared))
}

/// A heading with its items, folded unless `open`; as many as there is room for, the rest counted.
fn section(out: &mut String, title: &str, open: bool, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let (before, after) = if open {
        (format!("\n### {title}\n\n"), String::new())
    } else {
        (format!("\n<details><summary>{title}: {}</summary>\n\n", items.len()), "\n</details>\n".to_owned())
    };
    out.push_str(&before);
    let mut left = ROOM.saturating_sub(out.chars().count());
    for (index, item) in items.iter().enumerate() {
        let size = item.chars().count();
        if size > left {
            out.push_str(&format!("- … and {} more\n", items.len() - index));
            break;
        }
        left -= size;
        out.push_str(item);
    }
    out.push_str(&after);
}

fn items(report: &Report, weight: Weight, several: bool, canvas: &Canvas) -> Vec<String> {
    let mut items = Vec::new();
    for package in &report.packages {
        for finding in package.findings.iter().filter(|f| Weight::of(f) == weight) {
            items.push(item(finding, package, several, canvas));
        }
    }
    items
}

fn item(finding: &Finding, package: &PackageReport, several: bool, canvas: &Canvas) -> String {
    let package_name = if several { format!("{}: ", escape(&package.name)) } else { String::new() };
    let mut out = format!(
        "- {package_name}**{}**: {} ([{}]({})){}\n",
        code(&finding.endpoint),
        escape(&finding.message),
        finding.rule,
        page(finding.rule),
        made_by(finding, package),
    );
    let baseline = package.baseline.as_ref().map_or("", |b| b.origin.as_str());
    let old = finding.old.as_ref().map(|p| format!("before {}", code(&place(&prefix(baseline), p))));
    let new = finding.new.as_ref().map(|p| format!("now {}", code(&place("", p))));
    let places: Vec<String> = old.into_iter().chain(new).collect();
    if !places.is_empty() {
        out.push_str(&format!("  <br>{}\n", places.join(", ")));
    }
    if let Some(advice) = super::advice(finding, package) {
        out.push_str(&format!("  <br>→ {}\n", escape(advice)));
    }
    if canvas.explain
        && let Some(because) = &finding.because
    {
        out.push_str(&format!("  <br>The policy says: {}\n", escape(because)));
    }
    let others: Vec<String> = finding.reaches.iter().filter(|id| **id != finding.endpoint).map(|id| code(id)).collect();
    if !others.is_empty() {
        out.push_str(&format!(
            "  <details><summary>also reaches {} {}</summary>{}</details>\n",
            others.len(),
            plural(others.len(), "endpoint"),
            others.join(", ")
        ));
    }
    out
}

/// Under `--pr`: does this change make it, or was it pending before?
fn made_by(finding: &Finding, package: &PackageReport) -> &'static str {
    match &package.pull_request {
        Some(pr) if pr.fingerprints.contains(&finding.fingerprint) => " · made here",
        // An audit speaks of one side: whose it is, is not known.
        Some(_) if finding.effect.is_none() => "",
        Some(_) => " · pending before",
        None => "",
    }
}

fn place(prefix: &str, place: &Place) -> String {
    format!("{prefix}{}:{}:{}", place.file, place.line, place.column)
}

fn blind_spots(report: &Report, several: bool) -> Vec<String> {
    let mut items = Vec::new();
    for package in &report.packages {
        let spots = package.blind_spots.iter().map(|(old, spot)| (*old, spot));
        for cause in super::spots::causes(spots, false) {
            let origin = if cause.before { package.baseline.as_ref().map_or("", |b| b.origin.as_str()) } else { "" };
            let name = if several { format!("{}: ", escape(&package.name)) } else { String::new() };
            let at = cause
                .first
                .place
                .as_ref()
                .map(|p| format!("{}: ", code(&place(&prefix(origin), p))))
                .unwrap_or_default();
            items.push(format!("- {name}{at}{}\n", escape(&cause.text())));
        }
    }
    items
}

fn notes(report: &Report, several: bool) -> Vec<String> {
    let mut items = Vec::new();
    for package in report.packages.iter().filter(|package| human::worth_a_line(package)) {
        let name = if several { format!("{}: ", escape(&package.name)) } else { String::new() };
        items.extend(package.notes.iter().map(|note| format!("- {name}{}\n", escape(note))));
    }
    items
}

/// A table a package.
pub(super) fn list(listing: &Listing, _canvas: &Canvas) -> String {
    let mut out = format!("{MARKER}\n");
    for package in listing.packages.iter().filter(|p| !p.set.endpoints.is_empty()) {
        let version = package.set.version.as_deref().unwrap_or("without a version");
        out.push_str(&format!("## {} {}\n\n", escape(&package.set.package), escape(version)));
        out.push_str("| endpoint | since | state | place |\n|---|---|---|---|\n");
        for (endpoint, id) in package.set.endpoints.iter().zip(package.set.ids()) {
            let since = endpoint.lifetime.since.as_ref().map_or("–", |s| s.version.as_str());
            out.push_str(&format!(
                "| {} | {} | {} | {} |\n",
                cell(&code(&id)),
                escape(since),
                escape(&state(endpoint)),
                cell(&code(&place("", &endpoint.place)))
            ));
        }
        out.push('\n');
    }
    let [endpoints, marked, opaque, blind] = listing.totals();
    out.push_str(&format!(
        "{endpoints} {}, {marked} marked; {opaque} opaque {}, {blind} blind {}.\n",
        plural(endpoints, "endpoint"),
        plural(opaque, "part"),
        plural(blind, "spot")
    ));
    out
}

/// A code span, whatever the text holds.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    if longest == 0 {
        return format!("`{text}`");
    }
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// In a table a bar ends the cell, even in a code span.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Text as Markdown that shows it: what stands between backticks stays code; nobody is mentioned.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_code = false;
    let paired = text.matches('`').count().is_multiple_of(2);
    for c in text.chars() {
        match c {
            '`' if paired => {
                in_code = !in_code;
                out.push(c);
            }
            '\n' => out.push(' '),
            '|' => out.push_str("\\|"),
            _ if in_code => out.push(c),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_as_it_is() {
        assert_eq!(escape("`a_b` and a_b <T> @all"), "`a_b` and a\\_b &lt;T&gt; &#64;all");
        assert_eq!(escape("one ` only *"), "one \\` only \\*");
        assert_eq!(escape("a|b\nc"), "a\\|b c");
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let items: Vec<String> = (0..10_000).map(|i| format!("- finding number {i}\n")).collect();
        let mut out = String::new();
        section(&mut out, "Refused", true, &items);
        assert!(out.chars().count() < ROOM + 100, "{}", out.chars().count());
        let shown = out.lines().filter(|line| line.starts_with("- finding")).count();
        assert!(out.ends_with(&format!("- … and {} more\n", 10_000 - shown)), "{}", &out[out.len() - 80..]);
    }
}
