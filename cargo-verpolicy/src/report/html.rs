//! One self-contained page, by minijinja: everything that it shows and needs is in the file.

mod history;

pub(super) use history::history;

use super::json::{effect_word, verdict_word};
use super::list::state;
use super::tally::Tally;
use super::{Canvas, ListedPackage, Listing, Weight, human, page, prefix};
use crate::model::{BlindSpot, Endpoint, Place};
use crate::policy::{Finding, PackageReport, Report, rules};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, HtmlEscape, Value, context};
use serde::Serialize;

const LAYOUT: &str = include_str!("html/layout.html");
const REPORT: &str = include_str!("html/report.html");
const HISTORY: &str = include_str!("html/history.html");
const LIST: &str = include_str!("html/list.html");
const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// Lines of source above and below a place.
const AROUND: u32 = 4;

/// What `report.html` shows.
#[derive(Serialize)]
struct ReportPage<'a> {
    verdict: &'static str,
    policy: &'a str,
    packages: Vec<Package<'a>>,
    refused: usize,
    warnings: usize,
    changes: usize,
    endpoints: usize,
    opaque: usize,
    blind_spots: usize,
}

#[derive(Serialize)]
struct Package<'a> {
    name: &'a str,
    line: String,
    /// What the pull request needs by itself.
    pull_request: Option<String>,
    verdict: &'static str,
    findings: Vec<Item<'a>>,
    blind_spots: Vec<Spot<'a>>,
    notes: &'a [String],
}

/// A finding.
#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    weight: &'static str,
    effect: &'static str,
    endpoint: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    because: Option<&'a str>,
    summary: Option<&'static str>,
    page: String,
    others: Vec<&'a str>,
    old: Option<Excerpt<'a>>,
    new: Option<Excerpt<'a>>,
}

/// A place with the lines around it.
#[derive(Serialize)]
struct Excerpt<'a> {
    place: String,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    /// 1-based.
    number: u32,
    text: &'a str,
    here: bool,
}

#[derive(Serialize)]
struct Spot<'a> {
    kind: &'static str,
    place: Option<String>,
    detail: &'a str,
}

/// What `list.html` shows.
#[derive(Serialize)]
struct ListPage<'a> {
    packages: Vec<Listed<'a>>,
    endpoints: usize,
    marked: usize,
    opaque: usize,
    blind_spots: usize,
}

#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    version: Option<&'a str>,
    unmarked: usize,
    rows: Vec<Row<'a>>,
    blind_spots: Vec<Spot<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: String,
    since: Option<&'a str>,
    state: String,
    section: Option<&'a str>,
    handler: Option<&'a str>,
    place: String,
}

/// A judged report.
pub(super) fn report(report: &Report, canvas: &Canvas) -> String {
    let tally = Tally::of(report);
    let shown = report.packages.iter().filter(|p| human::worth_a_line(p));
    let page = ReportPage {
        verdict: report.verdict.map_or("changes", verdict_word),
        policy: &report.policy,
        packages: shown.map(|p| package(p, report, canvas)).collect(),
        refused: tally.refused,
        warnings: tally.warnings,
        changes: tally.changes,
        endpoints: tally.endpoints,
        opaque: tally.opaque,
        blind_spots: tally.blind_spots,
    };
    render("report.html", page)
}

/// An endpoint list.
pub(super) fn list(listing: &Listing, _canvas: &Canvas) -> String {
    let [endpoints, marked, opaque, blind_spots] = listing.totals();
    let shown = listing.packages.iter().filter(|p| !p.set.endpoints.is_empty() || !p.set.blind_spots.is_empty());
    render("list.html", ListPage { packages: shown.map(listed).collect(), endpoints, marked, opaque, blind_spots })
}

fn listed(package: &ListedPackage) -> Listed<'_> {
    let set = &package.set;
    let row = |(endpoint, id)| -> Row<'_> {
        let endpoint: &Endpoint = endpoint;
        Row {
            id,
            since: endpoint.lifetime.since.as_ref().map(|s| s.version.as_str()),
            state: state(endpoint),
            section: endpoint.section.as_deref(),
            handler: endpoint.handler.as_deref(),
            place: at("", &endpoint.place),
        }
    };
    Listed {
        name: &set.package,
        version: set.version.as_deref(),
        unmarked: package.unmarked,
        rows: set.endpoints.iter().zip(set.ids()).map(row).collect(),
        blind_spots: set.blind_spots.iter().map(|spot| blind_spot("", spot)).collect(),
    }
}

