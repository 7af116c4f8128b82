//! Every vector of `POLICIES.md` and every version string of the four texts.

use super::super::{Policy, built_in};
use super::{Declared, Version};
use proptest::prelude::*;
use std::cmp::Ordering;

fn policy(id: &str) -> Policy {
    if id == "calendar" {
        return Policy::read(include_str!("../../../policies/examples/calendar.toml")).expect("the guide's example");
    }
    built_in(id).expect("a built-in policy").expect("its file is right")
}

fn v(policy: &Policy, text: &str) -> Version {
    policy.scheme.parse(text).unwrap_or_else(|e| panic!("{}: {e}", policy.id))
}

fn day(text: &str) -> jiff::civil::Date {
    text.parse().unwrap()
}

/// Policy, text, canonical, Cargo's spelling, pre-release.
const READ: &[(&str, &str, &str, &str, bool)] = &[
    ("semver", "1.2.3", "1.2.3", "1.2.3", false),
    ("semver", "1.3.0-beta.1", "1.3.0-beta.1", "1.3.0-beta.1", true),
    ("semver", "2.0.0-rc.2+build.5", "2.0.0-rc.2+build.5", "2.0.0-rc.2+build.5", true),
    ("semver", "1.0.0+20130313144700", "1.0.0+20130313144700", "1.0.0+20130313144700", false),
    ("semver", "0.0.0", "0.0.0", "0.0.0", false),
    // references/soundstorm.txt
    ("soundstorm", "v1.0.0", "v1.0.0", "1.0.0", false),
    ("soundstorm", "v1.1.9", "v1.1.9", "1.1.9", false),
    ("soundstorm", "v1.0.0.beta", "v1.0.0.beta", "1.0.0-beta", true),
    ("soundstorm", "v1.0.0.beta2", "v1.0.0.beta2", "1.0.0-beta.2", true),
    ("soundstorm", "1.0.0-beta.2", "v1.0.0.beta2", "1.0.0-beta.2", true),
    ("soundstorm", "v1.0.0.pre", "v1.0.0.pre", "1.0.0-pre", true),
    ("soundstorm", "v1.1.9.security1", "v1.1.9.security1", "1.1.9+security.1", false),
    ("soundstorm", "1.1.9+security.1", "v1.1.9.security1", "1.1.9+security.1", false),
    ("soundstorm", "v1.1.9.1", "v1.1.9.1", "1.1.9+1", false),
    ("soundstorm", "1.1.9+1", "v1.1.9.1", "1.1.9+1", false),
    // references/matrix-msc2844.txt
    ("matrix", "v1.1.0", "v1.1.0", "1.1.0", false),
    ("matrix", "v1.1.8", "v1.1.8", "1.1.8", false),
    ("matrix", "v1.2.0-unstable", "v1.2.0-unstable", "1.2.0-unstable", true),
    ("matrix", "v2.0.0-unstable", "v2.0.0-unstable", "2.0.0-unstable", true),
    ("matrix", "1.2.0-unstable", "v1.2.0-unstable", "1.2.0-unstable", true),
    ("matrix", "v1.1", "v1.1.0", "1.1.0", false),
    ("matrix", "1.1.0", "v1.1.0", "1.1.0", false),
    ("matrix", "v1.1-patch.20210109", "v1.1.0-patch.20210109", "1.1.0+patch.20210109", false),
    ("matrix", "1.1.0+patch.20210109", "v1.1.0-patch.20210109", "1.1.0+patch.20210109", false),
    ("matrix", "v1.1.0-rc1", "v1.1.0-rc1", "1.1.0-rc1", true),
    // references/chain-core.txt
    ("chain", "1.0", "1.0", "1.0.0", false),
    ("chain", "1.0.0", "1.0", "1.0.0", false),
    ("chain", "1.0.20161024", "1.0.20161024", "1.0.20161024", false),
    ("chain", "1.7.20170119", "1.7.20170119", "1.7.20170119", false),
    ("chain", "2.3.20170601", "2.3.20170601", "2.3.20170601", false),
    ("chain", "1.0.161205", "1.0.20161205", "1.0.20161205", false),
    ("chain", "1.0.20161027", "1.0.20161027", "1.0.20161027", false),
    ("chain", "1.0.20161101", "1.0.20161101", "1.0.20161101", false),
    ("chain", "1.1", "1.1", "1.1.0", false),
    ("chain", "1.2", "1.2", "1.2.0", false),
    ("chain", "1.1.20161108", "1.1.20161108", "1.1.20161108", false),
    // references/sponge.txt
    ("sponge", "3.2.0", "3.2.0", "3.2.0", false),
    ("sponge", "4.0.0", "4.0.0", "4.0.0", false),
    ("sponge", "3.1.2", "3.1.2", "3.1.2", false),
    ("sponge", "8.2.0", "8.2.0", "8.2.0", false),
    ("sponge", "8.0.2", "8.0.2", "8.0.2", false),
    ("sponge", "8.1.1", "8.1.1", "8.1.1", false),
    ("sponge", "8.5.0", "8.5.0", "8.5.0", false),
    ("sponge", "8.2-SNAPSHOT", "8.2.0-SNAPSHOT", "8.2.0-SNAPSHOT", true),
    ("sponge", "8.2.0-SNAPSHOT", "8.2.0-SNAPSHOT", "8.2.0-SNAPSHOT", true),
    ("sponge", "7.1.5-RC120", "7.1.5-RC120", "7.1.5-RC.120", true),
    ("sponge", "7.1.5-RC.152", "7.1.5-RC152", "7.1.5-RC.152", true),
    ("sponge", "spongevanilla-1.12.2-7.1.4", "spongevanilla-1.12.2-7.1.4", "7.1.4+1.12.2", false),
    ("sponge", "spongevanilla-1.12.2-7.2.0", "spongevanilla-1.12.2-7.2.0", "7.2.0+1.12.2", false),
    ("sponge", "spongevanilla-1.12.2-7.1.5-RC152", "spongevanilla-1.12.2-7.1.5-RC152", "7.1.5-RC.152+1.12.2", true),
    (
        "sponge",
        "spongeforge-1.12.2-2768-7.1.5-RC3505",
        "spongeforge-1.12.2-2768-7.1.5-RC3505",
        "7.1.5-RC.3505+1.12.2-2768",
        true,
    ),
    ("sponge", "spongeapi-8.0.0", "spongeapi-8.0.0", "8.0.0", false),
];

