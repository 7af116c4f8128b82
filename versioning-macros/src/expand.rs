//! The item of a mark without mistakes.

use proc_macro2::{TokenStream, TokenTree};
use versioning_grammar::Mark;

use crate::item::{Item, ItemKind};
use crate::{deprecation, note};

/// The item as it was, with its note after its own documentation.
pub(crate) fn item(mark: &Mark, item: Item) -> TokenStream {
    let deprecated = deprecation::attribute(mark, &item);
    // rustdoc shows nothing for an extern block, and rustc warns about documentation there
    let note = if item.kind == ItemKind::ExternBlock { None } else { note::attribute(mark, &[]) };
    let Item { attribute_tokens, rest, .. } = item;
    let added: Vec<TokenTree> = note.into_iter().chain(deprecated).flatten().collect();
    attribute_tokens.into_iter().chain(added).chain(rest).collect()
}
