//! Conditions of two sides: is there a build that had something, and has it no more?

use crate::model::{Condition, EndpointSet};
use std::collections::{BTreeMap, BTreeSet};

/// How many leaves are tried in all combinations.
const MAX_LEAVES: usize = 16;

/// Features, and what each turns on.
type Features = BTreeMap<String, BTreeSet<String>>;

/// What builds there are: which features turn on which, on both sides, and of which platforms the old side speaks.
pub(super) struct Builds<'a> {
    old: &'a Features,
    new: &'a Features,
    /// Leaves that say a platform, or a flag of the package's own, of all conditions of the old side.
    platforms: BTreeSet<&'a Condition>,
}

/// Of the builds that the old condition admits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// The new one admits all of them.
    All,
    /// Those that it refuses may never have been: without the default features, of which a new one is asked for now,
    /// or for a platform or with a flag of which the old side says nothing.
    Doubtful,
    /// It refuses some.
    Some,
}

/// Of a feature that no longer turns on another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Narrowed {
    /// Those that ask for it lose an item.
    Loses,
    /// They lose none.
    Keeps,
    /// No item stands behind the other feature: what the code does may be another thing.
    Unseen,
}

impl<'a> Builds<'a> {
    /// The builds of two sets.
    pub(super) fn of(old: &'a EndpointSet, new: &'a EndpointSet) -> Self {
        let mut platforms = BTreeSet::new();
        for endpoint in old.endpoints.iter().filter(|e| e.condition != Condition::Always) {
            let mut leaves = BTreeSet::new();
            collect(&endpoint.condition, &mut leaves);
            platforms.extend(leaves.into_iter().filter(|leaf| is_platform(leaf) || is_flag_of_its_own(leaf)));
        }
        Self { old: &old.features, new: &new.features, platforms }
    }

    /// Is there a build that both conditions of one side admit?
    pub(super) fn hold_together(&self, a: &Condition, b: &Condition) -> bool {
        self.any_build(a, b, |leaves, bits| leaves.admit(a, bits) && leaves.admit(b, bits))
    }

    /// Is there a build that an old condition admits, and a new one then too?
    pub(super) fn meet(&self, old: &Condition, new: &Condition) -> bool {
        self.any_build(old, new, |leaves, bits| {
            let after = leaves.after(bits);
            // Those that asked for no defaults get a new one of them, where they add that.
            leaves.admit(old, bits) && (leaves.admit(new, after) || leaves.admit(new, after | leaves.fresh_default))
        })
    }

