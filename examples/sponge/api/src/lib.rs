//! What plugins are written against.

use versioning_macros::api;

/// A place in the world.
#[api(since = "7.0")]
pub trait Location {
    /// How high it lies.
    fn height(&self) -> u32;
}

/// The name of the game's version.
#[api(since = "7.1")]
pub fn game() -> &'static str {
    "1.12.2"
}
