//! `init --mark`: the dependency on the attribute crate.

use super::mark::text_of;
use crate::cli::compare::Appeared;
use crate::cli::edits::Edits;
use crate::cli::failure::Failure;
use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, value};

const CRATE: &str = "versioning-macros";

/// Where the attribute crate is taken from until it is on crates.io: the repository of this program.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// How a package came to the attribute crate.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depends {
    /// It had it.
    Already,
    /// From its repository.
    ByGit,
    /// From `[workspace.dependencies]`, where it stood.
    Inherits,
    /// From `[workspace.dependencies]`, which takes it from its repository now.
    InheritsByGit,
}

/// Adds the attribute crate to a member; where the workspace has a table of dependencies, to that, and the member
/// inherits it. Comments and spaces stay.
pub(super) fn depend(appeared: &Appeared, manifest: &str, edits: &mut Edits) -> Result<Depends, Failure> {
    let is_there = |document: &DocumentMut| document.get("dependencies").and_then(|d| d.get(CRATE)).is_some();
    if is_there(&document(appeared, manifest, edits)?) {
        return Ok(Depends::Already);
    }
    let root = appeared.side.workspace.manifest.clone();
    let before = document(appeared, &root, &Edits::default())?;
    let shared = before.get("workspace").and_then(|w| w.get("dependencies")).and_then(Item::as_table_like);
    let depends = match shared {
        Some(table) if table.contains_key(CRATE) => Depends::Inherits,
        Some(_) => Depends::InheritsByGit,
        None => Depends::ByGit,
    };
    if depends == Depends::InheritsByGit {
        let mut document = document(appeared, &root, edits)?;
        let table = document.get_mut("workspace").and_then(|w| w.get_mut("dependencies"));
        if let Some(table) = table.and_then(Item::as_table_like_mut).filter(|table| !table.contains_key(CRATE)) {
            insert(table, "git", REPOSITORY.into());
        }
        set(appeared, &root, &document, edits)?;
    }
    let mut document = document(appeared, manifest, edits)?;
    let dependencies = document.entry("dependencies").or_insert_with(|| Item::Table(Table::new()));
    let Some(table) = dependencies.as_table_like_mut() else {
        return Err(Failure::new("manifest", "`dependencies` is no table").at(manifest, 0, 0));
    };
    match depends {
        Depends::ByGit => insert(table, "git", REPOSITORY.into()),
        _ => insert(table, "workspace", true.into()),
    }
    set(appeared, manifest, &document, edits)?;
    Ok(depends)
}

/// What a manifest says after the edits so far.
fn document(appeared: &Appeared, manifest: &str, edits: &Edits) -> Result<DocumentMut, Failure> {
    let wrong = |e: toml_edit::TomlError| Failure::new("manifest", e.message().to_owned()).at(manifest, 0, 0);
    match edits.after(manifest) {
        Some(after) => after.parse().map_err(wrong),
        None => text_of(appeared, manifest)?.parse().map_err(wrong),
    }
}

fn set(appeared: &Appeared, manifest: &str, document: &DocumentMut, edits: &mut Edits) -> Result<(), Failure> {
    let before = text_of(appeared, manifest)?;
    let after = crate::cli::write::rendered(document, &before);
    edits.set(manifest, Some(before), after);
    Ok(())
}

/// At its place by name where the table is in that order, as `cargo add` does; else last.
fn insert(table: &mut dyn TableLike, key: &str, says: toml_edit::Value) {
    let is_sorted = table.iter().map(|(name, _)| name).is_sorted();
    let mut entry = InlineTable::new();
    entry.insert(key, says);
    table.insert(CRATE, value(entry));
    if is_sorted {
        table.sort_values();
    }
}
