//! Audits: a true and an untrue `since`, and the others.

use super::tests::{Bench, endpoint, set};
use super::*;
use crate::diff::ChangeKind;
use crate::model::{EndpointKey, Kind, MethodSet, Part, PathTemplate, Prefix, Segment, Stability, Step};

fn rules(report: &PackageReport) -> Vec<&'static str> {
    report.findings.iter().map(|f| f.rule).collect()
}

fn template(path: &str) -> PathTemplate {
    let segments = path.split('/').skip(1).map(|s| Segment(vec![Part::Literal(s.to_owned())])).collect();
    PathTemplate { prefix: Prefix::Known, segments, trailing_slash: false }
}

fn step(version: &str) -> Option<Step> {
    Some(Step { version: version.to_owned(), note: None, replaced_by: None })
}

/// A new mark `p::n` on the current side, judged for its `since`. `served` names the releases (of 1.1.0, 1.2.0 and the
/// baseline 1.3.0) that serve it, unmarked.
fn since(policy: &str, versions: [&str; 2], since: &str, served: &[&str]) -> Option<String> {
    let mut bench = Bench::new(policy, versions[0], versions[1]);
    let mut old = endpoint(Kind::Item, "p::n", "1.0");
    old.marked = false;
    old.lifetime.since = None;
    for release in ["1.1.0", "1.2.0"] {
        let there = if served.contains(&release) { vec![old.clone()] } else { Vec::new() };
        bench.releases.insert(release.to_owned(), set(release, &there));
    }
    if served.contains(&versions[0]) {
        bench.old.endpoints.push(old);
    }
    bench.new.endpoints.push(endpoint(Kind::Item, "p::n", since));
    let levels = &mut bench.settings.levels;
    levels.set("since-unverified", Level::Warn).unwrap();
    let report = bench.judge();
    report.findings.iter().find(|f| f.endpoint == "p::n").map(|f| format!("{}: {}", f.rule, f.message))
}

#[test]
fn a_since_is_true() {
    let new = ["1.3.0", "1.4.0"];
    for (versions, written, served) in [
        // What no release has: above the baseline and at most the version in preparation.
        (new, "1.4.0", &[][..]),
        (new, "1.4", &[]),
        (new, "next", &[]),
        // While pending, any one step.
        (["1.3.0", "1.3.0"], "1.3.1", &[]),
        (["1.3.0", "1.3.0"], "1.4.0", &[]),
        (["1.3.0", "1.3.0"], "2.0.0", &[]),
        // The release that a pre-release leads to.
        (["1.3.0", "1.4.0-rc.1"], "1.4.0", &[]),
        // The release that it names serves it, marked or not, and the one before does not.
        (new, "1.2.0", &["1.2.0", "1.3.0"]),
        (new, "1.3.0", &["1.3.0"]),
        (new, "1.2", &["1.2.0", "1.3.0"]),
    ] {
        assert_eq!(since("semver", versions, written, served), None, "{versions:?} {written} {served:?}");
    }
}

#[test]
fn a_since_is_untrue() {
    let new = ["1.3.0", "1.4.0"];
    for (versions, written, served, why) in [
        (new, "1.5.0", &[][..], "beyond 1.4.0"),
        (["1.3.0", "1.3.0"], "1.5.0", &[], "no step"),
        (["1.3.0", "1.3.0"], "3.0.0", &[], "no step"),
        (new, "1.3.0", &[], "does not serve it"),
        (new, "1.2.0", &["1.3.0"], "1.3.0 does"),
        (new, "1.3.0", &["1.2.0", "1.3.0"], "1.2.0 serves it already"),
        (new, "1.4.0", &["1.3.0"], "1.3.0 serves it already"),
        (new, "next", &["1.3.0"], "1.3.0 serves it already"),
        (new, "soon", &[], "is not a version"),
    ] {
        let found = since("semver", versions, written, served).unwrap_or_default();
        assert!(found.starts_with("since-untrue") && found.contains(why), "{versions:?} {written} {served:?}: {found}");
    }
    let found = since("semver", new, "0.9.0", &["1.3.0"]).unwrap();
    assert!(found.starts_with("since-unverified"), "{found}");
}

#[test]
fn before_its_first_promised_version_no_audit_refuses() {
    for (from, to, verdict) in [("v0.9.0", "v0.9.1", Verdict::Pass), ("v1.1.0", "v1.2.0", Verdict::Fail)] {
        let mut bench = Bench::new("soundstorm", from, to);
        bench.new.endpoints.push(endpoint(Kind::Item, "p::n", "3.0"));
        let report = bench.judge();
        assert_eq!((rules(&report), report.verdict), (vec!["since-untrue"], Some(verdict)), "{from}");
    }
}

#[test]
fn sponge_counts_api_releases() {
    // An implementation's release adds an endpoint: its `since` is the next minor.
    assert_eq!(since("sponge", ["8.1.1", "8.1.2"], "8.2", &[]), None);
    // It is still true when 8.1.1 serves it already, for that was no API release.
    assert_eq!(since("sponge", ["8.1.1", "8.1.2"], "8.2", &["8.1.1"]), None);
    assert!(since("sponge", ["8.1.1", "8.1.2"], "8.3", &[]).unwrap().contains("beyond 8.2.0"));
    // An implementation's own number is no `since`.
    assert!(since("sponge", ["8.1.1", "8.1.2"], "8.1.2", &[]).unwrap().contains("it belongs to 8.2"));
    assert!(since("sponge", ["8.1.1", "8.1.2"], "8.1.1", &["8.1.1"]).unwrap().contains("it belongs to 8.2"));
}

