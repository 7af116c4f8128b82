//! Every sentence on the baseline of `check`.

use super::super::built_in;
use super::*;

struct Repo {
    package: &'static str,
    policy: &'static str,
    current: Option<&'static str>,
    given: bool,
    /// Name, manifest (`-` no package, `?` missing object), `a` ancestor, `h` HEAD.
    tags: Vec<(&'static str, &'static str, &'static str)>,
    clean: bool,
    shallow: bool,
    snapshots: Vec<SnapshotFact>,
    formats: Vec<String>,
    previous: Vec<String>,
    ignore: Vec<String>,
    from_tag: bool,
    first: Option<&'static str>,
}

fn repo(current: &'static str, tags: &[(&'static str, &'static str, &'static str)]) -> Repo {
    Repo {
        package: "p",
        policy: "semver",
        current: Some(current),
        given: false,
        tags: tags.to_vec(),
        clean: true,
        shallow: false,
        snapshots: Vec::new(),
        formats: Vec::new(),
        previous: Vec::new(),
        ignore: Vec::new(),
        from_tag: false,
        first: None,
    }
}

impl Repo {
    fn choose(&self) -> Result<Choice, Refusal> {
        let policy = built_in(self.policy).unwrap().unwrap();
        let tags: Vec<String> = self.tags.iter().map(|t| t.0.to_owned()).collect();
        let history = History {
            package: self.package,
            others: &["q".to_owned()],
            policy: &policy,
            current: self.current,
            current_given: self.given,
            tags: &tags,
            clean: self.clean,
            shallow: self.shallow,
            snapshots: &self.snapshots,
            tag_formats: &self.formats,
            previous_names: &self.previous,
            ignore_releases: &self.ignore,
            version_from_tag: self.from_tag,
            first_release: self.first,
        };
        choose(&history, &mut |tag| {
            let (_, manifest, flags) = self.tags.iter().find(|t| t.0 == tag).unwrap();
            let manifest = match *manifest {
                "-" => ManifestFact::NoPackage,
                "?" => ManifestFact::Missing("a blob is not there".to_owned()),
                "" => ManifestFact::NoVersion,
                version => ManifestFact::Version(version.to_owned()),
            };
            TagFact {
                manifest,
                ancestor: flags.contains('a'),
                head: flags.contains('h'),
                ignore_releases: None,
                tag_formats: Vec::new(),
            }
        })
    }

    fn tag(&self) -> String {
        match self.choose() {
            Ok(Choice { baseline: Baseline::Tag(tag), .. }) => tag,
            other => format!("{other:?}"),
        }
    }

    fn refusal(&self) -> Refusal {
        self.choose().unwrap_err()
    }
}

#[test]
fn the_highest_release_up_to_the_current_version() {
    let tags = [("v1.2.3", "1.2.3", "a"), ("v1.2.4", "1.2.4", "a"), ("v1.3.0", "1.3.0", ""), ("v1.10.0", "1.10.0", "")];
    assert_eq!(repo("1.2.4", &tags).tag(), "v1.2.4", "bump at release: the version is still that of the last one");
    assert_eq!(repo("1.2.5", &tags).tag(), "v1.2.4", "hotfix branch from an old tag");
    assert_eq!(repo("1.11.0", &tags).tag(), "v1.10.0", "in the policy's order");
    assert_eq!(repo("1.3.0-rc.1", &tags).tag(), "v1.2.4", "a pre-release is before its release");
    let tags = [("v1.2.4", "1.2.4", "a"), ("v1.3.0-rc.1", "1.3.0-rc.1", "a")];
    assert_eq!(repo("1.3.0-rc.2", &tags).tag(), "v1.2.4", "pre-releases excluded");
}

#[test]
fn head_itself_is_not_its_own_baseline() {
    let tags = [("v1.2.3", "1.2.3", "a"), ("v1.2.4", "1.2.4", "ah")];
    let mut r = repo("1.2.4", &tags);
    assert_eq!(r.tag(), "v1.2.3");
    r.clean = false;
    assert_eq!(r.tag(), "v1.2.4");
}

