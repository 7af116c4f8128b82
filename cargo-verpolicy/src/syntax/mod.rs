//! Bytes of one file to [`FileFacts`](facts::FileFacts): what it says before any name is resolved. The only layer that
//! knows syn. A pure function of the bytes.

mod attributes;
mod condition;
mod convert;
pub mod facts;
mod frameworks;
mod hash;
mod lexical;
mod positions;
mod read;
mod skeleton;
mod skip;
pub mod tokens;

pub use condition::condition;
pub use read::read;
#[doc(hidden)]
pub use read::read_uncut;
