//! Which release each package is compared with: gathers what the history says, and lets the policy choose.

use super::{Current, Run};
use crate::cli::failure::Failure;
use crate::cli::world::From;
use crate::cli::{settings, snapshot};
use crate::config::{Config, OneOrMany, VersionFrom};
use crate::package::{self, Workspace};
use crate::policy::Audit;
use crate::policy::baseline::{
    self, Baseline, Choice, History, ManifestFact, Refusal, RefusalKind, SnapshotFact, TagFact,
};
use crate::tree::{CommitId, Head, Repository, RepositoryError, Tag};
use std::collections::{BTreeMap, BTreeSet};

/// What a package is compared with.
pub(super) enum Chosen {
    /// An origin.
    Side {
        /// The origin.
        from: From,
        /// What was noticed on the way to it.
        audits: Vec<Audit>,
        /// The version under judgement, where it comes from tags.
        version: Option<String>,
    },
    /// Nothing was ever released.
    FirstRelease {
        /// `first-release` of the configuration.
        version: String,
        /// What was noticed.
        audits: Vec<Audit>,
    },
    /// Nothing was found.
    Nothing {
        /// Why, and what to do.
        why: String,
    },
}

/// What the repository's history says, gathered once for all packages.
struct Past<'a> {
    repository: &'a Repository,
    head: Option<CommitId>,
    clean: bool,
    tags: Vec<Tag>,
    names: Vec<String>,
    ancestors: BTreeSet<CommitId>,
    start: String,
    /// Workspaces at tags, as they are asked for.
    workspaces: BTreeMap<String, Result<Workspace, String>>,
}

impl Run<'_> {
    /// Chooses for every package in scope, in order of their names.
    pub(super) fn choose(&self, current: &Current, given: Option<&From>) -> Result<Vec<(String, Chosen)>, Failure> {
        let mut past = None;
        let mut out = Vec::new();
        for name in &current.names {
            let config = current.settings.of(name);
            let configured = config.baseline.as_deref().map(From::parse).transpose()?;
            let chosen = match (given.cloned().or(configured), &self.world.repository) {
                (Some(from), _) => Chosen::Side { from, audits: Vec::new(), version: None },
                (None, Err(RepositoryError::NoRepository { .. })) => match &config.first_release {
                    Some(version) => Chosen::FirstRelease { version: version.clone(), audits: Vec::new() },
                    None => Chosen::Nothing {
                        why: self.world.repository()?.head().map_or_else(|e| e.to_string(), |_| String::new()),
                    },
                },
                (None, _) => {
                    if past.is_none() {
                        past = Some(Past::gather(self.world.repository()?, &self.world.start)?);
                    }
                    match past.as_mut() {
                        Some(past) => self.from_history(current, name, &config, past)?,
                        None => Chosen::Nothing { why: String::new() },
                    }
                }
            };
            out.push((name.clone(), chosen));
        }
        Ok(out)
    }

    fn from_history(
        &self,
        current: &Current,
        name: &str,
        config: &Config,
        past: &mut Past<'_>,
    ) -> Result<Chosen, Failure> {
        let policy = self.policy(config)?;
        let set = current.sets.get(name);
        let package = current.side.workspace.package(name);
        let version = match self.release {
            Some(version) => Some(version.to_owned()),
            None => config
                .version
                .clone()
                .or_else(|| set.and_then(|s| s.version.clone()))
                .or_else(|| package.and_then(|p| p.version.clone())),
        };
        let others: Vec<String> = current.names.iter().filter(|n| *n != name).cloned().collect();
        let previous = config.previous_names.clone().unwrap_or_default();
        let snapshot_path = snapshot::place(&current.side.workspace, &current.settings, name);
        let snapshots = past.snapshots(&snapshot_path)?;
        let tags = past.names.clone();
        let history = History {
            package: name,
            others: &others,
            policy: &policy,
            current: version.as_deref(),
            current_given: self.release.is_some(),
            tags: &tags,
            clean: past.clean,
            shallow: past.repository.is_shallow(),
            snapshots: &snapshots,
            tag_formats: &config.tag_format.clone().map(OneOrMany::into_vec).unwrap_or_default(),
            previous_names: &previous,
            ignore_releases: &config.ignore_releases.clone().unwrap_or_default(),
            version_from_tag: config.version_from == Some(VersionFrom::Tag),
            first_release: config.first_release.as_deref(),
        };
        let manifest = package.map_or("", |p| p.manifest.as_str());
        match baseline::choose(&history, &mut |tag| past.fact(tag, name, &previous)) {
            Ok(choice) => Ok(chosen(choice, config, &snapshot_path)),
            Err(refusal) => refused(refusal, manifest),
        }
    }
}

