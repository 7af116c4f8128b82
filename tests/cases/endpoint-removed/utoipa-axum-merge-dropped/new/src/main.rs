use axum::Json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use versioning_macros::api;

#[utoipa::path(get, path = "/pets", responses((status = 200, body = u8)))]
#[api(since = "1.0")]
async fn list_pets() -> Json<u8> {
    Json(1)
}

#[utoipa::path(get, path = "/toys", responses((status = 200, body = u8)))]
#[api(since = "1.0")]
async fn list_toys() -> Json<u8> {
    Json(1)
}

fn toys() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(list_toys))
}

#[tokio::main]
async fn main() {
    let (router, _api) = OpenApiRouter::new().routes(routes!(list_pets)).split_for_parts();
    let listener = tokio::net::TcpListener::bind("0.0.0.0:1").await.unwrap();
    axum::serve(listener, router).await.unwrap();
}
