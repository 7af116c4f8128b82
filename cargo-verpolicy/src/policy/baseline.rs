//! Which release a package is compared with, from the tags and snapshots of its history. A pure function; what a tag
//! holds is asked for only where it matters.

use super::audit::Audit;
use super::tag::{Format, looks_like_a_version};
use super::version::{Version, VersionError};
use super::{Policy, glob};
use std::cmp::Ordering;

/// What the choice is made from.
#[derive(Clone, Copy, Debug)]
pub struct History<'a> {
    /// Package name.
    pub package: &'a str,
    /// Names of the other members, whose tags are not ours.
    pub others: &'a [String],
    /// The policy that reads versions.
    pub policy: &'a Policy,
    /// The current version as written: `--release V`'s, else the manifest's.
    pub current: Option<&'a str>,
    /// `--release V` gave it.
    pub current_given: bool,
    /// Names of all tags, without `refs/tags/`.
    pub tags: &'a [String],
    /// The work tree is HEAD's, nothing changed.
    pub clean: bool,
    /// History is cut off.
    pub shallow: bool,
    /// Snapshots of this package as first committed, along HEAD's first parents.
    pub snapshots: &'a [SnapshotFact],
    /// `tag-format`; empty for the usual ones.
    pub tag_formats: &'a [String],
    /// `previous-names`
    pub previous_names: &'a [String],
    /// `ignore-releases`: versions, tags or globs over tags.
    pub ignore_releases: &'a [String],
    /// `version-from = "tag"`
    pub version_from_tag: bool,
    /// `first-release`
    pub first_release: Option<&'a str>,
}

/// A snapshot in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotFact {
    /// The version that it is of, as written.
    pub version: String,
    /// The commit that brought it, as an id.
    pub commit: String,
    /// That commit is HEAD.
    pub head: bool,
}

/// What a tag holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagFact {
    /// The package there, under its present or a previous name.
    pub manifest: ManifestFact,
    /// It is HEAD or an ancestor of HEAD.
    pub ancestor: bool,
    /// It is HEAD.
    pub head: bool,
}

/// A package's manifest at a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManifestFact {
    /// Its version, as written.
    Version(String),
    /// It states none.
    NoVersion,
    /// The package is not there.
    NoPackage,
    /// Git lacks an object: which, and why.
    Missing(String),
}

/// What to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The release under this tag.
    Tag(String),
    /// The snapshot that this commit brought.
    Snapshot(String),
    /// Nothing: the first release is being made.
    FirstRelease,
}

/// The choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What to compare with.
    pub baseline: Baseline,
    /// Its version, as the policy writes it.
    pub version: String,
    /// The version under judgement, as written.
    pub current: String,
    /// `tag-ignored`, `version-behind`.
    pub audits: Vec<Audit>,
    /// Why this one, for people.
    pub why: String,
}

/// Why there is no baseline, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// Which kind.
    pub kind: RefusalKind,
    /// One sentence.
    pub message: String,
    /// What to do, best first.
    pub offers: Vec<String>,
}

/// Kinds of refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RefusalKind {
    /// The current version is missing or none of the policy's.
    BadVersion,
    /// A configured format or first release is wrong.
    BadConfiguration,
    /// Nothing was found.
    NoBaseline,
    /// Tags look like versions and parse in no format.
    UnknownFormat,
    /// History is cut off.
    Shallow,
    /// An object is not there.
    MissingObject,
    /// Every release is above the current version.
    VersionBehind,
}

/// A tag and the version that it names.
struct Candidate {
    tag: String,
    version: Version,
}

