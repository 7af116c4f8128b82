//! In which of its parameters a type can be shortened.

use super::{MAX_NODES, Surroundings, parts, standard};
use crate::extract::crates::{DefId, ModuleId, Namespace, Resolved};
use crate::syntax::facts::{Bound, GenericArg, GenericParam, Generics, ItemKind, Name, Path, Segment, Type};
use std::collections::{BTreeMap, HashMap};

/// A position that may shrink, one that may grow (both: neither), and one of which nothing is known.
type Sign = u8;
const SHRINKS: Sign = 1;
const GROWS: Sign = 2;
const FIXED: Sign = SHRINKS | GROWS;
const UNKNOWN: Sign = 4;

/// The signs of the parameters of each definition, in order.
pub(super) type Memo = HashMap<DefId, Vec<Sign>>;

/// `covariant`, `contravariant`, `invariant`, or `unknown` of each parameter, lifetimes too, in order.
pub(super) fn of(around: Surroundings<'_>, memo: &mut Memo, def: DefId) -> Vec<String> {
    let word = |sign: &Sign| match *sign {
        0 => "unused",
        SHRINKS => "covariant",
        GROWS => "contravariant",
        sign if sign & UNKNOWN == 0 => "invariant",
        _ => "unknown",
    };
    signs(around, memo, def, 0).iter().map(|sign| word(sign).to_owned()).collect()
}

fn signs(around: Surroundings<'_>, memo: &mut Memo, def: DefId, depth: u32) -> Vec<Sign> {
    if let Some(known) = memo.get(&def) {
        return known.clone();
    }
    let Some(found) = around.crates.def(def) else { return Vec::new() };
    let (generics, types): (&Generics, Vec<&Type>) = match &found.item.kind {
        ItemKind::Alias { generics, ty: Some(ty), .. } => (generics, vec![ty]),
        kind => match parts(kind) {
            Some((generics, fields)) => (generics, fields.iter().map(|field| &field.ty).collect()),
            None => return Vec::new(),
        },
    };
    // A type that holds itself says nothing new of itself.
    memo.insert(def, vec![0; generics.params.len()]);
    let mut walk = Walk {
        around,
        memo,
        module: found.module,
        places: generics.params.iter().enumerate().map(|(at, param)| (name_of(param).clone(), at)).collect(),
        out: vec![0; generics.params.len()],
        nodes: 0,
        depth,
    };
    for ty in types {
        walk.ty(ty, SHRINKS);
    }
    let out = walk.out;
    memo.insert(def, out.clone());
    out
}

/// A parameter's name; a lifetime's with its quote, which sets it apart.
fn name_of(param: &GenericParam) -> Name {
    match param {
        GenericParam::Lifetime { name, .. } => Name::from(format!("'{name}")),
        GenericParam::Type { name, .. } | GenericParam::Const { name, .. } => name.clone(),
    }
}

struct Walk<'a, 'm> {
    around: Surroundings<'a>,
    memo: &'m mut Memo,
    module: ModuleId,
    places: BTreeMap<Name, usize>,
    out: Vec<Sign>,
    nodes: u32,
    depth: u32,
}

/// A sign within another.
fn within(outer: Sign, inner: Sign) -> Sign {
    let flipped = (outer & SHRINKS) << 1 | (outer & GROWS) >> 1;
    let mut out = (outer | inner) & UNKNOWN;
    if inner & SHRINKS != 0 {
        out |= outer & FIXED;
    }
    if inner & GROWS != 0 {
        out |= flipped;
    }
    out
}

impl Walk<'_, '_> {
    fn mark(&mut self, name: &str, sign: Sign) -> bool {
        let Some(place) = self.places.get(name) else { return false };
        if let Some(known) = self.out.get_mut(*place) {
            *known |= sign;
        }
        true
    }

    fn lifetime(&mut self, name: &str, sign: Sign) {
        self.mark(&format!("'{name}"), sign);
    }

