use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(serde_repr::Serialize_repr, serde_repr::Deserialize_repr)]
#[repr(u8)]
pub  enum T { Low = 1, Mid = 2, High = 3 }

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
