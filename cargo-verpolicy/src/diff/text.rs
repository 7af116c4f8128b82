//! Shapes as short text, for messages.

use crate::model::{EnumShape, NumberShape, Object, Payload, Presence, Repr, Shape, ShapeId, Shapes, Variant, Wire};

/// How deep a text goes before it says no more.
const DEPTH: u8 = 3;
/// How many variants a text names.
const NAMES: usize = 4;

/// A shape in a few words: `u32`, `string (uuid)`, `array of string`.
pub(super) fn shape(shapes: &Shapes, id: ShapeId) -> String {
    at_depth(shapes, id, DEPTH)
}

fn at_depth(shapes: &Shapes, id: ShapeId, depth: u8) -> String {
    let Some(next) = depth.checked_sub(1) else { return "…".to_owned() };
    let inner = |id: ShapeId| at_depth(shapes, id, next);
    match &shapes.get(id).shape {
        Shape::Any => "any value".to_owned(),
        Shape::Opaque(opaque) => format!("`{}`", opaque.name),
        Shape::Refused { inner: id, reason } => format!("{} ({})", inner(*id), refused(reason)),
        Shape::Null => "null".to_owned(),
        Shape::Bool => "bool".to_owned(),
        Shape::Number(number) => self::number(*number),
        Shape::String { format: None } => "string".to_owned(),
        Shape::String { format: Some(format) } => format!("string ({format})"),
        Shape::Nullable(id) => format!("{} or null", inner(*id)),
        Shape::List { item, length: None, reads_string: _ } => format!("array of {}", inner(*item)),
        Shape::List { item, length: Some(length), reads_string: _ } => format!("array of {length} {}", inner(*item)),
        Shape::Tuple(items) => format!("tuple of {}", items.len()),
        Shape::Map { key: _, value } => format!("map of {}", inner(*value)),
        Shape::Object(_) => "object".to_owned(),
        Shape::Enum(e) => variants(e),
    }
}

/// Why every value of a type is refused where it stands.
fn refused(reason: &str) -> &'static str {
    match reason {
        "buffered-u128" => "behind a buffer, which holds no 128 bits",
        "buffered-map-key" => "behind a buffer, where keys are text",
        "text-buffered" => "behind a buffer, where all is text",
        "text-list" => "a list, and its reader knows none",
        "text-nested" => "nested, and its reader is flat",
        "text-u128" => "its reader knows no 128 bits",
        "tagged-scalar" => "under a tag, which only fields stand beside",
        _ => "refused where it stands",
    }
}

fn variants(e: &EnumShape) -> String {
    if matches!(e.repr, Repr::Untagged) {
        return format!("one of {} shapes", e.variants.len());
    }
    let mut names: Vec<String> = e.variants.iter().take(NAMES).map(|v| wire(&v.wire)).collect();
    if e.variants.len() > NAMES {
        names.push("…".to_owned());
    }
    format!("one of {}", names.join(", "))
}

/// The wire name of a variant.
pub(super) fn wire(wire: &Wire) -> String {
    match wire {
        Wire::Name(name) => name.clone(),
        Wire::Number(number) => number.to_string(),
    }
}

/// An arm of an untagged enum by what stands on the wire: `null`, `array of string`, `{"type": "none", "size": …}`.
pub(super) fn alternative(shapes: &Shapes, variant: &Variant) -> String {
    let Payload::Value(id) = variant.payload else { return "null".to_owned() };
    match &shapes.get(id).shape {
        Shape::Object(object) => keys(shapes, object),
        Shape::Opaque(opaque) => opaque.name.clone(),
        _ => shape(shapes, id),
    }
}

/// The keys by which an object is known: those that must be there, with their values where only one is possible.
fn keys(shapes: &Shapes, object: &Object) -> String {
    let must = object.fields.iter().filter(|field| field.presence == Presence::Always);
    let mut keys: Vec<String> = must
        .map(|field| match constant(shapes, field.shape) {
            Some(value) => format!("\"{}\": \"{value}\"", field.names.wire),
            None => format!("\"{}\": …", field.names.wire),
        })
        .collect();
    if keys.is_empty() || keys.len() > NAMES {
        keys.truncate(NAMES);
        keys.push("…".to_owned());
    }
    format!("{{{}}}", keys.join(", "))
}

/// The only text that a shape stands for.
fn constant(shapes: &Shapes, id: ShapeId) -> Option<&str> {
    let Shape::Enum(EnumShape { repr: Repr::External, variants, .. }) = &shapes.get(id).shape else { return None };
    match variants.as_slice() {
        [Variant { wire: Wire::Name(name), payload: Payload::Unit, aliases, other: false, untagged: false, .. }]
            if aliases.is_empty() =>
        {
            Some(name)
        }
        _ => None,
    }
}

/// How an enum tells its variant.
pub(super) fn repr(repr: &Repr) -> String {
    match repr {
        Repr::External => "under the variant's name".to_owned(),
        Repr::Internal { tag } => format!("with the tag `{tag}`"),
        Repr::Adjacent { tag, content } => format!("with the tag `{tag}` and the content `{content}`"),
        Repr::Untagged => "untagged".to_owned(),
        Repr::Number => "as a number".to_owned(),
    }
}

/// A number by the Rust type that has its range, else by the range.
pub(super) fn number(number: NumberShape) -> String {
    match number {
        NumberShape::Float32 => "f32".to_owned(),
        NumberShape::Float64 => "f64".to_owned(),
        NumberShape::Decimal => "decimal".to_owned(),
        NumberShape::Int { min, max } => named_int(min, max).unwrap_or_else(|| format!("integer {min}..={max}")),
    }
}

fn named_int(min: i128, max: u128) -> Option<String> {
    for bits in [8_u32, 16, 32, 64, 128] {
        let unsigned_max = u128::MAX >> (128 - bits);
        let signed_max = unsigned_max >> 1;
        if max == unsigned_max && (min == 0 || min == 1) {
            return Some(if min == 0 { format!("u{bits}") } else { format!("nonzero u{bits}") });
        }
        if max == signed_max && u128::try_from(min.checked_add(1)?.checked_neg()?) == Ok(signed_max) {
            return Some(format!("i{bits}"));
        }
    }
    None
}
