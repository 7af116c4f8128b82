//! What a missing key means.

use super::shapes::Found;
use super::word::Word;
use crate::model::{Default, Shape};
use serde_json::Value;

/// The difference of what a missing key means, both sides being optional alike. Where the types are of two sorts, their
/// change says it.
pub(super) fn compare((old, new): (&Default, &Default), (old_shape, new_shape): (&Shape, &Shape)) -> Option<Found> {
    if let (Some(a), Some(b)) = (sort(old_shape), sort(new_shape))
        && a != b
    {
        return None;
    }
    match (value(old)?, value(new)?) {
        (Known(a), Known(b)) => {
            (a != b && !same_but_for_null(a, b)).then(|| Found::new(Word::DefaultChanged).values(a, b))
        }
        (Code(a), Code(b)) if a == b => None,
        (Known(_) | Code(_), Known(_) | Code(_)) => Some(Found::new(Word::DefaultOpaque)),
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

/// Equal once members that are `null` are left out: a field that is new and `None` changes no default.
fn same_but_for_null(a: &str, b: &str) -> bool {
    let read = |text: &str| serde_json::from_str(text).map(|value| without_null(value, DEPTH)).ok();
    match (read(a), read(b)) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    }
}

const DEPTH: u8 = 64;

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
