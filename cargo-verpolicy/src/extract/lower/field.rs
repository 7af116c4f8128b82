//! Fields: their names, their shapes under `with` and `serde_as`, and whether they must be there.

use super::attributes::{self, FieldAttrs};
use super::body::dotted;
use super::case::Case;
use super::conversion::{Adapter, Conversion, adapter, conversion};
use super::definition::Owner;
use super::foreign::Known;
use super::reading::How;
use super::{At, Here, Lowering, constraint, hash, presence};
use crate::extract::crates::{Namespace, Resolved, Scope, Ty};
use crate::model::{
    Condition, Default, Field, Member, Names, NumberShape, Object, OpaqueReason, Presence, Reader, Shape, ShapeId,
};
use crate::syntax::facts::{FieldFact, GenericArg, Item, ItemKind, Path, RawTokens, Segment, Type};

/// Fields in one pair of braces.
#[derive(Clone, Copy)]
pub(super) struct Fielding<'o, 'a> {
    pub(super) owner: &'o Owner<'a>,
    /// The variant around them.
    pub(super) prefix: &'o str,
    pub(super) case: Option<Case>,
    /// Where their values stand.
    pub(super) at: At,
}

impl<'a> Lowering<'a> {
    /// Lowers fields into an object. A field under `cfg` is there, with its condition.
    pub(super) fn fields<'f>(
        &mut self,
        body: &Fielding<'_, 'a>,
        fields: impl IntoIterator<Item = &'f FieldFact>,
        object: &mut Object,
    ) {
        let around = self.here.clone();
        for fact in fields {
            let condition = self.crates.given(body.owner.item.module, &fact.condition);
            if condition == Condition::Never {
                continue;
            }
            let attrs = attributes::field(&fact.attrs, &body.owner.how, body.at.direction);
            if attrs.skip {
                continue;
            }
            let module = body.owner.item.module;
            self.here = Some(Here { module, place: self.crates.place(module, fact.pos) });
            if attrs.flatten {
                self.flatten(body, fact, &condition, object);
                continue;
            }
            let mut field = self.field(body, fact, &attrs);
            field.member.condition.clone_from(&condition);
            let several = |f: &&mut Field| {
                let always = condition == Condition::Always && f.member.condition == Condition::Always;
                f.names.wire == field.names.wire && !always
            };
            match object.fields.iter_mut().find(several) {
                Some(first) => self.one_of_builds(first, field, body.at),
                None => object.fields.push(field),
            }
        }
        self.here = around;
    }

    /// Two fields of one wire name, each in its own builds.
    fn one_of_builds(&mut self, field: &mut Field, other: Field, at: At) {
        field.shape = self.either_build((field.shape, other.shape), (&field.member, &other.member));
        field.member.condition = field.member.condition.clone().or(other.member.condition);
        // What must be sent somewhere, and what may be missing somewhere.
        let weaker = if at.input() { Presence::Maybe } else { Presence::Always };
        if field.presence == weaker {
            (field.presence, field.default) = (other.presence, other.default);
        }
    }

    /// What some builds have so and others otherwise: known where both are the same.
    pub(super) fn either_build(
        &mut self,
        (one, other): (ShapeId, ShapeId),
        (here, there): (&Member, &Member),
    ) -> ShapeId {
        if one == other {
            return one;
        }
        let (first, second, a, b) = if here.condition <= there.condition {
            (&here.condition, &there.condition, one, other)
        } else {
            (&there.condition, &here.condition, other, one)
        };
        let name = format!("{}::{} under `{first}` or `{second}`", here.owner, here.name);
        let tokens = hash::hash(["either build", &first.to_string(), &second.to_string()]);
        let id = self.opaque(&name, OpaqueReason::Generic, Some(tokens), None);
        self.around.push((id, vec![a, b]));
        id
    }

    fn field(&mut self, body: &Fielding<'_, 'a>, fact: &FieldFact, attrs: &FieldAttrs) -> Field {
        let owner = body.owner;
        let ty = self.crates.ty(&owner.scope, &fact.ty);
        let wire = attrs
            .rename
            .clone()
            .unwrap_or_else(|| body.case.map_or_else(|| fact.name.to_string(), |case| case.field(&fact.name)));
        let mut aliases: Vec<String> = attrs.aliases.iter().filter(|alias| **alias != wire).cloned().collect();
        aliases.sort();
        aliases.dedup();
        let member = self.member(owner, dotted(body.prefix, &fact.name), fact.pos);
        let mut field = Field {
            names: Names { wire, aliases },
            member,
            shape: ShapeId(0),
            presence: Presence::Always,
            null_distinct: false,
            default: Default::Refused,
            deprecated: attributes::deprecated(&fact.attrs),
            group: None,
            constraints: Vec::new(),
        };
        if body.at.input() {
            self.read_field(body, fact, attrs, &ty, &mut field);
            field.constraints = constraint::constraints(&fact.attrs, body.at.validated);
            if body.at.validated {
                self.held_by_code(owner, fact, &ty, &mut field);
            }
        } else {
            self.written_field(body, attrs, &ty, &mut field);
        }
        field
    }

    fn read_field(
        &mut self,
        body: &Fielding<'_, 'a>,
        fact: &FieldFact,
        attrs: &FieldAttrs,
        ty: &Ty,
        field: &mut Field,
    ) {
        let nested = constraint::nested(&fact.attrs) || self.looked_into(body.owner, fact);
        let inside = At { validated: body.at.validated && nested, ..body.at };
        field.shape = self.carried(body.owner, ty, attrs, inside);
        if attrs.null_is_default && !body.at.lacks_null() {
            field.shape = self.nullable(field.shape);
        }
        field.null_distinct = !body.at.lacks_null() && self.tells_null(body.owner, attrs, ty);
        let module = body.owner.item.module;
        // A form without the part has an empty list.
        let list = matches!(ty, Ty::Foreign(path, _) if path.as_ref() == "std::vec::Vec");
        if body.owner.how == How::Multipart && list {
            field.presence = Presence::Maybe;
            field.default = Default::Value("[]".to_owned());
        } else if let Some(default) = self.default_of_field(body.owner, fact, attrs, ty, body.at) {
            field.presence = Presence::Maybe;
            field.default = default;
        } else if let Some(default) = presence::missing(self, module, attrs, ty, body.at) {
            field.presence = Presence::Maybe;
            field.default = default;
        }
    }

    fn written_field(&mut self, body: &Fielding<'_, 'a>, attrs: &FieldAttrs, ty: &Ty, field: &mut Field) {
        let optional = presence::option(ty);
        let by_container = body.owner.container.skip_none && optional.is_some() && !attrs.always;
        let is_none = attrs.skip_if.as_ref().is_some_and(|path| self.is_option_is_none(body.owner, path));
        let none_left_out = by_container || is_none || (attrs.skip_none && optional.is_some());
        if none_left_out || attrs.skip_if.is_some() || attrs.skip_empty {
            field.presence = Presence::Maybe;
        }
        field.shape = match optional {
            Some(inner) if none_left_out && attrs.with.is_none() && attrs.adapter.is_none() => {
                self.lower(inner, body.at)
            }
            _ => self.carried(body.owner, ty, attrs, body.at),
        };
        if none_left_out && let Shape::Nullable(inner) = self.shapes.get(field.shape).shape {
            // `with` around an `Option` that is written only when it is there.
            if attrs.with.is_some() || attrs.adapter.is_some() {
                field.shape = inner;
            }
        }
    }

    /// The shape of a field's type under what stands on the field.
    pub(super) fn carried(&mut self, owner: &Owner<'a>, ty: &Ty, attrs: &FieldAttrs, at: At) -> ShapeId {
        if let Some(published) = &attrs.published
            && let Some(shape) = self.published(owner, ty, attrs, published, at)
        {
            return shape;
        }
        if let Some(adapter) = &attrs.adapter {
            return self.adapted(owner, ty, adapter, at);
        }
        match &attrs.with {
            // The only code that an `Option` of an `Option` needs is what keeps `null` and absent apart.
            Some(_) if is_double(ty) => self.lower(ty, at),
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
        let optional = presence::option(presence::core(ty));
        let code = match &attrs.with {
            Some(with) if is_double(ty) || with.path().as_ref().is_some_and(|path| serde_with_as(path).is_some()) => {
                return None;
            }
            Some(with) => {
                let (function, scope) = self.own_function(owner, &with.path()?, at)?;
                self.crates.code(function, scope.module)
            }
            None => {
                let own = self.lower(optional.unwrap_or(ty), At { silent: true, ..at });
                match &self.shapes.get(own).shape {
                    Shape::Opaque(opaque) => opaque.tokens.unwrap_or_else(|| hash::hash([opaque.name.as_str()])),
                    _ => return None,
                }
            }
        };
        let mut inner = self.lower(&stated, At { silent: true, ..at });
        if matches!(self.shapes.get(inner).shape, Shape::Opaque(_)) {
            return None;
        }
        if optional.is_some() && presence::option(presence::core(&stated)).is_none() && !at.lacks_null() {
            inner = self.nullable(inner);
        }
        Some(self.converted(inner, code))
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
            return match self.handed_by(owner, (function, &scope), code, at) {
                Some(known) => known,
                None => self.by_code(ty, with, code, at),
            };
        }
        let module = owner.item.module;
        for namespace in [Namespace::Type, Namespace::Value] {
            match self.crates.resolve(module, &path, namespace) {
                Resolved::Foreign(foreign) => {
                    return match conversion(&foreign) {
                        Some(known) => self.conversion(known, ty, at),
                        None => self.by_code(ty, with, hash::hash([foreign.as_str()]), at),
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

    /// A value that code reads or writes. What its reader of text would refuse by itself, code can read: then nobody
    /// knows how it looks.
    fn by_code(&mut self, ty: &Ty, with: &RawTokens, code: u64, at: At) -> ShapeId {
        let inner = self.lower(ty, at);
        match self.shapes.get(inner).shape {
            Shape::Refused { .. } if at.is_text() => {
                self.opaque(&with.normal(), OpaqueReason::HandWritten, Some(code), None)
            }
            _ => self.converted(inner, code),
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

    /// Text of a value that is no text itself: the format says of what.
    fn display(&mut self, inner: ShapeId, _at: At) -> ShapeId {
        let format = match &self.shapes.get(inner).shape {
            Shape::String { format } => format.clone(),
            Shape::Bool => Some("bool".to_owned()),
            Shape::Number(NumberShape::Int { min, max }) => Some(format!("integer {min}..={max}")),
            Shape::Number(_) => Some("number".to_owned()),
            _ => return self.leaf(Shape::String { format: None }),
        };
        self.leaf(Shape::String { format })
    }

    /// `#[serde_as(as = …)]`: the adapter's structure over the field's.
    fn adapted(&mut self, owner: &Owner<'a>, ty: &Ty, by: &Type, at: At) -> ShapeId {
        let Type::Path { path, .. } = by else {
            return self.lower(ty, at);
        };
        let Some(last) = path.segments.last() else { return self.lower(ty, at) };
        let args: Vec<&Type> =
            last.args.iter().filter_map(|arg| if let GenericArg::Type(ty) = arg { Some(ty) } else { None }).collect();
        if last.name == "Same" {
            return self.lower(ty, at);
        }
        if let Some(adapter) = adapter(&last.name) {
            return self.adapter(owner, ty, adapter, &args, at);
        }
        let inner = presence::core(ty);
        let Ty::Foreign(name, own) = inner else {
            return self.unknown_adapter(ty, by, at);
        };
        match (super::foreign::known(name), args.as_slice(), own.as_slice()) {
            (Some(Known::Option), [by], [own, ..]) => {
                let shape = self.adapted(owner, own, by, at);
                if at.lacks_null() { shape } else { self.nullable(shape) }
            }
            (Some(Known::List), [by, ..], [own, ..]) => {
                let item = self.adapted(owner, own, by, at.item());
                self.leaf(Shape::List { item, length: None, reads_string: false })
            }
            (Some(Known::Map), [key, value, ..], [own_key, own_value, ..]) => {
                let key = self.adapted(owner, own_key, key, at.plain());
                let value = self.adapted(owner, own_value, value, at.value());
                self.leaf(Shape::Map { key, value })
            }
            (Some(_), [by, ..], [own, ..]) => self.adapted(owner, own, by, at),
            _ => self.unknown_adapter(ty, by, at),
        }
    }

    fn unknown_adapter(&mut self, ty: &Ty, by: &Type, at: At) -> ShapeId {
        let inner = self.lower(ty, at);
        if matches!(by, Type::Infer) {
            return inner;
        }
        self.converted(inner, hash::hash([format!("{by:?}").as_str()]))
    }

    fn adapter(&mut self, owner: &Owner<'a>, ty: &Ty, adapter: Adapter, args: &[&Type], at: At) -> ShapeId {
        let argument = |this: &Self, i: usize| args.get(i).map(|ty| this.crates.ty(&owner.scope, ty));
        let as_text = matches!(argument(self, 0), Some(Ty::Foreign(path, _)) if path.ends_with("::String"));
        match adapter {
            Adapter::To(known) => self.known(known, "", &[], at),
            Adapter::Display => {
                let inner = self.lower(ty, at.plain());
                self.display(inner, at)
            }
            Adapter::Seconds if as_text => self.leaf(Shape::String { format: Some("seconds".to_owned()) }),
            Adapter::Seconds => match argument(self, 0) {
                Some(number) => self.lower(&number, at),
                None => self.known(Known::Int(i64::MIN.into(), i64::MAX.unsigned_abs().into()), "", &[], at),
            },
            Adapter::SecondsFraction if as_text => self.leaf(Shape::String { format: Some("seconds".to_owned()) }),
            Adapter::SecondsFraction => self.leaf(Shape::Number(NumberShape::Float64)),
            Adapter::Argument | Adapter::ArgumentTried => match argument(self, 0) {
                Some(named) => {
                    let inner = self.lower(&named, at);
                    let tried = adapter == Adapter::ArgumentTried && at.input();
                    if tried { self.converted(inner, hash::hash(["try_from"])) } else { inner }
                }
                None => self.lower(ty, at),
            },
            Adapter::OneOrMany => {
                let one = match presence::core(ty) {
                    Ty::Foreign(_, own) => own.first().cloned(),
                    _ => None,
                };
                match one {
                    Some(one) if at.input() => {
                        let many = self.lower(ty, at.buffered());
                        let one = self.lower(&one, at.buffered());
                        self.one_of(&[("One", one), ("Many", many)])
                    }
                    _ => self.lower(ty, at),
                }
            }
            Adapter::DefaultOnNull => {
                let inner = match args.first() {
                    Some(by) => self.adapted(owner, ty, by, at),
                    None => self.lower(ty, at),
                };
                if at.input() && !at.lacks_null() { self.nullable(inner) } else { inner }
            }
            Adapter::EmptyText => match presence::option(presence::core(ty)) {
                Some(inner) => {
                    let inner = self.lower(inner, at.plain());
                    self.display(inner, at)
                }
                None => self.leaf(Shape::String { format: None }),
            },
            Adapter::Bit => self.known(Known::Int(0, 1), "", &[], at),
            Adapter::Pairs => match presence::core(ty) {
                Ty::Foreign(_, own) => self.known(Known::Pairs, "", own, at),
                _ => self.lower(ty, at),
            },
            Adapter::Inner => self.lower(ty, at),
        }
    }

    /// `Option::is_none`, by whatever name.
    fn is_option_is_none(&self, owner: &Owner<'_>, path: &RawTokens) -> bool {
        let Some(path) = path.path() else { return false };
        if path.segments.last().is_none_or(|last| last.name != "is_none") {
            return false;
        }
        match self.crates.resolve(owner.item.module, &path, Namespace::Value) {
            Resolved::Foreign(path) => path == "std::option::Option::is_none",
            Resolved::Unresolved => path.segments.iter().rev().nth(1).is_some_and(|owner| owner.name == "Option"),
            _ => false,
        }
    }

    /// Do `null` and a missing key mean different things?
    fn tells_null(&self, owner: &Owner<'_>, attrs: &FieldAttrs, ty: &Ty) -> bool {
        if let Ty::Foreign(path, _) = presence::core(ty)
            && super::foreign::known(path) == Some(Known::Undefined)
        {
            return true;
        }
        let defaulted = attrs.default.is_some() || owner.container.default.is_some();
        is_double(ty) && defaulted && attrs.with.is_some()
    }
}

/// `Option<Option<T>>`
fn is_double(ty: &Ty) -> bool {
    presence::option(presence::core(ty)).is_some_and(|ty| presence::option(presence::core(ty)).is_some())
}

/// `As<…>` of serde_with, in `with = "As::<Option<_>>"`.
fn serde_with_as(path: &Path) -> Option<&Type> {
    let last = path.segments.last()?;
    match (last.name.as_str(), last.args.as_slice()) {
        ("As", [GenericArg::Type(ty)]) => Some(ty),
        _ => None,
    }
}

/// Is it read from a form or query whose reader has rules of its own for what is missing?
pub(super) fn forgiving(at: At) -> bool {
    matches!(at.reader, Reader::RocketForm | Reader::PoemText) && at.is_text()
}
