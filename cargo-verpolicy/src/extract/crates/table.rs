//! What the crates of one side consist of, as plain tables: files, crates, modules, items, imports, impls.

use super::scan::Surroundings;
use super::{CrateId, DefId, ModuleId};
use crate::model::{BlindSpot, Condition};
use crate::package::{Package, Platform, TargetKind};
use crate::syntax::facts::{FileFacts, Item, Name, UseLeaf};
use foldhash::HashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where items come from: a file, or the tokens of a macro call.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The items.
    pub(crate) items: SourceItems,
}

/// Items of a source.
#[derive(Clone, Debug)]
pub(crate) enum SourceItems {
    /// A file's.
    File(Arc<FileFacts>),
    /// Those that a macro call's tokens hold.
    Tokens(Arc<Vec<Item>>),
}

impl Source {
    /// Its top-level items.
    pub(crate) fn items(&self) -> &[Item] {
        match &self.items {
            SourceItems::File(facts) => &facts.items,
            SourceItems::Tokens(items) => items,
        }
    }
}

/// An item's address: its source, and the index of each container and of itself.
#[derive(Clone, Debug)]
pub(crate) struct ItemRef {
    pub(crate) source: u32,
    pub(crate) steps: Box<[u32]>,
}

impl ItemRef {
    /// The item at this address.
    pub(crate) fn find<'a>(&self, sources: &'a [Source]) -> Option<&'a Item> {
        self.find_in(sources.get(self.source as usize)?)
    }

    /// The item at this address, given its source.
    pub(crate) fn find_in<'a>(&self, source: &'a Source) -> Option<&'a Item> {
        let mut items = source.items();
        let (last, above) = self.steps.split_last()?;
        for step in above {
            items = members(items.get(*step as usize)?);
        }
        items.get(*last as usize)
    }
}

/// The items directly inside an item.
pub(crate) fn members(item: &Item) -> &[Item] {
    item.members()
}

/// One target.
#[derive(Clone, Debug)]
pub(crate) struct Krate {
    pub(crate) name: Name,
    /// Index into [`super::Crates::packages`].
    pub(crate) package: usize,
    pub(crate) kind: TargetKind,
    pub(crate) root: ModuleId,
    pub(crate) edition_2015: bool,
    /// Names that begin a path to another crate.
    pub(crate) externs: BTreeMap<Name, Extern>,
    /// Crates under `#[macro_use] extern crate`, by canonical name.
    pub(crate) macro_use: Vec<Name>,
    /// Its `macro_rules!` by name, wherever they stand.
    pub(crate) textual: HashMap<Name, Vec<DefId>>,
}

/// A crate that paths may begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Extern {
    /// One of this side.
    Crate(CrateId),
    /// Another, by its canonical name.
    Foreign(Name),
}

/// A package with what its configuration turns on.
#[derive(Clone, Debug)]
pub(crate) struct PackageUnit {
    pub(crate) package: Package,
    /// Features that are on; `None` leaves every feature open.
    pub(crate) features: Option<BTreeSet<String>>,
    /// Features that are on for sure, where the others are open.
    pub(crate) on: BTreeSet<String>,
    /// What it is built for; `None` leaves that open.
    pub(crate) platform: Option<Platform>,
    /// It stands elsewhere: only its types are read.
    pub(crate) followed: bool,
    /// Its endpoints were asked for.
    pub(crate) selected: bool,
    /// Its binaries are read: they may serve endpoints that were asked for.
    pub(crate) binaries: bool,
    /// Its library.
    pub(crate) library: Option<CrateId>,
    /// Of features for the package itself, those that turn them on for others.
    pub(crate) inner_features: BTreeMap<String, Condition>,
}

impl PackageUnit {
    /// Features that are nobody's to ask for and that others turn on: what stands behind them stands behind those.
    pub(crate) fn inner_features(package: &Package) -> BTreeMap<String, Condition> {
        let is_inner = |name: &String| Condition::Feature(name.clone()).is_unstable();
        let mut out = BTreeMap::new();
        for inner in package.features.keys().filter(|name| is_inner(name)) {
            let mut queue = vec![inner];
            let mut seen: BTreeSet<&String> = BTreeSet::new();
            let mut condition = Condition::Never;
            while let Some(at) = queue.pop() {
                for (name, _) in package.features.iter().filter(|(_, enables)| enables.contains(at)) {
                    match is_inner(name) {
                        true if seen.insert(name) => queue.push(name),
                        true => {}
                        false => condition = condition.or(Condition::Feature(name.clone())),
                    }
                }
            }
            if condition != Condition::Never {
                out.insert(inner.clone(), condition);
            }
        }
        out
    }

    /// Does it turn on a feature of a dependency: where it names the dependency, or through a feature of its own that
    /// is selected (without a selection, through the default ones)?
    pub(crate) fn turns_on(&self, dependency: &str, feature: &str) -> bool {
        let package = &self.package;
        let named: Vec<&String> =
            package.dependencies.iter().filter(|(_, d)| d.package == dependency).map(|(local, _)| local).collect();
        if package.dependencies.values().any(|d| d.package == dependency && d.features.contains(feature)) {
            return true;
        }
        let by_feature = |enables: &str| {
            let Some((key, asked)) = enables.split_once('/') else { return false };
            let key = key.trim_end_matches('?').replace('-', "_");
            asked == feature && named.iter().any(|local| **local == key)
        };
        let on = match &self.features {
            Some(on) => on.clone(),
            None => package.enabled_by(["default".to_owned()]),
        };
        on.iter().filter_map(|name| package.features.get(name)).flatten().any(|enables| by_feature(enables))
    }

