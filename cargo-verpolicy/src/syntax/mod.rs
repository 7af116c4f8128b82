//! Bytes of one file to [`FileFacts`](facts::FileFacts): what it says before any name is resolved. The only layer that
//! knows syn. A pure function of the bytes.

pub mod facts;
mod lexical;
pub mod tokens;
