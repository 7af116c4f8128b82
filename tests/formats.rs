//! Every format over the same reports: golden outputs under `tests/formats/`, rewritten with `SNAPSHOTS=overwrite`.

use cargo_verpolicy::model::{BlindSpot, BlindSpotKind, Place};
use cargo_verpolicy::policy::{
    Cure, Effect, Event, EventKind, Finding, History, Level, PackageHistory, PackageReport, PullRequest, Release,
    Report, Side, Timeline, Verdict,
};
use cargo_verpolicy::report::{Canvas, FORMATS, Listing, SourceText};
use snapbox::{Assert, Data};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[path = "schemas.rs"]
mod schemas;

const OLD: &str = "use serde::Deserialize;\n\n#[derive(Deserialize)]\nstruct NewPet {\n    name: String,\n    nick: Option<String>,\n}\n";
const NEW: &str =
    "use serde::Deserialize;\n\n#[derive(Deserialize)]\nstruct NewPet {\n    name: String,\n    kind: Kind,\n}\n";

fn place(line: u32, column: u32) -> Place {
    Place { file: Arc::from("src/pets.rs"), line, column }
}

fn finding(rule: &'static str, message: &str, refused: bool) -> Finding {
    Finding {
        rule,
        level: Level::Deny,
        effect: Some(Effect::Breaking),
        refused,
        cure: Cure::Bump,
        endpoint: "POST /pets".to_owned(),
        message: message.to_owned(),
        condition: None,
        help: None,
        old: None,
        new: None,
        reaches: vec!["POST /pets".to_owned()],
        fingerprint: "0123456789abcdef".to_owned(),
        because: Some("a minor adds or deprecates in a backward compatible manner".to_owned()),
    }
}

fn package(name: &str, verdict: Verdict, declared: Option<&str>, required: Option<&str>) -> PackageReport {
    let side = |version: &str, origin: &str, endpoints| Side {
        version: Some(version.to_owned()),
        origin: origin.to_owned(),
        endpoints,
        marked: endpoints,
    };
    PackageReport {
        name: name.to_owned(),
        verdict: Some(verdict),
        baseline: Some(side("1.2.0", "git:v1.2.0", 7)),
        current: side("1.3.0", "work tree", 8),
        declared: declared.map(str::to_owned),
        required: required.map(str::to_owned),
        next: Some("2.0.0".to_owned()),
        pull_request: None,
        findings: Vec::new(),
        blind_spots: Vec::new(),
        opaque: 0,
        touched: std::collections::BTreeSet::new(),
        unmarked: 2,
        because: Some("semver minor: a minor adds or deprecates in a backward compatible manner".to_owned()),
        notes: Vec::new(),
        idle: Vec::new(),
    }
}

/// A refused release: one finding with both places, one with a place only on each side, one that reaches others, one
/// without a place, a warning, a change that is allowed, a blind spot and a note.
fn refused() -> Report {
    let mut package = package("pets", Verdict::Fail, Some("minor"), Some("major"));
    let mut added = finding("request-required-field-added", "the request body now needs `kind`", true);
    added.new = Some(place(6, 5));
    added.old = Some(place(4, 8));
    added.help = Some("add `#[serde(default)]`, or make it `Option`".to_owned());
    added.reaches =
        ["POST /pets", "PUT /pets/{id}", "PATCH /a", "PATCH /b", "PATCH /c", "PATCH /d"].map(str::to_owned).to_vec();
    let mut removed = finding("request-field-removed", "the request body no longer reads `nick`", true);
    removed.old = Some(place(6, 5));
    let gone = finding("endpoint-removed", "it is gone", true);
    let mut warned = finding("endpoint-shadowed", "`GET /pets/new` now answers for it", false);
    warned.level = Level::Warn;
    warned.new = Some(place(5, 5));
    let mut new = finding("endpoint-added", "it is new", false);
    new.effect = Some(Effect::Addition);
    new.new = Some(place(4, 8));
    package.findings = vec![added, removed, gone, warned, new];
    package.blind_spots = vec![(
        false,
        BlindSpot {
            kind: BlindSpotKind::UnexpandedMacro,
            place: Some(place(1, 1)),
            detail: "`make_types!` was not expanded".to_owned(),
            hides: Some("pets".to_owned()),
        },
    )];
    package.notes = vec!["compared with the highest release up to 1.3.0".to_owned()];
    Report { policy: "semver".to_owned(), verdict: Some(Verdict::Fail), packages: vec![package] }
}

