//! The SDK for Rust: a client of core's API.

use versioning_macros::api;

/// A connection to a core.
#[api(since = "1.0")]
pub struct Client {
    url: String,
}

#[api(since = "1.0")]
impl Client {
    /// Connects to the core at this address.
    pub fn new(url: &str) -> Self {
        Self { url: url.to_owned() }
    }

    /// Where the accounts are.
    pub fn accounts(&self) -> String {
        format!("{}/client/accounts", self.url)
    }
}
