use poem_openapi::{ApiResponse, Object, OpenApi, OpenApiService, param::{Path, Query}, payload::Json};

#[derive(Object)]
struct Pet { #[oai(rename = "petName", validator(max_length = 20))] name: String, age: Option<u8> }

#[derive(ApiResponse)]
enum Found { #[oai(status = 200)] Ok(Json<Pet>), #[oai(status = 404)] Missing }

struct Api;

#[OpenApi(prefix_path = "/v1")]
impl Api {
    #[oai(path = "/pets/:id", method = "get")]
    async fn find(&self, id: Path<i64>) -> Found { let _ = id; Found::Missing }

    #[oai(path = "/pets", method = "get")]
    async fn list(&self, limit: Query<Option<u32>>) -> Json<Vec<Pet>> { let _ = limit; Json(vec![]) }

    #[oai(path = "/pets", method = "post")]
    async fn create(&self, pet: Json<Pet>) -> Json<Pet> { pet }
}

fn main() { let _ = OpenApiService::new(Api, "pets", "1.0"); }
