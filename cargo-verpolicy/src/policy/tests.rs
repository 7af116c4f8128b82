//! The judgement: every cell of the table of effects, and every sentence on the declared bump.

use super::*;
use crate::diff::{Change, ChangeKind, Diff};
use crate::model::{
    Condition, Endpoint, EndpointContent, EndpointKey, EndpointSet, Kind, Lifetime, Published, Shapes, Signature,
    Stability, Step,
};
use std::collections::BTreeMap;

pub(super) fn place(line: u32) -> Place {
    Place { file: "src/lib.rs".into(), line, column: 1 }
}

pub(super) fn endpoint(kind: Kind, path: &str, since: &str) -> Endpoint {
    let step = |v: &str| Some(Step { version: v.to_owned(), note: None, replaced_by: None });
    Endpoint {
        key: EndpointKey::Named { kind, path: path.to_owned() },
        content: EndpointContent::Item(Signature::of_text("fn", "")),
        marked: true,
        lifetime: Lifetime { since: step(since), ..Lifetime::default() },
        stability: Stability::Stable,
        condition: Condition::Always,
        published: Published::Unknown,
        behavior: None,
        edition: None,
        section: None,
        documented: true,
        handler: None,
        framework: None,
        place: place(7),
        mark_place: None,
    }
}

pub(super) fn set(version: &str, endpoints: &[Endpoint]) -> EndpointSet {
    EndpointSet {
        package: "p".to_owned(),
        version: Some(version.to_owned()),
        endpoints: endpoints.to_vec(),
        shapes: Shapes::default(),
        blind_spots: Vec::new(),
        unread: std::collections::BTreeMap::new(),
        features: std::collections::BTreeMap::new(),
        followed: std::collections::BTreeMap::new(),
    }
}

pub(super) fn change(kind: ChangeKind, endpoint: &str) -> Change {
    Change {
        condition: crate::model::Condition::Always,
        kind,
        reaches: vec![endpoint.to_owned()],
        at: String::new(),
        old: Some(place(1)),
        new: Some(place(2)),
        was: None,
        is: None,
        members: Vec::new(),
        related: None,
        message: false,
        between_integers: false,
    }
}

/// Everything that a case borrows.
pub(super) struct Bench {
    pub(super) policy: Policy,
    pub(super) baseline_policy: Option<Policy>,
    pub(super) old: EndpointSet,
    pub(super) new: EndpointSet,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) diff: Diff,
    pub(super) mode: Mode,
    pub(super) plan: Option<String>,
    pub(super) plan_stood: bool,
    pub(super) settings: Settings,
    pub(super) releases: BTreeMap<String, EndpointSet>,
    pub(super) dates: BTreeMap<String, jiff::civil::Date>,
    pub(super) since_api_release: Option<Diff>,
    pub(super) options: crate::diff::Options,
    pub(super) date: &'static str,
}

impl Bench {
    pub(super) fn new(policy: &str, from: &str, to: &str) -> Self {
        let endpoints = [endpoint(Kind::Item, "p::a", "1.0"), endpoint(Kind::Config, "p::c", "1.0")];
        Self {
            policy: built_in(policy).unwrap().unwrap(),
            baseline_policy: None,
            old: set(from, &endpoints),
            new: set(to, &endpoints),
            from: Some(from.to_owned()),
            to: Some(to.to_owned()),
            diff: Diff::default(),
            mode: Mode::Check,
            plan: None,
            plan_stood: false,
            settings: Settings::default(),
            releases: BTreeMap::new(),
            dates: BTreeMap::new(),
            since_api_release: None,
            options: crate::diff::Options::default(),
            date: "2026-11-22",
        }
    }

    pub(super) fn with(mut self, kind: ChangeKind, endpoint: &str) -> Self {
        self.diff.changes.push(change(kind, endpoint));
        self
    }

    pub(super) fn case(&self) -> Case<'_> {
        Case {
            package: "p",
            policy: &self.policy,
            baseline_policy: self.baseline_policy.as_ref(),
            against: Against::Side(Given { version: self.from.as_deref(), origin: "git:v1", set: &self.old }),
            current: Given { version: self.to.as_deref(), origin: "work tree", set: &self.new },
            diff: &self.diff,
            options: &self.options,
            mode: self.mode,
            plan: self.plan.as_deref(),
            plan_stood: self.plan_stood,
            settings: &self.settings,
            releases: &self.releases,
            dates: &self.dates,
            earlier: &[],
            since_api_release: self.since_api_release.as_ref().map(|diff| (&self.old, diff)),
            audits: &[],
            every_mark: false,
            date: self.date.parse().unwrap(),
        }
    }

    pub(super) fn judge(&self) -> PackageReport {
        judge(&self.case()).unwrap()
    }
}

