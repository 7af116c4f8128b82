//! The history of a project's releases: a table, a line a release, and JSON.

use super::Canvas;
use super::json::{effect_word, finding, text, verdict_word};
use super::list::plural;
use crate::policy::{EventKind, History, Level, PackageHistory, Release, Verdict};
use serde_json::{Value, json};

/// Schema of `history`.
pub const HISTORY_SCHEMA: &str = "verpolicy.history/1";

/// A table a package, a row a release; then how many failed.
pub(super) fn human(history: &History, canvas: &Canvas) -> String {
    let mut out = String::new();
    for package in &history.packages {
        out.push_str(&format!("{} under {}\n", package.name, history.policy));
        let mut rows =
            vec![["release", "date", "endpoints", "changes", "declared", "required", "verdict"].map(str::to_owned)];
        rows.extend(package.releases.iter().map(|release| row(package, release)));
        out.push_str(&table(&rows, canvas.width));
        for release in &package.releases {
            if let Some(problem) = &release.problem {
                out.push_str(&format!("  {}: {problem}\n", release.version));
            }
            let refused = release.findings.iter().filter(|f| f.refused && f.level == Level::Deny);
            for finding in refused.filter(|_| canvas.verbose > 0) {
                let line =
                    format!("  {}: {} {}: {}\n", release.version, finding.rule, finding.endpoint, finding.message);
                out.push_str(&line);
            }
        }
        out.push('\n');
    }
    let judged = || history.packages.iter().flat_map(|p| &p.releases).filter(|r| r.baseline.is_some());
    let failed = judged().filter(|r| r.verdict == Some(Verdict::Fail)).count();
    let incomplete = judged().filter(|r| r.verdict == Some(Verdict::Incomplete)).count();
    let judged = judged().count();
    let seen = if incomplete > 0 { format!(", {incomplete} not wholly seen") } else { String::new() };
    let more = if failed > 0 && canvas.verbose == 0 { " (-v lists why)" } else { "" };
    out.push_str(&format!("{judged} {} judged, {failed} refused{seen}{more}\n", plural(judged, "release")));
    out
}

fn row(package: &PackageHistory, release: &Release) -> [String; 7] {
    let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let required = match (&release.required, &release.baseline) {
        (None, Some(_)) if release.problem.is_none() => "the source".to_owned(),
        (required, _) => word(required),
    };
    [
        release.version.clone(),
        release.date.clone(),
        release.endpoints.to_string(),
        changes(package, release),
        word(&release.declared),
        required,
        release.verdict.map_or("-", verdict_word).to_owned(),
    ]
}

/// `+12 ~3 !1 -2`: endpoints born, widened or deprecated, broken, removed.
fn changes(package: &PackageHistory, release: &Release) -> String {
    let events = || package.endpoints.iter().flat_map(|line| &line.events).filter(|e| e.release == release.version);
    let count = |kinds: &[EventKind]| events().filter(|e| kinds.contains(&e.kind)).count();
    let parts = [
        ('+', count(&[EventKind::Born])),
        ('~', count(&[EventKind::Widened, EventKind::Deprecated])),
        ('!', count(&[EventKind::Broken])),
        ('-', count(&[EventKind::Removed])),
    ];
    let parts: Vec<String> = parts.iter().filter(|(_, n)| *n > 0).map(|(sign, n)| format!("{sign}{n}")).collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(" ") }
}

/// Columns padded to their widest cell. On a narrow terminal date, endpoints and changes give way.
fn table(rows: &[[String; 7]], width: Option<usize>) -> String {
    let widest = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let mut order = vec![0, 1, 2, 3, 4, 5, 6];
    for gone in [1, 2, 3] {
        let needed: usize = order.iter().map(|column| widest(*column) + 2).sum();
        if width.is_some_and(|width| needed > width) {
            order.retain(|column| *column != gone);
        }
    }
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for column in &order {
            line.push_str(&format!("  {:width$}", row[*column], width = widest(*column)));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// `package version: verdict: declared minor, required major`.
pub(super) fn short(history: &History, _canvas: &Canvas) -> String {
    let mut out = String::new();
    for package in &history.packages {
        for release in &package.releases {
            let [version, date, endpoints, changes, declared, required, verdict] = row(package, release);
            out.push_str(&format!(
                "{} {version} {date}: {verdict}: declared {declared}, required {required}; {endpoints} endpoints, {changes}\n",
                package.name
            ));
        }
    }
    out
}

/// `verpolicy.history/1`
pub(super) fn json(history: &History, canvas: &Canvas) -> String {
    let packages: Vec<Value> = history.packages.iter().map(|package| json_package(package, canvas)).collect();
    text(&json!({ "schema": HISTORY_SCHEMA, "policy": history.policy, "packages": packages }))
}

fn json_package(package: &PackageHistory, canvas: &Canvas) -> Value {
    let releases: Vec<Value> = package
        .releases
        .iter()
        .map(|release| {
            json!({
                "version": release.version,
                "origin": release.origin,
                "date": release.date,
                "baseline": release.baseline,
                "verdict": release.verdict.map(verdict_word),
                "declared": release.declared,
                "required": release.required,
                "endpoints": release.endpoints,
                "findings": release.findings.iter().map(|f| finding(f, canvas)).collect::<Vec<_>>(),
                "effects": effects(release),
                "blind_spots": release.blind_spots,
                "problem": release.problem,
            })
        })
        .collect();
    let endpoints: Vec<Value> = package
        .endpoints
        .iter()
        .map(|line| {
            let events: Vec<Value> =
                line.events.iter().map(|e| json!({ "release": e.release, "event": e.kind.word() })).collect();
            json!({ "id": line.endpoint, "section": line.section, "events": events })
        })
        .collect();
    json!({ "name": package.name, "releases": releases, "endpoints": endpoints })
}

/// How many findings have each effect.
fn effects(release: &Release) -> Value {
    let mut out = serde_json::Map::new();
    for effect in release.findings.iter().filter_map(|finding| finding.effect) {
        let count = out.entry(effect_word(effect)).or_insert_with(|| json!(0));
        *count = json!(count.as_u64().unwrap_or_default() + 1);
    }
    Value::Object(out)
}
