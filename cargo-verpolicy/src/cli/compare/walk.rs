//! All release tags, each read once: for `history`, which judges them, and for `init` and `--fix`, which ask in which
//! release an endpoint appeared.

use super::baseline::{FromTags, Past};
use super::{Current, Mode, Old, Run};
use crate::cli::args::{Judging, Scope};
use crate::cli::failure::Failure;
use crate::cli::follow::{self, Reading};
use crate::cli::list;
use crate::cli::output;
use crate::cli::progress::Progress;
use crate::cli::settings::Settings;
use crate::cli::world::{From, Side};
use crate::extract::{MarkError, Marking, Unresolved};
use crate::model::{Endpoint, EndpointKey, EndpointSet, Stability};
use crate::policy::baseline;
use crate::policy::{self, Appearance, History, PackageHistory, Policy, Release, Services, promised};
use crate::tree::Commit;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One release of a package, read.
pub(super) struct Walked {
    /// As the policy writes it.
    pub(super) version: String,
    /// Its endpoints, under the package's present name.
    pub(super) set: Arc<EndpointSet>,
    tag: String,
    pub(super) commit: Commit,
    side: Side,
}

impl Walked {
    /// `git:v1.2.0`
    pub(super) fn origin(&self) -> String {
        format!("git:{}", self.tag)
    }
}

/// What a range of `history` keeps: versions or tags, both ends included.
struct Range<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
}

impl<'a> Range<'a> {
    fn parse(text: Option<&'a str>) -> Self {
        let end = |text: &'a str| Some(text).filter(|t| !t.is_empty());
        match text.map(|text| text.split_once("..").unwrap_or((text, ""))) {
            None => Self { from: None, to: None },
            Some((from, to)) => Self { from: end(from), to: end(to.trim_start_matches('.')) },
        }
    }

    /// The releases between both ends, and before them the one that the first is compared with.
    fn of(&self, policy: &Policy, mut releases: Vec<(String, String)>) -> Result<Vec<(String, String)>, Failure> {
        let scheme = &policy.scheme;
        let position = |end: &str, releases: &[(String, String)]| {
            let version = scheme.parse_loose(end).ok().map(|v| scheme.render(&v));
            releases.iter().position(|(v, tag)| tag == end || Some(v) == version.as_ref()).ok_or_else(|| {
                Failure::usage(format!("`{end}` is no release of this package"))
                    .help("write a range as V..V, V.. or ..V, of versions or tags")
            })
        };
        let to = self.to.map(|to| position(to, &releases)).transpose()?;
        let from = self.from.map(|from| position(from, &releases)).transpose()?;
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            return Err(Failure::usage("the range ends before it begins").help("write the older release first"));
        }
        releases.truncate(to.map_or(releases.len(), |to| to + 1));
        releases.drain(..from.unwrap_or(0).saturating_sub(1));
        Ok(releases)
    }

    /// How many of a package's releases were read only because the first is compared with them.
    fn before(&self, policy: &Policy, walked: &[Walked]) -> usize {
        let is_from = |walked: &Walked| {
            self.from.is_some_and(|end| {
                let version = policy.scheme.parse_loose(end).ok().map(|version| policy.scheme.render(&version));
                walked.tag == end || Some(&walked.version) == version.as_ref()
            })
        };
        walked.iter().position(is_from).unwrap_or(0)
    }
}

impl<'a> Run<'a> {
    /// The releases of every package in scope that tags name, lowest first, each with its tag.
    fn tagged(
        &self,
        current: &Current,
        past: &mut Past<'_>,
    ) -> Result<BTreeMap<String, Vec<(String, String)>>, Failure> {
        let mut out = BTreeMap::new();
        for name in &current.names {
            let config = current.settings.of(name);
            let policy = self.policy(current, name)?;
            let found = self.with_history(current, (name, &config), &policy, &[], past, |history, fact| {
                baseline::releases(history, fact)
            });
            out.insert(name.clone(), found.map_err(|refusal| Failure::new("config", refusal.message))?);
        }
        Ok(out)
    }

