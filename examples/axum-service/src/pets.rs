//! Handlers and what they read and write.

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use versioning_macros::api;

/// A pet, as clients see it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pet {
    pub id: u64,
    pub name: String,
    pub kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo_url: Option<String>,
}

/// What kind of pet. Clients were told to expect more of them.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    Cat,
    Dog,
    GuineaPig,
}

/// A pet to add.
#[derive(Deserialize)]
pub struct NewPet {
    pub name: String,
    pub kind: Kind,
    #[serde(default)]
    pub vaccinated: bool,
}

#[derive(Deserialize)]
pub struct Search {
    pub name: Option<String>,
    pub limit: Option<u32>,
}

/// Finds pets by name.
#[api(GET "/pets", since = "1.0.0")]
pub async fn search(Query(search): Query<Search>) -> Json<Vec<Pet>> {
    let _ = (search.name, search.limit);
    Json(Vec::new())
}

/// Adds a pet.
#[api(POST "/pets", since = "1.0.0")]
pub async fn add(Json(pet): Json<NewPet>) -> (StatusCode, Json<Pet>) {
    let _ = pet.vaccinated;
    (StatusCode::CREATED, Json(Pet { id: 1, name: pet.name, kind: pet.kind, photo_url: None }))
}

/// One pet.
#[api(GET "/pets/{id}", since = "1.0.0")]
pub async fn find(Path(id): Path<u64>) -> Result<Json<Pet>, StatusCode> {
    let _ = id;
    Err(StatusCode::NOT_FOUND)
}

/// Removes a pet.
#[api(DELETE "/pets/{id}", since = "1.1.0")]
pub async fn remove(Path(id): Path<u64>) -> StatusCode {
    let _ = id;
    StatusCode::NO_CONTENT
}

/// Replaces a pet's photo.
#[api(POST "/pets/{id}/photo", since = "1.3.0", request = Vec<u8>, responses(204))]
pub async fn upload_photo(Path(id): Path<u64>, photo: axum::body::Bytes) -> StatusCode {
    let _ = (id, photo);
    StatusCode::NO_CONTENT
}
