//! Which release each package is compared with: gathers what the history says, and lets the policy choose.

use super::{Current, Run};
use crate::cli::failure::Failure;
use crate::cli::settings;
use crate::cli::world::From;
use crate::config::{Config, OneOrMany, VersionFrom};
use crate::package::{self, Workspace};
use crate::policy::baseline::{
    self, Baseline, Choice, History, ManifestFact, Refusal, RefusalKind, SnapshotFact, TagFact,
};
use crate::policy::{Audit, Policy};
use crate::tree::{Commit, CommitId, Head, Repository, RepositoryError, SourceTree, Tag};
use std::collections::{BTreeMap, BTreeSet};

/// What a package is compared with.
pub(super) enum Chosen {
    /// An origin.
    Side {
        /// The origin.
        from: From,
        /// What was noticed on the way to it.
        audits: Vec<Audit>,
        /// The versions of both sides, where they come from tags.
        versions: Option<FromTags>,
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
        /// What was noticed on the way.
        audits: Vec<Audit>,
        /// A release may be there all the same, and hold what this tree has not.
        hidden: bool,
    },
}

/// Versions that no manifest says.
pub(super) struct FromTags {
    /// The baseline's.
    pub(super) baseline: String,
    /// The one under judgement.
    pub(super) current: String,
}

/// What the repository's history says, gathered once for all packages.
pub(super) struct Past<'a> {
    pub(super) repository: &'a Repository,
    head: Option<CommitId>,
    clean: bool,
    tags: Vec<Tag>,
    names: Vec<String>,
    ancestors: BTreeSet<CommitId>,
    start: String,
    /// Workspaces at tags, as they are asked for.
    workspaces: BTreeMap<String, Result<Workspace, ManifestFact>>,
    /// Committed snapshots by package, once one was asked for.
    pub(super) snapshots: Option<BTreeMap<String, Vec<SnapshotFact>>>,
}

impl Run<'_> {
    /// Chooses for every package in scope, in order of their names.
    pub(super) fn choose<'w>(
        &'w self,
        current: &Current,
        given: Option<&From>,
        past: &mut Option<Past<'w>>,
    ) -> Result<Vec<(String, Chosen)>, Failure> {
        let mut out = Vec::new();
        for name in &current.names {
            let config = current.settings.of(name);
            let configured = config.baseline.as_deref().map(From::parse).transpose();
            let configured = configured.map_err(|failure| settings::located(&current.side, name, failure))?;
            let chosen = match (given.cloned().or(configured), &self.world.repository) {
                (Some(From::Registry { name: published, version, .. }), _) => {
                    let package = current.side.workspace.package(name);
                    let registry = package.and_then(|package| package.registry.clone()).filter(|r| r != "crates-io");
                    let from =
                        From::Registry { name: Some(published.unwrap_or_else(|| name.clone())), version, registry };
                    Chosen::Side { from, audits: Vec::new(), versions: None }
                }
                (Some(From::Git(revision)), Ok(_)) if given.is_none() && self.past(past)?.is_head(&revision) => {
                    Chosen::Nothing {
                        why: format!(
                            "`baseline = \"git:{revision}\"` is HEAD itself, and nothing is changed: this tree would be compared with itself; \
                             name a release, or leave it out"
                        ),
                        audits: Vec::new(),
                        hidden: true,
                    }
                }
                (Some(from), _) => Chosen::Side { from, audits: Vec::new(), versions: None },
                (None, Err(error @ RepositoryError::NoRepository { .. })) => match &config.first_release {
                    Some(version) => Chosen::FirstRelease { version: version.clone(), audits: Vec::new() },
                    None => Chosen::Nothing {
                        why: format!(
                            "{error}; or, if nothing was ever released, state `first-release` in `[package.metadata.verpolicy]`"
                        ),
                        audits: Vec::new(),
                        hidden: false,
                    },
                },
                (None, _) => self.by_history(current, name, &config, self.past(past)?)?,
            };
            out.push((name.clone(), chosen));
        }
        Ok(out)
    }

    /// What the history says, gathered the first time.
    pub(super) fn past<'p, 'w>(&'w self, past: &'p mut Option<Past<'w>>) -> Result<&'p mut Past<'w>, Failure> {
        let gathered = match past.take() {
            Some(gathered) => gathered,
            None => Past::gather(self.world.repository()?, self.world.start_in_tree())?,
        };
        Ok(past.insert(gathered))
    }

    fn by_history(
        &self,
        current: &Current,
        name: &str,
        config: &Config,
        past: &mut Past<'_>,
    ) -> Result<Chosen, Failure> {
        let policy = self.policy(current, name)?;
        let choose = |config: &Config, snapshots: &[SnapshotFact], past: &mut Past<'_>| {
            self.with_history(current, (name, config), &policy, snapshots, past, |history, fact| {
                baseline::choose(history, fact)
            })
        };
        // Where the API has a version line of its own, tags follow the package's version or that line.
        let of_package = Config { version: None, ..config.clone() };
        let of_either = |snapshots: &[SnapshotFact], past: &mut Past<'_>| match choose(&of_package, snapshots, past) {
            Err(_) if config.version.is_some() => choose(config, snapshots, past),
            choice => choice,
        };
        // Tags win over snapshots, and to look for those means to walk through all of the history.
        let choice = match of_either(&[], past) {
            Ok(choice) if matches!(choice.baseline, Baseline::Tag(_)) => Ok(choice),
            _ => {
                let snapshots = past.snapshots(name, || self.snapshots_kept(current))?;
                of_either(&snapshots, past)
            }
        };
        match choice {
            Ok(choice) => Ok(chosen(choice, config)),
            Err(refusal) if refusal.kind == RefusalKind::BadVersion && self.release.is_some() => {
                Err(Failure::usage(format!("--release: {}", refusal.message)))
            }
            Err(refusal) => refused(refusal, current, name),
        }
    }

    /// Asks the policy something about the releases of a package.
    pub(super) fn with_history<R>(
        &self,
        current: &Current,
        (name, config): (&str, &Config),
        policy: &Policy,
        snapshots: &[SnapshotFact],
        past: &mut Past<'_>,
        ask: impl FnOnce(&History<'_>, &mut dyn FnMut(&str) -> TagFact) -> R,
    ) -> R {
        let version = match self.release_for(policy) {
            Some(version) => Some(version.to_owned()),
            None => config
                .version
                .clone()
                .or_else(|| current.sets.get(name).and_then(|s| s.version.clone()))
                .or_else(|| current.side.workspace.package(name).and_then(|p| p.version.clone())),
        };
        let others: Vec<String> = current.names.iter().filter(|n| *n != name).cloned().collect();
        let previous = config.previous_names.clone().unwrap_or_default();
        let tags = past.names.clone();
        let history = History {
            package: name,
            others: &others,
            policy,
            current: version.as_deref(),
            current_given: self.release.is_some(),
            tags: &tags,
            clean: !self.counts_head
                && past.clean
                && !current.side.tree.as_ref().is_some_and(|tree| tree.reached_untracked()),
            shallow: past.repository.is_shallow(),
            snapshots,
            tag_formats: &config.tag_format.clone().map(OneOrMany::into_vec).unwrap_or_default(),
            previous_names: &previous,
            ignore_releases: &config.ignore_releases.clone().unwrap_or_default(),
            version_from_tag: config.version_from == Some(VersionFrom::Tag),
            first_release: config.first_release.as_deref(),
        };
        let own_line = config.version.is_some();
        ask(&history, &mut |tag| past.fact(tag, name, &previous, own_line))
    }
}

