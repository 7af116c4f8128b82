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

/// What a package is built with: name and version of every package of a registry or another repository that stands below
/// it in a lock file, name by name. Members of the workspace are passed through.
#[must_use]
pub fn built_with(lock: &str, package: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut listing = false;
    for line in lock.lines() {
        if line == "[[package]]" {
            entries.push(Entry::default());
        } else if line.starts_with('[') {
            break;
        }
        let Some(entry) = entries.last_mut() else { continue };
        if let Some(name) = quoted(line, "name = ") {
            entry.name = name;
        } else if let Some(version) = quoted(line, "version = ") {
            entry.version = version;
        } else if line.starts_with("source = ") {
            entry.foreign = true;
        } else if line.starts_with("dependencies = [") {
            listing = true;
        } else if line.starts_with(']') {
            listing = false;
        } else if let Some(needed) = quoted(line.trim().trim_end_matches(','), "").filter(|_| listing) {
            entry.needs.push(needed);
        }
    }
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut met = BTreeSet::new();
    let start = entries.iter().position(|entry| entry.name == package && !entry.foreign);
    let mut ahead: Vec<usize> = start.into_iter().collect();
    while let Some(entry) = ahead.pop().filter(|at| met.insert(*at)).and_then(|at| entries.get(at)) {
        if entry.foreign {
            out.entry(entry.name.to_owned()).or_default().insert(entry.version.to_owned());
        }
        for needed in &entry.needs {
            let mut words = needed.split(' ');
            let (name, version) = (words.next().unwrap_or_default(), words.next());
            let fits = |entry: &Entry<'_>| entry.name == name && version.is_none_or(|v| v == entry.version);
            ahead.extend(entries.iter().position(fits).filter(|at| !met.contains(at)));
        }
    }
    out
}

#[derive(Default)]
struct Entry<'a> {
    name: &'a str,
    version: &'a str,
    /// It comes from elsewhere than this workspace.
    foreign: bool,
    needs: Vec<&'a str>,
}

fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?.trim_end().strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_package_is_built_with() {
        let text = "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\n \"base\",\n \"b 2.0.0\",\n]\n\n\
                    [[package]]\nname = \"b\"\nversion = \"1.0.0\"\nsource = \"registry\"\n\n\
                    [[package]]\nname = \"b\"\nversion = \"2.0.0\"\nsource = \"registry\"\ndependencies = [\n \"c\",\n]\n\n\
                    [[package]]\nname = \"base\"\nversion = \"0.1.0\"\n\n\
                    [[package]]\nname = \"c\"\nversion = \"3.0.0\"\nsource = \"registry\"\ndependencies = [\n \"b 2.0.0\",\n]\n";
        let built = |package| {
            let with = super::built_with(text, package);
            with.iter().flat_map(|(n, vs)| vs.iter().map(move |v| format!("{n} {v}"))).collect::<Vec<_>>()
        };
        assert_eq!(built("app"), ["b 2.0.0", "c 3.0.0"]);
        assert_eq!((built("base"), built("gone")), (vec![], vec![]));
    }

    #[test]
    fn reads_what_cargo_writes() {
        let text = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry\"\n\n\
                    [[package]]\nname = \"a\"\nversion = \"2.0.0\"\r\n\n[metadata]\nversion = \"9\"\n";
        let locked = super::read(text);
        assert_eq!(locked.len(), 1);
        assert_eq!(locked["a"].iter().map(String::as_str).collect::<Vec<_>>(), ["1.0.0", "2.0.0"]);
    }
}
