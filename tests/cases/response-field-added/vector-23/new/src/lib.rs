use serde::{Deserialize, Serialize};
use versioning_macros::api;

#[derive(Serialize, Deserialize)]
pub struct Page<T> { items: Vec<T>, next: Option<String> }

#[derive(Serialize, Deserialize)]
pub struct A { x: u8 }
#[derive(Serialize, Deserialize)]
pub struct B { y: u8 }
#[derive(Serialize, Deserialize)]
pub struct C { z: u8 }

#[api(GET "/a", since = "1.0", responses(200 = Page<A>))]
pub async fn a() {}

#[api(GET "/b", since = "1.0", responses(200 = Page<B>))]
pub async fn b() {}

#[api(GET "/c", since = "1.0", responses(200 = Page<C>))]
pub async fn c() {}
