//! One self-contained page: everything that it shows and needs is in the file.

mod history;
mod page;

pub(super) use history::history;

use super::json::{effect_word, verdict_word};
use super::list::{plural, state};
use super::tally::Tally;
use super::{Canvas, ListedPackage, Listing, Weight, human, prefix};
use crate::model::{BlindSpot, Place};
use crate::policy::{Finding, PackageReport, Report, Verdict, rules};
use page::{Choice, Coded, Text};

/// Lines of source above and below a place.
const AROUND: u32 = 4;

/// As many findings that refuse the release are open from the beginning.
const OPEN: usize = 20;

/// A judged report.
pub(super) fn report(report: &Report, canvas: &Canvas) -> String {
    let Tally { refused, warnings, changes, endpoints, opaque, blind_spots, .. } = Tally::of(report);
    let packages: Vec<&PackageReport> = report.packages.iter().filter(|p| human::worth_a_line(p)).collect();
    let verdict = word(report.verdict);
    let mut header = format!(
        "<h1><span class=\"verdict {verdict}\">{verdict}</span> API versions</h1>\n\
         <ul class=\"packages\" aria-label=\"Packages\">\n"
    );
    for package in &packages {
        let own = human::pull_request_line(package).map_or_else(String::new, |line| format!("<br>{}", Text(&line)));
        header.push_str(&format!(
            "<li><span class=\"verdict {}\" aria-hidden=\"true\"></span>{}{own}</li>\n",
            word(package.verdict),
            Text(&human::verdict_line(package, &report.policy))
        ));
    }
    header.push_str(&format!(
        "</ul>\n<p class=\"counts\">Policy <b>{}</b>: {refused} refused, {warnings} at warn, {changes} allowed; \
         {endpoints} {}, {opaque} opaque {}, {blind_spots} blind {}.</p>",
        Text(&report.policy),
        plural(endpoints, "endpoint"),
        plural(opaque, "part"),
        plural(blind_spots, "spot")
    ));
    let choices = [
        Choice { value: "refused", shown: "refused", count: refused },
        Choice { value: "warning", shown: "warnings", count: warnings },
        Choice { value: "change", shown: "allowed", count: changes },
    ];
    let names: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    let mut main = String::new();
    page::filter(&mut main, ("Findings", "endpoint, rule, text"), &choices, &names);
    for (index, package) in packages.into_iter().enumerate() {
        page::section(&mut main, index + 1, &package.name, &package.name, &judged(package, canvas));
    }
    page::page(&format!("API versions: {verdict}"), &header, &main)
}

fn word(verdict: Option<Verdict>) -> &'static str {
    verdict.map_or("changes", verdict_word)
}

/// What was found in a package.
fn judged(package: &PackageReport, canvas: &Canvas) -> String {
    let old = package.baseline.as_ref().map_or("", |b| b.origin.as_str());
    let new = package.current.origin.as_str();
    let mut out = String::new();
    for (index, found) in package.findings.iter().enumerate() {
        finding(&mut out, found, index < OPEN, [old, new], canvas);
    }
    if package.findings.is_empty() {
        out.push_str("<p class=\"none\">No findings.</p>\n");
    }
    let spots = package.blind_spots.iter().map(|(before, spot)| blind_spot(if *before { old } else { new }, spot));
    page::folded(&mut out, "blind spot", &spots.collect::<Vec<_>>());
    let notes: Vec<String> = package.notes.iter().map(|note| Coded(note).to_string()).collect();
    page::folded(&mut out, "note", &notes);
    out
}

fn finding(out: &mut String, finding: &Finding, among_first: bool, [old, new]: [&str; 2], canvas: &Canvas) {
    let weight = Weight::of(finding);
    let open = if weight == Weight::Refused && among_first { " open" } else { "" };
    let (rule, weight) = (finding.rule, weight.word());
    out.push_str(&format!(
        "<details class=\"item {weight}\" data-weight=\"{weight}\"{open}>\n\
         <summary><span class=\"weight\">{weight}</span> <code class=\"endpoint\">{}</code> \
         <span class=\"message\">{}</span> <span class=\"rule\">{rule}</span></summary>\n<div class=\"body\">\n",
        Text(&finding.endpoint),
        Coded(&finding.message)
    ));
    if let Some(help) = &finding.help {
        out.push_str(&format!("<p class=\"help\"><b>What to do:</b> {}</p>\n", Coded(help)));
    }
    if let Some(because) = finding.because.as_ref().filter(|_| canvas.explain) {
        out.push_str(&format!("<p><b>The policy says:</b> {}</p>\n", Text(because)));
    }
    if finding.old.is_some() || finding.new.is_some() {
        out.push_str("<div class=\"sides\">\n");
        for (title, place, origin) in [("Before", &finding.old, old), ("Now", &finding.new, new)] {
            if let Some(place) = place {
                source(out, title, place, origin, canvas);
            }
        }
        out.push_str("</div>\n");
    }
    let others = finding.reaches.iter().filter(|id| **id != finding.endpoint);
    let others: Vec<String> = others.map(|id| format!("<code>{}</code>", Text(id))).collect();
    if !others.is_empty() {
        let count = others.len();
        out.push_str(&format!(
            "<details><summary>also reaches {count} more</summary>{}</details>\n",
            page::list(&others)
        ));
    }
    let summary = rules::rule_by_id(rule).map_or_else(String::new, |rule| format!(": {}", Text(rule.summary)));
    out.push_str(&format!(
        "<p class=\"about\">Effect: {}. <a href=\"{}\">{rule}</a>{summary}</p>\n</div>\n</details>\n",
        finding.effect.map_or("audit", effect_word),
        super::page(rule)
    ));
}

