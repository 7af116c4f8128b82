//! What the current tree supports: a table for people, JSON, and the document that a server serves.

use crate::model::Place;
use crate::policy::{Lack, Support, Supported};
use serde_json::{Map, Value, json};

/// Schema of `supports`.
pub const SUPPORTS_SCHEMA: &str = "verpolicy.supports/1";

/// For people: an origin a line, then what it lacks.
#[must_use]
pub fn supports_text(packages: &[Supported]) -> String {
    let mut out = String::new();
    for package in packages {
        out.push_str(&format!("{} ({})\n", package.name, package.origin));
        for support in &package.asked {
            let word = match support.supported {
                Some(true) => "supported",
                Some(false) => "not supported",
                None => "not known",
            };
            let version = support.version.as_deref().unwrap_or("without a version");
            let count = support.endpoints;
            let noun = super::list::plural(count, "endpoint");
            out.push_str(&format!("  {word:13}  {version}  {}  {count} {noun}\n", support.origin));
            for lack in &support.lacks {
                out.push_str(&lack_line(support, lack));
            }
            for unknown in &support.unknown {
                out.push_str(&format!("    not known: {unknown}\n"));
            }
        }
        if !package.versions.is_empty() {
            out.push_str(&format!("  versions: {}\n", package.versions.join(", ")));
        }
        if !package.unstable_features.is_empty() {
            let features: Vec<&str> = package.unstable_features.iter().map(String::as_str).collect();
            out.push_str(&format!("  unstable features: {}\n", features.join(", ")));
        }
    }
    out
}

fn lack_line(support: &Support, lack: &Lack) -> String {
    let perhaps = if lack.certain { "" } else { "perhaps: " };
    let more = match lack.reaches.len() {
        0 | 1 => String::new(),
        n => format!(" and {} more", n - 1),
    };
    let place = match (&lack.new, &lack.old) {
        (Some(place), _) => format!("{}:{}:{}", place.file, place.line, place.column),
        (None, Some(place)) => {
            format!("{}{}:{}:{}", super::prefix(&support.origin), place.file, place.line, place.column)
        }
        (None, None) => return format!("    {perhaps}{}{more}: {} [{}]\n", lack.endpoint, lack.message, lack.rule),
    };
    format!("    {perhaps}{}{more}: {} [{}] {place}\n", lack.endpoint, lack.message, lack.rule)
}

/// Versioned JSON.
#[must_use]
pub fn supports_json(policy: &str, packages: &[Supported]) -> String {
    let packages: Vec<Value> = packages.iter().map(package).collect();
    format!("{:#}\n", json!({ "schema": SUPPORTS_SCHEMA, "policy": policy, "packages": packages }))
}

fn package(package: &Supported) -> Value {
    let mut value = json!({
        "name": package.name,
        "origin": package.origin,
        "asked": package.asked.iter().map(support).collect::<Vec<_>>(),
    });
    if let (Value::Object(value), Value::Object(served)) = (&mut value, served(package)) {
        value.extend(served);
    }
    value
}

/// What a server answers to "which versions do you speak".
#[must_use]
pub fn served(package: &Supported) -> Value {
    let features: Map<String, Value> =
        package.unstable_features.iter().map(|feature| (feature.clone(), Value::Bool(true))).collect();
    json!({ "versions": package.versions, "unstable_features": features })
}

fn support(support: &Support) -> Value {
    json!({
        "origin": support.origin,
        "version": support.version,
        "advertised": support.advertised,
        "endpoints": support.endpoints,
        "supported": support.supported,
        "lacks": support.lacks.iter().map(lack).collect::<Vec<_>>(),
        "unknown": support.unknown,
    })
}

fn lack(lack: &Lack) -> Value {
    let place = |place: &Place| json!({ "file": place.file.as_ref(), "line": place.line, "column": place.column });
    json!({
        "rule": lack.rule,
        "certain": lack.certain,
        "endpoint": lack.endpoint,
        "reaches": lack.reaches,
        "message": lack.message,
        "help": lack.help,
        "old": lack.old.as_ref().map(place),
        "new": lack.new.as_ref().map(place),
    })
}
