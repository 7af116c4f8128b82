//! Report → text, a file a format; decides nothing. The FORMATS table says which there are.

mod changelog;
mod excerpt;
mod github;
mod gitlab;
mod history;
mod html;
mod human;
mod json;
mod junit;
mod list;
mod markdown;
mod sarif;
mod schema;
mod short;
mod source;
mod spots;
mod supports;
mod table;
mod tally;

pub use changelog::{CHANGELOG_SCHEMA, changelog_json, changelog_markdown};
pub use history::HISTORY_SCHEMA;
pub use json::{ERROR_SCHEMA, LIST_SCHEMA, REPORT_SCHEMA, effect_word, failure as failure_json, level_word};
pub use list::{ListedPackage, Listing, coverage_of_sets};
pub use source::SourceText;
pub use supports::{SUPPORTS_SCHEMA, served, supports_json, supports_text};
pub use tally::coverage_of_report;

use crate::model::Place;
use crate::policy::{Finding, History, Level, PackageReport, Report};
use std::collections::{BTreeMap, BTreeSet};

/// One format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// `human`
    pub id: &'static str,
    /// One line.
    pub summary: &'static str,
    /// Who reads it and what it promises.
    pub docs: &'static str,
    /// A judged report.
    pub report: fn(&Report, &Canvas) -> String,
    /// An endpoint list; `None` where the format's consumer knows only findings.
    pub list: Option<fn(&Listing, &Canvas) -> String>,
    /// The history of all releases; `None` where the format has no notion of it.
    pub history: Option<fn(&History, &Canvas) -> String>,
    /// The environment variable that names a file to which the Markdown report is added when this format is shown.
    pub summary_in: Option<&'static str>,
}

/// For people, and what is shown when nothing was asked.
const HUMAN: Format = Format {
    id: "human",
    summary: "for people: verdict, source excerpts, remedies, what to run next",
    docs: "Rendered like rustc's and cargo's diagnostics. Wording may change at any time.",
    report: human::report,
    list: Some(list::human),
    history: Some(history::human),
    summary_in: None,
};

/// What job summaries and comments hold.
pub const MARKDOWN: &Format = &Format {
    id: "markdown",
    summary: "a comment for a pull request",
    docs: "GitHub, GitLab and Gitea show it. The first line is the hidden marker `<!-- cargo-verpolicy -->`, by which a \
           later run finds the comment to replace. Stays below GitHub's limit of 65,536 characters: what no longer fits \
           is counted.",
    report: markdown::report,
    list: Some(markdown::list),
    history: None,
    summary_in: None,
};

/// All of them, by id.
pub const FORMATS: &[Format] = &[
    Format {
        id: "github",
        summary: "annotations for GitHub Actions, and the job summary",
        docs: "Workflow commands (`::error file=…`). GitHub shows ten errors, ten warnings and ten notices a step: the \
               last of each then says how many more there are. Where GITHUB_STEP_SUMMARY names a file, the Markdown \
               report is added to it.",
        report: github::report,
        list: None,
        history: None,
        summary_in: Some("GITHUB_STEP_SUMMARY"),
    },
    Format {
        id: "gitlab",
        summary: "GitLab's code quality report",
        docs: "For `artifacts:reports:codequality`. Refused findings are `critical`, warnings `minor`, the rest `info`.",
        report: gitlab::report,
        list: None,
        history: None,
        summary_in: None,
    },
    Format {
        id: "html",
        summary: "one self-contained page: filter, search, old and new source side by side",
        docs: "Needs no network and no server. Everything that it shows is in the file.",
        report: html::report,
        list: Some(html::list),
        history: Some(html::history),
        summary_in: None,
    },
    HUMAN,
    Format {
        id: "json",
        summary: "versioned JSON (verpolicy.report/1, verpolicy.list/1, verpolicy.history/1)",
        docs: "Fields may be added under one schema version, never changed or removed. `cargo verpolicy schema` has \
               the JSON Schema of each.",
        report: json::report,
        list: Some(json::list),
        history: Some(history::json),
        summary_in: None,
    },
    Format {
        id: "junit",
        summary: "JUnit XML: a suite a package, a case a finding",
        docs: "For CI servers that show test results. Only what is refused, and a package that could not be judged, \
               fails; warnings and allowed changes are passed cases with their text.",
        report: junit::report,
        list: None,
        history: None,
        summary_in: None,
    },
    *MARKDOWN,
    Format {
        id: "sarif",
        summary: "SARIF 2.1.0 for code scanning",
        docs: "One run; rules with their help, stable fingerprints, paths relative to the repository. Blind spots are \
               notifications of the run.",
        report: sarif::report,
        list: None,
        history: None,
        summary_in: None,
    },
    Format {
        id: "short",
        summary: "one line a finding or endpoint",
        docs: "`file:line:column: level[rule] endpoint: message`, for editors and grep.",
        report: short::report,
        list: Some(short::list),
        history: Some(history::short),
        summary_in: None,
    },
];

