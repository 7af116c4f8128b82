//! Shows a report: collects the texts of the files that findings name, and renders.

use super::{Current, Old, Run};
use crate::cli::args::Show;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::world::Side;
use crate::policy::Report;
use std::collections::BTreeMap;

/// Renders to standard output and to every `--output`.
pub(super) fn show(
    run: &Run<'_>,
    show: &Show,
    report: &Report,
    current: &Current,
    olds: &[Old],
) -> Result<(), Failure> {
    let mut canvas = output::canvas(show);
    canvas.explain = run.judging.explain_verdict;
    for package in &report.packages {
        let old = package.baseline.as_ref().and_then(|b| olds.iter().find(|o| o.side.origin == b.origin));
        for finding in &package.findings {
            if let (Some(place), Some(old)) = (&finding.old, old) {
                collect(&mut canvas.sources, &old.side, &place.file);
            }
            if let Some(place) = &finding.new {
                collect(&mut canvas.sources, &current.side, &place.file);
            }
        }
    }
    output::show(show, &canvas, &|format, canvas| (format.report)(report, canvas))
}

fn collect(sources: &mut BTreeMap<(String, String), String>, side: &Side, file: &str) {
    let key = (side.origin.clone(), file.to_owned());
    if sources.contains_key(&key) {
        return;
    }
    if let Some(bytes) = side.tree.as_ref().and_then(|tree| tree.read(file).ok())
        && let Ok(text) = std::str::from_utf8(&bytes)
    {
        sources.insert(key, text.to_owned());
    }
}
