//! `supports`: what can be typed.

use super::Scope;
use clap::{Args, ValueEnum};

/// `supports`.
#[derive(Debug, Clone, Args)]
pub struct SupportsArgs {
    /// Endpoint sets to fulfil: git:REV, path:DIR, registry:NAME@VERSION, snapshot:FILE (a bare word is a revision)
    #[arg(value_name = "ORIGIN", required = true)]
    pub origins: Vec<String>,
    #[command(flatten)]
    /// Scope.
    pub scope: Scope,
    /// A built-in policy (`policy list`) or a policy file
    #[arg(long, value_name = "NAME|FILE", help_heading = "Judgement")]
    pub policy: Option<String>,
    /// How to show the result
    #[arg(long, value_name = "FORMAT", default_value = "human", help_heading = "Output")]
    pub format: SupportsFormat,
    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", help_heading = "Output", value_parser = ["auto", "always", "never"])]
    pub color: Option<String>,
}

/// How `supports` shows its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SupportsFormat {
    /// For people
    Human,
    /// Versioned JSON
    Json,
    /// The JSON document that a server can serve: `versions` and `unstable_features` (one package)
    Served,
}
