// A deprecated Rust item warns its users; a handler does not.
#![deny(deprecated)]
use versioning_macros::api;

#[api(since = "1.0", deprecated(since = "1.4", note = "it is slow", replaced_by = "new"))]
pub fn old() {}

#[api(item, since = "1.0", deprecated(since = "v1.4.1"))]
pub async fn said() {}

#[api(since = "1.0", deprecated(since = "1.4"))]
#[deprecated(since = "1.3.0", note = "my own words")]
pub const OWN: u8 = 1;

#[api(GET "/users", since = "1.0", deprecated(since = "1.4"))]
pub async fn handler() {}

fn main() {
    old();
    let _ = (said(), OWN, handler());
}
