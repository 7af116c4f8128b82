//! Versioned JSON. The types here are the wire format's own: nothing of the model is serialised as it is.

use super::list::ListedPackage;
use super::schema::schema;
use super::{Canvas, Listing};
use crate::model::{
    BlindSpot, Body, Condition, Direction, Endpoint, EndpointContent, EndpointKey, EndpointSet, Http, In, Media, Place,
    Presence, Published, Shapes, Stability,
};
use crate::policy::{Cure, Effect, Finding, Level, PackageReport, Report, Side, Verdict};
use serde_json::map::Entry;
use serde_json::{Map, Value, json};

/// Schema of `list`.
pub const LIST_SCHEMA: &str = "verpolicy.list/1";
/// Schema of `check` and `diff`.
pub const REPORT_SCHEMA: &str = "verpolicy.report/1";
/// Schema of a failure without a report.
pub const ERROR_SCHEMA: &str = "verpolicy.error/1";

/// A judged report.
pub(super) fn report(report: &Report, canvas: &Canvas) -> String {
    let packages: Vec<Value> = report.packages.iter().map(|p| package(p, canvas)).collect();
    text(&json!({
        "schema": REPORT_SCHEMA,
        "policy": report.policy,
        "verdict": report.verdict.map(verdict_word),
        "packages": packages,
    }))
}

/// A failure without a report.
#[must_use]
pub fn failure(kind: &str, message: &str, help: Option<&str>, place: Option<&Place>) -> String {
    text(&json!({
        "schema": ERROR_SCHEMA,
        "kind": kind,
        "message": message,
        "help": help,
        "file": place.map(|p| p.file.as_ref()),
        "line": place.map(|p| p.line).filter(|l| *l > 0),
        "column": place.map(|p| p.column).filter(|c| *c > 0),
    }))
}

pub(super) fn text(value: &Value) -> String {
    let mut out = serde_json::to_string_pretty(value).unwrap_or_default();
    out.push('\n');
    out
}

pub(super) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Pending => "pending",
        Verdict::Fail => "fail",
        Verdict::Incomplete => "incomplete",
        Verdict::NoBaseline => "no-baseline",
    }
}

/// The word of an effect in JSON and messages.
#[must_use]
pub fn effect_word(effect: Effect) -> &'static str {
    match effect {
        Effect::None => "none",
        Effect::Compatible => "compatible",
        Effect::Deprecation => "deprecation",
        Effect::Addition => "addition",
        Effect::Breaking => "breaking",
    }
}

/// The word of a level in JSON and messages.
#[must_use]
pub fn level_word(level: Level) -> &'static str {
    match level {
        Level::Allow => "allow",
        Level::Warn => "warn",
        Level::Deny => "deny",
    }
}

fn package(package: &PackageReport, canvas: &Canvas) -> Value {
    let findings: Vec<Value> = package.findings.iter().map(|f| finding(f, canvas)).collect();
    let spots: Vec<Value> = package.blind_spots.iter().map(|(old, s)| blind_spot(s, Some(*old))).collect();
    let mut value = json!({
        "name": package.name,
        "verdict": package.verdict.map(verdict_word),
        "baseline": package.baseline.as_ref().map(side),
        "current": side(&package.current),
        "declared": package.declared,
        "required": package.required,
        "next": package.next,
        "findings": findings,
        "blind_spots": spots,
        "unmarked": package.unmarked,
        "opaque": package.opaque,
        "notes": package.notes,
    });
    if canvas.explain
        && let Value::Object(map) = &mut value
    {
        map.insert("because".to_owned(), json!(package.because));
    }
    if let (Some(pr), Value::Object(map)) = (&package.pull_request, &mut value) {
        let pr = json!({ "base": pr.base, "required": pr.required, "fingerprints": pr.fingerprints });
        map.insert("pr".to_owned(), pr);
    }
    value
}

fn side(side: &Side) -> Value {
    json!({ "version": side.version, "origin": side.origin, "endpoints": side.endpoints })
}

fn place(place: &Place) -> Value {
    json!({ "file": place.file.as_ref(), "line": place.line, "column": place.column })
}

pub(super) fn finding(finding: &Finding, canvas: &Canvas) -> Value {
    let mut value = json!({
        "rule": finding.rule,
        "level": level_word(finding.level),
        "effect": finding.effect.map(effect_word),
        "refused": finding.refused,
        "cure": match finding.cure { Cure::Bump => "bump", Cure::Source => "source" },
        "endpoint": finding.endpoint,
        "message": finding.message,
        "help": finding.help,
        "old": finding.old.as_ref().map(place),
        "new": finding.new.as_ref().map(place),
        "reaches": finding.reaches,
        "fingerprint": finding.fingerprint,
    });
    if let Value::Object(map) = &mut value {
        if let Some(condition) = &finding.condition {
            map.insert("condition".to_owned(), json!(condition));
        }
        if canvas.explain {
            map.insert("because".to_owned(), json!(finding.because));
        }
    }
    value
}

fn blind_spot(spot: &BlindSpot, old: Option<bool>) -> Value {
    json!({
        "kind": spot.kind.word(),
        "side": if old == Some(true) { "old" } else { "new" },
        "file": spot.place.as_ref().map(|p| p.file.as_ref()),
        "line": spot.place.as_ref().map(|p| p.line),
        "column": spot.place.as_ref().map(|p| p.column),
        "detail": spot.detail,
    })
}

/// An endpoint list.
pub(super) fn list(listing: &Listing, _canvas: &Canvas) -> String {
    let packages: Vec<Value> = listing.packages.iter().map(listed).collect();
    let [endpoints, marked, opaque, blind_spots] = listing.totals();
    text(&json!({
        "schema": LIST_SCHEMA,
        "packages": packages,
        "totals": { "endpoints": endpoints, "marked": marked, "opaque": opaque, "blind_spots": blind_spots },
    }))
}

