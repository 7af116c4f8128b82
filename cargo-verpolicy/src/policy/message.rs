//! What a finding says: one sentence with the values of the change, and what to do about it.

use super::rules::rule_of;
use super::sentences::{remedy, sentence};
use crate::diff::{Change, ChangeKind};
use crate::model::Condition;

/// One sentence: what happened, and in which builds it is seen where not in all.
#[must_use]
pub fn message(change: &Change) -> String {
    format!("{}{}", happened(change), only(&change.condition))
}

/// ` (only with feature `x`)`
fn only(condition: &Condition) -> String {
    let feature = |condition: &Condition| match condition {
        Condition::Feature(name) => Some(format!("with feature `{name}`")),
        Condition::Not(inner) => match inner.as_ref() {
            Condition::Feature(name) => Some(format!("without feature `{name}`")),
            _ => None,
        },
        _ => None,
    };
    let all: Option<Vec<String>> = match condition {
        Condition::Always => return String::new(),
        Condition::All(all) => all.iter().map(feature).collect(),
        one => feature(one).map(|name| vec![name]),
    };
    match all {
        Some(all) => format!(" (only {})", all.join(" and ")),
        None => format!(" (only under `cfg({condition})`)"),
    }
}

fn happened(change: &Change) -> String {
    if change.members.is_empty() {
        let template = match (change.kind, &change.was) {
            (ChangeKind::ResponseErrorStatusAdded, Some(_)) => "error {is} is new among what `{was}` may answer",
            (ChangeKind::RequestOpaqueChanged | ChangeKind::ResponseOpaqueChanged, was) if *was != change.is => {
                "`{at}` was `{was}` and is `{is}`: whether it looks the same is not known"
            }
            (kind, _) => sentence(kind),
        };
        let inside = !change.at.is_empty() && !template.contains("{at}") && change.kind.rule().starts_with("item-");
        let text = fill(template, change);
        return if inside { format!("`{}`: {text}", change.at) } else { text };
    }
    let summary = rule_of(change.kind).summary;
    format!("{summary}, of several in `{}`: {}", change.at, list(&change.members))
}

/// What to do; `None` where there is nothing to do.
#[must_use]
pub fn help(change: &Change) -> Option<String> {
    let own = match (remedy(change.kind), &change.was) {
        (Some(template), Some(_)) if change.members.is_empty() => fill(template, change),
        (Some(_), _) if !change.members.is_empty() => "keep the old names; look for a changed `rename_all`".to_owned(),
        _ => rule_of(change.kind).remedy.to_owned(),
    };
    let own = Some(own).filter(|text| !text.is_empty());
    match (own, link(change)) {
        (Some(own), Some(hint)) => Some(format!("{own}; {hint}")),
        (own, hint) => own.or(hint),
    }
}

/// What the other endpoint, field or status that a change names may have to do with it.
fn link(change: &Change) -> Option<String> {
    let other = change.related.as_ref()?;
    Some(match change.kind {
        ChangeKind::EndpointRemoved | ChangeKind::DeprecatedEndpointRemoved => {
            format!("its handler serves `{other}` now")
        }
        ChangeKind::EndpointAdded => format!("its handler served `{other}` before"),
        ChangeKind::EndpointDeprecated => format!("`{other}` replaces it"),
        ChangeKind::RequestFieldRemoved => match &change.was {
            Some(was) => format!("if `{was}` became `{other}`, add `#[serde(alias = \"{was}\")]`"),
            None => format!("perhaps it became `{other}`"),
        },
        ChangeKind::ResponseErrorStatusRemoved => format!("if it became {other}, clients that look for it are hurt"),
        _ => format!("perhaps it became `{other}`"),
    })
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
        "{is}" if change.kind == ChangeKind::EndpointUnpublished => match change.is.as_deref() {
            Some("unlisted") => "left the published document".to_owned(),
            _ => "its mark is gone".to_owned(),
        },
        "{is}" => change.is.clone().unwrap_or_else(unknown),
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
