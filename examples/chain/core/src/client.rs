//! What clients speak.

use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use versioning_macros::api;

/// An account and what it holds.
#[derive(Serialize)]
pub struct Account {
    pub alias: String,
    pub balance: u32,
}

/// From whom to whom.
#[derive(Deserialize)]
pub struct Transfer {
    pub from: String,
    pub to: String,
    pub amount: u32,
}

/// All accounts.
#[api(since = "1.0")]
#[get("/client/accounts")]
pub async fn accounts() -> web::Json<Vec<Account>> {
    web::Json(Vec::new())
}

/// Moves an amount.
#[api(since = "1.0")]
#[post("/client/transfers")]
pub async fn transfer(transfer: web::Json<Transfer>) -> web::Json<Account> {
    let Transfer { from, amount, .. } = transfer.into_inner();
    web::Json(Account { alias: from, balance: amount })
}
