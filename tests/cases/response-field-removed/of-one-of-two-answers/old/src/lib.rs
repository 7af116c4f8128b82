use axum::Json;
use axum_extra::either::Either;
use serde::Serialize;
use versioning_macros::api;

#[derive(Serialize)]
pub struct A {
    x: u8,
    z: u8,
}

#[derive(Serialize)]
pub struct B {
    y: u8,
}

#[api(GET "/f", since = "1.0")]
pub async fn f() -> Either<Json<A>, Json<B>> {
    todo!()
}
