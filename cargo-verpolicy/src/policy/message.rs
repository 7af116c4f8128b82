//! What a finding says: one sentence with the values of the change, and what to do about it.

use super::rules::rule_of;
use super::sentences::{gathered, remedy, sentence};
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
        // No `cfg` that anybody wrote: an `if` of the program.
        None if matches!(condition, Condition::Flag(flag) if flag == "runtime") => {
            " (only where the running program's configuration adds it)".to_owned()
        }
        None => format!(" (only under `cfg({condition})`)"),
    }
}

fn happened(change: &Change) -> String {
    if change.members.is_empty() {
        let template = template(change);
        let inside = !change.at.is_empty() && !template.contains("{at}") && change.kind.rule().starts_with("item-");
        let text = fill(template, change);
        return if inside { format!("`{}`: {text}", change.at) } else { text };
    }
    format!("{}: {}", fill(gathered(change.kind), change), list(&change.members))
}

/// The sentence of a change; statuses that are no numbers have words of their own.
fn template(change: &Change) -> &'static str {
    use ChangeKind as K;
    match (change.kind, change.was.as_deref(), change.is.as_deref()) {
        (K::ResponseErrorStatusAdded, Some("code"), Some("error")) => {
            "an error whose status is not known is new among what its code may answer"
        }
        (K::ResponseErrorStatusAdded, Some("code"), _) => "error {is} is new among what its code may answer",
        (K::ResponseErrorStatusAdded, Some(_), Some("error")) => {
            "an error whose status is not known is new among what `{was}` may answer"
        }
        (K::ResponseErrorStatusAdded, Some(_), _) => "error {is} is new among what `{was}` may answer",
        (K::ResponseErrorStatusAdded, None, Some("error")) => "an error whose status is not known is new",
        (K::ResponseErrorStatusRemoved, Some("error"), _) => "errors whose status is not known are no longer answered",
        (K::EndpointConditionChanged | K::EndpointConditionRelaxed | K::EndpointConditionDoubtful, was, is) => {
            match (was, is, change.at.is_empty()) {
                (None, _, true) => "the endpoint was always there and is there under `{is}` only",
                (_, None, true) => "the endpoint was there under `{was}` only and is always there now",
                (_, _, true) => "the endpoint was there under `{was}` and is there under `{is}`",
                (None, _, false) => "`{at}` was always there and is there under `{is}` only",
                (_, None, false) => "`{at}` was there under `{was}` only and is always there now",
                (_, _, false) => "`{at}` was there under `{was}` and is there under `{is}`",
            }
        }
        (K::ItemTypeUnknown, Some(""), _) => {
            "it asks for `{is}` now, which nobody outside can name: whether all that met its bounds do is not known"
        }
        (K::EndpointRemoved, _, Some("private")) => "it is there, but nobody outside can name it any more",
        (K::EndpointRemoved | K::DeprecatedEndpointRemoved, _, Some("unmounted")) => {
            "its handler is there, but nothing mounts it any more: no code names what states it"
        }
        (K::EndpointLayerChanged, None, Some(_)) => {
            "the layer `{is}` stands around it now; what that refuses or alters is not known"
        }
        (K::EndpointLayerChanged, Some(_), None) => {
            "the layer `{was}` stands around it no more; what that refused or altered is not known"
        }
        (K::DeprecatedEndpointRemoved, _, Some("private")) => {
            "it was deprecated in the baseline, and nobody outside can name it any more"
        }
        (K::RequestOpaqueChanged | K::ResponseOpaqueChanged, Some(was), Some(is)) if was != is => {
            "`{at}` was `{was}` and is `{is}`: whether it looks the same is not known"
        }
        (K::ResponseSuccessBodyAdded, Some(_), _) => "success may be {is} now, without the body that it always had",
        // A flattened type that has no key of its own.
        (K::RequestFieldAdded | K::ResponseFieldAdded, Some("nothing"), Some(_)) => "`{at}` may hold {is} too",
        (K::RequestRequiredFieldAdded, Some("nothing"), Some(_)) => "`{at}` must hold {is} too",
        (K::RequestFieldAliasAdded, Some(_), Some(is)) if change.at.ends_with(is) => "`{was}` is read as `{is}` too",
        (K::ParameterTypeWidened | K::ConfigTypeWidened, None, Some(_)) => "`{at}` accepts {is} too",
        (K::ParameterTypeNarrowed | K::ConfigTypeNarrowed, Some(_), None) => "`{at}` no longer accepts {was}",
        (K::ItemImplUnknown, Some(_), Some(why)) => match why {
            "made" => "{was} may have made it: not read, and the type no longer carries it",
            "made-by-other-code" => "{was} may have made it: not read, and its code is another one on the two sides",
            "makes" => "{was} may make it: not read, and the type did not carry it before",
            "makes-by-other-code" => "{was} may make it: not read, and its code is another one on the two sides",
            _ => "what {was} made is not known, and the type has implementations in its place",
        },
        (K::ItemMacroArmAdded, _, Some("")) => "it takes nothing between its brackets too",
        (K::ItemMacroArmRemoved, Some(""), _) => "it no longer takes nothing between its brackets",
        (K::ItemSignatureChanged, Some(""), Some("")) => {
            "it asks for less now: implementations that ask for what they did no longer compile"
        }
        (K::ItemSignatureChanged, Some(_), Some("")) => {
            "it no longer asks for `{was}`: implementations that do no longer compile"
        }
        (kind, ..) => sentence(kind),
    }
}