#[test]
fn every_built_in_file_is_right_and_its_row_says_the_same() {
    for row in POLICIES {
        let policy = Policy::read(row.toml).unwrap_or_else(|e| panic!("{}: {e}", row.id));
        assert_eq!((policy.id.as_str(), policy.summary.as_str()), (row.id, row.summary));
        assert!(!row.docs.trim().is_empty());
    }
}

/// POLICIES.md, "Effects by bump": none, addition, compatible, deprecation, breaking, behavior, config-req, optional.
const TABLE: &[(&str, &str, &str, &str)] = &[
    ("semver", "1.2.3", "1.2.4", "ynnnnnnn"),
    ("semver", "1.2.3", "1.3.0", "yyyynnny"),
    ("semver", "1.2.3", "2.0.0", "yyyyyyyy"),
    ("soundstorm", "v1.2.3", "v1.2.3.security1", "ynnnnnnn"),
    ("soundstorm", "v1.2.3", "v1.2.4", "ynnnnnnn"),
    ("soundstorm", "v1.2.3", "v1.3.0", "yynynnny"),
    ("soundstorm", "v1.2.3", "v2.0.0", "yyyyyyyy"),
    ("matrix", "v1.2.3", "v1.2.4", "ynnnnnnn"),
    ("matrix", "v1.2.3", "v1.3.0", "yyyynnny"),
    ("matrix", "v1.2.3", "v2.0.0", "yyyyyyyy"),
    ("chain", "1.2", "1.2.20260101", "ynnnnynn"),
    ("chain", "1.2", "1.3", "yyyynyny"),
    ("chain", "1.2", "2.0", "yyyyyyyy"),
    ("sponge", "8.1.0", "8.1.1", "yyyynnny"),
    ("sponge", "8.1.0", "8.2.0", "yyyynnny"),
    ("sponge", "8.1.0", "9.0.0", "yyyyyyyy"),
];

const COLUMNS: [(ChangeKind, &str); 8] = [
    (ChangeKind::MarkAdded, "p::h"),
    (ChangeKind::EndpointAdded, "p::h"),
    (ChangeKind::RequestFieldAdded, "p::h"),
    (ChangeKind::EndpointDeprecated, "p::h"),
    (ChangeKind::EndpointRemoved, "p::h"),
    (ChangeKind::EndpointBehaviorChanged, "p::h"),
    (ChangeKind::ConfigRequiredKeyAdded, "p::c"),
    (ChangeKind::ConfigKeyAdded, "p::c"),
];

#[test]
fn every_cell_of_the_table() {
    for (policy, from, to, cells) in TABLE {
        for ((kind, reached), cell) in COLUMNS.iter().zip(cells.chars()) {
            let mut bench = Bench::new(policy, from, to).with(*kind, reached);
            bench.old.endpoints.push(endpoint(Kind::Message, "p::h", "1.0"));
            bench.new.endpoints.push(endpoint(Kind::Message, "p::h", "1.0"));
            let report = bench.judge();
            let expected = if cell == 'y' { Verdict::Pass } else { Verdict::Fail };
            assert_eq!(report.verdict, Some(expected), "{policy} {from} to {to}: {kind:?}: {:?}", report.findings);
        }
    }
}

