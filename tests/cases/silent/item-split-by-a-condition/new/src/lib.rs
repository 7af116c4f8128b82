use versioning_macros::api;

#[cfg(unix)]
#[api(since = "1.0")]
pub fn f() -> u8 {
    1
}

#[cfg(not(unix))]
#[api(since = "1.0")]
pub fn f() -> u8 {
    2
}
