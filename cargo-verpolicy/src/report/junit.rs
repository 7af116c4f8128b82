//! JUnit XML, written by quick-xml: a suite a package, a case a finding and one for the package's verdict.

use super::{Canvas, Weight, human, shown_at, was_at};
use crate::policy::{Finding, PackageReport, Report, Verdict};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

type Xml = Writer<Vec<u8>>;

/// What became of a case.
enum Outcome {
    Passed,
    Skipped,
    /// What was found is not allowed: `failure`.
    Failed(Why),
    /// It could not be judged: `error`.
    Errored(Why),
}

/// Why a case did not pass.
struct Why {
    message: String,
    kind: &'static str,
    text: String,
}

struct Case<'a> {
    name: String,
    class: &'a str,
    outcome: Outcome,
    /// What stands beside it for people.
    out: Option<String>,
}

/// Cases by outcome: all, skipped, errors, failures.
fn counts<'a, 'c: 'a>(cases: impl Iterator<Item = &'a Case<'c>>) -> [usize; 4] {
    cases.fold([0; 4], |[all, skipped, errors, failures], case| {
        let one = |is: bool| usize::from(is);
        [
            all + 1,
            skipped + one(matches!(case.outcome, Outcome::Skipped)),
            errors + one(matches!(case.outcome, Outcome::Errored(_))),
            failures + one(matches!(case.outcome, Outcome::Failed(_))),
        ]
    })
}

/// Only what is refused fails.
pub(super) fn report(report: &Report, canvas: &Canvas) -> String {
    let suites: Vec<(&str, Vec<Case<'_>>)> = report
        .packages
        .iter()
        .map(|package| {
            let findings = package.findings.iter().map(|finding| case(finding, package, canvas));
            (package.name.as_str(), std::iter::once(verdict(package, &report.policy)).chain(findings).collect())
        })
        .collect();
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 4);
    // Writing to memory does not fail.
    let _ = document(&mut xml, &suites);
    let mut out = String::from_utf8_lossy(&xml.into_inner()).into_owned();
    out.push('\n');
    out
}

fn document(xml: &mut Xml, suites: &[(&str, Vec<Case<'_>>)]) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let [all, skipped, errors, failures] = counts(suites.iter().flat_map(|(_, cases)| cases)).map(|n| n.to_string());
    let root = xml.create_element("testsuites").with_attribute(("name", "cargo-verpolicy"));
    let root = root.with_attributes([
        ("tests", all.as_str()),
        ("skipped", &skipped),
        ("failures", &failures),
        ("errors", &errors),
    ]);
    root.write_inner_content(|xml| {
        for (name, cases) in suites {
            let [all, skipped, errors, failures] = counts(cases.iter()).map(|n| n.to_string());
            let suite = xml.create_element("testsuite").with_attribute(("name", shown(name).as_str()));
            let suite = suite.with_attributes([
                ("tests", all.as_str()),
                ("skipped", &skipped),
                ("errors", &errors),
                ("failures", &failures),
            ]);
            suite.write_inner_content(|xml| cases.iter().try_for_each(|case| element(xml, case)))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn element(xml: &mut Xml, case: &Case<'_>) -> io::Result<()> {
    let test = xml.create_element("testcase");
    let test = test.with_attributes([("name", shown(&case.name).as_str()), ("classname", &shown(case.class))]);
    if matches!(case.outcome, Outcome::Passed) && case.out.is_none() {
        return test.write_empty().map(|_| ());
    }
    test.write_inner_content(|xml| {
        let (name, why) = match &case.outcome {
            Outcome::Passed => ("", None),
            Outcome::Skipped => ("skipped", None),
            Outcome::Failed(why) => ("failure", Some(why)),
            Outcome::Errored(why) => ("error", Some(why)),
        };
        if let Some(why) = why {
            let told = xml.create_element(name);
            let told = told.with_attributes([("message", shown(&why.message).as_str()), ("type", why.kind)]);
            match why.text.as_str() {
                "" => told.write_empty()?,
                text => told.write_text_content(BytesText::new(&shown(text)))?,
            };
        } else if !name.is_empty() {
            xml.create_element(name).write_empty()?;
        }
        if let Some(out) = &case.out {
            xml.create_element("system-out").write_text_content(BytesText::new(&shown(out)))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Without the characters that XML 1.0 cannot hold, even escaped.
fn shown(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..))
        .collect()
}

/// Fails where the package could not be judged; a refused finding fails by itself.
fn verdict<'a>(package: &'a PackageReport, policy: &str) -> Case<'a> {
    let line = human::verdict_line(package, policy);
    let refused = package.findings.iter().any(|f| Weight::of(f) == Weight::Refused);
    let why = |kind| Why { message: line.clone(), kind, text: String::new() };
    let outcome = match package.verdict {
        Some(Verdict::NoBaseline | Verdict::Incomplete) => Outcome::Errored(why("not-judged")),
        Some(Verdict::Fail) if !refused => Outcome::Failed(why("refused")),
        Some(_) => Outcome::Passed,
        None => Outcome::Skipped,
    };
    let out = std::iter::once(line).chain(package.notes.iter().cloned()).collect::<Vec<_>>().join("\n");
    Case { name: "verdict".to_owned(), class: &package.name, outcome, out: Some(out) }
}

fn case<'a>(finding: &Finding, package: &'a PackageReport, canvas: &Canvas) -> Case<'a> {
    let baseline = package.baseline.as_ref().map_or("", |b| b.origin.as_str());
    let message = format!("{}{}", finding.message, was_at(finding, baseline));
    let mut text = vec![format!("{}: {message}", finding.endpoint)];
    text.extend(finding.help.iter().map(|help| format!("help: {help}")));
    if let Some(place) = shown_at(finding, &package.name, canvas) {
        text.push(format!("at {}:{}:{}", place.file, place.line, place.column));
    }
    let text = text.join("\n");
    let weight = Weight::of(finding);
    let (outcome, out) = match weight {
        Weight::Refused => (Outcome::Failed(Why { message, kind: finding.rule, text }), None),
        _ => (Outcome::Passed, Some(format!("{}: {text}", weight.word()))),
    };
    Case { name: format!("{} {}", finding.rule, finding.endpoint), class: &package.name, outcome, out }
}
