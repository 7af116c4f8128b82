//! `check` and `diff`: the pipe, readable from top to bottom.

mod baseline;
mod changelog;
mod line;
mod package;
mod pull_request;
mod releases;
mod served;
mod show;
mod snapshots;
mod supports;

pub(super) use changelog::changelog;
pub(super) use supports::supports;
mod walk;

use super::args::{CheckArgs, DiffArgs, Judging, Scope};
use super::failure::Failure;
use super::follow::{self, Reading};
use super::progress::Progress;
use super::settings::{self, Settings};
use super::world::{From, Read, Side, World, in_scope};
use super::{HOLDS, INCOMPLETE, VIOLATED, output};
use crate::extract::{MarkError, Marking, Options, Unresolved};
use crate::model::{Endpoint, EndpointContent, EndpointKey, EndpointSet, Form, Kind};
use crate::policy::{Level, Levels, Mode, PackageReport, Report, Verdict};
use baseline::Chosen;
use jiff::civil::Date;
pub(super) use line::{Facts, with_line};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
pub(super) use walk::{Appeared, Asked, appeared, history};

/// The side under judgement, read.
struct Current {
    side: Side,
    settings: Settings,
    names: BTreeSet<String>,
    sets: BTreeMap<String, EndpointSet>,
    /// Versions of marks that say `next`, by package name.
    unresolved: BTreeMap<String, Vec<Unresolved>>,
    /// Where marks stand and could stand, by package name.
    marking: BTreeMap<String, Marking>,
    /// Marks that lack only their `since`, where they are mended.
    without_since: Vec<MarkError>,
}

/// An old side, read.
struct Old {
    side: Side,
    settings: Settings,
    sets: BTreeMap<String, EndpointSet>,
}

/// What one run asks.
struct Run<'a> {
    world: World,
    scope: &'a Scope,
    judging: &'a Judging,
    mode: Mode,
    /// `--release V`; empty is the manifest's version.
    release: Option<&'a str>,
    date: Date,
    /// A release that HEAD itself is counts too: for what is planned next, not for what is judged now.
    counts_head: bool,
    /// `-D`, `-W`, `-A`
    flags: Levels,
    /// The merge base of a pull request, read.
    merge_base: OnceCell<Old>,
    /// All releases by package name, where `history` has read them; then every mark is checked.
    walked: Option<BTreeMap<String, Vec<walk::Walked>>>,
}

/// `diff OLD [NEW]`: informs.
pub(super) fn diff(args: &DiffArgs) -> Result<u8, Failure> {
    output::files(&args.show)?;
    let old = From::parse(&args.old)?;
    let new = args.new.as_deref().map_or(Ok(From::WorkTree), From::parse)?;
    let run = Run::new(&args.scope, &args.judging, Mode::Diff, None)?;
    let mut current = run.current(&new)?;
    let mut old = run.old(&old, &current)?;
    run.read_public(&mut current, std::slice::from_mut(&mut old))?;
    run.follow(&mut current, [&mut old])?;
    run.find_unmarked(&mut current, std::slice::from_ref(&old))?;
    for name in &current.names {
        served::keep((&current.side.workspace, &mut current.sets), name, &old);
    }
    let mut packages = Vec::new();
    let mut past = None;
    let progress = Progress::start("comparing".to_owned(), current.names.len());
    for name in &current.names {
        packages.push(run.judge_against(&current, name, &old, (&[], None), &mut past)?);
        progress.step();
    }
    drop(progress);
    packages.extend(run.removed_packages(&current, &old)?);
    let report = run.report(&current, packages)?;
    run.refuse_nothing(&report, &current, (Some(&old), None))?;
    show::show(&run, &args.show, &report, &current, std::slice::from_ref(&old))?;
    let denied = |finding: &crate::policy::Finding| {
        finding.level == Level::Deny && args.judging.deny.iter().any(|rule| rule == finding.rule)
    };
    let violated = report.packages.iter().flat_map(|p| &p.findings).any(denied);
    let incomplete = report.packages.iter().any(|p| p.verdict == Some(Verdict::Incomplete));
    Ok(if violated {
        VIOLATED
    } else if incomplete {
        INCOMPLETE
    } else {
        HOLDS
    })
}

