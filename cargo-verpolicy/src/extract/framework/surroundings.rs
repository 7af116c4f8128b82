//! What one site needs to know of others: version consts, and which traits state versions.

use super::Site;
use crate::extract::crates::{Crates, ModuleId, Namespace, Resolved};
use crate::syntax::facts::{ItemKind, Path, RawTokens, Segment};
use crate::syntax::tokens::{Lit, TokenKind};
use std::collections::{BTreeMap, BTreeSet};

/// What stands elsewhere in the package.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// Consts that `api_versions!` makes: module path and name to version.
    versions: BTreeMap<(String, String), String>,
}

impl Surroundings {
    /// Reads all sites of a package.
    #[must_use]
    pub fn of(crates: &Crates, sites: &[Site<'_>]) -> Self {
        let mut versions = BTreeMap::new();
        for site in sites {
            if let ItemKind::MacroCall { path, tokens } = &site.item.kind
                && path.last().is_some_and(|name| name == "api_versions" || name == "api_versions_picky")
            {
                let module = crates.module_path(site.module);
                for (name, version) in api_versions(tokens) {
                    versions.insert((module.to_owned(), format!("VERSION_{name}")), version);
                }
            }
        }
        Self { versions }
    }

    /// Does the package list API versions?
    pub(super) fn has_versions(&self) -> bool {
        !self.versions.is_empty()
    }

    /// The version that a const names: made by `api_versions!`, or a `semver::Version::new(1, 2, 3)`.
    pub(super) fn version(&self, crates: &Crates, module: ModuleId, path: &Path) -> Option<String> {
        if let Resolved::Def(def) = crates.resolve(module, path, Namespace::Value)
            && let Some(found) = crates.def(def)
            && let ItemKind::Const { value: Some(value), .. } | ItemKind::Static { value: Some(value), .. } =
                &found.item.kind
        {
            return literal_version(value);
        }
        let (name, outer) = path.segments.split_last()?;
        if outer.is_empty() {
            let mut at = crates.module_path(module);
            loop {
                if let Some(version) = self.versions.get(&(at.to_owned(), name.name.to_string())) {
                    return Some(version.clone());
                }
                // Imported by `use super::*` or `use crate::VERSION_X`: macros make it, so that no import resolves.
                match at.rsplit_once("::") {
                    Some((parent, _)) => at = parent,
                    None => return self.only(&name.name),
                }
            }
        }
        let outer: Vec<Segment> = outer.to_vec();
        match crates.resolve(module, &Path { global: path.global, segments: outer }, Namespace::Type) {
            Resolved::Module(found) => {
                let key = (crates.module_path(found).to_owned(), name.name.to_string());
                self.versions.get(&key).cloned().or_else(|| self.only(&name.name))
            }
            _ => self.only(&name.name),
        }
    }

    /// The version of a const name when the package gives it one meaning.
    fn only(&self, name: &str) -> Option<String> {
        let found: BTreeSet<&String> =
            self.versions.iter().filter(|((_, known), _)| known == name).map(|(_, version)| version).collect();
        let mut found = found.into_iter();
        let first = found.next()?;
        found.next().is_none().then(|| first.clone())
    }
}

/// `[(2, ADD_X), (1, INITIAL)]`, or with three numbers: names and versions.
fn api_versions(tokens: &RawTokens) -> Vec<(String, String)> {
    let Some(list) = super::attribute::inside(tokens) else { return Vec::new() };
    let rows = list.parts().into_iter().filter_map(|row| {
        let row = super::attribute::inside(&row)?;
        let parts = row.parts();
        let (name, numbers) = parts.split_last()?;
        let numbers: Option<Vec<i128>> = numbers.iter().map(RawTokens::int).collect();
        let version = match numbers?.as_slice() {
            [major] => format!("{major}.0.0"),
            [major, minor, patch] => format!("{major}.{minor}.{patch}"),
            _ => return None,
        };
        Some((name.path()?.segments.last()?.name.to_string(), version))
    });
    rows.collect()
}

/// `semver::Version::new(1, 2, 3)`.
fn literal_version(value: &RawTokens) -> Option<String> {
    let tokens = value.lex();
    let (last, before) = tokens.split_last()?;
    if !before.last().is_some_and(|token| token.is_ident("new")) || !before.iter().any(|t| t.is_ident("Version")) {
        return None;
    }
    let TokenKind::Group(_, inner) = &last.kind else { return None };
    let numbers: Vec<String> = inner
        .iter()
        .filter_map(|token| match &token.kind {
            TokenKind::Literal(Lit::Int { value, .. }) => Some(value.to_string()),
            _ => None,
        })
        .collect();
    (numbers.len() == 3).then(|| numbers.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_versions_are_read() {
        let read = |text: &str| api_versions(&RawTokens::from(text));
        let pair = |name: &str, version: &str| (name.to_owned(), version.to_owned());
        assert_eq!(
            read("[ // newest first\n (2, ADD_X), (1, INITIAL), ]"),
            [pair("ADD_X", "2.0.0"), pair("INITIAL", "1.0.0")]
        );
        assert_eq!(read("[(1, 2, 3, NAME)]"), [pair("NAME", "1.2.3")]);
        assert_eq!(read("[(2026_08_19_01, NAME)]"), [pair("NAME", "2026081901.0.0")]);
        assert_eq!(literal_version(&"semver::Version::new(1, 2, 3)".into()), Some("1.2.3".to_owned()));
        assert_eq!(literal_version(&"make(1, 2, 3)".into()), None);
    }
}
