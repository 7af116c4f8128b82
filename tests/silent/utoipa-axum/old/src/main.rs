use axum::Json;
use axum::extract::{Path, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

#[derive(Serialize, ToSchema)]
struct Team { name: String, tags: Vec<String> }

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter { tag: Option<String> }

#[derive(Serialize, ToSchema)]
struct Problem { detail: String }

#[utoipa::path(get, path = "/teams/{team}", params(("team" = String, Path, description = "Name")), responses((status = 200, body = inline(Team)), (status = "4XX", body = Problem)))]
async fn find(Path(team): Path<String>) -> Json<Team> { todo!("{team}") }

#[utoipa::path(get, path = "/teams", params(Filter), responses((status = 200, body = [Team])))]
async fn list(Query(filter): Query<Filter>) -> Json<Vec<Team>> { let _ = filter; Json(vec![]) }

#[utoipa::path(delete, path = "/teams/{team}", responses((status = 200, body = Object)))]
async fn remove(Path(team): Path<String>) -> String { team }

#[derive(OpenApi)]
#[openapi(info(title = "teams"))]
struct Doc;

fn main() {
    let _ = OpenApiRouter::<()>::with_openapi(Doc::openapi()).routes(routes!(find, remove)).routes(routes!(list));
}
