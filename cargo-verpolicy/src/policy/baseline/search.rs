//! The search through tags and snapshots, from the highest down.

use super::{Candidate, History, ManifestFact, Refusal, RefusalKind, SnapshotFact, TagFact};
use crate::policy::audit::Audit;
use crate::policy::glob;
use crate::policy::tag::{Format, looks_like_a_version};
use crate::policy::version::{Scheme, Version};
use std::cmp::Ordering;
use std::fmt::Write as _;

const FROM_TAGS: &str = "`version-from = \"tag\"` in `[package.metadata.verpolicy]`";

/// One search; what it noticed on the way.
pub(super) struct Search<'a> {
    pub(super) history: &'a History<'a>,
    pub(super) current: &'a Version,
    pub(super) audits: Vec<Audit>,
    /// Some tag is, or may be, a release.
    pub(super) released: bool,
    pub(super) missing: Option<(String, String)>,
    /// The release that HEAD itself is.
    pub(super) itself: Option<String>,
    /// The highest tag that is no release by what the package's manifest says there, and what it says.
    pub(super) disagrees: Option<(String, String)>,
}

impl Search<'_> {
    /// Does this tag's manifest make it a release? `None` where that cannot be told.
    fn is_release(&mut self, candidate: &Candidate, fact: &TagFact) -> Option<bool> {
        let told = manifest_agrees(self.history, candidate, fact);
        if let (None, ManifestFact::Missing(why)) = (told, &fact.manifest) {
            self.missing.get_or_insert_with(|| (candidate.tag.clone(), why.clone()));
        }
        told
    }

    /// Above the current version, also as Cargo tells them apart.
    fn above(&self, version: &Version) -> bool {
        let scheme = &self.history.policy.scheme;
        scheme.compare(version, self.current) == Ordering::Greater && !cargo_equal(scheme, self.current, version)
    }

    /// An ancestor release above the current version.
    pub(super) fn behind(&mut self, candidates: &[Candidate], fact: &mut dyn FnMut(&str) -> TagFact) {
        let scheme = &self.history.policy.scheme;
        for candidate in candidates {
            if !self.above(&candidate.version) {
                continue;
            }
            let found = fact(&candidate.tag);
            let release = self.is_release(candidate, &found);
            self.released |= release != Some(false);
            if release == Some(false) {
                self.disagreeing(candidate, &found);
            }
            if found.ancestor && release == Some(true) && !scheme.is_prerelease(&candidate.version) {
                let message = format!(
                    "the version is {}, and the release {} is already in its history",
                    scheme.render(self.current),
                    candidate.tag
                );
                self.audits.push(Audit::of_package("version-behind", self.history.package, message));
                return;
            }
        }
        // What lies above and was not there says nothing of what lies below.
        self.missing = None;
    }

    /// The highest release up to the current version; not HEAD itself, where the tree is clean.
    pub(super) fn highest<'c>(
        &mut self,
        candidates: &'c [Candidate],
        fact: &mut dyn FnMut(&str) -> TagFact,
    ) -> Option<&'c Candidate> {
        let scheme = &self.history.policy.scheme;
        for candidate in candidates {
            if self.above(&candidate.version) || scheme.is_prerelease(&candidate.version) {
                continue;
            }
            let found = fact(&candidate.tag);
            match self.is_release(candidate, &found) {
                Some(true) => {
                    let itself =
                        found.head && self.history.clean && scheme.compare(&candidate.version, self.current).is_eq();
                    if !itself {
                        self.released = true;
                        return Some(candidate);
                    }
                    self.itself = Some(candidate.tag.clone());
                }
                Some(false) => self.passed_over(candidate, &found),
                // A release that cannot be read could be the baseline: nothing below it is.
                None => {
                    self.released = true;
                    return None;
                }
            }
        }
        None
    }

    /// The highest release above the one that was found that `ignore-releases` names, and named neither there nor in
    /// what was found. It holds until the next release, for users have it; where it has no configuration at all ours
    /// holds, and that it is passed over is told.
    pub(super) fn newly_ignored<'c>(
        &mut self,
        ignored: &'c [Candidate],
        found: Option<&Candidate>,
        fact: &mut dyn FnMut(&str) -> TagFact,
    ) -> Option<&'c Candidate> {
        let policy = self.history.policy;
        let scheme = &policy.scheme;
        let below = found.and_then(|found| fact(&found.tag).ignore_releases).unwrap_or_default();
        let above = |c: &&Candidate| found.is_none_or(|f| scheme.compare(&c.version, &f.version).is_gt());
        for candidate in ignored.iter().filter(above) {
            if self.above(&candidate.version)
                || scheme.is_prerelease(&candidate.version)
                || super::ignored(policy, &below, candidate)
            {
                continue;
            }
            let there = fact(&candidate.tag);
            let itself = there.head && self.history.clean && scheme.compare(&candidate.version, self.current).is_eq();
            // Not to be read, or no release by its manifest: that is what the key is for.
            if itself || manifest_agrees(self.history, candidate, &there) != Some(true) {
                continue;
            }
            let tag = &candidate.tag;
            let (rule, message, holds) = match &there.ignore_releases {
                Some(list) if super::ignored(policy, list, candidate) => continue,
                Some(_) => (
                    "policy-changed",
                    format!("`ignore-releases` names {tag} now, which was released: it holds until the next release"),
                    true,
                ),
                None => ("tag-ignored", format!("the tag {tag} is passed over: `ignore-releases` names it"), false),
            };
            let mut audit = Audit::of_package(rule, self.history.package, message);
            audit.at.clone_from(tag);
            self.audits.push(audit);
            return holds.then_some(candidate);
        }
        None
    }

    /// The highest release above `found` whose tag only `tag-format` as it is now does not read: one that the
    /// configuration there read. Other tags that end with the version of the manifest there are told.
    pub(super) fn newly_unread<'c>(
        &mut self,
        unread: &'c [Candidate],
        found: Option<&Candidate>,
        fact: &mut dyn FnMut(&str) -> TagFact,
    ) -> Option<&'c Candidate> {
        /// At most so many tags are read for this.
        const READ: usize = 16;
        let scheme = &self.history.policy.scheme;
        let above = |c: &&Candidate| found.is_none_or(|f| scheme.compare(&c.version, &f.version).is_gt());
        let in_question = |c: &&Candidate| !self.above(&c.version) && !scheme.is_prerelease(&c.version);
        let candidate = unread.iter().filter(above).filter(in_question).take(READ).find(|candidate| {
            let there = fact(&candidate.tag);
            let itself = there.head && self.history.clean && scheme.compare(&candidate.version, self.current).is_eq();
            // `version-from = "tag"` leaves the format as the only thing that tells.
            !itself && !self.history.version_from_tag && manifest_agrees(self.history, candidate, &there) == Some(true)
        })?;
        let there = fact(&candidate.tag);
        let read_there = Format::all(&there.tag_formats).is_ok_and(|formats| {
            let names = || super::names(self.history);
            let read = |text: &str| super::read(self.history, text).is_some();
            formats.iter().any(|format| names().any(|name| format.version_in(&candidate.tag, name).is_some_and(read)))
        });
        let holds = read_there && there.ignore_releases.is_some();
        let tag = &candidate.tag;
        let (rule, message) = if holds {
            let message = format!(
                "`tag-format` does not read {tag} any more, which was released: it holds until the next release"
            );
            ("policy-changed", message)
        } else {
            (
                "tag-ignored",
                format!("the tag {tag} is passed over: it is in no format, and the manifest there says that version"),
            )
        };
        if holds || found.is_some() {
            let mut audit = Audit::of_package(rule, self.history.package, message);
            audit.at.clone_from(tag);
            self.audits.push(audit);
        }
        holds.then_some(candidate)
    }

    /// What the manifest at a tag that is no release says; `None` where the tag is from before the package was there.
    fn disagreeing(&mut self, candidate: &Candidate, found: &TagFact) -> Option<String> {
        let says = match &found.manifest {
            ManifestFact::Version(text) => format!("the manifest there says {text}"),
            ManifestFact::NoVersion => {
                "the manifest there says no version; `version-from = \"tag\"` takes it from tags".to_owned()
            }
            _ => return None,
        };
        self.disagrees.get_or_insert_with(|| (candidate.tag.clone(), says.clone()));
        Some(says)
    }

    fn passed_over(&mut self, candidate: &Candidate, found: &TagFact) {
        let Some(says) = self.disagreeing(candidate, found) else { return };
        // The highest says it for all.
        if self.audits.iter().any(|a| a.rule == "tag-ignored") {
            return;
        }
        let message = format!("the tag {} is passed over: {says}", candidate.tag);
        let mut audit = Audit::of_package("tag-ignored", self.history.package, message);
        audit.at.clone_from(&candidate.tag);
        self.audits.push(audit);
    }

    /// Higher tags of the repository that the package's own tags win over, though the package had that version there.
    pub(super) fn beside_its_own(
        &mut self,
        chosen: &Candidate,
        others: &[Candidate],
        fact: &mut dyn FnMut(&str) -> TagFact,
    ) {
        let scheme = &self.history.policy.scheme;
        let between = |c: &&Candidate| {
            scheme.compare(&c.version, &chosen.version).is_gt() && scheme.compare(&c.version, self.current).is_lt()
        };
        let found = others.iter().filter(between).find(|c| {
            !scheme.is_prerelease(&c.version) && manifest_agrees(self.history, c, &fact(&c.tag)) == Some(true)
        });
        if let Some(other) = found.filter(|_| !self.audits.iter().any(|a| a.rule == "tag-ignored")) {
            let message = format!(
                "the tag {} is passed over: the package has tags of its own, such as {}",
                other.tag, chosen.tag
            );
            let mut audit = Audit::of_package("tag-ignored", self.history.package, message);
            audit.at.clone_from(&other.tag);
            self.audits.push(audit);
        }
    }

    /// The snapshot of the highest version up to the current one; never from the tree under judgement.
    pub(super) fn snapshot(&self) -> Option<(Version, &SnapshotFact)> {
        let scheme = &self.history.policy.scheme;
        let read = self.history.snapshots.iter().filter(|s| !(s.head && self.history.clean));
        let read = read.filter_map(|s| Some((scheme.parse(&s.version).ok()?, s)));
        let up_to = read.filter(|(v, _)| scheme.compare(v, self.current).is_le() && !scheme.is_prerelease(v));
        // Of several of one version the first given, which was committed first.
        up_to.reduce(|best, next| if scheme.compare(&next.0, &best.0).is_gt() { next } else { best })
    }

    /// What hides a baseline that may be there.
    pub(super) fn refused(&self, candidates: &[Candidate]) -> Result<(), Refusal> {
        let package = self.history.package;
        let refuse =
            |kind, message: String, offers: Vec<String>| Err(Refusal { kind, message, offers, audits: Vec::new() });
        if let Some((tag, why)) = &self.missing {
            let message = format!("`{package}`: the release {tag} cannot be read: {why}");
            let offers = vec![
                format!("git fetch origin tag {tag}"),
                format!("if it is no release: `ignore-releases = [\"{tag}\"]` in `[package.metadata.verpolicy]`"),
            ];
            return refuse(RefusalKind::MissingObject, message, offers);
        }
        if self.history.shallow {
            let message = format!("`{package}`: no release is at hand, and the history is cut off (a shallow clone)");
            return refuse(RefusalKind::Shallow, message, vec!["git fetch --tags --unshallow".to_owned()]);
        }
        if candidates.is_empty()
            && let Some(tag) = self.history.tags.iter().find(|tag| self.unread(tag))
        {
            let message = format!("`{package}`: there are tags such as `{tag}`, and none parses as a version of it");
            let formats =
                "state how they are written: `tag-format = \"…{version}…\"` in `[package.metadata.verpolicy]`";
            return refuse(RefusalKind::UnknownFormat, message, vec![formats.to_owned()]);
        }
        let behind = self.audits.iter().find(|a| a.rule == "version-behind");
        if let Some(audit) = behind {
            let message = format!("`{package}`: {}", audit.message);
            return refuse(RefusalKind::VersionBehind, message, vec!["raise the version".to_owned()]);
        }
        Ok(())
    }

    /// A tag that looks like a version, and is not one of another member.
    fn unread(&self, tag: &str) -> bool {
        let formats = Format::all(&[]).unwrap_or_default();
        let of_other =
            |name: &String| formats.iter().filter(|f| f.names_the_package()).any(|f| f.version_in(tag, name).is_some());
        looks_like_a_version(tag)
            && !self.history.others.iter().any(of_other)
            && !self.history.ignore_releases.iter().any(|g| glob::matches(g, tag))
    }

    /// Why none of the releases serves.
    fn none_up_to(&self, candidates: &[Candidate], offers: Vec<String>) -> Result<Version, Refusal> {
        let package = self.history.package;
        let current = self.history.policy.scheme.render(self.current);
        let scheme = &self.history.policy.scheme;
        // Highest first.
        let lowest_above = candidates.iter().rfind(|candidate| self.above(&candidate.version));
        let (message, offers) = match (&self.itself, lowest_above) {
            (Some(tag), _) => {
                let first = format!(
                    "if it is the first release: `first-release = \"{}\"` in `[package.metadata.verpolicy]`",
                    scheme.render_cargo(self.current)
                );
                let message = format!("`{package}`: HEAD is the release {tag} itself, and none before it is at hand");
                (message, offers.into_iter().chain([first]).collect())
            }
            (None, Some(lowest)) => (
                format!("`{package}`: no release up to {current} is at hand; {} is above it", lowest.tag),
                vec![
                    "raise the version".to_owned(),
                    format!("compare with a release of your choice: `--baseline git:{}`", lowest.tag),
                    "fetch the tags, if there are more: `git fetch --tags`".to_owned(),
                ],
            ),
            (None, None) => (format!("`{package}`: no release up to {current} is at hand"), offers),
        };
        // Of the release that HEAD is, this tree tells everything.
        let kind = if self.itself.is_some() { RefusalKind::NoBaseline } else { RefusalKind::NoneServes };
        Err(Refusal { kind, message, offers, audits: Vec::new() })
    }

    pub(super) fn first_release(&self, candidates: &[Candidate]) -> Result<Version, Refusal> {
        let scheme = &self.history.policy.scheme;
        let package = self.history.package;
        let mut offers = vec![
            "fetch the tags: `git fetch --tags`".to_owned(),
            "take what is published: `baseline = \"registry:latest\"` in `[package.metadata.verpolicy]`".to_owned(),
        ];
        let current = scheme.render(self.current);
        let refuse =
            |message, offers| Err(Refusal { kind: RefusalKind::NoBaseline, message, offers, audits: Vec::new() });
        if self.released || (self.itself.is_some() && self.history.first_release.is_none()) {
            return self.none_up_to(candidates, offers);
        }
        let Some(text) = self.history.first_release else {
            let lead = scheme.render_cargo(&scheme.leads_to(self.current));
            offers.push(format!(
                "if nothing was ever released: `first-release = \"{lead}\"` in `[package.metadata.verpolicy]`"
            ));
            let mut message = format!("`{package}`: no release of it was found to compare {current} with");
            if let Some((tag, says)) = &self.disagrees {
                let _ = write!(message, ": {tag} is passed over, for {says}");
                offers.insert(0, format!("if such tags are releases: {FROM_TAGS}"));
            }
            return refuse(message, offers);
        };
        let first = scheme.parse(text).map_err(|error| Refusal {
            kind: RefusalKind::BadConfiguration,
            message: format!("`first-release`: {error}"),
            offers: Vec::new(),
            audits: Vec::new(),
        })?;
        if scheme.compare(&scheme.leads_to(self.current), &first) != Ordering::Equal {
            let message = format!(
                "`{package}`: `first-release = \"{text}\"` no longer holds: the version is {current}, and no release was found"
            );
            return refuse(message, offers);
        }
        Ok(first)
    }
}

/// Does the manifest there say the tag's version? `None` where it cannot be read.
pub(super) fn manifest_agrees(history: &History<'_>, candidate: &Candidate, fact: &TagFact) -> Option<bool> {
    if history.version_from_tag {
        return Some(true);
    }
    let scheme = &history.policy.scheme;
    match &fact.manifest {
        ManifestFact::Version(text) => Some(scheme.parse(text).is_ok_and(|v| {
            scheme.compare(&v, &candidate.version).is_eq() || cargo_equal(scheme, &v, &candidate.version)
        })),
        ManifestFact::NoVersion | ManifestFact::NoPackage => Some(false),
        ManifestFact::Missing(_) => None,
    }
}

/// Cargo cannot hold what the two differ in.
fn cargo_equal(scheme: &Scheme, manifest: &Version, tag: &Version) -> bool {
    let bare = |v: &Version| {
        let text = scheme.render_cargo(v);
        text.split('+').next().unwrap_or_default().to_owned()
    };
    manifest.label.is_none() && tag.label.is_some() && bare(manifest) == bare(tag)
}
