//! What a field carries: its type, what the code that `with` names makes of it, or what its schema states.

use super::attributes::FieldAttrs;
use super::conversion::{Conversion, conversion};
use super::definition::Owner;
use super::reading::How;
use super::{At, Class, Lowering, hash, presence};
use crate::extract::crates::{Namespace, Resolved, Scope, Ty};
use crate::model::{BlindSpot, BlindSpotKind, NumberShape, OpaqueReason, Shape, ShapeId, version_line};
use crate::syntax::facts::{GenericArg, Item, ItemKind, Path, RawTokens, Segment, Type};

impl<'a> Lowering<'a> {
    /// The shape of a field's type under what stands on the field.
    pub(super) fn carried(&mut self, owner: &Owner<'a>, ty: &Ty, attrs: &FieldAttrs, at: At) -> ShapeId {
        if owner.how == How::Deserr {
            return self.by_deserr(owner, ty, attrs, at);
        }
        if let Some(published) = &attrs.published {
            if let Some(shape) = self.published(owner, ty, attrs, published, at) {
                return shape;
            }
            if attrs.with.is_none() && attrs.adapter.is_none() {
                self.compare_published(owner, ty, published, at);
            }
        }
        if let Some(adapter) = &attrs.adapter {
            return self.adapted(owner, ty, adapter, at);
        }
        match &attrs.with {
            // The only code that an `Option` of an `Option` needs is what keeps `null` and absent apart.
            Some(_) if presence::is_double(self, ty, at) => self.lower(ty, at),
            Some(with) => self.with(owner, ty, with, at),
            None => self.lower(ty, at),
        }
    }

    /// Where only code knows how a field travels, what its schema publishes; with a hash of that code.
    fn published(
        &mut self,
        owner: &Owner<'a>,
        ty: &Ty,
        attrs: &FieldAttrs,
        published: &Type,
        at: At,
    ) -> Option<ShapeId> {
        let stated = self.crates.ty(&owner.scope, published);
        if matches!(stated, Ty::Unresolved(_) | Ty::Other(_) | Ty::Param(_)) || attrs.adapter.is_some() {
            return None;
        }
        // A schema that is written by hand says less of what is served than code that is followed.
        let behind = self.schema_behind(&stated);
        let optional = presence::option(presence::core(ty));
        let code = match &attrs.with {
            Some(with)
                if presence::is_double(self, ty, at)
                    || with.path().as_ref().is_some_and(|path| serde_with_as(path).is_some()) =>
            {
                return None;
            }
            Some(with) => {
                let path = with.path()?;
                match self.own_function(owner, &path, at) {
                    Some((function, scope)) => {
                        let code = self.crates.code(function, scope.module);
                        if behind.is_some() && self.handed_by(owner, (function, &scope), ty, code, at).is_some() {
                            return None;
                        }
                        code
                    }
                    None => self.foreign_code(owner, &path)?,
                }
            }
            None => {
                let own = self.lower(optional.unwrap_or(ty), At { silent: true, ..at });
                match &self.shapes.get(own).shape {
                    Shape::Opaque(opaque) => opaque.tokens.unwrap_or_else(|| hash::hash([opaque.name.as_str()])),
                    _ => return None,
                }
            }
        };
        let stated = behind.unwrap_or(stated);
        let mut inner = self.lower(&stated, At { silent: true, ..at });
        if matches!(self.shapes.get(inner).shape, Shape::Opaque(_)) {
            return None;
        }
        if optional.is_some() && presence::option(presence::core(&stated)).is_none() && !at.lacks_null() {
            inner = self.nullable(inner);
        }
        Some(self.converted(inner, code))
    }

