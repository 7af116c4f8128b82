//! The crates of one side: module trees and real name resolution. Everything that `extract` knows of a name comes from
//! here; a type is never found by its last segment.

mod blocks;
mod calls;
mod code;
mod consts;
mod definition;
mod exchange;
mod expansion;
mod followed;
mod foreign;
mod globs;
mod impls;
mod known_attributes;
mod known_derives;
mod known_macros;
mod load;
mod members;
mod names;
mod scan;
mod surface;
mod table;
mod text;
mod types;

#[cfg(test)]
mod tests;

pub(crate) use calls::unknown_macro;
pub(crate) use expansion::Expansions;
pub(crate) use foreign::in_prelude as prelude;
pub(crate) use foreign::is_primitive;
pub(crate) use foreign::library_name;
pub(crate) use known_derives::implemented;
pub(crate) use scan::{inner_module, inner_module_of};
pub use surface::{Reached, Surface, Target, is_hidden};

use super::{FactsStore, Options};
use crate::model::{BlindSpot, BlindSpotKind, Condition, Place, Unread, version_line};
use crate::package::{Dependency, Package, TargetKind, Workspace};
use crate::syntax::facts::{Generics, ImplFact, Item, ItemKind, Name, Path, Pos, RawTokens, Type};
use crate::tree::SourceTree;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};

/// A crate (one target of a package) of this side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CrateId(pub u32);

/// A module of any crate of this side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub u32);

/// A named item of any crate of this side: struct, enum, union, alias, trait, function, const, static, macro.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefId(pub u32);

/// Which of Rust's namespaces a name is looked up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// Types, traits, modules.
    Type,
    /// Functions, consts, statics, constructors.
    Value,
    /// Macros, attributes, derives.
    Macro,
}

/// What a path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// An item of this side.
    Def(DefId),
    /// A module of this side.
    Module(ModuleId),
    /// A variant of an enum, or an associated item: the owner and the member's name.
    Member(DefId, Name),
    /// An item of a crate whose source is not at hand, by the path that imports lead to: `axum::extract::Path`,
    /// `std::collections::HashMap` (`alloc` and `core` read as `std`).
    Foreign(String),
    /// `u32`, `str`, `bool`, …
    Primitive(Name),
    /// Nothing of that name.
    Unresolved,
}

/// A resolved type: aliases expanded with their arguments, `Self` and parameters replaced where the scope knows them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ty {
    /// A struct, enum or union of this side with its type arguments (defaults filled in, lifetimes left out).
    Def(DefId, Vec<Ty>),
    /// A type of another crate.
    Foreign(Arc<str>, Vec<Ty>),
    /// A primitive.
    Primitive(Name),
    /// A generic parameter that nothing fixes.
    Param(Name),
    /// `&T`, `&mut T`
    Ref(Box<Ty>),
    /// `*const T`, `*mut T`
    Ptr(Box<Ty>),
    /// `[T]`
    Slice(Box<Ty>),
    /// `[T; N]`; the length where it is a literal or a const that could be read.
    Array(Box<Ty>, Option<u64>),
    /// `(A, B)`
    Tuple(Vec<Ty>),
    /// A const generic argument, as text.
    Const(String),
    /// `impl Trait`, with the bounds' canonical paths and their arguments.
    Impl(Vec<(String, Vec<Ty>)>),
    /// `dyn Trait`.
    Dyn(Vec<(String, Vec<Ty>)>),
    /// Function pointers, `!`, `_` and what could not be read, as text.
    Other(String),
    /// A path that resolves to nothing, as written.
    Unresolved(String),
    /// What the code of a function decides, and no type states.
    ByCode(Arc<ByCode>),
}

/// Whose code decides a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByCode {
    /// The canonical path of the function.
    pub path: String,
    /// Where it stands.
    pub place: Place,
    /// Hash of what it does.
    pub code: u64,
}

/// Where a type stands: its module and what its generic names mean.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The module.
    pub module: ModuleId,
    /// Type (and const) parameters in scope that are known.
    pub params: BTreeMap<Name, Ty>,
    /// `Self`.
    pub self_ty: Option<Ty>,
}

