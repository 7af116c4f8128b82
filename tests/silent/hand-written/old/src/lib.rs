use axum::Json;
use axum::extract::FromRequest;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;
use versioning_macros::api;

/// What a login sends.
pub struct Login(Value);

impl<'de> Deserialize<'de> for Login {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = Value::deserialize(deserializer)?;
        let kind = data["type"].as_str().ok_or_else(|| de::Error::missing_field("type"))?;
        match kind {
            "password" => check(&data).map_err(|error| de::Error::custom(format!("{kind}: {error}")))?,
            other => return Err(de::Error::custom(other)),
        }
        Ok(Login(data))
    }
}

fn check(data: &Value) -> Result<(), String> {
    let parts: Parts = serde_json::from_value(data.clone()).map_err(|error| error.to_string())?;
    if parts.name.len() > LONGEST { Err("too long".to_owned()) } else { Ok(()) }
}

const LONGEST: usize = 40;

#[derive(Deserialize)]
struct Parts {
    name: String,
}

pub struct Failure {
    code: u16,
    text: String,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Failure { code, text } = self;
        let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = [text].into_iter().map(|text| Line { text }).collect::<Vec<_>>();
        (status, Json(body)).into_response()
    }
}

#[derive(Serialize)]
struct Line {
    text: String,
}

pub struct Amount(u64);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 == 0 {
            return serializer.serialize_none();
        }
        serializer.collect_str(&format_args!("{}", self.0))
    }
}

#[api(POST "/x", since = "1.0")]
pub async fn x(Json(login): Json<Login>) -> Result<Json<Amount>, Failure> {
    Ok(Json(Amount(1)))
}
