use serde::{Deserialize, Serialize};
use versioning_macros::api;

pub enum A {
    Zero,
    One,
}

impl A {
    fn as_str(&self) -> &'static str {
        match self {
            A::Zero => "zero",
            A::One => "one",
        }
    }
}

impl Serialize for A {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[api(GET "/a", since = "1.0", responses(200 = A))]
pub async fn a() {}
