// What is wrong in a marked item is reported as if the mark were not there.
use versioning_macros::api;

#[api(GET "/users/{id}", since = "1.0")]
pub fn body() -> u8 {
    let text: &str = 1;
    text.len() as u8
}

#[api(since = "1.0")]
pub struct Fields {
    #[api(since = "1.1")]
    pub unknown: Missing,
}

#[api(section = "client")]
impl Fields {
    #[api(since = "1.0")]
    pub fn method(&self) -> u8 {
        self.absent
    }
}

fn main() {}
