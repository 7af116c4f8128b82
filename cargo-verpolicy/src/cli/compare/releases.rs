//! The releases that marks name, read only where a mark is new, changed or about to be released.

use super::baseline::Past;
use super::{Current, Old, Run};
use crate::cli::world::From;
use crate::config::Config;
use crate::diff::Diff;
use crate::model::EndpointSet;
use crate::policy::baseline;
use crate::policy::{Mode, NumberKind, Policy, deprecating_releases, named_releases};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Endpoint sets of other releases than the baseline.
#[derive(Default)]
pub(super) struct Releases {
    /// Those that marks name, and the one before each, by version.
    pub(super) named: BTreeMap<String, EndpointSet>,
    /// The last API release, where the policy releases the API apart and the baseline is none.
    pub(super) api: Option<EndpointSet>,
    /// The days of the releases and of both sides, by version, from the commits of their tags.
    pub(super) dates: BTreeMap<String, Date>,
    /// Releases that came before, by version, where versions hold days.
    pub(super) earlier: Vec<String>,
}

/// One package and what it is compared with.
pub(super) struct Compared<'a> {
    pub(super) name: &'a str,
    pub(super) config: &'a Config,
    pub(super) policy: &'a Policy,
    pub(super) set: &'a EndpointSet,
    pub(super) old: &'a Old,
    pub(super) old_set: &'a EndpointSet,
    pub(super) old_version: Option<&'a str>,
}

impl Compared<'_> {
    /// At or before the baseline: what came later is judged, and says nothing of itself.
    fn reached(&self, version: &str) -> bool {
        let scheme = &self.policy.scheme;
        let baseline = self.old_version.and_then(|text| scheme.parse(text).ok());
        scheme.parse(version).is_ok_and(|v| baseline.is_some_and(|b| scheme.compare(&v, &b).is_le()))
    }
}

impl Releases {
    /// What changed since the last API release.
    pub(super) fn since_api(&self, set: &EndpointSet, options: &crate::diff::Options) -> Option<Diff> {
        self.api.as_ref().map(|api| crate::diff::compare(api, set, options))
    }
}

