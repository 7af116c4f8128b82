//! The timeline: endpoints by release, by section; and every release with its verdict.

use super::render;
use crate::policy::{EventKind, Finding, History, PackageHistory, Release, Timeline};
use crate::report::json::verdict_word;
use crate::report::{Canvas, Weight};
use serde::Serialize;

/// What `history.html` shows.
#[derive(Serialize)]
struct Page<'a> {
    policy: &'a str,
    packages: Vec<Package<'a>>,
    kinds: Vec<Kind>,
}

/// One kind of event, in the legend and the filter.
#[derive(Serialize)]
struct Kind {
    word: &'static str,
    sign: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct Package<'a> {
    name: &'a str,
    releases: Vec<Row<'a>>,
    sections: Vec<Section<'a>>,
    endpoints: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    version: &'a str,
    date: &'a str,
    baseline: Option<&'a str>,
    verdict: &'static str,
    declared: Option<&'a str>,
    required: &'a str,
    endpoints: usize,
    problem: Option<&'a str>,
    findings: Vec<Said<'a>>,
}

#[derive(Serialize)]
struct Said<'a> {
    weight: &'static str,
    rule: &'a str,
    endpoint: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Section<'a> {
    name: &'a str,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    endpoint: &'a str,
    /// Words of the events that it has, for the filter.
    kinds: String,
    runs: Vec<Run<'a>>,
}

/// Neighbouring releases that say the same: a cell.
#[derive(Serialize)]
struct Run<'a> {
    /// How many releases it spans.
    span: usize,
    alive: bool,
    /// The event's word and sign; one release then.
    event: Option<&'static str>,
    sign: &'static str,
    release: &'a str,
}

/// The history as a page.
pub(in crate::report) fn history(history: &History, _canvas: &Canvas) -> String {
    let all = || history.packages.iter().flat_map(|p| &p.endpoints).flat_map(|line| &line.events);
    let kinds = EventKind::ALL
        .into_iter()
        .map(|kind| Kind { word: kind.word(), sign: sign(kind), count: all().filter(|e| e.kind == kind).count() })
        .collect();
    let packages = history.packages.iter().map(package).collect();
    render("history.html", Page { policy: &history.policy, packages, kinds })
}

fn sign(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Born => "\u{25cf}",
        EventKind::Widened => "+",
        EventKind::Deprecated => "\u{25bd}",
        EventKind::Broken => "\u{2715}",
        EventKind::Removed => "\u{25cb}",
    }
}

fn package(package: &PackageHistory) -> Package<'_> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    for line in &package.endpoints {
        let name = line.section.as_deref().unwrap_or("");
        let row = row(line, &package.releases);
        match sections.iter_mut().find(|section| section.name == name) {
            Some(section) => section.lines.push(row),
            None => sections.push(Section { name, lines: vec![row] }),
        }
    }
    Package {
        name: &package.name,
        releases: package.releases.iter().map(release).collect(),
        sections,
        endpoints: package.endpoints.len(),
    }
}

fn release(release: &Release) -> Row<'_> {
    let mut findings: Vec<&Finding> = release.findings.iter().collect();
    findings.sort_by_key(|finding| Weight::of(finding));
    Row {
        version: &release.version,
        date: &release.date,
        baseline: release.baseline.as_deref(),
        verdict: release.verdict.map_or("–", verdict_word),
        declared: release.declared.as_deref(),
        required: match (&release.required, &release.baseline) {
            (Some(required), _) => required,
            (None, Some(_)) if release.problem.is_none() => "a change of the source",
            (None, _) => "–",
        },
        endpoints: release.endpoints,
        problem: release.problem.as_deref(),
        findings: findings
            .into_iter()
            .map(|f| Said { weight: Weight::of(f).word(), rule: f.rule, endpoint: &f.endpoint, message: &f.message })
            .collect(),
    }
}

fn row<'a>(line: &'a Timeline, releases: &'a [Release]) -> Line<'a> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    // What is not born here was there before.
    let mut alive = line.events.first().is_none_or(|event| event.kind != EventKind::Born);
    for release in releases {
        let event = line.events.iter().find(|event| event.release == release.version).map(|event| event.kind);
        alive = match event {
            Some(EventKind::Removed) => false,
            Some(_) => true,
            None => alive,
        };
        match runs.last_mut() {
            Some(last) if event.is_none() && last.event.is_none() && last.alive == alive => last.span += 1,
            _ => runs.push(Run {
                span: 1,
                alive,
                event: event.map(EventKind::word),
                sign: event.map_or("", sign),
                release: &release.version,
            }),
        }
    }
    let mut kinds: Vec<&str> = line.events.iter().map(|event| event.kind.word()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    Line { endpoint: &line.endpoint, kinds: kinds.join(" "), runs }
}
