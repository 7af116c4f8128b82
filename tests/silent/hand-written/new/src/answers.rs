use axum::response::{IntoResponse, Response};
use axum::{Json, http::StatusCode};
use serde::{Serialize, Serializer};

pub struct Quantity(pub(crate) u64);

impl Serialize for Quantity {
    fn serialize<S>(&self, out: S) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
    {
        if self.0 == 0 {
            return out.serialize_none();
        }
        out.collect_str(&format_args!("{}", self.0))
    }
}

pub struct Refusal {
    pub(crate) code: u16,
    pub(crate) text: String,
}

#[derive(Serialize, Debug)]
struct Entry {
    text: String,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Refusal { code: number, text } = self;
        let code = StatusCode::from_u16(number).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let lines = [text].into_iter().map(|line| Entry { text: line }).collect::<Vec<_>>();
        (code, Json(lines)).into_response()
    }
}
