//! Structs, enums and unions of this side.

use super::attributes::{self, Container};
use super::reading::{self, How};
use super::{At, Class, Here, Job, Lineage, Lowering, MAX_GROWTH, hash, merge, text};
use crate::extract::crates::{DefId, DefRef, Scope, Ty};
use crate::model::{Member, OpaqueReason, Shape, ShapeId};
use crate::syntax::facts::{FieldFact, Fields, GenericArg, Generics, Item, ItemKind, Pos};
use std::rc::Rc;

/// A definition at a position, with everything that its members need to be lowered.
#[derive(Debug)]
pub(super) struct Owner<'a> {
    pub(super) def: DefId,
    pub(super) item: DefRef<'a>,
    pub(super) scope: Scope,
    pub(super) how: How,
    pub(super) container: Container,
}

impl Owner<'_> {
    /// The type's own name on the wire.
    pub(super) fn name(&self) -> String {
        self.container.rename.clone().unwrap_or_else(|| self.item.item.name.to_string())
    }
}

impl<'a> Lowering<'a> {
    /// The definition with its arguments; `None` where the names know no such thing.
    pub(super) fn owner(&self, def: DefId, args: &[Ty], at: At) -> Option<Owner<'a>> {
        let crates = self.crates;
        let item = crates.def(def)?;
        static NONE: Generics = Generics { params: Vec::new(), predicates: Vec::new() };
        let generics = match &item.item.kind {
            ItemKind::Struct { generics, .. } | ItemKind::Union { generics, .. } | ItemKind::Enum { generics, .. } => {
                generics
            }
            _ => &NONE,
        };
        let scope = crates.scope_of(def, generics, args)?;
        let how = reading::how(crates, def, item, &self.derives(def, item), at);
        let container = attributes::container(&item.item.attrs, &how, at.direction);
        Some(Owner { def, item, scope, how, container })
    }

    /// The definitions whose derives were asked for so far, in order.
    pub(crate) fn reached(&self) -> std::collections::BTreeSet<DefId> {
        self.derives.borrow().keys().copied().collect()
    }

    /// Canonical paths of a definition's derives.
    pub(super) fn derives(&self, def: DefId, item: DefRef<'_>) -> Rc<[String]> {
        if let Some(found) = self.derives.borrow().get(&def) {
            return Rc::clone(found);
        }
        let found: Rc<[String]> = reading::derives(self.crates, item.module, &item.item.attrs).into();
        self.derives.borrow_mut().insert(def, Rc::clone(&found));
        found
    }

    /// A member of a definition.
    pub(super) fn member(&self, owner: &Owner<'_>, name: impl Into<String>, pos: Pos) -> Member {
        Member::new(owner.item.path, name, self.crates.place(owner.item.module, pos))
    }

    /// A definition, looked through where the wire does not show it.
    pub(super) fn definition(&mut self, def: DefId, args: &[Ty], at: At) -> ShapeId {
        let Some(item) = self.crates.def(def) else {
            return self.opaque("?", OpaqueReason::Unresolved, None, None);
        };
        if let Some(stated) = self.stated(item.path, args) {
            return self.lower(&stated, at);
        }
        let Some(owner) = self.owner(def, args, at) else {
            return self.opaque(item.path, OpaqueReason::Unresolved, None, None);
        };
        let before =
            self.here.replace(Here { module: item.module, place: self.crates.place(item.module, item.item.pos) });
        let lineage = self.lineage.clone();
        let id = if self.grow(def, args) {
            self.seen(&owner, args, at)
        } else {
            self.opaque(item.path, OpaqueReason::Generic, None, None)
        };
        self.lineage = lineage;
        self.here = before;
        id
    }

    fn seen(&mut self, owner: &Owner<'a>, args: &[Ty], at: At) -> ShapeId {
        match owner.how {
            How::Opaque(OpaqueReason::HandWritten, Some(_)) if let Some(id) = self.handed_on(owner, args, at) => {
                return self.belongs(id, self.member(owner, "", owner.item.item.pos));
            }
            // Of another crate its version is what tells two states apart.
            How::Opaque(..) if self.crates.is_elsewhere(owner.item.module) => {
                return self.unknown_foreign(owner.item.path, args, at);
            }
            How::Opaque(reason, tokens) => {
                let id = self.opaque(owner.item.path, reason, tokens, None);
                self.shapes.define(id, self.member(owner, "", owner.item.item.pos));
                if tokens.is_some() {
                    self.inside(id, args, at);
                }
                return id;
            }
            How::IdText => return self.leaf(Shape::String { format: None }),
            How::Display(code) => {
                let text = self.leaf(Shape::String { format: None });
                return self.converted(text, code);
            }
            _ => {}
        }
        if let Some((ty, tried)) = &owner.container.by_way_of {
            let from = self.crates.ty(&owner.scope, ty);
            let (inner, checks) = match at.validated && at.input() {
                true => self.checked_after(owner, &from, at),
                false => (self.lower(&from, at), None),
            };
            let tried = tried.then(|| self.trial(owner, &from));
            // The variants of an enum that travels as text are the texts: what makes them of it is code.
            let texts = matches!(owner.item.item.kind, ItemKind::Enum { .. })
                && matches!(self.shapes.get(inner).shape, Shape::String { .. });
            let code = merge(tried, texts.then(|| self.crates.content(owner.item.item, owner.item.module)));
            let Some(code) = merge(code, checks) else { return inner };
            let id = self.converted(inner, code);
            return self.belongs(id, self.member(owner, "", owner.item.item.pos));
        }
        match &owner.item.item.kind {
            ItemKind::Struct { fields, .. } => self.structure(owner, fields, args, at),
            ItemKind::Enum { .. } => match text::refused_enum(owner, at) {
                Some(reason) => text::refuse(self, &Ty::Def(owner.def, args.to_vec()), reason, at),
                None => self.enqueue(owner.def, args, at, Class::Enum),
            },
            _ => self.opaque(
                owner.item.path,
                OpaqueReason::NoDerive,
                Some(self.crates.content(owner.item.item, owner.item.module)),
                None,
            ),
        }
    }

    fn structure(&mut self, owner: &Owner<'a>, fields: &Fields, args: &[Ty], at: At) -> ShapeId {
        if owner.container.transparent {
            let all: &[FieldFact] = match fields {
                Fields::Unit => &[],
                Fields::Tuple(all) | Fields::Named(all) => all,
            };
            let inner = all.iter().find(|field| self.is_carried(owner, field, at));
            return match inner {
                Some(field) => self.look_through(owner, field, at),
                None => self.leaf(Shape::Null),
            };
        }
        let class = match fields {
            Fields::Unit => return self.leaf(Shape::Null),
            Fields::Tuple(one) if one.len() == 1 && owner.how != How::SerdeTuple => {
                return match one.first() {
                    Some(field) => self.look_through(owner, field, at),
                    None => self.leaf(Shape::Null),
                };
            }
            Fields::Tuple(_) => Class::List,
            Fields::Named(_) if owner.how == How::SerdeTuple => Class::List,
            Fields::Named(_) => Class::Object,
        };
        match text::refused_struct(class, at) {
            Some(reason) => text::refuse(self, &Ty::Def(owner.def, args.to_vec()), reason, at),
            None => self.enqueue(owner.def, args, at, class),
        }
    }

    /// Is this the one field that a `transparent` struct carries?
    pub(super) fn is_carried(&self, owner: &Owner<'_>, field: &FieldFact, at: At) -> bool {
        let attrs = attributes::field(&field.attrs, &owner.how, at.direction);
        let marker = matches!(
            self.crates.ty(&owner.scope, &field.ty),
            Ty::Foreign(path, _) if &*path == "std::marker::PhantomData"
        );
        !attrs.skip && !marker
    }

    fn look_through(&mut self, owner: &Owner<'a>, field: &FieldFact, at: At) -> ShapeId {
        let attrs = attributes::field(&field.attrs, &owner.how, at.direction);
        let ty = self.crates.ty(&owner.scope, &field.ty);
        let inner = self.carried(owner, &ty, &attrs, at);
        match &owner.container.conversion {
            Some(code) => self.converted(inner, hash::hash([code.as_str()])),
            None => inner,
        }
    }

    fn enqueue(&mut self, def: DefId, args: &[Ty], at: At, class: Class) -> ShapeId {
        let id = self.shapes.reserve();
        self.unset.insert(id, class);
        self.queue.push_back(Job { id, def, args: args.to_vec(), at, lineage: self.lineage.clone() });
        id
    }

    /// Hash of the code behind `try_from`, which reads from a type of that name.
    fn trial(&self, owner: &Owner<'_>, from: &Ty) -> u64 {
        let all = self.crates.impls_of(owner.def, "std::convert::TryFrom");
        let reads = |item: &Item, module| {
            let ItemKind::Impl(fact) = &item.kind else { return false };
            let last = fact.trait_path.as_ref().and_then(|path| path.segments.last());
            let Some(GenericArg::Type(ty)) = last.and_then(|last| last.args.first()) else { return false };
            same_type(&self.crates.ty(&self.crates.impl_scope(module, fact), ty), from)
        };
        let code = all.iter().find(|(item, module)| reads(item, *module));
        code.map_or_else(|| hash::hash(["try_from"]), |(code, module)| self.crates.code(code, *module))
    }

    /// Notes a generic type; `false` when it has grown inside itself too often to ever end.
    fn grow(&mut self, def: DefId, args: &[Ty]) -> bool {
        if args.is_empty() {
            return true;
        }
        let size = args.iter().map(|ty| size(ty, 64)).sum();
        let mut above = self.lineage.as_deref();
        while let Some(link) = above {
            if link.def == def {
                break;
            }
            above = link.above.as_deref();
        }
        let (size, growth) = match above {
            Some(link) if size > link.size => (size, link.growth + 1),
            Some(link) => (link.size, link.growth),
            None => (size, 0),
        };
        let above = self.lineage.take();
        self.lineage = Some(Rc::new(Lineage { def, size, growth, above }));
        growth <= MAX_GROWTH
    }
}

/// The same type, whatever its arguments?
fn same_type(a: &Ty, b: &Ty) -> bool {
    match (a, b) {
        (Ty::Def(a, _), Ty::Def(b, _)) => a == b,
        (Ty::Foreign(a, _), Ty::Foreign(b, _)) => a == b,
        (a, b) => a == b,
    }
}

/// How many names a type is made of.
fn size(ty: &Ty, depth: u32) -> u32 {
    let Some(depth) = depth.checked_sub(1) else { return 1 };
    let all = |tys: &[Ty]| tys.iter().map(|ty| size(ty, depth)).fold(1, u32::saturating_add);
    match ty {
        Ty::Def(_, args) | Ty::Foreign(_, args) | Ty::Tuple(args) => all(args),
        Ty::Ref(inner) | Ty::Ptr(inner) | Ty::Slice(inner) | Ty::Array(inner, _) => all(std::slice::from_ref(inner)),
        _ => 1,
    }
}
