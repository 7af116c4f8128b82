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
    let lock = Lock::read(lock);
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut met = BTreeSet::new();
    let start = lock.entries.iter().position(|entry| entry.name == package && entry.source.is_none());
    let mut ahead: Vec<usize> = start.into_iter().collect();
    while let Some(entry) = ahead.pop().filter(|at| met.insert(*at)).and_then(|at| lock.entries.get(at)) {
        if entry.source.is_some() {
            out.entry(entry.name.to_owned()).or_default().insert(entry.version.to_owned());
        }
        ahead.extend(entry.needs.iter().filter_map(|needed| lock.position(needed)).filter(|at| !met.contains(at)));
    }
    out
}

/// The packages of a lock file and what each needs. What is not understood is left out.
#[derive(Debug, Default)]
pub struct Lock<'a> {
    entries: Vec<Entry<'a>>,
}

/// What packages use under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used<'a> {
    /// None of them uses such a package.
    Nothing,
    /// All that do use this one.
    One(Locked<'a>),
    /// They use several versions.
    Several,
}

/// A package of a registry or another repository, as a lock file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked<'a> {
    /// `package.name`
    pub name: &'a str,
    /// `package.version`
    pub version: &'a str,
    /// `registry+https://…`, `git+https://…#commit`
    pub source: &'a str,
}

impl<'a> Lock<'a> {
    /// The packages of this text.
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        let mut entries: Vec<Entry<'a>> = Vec::new();
        let mut listing = false;
        for line in text.lines() {
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
            } else if let Some(source) = quoted(line, "source = ") {
                entry.source = Some(source);
            } else if line.starts_with("dependencies = [") {
                listing = true;
            } else if line.starts_with(']') {
                listing = false;
            } else if let Some(needed) = quoted(line.trim().trim_end_matches(','), "").filter(|_| listing) {
                entry.needs.push(needed);
            }
        }
        Lock { entries }
    }

    /// Does it list a package of the workspace in this version?
    #[must_use]
    pub fn lists(&self, package: &str, version: &str) -> bool {
        self.entries.iter().any(|e| e.name == package && e.version == version && e.source.is_none())
    }

    /// What these packages use of the packages whose name `is_meant` accepts: those without a version are the project's
    /// own. Packages of the project itself do not count as used.
    pub fn used_by<'u>(
        &self,
        users: impl IntoIterator<Item = (&'u str, Option<&'u str>)>,
        is_meant: impl Fn(&str) -> bool,
    ) -> Used<'a> {
        let mut used = Used::Nothing;
        for (name, version) in users {
            let is_user = |entry: &&Entry<'_>| {
                entry.name == name
                    && entry.source.is_some() == version.is_some()
                    && version.is_none_or(|v| v == entry.version)
            };
            let needs = self.entries.iter().filter(is_user).flat_map(|entry| &entry.needs);
            for needed in needs.filter(|needed| is_meant(needed.split(' ').next().unwrap_or_default())) {
                let Some(entry) = self.position(needed).and_then(|at| self.entries.get(at)) else { continue };
                let Some(source) = entry.source else { continue };
                let found = Locked { name: entry.name, version: entry.version, source };
                match used {
                    Used::Nothing => used = Used::One(found),
                    Used::One(known) if known == found => {}
                    Used::One(_) | Used::Several => return Used::Several,
                }
            }
        }
        used
    }

    /// Which entry a line of `dependencies` means: `name`, `name version`, `name version (source)`.
    fn position(&self, needed: &str) -> Option<usize> {
        let mut words = needed.split(' ');
        let (name, version) = (words.next().unwrap_or_default(), words.next());
        let source = words.next().map(|source| source.trim_matches(['(', ')']));
        let fits = |entry: &Entry<'_>| {
            entry.name == name
                && version.is_none_or(|version| version == entry.version)
                && source.is_none_or(|source| entry.source.is_some_and(|own| own.starts_with(source)))
        };
        self.entries.iter().position(fits)
    }
}

#[derive(Debug, Default)]
struct Entry<'a> {
    name: &'a str,
    version: &'a str,
    /// Where it comes from; `None` is this workspace.
    source: Option<&'a str>,
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
    fn what_packages_use() {
        use super::{Lock, Locked, Used};
        let text = "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\n \"a-b\",\n \"c 1.0.0\",\n]\n\n\
                    [[package]]\nname = \"a-b\"\nversion = \"1.2.0\"\nsource = \"registry+x\"\ndependencies = [\n \"c 2.0.0\",\n]\n\n\
                    [[package]]\nname = \"c\"\nversion = \"1.0.0\"\nsource = \"registry+x\"\n\n\
                    [[package]]\nname = \"c\"\nversion = \"2.0.0\"\nsource = \"git+y#1\"\n";
        let lock = Lock::read(text);
        let used = |users: &[(&'static str, Option<&'static str>)], name: &str| {
            lock.used_by(users.iter().copied(), |package| package.replace('-', "_") == name)
        };
        let one = |name, version, source| Used::One(Locked { name, version, source });
        let (app, a_b) = (("app", None), ("a-b", Some("1.2.0")));
        assert_eq!(used(&[app], "a_b"), one("a-b", "1.2.0", "registry+x"));
        assert_eq!(used(&[app], "c"), one("c", "1.0.0", "registry+x"));
        assert_eq!(used(&[a_b], "c"), one("c", "2.0.0", "git+y#1"));
        assert_eq!(used(&[app, a_b], "c"), Used::Several);
        assert_eq!(used(&[app], "d"), Used::Nothing);
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
