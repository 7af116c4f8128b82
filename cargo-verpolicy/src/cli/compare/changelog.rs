//! `changelog [OLD [NEW]]`: what changed for users, as a section of a changelog.

use super::baseline::Chosen;
use super::{Current, Old, Run, package};
use crate::cli::args::{ChangelogArgs, ChangelogFormat, Implicit, Judging};
use crate::cli::failure::Failure;
use crate::cli::world::From;
use crate::cli::{HOLDS, list, output};
use crate::diff;
use crate::policy::{self, Changes, Given, Mode, Versions, promises};
use crate::report::{changelog_json, changelog_markdown};

/// Informs: exit code 0 whenever it completed.
pub(in crate::cli) fn changelog(args: &ChangelogArgs) -> Result<u8, Failure> {
    let old = args.old.as_deref().map(From::parse).transpose()?;
    let new = args.new.as_deref().map_or(Ok(From::WorkTree), From::parse)?;
    let judging = Judging { policy: args.policy.clone(), ..Judging::default() };
    let mode = if old.is_some() { Mode::Diff } else { Mode::Check };
    let run = Run::new(&args.scope, &judging, mode, None)?;
    let mut current = run.current(&new)?;
    let mut olds: Vec<Old> = Vec::new();
    let mut packages = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    let plan = match &old {
        Some(from) => current.names.iter().map(|name| (name.clone(), From::clone(from))).map(against).collect(),
        None => run.choose(&current, None, &mut None)?,
    };
    for (name, chosen) in &plan {
        if let Chosen::Side { from, .. } = chosen {
            run.opened(from, name, &current, &mut olds)?;
        }
    }
    run.follow(&mut current, &mut olds)?;
    for (name, chosen) in &plan {
        let changes = match chosen {
            Chosen::Side { from, .. } => {
                let old = run.opened(from, name, &current, &mut olds)?;
                run.changes(&current, name, Some(old))?
            }
            Chosen::FirstRelease { .. } => run.changes(&current, name, None)?,
            Chosen::Nothing { why, .. } => {
                if run.changes(&current, name, None)?.is_some() {
                    unknown.push(why.clone());
                }
                None
            }
        };
        packages.extend(changes);
    }
    if packages.is_empty() {
        return Err(match unknown.into_iter().next() {
            Some(why) => Failure::new("no-baseline", why),
            None => Failure::new("no-endpoints", "no endpoint is marked on either side: nothing was compared")
                .help("`--implicit routes` counts routes without a mark, `--implicit public` public items"),
        });
    }
    for why in unknown {
        output::warn(&why);
    }
    let policies = run.policy_names(&current)?;
    output::print(&match args.format {
        ChangelogFormat::Markdown => changelog_markdown(&packages),
        ChangelogFormat::Json => changelog_json(&policies, &packages),
    })?;
    Ok(HOLDS)
}

fn against((name, from): (String, From)) -> (String, Chosen) {
    (name, Chosen::Side { from, audits: Vec::new(), versions: None })
}

impl Run<'_> {
    /// One package; `None` where neither side promises anything.
    fn changes(&self, current: &Current, name: &str, old: Option<&Old>) -> Result<Option<Changes>, Failure> {
        let config = current.settings.of(name);
        let policy = self.policy(current, name)?;
        let settings = self.settings((current, name), &policy, &config, None)?;
        let implicit = list::implicit(self.scope, &config);
        let empty = package::empty_set(name);
        let set = current.sets.get(name).unwrap_or(&empty);
        let names = std::iter::once(name).chain(config.previous_names.iter().flatten().map(String::as_str));
        let found = old.and_then(|old| names.clone().find_map(|n| Some((n, old, old.sets.get(n)?))));
        let old_set = found.map_or(&empty, |(_, _, set)| set);
        let before = found.and_then(|(name, old, set)| {
            package::version_of(&old.settings.of(name), set, old.side.workspace.package(name))
        });
        let version = package::version_of(&config, set, current.side.workspace.package(name));
        let options = diff::Options {
            implicit_routes: implicit.contains(&Implicit::Routes),
            implicit_public: implicit.contains(&Implicit::Public),
            // A version that the policy cannot read orders nothing.
            in_preparation: policy::preparation(&Versions {
                policy: &policy,
                baseline_policy: None,
                baseline: before.as_deref(),
                current: version.as_deref(),
                plan: None,
                mode: self.mode,
                date: self.date,
            })
            .unwrap_or_default(),
        };
        if !promises(old_set, set, &options) {
            return Ok(None);
        }
        let changes = diff::compare(old_set, set, &options);
        let origin = old.map_or("", |old| old.side.origin.as_str());
        let sides = (
            Given { version: before.as_deref(), origin, set: old_set },
            Given { version: version.as_deref(), origin: &current.side.origin, set },
        );
        let sections = config.sections.iter().flat_map(|table| table.keys().cloned()).collect();
        Ok(Some(policy::changelog(&policy, &settings, sides, &changes, &sections)))
    }
}