#[test]
fn reads_every_version_of_the_texts() {
    for (id, text, canonical, cargo, prerelease) in READ {
        let policy = policy(id);
        let version = v(&policy, text);
        assert_eq!(policy.scheme.render(&version), *canonical, "{id} {text}");
        assert_eq!(policy.scheme.render_cargo(&version), *cargo, "{id} {text}");
        assert_eq!(policy.scheme.is_prerelease(&version), *prerelease, "{id} {text}");
        assert_eq!(v(&policy, canonical), version, "{id} {text}: canonical reads back");
        let back = v(&policy, cargo);
        assert_eq!(policy.scheme.compare(&back, &version), Ordering::Equal, "{id} {text}: Cargo's spelling reads back");
        assert!(semver::Version::parse(cargo).is_ok(), "{id} {text}: Cargo reads {cargo}");
    }
}

#[test]
fn a_bad_version_names_component_and_column() {
    for (id, text, component, column) in [
        ("semver", "", "major", 1),
        ("semver", "1.x.0", "minor", 3),
        ("semver", "1.2", "patch", 4),
        ("semver", "1.02.3", "minor", 3),
        ("semver", "1.2.3-", "prerelease", 7),
        ("semver", "1.2.3-01", "prerelease", 7),
        ("semver", "1.2.3+", "build metadata", 7),
        ("semver", "1.2.3.4", "version", 6),
        ("semver", "v1.2.3", "prefix", 1),
        ("semver", "99999999999999999999.0.0", "major", 1),
        ("semver", "１.0.0", "major", 1),
        ("soundstorm", "v1.0", "patch", 5),
        ("soundstorm", "v1.0.0.beta02", "candidate", 12),
        ("soundstorm", "v1.0.0.", "security", 8),
        ("soundstorm", "v1.0.0.a-b", "security", 9),
        ("matrix", "v1", "minor", 3),
        ("matrix", "v1.1.0-patch.20210230", "patch-date", 14),
        ("matrix", "v1.1.0-patch", "patch-date", 13),
        ("matrix", "v1.1.0-", "info", 8),
        ("chain", "1", "minor", 2),
        ("chain", "1.0.20161301", "build", 5),
        ("chain", "1.0.20170229", "build", 5),
        ("chain", "1.0.3", "build", 5),
        ("chain", "1.0-rc1", "version", 4),
        ("sponge", "8.2", "implementation", 4),
        ("sponge", "8.1.1-SNAPSHOT", "snapshot", 6),
        ("sponge", "7.1.5-RC", "candidate", 9),
        ("sponge", "7.1.5-beta", "label", 7),
        ("sponge", "spongevanilla-1.12.2-7.x.5", "minor", 24),
    ] {
        let error = policy(id).scheme.parse(text).expect_err(text);
        assert_eq!((error.component.as_str(), error.column), (component, column), "{id} {text}: {error}");
    }
}

