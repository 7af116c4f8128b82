use versioning_macros::api;

#[derive(serde::Deserialize, serde::Serialize, utoipa::ToSchema)]
pub struct B {
    a: u8,
}

#[api(since = "1.0")]
#[utoipa::path(post, path = "/d", request_body = B, responses((status = 200, body = B)))]
fn d() {}
