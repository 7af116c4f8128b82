//! `--write` of `next` and `plan`: versions and the requirements on them into manifests, and numbers in the place of
//! `next` in marks. All files are written, or none; comments and spaces stay.

use super::failure::Failure;
use super::settings::{self, Settings};
use super::world::Side;
use crate::config::VersionFrom;
use crate::extract::Unresolved;
use crate::package::Package;
use crate::policy::Policy;
use crate::policy::version::VersionError;
use crate::syntax::facts::Pos;
use crate::syntax::replace_texts;
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml_edit::{DocumentMut, Item, value};

mod requirements;

/// The tree that is written to.
pub(super) struct Target<'a> {
    /// The work tree.
    pub(super) side: &'a Side,
    /// Its configuration.
    pub(super) settings: &'a Settings,
    /// Versions of marks that say `next`, by package name; empty where they are to stay.
    pub(super) unresolved: &'a BTreeMap<String, Vec<Unresolved>>,
    /// `--policy`
    pub(super) policy: Option<&'a str>,
}

/// The version of one package.
pub(super) struct Step<'a> {
    /// Package name.
    pub(super) name: &'a str,
    /// As the policy writes it.
    pub(super) to: &'a str,
}

/// Where a version is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Slot {
    /// Path of the manifest in the tree.
    manifest: String,
    /// Keys from the top.
    keys: Vec<&'static str>,
}

/// One version to be written, of the packages that share its place.
struct Line {
    /// As the policy writes it.
    version: String,
    /// As the manifest holds it.
    text: String,
    packages: Vec<String>,
}

/// Writes the steps; answers a line for each thing written.
pub(super) fn write(target: &Target<'_>, steps: &[Step<'_>]) -> Result<Vec<String>, Failure> {
    let Some(root) = &target.side.root else { return Err(Failure::usage("--write needs a work tree")) };
    let (files, mut said) = planned(target, steps)?;
    said.extend(lock(target, &files));
    let bytes: Vec<(PathBuf, Vec<u8>)> =
        files.into_iter().map(|(path, text)| (root.join(path), text.into_bytes())).collect();
    crate::tree::write(&bytes).map_err(|e| Failure::new("write", e.to_string()))?;
    Ok(said)
}

/// What is left to do: `Cargo.lock` is cargo's to write.
fn lock(target: &Target<'_>, files: &BTreeMap<String, String>) -> Option<String> {
    let path = crate::tree::child(&target.side.workspace.root, "Cargo.lock");
    let there = matches!(target.side.tree.as_ref()?.node(&path), Ok(Some(_)));
    let edited = files.keys().any(|file| file.ends_with("Cargo.toml"));
    (there && edited).then(|| format!("{path} is left to cargo: run `cargo update --workspace`"))
}

