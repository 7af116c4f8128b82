//! The rim: arguments in, bytes and an exit code out. The only layer besides `tree` that touches the world.

#![expect(clippy::disallowed_methods, reason = "the rim reads arguments, the environment, policy files and snapshots")]

pub mod args;
mod cargo;
mod compare;
mod edits;
mod failure;
mod fix;
mod follow;
mod history;
mod info;
mod init;
mod list;
mod man;
mod next;
mod output;
mod plan;
mod progress;
mod schema;
mod settings;
mod snapshot;
mod world;
mod write;

use args::{Cargo, Command, Verpolicy};
use clap::FromArgMatches as _;
use failure::Failure;
use std::ffi::OsString;
use std::process::ExitCode;

/// It holds, or the command only informs.
pub const HOLDS: u8 = 0;
/// The command line is wrong.
pub const USAGE: u8 = 2;
/// The policy is violated.
pub const VIOLATED: u8 = 100;
/// The tool could not complete.
pub const INCOMPLETE: u8 = 101;

/// Runs the tool with these arguments, the first being the program's name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut args: Vec<OsString> = args.into_iter().collect();
    // `cargo verpolicy …` passes `verpolicy` on; `cargo-verpolicy …` does not.
    if args.get(1).is_none_or(|first| first != "verpolicy") {
        args.insert(args.len().min(1), OsString::from("verpolicy"));
    }
    let color = output::early_color(&args);
    color.write_global();
    let mut command = args::command();
    let matches = command.try_get_matches_from_mut(&args);
    let parsed =
        matches.and_then(|matches| Cargo::from_arg_matches(&matches).map_err(|error| error.format(&mut command)));
    let parsed = match parsed {
        Ok(Cargo::Verpolicy(parsed)) => parsed,
        Err(error) => {
            let code = if error.use_stderr() { USAGE } else { HOLDS };
            return match output::printed(error.print()) {
                Ok(()) => ExitCode::from(code),
                Err(failure) => {
                    output::failure(&failure, false);
                    ExitCode::from(failure.exit)
                }
            };
        }
    };
    let json = wants_json(&parsed);
    match dispatch(parsed) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            output::failure(&failure, json);
            ExitCode::from(failure.exit)
        }
    }
}

fn dispatch(parsed: Verpolicy) -> Result<u8, Failure> {
    match parsed.command {
        None => check(&parsed.check),
        Some(Command::Check(args)) => check(&args),
        Some(Command::Diff(args)) => compare::diff(&args),
        Some(Command::List(args)) => list::list(&args),
        Some(Command::Snapshot(args)) => snapshot::snapshot(&args),
        Some(Command::Next(args)) => next::next(&args),
        Some(Command::Plan(args)) => plan::plan(&args),
        Some(Command::Supports(args)) => compare::supports(&args),
        Some(Command::Changelog(args)) => compare::changelog(&args),
        Some(Command::History(args)) => history::history(&args),
        Some(Command::Init(args)) => init::init(&args),
        Some(Command::Version(args)) => info::version(&args),
        Some(Command::Policy(args)) => info::policy(&args),
        Some(Command::Rules(args)) => info::rules(&args),
        Some(Command::Explain(args)) => info::explain(&args),
        Some(Command::Config(args)) => info::config(&args),
        Some(Command::Completions { shell }) => info::completions(shell),
        Some(Command::Schema { name }) => schema::schema(name.as_deref()),
        Some(Command::Man { directory }) => man::man(directory.as_deref()),
    }
}

/// `check`, which `--fix` mends first.
fn check(args: &args::CheckArgs) -> Result<u8, Failure> {
    match args.edits {
        _ if args.fix => fix::fix(args),
        args::EditArgs { dry_run: true, .. } => Err(without_fix("--dry-run")),
        args::EditArgs { allow_dirty: true, .. } => Err(without_fix("--allow-dirty")),
        args::EditArgs { .. } => compare::check(args),
    }
}

fn without_fix(flag: &str) -> Failure {
    Failure::usage(format!("`{flag}` speaks of what `--fix` edits")).help(format!("add --fix, or leave {flag} out"))
}

/// Does standard output promise JSON, so that a failure has to be JSON too?
fn wants_json(parsed: &Verpolicy) -> bool {
    let report = |show: &args::Show| show.format.id == "json";
    match &parsed.command {
        None => report(&parsed.check.show),
        Some(Command::Check(args)) => report(&args.show),
        Some(Command::Diff(args)) => report(&args.show),
        Some(Command::List(args)) => report(&args.show),
        Some(Command::History(args)) => report(&args.show),
        Some(Command::Next(args)) => args.format == args::FormatName::Json,
        Some(Command::Plan(args)) => args.format == args::FormatName::Json,
        Some(Command::Rules(args)) => args.format == args::FormatName::Json,
        Some(Command::Supports(args)) => args.format != args::SupportsFormat::Human,
        Some(Command::Changelog(args)) => args.format == args::ChangelogFormat::Json,
        Some(Command::Version(args)) => match &args.action {
            args::VersionAction::Parse { options, .. }
            | args::VersionAction::Compare { options, .. }
            | args::VersionAction::Compat { options, .. } => options.format == args::FormatName::Json,
        },
        Some(
            Command::Snapshot(_)
            | Command::Policy(_)
            | Command::Explain(_)
            | Command::Config(_)
            | Command::Init(_)
            | Command::Completions { .. }
            | Command::Schema { .. }
            | Command::Man { .. },
        ) => false,
    }
}