/// An item with its surroundings.
#[derive(Clone, Copy, Debug)]
pub struct DefRef<'a> {
    /// What the source says.
    pub item: &'a Item,
    /// The module it stands in.
    pub module: ModuleId,
    /// Canonical path: `my_crate::users::User`.
    pub path: &'a str,
    /// The conditions of its modules and its own.
    pub condition: &'a Condition,
}

/// All crates of one side. Filled by [`Crates::load`]; looked up by everything else.
#[derive(Debug, Default)]
pub struct Crates {
    packages: Vec<table::PackageUnit>,
    krates: Vec<table::Krate>,
    sources: Vec<table::Source>,
    modules: Vec<table::Module>,
    defs: Vec<table::Def>,
    imports: Vec<table::Import>,
    impls: Vec<table::ImplUnit>,
    calls: Vec<table::Call>,
    budget: calls::Budget,
    /// `[macros]`: what is read as another macro.
    macro_aliases: BTreeMap<String, String>,
    /// `[macros]`: what leaves items as they are.
    said_macros: BTreeSet<String>,
    blind_spots: Vec<table::PackageBlindSpot>,
    /// What is not read and could hold endpoints, by package and module.
    unread: BTreeMap<(usize, String), Unread>,
    /// The libraries of other places whose source was read, by the name that paths into them begin with.
    followed: BTreeMap<String, CrateId>,
    /// Locked versions by package name.
    locked: BTreeMap<String, BTreeSet<String>>,
    memo: Mutex<names::Memo>,
    codes: code::Codes,
    blocks: blocks::Blocks,
    impl_index: OnceLock<impls::ImplIndex>,
    /// Names of types that derives make beside the type that they stand on.
    made_beside: OnceLock<BTreeSet<String>>,
}

impl Crates {
    /// Reads every crate that the selected packages (`None`: all members) reach by path dependencies: libraries of all,
    /// binaries of the selected ones; no tests, examples and benches, and nothing under `cfg(test)`. What cannot be
    /// read becomes a blind spot.
    #[must_use]
    pub fn load(
        tree: &dyn SourceTree,
        workspace: &Workspace,
        store: &FactsStore,
        only: Option<&BTreeSet<String>>,
        options: &Options,
    ) -> Self {
        load::load(tree, workspace, store, only, options)
    }