#[test]
fn a_short_date_is_read_with_a_warning() {
    let parsed = policy("chain").scheme.parse_noted("1.0.161205").unwrap();
    assert_eq!(parsed.warnings.len(), 1);
    assert!(policy("chain").scheme.parse_noted("1.0.20161205").unwrap().warnings.is_empty());
}

#[test]
fn marks_are_read_loosely() {
    for (id, text, canonical) in [
        ("semver", "1.2", "1.2.0"),
        ("semver", "v1", "1.0.0"),
        ("sponge", "8.2", "8.2.0"),
        ("matrix", "v1", "v1.0.0"),
        ("chain", "1", "1.0"),
    ] {
        let policy = policy(id);
        assert_eq!(policy.scheme.render(&policy.scheme.parse_loose(text).unwrap()), canonical);
    }
    assert!(policy("semver").scheme.parse_loose("soon").is_err());
}

#[test]
fn order_agrees_with_the_texts() {
    for (id, ordered) in [
        (
            "semver",
            // semver.org, 11
            &[
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "2.0.0",
                "2.1.0",
                "2.1.1",
            ][..],
        ),
        (
            "soundstorm",
            &[
                "v1.0.0.beta",
                "v1.0.0.beta2",
                "v1.0.0.beta10",
                "v1.0.0.pre",
                "v1.0.0",
                "v1.1.9",
                "v1.1.9.1",
                "v1.1.9.2",
                "v1.1.9.security1",
                "v1.1.9.security10",
                "v1.1.10.beta",
                "v1.1.10",
            ],
        ),
        (
            "matrix",
            &[
                "v1.1.0-rc1",
                "v1.1.0-rc2",
                "v1.1.0-rc10",
                "v1.1.0-unstable",
                "v1.1.0",
                "v1.1.0-patch.20210109",
                "v1.1.0-patch.20210110",
                "v1.1.1",
                "v1.1.8",
                "v1.2.0-unstable",
                "v1.2.0",
                "v2.0.0-unstable",
            ],
        ),
        ("chain", &["1.0", "1.0.20161024", "1.0.161205", "1.1", "1.1.20161108", "1.7.20170119", "2.3.20170601"]),
        (
            "sponge",
            &[
                "7.1.4",
                "7.1.5-RC9",
                "7.1.5-RC152",
                "7.1.5",
                "7.2-SNAPSHOT",
                "7.2.0",
                "8.0.0",
                "8.0.2",
                "8.1.0",
                "8.1.1",
            ],
        ),
    ] {
        let policy = policy(id);
        for pair in ordered.windows(2) {
            let order = policy.scheme.compare(&v(&policy, pair[0]), &v(&policy, pair[1]));
            assert_eq!(order, Ordering::Less, "{id}: {} before {}", pair[0], pair[1]);
        }
    }
    let semver = policy("semver");
    assert_eq!(semver.scheme.compare(&v(&semver, "1.0.0+a"), &v(&semver, "1.0.0+b")), Ordering::Equal);
    let sponge = policy("sponge");
    let (a, b) = (v(&sponge, "spongevanilla-1.12.2-7.1.4"), v(&sponge, "7.1.4"));
    assert_eq!(sponge.scheme.compare(&a, &b), Ordering::Equal);
}