/// Chooses the baseline of `check`.
///
/// # Errors
/// There is none, or it cannot be told; says what to do.
pub fn choose(history: &History<'_>, fact: &mut dyn FnMut(&str) -> TagFact) -> Result<Choice, Refusal> {
    let scheme = &history.policy.scheme;
    let mut candidates = candidates(history)?;
    candidates.sort_by(|a, b| scheme.compare(&b.version, &a.version).then_with(|| a.tag.cmp(&b.tag)));
    let current = current(history, &candidates, fact)?;
    let mut search = Search { history, current: &current, audits: Vec::new(), released: false, missing: None };
    search.behind(&candidates, fact);
    let found = search.highest(&candidates, fact);
    let text = history.current.filter(|_| !history.version_from_tag || history.current_given);
    let text = text.map_or_else(|| scheme.render(&current), str::to_owned);
    let chosen = |baseline, version: &Version, audits, why| {
        // A release that the manifest cannot tell from the current version: nothing is declared yet.
        let ahead = scheme.compare(version, &current) == Ordering::Greater && baseline != Baseline::FirstRelease;
        let text = if ahead { scheme.render(version) } else { text.clone() };
        Ok(Choice { baseline, version: scheme.render(version), current: text, audits, why })
    };
    if let Some(candidate) = found {
        let why = format!("the highest release up to {}", scheme.render(&current));
        return chosen(Baseline::Tag(candidate.tag.clone()), &candidate.version, search.audits, why);
    }
    if let Some((version, snapshot)) = search.snapshot() {
        let why = "no tag is a release of this package: the committed snapshot serves".to_owned();
        return chosen(Baseline::Snapshot(snapshot.commit.clone()), &version, search.audits, why);
    }
    search.refused(&candidates)?;
    let first = search.first_release()?;
    chosen(Baseline::FirstRelease, &first, search.audits, "nothing was ever released".to_owned())
}

/// Tags that parse as versions of this package; those in a format with the package's name win.
fn candidates(history: &History<'_>) -> Result<Vec<Candidate>, Refusal> {
    let formats = Format::all(history.tag_formats).map_err(|message| Refusal {
        kind: RefusalKind::BadConfiguration,
        message,
        offers: vec!["write it as in `tag-format = \"{package}-v{version}\"`".to_owned()],
    })?;
    let mut own = Vec::new();
    let mut plain = Vec::new();
    for tag in history.tags {
        for format in &formats {
            let names = std::iter::once(history.package).chain(history.previous_names.iter().map(String::as_str));
            let read = names.filter_map(|name| format.version_in(tag, name)).find_map(|text| read(history, text));
            if let Some(version) = read {
                let list = if format.names_the_package() { &mut own } else { &mut plain };
                list.push(Candidate { tag: tag.clone(), version });
                break;
            }
        }
    }
    // Where the package has tags of its own, a plain one speaks of it only from before there were any.
    let scheme = &history.policy.scheme;
    if let Some(lowest) = own.iter().map(|c| c.version.clone()).min_by(|a, b| scheme.compare(a, b)) {
        plain.retain(|c| scheme.compare(&c.version, &lowest).is_lt());
    }
    own.append(&mut plain);
    own.retain(|c| !ignored(history, c));
    Ok(own)
}

fn read(history: &History<'_>, text: &str) -> Option<Version> {
    history.policy.scheme.parse(text).ok()
}

fn ignored(history: &History<'_>, candidate: &Candidate) -> bool {
    let scheme = &history.policy.scheme;
    history.ignore_releases.iter().any(|listed| {
        glob::matches(listed, &candidate.tag)
            || scheme.parse(listed).is_ok_and(|v| scheme.compare(&v, &candidate.version) == Ordering::Equal)
    })
}

/// The version under judgement.
fn current(
    history: &History<'_>,
    candidates: &[Candidate],
    fact: &mut dyn FnMut(&str) -> TagFact,
) -> Result<Version, Refusal> {
    if history.version_from_tag && !history.current_given {
        let ancestor = candidates.iter().find(|c| fact(&c.tag).ancestor);
        return ancestor.map(|c| c.version.clone()).ok_or_else(|| Refusal {
            kind: RefusalKind::BadVersion,
            message: format!("`{}` takes its version from tags, and no ancestor of HEAD has one", history.package),
            offers: vec!["git fetch --tags --unshallow".to_owned(), "give the version: `check --release V`".to_owned()],
        });
    }
    let Some(text) = history.current else {
        return Err(Refusal {
            kind: RefusalKind::BadVersion,
            message: format!("`{}` has no version", history.package),
            offers: vec![
                "state `package.version`".to_owned(),
                "take it from tags: `version-from = \"tag\"` in `[package.metadata.verpolicy]`".to_owned(),
            ],
        });
    };
    history.policy.scheme.parse(text).map_err(|error: VersionError| Refusal {
        kind: RefusalKind::BadVersion,
        message: format!("`{}`: {error}", history.package),
        offers: Vec::new(),
    })
}

