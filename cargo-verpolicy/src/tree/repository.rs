//! A git repository, opened for reading: revisions, HEAD, the state of the work tree. Of its configuration nothing can
//! run a program, and the user's and the system's configuration are not read.

use super::index::{Index, Place};
use super::objects::{self, Objects};
use super::{GitTree, TreeError, Worktree};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Id of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(pub [u8; 20]);

impl std::fmt::Display for CommitId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        objects::write_hex(&self.0, formatter)
    }
}

/// The commit that is checked out in a directory that is a repository of its own.
pub(super) fn head_of(directory: &std::path::Path) -> Option<CommitId> {
    let repository = gix::open_opts(directory, gix::open::Options::isolated()).ok()?;
    let head = repository.head_id().ok()?;
    Some(CommitId(objects::blob_bytes(&head.detach()).0))
}

/// A commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commit {
    /// Its id.
    pub id: CommitId,
    /// When it was committed, in seconds since 1970 (UTC).
    pub time: i64,
}

/// What HEAD says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// The commit that is checked out, and the branch (`main`) unless HEAD is detached.
    Commit(Commit, Option<String>),
    /// A branch without a commit: nothing was committed yet.
    Unborn(String),
}

/// Something asked of a repository could not be had. Each message ends in what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RepositoryError {
    /// No repository at or above the directory.
    #[error(
        "{directory} is not inside a git repository; name a baseline that needs none (`path:`, `snapshot:`, `registry:`) or run `git init`"
    )]
    NoRepository {
        /// Where it was looked for.
        directory: String,
    },
    /// There is a repository that cannot be opened.
    #[error("the git repository of {directory} cannot be opened: {reason}")]
    Unreadable {
        /// Where it stands.
        directory: String,
        /// Why, and what to do.
        reason: String,
    },
    /// No commit, tag or branch of that name.
    #[error("`{revision}` names nothing in this repository; {help}")]
    UnknownRevision {
        /// As asked.
        revision: String,
        /// Names that look alike, sorted, best first.
        similar: Vec<String>,
        /// What to do.
        help: String,
    },
    /// The revision names a file or a directory.
    #[error("`{revision}` names a {kind}, not a commit; name a commit, tag or branch")]
    NotACommit {
        /// As asked.
        revision: String,
        /// `tree` or `blob`
        kind: String,
    },
    /// Nothing was committed yet.
    #[error("branch `{branch}` has no commit yet; commit something first")]
    Unborn {
        /// The branch that HEAD names.
        branch: String,
    },
    /// The repository has no work tree.
    #[error("{directory} is a bare repository without a work tree; name a revision (`git:HEAD`) instead")]
    Bare {
        /// Where it stands.
        directory: String,
    },
    /// An object could not be read; the message says which and what to do.
    #[error("{0}")]
    Object(String),
}

/// A git repository, opened for reading.
#[derive(Debug)]
pub struct Repository {
    pub(super) shared: gix::ThreadSafeRepository,
    pub(super) objects: Arc<Objects>,
    work_tree: Option<PathBuf>,
    shallow: bool,
}

