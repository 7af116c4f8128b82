//! One package: its two sets, its settings, its judgement.

use super::baseline::{FromTags, Past};
use super::releases::{Compared, Releases};
use super::{Current, Old, Run};
use crate::cli::failure::Failure;
use crate::cli::{list, output, settings};
use crate::config::{Config, DependencySources, LevelName, MacroName, VersionFrom};
use crate::diff;
use crate::extract::Unresolved;
use crate::model::{EndpointSet, Kind};
use crate::package::{ManifestProblem, Package};
use crate::policy::{
    self, Acceptance, Against, Audit, Case, Clients, Effect, Effects, Given, JudgeError, Level, Levels, Mode,
    PackageReport, Policy, Report, Settings, Sight, Versions,
};

impl Run<'_> {
    /// Judges a package against the same package of an old side.
    pub(super) fn judge_against<'w>(
        &'w self,
        current: &Current,
        name: &str,
        old: &Old,
        (audits, versions): (&[Audit], Option<&FromTags>),
        past: &mut Option<Past<'w>>,
    ) -> Result<PackageReport, Failure> {
        let config = current.settings.of(name);
        let names = std::iter::once(name).chain(config.previous_names.iter().flatten().map(String::as_str));
        let old_name = names.clone().find(|n| old.sets.contains_key(*n)).unwrap_or(name);
        let empty = empty_set(name);
        let old_set = old.sets.get(old_name).unwrap_or(&empty);
        let old_config = old.settings.of(old_name);
        let policy = self.policy(current, name)?;
        let baseline_policy = match (&self.judging.policy, old.settings.any) {
            (None, true) => policy_there(&policy, &config, (old, old_name)),
            _ => None,
        };
        let old_version = match versions {
            Some(versions) => Some(versions.baseline.clone()),
            None => version_of(&old_config, old_set, package(&old.side, old_name)),
        };
        if !old.sets.contains_key(old_name)
            && let Some(unread) = self.not_there(current, name, old)
        {
            return unread;
        }
        let before = Before { config: &old_config, policy: baseline_policy.as_ref() };
        let settings = self.settings((current, name), &policy, &config, Some(before).filter(|_| old.settings.any))?;
        let plan_stood = config.next.is_some() && config.next == old_config.next && old.settings.any;
        let given = Given { version: old_version.as_deref(), origin: &old.side.origin, set: old_set };
        let set = current.sets.get(name).unwrap_or(&empty);
        let (config, policy) = (&config, &policy);
        let old_version = given.version;
        let compared = Compared { name, config, policy, set, old, old_set, old_version };
        let releases = self.releases(current, &compared, past);
        let mut report = self.judge(
            current,
            name,
            policy,
            &settings,
            &Judged {
                baseline_policy: baseline_policy.as_ref(),
                against: Against::Side(given),
                old: Some(old_set),
                plan_stood,
                audits,
                version: versions.map(|v| v.current.as_str()),
                releases: &releases,
            },
        )?;
        let loosened = if old.settings.any { Vec::new() } else { settings.loosens(policy) };
        if !loosened.is_empty() && report.verdict.is_some() {
            let list = loosened.join(", ");
            report
                .notes
                .push(format!("the baseline has no configuration, so that what ours sets holds at once: {list}"));
        }
        Ok(report)
    }

    /// An old side that lacks a package of ours. Where a manifest there cannot be read, it may hold the package; for
    /// `check` there is nothing to compare with; `diff` shows everything as new (`None`).
    fn not_there(&self, current: &Current, name: &str, old: &Old) -> Option<Result<PackageReport, Failure>> {
        let origin = &old.side.origin;
        let ours = package(&current.side, name);
        let informs = self.mode == Mode::Diff;
        let may_hold = |problem: &&ManifestProblem| match &problem.absent {
            Some(absent) if informs => ours.is_none_or(|ours| stands_in(ours, &absent.directory)),
            _ => true,
        };
        if let Some(problem) = old.side.workspace.problems.iter().find(may_hold) {
            let failure = Failure::new("manifest", format!("{origin}: {}: {}", problem.file, problem.message));
            let failure = failure.at(&problem.file, problem.line, problem.column);
            return Some(Err(failure.help(format!("`{name}` was not found there: name another baseline"))));
        }
        if informs {
            return None;
        }
        let why = format!(
            "{origin} has no package `{name}`; name it as it was called there in `previous-names`, or name another baseline"
        );
        Some(self.judge_nothing(current, name, &why, &[]))
    }

    /// Judges a package that leads to its first release.
    pub(super) fn judge_first(
        &self,
        current: &Current,
        name: &str,
        version: &str,
        audits: &[Audit],
    ) -> Result<PackageReport, Failure> {
        let config = current.settings.of(name);
        let policy = self.policy(current, name)?;
        let settings = self.settings((current, name), &policy, &config, None)?;
        let against = Against::FirstRelease { version };
        let judged = Judged {
            baseline_policy: None,
            against,
            old: None,
            plan_stood: false,
            audits,
            // Before the first tag no manifest says the version.
            version: (config.version_from == Some(VersionFrom::Tag)).then_some(version),
            releases: &Releases::default(),
        };
        self.judge(current, name, &policy, &settings, &judged)
    }

    /// Says that a package has nothing to be compared with.
    pub(super) fn judge_nothing(
        &self,
        current: &Current,
        name: &str,
        why: &str,
        audits: &[Audit],
    ) -> Result<PackageReport, Failure> {
        let config = current.settings.of(name);
        let policy = self.policy(current, name)?;
        let settings = self.settings((current, name), &policy, &config, None)?;
        let against = Against::Nothing { why };
        let judged = Judged {
            baseline_policy: None,
            against,
            old: None,
            plan_stood: false,
            audits,
            version: None,
            releases: &Releases::default(),
        };
        self.judge(current, name, &policy, &settings, &judged)
    }

    /// Members of the old side that the current side lacks, where they promised something.
    pub(super) fn removed_packages(&self, current: &Current, old: &Old) -> Result<Vec<PackageReport>, Failure> {
        if old.side.given.is_some() || !self.scope.package.is_empty() || current.side.given.is_some() {
            return Ok(Vec::new());
        }
        let renamed: Vec<String> =
            current.names.iter().flat_map(|n| current.settings.of(n).previous_names.unwrap_or_default()).collect();
        let mut reports = Vec::new();
        for set in old.sets.values() {
            let known = current.side.workspace.packages.iter().any(|p| p.name == set.package);
            let theirs = package(&old.side, &set.package);
            let excluded = self.scope.exclude.iter().any(|glob| policy::glob_matches(glob, &set.package));
            let member = theirs.is_some_and(|p| p.member);
            if known || excluded || !member || renamed.contains(&set.package) {
                continue;
            }
            let config = old.settings.of(&set.package);
            let implicit = list::implicit(self.scope, &config);
            if !set.endpoints.iter().any(|e| e.marked || list::counts(e.kind(), &implicit)) {
                continue;
            }
            let absent = |problem: &&ManifestProblem| match (&problem.absent, theirs) {
                (Some(absent), Some(theirs)) => stands_in(theirs, &absent.directory),
                _ => false,
            };
            if let Some(problem) = current.side.workspace.problems.iter().find(absent) {
                let failure = Failure::new("manifest", problem.message.clone());
                let failure = failure.at(&problem.file, problem.line, problem.column);
                return Err(failure.help(format!("leave it out with --exclude {}", set.package)));
            }
            let message = format!("{} has it, this tree does not", old.side.origin);
            let audit = Audit::of_package("package-removed", &set.package, message);
            let policy = settings::policy_of(&old.side, &old.settings, &set.package, self.judging.policy.as_deref())?;
            // Accepted it is by the workspace that stays.
            let ours = current.settings.of(&set.package);
            let before = Some(Before { config: &config, policy: None }).filter(|_| old.settings.any);
            let settings = self.settings((current, &set.package), &policy, &ours, before)?;
            let version = set.version.clone();
            let against = Against::Side(Given { version: version.as_deref(), origin: &old.side.origin, set });
            let judged = Judged {
                baseline_policy: None,
                against,
                old: None,
                plan_stood: false,
                audits: &[audit],
                version: None,
                releases: &Releases::default(),
            };
            reports.push(self.judge(current, &set.package, &policy, &settings, &judged)?);
        }
        Ok(reports)
    }

    fn judge(
        &self,
        current: &Current,
        name: &str,
        policy: &Policy,
        settings: &Settings,
        judged: &Judged<'_>,
    ) -> Result<PackageReport, Failure> {
        let config = current.settings.of(name);
        let empty = empty_set(name);
        let set = current.sets.get(name).unwrap_or(&empty);
        let version = match self.release_for(policy).or(judged.version) {
            Some(version) => Some(version.to_owned()),
            None => version_of(&config, set, package(&current.side, name)),
        };
        let given = |kind| list::counts(kind, &self.scope.implicit) || settings.sight.implicit.contains(&kind);
        let plan = self.judging.bump.as_deref().or(config.next.as_deref());
        let plan_stood = judged.plan_stood && self.judging.bump.is_none();
        let options = diff::Options {
            implicit_routes: given(Kind::Http),
            implicit_public: given(Kind::Item),
            in_preparation: policy::preparation(&Versions {
                policy,
                baseline_policy: judged.baseline_policy,
                baseline: if let Against::Side(old) = judged.against { old.version } else { None },
                current: version.as_deref().or(config.first_release.as_deref()),
                plan: plan.filter(|_| !plan_stood),
                mode: self.mode,
                date: self.date,
            })
            .map_err(|error| self.unjudged(&error, current, name))?,
        };
        let changes = judged.old.map(|old| diff::compare(old, set, &options)).unwrap_or_default();
        let since_api = judged.releases.since_api(set, &options);
        let left = if self.mode == Mode::Release { leftovers(current, name, set) } else { Vec::new() };
        let audits: Vec<Audit> = judged.audits.iter().cloned().chain(left).collect();
        let case = Case {
            package: name,
            policy,
            baseline_policy: judged.baseline_policy,
            against: judged.against,
            current: Given { version: version.as_deref(), origin: &current.side.origin, set },
            diff: &changes,
            options: &options,
            mode: self.mode,
            plan,
            plan_stood,
            settings,
            releases: &judged.releases.named,
            dates: &judged.releases.dates,
            earlier: &judged.releases.earlier,
            since_api_release: judged.releases.api.as_ref().zip(since_api.as_ref()),
            audits: &audits,
            every_mark: self.walked.is_some(),
            date: self.date,
        };
        let unjudged = |error: JudgeError| self.unjudged(&error, current, name);
        let mut report = policy::judge(&case).map_err(unjudged)?;
        report.notes.extend(followed(set, judged.old));
        if let Some(base) = self.merge_base.get()
            && !matches!(judged.against, Against::Nothing { .. })
        {
            let names = std::iter::once(name).chain(config.previous_names.iter().flatten().map(String::as_str));
            let found = names.into_iter().find_map(|name| base.sets.get(name));
            let made = diff::compare(found.unwrap_or(&empty), set, &options);
            let pr = policy::pull_request(&case, &made, &base.side.origin).map_err(unjudged)?;
            report.pull_request = Some(pr);
        }
        Ok(report)
    }

    fn unjudged(&self, error: &JudgeError, current: &Current, name: &str) -> Failure {
        let message = format!("{name}: {error}");
        match error {
            JudgeError::Plan { .. } if self.judging.bump.is_some() => Failure::usage(format!("--bump: {message}")),
            JudgeError::Plan { .. } => settings::located(&current.side, name, Failure::new("config", message)),
            JudgeError::Version { side: "current", .. }
                if self.release.is_none() && current.settings.of(name).version.is_some() =>
            {
                settings::located(&current.side, name, Failure::new("config", message))
            }
            JudgeError::Version { side: "current", .. } | JudgeError::NoVersion { .. } => {
                match package(&current.side, name).and_then(|p| p.version_place.clone()) {
                    Some((file, line, column)) => Failure::new("version", message).at(&file, line, column),
                    None => Failure::new("version", message),
                }
            }
            JudgeError::Version { .. } => Failure::new("version", message),
        }
    }

    /// Puts the packages together.
    pub(super) fn report(&self, current: &Current, mut packages: Vec<PackageReport>) -> Result<Report, Failure> {
        self.unused_by_all(current, &mut packages)?;
        Ok(policy::report(&self.policy_names(current)?, packages))
    }

    /// An acceptance of the workspace is unused where no package of it had a use for it. Where some were left out of the
    /// run, they may have.
    fn unused_by_all(&self, current: &Current, packages: &mut [PackageReport]) -> Result<(), Failure> {
        let members = current.side.workspace.packages.iter().filter(|package| package.member);
        if current.side.given.is_some() || members.clone().any(|package| !current.names.contains(&package.name)) {
            return Ok(());
        }
        let judged = packages.iter_mut().filter(|package| package.baseline.is_some() && package.verdict.is_some());
        let mut judged: Vec<&mut PackageReport> = judged.collect();
        let all: Vec<Vec<Audit>> = judged.iter_mut().map(|package| std::mem::take(&mut package.idle)).collect();
        let (Some(first), Some((idle, rest))) = (judged.into_iter().next(), all.split_first()) else { return Ok(()) };
        let unused: Vec<Audit> =
            idle.iter().filter(|audit| rest.iter().all(|other| other.contains(audit))).cloned().collect();
        if unused.is_empty() {
            return Ok(());
        }
        let (policy, config) = (self.policy(current, &first.name)?, current.settings.of(&first.name));
        let settings = self.settings((current, &first.name), &policy, &config, None)?;
        policy::add_audits(first, &policy, &settings.levels, unused);
        Ok(())
    }

    /// The policies of the packages in scope, for people and JSON.
    pub(super) fn policy_names(&self, current: &Current) -> Result<String, Failure> {
        let mut names: Vec<String> = Vec::new();
        for name in &current.names {
            let id = self.policy(current, name)?.id;
            if !names.contains(&id) {
                names.push(id);
            }
        }
        Ok(names.join(", "))
    }

    pub(super) fn policy(&self, current: &Current, name: &str) -> Result<Policy, Failure> {
        settings::policy_of(&current.side, &current.settings, name, self.judging.policy.as_deref())
    }

    /// What was configured and given; of levels, clients and effects the stricter of both sides holds.
    pub(super) fn settings(
        &self,
        (current, name): (&Current, &str),
        policy: &Policy,
        config: &Config,
        old: Option<Before<'_>>,
    ) -> Result<Settings, Failure> {
        let located = |failure| settings::located(&current.side, name, failure);
        let ours = levels(config).map_err(|e| located(Failure::new("config", e.to_string())))?;
        let (our_clients, our_effects) = (clients(config).map_err(located)?, effects(config).map_err(located)?);
        let stood = |accept: &crate::config::Accept| {
            old.is_some_and(|old| old.config.accept.iter().flatten().any(|a| a == accept))
        };
        let acceptances = config.accept.iter().flatten().map(|accept| Acceptance {
            rule: accept.rule.get_ref().clone(),
            endpoint: accept.endpoint.clone(),
            reason: accept.reason.get_ref().clone(),
            release: accept.release.clone(),
            place: None,
            stood: stood(accept),
            shared: current.settings.is_shared(accept),
        });
        let ours = Settings {
            levels: ours,
            clients: our_clients,
            effects: our_effects,
            acceptances: acceptances.collect(),
            loosened: Vec::new(),
            unversioned: config.unversioned.clone().unwrap_or_default(),
            sight: sight(config),
        };
        let mut both = match old {
            Some(Before { config: old, policy: its_policy }) => {
                let before = Settings {
                    levels: of_old(name, levels(old).map_err(|e| e.to_string())),
                    clients: of_old(name, clients(old).map_err(|e| e.message)),
                    effects: of_old(name, effects(old).map_err(|e| e.message)),
                    unversioned: old.unversioned.clone().unwrap_or_default(),
                    sight: sight(old),
                    ..Settings::default()
                };
                Settings::stricter((&before, its_policy.unwrap_or(policy)), (&ours, policy))
            }
            None => ours,
        };
        both.levels = both.levels.with(&self.flags);
        Ok(both)
    }
}

