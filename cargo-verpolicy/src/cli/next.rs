//! `next`: the version that the changes since the last release need.

use super::args::{FormatName, NextArgs};
use super::compare::{Checked, checked};
use super::failure::Failure;
use super::world::Side;
use super::{HOLDS, INCOMPLETE, output};
use crate::policy::{PackageReport, Verdict};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml_edit::{DocumentMut, Item, value};

/// One line of the answer.
struct Step<'a> {
    name: &'a str,
    from: Option<&'a str>,
    to: String,
    because: String,
}

/// `next`.
pub(super) fn next(args: &NextArgs) -> Result<u8, Failure> {
    let Checked { report, side } = checked(&args.check)?;
    let mut steps = Vec::new();
    let mut unknown = 0;
    for package in report.packages.iter().filter(|p| p.verdict.is_some()) {
        match step(package) {
            Some(step) => steps.push(step),
            None => {
                unknown += 1;
                output::warn(&format!("{}: no next version is known: {}", package.name, package.notes.join("; ")));
            }
        }
    }
    if args.check.show.format == FormatName::Json {
        let packages: Vec<_> =
            steps.iter().map(|s| json!({ "name": s.name, "from": s.from, "to": s.to, "because": s.because })).collect();
        output::print(&format!("{:#}\n", json!({ "schema": "verpolicy.next/1", "packages": packages })));
    } else if let ([only], 1) = (steps.as_slice(), report.packages.len()) {
        // One package: the bare version, so that scripts can take it as it is.
        output::print(&format!("{}\n", only.to));
    } else {
        let lines: Vec<String> = steps.iter().map(|s| format!("{} {}  # {}\n", s.name, s.to, s.because)).collect();
        output::print(&lines.concat());
    }
    if args.write {
        write(&side, &steps)?;
    }
    Ok(if unknown > 0 { INCOMPLETE } else { HOLDS })
}

/// The version in the manifest where it is large enough already, else the smallest that would do.
fn step(package: &PackageReport) -> Option<Step<'_>> {
    if matches!(package.verdict, Some(Verdict::NoBaseline | Verdict::Incomplete)) {
        return None;
    }
    let from = package.baseline.as_ref().and_then(|b| b.version.as_deref());
    let required = package.required.as_deref()?;
    let current = package.current.version.clone();
    let refused = package.findings.iter().any(|f| f.refused);
    let (to, because) = match (&package.declared, &package.next) {
        (Some(declared), _) if !refused => (current?, format!("declared {declared}, required {required}")),
        (_, Some(next)) => (next.clone(), format!("required {required}")),
        (_, None) => (current?, "nothing changed".to_owned()),
    };
    Some(Step { name: &package.name, from, to, because })
}

/// Puts the versions into the manifests, comments and order kept.
fn write(side: &Side, steps: &[Step<'_>]) -> Result<(), Failure> {
    let (Some(root), Some(tree)) = (&side.root, &side.tree) else {
        return Err(Failure::usage("--write needs a work tree"));
    };
    let mut manifests: BTreeMap<String, DocumentMut> = BTreeMap::new();
    let read = |path: &str| -> Result<DocumentMut, Failure> {
        let bytes = tree.read(path)?;
        let text = std::str::from_utf8(&bytes).map_err(|e| Failure::new("manifest", e.to_string()).at(path, 0, 0))?;
        text.parse::<DocumentMut>().map_err(|e| Failure::new("manifest", e.message().to_owned()).at(path, 0, 0))
    };
    let mut edited = Vec::new();
    for step in steps {
        let Some(package) = side.workspace.package(step.name) else { continue };
        if package.version.as_deref() == Some(step.to.as_str()) {
            continue;
        }
        let place = package.version_place.as_ref().map_or(package.manifest.as_str(), |(file, ..)| file.as_str());
        if !manifests.contains_key(place) {
            manifests.insert(place.to_owned(), read(place)?);
        }
        let Some(manifest) = manifests.get_mut(place) else { continue };
        let inherited = place != package.manifest || manifest.get("package").is_none();
        let slot = if inherited {
            manifest.get_mut("workspace").and_then(|w| w.get_mut("package")).and_then(|p| p.get_mut("version"))
        } else {
            manifest.get_mut("package").and_then(|p| p.get_mut("version"))
        };
        let Some(slot) = slot else {
            return Err(Failure::new("manifest", format!("{}: found no version to write", step.name)).at(place, 0, 0));
        };
        set_version(slot, &step.to);
        edited.push(format!("{}: wrote {} to {place}\n", step.name, step.to));
    }
    let files: Vec<(PathBuf, Vec<u8>)> =
        manifests.into_iter().map(|(path, document)| (root.join(path), document.to_string().into_bytes())).collect();
    crate::tree::write(&files).map_err(|e| Failure::new("write", e.to_string()))?;
    for line in edited {
        output::print(&line);
    }
    Ok(())
}

/// Replaces a value and keeps the comment and spaces around it.
fn set_version(slot: &mut Item, version: &str) {
    let decor = slot.as_value().map(|old| old.decor().clone());
    let mut new = value(version);
    if let (Some(new), Some(decor)) = (new.as_value_mut(), decor) {
        *new.decor_mut() = decor;
    }
    *slot = new;
}