#[test]
fn a_tag_is_a_release_only_if_the_manifest_says_so() {
    let tags = [("v1.2.3", "1.2.3", "a"), ("v1.2.4", "1.2.3", "a"), ("v1.2.5", "-", "a")];
    let choice = repo("1.3.0", &tags).choose().unwrap();
    assert_eq!((choice.baseline, choice.version.as_str()), (Baseline::Tag("v1.2.3".to_owned()), "1.2.3"));
    let audits: Vec<_> = choice.audits.iter().map(|a| (a.rule, a.at.as_str())).collect();
    assert_eq!(audits, [("tag-ignored", "v1.2.4")], "a package that was not there yet is no reason to warn");
    // … unless the version is the tag's.
    let mut r = repo("0.0.0", &[("v1.2.3", "0.0.0", "a"), ("v1.2.4", "0.0.0", "ah"), ("v2.0.0", "0.0.0", "")]);
    r.from_tag = true;
    let choice = r.choose().unwrap();
    assert_eq!((choice.baseline, choice.current.as_str()), (Baseline::Tag("v1.2.3".to_owned()), "1.2.4"));
    (r.current, r.given) = (Some("1.3.0"), true);
    let choice = r.choose().unwrap();
    assert_eq!((choice.baseline, choice.current.as_str()), (Baseline::Tag("v1.2.4".to_owned()), "1.3.0"));
    // Precedence in what Cargo treats as equal goes by tags.
    let mut r = repo("1.1.9", &[("v1.1.9", "1.1.9", "a"), ("v1.1.9.security1", "1.1.9", "a")]);
    (r.policy, r.current) = ("soundstorm", Some("1.1.10"));
    assert_eq!(r.tag(), "v1.1.9.security1");
    r.current = Some("1.1.9");
    let choice = r.choose().unwrap();
    assert_eq!((choice.baseline, choice.audits.len()), (Baseline::Tag("v1.1.9.security1".to_owned()), 0));
    assert_eq!(choice.current, "v1.1.9.security1", "pending, not behind");
}

#[test]
fn formats() {
    for tag in ["p-v1.2.3", "p-1.2.3", "p@1.2.3", "p/v1.2.3", "v1.2.3", "1.2.3"] {
        assert_eq!(repo("1.3.0", &[(tag, "1.2.3", "a")]).tag(), tag);
    }
    // The package's own win; a plain one counts from before there were any.
    let tags = [("p-v1.1.0", "1.1.0", "a"), ("v1.2.0", "1.2.0", "a"), ("v1.0.0", "1.0.0", "a")];
    assert_eq!(repo("1.3.0", &tags).tag(), "p-v1.1.0");
    assert_eq!(repo("1.0.1", &tags).tag(), "v1.0.0");
    let mut r = repo("1.3.0", &[("rel_1.2.0", "1.2.0", "a"), ("v1.2.9", "1.2.9", "a")]);
    r.formats = vec!["rel_{version}".to_owned()];
    assert_eq!(r.tag(), "rel_1.2.0", "the configured format only");
    r.formats = vec!["rel".to_owned()];
    assert_eq!(r.refusal().kind, RefusalKind::BadConfiguration);
    let mut r = repo("1.3.0", &[("old-v1.2.0", "1.2.0", "a")]);
    r.previous = vec!["old".to_owned()];
    assert_eq!(r.tag(), "old-v1.2.0");
    let mut r = repo("1.3.0", &[("v1.2.0", "1.2.0", "a"), ("v1.1.0", "1.1.0", "a"), ("v1.0.0", "1.0.0", "a")]);
    r.ignore = vec!["1.2.0".to_owned(), "v1.1.*".to_owned()];
    assert_eq!(r.tag(), "v1.0.0");
}

#[test]
fn an_ancestor_above_is_behind() {
    let tags = [("v1.2.3", "1.2.3", "a"), ("v1.3.0", "1.3.0", "a")];
    let choice = repo("1.2.4", &tags).choose().unwrap();
    assert_eq!(choice.audits[0].rule, "version-behind");
    assert_eq!(repo("1.2.4", &[("v1.3.0", "1.3.0", "a")]).refusal().kind, RefusalKind::VersionBehind);
    let choice = repo("1.2.4", &[("v1.2.3", "1.2.3", "a"), ("v1.3.0", "1.3.0", "")]).choose().unwrap();
    assert!(choice.audits.is_empty(), "a release on another branch");
}