fn listed(package: &ListedPackage) -> Value {
    let set = &package.set;
    let ids = set.ids();
    let endpoints: Vec<Value> = set.endpoints.iter().zip(ids).map(|(e, id)| endpoint(set, e, &id)).collect();
    let spots: Vec<Value> = set.blind_spots.iter().map(|s| blind_spot(s, None)).collect();
    json!({
        "name": set.package,
        "version": set.version,
        "origin": package.origin,
        "endpoints": endpoints,
        "blind_spots": spots,
        "unmarked": package.unmarked,
        "opaque": set.shapes.opaque(),
        "followed": set.followed,
    })
}

fn endpoint(set: &EndpointSet, endpoint: &Endpoint, id: &str) -> Value {
    let (method, path, service) = match &endpoint.key {
        EndpointKey::Http { service, path, method } => (
            Some(method.to_string()),
            Some(path.render()),
            Some(service.as_str()).filter(|s| !s.is_empty()).map(str::to_owned),
        ),
        EndpointKey::Named { .. } => (None, None, None),
    };
    let step = |step: &Option<crate::model::Step>| step.as_ref().map(|s| s.version.clone());
    let (request, responses, signature) = content(&set.shapes, &endpoint.content);
    json!({
        "id": id,
        "kind": endpoint.kind().word(),
        "method": method,
        "path": path,
        "service": service,
        "condition": Some(&endpoint.condition).filter(|c| **c != Condition::Always).map(ToString::to_string),
        "since": step(&endpoint.lifetime.since),
        "deprecated": step(&endpoint.lifetime.deprecated),
        "removed": step(&endpoint.lifetime.removed),
        "stability": match &endpoint.stability { Stability::Stable => "stable", Stability::Unstable { .. } => "unstable" },
        "unstable_feature": match &endpoint.stability { Stability::Unstable { feature } => feature.clone(), Stability::Stable => None },
        "edition": endpoint.edition,
        "behavior": endpoint.behavior,
        "section": endpoint.section,
        "published": match endpoint.published { Published::Yes => Some(true), Published::No => Some(false), Published::Unknown => None },
        "documented": endpoint.documented,
        "handler": endpoint.handler,
        "framework": endpoint.framework,
        "marked": endpoint.marked,
        "file": endpoint.place.file.as_ref(),
        "line": endpoint.place.line,
        "column": endpoint.place.column,
        "request": request,
        "responses": responses,
        "signature": signature,
    })
}

fn content(shapes: &Shapes, content: &EndpointContent) -> (Value, Value, Value) {
    match content {
        EndpointContent::Http(http) => (request(shapes, http), responses(shapes, http), Value::Null),
        EndpointContent::Item(signature) => (Value::Null, Value::Null, json!(signature.text)),
        EndpointContent::Message { input, output, .. } => {
            (schema(shapes, *input, Direction::Input), schema(shapes, *output, Direction::Output), Value::Null)
        }
        EndpointContent::Config { input } => (schema(shapes, *input, Direction::Input), Value::Null, Value::Null),
    }
}

fn request(shapes: &Shapes, http: &Http) -> Value {
    let parameters: Vec<Value> = http
        .parameters
        .iter()
        .map(|p| {
            let mut schema = schema(shapes, p.shape, Direction::Input);
            if let Value::Object(map) = &mut schema {
                super::schema::limit(map, &p.constraints);
            }
            json!({
                "in": match p.place_in { In::Path => "path", In::Query => "query", In::Header => "header", In::Cookie => "cookie" },
                "name": p.names.wire,
                "required": p.presence == Presence::Always,
                "deprecated": p.deprecated,
                "schema": schema,
            })
        })
        .collect();
    json!({ "parameters": parameters, "body": http.request.as_ref().map(|b| body(shapes, b)) })
}

fn body(shapes: &Shapes, body: &Body) -> Value {
    json!({ "required": body.required, "content": media(shapes, &body.media, Direction::Input) })
}

fn media(shapes: &Shapes, media: &[Media], direction: Direction) -> Value {
    let map: Map<String, Value> =
        media.iter().map(|m| (m.content_type.clone(), schema(shapes, m.shape, direction))).collect();
    Value::Object(map)
}

fn responses(shapes: &Shapes, http: &Http) -> Value {
    let mut map: Map<String, Value> = Map::new();
    for r in &http.responses {
        let headers: Map<String, Value> = r
            .headers
            .iter()
            .map(|h| {
                let schema = schema(shapes, h.shape, Direction::Output);
                (h.name.clone(), json!({ "required": h.presence == Presence::Always, "schema": schema }))
            })
            .collect();
        let answer = json!({ "content": media(shapes, &r.media, Direction::Output), "headers": headers });
        match map.entry(r.status.to_string()) {
            Entry::Vacant(entry) => {
                entry.insert(answer);
            }
            Entry::Occupied(mut entry) => beside(entry.get_mut(), answer),
        }
    }
    Value::Object(map)
}

/// Puts a second answer of one status beside the first: of one content type, either of two schemas.
fn beside(first: &mut Value, second: Value) {
    let Value::Object(second) = second else { return };
    for (part, entries) in second {
        let (Value::Object(entries), Some(Value::Object(known))) = (entries, first.get_mut(&part)) else { continue };
        for (name, value) in entries {
            match known.entry(name) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(mut entry) if part == "content" && *entry.get() != value => {
                    let one = entry.get_mut().take();
                    entry.insert(json!({ "oneOf": [one, value] }));
                }
                Entry::Occupied(_) => {}
            }
        }
    }
}
