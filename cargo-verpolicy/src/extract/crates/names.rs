//! What a path names: explicit names, globs, `pub use` chains, extern crates, the prelude. Memoised; cycles end.

use super::table::{Entry, Extern, Import, ItemRef, MACRO, Module, Reach, TYPE, VALUE, What, members};
use super::{CrateId, Crates, DefId, ModuleId, Namespace, Resolved, foreign, globs};
use crate::model::Condition;
use crate::syntax::facts::{ItemKind, Name, RawTokens};
use foldhash::HashMap;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// How many lookups one question may cost; beyond that the name counts as unresolved.
const FUEL: u32 = 50_000;
/// How deep imports may lead through one another.
const MAX_DEPTH: usize = 200;

/// How many things an import may lead to, each under another condition, and through how many imports.
const MAX_CHOICES: usize = 16;
const MAX_CHOICE_DEPTH: usize = 8;

/// A name in a module.
type Key = (ModuleId, Name, u8);

/// What a name in a module stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bound {
    /// What it names for sure.
    pub(crate) what: Resolved,
    /// From where it can be seen.
    reach: Reach,
    /// When nothing is sure: modules of other crates that a glob brings in.
    globs: Vec<Arc<str>>,
}

impl Bound {
    fn nothing() -> Self {
        Self { what: Resolved::Unresolved, reach: Reach::Public, globs: Vec::new() }
    }
}

/// Answers that were given before.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    names: HashMap<Key, Bound>,
    globs: HashMap<u32, Resolved>,
    /// Names that mean something else under another condition: what was read, what was not, and under which condition.
    pub(crate) choices: BTreeMap<(ModuleId, Name), (Resolved, Resolved, Condition)>,
}

/// One question and all that follow from it.
pub(crate) struct Query<'a> {
    crates: &'a Crates,
    memo: &'a Mutex<Memo>,
    stack: Vec<Frame>,
    /// Keys that came out empty because a frame of the stack was met again, and which frame that was.
    cut: HashMap<Key, usize>,
    fuel: u32,
    /// Under which condition the first name of the path is met.
    under: Condition,
}

#[derive(Debug, PartialEq)]
enum Frame {
    Name(Key),
    Glob(u32),
}

/// An answer, and the lowest frame of the stack it waits for.
type Answer<T> = (T, usize);
const COMPLETE: usize = usize::MAX;

/// The bit of a namespace.
pub(crate) fn bit(namespace: Namespace) -> u8 {
    match namespace {
        Namespace::Type => TYPE,
        Namespace::Value => VALUE,
        Namespace::Macro => MACRO,
    }
}

impl<'a> Query<'a> {
    pub(crate) fn new(crates: &'a Crates) -> Self {
        Self {
            crates,
            memo: &crates.memo,
            stack: Vec::new(),
            cut: HashMap::default(),
            fuel: FUEL,
            under: Condition::Always,
        }
    }

    /// The same where this holds too.
    pub(crate) fn under(crates: &'a Crates, under: Condition) -> Self {
        Self { under, ..Self::new(crates) }
    }

    /// What a path names. `import`: it stands in a `use`.
    pub(crate) fn path(&mut self, module: ModuleId, global: bool, segments: &[Name], ns: u8, import: bool) -> Resolved {
        match self.chosen_here(module, global, segments, ns) {
            Some((first, rest)) => self.from(first, rest, ns, import.then_some(module)).0,
            None => self.path_answer(module, global, segments, ns, import).0,
        }
    }