impl Default for &Format {
    fn default() -> Self {
        const { &HUMAN }
    }
}

/// How a finding is shown: what decides a colour, a word, a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// The release is refused for it.
    Refused,
    /// At `warn`.
    Warning,
    /// A change that the policy allows.
    Change,
}

impl Weight {
    fn of(finding: &Finding) -> Self {
        match finding.level {
            Level::Warn => Self::Warning,
            Level::Deny if finding.refused => Self::Refused,
            Level::Deny | Level::Allow => Self::Change,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Warning => "warning",
            Self::Change => "change",
        }
    }
}

/// What to do about a finding: of what the declared bump already allows, nothing.
fn advice<'a>(finding: &'a Finding, package: &PackageReport) -> Option<&'a str> {
    let settled = Weight::of(finding) == Weight::Change && package.declared.is_some();
    finding.help.as_deref().filter(|_| !settled)
}

/// Where a consumer that wants a file of the work tree is to show a finding: at its new place, else in the manifest,
/// where the bump would stand.
fn shown_at<'a>(finding: &'a Finding, package: &str, canvas: &'a Canvas) -> Option<&'a Place> {
    let inside = |place: &&Place| !canvas.elsewhere.contains(place.file.as_ref());
    finding.new.as_ref().filter(inside).or_else(|| canvas.manifests.get(package))
}

/// ` (before: v1.2.0:src/a.rs:4:8)` where a finding has a place on the old side only.
fn was_at(finding: &Finding, baseline: &str) -> String {
    match (&finding.new, &finding.old) {
        (None, Some(old)) => format!(" (before: {}{}:{}:{})", prefix(baseline), old.file, old.line, old.column),
        _ => String::new(),
    }
}

/// The page of a rule on the web.
fn page(rule: &str) -> String {
    format!("{}/blob/main/cargo-verpolicy/docs/rules/{rule}.md", env!("CARGO_PKG_REPOSITORY"))
}

/// How paths of an origin are shown: `v1.2.0:` before those of a revision, nothing before the work tree's.
fn prefix(origin: &str) -> String {
    origin.strip_prefix("git:").map_or_else(String::new, |revision| format!("{revision}:"))
}

/// What a format may use besides the report: it reads nothing itself.
#[derive(Clone, Debug, Default)]
pub struct Canvas {
    /// Columns of the terminal; `None` is no terminal.
    pub width: Option<usize>,
    /// ANSI colours may be used.
    pub color: bool,
    /// `-q`
    pub quiet: bool,
    /// `-v`
    pub verbose: u8,
    /// Where files of the side under judgement can be opened, by path: for terminals that show links.
    pub links: BTreeMap<String, String>,
    /// `--explain-verdict`
    pub explain: bool,
    /// Place of the version in each package's manifest on the current side, by package name.
    pub manifests: BTreeMap<String, Place>,
    /// Files that findings name and that stand outside the tree: sources of dependencies.
    pub elsewhere: BTreeSet<String>,
    /// Texts of the files that findings name, by origin (`git:v1.2.0`) and path.
    pub sources: BTreeMap<(String, String), SourceText>,
}