/// The configuration of an old side that has one.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub(super) config: &'a Config,
    /// Its policy, where that is another one than ours.
    pub(super) policy: Option<&'a Policy>,
}

struct Judged<'a> {
    baseline_policy: Option<&'a Policy>,
    against: Against<'a>,
    old: Option<&'a EndpointSet>,
    plan_stood: bool,
    audits: &'a [Audit],
    /// The version under judgement, where it comes from tags.
    version: Option<&'a str>,
    /// Other releases at hand.
    releases: &'a Releases,
}

/// Versions of marks that a release must not leave open, besides those of endpoints, which the policy sees: of fields
/// and variants, and of deprecations.
fn leftovers(current: &Current, name: &str, set: &EndpointSet) -> Vec<Audit> {
    let seen = |open: &Unresolved| {
        set.endpoints.iter().any(|endpoint| {
            let since = endpoint.lifetime.since.as_ref().is_some_and(|since| since.version == "next");
            since && endpoint.mark_place.as_ref() == Some(&open.mark)
        })
    };
    let left = current.unresolved.get(name).map_or(&[][..], Vec::as_slice).iter().filter(|open| !seen(open));
    left.map(|open| {
        let message = "a version of a mark says `next`, and the release is being made".to_owned();
        let mut audit = Audit::of_package("since-unresolved", name, message);
        audit.at = format!("{}:{}:{}", open.text.file, open.text.line, open.text.column);
        audit.new = Some(open.text.clone());
        audit
    })
    .collect()
}

