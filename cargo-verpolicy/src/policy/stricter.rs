//! The stricter of both sides: of levels, clients and effects what the baseline had still holds where ours is looser,
//! and every loosening is told.

use super::case::{Settings, Sight};
use super::effects::{Clients, Effects};
use super::level::Levels;
use super::rules::rule_by_id;
use super::{Effect, Policy};
use crate::model::Kind;

impl Settings {
    /// Ours, held to the baseline's; acceptances and paths are ours alone. Where the baseline's tree had no
    /// configuration, take ours as it is instead.
    #[must_use]
    pub fn stricter((baseline, its_policy): (&Self, &Policy), (ours, policy): (&Self, &Policy)) -> Self {
        let mut out = ours.clone();
        let (levels, loosened) = Levels::stricter((&baseline.levels, its_policy), (&ours.levels, policy));
        out.levels = levels;
        out.loosened.extend(
            loosened.into_iter().map(|rule| {
                format!("the level of `{rule}` was loosened: the stricter one holds until the next release")
            }),
        );
        let (clients, loosened) = stricter_clients(baseline.clients, ours.clients);
        out.clients = clients;
        out.loosened.extend(
            loosened.into_iter().map(|key| {
                format!("`{key}` of `clients` was loosened: the stricter value holds until the next release")
            }),
        );
        let (effects, loosened) = stricter_effects(&baseline.effects, &ours.effects);
        out.effects = effects;
        out.loosened.extend(
            loosened.into_iter().map(|rule| {
                format!("the effect of `{rule}` was loosened: the stricter one holds until the next release")
            }),
        );
        out.loosened.extend(out.sight.widen(&baseline.sight));
        if policy.paths.version_segment {
            let fresh = ours.unversioned.iter().filter(|glob| !baseline.unversioned.contains(glob));
            out.loosened.extend(fresh.map(|glob| {
                format!("`unversioned` names `{glob}` now: what it matches needs no version of its own in its path")
            }));
        }
        out
    }

    /// What ours makes looser than it is where nothing is configured, and what it reads in place of other things: the
    /// rules and keys, in backticks.
    #[must_use]
    pub fn loosens(&self, policy: &Policy) -> Vec<String> {
        let own = Self { sight: Sight::default(), ..self.clone() };
        let loosened = Self::stricter((&Self::default(), policy), (&own, policy)).loosened;
        let rules = loosened.iter().filter_map(|sentence| Some(format!("`{}`", sentence.split('`').nth(1)?)));
        rules.chain(self.sight.rows.keys().map(|(table, key)| format!("`{table}.{key}`"))).collect()
    }
}

impl Sight {
    /// Takes in what counted at the baseline, and says what is seen otherwise than there.
    fn widen(&mut self, baseline: &Self) -> Vec<String> {
        let mut out = Vec::new();
        for kind in baseline.implicit.difference(&self.implicit) {
            let word = if *kind == Kind::Http { "routes" } else { "public" };
            out.push(format!("`implicit` no longer names `{word}`: what it promised counts until the next release"));
        }
        self.implicit.extend(&baseline.implicit);
        if let Some(now) = self.baseline.as_ref().filter(|now| baseline.baseline.as_ref() != Some(*now)) {
            out.push(format!("`baseline` is `{now}` now: it decides what this tree is compared with"));
        }
        match (&baseline.line, &self.line) {
            (None, Some(now)) => {
                out.push(format!("`version = \"{now}\"` is new: it is judged in place of the package's version"));
            }
            (Some(_), None) => {
                out.push("`version` is gone: the package's version is judged in its place".to_owned());
            }
            _ => {}
        }
        if self.only_in_tree && !baseline.only_in_tree {
            out.push(
                "`dependencies` is `in-tree` now: types of other dependencies are no longer looked into".to_owned(),
            );
        }
        for ((table, key), now) in &self.rows {
            if baseline.rows.get(&(*table, key.clone())) != Some(now) {
                out.push(format!(
                    "`{table}` has `{key} = {now}` now: both sides are read so, and what it stands for is not"
                ));
            }
        }
        out
    }
}

fn stricter_clients(before: Clients, now: Clients) -> (Clients, Vec<&'static str>) {
    let loosened = [
        ("unknown-fields", before.unknown_fields_refused && !now.unknown_fields_refused),
        ("unknown-variants", !before.unknown_variants_ignored && now.unknown_variants_ignored),
        ("wide-integers", !before.wide_integers_accepted && now.wide_integers_accepted),
        ("null-and-absent", !before.null_and_absent_same && now.null_and_absent_same),
    ];
    let clients = Clients {
        unknown_fields_refused: before.unknown_fields_refused || now.unknown_fields_refused,
        unknown_variants_ignored: before.unknown_variants_ignored && now.unknown_variants_ignored,
        wide_integers_accepted: before.wide_integers_accepted && now.wide_integers_accepted,
        null_and_absent_same: before.null_and_absent_same && now.null_and_absent_same,
    };
    (clients, loosened.into_iter().filter(|(_, loose)| *loose).map(|(key, _)| key).collect())
}

fn stricter_effects(before: &Effects, now: &Effects) -> (Effects, Vec<String>) {
    let own = |rule: &str| rule_by_id(rule).and_then(|r| r.effect).unwrap_or(Effect::Breaking);
    let mut out = Effects::new();
    let mut loosened = Vec::new();
    for rule in before.keys().chain(now.keys()) {
        let of = |table: &Effects| table.get(rule).copied().unwrap_or_else(|| own(rule));
        let (then, today) = (of(before), of(now));
        if then > today && !out.contains_key(rule) {
            loosened.push(rule.clone());
        }
        out.insert(rule.clone(), then.max(today));
    }
    (out, loosened)
}

#[cfg(test)]
mod tests {
    use super::super::{Level, built_in};
    use super::*;

    #[test]
    fn a_loosening_counts_from_the_next_release() {
        let policy = built_in("semver").unwrap().unwrap();
        let settings = |level: Level, clients: Clients, effect: Effect| {
            let mut out = Settings { clients, ..Settings::default() };
            out.levels.set("endpoint-removed", level).unwrap();
            out.effects.insert("request-default-changed".to_owned(), effect);
            out
        };
        let strict = Clients { unknown_fields_refused: true, ..Clients::default() };
        let loose = Clients { unknown_variants_ignored: true, ..Clients::default() };
        let old = settings(Level::Deny, strict, Effect::Breaking);
        let new = settings(Level::Warn, loose, Effect::Compatible);
        let merged = Settings::stricter((&old, &policy), (&new, &policy));
        let rule = rule_by_id("endpoint-removed").unwrap();
        assert_eq!(merged.levels.of(rule, &policy), Level::Deny);
        assert_eq!(merged.clients, strict);
        assert_eq!(merged.effects["request-default-changed"], Effect::Breaking);
        assert_eq!(merged.loosened.len(), 4, "{:?}", merged.loosened);
        let tightened = Settings::stricter((&new, &policy), (&old, &policy));
        assert_eq!(tightened.loosened, [] as [String; 0]);
        assert_eq!(tightened.levels.of(rule, &policy), Level::Deny);
        // A default that is loosened for the first time.
        let first = Settings::stricter((&Settings::default(), &policy), (&new, &policy));
        assert_eq!(first.effects["request-default-changed"], Effect::Breaking);
        assert_eq!(first.levels.of(rule, &policy), Level::Deny);
        assert_eq!(Settings::stricter((&new, &policy), (&new, &policy)).loosened, [] as [String; 0]);
    }
}