    fn path_answer(
        &mut self,
        module: ModuleId,
        global: bool,
        segments: &[Name],
        ns: u8,
        import: bool,
    ) -> Answer<Resolved> {
        let crates = self.crates;
        let Some(unit) = crates.module(module) else { return (Resolved::Unresolved, COMPLETE) };
        let Some((first, rest)) = segments.split_first() else { return (Resolved::Unresolved, COMPLETE) };
        let ns_of = |rest: &[Name]| if rest.is_empty() { ns } else { TYPE };
        let edition_2015 = crates.krate(unit.krate).is_some_and(|k| k.edition_2015);
        let root = crates.krate(unit.krate).map_or(module, |k| k.root);
        let mut low = COMPLETE;
        let at = match first.as_str() {
            "crate" | "$crate" if !global => Resolved::Module(root),
            "self" if !global => Resolved::Module(crates.around_blocks(module)),
            "super" if !global => {
                let above = crates.module(crates.around_blocks(module)).and_then(|around| around.parent);
                above.map_or(Resolved::Unresolved, Resolved::Module)
            }
            "Self" => Resolved::Unresolved,
            _ if edition_2015 && (global || import) => {
                let (bound, at_low) = self.name(root, first, ns_of(rest));
                low = low.min(at_low);
                match bound.what {
                    Resolved::Unresolved => self.extern_crate(unit.krate, first),
                    found => found,
                }
            }
            _ if global => self.extern_crate(unit.krate, first),
            _ => {
                let (found, at_low) = self.first(module, unit, first, ns_of(rest), !rest.is_empty());
                low = low.min(at_low);
                found
            }
        };
        let (at, at_low) = self.from(at, rest, ns, import.then_some(module));
        (at, low.min(at_low))
    }

    /// The rest of a path. Of what an import ends at it takes what its module can see.
    fn from(&mut self, mut at: Resolved, mut rest: &[Name], ns: u8, importer: Option<ModuleId>) -> Answer<Resolved> {
        let mut low = COMPLETE;
        while let Some((segment, tail)) = rest.split_first() {
            let viewer = importer.filter(|_| tail.is_empty());
            let (next, at_low) = self.step(at, segment, if tail.is_empty() { ns } else { TYPE }, viewer);
            low = low.min(at_low);
            at = next;
            rest = tail;
        }
        if let Resolved::Foreign(path) = &at {
            let full = foreign::canonical(path);
            if full != *path {
                at = Resolved::Foreign(full);
            }
        }
        (at, low)
    }

    /// A first segment: the module's names, extern crates, primitives and prelude, foreign globs.
    fn first(&mut self, module: ModuleId, unit: &Module, name: &Name, ns: u8, more: bool) -> Answer<Resolved> {
        let edition_2015 = self.crates.krate(unit.krate).is_some_and(|k| k.edition_2015);
        let (bound, low) = self.name(module, name, ns);
        if bound.what != Resolved::Unresolved {
            return (bound.what, low);
        }
        if let Some(path) = bound.globs.iter().find(|path| globs::glob_binds(path, name)) {
            return (Resolved::Foreign(format!("{path}::{name}")), low);
        }
        if ns == TYPE {
            let found = self.extern_crate(unit.krate, name);
            if found != Resolved::Unresolved {
                return (found, low);
            }
            if foreign::is_primitive(name) {
                return (Resolved::Primitive(name.clone()), low);
            }
        }
        if ns != MACRO
            && let Some(full) = foreign::prelude(name, edition_2015)
        {
            return (Resolved::Foreign(full.to_owned()), low);
        }
        let found = match only_glob(&bound.globs, name, ns) {
            Resolved::Unresolved if more && ns == TYPE && bound.globs.is_empty() => unlisted(unit, name),
            found => found,
        };
        (found, low)
    }

    fn extern_crate(&self, krate: CrateId, name: &Name) -> Resolved {
        let found = self.crates.krate(krate).and_then(|k| k.externs.get(name));
        match found {
            Some(Extern::Crate(id)) => {
                self.crates.krate(*id).map_or(Resolved::Unresolved, |k| Resolved::Module(k.root))
            }
            Some(Extern::Foreign(canonical)) => Resolved::Foreign(canonical.to_string()),
            None => Resolved::Unresolved,
        }
    }

    /// Is it a function under an attribute?
    fn is_attributed(&self, found: &Resolved) -> bool {
        let Resolved::Def(def) = found else { return false };
        self.crates.def(*def).is_some_and(|def| matches!(def.item.kind, ItemKind::Fn(_)) && !def.item.attrs.is_empty())
    }

