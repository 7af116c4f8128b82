//! Known foreign types as nodes.

use super::at::Dialect;
use super::foreign::{Known, known, known_in_poem, wire_feature};
use super::reading::How;
use super::{At, Class, Lowering, integer};
use crate::extract::crates::Ty;
use crate::model::{
    Default, EnumShape, Field, Member, Names, Node, NumberShape, Object, OpaqueReason, Payload, Presence, Reader, Repr,
    Shape, ShapeId, Unknown, Variant, Wire,
};

impl Lowering<'_> {
    /// A type of another crate.
    pub(super) fn foreign(&mut self, path: &str, args: &[Ty], at: At) -> ShapeId {
        if let Some(stated) = self.stated(path, args) {
            return self.lower(&stated, at);
        }
        if at.dialect == Dialect::PoemOpenapi
            && let Some(row) = known_in_poem(path)
        {
            return self.known(row, path, args, at);
        }
        match known(path) {
            Some(Known::Erased) => self.opaque(path, OpaqueReason::Erased, None, None),
            Some(row) => {
                let id = self.known(row, path, args, at);
                match wire_feature(path).filter(|(package, feature)| self.features.contains(&(*package, *feature))) {
                    Some((package, feature)) => self.under_feature(id, format!("{package}/{feature}")),
                    None => id,
                }
            }
            // `use std::str;` puts a module in front of the primitive.
            None => match path.strip_prefix("std::") {
                Some(name) if args.is_empty() && is_primitive(name) => self.lower(&Ty::Primitive(name.into()), at),
                _ => match self.by_source(path, args, at) {
                    Some(id) => id,
                    None => self.unknown_foreign(path, args, at),
                },
            },
        }
    }

    /// The node of a type that no row knows, by its crate's source where that was read and says how it travels.
    fn by_source(&mut self, path: &str, args: &[Ty], at: At) -> Option<ShapeId> {
        let ty = self.crates.source_of(path, args)?;
        let Ty::Def(def, args) = &ty else { return Some(self.lower(&ty, at)) };
        let owner = self.owner(*def, args, at)?;
        match owner.how {
            How::Opaque(OpaqueReason::HandWritten, Some(_)) => self.handed_on(&owner, args, at),
            How::Opaque(..) => None,
            _ => Some(self.lower(&ty, at)),
        }
    }

    /// The node of a type that a feature of its crate makes travel otherwise.
    fn under_feature(&mut self, id: ShapeId, feature: String) -> ShapeId {
        let node = Node { wire_feature: Some(feature), ..self.shapes.get(id).clone() };
        self.shapes.push(node)
    }

    /// The node of a row.
    pub(super) fn known(&mut self, row: Known, path: &str, args: &[Ty], at: At) -> ShapeId {
        match row {
            Known::Like(i) => match args.get(i) {
                Some(inner) => self.lower(inner, at),
                None => self.unknown_foreign(path, args, at),
            },
            Known::Json => match args.first() {
                Some(inner) => self.lower(inner, at.plain()),
                None => self.unknown_foreign(path, args, at),
            },
            Known::Option => match args.first() {
                Some(inner) => {
                    let inner = self.lower(inner, at);
                    if at.lacks_null() { inner } else { self.nullable(inner) }
                }
                None => self.unknown_foreign(path, args, at),
            },
            Known::Undefined => self.known(Known::Option, path, args, at),
            Known::Text(format) => self.leaf(Shape::String { format: format.map(str::to_owned) }),
            Known::Int(min, max) => self.int(min, max, at),
            Known::NonZero(name) => self.non_zero(name, at),
            Known::NonZeroOf => match args.first() {
                Some(Ty::Primitive(name)) => self.non_zero(name, at),
                _ => self.unknown_foreign(path, args, at),
            },
            Known::Float64 => self.leaf(Shape::Number(NumberShape::Float64)),
            Known::Decimal => self.leaf(Shape::Number(NumberShape::Decimal)),
            Known::Bool => self.leaf(Shape::Bool),
            Known::Any => self.leaf(Shape::Any),
            Known::Null => self.leaf(Shape::Null),
            Known::Erased => self.opaque(path, crate::model::OpaqueReason::Erased, None, None),
            Known::Nullable(inner) => {
                let inner = self.known(*inner, path, args, at);
                if at.lacks_null() { inner } else { self.nullable(inner) }
            }
            Known::List | Known::ListOfArray | Known::ListOf(_) | Known::Pairs | Known::Bytes | Known::Tuple(_) => {
                self.known_list(row, path, args, at)
            }
            Known::Map => match args {
                [key, value, ..] => self.map(key, value, at),
                _ => self.unknown_foreign(path, args, at),
            },
            Known::MapTo(value) => {
                let key = self.leaf(Shape::String { format: None });
                let value = self.known(*value, path, args, at.value());
                self.leaf(Shape::Map { key, value })
            }
            Known::Object(fields) => self.known_object(fields, &[], path, args, at),
            Known::Partial(always, maybe) => self.known_object(always, maybe, path, args, at),
            Known::Tagged(rows) => self.known_enum(rows, path, args, at),
            Known::Untagged => {
                let arms: Vec<(&str, ShapeId)> = ["Left", "Right"]
                    .into_iter()
                    .zip(args)
                    .map(|(name, ty)| (name, self.lower(ty, at.buffered())))
                    .collect();
                self.one_of(&arms)
            }
        }
    }

    fn known_list(&mut self, row: Known, path: &str, args: &[Ty], at: At) -> ShapeId {
        let item = match (row, args.first()) {
            (Known::List, Some(Ty::Primitive(name))) if name == "u8" && at.reader == Reader::Raw => {
                return self.leaf(Shape::String { format: Some("binary".to_owned()) });
            }
            (Known::List, Some(item)) => self.lower(item, at.item()),
            (Known::ListOfArray, Some(Ty::Array(item, _))) => self.lower(item, at.item()),
            (Known::ListOfArray, Some(item)) => self.lower(item, at.item()),
            (Known::ListOf(item), _) => self.known(*item, path, args, at.item()),
            (Known::Pairs, _) => {
                let items = args.iter().take(2).map(|ty| (self.lower(ty, at.item()), false, None)).collect::<Vec<_>>();
                self.tuple_of(&items)
            }
            (Known::Bytes, _) => {
                if at.reader == Reader::Raw {
                    return self.leaf(Shape::String { format: Some("binary".to_owned()) });
                }
                let item = self.int(0, u8::MAX.into(), at);
                return self.leaf(Shape::List { item, length: None, reads_string: at.input() });
            }
            (Known::Tuple(rows), _) => {
                let items = rows.iter().map(|row| (self.known(*row, path, args, at), false, None)).collect::<Vec<_>>();
                return self.tuple_of(&items);
            }
            _ => return self.unknown_foreign(path, args, at),
        };
        self.leaf(Shape::List { item, length: None, reads_string: false })
    }

    fn non_zero(&mut self, name: &str, at: At) -> ShapeId {
        match integer(name) {
            Some((0, max)) => self.int(1, max, at),
            Some((min, max)) => {
                let inner = self.int(min, max, at);
                let code = self.unknown_code(&["non-zero"]);
                if at.input() { self.converted(inner, code) } else { inner }
            }
            None => self.unknown_foreign(name, &[], at),
        }
    }

    fn map(&mut self, key: &Ty, value: &Ty, at: At) -> ShapeId {
        let key = self.lower(key, at.plain());
        let value = self.lower(value, at.value());
        let map = self.leaf(Shape::Map { key, value });
        let numeric = matches!(self.shapes.get(key).shape, Shape::Number(_) | Shape::Bool);
        if at.input() && at.buffered && numeric && self.class(key) == Class::Scalar {
            return self.leaf(Shape::Refused { reason: "buffered-map-key", inner: map });
        }
        map
    }

    fn known_object(
        &mut self,
        always: &[(&str, Known)],
        maybe: &[(&str, Known)],
        path: &str,
        args: &[Ty],
        at: At,
    ) -> ShapeId {
        let mut fields = Vec::new();
        let rows =
            always.iter().map(|row| (row, Presence::Always)).chain(maybe.iter().map(|row| (row, Presence::Maybe)));
        for ((name, row), presence) in rows {
            let shape = self.known(*row, path, args, at.value());
            let missing = presence == Presence::Maybe;
            fields.push(Field {
                names: Names { wire: (*name).to_owned(), aliases: Vec::new() },
                member: self.foreign_member(path, name),
                shape,
                presence,
                null_distinct: false,
                default: if missing { Default::None } else { Default::Refused },
                deprecated: false,
                group: None,
                constraints: Vec::new(),
            });
        }
        // serde's own impls for the standard library, and what hands it on, skip no key.
        let denies = at.input() && !super::foreign::beneath(path, "dropshot");
        let unknown = if denies { Unknown::Denied } else { Unknown::Ignored };
        let object = Object { fields, unknown, unknown_member: None, inline: Vec::new() };
        self.shapes.push(Node { def: Some(self.foreign_member(path, "")), ..Node::plain(Shape::Object(object)) })
    }

    fn known_enum(&mut self, rows: &[(&str, Option<Known>)], path: &str, args: &[Ty], at: At) -> ShapeId {
        let mut variants = Vec::new();
        for (name, row) in rows {
            let payload = match row {
                Some(row) => Payload::Value(self.known(*row, path, args, at)),
                None => Payload::Unit,
            };
            variants.push(Variant {
                wire: Wire::Name((*name).to_owned()),
                aliases: Vec::new(),
                member: self.foreign_member(path, name),
                payload,
                other: false,
                untagged: false,
                deprecated: false,
            });
        }
        let shape = Shape::Enum(EnumShape { repr: Repr::External, variants, open: false, denies_unknown: false });
        self.shapes.push(Node { def: Some(self.foreign_member(path, "")), ..Node::plain(shape) })
    }

    fn foreign_member(&self, path: &str, name: &str) -> Member {
        Member::new(path, name, self.place())
    }
}

fn is_primitive(name: &str) -> bool {
    integer(name).is_some() || matches!(name, "str" | "char" | "bool" | "f32" | "f64")
}
