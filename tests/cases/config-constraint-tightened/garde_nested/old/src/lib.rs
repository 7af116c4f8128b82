use garde::Validate;
use serde::Deserialize;
use versioning_macros::api;

#[api(config, since = "1.0.0")]
#[derive(Deserialize, Validate)]
pub struct Settings {
    #[garde(dive)]
    pool: Pool,
}

#[derive(Deserialize, Validate)]
pub struct Pool {
    #[garde(skip)]
    size: u32,
}
