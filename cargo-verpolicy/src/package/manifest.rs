//! The text of one manifest, its values with their places, and what is wrong with it.

use super::ManifestProblem;
use crate::tree::SourceTree;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// A manifest's path in the tree and its text.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
}

/// A parsed manifest.
#[derive(Debug)]
pub(super) struct Manifest<'a> {
    pub(super) source: &'a Source,
    pub(super) table: DeTable<'a>,
}

impl Source {
    /// Reads `path`; `None` if there is no such file.
    pub(super) fn read(tree: &dyn SourceTree, path: &str) -> Result<Option<Self>, ManifestProblem> {
        let problem =
            |message: String| ManifestProblem { file: path.to_owned(), line: 0, column: 0, message, absent: None };
        match tree.node(path) {
            Ok(Some(crate::tree::Node::File(_))) => {}
            Ok(_) => return Ok(None),
            Err(error) => return Err(problem(error.message)),
        }
        let bytes = tree.read(path).map_err(|error| problem(error.message))?;
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(Some(Source { path: path.to_owned(), text: text.to_owned() })),
            Err(error) => {
                let before = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
                let (line, column) = place(&before, before.len());
                let message = "this manifest is not UTF-8; save it as UTF-8".to_owned();
                Err(ManifestProblem { file: path.to_owned(), line, column, message, absent: None })
            }
        }
    }

    /// The manifest and what is wrong with its syntax; what could be read of a broken one is there too.
    pub(super) fn parse(&self) -> (Manifest<'_>, Option<ManifestProblem>) {
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        let problem = errors.first().map(|error| {
            let at = error.span().map(|span| span.start);
            self.problem(at, format!("is not valid TOML: {}", error.message().lines().next().unwrap_or_default()))
        });
        (Manifest { source: self, table: table.into_inner() }, problem)
    }

    pub(super) fn directory(&self) -> &str {
        crate::tree::parent(&self.path).unwrap_or_default()
    }

    /// A problem at a byte of the text.
    pub(super) fn problem(&self, at: Option<usize>, message: impl Into<String>) -> ManifestProblem {
        let (line, column) = at.map_or((0, 0), |at| place(&self.text, at));
        ManifestProblem { file: self.path.clone(), line, column, message: message.into(), absent: None }
    }

    /// Place of a byte: path, 1-based line, 1-based column in characters.
    pub(super) fn place(&self, at: usize) -> (String, u32, u32) {
        let (line, column) = place(&self.text, at);
        (self.path.clone(), line, column)
    }
}

impl<'a> Manifest<'a> {
    /// The value at a path of keys.
    pub(super) fn get(&self, keys: &[&str]) -> Option<&Value<'a>> {
        let (first, rest) = keys.split_first()?;
        rest.iter().try_fold(self.table.get(*first)?, |value, key| value.get_ref().as_table()?.get(*key))
    }

    /// The table at a path of keys.
    pub(super) fn table(&self, keys: &[&str]) -> Option<&DeTable<'a>> {
        self.get(keys)?.get_ref().as_table()
    }

    /// `[package]`, or what it was called in old manifests.
    pub(super) fn package(&self) -> Option<&DeTable<'a>> {
        self.table(&["package"]).or_else(|| self.table(&["project"]))
    }

    /// The strings of an array; others are left out.
    pub(super) fn strings(&self, keys: &[&str]) -> Vec<String> {
        self.get(keys).map(strings).unwrap_or_default()
    }

    /// A table as plain TOML, without places.
    pub(super) fn plain(&self, keys: &[&str]) -> Option<toml::Table> {
        use serde::Deserialize as _;
        let value = self.get(keys).filter(|value| value.get_ref().is_table())?.clone();
        toml::Table::deserialize(serde::de::IntoDeserializer::<toml::de::Error>::into_deserializer(value)).ok()
    }
}

/// The strings of an array; others are left out.
pub(super) fn strings(value: &Value<'_>) -> Vec<String> {
    let items = value.get_ref().as_array().into_iter().flat_map(|items| items.iter());
    items.filter_map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
}

/// A string under a key.
pub(super) fn string<'t>(table: &'t DeTable<'_>, key: &str) -> Option<&'t str> {
    table.get(key)?.get_ref().as_str()
}

/// A boolean under a key.
pub(super) fn boolean(table: &DeTable<'_>, key: &str) -> Option<bool> {
    table.get(key)?.get_ref().as_bool()
}

/// Whether a value says `{ workspace = true }`.
pub(super) fn inherits(value: &Value<'_>) -> bool {
    value.get_ref().as_table().and_then(|table| boolean(table, "workspace")) == Some(true)
}

/// 1-based line and column (in characters) of a byte.
fn place(text: &str, at: usize) -> (u32, u32) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}
