use versioning_macros::api;

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct A {
    x: bool,
}

#[api(since = "1.0")]
#[utoipa::path(get, path = "/a", responses((status = 200, description = "ok", body = inline(A))))]
pub async fn a() -> axum::Json<A> {
    axum::Json(A { x: true })
}
