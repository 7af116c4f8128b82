type Id = uuid::Uuid;

#[derive(serde::Deserialize, schemars::JsonSchema)]
pub struct Which {
    pub id: Id,
}

#[derive(schemars::JsonSchema, serde::Deserialize)]
pub struct Window {
    pub limit: Option<u32>,
}

#[derive(schemars::JsonSchema, serde::Serialize)]
pub struct Volume {
    pub size: u64,
    pub id: Id,
}

#[derive(serde::Deserialize, schemars::JsonSchema)]
pub struct NewSize {
    pub size: u64,
}
