//! `plan`: the next version of every member, in the order to publish.

use super::args::{FormatName, Judging, PlanArgs, Scope};
use super::compare::{Facts, Surveyed, surveyed, with_line};
use super::failure::Failure;
use super::world::in_scope;
use super::{HOLDS, INCOMPLETE, output, write};
use crate::policy::{self, Needed, Plan, Said};
use serde_json::json;
use std::collections::BTreeSet;

/// `plan`.
pub(super) fn plan(args: &PlanArgs) -> Result<u8, Failure> {
    // All members are looked at: those out of scope stay, and others may have to follow those that move.
    let scope = Scope { package: Vec::new(), exclude: Vec::new(), ..args.scope.clone() };
    let judging = Judging { policy: args.policy.clone(), date: args.date.clone(), ..Judging::default() };
    let mut surveyed = surveyed(&scope, &judging)?;
    let asked = in_scope(&args.scope, &surveyed.side.workspace)?;
    let held: BTreeSet<String> =
        surveyed.facts.iter().map(|f| f.name.clone()).filter(|name| !asked.contains(name)).collect();
    for said in &args.changed {
        tell(&mut surveyed.facts, said)?;
    }
    let odd: BTreeSet<&String> = surveyed.facts.iter().flat_map(|fact| &fact.odd).collect();
    for text in odd {
        output::warn(text);
    }
    let unknown = unknown(&mut surveyed, &held)?;
    let (product, date) = (surveyed.product.as_ref(), (surveyed.date, &held));
    let plan = with_line(product, &surveyed.facts, date, policy::plan)
        .map_err(|error| Failure::new("plan", error.to_string()))?;
    let name = product.and_then(|product| product.name.as_deref());
    output::print(&match args.format {
        FormatName::Json => rendered(name, &plan),
        _ => lines(&plan),
    })?;
    if args.write {
        let steps: Vec<write::Step<'_>> = plan
            .packages
            .iter()
            .filter(|package| package.released)
            .map(|package| write::Step { name: &package.name, to: &package.to })
            .collect();
        let target = write::Target {
            side: &surveyed.side,
            settings: &surveyed.settings,
            unresolved: &surveyed.unresolved,
            policy: args.policy.as_deref(),
        };
        for line in write::write(&target, &steps)? {
            output::note(&line);
        }
    }
    Ok(if unknown { INCOMPLETE } else { HOLDS })
}

/// `--changed PKG=WHAT`
fn tell(facts: &mut [Facts], text: &str) -> Result<(), Failure> {
    let wrong = |message: String| Failure::usage(format!("--changed {text}: {message}"));
    let Some((name, what)) = text.split_once('=') else {
        return Err(wrong("it names no package and what changed".to_owned()).help("write --changed PKG=feature"));
    };
    let said = Said::read(what, "--changed".to_owned()).map_err(wrong)?;
    let names: Vec<String> = facts.iter().map(|fact| fact.name.clone()).collect();
    let Some(fact) = facts.iter_mut().find(|fact| fact.name == name) else {
        let failure = wrong(format!("no package `{name}` in this workspace"));
        return Err(match versioning_grammar::nearest(name, names.iter().map(String::as_str)) {
            Some(close) => failure.help(format!("did you mean `{close}`?")),
            None => failure,
        });
    };
    fact.moved.said.push(said);
    Ok(())
}

/// Takes out members of which nothing can be said, and says why; answers whether that leaves the plan incomplete.
fn unknown(surveyed: &mut Surveyed, held: &BTreeSet<String>) -> Result<bool, Failure> {
    let mut left_out = false;
    for fact in surveyed.facts.iter().filter(|fact| !held.contains(&fact.name)) {
        if let Some(why) = &fact.unknown {
            left_out = true;
            output::warn(&format!("{}: no next version is known: {why}", fact.name));
        }
    }
    for fact in &mut surveyed.facts {
        let Some(why) = fact.unseen.take().filter(|_| !held.contains(&fact.name) && fact.unknown.is_none()) else {
            continue;
        };
        let moved = &fact.moved;
        if moved.required == Needed::Nothing && moved.said.is_empty() && moved.planned.is_none() {
            left_out = true;
            output::warn(&format!(
                "{name}: no next version is known: its endpoints need none, and {why}; if it changed, say `--changed {name}=fix`",
                name = fact.name
            ));
            fact.unknown = Some(why);
        } else {
            output::warn(&format!("{}: {why}", fact.name));
        }
    }
    surveyed.facts.retain(|fact| fact.unknown.is_none());
    if surveyed.facts.is_empty() {
        return Err(Failure::new("no-baseline", "no package has a release to count from")
            .help("fetch the tags, or state `first-release` in `[package.metadata.verpolicy]`"));
    }
    Ok(left_out)
}

fn rendered(product: Option<&str>, plan: &Plan) -> String {
    let packages: Vec<_> = plan
        .packages
        .iter()
        .map(|p| json!({ "name": p.name, "from": p.from, "to": p.to, "because": p.because }))
        .collect();
    format!("{:#}\n", json!({ "schema": "verpolicy.plan/1", "product": product, "packages": packages }))
}

/// One member a line, in columns.
fn lines(plan: &Plan) -> String {
    let wide = |width: &dyn Fn(&policy::Planned) -> usize| plan.packages.iter().map(width).max().unwrap_or(0);
    let step = |p: &policy::Planned| match &p.from {
        Some(from) if p.released => format!("{from} -> {}", p.to),
        _ => p.to.clone(),
    };
    let (names, steps) = (wide(&|p| p.name.chars().count()), wide(&|p| step(p).chars().count()));
    let line = |p: &policy::Planned| format!("{:names$}  {:steps$}  # {}\n", p.name, step(p), p.because);
    plan.packages.iter().map(line).collect()
}