fn chosen(choice: Choice, config: &Config, snapshot_path: &str) -> Chosen {
    let version = (config.version_from == Some(VersionFrom::Tag)).then(|| choice.current.clone());
    let audits = choice.audits;
    match choice.baseline {
        Baseline::Tag(tag) => Chosen::Side { from: From::Git(tag), audits, version },
        Baseline::Snapshot(commit) => {
            let from = From::SnapshotAt { revision: commit, path: snapshot_path.to_owned() };
            Chosen::Side { from, audits, version }
        }
        Baseline::FirstRelease => Chosen::FirstRelease { version: choice.version, audits },
    }
}

/// A version or configuration that cannot be read ends the run; the rest leaves this package without a baseline.
fn refused(refusal: Refusal, manifest: &str) -> Result<Chosen, Failure> {
    match refusal.kind {
        RefusalKind::BadVersion | RefusalKind::BadConfiguration => {
            let kind = if refusal.kind == RefusalKind::BadVersion { "version" } else { "config" };
            let failure = Failure::new(kind, refusal.message).at(manifest, 0, 0);
            Err(if refusal.offers.is_empty() { failure } else { failure.help(refusal.offers.join("; or ")) })
        }
        _ => {
            let offers =
                if refusal.offers.is_empty() { String::new() } else { format!("; {}", refusal.offers.join("; or ")) };
            Ok(Chosen::Nothing { why: format!("{}{offers}", refusal.message) })
        }
    }
}

impl<'a> Past<'a> {
    fn gather(repository: &'a Repository, start: &std::path::Path) -> Result<Self, Failure> {
        let head = match repository.head()? {
            Head::Commit(commit, _) => Some(commit.id),
            Head::Unborn(_) => None,
        };
        let tags = repository.tags()?;
        let commits: Vec<CommitId> = tags.iter().filter_map(|t| t.commit.as_ref().ok()).map(|c| c.id).collect();
        let ancestors = match head {
            Some(head) if !commits.is_empty() => repository.reachable(head, &commits)?.found,
            _ => BTreeSet::new(),
        };
        Ok(Self {
            repository,
            head,
            clean: head.is_some() && !repository.is_dirty()?,
            names: tags.iter().map(|t| t.name.clone()).collect(),
            tags,
            ancestors,
            start: repository.relative(start).unwrap_or_default(),
            workspaces: BTreeMap::new(),
        })
    }

    fn fact(&mut self, tag: &str, package: &str, previous: &[String]) -> TagFact {
        let found = self.tags.iter().find(|t| t.name == tag);
        let commit = found.and_then(|t| t.commit.as_ref().ok()).map(|c| c.id);
        let ancestor = commit.is_some_and(|c| self.ancestors.contains(&c));
        let head = commit.is_some() && commit == self.head;
        let missing = found.and_then(|t| t.commit.as_ref().err()).map(ToString::to_string);
        let manifest = match missing {
            Some(why) => ManifestFact::Missing(why),
            None => self.manifest(tag, package, previous),
        };
        TagFact { manifest, ancestor, head }
    }

    fn manifest(&mut self, tag: &str, package: &str, previous: &[String]) -> ManifestFact {
        let (repository, start) = (self.repository, self.start.as_str());
        let workspace = self.workspaces.entry(tag.to_owned()).or_insert_with(|| {
            let tree = repository.tree(&format!("refs/tags/{tag}")).map_err(|e| e.to_string())?;
            match package::read_workspace(&tree, start) {
                Ok(workspace) => Ok(workspace),
                Err(error) => crate::cli::world::elsewhere(&tree, start).ok_or_else(|| error.to_string()),
            }
        });
        match workspace {
            Err(_) => ManifestFact::NoPackage,
            Ok(workspace) => {
                let mut names = std::iter::once(package).chain(previous.iter().map(String::as_str));
                match names.find_map(|name| workspace.package(name)) {
                    None => ManifestFact::NoPackage,
                    Some(package) => package.version.clone().map_or(ManifestFact::NoVersion, ManifestFact::Version),
                }
            }
        }
    }

    /// The package's committed snapshots along HEAD's first parents, each version as first committed.
    fn snapshots(&self, path: &str) -> Result<Vec<SnapshotFact>, Failure> {
        let Some(head) = self.head else { return Ok(Vec::new()) };
        let mut first: BTreeMap<String, SnapshotFact> = BTreeMap::new();
        for state in self.repository.path_history(head, path)? {
            let state = match state {
                Ok(state) => state,
                // History ends here (a shallow clone): what was seen so far may not be the first of its version.
                Err(_) => break,
            };
            let Some(blob) = state.blob else { continue };
            let Ok(bytes) = self.repository.blob(blob) else { continue };
            let Some(version) = settings::snapshot_version(&bytes) else { continue };
            // Newest first: an older commit of the same version replaces it.
            let fact = SnapshotFact {
                version: version.clone(),
                commit: state.commit.id.to_string(),
                head: state.commit.id == head,
            };
            first.insert(version, fact);
        }
        Ok(first.into_values().collect())
    }
}
