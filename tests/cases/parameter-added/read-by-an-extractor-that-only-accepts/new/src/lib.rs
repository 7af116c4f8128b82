use actix_web::{FromRequest, HttpRequest, dev::Payload, get, web};
use std::convert::Infallible;
use std::future::{Ready, ready};
use versioning_macros::api;

pub struct Route(Option<Vec<u8>>);

impl FromRequest for Route {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let route = request.headers().get("route").map(|value| value.as_bytes().to_vec());
        ready(Ok(Route(route)))
    }
}

#[api(since = "1.0", responses(204))]
#[get("/x")]
pub async fn x(route: Route) {}