    /// Does it hold of a build? Where there are too many leaves to try, it may.
    fn any_build(&self, a: &Condition, b: &Condition, holds: impl Fn(&Leaves<'_>, u32) -> bool) -> bool {
        let mut leaves = BTreeSet::new();
        collect(a, &mut leaves);
        collect(b, &mut leaves);
        if leaves.len() > MAX_LEAVES {
            return true;
        }
        let leaves = Leaves::of(leaves.into_iter().collect(), self);
        (0_u32..1 << leaves.list.len()).any(|bits| leaves.is_build(bits) && holds(&leaves, bits))
    }

    /// Has the old side every feature that the condition names? Else none of its builds can tell what it admits.
    pub(super) fn knows(&self, condition: &Condition) -> bool {
        let mut leaves = BTreeSet::new();
        collect(condition, &mut leaves);
        let known = |leaf: &&Condition| match leaf {
            Condition::Feature(name) => self.old.is_empty() || self.old.contains_key(name),
            _ => true,
        };
        leaves.iter().all(known)
    }

    /// What it means that a feature no longer turns on another one, to what stands under these conditions.
    pub(super) fn narrowed(
        &self,
        feature: &str,
        gone: &str,
        conditions: &BTreeSet<(Condition, Condition)>,
    ) -> Narrowed {
        let (was_on, is_on) = (closure(self.old, feature), closure(self.new, feature));
        let mut seen = false;
        for (was, is) in conditions {
            let mut leaves = BTreeSet::new();
            collect(was, &mut leaves);
            if !leaves.iter().any(|leaf| matches!(leaf, Condition::Feature(name) if name == gone)) {
                continue;
            }
            seen = true;
            collect(is, &mut leaves);
            let others = leaves.iter().filter_map(|leaf| match leaf {
                Condition::Feature(name) if !was_on.contains(name.as_str()) || is_on.contains(name.as_str()) => {
                    Some(name)
                }
                _ => None,
            });
            // With nothing else asked for, and with all else that they speak of.
            for asked in [Vec::new(), others.collect::<Vec<&String>>()] {
                let admits = |condition: &Condition, features: &Features, on: &BTreeSet<&str>| {
                    let more = asked.iter().map(|name| closure(features, name));
                    let on = more.fold(on.clone(), |all, more| &all | &more);
                    condition.given(&|leaf| match leaf {
                        Condition::Feature(name) => Some(on.contains(name.as_str())),
                        _ => None,
                    })
                };
                let (before, after) = (admits(was, self.old, &was_on), admits(is, self.new, &is_on));
                if before != Condition::Never && after != Condition::Always && !implies(&before, &after) {
                    return Narrowed::Loses;
                }
            }
        }
        // What was no more than the feature of a dependency, and is turned on by itself now.
        let by_itself = |entry: &String| entry.strip_prefix("dep:") == Some(gone);
        let turns_on = is_on.iter().filter_map(|name| self.new.get(*name)).flatten().any(by_itself);
        if seen || turns_on { Narrowed::Keeps } else { Narrowed::Unseen }
    }

    /// Can some build of the new side still meet a condition of the old side, whose features the old side had?
    pub(super) fn can_hold(&self, condition: &Condition) -> bool {
        let rest = condition.given(&|leaf| match leaf {
            Condition::Feature(name) if self.old.contains_key(name) && !self.new.contains_key(name) => Some(false),
            _ => None,
        });
        self.new.is_empty() && self.old.is_empty() || rest != Condition::Never
    }

    /// Did the default features of the old side meet a condition, which those of the new side no longer do?
    pub(super) fn was_default(&self, condition: &Condition) -> bool {
        let met_by = |features: &Features| {
            let on = closure(features, "default");
            let rest = condition.given(&|leaf| match leaf {
                Condition::Feature(name) => Some(on.contains(name.as_str())),
                _ => None,
            });
            rest != Condition::Never
        };
        met_by(self.old) && !met_by(self.new)
    }

    /// Compares what two conditions admit.
    pub(super) fn kept(&self, old: &Condition, new: &Condition) -> Kept {
        if *new == Condition::Always || implies(old, new) || old.excludes(&new.clone().negate()) {
            return Kept::All;
        }
        let mut leaves = BTreeSet::new();
        collect(old, &mut leaves);
        collect(new, &mut leaves);
        if leaves.len() > MAX_LEAVES {
            return Kept::Some;
        }
        let mut was = BTreeSet::new();
        collect(old, &mut was);
        let leaves = Leaves::of(leaves.into_iter().collect(), self);
        let mut found = Kept::All;
        for bits in 0_u32..1 << leaves.list.len() {
            let unstable = leaves.list.iter().enumerate().any(|(i, leaf)| {
                bits >> i & 1 == 1 && matches!(leaf, Condition::Flag(name) if name.contains("unstable"))
            });
            if unstable || !leaves.is_build(bits) || !leaves.admit(old, bits) || leaves.admit(new, leaves.after(bits)) {
                continue;
            }
            // What a platform can do, as atomics of some width: nearly all can.
            let able = bits | leaves.abilities();
            if able != bits && leaves.admit(new, leaves.after(able)) {
                found = Kept::Doubtful;
                continue;
            }
            let with_default = bits | leaves.default_old;
            let only_without = leaves.admit(old, with_default)
                && leaves.admit(new, leaves.after(with_default) | leaves.default_new)
                && leaves.fresh_features(&was, self);
            let unheard = leaves.list.iter().enumerate().any(|(i, leaf)| {
                let told = was.contains(*leaf) || self.platforms.contains(*leaf);
                bits >> i & 1 == 1 && (is_platform(leaf) || is_flag_of_its_own(leaf)) && !told
            });
            // What sets a flag of the package's own, and when, is not known.
            let flagged =
                leaves.list.iter().enumerate().any(|(i, leaf)| bits >> i & 1 == 1 && is_flag_of_its_own(leaf));
            if !only_without && !unheard && !flagged {
                return Kept::Some;
            }
            found = Kept::Doubtful;
        }
        found
    }
}

/// The leaves of two conditions as bits.
struct Leaves<'c> {
    list: Vec<&'c Condition>,
    /// What each feature turns on, itself too; of other leaves, only itself.
    old: Vec<u32>,
    new: Vec<u32>,
    default_old: u32,
    default_new: u32,
    /// Of the new default features, those that the old side does not have.
    fresh_default: u32,
    /// Features that one of the sides does not have: no build of both can ask for them by name.
    lone: u32,
}

