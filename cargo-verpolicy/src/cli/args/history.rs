//! `history`.

use super::{Judging, Scope, Show};
use clap::Args;

/// `history`.
#[derive(Debug, Clone, Args)]
pub struct HistoryArgs {
    /// Only these releases, both ends included: `1.0.0..2.0.0`, `v1.2.0..`, `..1.4.0` (default: all)
    #[arg(value_name = "RANGE")]
    pub range: Option<String>,
    #[command(flatten)]
    /// Scope.
    pub scope: Scope,
    #[command(flatten)]
    /// Judgement.
    pub judging: Judging,
    #[command(flatten)]
    /// Output.
    pub show: Show,
}
