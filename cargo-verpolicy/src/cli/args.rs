//! What can be typed.

mod changelog;
mod history;
mod init;
mod plan;
mod supports;

pub use changelog::{ChangelogArgs, ChangelogFormat};
pub use history::HistoryArgs;
pub use init::{EditArgs, InitArgs};
pub use plan::PlanArgs;
pub use supports::{SupportsArgs, SupportsFormat};

use crate::package::Platform;
use crate::report::{FORMATS, Format};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_cargo::style::CLAP_STYLING;
use std::path::PathBuf;

/// `cargo verpolicy`, as cargo calls it.
#[derive(Debug, Parser)]
#[command(name = "cargo", bin_name = "cargo", styles = CLAP_STYLING)]
pub enum Cargo {
    /// Refuse a release whose version is too small for what changed in its API
    #[command(
        version,
        styles = CLAP_STYLING,
        args_conflicts_with_subcommands = true,
        after_help = AFTER_HELP,
        long_about = LONG_ABOUT
    )]
    Verpolicy(Verpolicy),
}

/// The command line that `cargo` calls.
#[must_use]
pub fn command() -> clap::Command {
    Cargo::command().mut_subcommand("verpolicy", narrowed)
}

/// The same as a program of its own.
#[must_use]
pub fn program() -> clap::Command {
    narrowed(Verpolicy::augment_args(clap::Command::new("cargo-verpolicy")))
}

/// Flags that commands share, less what one of them cannot do.
fn narrowed(tool: clap::Command) -> clap::Command {
    let one_side = |command: clap::Command| command.mut_arg("baseline_features", |flag| flag.hide(true));
    tool.mut_subcommand("list", |list| {
        one_side(list)
            .mut_arg("format", |flag| flag.value_parser(format(|row| row.list.is_some())))
            .mut_arg("quiet", |flag| flag.help("Only the endpoints: nothing of what else was seen"))
            .mut_arg("output", |flag| flag.help("Also write the list to a file: `html=endpoints.html`; repeatable"))
            .mut_arg("verbose", |flag| flag.help("Also blind spots, those of one cause as one (-vv: one by one)"))
    })
    .mut_subcommand("history", |history| {
        one_side(history)
            .mut_arg("format", |flag| flag.value_parser(format(|row| row.history.is_some())))
            .mut_arg("bump", |flag| flag.hide(true))
            .mut_arg("quiet", |flag| flag.hide(true))
            .mut_arg("verbose", |flag| flag.help("Also what was refused"))
    })
    .mut_subcommand("config", |config| {
        config.mut_subcommand("show", |show| {
            ["features", "all_features", "no_default_features", "target", "offline", "locked", "frozen"]
                .iter()
                .fold(one_side(show), |show, flag| show.mut_arg(flag, |flag| flag.hide(true)))
        })
    })
    .mut_subcommand("snapshot", one_side)
    .mut_subcommand("init", one_side)
}

const LONG_ABOUT: &str = "\
Reads the API of every package at two revisions from source, without compiling, compares the two endpoint sets, and \
refuses a release whose version is too small for what changed, under the version policy you chose.

Endpoints are HTTP routes and public Rust items that carry #[api(since = \"1.2.0\")] from the crate versioning-macros, \
and routes whose framework itself says since when they exist. Without any marks yet, try:

    cargo verpolicy list --implicit routes
    cargo verpolicy check --implicit routes";

const AFTER_HELP: &str = "\
Exit codes:
    0    the policy holds (or a bump is pending, or the command only informs)
    100  the policy is violated
    101  the tool could not complete; nothing is known, treat it as a failure
    2    the command line is wrong";

