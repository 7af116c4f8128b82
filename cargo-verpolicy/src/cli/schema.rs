//! `schema`: what JSON outputs and files look like, for programs and editors.

use super::HOLDS;
use super::failure::Failure;
use super::output::print;

/// Every published schema: its name, what it describes, its text.
const SCHEMAS: &[(&str, &str, &str)] = &[
    ("changelog", "`changelog`", include_str!("../../schemas/changelog.schema.json")),
    ("config", "`[package.metadata.verpolicy]` in a manifest", include_str!("../../schemas/config.schema.json")),
    ("error", "a command that ended without a report", include_str!("../../schemas/error.schema.json")),
    ("history", "`history`", include_str!("../../schemas/history.schema.json")),
    ("list", "`list`", include_str!("../../schemas/list.schema.json")),
    ("next", "`next`", include_str!("../../schemas/next.schema.json")),
    ("plan", "`plan`", include_str!("../../schemas/plan.schema.json")),
    ("policy", "a policy file", include_str!("../../schemas/policy.schema.json")),
    ("report", "`check` and `diff`", include_str!("../../schemas/report.schema.json")),
    ("rules", "`rules`", include_str!("../../schemas/rules.schema.json")),
    ("supports", "`supports`", include_str!("../../schemas/supports.schema.json")),
    ("version", "`version parse`", include_str!("../../schemas/version.schema.json")),
];

/// `schema [NAME]`.
pub(super) fn schema(name: Option<&str>) -> Result<u8, Failure> {
    let Some(name) = name else {
        print(&SCHEMAS.iter().map(|(name, about, _)| format!("{name:9} {about}\n")).collect::<String>())?;
        return Ok(HOLDS);
    };
    match SCHEMAS.iter().find(|(known, ..)| *known == name) {
        Some((_, _, text)) => {
            print(text)?;
            Ok(HOLDS)
        }
        None => {
            let known: Vec<&str> = SCHEMAS.iter().map(|(known, ..)| *known).collect();
            let failure = Failure::usage(format!("there is no schema `{name}`"));
            Err(match versioning_grammar::nearest(name, known.iter().copied()) {
                Some(close) => failure.help(format!("did you mean `{close}`?")),
                None => failure.help(format!("there are {}", known.join(", "))),
            })
        }
    }
}