/// One package of each other verdict.
fn verdicts() -> Report {
    let mut nothing = package("new", Verdict::NoBaseline, None, Some("none"));
    nothing.baseline = None;
    nothing.notes = vec!["no release of it was found".to_owned()];
    let mut listed = package("tools", Verdict::Pass, None, Some("none"));
    listed.verdict = None;
    listed.baseline = None;
    let packages = vec![
        package("calm", Verdict::Pass, Some("minor"), Some("none")),
        package("later", Verdict::Pending, None, Some("major")),
        package("hidden", Verdict::Incomplete, Some("minor"), Some("none")),
        package("frozen", Verdict::Fail, Some("major"), None),
        nothing,
        listed,
    ];
    Report { policy: "semver".to_owned(), verdict: Some(Verdict::NoBaseline), packages }
}

fn canvas() -> Canvas {
    let key = |origin: &str| (origin.to_owned(), "src/pets.rs".to_owned());
    Canvas {
        manifests: [("pets".to_owned(), Place { file: Arc::from("Cargo.toml"), line: 3, column: 11 })].into(),
        sources: [
            (key("git:v1.2.0"), SourceText::new(OLD.to_owned())),
            (key("work tree"), SourceText::new(NEW.to_owned())),
        ]
        .into(),
        ..Canvas::default()
    }
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/formats").join(name)
}

fn check(name: &str, actual: String) {
    Assert::new()
        .action_env("SNAPSHOTS")
        .normalize_paths(false)
        .eq(Data::text(actual), Data::read_from(&golden(name), None));
}

#[test]
fn every_format_shows_a_refused_release() {
    for format in FORMATS {
        check(&format!("refused.{}.txt", format.id), (format.report)(&refused(), &canvas()));
    }
}

#[test]
fn every_format_shows_every_verdict() {
    for format in FORMATS {
        check(&format!("verdicts.{}.txt", format.id), (format.report)(&verdicts(), &canvas()));
    }
}

#[test]
fn quiet_verbose_explained() {
    for format in FORMATS {
        let quiet = Canvas { quiet: true, ..canvas() };
        check(&format!("quiet.{}.txt", format.id), (format.report)(&refused(), &quiet));
        let verbose = Canvas { verbose: 1, explain: true, ..canvas() };
        check(&format!("verbose.{}.txt", format.id), (format.report)(&refused(), &verbose));
    }
}

#[test]
fn narrow_wide_coloured() {
    let human = FORMATS.iter().find(|f| f.id == "human").unwrap();
    for width in [40, 80, 200] {
        let canvas = Canvas { width: Some(width), ..canvas() };
        check(&format!("width-{width}.human.txt"), (human.report)(&refused(), &canvas));
    }
    let coloured = (human.report)(&refused(), &Canvas { color: true, width: Some(80), ..canvas() });
    assert!(coloured.contains("\u{1b}["));
    let plain = (human.report)(&refused(), &canvas());
    assert!(!plain.contains('\u{1b}'));
    assert!(plain.is_ascii(), "only ASCII was allowed: {plain}");
}

