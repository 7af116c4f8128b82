use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Either<T, E> {
    Done(T),
    Failed(E),
}

mod result {
    use super::Either;

    pub fn deserialize<'de, D, T, E>(deserializer: D) -> Result<Result<T, E>, D::Error>
    where
        D: serde::Deserializer<'de>,
        T: serde::Deserialize<'de>,
        E: serde::Deserialize<'de>,
    {
        Either::<T, E>::deserialize(deserializer).map(|either| match either {
            Either::Done(value) => Ok(value),
            Either::Failed(error) => Err(error),
        })
    }
}

#[derive(Deserialize)]
pub struct A {
    #[serde(deserialize_with = "result::deserialize")]
    last: Result<u8, bool>,
}

#[api(POST "/a", since = "1.0", request = A, responses(204))]
pub async fn a() {}