    /// Reads the releases of every package in scope. A tag that cannot be read is named and left out. `shapes_count`:
    /// types are compared too, not only what is there.
    fn walk<'w>(
        &'w self,
        current: &Current,
        range: &Range<'_>,
        shapes_count: bool,
        past: &mut Option<Past<'w>>,
    ) -> Result<BTreeMap<String, Vec<Walked>>, Failure> {
        let past = self.past(past)?;
        let mut wanted = self.tagged(current, past)?;
        for (name, releases) in wanted.iter_mut().filter(|(_, releases)| !releases.is_empty()) {
            *releases = range.of(&self.policy(current, name)?, std::mem::take(releases))?;
        }
        let tags: BTreeSet<&str> = wanted.values().flatten().map(|(_, tag)| tag.as_str()).collect();
        let options = self.old_options(current);
        let mut read: BTreeMap<&str, (Side, BTreeMap<String, EndpointSet>)> = BTreeMap::new();
        let mut left_out = Vec::new();
        let progress = Progress::start("reading releases".to_owned(), tags.len());
        for tag in tags {
            let side = self.old_side(&From::Git(format!("refs/tags/{tag}")), current);
            let sets = side.and_then(|side| Ok((self.world.sets(&side, None, &options)?, side)));
            match sets {
                Ok((sets, mut side)) => {
                    side.origin = format!("git:{tag}");
                    read.insert(tag, (side, sets));
                }
                Err(failure) => left_out.push(format!("{tag} is left out: {}", failure.message)),
            }
            progress.step();
        }
        drop(progress);
        left_out.iter().for_each(|text| output::warn(text));
        if shapes_count {
            let mut readings: Vec<Reading<'_>> = Vec::new();
            for (side, sets) in read.values_mut() {
                readings.push(Reading { side, sets, only: None, options: options.clone() });
            }
            follow::follow(&self.world, current.settings.dependencies(), &mut readings)?;
        }
        let arced = |(side, sets): (Side, BTreeMap<String, EndpointSet>)| {
            (side, sets.into_iter().map(|(name, set)| (name, Arc::new(set))).collect::<BTreeMap<_, _>>())
        };
        let read: BTreeMap<&str, _> = read.into_iter().map(|(tag, sets)| (tag, arced(sets))).collect();
        let mut out = BTreeMap::new();
        for (name, releases) in &wanted {
            let previous = current.settings.of(name).previous_names.unwrap_or_default();
            let mut walked = Vec::new();
            for (version, tag) in releases {
                let Some((side, sets)) = read.get(tag.as_str()) else { continue };
                let names = std::iter::once(name).chain(&previous);
                let found = names.into_iter().find_map(|name| sets.get(name));
                let (Some(set), Some(commit)) = (found, past.commit_of(tag)) else { continue };
                let (version, tag) = (version.clone(), tag.clone());
                walked.push(Walked { version, set: Arc::clone(set), tag, commit, side: side.clone() });
            }
            out.insert(name.clone(), walked);
        }
        Ok(out)
    }
}

/// Judges every release against the one before it in its line.
pub(in crate::cli) fn history(scope: &Scope, judging: &Judging, range: Option<&str>) -> Result<History, Failure> {
    let mut run = Run::new(scope, judging, Mode::Check, None)?;
    let current = run.current(&From::WorkTree)?;
    let range = Range::parse(range);
    let walked = run.walk(&current, &range, true, &mut None)?;
    let progress = Progress::start("judging releases".to_owned(), walked.values().map(Vec::len).sum());
    run.walked = Some(walked);
    let run = &run;
    let mut packages = Vec::new();
    for (name, walked) in run.walked.iter().flatten() {
        let config = current.settings.of(name);
        let implicit = list::implicit(scope, &config);
        let counts = |e: &Endpoint| e.marked || list::counts(e.kind(), &implicit);
        let mut releases = Vec::new();
        let before = range.before(&run.policy(&current, name)?, walked);
        for (index, release) in walked.iter().enumerate().skip(before) {
            releases.push(run.judge_release(&current, name, walked, index, &counts, release)?);
            progress.step();
        }
        if releases.iter().all(|release: &Release| release.endpoints == 0) {
            continue;
        }
        let seen: Vec<Appearance<'_>> = walked
            .iter()
            .enumerate()
            .map(|(index, walked)| Appearance {
                version: &walked.version,
                set: &walked.set,
                findings: index.checked_sub(before).and_then(|at| releases.get(at)).map_or(&[], |r| &r.findings),
            })
            .collect();
        let mut endpoints = policy::timelines(&seen, &counts);
        // What stood there before the range was not born in it.
        for line in &mut endpoints {
            line.events.retain(|event| walked.iter().skip(before).any(|release| release.version == event.release));
        }
        packages.push(PackageHistory { name: name.clone(), releases, endpoints });
    }
    drop(progress);
    if packages.is_empty() {
        let failure = Failure::new("no-endpoints", "no release holds an endpoint that counts");
        return Err(failure.help(
            "`cargo verpolicy history --implicit routes` counts routes without marks; `git fetch --tags` fetches tags",
        ));
    }
    let mut policies: Vec<String> = Vec::new();
    for package in &packages {
        let id = run.policy(&current, &package.name)?.id;
        if !policies.contains(&id) {
            policies.push(id);
        }
    }
    Ok(History { policy: policies.join(", "), packages })
}

