//! A type read key by key: path, query, headers, cookies.

use super::field::forgiving;
use super::foreign::{Known, known};
use super::{At, Lowering, Parameters, Spot, presence};
use crate::extract::crates::Ty;
use crate::model::{
    Default, EnumShape, Field, In, Member, Names, Object, Parameter, Payload, Presence, Reader, Repr, Shape, ShapeId,
    Unknown, UnknownKeys, Variant, Wire,
};

/// What is being read.
struct Reading {
    place_in: In,
    reader: Reader,
    out: Parameters,
}

/// Reads a type as parameters.
pub(super) fn read(lowering: &mut Lowering<'_>, ty: &Ty, at: At, place_in: In, fallback_name: &str) -> Parameters {
    let out = Parameters { parameters: Vec::new(), unknown: UnknownKeys::Ignored };
    let mut reading = Reading { place_in, reader: at.reader, out };
    let core = presence::core(ty);
    let (whole, optional) = match presence::option(core) {
        Some(inner) if at.reader != Reader::PoemText => (presence::core(inner), true),
        _ => (core, false),
    };
    if at.reader == Reader::PoemText || !reading.object(lowering, whole, at) {
        reading.single(lowering, ty, at, fallback_name);
    } else if optional {
        for parameter in &mut reading.out.parameters {
            if parameter.presence == Presence::Always {
                parameter.presence = Presence::Maybe;
                parameter.default = Default::None;
            }
        }
    }
    reading.out
}

/// The fields of an object as parameters.
pub(super) fn of_object(lowering: &mut Lowering<'_>, object: &Object, place_in: In, reader: Reader) -> Parameters {
    let out = Parameters { parameters: Vec::new(), unknown: UnknownKeys::Ignored };
    let mut reading = Reading { place_in, reader, out };
    reading.fields(lowering, object);
    reading.out
}

