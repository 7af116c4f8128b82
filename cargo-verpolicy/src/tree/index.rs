//! What git's index knows of the files of the work tree: their blob ids while their stat data is unchanged, which spares
//! reading and hashing them, and the files that a sparse checkout left out.

use super::objects::{Objects, blob_bytes};
use super::{BlobId, CommitId, TreeError};
use gix::index::entry::{Flags, Mode, Stage, stat};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The index of a work tree, as it was when opened.
#[derive(Debug)]
pub(super) struct Index {
    file: gix::index::File,
    objects: Arc<Objects>,
    absent: Absent,
    /// A program or another encoding may stand between the object and the bytes on disk (LFS, git-crypt).
    filtered: bool,
    /// The file system keeps the executable bit (`core.fileMode`).
    keeps_mode: bool,
}

/// What of a repository decides how its index is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The top of the work tree.
    pub(super) root: &'a Path,
    /// The directory that the repository shares among its work trees.
    pub(super) common_dir: &'a Path,
    /// `core.fileMode`
    pub(super) keeps_mode: bool,
}

/// Files that are tracked but not on disk because of a sparse checkout: by path, with their ids; and whole directories
/// (of a sparse index), by path, with the ids of their tree objects.
#[derive(Debug, Default)]
struct Absent {
    files: BTreeMap<String, (gix::ObjectId, bool)>,
    directories: BTreeMap<String, gix::ObjectId>,
}

/// What a sparse checkout left out at a path.
#[derive(Clone, Copy, Debug)]
pub(super) enum LeftOut {
    File(gix::ObjectId),
    Link(gix::ObjectId),
    /// A directory of which the index holds the files.
    Directory,
    /// A directory of which the index holds only the tree object.
    Tree(gix::ObjectId),
}

impl Index {
    pub(super) fn new(file: gix::index::File, objects: Arc<Objects>, place: Place<'_>) -> Self {
        let mut absent = Absent::default();
        let mut filtered = has_filters(&place.common_dir.join("info/attributes"));
        for entry in file.entries() {
            let Ok(path) = std::str::from_utf8(entry.path(&file)) else { continue };
            if path == ".gitattributes" || path.ends_with("/.gitattributes") {
                filtered |= has_filters(&place.root.join(path));
            }
            if entry.mode == Mode::DIR {
                absent.directories.insert(path.trim_end_matches('/').to_owned(), entry.id);
            } else if entry.flags.contains(Flags::SKIP_WORKTREE) && entry.mode != Mode::COMMIT {
                absent.files.insert(path.to_owned(), (entry.id, entry.mode == Mode::SYMLINK));
            }
        }
        Index { file, objects, absent, filtered, keeps_mode: cfg!(unix) && place.keeps_mode }
    }

    pub(super) fn objects(&self) -> &Arc<Objects> {
        &self.objects
    }

    /// The id of the file at `path` if its stat data says that the index still describes it. Where git only turned
    /// line ends, the file is unchanged and keeps the id of its object; where a filter made other content of it, the
    /// lengths differ and the bytes on disk decide.
    pub(super) fn blob_id(&self, path: &str, disk: &gix::index::fs::Metadata) -> Option<BlobId> {
        let entry = self.file.entry_by_path_and_stage(path.into(), Stage::Unconflicted)?;
        let plain = matches!(entry.mode, Mode::FILE | Mode::FILE_EXECUTABLE);
        if !plain || entry.flags.contains(Flags::INTENT_TO_ADD) || !self.is_fresh(entry, disk) {
            return None;
        }
        let unfiltered = !self.filtered || self.objects.size(&entry.id) == Some(disk.len());
        unfiltered.then(|| blob_bytes(&entry.id))
    }

    /// Whether the entry's stat data is that of the file on disk, and old enough to be trusted.
    fn is_fresh(&self, entry: &gix::index::Entry, disk: &gix::index::fs::Metadata) -> bool {
        let nanoseconds = entry.stat.mtime.nsecs != 0;
        let options = stat::Options { use_nsec: nanoseconds, ..stat::Options::default() };
        let written = self.file.timestamp();
        // A file as young as the index may have changed after it was looked at, within the grain of the file system's
        // clock: a second or more where it keeps no fractions, else at most some milliseconds.
        let changed = i128::from(entry.stat.mtime.secs) * 1_000_000_000 + i128::from(entry.stat.mtime.nsecs);
        let written = i128::from(written.unix_seconds()) * 1_000_000_000 + i128::from(written.nanoseconds());
        let racy = changed + if nanoseconds { 50_000_000 } else { 2_000_000_000 } >= written;
        !racy && stat_of(disk).is_some_and(|now| entry.stat.matches(&now, options))
    }

