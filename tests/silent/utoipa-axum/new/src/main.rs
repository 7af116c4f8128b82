mod teams;

use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter as Router, routes};

#[derive(OpenApi)]
#[openapi(info(title = "teams"))]
struct Document;

fn main() {
    let router = Router::<()>::with_openapi(Document::openapi());
    let _ = router
        .routes(routes!(teams::list))
        .routes(routes!(teams::find, teams::remove));
}
