//! An implementation of the API.

use versioning_macros::api;

/// How many worlds there are.
#[api(since = "7.1")]
pub fn worlds() -> u32 {
    3
}

/// What it runs.
#[api(since = "7.1")]
pub fn runs() -> String {
    format!("worlds of {}", sponge_api::game())
}