    /// The item behind an id.
    #[must_use]
    pub fn def(&self, id: DefId) -> Option<DefRef<'_>> {
        let def = self.defs.get(id.0 as usize)?;
        let item = def.at.find(&self.sources)?;
        Some(DefRef { item, module: def.module, path: &def.path, condition: &def.condition })
    }

    /// What `path` names in `module`.
    #[must_use]
    pub fn resolve(&self, module: ModuleId, path: &Path, namespace: Namespace) -> Resolved {
        let segments: Vec<Name> = path.segments.iter().map(|s| s.name.clone()).collect();
        self.resolve_names(module, path.global, &segments, namespace)
    }

    /// The item of this side behind a canonical path, as it is seen from `module`.
    #[must_use]
    pub fn named(&self, module: ModuleId, path: &str) -> Option<DefId> {
        let own = self.module_path(module).split("::").next().unwrap_or_default();
        let mut segments: Vec<Name> = path.split("::").map(Name::from).collect();
        let is_own = segments.first().is_some_and(|first| first == own);
        if let (true, Some(first)) = (is_own, segments.first_mut()) {
            *first = Name::from("crate");
        }
        match self.resolve_names(module, !is_own, &segments, Namespace::Type) {
            Resolved::Def(def) => Some(def),
            _ => None,
        }
    }

    /// What a path names in `module` where this condition holds.
    #[must_use]
    pub fn resolve_under(&self, module: ModuleId, path: &Path, namespace: Namespace, under: &Condition) -> Resolved {
        let segments: Vec<Name> = path.segments.iter().map(|s| s.name.clone()).collect();
        names::Query::under(self, under.clone()).path(module, path.global, &segments, names::bit(namespace), false)
    }

    /// Do both modules stand in one crate?
    #[must_use]
    pub fn in_one_crate(&self, one: ModuleId, other: ModuleId) -> bool {
        self.module(one).map(|m| m.krate) == self.module(other).map(|m| m.krate)
    }

    /// What the path of these segments names in `module`.
    #[must_use]
    pub fn resolve_names(&self, module: ModuleId, global: bool, segments: &[Name], namespace: Namespace) -> Resolved {
        let found = names::Query::new(self).path(module, global, segments, names::bit(namespace), false);
        match (found, segments) {
            (Resolved::Unresolved, [name]) if namespace == Namespace::Macro && !global => {
                self.textual_macro(module, name).map_or(Resolved::Unresolved, Resolved::Def)
            }
            (found, _) => found,
        }
    }

    /// The canonical path of an attribute, derive or macro by its segments: `actix_web::get` for `#[get]` under
    /// `use actix_web::get`, `serde::Serialize` for a derive, `std::…` never; as written where nothing imports it. What
    /// `[macros]` says to be another macro is that one.
    #[must_use]
    pub fn macro_path(&self, module: ModuleId, segments: &[Name]) -> String {
        let path = self.own_macro_path(module, segments);
        if self.macro_aliases.is_empty() {
            return path;
        }
        let alias = self.macro_aliases.get(&path).or_else(|| self.macro_aliases.get(&segments.join("::")));
        alias.cloned().unwrap_or(path)
    }

    fn own_macro_path(&self, module: ModuleId, segments: &[Name]) -> String {
        let bare = || segments.last().map(ToString::to_string).unwrap_or_default();
        match self.resolve_names(module, false, segments, Namespace::Macro) {
            Resolved::Def(def) => self.defs.get(def.0 as usize).map(|d| d.path.clone()).unwrap_or_default(),
            Resolved::Foreign(path) if path.starts_with("std::") => bare(),
            Resolved::Foreign(path) => path,
            _ => {
                if let [name] = segments
                    && let Some(krate) = self.module(module).and_then(|m| self.krate(m.krate))
                    && let Some(from) = krate.macro_use.iter().find(|c| foreign::macro_use_binds(c, name))
                {
                    return foreign::canonical(&format!("{from}::{name}"));
                }
                segments.join("::")
            }
        }
    }

    /// A type as written in `scope`, resolved.
    #[must_use]
    pub fn ty(&self, scope: &Scope, ty: &Type) -> Ty {
        types::TypeReader::new(self).ty(scope, ty)
    }

    /// The scope inside a definition whose parameters get these arguments (missing ones their defaults, else
    /// [`Ty::Param`]).
    #[must_use]
    pub fn scope_of(&self, def: DefId, generics: &Generics, args: &[Ty]) -> Option<Scope> {
        types::TypeReader::new(self).scope_of(def, generics, args)
    }

    /// A scope with parameters added that nothing fixes (defaults taken): the inside of a function or impl.
    #[must_use]
    pub fn scope_with(&self, scope: &Scope, generics: &Generics) -> Scope {
        let mut inner = scope.clone();
        types::TypeReader::new(self).bind(&mut inner, generics, &[]);
        // What a call fixed stays: `list::<User>`.
        let fixed = scope.params.iter().filter(|(_, ty)| !matches!(ty, Ty::Param(_)));
        for (name, ty) in fixed {
            if let Some(param) = inner.params.get_mut(name) {
                *param = ty.clone();
            }
        }
        inner
    }

    /// The scope inside an impl: its parameters, `Self`, and its associated types (as `Self::Name`).
    #[must_use]
    pub fn impl_scope(&self, module: ModuleId, fact: &ImplFact) -> Scope {
        let plain = Scope { module, params: BTreeMap::new(), self_ty: None };
        let mut scope = self.scope_with(&plain, &fact.generics);
        scope.self_ty = Some(self.ty(&scope, &fact.self_ty));
        for item in &fact.items {
            if let ItemKind::Alias { ty: Some(ty), .. } = &item.kind {
                let ty = self.ty(&scope, ty);
                scope.params.insert(Name::from(format!("Self::{}", item.name)), ty);
            }
        }
        scope
    }

    /// The scope inside an impl for `def`, its parameters fixed by the arguments of the type.
    #[must_use]
    pub fn impl_scope_of(&self, item: &Item, module: ModuleId, def: DefId, args: &[Ty]) -> Option<Scope> {
        let ItemKind::Impl(fact) = &item.kind else { return None };
        let mut scope = self.impl_scope(module, fact);
        if let Some(Ty::Def(_, params)) = &scope.self_ty {
            for (param, arg) in params.clone().iter().zip(args) {
                if let Ty::Param(name) = param {
                    scope.params.insert(name.clone(), arg.clone());
                }
            }
        }
        scope.self_ty = Some(Ty::Def(def, args.to_vec()));
        Some(scope)
    }

    /// Impls of a trait (canonical path, e.g. `serde::Serialize`) for a type defined on this side, hand-written ones
    /// only (derives are attributes): the impl item and the module it stands in.
    #[must_use]
    pub fn impls_of(&self, def: DefId, trait_path: &str) -> Vec<(&Item, ModuleId)> {
        let mut found = self.impls_for(def);
        found.retain(|(item, module)| match &item.kind {
            ItemKind::Impl(fact) => {
                fact.trait_path.as_ref().is_some_and(|path| self.trait_path(*module, path) == trait_path)
            }
            _ => false,
        });
        found
    }

    /// The string value of a const, associated const or literal expression that names text (`concat!`, `format!` of
    /// knowns, const paths); `None` where it is not known.
    #[must_use]
    pub fn text_value(&self, scope: &Scope, tokens: &RawTokens) -> Option<String> {
        self.text_of(scope, tokens)
    }

    /// The place of a position in a module's file.
    #[must_use]
    pub fn place(&self, module: ModuleId, pos: Pos) -> Place {
        let file = self.module(module).map_or_else(|| Arc::from(""), |m| Arc::clone(&m.file));
        Place { file, line: pos.line, column: pos.column }
    }

    /// Canonical path of a module: `my_crate::users`.
    #[must_use]
    pub fn module_path(&self, module: ModuleId) -> &str {
        self.module(module).map_or("", |m| &m.path)
    }

    /// The version under which `module`'s package has the crate of a foreign path: the locked one where only one can be
    /// meant, else the requirement.
    #[must_use]
    pub fn foreign_version(&self, module: ModuleId, path: &str) -> Option<String> {
        let krate = path.split("::").next()?;
        if let Some(unit) = self.followed.get(krate).and_then(|id| self.packages.get(self.krate(*id)?.package)) {
            return unit.package.version.clone();
        }
        let found = self.dependency(module, krate)?;
        let line = found.requirement.as_deref().and_then(version_line);
        let locked = self.locked.get(&found.package).into_iter().flatten();
        let mut meant = locked.filter(|version| line.is_none() || version_line(version) == line);
        match (meant.next(), meant.next()) {
            (Some(only), None) => Some(only.clone()),
            _ => found.requirement.clone(),
        }
    }

    /// Does `module`'s package depend on the crate of this name?
    #[must_use]
    pub fn depends_on(&self, module: ModuleId, krate: &str) -> bool {
        self.followed.contains_key(krate) || self.dependency(module, krate).is_some()
    }

    fn dependency(&self, module: ModuleId, krate: &str) -> Option<&Dependency> {
        let of = self.krate(self.module(module)?.krate)?;
        let unit = self.packages.get(of.package)?;
        // What is looked into is a library of this side, whatever its name.
        let own = |local: &String| matches!(of.externs.get(local.as_str()), Some(table::Extern::Crate(_)));
        let named = |d: &Dependency| foreign::library_name(&d.package.replace('-', "_")) == krate;
        unit.package.dependencies.iter().find(|(local, d)| named(d) && !own(local)).map(|(_, d)| d)
    }

    /// A condition once the selection of features, and that nothing is a test, are taken into account.
    #[must_use]
    pub fn given(&self, module: ModuleId, condition: &Condition) -> Condition {
        let krate = self.module(module).and_then(|m| self.krate(m.krate));
        match krate.and_then(|k| self.packages.get(k.package)) {
            Some(unit) => unit.given(condition),
            None => condition.clone(),
        }
    }

    /// The packages of the tree that were read, by index: name, whether its endpoints were asked for.
    pub fn packages(&self) -> impl Iterator<Item = (usize, &Package, bool)> {
        let own = self.packages.iter().enumerate().filter(|(_, unit)| !unit.followed);
        own.map(|(i, unit)| (i, &unit.package, unit.selected))
    }

    /// This package and those of the tree that it is built with, by index.
    #[must_use]
    pub fn built_with(&self, package: usize) -> BTreeSet<usize> {
        let mut seen = BTreeSet::new();
        let mut queue = vec![package];
        while let Some(index) = queue.pop() {
            let Some(unit) = self.packages.get(index).filter(|_| seen.insert(index)) else { continue };
            let inside: BTreeSet<&str> = unit.package.dependencies.values().filter_map(|d| d.path.as_deref()).collect();
            let of = |(_, other): &(usize, &table::PackageUnit)| inside.contains(other.package.directory.as_str());
            queue.extend(self.packages.iter().enumerate().filter(of).map(|(i, _)| i));
        }
        seen
    }

    /// Does one of these packages turn on a feature of a dependency? Cargo builds a dependency once, with the features
    /// that all ask for.
    #[must_use]
    pub fn turns_on(&self, packages: &BTreeSet<usize>, dependency: &str, feature: &str) -> bool {
        packages.iter().any(|index| self.packages.get(*index).is_some_and(|unit| unit.turns_on(dependency, feature)))
    }

    /// The names of a package's crates.
    #[must_use]
    pub fn names_of(&self, package: usize) -> Vec<String> {
        let names: BTreeSet<&Name> = self.krates.iter().filter(|k| k.package == package).map(|k| &k.name).collect();
        names.into_iter().map(ToString::to_string).collect()
    }

    /// The modules of a package, libraries first.
    #[must_use]
    pub fn modules_of(&self, package: usize) -> Vec<ModuleId> {
        let of = |krate: &table::Krate| krate.package == package;
        let ids = (0_u32..).zip(&self.modules);
        let mut found: Vec<_> = ids
            .filter_map(|(i, module)| {
                let krate = self.krate(module.krate)?;
                of(krate).then_some(((krate.kind == TargetKind::Bin, module.krate), ModuleId(i)))
            })
            .collect();
        found.sort_by_key(|(order, _)| *order);
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// The items of a module in source order, those that macro calls hold behind them; macro calls themselves too.
    #[must_use]
    pub fn items_of(&self, module: ModuleId) -> Vec<(&Item, Option<DefId>)> {
        let items = self.module(module).map_or(&[][..], |m| m.items.as_slice());
        items.iter().filter_map(|item| Some((item.at.find(&self.sources)?, item.def))).collect()
    }

    /// The condition of a module and its parents.
    #[must_use]
    pub fn condition_of(&self, module: ModuleId) -> &Condition {
        static ALWAYS: Condition = Condition::Always;
        self.module(module).map_or(&ALWAYS, |m| &m.condition)
    }

    /// The module around a module, and the `mod` item that opened this one.
    #[must_use]
    pub fn parent_of(&self, module: ModuleId) -> Option<(ModuleId, &Item)> {
        let unit = self.module(module)?;
        Some((unit.parent?, unit.declaration.as_ref()?.find(&self.sources)?))
    }

    /// What could not be read of a package.
    pub fn blind_spots_of(&self, package: usize) -> impl Iterator<Item = &BlindSpot> {
        self.blind_spots.iter().filter(move |spot| spot.package == package).map(|spot| &spot.spot)
    }

    /// What is not read of a package and could hold endpoints, by module.
    #[must_use]
    pub fn unread_of(&self, package: usize) -> BTreeMap<String, Unread> {
        let of_package = self.unread.iter().filter(|((of, _), _)| *of == package);
        of_package.map(|((_, module), unread)| (module.clone(), unread.clone())).collect()
    }

    /// Local names that imports give to an item called `name`.
    #[must_use]
    pub fn renames_of(&self, name: &str) -> BTreeSet<Name> {
        let renamed = |import: &&table::Import| import.leaf.path.last().is_some_and(|last| last == name);
        self.imports.iter().filter(renamed).filter_map(|import| import.leaf.name.clone()).collect()
    }

    /// Types of a package's modules that were asked for and mean something else under another condition: only the
    /// first was read.
    #[must_use]
    pub fn choices_of(&self, package: usize) -> Vec<BlindSpot> {
        let Ok(memo) = self.memo.lock() else { return Vec::new() };
        let of_package = |module: ModuleId| {
            self.module(module).and_then(|m| self.krate(m.krate)).is_some_and(|krate| krate.package == package)
        };
        let mut out = Vec::new();
        for ((module, name), (read, _, condition)) in memo.choices.iter().filter(|((m, _), _)| of_package(*m)) {
            let Resolved::Def(def) = read else { continue };
            let Some(found) = self.def(*def) else { continue };
            if !matches!(
                found.item.kind,
                ItemKind::Struct { .. } | ItemKind::Enum { .. } | ItemKind::Union { .. } | ItemKind::Alias { .. }
            ) {
                continue;
            }
            out.push(BlindSpot {
                kind: BlindSpotKind::UnresolvedName,
                place: Some(self.place(found.module, found.item.pos)),
                detail: format!(
                    "`{}::{name}` is something else under `{condition}`: only `{}` was read",
                    self.module_path(*module),
                    found.path
                ),
                hides: None,
            });
        }
        out
    }

    /// Names of types that derives make beside the type that they stand on, as `find` tells it of each: asked once.
    pub(crate) fn made_beside(&self, find: impl Fn(DefRef<'_>) -> Option<String>) -> &BTreeSet<String> {
        self.made_beside.get_or_init(|| (0..).map_while(|id| self.def(DefId(id))).filter_map(find).collect())
    }

    /// Forgets answers that later items may change.
    fn forget(&mut self) {
        self.memo = Mutex::default();
        self.codes = code::Codes::default();
        self.impl_index = OnceLock::new();
        self.made_beside = OnceLock::new();
    }

    /// Does this file's text already surround the module?
    fn is_inside_file(&self, module: ModuleId, file: &str) -> bool {
        let mut at = self.module(module).and_then(|m| m.parent);
        while let Some(outer) = at.and_then(|id| self.module(id)) {
            if *outer.file == *file {
                return true;
            }
            at = outer.parent;
        }
        false
    }

    /// Remembers what a text was that is not read; of several in one module the order does not count.
    fn leave_unread(&mut self, module: ModuleId, file: &Arc<str>, pos: Pos, hash: u64) {
        let package = self.module(module).and_then(|m| self.krate(m.krate)).map_or(usize::MAX, |k| k.package);
        let place = Place { file: Arc::clone(file), line: pos.line, column: pos.column };
        let key = (package, self.module_path(module).to_owned());
        let unread = self.unread.entry(key).or_insert(Unread { hash: 0, place: place.clone() });
        unread.hash = unread.hash.wrapping_add(hash);
        if place < unread.place {
            unread.place = place;
        }
    }

    fn blind(&mut self, module: ModuleId, kind: BlindSpotKind, file: &Arc<str>, pos: Pos, detail: String, hides: bool) {
        let package = self.module(module).and_then(|m| self.krate(m.krate)).map_or(usize::MAX, |k| k.package);
        let place = Some(Place { file: Arc::clone(file), line: pos.line, column: pos.column });
        if let Some(unit) = self.modules.get_mut(module.0 as usize) {
            unit.blind = true;
        }
        let hides = hides.then(|| self.module_path(module).to_owned());
        self.blind_spots.push(table::PackageBlindSpot { package, spot: BlindSpot { kind, place, detail, hides } });
    }
}