fn render(name: &str, page: impl Serialize) -> String {
    let mut environment = Environment::new();
    environment.add_filter("code", |text: String| Value::from_safe_string(with_code(&text)));
    let whole_lines = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    let added = whole_lines.and_then(|syntax| {
        environment.set_syntax(syntax);
        let texts = [("layout.html", LAYOUT), ("report.html", REPORT), ("list.html", LIST), ("history.html", HISTORY)];
        texts.into_iter().try_for_each(|(name, text)| environment.add_template(name, text))
    });
    let context = context! {
        style => Value::from_safe_string(STYLE.to_owned()),
        script => Value::from_safe_string(SCRIPT.to_owned()),
        tool => env!("CARGO_PKG_VERSION"),
        ..Serde(page)
    };
    let page = added.and_then(|()| environment.get_template(name)).and_then(|template| template.render(context));
    // The templates are ours and tested: a page that says what went wrong is better than none.
    page.unwrap_or_else(|error| format!("<!doctype html><title>cargo verpolicy</title><pre>{error:#}</pre>\n"))
}

/// A text for a page, where what stands in backticks is code.
fn with_code(text: &str) -> String {
    let escaped = HtmlEscape(text).to_string();
    let mut out = String::with_capacity(escaped.len());
    let mut rest = escaped.as_str();
    while let Some((before, (code, after))) =
        rest.split_once('`').and_then(|(b, rest)| Some((b, rest.split_once('`')?)))
    {
        out.push_str(&format!("{before}<code>{code}</code>"));
        rest = after;
    }
    out + rest
}

fn package<'a>(package: &'a PackageReport, report: &Report, canvas: &'a Canvas) -> Package<'a> {
    let baseline = package.baseline.as_ref().map_or("", |b| b.origin.as_str());
    let current = package.current.origin.as_str();
    let spot = |(old, spot): &'a (bool, BlindSpot)| blind_spot(if *old { baseline } else { current }, spot);
    Package {
        name: &package.name,
        line: human::verdict_line(package, &report.policy),
        pull_request: human::pull_request_line(package),
        verdict: package.verdict.map_or("changes", verdict_word),
        findings: package.findings.iter().map(|f| item(f, baseline, current, canvas)).collect(),
        blind_spots: package.blind_spots.iter().map(spot).collect(),
        notes: &package.notes,
    }
}

fn item<'a>(finding: &'a Finding, baseline: &str, current: &str, canvas: &'a Canvas) -> Item<'a> {
    Item {
        rule: finding.rule,
        weight: Weight::of(finding).word(),
        effect: finding.effect.map_or("audit", effect_word),
        endpoint: &finding.endpoint,
        message: &finding.message,
        help: finding.help.as_deref(),
        because: finding.because.as_deref().filter(|_| canvas.explain),
        summary: rules::rule_by_id(finding.rule).map(|rule| rule.summary),
        page: page(finding.rule),
        others: finding.reaches.iter().filter(|id| **id != finding.endpoint).map(String::as_str).collect(),
        old: finding.old.as_ref().map(|place| excerpt(place, baseline, canvas)),
        new: finding.new.as_ref().map(|place| excerpt(place, current, canvas)),
    }
}

fn at(prefix: &str, place: &Place) -> String {
    format!("{prefix}{}:{}:{}", place.file, place.line, place.column)
}

fn excerpt<'a>(place: &Place, origin: &str, canvas: &'a Canvas) -> Excerpt<'a> {
    let source = canvas.sources.get(&(origin.to_owned(), place.file.to_string()));
    let numbers = place.line.saturating_sub(AROUND).max(1)..=place.line.saturating_add(AROUND);
    let lines = numbers
        .filter_map(|number| Some(Line { number, text: source?.line(number)?, here: number == place.line }))
        .collect();
    Excerpt { place: at(&prefix(origin), place), lines }
}

fn blind_spot<'a>(origin: &str, spot: &'a BlindSpot) -> Spot<'a> {
    Spot {
        kind: spot.kind.word(),
        place: spot.place.as_ref().map(|place| at(&prefix(origin), place)),
        detail: &spot.detail,
    }
}
