use serde::Serialize;
use versioning_macros::api;
use axum::Json;
use axum::response::IntoResponse;

#[derive(Serialize)]
pub struct T {
    a: u8,
}

#[api(GET "/f", since = "1.0")]
pub async fn f() -> impl IntoResponse {
    let pool = pool();
    let found = sqlx::query_as::<_, T>("select a from t").fetch_one(&pool).await.unwrap();
    Json(found)
}

fn pool() -> sqlx::PgPool {
    todo!()
}
