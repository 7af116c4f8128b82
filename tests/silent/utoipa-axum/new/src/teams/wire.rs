#[derive(utoipa::ToSchema, serde::Serialize)]
pub struct Group {
    pub tags: Vec<String>,
    pub name: String,
}

#[derive(utoipa::ToSchema, serde::Serialize)]
pub struct Failure {
    pub detail: String,
}

#[derive(utoipa::IntoParams, serde::Deserialize)]
#[into_params(parameter_in = Query)]
pub struct Selection {
    pub tag: Option<String>,
}
