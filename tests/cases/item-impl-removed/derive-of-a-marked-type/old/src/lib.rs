use versioning_macros::api;

#[api(since = "1.0")]
#[derive(Clone, Debug)]
pub struct S;
