//! A changelog as Markdown and as JSON.

use crate::policy::{Changes, Entry, Group, Section};
use serde_json::{Value, json};

/// Schema of `changelog`.
pub const CHANGELOG_SCHEMA: &str = "verpolicy.changelog/1";

/// Markdown: a heading a release, a section and a group; nothing where nothing changed and no section is to say so.
#[must_use]
pub fn changelog_markdown(packages: &[Changes]) -> String {
    let mut out = String::new();
    for package in packages {
        if !out.is_empty() {
            out.push('\n');
        }
        let release = package.to.as_deref().unwrap_or("Unreleased");
        let name = if packages.len() > 1 { format!("{} ", package.name) } else { String::new() };
        out.push_str(&format!("## {name}{release}\n"));
        for unknown in &package.unknown {
            out.push_str(&format!("\n> Not known, for it could not be seen on both sides: {}\n", escape(unknown)));
        }
        let mut written = false;
        for section in &package.sections {
            written |= push_section(&mut out, section, package.empty.as_deref());
        }
        if !written {
            out.push_str(&format!("\n{}\n", package.empty.as_deref().unwrap_or("No relevant changes")));
        }
    }
    out
}

fn push_section(out: &mut String, section: &Section, empty: Option<&str>) -> bool {
    let named = section.name.as_deref();
    if section.entries.is_empty() {
        let (Some(name), Some(empty)) = (named, empty) else { return false };
        out.push_str(&format!("\n### {}\n\n{empty}\n", escape(name)));
        return true;
    }
    if let Some(name) = named {
        out.push_str(&format!("\n### {}\n", escape(name)));
    }
    let mut group: Option<Group> = None;
    for entry in &section.entries {
        if group != Some(entry.group) {
            let level = if named.is_some() { "####" } else { "###" };
            out.push_str(&format!("\n{level} {}\n\n", entry.group.word()));
            group = Some(entry.group);
        }
        out.push_str(&line(entry));
    }
    true
}

/// `` - `GET /v3/sync`: it happened. Use `GET /v4/sync` instead. ``
fn line(entry: &Entry) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = entry.endpoints.iter().take(SHOWN).map(|id| format!("`{id}`")).collect();
    let more = entry.endpoints.len().saturating_sub(shown.len());
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    let mut out = format!("- {}{tail}", shown.join(", "));
    let perhaps = if entry.certain { "" } else { "perhaps: " };
    let at = if entry.at.is_empty() { String::new() } else { format!("at `{}`, ", entry.at) };
    if let Some(message) = &entry.message {
        let at = if message.contains(entry.at.as_str()) { "" } else { at.as_str() };
        out.push_str(&format!(": {perhaps}{at}{}", escape(message)));
    }
    if let Some(migration) = &entry.migration {
        let joint = if entry.message.is_some() { "; " } else { ": " };
        out.push_str(&format!("{joint}{}", escape(migration)));
    }
    out.push('\n');
    out
}

/// Keeps what is meant as text from being read as markup; code in backticks stays.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    for c in text.chars() {
        match c {
            '`' => code = !code,
            '*' | '_' | '<' | '[' | ']' | '\\' if !code => out.push('\\'),
            '\n' | '\r' => {
                out.push(' ');
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

/// Versioned JSON.
#[must_use]
pub fn changelog_json(policy: &str, packages: &[Changes]) -> String {
    let packages: Vec<Value> = packages
        .iter()
        .map(|package| {
            json!({
                "name": package.name,
                "from": package.from,
                "to": package.to,
                "sections": package.sections.iter().map(section).collect::<Vec<_>>(),
                "unknown": package.unknown,
            })
        })
        .collect();
    format!("{:#}\n", json!({ "schema": CHANGELOG_SCHEMA, "policy": policy, "packages": packages }))
}

fn section(section: &Section) -> Value {
    let entries: Vec<Value> = section
        .entries
        .iter()
        .map(|entry| {
            json!({
                "group": entry.group.word().to_lowercase(),
                "rule": entry.rule,
                "certain": entry.certain,
                "endpoints": entry.endpoints,
                "at": entry.at,
                "message": entry.message,
                "migration": entry.migration,
            })
        })
        .collect();
    json!({ "name": section.name, "entries": entries })
}