#[test]
fn declared_bumps() {
    for (id, from, to, expected) in [
        ("semver", "1.2.3", "1.2.4", "patch"),
        ("semver", "1.2.3", "1.3.0", "minor"),
        ("semver", "1.2.3", "1.4.1", "minor"),
        ("semver", "1.2.3", "2.0.0", "major"),
        ("semver", "1.2.3", "1.2.3", "nothing"),
        ("semver", "1.2.3", "1.2.3+b", "nothing"),
        ("semver", "1.2.3", "1.2.2", "behind"),
        ("semver", "1.2.3", "1.2.3-rc.1", "behind"),
        // Cargo's reading below 1.0
        ("semver", "0.1.2", "0.1.3", "minor"),
        ("semver", "0.1.2", "0.2.0", "major"),
        ("semver", "0.1.2", "1.0.0", "major"),
        ("semver", "0.0.1", "0.0.2", "major"),
        ("semver", "0.0.1", "0.1.0", "major"),
        ("semver", "0.0.0", "0.0.1", "major"),
        // A pre-release is held to the release that it leads to
        ("semver", "1.2.4", "1.3.0-beta.1", "minor"),
        ("semver", "1.2.4", "1.3.0-rc.2", "minor"),
        ("semver", "1.2.4", "2.0.0-rc.2", "major"),
        ("semver", "2.0.0-rc.1", "2.0.0-rc.2", "prerelease"),
        ("semver", "2.0.0-rc.1", "2.0.0", "prerelease"),
        ("semver", "1.3.0-rc.1", "1.3.1-rc.1", "patch"),
        ("soundstorm", "v1.1.9", "v1.1.9.security1", "security"),
        ("soundstorm", "v1.1.9.security1", "v1.1.9.security2", "security"),
        ("soundstorm", "v1.1.9.security1", "v1.1.10", "patch"),
        ("soundstorm", "v1.1.9", "v1.2.0.beta", "minor"),
        ("soundstorm", "v1.0.0.beta", "v1.0.0.pre", "prerelease"),
        ("soundstorm", "v0.9.0", "v0.10.0", "minor"),
        ("matrix", "v1.1.0", "v1.1.0-patch.20210109", "patch"),
        ("matrix", "v1.1.0", "v1.1.8", "patch"),
        ("matrix", "v1.1.0", "v1.2.0-unstable", "minor"),
        ("matrix", "v1.1.0", "v2.0.0-unstable", "major"),
        ("chain", "1.0", "1.0.20161027", "build"),
        ("chain", "1.0.20161101", "1.1", "minor"),
        ("chain", "1.0.20161101", "1.1.20161108", "minor"),
        ("chain", "1.7", "2.0", "major"),
        ("sponge", "8.1.0", "8.1.1", "implementation"),
        ("sponge", "7.1.4", "7.1.5-RC152", "implementation"),
        ("sponge", "8.1.3", "8.2.0", "minor"),
        ("sponge", "8.1.3", "8.2-SNAPSHOT", "minor"),
        ("sponge", "8.2.0", "9.0.0", "major"),
    ] {
        let policy = policy(id);
        let declared = match policy.declared(&v(&policy, from), &v(&policy, to)) {
            Declared::Nothing => "nothing",
            Declared::Behind => "behind",
            Declared::Prerelease => "prerelease",
            Declared::Bump(bump) => policy.bumps[bump].name.as_str(),
        };
        assert_eq!(declared, expected, "{id}: {from} to {to}");
    }
}

#[test]
fn steps() {
    for (id, from, bump, expected) in [
        ("semver", "1.2.3", "patch", "1.2.4"),
        ("semver", "1.2.3", "minor", "1.3.0"),
        ("semver", "1.2.3", "major", "2.0.0"),
        ("semver", "0.1.2", "patch", "0.1.3"),
        ("semver", "0.1.2", "minor", "0.1.3"),
        ("semver", "0.1.2", "major", "0.2.0"),
        ("semver", "0.0.1", "patch", "0.0.2"),
        ("semver", "0.0.1", "major", "0.0.2"),
        ("semver", "1.3.0-rc.1", "minor", "1.3.0"),
        ("semver", "1.3.0-rc.1", "major", "2.0.0"),
        ("semver", "1.2.3+x", "patch", "1.2.4"),
        ("soundstorm", "v1.1.9", "security", "v1.1.9.security1"),
        ("soundstorm", "v1.1.9.security1", "security", "v1.1.9.security2"),
        ("soundstorm", "v1.1.9.security1", "patch", "v1.1.10"),
        ("matrix", "v1.1.0", "minor", "v1.2.0"),
        ("matrix", "v1.1.0-patch.20210109", "patch", "v1.1.1"),
        ("chain", "1.0", "build", "1.0.20161027"),
        ("chain", "1.0.20161024", "build", "1.0.20161027"),
        ("chain", "1.0.20161024", "minor", "1.1"),
        ("sponge", "8.1.0", "implementation", "8.1.1"),
        ("sponge", "8.1.3", "minor", "8.2.0"),
        ("sponge", "7.1.5-RC9", "implementation", "7.1.5"),
    ] {
        let policy = policy(id);
        let index = policy.bump(bump).unwrap();
        let next = policy.step(&v(&policy, from), index, day("2016-10-27")).unwrap();
        assert_eq!(policy.scheme.render(&next), expected, "{id}: {bump} from {from}");
    }
    let chain = policy("chain");
    let again = chain.step(&v(&chain, "1.0.20161027"), 0, day("2016-10-27"));
    assert!(again.unwrap_err().message.contains("one release a day"));
}

