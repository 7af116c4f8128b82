//! Types of dependencies: whose sources are read beside the project's own.
//!
//! First all sides are read without any; what is opaque in them then names the crates that matter, and no other is
//! looked for. Each side finds its versions by its own lock file. A crate is followed only if every side that has types
//! of it has its source: else the same type would be a shape on one side and opaque on the other. The known types of the
//! tables are never looked up. No network is used.

use super::failure::Failure;
use super::world::{Side, World};
use crate::config::DependencySources;
use crate::extract::{Options, library_name, unknown_macro};
use crate::model::{BlindSpot, BlindSpotKind, EndpointSet, OpaqueReason, Shape};
use crate::package::{self, Lock, Package, Used};
use crate::tree::{CargoHome, MemoryTree, Mounted, SourceTree, child};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Crates that lead to crates are followed this far.
const MAX_ROUNDS: usize = 16;

/// A side that was read, and how.
pub(super) struct Reading<'a> {
    pub side: &'a mut Side,
    pub sets: &'a mut BTreeMap<String, EndpointSet>,
    pub only: Option<&'a BTreeSet<String>>,
    pub options: Options,
}

/// What is known of the crates that a side's opaque types come from.
struct Known {
    /// Its tree without dependencies.
    base: Option<Arc<dyn SourceTree>>,
    /// Its lock file.
    lock: Option<String>,
    /// By package, the crates that its types come from.
    wanted: BTreeMap<String, BTreeSet<String>>,
    /// By package, the crates whose macros make items of it.
    wanted_macros: BTreeMap<String, BTreeSet<String>>,
    /// Those whose source is at hand.
    found: BTreeMap<String, Found>,
    /// Those whose source is not, and why.
    missing: BTreeMap<String, String>,
    /// Those that it was last read with.
    read_with: BTreeSet<String>,
}

/// A crate's source.
#[derive(Clone)]
struct Found {
    package: Package,
    /// Where it is mounted, unless it stands in the tree.
    mount: Option<(String, Arc<dyn SourceTree>)>,
}

