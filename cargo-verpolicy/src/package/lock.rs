//! `Cargo.lock`: which versions of each package a side builds with.

use std::collections::{BTreeMap, BTreeSet};

/// Versions by package name. Reads the lines that cargo writes, which is ten times faster than the whole as TOML; other
/// lines (merge conflicts too) are passed over.
pub(super) fn read(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut locked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut name = None;
    for line in text.lines() {
        if line.starts_with('[') {
            name = None;
        } else if let Some(value) = quoted(line, "name = ") {
            name = Some(value);
        } else if let (Some(name), Some(version)) = (name, quoted(line, "version = ")) {
            locked.entry(name.to_owned()).or_default().insert(version.to_owned());
        }
    }
    locked
}

fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?.trim_end().strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    #[test]
    fn reads_what_cargo_writes() {
        let text = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry\"\n\n\
                    [[package]]\nname = \"a\"\nversion = \"2.0.0\"\r\n\n[metadata]\nversion = \"9\"\n";
        let locked = super::read(text);
        assert_eq!(locked.len(), 1);
        assert_eq!(locked["a"].iter().map(String::as_str).collect::<Vec<_>>(), ["1.0.0", "2.0.0"]);
    }
}