fn chosen(choice: Choice, config: &Config) -> Chosen {
    let from_tags =
        config.version_from == Some(VersionFrom::Tag) && !matches!(choice.baseline, Baseline::Snapshot { .. });
    let versions = from_tags.then(|| FromTags { baseline: choice.version.clone(), current: choice.current.clone() });
    let audits = choice.audits;
    match choice.baseline {
        Baseline::Tag(tag) => Chosen::Side { from: From::Git(tag), audits, versions },
        Baseline::Snapshot { commit, path } => {
            let from = From::SnapshotAt { revision: commit, path };
            Chosen::Side { from, audits, versions }
        }
        Baseline::FirstRelease => Chosen::FirstRelease { version: choice.version, audits },
    }
}

/// A version or configuration that cannot be read ends the run; the rest leaves this package without a baseline.
fn refused(refusal: Refusal, current: &Current, name: &str) -> Result<Chosen, Failure> {
    let offers = refusal.offers.join("; or ");
    let helped = |failure: Failure| if offers.is_empty() { failure } else { failure.help(offers.clone()) };
    match refusal.kind {
        RefusalKind::BadVersion => {
            let package = current.side.workspace.package(name);
            let manifest = || (package.map_or("", |p| p.manifest.as_str()).to_owned(), 0, 0);
            let (file, line, column) = package.and_then(|p| p.version_place.clone()).unwrap_or_else(manifest);
            Err(helped(Failure::new("version", refusal.message).at(&file, line, column)))
        }
        RefusalKind::BadConfiguration => {
            Err(helped(settings::located(&current.side, name, Failure::new("config", refusal.message))))
        }
        kind => {
            let Refusal { message, audits, .. } = refusal;
            let why = if offers.is_empty() { message } else { format!("{message}; {offers}") };
            Ok(Chosen::Nothing { why, audits, hidden: kind != RefusalKind::NoBaseline })
        }
    }
}

