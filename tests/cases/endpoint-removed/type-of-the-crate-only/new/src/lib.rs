use versioning_macros::api;

#[api(since = "1.0")]
struct S {
    pub a: u8,
}
