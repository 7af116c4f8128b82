//! `init` without `--mark`: the table of configuration, and a CI file for the forge at hand.

use crate::cli::args::InitArgs;
use crate::cli::compare::Appeared;
use crate::cli::edits::Edits;
use crate::cli::failure::Failure;
use crate::package::TargetKind;
use crate::tree::{Node, SourceTree};
use std::collections::BTreeSet;

/// `BRANCH` stands for the default branch, `ACTION` for where the action is fetched from.
const GITHUB: &str = "\
name: API versions

on:
  pull_request:
  push:
    branches: [BRANCH]

permissions:
  contents: read

jobs:
  verpolicy:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      pull-requests: write # for the comment
    steps:
      - uses: actions/checkout@v6
        with:
          fetch-depth: 0 # the tags of earlier releases are the baseline
          persist-credentials: false
      - uses: ACTION@main
        with:
          comment: true
";

const GITLAB: &str = "\
verpolicy:
  image: rust:latest
  rules:
    - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"
  variables:
    GIT_DEPTH: \"0\" # the tags of earlier releases are the baseline
  cache:
    key: cargo-verpolicy
    paths:
      - .cargo-verpolicy/
  before_script:
    - test -x .cargo-verpolicy/bin/cargo-verpolicy || cargo install --locked --root .cargo-verpolicy --git REPOSITORY cargo-verpolicy
  script:
    - .cargo-verpolicy/bin/cargo-verpolicy check --pr --output gitlab=gl-code-quality-report.json --output junit=verpolicy.xml --output html=verpolicy.html
  artifacts:
    when: always
    paths:
      - verpolicy.html
    reports:
      codequality: gl-code-quality-report.json
      junit: verpolicy.xml
";

/// Where this program comes from.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// Where continuous integration of this project is written.
struct Forge {
    path: &'static str,
    text: String,
    /// What is left to do by hand.
    note: Option<&'static str>,
}

impl Forge {
    fn of(tree: &dyn SourceTree, branch: &str) -> Self {
        let is_there = |path: &str| matches!(tree.node(path), Ok(Some(_)));
        let workflow = |path, action: &str| {
            let text = GITHUB.replace("BRANCH", branch).replace("ACTION", action);
            Self { path, text, note: None }
        };
        if is_there(".gitlab-ci.yml") {
            let note = "add it to .gitlab-ci.yml: `include: { local: .gitlab/verpolicy.yml }`";
            let text = GITLAB.replace("REPOSITORY", REPOSITORY);
            return Self { path: ".gitlab/verpolicy.yml", text, note: Some(note) };
        }
        if is_there(".forgejo/workflows") {
            return workflow(".forgejo/workflows/verpolicy.yml", REPOSITORY);
        }
        if is_there(".gitea/workflows") {
            return workflow(".gitea/workflows/verpolicy.yml", REPOSITORY);
        }
        let action = REPOSITORY.trim_start_matches("https://github.com/");
        workflow(".github/workflows/verpolicy.yml", action)
    }
}

/// The edits, and what is to be said of them.
pub(super) fn plan(appeared: &Appeared, args: &InitArgs) -> Result<(Edits, Vec<String>), Failure> {
    let Some(tree) = &appeared.side.tree else { return Err(Failure::usage("there is no work tree to write to")) };
    let (mut edits, mut notes) = (Edits::default(), Vec::new());
    let manifest = appeared.side.workspace.manifest.clone();
    let before = read(tree.as_ref(), &manifest)?;
    if appeared.settings.any {
        notes.push(format!("{manifest}: has a configuration already; `config show` shows it"));
    } else {
        edits.set(&manifest, Some(before.clone()), configured(&before, appeared, args, &mut notes));
    }
    let forge = Forge::of(tree.as_ref(), &appeared.branch);
    let there = matches!(tree.node(forge.path), Ok(Some(Node::File(_))));
    if there && !args.force {
        notes.push(format!("{}: is there already (--force writes it anew)", forge.path));
    } else {
        let before = if there { Some(read(tree.as_ref(), forge.path)?) } else { None };
        edits.set(forge.path, before, forge.text);
        notes.extend(forge.note.map(|note| format!("{}: {note}", forge.path)));
    }
    notes.extend(appeared.passed_over().filter(|_| appeared.count() > 0));
    if !appeared.marking.values().any(|marking| !marking.stated.is_empty()) {
        notes.push(if appeared.marking.values().any(|marking| !marking.unmarked.is_empty()) {
            "mark what you promise: `cargo verpolicy init --mark` writes the first marks".to_owned()
        } else {
            "mark what you promise: `#[api(since = \"1.0.0\")]` on handlers and public items, from the crate \
             versioning-macros"
                .to_owned()
        });
    }
    Ok((edits, notes))
}

fn read(tree: &dyn SourceTree, path: &str) -> Result<String, Failure> {
    let bytes = tree.read(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|e| Failure::new("source", e.to_string()).at(path, 0, 0))?;
    Ok(text.to_owned())
}

/// Nothing is marked, no route is there, and some member has a library.
fn is_library(appeared: &Appeared) -> bool {
    let nothing = appeared.sets.values().all(|set| set.endpoints.is_empty())
        && appeared.marking.values().all(|marking| marking.stated.is_empty() && marking.unmarked.is_empty());
    let members = || appeared.side.workspace.packages.iter().filter(|package| package.member);
    nothing && members().any(|package| package.targets.iter().any(|target| target.kind == TargetKind::Lib))
}

/// The manifest with the table behind all others, so that nothing else moves.
fn configured(before: &str, appeared: &Appeared, args: &InitArgs, notes: &mut Vec<String>) -> String {
    let end = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let is_workspace = before.lines().any(|line| line.trim_start().starts_with("[workspace"));
    let mut lines = vec![format!("[{}.metadata.verpolicy]", if is_workspace { "workspace" } else { "package" })];
    lines.push(format!("policy = {:?}", args.policy.as_deref().unwrap_or("semver")));
    let marking = || appeared.marking.values();
    if marking().all(|m| m.stated.is_empty()) && marking().any(|m| !m.unmarked.is_empty()) {
        lines.push("# No route is marked yet: all of them count. Leave this out once they are.".to_owned());
        lines.push("implicit = [\"routes\"]".to_owned());
    }
    if is_library(appeared) {
        lines.push("# No item is marked yet: all public ones count. Leave this out once they are.".to_owned());
        lines.push("implicit = [\"public\"]".to_owned());
    }
    if appeared.count() == 0 && appeared.tags == 0 {
        let promising = appeared.sets.values().filter(|set| !set.endpoints.is_empty());
        let versions: BTreeSet<&str> = promising.filter_map(|set| set.version.as_deref()).collect();
        match (versions.len(), versions.first()) {
            (1, Some(version)) => {
                lines.push("# Nothing was released yet; leave this out once something is.".to_owned());
                lines.push(format!("first-release = {version:?}"));
            }
            (0, _) => {}
            _ => notes.push(
                "no release tag was found, and the packages have versions of their own: state `first-release` in each"
                    .to_owned(),
            ),
        }
    } else if appeared.count() == 0 {
        notes.push(
            "no tag is a release of these packages: `git tag` lists them; state `tag-format`, or `version-from = \"tag\"`"
                .to_owned(),
        );
    }
    let gap = if before.is_empty() || before.ends_with(&format!("{end}{end}")) { "" } else { end };
    let line_end = if before.is_empty() || before.ends_with('\n') { "" } else { end };
    format!("{before}{line_end}{gap}{}{end}", lines.join(end))
}