#[test]
fn cells_with_conditions() {
    use ChangeKind::*;
    // Frozen speaks of http and message endpoints.
    let item = Bench::new("soundstorm", "v1.2.3", "v1.3.0").with(RequestFieldAdded, "p::a");
    assert_eq!(item.judge().verdict, Some(Verdict::Pass));
    let config = Bench::new("soundstorm", "v1.2.3", "v1.3.0").with(ConfigKeyOptional, "p::c");
    assert_eq!(config.judge().verdict, Some(Verdict::Pass));
    // Managed: what the baseline deprecated may go at a minor; under chain it may not.
    for (policy, from, to, verdict) in [
        ("matrix", "v1.2.3", "v1.3.0", Verdict::Pass),
        ("matrix", "v1.2.3", "v1.2.4", Verdict::Fail),
        ("chain", "1.2", "1.3", Verdict::Fail),
        ("semver", "1.2.3", "1.3.0", Verdict::Fail),
    ] {
        let report = Bench::new(policy, from, to).with(DeprecatedEndpointRemoved, "p::a").judge();
        assert_eq!(report.verdict, Some(verdict), "{policy} {to}");
    }
    // Chain with `retire` set.
    let text = format!("retire = \"after-deprecation\"\n{}", POLICIES[3].toml);
    let mut bench = Bench::new("chain", "1.2", "1.3").with(DeprecatedEndpointRemoved, "p::a");
    bench.policy = Policy::read(&text).unwrap();
    assert_eq!(bench.judge().verdict, Some(Verdict::Pass));
    // Under matrix no change requires a major: what minor refuses is cured in the source.
    let report = Bench::new("matrix", "v1.2.3", "v1.3.0").with(RequestFieldRemoved, "GET /v3/sync").judge();
    assert_eq!((report.required, report.findings[0].cure), (None, Cure::Source));
    assert!(report.findings[0].help.as_ref().unwrap().contains("add `GET /v4/sync` beside it"));
    // Sponge: what no API release contains may break below a minor.
    let mut bench = Bench::new("sponge", "8.1.1", "8.1.2").with(EndpointRemoved, "p::a");
    assert_eq!(bench.judge().verdict, Some(Verdict::Fail), "the last API release is not at hand");
    bench.since_api_release = Some(Diff::default());
    assert_eq!(bench.judge().verdict, Some(Verdict::Pass));
    let mut raised = Bench::new("sponge", "8.1.1", "8.1.2").with(EndpointBehaviorChanged, "p::a");
    raised.since_api_release = Some(Diff::default());
    assert_eq!(raised.judge().verdict, Some(Verdict::Pass), "a raised behaviour as breaking");
    raised.since_api_release = Some(Diff { changes: vec![change(EndpointBehaviorChanged, "p::a")], ..Diff::default() });
    assert_eq!(raised.judge().verdict, Some(Verdict::Fail));
    bench.since_api_release = Some(Diff { changes: vec![change(EndpointRemoved, "p::a")], ..Diff::default() });
    assert_eq!(bench.judge().verdict, Some(Verdict::Fail));
    // Chain's minor allows a raised behaviour, with a note.
    let report = Bench::new("chain", "1.2", "1.3").with(EndpointBehaviorChanged, "p::a").judge();
    assert!(report.notes.iter().any(|n| n.contains("compatibility notes")), "{:?}", report.notes);
    // A stable edition never changes, across majors too; its stability does.
    for (kind, verdict) in [(ItemSignatureChanged, Verdict::Fail), (EndpointDestabilized, Verdict::Pass)] {
        let mut bench = Bench::new("matrix", "v1.2.3", "v2.0.0").with(kind, "p::a");
        bench.old.endpoints[0].edition = Some("6".to_owned());
        let report = bench.judge();
        assert_eq!(report.verdict, Some(verdict), "{kind:?}");
        let frozen: Vec<_> = report.findings.iter().filter(|f| f.rule == "frozen-edition-changed").collect();
        assert_eq!(frozen.len(), usize::from(verdict == Verdict::Fail), "one change, one finding: {kind:?}");
        assert!(frozen.iter().all(|f| f.effect.is_none() && f.cure == Cure::Source && report.findings.len() == 1));
    }
}

#[test]
fn before_1_0() {
    use ChangeKind::*;
    for (policy, from, to, kind, verdict, required) in [
        ("semver", "0.1.2", "0.1.3", EndpointAdded, Verdict::Pass, "minor"),
        ("semver", "0.1.2", "0.1.3", EndpointRemoved, Verdict::Fail, "major"),
        ("semver", "0.1.2", "0.2.0", EndpointRemoved, Verdict::Pass, "major"),
        ("semver", "0.0.1", "0.0.2", EndpointRemoved, Verdict::Pass, "major"),
        ("soundstorm", "v0.9.0", "v0.9.1", EndpointRemoved, Verdict::Pass, "none"),
        ("soundstorm", "v0.9.0", "v1.0.0", EndpointRemoved, Verdict::Pass, "major"),
        ("matrix", "v0.9.0", "v0.9.1", EndpointAdded, Verdict::Fail, "minor"),
        ("chain", "0.9", "0.10", EndpointRemoved, Verdict::Fail, "major"),
        ("sponge", "0.9.0", "0.10.0", EndpointRemoved, Verdict::Fail, "major"),
    ] {
        let report = Bench::new(policy, from, to).with(kind, "p::a").judge();
        let found = (report.verdict, report.required.as_deref());
        assert_eq!(found, (Some(verdict), Some(required)), "{policy} {from} to {to} {kind:?}");
        assert_eq!(report.findings.len(), 1, "everything is reported");
    }
}