impl Repository {
    /// The repository at or above `directory`.
    ///
    /// # Errors
    /// [`RepositoryError::NoRepository`], [`RepositoryError::Unreadable`].
    pub fn discover(directory: &Path) -> Result<Self, RepositoryError> {
        let shown = directory.display().to_string();
        let directory = std::fs::canonicalize(directory).map_err(|error| RepositoryError::Unreadable {
            directory: shown.clone(),
            reason: super::worktree::reason(&error),
        })?;
        let isolated = || gix::sec::trust::Mapping {
            full: gix::open::Options::isolated(),
            reduced: gix::open::Options::isolated(),
        };
        let opened = gix::ThreadSafeRepository::discover_opts(&directory, Default::default(), isolated());
        let shared = opened.map_err(|error| unopened(&directory, shown, &error))?;
        let local = shared.to_thread_local();
        let shallow = local.is_shallow().unwrap_or(false);
        let remedy = missing_object_remedy(&local, shallow);
        let work_tree = local.workdir().map(|path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()));
        let objects = Arc::new(Objects::new(shared.objects.clone(), remedy));
        let repository = Repository { shared, objects, work_tree, shallow };
        repository.refuse_unknown_formats()?;
        Ok(repository)
    }

    /// Reference storage that cannot be read must not look like a repository without tags.
    fn refuse_unknown_formats(&self) -> Result<(), RepositoryError> {
        let local = self.local();
        let storage = local.config_snapshot().string("extensions.refStorage").map(|storage| storage.to_string());
        match storage.filter(|storage| storage != "files") {
            None => Ok(()),
            Some(storage) => Err(RepositoryError::Unreadable {
                directory: local.git_dir().display().to_string(),
                reason: format!(
                    "it stores its references as `{storage}`, which cannot be read yet; \
                     `git refs migrate --ref-format=files` converts them"
                ),
            }),
        }
    }

    pub(super) fn local(&self) -> gix::Repository {
        let mut local = self.shared.to_thread_local();
        local.objects.unset_pack_cache();
        local
    }

    /// The top of the work tree on disk; `None` if the repository is bare.
    #[must_use]
    pub fn work_tree_root(&self) -> Option<&Path> {
        self.work_tree.as_deref()
    }

    /// Whether history ends at a boundary that `git clone --depth` or a CI checkout left.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        self.shallow
    }

    /// The path in the repository's trees of something on disk; `None` if it stands outside or is not UTF-8.
    #[must_use]
    pub fn relative(&self, on_disk: &Path) -> Option<String> {
        super::worktree::relative(self.work_tree.as_deref()?, on_disk)
    }

    /// What HEAD says.
    ///
    /// # Errors
    /// HEAD or its commit could not be read.
    pub fn head(&self) -> Result<Head, RepositoryError> {
        let local = self.local();
        let head = local.head().map_err(|error| broken(&error))?;
        let branch = head.referent_name().map(|name| name.shorten().to_string());
        if head.is_unborn() {
            return Ok(Head::Unborn(branch.unwrap_or_else(|| "HEAD".to_owned())));
        }
        let id = head.into_peeled_id().map_err(|error| broken(&error))?.detach();
        Ok(Head::Commit(self.commit(&id)?.0, branch))
    }

    /// The branch that others start from: what the remote calls so, else `main` or `master` where there is one, else the one
    /// that is checked out.
    #[must_use]
    pub fn default_branch(&self) -> Option<String> {
        let local = self.local();
        let of_remote = |remote: &str| {
            let reference = local.find_reference(&format!("refs/remotes/{remote}/HEAD")).ok()?;
            let name = reference.target().try_name()?.as_bstr().to_string();
            name.strip_prefix(&format!("refs/remotes/{remote}/")).map(str::to_owned)
        };
        let usual = ["main", "master"].into_iter();
        let here = || usual.map(str::to_owned).find(|name| local.find_reference(&format!("refs/heads/{name}")).is_ok());
        let checked_out = || match self.head() {
            Ok(Head::Commit(_, branch)) => branch,
            Ok(Head::Unborn(branch)) => Some(branch),
            Err(_) => None,
        };
        ["origin", "upstream"].into_iter().find_map(of_remote).or_else(here).or_else(checked_out)
    }

    /// The commit that a revision names, as git reads it: `v1.2.0`, `main~3`, `HEAD`, an abbreviated id.
    ///
    /// # Errors
    /// [`RepositoryError::UnknownRevision`] with names that look alike, [`RepositoryError::NotACommit`],
    /// [`RepositoryError::Unborn`], [`RepositoryError::Object`].
    pub fn resolve(&self, revision: &str) -> Result<Commit, RepositoryError> {
        Ok(self.commit_and_tree(revision)?.0)
    }

    /// The tree of a revision; its origin is `git:REVISION`.
    ///
    /// # Errors
    /// As [`Repository::resolve`].
    pub fn tree(&self, revision: &str) -> Result<GitTree, RepositoryError> {
        let (commit, tree) = self.commit_and_tree(revision)?;
        Ok(GitTree::new(self.objects.clone(), commit, tree, revision.to_owned()))
    }

    /// The work tree, whose unchanged files are known by the index.
    ///
    /// # Errors
    /// [`RepositoryError::Bare`], or the index could not be read.
    pub fn work_tree(&self) -> Result<Worktree, RepositoryError> {
        let Some(root) = self.work_tree.clone() else { return Err(self.bare()) };
        let tree = Worktree::new(root, "work tree");
        Ok(match self.index()? {
            Some(index) => tree.with_index(index),
            None => tree,
        })
    }

    /// Tracked paths that differ from HEAD, staged or not, sorted; on an unborn branch everything in the index.
    ///
    /// # Errors
    /// [`RepositoryError::Bare`], or HEAD or the index could not be read.
    pub fn changes(&self) -> Result<Vec<String>, RepositoryError> {
        self.differences(false)
    }

    /// Whether any tracked file differs from HEAD. Untracked files do not count.
    ///
    /// # Errors
    /// As [`Repository::changes`].
    pub fn is_dirty(&self) -> Result<bool, RepositoryError> {
        Ok(!self.differences(true)?.is_empty())
    }

    fn differences(&self, first_only: bool) -> Result<Vec<String>, RepositoryError> {
        let Some(root) = &self.work_tree else { return Err(self.bare()) };
        let tree = match self.head()? {
            Head::Commit(commit, _) => Some(self.commit(&gix::ObjectId::Sha1(commit.id.0))?.1),
            Head::Unborn(_) => None,
        };
        match self.index()? {
            Some(index) => index.changes(root, tree, first_only).map_err(|error| object(&error)),
            // No index: everything that was committed is deleted as far as git knows.
            None => Ok(tree.map(|_| "index".to_owned()).into_iter().collect()),
        }
    }

    fn index(&self) -> Result<Option<Index>, RepositoryError> {
        let local = self.local();
        if !local.index_path().exists() {
            return Ok(None);
        }
        let file = local.open_index().map_err(|error| RepositoryError::Unreadable {
            directory: local.git_dir().display().to_string(),
            reason: format!("its index cannot be read ({error}); `git reset` writes a new one"),
        })?;
        let root = self.work_tree.as_deref().unwrap_or(local.git_dir());
        let keeps_mode = local.config_snapshot().boolean("core.fileMode").unwrap_or(true);
        let place = Place { root, common_dir: local.common_dir(), keeps_mode };
        Ok(Some(Index::new(file, self.objects.clone(), place)))
    }

    fn bare(&self) -> RepositoryError {
        RepositoryError::Bare { directory: self.shared.path().display().to_string() }
    }

    fn commit_and_tree(&self, revision: &str) -> Result<(Commit, gix::ObjectId), RepositoryError> {
        let local = self.local();
        let id = match local.rev_parse_single(revision) {
            Ok(id) => id.detach(),
            Err(_) => return Err(self.unknown(&local, revision)),
        };
        let commit = self.peel(revision, id)?;
        self.commit(&commit)
    }

    /// Follows annotated tags to a commit.
    pub(super) fn peel(&self, revision: &str, mut id: gix::ObjectId) -> Result<gix::ObjectId, RepositoryError> {
        // Tags of tags are rare; a bound keeps a broken repository from holding us.
        for _ in 0..32 {
            let read = self.objects.read(&id, |kind, bytes| match kind {
                gix::objs::Kind::Commit => Ok(None),
                gix::objs::Kind::Tag => Ok(gix::objs::TagRefIter::from_bytes(bytes, id.kind()).target_id().ok()),
                kind => Err(kind),
            });
            match read.map_err(RepositoryError::Object)? {
                Ok(None) => return Ok(id),
                Ok(Some(target)) => id = target,
                Err(kind) => {
                    let kind = kind.to_string();
                    return Err(RepositoryError::NotACommit { revision: revision.to_owned(), kind });
                }
            }
        }
        Err(RepositoryError::NotACommit { revision: revision.to_owned(), kind: "tag of a tag".to_owned() })
    }

    /// A commit and its tree.
    pub(super) fn commit(&self, id: &gix::oid) -> Result<(Commit, gix::ObjectId), RepositoryError> {
        let read = self.objects.read(id, |_, bytes| {
            let mut commit = gix::objs::CommitRefIter::from_bytes(bytes, id.kind());
            let tree = commit.tree_id().ok()?;
            let time = commit.committer().ok()?.seconds();
            Some((Commit { id: CommitId(objects::blob_bytes(id).0), time }, tree))
        });
        read.map_err(RepositoryError::Object)?.ok_or_else(|| {
            RepositoryError::Object(format!("object {id} is not a commit that can be read; run `git fsck`"))
        })
    }

    fn unknown(&self, local: &gix::Repository, revision: &str) -> RepositoryError {
        if let Ok(Head::Unborn(branch)) = self.head()
            && (revision == "@" || revision.starts_with("HEAD"))
        {
            return RepositoryError::Unborn { branch };
        }
        let similar = super::history::similar_names(local, revision);
        let mut help: Vec<String> = similar.first().map(|best| format!("did you mean `{best}`?")).into_iter().collect();
        if self.shallow {
            help.push("this clone is shallow: fetch the rest with `git fetch --unshallow --tags`".to_owned());
        }
        if help.is_empty() {
            help.push(match super::history::base_name(local, revision) {
                Some(base) => format!("`{base}` is there, but what follows it leads past the end of its history"),
                None => "`git tag` and `git branch -a` list what there is, `git fetch --tags` fetches tags".to_owned(),
            });
        }
        let help = help.join(" or ");
        RepositoryError::UnknownRevision { revision: revision.to_owned(), similar, help }
    }
}