/// The files of the tree that change, by path, and a line for each change.
pub(super) fn planned(
    target: &Target<'_>,
    steps: &[Step<'_>],
) -> Result<(BTreeMap<String, String>, Vec<String>), Failure> {
    let mut lines: BTreeMap<Slot, Line> = BTreeMap::new();
    let mut alone: BTreeMap<String, String> = BTreeMap::new();
    let mut cargo: BTreeMap<String, String> = BTreeMap::new();
    for step in steps {
        let Some(package) = target.side.workspace.package(step.name) else { continue };
        let policy = settings::policy_of(target.side, target.settings, step.name, target.policy)?;
        match slot(target, package)? {
            Some((slot, own_line)) => add(&mut lines, slot, own_line, step, &policy)?,
            None => {
                alone.insert(step.name.to_owned(), step.to.to_owned());
            }
        }
    }
    let mut said = Vec::new();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (slot, line) in &lines {
        for package in &line.packages {
            alone.insert(package.clone(), line.version.clone());
            if slot.keys.ends_with(&["package", "version"]) {
                cargo.insert(package.clone(), line.text.clone());
            }
        }
        if put(target, &mut files, slot, &line.text)? {
            said.push(format!("{}: wrote {} to {}", line.packages.join(", "), line.text, slot.manifest));
        }
    }
    said.extend(requirements::write(target, &cargo, &mut files)?);
    said.extend(resolve(target, &alone, &mut files)?);
    Ok((files, said))
}

fn wrong(error: &VersionError) -> Failure {
    Failure::new("version", error.to_string())
}

/// The place of a package's version, and whether it is a line of its own in the configuration; `None` where tags say it.
fn slot(target: &Target<'_>, package: &Package) -> Result<Option<(Slot, bool)>, Failure> {
    let config = target.settings.of(&package.name);
    if config.version.is_some() {
        let own = target.settings.own(&package.name).is_some_and(|own| own.version.is_some());
        let (manifest, top) =
            if own { (&package.manifest, "package") } else { (&target.side.workspace.manifest, "workspace") };
        let keys = vec![top, "metadata", "verpolicy", "version"];
        return Ok(Some((Slot { manifest: manifest.clone(), keys }, true)));
    }
    if config.version_from == Some(VersionFrom::Tag) {
        return Ok(None);
    }
    let manifest = package.version_place.as_ref().map_or(&package.manifest, |(file, ..)| file);
    let document = document(&text_of(target, manifest)?, manifest)?;
    let own = manifest == &package.manifest
        && document.get("package").and_then(|p| p.get("version")).is_some_and(|version| version.is_str());
    let keys = if own { vec!["package", "version"] } else { vec!["workspace", "package", "version"] };
    Ok(Some((Slot { manifest: manifest.clone(), keys }, false)))
}

/// Packages that share a place get the highest of their versions.
fn add(
    lines: &mut BTreeMap<Slot, Line>,
    slot: Slot,
    own_line: bool,
    step: &Step<'_>,
    policy: &Policy,
) -> Result<(), Failure> {
    let version = policy.scheme.parse(step.to).map_err(|e| wrong(&e))?;
    let text = if own_line { step.to.to_owned() } else { policy.scheme.render_cargo(&version) };
    let fresh = Line { version: step.to.to_owned(), text, packages: vec![step.name.to_owned()] };
    match lines.get_mut(&slot) {
        None => {
            lines.insert(slot, fresh);
        }
        Some(line) => {
            let there = policy.scheme.parse(&line.version).map_err(|e| wrong(&e))?;
            if policy.scheme.compare(&version, &there).is_gt() {
                line.version = fresh.version;
                line.text = fresh.text;
            }
            line.packages.extend(fresh.packages);
        }
    }
    Ok(())
}

/// The text of a file of the tree.
fn text_of(target: &Target<'_>, path: &str) -> Result<String, Failure> {
    let Some(tree) = &target.side.tree else { return Err(Failure::usage("--write needs a work tree")) };
    let bytes = tree.read(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|e| Failure::new("source", e.to_string()).at(path, 0, 0))?;
    Ok(text.to_owned())
}

/// The text of a file, as edited so far.
fn edited(target: &Target<'_>, files: &BTreeMap<String, String>, path: &str) -> Result<String, Failure> {
    match files.get(path) {
        Some(text) => Ok(text.clone()),
        None => text_of(target, path),
    }
}

/// A manifest's text again, with the line ends that it had.
pub(super) fn rendered(document: &DocumentMut, before: &str) -> String {
    let text = document.to_string();
    if before.contains("\r\n") { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text }
}

fn document(text: &str, path: &str) -> Result<DocumentMut, Failure> {
    text.parse().map_err(|e: toml_edit::TomlError| Failure::new("manifest", e.message().to_owned()).at(path, 0, 0))
}

/// Puts one version into its manifest; answers whether it was another one.
fn put(target: &Target<'_>, files: &mut BTreeMap<String, String>, slot: &Slot, text: &str) -> Result<bool, Failure> {
    let path = slot.manifest.as_str();
    let before = edited(target, files, path)?;
    let mut manifest = document(&before, path)?;
    let mut item = Some(manifest.as_item_mut());
    for key in &slot.keys {
        item = item.and_then(|item| item.get_mut(key));
    }
    let Some(item) = item.filter(|item| item.is_str()) else {
        let keys = slot.keys.join(".");
        return Err(Failure::new("manifest", format!("found no `{keys}` to write {text} to")).at(path, 0, 0));
    };
    if item.as_str() == Some(text) {
        return Ok(false);
    }
    set(item, text);
    files.insert(path.to_owned(), rendered(&manifest, &before));
    Ok(true)
}

/// Replaces a value and keeps the comment and spaces around it.
fn set(item: &mut Item, text: &str) {
    let decor = item.as_value().map(|old| old.decor().clone());
    let mut new = value(text);
    if let (Some(new), Some(decor)) = (new.as_value_mut(), decor) {
        *new.decor_mut() = decor;
    }
    *item = new;
}

/// Writes the numbers of versions into marks that say `next`.
fn resolve(
    target: &Target<'_>,
    versions: &BTreeMap<String, String>,
    files: &mut BTreeMap<String, String>,
) -> Result<Vec<String>, Failure> {
    let mut places: BTreeMap<&str, BTreeMap<(u32, u32), String>> = BTreeMap::new();
    for (package, version) in versions {
        let open = target.unresolved.get(package).map_or(&[][..], Vec::as_slice);
        if open.is_empty() {
            continue;
        }
        let policy = settings::policy_of(target.side, target.settings, package, target.policy)?;
        let since = policy.since_of(version).map_err(|e| wrong(&e))?;
        for open in open {
            let place = &open.text;
            let in_file = places.entry(place.file.as_ref()).or_default();
            if let Some(other) = in_file.insert((place.line, place.column), since.clone())
                && other != since
            {
                let message = format!("packages that share this file need {other} and {since} here");
                let failure = Failure::new("mark", message).at(&place.file, place.line, place.column);
                return Err(failure.help("write the version yourself"));
            }
        }
    }
    let mut said = Vec::new();
    for (file, marks) in places {
        let list: Vec<(Pos, &str)> =
            marks.iter().map(|((line, column), text)| (Pos { line: *line, column: *column }, text.as_str())).collect();
        let edited = replace_texts(&text_of(target, file)?, &list, "next").map_err(|pos| {
            Failure::new("mark", "a mark says `next`, and not as a text of its own that could be replaced")
                .at(file, pos.line, pos.column)
                .help("write the version yourself")
        })?;
        files.insert(file.to_owned(), edited);
        let versions: std::collections::BTreeSet<&str> = marks.values().map(String::as_str).collect();
        let versions: Vec<&str> = versions.into_iter().collect();
        let (count, versions) = (marks.len(), versions.join(", "));
        said.push(format!("{file}: wrote {versions} into {count} {}", if count == 1 { "mark" } else { "marks" }));
    }
    Ok(said)
}