impl Run<'_> {
    /// The releases of the API of every package in scope, lowest first, each with what it serves and promises.
    fn served<'w>(&'w self, current: &Current, past: &mut Option<Past<'w>>) -> Result<Served, Failure> {
        let mut out = BTreeMap::new();
        for (name, walked) in self.walk(current, &Range::parse(None), false, past)? {
            let policy = self.policy(current, &name)?;
            let mut list: Vec<(String, BTreeSet<String>)> = Vec::new();
            for release in walked {
                // Where implementations are released apart, they are no release of the API.
                if policy.scheme.parse(&release.version).is_ok_and(|v| policy.is_api_release(&v)) {
                    let stable = release.set.endpoints.iter().filter(|e| e.stability == Stability::Stable);
                    list.push((release.version, stable.map(|e| promised(&e.key)).collect()));
                }
            }
            out.insert(name, list);
        }
        Ok(out)
    }

    fn judge_release(
        &self,
        head: &Current,
        name: &str,
        walked: &[Walked],
        index: usize,
        counts: &dyn Fn(&Endpoint) -> bool,
        release: &Walked,
    ) -> Result<Release, Failure> {
        let mut out = Release {
            version: release.version.clone(),
            origin: release.origin(),
            date: day(release.commit.time),
            baseline: None,
            verdict: None,
            declared: None,
            required: None,
            endpoints: release.set.endpoints.iter().filter(|e| counts(e)).count(),
            blind_spots: release.set.blind_spots.len(),
            findings: Vec::new(),
            problem: None,
        };
        let lower = || walked.get(..index).unwrap_or_default().iter().rev();
        // A release of an older line that came later is no predecessor.
        let before = lower().find(|w| w.commit.time <= release.commit.time).or_else(|| lower().next());
        let Some(before) = before else { return Ok(out) };
        let current = Current {
            // Policies and configuration are today's; the tree is read already.
            side: Side { origin: out.origin.clone(), ..head.side.clone() },
            settings: head.settings.without_acceptances_but(&release.version),
            names: BTreeSet::from([name.to_owned()]),
            sets: BTreeMap::from([(name.to_owned(), EndpointSet::clone(&release.set))]),
            unresolved: BTreeMap::<String, Vec<Unresolved>>::new(),
            marking: BTreeMap::<String, Marking>::new(),
            without_since: Vec::new(),
        };
        let old = Old {
            side: before.side.clone(),
            settings: Settings::default(),
            sets: BTreeMap::from([(name.to_owned(), EndpointSet::clone(&before.set))]),
        };
        let versions = FromTags { baseline: before.version.clone(), current: release.version.clone() };
        match self.judge_against(&current, name, &old, (&[], Some(&versions)), &mut None) {
            Ok(report) => {
                out.baseline = Some(before.version.clone());
                out.verdict = report.verdict;
                out.declared = report.declared;
                out.required = report.required;
                out.blind_spots = report.blind_spots.len();
                out.findings = report.findings;
            }
            Err(failure) => out.problem = Some(failure.message),
        }
        Ok(out)
    }
}

/// The day of a time in seconds since 1970.
fn day(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map_or_else(|_| String::new(), |t| t.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
}

/// Releases by package name, lowest first, each with what it serves.
type Served = BTreeMap<String, Vec<(String, BTreeSet<String>)>>;

/// What is asked of the releases.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Asked {
    /// Which there are.
    Names,
    /// What each of them serves.
    Served,
    /// The same, for marks that lack only their `since`, which are then no errors.
    MissingSinces,
}

