//! A directory on disk, read on demand: tracked and untracked files alike.

use super::entries::{self, Entries, Entry, Found, not_a_file};
use super::index::{Index, LeftOut};
use super::objects::{blob_bytes, listed};
use super::{BlobId, CommitId, Kind, Node, Repository, SourceTree, TreeError, objects, path};
use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// A directory on disk. What was looked at once is remembered: the tree keeps one state while it lives.
#[derive(Debug)]
pub struct Worktree {
    root: PathBuf,
    origin: String,
    index: Option<Index>,
    directories: RwLock<HashSet<String>>,
    ids: RwLock<HashMap<String, BlobId>>,
}

/// A directory: on disk, or left out by a sparse checkout and known by its tree object.
#[derive(Clone, Debug)]
pub(super) enum Directory {
    Disk,
    Tree(gix::ObjectId),
}

impl Worktree {
    /// The directory `root`, outside git or without regard to it.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>, origin: impl Into<String>) -> Self {
        Worktree {
            root: root.into(),
            origin: origin.into(),
            index: None,
            directories: RwLock::default(),
            ids: RwLock::default(),
        }
    }

    /// The directory outside git that holds `directory` and its workspace: the nearest one at or above it whose
    /// manifest has `[workspace]`, else the nearest with a manifest, else itself.
    ///
    /// # Errors
    /// There is no such directory.
    pub fn around(directory: &Path, origin: impl Into<String>) -> Result<Self, TreeError> {
        let directory = std::fs::canonicalize(directory)
            .map_err(|error| TreeError::new(&directory.display().to_string(), reason(&error)))?;
        let manifest = |above: &Path| std::fs::read_to_string(above.join("Cargo.toml")).ok();
        let is_workspace = |text: String| text.lines().any(|line| line.trim_start().starts_with("[workspace"));
        let workspace = directory.ancestors().find(|above| manifest(above).is_some_and(is_workspace));
        let nearest = || directory.ancestors().find(|above| manifest(above).is_some());
        let root = workspace.or_else(nearest).unwrap_or(&directory).to_owned();
        Ok(Worktree::new(root, origin))
    }

    /// The work tree of the repository around `directory`, else the directory and its workspace as
    /// [`Worktree::around`] has it; and the path of `directory` in it.
    ///
    /// # Errors
    /// There is no such directory, or its path is not UTF-8.
    pub fn open(directory: &Path, origin: impl Into<String>) -> Result<(Self, String), TreeError> {
        let origin = origin.into();
        // Reading files needs no repository: a broken or bare one is no error here.
        let repository = Repository::discover(directory).ok();
        let tree = match repository.and_then(|repository| repository.work_tree().ok()) {
            Some(tree) if tree.relative(directory).is_some() => Worktree { origin, ..tree },
            _ => Worktree::around(directory, origin)?,
        };
        match tree.relative(directory) {
            Some(start) => Ok((tree, start)),
            None => Err(TreeError::new(&directory.display().to_string(), "its path is not UTF-8; rename it")),
        }
    }

    pub(super) fn with_index(mut self, index: Index) -> Self {
        self.index = Some(index);
        self
    }

    /// Its root on disk.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path in the tree of something on disk; `None` if it stands outside, is not there, or is not UTF-8.
    #[must_use]
    pub fn relative(&self, on_disk: &Path) -> Option<String> {
        relative(&self.root, on_disk)
    }

    /// Where a path of the tree stands on disk.
    #[must_use]
    pub fn on_disk(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.root.clone() } else { self.root.join(path) }
    }

    fn id(&self, found: &Found<Directory>) -> Result<Option<BlobId>, TreeError> {
        let path = found.path.as_str();
        if let Some(id) = self.ids.read().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Ok(Some(*id));
        }
        let Some(id) = self.compute_id(found)? else { return Ok(None) };
        self.ids.write().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), id);
        Ok(Some(id))
    }

    fn compute_id(&self, found: &Found<Directory>) -> Result<Option<BlobId>, TreeError> {
        if let Some(id) = self.stored_id(found)? {
            return Ok(Some(blob_bytes(&id)));
        }
        let path = found.path.as_str();
        let on_disk = self.on_disk(path);
        if let Some(index) = &self.index {
            let disk = gix::index::fs::Metadata::from_path_no_follow(&on_disk);
            let known = disk.ok().and_then(|disk| index.blob_id(path, &disk));
            if known.is_some() {
                return Ok(known);
            }
        }
        match objects::blob_id_of_file(&on_disk) {
            Ok(id) => Ok(Some(id)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(TreeError::new(path, reason(&error))),
        }
    }

    /// The object of a file that is not on disk.
    fn stored_id(&self, found: &Found<Directory>) -> Result<Option<gix::ObjectId>, TreeError> {
        let Some(index) = &self.index else { return Ok(None) };
        if let Directory::Tree(tree) = found.directory {
            let listing = index.objects().listing(&tree).map_err(objects::at(&found.path))?;
            let name = found.path.rsplit('/').next().unwrap_or(&found.path);
            return Ok(listed(&listing, name).map(|entry| entry.id));
        }
        match index.left_out(&found.path) {
            Some(LeftOut::File(id)) if self.on_disk(&found.path).symlink_metadata().is_err() => Ok(Some(id)),
            _ => Ok(None),
        }
    }

    fn node_of(&self, found: &Found<Directory>) -> Result<Option<Node>, TreeError> {
        Ok(match found.entry {
            Entry::File => self.id(found)?.map(Node::File),
            Entry::Directory(_) => Some(Node::Directory),
            Entry::Submodule => Some(Node::Submodule),
            Entry::Link(_) => None,
        })
    }

    /// Names inside a directory: those on disk and those that a sparse checkout left out.
    fn names_in(&self, directory: &Found<Directory>) -> Result<Vec<String>, TreeError> {
        let path = directory.path.as_str();
        if let (Entry::Directory(Directory::Tree(tree)), Some(index)) = (&directory.entry, &self.index) {
            let listing = index.objects().listing(tree).map_err(objects::at(path))?;
            return Ok(listing.iter().map(|entry| entry.name.clone()).collect());
        }
        let mut names = self.index.as_ref().map(|index| index.names_left_out(path)).unwrap_or_default();
        match std::fs::read_dir(self.on_disk(path)) {
            Ok(entries) => {
                for entry in entries {
                    let entry = entry.map_err(|error| TreeError::new(path, reason(&error)))?;
                    // A name that is not UTF-8 is one that no source can name.
                    names.extend(entry.file_name().into_string().ok().filter(|name| name != ".git"));
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(TreeError::new(path, reason(&error))),
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The names inside a directory and the paths that they stand at.
    fn inside(&self, directory: &str) -> Result<Vec<(String, String)>, TreeError> {
        let found = entries::find(self, directory)?;
        let Some(found @ Found { entry: Entry::Directory(_), .. }) = found else { return Ok(Vec::new()) };
        let names = self.names_in(&found)?.into_iter();
        let inside = names.map(|name| (path::child(&found.path, &name), name));
        Ok(inside.filter(|(path, name)| !self.is_build_output(path, name)).map(|(path, name)| (name, path)).collect())
    }

    fn left_out(&self, path: &str) -> Result<Option<Entry<Directory>>, TreeError> {
        let Some(index) = &self.index else { return Ok(None) };
        Ok(match index.left_out(path) {
            None => None,
            Some(LeftOut::File(_)) => Some(Entry::File),
            Some(LeftOut::Directory) => Some(Entry::Directory(Directory::Disk)),
            Some(LeftOut::Tree(id)) => Some(Entry::Directory(Directory::Tree(id))),
            Some(LeftOut::Link(id)) => {
                let target = index.objects().blob(&id).map_err(objects::at(path))?;
                Some(Entry::Link(String::from_utf8_lossy(&target).into_owned()))
            }
        })
    }

    fn entry_on_disk(&self, path: &str) -> Result<Option<Entry<Directory>>, TreeError> {
        if self.directories.read().unwrap_or_else(PoisonError::into_inner).contains(path) {
            return Ok(Some(Entry::Directory(Directory::Disk)));
        }
        let on_disk = self.on_disk(path);
        let kind = match std::fs::symlink_metadata(&on_disk) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return self.left_out(path);
            }
            // Names that the file system cannot hold name nothing.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidFilename | ErrorKind::InvalidInput) => {
                return Ok(None);
            }
            Err(error) => return Err(TreeError::new(path, reason(&error))),
        };
        if kind.is_symlink() {
            let target = std::fs::read_link(&on_disk).map_err(|error| TreeError::new(path, reason(&error)))?;
            return Ok(Some(Entry::Link(target.to_string_lossy().into_owned())));
        }
        if kind.is_file() {
            return Ok(Some(Entry::File));
        }
        if !kind.is_dir() {
            // Pipes, sockets and devices are no source, and reading them may never end.
            return Ok(None);
        }
        let tracked = self.index.as_ref().is_some_and(|index| index.is_submodule(path));
        if tracked || on_disk.join(".git").symlink_metadata().is_ok() {
            return Ok(Some(Entry::Submodule));
        }
        self.directories.write().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        Ok(Some(Entry::Directory(Directory::Disk)))
    }

    fn is_build_output(&self, path: &str, name: &str) -> bool {
        name == "target" && self.on_disk(path).join("CACHEDIR.TAG").is_file()
    }
}

impl Entries for Worktree {
    type Directory = Directory;

    fn root(&self) -> Directory {
        Directory::Disk
    }

    fn entry(&self, directory: &Directory, name: &str, path: &str) -> Result<Option<Entry<Directory>>, TreeError> {
        let Directory::Tree(tree) = directory else { return self.entry_on_disk(path) };
        let Some(index) = &self.index else { return Ok(None) };
        let listing = index.objects().listing(tree).map_err(objects::at(path))?;
        let Some(entry) = listed(&listing, name) else { return Ok(None) };
        use gix::objs::tree::EntryKind;
        Ok(Some(match entry.kind {
            EntryKind::Tree => Entry::Directory(Directory::Tree(entry.id)),
            EntryKind::Commit => Entry::Submodule,
            EntryKind::Blob | EntryKind::BlobExecutable => Entry::File,
            EntryKind::Link => {
                let target = index.objects().blob(&entry.id).map_err(objects::at(path))?;
                Entry::Link(String::from_utf8_lossy(&target).into_owned())
            }
        }))
    }
}

impl SourceTree for Worktree {
    fn node(&self, path: &str) -> Result<Option<Node>, TreeError> {
        match entries::find(self, path)? {
            Some(found) => self.node_of(&found),
            None => Ok(None),
        }
    }

    /// `.git` and cargo's build directories (`target` with a `CACHEDIR.TAG`) are left out.
    fn submodule_at(&self, path: &str) -> Option<CommitId> {
        let found = entries::find(self, path).ok()??;
        matches!(found.entry, Entry::Submodule).then_some(())?;
        let checked_out = super::repository::head_of(&self.on_disk(&found.path));
        checked_out.or_else(|| self.index.as_ref()?.submodule(&found.path))
    }

    fn list(&self, directory: &str) -> Result<Vec<(String, Node)>, TreeError> {
        let mut nodes = Vec::new();
        for (name, path) in self.inside(directory)? {
            if let Ok(Some(found)) = entries::find(self, &path) {
                // A file that cannot be read is listed, under an id that no content has: reading it says why.
                let node = self.node_of(&found).unwrap_or(Some(Node::File(BlobId::of(path.as_bytes()))));
                nodes.extend(node.map(|node| (name, node)));
            }
        }
        Ok(nodes)
    }

    fn names(&self, directory: &str) -> Result<Vec<(String, Kind)>, TreeError> {
        let inside = self.inside(directory)?.into_iter();
        Ok(inside.filter_map(|(name, path)| Some((name, entries::kind(self, &path)?))).collect())
    }

    fn read(&self, path: &str) -> Result<Arc<[u8]>, TreeError> {
        let found = entries::find(self, path)?;
        let Some(file @ Found { entry: Entry::File, .. }) = &found else {
            return Err(not_a_file(path, found.as_ref()));
        };
        if let (Some(id), Some(index)) = (self.stored_id(file)?, &self.index) {
            return index.objects().blob(&id).map_err(objects::at(path));
        }
        match std::fs::read(self.on_disk(&file.path)) {
            Ok(bytes) => Ok(bytes.into()),
            Err(error) => Err(TreeError::new(path, reason(&error))),
        }
    }

    fn reached_untracked(&self) -> bool {
        let Some(index) = &self.index else { return false };
        let matters = |path: &str| path.ends_with(".rs") || path.ends_with("Cargo.toml");
        let ids = self.ids.read().unwrap_or_else(PoisonError::into_inner);
        ids.keys().any(|path| matters(path) && !index.tracks(path))
    }

    fn origin(&self) -> String {
        self.origin.clone()
    }
}

/// The path of something on disk below `root`.
pub(super) fn relative(root: &Path, on_disk: &Path) -> Option<String> {
    let root = std::fs::canonicalize(root).ok()?;
    let on_disk = std::fs::canonicalize(on_disk).ok()?;
    let names = on_disk.strip_prefix(&root).ok()?.iter();
    Some(names.map(std::ffi::OsStr::to_str).collect::<Option<Vec<&str>>>()?.join("/"))
}

/// An error of the operating system, with what to do.
pub(super) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied => format!("{error}; make it readable for this user"),
        ErrorKind::NotFound => "no such file or directory".to_owned(),
        _ => error.to_string(),
    }
}

/// The same, for writing.
pub(super) fn reason_to_write(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied => format!("{error}; make it and its directory writable for this user"),
        ErrorKind::ReadOnlyFilesystem => format!("{error}; write to another place"),
        _ => reason(error),
    }
}
