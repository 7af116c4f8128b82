//! Messages: read by the old type itself, so that both directions count; and what layout encodings make of them.

use super::ChangeKind as K;
use super::http::{Occurrence, endpoint, walked};
use super::shapes::{Readers, Walker};
use super::text;
use super::word::{Family, Position};
use crate::model::{Condition, EndpointContent, EndpointSet, EnumShape, Payload, Shape, ShapeId, Shapes, Unknown};
use std::collections::{BTreeSet, VecDeque};

/// One message: its shapes and, where it is not JSON, its encoding.
pub(super) struct Message<'a> {
    pub input: ShapeId,
    pub output: ShapeId,
    pub layout: Option<&'a str>,
}

/// Compares two messages.
pub(super) fn compare(walker: &mut Walker<'_>, old: &Message<'_>, new: &Message<'_>) -> Vec<Occurrence> {
    if old.layout != new.layout {
        let word = |layout: Option<&str>| layout.unwrap_or("json").to_owned();
        return vec![layout("message".to_owned(), word(old.layout), word(new.layout))];
    }
    if old.layout.is_some() {
        let difference = first_difference(walker, (old.output, new.output));
        let difference = difference.or_else(|| first_difference(walker, (old.input, new.input)));
        return difference.into_iter().map(|(at, was, is)| layout(at, was, is)).collect();
    }
    let at = |family| Position { family, message: true };
    let mut out = walked(walker, (old.input, new.input), at(Family::Request), "read", None);
    out.extend(walked(walker, (old.output, new.output), at(Family::Response), "written", None));
    out
}

fn layout(at: String, was: String, is: String) -> Occurrence {
    let found = endpoint().values(was, is);
    Occurrence { kind: K::MessageLayoutChanged, at, found, message: true, condition: Condition::Always }
}

/// How the old readers of all messages take what they do not know.
pub(super) fn readers(old: &EndpointSet) -> Readers {
    let mut readers = Readers::default();
    let mut seen = BTreeSet::new();
    let mut queue = VecDeque::new();
    for endpoint in &old.endpoints {
        if let EndpointContent::Message { input, .. } = &endpoint.content {
            queue.push_back(*input);
        }
    }
    while let Some(id) = queue.pop_front() {
        if !seen.insert(id) {
            continue;
        }
        let shape = &old.shapes.get(id).shape;
        match shape {
            Shape::Object(object) if matches!(object.unknown, Unknown::Denied) => {
                readers.refuse_fields.insert(super::objects::owner(&old.shapes, id, object));
            }
            Shape::Enum(e) if e.variants.iter().any(|v| v.other || v.untagged) => {
                readers.read_variants.extend(e.variants.first().map(|v| v.member.owner.clone()));
            }
            _ => {}
        }
        queue.extend(children(shape).into_iter().map(|(_, id)| id));
    }
    readers
}

/// What lies directly below a shape, with its path.
fn children(shape: &Shape) -> Vec<(String, ShapeId)> {
    let below = |path: &str, id: &ShapeId| (path.to_owned(), *id);
    match shape {
        Shape::Any | Shape::Opaque(_) | Shape::Null | Shape::Bool | Shape::Number(_) | Shape::String { .. } => {
            Vec::new()
        }
        Shape::Refused { inner, reason: _ } | Shape::Nullable(inner) => vec![below("", inner)],
        Shape::List { item, .. } => vec![below("[]", item)],
        Shape::Tuple(items) => items.iter().enumerate().map(|(i, item)| (format!(".{i}"), item.shape)).collect(),
        Shape::Map { key, value } => vec![below("{key}", key), below("{}", value)],
        Shape::Object(object) => {
            let fields = object.fields.iter().map(|f| (super::objects::below(f), f.shape));
            let rest = match object.unknown {
                Unknown::CatchAll(id) => Some((".*".to_owned(), id)),
                Unknown::Ignored | Unknown::Denied => None,
            };
            let inline = object.inline.iter().map(|i| (String::new(), i.shape));
            fields.chain(inline).chain(rest).collect()
        }
        Shape::Enum(e) => {
            let value = |v: &crate::model::Variant| match v.payload {
                Payload::Value(id) => Some((super::enums::below(v), id)),
                Payload::Unit => None,
            };
            e.variants.iter().filter_map(value).collect()
        }
    }
}

/// The first place at which two layouts differ: order and width count. Names are not written; but what kept its name and
/// stands elsewhere has another index or offset.
fn first_difference(walker: &Walker<'_>, start: (ShapeId, ShapeId)) -> Option<(String, String, String)> {
    let mut seen = BTreeSet::new();
    let mut queue = VecDeque::from([(start, "message".to_owned())]);
    while let Some(((old, new), path)) = queue.pop_front() {
        if !seen.insert((old, new)) {
            continue;
        }
        let (a, b) = (walker.old.get(old), walker.new.get(new));
        let (below_a, below_b) = (children(&a.shape), children(&b.shape));
        if head(walker.old, old) != head(walker.new, new)
            || below_a.len() != below_b.len()
            || a.conversion != b.conversion
        {
            return Some((path, laid_out(walker.old, old), laid_out(walker.new, new)));
        }
        if moved(&members(&a.shape), &members(&b.shape)) {
            return Some((path, laid_out(walker.old, old), laid_out(walker.new, new)));
        }
        for ((_, x), (name, y)) in below_a.into_iter().zip(below_b) {
            let joint = if path.contains(" · ") {
                super::shapes::deeper(&path, &name)
            } else {
                format!("{path} · {}", name.trim_start_matches('.'))
            };
            queue.push_back(((x, y), joint));
        }
    }
    None
}

/// The Rust names of fields or variants, in the order in which they are written.
fn members(shape: &Shape) -> Vec<&str> {
    match shape {
        Shape::Object(object) => object.fields.iter().map(|field| field.member.name.as_str()).collect(),
        Shape::Enum(e) => e.variants.iter().map(|variant| variant.member.name.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Does a name of both sides stand at another place?
fn moved(old: &[&str], new: &[&str]) -> bool {
    old.iter().enumerate().any(|(i, name)| new.get(i) != Some(name) && new.contains(name))
}

/// A shape by what stands one after the other in it.
fn laid_out(shapes: &Shapes, id: ShapeId) -> String {
    match members(&shapes.get(id).shape) {
        names if names.is_empty() => text::shape(shapes, id),
        names => format!("`{}`", names.join(", ")),
    }
}

/// What one node says of a layout by itself.
fn head(shapes: &Shapes, id: ShapeId) -> String {
    match &shapes.get(id).shape {
        Shape::Any => "any".to_owned(),
        Shape::Opaque(opaque) => match opaque.tokens {
            Some(tokens) => format!("opaque {tokens}"),
            None => format!("opaque {}", opaque.name),
        },
        Shape::Refused { .. } => "refused".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Bool => "bool".to_owned(),
        Shape::Number(number) => text::number(*number),
        Shape::String { format } => format!("string {format:?}"),
        Shape::Nullable(_) => "nullable".to_owned(),
        Shape::List { length, .. } => format!("list {length:?}"),
        Shape::Tuple(items) => format!("product {}", items.len()),
        Shape::Map { .. } => "map".to_owned(),
        Shape::Object(object) => format!("product {}", object.fields.len() + object.inline.len()),
        Shape::Enum(e) => payloads(e),
    }
}

fn payloads(e: &EnumShape) -> String {
    let word = |v: &crate::model::Variant| if matches!(v.payload, Payload::Unit) { "u" } else { "v" };
    format!("sum {}", e.variants.iter().map(word).collect::<String>())
}