    /// Whether git tracks the file at `path`.
    pub(super) fn tracks(&self, path: &str) -> bool {
        self.file.entry_by_path(path.into()).is_some() || self.left_out(path).is_some()
    }

    /// Whether `path` is a submodule.
    pub(super) fn is_submodule(&self, path: &str) -> bool {
        self.submodule(path).is_some()
    }

    /// The commit that is entered for a submodule.
    pub(super) fn submodule(&self, path: &str) -> Option<CommitId> {
        let entry = self.file.entry_by_path_and_stage(path.into(), Stage::Unconflicted)?;
        (entry.mode == Mode::COMMIT).then(|| CommitId(blob_bytes(&entry.id).0))
    }

    /// What a sparse checkout left out at `path`, if nothing is on disk there.
    pub(super) fn left_out(&self, path: &str) -> Option<LeftOut> {
        if let Some((id, link)) = self.absent.files.get(path) {
            return Some(if *link { LeftOut::Link(*id) } else { LeftOut::File(*id) });
        }
        if let Some(id) = self.absent.directories.get(path) {
            return Some(LeftOut::Tree(*id));
        }
        let prefix = format!("{path}/");
        let holds = |first: Option<&String>| first.is_some_and(|first| first.starts_with(&prefix));
        let files = holds(self.absent.files.range(prefix.clone()..).next().map(|(path, _)| path));
        let directories = holds(self.absent.directories.range(prefix.clone()..).next().map(|(path, _)| path));
        (files || directories).then_some(LeftOut::Directory)
    }

