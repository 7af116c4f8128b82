//! Crates of other places whose source is at hand. No name leads into them: a path into another crate stays what it is, so
//! that what is known of it goes on holding; only where nothing is known does its definition answer.

use super::table::{Call, PackageUnit};
use super::{Crates, DefId, ModuleId, Namespace, Resolved, Scope, Ty, foreign};
use crate::model::Condition;
use crate::package::{Package, Platform, TargetKind};
use crate::syntax::facts::{ItemKind, Name, RawTokens};
use std::collections::{BTreeMap, BTreeSet};

/// Adds the packages that are followed, behind those of the tree.
pub(super) fn add(packages: &mut Vec<PackageUnit>, followed: &[Package], platform: Option<&Platform>) {
    let from = packages.len();
    packages.extend(followed.iter().map(|package| PackageUnit {
        package: package.clone(),
        features: None,
        on: BTreeSet::new(),
        platform: platform.cloned(),
        followed: true,
        selected: false,
        binaries: false,
        library: None,
        inner_features: PackageUnit::inner_features(package),
    }));
    // What turns on a feature may be turned on by another that is followed.
    loop {
        let asked: Vec<BTreeSet<String>> = packages.iter().skip(from).map(|unit| asked(packages, unit)).collect();
        let mut changed = false;
        for (unit, asked) in packages.iter_mut().skip(from).zip(asked) {
            changed |= unit.on != asked;
            unit.on = asked;
        }
        if !changed {
            return;
        }
    }
}

/// The features of a package that the others turn on for sure. Others that depend on it may turn on more.
fn asked(packages: &[PackageUnit], unit: &PackageUnit) -> BTreeSet<String> {
    let mut asked = BTreeSet::new();
    for user in packages {
        for (local, dependency) in &user.package.dependencies {
            if dependency.package != unit.package.name || dependency.optional {
                continue;
            }
            asked.extend(dependency.features.iter().cloned());
            if dependency.default_features {
                asked.insert("default".to_owned());
            }
            let on = user.on.iter().filter_map(|feature| user.package.features.get(feature)).flatten();
            asked.extend(on.filter_map(|enables| feature_of(enables, local)));
        }
    }
    unit.package.enabled_by(asked)
}

impl Crates {
    /// The features that a build of a package turns on for sure in the packages of the tree that it is built with, by
    /// index. Cargo builds each of them once, with all that is asked for.
    #[must_use]
    pub fn turned_on(&self, package: usize) -> BTreeMap<usize, BTreeSet<String>> {
        let directories: BTreeMap<&str, usize> =
            self.packages.iter().enumerate().map(|(index, unit)| (unit.package.directory.as_str(), index)).collect();
        let own = self.packages.get(package).and_then(|unit| unit.features.clone()).unwrap_or_default();
        let mut on = BTreeMap::from([(package, own)]);
        let mut queue = vec![package];
        while let Some(user) = queue.pop() {
            let (Some(unit), Some(features)) = (self.packages.get(user), on.get(&user).cloned()) else { continue };
            for (local, dependency) in unit.package.dependencies.iter().filter(|(_, one)| !one.optional) {
                let found = dependency.path.as_deref().and_then(|path| directories.get(path));
                let Some((index, found)) = found.and_then(|index| Some((*index, self.packages.get(*index)?))) else {
                    continue;
                };
                let mut asked = dependency.features.clone();
                if dependency.default_features {
                    asked.insert("default".to_owned());
                }
                let enabled = features.iter().filter_map(|feature| unit.package.features.get(feature)).flatten();
                asked.extend(enabled.filter_map(|enables| feature_of(enables, local)));
                let met = on.contains_key(&index);
                let there = on.entry(index).or_default();
                let before = there.len();
                there.extend(found.package.enabled_by(asked));
                if !met || there.len() > before {
                    queue.push(index);
                }
            }
        }
        on.remove(&package);
        on
    }

    /// The condition of what stands in the module `at`, for code in the module `from`: what the package of that code turns
    /// on where the other stands is on in every build of it.
    #[must_use]
    pub fn seen_from(&self, from: ModuleId, at: ModuleId, condition: Condition) -> Condition {
        match (self.package_of_module(from), self.package_of_module(at)) {
            (Some(user), Some(package)) if user != package && condition != Condition::Always => {
                self.given_with(&self.turned_on(user), at, condition)
            }
            _ => condition,
        }
    }

