//! `list`: the endpoint set of one origin.

use super::args::{Implicit, ListArgs, Scope};
use super::failure::Failure;
use super::follow::{self, Reading};
use super::world::{From, World, in_scope};
use super::{HOLDS, VIOLATED, output, settings};
use crate::model::{Endpoint, EndpointKey, EndpointSet, Kind};
use crate::report::{ListedPackage, Listing};
use std::collections::BTreeSet;

/// `list [ORIGIN] [--at V]`.
pub(super) fn list(args: &ListArgs) -> Result<u8, Failure> {
    output::lists(&args.show)?;
    let from = args.origin.as_deref().map_or(Ok(From::WorkTree), From::parse)?;
    let world = World::open(&args.scope)?;
    let mut side = world.side(&from)?;
    settings::report_problems(&side)?;
    let settings = settings::Settings::read(&side)?;
    let only = match side.given {
        Some(_) => None,
        None => Some(in_scope(&args.scope, &side.workspace)?),
    };
    settings::refuse_unknown_features(&side, &args.scope.features)?;
    let options = settings.extraction(&args.scope, &args.scope.features);
    let mut sets = world.sets(&side, only.as_ref(), &options)?;
    let reading = Reading { side: &mut side, sets: &mut sets, only: only.as_ref(), options };
    follow::follow(&world, settings.dependencies(), &mut [reading])?;
    let mut packages = Vec::new();
    let mut denied = BTreeSet::new();
    for (name, set) in sets {
        let set = match &args.at {
            Some(version) => {
                let at = set.at(version);
                for id in &at.uncertain {
                    output::warn(&format!("{id}: its versions cannot be compared with {version}: listed all the same"));
                }
                at.set
            }
            None => set,
        };
        let implicit = implicit(&args.scope, &settings.of(&name));
        denied.extend(args.deny.iter().filter(|rule| finds(&set, rule)).cloned());
        packages.push(listed(set, &implicit, &side.origin, args));
    }
    let listing = Listing { packages };
    let canvas = output::canvas(&args.show);
    output::show(&args.show, &canvas, &|format, canvas| {
        format.list.map_or_else(String::new, |list| list(&listing, canvas))
    })?;
    for rule in &denied {
        output::warn(&format!("{rule} is denied, and there is some"));
    }
    Ok(if denied.is_empty() { HOLDS } else { VIOLATED })
}

/// Is there something in the set that this rule names?
fn finds(set: &EndpointSet, rule: &str) -> bool {
    match rule {
        "unmarked-endpoint" => set.endpoints.iter().any(|endpoint| !endpoint.marked),
        rule => set.blind_spots.iter().any(|spot| crate::policy::rule_of_blind_spot(spot) == rule),
    }
}

/// Does the endpoint pass `--path`, `--method` and `--section`?
fn passes(endpoint: &Endpoint, args: &ListArgs) -> bool {
    let (method, path) = match &endpoint.key {
        EndpointKey::Http { method, path, .. } => (method.to_string(), path.render()),
        EndpointKey::Named { path, .. } => (String::new(), path.clone()),
    };
    (args.method.is_empty() || args.method.iter().any(|m| m.eq_ignore_ascii_case(&method)))
        && (args.path.is_empty() || args.path.iter().any(|glob| crate::policy::glob_matches(glob, &path)))
        && (args.section.is_empty() || args.section.iter().any(|s| endpoint.section.as_ref() == Some(s)))
}

/// What counts without a mark: the flag and the configuration.
pub(super) fn implicit(scope: &Scope, config: &crate::config::Config) -> Vec<Implicit> {
    let mut all = scope.implicit.clone();
    for kind in config.implicit.iter().flatten() {
        all.push(match kind {
            crate::config::ImplicitKind::Routes => Implicit::Routes,
            crate::config::ImplicitKind::Public => Implicit::Public,
        });
    }
    all
}

/// Does an endpoint of this kind count without a mark?
pub(super) fn counts(kind: Kind, implicit: &[Implicit]) -> bool {
    match kind {
        Kind::Http => implicit.contains(&Implicit::Routes),
        Kind::Item => implicit.contains(&Implicit::Public),
        Kind::Message | Kind::Config => false,
    }
}

fn listed(mut set: EndpointSet, implicit: &[Implicit], origin: &str, args: &ListArgs) -> ListedPackage {
    set.endpoints.retain(|endpoint| passes(endpoint, args));
    let before = set.endpoints.len();
    // They go with the types that are marked.
    let implied = set.endpoints.iter().filter(|e| e.is_impl() && !e.marked && !counts(e.kind(), implicit)).count();
    set.endpoints.retain(|e| e.marked || counts(e.kind(), implicit));
    let unmarked = before - set.endpoints.len() - implied;
    ListedPackage { set, unmarked, origin: origin.to_owned() }
}