    /// One segment further; what `viewer` cannot see is not there.
    fn step(&mut self, at: Resolved, segment: &Name, ns: u8, viewer: Option<ModuleId>) -> Answer<Resolved> {
        match at {
            Resolved::Module(module) if segment == "super" => (
                self.crates.module(module).and_then(|m| m.parent).map_or(Resolved::Unresolved, Resolved::Module),
                COMPLETE,
            ),
            Resolved::Module(module) if segment == "self" => (Resolved::Module(module), COMPLETE),
            Resolved::Module(module) => {
                let (bound, low) = self.name(module, segment, ns);
                let what = match bound.what {
                    // What an attribute makes of a private function may be public: actix-web's handlers are.
                    found if self.is_attributed(&found) => found,
                    _ if viewer.is_some_and(|viewer| !self.crates.sees(viewer, bound.reach)) => Resolved::Unresolved,
                    Resolved::Unresolved => only_glob(&bound.globs, segment, ns),
                    found => found,
                };
                (what, low)
            }
            Resolved::Def(def) => (self.member(def, segment, 0), COMPLETE),
            Resolved::Foreign(path) if ns & MACRO == 0 && foreign::is_macro(&path, segment) => {
                (Resolved::Unresolved, COMPLETE)
            }
            Resolved::Foreign(path) => (Resolved::Foreign(format!("{path}::{segment}")), COMPLETE),
            Resolved::Primitive(name) => (Resolved::Foreign(format!("std::primitive::{name}::{segment}")), COMPLETE),
            Resolved::Member(..) | Resolved::Unresolved => (Resolved::Unresolved, COMPLETE),
        }
    }

    /// A variant or associated item of a definition; aliases lead to what they stand for.
    fn member(&mut self, def: DefId, name: &Name, depth: usize) -> Resolved {
        let crates = self.crates;
        let Some(found) = crates.def(def) else { return Resolved::Unresolved };
        let ItemKind::Alias { ty: Some(ty), .. } = &found.item.kind else {
            return match &found.item.kind {
                ItemKind::Fn(_) | ItemKind::Const { .. } | ItemKind::Static { .. } | ItemKind::MacroRules(_) => {
                    Resolved::Unresolved
                }
                _ => Resolved::Member(def, name.clone()),
            };
        };
        let crate::syntax::facts::Type::Path { qself: None, path } = ty else {
            return Resolved::Member(def, name.clone());
        };
        if depth > 16 || self.stack.len() > MAX_DEPTH {
            return Resolved::Unresolved;
        }
        let segments: Vec<Name> = path.segments.iter().map(|s| s.name.clone()).collect();
        match self.path(found.module, path.global, &segments, TYPE, false) {
            Resolved::Def(target) if target != def => self.member(target, name, depth + 1),
            Resolved::Foreign(path) => Resolved::Foreign(foreign::canonical(&format!("{path}::{name}"))),
            _ => Resolved::Member(def, name.clone()),
        }
    }

    /// A name in a module, without extern crates and prelude.
    fn name(&mut self, module: ModuleId, name: &Name, ns: u8) -> Answer<Bound> {
        let key = (module, name.clone(), ns);
        if let Ok(memo) = self.memo.lock()
            && let Some(bound) = memo.names.get(&key)
        {
            return (bound.clone(), COMPLETE);
        }
        if let Some(low) = self.cut.get(&key) {
            return (Bound::nothing(), *low);
        }
        let frame = Frame::Name(key.clone());
        if let Some(index) = self.stack.iter().position(|f| *f == frame) {
            return (Bound::nothing(), index);
        }
        if self.fuel == 0 || self.stack.len() > MAX_DEPTH {
            return (Bound::nothing(), 0);
        }
        self.fuel -= 1;
        let index = self.stack.len();
        self.stack.push(frame);
        let (bound, low) = self.name_fresh(module, name, ns);
        self.stack.pop();
        self.cut.retain(|_, low| *low < index);
        let found = bound.what != Resolved::Unresolved;
        if found || low >= index {
            if let Ok(mut memo) = self.memo.lock() {
                memo.names.insert(key, bound.clone());
            }
            return (bound, COMPLETE);
        }
        self.cut.insert(key, low);
        (bound, low)
    }