/// Reads the sides again, with the sources of the dependencies that their types come from.
pub(super) fn follow(world: &World, sources: DependencySources, readings: &mut [Reading<'_>]) -> Result<(), Failure> {
    let home = CargoHome::find().filter(|_| sources == DependencySources::AtHand);
    let mut known: Vec<Known> = readings.iter().map(|reading| Known::of(reading.side)).collect();
    let mut unread: BTreeMap<String, String> = BTreeMap::new();
    for round in 0.. {
        for (known, reading) in known.iter_mut().zip(readings.iter()) {
            for krate in known.new_wants(reading.sets, reading.options.public_items) {
                let found = match round < MAX_ROUNDS {
                    true => known.find(&krate, reading.side, home.as_ref()),
                    false => Err("too many crates lead to it".to_owned()),
                };
                match found {
                    Ok(found) => _ = known.found.insert(krate, found),
                    Err(why) => {
                        unread.entry(krate.clone()).or_insert_with(|| why.clone());
                        known.missing.insert(krate, why);
                    }
                }
            }
        }
        let mut changed = false;
        for (known, reading) in known.iter_mut().zip(readings.iter_mut()) {
            let usable: BTreeSet<String> =
                known.found.keys().filter(|krate| !unread.contains_key(*krate)).cloned().collect();
            if usable != known.read_with {
                changed = true;
                known.mount(reading.side, &usable);
                *reading.sets = world.sets(reading.side, reading.only, &reading.options)?;
                known.read_with = usable;
            }
        }
        if !changed {
            break;
        }
    }
    for (known, reading) in known.iter().zip(readings.iter_mut()) {
        known.say(reading.sets, &unread);
    }
    Ok(())
}

impl Known {
    fn of(side: &Side) -> Self {
        Known {
            base: side.tree.clone(),
            lock: None,
            wanted: BTreeMap::new(),
            wanted_macros: BTreeMap::new(),
            found: BTreeMap::new(),
            missing: BTreeMap::new(),
            read_with: BTreeSet::new(),
        }
    }

    /// Notes whose types are opaque, and, where the public items of a package are read, whose macros are not known;
    /// returns the crates that were not met before.
    fn new_wants(&mut self, sets: &BTreeMap<String, EndpointSet>, items: bool) -> BTreeSet<String> {
        let met: BTreeSet<String> =
            self.wanted.values().chain(self.wanted_macros.values()).flatten().cloned().collect();
        let mut new = BTreeSet::new();
        for (name, set) in sets {
            let spots = set.blind_spots.iter().filter(|_| items);
            for krate in spots.filter_map(unknown_macro).filter_map(|path| path.split_once("::")) {
                self.wanted_macros.entry(name.clone()).or_default().insert(krate.0.to_owned());
                if !met.contains(krate.0) {
                    new.insert(krate.0.to_owned());
                }
            }
            for (_, node) in set.shapes.iter() {
                let Shape::Opaque(opaque) = &node.shape else { continue };
                let krate = opaque.name.split("::").next().unwrap_or_default();
                // What stands inside another opaque type alone is no blind spot.
                let named = format!("`{}` ", opaque.name);
                let counts = opaque.reason == OpaqueReason::Foreign
                    && !matches!(krate, "std" | "proc_macro")
                    && set.blind_spots.iter().any(|spot| spot.detail.starts_with(&named));
                if !counts || self.wanted.get(name).is_some_and(|wanted| wanted.contains(krate)) {
                    continue;
                }
                self.wanted.entry(name.clone()).or_default().insert(krate.to_owned());
                if !met.contains(krate) {
                    new.insert(krate.to_owned());
                }
            }
        }
        new
    }

    /// The source of the one version of a crate that this side is built with, or why it is not read.
    fn find(&mut self, krate: &str, side: &Side, home: Option<&CargoHome>) -> Result<Found, String> {
        let origin = &side.origin;
        let Some(base) = &self.base else { return Err(format!("{origin} holds no sources")) };
        let lock = self.lock.get_or_insert_with(|| {
            let bytes = base.read(&child(&side.workspace.root, "Cargo.lock")).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        });
        if lock.is_empty() {
            return Err(format!("{origin} has no Cargo.lock, which says which version it is"));
        }
        let own = side.workspace.packages.iter().map(|package| (package.name.as_str(), None));
        let followed = self.found.values().map(|f| (f.package.name.as_str(), f.package.version.as_deref()));
        let is_meant = |name: &str| library_name(&name.replace('-', "_")) == krate;
        let locked = match Lock::read(lock).used_by(own.chain(followed), is_meant) {
            Used::One(locked) => locked,
            Used::Several => return Err(format!("{origin} is built with several versions of it")),
            Used::Nothing => return Err(format!("the Cargo.lock of {origin} names no such package")),
        };
        let (name, version) = (locked.name, locked.version);
        if let Some(directory) = package::vendored(base.as_ref(), &side.workspace.root, name, version, locked.source) {
            let package = package::read_package(base.as_ref(), &directory, &directory);
            return match package {
                Some(package) => Ok(Found { package, mount: None }),
                None => Err(format!("the manifest in `{directory}` of {origin} cannot be read")),
            };
        }
        let Some(home) = home else {
            return Err(format!("{version} stands outside the tree, which `dependencies = \"in-tree\"` leaves out"));
        };
        let missing = || {
            format!(
                "{version}, its version in {origin}, is not at hand (`cargo fetch --locked` there fetches the source)"
            )
        };
        let tree = home.source(name, version, locked.source).ok_or_else(missing)?;
        let at = format!("{name}@{version}");
        let package = in_mount(&at, &tree, name).filter(|package| package.version.as_deref() == Some(version));
        let package =
            package.ok_or_else(|| format!("no manifest of {name} {version} is where its source should be"))?;
        Ok(Found { package, mount: Some((at, tree)) })
    }

    /// Puts these sources into the side's tree, in place of others.
    fn mount(&self, side: &mut Side, crates: &BTreeSet<String>) {
        let chosen: Vec<&Found> = crates.iter().filter_map(|krate| self.found.get(krate)).collect();
        side.workspace.followed = chosen.iter().map(|found| found.package.clone()).collect();
        let mounts: BTreeMap<_, _> = chosen.into_iter().filter_map(|found| found.mount.clone()).collect();
        side.tree = match &self.base {
            Some(base) if !mounts.is_empty() => Some(Arc::new(Mounted::new(Arc::clone(base), mounts))),
            base => base.clone(),
        };
    }

    /// Says in the sets whose sources were read, and whose were not.
    fn say(&self, sets: &mut BTreeMap<String, EndpointSet>, unread: &BTreeMap<String, String>) {
        for (name, wanted) in &self.wanted {
            let Some(set) = sets.get_mut(name) else { continue };
            for krate in wanted {
                if let Some(why) = self.missing.get(krate).or_else(|| unread.get(krate)) {
                    let detail = format!("types of `{krate}` are opaque: {why}");
                    let kind = BlindSpotKind::MissingSource;
                    set.blind_spots.push(BlindSpot { kind, place: None, detail, hides: None });
                } else if let Some(found) = self.found.get(krate) {
                    let version = found.package.version.clone().unwrap_or_default();
                    set.followed.insert(found.package.name.clone(), version);
                }
            }
            set.blind_spots.sort();
        }
        for (name, wanted) in &self.wanted_macros {
            let Some(set) = sets.get_mut(name) else { continue };
            for found in
                wanted.iter().filter(|krate| !unread.contains_key(*krate)).filter_map(|krate| self.found.get(krate))
            {
                let version = found.package.version.clone().unwrap_or_default();
                set.followed.insert(found.package.name.clone(), version);
            }
        }
    }
}

/// The package of that name in a tree that is mounted under a name: its root, or a member of what stands there.
fn in_mount(at: &str, tree: &Arc<dyn SourceTree>, name: &str) -> Option<Package> {
    let alone = Mounted::new(Arc::new(MemoryTree::default()), BTreeMap::from([(at.to_owned(), Arc::clone(tree))]));
    if let Some(package) = package::read_package(&alone, at, at).filter(|package| package.name == name) {
        return Some(package);
    }
    package::read_workspace(&alone, at).ok()?.package(name).cloned()
}