#[test]
fn formats_are_sorted_and_described() {
    let ids: Vec<&str> = FORMATS.iter().map(|f| f.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    assert_eq!(ids, sorted, "sort the FORMATS table by id");
    for format in FORMATS {
        assert!(!format.summary.is_empty() && !format.docs.is_empty(), "{} is not described", format.id);
    }
}

#[test]
fn a_list_is_shown_by_the_formats_that_say_so() {
    let empty = Listing { packages: Vec::new() };
    for format in FORMATS {
        if let Some(list) = format.list {
            assert!(!list(&empty, &canvas()).trim().is_empty() || format.id == "short", "{}", format.id);
        }
    }
}

#[test]
fn json_holds_its_schema() {
    let json = FORMATS.iter().find(|f| f.id == "json").unwrap();
    for report in [refused(), verdicts()] {
        for explain in [false, true] {
            let text = (json.report)(&report, &Canvas { explain, ..canvas() });
            schemas::holds(&serde_json::from_str(&text).unwrap());
        }
    }
}

#[test]
#[should_panic(expected = "verdict")]
fn a_schema_refuses_what_does_not_hold() {
    schemas::holds(
        &serde_json::json!({ "schema": "verpolicy.report/1", "policy": "semver", "packages": [], "verdict": "maybe" }),
    );
}

/// The refused release as a pull request meets it: one of its findings is its own.
fn pull_request() -> Report {
    let mut report = refused();
    for package in &mut report.packages {
        package.findings[1].fingerprint = "fedcba9876543210".to_owned();
        package.pull_request = Some(PullRequest {
            base: "git:abc".to_owned(),
            required: Some("major".to_owned()),
            fingerprints: vec!["fedcba9876543210".to_owned()],
        });
    }
    report
}

#[test]
fn every_format_shows_a_pull_request() {
    for format in FORMATS.iter().filter(|f| ["github", "html", "human", "json", "markdown"].contains(&f.id)) {
        let text = (format.report)(&pull_request(), &canvas());
        check(&format!("pull-request.{}.txt", format.id), text);
    }
}

#[test]
fn what_nobody_has_to_act_on_is_folded() {
    let mut report = refused();
    let package = &mut report.packages[0];
    let new = package.findings[4].clone();
    package.findings.extend((0..40).map(|i| Finding { endpoint: format!("GET /{i}"), ..new.clone() }));
    let human = FORMATS.iter().find(|f| f.id == "human").unwrap();
    check("folded.human.txt", (human.report)(&report, &canvas()));
    let all = (human.report)(&report, &Canvas { verbose: 1, ..canvas() });
    assert_eq!(all.matches("change[endpoint-added]").count(), 41, "{all}");
}

/// Three releases of a package: a section and none, every event.
fn history() -> History {
    let release = |version: &str, baseline: Option<&str>, verdict: Option<Verdict>, findings: Vec<Finding>| Release {
        version: version.to_owned(),
        origin: format!("git:v{version}"),
        date: "2026-01-02".to_owned(),
        baseline: baseline.map(str::to_owned),
        verdict,
        declared: baseline.map(|_| "minor".to_owned()),
        required: baseline.map(|_| "major".to_owned()),
        endpoints: 3,
        blind_spots: 0,
        findings,
        problem: None,
    };
    let line = |endpoint: &str, section: Option<&str>, events: &[(&str, EventKind)]| Timeline {
        endpoint: endpoint.to_owned(),
        section: section.map(str::to_owned),
        events: events.iter().map(|(release, kind)| Event { release: (*release).to_owned(), kind: *kind }).collect(),
    };
    let mut gone = finding("endpoint-removed", "it is gone", true);
    gone.endpoint = "GET /old".to_owned();
    let package = PackageHistory {
        name: "pets".to_owned(),
        releases: vec![
            release("1.0.0", None, None, Vec::new()),
            release("1.1.0", Some("1.0.0"), Some(Verdict::Pass), Vec::new()),
            release("1.2.0", Some("1.1.0"), Some(Verdict::Fail), vec![gone]),
            release("1.3.0", Some("1.2.0"), Some(Verdict::Pass), Vec::new()),
        ],
        endpoints: vec![
            line(
                "GET /old",
                None,
                &[("1.0.0", EventKind::Born), ("1.1.0", EventKind::Deprecated), ("1.2.0", EventKind::Removed)],
            ),
            line("GET /pets", None, &[("1.0.0", EventKind::Born), ("1.1.0", EventKind::Widened)]),
            line("POST /pets", Some("admin"), &[("1.1.0", EventKind::Born), ("1.2.0", EventKind::Broken)]),
        ],
    };
    History { policy: "semver".to_owned(), packages: vec![package] }
}

#[test]
fn every_format_of_a_history() {
    for format in FORMATS {
        if let Some(show) = format.history {
            check(&format!("history.{}.txt", format.id), show(&history(), &canvas()));
        }
    }
}

#[test]
fn annotations_keep_to_the_limits_of_a_step() {
    let mut report = refused();
    for package in &mut report.packages {
        let mut first = package.findings[0].clone();
        first.message = "one of many".to_owned();
        package.findings = vec![first; 25];
    }
    let github = FORMATS.iter().find(|f| f.id == "github").unwrap();
    let text = (github.report)(&report, &canvas());
    let errors: Vec<&str> = text.lines().filter(|line| line.starts_with("::error")).collect();
    assert_eq!(errors.len(), 10, "{text}");
    assert!(errors[9].ends_with("and 16 more: see the job summary"), "{}", errors[9]);
}

#[test]
fn a_page_needs_nothing_from_elsewhere() {
    let html = FORMATS.iter().find(|f| f.id == "html").unwrap();
    let mut report = refused();
    report.packages[0].findings[0].message = "<script>alert(1)</script> & \"quoted\"".to_owned();
    let page = (html.report)(&report, &canvas());
    assert!(!page.contains("<script>alert"), "text became markup");
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    for outside in ["<link rel=\"stylesheet\"", "src=\"http", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
}
