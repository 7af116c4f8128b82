use serde::{Deserialize, Serialize};
use versioning_macros::api;

time::serde::format_description!(day, OffsetDateTime, "[day].[month].[year]");

#[derive(Serialize)]
pub struct A {
    #[serde(with = "day")]
    at: time::OffsetDateTime,
}

#[api(GET "/a", since = "1.0", responses(200 = A))]
pub async fn a() {}