/// An error with what caused it.
fn chain(error: &gix::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

pub(super) fn broken(error: &gix::Error) -> RepositoryError {
    let error = chain(error);
    RepositoryError::Object(format!("{error}; run `git fsck` to see what is broken"))
}

fn object(error: &TreeError) -> RepositoryError {
    RepositoryError::Object(error.to_string())
}

fn unopened(directory: &Path, shown: String, error: &gix::Error) -> RepositoryError {
    let marker = directory.ancestors().map(|above| above.join(".git")).find(|git| git.symlink_metadata().is_ok());
    match marker {
        None => RepositoryError::NoRepository { directory: shown },
        Some(git) => RepositoryError::Unreadable {
            directory: git.display().to_string(),
            reason: format!("{}; `git status` may say more", chain(error)),
        },
    }
}

fn missing_object_remedy(local: &gix::Repository, shallow: bool) -> String {
    if shallow {
        return "this clone is shallow: fetch the rest with `git fetch --unshallow --tags`".to_owned();
    }
    let config = local.config_snapshot();
    let partial = config.string("extensions.partialClone").map(|remote| remote.to_string());
    let promisor = config
        .plumbing()
        .sections_by_name("remote")
        .into_iter()
        .flatten()
        .filter(|section| section.value("promisor").is_some())
        .find_map(|section| section.header().subsection_name().map(ToString::to_string));
    match partial.or(promisor) {
        Some(remote) => {
            format!("this is a partial clone: fetch everything with `git fetch --refetch --no-filter {remote}`")
        }
        None => "run `git fsck` to see what is broken, then fetch it again".to_owned(),
    }
}
