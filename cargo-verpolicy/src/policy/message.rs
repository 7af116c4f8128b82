//! What a finding says: one sentence with the values of the change, and what to do about it.

use super::rules::rule_of;
use super::sentences::{remedy, sentence};
use crate::diff::Change;

/// One sentence: what happened.
#[must_use]
pub fn message(change: &Change) -> String {
    fill(sentence(change.kind), change)
}

/// What to do; `None` where there is nothing to do.
#[must_use]
pub fn help(change: &Change) -> Option<String> {
    let own = match (remedy(change.kind), &change.was) {
        (Some(template), Some(_)) => fill(template, change),
        _ => rule_of(change.kind).remedy.to_owned(),
    };
    let linked = change.related.as_ref().filter(|_| !sentence(change.kind).contains("{related}"));
    match (own.is_empty(), linked) {
        (true, None) => None,
        (true, Some(hint)) => Some(hint.clone()),
        (false, None) => Some(own),
        (false, Some(hint)) => Some(format!("{own}; {hint}")),
    }
}

/// Fills in the values; one pass, so that a value that looks like a placeholder stays as it is.
fn fill(template: &str, change: &Change) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = from.find('}') else {
            rest = from;
            break;
        };
        let (name, after) = from.split_at(close + 1);
        match value(name, change) {
            Some(text) => out.push_str(&text),
            None => out.push_str(name),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn value(name: &str, change: &Change) -> Option<String> {
    let unknown = || "something else".to_owned();
    Some(match name {
        "{at}" => change.at.clone(),
        "{was}" => change.was.clone().unwrap_or_else(unknown),
        "{is}" => change.is.clone().unwrap_or_else(unknown),
        "{members}" if change.members.is_empty() => String::new(),
        "{members}" => format!(" (with it: {})", list(&change.members)),
        "{related}" => change.related.as_ref().map(|r| format!(" ({r})")).unwrap_or_default(),
        _ => return None,
    })
}

/// The first few, and how many more.
fn list(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let mut out = names.iter().take(SHOWN).map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    if let Some(more) = names.len().checked_sub(SHOWN).filter(|n| *n > 0) {
        out.push_str(&format!(" and {more} more"));
    }
    out
}