impl Reading {
    /// Reads what has keys of its own; `false` when the type has none.
    fn object(&mut self, lowering: &mut Lowering<'_>, ty: &Ty, at: At) -> bool {
        match ty {
            Ty::Tuple(items) if items.is_empty() => return true,
            Ty::Tuple(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.single(lowering, item, at, &i.to_string());
                }
                return true;
            }
            Ty::Foreign(path, args)
                if super::foreign::beneath(path, "dropshot") && path.ends_with("::PaginationParams") =>
            {
                self.pagination(lowering, args, at);
                return true;
            }
            Ty::Foreign(path, args) if self.place_in == In::Query => {
                // `Query<Vec<(String, String)>>` takes every key.
                if let (Some(Known::List), Some(Ty::Tuple(pair))) = (known(path), args.first())
                    && let [_, value] = pair.as_slice()
                {
                    let value = lowering.lower(value, at.value());
                    lowering.drain();
                    self.out.unknown = UnknownKeys::CatchAll(value);
                    return true;
                }
            }
            _ => {}
        }
        let id = lowering.lower(ty, at);
        lowering.drain();
        match lowering.shapes.get(id).shape.clone() {
            Shape::Object(object) => self.fields(lowering, &object),
            Shape::Map { value, .. } => self.out.unknown = UnknownKeys::CatchAll(value),
            Shape::Enum(shape) if braces(&shape) => self.variants(lowering, &shape),
            Shape::Null if matches!(ty, Ty::Def(..)) => {}
            Shape::List { item, length: Some(length), .. } if matches!(ty, Ty::Def(..)) => {
                for i in 0..length.min(64) {
                    self.push_plain(lowering, &i.to_string(), item);
                }
            }
            Shape::Tuple(items) if matches!(ty, Ty::Def(..)) => {
                for (i, item) in items.iter().enumerate() {
                    self.push_plain(lowering, &i.to_string(), item.shape);
                }
            }
            _ => return false,
        }
        true
    }

    fn fields(&mut self, lowering: &mut Lowering<'_>, object: &Object) {
        for field in &object.fields {
            self.push(field, field.group.is_some());
        }
        for inline in &object.inline {
            match lowering.shapes.get(inline.shape).shape.clone() {
                Shape::Enum(shape) => self.variants(lowering, &shape),
                Shape::Opaque(_) => {
                    let parameter = self.parameter(&inline.member.name, inline.member.clone(), inline.shape);
                    self.add(Parameter { presence: Presence::Maybe, ..parameter });
                }
                _ => {}
            }
        }
        match object.unknown {
            Unknown::Ignored => {}
            Unknown::Denied => self.out.unknown = UnknownKeys::Denied,
            Unknown::CatchAll(value) => self.out.unknown = UnknownKeys::CatchAll(value),
        }
    }

    /// The keys of an enum's variants side by side: any of them may be sent.
    fn variants(&mut self, lowering: &mut Lowering<'_>, shape: &EnumShape) {
        if let Repr::Internal { tag } | Repr::Adjacent { tag, .. } = &shape.repr
            && let Some(first) = shape.variants.first()
        {
            let units = shape.variants.iter().map(|variant| Variant { payload: Payload::Unit, ..variant.clone() });
            let variants = units.collect();
            let names = EnumShape { repr: Repr::External, variants, open: shape.open, denies_unknown: false };
            let id = lowering.leaf(Shape::Enum(names));
            let member = Member { name: String::new(), ..first.member.clone() };
            let parameter = self.parameter(tag, member, id);
            self.add(parameter);
        }
        for variant in &shape.variants {
            let Payload::Value(value) = variant.payload else { continue };
            if let (Repr::External, Wire::Name(name)) = (&shape.repr, &variant.wire) {
                let parameter = self.parameter(name, variant.member.clone(), value);
                self.add(Parameter { presence: Presence::Maybe, default: Default::None, ..parameter });
                continue;
            }
            match lowering.shapes.get(value).shape.clone() {
                Shape::Object(object) => {
                    for field in &object.fields {
                        self.push(field, true);
                    }
                }
                Shape::Enum(shape) if shape.repr != Repr::Untagged => self.variants(lowering, &shape),
                _ => {}
            }
        }
    }

    /// dropshot's pages: the first by a selector, those that follow by a token.
    fn pagination(&mut self, lowering: &mut Lowering<'_>, args: &[Ty], at: At) {
        let limit = Ty::Foreign("std::num::NonZeroU32".into(), Vec::new());
        let token = Ty::Foreign("std::string::String".into(), Vec::new());
        for (name, ty) in [("limit", limit), ("page_token", token)] {
            let shape = lowering.lower(&ty, at.value());
            lowering.drain();
            let member = self.nowhere(lowering, name);
            let parameter = self.parameter(name, member, shape);
            self.add(Parameter { presence: Presence::Maybe, default: Default::None, ..parameter });
        }
        if let Some(scan) = args.first() {
            let before = self.out.parameters.len();
            self.object(lowering, presence::core(scan), at);
            for parameter in self.out.parameters.iter_mut().skip(before) {
                parameter.presence = Presence::Maybe;
                if parameter.default == Default::Refused {
                    parameter.default = Default::None;
                }
            }
        }
    }

    /// One parameter for the whole type.
    fn single(&mut self, lowering: &mut Lowering<'_>, ty: &Ty, at: At, name: &str) {
        let mut key = at;
        key.spot = Spot::Key;
        let key = key.normal();
        let shape = lowering.lower(ty, key);
        lowering.drain();
        let member = self.nowhere(lowering, name);
        let mut parameter = self.parameter(name, member, shape);
        let forgiven = forgiving(at) || presence::option(presence::core(ty)).is_some();
        if forgiven && let Some(default) = presence::missing_of(lowering, ty, key) {
            parameter.presence = Presence::Maybe;
            parameter.default = default;
        }
        self.add(parameter);
    }

    fn push_plain(&mut self, lowering: &Lowering<'_>, name: &str, shape: ShapeId) {
        let member = self.nowhere(lowering, name);
        let parameter = self.parameter(name, member, shape);
        self.add(parameter);
    }

    fn push(&mut self, field: &Field, may_miss: bool) {
        let missing = may_miss && field.presence == Presence::Always;
        self.add(Parameter {
            place_in: self.place_in,
            names: field.names.clone(),
            member: field.member.clone(),
            presence: if may_miss { Presence::Maybe } else { field.presence },
            default: if missing { Default::None } else { field.default.clone() },
            shape: field.shape,
            reader: self.reader,
            published: false,
            deprecated: field.deprecated,
            constraints: field.constraints.clone(),
        });
    }

    fn parameter(&self, name: &str, member: Member, shape: ShapeId) -> Parameter {
        Parameter {
            place_in: self.place_in,
            names: Names { wire: name.to_owned(), aliases: Vec::new() },
            member,
            presence: Presence::Always,
            default: Default::Refused,
            shape,
            reader: self.reader,
            published: false,
            deprecated: false,
            constraints: Vec::new(),
        }
    }

    /// Adds a parameter; of two with one name the first stands.
    fn add(&mut self, parameter: Parameter) {
        if self.out.parameters.iter().all(|other| other.names.wire != parameter.names.wire) {
            self.out.parameters.push(parameter);
        }
    }

    fn nowhere(&self, lowering: &Lowering<'_>, name: &str) -> Member {
        Member::new("", name, lowering.place())
    }
}

fn braces(shape: &EnumShape) -> bool {
    matches!(shape.repr, Repr::Internal { .. } | Repr::Adjacent { .. })
        || (shape.repr == Repr::Untagged && shape.variants.iter().any(|v| v.payload != Payload::Unit))
}