    fn name_fresh(&mut self, module: ModuleId, name: &Name, ns: u8) -> Answer<Bound> {
        let crates = self.crates;
        let Some(unit) = crates.module(module) else { return (Bound::nothing(), COMPLETE) };
        let mut low = COMPLETE;
        if let Some(entries) = unit.names.get(name) {
            let (bound, at_low) = self.explicit((module, unit), name, entries, ns, &Condition::Always);
            low = low.min(at_low);
            let nowhere = |names: &mut Self, low: &mut usize| {
                let imports = entries.iter().filter(|entry| !entry.condition.excludes(&unit.condition));
                imports.filter_map(|entry| entry.what.import()).any(|index| names.leads_nowhere(index, low))
            };
            match bound {
                Some(bound) => return (bound, low),
                // It hides what globs bring in.
                None if nowhere(self, &mut low) => return (Bound::nothing(), low),
                None => {}
            }
        }
        let mut globs: Vec<Arc<str>> = Vec::new();
        for index in &unit.globs {
            let Some(import) = crates.imports.get(*index as usize) else { continue };
            if import.condition.excludes(&unit.condition) {
                continue;
            }
            let (target, at_low) = self.glob_target(*index, import);
            low = low.min(at_low);
            match target {
                Resolved::Module(target) if target != module => {
                    let (bound, at_low) = self.name(target, name, ns);
                    low = low.min(at_low);
                    if bound.what != Resolved::Unresolved && crates.sees(module, bound.reach) {
                        return (Bound { reach: import.reach, ..bound }, low);
                    }
                    for path in bound.globs {
                        push_new(&mut globs, path);
                    }
                }
                Resolved::Def(def) if ns != MACRO && crates.has_variant(def, name) => {
                    let what = Resolved::Member(def, name.clone());
                    return (Bound { what, reach: import.reach, globs: Vec::new() }, low);
                }
                Resolved::Foreign(path) => push_new(&mut globs, Arc::from(path)),
                _ => {}
            }
        }
        if let Some(around) = unit.parent.filter(|_| unit.is_block) {
            let (bound, at_low) = self.name(around, name, ns);
            low = low.min(at_low);
            if bound.what != Resolved::Unresolved {
                return (bound, low);
            }
            for path in bound.globs {
                push_new(&mut globs, path);
            }
        }
        (Bound { globs, ..Bound::nothing() }, low)
    }

