//! Finding a path in a tree name by name, following symbolic links inside the tree with a bound.

use super::{Kind, TreeError};

/// As many links as Linux follows in one look-up.
const MAX_LINKS: usize = 40;

/// What a directory holds under one name, before links are followed. `D` is how a kind of tree names a directory.
#[derive(Clone, Debug)]
pub(super) enum Entry<D> {
    File,
    Directory(D),
    Submodule,
    /// A symbolic link and where it points, as stored.
    Link(String),
}

/// A tree that can say what a directory holds under a name.
pub(super) trait Entries {
    type Directory: Clone;

    fn root(&self) -> Self::Directory;

    /// The entry `name` of `directory`; `path` is the path of the entry in the tree.
    fn entry(
        &self,
        directory: &Self::Directory,
        name: &str,
        path: &str,
    ) -> Result<Option<Entry<Self::Directory>>, TreeError>;
}

/// What stands at a path once links are followed.
#[derive(Clone, Debug)]
pub(super) struct Found<D> {
    /// The path without links.
    pub(super) path: String,
    /// Never a link.
    pub(super) entry: Entry<D>,
    /// The directory that holds it; of the root, the root.
    pub(super) directory: D,
}

/// Follows `path` from the root; `None` is nothing there.
pub(super) fn find<E: Entries>(tree: &E, path: &str) -> Result<Option<Found<E::Directory>>, TreeError> {
    let mut ahead: Vec<String> = Vec::new();
    push_names(&mut ahead, path);
    let mut real = String::with_capacity(path.len());
    let mut directories = vec![tree.root()];
    let mut links = 0;
    while let Some(name) = ahead.pop() {
        let Some(directory) = directories.last().cloned() else { break };
        if name == ".." {
            if directories.len() == 1 {
                return Err(TreeError::new(path, "leaves the tree; only files inside it can be read"));
            }
            directories.pop();
            real.truncate(real.rfind('/').unwrap_or(0));
            continue;
        }
        let before = real.len();
        if before != 0 {
            real.push('/');
        }
        real.push_str(&name);
        match tree.entry(&directory, &name, &real)? {
            None => return Ok(None),
            Some(Entry::Directory(inside)) => directories.push(inside),
            Some(Entry::Link(target)) => {
                links += 1;
                if links > MAX_LINKS {
                    return Err(TreeError::new(path, "symbolic links lead in a circle; remove one of them"));
                }
                if super::path::is_absolute(&target) {
                    let message = format!("the symbolic link `{real}` leads out of the tree, to `{target}`");
                    return Err(TreeError::new(path, message));
                }
                real.truncate(before);
                push_names(&mut ahead, &target);
            }
            // A path below a submodule belongs to that submodule.
            Some(entry @ Entry::Submodule) => return Ok(Some(Found { path: real, entry, directory })),
            Some(entry @ Entry::File) if ahead.is_empty() => return Ok(Some(Found { path: real, entry, directory })),
            Some(Entry::File) => return Ok(None),
        }
    }
    let Some(directory) = directories.pop() else { return Ok(None) };
    Ok(Some(Found { path: real, entry: Entry::Directory(directory.clone()), directory }))
}

fn push_names(ahead: &mut Vec<String>, path: &str) {
    ahead.extend(path.split('/').rev().filter(|name| !name.is_empty() && *name != ".").map(str::to_owned));
}

/// What kind of thing stands at `path`; `None` for a link to nothing and what is no source (a socket).
pub(super) fn kind<E: Entries>(tree: &E, path: &str) -> Option<Kind> {
    match find(tree, path) {
        Ok(found) => match found?.entry {
            Entry::File => Some(Kind::File),
            Entry::Directory(_) => Some(Kind::Directory),
            Entry::Submodule => Some(Kind::Submodule),
            Entry::Link(_) => None,
        },
        Err(_) => Some(Kind::Unreadable),
    }
}

/// The error of reading what is not a file.
pub(super) fn not_a_file<D>(path: &str, found: Option<&Found<D>>) -> TreeError {
    match found {
        None => TreeError::new(path, "no such file"),
        Some(Found { entry: Entry::Directory(_), .. }) => TreeError::new(path, "is a directory, not a file"),
        Some(Found { entry: Entry::Submodule, path: submodule, .. }) => TreeError::new(
            path,
            format!("`{submodule}` is a submodule: its files belong to another repository and are not read"),
        ),
        Some(_) => TreeError::new(path, "is not a file"),
    }
}
