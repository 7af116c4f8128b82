//! What a mark may say where it stands.

use proc_macro2::Span;
use versioning_grammar::{Kind, Mark, Mistake};

use crate::item::{Item, ItemKind};

/// Checks a mark against the item that it stands on.
pub(crate) fn check_item(mark: &Mark, item: &Item, misread: bool, mistakes: &mut Vec<Mistake>) {
    if let Some(message) = cannot_carry(item.kind) {
        mistakes.push(mistake(Span::call_site(), message));
        return;
    }
    let what = match item.kind {
        ItemKind::InlineModule => "a module",
        ItemKind::Trait => "a trait",
        ItemKind::ExternBlock => "an extern block",
        _ => "",
    };
    if !what.is_empty() {
        for (key, span) in http_keys(mark) {
            mistakes
                .push(mistake(span, format!("{key} cannot stand on {what}: mark the one function that it is about")));
        }
    }
    if let (ItemKind::InlineModule, Some(kind)) = (item.kind, &mark.kind) {
        if kind.value != Kind::Item {
            mistakes.push(mistake(kind.span, "a module is no endpoint of this kind: mark what is inside it"));
        }
    }
    if !misread && lacks_since(mark, item) {
        let advice = "`since` is missing: write the version in which this appeared, or \"next\"";
        let advice = if item.is_container() {
            "`since` or `section` is missing: a mark here stands for what is inside"
        } else {
            advice
        };
        mistakes.push(mistake(Span::call_site(), advice));
    }
}

/// Checks a mark on a field or variant, whose name stands at `span`.
pub(crate) fn check_member(mark: &Mark, span: Span, misread: bool, mistakes: &mut Vec<Mistake>) {
    let mut wrong = http_keys(mark);
    wrong.extend(mark.kind.as_ref().map(|kind| ("a kind", kind.span)));
    wrong.extend(mark.section.as_ref().map(|section| ("`section`", section.span)));
    wrong.extend(mark.edition.as_ref().map(|edition| ("`edition`", edition.span)));
    wrong.extend(mark.open.map(|open| ("`open`", open)));
    let silent = mark.since.is_none()
        && mark.unstable.is_none()
        && mark.deprecated.is_none()
        && mark.removed.is_none()
        && mark.behavior.is_none();
    if silent && wrong.is_empty() && !misread {
        mistakes.push(mistake(span, "`since` is missing: write the version in which this appeared, or \"next\""));
    }
    for (key, span) in wrong {
        mistakes.push(mistake(span, format!("{key} cannot stand on a field or variant: write it on the type")));
    }
}

fn cannot_carry(kind: ItemKind) -> Option<&'static str> {
    match kind {
        ItemKind::MacroDefinition => Some(
            "a macro cannot carry a mark: an attribute on it would break its use by path, as in `crate::name!`; \
             mark it in the configuration, in `[package.metadata.verpolicy]`",
        ),
        ItemKind::MacroCall => Some(
            "a macro call cannot carry a mark: mark the items inside it, or what it makes in the configuration, \
             in `[package.metadata.verpolicy]`",
        ),
        ItemKind::ExternCrate => Some("`extern crate` cannot carry a mark: mark a `pub use` of what it re-exports"),
        ItemKind::FileModule => Some(
            "a module in a file of its own cannot carry a mark: name it as a section in the configuration, \
             in `[package.metadata.verpolicy.sections]`",
        ),
        _ => None,
    }
}

/// The keys that speak of one http endpoint.
fn http_keys(mark: &Mark) -> Vec<(&'static str, Span)> {
    let mut keys = Vec::new();
    keys.extend(mark.route.as_ref().and_then(|route| route.methods.first()).map(|method| ("a route", method.span)));
    keys.extend(mark.request.as_ref().map(|request| ("`request`", request.span)));
    keys.extend(mark.responses.first().map(|response| ("`responses`", response.status.span)));
    keys
}

/// Whether nothing can tell since when this is promised. A function may have its version from a framework's attribute that
/// was expanded before, and members may have it from the item around them; for these the command line decides.
fn lacks_since(mark: &Mark, item: &Item) -> bool {
    if mark.since.is_some() || mark.unstable.is_some() || (item.is_container() && mark.section.is_some()) {
        return false;
    }
    let stands_alone = matches!(
        item.kind,
        ItemKind::Struct
            | ItemKind::Enum
            | ItemKind::Union
            | ItemKind::Trait
            | ItemKind::Static
            | ItemKind::Use
            | ItemKind::Impl
            | ItemKind::InlineModule
            | ItemKind::ExternBlock
    );
    stands_alone && !item.attributes.foreign && !item.attributes.wire_derive
}

fn mistake(span: Span, message: impl Into<String>) -> Mistake {
    Mistake { span, message: message.into(), unknown_key: false, no_since: false }
}
