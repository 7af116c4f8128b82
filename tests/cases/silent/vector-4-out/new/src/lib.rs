use serde::{Deserialize, Serialize};
use versioning_macros::api;

mod b {
    use std::borrow::Cow;
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct Id(u64);
    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Account { name: Cow<'static, str>, id: Id }
}
pub use b::Account as T;

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