    /// Of several things that the first name of a path stands for, the one of the condition under which it is met, and the
    /// rest of the path.
    fn chosen_here<'s>(
        &mut self,
        module: ModuleId,
        global: bool,
        segments: &'s [Name],
        ns: u8,
    ) -> Option<(Resolved, &'s [Name])> {
        let under = std::mem::take(&mut self.under);
        let (first, rest) = segments.split_first().filter(|_| !global && under != Condition::Always)?;
        let unit = self.crates.module(module)?;
        let entries = unit.names.get(first).filter(|entries| entries.len() > 1)?;
        let ns = if rest.is_empty() { ns } else { TYPE };
        let (bound, _) = self.explicit((module, unit), first, entries, ns, &under);
        Some((bound?.what, rest))
    }

    /// The entry that holds in this module and under this condition: what only a flag of a build turns on comes last,
    /// items of this side before imports that lead abroad, then source order.
    fn explicit(
        &mut self,
        (module, unit): (ModuleId, &Module),
        name: &Name,
        entries: &[Entry],
        ns: u8,
        under: &Condition,
    ) -> Answer<Option<Bound>> {
        let mut low = COMPLETE;
        let mut best: Option<(Bound, &Entry)> = None;
        let several = entries.len() > 1;
        let rare = |entry: &&Entry| several && entry.condition.needs(&Condition::is_custom).is_some();
        let package = self.crates.krate(unit.krate).and_then(|krate| self.crates.packages.get(krate.package));
        let usual = |entry: &Entry| package.is_none_or(|package| package.is_usual(&entry.condition));
        let ordered = entries.iter().filter(|e| !rare(e)).chain(entries.iter().filter(rare));
        for entry in ordered.filter(|e| e.namespaces & ns != 0) {
            if several && (entry.condition.excludes(&unit.condition) || entry.condition.excludes(under)) {
                continue;
            }
            let settled = best.is_some() && rare(&entry);
            let what = match entry.what {
                What::Def(def) => Resolved::Def(def),
                What::Module(module) => Resolved::Module(module),
                What::Import(index) => {
                    let (what, at_low) = self.import(index, ns);
                    low = low.min(at_low);
                    what
                }
            };
            let abroad = |what: &Resolved| matches!(what, Resolved::Foreign(_));
            match &best {
                _ if what == Resolved::Unresolved => {}
                Some((found, _)) if abroad(&found.what) && (settled || abroad(&what)) => {}
                // What stands in for another crate's where a feature is off.
                Some((found, first)) if abroad(&found.what) && usual(first) && !usual(entry) => {}
                Some((found, first)) if !abroad(&found.what) && abroad(&what) && !usual(first) && usual(entry) => {
                    best = Some((Bound { what, reach: entry.reach, globs: Vec::new() }, entry));
                }
                Some((found, first)) if !abroad(&found.what) => {
                    if !abroad(&what) && what != found.what && first.condition.excludes(&entry.condition) {
                        self.chosen(module, name, (found.what.clone(), what, entry.condition.clone()));
                    }
                }
                _ => best = Some((Bound { what, reach: entry.reach, globs: Vec::new() }, entry)),
            }
            if !several {
                break;
            }
        }
        (best.map(|(bound, _)| bound), low)
    }

    /// Remembers that a name was read under one of several conditions.
    fn chosen(&self, module: ModuleId, name: &Name, choice: (Resolved, Resolved, Condition)) {
        if let Ok(mut memo) = self.memo.lock() {
            memo.choices.entry((module, name.clone())).or_insert(choice);
        }
    }

    pub(crate) fn import(&mut self, index: u32, ns: u8) -> Answer<Resolved> {
        let crates = self.crates;
        let Some(import) = crates.imports.get(index as usize) else { return (Resolved::Unresolved, COMPLETE) };
        if import.extern_crate {
            return (self.extern_item(import), COMPLETE);
        }
        let leaf = &import.leaf;
        if let ([first, _, ..], Some(name)) = (leaf.path.as_slice(), &leaf.name)
            && first == name
            && !leaf.global
            && let Some(unit) = crates.module(import.module)
        {
            // `use a::a;` looks for the first `a` elsewhere than in itself.
            let others = unit.names.get(name).into_iter().flatten();
            let local = others.filter(|e| e.namespaces & TYPE != 0 && e.what != What::Import(index)).count();
            if local == 0
                && let found @ (Resolved::Module(_) | Resolved::Foreign(_)) = self.extern_crate(unit.krate, first)
            {
                return self.from(found, leaf.path.get(1..).unwrap_or_default(), ns, Some(import.module));
            }
        }
        self.path_answer(import.module, leaf.global, &leaf.path, ns, true)
    }

    /// Is nothing known of what an import names: a macro that is not read makes it?
    fn leads_nowhere(&mut self, index: u32, low: &mut usize) -> bool {
        [TYPE, VALUE, MACRO].into_iter().all(|ns| {
            let (what, at_low) = self.import(index, ns);
            *low = (*low).min(at_low);
            what == Resolved::Unresolved
        })
    }

    /// All that an import leads to, each under its condition: more than one where a name on its way is defined under
    /// several conditions.
    pub(crate) fn choices(&mut self, index: u32, ns: u8) -> Vec<(Resolved, Condition)> {
        let mut out = self.branches(index, ns, 0);
        if out.len() < 2 {
            out = vec![(self.import(index, ns).0, Condition::Always)];
        }
        out
    }

    /// The same of what a glob opens.
    pub(crate) fn glob_choices(&mut self, index: u32, import: &Import) -> Vec<(Resolved, Condition)> {
        let mut out = self.branches(index, TYPE, 0);
        if out.len() < 2 {
            out = vec![(self.glob_target(index, import).0, Condition::Always)];
        }
        out
    }

    /// What an import leads to through the names of this side, one answer for each way; nothing where it begins
    /// elsewhere, or where there are too many.
    fn branches(&mut self, index: u32, ns: u8, depth: usize) -> Vec<(Resolved, Condition)> {
        let crates = self.crates;
        let Some(import) = crates.imports.get(index as usize).filter(|import| !import.extern_crate) else {
            return Vec::new();
        };
        let leaf = &import.leaf;
        let start = leaf.path.first().map_or("", Name::as_str);
        let is_own = matches!(start, "crate" | "self" | "super")
            || crates.module(import.module).is_some_and(|unit| unit.names.contains_key(start));
        if leaf.global || !is_own || depth > MAX_CHOICE_DEPTH {
            return Vec::new();
        }
        let (first, rest) = match start {
            "crate" | "self" | "super" => leaf.path.split_at(1),
            _ => leaf.path.split_at(0),
        };
        let at = match first {
            [] => Resolved::Module(import.module),
            first => self.path_answer(import.module, false, first, TYPE, true).0,
        };
        let mut ways = vec![(at, Condition::Always)];
        for (n, segment) in rest.iter().enumerate() {
            let is_last = n + 1 == rest.len();
            let (ns, viewer) = (if is_last { ns } else { TYPE }, is_last.then_some(import.module));
            let mut next = Vec::new();
            for (at, condition) in ways {
                for (found, own) in self.ways(at, segment, (ns, viewer), (index, depth)) {
                    let condition = condition.clone().and(own);
                    if found != Resolved::Unresolved && condition != Condition::Never {
                        next.push((found, condition));
                    }
                }
            }
            if next.len() > MAX_CHOICES {
                return Vec::new();
            }
            ways = next;
        }
        ways
    }

    /// One segment further, as [`Query::step`], once for each entry that the module has for it.
    fn ways(
        &mut self,
        at: Resolved,
        segment: &Name,
        (ns, viewer): (u8, Option<ModuleId>),
        (index, depth): (u32, usize),
    ) -> Vec<(Resolved, Condition)> {
        let crates = self.crates;
        let Resolved::Module(id) = &at else { return vec![(self.step(at, segment, ns, viewer).0, Condition::Always)] };
        let Some(unit) = crates.module(*id) else { return Vec::new() };
        let of_here = |entry: &&Entry| {
            entry.namespaces & ns != 0
                && entry.what != What::Import(index)
                && !entry.condition.excludes(&unit.condition)
        };
        let entries: Vec<&Entry> = unit.names.get(segment).into_iter().flatten().filter(of_here).collect();
        let mut out = Vec::new();
        for entry in &entries {
            let what = match entry.what {
                What::Def(def) => vec![(Resolved::Def(def), Condition::Always)],
                What::Module(module) => vec![(Resolved::Module(module), Condition::Always)],
                What::Import(index) => self.branches(index, ns, depth + 1),
            };
            let what = match (what.is_empty(), entry.what) {
                (true, What::Import(index)) => vec![(self.import(index, ns).0, Condition::Always)],
                _ => what,
            };
            if viewer.is_some_and(|viewer| !crates.sees(viewer, entry.reach)) {
                continue;
            }
            out.extend(what.into_iter().map(|(found, own)| (found, entry.condition.clone().and(own))));
        }
        out.retain(|(found, _)| *found != Resolved::Unresolved);
        match out.as_slice() {
            [] => vec![(self.step(at, segment, ns, viewer).0, Condition::Always)],
            [(_, _)] if entries.len() == 1 => out.into_iter().map(|(found, _)| (found, Condition::Always)).collect(),
            _ => out,
        }
    }

    fn extern_item(&self, import: &Import) -> Resolved {
        let Some(name) = import.leaf.path.first() else { return Resolved::Unresolved };
        let krate = self.crates.module(import.module).map(|m| m.krate);
        match krate {
            Some(krate) if name == "self" => {
                self.crates.krate(krate).map_or(Resolved::Unresolved, |k| Resolved::Module(k.root))
            }
            Some(krate) => match self.extern_crate(krate, name) {
                Resolved::Unresolved => Resolved::Foreign(foreign::library_name(name).to_owned()),
                found => found,
            },
            None => Resolved::Unresolved,
        }
    }

    /// What a glob opens.
    pub(crate) fn glob_target(&mut self, index: u32, import: &Import) -> Answer<Resolved> {
        if let Ok(memo) = self.memo.lock()
            && let Some(target) = memo.globs.get(&index)
        {
            return (target.clone(), COMPLETE);
        }
        let frame = Frame::Glob(index);
        if let Some(at) = self.stack.iter().position(|f| *f == frame) {
            return (Resolved::Unresolved, at);
        }
        let at = self.stack.len();
        self.stack.push(frame);
        let leaf = &import.leaf;
        let (target, low) = match leaf.path.is_empty() {
            true => (self.root_of(import.module), COMPLETE),
            false => self.path_answer(import.module, leaf.global, &leaf.path, TYPE, true),
        };
        self.stack.pop();
        self.cut.retain(|_, low| *low < at);
        if target != Resolved::Unresolved || low >= at {
            if let Ok(mut memo) = self.memo.lock() {
                memo.globs.insert(index, target.clone());
            }
            return (target, COMPLETE);
        }
        (target, low)
    }

    /// `use ::*;` of the 2015 edition.
    fn root_of(&self, module: ModuleId) -> Resolved {
        let krate = self.crates.module(module).and_then(|m| self.crates.krate(m.krate));
        krate.map_or(Resolved::Unresolved, |k| Resolved::Module(k.root))
    }
}

