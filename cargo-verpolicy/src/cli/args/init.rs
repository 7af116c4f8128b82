//! `init`.

use super::Scope;
use clap::Args;

/// `init`.
#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// Put a mark on every route that has none, with the release in which it appeared
    #[arg(long)]
    pub mark: bool,
    /// Write files that exist already anew
    #[arg(long, conflicts_with = "mark")]
    pub force: bool,
    #[command(flatten)]
    /// Edits.
    pub edits: EditArgs,
    /// A built-in policy (`policy list`) or a policy file (default: semver)
    #[arg(long, value_name = "NAME|FILE", help_heading = "Judgement")]
    pub policy: Option<String>,
    #[command(flatten)]
    /// Scope.
    pub scope: Scope,
    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", help_heading = "Output", value_parser = ["auto", "always", "never"])]
    pub color: Option<String>,
    /// Only say what could not be done
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
}

/// How files are edited.
#[derive(Debug, Clone, Default, Args)]
pub struct EditArgs {
    /// Show the patch and write nothing
    #[arg(long, help_heading = "Edits")]
    pub dry_run: bool,
    /// Edit even where something is not committed
    #[arg(long, help_heading = "Edits")]
    pub allow_dirty: bool,
}