impl<'c> Leaves<'c> {
    fn of(list: Vec<&'c Condition>, builds: &Builds<'_>) -> Self {
        let mask = |features: &Features, name: &str| {
            let on = closure(features, name);
            let bit = |(i, leaf): (usize, &&Condition)| match leaf {
                Condition::Feature(name) if on.contains(name.as_str()) => 1_u32 << i,
                _ => 0,
            };
            list.iter().enumerate().map(bit).fold(0, |all, bit| all | bit)
        };
        let masks = |features: &Features| -> Vec<u32> {
            let one = |(i, leaf): (usize, &&Condition)| match leaf {
                Condition::Feature(name) => mask(features, name),
                _ => 1 << i,
            };
            list.iter().enumerate().map(one).collect()
        };
        let lone = list.iter().enumerate().filter(|(_, leaf)| match leaf {
            Condition::Feature(name) => {
                [builds.old, builds.new].into_iter().any(|table| !table.is_empty() && !table.contains_key(name))
            }
            _ => false,
        });
        let lone = lone.fold(0, |all, (i, _)| all | 1 << i);
        let (old, new) = (masks(builds.old), masks(builds.new));
        let (default_old, default_new) = (mask(builds.old, "default"), mask(builds.new, "default"));
        let fresh = |leaf: &Condition| matches!(leaf, Condition::Feature(name) if !builds.old.contains_key(name));
        let fresh = list.iter().enumerate().filter(|(_, leaf)| fresh(leaf)).fold(0, |all, (i, _)| all | 1 << i);
        Self { fresh_default: default_new & fresh, list, old, new, default_old, default_new, lone }
    }

    fn closed(bits: u32, masks: &[u32]) -> u32 {
        masks.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).fold(bits, |all, (_, mask)| all | mask)
    }

    /// What is on in the new side where this was asked for.
    fn after(&self, bits: u32) -> u32 {
        Self::closed(bits, &self.new)
    }

    /// Can all of this be on at once, and nothing else of the list?
    fn is_build(&self, bits: u32) -> bool {
        if bits & self.lone != 0 || Self::closed(bits, &self.old) != bits {
            return false;
        }
        let on = |i: usize| bits >> i & 1 == 1;
        let mut values: BTreeMap<&str, &str> = BTreeMap::new();
        let mut family = None;
        for (i, leaf) in self.list.iter().enumerate() {
            match leaf {
                Condition::KeyValue(key, value)
                    if on(i) && key == "target_pointer_width" && !["16", "32", "64"].contains(&value.as_str()) =>
                {
                    return false;
                }
                Condition::KeyValue(key, value) if on(i) && EXCLUSIVE.contains(&key.as_str()) => {
                    if values.insert(key, value).is_some_and(|other| other != value) {
                        return false;
                    }
                    if key == "target_os" {
                        family = family_of(value).or(family);
                    }
                }
                _ => {}
            }
        }
        let apple = self.list.iter().position(
            |leaf| matches!(leaf, Condition::KeyValue(key, value) if key == "target_vendor" && value == "apple"),
        );
        if let (Some(apple), Some(os)) = (apple, values.get("target_os"))
            && on(apple) != APPLE.contains(os)
        {
            return false;
        }
        let (unix, windows) = (self.flag("unix"), self.flag("windows"));
        let said = |at: Option<usize>| at.map(&on);
        let impossible = matches!(
            (said(unix), said(windows), family),
            (Some(true), Some(true), _)
                | (Some(false) | None, Some(true), Some("unix"))
                | (Some(false), _, Some("unix"))
                | (Some(true), _, Some("windows"))
                | (_, Some(false), Some("windows"))
        );
        !impossible
    }

    fn abilities(&self) -> u32 {
        let able =
            |leaf: &Condition| matches!(leaf, Condition::KeyValue(key, _) if key.starts_with("target_has_atomic"));
        let bits = self.list.iter().enumerate().filter(|(_, leaf)| able(leaf)).map(|(at, _)| 1 << at);
        bits.fold(0, |all, bit: u32| all | bit)
    }

    fn flag(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|leaf| matches!(leaf, Condition::Flag(flag) if flag == name))
    }

    fn admit(&self, condition: &Condition, bits: u32) -> bool {
        condition.holds(&|leaf| self.list.iter().position(|l| *l == leaf).is_some_and(|at| bits >> at & 1 == 1))
    }

    /// Are the features, of which the old condition did not speak, new ones?
    fn fresh_features(&self, was: &BTreeSet<&Condition>, builds: &Builds<'_>) -> bool {
        let mut fresh = self.list.iter().filter(|leaf| !was.contains(**leaf)).filter_map(|leaf| match leaf {
            Condition::Feature(name) => Some(name),
            _ => None,
        });
        fresh.all(|name| !builds.old.contains_key(name))
    }
}

