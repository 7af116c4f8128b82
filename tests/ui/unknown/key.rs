// Unknown keys, each with the word that may have been meant; the items are still there.
use versioning_macros::api;

#[api(sinse = "1.0.0")]
pub fn misspelt() {}

#[api(added = "1.0.0", behaviour = 2)]
pub struct OtherWords;

#[api(since = "1.0.0", frobnicate)]
pub const NO_IDEA: u8 = 1;

#[api(since = "1.0.0", deprecated(since = "1.1.0", reason = "old"))]
pub fn inside_a_list() {}

#[api(path = "/users", method = GET, since = "1.0.0")]
pub async fn route_as_keys() {}

fn main() {
    misspelt();
    let _ = (OtherWords, NO_IDEA);
    inside_a_list();
    let _ = route_as_keys();
}
