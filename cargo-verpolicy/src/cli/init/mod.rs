//! `init`: takes a project in. Without `--mark` it writes configuration and a CI file, with it marks.

mod dependency;
mod files;
mod mark;

use super::args::{InitArgs, Judging};
use super::compare::{Asked, appeared};
use super::failure::Failure;
use super::{HOLDS, output, settings};

/// `init [--mark]`: never asks anything.
pub(super) fn init(args: &InitArgs) -> Result<u8, Failure> {
    if let Some(name) = &args.policy {
        settings::policy(name)?;
    }
    let judging = Judging { policy: args.policy.clone(), ..Judging::default() };
    let appeared = appeared(&args.scope, &judging, if args.mark { Asked::Served } else { Asked::Names })?;
    let (edits, notes) = if args.mark { mark::plan(&appeared)? } else { files::plan(&appeared, args)? };
    let dirty = appeared.dirty && args.mark;
    edits.carry_out(appeared.side.root.as_deref(), &args.edits, dirty, args.quiet)?;
    if !args.quiet {
        for note in notes {
            output::note(&note);
        }
    }
    Ok(HOLDS)
}