/// All of it; bare is `check`.
#[derive(Debug, Args)]
pub struct Verpolicy {
    /// The command; `check` when none is given
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    /// Flags of a bare `cargo verpolicy`.
    pub check: CheckArgs,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge the work tree against the last release
    Check(CheckArgs),
    /// Show what changed between two origins and the bump it needs
    Diff(DiffArgs),
    /// List the endpoints of the work tree or of another origin
    List(ListArgs),
    /// Write the endpoint set to a committed, readable file a package
    Snapshot(SnapshotArgs),
    /// Print the next version that the changes since the last release need
    Next(NextArgs),
    /// Plan the next version of every package of a workspace or product line, in the order to publish
    Plan(PlanArgs),
    /// Tell which endpoint sets the current tree fulfils, and why not
    Supports(SupportsArgs),
    /// Write what changed for users, as a section of a changelog
    Changelog(ChangelogArgs),
    /// Read, compare and relate versions as a policy does
    Version(VersionArgs),
    /// List the built-in policies, or show one
    Policy(PolicyArgs),
    /// Judge every release tag, each against the release before it
    History(HistoryArgs),
    /// Write configuration and CI files; with --mark, marks with the release in which each endpoint appeared
    Init(InitArgs),
    /// List all rules with their effect and level
    Rules(RulesArgs),
    /// Explain one rule
    Explain(ExplainArgs),
    /// Show the configuration in force and where each value comes from
    Config(ConfigArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the JSON Schema of an output or a file, or list them
    Schema {
        /// `report`, `list`, …
        #[arg(value_name = "NAME")]
        name: Option<String>,
    },
    /// Print the manual page, or write the pages of all commands into a directory
    Man {
        /// Write `cargo-verpolicy.1`, `cargo-verpolicy-check.1`, … here
        #[arg(value_name = "DIR")]
        directory: Option<PathBuf>,
    },
}

/// Which packages, which features, how loud.
#[derive(Debug, Clone, Default, Args)]
pub struct Scope {
    /// Manifest of the package or workspace (its directory will do)
    #[arg(long, value_name = "PATH", help_heading = "Packages")]
    pub manifest_path: Option<PathBuf>,
    /// Only these packages
    #[arg(short, long, value_name = "NAME", help_heading = "Packages")]
    pub package: Vec<String>,
    /// All members of the workspace (the default)
    #[arg(long, alias = "all", help_heading = "Packages")]
    pub workspace: bool,
    /// All members but these
    #[arg(long, value_name = "NAME", help_heading = "Packages")]
    pub exclude: Vec<String>,
    /// Let cargo use no network, where a registry is asked for
    #[arg(long, help_heading = "Packages")]
    pub offline: bool,
    /// Refuse where Cargo.lock is missing or lacks a member's version: types of dependencies are read by it
    #[arg(long, help_heading = "Packages")]
    pub locked: bool,
    /// Both --locked and --offline
    #[arg(long, help_heading = "Packages")]
    pub frozen: bool,
    /// Only what these features turn on (by default everything is read and carries its condition)
    #[arg(short = 'F', long, value_name = "FEATURES", value_delimiter = ',', help_heading = "Features")]
    pub features: Vec<String>,
    /// Only what all features together turn on
    #[arg(long, help_heading = "Features")]
    pub all_features: bool,
    /// Without the `default` feature
    #[arg(long, help_heading = "Features")]
    pub no_default_features: bool,
    /// Features of the old side, when they differ from those of --features
    #[arg(long, value_name = "FEATURES", value_delimiter = ',', help_heading = "Features")]
    pub baseline_features: Vec<String>,
    /// Only what is built for this target (by default everything is read and carries its condition)
    #[arg(long, value_name = "TRIPLE", help_heading = "Features", value_parser = Platform::parse)]
    pub target: Option<Platform>,
    /// Also count what has no mark: `routes` (HTTP), `public` (items)
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub implicit: Vec<Implicit>,
}

/// What `--implicit` adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Implicit {
    /// Unmarked routes of frameworks
    Routes,
    /// Unmarked public items
    Public,
}

/// How the result is shown.
#[derive(Debug, Clone, Default, Args)]
pub struct Show {
    /// How to show the result on standard output
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "human",
        help_heading = "Output",
        alias = "message-format",
        value_parser = format(|_| true)
    )]
    pub format: &'static Format,
    /// Also write the result to a file: `sarif=verpolicy.sarif`; repeatable
    #[arg(long, value_name = "FORMAT=PATH", help_heading = "Output")]
    pub output: Vec<String>,
    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", help_heading = "Output", value_parser = ["auto", "always", "never"])]
    pub color: Option<String>,
    /// Only the verdict and what is refused
    #[arg(short, long, help_heading = "Output", conflicts_with = "verbose")]
    pub quiet: bool,
    /// Also blind spots and opaque parts one by one
    #[arg(short, long, action = clap::ArgAction::Count, help_heading = "Output")]
    pub verbose: u8,
}

/// How a command answers that has no report and no list of endpoints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum FormatName {
    /// For people
    #[default]
    Human,
    /// Versioned JSON
    Json,
}

