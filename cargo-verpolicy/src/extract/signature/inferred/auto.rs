//! `Send`, `Sync`, `Unpin`, the unwind traits and `Sized`, from fields.

use super::super::form::inside;
use super::super::normal::{Normal, bare_object};
use super::super::standard::is_standard_object;
use super::{Arg, MAX_DEPTH, MAX_NODES, Scope, Surroundings, inner_scope, own_scope, parts, standard, type_args};
use crate::extract::crates::{DefId, Namespace, Resolved};
use crate::model::{Form, Inferred};
use crate::syntax::facts::{Bound, GenericParam, Generics, ItemKind, Name, Path, Predicate, Type};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) const SEND: usize = 0;
pub(super) const SYNC: usize = 1;
pub(super) const UNPIN: usize = 2;
pub(super) const UNWIND_SAFE: usize = 3;
pub(super) const REF_UNWIND_SAFE: usize = 4;
pub(super) const SIZED: usize = 5;
const NAMES: [&str; 6] = ["Send", "Sync", "Unpin", "UnwindSafe", "RefUnwindSafe", "Sized"];

/// Among what is asked: the trait is implemented by hand, as the implementation says itself.
const BY_HAND: &str = "by hand";

/// For each trait that a part may lack, which of the whole go with it, as bits.
pub(super) type Need = [u8; 6];

/// The whole lacks what the part lacks.
const SAME: Need = [1, 2, 4, 8, 16, 32];

/// What was found of types without parameters.
pub(super) type Memo = HashMap<DefId, Found>;

/// What fields say.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// By trait, the type that stands in its way.
    lacks: BTreeMap<usize, String>,
    /// `Send: T0: Send`.
    asks: BTreeSet<(usize, String)>,
    /// Types of which nothing is known, and for which traits.
    unknown: BTreeMap<String, u8>,
}

/// What is inferred of a type, its own implementations aside.
pub(super) fn of(around: Surroundings<'_>, memo: &mut Memo, def: DefId) -> Inferred {
    let mut walk = Walk { around, memo, out: Found::default(), stack: Vec::new(), nodes: 0 };
    walk.top(def);
    let Found { lacks, asks, unknown } = walk.out;
    let asks = asks.into_iter().filter(|(of, _)| !lacks.contains_key(of));
    Inferred {
        lacks: lacks.iter().filter_map(|(of, why)| Some(((*NAMES.get(*of)?).to_owned(), why.clone()))).collect(),
        asks: asks.filter_map(|(of, asks)| Some(format!("{}: {asks}", NAMES.get(of)?))).collect(),
        unknown: unknown.into_keys().collect(),
        variance: Vec::new(),
    }
}

struct Walk<'a, 'm> {
    around: Surroundings<'a>,
    memo: &'m mut Memo,
    out: Found,
    stack: Vec<DefId>,
    nodes: u32,
}

/// What the names of a scope stand for, as texts.
fn texts(around: Surroundings<'_>, scope: &Scope<'_>, depth: usize) -> BTreeMap<Name, String> {
    let mut out = BTreeMap::new();
    for (name, arg) in scope.names.iter().filter(|_| depth < MAX_DEPTH) {
        let text = match arg {
            Arg::Own(position) => format!("T{position}"),
            Arg::Type(ty, outer) => {
                let mut normal = Normal::new(around, outer.module);
                normal.params = texts(around, outer, depth + 1);
                normal.ty(ty)
            }
            Arg::Nothing => continue,
        };
        out.insert(name.clone(), text);
    }
    out
}

