use versioning_macros::api;

#[api(since = "1.0")]
pub fn f(b: u32) {
    let _ = b;
}
