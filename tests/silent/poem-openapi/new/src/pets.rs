use poem_openapi::{self as oai, param, payload::Json as Body};

#[derive(oai::Object, Clone)]
pub struct Animal {
    age: Option<u8>,
    #[oai(validator(max_length = 20), rename = "petName")]
    called: String,
}

#[derive(oai::ApiResponse)]
enum Answer {
    #[oai(status = 404)]
    Nothing,
    #[oai(status = 200)]
    Pet(Body<Animal>),
}

pub struct Pets;

#[oai::OpenApi(prefix_path = "/v1")]
impl Pets {
    #[oai(method = "post", path = "/pets")]
    async fn create(&self, body: Body<Animal>) -> Body<Animal> {
        body.clone()
    }

    /// All of them.
    #[oai(path = "/pets", method = "get")]
    async fn list(&self, limit: param::Query<Option<u32>>) -> Body<Vec<Animal>> {
        let _ = limit;
        Body(Vec::new())
    }

    #[oai(path = "/pets/:pet", method = "get")]
    async fn find(&self, pet: param::Path<i64>) -> Answer {
        let _ = pet;
        Answer::Nothing
    }
}