/// The work tree with its marks, and when each endpoint appeared.
pub(in crate::cli) struct Appeared {
    /// The work tree.
    pub side: Side,
    /// Its configuration.
    pub settings: Settings,
    /// Its endpoints, by package name.
    pub sets: BTreeMap<String, EndpointSet>,
    /// Where marks stand and could stand, by package name.
    pub marking: BTreeMap<String, Marking>,
    /// Marks that lack only their `since`.
    pub without_since: Vec<MarkError>,
    /// Releases by package name, lowest first, each with what it serves, if that was asked.
    releases: Served,
    /// Tags by package name that look like releases, each with the other version that its manifest says.
    passed_over: BTreeMap<String, Vec<(String, String)>>,
    /// How many tags the repository has.
    pub tags: usize,
    /// Something tracked is not committed.
    pub dirty: bool,
    /// The default branch.
    pub branch: String,
}

impl Appeared {
    /// The release since which something is served without a gap, as marks write it; `next` where none serves it.
    pub(in crate::cli) fn since(&self, package: &str, key: &EndpointKey) -> String {
        let promised = self.sets.get(package).map(Services::of).unwrap_or_default().promised(key);
        let releases = self.releases.get(package).map_or(&[][..], Vec::as_slice);
        let releases: Vec<(&str, &BTreeSet<String>)> = releases.iter().map(|(v, s)| (v.as_str(), s)).collect();
        policy::first_release(&releases, &promised).unwrap_or("next").to_owned()
    }

    /// How many releases there are.
    pub(in crate::cli) fn count(&self) -> usize {
        self.releases.values().map(Vec::len).max().unwrap_or_default()
    }

    /// Releases may be missing where a manifest does not say the version of its tag.
    pub(in crate::cli) fn passed_over(&self) -> Option<String> {
        let promising = |name: &str| self.sets.get(name).is_some_and(|set| !set.endpoints.is_empty());
        let tags = self.passed_over.iter().filter(|(name, _)| promising(name)).map(|(_, tags)| tags);
        let tags = tags.max_by_key(|tags| tags.len())?;
        let (tag, version) = tags.last()?;
        let which = match tags.len() {
            1 => format!(
                "the tag {tag} looks like a release and is passed over, for its manifest says {version}: if it is one"
            ),
            count => format!(
                "{count} tags that look like releases are passed over, for their manifests say other versions ({tag} \
                 says {version}): if they are releases"
            ),
        };
        Some(format!(
            "{which}, set `version-from = \"tag\"` in the configuration; marks that are written already, `cargo \
             verpolicy check --fix --allow-dirty` then corrects"
        ))
    }
}

/// Reads the work tree, and of the releases what is asked.
pub(in crate::cli) fn appeared(scope: &Scope, judging: &Judging, asked: Asked) -> Result<Appeared, Failure> {
    let mut run = Run::new(scope, judging, Mode::Check, None)?;
    run.world.mends_sinces = asked == Asked::MissingSinces;
    let run = run;
    let current = run.current(&From::WorkTree)?;
    let mut past = None;
    let (mut releases, mut passed_over) = (BTreeMap::new(), BTreeMap::new());
    if run.world.repository.is_ok() {
        releases = if asked == Asked::Names {
            let tagged = run.tagged(&current, run.past(&mut past)?)?;
            let unread = |(version, _)| (version, BTreeSet::new());
            tagged.into_iter().map(|(name, list)| (name, list.into_iter().map(unread).collect())).collect()
        } else {
            run.served(&current, &mut past)?
        };
        for name in &current.names {
            let (policy, config) = (run.policy(&current, name)?, current.settings.of(name));
            let past = run.past(&mut past)?;
            let others = run.with_history(&current, (name, &config), &policy, &[], past, baseline::passed_over);
            passed_over.insert(name.clone(), others.unwrap_or_default());
        }
    }
    let (tags, dirty, branch) = match &run.world.repository {
        Ok(repository) => (repository.tags()?.len(), repository.is_dirty()?, repository.default_branch()),
        Err(_) => (0, false, None),
    };
    let branch = branch.unwrap_or_else(|| "main".to_owned());
    let Current { side, settings, sets, marking, without_since, .. } = current;
    Ok(Appeared { side, settings, sets, marking, without_since, releases, passed_over, tags, dirty, branch })
}