    /// Can it hold where nothing is asked for but the default features?
    pub(crate) fn is_usual(&self, condition: &Condition) -> bool {
        let on = self.package.enabled_by(["default".to_owned()]);
        let rest = condition.given(&|leaf| match leaf {
            Condition::Feature(name) => Some(on.contains(name)),
            _ => None,
        });
        rest != Condition::Never
    }

    /// The condition once the selection of features, and that nothing is a test, are taken into account.
    pub(crate) fn given(&self, condition: &Condition) -> Condition {
        if *condition == Condition::Always {
            return Condition::Always;
        }
        let public = |leaf: &Condition| match leaf {
            Condition::Feature(name) => self.inner_features.get(name).cloned(),
            _ => None,
        };
        let replaced = (!self.inner_features.is_empty()).then(|| condition.replaced(&public));
        replaced.as_ref().unwrap_or(condition).given(&|leaf| match leaf {
            // The standard library's own build.
            Condition::Feature(feature) if feature == "rustc-dep-of-std" => Some(false),
            Condition::Flag(flag) if UNBUILT.contains(&flag.as_str()) => Some(false),
            Condition::Feature(feature) if self.on.contains(feature) => Some(true),
            Condition::Feature(feature) => self.features.as_ref().map(|on| on.contains(feature)),
            leaf => self.platform.as_ref().and_then(|platform| platform.says(leaf)),
        })
    }
}

/// Flags of builds that nobody depends on: tests and documentation.
const UNBUILT: [&str; 4] = ["test", "doctest", "doc", "docsrs"];

/// From where a name can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Everywhere.
    Public,
    /// In this module and below it.
    Within(ModuleId),
}

/// One module.
#[derive(Clone, Debug)]
pub(crate) struct Module {
    pub(crate) krate: CrateId,
    pub(crate) parent: Option<ModuleId>,
    pub(crate) path: String,
    /// Conditions of its parents and its own.
    pub(crate) condition: Condition,
    /// The file its text stands in.
    pub(crate) file: Arc<str>,
    /// The `mod` item; the root has none.
    pub(crate) declaration: Option<ItemRef>,
    /// A macro call in it was not expanded.
    pub(crate) blind: bool,
    /// The block of a constant: it sees what stands around it, and nobody can name what it holds.
    pub(crate) is_block: bool,
    /// Nesting depth.
    pub(crate) depth: u32,
    /// What its items name.
    pub(crate) names: HashMap<Name, Vec<Entry>>,
    /// Its globs.
    pub(crate) globs: Vec<u32>,
    /// Its items in source order, macro-made ones after the call.
    pub(crate) items: Vec<ModuleItem>,
}

/// An item of a module.
#[derive(Clone, Debug)]
pub(crate) struct ModuleItem {
    pub(crate) at: ItemRef,
    pub(crate) def: Option<DefId>,
}

/// Bits of the namespaces.
pub(crate) const TYPE: u8 = 1;
pub(crate) const VALUE: u8 = 2;
pub(crate) const MACRO: u8 = 4;

/// What a name in a module stands for.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// In which namespaces, as bits; an import may turn out to bind fewer.
    pub(crate) namespaces: u8,
    pub(crate) what: What,
    pub(crate) reach: Reach,
    pub(crate) condition: Condition,
}

/// What an [`Entry`] leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Def(DefId),
    Module(ModuleId),
    /// Index into [`super::Crates::imports`].
    Import(u32),
}

impl What {
    pub(crate) fn import(self) -> Option<u32> {
        match self {
            Self::Import(index) => Some(index),
            Self::Def(_) | Self::Module(_) => None,
        }
    }
}

/// One leaf of a `use`, or an `extern crate`.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    pub(crate) module: ModuleId,
    pub(crate) leaf: UseLeaf,
    pub(crate) reach: Reach,
    pub(crate) condition: Condition,
    /// `extern crate`: the path is the crate's name and nothing else.
    pub(crate) extern_crate: bool,
}

/// One named item.
#[derive(Clone, Debug)]
pub(crate) struct Def {
    pub(crate) at: ItemRef,
    pub(crate) module: ModuleId,
    pub(crate) path: String,
    pub(crate) condition: Condition,
}

/// One `impl`.
#[derive(Clone, Debug)]
pub(crate) struct ImplUnit {
    pub(crate) at: ItemRef,
    pub(crate) module: ModuleId,
}

/// A macro call in item position.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) at: ItemRef,
    pub(crate) module: ModuleId,
    /// Where modules that it declares are looked for.
    pub(crate) surroundings: Surroundings,
    /// How many calls it stands inside.
    pub(crate) depth: u32,
}

/// A blind spot and the package it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct PackageBlindSpot {
    pub(crate) package: usize,
    pub(crate) spot: BlindSpot,
}
