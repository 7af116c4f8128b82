//! What cargo keeps of dependencies on this machine: unpacked packages, their archives, checkouts of repositories. It is
//! looked at and never changed, and cargo is not run.

use super::{MemoryTree, SourceTree, Worktree};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An archive that holds more than this is not read.
const MAX_UNPACKED: u64 = 256 << 20;

/// Cargo's own directory: `CARGO_HOME`, else `~/.cargo`.
#[derive(Clone, Debug)]
pub struct CargoHome {
    directory: PathBuf,
}

impl CargoHome {
    /// The one of this user; `None` where no such directory is known.
    #[must_use]
    pub fn find() -> Option<Self> {
        let named = std::env::var_os("CARGO_HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
        let directory = named.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))?;
        Some(CargoHome { directory })
    }

    /// The directory.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The source of a package, as `Cargo.lock` names it: a registry's (`registry+https://…`) holds the package alone, a
    /// repository's (`git+https://…#commit`) all that was checked out.
    #[must_use]
    pub fn source(&self, name: &str, version: &str, source: &str) -> Option<Arc<dyn SourceTree>> {
        match source.split_once('+') {
            Some(("registry" | "sparse", url)) => self.unpacked(name, version, url).or_else(|| {
                let archive = self.archive(name, version, url)?;
                Some(Arc::new(archive) as Arc<dyn SourceTree>)
            }),
            Some(("git", url)) => self.checkout(url),
            _ => None,
        }
    }

    fn unpacked(&self, name: &str, version: &str, url: &str) -> Option<Arc<dyn SourceTree>> {
        let below = format!("{name}-{version}");
        let found = self.of_registry("src", url, &|registry| {
            let directory = registry.join(&below);
            directory.join("Cargo.toml").is_file().then_some(directory)
        })?;
        Some(Arc::new(Worktree::new(found, format!("registry:{name}@{version}"))))
    }

    fn archive(&self, name: &str, version: &str, url: &str) -> Option<MemoryTree> {
        let file = format!("{name}-{version}.crate");
        let found = self.of_registry("cache", url, &|registry| Some(registry.join(&file)).filter(|f| f.is_file()))?;
        let bytes = std::fs::File::open(found).ok()?;
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes).take(MAX_UNPACKED));
        let mut tree = MemoryTree::new(format!("registry:{name}@{version}"));
        for entry in archive.entries().ok()? {
            let mut entry = entry.ok()?;
            let path = entry.path().ok()?.to_str()?.to_owned();
            let inside = path.strip_prefix(&format!("{name}-{version}/")).map(str::to_owned);
            let Some(inside) = inside.filter(|_| entry.header().entry_type().is_file()) else { continue };
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).ok()?;
            tree = tree.file(inside, bytes);
        }
        Some(tree)
    }

    /// What the directory of the registry at `url` holds; of crates.io also that of a mirror that stands in for it, if
    /// no other does. Cargo calls them by host and a hash.
    fn of_registry(&self, kind: &str, url: &str, found: &dyn Fn(&Path) -> Option<PathBuf>) -> Option<PathBuf> {
        let crates_io = url.contains("github.com/rust-lang/crates.io-index") || url.contains("//index.crates.io");
        let host = url.split_once("://").map_or(url, |(_, rest)| rest).split('/').next().unwrap_or_default();
        let registries = std::fs::read_dir(self.directory.join("registry").join(kind)).ok()?;
        let mut registries: Vec<PathBuf> = registries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        registries.sort();
        let (mut own, mut others) = (None, Vec::new());
        for registry in registries {
            let named = registry.file_name().and_then(|name| name.to_str()).and_then(|name| name.rsplit_once('-'));
            let Some((called, _)) = named else { continue };
            let Some(place) = found(&registry) else { continue };
            let is_own = match crates_io {
                true => matches!(called, "index.crates.io" | "github.com"),
                false => called == host.split(':').next().unwrap_or(host),
            };
            if is_own {
                own = Some(place);
            } else {
                others.push(place);
            }
        }
        match (own, others.as_slice()) {
            (Some(own), _) => Some(own),
            (None, [only]) if crates_io => Some(only.clone()),
            _ => None,
        }
    }

    /// `git/checkouts/REPOSITORY-HASH/COMMIT`, the commit abbreviated.
    fn checkout(&self, url: &str) -> Option<Arc<dyn SourceTree>> {
        let (url, commit) = url.split_once('#')?;
        let url = url.split('?').next().unwrap_or(url).trim_end_matches('/');
        let repository = url.rsplit('/').next()?.trim_end_matches(".git").to_lowercase();
        let repositories = std::fs::read_dir(self.directory.join("git").join("checkouts")).ok()?;
        let is_of = |path: &PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.rsplit_once('-'));
            name.is_some_and(|(called, _)| called.to_lowercase() == repository)
        };
        let mut found = Vec::new();
        for repository in repositories.filter_map(Result::ok).map(|entry| entry.path()).filter(is_of) {
            let checkouts = std::fs::read_dir(repository).into_iter().flatten().filter_map(Result::ok);
            let is_commit = |path: &PathBuf| {
                let name = path.file_name().and_then(|name| name.to_str());
                name.is_some_and(|name| name.len() >= 7 && commit.starts_with(name))
            };
            found.extend(checkouts.map(|entry| entry.path()).filter(is_commit));
        }
        found.sort();
        let directory = found.into_iter().next()?;
        Some(Arc::new(Worktree::new(directory, format!("git:{url}#{commit}"))))
    }
}
