use serde::{Deserialize, Serialize};
use versioning_macros::api;

use serde_with::with_prefix;

with_prefix!(home "home_");

#[derive(Serialize)]
pub struct Place {
    city: String,
}

#[derive(Serialize)]
pub struct A {
    #[serde(flatten, with = "home")]
    place: Place,
}

#[api(GET "/a", since = "1.0", responses(200 = A))]
pub async fn a() {}