/// A crate that is called otherwise than its package: the first segment of a longer path, where no macro call of the
/// module can have made something of that name.
fn unlisted(unit: &Module, name: &Name) -> Resolved {
    let like_a_crate = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if like_a_crate && !unit.blind { Resolved::Foreign(name.to_string()) } else { Resolved::Unresolved }
}

fn push_new(globs: &mut Vec<Arc<str>>, path: Arc<str>) {
    if !globs.contains(&path) {
        globs.push(path);
    }
}

/// The name out of the one glob that is known to bind it, or of the only one there is. A macro's name must be known:
/// helper attributes stand in no module.
fn only_glob(globs: &[Arc<str>], name: &Name, ns: u8) -> Resolved {
    let path = match globs {
        [path] if ns != MACRO => Some(path),
        globs => globs.iter().find(|path| globs::glob_binds(path, name)),
    };
    path.map_or(Resolved::Unresolved, |path| Resolved::Foreign(foreign::canonical(&format!("{path}::{name}"))))
}

impl Crates {
    pub(crate) fn module(&self, id: ModuleId) -> Option<&Module> {
        self.modules.get(id.0 as usize)
    }

    pub(crate) fn krate(&self, id: CrateId) -> Option<&super::table::Krate> {
        self.krates.get(id.0 as usize)
    }