/// One of the FORMATS table, by its id, of those that can do something.
fn format(can: fn(&Format) -> bool) -> impl TypedValueParser<Value = &'static Format> {
    let able = FORMATS.iter().filter(|row| can(row));
    PossibleValuesParser::new(able.map(|row| PossibleValue::new(row.id).help(row.summary)))
        .try_map(|id| FORMATS.iter().find(|row| row.id == id).ok_or("no row of the table has this id"))
}

/// How it is judged.
#[derive(Debug, Clone, Default, Args)]
pub struct Judging {
    /// A built-in policy (`policy list`) or a policy file
    #[arg(long, value_name = "NAME|FILE", help_heading = "Judgement")]
    pub policy: Option<String>,
    /// The bump that is planned, while the manifest still has the released version
    #[arg(long, value_name = "BUMP", help_heading = "Judgement")]
    pub bump: Option<String>,
    /// The day to judge at, `YYYY-MM-DD` (default: today, UTC)
    #[arg(long, value_name = "DATE", help_heading = "Judgement")]
    pub date: Option<String>,
    /// Refuse this rule where the declared bump does not allow it (`warnings` for all at warn); wins over -W and -A
    #[arg(short = 'D', long = "deny", value_name = "RULE", help_heading = "Judgement")]
    pub deny: Vec<String>,
    /// Show this rule, never refuse the release for it; wins over -A
    #[arg(short = 'W', long = "warn", value_name = "RULE", help_heading = "Judgement")]
    pub warn: Vec<String>,
    /// Do not show this rule
    #[arg(short = 'A', long = "allow", value_name = "RULE", help_heading = "Judgement")]
    pub allow: Vec<String>,
    /// Add the sentence of the policy that decided each finding
    #[arg(long, help_heading = "Judgement")]
    pub explain_verdict: bool,
}

/// `check`.
#[derive(Debug, Clone, Default, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    /// Scope.
    pub scope: Scope,
    #[command(flatten)]
    /// Judgement.
    pub judging: Judging,
    #[command(flatten)]
    /// Output.
    pub show: Show,
    /// Compare with this origin: git:REV, path:DIR, registry:VERSION, registry:NAME@VERSION, registry:latest, snapshot:FILE (default:
    /// the last release)
    #[arg(long, value_name = "ORIGIN", help_heading = "Judgement")]
    pub baseline: Option<String>,
    /// Judge what is about to be published or tagged: nothing may be pending, no `since = "next"` left over
    #[arg(long, value_name = "VERSION", num_args = 0..=1, default_missing_value = "", help_heading = "Judgement")]
    pub release: Option<String>,
    /// Also say what this pull request needs by itself: against the merge base with BASE (default: the target branch
    /// that GitHub, GitLab, Gitea, Forgejo or Woodpecker name, else the remote's default branch)
    #[arg(long, value_name = "BASE", num_args = 0..=1, default_missing_value = "", help_heading = "Judgement")]
    pub pr: Option<String>,
    /// Mend what is certain, then judge again: an untrue or missing `since`, a version that is too small, an acceptance that is out,
    /// and under --release what still says `next`
    #[arg(long, help_heading = "Edits")]
    pub fix: bool,
    #[command(flatten)]
    /// Edits.
    pub edits: EditArgs,
}

/// `diff`.
#[derive(Debug, Clone, Args)]
pub struct DiffArgs {
    /// The old side: git:REV, path:DIR, registry:NAME@VERSION, snapshot:FILE (a bare word is a revision)
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The new side (default: the work tree)
    #[arg(value_name = "NEW")]
    pub new: Option<String>,
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

/// `list`.
#[derive(Debug, Clone, Args)]
pub struct ListArgs {
    /// The origin to list (default: the work tree)
    #[arg(value_name = "ORIGIN")]
    pub origin: Option<String>,
    /// Only what a framework publishes as this API version
    #[arg(long, value_name = "VERSION")]
    pub at: Option<String>,
    /// Only endpoints whose path matches: `*` within a segment, `**` across; repeatable
    #[arg(long, value_name = "GLOB", help_heading = "Filters")]
    pub path: Vec<String>,
    /// Only these methods
    #[arg(long, value_name = "METHOD", value_delimiter = ',', ignore_case = true, help_heading = "Filters")]
    pub method: Vec<String>,
    /// Only these sections
    #[arg(long, value_name = "SECTION", value_delimiter = ',', help_heading = "Filters")]
    pub section: Vec<String>,
    /// Fail (exit 100) where one of these is found
    #[arg(short = 'D', long, value_name = "RULE", value_delimiter = ',', help_heading = "Judgement",
        value_parser = ["blind-spot", "unmarked-endpoint", "unreached-handler", "route-differs", "published-differs"])]
    pub deny: Vec<String>,
    #[command(flatten)]
    /// Scope.
    pub scope: Scope,
    #[command(flatten)]
    /// Output.
    pub show: Show,
}

