use versioning_macros::api;

#[api(since = "1.0")]
pub struct S {
    pub a: u8,
}
