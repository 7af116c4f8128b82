//! Bytes of one file to [`FileFacts`](facts::FileFacts): what it says before any name is resolved. The only layer that
//! knows syn. A pure function of the bytes.

mod attributes;
mod condition;
mod convert;
mod direct;
mod edit;
pub(crate) mod expression;
pub mod facts;
mod frameworks;
mod hash;
mod inner;
mod lexical;
pub mod macros;
mod mark;
mod positions;
mod read;
mod skeleton;
mod skip;
mod text;
pub mod tokens;
mod words;

pub use condition::condition;
pub use edit::{Insertion, insert_attributes, insert_texts, replace_texts};
pub(crate) use hash::{Names, of_code as hash_of_code, of_parts as hash_of_parts};
pub use inner::statements;
pub use mark::{Kind, MarkAnswer, MarkDeprecated, MarkFact, MarkMistake, MarkRoute, MarkUnstable, Placed, mark};
pub use read::{items, members, read};
#[doc(hidden)]
pub use read::{read_by_parser, read_uncut};
pub use text::Text;

/// Adds to a list that mostly holds one or two: a `Vec` would begin with room for four.
fn add<T>(list: &mut Vec<T>, one: T) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len().max(1));
    }
    list.push(one);
}
