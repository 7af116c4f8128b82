use serde::{Deserialize, Serialize};
use versioning_macros::api;

macro_rules! answer {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Serialize, Deserialize)]
        pub struct $name {
            a: u32,
            $($field: $ty),*
        }
    };
}

answer! {
    /// What `/x` answers.
    T {}
}

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