impl<'a> Past<'a> {
    fn gather(repository: &'a Repository, start: String) -> Result<Self, Failure> {
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
            start,
            workspaces: BTreeMap::new(),
            snapshots: None,
        })
    }

    /// The commit that is checked out.
    pub(super) fn head(&self) -> Option<CommitId> {
        self.head
    }

    /// Where the project stands in the trees of the repository.
    pub(super) fn start(&self) -> &str {
        &self.start
    }

    /// Is a revision HEAD, and the work tree as HEAD has it?
    fn is_head(&self, revision: &str) -> bool {
        let named = self.repository.resolve(revision).ok();
        self.clean && named.is_some_and(|commit| self.head == Some(commit.id))
    }

    /// The commit behind a tag.
    pub(super) fn commit_of(&self, tag: &str) -> Option<Commit> {
        self.tags.iter().find(|t| t.name == tag)?.commit.clone().ok()
    }

    /// The day of a tag's commit, in UTC.
    pub(super) fn day(&self, tag: &str) -> Option<jiff::civil::Date> {
        let commit = self.tags.iter().find(|t| t.name == tag)?.commit.as_ref().ok()?;
        let time = jiff::Timestamp::from_second(commit.time).ok()?;
        Some(time.to_zoned(jiff::tz::TimeZone::UTC).date())
    }

    fn fact(&mut self, tag: &str, package: &str, previous: &[String], own_line: bool) -> TagFact {
        let found = self.tags.iter().find(|t| t.name == tag);
        let commit = found.and_then(|t| t.commit.as_ref().ok()).map(|c| c.id);
        let ancestor = commit.is_some_and(|c| self.ancestors.contains(&c));
        let head = commit.is_some() && commit == self.head;
        let missing = found.and_then(|t| t.commit.as_ref().err()).map(ToString::to_string);
        let manifest = match missing {
            Some(why) => ManifestFact::Missing(why),
            None => self.manifest(tag, package, previous, own_line),
        };
        let said = |key: &str| self.said_there(tag, package, previous, key);
        let (ignore_releases, tag_formats) = (said("ignore-releases"), said("tag-format").unwrap_or_default());
        TagFact { manifest, ancestor, head, ignore_releases, tag_formats }
    }

    /// The texts of a key of the configuration at a tag whose manifests were read; `None` where it has none at all.
    fn said_there(&self, tag: &str, package: &str, previous: &[String], key: &str) -> Option<Vec<String>> {
        let workspace = self.workspaces.get(tag)?.as_ref().ok()?;
        let mut names = std::iter::once(package).chain(previous.iter().map(String::as_str));
        let own = names.find_map(|name| workspace.package(name)).and_then(|found| found.metadata.as_ref());
        let tables = [own, workspace.metadata.as_ref()];
        let any = tables.iter().any(Option::is_some);
        let said = tables.into_iter().flatten().find_map(|table| table.get(key));
        let texts = match said.map(|value| (value.as_str(), value.as_array())) {
            Some((Some(one), _)) => vec![one.to_owned()],
            Some((None, Some(many))) => many.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect(),
            _ => Vec::new(),
        };
        any.then_some(texts)
    }

    fn manifest(&mut self, tag: &str, package: &str, previous: &[String], own_line: bool) -> ManifestFact {
        let (repository, start) = (self.repository, self.start.as_str());
        let workspace = self.workspaces.entry(tag.to_owned()).or_insert_with(|| {
            let tree =
                repository.tree(&format!("refs/tags/{tag}")).map_err(|e| ManifestFact::Missing(e.to_string()))?;
            match package::read_workspace(&tree, start) {
                Ok(workspace) => Ok(workspace),
                Err(error) => match (crate::cli::world::elsewhere(&tree, start), tree.node("Cargo.toml")) {
                    (Some(workspace), _) => Ok(workspace),
                    (None, Ok(None)) => Err(ManifestFact::NoPackage),
                    (None, _) => Err(ManifestFact::Missing(error.to_string())),
                },
            }
        });
        let workspace = match workspace {
            Err(fact) => return fact.clone(),
            Ok(workspace) => workspace,
        };
        let mut names = std::iter::once(package).chain(previous.iter().map(String::as_str));
        match (names.find_map(|name| workspace.package(name)), workspace.problems.first()) {
            (Some(package), _) => {
                let tables = [&package.metadata, &workspace.metadata];
                let own = tables.into_iter().flatten().find_map(|table| table.get("version")?.as_str());
                let version = if own_line { own.map(str::to_owned) } else { package.version.clone() };
                version.map_or(ManifestFact::NoVersion, ManifestFact::Version)
            }
            // The manifest that cannot be read may be the package's.
            (None, Some(p)) => ManifestFact::Missing(format!("{}:{}:{}: {}", p.file, p.line, p.column, p.message)),
            (None, None) => ManifestFact::NoPackage,
        }
    }
}