/// Keys of which a build has one value.
const EXCLUSIVE: [&str; 6] =
    ["target_os", "target_arch", "target_env", "target_endian", "target_pointer_width", "panic"];

/// The operating systems of one vendor.
const APPLE: [&str; 5] = ["macos", "ios", "tvos", "watchos", "visionos"];

/// The family of an operating system.
fn family_of(os: &str) -> Option<&'static str> {
    const UNIX: [&str; 16] = [
        "linux",
        "android",
        "macos",
        "ios",
        "tvos",
        "watchos",
        "visionos",
        "freebsd",
        "netbsd",
        "openbsd",
        "dragonfly",
        "solaris",
        "illumos",
        "redox",
        "haiku",
        "aix",
    ];
    match os {
        "windows" => Some("windows"),
        os if UNIX.contains(&os) => Some("unix"),
        _ => None,
    }
}

fn is_platform(leaf: &Condition) -> bool {
    matches!(leaf, Condition::KeyValue(key, _) if key.starts_with("target_"))
}

/// A flag that neither the compiler nor Cargo sets.
fn is_flag_of_its_own(leaf: &Condition) -> bool {
    const SET: [&str; 10] = [
        "unix",
        "windows",
        "test",
        "doc",
        "doctest",
        "debug_assertions",
        "proc_macro",
        "miri",
        "overflow_checks",
        "panic",
    ];
    matches!(leaf, Condition::Flag(name) if !SET.contains(&name.as_str()))
}

/// Does the one condition say the other by its parts alone?
fn implies(old: &Condition, new: &Condition) -> bool {
    match (old, new) {
        _ if old == new => true,
        (Condition::Any(parts), _) => parts.iter().all(|part| implies(part, new)),
        (_, Condition::All(parts)) => parts.iter().all(|part| implies(old, part)),
        (Condition::All(all), Condition::Any(any)) => {
            any.iter().any(|part| implies(old, part)) || all.iter().any(|part| implies(part, new))
        }
        (Condition::All(parts), _) => parts.iter().any(|part| implies(part, new)),
        (_, Condition::Any(parts)) => parts.iter().any(|part| implies(old, part)),
        _ => false,
    }
}

/// What those who use a set take for granted: the default features, and what all of its endpoints ask for.
pub(super) struct Usual<'a> {
    on: BTreeSet<&'a str>,
    all_ask: BTreeSet<Condition>,
}

impl<'a> Usual<'a> {
    /// Of a set.
    pub(super) fn of(set: &'a EndpointSet) -> Self {
        let mut all = set.endpoints.iter().map(|endpoint| parts(&endpoint.condition));
        let first = all.next().unwrap_or_default();
        let all_ask = all.fold(first, |kept, next| if kept.is_empty() { kept } else { &kept & &next });
        Self { on: closure(&set.features, "default"), all_ask }
    }

    /// What a condition asks beyond that.
    pub(super) fn beyond(&self, condition: Condition) -> Condition {
        if condition == Condition::Always {
            return condition;
        }
        let rest = parts(&condition).into_iter().filter(|part| !self.all_ask.contains(part));
        let rest = rest.fold(Condition::Always, Condition::and);
        let beyond = rest.given(&|leaf| match leaf {
            Condition::Feature(name) => self.on.contains(name.as_str()).then_some(true),
            _ => None,
        });
        // Only without a default feature.
        if beyond == Condition::Never { rest } else { beyond }
    }
}