struct Search<'a> {
    history: &'a History<'a>,
    current: &'a Version,
    audits: Vec<Audit>,
    /// Some tag is, or may be, a release.
    released: bool,
    missing: Option<(String, String)>,
}

impl Search<'_> {
    /// Does this tag's manifest make it a release? `None` where that cannot be told.
    fn is_release(&mut self, candidate: &Candidate, fact: &TagFact) -> Option<bool> {
        if self.history.version_from_tag {
            return Some(true);
        }
        match &fact.manifest {
            ManifestFact::Version(text) => {
                let scheme = &self.history.policy.scheme;
                Some(scheme.parse(text).is_ok_and(|v| {
                    scheme.compare(&v, &candidate.version).is_eq() || cargo_equal(scheme, &v, &candidate.version)
                }))
            }
            ManifestFact::NoVersion | ManifestFact::NoPackage => Some(false),
            ManifestFact::Missing(why) => {
                self.missing.get_or_insert_with(|| (candidate.tag.clone(), why.clone()));
                None
            }
        }
    }

    /// Above the current version, also as Cargo tells them apart.
    fn above(&self, version: &Version) -> bool {
        let scheme = &self.history.policy.scheme;
        scheme.compare(version, self.current) == Ordering::Greater && !cargo_equal(scheme, self.current, version)
    }

    /// An ancestor release above the current version.
    fn behind(&mut self, candidates: &[Candidate], fact: &mut dyn FnMut(&str) -> TagFact) {
        let scheme = &self.history.policy.scheme;
        for candidate in candidates {
            if !self.above(&candidate.version) {
                continue;
            }
            self.released = true;
            if scheme.is_prerelease(&candidate.version) {
                continue;
            }
            let found = fact(&candidate.tag);
            if found.ancestor && self.is_release(candidate, &found) == Some(true) {
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
    fn highest<'c>(
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
                    self.released = true;
                    let itself =
                        found.head && self.history.clean && scheme.compare(&candidate.version, self.current).is_eq();
                    if !itself {
                        return Some(candidate);
                    }
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

    fn passed_over(&mut self, candidate: &Candidate, found: &TagFact) {
        let says = match &found.manifest {
            ManifestFact::Version(text) => format!("the manifest there says {text}"),
            ManifestFact::NoVersion => "the manifest there says no version".to_owned(),
            // A tag of the repository from before the package was there.
            _ => return,
        };
        // The highest says it for all.
        if self.audits.iter().any(|a| a.rule == "tag-ignored") {
            return;
        }
        let message = format!("the tag {} is passed over: {says}", candidate.tag);
        let mut audit = Audit::of_package("tag-ignored", self.history.package, message);
        audit.at.clone_from(&candidate.tag);
        self.audits.push(audit);
    }

    /// The snapshot of the highest version up to the current one; never from the tree under judgement.
    fn snapshot(&self) -> Option<(Version, &SnapshotFact)> {
        let scheme = &self.history.policy.scheme;
        let read = self.history.snapshots.iter().filter(|s| !(s.head && self.history.clean));
        let read = read.filter_map(|s| Some((scheme.parse(&s.version).ok()?, s)));
        let up_to = read.filter(|(v, _)| scheme.compare(v, self.current).is_le() && !scheme.is_prerelease(v));
        // Of several of one version the first given, which was committed first.
        up_to.reduce(|best, next| if scheme.compare(&next.0, &best.0).is_gt() { next } else { best })
    }

    /// What hides a baseline that may be there.
    fn refused(&self, candidates: &[Candidate]) -> Result<(), Refusal> {
        let package = self.history.package;
        let refuse = |kind, message: String, offers: Vec<String>| Err(Refusal { kind, message, offers });
        if let Some((tag, why)) = &self.missing {
            let message = format!("`{package}`: the release {tag} cannot be read: {why}");
            return refuse(RefusalKind::MissingObject, message, vec![format!("git fetch origin tag {tag}")]);
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

    fn first_release(&self) -> Result<Version, Refusal> {
        let scheme = &self.history.policy.scheme;
        let package = self.history.package;
        let mut offers = vec![
            "fetch the tags: `git fetch --tags`".to_owned(),
            "take what is published: `baseline = \"registry:latest\"` in `[package.metadata.verpolicy]`".to_owned(),
        ];
        let current = scheme.render(self.current);
        let refuse = |message, offers| Err(Refusal { kind: RefusalKind::NoBaseline, message, offers });
        if self.released {
            return refuse(format!("`{package}`: no release up to {current} is at hand"), offers);
        }
        let Some(text) = self.history.first_release else {
            let lead = scheme.render_cargo(&scheme.leads_to(self.current));
            offers.push(format!(
                "if nothing was ever released: `first-release = \"{lead}\"` in `[package.metadata.verpolicy]`"
            ));
            return refuse(format!("`{package}`: no release of it was found to compare {current} with"), offers);
        };
        let first = scheme.parse(text).map_err(|error| Refusal {
            kind: RefusalKind::BadConfiguration,
            message: format!("`first-release`: {error}"),
            offers: Vec::new(),
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

/// Cargo cannot hold what the two differ in.
fn cargo_equal(scheme: &super::version::Scheme, manifest: &Version, tag: &Version) -> bool {
    let bare = |v: &Version| {
        let text = scheme.render_cargo(v);
        text.split('+').next().unwrap_or_default().to_owned()
    };
    manifest.label.is_none() && tag.label.is_some() && bare(manifest) == bare(tag)
}

#[cfg(test)]
mod tests {
    use super::super::built_in;
    use super::*;

    struct Repo {
        package: &'static str,
        policy: &'static str,
        current: Option<&'static str>,
        given: bool,
        /// Name, manifest (`-` no package, `?` missing object), `a` ancestor, `h` HEAD.
        tags: Vec<(&'static str, &'static str, &'static str)>,
        clean: bool,
        shallow: bool,
        snapshots: Vec<SnapshotFact>,
        formats: Vec<String>,
        previous: Vec<String>,
        ignore: Vec<String>,
        from_tag: bool,
        first: Option<&'static str>,
    }

    fn repo(current: &'static str, tags: &[(&'static str, &'static str, &'static str)]) -> Repo {
        Repo {
            package: "p",
            policy: "semver",
            current: Some(current),
            given: false,
            tags: tags.to_vec(),
            clean: true,
            shallow: false,
            snapshots: Vec::new(),
            formats: Vec::new(),
            previous: Vec::new(),
            ignore: Vec::new(),
            from_tag: false,
            first: None,
        }
    }

    impl Repo {
        fn choose(&self) -> Result<Choice, Refusal> {
            let policy = built_in(self.policy).unwrap().unwrap();
            let tags: Vec<String> = self.tags.iter().map(|t| t.0.to_owned()).collect();
            let history = History {
                package: self.package,
                others: &["q".to_owned()],
                policy: &policy,
                current: self.current,
                current_given: self.given,
                tags: &tags,
                clean: self.clean,
                shallow: self.shallow,
                snapshots: &self.snapshots,
                tag_formats: &self.formats,
                previous_names: &self.previous,
                ignore_releases: &self.ignore,
                version_from_tag: self.from_tag,
                first_release: self.first,
            };
            choose(&history, &mut |tag| {
                let (_, manifest, flags) = self.tags.iter().find(|t| t.0 == tag).unwrap();
                let manifest = match *manifest {
                    "-" => ManifestFact::NoPackage,
                    "?" => ManifestFact::Missing("a blob is not there".to_owned()),
                    "" => ManifestFact::NoVersion,
                    version => ManifestFact::Version(version.to_owned()),
                };
                TagFact { manifest, ancestor: flags.contains('a'), head: flags.contains('h') }
            })
        }

        fn tag(&self) -> String {
            match self.choose() {
                Ok(Choice { baseline: Baseline::Tag(tag), .. }) => tag,
                other => format!("{other:?}"),
            }
        }

        fn refusal(&self) -> Refusal {
            self.choose().unwrap_err()
        }
    }

    #[test]
    fn the_highest_release_up_to_the_current_version() {
        let tags =
            [("v1.2.3", "1.2.3", "a"), ("v1.2.4", "1.2.4", "a"), ("v1.3.0", "1.3.0", ""), ("v1.10.0", "1.10.0", "")];
        assert_eq!(repo("1.2.4", &tags).tag(), "v1.2.4", "bump at release: the version is still that of the last one");
        assert_eq!(repo("1.2.5", &tags).tag(), "v1.2.4", "hotfix branch from an old tag");
        assert_eq!(repo("1.11.0", &tags).tag(), "v1.10.0", "in the policy's order");
        assert_eq!(repo("1.3.0-rc.1", &tags).tag(), "v1.2.4", "a pre-release is before its release");
        let tags = [("v1.2.4", "1.2.4", "a"), ("v1.3.0-rc.1", "1.3.0-rc.1", "a")];
        assert_eq!(repo("1.3.0-rc.2", &tags).tag(), "v1.2.4", "pre-releases excluded");
    }

    #[test]
    fn head_itself_is_not_its_own_baseline() {
        let tags = [("v1.2.3", "1.2.3", "a"), ("v1.2.4", "1.2.4", "ah")];
        let mut r = repo("1.2.4", &tags);
        assert_eq!(r.tag(), "v1.2.3");
        r.clean = false;
        assert_eq!(r.tag(), "v1.2.4");
    }

    #[test]
    fn a_tag_is_a_release_only_if_the_manifest_says_so() {
        let tags = [("v1.2.3", "1.2.3", "a"), ("v1.2.4", "1.2.3", "a"), ("v1.2.5", "-", "a")];
        let choice = repo("1.3.0", &tags).choose().unwrap();
        assert_eq!((choice.baseline, choice.version.as_str()), (Baseline::Tag("v1.2.3".to_owned()), "1.2.3"));
        let audits: Vec<_> = choice.audits.iter().map(|a| (a.rule, a.at.as_str())).collect();
        assert_eq!(audits, [("tag-ignored", "v1.2.4")], "a package that was not there yet is no reason to warn");
        // … unless the version is the tag's.
        let mut r = repo("0.0.0", &[("v1.2.3", "0.0.0", "a"), ("v1.2.4", "0.0.0", "ah"), ("v2.0.0", "0.0.0", "")]);
        r.from_tag = true;
        let choice = r.choose().unwrap();
        assert_eq!((choice.baseline, choice.current.as_str()), (Baseline::Tag("v1.2.3".to_owned()), "1.2.4"));
        (r.current, r.given) = (Some("1.3.0"), true);
        let choice = r.choose().unwrap();
        assert_eq!((choice.baseline, choice.current.as_str()), (Baseline::Tag("v1.2.4".to_owned()), "1.3.0"));
        // Precedence in what Cargo treats as equal goes by tags.
        let mut r = repo("1.1.9", &[("v1.1.9", "1.1.9", "a"), ("v1.1.9.security1", "1.1.9", "a")]);
        (r.policy, r.current) = ("soundstorm", Some("1.1.10"));
        assert_eq!(r.tag(), "v1.1.9.security1");
        r.current = Some("1.1.9");
        let choice = r.choose().unwrap();
        assert_eq!((choice.baseline, choice.audits.len()), (Baseline::Tag("v1.1.9.security1".to_owned()), 0));
        assert_eq!(choice.current, "v1.1.9.security1", "pending, not behind");
    }

    #[test]
    fn formats() {
        for tag in ["p-v1.2.3", "p-1.2.3", "p@1.2.3", "p/v1.2.3", "v1.2.3", "1.2.3"] {
            assert_eq!(repo("1.3.0", &[(tag, "1.2.3", "a")]).tag(), tag);
        }
        // The package's own win; a plain one counts from before there were any.
        let tags = [("p-v1.1.0", "1.1.0", "a"), ("v1.2.0", "1.2.0", "a"), ("v1.0.0", "1.0.0", "a")];
        assert_eq!(repo("1.3.0", &tags).tag(), "p-v1.1.0");
        assert_eq!(repo("1.0.1", &tags).tag(), "v1.0.0");
        let mut r = repo("1.3.0", &[("rel_1.2.0", "1.2.0", "a"), ("v1.2.9", "1.2.9", "a")]);
        r.formats = vec!["rel_{version}".to_owned()];
        assert_eq!(r.tag(), "rel_1.2.0", "the configured format only");
        r.formats = vec!["rel".to_owned()];
        assert_eq!(r.refusal().kind, RefusalKind::BadConfiguration);
        let mut r = repo("1.3.0", &[("old-v1.2.0", "1.2.0", "a")]);
        r.previous = vec!["old".to_owned()];
        assert_eq!(r.tag(), "old-v1.2.0");
        let mut r = repo("1.3.0", &[("v1.2.0", "1.2.0", "a"), ("v1.1.0", "1.1.0", "a"), ("v1.0.0", "1.0.0", "a")]);
        r.ignore = vec!["1.2.0".to_owned(), "v1.1.*".to_owned()];
        assert_eq!(r.tag(), "v1.0.0");
    }

    #[test]
    fn an_ancestor_above_is_behind() {
        let tags = [("v1.2.3", "1.2.3", "a"), ("v1.3.0", "1.3.0", "a")];
        let choice = repo("1.2.4", &tags).choose().unwrap();
        assert_eq!(choice.audits[0].rule, "version-behind");
        assert_eq!(repo("1.2.4", &[("v1.3.0", "1.3.0", "a")]).refusal().kind, RefusalKind::VersionBehind);
        let choice = repo("1.2.4", &[("v1.2.3", "1.2.3", "a"), ("v1.3.0", "1.3.0", "")]).choose().unwrap();
        assert!(choice.audits.is_empty(), "a release on another branch");
    }

    #[test]
    fn nothing_found() {
        let refusal = repo("0.1.0", &[]).refusal();
        assert_eq!(refusal.kind, RefusalKind::NoBaseline);
        let offers: Vec<&str> = refusal.offers.iter().map(|o| o.split(':').next().unwrap()).collect();
        assert_eq!(offers, ["fetch the tags", "take what is published", "if nothing was ever released"]);
        let refusal = repo("1.2.0", &[("v1.3.0", "1.3.0", "")]).refusal();
        assert_eq!((refusal.kind, refusal.offers.len()), (RefusalKind::NoBaseline, 2), "something was released");
        let mut r = repo("0.1.0-alpha.1", &[]);
        r.first = Some("0.1.0");
        assert_eq!(r.choose().unwrap().baseline, Baseline::FirstRelease);
        r.current = Some("0.2.0");
        assert!(r.refusal().message.contains("no longer holds"));
        (r.current, r.tags) = (Some("0.1.0"), vec![("v0.1.0", "0.1.0", "a")]);
        assert_eq!(r.tag(), "v0.1.0", "a release is the end of the first one");
    }

    #[test]
    fn what_hides_a_baseline() {
        assert_eq!(repo("1.0.0", &[("release_0.9", "0.9.0", "a")]).refusal().kind, RefusalKind::UnknownFormat);
        assert_eq!(repo("1.0.0", &[("nightly", "0.9.0", "a")]).refusal().kind, RefusalKind::NoBaseline);
        assert_eq!(
            repo("1.0.0", &[("q-v0.9.0", "-", "a")]).refusal().kind,
            RefusalKind::NoBaseline,
            "another member's"
        );
        let mut r = repo("1.0.0", &[]);
        r.shallow = true;
        r.first = Some("1.0.0");
        assert_eq!(r.refusal().kind, RefusalKind::Shallow);
        let missing = repo("1.3.0", &[("v1.2.0", "?", "a"), ("v1.1.0", "1.1.0", "a")]).refusal();
        assert_eq!(
            (missing.kind, missing.offers[0].as_str()),
            (RefusalKind::MissingObject, "git fetch origin tag v1.2.0")
        );
        assert_eq!(repo("x", &[]).refusal().kind, RefusalKind::BadVersion);
    }

    #[test]
    fn a_snapshot_serves() {
        let snapshot = |version: &str, commit: &str, head| SnapshotFact {
            version: version.to_owned(),
            commit: commit.to_owned(),
            head,
        };
        let mut r = repo("1.3.0", &[]);
        r.shallow = true;
        r.snapshots = vec![
            snapshot("1.2.0", "b", false),
            snapshot("1.1.0", "a", false),
            snapshot("1.4.0", "d", false),
            snapshot("1.3.0", "c", true),
        ];
        assert_eq!(r.choose().unwrap().baseline, Baseline::Snapshot("b".to_owned()));
        r.clean = false;
        assert_eq!(r.choose().unwrap().baseline, Baseline::Snapshot("c".to_owned()));
        r.tags = vec![("v1.0.0", "1.0.0", "a")];
        assert_eq!(r.tag(), "v1.0.0", "tags come first");
    }
}
