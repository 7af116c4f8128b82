use serde::{Deserialize, Serialize, Serializer};
use versioning_macros::api;

pub enum T {
    No,
    Yes(u32),
}

#[derive(Serialize, Deserialize)]
struct Repr {
    typing: bool,
}

impl Serialize for T {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let repr = match self {
            Self::No => Repr { typing: false },
            Self::Yes(_) => {
                let typing = true;
                Repr { typing, ..Repr::no() }
            }
        };
        repr.serialize(serializer)
    }
}

#[api(GET "/x", since = "1.0", responses(200 = T))]
pub async fn x() {}
