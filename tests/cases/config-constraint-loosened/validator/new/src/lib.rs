use serde::Deserialize;
use validator::Validate;
use versioning_macros::api;

#[api(config, since = "1.0.0")]
#[derive(Deserialize, Validate)]
pub struct Settings {
    #[validate(range(min = 1, max = 64))]
    workers: u32,
}
