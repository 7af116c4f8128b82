use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct Price {
    pub net: Decimal,
    pub vat: Decimal,
}