    /// The module that a block stands in; any other module itself.
    pub(super) fn around_blocks(&self, module: ModuleId) -> ModuleId {
        let mut at = module;
        while let Some(parent) = self.module(at).filter(|unit| unit.is_block).and_then(|unit| unit.parent) {
            at = parent;
        }
        at
    }

    /// Can `module` see what reaches this far?
    fn sees(&self, module: ModuleId, reach: Reach) -> bool {
        let Reach::Within(within) = reach else { return true };
        let mut at = Some(module);
        while let Some(id) = at {
            if id == within {
                return true;
            }
            at = self.module(id).and_then(|m| m.parent);
        }
        false
    }

    fn has_variant(&self, def: DefId, name: &Name) -> bool {
        match self.def(def).map(|d| &d.item.kind) {
            Some(ItemKind::Enum { variants, .. }) => variants.iter().any(|v| v.name == *name),
            _ => false,
        }
    }

    /// A `macro_rules!` of this name that a bare call in `module` may mean: its own, one of its parents', else one of
    /// the crate (`#[macro_use]`).
    pub(crate) fn textual_macro(&self, module: ModuleId, name: &Name) -> Option<DefId> {
        let candidates = self.krate(self.module(module)?.krate)?.textual.get(name)?;
        self.textual_macros(module, name, None).first().or(candidates.first()).copied()
    }