/// `check`: the gate.
pub(super) fn check(args: &CheckArgs) -> Result<u8, Failure> {
    output::files(&args.show)?;
    let (report, code, current, olds, run) = judged(args, false)?;
    show::show(&run, &args.show, &report, &current, &olds)?;
    Ok(code)
}

/// What `check` found, for `next` too.
pub(super) struct Checked {
    /// The report.
    pub report: Report,
    /// The side under judgement.
    pub side: Side,
    /// Its configuration.
    pub settings: Settings,
    /// Versions of marks that say `next`, by package name.
    pub unresolved: BTreeMap<String, Vec<Unresolved>>,
    /// The day.
    pub date: Date,
    /// Something tracked is not committed.
    pub dirty: bool,
}

/// Judges as `check` does, and shows nothing. `counts_head`: a release that HEAD itself is counts too.
pub(super) fn checked(args: &CheckArgs, counts_head: bool) -> Result<Checked, Failure> {
    let (report, _, current, _, run) = judged(args, counts_head)?;
    let dirty = run.world.repository.as_ref().map_or(Ok(false), crate::tree::Repository::is_dirty)?;
    let Current { side, settings, unresolved, .. } = current;
    Ok(Checked { report, side, settings, unresolved, date: run.date, dirty })
}

fn judged(args: &CheckArgs, counts_head: bool) -> Result<(Report, u8, Current, Vec<Old>, Run<'_>), Failure> {
    let mode = if args.release.is_some() { Mode::Release } else { Mode::Check };
    let run = Run::new(&args.scope, &args.judging, mode, args.release.as_deref().filter(|v| !v.is_empty()))?;
    let run = Run { counts_head, ..run };
    let given = args.baseline.as_deref().map(From::parse).transpose()?;
    let base = match &args.pr {
        Some(base) => Some(pull_request::merge_base(run.world.repository()?, base)?),
        None => None,
    };
    let mut current = run.current(&From::WorkTree)?;
    let base = base.map(|base| run.old(&base, &current)).transpose()?;
    if mode == Mode::Release {
        crate::cli::cargo::agrees(&current.side, &run.world.start)?;
    }
    let mut past = None;
    let chosen = run.choose(&current, given.as_ref(), &mut past)?;
    let (mut packages, olds) = run.judge_each(&mut current, &chosen, base, &mut past)?;
    run.judge_line(&current, (&chosen, &olds), &mut packages, &mut past)?;
    for old in &olds {
        for removed in run.removed_packages(&current, old)? {
            if packages.iter().all(|p: &PackageReport| p.name != removed.name) {
                packages.push(removed);
            }
        }
    }
    let report = run.report(&current, packages)?;
    let hidden = chosen.iter().find_map(|(_, chosen)| match chosen {
        Chosen::Nothing { why, hidden: true, .. } => Some(why.as_str()),
        _ => None,
    });
    run.refuse_nothing(&report, &current, (olds.first(), hidden))?;
    let code = match report.verdict {
        Some(Verdict::Fail) => VIOLATED,
        Some(Verdict::NoBaseline | Verdict::Incomplete) => INCOMPLETE,
        Some(Verdict::Pending | Verdict::Pass) | None => HOLDS,
    };
    Ok((report, code, current, olds, run))
}

/// What is planned from.
pub(super) struct Surveyed {
    /// The work tree.
    pub side: Side,
    /// Its configuration.
    pub settings: Settings,
    /// Versions of marks that say `next`, by package name.
    pub unresolved: BTreeMap<String, Vec<Unresolved>>,
    /// The product line, where one is declared.
    pub product: Option<crate::config::Product>,
    /// Every member, and what changed in it since its last release.
    pub facts: Vec<Facts>,
    /// The day.
    pub date: Date,
}

