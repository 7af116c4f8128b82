use versioning_macros::api;

pub struct S;

impl S {
    #[api(since = "1.0")]
    fn f(&self) {}
}
