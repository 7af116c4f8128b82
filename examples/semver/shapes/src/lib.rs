//! Shapes.

use versioning_macros::api;

/// A square.
#[api(since = "0.1.0")]
pub fn square(side: u32) -> u32 {
    side * side
}