    fn ty(&mut self, ty: &Type, sign: Sign) {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            self.out.iter_mut().for_each(|known| *known |= UNKNOWN);
            return;
        }
        match ty {
            Type::Path { qself: Some(qself), path } => {
                self.ty(&qself.0, FIXED);
                path.segments.iter().for_each(|segment| self.arguments(segment, FIXED));
            }
            Type::Path { qself: None, path } => self.path(path, sign),
            Type::Ref { lifetime, mutable, ty } => {
                if let Some(name) = lifetime {
                    self.lifetime(name, sign);
                }
                self.ty(ty, if *mutable { FIXED } else { sign });
            }
            Type::Ptr { mutable, ty } => self.ty(ty, if *mutable { FIXED } else { sign }),
            Type::Slice(ty) | Type::Array(ty, _) => self.ty(ty, sign),
            Type::Tuple(types) => types.iter().for_each(|ty| self.ty(ty, sign)),
            Type::FnPtr(pointer) => {
                pointer.params.iter().for_each(|ty| self.ty(ty, within(sign, GROWS)));
                pointer.ret.iter().for_each(|ty| self.ty(ty, sign));
            }
            Type::Dyn(bounds) | Type::Impl(bounds) => {
                for bound in bounds {
                    match bound {
                        Bound::Lifetime(name) => self.lifetime(name, sign),
                        Bound::Trait { path, .. } => path.segments.iter().for_each(|s| self.arguments(s, FIXED)),
                        Bound::Use(_) => {}
                    }
                }
            }
            Type::Macro(_) | Type::Other(_) => self.out.iter_mut().for_each(|known| *known |= UNKNOWN),
            Type::Never | Type::Infer => {}
        }
    }

    /// All arguments of a segment at one sign.
    fn arguments(&mut self, segment: &Segment, sign: Sign) {
        if let Some(call) = &segment.call {
            call.0.iter().chain(&call.1).for_each(|ty| self.ty(ty, sign));
        }
        for arg in &segment.args {
            match arg {
                GenericArg::Lifetime(name) => self.lifetime(name, sign),
                GenericArg::Type(ty) | GenericArg::Assoc(_, ty) => self.ty(ty, sign),
                GenericArg::Const(_) | GenericArg::Bounds(..) => {}
            }
        }
    }

    fn path(&mut self, path: &Path, sign: Sign) {
        let Some(last) = path.segments.last() else { return };
        if let Some(first) = path.segments.first().filter(|_| !path.global) {
            let sign = if path.segments.len() > 1 { FIXED } else { sign };
            if self.mark(&first.name, sign) {
                return;
            }
        }
        if last.args.is_empty() && last.call.is_none() {
            return;
        }
        // `Fn(T)` is `dyn Fn(T)`.
        if last.call.is_some() {
            return self.arguments(last, FIXED);
        }
        match self.around.crates.resolve(self.module, path, Namespace::Type) {
            Resolved::Def(def) if self.depth < 16 => {
                let inner = signs(self.around, self.memo, def, self.depth + 1);
                let is_lifetime = |arg: &&GenericArg| matches!(arg, GenericArg::Lifetime(_));
                let params = self.around.crates.def(def).map(|found| match &found.item.kind {
                    ItemKind::Alias { generics, .. } => generics.params.clone(),
                    kind => parts(kind).map(|(generics, _)| generics.params.clone()).unwrap_or_default(),
                });
                let params = params.unwrap_or_default();
                let lifetimes = params.iter().filter(|p| matches!(p, GenericParam::Lifetime { .. })).count();
                for (at, arg) in last.args.iter().filter(is_lifetime).enumerate() {
                    if let GenericArg::Lifetime(name) = arg {
                        self.lifetime(name, within(sign, inner.get(at).copied().unwrap_or(UNKNOWN)));
                    }
                }
                for (at, arg) in last.args.iter().filter(|arg| !is_lifetime(arg)).enumerate() {
                    if let GenericArg::Type(ty) = arg {
                        self.ty(ty, within(sign, inner.get(lifetimes + at).copied().unwrap_or(UNKNOWN)));
                    }
                }
            }
            Resolved::Foreign(name) if name.starts_with("std::") => {
                for arg in &last.args {
                    match arg {
                        GenericArg::Lifetime(lifetime) => self.lifetime(lifetime, sign),
                        GenericArg::Type(ty) => {
                            self.ty(ty, if standard::is_invariant(&name) { FIXED } else { sign });
                        }
                        _ => {}
                    }
                }
            }
            _ => self.arguments(last, UNKNOWN),
        }
    }
}