    /// The `macro_rules!` that a call at this place means: the last of the name before it, and before that those that
    /// stand there under conditions which exclude this one; each with its condition.
    pub(crate) fn macros_for(&self, module: ModuleId, path: &[Name], at: &ItemRef) -> Vec<(DefId, Condition)> {
        let textual = match path {
            [name] => self.textual_macros(module, name, Some(at)),
            _ => Vec::new(),
        };
        let Some((last, before)) = textual.split_first() else {
            return match self.resolve_names(module, false, path, Namespace::Macro) {
                Resolved::Def(def) => match self.def(def).map(|found| &found.item.kind) {
                    Some(ItemKind::MacroRules(_)) => vec![(def, Condition::Always)],
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            };
        };
        let condition = |def: &DefId| self.defs.get(def.0 as usize).map(|d| d.condition.clone()).unwrap_or_default();
        let mut found = vec![(*last, condition(last))];
        for def in before {
            let own = condition(def);
            if found.iter().all(|(_, other)| other.excludes(&own)) {
                found.push((*def, own));
            }
        }
        if let [(_, alone)] = found.as_mut_slice() {
            *alone = Condition::Always;
        }
        found
    }

    /// The `macro_rules!` that a call in a body of `module` names, and how that body names the crate that it stands in.
    pub(crate) fn macro_in_body(&self, module: ModuleId, path: &[Name]) -> Option<(&RawTokens, String)> {
        let textual = match path {
            [name] => self.textual_macros(module, name, None).first().copied(),
            _ => None,
        };
        let def = textual.or_else(|| match self.resolve_names(module, false, path, Namespace::Macro) {
            Resolved::Def(def) => Some(def),
            _ => None,
        })?;
        let found = self.def(def)?;
        let ItemKind::MacroRules(rules) = &found.item.kind else { return None };
        let krate = |module: ModuleId| self.module_path(module).split("::").next().unwrap_or_default();
        let (here, there) = (krate(module), krate(found.module));
        Some((rules, if here == there { "crate".to_owned() } else { format!("::{there}") }))
    }

    /// The `macro_rules!` of a name in the nearest module around that has some, the last before `at` first.
    fn textual_macros(&self, module: ModuleId, name: &Name, at: Option<&ItemRef>) -> Vec<DefId> {
        let candidates = self.module(module).and_then(|m| self.krate(m.krate)).and_then(|k| k.textual.get(name));
        let mut around = Some(module);
        while let (Some(id), Some(candidates)) = (around, candidates) {
            let stands = |def: &&DefId| self.defs.get(def.0 as usize).is_some_and(|d| d.module == id);
            let here: Vec<DefId> = candidates.iter().rev().filter(stands).copied().collect();
            let behind = |def: &DefId| {
                at.is_some_and(|at| {
                    let found = self.defs.get(def.0 as usize).map(|d| &d.at);
                    found.is_some_and(|found| found.source == at.source && found.steps > at.steps)
                })
            };
            let before: Vec<DefId> = here.iter().filter(|def| !behind(def)).copied().collect();
            if !before.is_empty() {
                return before;
            }
            around = self.module(id).and_then(|m| m.parent);
        }
        Vec::new()
    }

    /// How many macros of this side were met.
    pub(crate) fn macro_count(&self) -> usize {
        self.krates.iter().flat_map(|krate| krate.textual.values()).map(Vec::len).sum()
    }

    /// The members of an impl, trait, module or extern block.
    #[must_use]
    pub fn members<'a>(&self, item: &'a crate::syntax::facts::Item) -> &'a [crate::syntax::facts::Item] {
        members(item)
    }
}
