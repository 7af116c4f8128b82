//! `members` and `exclude` of a workspace.

use super::find::manifest_in;
use super::manifest::Manifest;
use super::{AbsentMember, ManifestProblem};
use crate::tree::{Kind, Node, SourceTree, join};

/// How deep `**` looks.
const MAX_DEPTH: usize = 32;

/// How many names a pattern may have.
const MAX_NAMES: usize = 64;

/// The directories of the members that the root manifest lists, globs expanded, sorted. A literal one without a
/// manifest is a problem; a glob passes over what holds none.
pub(super) fn member_directories(
    tree: &dyn SourceTree,
    root: &Manifest<'_>,
    problems: &mut Vec<ManifestProblem>,
) -> Vec<String> {
    let base = root.source.directory();
    let listed = root.get(&["workspace", "members"]).and_then(|members| members.get_ref().as_array());
    let mut directories = Vec::new();
    for member in listed.into_iter().flat_map(|members| members.iter()) {
        let at = Some(member.span().start);
        let Some(pattern) = member.get_ref().as_str() else {
            problems.push(root.source.problem(at, "a workspace member is a string: the path of a directory"));
            continue;
        };
        let Some(path) = join(base, pattern) else {
            problems.push(root.source.problem(at, format!("workspace member `{pattern}` leaves the tree")));
            continue;
        };
        if !is_glob(&path) {
            if !holds_manifest(tree, &path) {
                problems.push(absent(tree, root, at, &path));
            }
            directories.push(path);
            continue;
        }
        let mut matched = Vec::new();
        let names: Vec<&str> = path.split('/').collect();
        if names.len() > MAX_NAMES {
            problems.push(root.source.problem(at, "workspace member is too deep a pattern to be expanded"));
            continue;
        }
        if let Err(error) = expand(tree, String::new(), &names, MAX_DEPTH, &mut matched) {
            problems.push(root.source.problem(at, error.to_string()));
        }
        directories.extend(matched.into_iter().filter(|directory| !is_excluded(root, &manifest_in(directory))));
    }
    directories.sort();
    directories.dedup();
    directories
}

/// Whether `exclude` names the manifest or a directory above it, and `members` does not say otherwise.
pub(super) fn is_excluded(root: &Manifest<'_>, manifest: &str) -> bool {
    let base = root.source.directory();
    let listed = |key: &str| {
        root.strings(&["workspace", key]).iter().any(|path| {
            let Some(path) = join(base, path) else { return false };
            manifest.strip_prefix(&path).is_some_and(|rest| path.is_empty() || rest.starts_with('/'))
        })
    };
    listed("exclude") && !listed("members")
}

/// Says that the member in `directory` is not there, and why.
fn absent(tree: &dyn SourceTree, root: &Manifest<'_>, at: Option<usize>, directory: &str) -> ManifestProblem {
    let in_submodule = matches!(tree.node(directory), Ok(Some(Node::Submodule)));
    let why = match in_submodule {
        true => "stands in a submodule, whose files belong to another repository: it is not read",
        false => "has no Cargo.toml",
    };
    let problem = root.source.problem(at, format!("workspace member `{directory}` {why}"));
    ManifestProblem { absent: Some(AbsentMember { directory: directory.to_owned(), in_submodule }), ..problem }
}

fn holds_manifest(tree: &dyn SourceTree, directory: &str) -> bool {
    // A manifest that cannot be looked at is met again, and reported, when it is read.
    !matches!(tree.node(&manifest_in(directory)), Ok(None | Some(Node::Directory | Node::Submodule)))
}

fn is_glob(path: &str) -> bool {
    path.contains(['*', '?', '['])
}

/// Adds the directories below `at` that match the names of a pattern and hold a manifest.
fn expand(
    tree: &dyn SourceTree,
    at: String,
    names: &[&str],
    depth: usize,
    matched: &mut Vec<String>,
) -> Result<(), crate::tree::TreeError> {
    let Some((name, rest)) = names.split_first() else {
        if holds_manifest(tree, &at) {
            matched.push(at);
        }
        return Ok(());
    };
    let inside = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}/{name}") };
    if !is_glob(name) {
        return expand(tree, inside(name), rest, depth, matched);
    }
    let any_depth = *name == "**";
    if any_depth {
        expand(tree, at.clone(), rest, depth, matched)?;
    }
    for (entry, kind) in tree.names(&at)? {
        match kind {
            Kind::Directory => {}
            Kind::File | Kind::Submodule => continue,
            Kind::Unreadable if !matches_name(name, &entry) => continue,
            // Asking for it says why it cannot be followed.
            Kind::Unreadable => match tree.node(&inside(&entry)) {
                Ok(_) => continue,
                Err(error) => return Err(error),
            },
        }
        if any_depth && depth > 0 && !entry.starts_with('.') {
            expand(tree, inside(&entry), names, depth - 1, matched)?;
        } else if !any_depth && matches_name(name, &entry) {
            expand(tree, inside(&entry), rest, depth, matched)?;
        }
    }
    Ok(())
}

/// Whether a name matches a pattern of `*`, `?` and `[abc]`, `[a-z]`, `[!abc]`.
fn matches_name(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    let (mut at, mut from) = (0, 0);
    // Where the last `*` stood, and what it has swallowed so far.
    let mut star: Option<(usize, usize)> = None;
    while let Some(letter) = name.get(from) {
        let step = match pattern.get(at) {
            Some('*') => {
                star = Some((at, from));
                at += 1;
                continue;
            }
            Some('?') => Some(1),
            Some('[') => class(pattern.get(at..).unwrap_or_default(), *letter),
            Some(exact) if exact == letter => Some(1),
            _ => None,
        };
        match (step, star) {
            (Some(step), _) => {
                at += step;
                from += 1;
            }
            (None, Some((star_at, swallowed))) => {
                star = Some((star_at, swallowed + 1));
                at = star_at + 1;
                from = swallowed + 1;
            }
            (None, None) => return false,
        }
    }
    pattern.get(at..).is_some_and(|rest| rest.iter().all(|letter| *letter == '*'))
}

/// Length of the class that `pattern` begins with, if `letter` is in it.
fn class(pattern: &[char], letter: char) -> Option<usize> {
    // A `]` right after the bracket is a letter of the class.
    let first = if pattern.get(1) == Some(&'!') { 2 } else { 1 };
    let end = pattern.iter().skip(first + 1).position(|letter| *letter == ']')? + first + 1;
    let mut letters = pattern.get(first..end)?;
    let mut within = false;
    while let Some(low) = letters.first() {
        let (high, length) = match letters {
            [_, '-', high, ..] => (high, 3),
            _ => (low, 1),
        };
        within |= (*low..=*high).contains(&letter);
        letters = letters.get(length..).unwrap_or_default();
    }
    (within == (first == 1)).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::matches_name;

    #[test]
    fn names_match_patterns() {
        for (pattern, name, expected) in [
            ("*", "a", true),
            ("a*", "b", false),
            ("*-api", "users-api", true),
            ("*-api", "users-api2", false),
            ("a*b*c", "aXbYbZc", true),
            ("?", "ä", true),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false),
            ("[]]", "]", true),
            ("[a", "a", false),
        ] {
            assert_eq!(matches_name(pattern, name), expected, "{pattern} {name}");
        }
    }
}
