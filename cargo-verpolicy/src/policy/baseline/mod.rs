//! Which release a package is compared with, from the tags and snapshots of its history. A pure function; what a tag
//! holds is asked for only where it matters.

mod search;

use super::audit::Audit;
use super::tag::Format;
use super::version::{Version, VersionError};
use super::{Policy, glob};
use search::{Search, manifest_agrees};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Where the file stood there.
    pub path: String,
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
    /// `ignore-releases` of the configuration there; `None` where it has no configuration.
    pub ignore_releases: Option<Vec<String>>,
    /// `tag-format` of the configuration there; empty for the usual ones.
    pub tag_formats: Vec<String>,
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
    /// The snapshot that a commit brought.
    Snapshot {
        /// The commit's id.
        commit: String,
        /// Where the file stood there.
        path: String,
    },
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
    /// What was noticed on the way.
    pub audits: Vec<Audit>,
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
    /// There are releases, and none of them serves.
    NoneServes,
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

/// The tags that parse as versions of a package.
#[derive(Default)]
struct Candidates {
    /// Its own, or those of the repository.
    own: Vec<Candidate>,
    /// Those of the repository that its own win over.
    beside: Vec<Candidate>,
    /// Those that `ignore-releases` names.
    ignored: Vec<Candidate>,
    /// Those that end with a version and are in no format.
    unread: Vec<Candidate>,
}

/// Chooses the baseline of `check`.
///
/// # Errors
/// There is none, or it cannot be told; says what to do.
pub fn choose(history: &History<'_>, fact: &mut dyn FnMut(&str) -> TagFact) -> Result<Choice, Refusal> {
    let scheme = &history.policy.scheme;
    let Candidates { own: mut candidates, beside: others, mut ignored, mut unread } = candidates(history)?;
    let highest_first =
        |a: &Candidate, b: &Candidate| scheme.compare(&b.version, &a.version).then_with(|| a.tag.cmp(&b.tag));
    candidates.sort_by(highest_first);
    ignored.sort_by(highest_first);
    unread.sort_by(highest_first);
    let current = current(history, &candidates, fact)?;
    let mut search = Search {
        history,
        current: &current,
        audits: Vec::new(),
        released: false,
        missing: None,
        itself: None,
        disagrees: None,
    };
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
    if let Some(candidate) = search.newly_ignored(&ignored, found, fact) {
        let why = format!("`ignore-releases` named {} only after it was released", candidate.tag);
        return chosen(Baseline::Tag(candidate.tag.clone()), &candidate.version, search.audits, why);
    }
    if let Some(candidate) = search.newly_unread(&unread, found, fact) {
        let why = format!("`tag-format` left out {} only after it was released", candidate.tag);
        return chosen(Baseline::Tag(candidate.tag.clone()), &candidate.version, search.audits, why);
    }
    if let Some(candidate) = found {
        search.beside_its_own(candidate, &others, fact);
        let why = format!("the highest release up to {}", scheme.render(&current));
        return chosen(Baseline::Tag(candidate.tag.clone()), &candidate.version, search.audits, why);
    }
    if let Some((version, snapshot)) = search.snapshot() {
        let why = "no tag is a release of this package: the committed snapshot serves".to_owned();
        let (commit, path) = (snapshot.commit.clone(), snapshot.path.clone());
        return chosen(Baseline::Snapshot { commit, path }, &version, search.audits, why);
    }
    let first = search.refused(&candidates).and_then(|()| search.first_release(&candidates));
    let first = first.map_err(|refusal| Refusal { audits: search.audits.clone(), ..refusal })?;
    chosen(Baseline::FirstRelease, &first, search.audits, "nothing was ever released".to_owned())
}