pub(super) fn empty_set(name: &str) -> EndpointSet {
    EndpointSet {
        package: name.to_owned(),
        version: None,
        endpoints: Vec::new(),
        shapes: crate::model::Shapes::default(),
        blind_spots: Vec::new(),
        unread: std::collections::BTreeMap::new(),
        features: std::collections::BTreeMap::new(),
        followed: std::collections::BTreeMap::new(),
    }
}

/// The dependencies whose sources were read: what is said holds where they are at hand.
fn followed(set: &EndpointSet, old: Option<&EndpointSet>) -> Option<String> {
    let mut all = set.followed.clone();
    for (name, version) in old.iter().flat_map(|old| &old.followed) {
        let now = all.entry(name.clone()).or_insert_with(|| version.clone());
        if now != version {
            *now = format!("{now} (was {version})");
        }
    }
    let shown: Vec<String> = all.iter().map(|(name, version)| format!("{name} {version}")).collect();
    (!shown.is_empty()).then(|| format!("types of dependencies are read from their sources: {}", shown.join(", ")))
}

/// Is this the package of a member in `directory`, or was it before it moved?
fn stands_in(package: &Package, directory: &str) -> bool {
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    last(directory) == last(&package.directory) || last(directory) == package.name
}

fn package<'a>(side: &'a crate::cli::world::Side, name: &str) -> Option<&'a Package> {
    side.workspace.package(name)
}

