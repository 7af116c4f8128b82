use actix_web::{FromRequest, HttpRequest, dev::Payload};
use versioning_macros::api;

pub struct Id(Option<String>);

impl FromRequest for Id {
    type Error = actix_web::Error;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let cookie = request.cookie("id").map(|cookie| cookie.value().to_owned());
        Box::pin(async move {
            if let Some(cookie) = cookie {
                Ok(Self(Some(cookie)))
            } else {
                Ok(Self(None))
            }
        })
    }
}

#[api(since = "1.0")]
#[actix_web::get("/x")]
pub async fn x() -> String {
    String::new()
}
