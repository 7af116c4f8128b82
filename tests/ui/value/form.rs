// A key with a value of another form.
use versioning_macros::api;

#[api(since = 1.10)]
pub fn number() {}

#[api(since)]
pub fn nothing() {}

#[api(since = env!("CARGO_PKG_VERSION"))]
pub fn expression() {}

#[api("1.0.0")]
pub fn no_key() {}

#[api(since = "1.0.0", deprecated = "1.1.0", behavior = "2", open = true)]
pub fn forms() {}

#[api(since = "1.0.0" item)]
pub fn no_comma() {}

#[api(since = "1.0.0", request = "User", responses(ok = u8, 2000))]
pub async fn types() {}

fn main() {
    number();
    nothing();
    expression();
    no_key();
    forms();
    no_comma();
    let _ = types();
}
