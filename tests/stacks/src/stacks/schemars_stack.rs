use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use versioning_macros::api;
use versioning_macros::api as promise;

/// A user.
#[api(message, since = "1.0", deprecated(since = "1.4"))]
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[api(config, since = "1.2")]
pub struct User {
    /// Known to everybody.
    #[api(since = "1.0")]
    pub id: u64,
    #[promise(since = "1.3", deprecated(since = "1.4"))]
    pub mail: Option<String>,
    #[cfg_attr(all(), api(since = "1.3"))]
    pub state: State,
}

#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(tag = "kind")]
#[promise(since = "1.0", deprecated(since = "1.4"))]
#[non_exhaustive]
pub enum State {
    /// New.
    New,
    #[api(since = "1.3")]
    Done {
        /// When.
        #[promise(unstable(feature = "time"))]
        at: u64,
    },
    #[serde(other)]
    #[api(since = "1.4")]
    Other,
}