    /// What deserr reads: a type of another name, or the field's own, and a function over it.
    fn by_deserr(&mut self, owner: &Owner<'a>, ty: &Ty, attrs: &FieldAttrs, at: At) -> ShapeId {
        let inner = match &attrs.adapter {
            Some(named) => self.lower(&self.crates.ty(&owner.scope, named), at),
            None => self.lower(ty, at),
        };
        let Some(function) = &attrs.with else { return inner };
        let own = function.path().and_then(|path| self.own_function(owner, &path, at));
        let code = match own {
            Some((function, scope)) => self.crates.code(function, scope.module),
            None => hash::hash([function.normal().as_str()]),
        };
        self.converted(inner, code)
    }

    /// Names a field of which the document says something else than is served.
    fn compare_published(&mut self, owner: &Owner<'a>, ty: &Ty, published: &Type, at: At) {
        let stated = self.crates.ty(&owner.scope, published);
        let silent = At { silent: true, ..at };
        let (served, said) = (self.lower(ty, silent), self.lower(&stated, silent));
        let (Some(served), Some(said)) = (self.sort(served), self.sort(said)) else { return };
        let Some(place) = self.here.as_ref().map(|here| here.place.clone()).filter(|_| served != said && !self.silent)
        else {
            return;
        };
        self.blind_spots.push(BlindSpot {
            kind: BlindSpotKind::PublishedDiffers,
            place: Some(place),
            detail: format!("the document says {said} of a field of `{}` that is served as {served}", owner.item.path),
            hides: None,
        });
    }