/// Gathers what a plan is made from.
pub(super) fn surveyed(scope: &Scope, judging: &Judging) -> Result<Surveyed, Failure> {
    let run = Run { counts_head: true, ..Run::new(scope, judging, Mode::Check, None)? };
    let mut current = run.current(&From::WorkTree)?;
    let product = line::product(&current)?.cloned();
    let mut past = None;
    let chosen = run.choose(&current, None, &mut past)?;
    let (packages, olds) = run.judge_each(&mut current, &chosen, None, &mut past)?;
    let facts = run.facts(&current, (&chosen, &olds), &packages, (&mut past, true))?;
    let date = run.date;
    drop(past);
    let Current { side, settings, unresolved, .. } = current;
    Ok(Surveyed { side, settings, unresolved, product, facts, date })
}

impl Current {
    /// Is a Rust item marked? Then releases are read for their public items too: what is marked now may have been
    /// there before it was.
    fn marks_items(&self) -> bool {
        let mut endpoints = self.sets.values().flat_map(|set| &set.endpoints);
        endpoints.any(|endpoint| endpoint.marked && endpoint.kind() == Kind::Item)
    }
}

/// Leaves out what is unmarked as an item and marked as a wire type: where no item counts without a mark, it is only that.
fn without_doubles(set: &mut EndpointSet) {
    let named = |endpoint: &Endpoint| match &endpoint.key {
        EndpointKey::Named { path, .. } => Some(path.clone()),
        EndpointKey::Http { .. } => None,
    };
    let marked = set.endpoints.iter().filter(|endpoint| endpoint.marked && endpoint.kind() != Kind::Item);
    let wire: BTreeSet<String> = marked.filter_map(named).collect();
    let double = |endpoint: &Endpoint| named(endpoint).is_some_and(|path| wire.contains(&path));
    set.endpoints.retain(|endpoint| endpoint.marked || endpoint.kind() != Kind::Item || !double(endpoint));
}

/// What an item, or a type that travels or is configured, is called in Rust.
fn rust_path(endpoint: &Endpoint) -> Option<&str> {
    match &endpoint.key {
        EndpointKey::Named { path, .. } => Some(path),
        EndpointKey::Http { .. } => None,
    }
}

/// How a side is called while it is read.
fn named(side: &Side) -> &str {
    side.origin.strip_prefix("git:").unwrap_or(&side.origin)
}

/// The levels that the command line sets.
fn flags(judging: &Judging) -> Result<Levels, Failure> {
    let mut flags = Levels::default();
    for (rules, level) in [(&judging.allow, Level::Allow), (&judging.warn, Level::Warn), (&judging.deny, Level::Deny)] {
        for rule in rules {
            flags.set(rule, level).map_err(|e| Failure::usage(e.to_string()))?;
        }
    }
    Ok(flags)
}

