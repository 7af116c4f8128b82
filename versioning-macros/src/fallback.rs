//! The item of a mark with mistakes.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use versioning_grammar::Mistake;

use crate::item::Item;

/// The item as it was, so that its users find it, and an error for every mistake.
pub(crate) fn item(mistakes: &[Mistake], item: Item) -> TokenStream {
    // without a path: these tokens are of the user's edition, and `::core` names nothing in 2015
    let errors =
        mistakes.iter().flat_map(|Mistake { span, message, .. }| quote_spanned!(*span=> compile_error! { #message }));
    item.attribute_tokens.into_iter().chain(item.rest).chain(errors).collect()
}
