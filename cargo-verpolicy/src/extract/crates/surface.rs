//! The public surface of a crate: what a crate that depends on it can name, and through which paths.

use super::names::Query;
use super::table::{Entry, MACRO, Module, Reach, TYPE, VALUE, What};
use super::{Crates, DefId, ModuleId, Resolved};
use crate::model::Condition;
use crate::package::TargetKind;
use crate::syntax::facts::{Attr, AttrArgs, Item, ItemKind, Name, Pos};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex};

/// How many modules may be entered, each path counted.
const MAX_VISITS: usize = 50_000;
/// How many segments a path may have.
const MAX_SEGMENTS: usize = 24;

/// Everything that can be named from outside.
#[derive(Debug, Default)]
pub struct Surface {
    /// The items of this side.
    pub items: BTreeMap<DefId, Reached>,
    /// What leads to another crate, to a variant or to an associated item: its path, what it leads to, under which
    /// condition, and the place of the `use`.
    pub elsewhere: BTreeMap<String, (Target, Condition, (ModuleId, Pos))>,
    /// What nobody outside can name and was spoken of, by the name that it goes by.
    pub unnamed: Mutex<BTreeMap<String, BTreeSet<DefId>>>,
}

/// What a public path leads to that is no item of this side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Something of another crate.
    Foreign(String),
    /// A variant of an enum, or an associated item.
    Member(DefId, Name),
}

/// How an item can be named.
#[derive(Clone, Debug)]
pub struct Reached {
    /// The path of its definition where that is public, else the shortest, of those the first in order.
    pub path: String,
    /// All of them.
    pub paths: BTreeSet<String>,
    /// Where any of the paths is there.
    pub condition: Condition,
}

/// A module on its way to being entered.
struct Visit {
    module: ModuleId,
    path: String,
    condition: Condition,
    /// The modules that the path leads through, this one at its end. What a glob opens is not on it.
    trail: Vec<ModuleId>,
}

impl Crates {
    /// The public surface of a package's library.
    #[must_use]
    pub fn surface(&self, package: usize) -> Surface {
        let mut walk = Walk {
            crates: self,
            out: Surface::default(),
            hidden: HashMap::new(),
            queue: VecDeque::new(),
            procedural: false,
        };
        let libraries = self
            .krates
            .iter()
            .filter(|k| k.package == package && matches!(k.kind, TargetKind::Lib | TargetKind::ProcMacro));
        for krate in libraries {
            walk.queue.push_back(Visit {
                module: krate.root,
                path: self.module_path(krate.root).to_owned(),
                condition: Condition::Always,
                trail: vec![krate.root],
            });
            walk.procedural = krate.kind == TargetKind::ProcMacro;
            walk.run();
        }
        walk.out
    }

    /// The impls that stand in the crates of a package, in source order.
    #[must_use]
    pub fn impls_in(&self, package: usize) -> Vec<(&Item, ModuleId)> {
        let inside = |module: ModuleId| {
            self.module(module)
                .and_then(|m| self.krate(m.krate))
                .is_some_and(|k| k.package == package && matches!(k.kind, TargetKind::Lib | TargetKind::ProcMacro))
        };
        let units = self.impls.iter().filter(|unit| inside(unit.module));
        units.filter_map(|unit| Some((unit.at.find(&self.sources)?, unit.module))).collect()
    }

    /// The package whose crate a definition stands in.
    #[must_use]
    pub fn package_of(&self, def: DefId) -> Option<usize> {
        self.package_of_module(self.defs.get(def.0 as usize)?.module)
    }

    /// The package whose crate a module belongs to.
    #[must_use]
    pub fn package_of_module(&self, module: ModuleId) -> Option<usize> {
        Some(self.krate(self.module(module)?.krate)?.package)
    }
}

/// Does `#[doc(hidden)]` stand among these? What is deprecated besides is no secret: it goes out of sight and is kept for
/// those that use it.
#[must_use]
pub fn is_hidden(attrs: &[Attr]) -> bool {
    if deprecates(attrs) {
        return false;
    }
    attrs.iter().any(|attr| {
        matches!(attr.path.as_slice(), [name] if name == "doc")
            && attr.condition == Condition::Always
            && matches!(&attr.args, AttrArgs::List(tokens) if tokens.metas().iter().any(|meta| meta.is("hidden")))
    })
}

