use serde::{Deserialize, Serialize};
use versioning_macros::api;

pub struct A(u8);

impl std::fmt::Display for A {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "n{}", self.0)
    }
}

impl Serialize for A {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[api(GET "/a", since = "1.0", responses(200 = A))]
pub async fn a() {}
