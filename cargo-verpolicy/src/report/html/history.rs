//! The timeline: endpoints by release, by section; and every release with its verdict.

use super::page::{self, Choice, Coded, Text};
use crate::policy::{EventKind, Finding, History, PackageHistory, Release, Timeline};
use crate::report::json::verdict_word;
use crate::report::list::plural;
use crate::report::{Canvas, Weight};

/// The history as a page.
pub(in crate::report) fn history(history: &History, _canvas: &Canvas) -> String {
    let all = || history.packages.iter().flat_map(|p| &p.endpoints).flat_map(|line| &line.events);
    let mut choices = Vec::new();
    let mut legend = Vec::new();
    for kind in EventKind::ALL {
        let (value, sign) = (kind.word(), sign(kind));
        choices.push(Choice { value, shown: value, count: all().filter(|event| event.kind == kind).count() });
        legend.push(format!("<span class=\"event {value}\"><span aria-hidden=\"true\">{sign}</span> {value}</span>"));
    }
    let header = format!(
        "<h1>History of the API</h1>\n<p class=\"counts\">Policy <b>{}</b>. {}.</p>",
        Text(&history.policy),
        legend.join(", ")
    );
    let names: Vec<&str> = history.packages.iter().map(|package| package.name.as_str()).collect();
    let mut main = String::new();
    page::filter(&mut main, ("Endpoints and releases", "endpoint, version, rule"), &choices, &names);
    for (index, judged) in history.packages.iter().enumerate() {
        page::section(&mut main, index + 1, &judged.name, &judged.name, &package(judged));
    }
    page::page("History of the API", &header, &main)
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

fn package(package: &PackageHistory) -> String {
    let mut out = String::new();
    if !package.endpoints.is_empty() {
        timeline(&mut out, package);
    }
    out.push_str("<h3>Releases</h3>\n");
    for judged in &package.releases {
        release(&mut out, judged);
    }
    out
}

/// Endpoints by release, those of a section together.
fn timeline(out: &mut String, package: &PackageHistory) {
    let mut sections: Vec<(&str, Vec<&Timeline>)> = Vec::new();
    for line in &package.endpoints {
        let name = line.section.as_deref().unwrap_or("");
        match sections.iter_mut().find(|(section, _)| *section == name) {
            Some((_, lines)) => lines.push(line),
            None => sections.push((name, vec![line])),
        }
    }
    out.push_str(&format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline of {}\">\n<table \
         class=\"timeline\">\n<thead><tr><th scope=\"col\">Endpoint</th>",
        Text(&package.name)
    ));
    for release in &package.releases {
        out.push_str(&format!(
            "<th scope=\"col\" class=\"release\"><span class=\"verdict {}\">{}</span></th>",
            verdict(release),
            Text(&release.version)
        ));
    }
    out.push_str("</tr></thead>\n");
    for (name, lines) in sections {
        out.push_str("<tbody>\n");
        if !name.is_empty() {
            let columns = package.releases.len() + 1;
            let name = Text(name);
            out.push_str(&format!(
                "<tr class=\"section\"><th scope=\"rowgroup\" colspan=\"{columns}\">{name}</th></tr>\n"
            ));
        }
        for line in lines {
            row(out, line, &package.releases);
        }
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n</div>\n");
}

fn verdict(release: &Release) -> &'static str {
    release.verdict.map_or("–", verdict_word)
}

fn release(out: &mut String, release: &Release) {
    let mut findings: Vec<&Finding> = release.findings.iter().collect();
    findings.sort_by_key(|finding| Weight::of(finding));
    let required = match &release.required {
        Some(required) => required,
        None => "a change of the source",
    };
    let said = match (&release.problem, &release.baseline) {
        (Some(problem), _) => Coded(problem).to_string(),
        (None, Some(_)) => {
            format!("declared {}, required {}", Text(release.declared.as_deref().unwrap_or("–")), Text(required))
        }
        (None, None) => "the first release".to_owned(),
    };
    out.push_str(&format!(
        "<details class=\"item more\"><summary><span class=\"verdict {verdict}\">{verdict}</span> <b>{}</b> {}: {said}; {} \
         {}, {} {}</summary>\n",
        Text(&release.version),
        Text(&release.date),
        release.endpoints,
        plural(release.endpoints, "endpoint"),
        findings.len(),
        plural(findings.len(), "finding"),
        verdict = verdict(release)
    ));
    let mut items: Vec<String> = findings
        .into_iter()
        .map(|f| {
            let weight = Weight::of(f).word();
            format!("{weight}: <code>{}</code> {} ({})", Text(&f.endpoint), Coded(&f.message), f.rule)
        })
        .collect();
    if items.is_empty() {
        items.push("No findings.".to_owned());
    }
    out.push_str(&format!("{}\n</details>\n", page::list(&items)));
}

/// Neighbouring releases that say the same: a cell.
struct Run<'a> {
    /// How many releases it spans.
    span: usize,
    alive: bool,
    /// One release then.
    event: Option<EventKind>,
    release: &'a str,
}

/// The cells of an endpoint.
fn runs<'a>(line: &Timeline, releases: &'a [Release]) -> Vec<Run<'a>> {
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
            _ => runs.push(Run { span: 1, alive, event, release: &release.version }),
        }
    }
    runs
}

fn row(out: &mut String, line: &Timeline, releases: &[Release]) {
    let mut kinds: Vec<&str> = line.events.iter().map(|event| event.kind.word()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let endpoint = Text(&line.endpoint);
    out.push_str(&format!(
        "<tr class=\"item\" data-weight=\"{}\"><th scope=\"row\" title=\"{endpoint}\"><code>{endpoint}</code></th>",
        kinds.join(" ")
    ));
    for Run { span, alive, event, release } in runs(line, releases) {
        let columns = if span > 1 { format!(" colspan=\"{span}\"") } else { String::new() };
        let class = if alive { "alive" } else { "" };
        match event {
            None => out.push_str(&format!("<td{columns} class=\"{class}\"></td>")),
            Some(kind) => {
                let (word, sign, release) = (kind.word(), sign(kind), Text(release));
                out.push_str(&format!(
                    "<td{columns} class=\"{class} event {word}\" title=\"{word} in {release}\"><span \
                     aria-hidden=\"true\">{sign}</span><span class=\"heard\">{word} in {release}</span></td>"
                ));
            }
        }
    }
    out.push_str("</tr>\n");
}