impl Run<'_> {
    /// Reads what is needed; what is not at hand is left out, and the policy says so.
    pub(super) fn releases<'w>(
        &'w self,
        current: &Current,
        compared: &Compared<'_>,
        past: &mut Option<Past<'w>>,
    ) -> Releases {
        let every = self.mode == Mode::Release || self.walked.is_some();
        let mut wanted = named_releases(compared.set, Some(compared.old_set), every);
        let api = compared.old_version.and_then(|version| last_api(compared.policy, version));
        wanted.extend(api.clone());
        let deprecating = deprecating_releases(compared.policy, compared.old_set, compared.set);
        let dated = !deprecating.is_empty();
        wanted.extend(deprecating);
        let ours =
            super::package::version_of(compared.config, compared.set, current.side.workspace.package(compared.name));
        let about = (compared.name, compared.config);
        let earlier = self.earlier(current, about, compared.policy, ours.as_deref(), past);
        let mut out = Releases { earlier, ..Releases::default() };
        if wanted.is_empty() {
            return out;
        }
        if let Some(walked) = self.walked.as_ref().and_then(|walked| walked.get(compared.name)) {
            for (before, release) in std::iter::once(None).chain(walked.iter().map(Some)).zip(walked) {
                let scheme = &compared.policy.scheme;
                let same = |text: &String| scheme.parse_loose(text).is_ok_and(|v| scheme.render(&v) == release.version);
                if wanted.iter().any(same) && compared.reached(&release.version) {
                    let both = before.into_iter().chain([release]);
                    out.named.extend(both.map(|r| (r.version.clone(), EndpointSet::clone(&r.set))));
                }
            }
            return out;
        }
        // Without a repository no release is at hand.
        let Ok(past) = self.past(past) else { return out };
        let tags = |wanted: &BTreeSet<String>, past: &mut Past<'_>| {
            self.with_history(current, about, compared.policy, &[], past, |history, fact| {
                baseline::named(history, wanted, fact)
            })
        };
        let named = tags(&wanted, past);
        if dated {
            out.dates = self.dates(current, compared, &named, past);
        }
        let api = api.and_then(|api| {
            let version = compared.policy.scheme.parse_loose(&api).ok()?;
            let found = tags(&BTreeSet::from([api]), past);
            found.into_iter().find(|(text, _)| compared.policy.scheme.parse(text).is_ok_and(|v| v == version))
        });
        let api = api.map(|(_, tag)| tag);
        for (version, tag) in named {
            if !compared.reached(&version) {
                continue;
            }
            let from = From::Git(tag.clone());
            let set = if compared.old.side.from == from {
                Some(compared.old_set.clone())
            } else {
                self.release_set(current, compared, &from)
            };
            let Some(set) = set else { continue };
            if api.as_ref() == Some(&tag) {
                out.api = Some(set.clone());
            }
            out.named.insert(version, set);
        }
        out
    }

    /// The releases of a package at hand, by version, where versions hold days. Of a version that is released already,
    /// as of one that `history` judges, only what came before it.
    pub(super) fn earlier<'w>(
        &'w self,
        current: &Current,
        (name, config): (&str, &Config),
        policy: &Policy,
        ours: Option<&str>,
        past: &mut Option<Past<'w>>,
    ) -> Vec<String> {
        let scheme = &policy.scheme;
        if scheme.numbers.iter().all(|number| number.kind != NumberKind::Date) {
            return Vec::new();
        }
        let same = |one: &str, other: &str| {
            scheme.parse(one).ok().zip(scheme.parse(other).ok()).is_some_and(|(a, b)| scheme.compare(&a, &b).is_eq())
        };
        if let Some(walked) = self.walked.as_ref().and_then(|walked| walked.get(name)) {
            let current = &current.side.origin;
            let time = walked.iter().find(|release| release.origin() == *current).map(|release| release.commit.time);
            let before = walked.iter().filter(|release| time.is_some_and(|time| release.commit.time <= time));
            return before.map(|release| release.version.clone()).collect();
        }
        let Ok(past) = self.past(past) else { return Vec::new() };
        self.with_history(current, (name, config), policy, &[], past, |history, fact| {
            let releases = baseline::releases(history, fact).unwrap_or_default();
            let ours = history.current.or(ours);
            let made = history.version_from_tag || releases.iter().any(|(v, _)| ours.is_some_and(|ours| same(v, ours)));
            let kept = releases.into_iter().filter(|(_, tag)| !made || fact(tag).ancestor);
            kept.map(|(version, _)| version).collect()
        })
    }

    /// The days of the releases that were found, and of both sides where they are tags.
    fn dates(
        &self,
        current: &Current,
        compared: &Compared<'_>,
        named: &BTreeMap<String, String>,
        past: &Past<'_>,
    ) -> BTreeMap<String, Date> {
        let scheme = &compared.policy.scheme;
        let written = |text: &str| scheme.parse(text).ok().map(|version| scheme.render(&version));
        let revision = |from: &From| if let From::Git(tag) = from { Some(tag.clone()) } else { None };
        let ours =
            super::package::version_of(compared.config, compared.set, current.side.workspace.package(compared.name));
        let sides = [
            (compared.old_version.map(str::to_owned), revision(&compared.old.side.from)),
            (ours, revision(&current.side.from)),
        ];
        let sides = sides.into_iter().filter_map(|(version, tag)| Some((written(&version?)?, tag?)));
        let all = named.iter().map(|(version, tag)| (version.clone(), tag.clone())).chain(sides);
        all.filter_map(|(version, tag)| Some((version, past.day(&tag)?))).collect()
    }

    fn release_set(&self, current: &Current, compared: &Compared<'_>, from: &From) -> Option<EndpointSet> {
        let side = self.old_side(from, current).ok()?;
        let previous = compared.config.previous_names.iter().flatten().map(String::as_str);
        let name = std::iter::once(compared.name).chain(previous).find(|n| side.workspace.package(n).is_some())?;
        let options = self.old_options(current);
        let mut sets = self.world.sets(&side, Some(&BTreeSet::from([name.to_owned()])), &options).ok()?;
        sets.remove(name)
    }
}

/// The API release that a baseline which is none builds on, as marks write it.
fn last_api(policy: &Policy, baseline: &str) -> Option<String> {
    if !policy.releases_api_apart() {
        return None;
    }
    let version = policy.scheme.parse(baseline).ok().filter(|version| !policy.is_api_release(version))?;
    Some(policy.reading(&policy.scheme.render(&version)).ok()?.api?.version)
}