    /// The condition of what stands in a module, for those that are built with these features on.
    #[must_use]
    pub fn given_with(
        &self,
        on: &BTreeMap<usize, BTreeSet<String>>,
        module: ModuleId,
        condition: Condition,
    ) -> Condition {
        let on = match &condition {
            Condition::Always => None,
            _ => self.package_of_module(module).and_then(|package| on.get(&package)),
        };
        match on {
            Some(on) => condition.given(&|leaf| match leaf {
                Condition::Feature(feature) if on.contains(feature) => Some(true),
                _ => None,
            }),
            None => condition,
        }
    }
}

/// The feature of the dependency `local` that an entry of a feature turns on: `local/feature`.
fn feature_of(enables: &str, local: &str) -> Option<String> {
    let (key, feature) = enables.split_once('/')?;
    (key.trim_end_matches('?').replace('-', "_") == *local).then(|| feature.to_owned())
}

/// Fills in which crates are followed.
pub(super) fn link(crates: &mut Crates) {
    let libraries = crates.krates.iter().zip(0_u32..).filter(|(krate, _)| krate.kind == TargetKind::Lib);
    let mut followed = BTreeMap::new();
    for (krate, id) in libraries {
        let Some(unit) = crates.packages.get(krate.package).filter(|unit| unit.followed) else { continue };
        let name = unit.package.name.replace('-', "_");
        followed.insert(foreign::library_name(&name).to_owned(), super::CrateId(id));
        followed.insert(krate.name.to_string(), super::CrateId(id));
    }
    crates.followed = followed;
}

impl Crates {
    /// The `macro_rules!` that a call means: of this side, else of a crate whose source was read.
    pub(super) fn macros_at(&self, call: &Call, path: &[Name], canonical: &str) -> Vec<(DefId, Condition)> {
        let found = self.macros_for(call.module, path, &call.at);
        if !found.is_empty() || !self.is_followed(canonical) {
            return found;
        }
        let mut segments = canonical.split("::").map(Name::new);
        let krate = segments.next().and_then(|krate| self.krate(*self.followed.get(krate.as_str())?));
        let Some(root) = krate.map(|krate| krate.root) else { return found };
        let segments: Vec<Name> = std::iter::once(Name::new("crate")).chain(segments).collect();
        match self.resolve_names(root, false, &segments, Namespace::Macro) {
            Resolved::Def(def) if self.def(def).is_some_and(|d| matches!(d.item.kind, ItemKind::MacroRules(_))) => {
                vec![(def, Condition::Always)]
            }
            _ => found,
        }
    }

    /// Is this a path into a crate of another place whose source was read?
    #[must_use]
    pub fn is_followed(&self, path: &str) -> bool {
        !self.followed.is_empty() && path.split("::").next().is_some_and(|krate| self.followed.contains_key(krate))
    }

    /// Does a module belong to a crate of another place?
    #[must_use]
    pub fn is_elsewhere(&self, module: ModuleId) -> bool {
        let package = self.package_of_module(module).and_then(|package| self.packages.get(package));
        package.is_some_and(|unit| unit.followed)
    }

    /// What a type of another crate is by its source: a definition, or what an alias or re-export there leads to.
    #[must_use]
    pub fn source_of(&self, path: &str, args: &[Ty]) -> Option<Ty> {
        if self.followed.is_empty() {
            return None;
        }
        let (krate, rest) = path.split_once("::")?;
        let root = self.krate(*self.followed.get(krate)?)?.root;
        let names: Vec<String> = (1..=args.len()).map(|number| format!("__argument_{number}")).collect();
        let list = if names.is_empty() { String::new() } else { format!("<{}>", names.join(", ")) };
        let written = RawTokens::from(format!("crate::{rest}{list}").as_str()).ty()?;
        let params = names.iter().map(Name::new).zip(args.iter().cloned()).collect();
        match self.ty(&Scope { module: root, params, self_ty: None }, &written) {
            Ty::Unresolved(_) | Ty::Other(_) => None,
            Ty::Foreign(other, _) if *other == *path => None,
            found => Some(found),
        }
    }
}