/// A place with the lines around it.
fn source(out: &mut String, title: &str, place: &Place, origin: &str, canvas: &Canvas) {
    let shown = at(&prefix(origin), place);
    let shown = Text(&shown);
    out.push_str(&format!("<figure>\n<figcaption>{title} <code>{shown}</code></figcaption>\n"));
    let source = canvas.sources.get(&(origin.to_owned(), place.file.to_string()));
    let numbers = place.line.saturating_sub(AROUND).max(1)..=place.line.saturating_add(AROUND);
    let lines: Vec<(u32, &str)> = numbers.filter_map(|number| Some((number, source?.line(number)?))).collect();
    if !lines.is_empty() {
        out.push_str(&format!("<pre tabindex=\"0\" aria-label=\"{title}, source at {shown}\">"));
        for (number, text) in lines {
            let here = if number == place.line { " here" } else { "" };
            let text = Text(text);
            out.push_str(&format!("<span class=\"line{here}\"><span class=\"number\">{number}</span>{text}\n</span>"));
        }
        out.push_str("</pre>\n");
    }
    out.push_str("</figure>\n");
}

fn blind_spot(origin: &str, spot: &BlindSpot) -> String {
    let place = spot.place.as_ref().map(|place| at(&prefix(origin), place));
    let place = place.map_or_else(String::new, |place| format!("<code>{}</code> ", Text(&place)));
    format!("{place}{} ({})", Coded(&spot.detail), spot.kind.word())
}

fn at(prefix: &str, place: &Place) -> String {
    format!("{prefix}{}:{}:{}", place.file, place.line, place.column)
}

/// An endpoint list.
pub(super) fn list(listing: &Listing, _canvas: &Canvas) -> String {
    let [endpoints, marked, opaque, blind_spots] = listing.totals();
    let header = format!(
        "<h1>Endpoints</h1>\n<p class=\"counts\">{endpoints} {}, {marked} marked; {opaque} opaque {}, {blind_spots} blind \
         {}.</p>",
        plural(endpoints, "endpoint"),
        plural(opaque, "part"),
        plural(blind_spots, "spot")
    );
    let shown = listing.packages.iter().filter(|p| !p.set.endpoints.is_empty() || !p.set.blind_spots.is_empty());
    let packages: Vec<&ListedPackage> = shown.collect();
    let names: Vec<&str> = packages.iter().map(|package| package.set.package.as_str()).collect();
    let mut main = String::new();
    page::filter(&mut main, ("Endpoints", "path, version, handler"), &[], &names);
    for (index, package) in packages.into_iter().enumerate() {
        let (name, version) = (&package.set.package, package.set.version.as_deref());
        let heading = version.map_or_else(|| name.clone(), |version| format!("{name} {version}"));
        page::section(&mut main, index + 1, name, &heading, &listed(package));
    }
    page::page("Endpoints", &header, &main)
}

/// The table of a package.
fn listed(package: &ListedPackage) -> String {
    let set = &package.set;
    let mut out = format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Endpoints of {}\">\n<table>\n<thead><tr>",
        Text(&set.package)
    );
    for column in ["Endpoint", "Since", "State", "Section", "Handler", "Place"] {
        out.push_str(&format!("<th scope=\"col\">{column}</th>"));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (endpoint, id) in set.endpoints.iter().zip(set.ids()) {
        out.push_str(&format!(
            "<tr class=\"item\"><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><code>{}</code>\
             </td></tr>\n",
            Text(&id),
            Text(endpoint.lifetime.since.as_ref().map_or("–", |since| since.version.as_str())),
            Text(&state(endpoint)),
            Text(endpoint.section.as_deref().unwrap_or_default()),
            Text(endpoint.handler.as_deref().unwrap_or_default()),
            Text(&at("", &endpoint.place))
        ));
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    if package.unmarked > 0 {
        out.push_str(&format!("<p class=\"none\">{} more without a mark.</p>\n", package.unmarked));
    }
    let spots: Vec<String> = set.blind_spots.iter().map(|spot| blind_spot("", spot)).collect();
    page::folded(&mut out, "blind spot", &spots);
    out
}
