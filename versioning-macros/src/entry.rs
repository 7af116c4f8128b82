//! From the tokens of the attribute and of its item to the tokens that replace both.

use proc_macro2::TokenStream;

use crate::item::Item;
use crate::{expand, fallback, member, place};

/// Reads the mark and the item, and gives the item back with the mark's note, or with every mistake.
pub(crate) fn api(mark: TokenStream, item: TokenStream) -> TokenStream {
    let (mark, mut mistakes) = match versioning_grammar::parse(mark) {
        Ok(mark) => (mark, Vec::new()),
        Err((mark, mistakes)) => (mark, mistakes),
    };
    let mut item = Item::read(item);
    let misread = !mistakes.is_empty();
    place::check_item(&mark, &item, misread, &mut mistakes);
    let rest = std::mem::take(&mut item.rest);
    item.rest = member::take_marks(item.kind, rest, &mut mistakes);
    if mistakes.is_empty() {
        expand::item(&mark, item)
    } else {
        fallback::item(&mistakes, item)
    }
}
