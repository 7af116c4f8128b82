use versioning_macros::api;

mod m {
    use super::api;

    #[api(since = "1.0")]
    pub fn f() {}
}
pub use m::f;