    /// Names directly inside a directory that a sparse checkout left out.
    pub(super) fn names_left_out(&self, directory: &str) -> Vec<String> {
        let prefix = if directory.is_empty() { String::new() } else { format!("{directory}/") };
        let below = |path: &String| {
            let below = path.strip_prefix(&prefix)?;
            Some(below.split('/').next().unwrap_or(below).to_owned())
        };
        let files = self.absent.files.range(prefix.clone()..).map_while(|(path, _)| below(path));
        let directories = self.absent.directories.range(prefix.clone()..).map_while(|(path, _)| below(path));
        let mut names: Vec<String> = files.chain(directories).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Tracked paths that differ from the commit's tree, in the index or on disk, sorted. Stops after the first when
    /// `first_only`. A path that is not UTF-8 is shown with replacement characters.
    pub(super) fn changes(
        &self,
        root: &Path,
        head: Option<gix::ObjectId>,
        first_only: bool,
    ) -> Result<Vec<String>, TreeError> {
        let mut changed = Vec::new();
        self.staged(head, &mut changed)?;
        for entry in self.file.entries() {
            if first_only && !changed.is_empty() {
                break;
            }
            let path = entry.path(&self.file);
            let checked = !entry.flags.contains(Flags::SKIP_WORKTREE) && entry.mode != Mode::DIR;
            if checked && self.differs_on_disk(entry, &root.join(gix_path(path))) {
                changed.push(path.to_string());
            }
        }
        changed.sort();
        changed.dedup();
        Ok(changed)
    }

    /// Adds the paths at which the index differs from the tree.
    fn staged(&self, tree: Option<gix::ObjectId>, changed: &mut Vec<String>) -> Result<(), TreeError> {
        let cached = self.file.tree().filter(|cached| cached.num_entries.is_some()).map(|cached| cached.id);
        let unmerged = self.file.entries().iter().filter(|entry| entry.stage() != Stage::Unconflicted);
        changed.extend(unmerged.map(|entry| entry.path(&self.file).to_string()));
        if tree.is_some() && cached == tree {
            let added = self.file.entries().iter().filter(|entry| entry.flags.contains(Flags::INTENT_TO_ADD));
            changed.extend(added.map(|entry| entry.path(&self.file).to_string()));
            return Ok(());
        }
        let mut committed: BTreeMap<Vec<u8>, (Mode, gix::ObjectId)> = BTreeMap::new();
        if let Some(tree) = tree {
            self.flatten(tree, &mut committed)?;
        }
        for entry in self.file.entries() {
            let path: &[u8] = entry.path(&self.file);
            let before = committed.remove(path);
            if before != Some((entry.mode, entry.id)) || entry.flags.contains(Flags::INTENT_TO_ADD) {
                changed.push(String::from_utf8_lossy(path).into_owned());
            }
        }
        changed.extend(committed.keys().map(|path| String::from_utf8_lossy(path).into_owned()));
        Ok(())
    }

    /// All entries of a tree, with their paths; a directory that the index holds as one entry stays one.
    fn flatten(
        &self,
        tree: gix::ObjectId,
        into: &mut BTreeMap<Vec<u8>, (Mode, gix::ObjectId)>,
    ) -> Result<(), TreeError> {
        let mut ahead = vec![(Vec::new(), tree)];
        while let Some((directory, id)) = ahead.pop() {
            let read = self.objects.read(&id, |_, bytes| {
                for entry in gix::objs::TreeRefIter::from_bytes(bytes, id.kind()).flatten() {
                    let mut path = directory.clone();
                    path.extend_from_slice(entry.filename);
                    let mode = Mode::from_bits_truncate(u32::from(entry.mode.value()));
                    if !entry.mode.is_tree() {
                        into.insert(path, (mode, entry.oid.to_owned()));
                        continue;
                    }
                    let whole = std::str::from_utf8(&path).ok().and_then(|path| self.absent.directories.get(path));
                    path.push(b'/');
                    match whole {
                        Some(_) => _ = into.insert(path, (Mode::DIR, entry.oid.to_owned())),
                        None => ahead.push((path, entry.oid.to_owned())),
                    }
                }
            });
            read.map_err(|message| TreeError::new(&String::from_utf8_lossy(&directory), message))?;
        }
        Ok(())
    }

    fn differs_on_disk(&self, entry: &gix::index::Entry, disk_path: &Path) -> bool {
        let Ok(disk) = gix::index::fs::Metadata::from_path_no_follow(disk_path) else { return true };
        match entry.mode {
            Mode::COMMIT => !disk.is_dir(),
            Mode::SYMLINK if disk.is_symlink() => {
                let target = std::fs::read_link(disk_path).ok();
                let bytes = target.as_deref().map(|target| target.as_os_str().as_encoded_bytes());
                bytes.is_none_or(|bytes| BlobId::of(bytes) != blob_bytes(&entry.id))
            }
            // Without `core.symlinks` a link is checked out as a file that holds its target.
            Mode::SYMLINK if disk.is_file() => {
                !std::fs::read(disk_path).is_ok_and(|bytes| BlobId::of(&bytes) == blob_bytes(&entry.id))
            }
            Mode::FILE | Mode::FILE_EXECUTABLE if disk.is_file() => {
                if self.keeps_mode && disk.is_executable() != (entry.mode == Mode::FILE_EXECUTABLE) {
                    return true;
                }
                if self.is_fresh(entry, &disk) {
                    return false;
                }
                let Ok(bytes) = std::fs::read(disk_path) else { return true };
                let id = blob_bytes(&entry.id);
                BlobId::of(&bytes) != id && BlobId::of(&without_carriage_returns(&bytes)) != id
            }
            _ => true,
        }
    }
}

/// Whether a file of attributes names a filter, an encoding or `ident`; one that cannot be read may.
fn has_filters(attributes: &Path) -> bool {
    match std::fs::read(attributes) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            ["filter", "encoding", "ident"].iter().any(|word| text.contains(word))
        }
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    }
}

/// The text as git stores it where it turns CRLF into LF.
fn without_carriage_returns(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            text.push(*byte);
        }
    }
    text
}

fn stat_of(disk: &gix::index::fs::Metadata) -> Option<gix::index::entry::Stat> {
    gix::index::entry::Stat::from_fs(disk).ok()
}

#[cfg(unix)]
fn gix_path(path: &gix::bstr::BStr) -> &Path {
    use std::os::unix::ffi::OsStrExt as _;
    Path::new(std::ffi::OsStr::from_bytes(path))
}

#[cfg(not(unix))]
fn gix_path(path: &gix::bstr::BStr) -> &Path {
    Path::new(std::str::from_utf8(path).unwrap_or_default())
}
