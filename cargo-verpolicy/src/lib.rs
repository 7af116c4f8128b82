//! The library behind `cargo verpolicy`: reads API marks from source at two revisions, compares the endpoint sets, and
//! judges the release under a version policy. See `ARCHITECTURE.md` for the picture.
//!
//! Layers, each using only those above it: grammar → model → tree, snapshot → package, syntax → extract | diff →
//! policy → report → config → request → cli.

pub mod cli;
pub mod config;
pub mod diff;
pub mod extract;
pub mod model;
pub mod package;
pub mod policy;
pub mod report;
pub mod snapshot;
pub mod syntax;
pub mod tree;