#[test]
fn only_marks_that_changed_unless_it_is_a_release() {
    let mut bench = Bench::new("semver", "1.3.0", "1.4.0");
    bench.releases.insert("1.0.0".to_owned(), set("1.0.0", &[]));
    assert_eq!(rules(&bench.judge()), [] as [&str; 0]);
    bench.mode = Mode::Release;
    assert_eq!(rules(&bench.judge()), ["since-untrue", "since-untrue"]);
    bench.mode = Mode::Check;
    bench.new.endpoints[0].lifetime.since = step("1.1.0");
    bench.releases.insert("1.1.0".to_owned(), set("1.1.0", &[]));
    assert_eq!(rules(&bench.judge()), ["since-untrue"], "a changed mark");
    bench.new.endpoints[0].lifetime.native = true;
    assert_eq!(rules(&bench.judge()), [] as [&str; 0], "a framework's own versions are another line");
}

#[test]
fn removed_still_served() {
    let mut bench = Bench::new("semver", "1.3.0", "2.0.0");
    bench.old.endpoints[0].lifetime.removed = step("2.0");
    bench.new.endpoints[0].lifetime.removed = step("2.0");
    assert_eq!(rules(&bench.judge()), ["removed-still-served"]);
    bench.to = Some("1.4.0".to_owned());
    assert_eq!(rules(&bench.judge()), [] as [&str; 0]);
}

#[test]
fn documentation() {
    for (policy, from, to, verdict) in [
        ("soundstorm", "v1.0.0", "v1.0.1", Verdict::Fail),
        ("soundstorm", "v0.9.0", "v1.0.0", Verdict::Fail),
        ("soundstorm", "v0.9.0", "v0.9.1", Verdict::Pass),
        ("semver", "1.0.0", "1.0.1", Verdict::Pass),
    ] {
        let mut bench = Bench::new(policy, from, to);
        bench.new.endpoints[0].documented = false;
        let report = bench.judge();
        assert_eq!(report.verdict, Some(verdict), "{policy} {to}: {:?}", report.findings);
        assert_eq!(report.required.as_deref(), Some("none"), "audits carry no bump");
    }
}

#[test]
fn paths_of_matrix() {
    let served = |path: &str, unstable: Option<&str>| {
        let mut bench = Bench::new("matrix", "v1.1.0", "v1.2.0");
        let mut http = endpoint(Kind::Http, "", "1.2");
        http.key = EndpointKey::Http {
            service: String::new(),
            path: template(path),
            method: MethodSet::One("GET".to_owned()),
        };
        if let Some(feature) = unstable {
            http.stability = Stability::Unstable { feature: Some(feature.to_owned()) };
        }
        bench.new.endpoints.push(http);
        bench.settings.unversioned = vec!["/_matrix/client/versions".to_owned(), "/.well-known/**".to_owned()];
        rules(&bench.judge())
    };
    let none: [&str; 0] = [];
    assert_eq!(served("/_matrix/client/v3/sync", None), none);
    assert_eq!(served("/_matrix/client/versions", None), none);
    assert_eq!(served("/.well-known/matrix/client", None), none);
    assert_eq!(served("/_matrix/client/sync", None), ["path-version-missing"]);
    assert_eq!(served("/_matrix/client/unstable/org.x/sync", None), ["unstable-prefix-wrong"]);
    assert_eq!(served("/_matrix/client/unstable/org.x/sync", Some("org.x")), none);
    assert_eq!(served("/_matrix/client/v3/sync", Some("org.x")), ["unstable-prefix-wrong"]);
}

#[test]
fn dates_of_chain() {
    for (from, to, rule) in [
        ("1.0", "1.0.20161027", None),
        ("1.0.20161101", "1.1", None),
        ("1.0.20161101", "1.1.20161108", None),
        ("1.0.20161101", "1.1.20161027", Some("version-date")),
        ("1.0.20161101", "1.1.20161101", Some("version-date")),
        ("1.0", "1.0.20301101", Some("version-date")),
        ("1.0.20161101", "1.0.20161101", None),
    ] {
        assert_eq!(rules(&Bench::new("chain", from, to).judge()), rule.into_iter().collect::<Vec<_>>(), "{from} {to}");
    }
}

#[test]
fn a_spent_plan_and_loosened_settings() {
    let mut bench = Bench::new("semver", "1.2.3", "1.2.3").with(ChangeKind::EndpointAdded, "p::a");
    bench.plan = Some("minor".to_owned());
    bench.plan_stood = true;
    bench.settings.loosened = vec!["the level of `x` was loosened".to_owned()];
    let report = bench.judge();
    assert_eq!(report.declared, None);
    let found = rules(&report);
    assert!(found.contains(&"stale-plan") && found.contains(&"policy-changed"), "{found:?}");
}

#[test]
fn a_package_is_gone() {
    let mut bench = Bench::new("semver", "1.2.3", "1.2.3");
    bench.new.endpoints.clear();
    bench.to = None;
    let gone = |bench: &Bench| {
        let audits = [Audit::of_package("package-removed", "p", "the package is gone".to_owned())];
        judge(&Case { audits: &audits, ..bench.case() }).unwrap()
    };
    let report = gone(&bench);
    assert_eq!((report.verdict, rules(&report)), (Some(Verdict::Fail), vec!["package-removed"]));
    assert_eq!((report.required, report.findings[0].cure), (None, Cure::Source));
    bench.settings.acceptances.push(Acceptance {
        rule: "package-removed".to_owned(),
        endpoint: "p".to_owned(),
        reason: "merged into q".to_owned(),
        release: "2.0.0".to_owned(),
        place: None,
        stood: true,
        shared: false,
    });
    let report = gone(&bench);
    assert_eq!((report.verdict, rules(&report)), (Some(Verdict::Pass), vec![]));
    bench.old.endpoints.clear();
    assert_eq!(gone(&bench).verdict, None);
}
