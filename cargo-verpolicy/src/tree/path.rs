//! Paths inside a tree: relative to its root, `/` between names, no `.` or `..`, the root is the empty string.

/// `relative` as seen from the directory `base`, with `.` and `..` worked out by name alone; `None` if it leaves the
/// tree or is absolute.
#[must_use]
pub fn join(base: &str, relative: &str) -> Option<String> {
    if is_absolute(relative) {
        return None;
    }
    let mut names: Vec<&str> = base.split('/').filter(|name| !name.is_empty()).collect();
    for name in relative.split(['/', '\\']) {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

/// The directory that holds `path`; `None` for the root.
#[must_use]
pub fn parent(path: &str) -> Option<&str> {
    match path.rsplit_once('/') {
        Some((directory, _)) => Some(directory),
        None if path.is_empty() => None,
        None => Some(""),
    }
}

/// `path` in `directory`, where `name` is one name.
pub(crate) fn child(directory: &str, name: &str) -> String {
    if directory.is_empty() { name.to_owned() } else { format!("{directory}/{name}") }
}

/// Whether a path as written starts at the root of a file system.
pub(super) fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '\\']) || has_drive(path)
}

fn has_drive(path: &str) -> bool {
    let mut letters = path.bytes();
    letters.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && letters.next() == Some(b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins() {
        for (base, relative, expected) in [
            ("", "a", Some("a")),
            ("a/b", "../c", Some("a/c")),
            ("a/b", "./c/./d.rs", Some("a/b/c/d.rs")),
            ("a", "..", Some("")),
            ("a", "../..", None),
            ("a", "/etc", None),
            ("a", "C:/x", None),
            ("a", "b\\c", Some("a/b/c")),
            ("a", "", Some("a")),
        ] {
            assert_eq!(join(base, relative).as_deref(), expected, "{base} + {relative}");
        }
        assert_eq!((parent(""), parent("a"), parent("a/b")), (None, Some(""), Some("a")));
    }
}