/// The tags of the releases that marks name ([`named_releases`](super::named_releases)) and of the one before each, by
/// version as the policy writes it. What cannot be read is left out.
#[must_use]
pub fn named(
    history: &History<'_>,
    wanted: &BTreeSet<String>,
    fact: &mut dyn FnMut(&str) -> TagFact,
) -> BTreeMap<String, String> {
    let scheme = &history.policy.scheme;
    let mut candidates = candidates(history).unwrap_or_default().own;
    candidates.retain(|c| history.policy.is_api_release(&c.version));
    candidates.sort_by(|a, b| scheme.compare(&b.version, &a.version).then_with(|| a.tag.cmp(&b.tag)));
    let mut out = BTreeMap::new();
    for text in wanted {
        let Ok(version) = scheme.parse_loose(text) else { continue };
        let upto = candidates.iter().filter(|c| scheme.compare(&c.version, &version).is_le());
        let releases = upto.filter(|c| manifest_agrees(history, c, &fact(&c.tag)).unwrap_or(false));
        let mut found: Vec<&Candidate> = Vec::new();
        for candidate in releases {
            let exact = scheme.compare(&candidate.version, &version).is_eq();
            if found.is_empty() && !exact {
                break;
            }
            if found.iter().any(|f| scheme.compare(&f.version, &candidate.version).is_eq()) {
                continue;
            }
            found.push(candidate);
            if !exact {
                break;
            }
        }
        out.extend(found.into_iter().map(|c| (scheme.render(&c.version), c.tag.clone())));
    }
    out
}

/// The package's tags that are no pre-releases, lowest first.
fn finals(history: &History<'_>) -> Result<Vec<Candidate>, Refusal> {
    let scheme = &history.policy.scheme;
    let mut candidates = candidates(history)?.own;
    candidates.retain(|c| scheme.compare(&scheme.leads_to(&c.version), &c.version).is_eq());
    candidates.sort_by(|a, b| scheme.compare(&a.version, &b.version).then_with(|| a.tag.cmp(&b.tag)));
    Ok(candidates)
}

/// The releases of the package that tags name, lowest first: the version as the policy writes it, and the tag.
/// Pre-releases are left out, and tags at which the manifest says another version.
///
/// # Errors
/// A configured tag format is wrong.
pub fn releases(
    history: &History<'_>,
    fact: &mut dyn FnMut(&str) -> TagFact,
) -> Result<Vec<(String, String)>, Refusal> {
    let scheme = &history.policy.scheme;
    let mut candidates = finals(history)?;
    candidates.retain(|c| manifest_agrees(history, c, &fact(&c.tag)).unwrap_or(false));
    candidates.dedup_by(|next, before| scheme.compare(&next.version, &before.version).is_eq());
    Ok(candidates.into_iter().map(|c| (scheme.render(&c.version), c.tag)).collect())
}

/// Tags that parse as releases of the package and at which its manifest says another version: the tag and that version,
/// lowest first.
///
/// # Errors
/// A configured tag format is wrong.
pub fn passed_over(
    history: &History<'_>,
    fact: &mut dyn FnMut(&str) -> TagFact,
) -> Result<Vec<(String, String)>, Refusal> {
    let candidates = finals(history)?;
    let says_another = |candidate: Candidate| {
        let fact = fact(&candidate.tag);
        match (manifest_agrees(history, &candidate, &fact), fact.manifest) {
            (Some(false), ManifestFact::Version(version)) => Some((candidate.tag, version)),
            _ => None,
        }
    };
    Ok(candidates.into_iter().filter_map(says_another).collect())
}

