//! What a missing key means.

use super::shapes::Found;
use super::word::Word;
use crate::model::{Default, EnumShape, Field, Shape, ShapeId, Shapes, Variant, Wire};
use serde_json::Value;

/// The difference of what a missing key means, both sides being optional alike. Where the types are of two sorts, their
/// change says it.
pub(super) fn compare((old, new): (&Default, &Default), sides: Sides<'_>) -> Option<Found> {
    if sides.sorts_differ() {
        return None;
    }
    match (value(old)?, value(new)?) {
        (Known(a), Known(b)) if a == b || same_text(a, b, sides) => None,
        // Code stands between the value and the wire: which of its members the wire shows is not known.
        (Known(a), Known(b)) if !is_of(a, sides.old) && !is_of(b, sides.new) => Some(Found::new(Word::DefaultOpaque)),
        (Known(a), Known(b)) => Some(Found::new(Word::DefaultChanged).values(a, b)),
        (Code(a), Code(b)) if a == b => None,
        (Known(_) | Code(_), Known(_) | Code(_)) => Some(Found::new(Word::DefaultOpaque)),
    }
}

/// The shapes that the two values have.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) old: (&'a Shapes, ShapeId),
    pub(super) new: (&'a Shapes, ShapeId),
}

impl<'a> Sides<'a> {
    fn shapes(self) -> (&'a Shape, &'a Shape) {
        (&self.old.0.get(self.old.1).shape, &self.new.0.get(self.new.1).shape)
    }

    fn at(self, old: ShapeId, new: ShapeId) -> Self {
        Self { old: (self.old.0, old), new: (self.new.0, new) }
    }

    /// Without what stands around a value that may be `null`.
    fn inner(self) -> Self {
        let (_, old) = super::objects::strip_null(self.old.0, self.old.1);
        let (_, new) = super::objects::strip_null(self.new.0, self.new.1);
        self.at(old, new)
    }

    fn sorts_differ(self) -> bool {
        let (old, new) = self.shapes();
        matches!((sort(old), sort(new)), (Some(a), Some(b)) if a != b)
    }
}

/// The sort of value that a shape holds, where it is only one.
fn sort(shape: &Shape) -> Option<&'static str> {
    Some(match shape {
        Shape::Bool => "bool",
        Shape::Number(_) => "number",
        Shape::String { .. } => "string",
        Shape::List { .. } | Shape::Tuple(_) => "array",
        Shape::Object(_) | Shape::Map { .. } => "object",
        _ => return None,
    })
}

/// Can a value of this shape look so? Objects and arrays tell.
fn is_of(value: &str, (shapes, id): (&Shapes, ShapeId)) -> bool {
    let (_, id) = super::objects::strip_null(shapes, id);
    match (value.as_bytes().first(), sort(&shapes.get(id).shape)) {
        (Some(b'{'), Some(sort)) => sort == "object",
        (Some(b'['), Some(sort)) => sort == "array",
        _ => true,
    }
}

const DEPTH: u8 = 64;

fn same_text(a: &str, b: &str, sides: Sides<'_>) -> bool {
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    read(a).zip(read(b)).is_some_and(|(a, b)| same(&a, &b, sides, DEPTH))
}

/// Do the two values mean the same? A member is told by its field, not by its wire name, and one that only one side
/// has is no default that changed: that it came, went or is called otherwise is said by itself. A member that is not
/// there is `null`.
fn same(a: &Value, b: &Value, sides: Sides<'_>, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return a == b };
    let sides = sides.inner();
    if a == b || sides.sorts_differ() {
        return true;
    }
    match ((a, b), sides.shapes()) {
        ((Value::Object(a), Value::Object(b)), (Shape::Object(old), Shape::Object(new))) => {
            let matched = super::objects::pair_fields(&old.fields, &new.fields);
            let pairs = matched.pairs.iter().filter_map(|(i, j)| old.fields.get(*i).zip(new.fields.get(*j)));
            let mut fields_agree = true;
            for (x, y) in pairs {
                let (was, is) = (a.get(&x.names.wire), b.get(&y.names.wire));
                let (was, is) = (was.unwrap_or(&Value::Null), is.unwrap_or(&Value::Null));
                fields_agree &= same(was, is, sides.at(x.shape, y.shape), depth);
            }
            let named = |key: &str, fields: &[Field]| fields.iter().any(|f| f.names.wire == key);
            let others = a.iter().filter(|(key, _)| !named(key, &old.fields) && !named(key, &new.fields));
            fields_agree && others.into_iter().all(|(key, value)| b.get(key).is_none_or(|other| other == value))
        }
        ((Value::String(a), Value::String(b)), (Shape::Enum(old), Shape::Enum(new))) => {
            let rust = |e: &EnumShape, name: &str| {
                let is = |v: &&Variant| matches!(&v.wire, Wire::Name(wire) if wire == name);
                e.variants.iter().find(is).map(|v| v.member.name.clone())
            };
            rust(old, a).is_some_and(|name| rust(new, b) == Some(name))
        }
        ((Value::Array(a), Value::Array(b)), (Shape::List { item: x, .. }, Shape::List { item: y, .. })) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, sides.at(*x, *y), depth))
        }
        ((Value::Number(a), Value::Number(b)), _) => a.as_f64() == b.as_f64(),
        _ => without_null(a.clone(), depth) == without_null(b.clone(), depth),
    }
}

fn without_null(value: Value, depth: u8) -> Value {
    let Some(depth) = depth.checked_sub(1) else { return value };
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(members.map(|(key, value)| (key, without_null(value, depth))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(|item| without_null(item, depth)).collect()),
        other => other,
    }
}

enum Meaning<'a> {
    Known(&'a str),
    Code(u64),
}
use Meaning::{Code, Known};

fn value(default: &Default) -> Option<Meaning<'_>> {
    match default {
        Default::Refused => None,
        Default::None => Some(Known("null")),
        Default::Value(value) => Some(Known(value)),
        Default::Opaque(tokens) => Some(Code(*tokens)),
    }
}
