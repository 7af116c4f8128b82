use versioning_macros::api;

#[api(since = "1.0")]
#[derive(Debug)]
pub struct S;
