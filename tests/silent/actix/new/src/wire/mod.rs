mod reading;
pub use reading::*;

#[derive(Debug, serde::Serialize, Clone)]
pub struct Purchase {
    pub state: PurchaseState,
    pub id: Box<u64>,
}

#[serde(rename_all = "snake_case")]
#[derive(Clone, Debug, serde::Serialize)]
pub enum PurchaseState {
    Paid { at: u64 },
    New,
}