fn deprecates(attrs: &[Attr]) -> bool {
    attrs.iter().any(|attr| matches!(attr.path.as_slice(), [name] if name == "deprecated"))
}

struct Walk<'a> {
    crates: &'a Crates,
    out: Surface,
    /// Positions of the leaves of hidden `use` items, by module.
    hidden: HashMap<ModuleId, Arc<HashSet<Pos>>>,
    queue: VecDeque<Visit>,
    procedural: bool,
}

impl Walk<'_> {
    fn run(&mut self) {
        let mut visits = 0;
        while let Some(visit) = self.queue.pop_front() {
            visits += 1;
            if visits > MAX_VISITS || visit.trail.len() > MAX_SEGMENTS {
                continue;
            }
            self.contents(visit.module, &visit, &BTreeSet::new(), &mut Vec::new());
        }
    }

    /// What a module makes public, entered under the path of `visit`; `shadowed` names are others there.
    fn contents(
        &mut self,
        module: ModuleId,
        visit: &Visit,
        shadowed: &BTreeSet<(Name, u8)>,
        globs: &mut Vec<ModuleId>,
    ) {
        let crates = self.crates;
        let Some(unit) = crates.module(module) else { return };
        let mut names: Vec<(&Name, &Vec<Entry>)> = unit.names.iter().collect();
        names.sort_by_key(|(name, _)| *name);
        let mut bound = shadowed.clone();
        for (name, entries) in names {
            for entry in entries {
                for ns in [TYPE, VALUE, MACRO] {
                    if entry.namespaces & ns != 0 && !matches!(entry.what, What::Import(_)) {
                        bound.insert((name.clone(), ns));
                    }
                }
                let free = [TYPE, VALUE, MACRO]
                    .into_iter()
                    .filter(|ns| entry.namespaces & ns != 0 && !shadowed.contains(&(name.clone(), *ns)));
                let free = free.fold(0, |all, ns| all | ns);
                if entry.reach != Reach::Public {
                    self.shadow(name, entry, !unit.globs.is_empty(), &mut bound);
                    continue;
                }
                if free == 0 {
                    continue;
                }
                self.entry(module, unit, visit, name, entry, free, &mut bound);
            }
        }
        bound.extend(self.ambiguous(module, unit));
        for index in &unit.globs {
            let Some(import) = crates.imports.get(*index as usize) else { continue };
            if import.reach != Reach::Public || self.hidden(module).contains(&import.leaf.pos) {
                continue;
            }
            let condition = visit.condition.clone().and(import.condition.clone());
            for (target, own) in Query::new(crates).glob_choices(*index, import) {
                let condition = condition.clone().and(own);
                self.glob((module, import.leaf.pos), visit, target, condition, (&bound, &mut *globs));
            }
        }
    }

    /// What a public glob at a place opens.
    fn glob(
        &mut self,
        (module, pos): (ModuleId, Pos),
        visit: &Visit,
        target: Resolved,
        condition: Condition,
        (bound, globs): (&BTreeSet<(Name, u8)>, &mut Vec<ModuleId>),
    ) {
        match target {
            Resolved::Module(target) if !globs.contains(&target) && target != module => {
                globs.push(target);
                let inner = Visit { module: target, path: visit.path.clone(), condition, trail: visit.trail.clone() };
                self.contents(target, &inner, bound, globs);
                globs.pop();
            }
            Resolved::Foreign(path) => {
                let at = (module, pos);
                self.elsewhere(format!("{}::* of {path}", visit.path), Target::Foreign(path), condition, at);
            }
            Resolved::Def(def) => {
                let Some(ItemKind::Enum { variants, .. }) = self.crates.def(def).map(|d| &d.item.kind) else { return };
                for variant in variants.iter().filter(|v| !is_hidden(&v.attrs)) {
                    self.variant(visit, &variant.name, (def, &variant.name), &condition, (module, pos));
                }
            }
            _ => {}
        }
    }

    /// A name that is imported for the module itself is in the way of the same name of a glob.
    fn shadow(&self, name: &Name, entry: &Entry, has_globs: bool, bound: &mut BTreeSet<(Name, u8)>) {
        let What::Import(index) = entry.what else { return };
        if !has_globs || entry.condition != Condition::Always {
            return;
        }
        for ns in [TYPE, VALUE, MACRO] {
            let found = Query::new(self.crates).import(index, ns).0;
            if !matches!(found, Resolved::Unresolved | Resolved::Foreign(_)) {
                bound.insert((name.clone(), ns));
            }
        }
    }

    /// Names that two public globs of a module bind to different items: nobody can use them.
    fn ambiguous(&self, module: ModuleId, unit: &Module) -> BTreeSet<(Name, u8)> {
        let crates = self.crates;
        let imports = unit.globs.iter().filter_map(|index| Some((*index, crates.imports.get(*index as usize)?)));
        let public = imports.filter(|(_, i)| i.reach == Reach::Public && i.condition == Condition::Always);
        let targets: Vec<ModuleId> = public
            .filter_map(|(index, import)| match Query::new(crates).glob_target(index, import).0 {
                Resolved::Module(target) if target != module => Some(target),
                _ => None,
            })
            .collect();
        let mut seen: HashMap<(Name, u8), Resolved> = HashMap::new();
        let mut out = BTreeSet::new();
        for target in targets.iter().filter(|_| targets.len() > 1) {
            let Some(inner) = crates.module(*target) else { continue };
            let entries = inner.names.iter().flat_map(|(name, entries)| entries.iter().map(move |e| (name, e)));
            for (name, entry) in entries.filter(|(_, e)| e.reach == Reach::Public) {
                for ns in [TYPE, VALUE, MACRO].into_iter().filter(|ns| entry.namespaces & ns != 0) {
                    let found = match entry.what {
                        _ if entry.condition != Condition::Always => continue,
                        What::Def(def) => Resolved::Def(def),
                        What::Module(target) => Resolved::Module(target),
                        What::Import(index) => Query::new(crates).import(index, ns).0,
                    };
                    if matches!(found, Resolved::Unresolved | Resolved::Foreign(_)) {
                        continue;
                    }
                    match seen.get(&(name.clone(), ns)) {
                        Some(other) if *other != found => {
                            out.insert((name.clone(), ns));
                        }
                        Some(_) => {}
                        None => {
                            seen.insert((name.clone(), ns), found);
                        }
                    }
                }
            }
        }
        out
    }

    #[allow(clippy::too_many_arguments)]
    fn entry(
        &mut self,
        module: ModuleId,
        unit: &Module,
        visit: &Visit,
        name: &Name,
        entry: &Entry,
        free: u8,
        bound: &mut BTreeSet<(Name, u8)>,
    ) {
        let crates = self.crates;
        let condition = visit.condition.clone().and(entry.condition.clone());
        if condition == Condition::Never || entry.condition.excludes(&unit.condition) {
            return;
        }
        match entry.what {
            // The function behind a macro is nobody's to call.
            What::Def(_) if self.procedural && free & MACRO == 0 => {}
            What::Def(def) => self.item(def, visit, name, condition),
            What::Module(target) => self.module(target, visit, name, condition),
            What::Import(index) => {
                let Some(import) = crates.imports.get(index as usize) else { return };
                let hidden = self.hidden(module).contains(&import.leaf.pos);
                let mut foreign = None;
                let mut here = false;
                for ns in [TYPE, VALUE, MACRO].into_iter().filter(|ns| free & ns != 0) {
                    for (found, own) in Query::new(crates).choices(index, ns) {
                        if !matches!(found, Resolved::Unresolved | Resolved::Foreign(_)) {
                            bound.insert((name.clone(), ns));
                        }
                        let condition = condition.clone().and(own);
                        // As with the item itself, what is deprecated is no secret.
                        let hidden = hidden && !self.is_deprecated(&found);
                        if hidden || condition == Condition::Never {
                            continue;
                        }
                        match found {
                            Resolved::Def(def) => {
                                here = true;
                                self.item(def, visit, name, condition);
                            }
                            Resolved::Module(target) if ns == TYPE => {
                                here = true;
                                self.module(target, visit, name, condition);
                            }
                            Resolved::Member(def, variant) => {
                                here = true;
                                self.variant(visit, name, (def, &variant), &condition, (module, import.leaf.pos));
                            }
                            Resolved::Foreign(path) => foreign = Some((path, condition)),
                            _ => {}
                        }
                    }
                }
                if let Some((path, condition)) = foreign.filter(|_| !here) {
                    for ns in [TYPE, VALUE, MACRO] {
                        bound.insert((name.clone(), ns));
                    }
                    let at = (module, import.leaf.pos);
                    self.elsewhere(format!("{}::{name}", visit.path), Target::Foreign(path), condition, at);
                }
            }
        }
    }

    fn elsewhere(&mut self, path: String, target: Target, condition: Condition, at: (ModuleId, Pos)) {
        match self.out.elsewhere.get_mut(&path) {
            Some(found) if found.0 == target => found.1 = std::mem::take(&mut found.1).or(condition),
            Some(_) => {}
            None => {
                self.out.elsewhere.insert(path, (target, condition, at));
            }
        }
    }

    fn variant(
        &mut self,
        visit: &Visit,
        name: &Name,
        (def, variant): (DefId, &Name),
        condition: &Condition,
        at: (ModuleId, Pos),
    ) {
        let target = Target::Member(def, variant.clone());
        self.elsewhere(format!("{}::{name}", visit.path), target, condition.clone(), at);
    }

    fn module(&mut self, target: ModuleId, visit: &Visit, name: &Name, condition: Condition) {
        if self.procedural || visit.trail.contains(&target) {
            return;
        }
        if self.crates.parent_of(target).is_some_and(|(_, item)| is_hidden(&item.attrs)) {
            return;
        }
        let mut trail = visit.trail.clone();
        trail.push(target);
        self.queue.push_back(Visit { module: target, path: format!("{}::{name}", visit.path), condition, trail });
    }

    fn is_deprecated(&self, found: &Resolved) -> bool {
        let Resolved::Def(def) = found else { return false };
        self.crates.def(*def).is_some_and(|found| deprecates(&found.item.attrs))
    }

    fn item(&mut self, def: DefId, visit: &Visit, name: &Name, condition: Condition) {
        let Some(found) = self.crates.def(def) else { return };
        let is_macro = matches!(found.item.kind, ItemKind::MacroRules(_));
        let procedural = self.procedural && procedural(found.item);
        // `#[doc(hidden)]` on `macro_rules! __m` hides that name, not the one that `pub use __m as m` gives it.
        let renamed = is_macro && *name != found.item.name;
        if is_hidden(&found.item.attrs) && !renamed || self.procedural && !procedural {
            return;
        }
        let mark = if is_macro || procedural { "!" } else { "" };
        let path = format!("{}::{name}{mark}", visit.path);
        let condition = condition.and(found.condition.clone());
        if condition == Condition::Never {
            return;
        }
        match self.out.items.get_mut(&def) {
            Some(reached) => {
                let own = format!("{}{mark}", found.path);
                let order = |path: &str| (path != own, path.matches("::").count(), path.to_owned());
                if order(&path) < order(&reached.path) {
                    reached.path.clone_from(&path);
                }
                reached.paths.insert(path);
                reached.condition = std::mem::take(&mut reached.condition).or(condition);
            }
            None => {
                let paths = BTreeSet::from([path.clone()]);
                self.out.items.insert(def, Reached { path, paths, condition });
            }
        }
    }

    /// Where the leaves of the hidden `use` items of a module stand.
    fn hidden(&mut self, module: ModuleId) -> Arc<HashSet<Pos>> {
        if let Some(found) = self.hidden.get(&module) {
            return Arc::clone(found);
        }
        let mut out = HashSet::new();
        for (item, _) in self.crates.items_of(module) {
            match &item.kind {
                ItemKind::Use(leaves) if is_hidden(&item.attrs) => out.extend(leaves.iter().map(|leaf| leaf.pos)),
                ItemKind::ExternCrate(_) if is_hidden(&item.attrs) => {
                    out.insert(item.pos);
                }
                _ => {}
            }
        }
        let out = Arc::new(out);
        self.hidden.insert(module, Arc::clone(&out));
        out
    }
}

/// A function that is a macro of its crate.
fn procedural(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Fn(_))
        && item.attrs.iter().any(|attr| {
            matches!(attr.path.as_slice(), [word] if matches!(word.as_str(), "proc_macro" | "proc_macro_attribute" | "proc_macro_derive"))
        })
}
