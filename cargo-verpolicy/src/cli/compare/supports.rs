//! `supports ORIGIN…`: which endpoint sets the current tree fulfils, and why not.

use super::{Current, Old, Run, package};
use crate::cli::args::{Implicit, Judging, SupportsArgs, SupportsFormat};
use crate::cli::failure::Failure;
use crate::cli::world::From;
use crate::cli::{HOLDS, INCOMPLETE, list, output};
use crate::diff;
use crate::policy::{Given, Mode, Support, Supported, promises, support, supported};
use crate::report::{served, supports_json, supports_text};

/// Informs: exit code 0 whenever it completed, 101 where something that could decide was not seen.
pub(in crate::cli) fn supports(args: &SupportsArgs) -> Result<u8, Failure> {
    let origins: Vec<From> = args.origins.iter().map(|text| From::parse(text)).collect::<Result<_, _>>()?;
    let judging = Judging { policy: args.policy.clone(), ..Judging::default() };
    let run = Run::new(&args.scope, &judging, Mode::Diff, None)?;
    let mut current = run.current(&From::WorkTree)?;
    let mut olds: Vec<Old> = Vec::new();
    for (name, origin) in current.names.iter().flat_map(|name| origins.iter().map(move |origin| (name, origin))) {
        run.opened(origin, name, &current, &mut olds)?;
    }
    run.follow(&mut current, &mut olds)?;
    let mut packages = Vec::new();
    for name in &current.names {
        let asked = run.asked(&current, name, &origins, &mut olds)?;
        if let Some(package) = asked {
            packages.push(package);
        }
    }
    if packages.is_empty() {
        return Err(Failure::new("no-endpoints", "no endpoint is marked on any side: nothing was compared")
            .help("`--implicit routes` counts routes without a mark, `--implicit public` public items"));
    }
    let policies = run.policy_names(&current)?;
    output::print(&match args.format {
        SupportsFormat::Human => supports_text(&packages),
        SupportsFormat::Json => supports_json(&policies, &packages),
        SupportsFormat::Served => match packages.as_slice() {
            [only] => format!("{:#}\n", served(only)),
            several => {
                let names: Vec<&str> = several.iter().map(|p| p.name.as_str()).collect();
                return Err(Failure::usage("`--format served` is the document of one package")
                    .help(format!("choose one with -p: {}", names.join(", "))));
            }
        },
    })?;
    let hidden = |s: &Support| s.supported.is_none() && s.endpoints > 0;
    Ok(if packages.iter().flat_map(|p| &p.asked).any(hidden) { INCOMPLETE } else { HOLDS })
}

impl Run<'_> {
    /// One package against every origin; `None` where no side promises anything.
    fn asked(
        &self,
        current: &Current,
        name: &str,
        origins: &[From],
        olds: &mut Vec<Old>,
    ) -> Result<Option<Supported>, Failure> {
        let config = current.settings.of(name);
        let policy = self.policy(current, name)?;
        let settings = self.settings((current, name), &policy, &config, None)?;
        let implicit = list::implicit(self.scope, &config);
        let options = diff::Options {
            implicit_routes: implicit.contains(&Implicit::Routes),
            implicit_public: implicit.contains(&Implicit::Public),
            in_preparation: None,
        };
        let empty = package::empty_set(name);
        let set = current.sets.get(name).unwrap_or(&empty);
        let mut supports: Vec<Support> = Vec::new();
        let mut promised = promises(&empty, set, &options);
        for origin in origins {
            let old = self.opened(origin, name, current, olds)?;
            let names = std::iter::once(name).chain(config.previous_names.iter().flatten().map(String::as_str));
            let old_name = names.clone().find(|n| old.sets.contains_key(*n)).unwrap_or(name);
            let old_set = old.sets.get(old_name).unwrap_or(&empty);
            let old_config = old.settings.of(old_name);
            let version = package::version_of(&old_config, old_set, old.side.workspace.package(old_name));
            let changes = diff::compare(old_set, set, &options);
            promised |= promises(old_set, set, &options);
            let given = Given { version: version.as_deref(), origin: &old.side.origin, set: old_set };
            supports.push(support(&policy, &settings, given, &changes, &options));
        }
        let given = Given { version: None, origin: &current.side.origin, set };
        Ok(promised.then(|| supported(&policy, given, supports)))
    }

    /// An origin, read once; a registry's without a name is read a package.
    pub(super) fn opened<'o>(
        &self,
        origin: &From,
        name: &str,
        current: &Current,
        olds: &'o mut Vec<Old>,
    ) -> Result<&'o Old, Failure> {
        let from = match origin {
            From::Registry { name: None, version, registry } => {
                From::Registry { name: Some(name.to_owned()), version: version.clone(), registry: registry.clone() }
            }
            other => other.clone(),
        };
        let index = match olds.iter().position(|old| old.side.from == from) {
            Some(index) => index,
            None => {
                olds.push(self.old(&from, current)?);
                olds.len() - 1
            }
        };
        olds.get(index).ok_or_else(|| Failure::new("origin", "an origin was not read"))
    }
}
