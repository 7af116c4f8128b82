use versioning_macros::api;

#[api(since = "1.0")]
pub use std::collections::BTreeMap as Map;
