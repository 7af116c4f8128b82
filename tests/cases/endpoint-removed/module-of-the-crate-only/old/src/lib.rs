use versioning_macros::api;

pub mod m {
    use super::api;

    #[api(since = "1.0")]
    pub fn f() {}
}
