//! `history`: every release, judged.

use super::args::HistoryArgs;
use super::failure::Failure;
use super::{HOLDS, compare, output};

/// `history [RANGE]`: informs.
pub(super) fn history(args: &HistoryArgs) -> Result<u8, Failure> {
    output::histories(&args.show)?;
    let history = compare::history(&args.scope, &args.judging, args.range.as_deref())?;
    let mut canvas = output::canvas(&args.show);
    canvas.explain = args.judging.explain_verdict;
    output::show(&args.show, &canvas, &|format, canvas| {
        format.history.map_or_else(String::new, |render| render(&history, canvas))
    })?;
    Ok(HOLDS)
}
