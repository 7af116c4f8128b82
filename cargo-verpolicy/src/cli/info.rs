//! Commands that read tables: `rules`, `explain`, `policy`, `version`, `config`, `completions`.

use super::args::{
    ConfigAction, ConfigArgs, ExplainArgs, FormatName, PolicyAction, PolicyArgs, RulesArgs, VersionAction, VersionArgs,
};
use super::failure::Failure;
use super::output::print;
use super::{HOLDS, VIOLATED, settings};
use crate::policy::version::VersionError;
use crate::policy::{POLICIES, Reading, rules};
use serde_json::json;

/// `rules`.
pub(super) fn rules(args: &RulesArgs) -> Result<u8, Failure> {
    let mut rows: Vec<_> = rules::rules().collect();
    rows.sort_by_key(|r| r.id);
    if args.format == FormatName::Json {
        let list: Vec<_> = rows
            .iter()
            .map(|r| {
                json!({
                    "id": r.id,
                    "effect": r.effect.map(crate::report::effect_word),
                    "level": crate::report::level_word(r.level),
                    "summary": r.summary,
                    "remedy": r.remedy,
                })
            })
            .collect();
        print(&format!("{:#}\n", json!({ "schema": "verpolicy.rules/1", "rules": list })))?;
        return Ok(HOLDS);
    }
    let width = rows.iter().map(|r| r.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in rows {
        let effect = rule.effect.map_or("audit", crate::report::effect_word);
        let level = crate::report::level_word(rule.level);
        out.push_str(&format!("{:width$}  {effect:11}  {level:5}  {}\n", rule.id, rule.summary));
    }
    print(&out)?;
    Ok(HOLDS)
}

/// `explain RULE`.
pub(super) fn explain(args: &ExplainArgs) -> Result<u8, Failure> {
    let Some(rule) = rules::rule_by_id(&args.rule) else {
        let failure = Failure::usage(format!("there is no rule `{}`", args.rule));
        return Err(match versioning_grammar::nearest(&args.rule, rules::rules().map(|r| r.id)) {
            Some(close) => failure.help(format!("did you mean `{close}`?")),
            None => failure.help("`cargo verpolicy rules` lists them"),
        });
    };
    let effect = rule.effect.map_or("audit: something wrong in one set or its history", crate::report::effect_word);
    let level = crate::report::level_word(rule.level);
    let page = if rule.docs.is_empty() {
        format!("# {}\n\n{}\n\n## What to do\n\n{}\n", rule.id, rule.summary, rule.remedy)
    } else {
        rule.docs.to_owned()
    };
    print(&format!("{}\n\nEffect: {effect}. Level: {level}.\n", page.trim_end()))?;
    Ok(HOLDS)
}

/// How to write a policy file.
const POLICY_GUIDE: &str = include_str!("../../docs/policy-files.md");

/// `policy list`, `policy show`, `policy schema`, `policy guide`.
pub(super) fn policy(args: &PolicyArgs) -> Result<u8, Failure> {
    match &args.action {
        PolicyAction::List => {
            let mut out = String::new();
            for row in POLICIES {
                out.push_str(&format!("{:11} {}\n", row.id, row.summary));
            }
            print(&out)?;
        }
        PolicyAction::Schema => return super::schema::schema(Some("policy")),
        PolicyAction::Guide => print(POLICY_GUIDE)?,
        PolicyAction::Show { name, toml } => match POLICIES.iter().find(|row| row.id == name) {
            Some(row) if *toml => print(row.toml)?,
            Some(row) => print(row.docs)?,
            None => {
                let (policy, text) = settings::policy_file(name)?;
                if *toml {
                    print(&text)?;
                } else {
                    let mut out = format!("# {}\n\n{}\n\n", policy.id, policy.summary);
                    for bump in &policy.bumps {
                        out.push_str(&format!("- {}: {}\n", bump.name, bump.says));
                    }
                    print(&out)?;
                }
            }
        },
    }
    Ok(HOLDS)
}

/// `version parse|compare|compat`.
pub(super) fn version(args: &VersionArgs) -> Result<u8, Failure> {
    let (VersionAction::Parse { options, .. }
    | VersionAction::Compare { options, .. }
    | VersionAction::Compat { options, .. }) = &args.action;
    let policy = settings::policy(&options.policy)?;
    let json = options.format == FormatName::Json;
    let wrong = |e: VersionError| Failure::new("version", e.to_string());
    match &args.action {
        VersionAction::Parse { version, .. } => {
            let reading = policy.reading(version).map_err(wrong)?;
            print(&if json { text(&reading)? } else { people(&reading) })?;
        }
        VersionAction::Compare { left, right, .. } => {
            let comparison = policy.comparison(left, right).map_err(wrong)?;
            let relation = match comparison.ordering {
                "equal" => "equal to",
                "less" => "less than",
                _ => "greater than",
            };
            print(&if json { text(&comparison)? } else { format!("{left} is {relation} {right}\n") })?;
        }
        VersionAction::Compat { left, right, .. } => {
            let compat = policy.compatibility(left, right).map_err(wrong)?;
            let word = if compat.compatible { "compatible" } else { "not compatible" };
            print(&if json { text(&compat)? } else { format!("{word}: {}\n", compat.because) })?;
            return Ok(if compat.compatible { HOLDS } else { VIOLATED });
        }
    }
    Ok(HOLDS)
}

/// A version taken apart, a line a fact.
fn people(reading: &Reading) -> String {
    let mut out = format!("{}\n  canonical       {}\n", reading.text, reading.canonical);
    out.push_str(&format!("  in Cargo.toml   {}\n", reading.cargo));
    let state = match (reading.prerelease, reading.released, reading.recommended) {
        (true, ..) => "pre-release",
        (false, true, Some(true)) => "released, recommended",
        (false, true, _) => "released",
        (false, false, _) => "not released",
    };
    out.push_str(&format!("  state           {state}\n"));
    if let Some(api) = &reading.api {
        let develops = api.develops.as_ref().map(|d| format!(", develops {d}")).unwrap_or_default();
        out.push_str(&format!("  API             {}{develops}\n", api.version));
    }
    for warning in &reading.warnings {
        out.push_str(&format!("  warning         {warning}\n"));
    }
    out
}

fn text(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value)
        .map(|mut text| {
            text.push('\n');
            text
        })
        .map_err(|e| Failure::new("json", e.to_string()))
}

/// `config show`.
pub(super) fn config(args: &ConfigArgs) -> Result<u8, Failure> {
    let ConfigAction::Show { scope } = &args.action;
    print(&settings::show(scope)?)?;
    Ok(HOLDS)
}

/// `completions SHELL`: for `cargo-verpolicy`. A script for `cargo` would take the place of cargo's own, but for fish,
/// whose scripts add to each other; zsh's cargo asks the function of a subcommand by itself.
pub(super) fn completions(shell: clap_complete::Shell) -> Result<u8, Failure> {
    let mut tool = super::args::program();
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut tool, "cargo-verpolicy", &mut bytes);
    if shell == clap_complete::Shell::Fish {
        clap_complete::generate(shell, &mut super::args::command(), "cargo", &mut bytes);
    }
    // clap_complete 4.6 names bash's cases otherwise than it asks for them where the program's name has a hyphen.
    print(&String::from_utf8_lossy(&bytes).replace("cargo__subcmd__verpolicy", "cargo__verpolicy"))?;
    Ok(HOLDS)
}
