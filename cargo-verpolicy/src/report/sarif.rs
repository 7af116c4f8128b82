//! SARIF 2.1.0: one run of one tool.
//!
//! Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; limits as GitHub's code scanning
//! has them.

use super::{Canvas, Weight, json, page, prefix, shown_at, was_at};
use crate::model::{BlindSpot, Place};
use crate::policy::{Effect, Finding, PackageReport, Report, Verdict, rules};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A report as a SARIF log.
pub(super) fn report(report: &Report, canvas: &Canvas) -> String {
    let named: BTreeSet<&str> = report.packages.iter().flat_map(|p| &p.findings).map(|f| f.rule).collect();
    let named: Vec<&str> = named.into_iter().collect();
    let results: Vec<Value> = report
        .packages
        .iter()
        .flat_map(|package| package.findings.iter().map(move |f| (package, f)))
        .map(|(package, finding)| result(finding, package, &named, canvas))
        .collect();
    let spots: Vec<Value> = report
        .packages
        .iter()
        .flat_map(|package| package.blind_spots.iter().map(move |(old, spot)| notification(package, *old, spot)))
        .collect();
    let judged = !report.packages.iter().any(|p| matches!(p.verdict, Some(Verdict::Incomplete | Verdict::NoBaseline)));
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cargo-verpolicy",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": named.iter().map(|id| rule(id)).collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": "cargo-verpolicy/" },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "SRCROOT": { "description": { "text": "The root of the repository" } } },
            "invocations": [{
                "executionSuccessful": judged,
                "toolExecutionNotifications": spots,
            }],
            "results": results,
            "properties": {
                "policy": report.policy,
                "verdict": report.verdict.map(json::verdict_word),
                "packages": report.packages.iter().map(verdict).collect::<Vec<_>>(),
            },
        }],
    });
    let mut out = serde_json::to_string_pretty(&log).unwrap_or_default();
    out.push('\n');
    out
}

fn verdict(package: &PackageReport) -> Value {
    json!({
        "name": package.name,
        "verdict": package.verdict.map(json::verdict_word),
        "declared": package.declared,
        "required": package.required,
        "next": package.next,
    })
}

fn rule(id: &str) -> Value {
    let Some(rule) = rules::rule_by_id(id) else { return json!({ "id": id }) };
    json!({
        "id": id,
        "shortDescription": { "text": sentence(rule.summary) },
        "fullDescription": { "text": sentence(rule.summary) },
        "help": { "text": sentence(rule.remedy), "markdown": rule.docs },
        "helpUri": page(id),
        "defaultConfiguration": { "level": match rule.level {
            crate::policy::Level::Allow => "none",
            crate::policy::Level::Warn => "warning",
            crate::policy::Level::Deny => "error",
        } },
        "properties": { "effect": rule.effect.map(json::effect_word), "tags": tags(rule.effect) },
    })
}

fn tags(effect: Option<Effect>) -> Vec<&'static str> {
    vec!["api", effect.map_or("audit", json::effect_word)]
}

/// SARIF wants sentences with a full stop.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

fn result(finding: &Finding, package: &PackageReport, named: &[&str], canvas: &Canvas) -> Value {
    let baseline = package.baseline.as_ref().map_or("", |b| b.origin.as_str());
    let text = sentence(&format!("{}: {}{}", finding.endpoint, finding.message, was_at(finding, baseline)));
    let text = match &finding.help {
        Some(help) => format!("{text} Help: {}", sentence(help)),
        None => text,
    };
    let place = shown_at(finding, &package.name, canvas).or(finding.old.as_ref());
    let mut value = json!({
        "ruleId": finding.rule,
        "level": match Weight::of(finding) {
            Weight::Refused => "error",
            Weight::Warning => "warning",
            Weight::Change => "note",
        },
        "message": { "text": text },
        "locations": place.map(|place| vec![location(place)]).unwrap_or_default(),
        "partialFingerprints": { "verpolicy/v1": format!("{}:{}", package.name, finding.fingerprint) },
        "properties": {
            "package": package.name,
            "endpoint": finding.endpoint,
            "effect": finding.effect.map(json::effect_word),
            "reaches": finding.reaches,
        },
    });
    if let Some(index) = named.iter().position(|id| *id == finding.rule) {
        value["ruleIndex"] = json!(index);
    }
    if let Some(old) = &finding.old {
        let mut related = location(old);
        related["id"] = json!(0);
        related["message"] = json!({ "text": format!("Before, in {}", prefix(baseline).trim_end_matches(':')) });
        value["relatedLocations"] = json!([related]);
    }
    value
}

fn location(place: &Place) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&place.file), "uriBaseId": "SRCROOT" },
        "region": { "startLine": place.line.max(1), "startColumn": place.column.max(1) },
    } })
}

/// A relative URI: what RFC 3986 does not allow in a path is written as `%XX` of its UTF-8 bytes.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn notification(package: &PackageReport, old: bool, spot: &BlindSpot) -> Value {
    let side =
        if old { package.baseline.as_ref().map_or("the old side", |b| &b.origin) } else { &package.current.origin };
    json!({
        "descriptor": { "id": spot.kind.word() },
        "level": "note",
        "message": { "text": format!("{}, {side}: {}", package.name, sentence(&spot.detail)) },
        "locations": spot.place.as_ref().map(|place| vec![location(place)]).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("src/a b/ä.rs"), "src/a%20b/%C3%A4.rs");
    }
}
