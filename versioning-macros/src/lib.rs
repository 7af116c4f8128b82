//! The attribute.

mod attribute;
mod deprecation;
mod entry;
mod expand;
mod fallback;
mod item;
mod member;
mod note;
mod place;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// Marks an endpoint.
#[proc_macro_attribute]
pub fn api(mark: TokenStream, item: TokenStream) -> TokenStream {
    entry::api(mark.into(), item.into()).into()
}