/// What to do; `None` where there is nothing to do.
#[must_use]
pub fn help(change: &Change) -> Option<String> {
    let own = match (remedy(change.kind), &change.was) {
        _ if !change.members.is_empty() && names_changed(change) => {
            "keep the old names; look for a changed `rename_all`".to_owned()
        }
        _ if special_remedy(change).is_some() => fill(special_remedy(change).unwrap_or_default(), change),
        (Some(template), Some(_)) if change.members.is_empty() => fill(template, change),
        _ => rule_of(change.kind).remedy.to_owned(),
    };
    let own = Some(own).filter(|text| !text.is_empty());
    match (own, link(change)) {
        (Some(own), Some(hint)) => Some(format!("{own}; {hint}")),
        (own, hint) => own.or(hint),
    }
}

/// Does a change of several members tell their old and new names?
fn names_changed(change: &Change) -> bool {
    change.members.iter().all(|member| member.contains(" → "))
}

/// The remedy where the rule's own does not help with this change.
fn special_remedy(change: &Change) -> Option<&'static str> {
    use ChangeKind as K;
    let (was, is) = (change.was.as_deref().unwrap_or_default(), change.is.as_deref().unwrap_or_default());
    Some(match change.kind {
        K::RequestUnknownFieldsDenied | K::ConfigUnknownDenied | K::ParameterUnknownDenied
            if is.starts_with("read as ") =>
        {
            "take what may be sent already: a map of values that hold anything, such as `serde_json::Value`"
        }
        K::EndpointRemoved if is == "unmounted" => {
            "mount it again, or mark it `deprecated` and stop serving it in a later release"
        }
        K::EndpointRemoved if is == "private" => "keep it `pub` and mark it `deprecated`; hide it in a later release",
        // Its reader is the old type itself.
        K::ResponseEnumVariantAdded if change.message => {
            "let the type read what it does not know, with a unit variant under `#[serde(other)]`, one release before"
        }
        K::RequestEnumVariantRenamed | K::ResponseEnumVariantRenamed
            if was.parse::<i128>().is_ok() && is.parse::<i128>().is_ok() =>
        {
            "keep the old number: write it out, `= {was}`"
        }
        _ => return None,
    })
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
        "{is}" if change.kind == ChangeKind::UnreadChanged => match change.is.as_deref() {
            Some("gone") => "is gone, or is read now".to_owned(),
            _ => "changed".to_owned(),
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