/// `snapshot`.
#[derive(Debug, Clone, Args)]
pub struct SnapshotArgs {
    /// Write here instead (one package only)
    #[arg(long, value_name = "PATH")]
    pub file: Option<PathBuf>,
    /// Overwrite another set of the same version
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    /// Scope.
    pub scope: Scope,
    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", help_heading = "Output", value_parser = ["auto", "always", "never"])]
    pub color: Option<String>,
    /// Say nothing when it worked
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
}

/// `next`.
#[derive(Debug, Clone, Args)]
pub struct NextArgs {
    #[command(flatten)]
    /// Scope.
    pub scope: Scope,
    #[command(flatten)]
    /// Judgement.
    pub judging: Judging,
    /// Count from this origin: git:REV, path:DIR, registry:VERSION, registry:NAME@VERSION, registry:latest, snapshot:FILE (default: the
    /// last release)
    #[arg(long, value_name = "ORIGIN", help_heading = "Judgement")]
    pub baseline: Option<String>,
    /// human or json
    #[arg(long, value_name = "FORMAT", default_value = "human", help_heading = "Output")]
    pub format: FormatName,
    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", help_heading = "Output", value_parser = ["auto", "always", "never"])]
    pub color: Option<String>,
    /// The version of the tree as long as it is not released: a snapshot, a beta, as the policy has it
    #[arg(long)]
    pub unstable: bool,
    /// Write it into Cargo.toml and resolve `since = "next"` (which stays under `--unstable`)
    #[arg(long)]
    pub write: bool,
}

/// `version`.
#[derive(Debug, Clone, Args)]
pub struct VersionArgs {
    /// What to do
    #[command(subcommand)]
    pub action: VersionAction,
}

/// `version …`.
#[derive(Debug, Clone, Subcommand)]
pub enum VersionAction {
    /// Take a version apart
    Parse {
        /// The version
        version: String,
        #[command(flatten)]
        /// Judged how.
        options: VersionOptions,
    },
    /// Which of two versions is greater
    Compare {
        /// One version
        left: String,
        /// Another
        right: String,
        #[command(flatten)]
        /// Judged how.
        options: VersionOptions,
    },
    /// Does the first version keep what the second promised? Exit code 0 or 100
    Compat {
        /// One version
        left: String,
        /// Another
        right: String,
        #[command(flatten)]
        /// Judged how.
        options: VersionOptions,
    },
}

/// Flags of `version`.
#[derive(Debug, Clone, Args)]
pub struct VersionOptions {
    /// A built-in policy or a policy file
    #[arg(long, value_name = "NAME|FILE", default_value = "semver")]
    pub policy: String,
    /// human or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: FormatName,
}

/// `policy`.
#[derive(Debug, Clone, Args)]
pub struct PolicyArgs {
    /// What to do
    #[command(subcommand)]
    pub action: PolicyAction,
}

/// `policy …`.
#[derive(Debug, Clone, Subcommand)]
pub enum PolicyAction {
    /// The built-in policies
    List,
    /// The JSON Schema of policy files, for editors
    Schema,
    /// How to write a policy of your own
    Guide,
    /// One policy: what it enforces
    Show {
        /// A built-in policy or a policy file
        name: String,
        /// As the file you could start your own from
        #[arg(long)]
        toml: bool,
    },
}

/// `rules`.
#[derive(Debug, Clone, Args)]
pub struct RulesArgs {
    /// human or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: FormatName,
}

/// `explain`.
#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    /// The rule's id
    pub rule: String,
}

/// `config`.
#[derive(Debug, Clone, Args)]
pub struct ConfigArgs {
    /// What to do
    #[command(subcommand)]
    pub action: ConfigAction,
}

/// `config …`.
#[derive(Debug, Clone, Subcommand)]
pub enum ConfigAction {
    /// The configuration in force
    Show {
        #[command(flatten)]
        /// Scope.
        scope: Scope,
    },
}