#[test]
fn nothing_found() {
    let refusal = repo("0.1.0", &[]).refusal();
    assert_eq!(refusal.kind, RefusalKind::NoBaseline);
    let offers: Vec<&str> = refusal.offers.iter().map(|o| o.split(':').next().unwrap()).collect();
    assert_eq!(offers, ["fetch the tags", "take what is published", "if nothing was ever released"]);
    let refusal = repo("1.2.0", &[("v1.3.0", "1.3.0", "")]).refusal();
    assert_eq!((refusal.kind, refusal.offers.len()), (RefusalKind::NoneServes, 3), "something was released");
    assert!(refusal.message.ends_with("v1.3.0 is above it"), "{}", refusal.message);
    let refusal = repo("1.2.0", &[("v1.2.0", "1.2.0", "ah")]).refusal();
    assert_eq!(refusal.message, "`p`: HEAD is the release v1.2.0 itself, and none before it is at hand");
    let mut r = repo("1.2.0", &[("v1.2.0", "1.2.0", "ah")]);
    r.first = Some("1.2.0");
    assert_eq!(r.choose().unwrap().baseline, Baseline::FirstRelease);
    let mut r = repo("0.1.0-alpha.1", &[]);
    r.first = Some("0.1.0");
    assert_eq!(r.choose().unwrap().baseline, Baseline::FirstRelease);
    r.current = Some("0.2.0");
    assert!(r.refusal().message.contains("no longer holds"));
    (r.current, r.tags) = (Some("0.1.0"), vec![("v0.1.0", "0.1.0", "a")]);
    assert_eq!(r.tag(), "v0.1.0", "a release is the end of the first one");
    r.tags = vec![("v0.1.0", "0.1.0", "ah")];
    assert_eq!(r.choose().unwrap().baseline, Baseline::FirstRelease, "its own tag is no other release");
}

#[test]
fn what_hides_a_baseline() {
    assert_eq!(repo("1.0.0", &[("release_0.9", "0.9.0", "a")]).refusal().kind, RefusalKind::UnknownFormat);
    assert_eq!(repo("1.0.0", &[("nightly", "0.9.0", "a")]).refusal().kind, RefusalKind::NoBaseline);
    assert_eq!(repo("1.0.0", &[("q-v0.9.0", "-", "a")]).refusal().kind, RefusalKind::NoBaseline, "another member's");
    let mut r = repo("1.0.0", &[]);
    r.shallow = true;
    r.first = Some("1.0.0");
    assert_eq!(r.refusal().kind, RefusalKind::Shallow);
    let missing = repo("1.3.0", &[("v1.2.0", "?", "a"), ("v1.1.0", "1.1.0", "a")]).refusal();
    assert_eq!((missing.kind, missing.offers[0].as_str()), (RefusalKind::MissingObject, "git fetch origin tag v1.2.0"));
    assert_eq!(repo("x", &[]).refusal().kind, RefusalKind::BadVersion);
}

#[test]
fn a_snapshot_serves() {
    let snapshot = |version: &str, commit: &str, head| SnapshotFact {
        version: version.to_owned(),
        commit: commit.to_owned(),
        path: "s.json".to_owned(),
        head,
    };
    let mut r = repo("1.3.0", &[]);
    r.shallow = true;
    r.snapshots = vec![
        snapshot("1.2.0", "b", false),
        snapshot("1.1.0", "a", false),
        snapshot("1.4.0", "d", false),
        snapshot("1.3.0", "c", true),
    ];
    assert_eq!(r.choose().unwrap().baseline, Baseline::Snapshot { commit: "b".to_owned(), path: "s.json".to_owned() });
    r.clean = false;
    assert_eq!(r.choose().unwrap().baseline, Baseline::Snapshot { commit: "c".to_owned(), path: "s.json".to_owned() });
    r.tags = vec![("v1.0.0", "1.0.0", "a")];
    assert_eq!(r.tag(), "v1.0.0", "tags come first");
}

#[test]
fn the_releases_that_marks_name_and_the_one_before() {
    let policy = built_in("semver").unwrap().unwrap();
    let tags: Vec<String> =
        ["v1.0.0", "v1.1.0", "v1.1.1", "v1.2.0-rc.1", "v1.2.0", "v1.3.0"].map(str::to_owned).to_vec();
    let history = History {
        package: "p",
        others: &[],
        policy: &policy,
        current: Some("1.4.0"),
        current_given: false,
        tags: &tags,
        clean: true,
        shallow: false,
        snapshots: &[],
        tag_formats: &[],
        previous_names: &[],
        ignore_releases: &[],
        version_from_tag: false,
        first_release: None,
    };
    let named = |wanted: &[&str]| {
        let wanted = wanted.iter().map(|w| (*w).to_owned()).collect();
        // The manifest of v1.1.1 was forgotten.
        let found = named(&history, &wanted, &mut |tag| {
            let version = if tag == "v1.1.1" { "1.1.0" } else { tag.trim_start_matches('v') };
            TagFact {
                manifest: ManifestFact::Version(version.to_owned()),
                ancestor: true,
                head: false,
                ignore_releases: None,
                tag_formats: Vec::new(),
            }
        });
        found.into_values().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(named(&["1.2"]), "v1.1.0 v1.2.0");
    assert_eq!(named(&["1.0.0"]), "v1.0.0");
    assert_eq!(named(&["1.5.0", "soon", "1.1.1"]), "");
    assert_eq!(named(&["1.1", "1.3.0"]), "v1.0.0 v1.1.0 v1.2.0 v1.3.0");
}
