//! Shows a report: collects the texts of the files that findings name, and renders.

use super::{Current, Old, Run};
use crate::cli::args::Show;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::world::Side;
use crate::model::Place;
use crate::package::Package;
use crate::policy::Report;
use crate::report::SourceText;
use std::collections::BTreeMap;
use std::sync::Arc;

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
    let links = output::links(&canvas);
    for package in &report.packages {
        if let Some(manifest) = current.side.workspace.package(&package.name) {
            canvas.manifests.insert(package.name.clone(), version_place(manifest));
        }
        let old = package.baseline.as_ref().and_then(|b| olds.iter().find(|o| o.side.origin == b.origin));
        for finding in &package.findings {
            if let (Some(place), Some(old)) = (&finding.old, old) {
                collect(&mut canvas.sources, &old.side, &place.file);
            }
            if let Some(place) = &finding.new {
                collect(&mut canvas.sources, &current.side, &place.file);
                if is_elsewhere(&current.side, &place.file) {
                    canvas.elsewhere.insert(place.file.to_string());
                } else if let (true, Some(root)) = (links, &current.side.root) {
                    let url = anstyle_hyperlink::path_to_url(&root.join(place.file.as_ref()));
                    canvas.links.extend(url.map(|url| (place.file.to_string(), url)));
                }
            }
        }
    }
    output::show(show, &canvas, &|format, canvas| (format.report)(report, canvas))
}

/// Does a file stand outside the tree, among the sources of its dependencies?
fn is_elsewhere(side: &Side, file: &str) -> bool {
    let first = file.split('/').next().unwrap_or_default();
    let in_tree = || side.root.as_ref().is_none_or(|root| root.join(first).exists());
    side.workspace.followed.iter().any(|package| package.directory.split('/').next() == Some(first)) && !in_tree()
}

/// Where a package's version stands, else where its manifest begins.
fn version_place(package: &Package) -> Place {
    match &package.version_place {
        Some((file, line, column)) => Place { file: Arc::from(file.as_str()), line: *line, column: *column },
        None => Place { file: Arc::from(package.manifest.as_str()), line: 1, column: 1 },
    }
}

fn collect(sources: &mut BTreeMap<(String, String), SourceText>, side: &Side, file: &str) {
    let key = (side.origin.clone(), file.to_owned());
    if sources.contains_key(&key) {
        return;
    }
    if let Some(bytes) = side.tree.as_ref().and_then(|tree| tree.read(file).ok())
        && let Ok(text) = std::str::from_utf8(&bytes)
    {
        sources.insert(key, SourceText::new(text.to_owned()));
    }
}
