use axum::{Json, Router, extract::Request, http::StatusCode, middleware::{self, Next}, response::{IntoResponse, Response}, routing::get};
use versioning_macros::api;

#[api(since = "1.0")]
pub async fn a() -> Json<u8> {
    Json(1)
}

fn full() -> bool {
    elsewhere::full()
}

fn limited(mut router: Router) -> Router {
    router = router.layer(middleware::from_fn(|request: Request, next: Next| async move {
        if full() {
            return StatusCode::TOO_MANY_REQUESTS.into_response();
        }
        next.run(request).await
    }));
    router.layer(middleware::map_response(|response: Response| async move {
        if response.status() == StatusCode::NOT_FOUND {
            return StatusCode::GONE.into_response();
        }
        response
    }))
}

pub fn app() -> Router {
    limited(Router::new().route("/a", get(a)))
}