    /// What sort of JSON a node is; `None` where it may be several, or is not known yet.
    fn sort(&self, id: ShapeId) -> Option<&'static str> {
        match (self.class(id), &self.shapes.get(id).shape) {
            (Class::Object | Class::Map, _) => Some("an object"),
            (Class::List, _) => Some("a list"),
            (Class::Nullable, Shape::Nullable(inner)) => self.sort(*inner),
            (Class::Scalar, Shape::Bool) => Some("a bool"),
            (Class::Scalar, Shape::Number(_)) => Some("a number"),
            (Class::Scalar, Shape::String { .. }) => Some("text"),
            _ => None,
        }
    }

    /// The code of another crate that no row knows: its path and the crate's version.
    fn foreign_code(&self, owner: &Owner<'a>, path: &Path) -> Option<u64> {
        let module = owner.item.module;
        let foreign = [Namespace::Type, Namespace::Value].into_iter().find_map(|namespace| {
            match self.crates.resolve(module, path, namespace) {
                Resolved::Foreign(foreign) => Some(foreign),
                _ => None,
            }
        })?;
        conversion(&foreign).is_none().then(|| self.versioned(owner, &foreign))
    }

    fn versioned(&self, owner: &Owner<'a>, foreign: &str) -> u64 {
        let version = self.crates.foreign_version(owner.item.module, foreign).unwrap_or_default();
        hash::hash([foreign, version_line(&version).unwrap_or(&version)])
    }

    fn with(&mut self, owner: &Owner<'a>, ty: &Ty, with: &RawTokens, at: At) -> ShapeId {
        let Some(path) = with.path() else {
            return self.by_code(ty, with, hash::hash([with.normal().as_str()]), at);
        };
        if let Some(adapter) = serde_with_as(&path) {
            return self.adapted(owner, ty, adapter, at);
        }
        // A function or module of the project's own wins over what a glob of another crate may hold.
        if let Some((function, scope)) = self.own_function(owner, &path, at) {
            let code = self.crates.code(function, scope.module);
            let handed = match self.is_word(ty, at) {
                true => None,
                false => self.handed_by(owner, (function, &scope), ty, code, at),
            };
            return match handed {
                Some(known) => known,
                None => self.by_code(ty, with, self.crates.code_with_types(function, scope.module), at),
            };
        }
        let module = owner.item.module;
        for namespace in [Namespace::Type, Namespace::Value] {
            match self.crates.resolve(module, &path, namespace) {
                Resolved::Foreign(foreign) => {
                    return match conversion(&foreign) {
                        Some(known) => self.conversion(known, ty, at),
                        None => self.by_code(ty, with, self.versioned(owner, &foreign), at),
                    };
                }
                Resolved::Def(def) if namespace == Namespace::Type => {
                    let remote = self.owner(def, &[], at).is_some_and(|owner| owner.container.remote);
                    if remote {
                        return self.lower(&Ty::Def(def, Vec::new()), at);
                    }
                }
                _ => {}
            }
        }
        self.by_code(ty, with, hash::hash([with.normal().as_str()]), at)
    }

    /// Is it a number or `true` or `false` in flat text? Then code can only read it from text, as the reader itself would.
    fn is_word(&mut self, ty: &Ty, at: At) -> bool {
        let inner = presence::option(presence::core(ty)).unwrap_or(ty);
        at.is_serde_text() && {
            let own = self.lower(inner, At { buffered: false, silent: true, ..at });
            matches!(self.shapes.get(own).shape, Shape::Number(_) | Shape::Bool)
        }
    }

    /// A value that code reads or writes. What its reader of text would refuse by itself, code can read: then nobody
    /// knows how it looks.
    fn by_code(&mut self, ty: &Ty, with: &RawTokens, code: u64, at: At) -> ShapeId {
        let at = if self.is_word(ty, at) { At { buffered: false, ..at } } else { at };
        let inner = self.lower(ty, at);
        match self.shapes.get(inner).shape {
            Shape::Refused { .. } if at.is_text() => {
                self.opaque(&with.normal(), OpaqueReason::HandWritten, Some(code), None)
            }
            _ => self.decided(inner, code),
        }
    }

    /// The function that reads or writes, where it is at hand.
    fn own_function(&self, owner: &Owner<'_>, path: &Path, at: At) -> Option<(&'a Item, Scope)> {
        let crates = self.crates;
        let mut inside = path.clone();
        let name = if at.input() { "deserialize" } else { "serialize" };
        inside.segments.push(Segment { name: name.into(), args: Vec::new(), call: None });
        for path in [path, &inside] {
            if let Some((item, scope)) = crates.value_item(&owner.scope, path)
                && matches!(item.kind, ItemKind::Fn(_))
            {
                return Some((item, scope));
            }
        }
        None
    }

    fn conversion(&mut self, known: Conversion, ty: &Ty, at: At) -> ShapeId {
        match known {
            Conversion::Same | Conversion::DoubleOption => self.lower(ty, at),
            Conversion::Display => {
                let inner = self.lower(ty, at);
                self.display(inner, at)
            }
            Conversion::To(known) => {
                let core = presence::core(ty);
                let (inner, optional) = match presence::option(core) {
                    Some(inner) => (presence::core(inner), true),
                    None => (core, false),
                };
                let args = match inner {
                    Ty::Foreign(_, args) | Ty::Def(_, args) => args.as_slice(),
                    _ => &[],
                };
                let shape = self.known(known, "", args, at);
                if optional && !at.lacks_null() { self.nullable(shape) } else { shape }
            }
        }
    }

    /// Text of a value that is no text itself: the format says of what. In flat text all is text.
    pub(super) fn display(&mut self, inner: ShapeId, at: At) -> ShapeId {
        if at.is_serde_text() && matches!(self.shapes.get(inner).shape, Shape::Number(_) | Shape::Bool) {
            return inner;
        }
        let format = match &self.shapes.get(inner).shape {
            Shape::String { format } => format.clone(),
            Shape::Bool => Some("bool".to_owned()),
            Shape::Number(NumberShape::Int { min, max }) => Some(format!("integer {min}..={max}")),
            Shape::Number(_) => Some("number".to_owned()),
            _ => return self.leaf(Shape::String { format: None }),
        };
        self.leaf(Shape::String { format })
    }
}

/// `As<…>` of serde_with, in `with = "As::<Option<_>>"`.
fn serde_with_as(path: &Path) -> Option<&Type> {
    let last = path.segments.last()?;
    match (last.name.as_str(), last.args.as_slice()) {
        ("As", [GenericArg::Type(ty)]) => Some(ty),
        _ => None,
    }
}
