// Keys that cannot both be true.
use versioning_macros::api;

#[api(item, message, since = "1.0.0")]
pub struct TwoKinds;

#[api(item, GET "/users", since = "1.0.0")]
pub async fn item_with_a_route() {}

#[api(config, request = u8, responses(204), since = "1.0.0")]
pub struct ConfigWithAnswers;

#[api(item, open, since = "1.0.0")]
pub enum OpenItem {}

#[api(item, layout = "bincode", since = "1.0.0")]
pub struct ItemWithALayout;

#[api(since = "1.0.0", unstable(feature = "x"))]
pub fn promised_and_unstable() {}

fn main() {
    let _ = (TwoKinds, item_with_a_route(), ConfigWithAnswers, None::<OpenItem>, ItemWithALayout);
    promised_and_unstable();
}
