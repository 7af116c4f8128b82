//! Dependencies that a project keeps in its own tree, where `.cargo/config.toml` says so.

use super::find::manifest_in;
use crate::tree::{Node, SourceTree, join, parent};
use toml::{Table, Value};

/// How often one source may be replaced by another.
const MAX_REPLACEMENTS: usize = 8;

/// The directory in the tree of a vendored package that `Cargo.lock` names so (`registry+https://…`, `git+https://…`).
/// `root` is the workspace's directory: its configuration counts and those of the directories above it.
#[must_use]
pub fn vendored(tree: &dyn SourceTree, root: &str, name: &str, version: &str, source: &str) -> Option<String> {
    let mut at = Some(root);
    while let Some(above) = at {
        let directory = configuration(tree, above).and_then(|sources| replaced(&sources, source));
        if let Some(directory) = directory.and_then(|directory| join(above, &directory)) {
            let candidates = [format!("{directory}/{name}"), format!("{directory}/{name}-{version}")];
            return candidates.into_iter().find(|package| holds(tree, package, version));
        }
        at = parent(above);
    }
    None
}

/// `[source]` of a directory's configuration.
fn configuration(tree: &dyn SourceTree, directory: &str) -> Option<Table> {
    let paths = [".cargo/config.toml", ".cargo/config"].into_iter().filter_map(|path| join(directory, path));
    let path = paths.into_iter().find(|path| matches!(tree.node(path), Ok(Some(Node::File(_)))))?;
    let bytes = tree.read(&path).ok()?;
    let table: Table = toml::from_str(std::str::from_utf8(&bytes).ok()?).ok()?;
    table.get("source")?.as_table().cloned()
}

/// The directory that stands in for a source.
fn replaced(sources: &Table, source: &str) -> Option<String> {
    let (kind, url) = source.split_once('+')?;
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let is_crates_io = url.contains("github.com/rust-lang/crates.io-index") || url.contains("//index.crates.io");
    let text = |row: &Value, key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
    let is_meant = |(key, row): &(&String, &Value)| match kind {
        "git" => text(row, "git").is_some_and(|named| named == url),
        _ if is_crates_io => key.as_str() == "crates-io",
        _ => text(row, "registry").is_some_and(|named| named.trim_start_matches("sparse+") == url),
    };
    let (_, mut row) = sources.iter().find(is_meant)?;
    for _ in 0..MAX_REPLACEMENTS {
        match text(row, "replace-with") {
            Some(next) => row = sources.get(&next)?,
            None => return text(row, "directory"),
        }
    }
    None
}

/// Is this version of a package there?
fn holds(tree: &dyn SourceTree, directory: &str, version: &str) -> bool {
    let Ok(bytes) = tree.read(&manifest_in(directory)) else { return false };
    let parsed: Option<Table> = std::str::from_utf8(&bytes).ok().and_then(|text| toml::from_str(text).ok());
    let stated = parsed.as_ref().and_then(|table| table.get("package")?.get("version")?.as_str());
    stated == Some(version)
}

#[cfg(test)]
mod tests {
    use super::vendored;
    use crate::tree::MemoryTree;

    #[test]
    fn the_directory_that_stands_in_for_a_source() {
        let config = "[source.crates-io]\nreplace-with = \"mirror\"\n[source.mirror]\nreplace-with = \"kept\"\n\
                      [source.kept]\ndirectory = \"third-party\"\n\
                      [source.fork]\ngit = \"https://example.org/fork\"\nreplace-with = \"kept\"\n";
        let manifest = |version: &str| format!("[package]\nname = \"a\"\nversion = \"{version}\"\n");
        let tree = MemoryTree::of([
            (".cargo/config.toml", config.to_owned()),
            ("third-party/a/Cargo.toml", manifest("1.0.0")),
            ("third-party/a-0.9.0/Cargo.toml", manifest("0.9.0")),
        ]);
        let crates_io = "registry+https://github.com/rust-lang/crates.io-index";
        for (root, version, source, expected) in [
            ("", "1.0.0", crates_io, Some("third-party/a")),
            ("server", "0.9.0", crates_io, Some("third-party/a-0.9.0")),
            ("", "2.0.0", crates_io, None),
            ("", "1.0.0", "git+https://example.org/fork?branch=main#0123abc", Some("third-party/a")),
            ("", "1.0.0", "registry+https://example.org/index", None),
        ] {
            let found = vendored(&tree, root, "a", version, source);
            assert_eq!(found.as_deref(), expected, "{root} {version} {source}");
        }
    }
}
