//! The vectors of POLICIES.md, and lines of the other policies.

use super::*;
use crate::policy::{Audit, built_in};
use std::collections::BTreeMap;

/// A line under test: versions by name, and what changed.
struct Bench {
    policy: Policy,
    versions: BTreeMap<&'static str, String>,
    manifests: BTreeMap<&'static str, String>,
    moved: BTreeMap<&'static str, Moved>,
    bundles: &'static [(&'static str, &'static str)],
    clients: &'static [(&'static str, &'static str, &'static [&'static str])],
    depends: &'static [(&'static str, &'static str, Option<&'static str>, bool)],
    roles: &'static [(&'static str, Role)],
    places: &'static [&'static str],
    earlier: BTreeMap<&'static str, Vec<String>>,
    global: bool,
}

impl Bench {
    fn new(policy: &str, versions: &[(&'static str, &str)]) -> Self {
        Self {
            policy: built_in(policy).unwrap().unwrap(),
            versions: versions.iter().map(|(name, v)| (*name, (*v).to_owned())).collect(),
            manifests: BTreeMap::new(),
            moved: BTreeMap::new(),
            bundles: &[],
            clients: &[],
            depends: &[],
            roles: &[],
            places: &[],
            earlier: BTreeMap::new(),
            global: false,
        }
    }

    /// Core, sdk, mac and win, as the text of chain has them.
    fn chain(versions: &[(&'static str, &str)]) -> Self {
        let mut bench = Self::new("chain", versions);
        bench.bundles = &[("mac", "core"), ("win", "core")];
        bench.clients = &[("sdk", "core", &["client"])];
        bench
    }

    fn line<R>(&self, date: &str, ask: impl FnOnce(&Line<'_>) -> R) -> R {
        let members: Vec<Member<'_>> = self
            .versions
            .iter()
            .map(|(name, version)| Member {
                name,
                policy: &self.policy,
                role: self.roles.iter().find(|(n, _)| n == name).map_or(Role::Plain, |(_, role)| *role),
                bundles: self.bundles.iter().filter(|(n, _)| n == name).map(|(_, other)| *other).collect(),
                client_of: self
                    .clients
                    .iter()
                    .filter(|(n, ..)| n == name)
                    .map(|(_, package, sections)| Spoken { package, sections: sections.to_vec() })
                    .collect(),
                depends: self
                    .depends
                    .iter()
                    .filter(|(n, ..)| n == name)
                    .map(|(_, package, requirement, linked)| Needs {
                        package,
                        requirement: *requirement,
                        linked: *linked,
                    })
                    .collect(),
                place: self.places.contains(name).then_some("Cargo.toml:3:1"),
                released: Some(version.as_str()).filter(|v| !v.is_empty()),
                current: self.manifests.get(name).or(Some(version)).map(String::as_str).filter(|v| !v.is_empty()),
                moved: self.moved.get(name).cloned().unwrap_or_default(),
                earlier: self.earlier.get(name).map_or(&[], Vec::as_slice),
                held: false,
            })
            .collect();
        ask(&Line { name: None, global: self.global, members: &members, date: date.parse().unwrap() })
    }

    fn plan(&self, date: &str) -> Plan {
        self.line(date, plan).unwrap()
    }

    /// `name version` of all, in the order to publish.
    fn planned(&self, date: &str) -> Vec<String> {
        self.plan(date).packages.iter().map(|p| format!("{} {}", p.name, p.to)).collect()
    }

    /// Rules of the audits, with the package.
    fn judged(&self, date: &str) -> Vec<String> {
        let audits: Vec<Audit> = self.line(date, line_audits).unwrap();
        audits.iter().map(|a| format!("{} {}", a.rule, a.endpoint)).collect()
    }

    fn fix(mut self, name: &'static str) -> Self {
        self.moved.insert(name, Moved { files: 1, ..Moved::default() });
        self
    }

    fn says(mut self, name: &'static str, what: &str) -> Self {
        let said = vec![Said::read(what, "--changed".to_owned()).unwrap()];
        self.moved.insert(name, Moved { files: 1, said, ..Moved::default() });
        self
    }

    /// Its endpoints changed, in this section.
    fn needs(mut self, name: &'static str, bump: &str, section: Option<&str>) -> Self {
        let required = if bump == "none" { Needed::Nothing } else { Needed::Bump(bump.to_owned()) };
        let spoken = BTreeSet::from([section.map(str::to_owned)]);
        self.moved.insert(name, Moved { files: 1, required, spoken, ..Moved::default() });
        self
    }

    fn manifest(mut self, versions: &[(&'static str, &str)]) -> Self {
        self.manifests.extend(versions.iter().map(|(name, v)| (*name, (*v).to_owned())));
        self
    }
}

#[test]
fn the_cases_of_chain() {
    let start = [("core", "1.0"), ("sdk", "1.0"), ("mac", "1.0"), ("win", "1.0")];
    // Case 1: a bugfix in the SDK.
    let case = Bench::chain(&start).fix("sdk").planned("2016-10-27");
    assert_eq!(case, ["core 1.0", "mac 1.0", "sdk 1.0.20161027", "win 1.0"]);
    // Case 2: a bugfix in the API, which raises a `behavior`.
    let after = [("core", "1.0"), ("sdk", "1.0.20161027"), ("mac", "1.0"), ("win", "1.0")];
    for (bump, section) in [("build", Some("client")), ("none", Some("client"))] {
        let case = Bench::chain(&after).needs("core", bump, section).planned("2016-11-01");
        assert_eq!(case, ["core 1.0.20161101", "mac 1.0.20161101", "sdk 1.0.20161101", "win 1.0.20161101"]);
    }
    // Case 3: a new dashboard feature; SDK is not updated since it has no corresponding support.
    let all = "1.0.20161101";
    let after = [("core", all), ("sdk", all), ("mac", all), ("win", all)];
    let expected = ["core 1.1", "mac 1.1", "sdk 1.0.20161101", "win 1.1"];
    assert_eq!(Bench::chain(&after).says("core", "feature").planned("2016-11-05"), expected);
    assert_eq!(Bench::chain(&after).needs("core", "minor", Some("dashboard")).planned("2016-11-05"), expected);
    // Case 4: a new feature added to the API; the SDK skipped 1.1.
    let after = [("core", "1.1"), ("sdk", all), ("mac", "1.1"), ("win", "1.1")];
    let expected = ["core 1.2", "mac 1.2", "sdk 1.2", "win 1.2"];
    assert_eq!(Bench::chain(&after).needs("core", "minor", Some("client")).planned("2016-11-08"), expected);
    assert_eq!(Bench::chain(&after).says("core", "api-feature").planned("2016-11-08"), expected);
    // Case 4b: a bugfix in the SDK alone catches up.
    let case = Bench::chain(&after).fix("sdk").plan("2016-11-08");
    let sdk = case.packages.iter().find(|p| p.name == "sdk").unwrap();
    assert_eq!(sdk.to, "1.1.20161108");
    assert!(sdk.because.contains("catches up"), "{}", sdk.because);
    assert!(case.packages.iter().filter(|p| p.name != "sdk").all(|p| p.to == "1.1" && !p.released));
}

#[test]
fn chain_beyond_the_cases() {
    let after = [("core", "1.1"), ("sdk", "1.0"), ("mac", "1.1"), ("win", "1.1")];
    // A feature of the SDK alone: the line's next minor is its own; nothing bundles it.
    assert_eq!(
        Bench::chain(&after).says("sdk", "feature").planned("2016-12-01"),
        ["core 1.1", "mac 1.1", "sdk 1.2", "win 1.1"]
    );
    // A fix of a bundle and a feature of what it ships: released with that version.
    let both = Bench::chain(&after).fix("mac").says("core", "feature").planned("2016-12-01");
    assert_eq!(both, ["core 1.2", "mac 1.2", "sdk 1.0", "win 1.2"]);
    // A fix of the client and a feature that it does not speak: its own build of the new minor.
    let both = Bench::chain(&after).fix("sdk").says("core", "feature").planned("2016-12-01");
    assert_eq!(both, ["core 1.2", "mac 1.2", "sdk 1.2.20161201", "win 1.2"]);
    // "SDKs ... may change entirely with major product releases."
    let major = Bench::chain(&after).needs("core", "major", Some("client")).planned("2016-12-01");
    assert_eq!(major, ["core 2.0", "mac 2.0", "sdk 2.0", "win 2.0"]);
    // One package has one release a day.
    let dated = [("core", "1.0.20161101"), ("sdk", "1.0"), ("mac", "1.0.20161101"), ("win", "1.0.20161101")];
    let error = Bench::chain(&dated).fix("core").line("2016-11-01", plan).unwrap_err();
    assert!(error.package == "core" && error.message.contains("one release a day"), "{error}");
    // Also where the last release has no day: that of another one counts.
    let mut undated = Bench::chain(&[("core", "1.1"), ("sdk", "1.1"), ("mac", "1.1"), ("win", "1.1")]).fix("core");
    undated.earlier.insert("core", vec!["1.0.20161101".to_owned(), "1.1".to_owned()]);
    assert!(undated.line("2016-11-01", plan).unwrap_err().message.contains("not after the day of 1.0.20161101"));
    assert_eq!(undated.planned("2016-11-02")[0], "core 1.1.20161102");
    assert_eq!(undated.line("2016-11-01", next_versions)["core"], None);
    // What each would be released as: one that lags catches up.
    let lagging = Bench::chain(&[("core", "1.3"), ("sdk", "1.0"), ("mac", "1.3"), ("win", "1.3")]);
    assert_eq!(lagging.line("2016-12-01", next_versions)["sdk"].as_deref(), Some("1.3.20161201"));
}

#[test]
fn matrix_moves_as_one() {
    let line = [("client", "v1.2.0"), ("server", "v1.2.0")];
    assert_eq!(Bench::new("matrix", &line).fix("client").planned("2026-01-01"), ["client v1.2.1", "server v1.2.1"]);
    let minor = Bench::new("matrix", &line).fix("client").needs("server", "minor", None);
    assert_eq!(minor.planned("2026-01-01"), ["client v1.3.0", "server v1.3.0"]);
    assert_eq!(Bench::new("matrix", &line).planned("2026-01-01"), ["client v1.2.0", "server v1.2.0"]);
    let mut decided = Bench::new("matrix", &line).fix("client");
    decided.moved.entry("client").or_default().planned = Some("major".to_owned());
    assert_eq!(decided.planned("2026-01-01"), ["client v2.0.0", "server v2.0.0"]);
    let mut lockstep = Bench::new("semver", &line.map(|(n, _)| (n, "1.2.0"))).needs("server", "major", None);
    assert_eq!(lockstep.planned("2026-01-01"), ["client 1.2.0", "server 2.0.0"]);
    lockstep.global = true;
    assert_eq!(lockstep.planned("2026-01-01"), ["client 2.0.0", "server 2.0.0"]);
}

#[test]
fn sponge_shares_the_api() {
    let line = |api, vanilla, forge| {
        let mut bench = Bench::new("sponge", &[("api", api), ("vanilla", vanilla), ("forge", forge)]);
        bench.roles = &[("api", Role::Api), ("vanilla", Role::Implementation), ("forge", Role::Implementation)];
        bench
    };
    // An implementation release develops the next minor: the API stands at its snapshot.
    let fix = line("7.1.0", "7.1.4", "7.1.2").fix("vanilla").manifest(&[("api", "7.2.0-SNAPSHOT")]);
    assert_eq!(fix.planned("2026-01-01"), ["api 7.1.0", "forge 7.1.2", "vanilla 7.1.5"]);
    let both = line("7.1.0", "7.1.4", "7.1.2").fix("vanilla").fix("api").manifest(&[("api", "7.2.0-SNAPSHOT")]);
    let plan = both.plan("2026-01-01");
    assert!(plan.packages[0].to == "7.1.0" && plan.packages[0].because.contains("7.2.0-SNAPSHOT"), "{plan:?}");
    // A release of the API is one of the implementations: "a full release".
    let release = line("7.1.0", "7.1.4", "7.1.2").needs("api", "minor", None);
    assert_eq!(release.planned("2026-01-01"), ["api 7.2.0", "forge 7.2.0", "vanilla 7.2.0"]);
    let major = line("7.1.0", "7.1.4", "7.1.2").needs("api", "major", None);
    assert_eq!(major.planned("2026-01-01"), ["api 8.0.0", "forge 8.0.0", "vanilla 8.0.0"]);
    let next = line("7.1.0", "7.1.4", "7.1.2").line("2026-01-01", next_versions);
    let next: Vec<Option<&str>> = next.values().map(Option::as_deref).collect();
    assert_eq!(next, [Some("7.2.0"), Some("7.1.3"), Some("7.1.5")]);
    // "the API itself does not have patch releases"
    assert_eq!(line("7.1.0", "7.1.4", "7.1.2").fix("api").planned("2026-01-01")[0], "api 7.2.0");
    // The judgement of what the manifests say.
    for (api, vanilla, expected) in [
        ("7.1.0", "7.1.5", &[][..]),
        ("7.2.0-SNAPSHOT", "7.1.5", &[]),
        ("7.2.0-SNAPSHOT", "7.1.5-RC3", &[]),
        ("7.2.0-SNAPSHOT", "7.1.0", &["product-version-differs vanilla"]),
        // "When the implementation release is 0, the API is a release."
        ("7.2.0-SNAPSHOT", "7.2.0", &["product-version-differs vanilla"]),
        ("7.2.0-SNAPSHOT", "7.2.0-RC1", &[]),
        ("7.2.0", "7.1.5", &["product-version-differs vanilla"]),
        ("8.0.0-SNAPSHOT", "7.1.5", &["product-version-differs vanilla"]),
    ] {
        let bench = line("7.1.0", "7.1.4", "7.1.2").manifest(&[("api", api), ("vanilla", vanilla)]);
        let found: Vec<String> = bench.judged("2026-01-01").into_iter().filter(|a| a.ends_with("vanilla")).collect();
        assert_eq!(found, expected, "{api} {vanilla}");
    }
    // One that was not released since is no finding; the API has no releases of its own but those that end in 0.
    let still = line("7.1.0", "7.1.0", "7.1.0").manifest(&[("api", "7.2.0-SNAPSHOT")]);
    assert_eq!(still.judged("2026-01-01"), [""; 0]);
    let patched = line("7.1.0", "7.1.0", "7.1.0").manifest(&[("api", "7.1.1")]);
    assert_eq!(patched.judged("2026-01-01"), ["product-version-differs api"]);
}

#[test]
fn a_plain_workspace() {
    let mut bench = Bench::new("semver", &[("app", "0.3.0"), ("base", "1.2.0"), ("top", "1.0.0")]);
    bench.depends = &[("app", "base", None, true), ("top", "base", Some("1.2"), false)];
    // Cargo takes the fix of a library by itself; a program holds it.
    let fix = bench.fix("base");
    assert_eq!(fix.planned("2026-01-01"), ["base 1.2.1", "app 0.3.1", "top 1.0.0"]);
    // A requirement that does not take the new version.
    let major = fix.needs("base", "major", None);
    assert_eq!(major.planned("2026-01-01"), ["base 2.0.0", "app 0.3.1", "top 1.0.1"]);
    let top = major.plan("2026-01-01").packages.pop().unwrap();
    assert!(top.because.contains("its requirement on base does not take 2.0.0"), "{top:?}");
    // One place for the version of several.
    let mut shared =
        Bench::new("semver", &[("a", "1.0.0"), ("b", "1.0.0"), ("c", "1.0.0")]).fix("a").needs("b", "minor", None);
    shared.places = &["a", "b"];
    assert_eq!(shared.planned("2026-01-01"), ["a 1.1.0", "b 1.1.0", "c 1.0.0"]);
    // The manifest says more already; one that was never released comes as it stands.
    let ahead = Bench::new("semver", &[("a", "1.0.0"), ("b", "")]).fix("a").manifest(&[("a", "2.0.0"), ("b", "0.1.0")]);
    assert_eq!(ahead.planned("2026-01-01"), ["a 2.0.0", "b 0.1.0"]);
}

#[test]
fn the_judgement_of_chain() {
    let line = || Bench::chain(&[("core", "1.1"), ("sdk", "1.0"), ("mac", "1.1"), ("win", "1.1")]);
    let date = "2016-11-08";
    // Lagging is legal; nothing moves.
    assert_eq!(line().judged(date), [""; 0]);
    // Running ahead is not.
    let ahead = line().fix("sdk").manifest(&[("sdk", "1.2")]);
    assert_eq!(ahead.judged(date), ["product-version-ahead sdk"]);
    // A feature gives reason to, by one step.
    let feature = |to| line().says("sdk", "feature").manifest(&[("sdk", to)]).judged(date);
    assert_eq!((feature("1.2"), feature("1.3").concat()), (vec![], "product-version-ahead sdk".to_owned()));
    // All together may: a major is decided by people.
    let all = line().manifest(&[("core", "2.0"), ("sdk", "2.0"), ("mac", "2.0"), ("win", "2.0")]);
    assert_eq!(all.judged(date), [""; 0]);
    // A member that is released catches up.
    let behind = line().fix("sdk").manifest(&[("sdk", "1.0.20161108")]);
    assert_eq!(behind.judged(date), ["product-version-differs sdk"]);
    let caught_up = line().fix("sdk").manifest(&[("sdk", "1.1.20161108")]);
    assert_eq!(caught_up.judged(date), [""; 0]);
    // Core alone: what ships it and what speaks its API stay behind.
    let alone = line().needs("core", "minor", Some("client")).manifest(&[("core", "1.2")]);
    let expected = ["bundle-not-released mac", "client-not-released sdk", "bundle-not-released win"];
    assert_eq!(alone.judged(date), expected);
    // At another version than that of what it ships.
    let other = line().says("core", "feature").manifest(&[("core", "1.2"), ("mac", "1.2"), ("win", "1.1.20161108")]);
    assert_eq!(other.judged(date), ["bundle-not-released win"]);
}

#[test]
fn the_judgement_of_lockstep() {
    let mut bench = Bench::new("matrix", &[("client", "v1.2.0"), ("server", "v1.2.0")]);
    assert_eq!(bench.judged("2026-01-01"), [""; 0]);
    bench = bench.manifest(&[("server", "v1.3.0")]);
    assert_eq!(bench.judged("2026-01-01"), ["product-version-differs client"]);
    let mut semver = Bench::new("semver", &[("a", "1.0.0"), ("b", "1.0.0")]).manifest(&[("b", "1.0.1")]);
    assert_eq!(semver.judged("2026-01-01"), [""; 0]);
    semver.global = true;
    assert_eq!(semver.judged("2026-01-01"), ["product-version-differs a"]);
}