#[test]
fn declared_required_next_and_verdict() {
    use ChangeKind::*;
    type Row = (
        &'static str,
        &'static str,
        Option<&'static str>,
        Option<ChangeKind>,
        Option<&'static str>,
        &'static str,
        &'static str,
        Verdict,
    );
    let rows: &[Row] = &[
        // The manifest's version against the baseline's.
        ("1.2.3", "1.3.0", None, Some(EndpointAdded), Some("minor"), "minor", "1.3.0", Verdict::Pass),
        ("1.2.3", "1.2.4", None, Some(EndpointAdded), Some("patch"), "minor", "1.3.0", Verdict::Fail),
        ("1.2.3", "2.0.0", None, Some(EndpointAdded), Some("major"), "minor", "1.3.0", Verdict::Pass),
        ("1.2.3", "1.2.4", None, None, Some("patch"), "none", "1.2.4", Verdict::Pass),
        // A plan counts while they are equal.
        ("1.2.3", "1.2.3", Some("minor"), Some(EndpointAdded), Some("minor"), "minor", "1.3.0", Verdict::Pass),
        ("1.2.3", "1.2.3", Some("patch"), Some(EndpointAdded), Some("patch"), "minor", "1.3.0", Verdict::Fail),
        ("1.2.3", "1.2.4", Some("major"), Some(EndpointRemoved), Some("patch"), "major", "2.0.0", Verdict::Fail),
        // Else pending.
        ("1.2.3", "1.2.3", None, Some(EndpointRemoved), None, "major", "2.0.0", Verdict::Pending),
        ("1.2.3", "1.2.3", None, None, None, "none", "1.2.4", Verdict::Pending),
        // A pre-release is held to the release that it leads to.
        ("1.2.4", "1.3.0-beta.1", None, Some(EndpointRemoved), Some("minor"), "major", "2.0.0", Verdict::Fail),
        ("1.2.4", "2.0.0-rc.2", None, Some(EndpointRemoved), Some("major"), "major", "2.0.0", Verdict::Pass),
        ("1.2.4", "1.3.0-rc.2", None, Some(EndpointAdded), Some("minor"), "minor", "1.3.0", Verdict::Pass),
        // An explicit pre-release baseline of the same version.
        (
            "2.0.0-rc.1",
            "2.0.0-rc.2",
            None,
            Some(EndpointRemoved),
            Some("prerelease"),
            "prerelease",
            "2.0.0-rc.2",
            Verdict::Pass,
        ),
    ];
    for (from, to, plan, kind, declared, required, next, verdict) in rows {
        let mut bench = Bench::new("semver", from, to);
        bench.plan = plan.map(str::to_owned);
        if let Some(kind) = kind {
            bench = bench.with(*kind, "p::a");
        }
        let report = bench.judge();
        let found = (report.declared.as_deref(), report.required.as_deref(), report.next.as_deref(), report.verdict);
        assert_eq!(
            found,
            (*declared, Some(*required), Some(*next), Some(*verdict)),
            "{from} to {to}, {plan:?}, {kind:?}"
        );
    }
}

#[test]
fn release_mode_is_strict() {
    let mut bench = Bench::new("semver", "1.2.3", "1.2.3").with(ChangeKind::EndpointAdded, "p::a");
    bench.mode = Mode::Release;
    bench.plan = Some("minor".to_owned());
    let report = bench.judge();
    assert_eq!((report.verdict, report.declared), (Some(Verdict::Fail), None), "a plan does not declare a release");
    assert!(report.findings[0].refused);

    let mut bench = Bench::new("semver", "1.2.3", "1.3.0");
    bench.mode = Mode::Release;
    assert_eq!(bench.judge().verdict, Some(Verdict::Pass));
    bench.new.endpoints[0].lifetime.since.as_mut().unwrap().version = "next".to_owned();
    bench.old.endpoints.remove(0);
    let report = bench.judge();
    assert_eq!((report.verdict, report.findings[0].rule), (Some(Verdict::Fail), "since-unresolved"));
    bench.mode = Mode::Check;
    assert_eq!(bench.judge().verdict, Some(Verdict::Pass), "`next` is right until the release");
}

