//! The `#[deprecated]` that a mark stands for.

use proc_macro2::TokenStream;
use quote::quote;
use versioning_grammar::{Deprecated, Kind, Mark};

use crate::item::{Item, ItemKind};

/// The attribute, where a user of the Rust item should be warned: on what is `pub` (a member of a trait's impl never is),
/// is a Rust item and no handler, and has no `#[deprecated]` of its own.
pub(crate) fn attribute(mark: &Mark, item: &Item) -> Option<TokenStream> {
    let deprecated = mark.deprecated.as_ref()?;
    if !item.public || item.attributes.deprecated || !is_rust_item(mark, item) {
        return None;
    }
    let (since, note) = (since(deprecated), note(deprecated));
    Some(match (since, note) {
        (None, None) => quote!(#[deprecated]),
        (Some(since), None) => quote!(#[deprecated(since = #since)]),
        (None, Some(note)) => quote!(#[deprecated(note = #note)]),
        (Some(since), Some(note)) => quote!(#[deprecated(since = #since, note = #note)]),
    })
}

/// Whether the mark promises the Rust item itself. A framework's attribute makes a function a handler; one that stands above
/// the mark was expanded before and is not seen any more, but what is left of a handler then is `async`, or not `pub`, or
/// called where `deprecated` is allowed. So an `async` function is an item only if the mark says so.
fn is_rust_item(mark: &Mark, item: &Item) -> bool {
    let said = match &mark.kind {
        Some(kind) if kind.value != Kind::Item => return false,
        kind => kind.is_some(),
    };
    if mark.route.is_some() || mark.request.is_some() || !mark.responses.is_empty() {
        return false;
    }
    match item.kind {
        ItemKind::Function => said || !(item.is_async || item.attributes.foreign),
        // a document made from the type would say that it is deprecated; and a type of the wire is one of handlers
        ItemKind::Struct | ItemKind::Enum | ItemKind::Union => {
            !item.attributes.publishing_derive && (said || !(item.attributes.foreign || item.attributes.wire_derive))
        }
        ItemKind::Trait | ItemKind::InlineModule | ItemKind::Const | ItemKind::Static | ItemKind::TypeAlias => {
            said || !item.attributes.foreign
        }
        _ => false,
    }
}

/// The version as Cargo writes it; `None` for `next` and for what Cargo cannot write.
fn since(deprecated: &Deprecated) -> Option<String> {
    let since = deprecated.since.as_ref()?.value.as_str();
    let text = since.strip_prefix('v').unwrap_or(since);
    let at = text.find(['-', '+']).unwrap_or(text.len());
    let (numbers, suffix) = text.split_at(at);
    let mut parts: Vec<&str> = numbers.split('.').collect();
    let plain = |part: &&str| {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits && (part.len() == 1 || !part.starts_with('0'))
    };
    if parts.len() > 3 || !parts.iter().all(plain) || suffix.contains('_') || has_padded_number(suffix) {
        return None;
    }
    while parts.len() < 3 {
        parts.push("0");
    }
    Some(format!("{}{suffix}", parts.join(".")))
}

/// SemVer refuses `-01` in a pre-release.
fn has_padded_number(suffix: &str) -> bool {
    let pre_release = suffix.strip_prefix('-').map_or("", |rest| rest.split('+').next().unwrap_or_default());
    pre_release
        .split('.')
        .any(|part| part.len() > 1 && part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn note(deprecated: &Deprecated) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let unwritten =
        deprecated.since.as_ref().filter(|since| since.value != "next" && self::since(deprecated).is_none());
    parts.extend(unwritten.map(|since| format!("since {}", since.value)));
    parts.extend(deprecated.note.as_ref().map(|note| note.value.trim().to_owned()));
    parts.extend(deprecated.replaced_by.as_ref().map(|other| format!("use `{}` instead", other.value)));
    (!parts.is_empty()).then(|| parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::{attribute, Item};

    #[test]
    fn writes_versions_as_cargo_does() {
        for (written, expected) in [
            ("1", r#"#[deprecated(since="1.0.0")]"#),
            ("v1.4", r#"#[deprecated(since="1.4.0")]"#),
            ("1.4.2", r#"#[deprecated(since="1.4.2")]"#),
            ("1.0.20161024", r#"#[deprecated(since="1.0.20161024")]"#),
            ("7.1.5-RC152", r#"#[deprecated(since="7.1.5-RC152")]"#),
            ("1.2-unstable", r#"#[deprecated(since="1.2.0-unstable")]"#),
            ("1.1.0+patch.20210109", r#"#[deprecated(since="1.1.0+patch.20210109")]"#),
            ("v1.1.9.security1", r#"#[deprecated(note="since v1.1.9.security1")]"#),
            ("1.2.3.4", r#"#[deprecated(note="since 1.2.3.4")]"#),
            ("1.02", r#"#[deprecated(note="since 1.02")]"#),
            ("1.0.0-01", r#"#[deprecated(note="since 1.0.0-01")]"#),
            ("next", "#[deprecated]"),
        ] {
            let mark = format!("since = \"1\", deprecated(since = {written:?})").parse().expect("tokens");
            let mark = versioning_grammar::parse(mark).unwrap_or_else(|(mark, _)| mark);
            let item = Item::read("pub struct S;".parse().expect("tokens"));
            let found = attribute(&mark, &item).expect("an attribute").to_string().replace(' ', "");
            assert_eq!(found, expected.replace(' ', ""), "{written}");
        }
    }
}