impl<'a> Run<'a> {
    /// Judges every package by itself, each against what was chosen for it.
    fn judge_each<'w>(
        &'w self,
        current: &mut Current,
        chosen: &[(String, Chosen)],
        mut base: Option<Old>,
        past: &mut Option<baseline::Past<'w>>,
    ) -> Result<(Vec<PackageReport>, Vec<Old>), Failure> {
        let mut olds: Vec<Old> = Vec::new();
        for (name, chosen) in chosen {
            if let Chosen::Side { from, .. } = chosen {
                self.opened(from, name, current, &mut olds)?;
            }
        }
        self.read_public(current, &mut olds)?;
        self.follow(current, olds.iter_mut().chain(&mut base))?;
        self.find_unmarked(current, &olds)?;
        for (name, chosen) in chosen {
            if let Chosen::Side { from, .. } = chosen {
                let old = self.opened(from, name, current, &mut olds)?;
                served::keep((&current.side.workspace, &mut current.sets), name, old);
                if let Some(base) = &mut base {
                    served::keep((&base.side.workspace, &mut base.sets), name, old);
                }
            }
        }
        if let Some(base) = base {
            self.merge_base.get_or_init(|| base);
        }
        let current = &*current;
        let progress = Progress::start("comparing".to_owned(), chosen.len());
        let mut packages = Vec::new();
        for (name, chosen) in chosen {
            packages.push(match chosen {
                Chosen::Side { from, audits, versions } => {
                    let old = self.opened(from, name, current, &mut olds)?;
                    self.judge_against(current, name, old, (audits, versions.as_ref()), past)?
                }
                Chosen::FirstRelease { version, audits } => self.judge_first(current, name, version, audits)?,
                Chosen::Nothing { why, audits, .. } => self.judge_nothing(current, name, why, audits)?,
            });
            progress.step();
        }
        Ok((packages, olds))
    }

    fn new(scope: &'a Scope, judging: &'a Judging, mode: Mode, release: Option<&'a str>) -> Result<Self, Failure> {
        let date = match &judging.date {
            Some(text) => text
                .parse::<Date>()
                .map_err(|_| Failure::usage(format!("`--date {text}` is no day")).help("write it as YYYY-MM-DD"))?,
            None => today(),
        };
        if let Some(name) = &judging.policy {
            settings::policy(name)?;
        }
        Ok(Self {
            world: World::open(scope)?,
            scope,
            judging,
            mode,
            release,
            date,
            counts_head: false,
            flags: flags(judging)?,
            merge_base: OnceCell::new(),
            walked: None,
        })
    }

    fn current(&self, from: &From) -> Result<Current, Failure> {
        let side = self.world.side(from)?;
        settings::report_problems(&side, self.mode == Mode::Diff)?;
        let settings = Settings::read(&side)?;
        settings::check_acceptances(&side)?;
        let names = match &side.given {
            Some(set) => BTreeSet::from([set.package.clone()]),
            None => in_scope(self.scope, &side.workspace)?,
        };
        settings::refuse_unknown_features(&side, &self.scope.features)?;
        settings::refuse_one_sided_features(self.scope)?;
        if (self.scope.locked || self.scope.frozen) && matches!(from, From::WorkTree) {
            settings::refuse_unlocked(&side)?;
        }
        let options = settings.extraction(self.scope, &self.scope.features);
        let _reading = Progress::start(format!("reading {}", named(&side)), 1);
        let Read { sets, unresolved, marking, without_since } = self.world.read(&side, Some(&names), &options)?;
        Ok(Current { side, settings, names, sets, unresolved, marking, without_since })
    }

    /// An old side: its own policy and levels, but the current side's `[macros]`, `[types]`, `[extractors]` and
    /// `[sections]`, so that both sides are read alike.
    fn old(&self, from: &From, current: &Current) -> Result<Old, Failure> {
        let side = self.old_side(from, current)?;
        for problem in &side.workspace.problems {
            output::warn(&format!("{}:{}: {}", side.origin, problem.file, problem.message));
        }
        // A configuration that today's tool refuses must not make an old release unreadable.
        let settings = Settings::read(&side).unwrap_or_else(|failure| {
            output::warn(&format!("{}: its configuration says nothing here: {}", side.origin, failure.message));
            Settings::default()
        });
        let given = &self.scope.baseline_features;
        settings::refuse_unknown_features(&side, given)?;
        // Those of the new side may be younger than the old one.
        for feature in settings::unknown_features(&side, &self.scope.features).iter().filter(|_| given.is_empty()) {
            if side.tree.is_some() {
                output::note(&format!("note: {} has no feature `{feature}`: it is ignored there", side.origin));
            }
        }
        let _reading = Progress::start(format!("reading {}", named(&side)), 1);
        let mut sets = self.world.sets(&side, None, &self.old_options(current))?;
        if !current.settings.extraction(self.scope, &self.scope.features).public_items {
            sets.values_mut().for_each(without_doubles);
        }
        Ok(Old { side, settings, sets })
    }

    /// `--release V`; the name of a tag will do where the policy writes no `v`.
    fn release_for(&self, policy: &crate::policy::Policy) -> Option<&'a str> {
        let given = self.release?;
        let bare = given.strip_prefix('v').filter(|_| policy.scheme.parse(given).is_err());
        Some(bare.filter(|bare| policy.scheme.parse(bare).is_ok()).unwrap_or(given))
    }

    /// An old side, on which packages and their crates are called as they are now.
    fn old_side(&self, from: &From, current: &Current) -> Result<Side, Failure> {
        let mut side = self.world.side(from)?;
        if let Some(set) = &side.given {
            let renamed = |name: &&String| {
                let previous = current.settings.of(name).previous_names;
                previous.iter().flatten().any(|previous| *previous == set.package)
            };
            let own = current.names.contains(&set.package);
            if let Some(name) = current.names.iter().find(renamed).filter(|_| !own) {
                let krate = |name: &str| name.replace('-', "_");
                side.given = Some(crate::snapshot::with_crate_called(set, &krate(&set.package), &krate(name)));
            }
            return Ok(side);
        }
        for name in &current.names {
            let (was, is) = match (side.workspace.package(name), current.side.workspace.package(name)) {
                (None, Some(is)) => {
                    let previous = current.settings.of(name).previous_names.unwrap_or_default();
                    match previous.iter().find_map(|previous| side.workspace.package(previous)) {
                        Some(was) => (was, is),
                        None => continue,
                    }
                }
                _ => continue,
            };
            let renamed = (was.name.clone(), was.names_beside(is));
            side.called.extend(Some(renamed).filter(|(_, names)| !names.is_empty()));
        }
        Ok(side)
    }

    /// Reads the public items of all sides where they counted on an old one, and count no longer.
    fn read_public(&self, current: &mut Current, olds: &mut [Old]) -> Result<(), Failure> {
        let read = current.settings.extraction(self.scope, &self.scope.features).public_items;
        if read || !olds.iter().any(|old| old.settings.counts_public()) {
            return Ok(());
        }
        current.settings.read_public();
        let options = current.settings.extraction(self.scope, &self.scope.features);
        current.sets = self.world.read(&current.side, Some(&current.names), &options)?.sets;
        let options = self.old_options(current);
        for old in olds {
            old.sets = self.world.sets(&old.side, None, &options)?;
        }
        Ok(())
    }

    /// Looks among what nobody promises for what lost its mark: it is still there.
    fn find_unmarked(&self, current: &mut Current, olds: &[Old]) -> Result<(), Failure> {
        let mut options = current.settings.extraction(self.scope, &self.scope.features);
        if options.public_items || current.side.tree.is_none() {
            return Ok(());
        }
        let mut lost: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for name in &current.names {
            let previous = current.settings.of(name).previous_names.unwrap_or_default();
            let there: BTreeSet<&str> =
                current.sets.get(name).into_iter().flat_map(|set| &set.endpoints).filter_map(rust_path).collect();
            for old in olds {
                let found = std::iter::once(name).chain(&previous).find_map(|name| old.sets.get(name));
                let marked = found.into_iter().flat_map(|set| &set.endpoints).filter(|endpoint| endpoint.marked);
                let gone: BTreeSet<&str> = marked.filter_map(rust_path).filter(|path| !there.contains(path)).collect();
                if !gone.is_empty() {
                    lost.entry(name.clone()).or_default().extend(gone);
                }
            }
        }
        if lost.is_empty() {
            return Ok(());
        }
        options.public_items = true;
        let only: BTreeSet<String> = lost.keys().cloned().collect();
        let mut all = self.world.sets(&current.side, Some(&only), &options)?;
        for (name, lost) in &lost {
            let (Some(all), Some(set)) = (all.remove(name), current.sets.get_mut(name)) else { continue };
            let is_lost =
                |endpoint: &Endpoint| !endpoint.marked && rust_path(endpoint).is_some_and(|p| lost.contains(p));
            set.endpoints.extend(all.endpoints.into_iter().filter(is_lost));
            set.endpoints.sort_by(|a, b| (&a.key, &a.place).cmp(&(&b.key, &b.place)));
        }
        Ok(())
    }

    /// How an old side is read.
    fn old_options(&self, current: &Current) -> Options {
        let features =
            if self.scope.baseline_features.is_empty() { &self.scope.features } else { &self.scope.baseline_features };
        let options = current.settings.extraction(self.scope, features);
        Options { public_items: options.public_items || current.marks_items(), ..options }
    }

    /// Reads the sources of dependencies that both sides' types come from.
    fn follow<'o>(&self, current: &mut Current, olds: impl IntoIterator<Item = &'o mut Old>) -> Result<(), Failure> {
        let options = current.settings.extraction(self.scope, &self.scope.features);
        let old_options = self.old_options(current);
        let sources = current.settings.dependencies();
        let _reading = Progress::start("reading types of dependencies".to_owned(), 1);
        let Current { side, sets, names, .. } = current;
        let mut readings = vec![Reading { side, sets, only: Some(names), options }];
        for Old { side, sets, .. } in olds {
            readings.push(Reading { side, sets, only: None, options: old_options.clone() });
        }
        follow::follow(&self.world, sources, &mut readings)
    }

    /// Nothing compared in the whole run is an error with advice, unless no release ever held anything. `hidden`: why an
    /// old side that may have held something is not known.
    fn refuse_nothing(
        &self,
        report: &Report,
        current: &Current,
        (old, hidden): (Option<&Old>, Option<&str>),
    ) -> Result<(), Failure> {
        let counted = |p: &PackageReport| p.current.endpoints + p.baseline.as_ref().map_or(0, |b| b.endpoints);
        let counts = report.packages.iter().map(counted).sum::<usize>() > 0;
        if let Some(hidden) = old.filter(|_| counts).and_then(|old| only_hidden(&current.sets, &old.sets)) {
            let failure =
                Failure::new("no-endpoints", "nothing but the manifest is seen on either side: nothing was compared");
            return Err(failure.help(hidden));
        }
        let first_release = report.packages.iter().any(|p| p.verdict == Some(Verdict::Pass) && p.baseline.is_none());
        if counts || first_release {
            return Ok(());
        }
        let unmarked: usize = report.packages.iter().map(|p| p.unmarked).sum();
        let unmarked_old: usize = old.map_or(0, |o| o.sets.values().map(|s| s.endpoints.len()).sum());
        let seen = unmarked.max(unmarked_old);
        let command = if self.mode == Mode::Diff { "diff … " } else { "check " };
        if let Some(why) = hidden {
            let message =
                "no endpoint is marked in this tree, and what a release had is not known: nothing was compared";
            return Err(Failure::new("no-baseline", message).help(why.to_owned()));
        }
        let failure = Failure::new("no-endpoints", "no endpoint is marked on either side: nothing was compared");
        Err(if current.names.is_empty() {
            Failure::new("no-packages", "the workspace has no member: nothing was compared")
                .help("name a package's Cargo.toml with --manifest-path")
        } else if seen > 0 {
            failure.help(format!(
                "{seen} unmarked {} seen: `cargo verpolicy {command}--implicit routes` compares them; mark what you promise with #[api(since = \"…\")]",
                if seen == 1 { "route was" } else { "routes were" },
            ))
        } else {
            failure.help(
                "mark what you promise with #[api(since = \"…\")] from the crate versioning-macros; of a library, \
                 `--implicit public` compares all public items",
            )
        })
    }
}

/// Where neither side shows anything but what manifests say: a blind spot that hides the rest.
fn only_hidden(current: &BTreeMap<String, EndpointSet>, old: &BTreeMap<String, EndpointSet>) -> Option<String> {
    let of_manifest = |endpoint: &Endpoint| match &endpoint.content {
        EndpointContent::Item(signature) => matches!(signature.form, Form::Feature(_) | Form::Dependency(_)),
        _ => false,
    };
    let mut all = current.values().chain(old.values()).flat_map(|set| &set.endpoints);
    let mut spots = current.values().flat_map(|set| &set.blind_spots);
    let spot = spots.find(|spot| spot.hides.is_some()).filter(|_| all.all(of_manifest))?;
    let place = spot.place.as_ref().map(|place| format!("{}:{}: ", place.file, place.line)).unwrap_or_default();
    Some(format!("{place}{}", spot.detail))
}

/// Today in UTC.
fn today() -> Date {
    #[expect(clippy::disallowed_methods, reason = "the default of --date")]
    let now = std::time::SystemTime::now();
    jiff::Timestamp::try_from(now)
        .map_or_else(|_| Date::constant(1970, 1, 1), |t| t.to_zoned(jiff::tz::TimeZone::UTC).date())
}
