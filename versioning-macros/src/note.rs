//! What rustdoc shows of a mark.

use proc_macro2::TokenStream;
use quote::quote;
use versioning_grammar::{Deprecated, Mark, Spanned, Unstable};

/// The note as attributes: the empty lines around it make it a paragraph of its own. None where a mark says nothing about a
/// lifetime.
pub(crate) fn attribute(mark: &Mark, conditions: &[TokenStream]) -> Option<TokenStream> {
    let text = text(mark)?;
    let condition = if conditions.is_empty() { quote!(doc) } else { quote!(all(doc, #(#conditions),*)) };
    Some(quote!(#[cfg_attr(#condition, doc = "", doc = #text, doc = "")]))
}

/// The note as Markdown.
fn text(mark: &Mark) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(mark.route.as_ref().map(|route| {
        let methods: Vec<&str> = route.methods.iter().map(|method| method.value.as_str()).collect();
        code(&format!("{} {}", methods.join(" | "), route.path.value))
    }));
    parts.extend(mark.since.as_ref().map(|since| match since.value.as_str() {
        "next" => "not released yet".to_owned(),
        since => format!("since {}", escaped(since)),
    }));
    parts.extend(mark.unstable.as_ref().map(unstable));
    parts.extend(mark.edition.as_ref().map(|edition| format!("edition {}", escaped(&edition.value))));
    parts.extend(mark.deprecated.as_ref().map(deprecated));
    parts.extend(mark.removed.as_ref().map(|removed| match removed.value.as_str() {
        "next" => "to be removed".to_owned(),
        removed => format!("removed in {}", escaped(removed)),
    }));
    if parts.is_empty() {
        return None;
    }
    Some(format!("API: {}.", parts.join("; ")))
}

fn unstable(unstable: &Unstable) -> String {
    match &unstable.feature {
        Some(feature) => format!("unstable ({})", code(&feature.value)),
        None => "unstable".to_owned(),
    }
}

fn deprecated(deprecated: &Deprecated) -> String {
    let mut text = match &deprecated.since {
        Some(Spanned { value, .. }) if value != "next" => format!("deprecated since {}", escaped(value)),
        _ => "deprecated".to_owned(),
    };
    let mut reasons: Vec<String> = Vec::new();
    reasons.extend(deprecated.note.as_ref().map(|note| escaped(note.value.trim_end_matches('.'))));
    reasons.extend(deprecated.replaced_by.as_ref().map(|other| format!("use {} instead", code(&other.value))));
    if !reasons.is_empty() {
        text.push_str(": ");
        text.push_str(&reasons.join("; "));
    }
    text
}

/// Text that Markdown shows as it is; links become links.
fn escaped(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(escaped_word).collect();
    words.join(" ")
}

fn escaped_word(word: &str) -> String {
    if word.starts_with("https://") || word.starts_with("http://") {
        let link = word.trim_end_matches(['.', ',', ';', ')', ':', '!']);
        let after = word.get(link.len()..).unwrap_or_default();
        if !link.contains(['<', '>']) {
            return format!("<{link}>{after}");
        }
    }
    let mut shown = String::new();
    for c in word.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '|' | '~' | '!' | '$' | ':') {
            shown.push('\\');
        }
        shown.push(c);
    }
    shown
}

/// Text between backticks, or escaped where it holds one.
fn code(text: &str) -> String {
    if text.contains('`') || text.trim().is_empty() {
        escaped(text)
    } else {
        format!("`{}`", text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
