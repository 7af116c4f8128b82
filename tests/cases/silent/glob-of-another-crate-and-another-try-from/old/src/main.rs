use actix_web::{post, web};
use serde::{Deserialize, Deserializer};
use versioning_macros::api;


#[derive(Deserialize)]
pub struct Version {
    #[serde(deserialize_with = "checked")]
    pub number: String,
    pub at: Point,
}

fn checked<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer)
}

#[derive(Deserialize)]
#[serde(try_from = "Shadow")]
pub struct Point { x: f64 }

#[derive(Deserialize)]
struct Shadow { x: f64 }


impl TryFrom<Shadow> for Point {
    type Error = String;
    fn try_from(from: Shadow) -> Result<Self, String> { Ok(Self { x: from.x }) }
}

#[api(since = "1.0.0")]
#[post("/versions")]
async fn publish(version: web::Json<Version>) -> web::Json<u64> { let _ = version; todo!() }
