use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::{App, Error, HttpServer, get, web};
use std::future::{Ready, ready};
use versioning_macros::api;

struct Auth;

impl<S, B> Transform<S, ServiceRequest> for Auth
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type InitError = ();
    type Transform = Guarded<S>;
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(Guarded { service }))
    }
}

struct Guarded<S> {
    service: S,
}

impl<S, B> Service<ServiceRequest> for Guarded<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Future = S::Future;

    actix_web::dev::forward_ready!(service);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        assert!(request.headers().contains_key("k"));
        self.service.call(request)
    }
}

#[get("/pets")]
#[api(since = "1.0")]
async fn list() -> web::Json<u8> {
    web::Json(1)
}

#[actix_web::main]
async fn main() {
    let server = HttpServer::new(|| App::new().wrap(Auth).service(list));
    server.bind("0.0.0.0:1").unwrap().run().await.unwrap();
}
