use versioning_macros::api;

#[api(since = "1.0")]
pub fn f() {}
