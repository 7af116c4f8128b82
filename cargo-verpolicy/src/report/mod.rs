//! Report → text, a file a format; decides nothing. The FORMATS table says which there are.

mod excerpt;
mod human;
mod json;
mod list;
mod schema;
mod short;

pub use json::{ERROR_SCHEMA, LIST_SCHEMA, REPORT_SCHEMA, effect_word, failure as failure_json, level_word};
pub use list::{ListedPackage, Listing};

use crate::policy::Report;
use std::collections::BTreeMap;

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
    /// An endpoint list.
    pub list: fn(&Listing, &Canvas) -> String,
}

/// All of them, by id.
pub const FORMATS: &[Format] = &[
    Format {
        id: "human",
        summary: "for people: verdict, source excerpts, remedies, what to run next",
        docs: "Rendered like rustc's and cargo's diagnostics. Wording may change at any time.",
        report: human::report,
        list: list::human,
    },
    Format {
        id: "json",
        summary: "versioned JSON (verpolicy.report/1, verpolicy.list/1)",
        docs: "Fields may be added under one schema version, never changed or removed.",
        report: json::report,
        list: json::list,
    },
    Format {
        id: "short",
        summary: "one line a finding or endpoint",
        docs: "`file:line:column: level[rule] endpoint: message`, for editors and grep.",
        report: short::report,
        list: short::list,
    },
];

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
    /// Only ASCII.
    pub ascii: bool,
    /// `-q`
    pub quiet: bool,
    /// `-v`
    pub verbose: u8,
    /// `--explain-verdict`
    pub explain: bool,
    /// Texts of the files that findings name, by origin (`git:v1.2.0`) and path.
    pub sources: BTreeMap<(String, String), String>,
}
