//! `plan`.

use super::{FormatName, Scope};
use clap::Args;

/// `plan`.
#[derive(Debug, Clone, Args)]
pub struct PlanArgs {
    #[command(flatten)]
    /// Scope.
    pub scope: Scope,
    /// What changed in a package, where neither endpoints nor commits say it: PKG=fix, feature, api-fix or api-feature;
    /// repeatable
    #[arg(long, value_name = "PKG=WHAT", help_heading = "Judgement")]
    pub changed: Vec<String>,
    /// A built-in policy (`policy list`) or a policy file
    #[arg(long, value_name = "NAME|FILE", help_heading = "Judgement")]
    pub policy: Option<String>,
    /// The day of the release, `YYYY-MM-DD` (default: today, UTC)
    #[arg(long, value_name = "DATE", help_heading = "Judgement")]
    pub date: Option<String>,
    /// human or json
    #[arg(long, value_name = "FORMAT", default_value = "human", help_heading = "Output")]
    pub format: FormatName,
    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", help_heading = "Output", value_parser = ["auto", "always", "never"])]
    pub color: Option<String>,
    /// Write versions, the requirements on them and `since = "next"` into the files
    #[arg(long)]
    pub write: bool,
}