#[test]
fn backwards_and_diff() {
    let mut bench = Bench::new("semver", "1.2.3", "1.2.2");
    let report = bench.judge();
    assert_eq!(report.verdict, Some(Verdict::Fail));
    assert_eq!(report.findings[0].rule, "version-behind");
    bench.mode = Mode::Diff;
    let report = bench.judge();
    assert_eq!((report.verdict, report.findings.len()), (None, 0), "diff may look back");
    bench = Bench::new("semver", "1.2.3", "1.3.0").with(ChangeKind::EndpointRemoved, "p::a");
    bench.mode = Mode::Diff;
    assert_eq!(bench.judge().verdict, Some(Verdict::Fail));
    bench.from = None;
    let report = bench.judge();
    assert_eq!((report.verdict, report.required.as_deref(), report.next), (None, Some("major"), None));
}

#[test]
fn pending_forgives_only_what_a_bump_cures() {
    let report = Bench::new("matrix", "v1.2.0", "v1.2.0").with(ChangeKind::EndpointRemoved, "p::a").judge();
    assert_eq!((report.verdict, report.findings[0].refused), (Some(Verdict::Fail), true));
    let report = Bench::new("matrix", "v1.2.0", "v1.2.0").with(ChangeKind::EndpointAdded, "p::a").judge();
    assert_eq!((report.verdict, report.findings[0].refused), (Some(Verdict::Pending), false));
}

#[test]
fn only_deny_raises_and_fails() {
    let mut bench = Bench::new("semver", "1.2.3", "1.2.4").with(ChangeKind::EndpointRemoved, "p::a");
    bench.settings.levels.set("endpoint-removed", Level::Warn).unwrap();
    let report = bench.judge();
    assert_eq!((report.verdict, report.required.as_deref()), (Some(Verdict::Pass), Some("none")));
    assert!(report.findings[0].refused, "refused, but only warned of");
    bench.settings.levels.set("warnings", Level::Deny).unwrap();
    assert_eq!(bench.judge().verdict, Some(Verdict::Fail));
    bench.settings.levels.set("endpoint-removed", Level::Allow).unwrap();
    assert!(bench.judge().findings.is_empty());
    assert!(bench.settings.levels.set("endpoint-remove", Level::Deny).unwrap_err().hint.contains("endpoint-removed"));
}

#[test]
fn a_word_when_the_bump_is_larger_than_needed() {
    let larger = |from: &str, to: &str, kind: Option<ChangeKind>| {
        let bench = Bench::new("semver", from, to);
        let bench = if let Some(kind) = kind { bench.with(kind, "p::a") } else { bench };
        bench.judge().notes.iter().find(|n| n.contains("larger")).cloned()
    };
    let would = |bump: &str| Some(format!("the bump is larger than needed: {bump} would do"));
    assert_eq!(larger("1.2.3", "2.0.0", Some(ChangeKind::EndpointAdded)), would("minor"));
    assert_eq!(larger("1.2.3", "1.3.0", None), would("patch"));
    assert_eq!(larger("1.2.3", "1.3.0", Some(ChangeKind::EndpointAdded)), None);
    assert_eq!(larger("0.1.2", "0.1.3", None), None, "there is no smaller step");
    assert_eq!(larger("0.0.1", "0.0.2", None), None);
}