/// The version line of a package: its own key, else the set's, else the manifest's.
pub(super) fn version_of(config: &Config, set: &EndpointSet, package: Option<&Package>) -> Option<String> {
    config.version.clone().or_else(|| set.version.clone()).or_else(|| package.and_then(|p| p.version.clone()))
}

/// The policy that an old side chose, where it is another one, by its name or by what its file says.
fn policy_there(ours: &Policy, config: &Config, (old, name): (&Old, &str)) -> Option<Policy> {
    let chosen = old.settings.of(name).policy;
    if chosen == config.policy && chosen.as_deref().is_none_or(|name| policy::built_in(name).is_some()) {
        return None;
    }
    // A file that is not there must not make an old release unreadable.
    let there = settings::policy_of(&old.side, &old.settings, name, None);
    let there = there.map_err(|failure| {
        output::warn(&format!("{}: its policy says nothing here: {}", old.side.origin, failure.message));
    });
    there.ok().filter(|there| there != ours)
}

/// What a configuration says of what is compared. A registry and a snapshot cannot be moved by the change itself.
fn sight(config: &Config) -> Sight {
    let mut out = Sight {
        baseline: config.baseline.clone(),
        line: config.version.clone(),
        only_in_tree: config.dependencies == Some(DependencySources::InTree),
        ..Sight::default()
    };
    out.implicit.extend(config.implicit.iter().flatten().map(|kind| list::kind(*kind)));
    for (table, rows) in [("types", &config.types), ("extractors", &config.extractors)] {
        out.rows.extend(rows.iter().flatten().map(|(key, value)| ((table, key.clone()), value.clone())));
    }
    for (key, name) in config.macros.iter().flatten() {
        let value = match name {
            MacroName::Items => "items".to_owned(),
            MacroName::Nothing => "nothing".to_owned(),
            MacroName::As(path) => path.clone(),
        };
        out.rows.insert(("macros", key.clone()), value);
    }
    out
}