/// Tags that parse as versions of this package; those in a format with the package's name win, and what they win over
/// comes apart.
fn candidates(history: &History<'_>) -> Result<Candidates, Refusal> {
    let formats = Format::all(history.tag_formats).map_err(|message| Refusal {
        kind: RefusalKind::BadConfiguration,
        message,
        offers: vec!["write it as in `tag-format = \"{package}-v{version}\"`".to_owned()],
        audits: Vec::new(),
    })?;
    let mut own = Vec::new();
    let mut plain = Vec::new();
    let mut unread = Vec::new();
    for tag in history.tags {
        let found = formats.iter().find_map(|format| {
            let found = names(history).find_map(|name| {
                let text = format.version_in(tag, name)?;
                // A name in full stands alone: in `vanilla-…` no `v` precedes the version of an `anilla`.
                let version = read(history, text).filter(|v| v.qualifier.artifact.is_empty() || text == tag)?;
                Some((name, version))
            });
            found.map(|(name, version)| (format, name, version))
        });
        let Some((format, name, version)) = found else {
            unread.extend(tail_version(history, tag).map(|version| Candidate { tag: tag.clone(), version }));
            continue;
        };
        // The artifact that a version names in full is the package too.
        let named = format.names_the_package() || version.qualifier.artifact == name;
        let list = if named { &mut own } else { &mut plain };
        list.push(Candidate { tag: tag.clone(), version });
    }
    // Where the package has tags of its own, a plain one speaks of it only from before there were any.
    let scheme = &history.policy.scheme;
    let lowest = own.iter().map(|c| c.version.clone()).min_by(|a, b| scheme.compare(a, b));
    let before = |c: &Candidate| lowest.as_ref().is_none_or(|lowest| scheme.compare(&c.version, lowest).is_lt());
    let is_ignored = |c: &Candidate| ignored(history.policy, history.ignore_releases, c);
    let (mut before, beside): (Vec<Candidate>, Vec<Candidate>) = plain.into_iter().partition(before);
    own.append(&mut before);
    let (ignored, own) = own.into_iter().partition(is_ignored);
    let beside = beside.into_iter().filter(|c| !is_ignored(c)).collect();
    Ok(Candidates { own, beside, ignored, unread })
}

/// The names of the package, its present one first.
fn names<'h>(history: &History<'h>) -> impl Iterator<Item = &'h str> {
    std::iter::once(history.package).chain(history.previous_names.iter().map(String::as_str))
}

/// The version with which a tag in no format ends; `None` for tags of other members, and for those that
/// `ignore-releases` names.
fn tail_version(history: &History<'_>, tag: &str) -> Option<Version> {
    let starts = tag.char_indices().filter(|(at, ch)| {
        let before = tag.get(..*at).unwrap_or_default();
        ch.is_ascii_digit() && !before.ends_with(|before: char| before.is_ascii_digit() || before == '.')
    });
    let version = starts.filter_map(|(at, _)| tag.get(at..)).find_map(|text| read(history, text))?;
    let is_ignored =
        ignored(history.policy, history.ignore_releases, &Candidate { tag: tag.to_owned(), version: version.clone() });
    let of_other = history.others.iter().any(|other| tag.starts_with(other.as_str()));
    (!is_ignored && !of_other).then_some(version)
}

fn read(history: &History<'_>, text: &str) -> Option<Version> {
    history.policy.scheme.parse(text).ok()
}

fn ignored(policy: &Policy, list: &[String], candidate: &Candidate) -> bool {
    let scheme = &policy.scheme;
    list.iter().any(|listed| {
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
        let ancestor = candidates.iter().find(|c| fact(&c.tag).ancestor).map(|c| c.version.clone());
        // Before the first tag the version is that of the first release.
        let first = || history.policy.scheme.parse(history.first_release.filter(|_| candidates.is_empty())?).ok();
        return ancestor.or_else(first).ok_or_else(|| Refusal {
            kind: RefusalKind::BadVersion,
            message: format!("`{}` takes its version from tags, and no ancestor of HEAD has one", history.package),
            offers: vec!["git fetch --tags --unshallow".to_owned(), "give the version: `check --release V`".to_owned()],
            audits: Vec::new(),
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
            audits: Vec::new(),
        });
    };
    history.policy.scheme.parse(text).map_err(|error: VersionError| Refusal {
        kind: RefusalKind::BadVersion,
        message: format!("`{}`: {error}", history.package),
        offers: Vec::new(),
        audits: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
