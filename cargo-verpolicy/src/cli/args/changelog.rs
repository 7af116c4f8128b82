//! `changelog`: what can be typed.

use super::Scope;
use clap::{Args, ValueEnum};

/// `changelog`.
#[derive(Debug, Clone, Args)]
pub struct ChangelogArgs {
    /// The old side: git:REV, path:DIR, registry:NAME@VERSION, snapshot:FILE (a bare word is a revision; default: the
    /// last release)
    #[arg(value_name = "OLD")]
    pub old: Option<String>,
    /// The new side (default: the work tree)
    #[arg(value_name = "NEW")]
    pub new: Option<String>,
    #[command(flatten)]
    /// Scope.
    pub scope: Scope,
    /// A built-in policy (`policy list`) or a policy file
    #[arg(long, value_name = "NAME|FILE", help_heading = "Judgement")]
    pub policy: Option<String>,
    /// How to show the result
    #[arg(long, value_name = "FORMAT", default_value = "markdown", help_heading = "Output")]
    pub format: ChangelogFormat,
    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", help_heading = "Output", value_parser = ["auto", "always", "never"])]
    pub color: Option<String>,
}

/// How `changelog` shows its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChangelogFormat {
    /// A section of a changelog
    Markdown,
    /// Versioned JSON
    Json,
}