/// A table of an old release's configuration. One that today's tool refuses says nothing, with a warning.
fn of_old<T: Default>(package: &str, table: Result<T, String>) -> T {
    table.unwrap_or_else(|why| {
        output::warn(&format!("{package}: a table of the baseline's configuration says nothing here: {why}"));
        T::default()
    })
}

fn levels(config: &Config) -> Result<Levels, policy::UnknownRule> {
    let level = |name: LevelName| match name {
        LevelName::Allow => Level::Allow,
        LevelName::Warn => Level::Warn,
        LevelName::Deny => Level::Deny,
    };
    Levels::from_table(config.levels.iter().flatten().map(|(rule, name)| (rule.clone(), level(*name))))
}

fn clients(config: &Config) -> Result<Clients, Failure> {
    let mut clients = Clients::default();
    for (key, value) in config.clients.iter().flatten() {
        let (words, slot): ([&str; 2], &mut bool) = match key.as_str() {
            "unknown-fields" => (["ignored", "refused"], &mut clients.unknown_fields_refused),
            "unknown-variants" => (["refused", "ignored"], &mut clients.unknown_variants_ignored),
            "wide-integers" => (["refused", "accepted"], &mut clients.wide_integers_accepted),
            "null-and-absent" => (["distinct", "same"], &mut clients.null_and_absent_same),
            _ => {
                return Err(Failure::new("config", format!("`clients` has no key `{key}`"))
                    .help("its keys are unknown-fields, unknown-variants, wide-integers and null-and-absent"));
            }
        };
        let [no, yes] = words;
        *slot = value == yes;
        if value != yes && value != no {
            return Err(Failure::new("config", format!("`clients.{key}` cannot be `{value}`"))
                .help(format!("write `{no}` or `{yes}`")));
        }
    }
    Ok(clients)
}

fn effects(config: &Config) -> Result<Effects, Failure> {
    let all = [Effect::None, Effect::Compatible, Effect::Deprecation, Effect::Addition, Effect::Breaking];
    let mut effects = Effects::new();
    for (rule, word) in config.effects.iter().flatten() {
        let Some(row) = policy::rules::rule_by_id(rule) else {
            return Err(Failure::new("config", format!("`effects` names `{rule}`, and there is no such rule"))
                .help("`cargo verpolicy rules` lists them"));
        };
        if row.effect.is_none() {
            return Err(Failure::new("config", format!("`{rule}` is an audit: it has no effect to move")));
        }
        let effect = all.into_iter().find(|e| crate::report::effect_word(*e) == word).ok_or_else(|| {
            Failure::new("config", format!("`effects.{rule}` cannot be `{word}`"))
                .help("write none, compatible, deprecation, addition or breaking")
        })?;
        effects.insert(rule.clone(), effect);
    }
    Ok(effects)
}
