//! Shows a report: collects the texts of the files that findings name, and renders.

use super::{Current, Old, Run};
use crate::cli::args::Show;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::policy::Report;
use std::collections::BTreeMap;

/// Renders to standard output and to every `--output`.
pub(super) fn show(
    run: &Run<'_>,
    show: &Show,
    report: &Report,
    current: &Current,
    olds: &[Old],
    command: &str,
) -> Result<(), Failure> {
    let mut canvas = output::canvas(show, command);
    canvas.explain = run.judging.explain_verdict;
    for package in &report.packages {
        let old = package.baseline.as_ref().and_then(|b| olds.iter().find(|o| o.side.origin == b.origin));
        if let Some(revision) = old.and_then(|o| o.revision.as_ref()) {
            canvas.old_prefix.insert(package.name.clone(), format!("{revision}:"));
        }
        for finding in &package.findings {
            if let (Some(place), Some(old)) = (&finding.old, old) {
                collect(&mut canvas.sources, true, &place.file, old.side.tree.as_deref());
            }
            if let Some(place) = &finding.new {
                collect(&mut canvas.sources, false, &place.file, current.side.tree.as_deref());
            }
        }
    }
    output::show(show, &canvas, &|format, canvas| (format.report)(report, canvas))
}

fn collect(
    sources: &mut BTreeMap<(bool, String), String>,
    old: bool,
    file: &str,
    tree: Option<&dyn crate::tree::SourceTree>,
) {
    let key = (old, file.to_owned());
    if sources.contains_key(&key) {
        return;
    }
    if let Some(bytes) = tree.and_then(|t| t.read(file).ok())
        && let Ok(text) = std::str::from_utf8(&bytes)
    {
        sources.insert(key, text.to_owned());
    }
}