#[test]
fn nothing_promised_first_release_and_no_baseline() {
    let mut bench = Bench::new("semver", "1.0.0", "1.0.0");
    let none = Case { against: Against::Nothing { why: "no tags" }, ..bench.case() };
    assert_eq!(judge(&none).unwrap().verdict, Some(Verdict::NoBaseline));
    let first = Case { against: Against::FirstRelease { version: "1.0.0" }, ..bench.case() };
    let report = judge(&first).unwrap();
    assert_eq!((report.verdict, report.baseline.is_none()), (Some(Verdict::Pass), true));
    assert!(report.notes[0].contains("nothing to compare with"));
    let later = Case { against: Against::FirstRelease { version: "0.1.0" }, ..bench.case() };
    assert_eq!(
        judge(&later).unwrap().verdict,
        Some(Verdict::NoBaseline),
        "it holds only while the version leads to it"
    );
    bench.to = Some("0.1.0-alpha.1".to_owned());
    let beyond = Case { against: Against::FirstRelease { version: "0.1.0" }, ..bench.case() };
    assert_eq!(judge(&beyond).unwrap().verdict, Some(Verdict::Fail), "since 1.0");
    bench.old.endpoints.clear();
    bench.new.endpoints.clear();
    assert_eq!(bench.judge().verdict, None, "listed, not judged");
    let none = Case { against: Against::Nothing { why: "no tags" }, ..bench.case() };
    assert_eq!(judge(&none).unwrap().verdict, None, "and needs no baseline");
}

#[test]
fn bad_versions_and_plans_are_errors() {
    let error = |from: &str, to: &str, plan: Option<&str>| {
        let mut bench = Bench::new("semver", from, to);
        bench.plan = plan.map(str::to_owned);
        judge(&bench.case()).unwrap_err().to_string()
    };
    assert!(error("1.2.3", "1.x.0", None).contains("minor, column 3"));
    assert!(error("1.2.3", "1.2.3", Some("build")).contains("patch, minor, major"));
}

#[test]
fn acceptances() {
    let acceptance = |rule: &str, endpoint: &str, release: &str| Acceptance {
        rule: rule.to_owned(),
        endpoint: endpoint.to_owned(),
        reason: "nobody used it".to_owned(),
        release: release.to_owned(),
        place: None,
        stood: false,
        shared: false,
    };
    let judged = |acceptance: Acceptance| {
        let mut bench = Bench::new("semver", "1.2.3", "1.2.4").with(ChangeKind::RequestFieldRemoved, "p::a");
        bench.diff.changes[0].reaches.push("p::b".to_owned());
        bench.settings.acceptances = vec![acceptance];
        bench.judge()
    };
    let rules = |r: &PackageReport| r.findings.iter().map(|f| f.rule).collect::<Vec<_>>();
    let all = judged(acceptance("request-*", "p::*", "1.2.4"));
    assert_eq!((all.verdict, all.required.as_deref()), (Some(Verdict::Pass), Some("none")));
    assert_eq!(rules(&all), ["acceptance-new"]);
    let one = judged(acceptance("request-field-removed", "p::a", "1.2.4"));
    assert_eq!(one.verdict, Some(Verdict::Fail));
    assert_eq!(one.findings[0].reaches, ["p::b"], "only those of `reaches` that it names");
    for unused in [acceptance("response-*", "p::*", "1.2.4"), acceptance("request-*", "p::*", "1.2.3")] {
        let report = judged(unused);
        assert_eq!(
            (report.verdict, rules(&report)),
            (Some(Verdict::Fail), vec!["request-field-removed", "acceptance-unused"])
        );
    }
}

#[test]
fn the_stricter_policy_of_both_sides_holds() {
    let mut bench = Bench::new("semver", "1.2.3", "1.3.0").with(ChangeKind::RequestFieldAdded, "p::m");
    bench.old.endpoints.push(endpoint(Kind::Message, "p::m", "1.0"));
    assert_eq!(bench.judge().verdict, Some(Verdict::Pass));
    bench.baseline_policy = Some(built_in("soundstorm").unwrap().unwrap());
    let report = bench.judge();
    assert_eq!((report.verdict, report.required.as_deref()), (Some(Verdict::Fail), Some("major")));
    assert!(report.findings.iter().any(|f| f.rule == "policy-changed" && f.level == Level::Warn));
}

#[test]
fn a_blinded_endpoint_makes_it_incomplete() {
    let mut bench = Bench::new("semver", "1.2.3", "2.0.0");
    bench.diff.blinded.push(crate::diff::Blinded {
        endpoint: "p::z".to_owned(),
        missing_in_old: false,
        place: place(3),
        blind_spot: crate::model::BlindSpot {
            kind: crate::model::BlindSpotKind::UnparsedFile,
            place: None,
            detail: "src/z.rs does not parse".to_owned(),
            hides: Some("p".to_owned()),
        },
    });
    let report = bench.judge();
    assert_eq!(report.verdict, Some(Verdict::Incomplete));
    assert!(report.findings[0].message.contains("src/z.rs does not parse"));
}
