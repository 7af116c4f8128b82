use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize)]
pub struct A {
    low: u8,
    high: u8,
}

impl<'de> Deserialize<'de> for A {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;

        #[derive(Deserialize)]
        struct Shadow {
            low: u8,
            high: u8,
        }

        let shadow = Shadow::deserialize(deserializer)?;
        if shadow.low > shadow.high {
            return Err(D::Error::custom("low is above high"));
        }
        Ok(Self { low: shadow.low, high: shadow.high })
    }
}

#[api(POST "/a", since = "1.0", request = A, responses(204))]
pub async fn a() {}
