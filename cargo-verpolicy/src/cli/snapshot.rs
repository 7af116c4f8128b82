//! `snapshot`: writes the endpoint set to a committed, readable file a package.

use super::args::SnapshotArgs;
use super::failure::Failure;
use super::settings::{self, Settings};
use super::world::{From, World, in_scope};
use super::{HOLDS, output};
use crate::model::EndpointSet;
use std::path::PathBuf;

/// The file's name in a package's directory, unless the configuration names another.
pub(super) const FILE: &str = "verpolicy.snapshot.json";

/// `snapshot`.
pub(super) fn snapshot(args: &SnapshotArgs) -> Result<u8, Failure> {
    let world = World::open(&args.scope)?;
    let side = world.side(&From::WorkTree)?;
    settings::report_problems(&side, false)?;
    super::cargo::agrees(&side, &world.start)?;
    settings::refuse_unknown_features(&side, &args.scope.features)?;
    let settings = Settings::read(&side)?;
    let only = in_scope(&args.scope, &side.workspace)?;
    let options = settings.extraction(&args.scope, &args.scope.features);
    let sets = world.sets(&side, Some(&only), &options)?;
    // A package without any endpoint, marked or not, has nothing to keep, unless it was asked for by name.
    let worth = |set: &EndpointSet| !set.endpoints.is_empty() || !args.scope.package.is_empty();
    let chosen: Vec<&EndpointSet> = sets.values().filter(|set| worth(set)).collect();
    if chosen.is_empty() {
        return Err(Failure::new("no-endpoints", "no package has an endpoint: there is nothing to keep")
            .help("mark endpoints with #[api(since = \"…\")] from the crate versioning-macros"));
    }
    if args.file.is_some() && chosen.len() > 1 {
        return Err(Failure::usage(format!("--file holds one package, and {} have endpoints", chosen.len()))
            .help("name one with -p"));
    }
    let mut files = Vec::new();
    let mut shown = Vec::new();
    for set in chosen {
        let path = match (&args.file, &side.root) {
            (Some(file), _) => file.clone(),
            (None, Some(root)) => root.join(place(&side.workspace, &settings, &set.package)),
            (None, None) => PathBuf::from(FILE),
        };
        let text = crate::snapshot::write(set);
        if std::fs::read(&path).is_ok_and(|bytes| bytes == text.as_bytes()) {
            shown.push(format!("{}: {} is up to date\n", set.package, path.display()));
            continue;
        }
        refuse_overwriting(&path, set, args.force)?;
        let count = set.endpoints.len();
        let word = if count == 1 { "endpoint" } else { "endpoints" };
        shown.push(format!("{}: wrote {count} {word} to {}\n", set.package, path.display()));
        files.push((path, text.into_bytes()));
    }
    crate::tree::write(&files).map_err(|e| Failure::new("write", e.to_string()))?;
    if !args.quiet {
        output::print(&shown.concat())?;
        if let Some(coverage) = crate::report::coverage_of_sets(sets.values()) {
            output::note(&coverage);
        }
    }
    Ok(HOLDS)
}

/// Where a package's snapshot stands in the tree.
pub(super) fn place(workspace: &crate::package::Workspace, settings: &Settings, package: &str) -> String {
    let directory = workspace.packages.iter().find(|p| p.name == package).map_or("", |p| p.directory.as_str());
    let file = settings.of(package).snapshot;
    crate::tree::child(directory, file.as_deref().unwrap_or(FILE))
}

/// A snapshot of the same version that holds another set was published: it is not overwritten silently.
fn refuse_overwriting(path: &std::path::Path, set: &EndpointSet, force: bool) -> Result<(), Failure> {
    if force {
        return Ok(());
    }
    let shown = path.display().to_string();
    let Ok(text) = std::fs::read_to_string(path) else { return Ok(()) };
    let Ok(old) = crate::snapshot::read(&text) else {
        return Err(Failure::new("snapshot", format!("{shown} stands there and is no snapshot"))
            .help("remove it, or overwrite it with --force"));
    };
    let differs = !crate::snapshot::same_promises(&old, set);
    if old.package == set.package && old.version == set.version && differs {
        let version = set.version.as_deref().unwrap_or("this version");
        return Err(Failure::new(
            "snapshot",
            format!("{shown} already holds another endpoint set of {} {version}", set.package),
        )
        .help("bump the version first, or overwrite it with --force if that version was never released"));
    }
    Ok(())
}
