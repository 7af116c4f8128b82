// What cannot carry a mark, or not this one.
use versioning_macros::api;

#[api(since = "1.0.0")]
macro_rules! definition {
    () => {};
}

#[api(since = "1.0.0")]
thread_local! {
    static CALL: u8 = 1;
}

#[api(GET "/users", since = "1.0.0")]
pub mod module {}

#[api(request = u8, since = "1.0.0")]
pub trait Trait {}

fn main() {
    definition!();
    CALL.with(|_| ());
}