fn any_version() -> impl Strategy<Value = (usize, String)> {
    let number = prop_oneof![Just(0_u64), 1..30_u64, Just(u64::MAX)];
    let label = prop_oneof![
        Just(String::new()),
        Just("-rc.1".into()),
        Just("-rc10".into()),
        Just(".beta2".into()),
        Just(".pre".into()),
        Just(".security3".into()),
        Just(".7".into()),
        Just("-unstable".into()),
        Just("-patch.20210109".into()),
        Just(".20161024".into()),
        Just("-SNAPSHOT".into()),
        Just("-RC152".into()),
        Just("-rc3".into()),
        Just("+meta.1".into()),
    ];
    let prefix = prop_oneof![Just(""), Just("v"), Just("spongevanilla-1.12.2-")];
    let year = prop_oneof![number.clone(), 1999..2030_u64];
    (0..IDS.len(), prefix, year, number.clone(), number, label)
        .prop_map(|(i, p, a, b, c, l)| (i, format!("{p}{a}.{b}.{c}{l}")))
}

const IDS: [&str; 6] = ["semver", "soundstorm", "matrix", "chain", "sponge", "calendar"];

proptest! {
    #[test]
    fn never_panics(i in 0..IDS.len(), a in "\\PC*", b in "[v0-9.+A-Za-z-]{0,24}") {
        let policy = policy(IDS[i]);
        for text in [&a, &b] {
            let _ = policy.scheme.parse(text).map_err(|e| e.to_string());
            let _ = policy.scheme.parse_loose(text);
            let _ = policy.reading(text);
            let _ = policy.since_of(text);
            let _ = policy.comparison(text, "1.0.0").and_then(|_| policy.compatibility("1.0.0", text));
            let _ = Policy::read(text);
        }
    }

    #[test]
    fn parse_and_render_are_inverse((i, text) in any_version()) {
        let policy = policy(IDS[i]);
        if let Ok(version) = policy.scheme.parse(&text) {
            let canonical = policy.scheme.render(&version);
            prop_assert_eq!(&policy.scheme.parse(&canonical).unwrap(), &version);
            let cargo = policy.scheme.render_cargo(&version);
            let back = policy.scheme.parse(&cargo).unwrap();
            prop_assert_eq!(policy.scheme.compare(&back, &version), Ordering::Equal);
        }
    }

    #[test]
    fn order_is_total((i, a) in any_version(), (_, b) in any_version(), (_, c) in any_version()) {
        let policy = policy(IDS[i]);
        if let (Ok(a), Ok(b), Ok(c)) = (policy.scheme.parse(&a), policy.scheme.parse(&b), policy.scheme.parse(&c)) {
            let cmp = |x, y| policy.scheme.compare(x, y);
            prop_assert_eq!(cmp(&a, &a), Ordering::Equal);
            prop_assert_eq!(cmp(&a, &b), cmp(&b, &a).reverse());
            if cmp(&a, &b).is_le() && cmp(&b, &c).is_le() {
                prop_assert!(cmp(&a, &c).is_le());
            }
        }
    }

    #[test]
    fn a_step_increases_and_declares_its_bump((i, text) in any_version(), bump in 0..4_usize) {
        let policy = policy(IDS[i]);
        let Ok(from) = policy.scheme.parse(&text) else { return Ok(()) };
        let _ = policy.scheme.day(&from);
        if let Ok(next) = policy.step(&from, bump, day("2026-11-22")) {
            prop_assert_eq!(policy.scheme.compare(&next, &from), Ordering::Greater);
            prop_assert!(!policy.scheme.is_prerelease(&next));
            match policy.declared(&from, &next) {
                // Where there is no smaller step, the smallest that there is stands for it.
                Declared::Bump(declared) => prop_assert!(declared >= bump.min(policy.bumps.len() - 1) || policy.shift(&from) > 0),
                Declared::Prerelease => prop_assert!(policy.scheme.is_prerelease(&from)),
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }

    #[test]
    fn a_prerelease_never_passes_for_its_release((i, text) in any_version()) {
        let policy = policy(IDS[i]);
        let Ok(version) = policy.scheme.parse(&text) else { return Ok(()) };
        if policy.scheme.is_prerelease(&version) {
            let release = policy.scheme.leads_to(&version);
            prop_assert_eq!(policy.scheme.compare(&version, &release), Ordering::Less);
            let compat = policy.compatibility(&text, &policy.scheme.render(&release)).unwrap();
            prop_assert!(!compat.compatible);
        }
    }
}
