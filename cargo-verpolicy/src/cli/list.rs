//! `list`: the endpoint set of one origin.

use super::args::{Implicit, ListArgs, Scope};
use super::failure::Failure;
use super::world::{From, World, in_scope};
use super::{HOLDS, output, settings};
use crate::model::{EndpointSet, Kind};
use crate::report::{ListedPackage, Listing};

/// `list [ORIGIN] [--at V]`.
pub(super) fn list(args: &ListArgs) -> Result<u8, Failure> {
    output::lists(&args.show)?;
    let from = args.origin.as_deref().map_or(Ok(From::WorkTree), From::parse)?;
    let world = World::open(&args.scope)?;
    let side = world.side(&from)?;
    settings::report_problems(&side)?;
    let settings = settings::Settings::read(&side)?;
    let only = match side.given {
        Some(_) => None,
        None => Some(in_scope(&args.scope, &side.workspace)?),
    };
    let options = settings.extraction(&args.scope, &args.scope.features);
    let sets = world.sets(&side, only.as_ref(), &options)?;
    let mut packages = Vec::new();
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
        packages.push(listed(set, &implicit, &side.origin));
    }
    let listing = Listing { packages };
    let canvas = output::canvas(&args.show);
    output::show(&args.show, &canvas, &|format, canvas| {
        format.list.map_or_else(String::new, |list| list(&listing, canvas))
    })?;
    Ok(HOLDS)
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

fn listed(mut set: EndpointSet, implicit: &[Implicit], origin: &str) -> ListedPackage {
    let before = set.endpoints.len();
    set.endpoints.retain(|e| e.marked || counts(e.kind(), implicit));
    let unmarked = before - set.endpoints.len();
    ListedPackage { set, unmarked, origin: origin.to_owned() }
}
