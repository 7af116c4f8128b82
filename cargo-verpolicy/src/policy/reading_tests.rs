//! `version parse`, `compare`, `compat`: the vectors of `POLICIES.md`; and the mistakes in policy files.

use super::*;

fn policy(id: &str) -> Policy {
    built_in(id).unwrap().unwrap()
}

#[test]
fn sponge_reads_api_and_implementation() {
    let sponge = policy("sponge");
    // Text, API as written, develops, API released, implementation, recommended.
    type Row = (&'static str, &'static str, Option<&'static str>, bool, Option<u64>, bool);
    let rows: &[Row] = &[
        ("8.0.2", "8.0", Some("8.1"), false, Some(2), true),
        ("8.1.1", "8.1", Some("8.2"), false, Some(1), true),
        ("8.5.0", "8.5", None, true, Some(0), true),
        ("8.1.0", "8.1", None, true, Some(0), true),
        ("7.2.0", "7.2", None, true, Some(0), true),
        ("8.0.0", "8.0", None, true, Some(0), true),
        ("8.2-SNAPSHOT", "8.2", Some("8.2"), false, None, false),
        ("8.2.0-SNAPSHOT", "8.2", Some("8.2"), false, None, false),
        ("spongevanilla-1.12.2-7.1.4", "7.1", Some("7.2"), false, Some(4), true),
        ("spongevanilla-1.12.2-7.2.0", "7.2", None, true, Some(0), true),
        ("spongevanilla-1.12.2-7.1.5-RC152", "7.1", Some("7.2"), false, Some(5), false),
    ];
    for (text, api, develops, released, implementation, recommended) in rows {
        let reading = sponge.reading(text).unwrap();
        let found = reading.api.as_ref().map(|a| (a.version.as_str(), a.develops.as_deref(), a.released));
        assert_eq!(found, Some((*api, *develops, *released)), "{text}");
        assert_eq!((reading.implementation, reading.recommended), (*implementation, Some(*recommended)), "{text}");
    }
}

#[test]
fn the_json_of_a_reading() {
    let json = serde_json::to_value(policy("sponge").reading("spongeforge-1.12.2-2768-7.1.5-RC3505").unwrap()).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "schema": "verpolicy.version/1", "policy": "sponge", "text": "spongeforge-1.12.2-2768-7.1.5-RC3505",
            "canonical": "spongeforge-1.12.2-2768-7.1.5-RC3505", "cargo": "7.1.5-RC.3505+1.12.2-2768",
            "released": false, "prerelease": true, "recommended": false,
            "api": {"version": "7.1", "released": false, "develops": "7.2"}, "implementation": 5,
            "components": {
                "major": 7, "minor": 1, "implementation": 5, "snapshot": null, "candidate": "RC3505",
                "artifact": "spongeforge", "platform": "1.12.2", "build": 2768
            },
            "warnings": []
        })
    );
    let json = serde_json::to_value(policy("semver").reading("1.2.3").unwrap()).unwrap();
    assert_eq!((&json["api"], &json["implementation"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    let reading = policy("soundstorm").reading("v1.1.9").unwrap();
    assert_eq!(reading.api.map(|a| a.version).as_deref(), Some("v1.1"));
    let reading = policy("matrix").reading("v1.1.8").unwrap();
    assert_eq!(reading.api.map(|a| (a.version, a.released)), Some(("v1.1".to_owned(), true)));
    assert_eq!(policy("chain").reading("1.0.161205").unwrap().warnings.len(), 1);
}

#[test]
fn compare() {
    let ordering = |id: &str, a: &str, b: &str| policy(id).comparison(a, b).unwrap().ordering;
    assert_eq!(ordering("sponge", "7.1.5-RC9", "7.1.5-RC152"), "less");
    assert_eq!(ordering("sponge", "7.1.5", "7.1.5-RC152"), "greater");
    assert_eq!(ordering("matrix", "v1.1", "v1.1.0"), "equal");
    assert!(policy("semver").comparison("1.2.3", "1.2").is_err());
}

#[test]
fn compat() {
    for (id, a, b, compatible) in [
        ("sponge", "3.2.0", "3.0.0", true),
        ("sponge", "4.0.0", "3.0.0", false),
        ("sponge", "4.0.0", "3.1.0", false),
        ("sponge", "4.0.0", "3.1.2", false),
        ("sponge", "3.1.2", "3.1.1", true),
        ("sponge", "3.0.0", "3.2.0", false),
        ("semver", "1.9.0", "1.2.3", true),
        ("semver", "2.0.0", "1.2.3", false),
        ("semver", "0.1.3", "0.1.2", true),
        ("semver", "0.2.0", "0.1.2", false),
        ("semver", "0.0.2", "0.0.1", false),
        ("semver", "1.0.0", "0.9.0", false),
        ("semver", "1.3.0-rc.1", "1.2.0", false),
        ("soundstorm", "v1.1.9", "v1.0.0", true),
        ("soundstorm", "v1.0.0", "v1.1.9", true),
        ("soundstorm", "v2.0.0", "v1.1.9", false),
        ("soundstorm", "v0.2.0", "v0.2.0", false),
        ("matrix", "v1.1.0", "v1.1.8", true),
        ("matrix", "v1.2.0", "v1.1.0", false),
        ("matrix", "v2.0.0", "v1.1.0", false),
        ("chain", "1.7.20170119", "1.0", true),
        ("chain", "2.3.20170601", "1.7.20170119", false),
    ] {
        let found = policy(id).compatibility(a, b).unwrap();
        assert_eq!(found.compatible, compatible, "{id} {a} {b}: {}", found.because);
        assert!(!found.because.is_empty());
    }
}

#[test]
fn a_wrong_file_has_its_place_and_what_is_allowed() {
    let semver = POLICIES[0].toml;
    let line_of = |text: &str, part: &str| 1 + text.lines().position(|l| l.contains(part)).unwrap() as u32;
    for (find, replace, at, says) in [
        ("summary =", "sumary =", "sumary", "expected one of"),
        ("id = \"semver\"", "id = \"Sem Ver\"", "id = ", "lower-case letters"),
        ("leading-zeros = \"shift\"", "leading-zeros = \"drop\"", "leading-zeros", "`plain`"),
        ("introducer = \"-\"", "introducer = \"_\"", "introducer", "expected `.` or `-`"),
        ("steps = [\"patch\"]", "steps = [\"pitch\"]", "pitch", "there are `major`, `minor`, `patch`"),
        ("steps = [\"patch\"]", "label = \"pre\"", "label = \"pre\"", "there is `prerelease`"),
        ("name = \"major\"\nsteps", "name = \"none\"\nsteps", "name = \"none\"", "taken"),
        ("allows = []", "allows = [\"everything\"]", "everything", "`addition`"),
        ("equal = [\"major\"]", "equal = [\"mayor\"]", "mayor", "there is no number `mayor`"),
        ("metadata = true", "metadata = 1", "metadata", "expected a boolean"),
    ] {
        let text = semver.replacen(find, replace, 1);
        assert_ne!(text, semver, "{find}");
        let error = Policy::read(&text).unwrap_err();
        assert_eq!(error.line, line_of(&text, at), "{replace}: {error}");
        assert!(error.column > 0 && error.message.contains(says), "{replace}: {error}");
    }
    let error = Policy::read("id = \"x\"\n[version\n").unwrap_err();
    assert_eq!(error.line, 2, "{error}");
    let lacking = semver.replacen("steps = [\"minor\"]", "steps = [\"patch\"]", 1);
    assert!(Policy::read(&lacking).unwrap_err().message.contains("no `[[bump]]` steps `minor`"));
    let levels = format!("{semver}\n[levels]\nendpoint-remove = \"deny\"\n");
    assert!(Policy::read(&levels).unwrap_err().message.contains("there is no rule `endpoint-remove`"));
}

/// A policy that is none of the five: `YYYY.MM.MICRO`.
const CALENDAR: &str = r#"
id = "calendar"
summary = "YYYY.MM.MICRO: a month may break what was deprecated, a micro only fixes"
retire = "after-deprecation"

[version]
written = "YYYY.MM.MICRO"

[[version.number]]
name = "year"
kind = "year"

[[version.number]]
name = "month"
kind = "month"

[[version.number]]
name = "micro"

[[bump]]
name = "micro"
steps = ["micro"]
allows = ["behavior"]
says = "a micro release fixes"

[[bump]]
name = "monthly"
steps = ["year", "month"]
allows = ["addition", "compatible", "deprecation", "behavior", "config-optional"]
says = "a monthly release adds and deprecates"
"#;

#[test]
fn a_custom_policy() {
    let calendar = Policy::read(CALENDAR).unwrap();
    let v = |text: &str| calendar.scheme.parse(text).unwrap();
    assert_eq!(calendar.scheme.render(&v("2026.1.3")), "2026.01.3", "Cargo's spelling has no leading zeros");
    assert_eq!(calendar.scheme.render_cargo(&v("2026.01.3")), "2026.1.3");
    assert_eq!(calendar.scheme.parse("2026.13.0").unwrap_err().component, "month");
    let step = |bump: &str, date: &str| {
        let next = calendar.step(&v("2026.10.2"), calendar.bump(bump).unwrap(), date.parse().unwrap());
        next.map(|v| calendar.scheme.render(&v))
    };
    assert_eq!(step("monthly", "2026-11-22").unwrap(), "2026.11.0");
    assert_eq!(step("monthly", "2027-01-02").unwrap(), "2027.01.0");
    assert_eq!(step("micro", "2026-11-22").unwrap(), "2026.10.3");
    assert!(step("monthly", "2026-10-30").is_err(), "one a month");
    let name = |a, b| match calendar.declared(&v(a), &v(b)) {
        version::Declared::Bump(bump) => calendar.bumps[bump].name.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!((name("2026.10.2", "2026.11.0"), name("2026.12.0", "2027.01.0")), ("monthly".into(), "monthly".into()));
    assert_eq!(name("2026.10.2", "2026.10.3"), "micro");
}