/// What must hold together.
fn parts(condition: &Condition) -> BTreeSet<Condition> {
    match condition {
        Condition::Always => BTreeSet::new(),
        Condition::All(parts) => parts.as_ref().clone(),
        one => BTreeSet::from([one.clone()]),
    }
}

/// A feature and all that it turns on.
fn closure<'f>(features: &'f Features, name: &'f str) -> BTreeSet<&'f str> {
    let mut out = BTreeSet::new();
    let mut queue = vec![name];
    while let Some(name) = queue.pop() {
        if !out.insert(name) {
            continue;
        }
        queue.extend(features.get(name).into_iter().flatten().filter_map(|enables| turned_on(enables)));
    }
    out
}

/// The feature of this package that an entry of a feature turns on: `x`, and the dependency's of `x/y`.
fn turned_on(enables: &str) -> Option<&str> {
    match enables.split_once('/') {
        Some((dependency, _)) => (!dependency.ends_with('?')).then_some(dependency),
        None => (!enables.starts_with("dep:")).then_some(enables),
    }
}

fn collect<'c>(condition: &'c Condition, leaves: &mut BTreeSet<&'c Condition>) {
    match condition {
        Condition::Always | Condition::Never => {}
        Condition::Not(inner) => collect(inner, leaves),
        Condition::All(list) | Condition::Any(list) => list.iter().for_each(|c| collect(c, leaves)),
        leaf => {
            leaves.insert(leaf);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Shapes;

    fn set(features: &[(&str, &[&str])]) -> EndpointSet {
        let list = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        let features = features.iter().map(|(name, enables)| ((*name).to_owned(), list(enables))).collect();
        EndpointSet {
            package: String::new(),
            version: None,
            endpoints: Vec::new(),
            shapes: Shapes::default(),
            blind_spots: Vec::new(),
            unread: std::collections::BTreeMap::new(),
            features,
            followed: std::collections::BTreeMap::new(),
        }
    }

    fn feature(name: &str) -> Condition {
        Condition::Feature(name.to_owned())
    }

    fn os(name: &str) -> Condition {
        Condition::KeyValue("target_os".to_owned(), name.to_owned())
    }

    fn many(count: u32) -> Condition {
        (1..count).map(|n| os(&n.to_string())).fold(os("0"), Condition::or)
    }

    #[test]
    fn features_turn_on_others() {
        let plain = set(&[("default", &[]), ("net", &[]), ("full", &["net"])]);
        let split = set(&[("default", &[]), ("net", &["core"]), ("core", &[]), ("full", &["net"])]);
        let std = set(&[("default", &["std"]), ("net", &[]), ("std", &[]), ("full", &["net"])]);
        let optional = set(&[("default", &[]), ("net", &["dep:x", "core/y"]), ("core", &["dep:core"])]);
        for (old, new, was, is, kept) in [
            (&plain, &split, feature("net"), feature("core"), Kept::All),
            (&plain, &split, feature("full"), feature("core"), Kept::All),
            (&split, &split, feature("core"), feature("net"), Kept::Some),
            (&plain, &optional, feature("net"), feature("core"), Kept::All),
            (&plain, &std, Condition::Always, feature("std"), Kept::Doubtful),
            (&std, &std, Condition::Always, feature("std"), Kept::Some),
            (&plain, &plain, Condition::Always, feature("net"), Kept::Some),
            (&plain, &plain, feature("net"), feature("net").and(os("wasi").negate()), Kept::Doubtful),
            (&plain, &plain, os("linux"), Condition::Flag("unix".to_owned()), Kept::All),
            (&plain, &plain, Condition::Flag("unix".to_owned()), os("linux"), Kept::Some),
            (&plain, &plain, os("linux"), os("macos").negate(), Kept::All),
            (&plain, &plain, Condition::Always, Condition::Flag("loom".to_owned()).negate(), Kept::Doubtful),
            (&plain, &plain, Condition::Always, Condition::Flag("loom".to_owned()), Kept::Some),
            (&plain, &plain, Condition::Always, Condition::Flag("a_unstable".to_owned()).negate(), Kept::All),
            (&plain, &plain, many(17), many(18), Kept::All),
            (&plain, &plain, many(18), many(17), Kept::Some),
        ] {
            assert_eq!(Builds::of(old, new).kept(&was, &is), kept, "{was} → {is}");
        }
    }
}
