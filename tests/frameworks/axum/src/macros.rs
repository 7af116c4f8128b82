//! Macros in the bodies of routers, and in the place of types.

use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

macro_rules! routes {
    ($router:expr, $($method:ident $path:literal => $handler:ident),* $(,)?) => {
        $router$(.route($path, $method($handler)))*
    };
}

macro_rules! answer {
    ($inner:ty) => {
        Json<Vec<$inner>>
    };
}

macro_rules! model {
    ($name:ident { $($field:ident: $ty:ty),* }) => {
        #[derive(Deserialize, Serialize)]
        pub struct $name {
            $(pub $field: $ty,)*
        }
    };
}

model!(Pet { id: u64, name: String });

async fn pets() -> answer!(Pet) {
    Json(Vec::new())
}

async fn add(Json(pet): Json<Pet>) -> Json<Pet> {
    Json(pet)
}

macro_rules! by_name {
    ($($handler:ident),+) => {
        fn by_name() -> Router {
            Router::new()$(.route(concat!("/by-name/", stringify!($handler)), get($handler)))+
        }
    };
}

by_name!(pets);

pub fn router() -> Router {
    let router = by_name();
    routes!(router, get "/pets" => pets, post "/pets/new" => add)
}
