use actix_web::{FromRequest, HttpRequest, dev::Payload, get, web};
use std::convert::Infallible;
use std::future::{Ready, ready};
use versioning_macros::api;

pub struct Route(Option<Vec<u8>>);

impl FromRequest for Route {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        ready(check(request))
    }
}

fn check(request: &HttpRequest) -> actix_web::Result<Route> {
    let route = request.headers().get("route").ok_or_else(|| actix_web::error::ErrorBadRequest("no route"))?;
    Ok(Route(Some(route.as_bytes().to_vec())))
}

#[api(since = "1.0", responses(204))]
#[get("/x")]
pub async fn x() {}
