// Nothing says since when.
use versioning_macros::api;

#[api]
pub struct Alone;

#[api(GET "/users")]
pub async fn route() {}

#[api(item)]
pub fn kind() {}

#[api()]
impl Alone {
    pub fn new() -> Self {
        Self
    }
}

#[api(edition = "6")]
pub enum Edition {}

#[api(since = "1.0.0")]
pub struct Fields {
    #[api]
    pub alone: u8,
}

fn main() {
    let _ = (Alone::new(), route(), None::<Edition>, Fields { alone: 1 });
    kind();
}