impl<'a> Walk<'a, '_> {
    fn top(&mut self, def: DefId) {
        let Some(found) = self.around.crates.def(def) else { return };
        let Some((generics, _)) = parts(&found.item.kind) else { return };
        let scope = own_scope(found.module, generics);
        let mut need = SAME;
        for (of, bits) in need.iter_mut().enumerate() {
            match self.explicit(def, of) {
                Some(true) => {
                    *bits = 0;
                    self.asked_by_hand(def, of);
                }
                Some(false) => {
                    *bits = 0;
                    self.lack(of, SAME, "`impl !Trait`");
                }
                None => {}
            }
        }
        self.stack.push(def);
        self.fields(def, &scope, need);
        self.stack.pop();
        // What the type asks of its parameters anyway needs no saying.
        let declared = declared(self.around, found.module, generics);
        self.out.asks.retain(|(_, ask)| !declared.contains(ask) || ask == BY_HAND);
    }

    /// Is the trait implemented by hand, and if so, really?
    fn explicit(&self, def: DefId, of: usize) -> Option<bool> {
        let crates = self.around.crates;
        let mut found = crates.impls_for(def).into_iter().filter_map(|(item, module)| match &item.kind {
            ItemKind::Impl(fact) => {
                let path = fact.trait_path.as_ref()?;
                // Most impls are of no marker: their last segment tells.
                let last = path.segments.last()?;
                let same = NAMES.get(of) == Some(&last.name.as_str());
                (same && standard::marker(&crates.trait_path(module, path)) == Some(of)).then_some(!fact.negative)
            }
            _ => None,
        });
        found.next()
    }

    /// What an implementation by hand asks besides.
    fn asked_by_hand(&mut self, def: DefId, of: usize) {
        let crates = self.around.crates;
        for (item, module) in crates.impls_for(def) {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            let Some(path) = fact.trait_path.as_ref() else { continue };
            if fact.negative || standard::marker(&crates.trait_path(module, path)) != Some(of) {
                continue;
            }
            let inside = inside(self.around, module, fact, &item.condition);
            let Form::Impl(form) = inside.form(fact) else { continue };
            self.out.asks.insert((of, BY_HAND.to_owned()));
            for (subject, path) in form.bounds.iter().filter_map(|bound| bound.split_once(": ")) {
                let name = standard::marker(path).and_then(|of| NAMES.get(of));
                self.out.asks.extend(name.map(|name| (of, format!("{subject}: {name}"))));
            }
        }
    }

    fn fields(&mut self, def: DefId, scope: &Scope<'a>, need: Need) {
        let Some(found) = self.around.crates.def(def) else { return };
        let Some((_, fields)) = parts(&found.item.kind) else { return };
        // What pins fields by a macro is `Unpin` where these are.
        let is_pinned = |attr: &crate::syntax::facts::Attr| attr.path.last().is_some_and(|name| name == "pin");
        let pins = fields.iter().any(|field| field.attrs.iter().any(is_pinned))
            || found.item.attrs.iter().any(|a| a.path.last().is_some_and(|name| name.starts_with("pin_project")));
        let is_struct = matches!(found.item.kind, ItemKind::Struct { .. });
        let count = fields.len();
        for (index, field) in fields.into_iter().enumerate() {
            let mut need = need;
            if pins && !field.attrs.iter().any(is_pinned) {
                need[UNPIN] = 0;
            }
            if !is_struct || index + 1 != count {
                need[SIZED] = 0;
            }
            self.ty(&field.ty, scope, need);
        }
    }

    fn lack(&mut self, of: usize, need: Need, why: &str) {
        let bits = need.get(of).copied().unwrap_or(0);
        for outer in (0..NAMES.len()).filter(|outer| bits >> outer & 1 == 1) {
            self.out.lacks.entry(outer).or_insert_with(|| why.to_owned());
        }
    }

    fn ask(&mut self, of: &str, need: Need) {
        for (inner, bits) in need.iter().enumerate().filter(|(inner, _)| *inner != SIZED) {
            for outer in (0..NAMES.len()).filter(|outer| bits >> outer & 1 == 1) {
                let name = NAMES.get(inner).copied().unwrap_or_default();
                self.out.asks.insert((outer, format!("{of}: {name}")));
            }
        }
    }

    fn unknown(&mut self, ty: &Type, scope: &Scope<'a>, need: Need) {
        let bits = need.iter().enumerate().filter(|(of, _)| *of != SIZED).fold(0, |all, (_, bits)| all | bits);
        if bits != 0 {
            let text = Normal::new(self.around, scope.module).ty(ty);
            let text = text.split('<').next().unwrap_or_default().to_owned();
            *self.out.unknown.entry(text).or_default() |= bits;
        }
    }

    fn ty(&mut self, ty: &'a Type, scope: &Scope<'a>, need: Need) {
        self.nodes += 1;
        if need == Need::default() {
            return;
        }
        if self.nodes > MAX_NODES || self.stack.len() > MAX_DEPTH {
            self.out.unknown.insert("…".to_owned(), u8::MAX);
            return;
        }
        let mut sized = need;
        sized[SIZED] = 0;
        match ty {
            Type::Path { qself: None, path } => self.path(ty, path, scope, need),
            Type::Path { qself: Some(qself), path } => self.projection(ty, (&qself.0, qself.1), path, scope, need),
            Type::Ref { mutable, ty: inner, .. } => {
                let mut through = Need::default();
                through[SYNC] = need[SYNC];
                through[REF_UNWIND_SAFE] = need[REF_UNWIND_SAFE];
                if *mutable {
                    through[SEND] = need[SEND];
                    self.lack(UNWIND_SAFE, need, "a `&mut`");
                } else {
                    through[SYNC] |= need[SEND];
                    through[REF_UNWIND_SAFE] |= need[UNWIND_SAFE];
                }
                self.ty(inner, scope, through);
            }
            Type::Ptr { ty: inner, .. } => {
                self.lack(SEND, need, "a raw pointer");
                self.lack(SYNC, need, "a raw pointer");
                let mut through = Need::default();
                through[REF_UNWIND_SAFE] = need[UNWIND_SAFE] | need[REF_UNWIND_SAFE];
                self.ty(inner, scope, through);
            }
            Type::Slice(inner) => {
                self.lack(SIZED, need, "a slice");
                self.ty(inner, scope, sized);
            }
            Type::Array(inner, _) => self.ty(inner, scope, sized),
            Type::Tuple(types) => {
                let last = types.len().saturating_sub(1);
                for (index, inner) in types.iter().enumerate() {
                    self.ty(inner, scope, if index == last { need } else { sized });
                }
            }
            Type::Dyn(bounds) => self.object(ty, bounds, scope, need),
            Type::FnPtr(_) | Type::Never => {}
            Type::Impl(_) | Type::Infer | Type::Macro(_) | Type::Other(_) => self.unknown(ty, scope, need),
        }
    }

    /// `<T as Trait>::Name`: the type that an implementation of this side gives it, else what it may be is asked.
    fn projection(
        &mut self,
        ty: &'a Type,
        (base, of_trait): (&'a Type, usize),
        path: &'a Path,
        scope: &Scope<'a>,
        need: Need,
    ) {
        let mut normal = Normal::new(self.around, scope.module);
        normal.params = texts(self.around, scope, 0);
        if let Some((head, [only])) = path.segments.split_at_checked(of_trait)
            && let head = (Path { global: path.global, segments: head.to_vec() })
            && let Some((_, module, inner)) = normal.implementation(base, &head, &only.name)
        {
            self.nodes += 64;
            return self.ty(inner, &Scope { module, names: std::rc::Rc::default() }, need);
        }
        self.ask(&normal.ty(ty), need);
    }

    fn object(&mut self, ty: &Type, bounds: &[Bound], scope: &Scope<'a>, need: Need) {
        self.lack(SIZED, need, "a trait object");
        let mut missing = need;
        missing[SIZED] = 0;
        let mut queue: Vec<(crate::extract::crates::ModuleId, &Path)> = Vec::new();
        let of = |bounds: &'_ [Bound]| -> Vec<Path> {
            bounds
                .iter()
                .filter_map(|bound| match bound {
                    Bound::Trait { maybe: false, path, .. } => Some(path.clone()),
                    _ => None,
                })
                .collect()
        };
        let first = of(bounds);
        queue.extend(first.iter().map(|path| (scope.module, path)));
        let crates = self.around.crates;
        let (mut steps, mut foreign) = (0, false);
        let mut supers: Vec<(crate::extract::crates::ModuleId, Path)> = Vec::new();
        let mut waiting: Vec<(crate::extract::crates::ModuleId, Path)> =
            queue.into_iter().map(|(module, path)| (module, path.clone())).collect();
        while let Some((module, path)) = waiting.pop() {
            steps += 1;
            if steps > MAX_DEPTH {
                break;
            }
            match crates.resolve(module, &path, Namespace::Type) {
                Resolved::Foreign(name) => match standard::marker(&name) {
                    Some(of) => missing[of] = 0,
                    None => foreign |= !name.starts_with("std::"),
                },
                Resolved::Def(def) => {
                    if let Some(found) = crates.def(def)
                        && let ItemKind::Trait(fact) = &found.item.kind
                    {
                        supers.extend(of(&fact.supertraits).into_iter().map(|path| (found.module, path)));
                        waiting.append(&mut supers);
                    }
                }
                _ => foreign = true,
            }
        }
        if foreign {
            return self.unknown(ty, scope, missing);
        }
        let text = Normal::new(self.around, scope.module).ty(ty);
        for of in [SEND, SYNC, UNPIN, UNWIND_SAFE, REF_UNWIND_SAFE] {
            self.lack(of, missing, &format!("`{text}`"));
        }
    }

    fn path(&mut self, ty: &'a Type, path: &'a Path, scope: &Scope<'a>, need: Need) {
        let Some(last) = path.segments.last() else { return };
        if let Some(first) = path.segments.first()
            && !path.global
        {
            match (scope.names.get(&first.name).cloned(), path.segments.len()) {
                (Some(Arg::Type(inner, outer)), 1) => return self.ty(inner, &outer, need),
                (Some(Arg::Own(position)), 1) => return self.ask(&format!("T{position}"), need),
                (Some(Arg::Own(position)), _) => {
                    let rest: Vec<&str> = path.segments.iter().skip(1).map(|s| s.name.as_str()).collect();
                    return self.ask(&format!("T{position}::{}", rest.join("::")), need);
                }
                (Some(Arg::Nothing), 1) => return,
                (Some(_), _) => return self.unknown(ty, scope, need),
                (None, _) if first.name == "Self" => return,
                _ => {}
            }
        }
        let crates = self.around.crates;
        match crates.resolve(scope.module, path, Namespace::Type) {
            // Without `dyn`, as editions before 2021 have it.
            Resolved::Def(def) if crates.def(def).is_some_and(|d| matches!(d.item.kind, ItemKind::Trait(_))) => {
                self.object(ty, &[bare_object(path)], scope, need);
            }
            Resolved::Foreign(name) if is_standard_object(&name) => {
                self.object(ty, &[bare_object(path)], scope, need);
            }
            Resolved::Def(def) => self.definition(ty, def, path, scope, need),
            Resolved::Primitive(name) => {
                if name.as_str() == "str" {
                    self.lack(SIZED, need, "a `str`");
                }
            }
            // The module of this name stands in nobody's way as a type.
            Resolved::Foreign(name) if name == "std::str" => self.lack(SIZED, need, "a `str`"),
            Resolved::Foreign(name) if name.starts_with("std::") => {
                let (lacks, of_args) = standard::auto(&name, need);
                for of in lacks {
                    self.lack(*of, need, &format!("`{name}`"));
                }
                for inner in type_args(last) {
                    self.ty(inner, scope, of_args);
                }
            }
            _ => self.unknown(ty, scope, need),
        }
    }

    fn definition(&mut self, ty: &'a Type, def: DefId, path: &'a Path, scope: &Scope<'a>, need: Need) {
        let crates = self.around.crates;
        let (Some(found), Some(last)) = (crates.def(def), path.segments.last()) else { return };
        if let ItemKind::Alias { generics, ty: Some(inner), .. } = &found.item.kind {
            let inside = inner_scope(found.module, generics, last, scope);
            self.stack.push(def);
            self.ty(inner, &inside, need);
            self.stack.pop();
            return;
        }
        let Some((generics, _)) = parts(&found.item.kind) else { return self.unknown(ty, scope, need) };
        if self.stack.contains(&def) {
            return;
        }
        let mut need = need;
        for of in [SEND, SYNC, UNPIN, UNWIND_SAFE, REF_UNWIND_SAFE] {
            match self.explicit(def, of) {
                Some(true) => {
                    // By hand, often for arguments that have it too.
                    let mut through = Need::default();
                    through[of] = need[of];
                    let ask = self.asks_by_hand(def, of);
                    if ask {
                        type_args(last).for_each(|inner| self.ty(inner, scope, through));
                    }
                    need[of] = 0;
                }
                Some(false) => {
                    self.lack(of, need, &format!("`{}`", found.path));
                    need[of] = 0;
                }
                None => {}
            }
        }
        let plain = !generics.params.iter().any(|p| matches!(p, GenericParam::Type { .. }));
        self.stack.push(def);
        let inside = inner_scope(found.module, generics, last, scope);
        if plain {
            let known = match self.memo.get(&def) {
                Some(known) => known.clone(),
                None => {
                    let before = std::mem::take(&mut self.out);
                    self.fields(def, &inside, SAME);
                    let known = std::mem::replace(&mut self.out, before);
                    self.memo.insert(def, known.clone());
                    known
                }
            };
            self.merge(&known, need);
        } else {
            self.fields(def, &inside, need);
        }
        self.stack.pop();
    }

    /// Does the implementation by hand ask the same of a parameter?
    fn asks_by_hand(&self, def: DefId, of: usize) -> bool {
        let crates = self.around.crates;
        crates.impls_for(def).into_iter().any(|(item, module)| match &item.kind {
            ItemKind::Impl(fact) => {
                fact.trait_path.as_ref().is_some_and(|p| standard::marker(&crates.trait_path(module, p)) == Some(of))
                    && !declared(self.around, module, &fact.generics).is_empty()
            }
            _ => false,
        })
    }

    fn merge(&mut self, known: &Found, need: Need) {
        for (of, why) in &known.lacks {
            self.lack(*of, need, why);
        }
        for (name, bits) in &known.unknown {
            let through = (0..NAMES.len()).filter(|of| bits >> of & 1 == 1).filter_map(|of| need.get(of));
            let through = through.fold(0, |all, bits| all | bits);
            if through != 0 {
                *self.out.unknown.entry(name.clone()).or_default() |= through;
            }
        }
    }
}

/// Markers that are asked of parameters: `T0: Send`.
fn declared(
    around: Surroundings<'_>,
    module: crate::extract::crates::ModuleId,
    generics: &Generics,
) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let position = |name: &str| {
        let types = generics.params.iter().filter(|p| !matches!(p, GenericParam::Lifetime { .. }));
        types.enumerate().find_map(|(i, p)| match p {
            GenericParam::Type { name: own, .. } if own == name => Some(i),
            _ => None,
        })
    };
    let mut add = |name: &str, bounds: &[Bound]| {
        let Some(position) = position(name) else { return };
        for bound in bounds {
            if let Bound::Trait { maybe: false, path, .. } = bound
                && let Some(of) = standard::marker(&around.crates.trait_path(module, path))
            {
                out.insert(format!("T{position}: {}", NAMES.get(of).copied().unwrap_or_default()));
            }
        }
    };
    for param in &generics.params {
        if let GenericParam::Type { name, bounds, .. } = param {
            add(name, bounds);
        }
    }
    for predicate in &generics.predicates {
        if let Predicate::Type { ty: Type::Path { qself: None, path }, bounds, .. } = predicate
            && let [only] = path.segments.as_slice()
        {
            add(&only.name, bounds);
        }
    }
    out
}
