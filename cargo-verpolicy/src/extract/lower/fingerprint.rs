//! One number for what a shape looks like on the wire, whatever its Rust names are.

use super::hash;
use crate::model::{Object, Payload, Repr, Shape, ShapeId, Shapes, Unknown, version_line};
use std::collections::BTreeMap;

/// At most this many nodes are looked at.
const MAX_NODES: usize = 20_000;

/// Lets opaque nodes differ when what stands inside them differs.
pub(super) fn mix_in(shapes: &mut Shapes, around: &[(ShapeId, Vec<ShapeId>)], held: &BTreeMap<ShapeId, Vec<ShapeId>>) {
    for (id, inside) in around {
        let number = fingerprint(shapes, inside, held);
        let mut node = shapes.get(*id).clone();
        if let Shape::Opaque(opaque) = &mut node.shape
            && let Some(tokens) = opaque.tokens
        {
            opaque.tokens = Some(hash::mix(tokens, number));
            shapes.set(*id, node);
        }
    }
}

/// The number of these shapes in order: nodes count in the order in which they are met, `held` ones with what the type
/// behind them is made of.
pub(super) fn fingerprint(shapes: &Shapes, roots: &[ShapeId], held: &BTreeMap<ShapeId, Vec<ShapeId>>) -> u64 {
    let mut seen = Seen { numbers: BTreeMap::new(), order: Vec::new() };
    for root in roots {
        seen.number(*root);
    }
    let mut state = 0;
    let mut next = 0;
    while let Some(id) = seen.order.get(next).copied()
        && next < MAX_NODES
    {
        next += 1;
        let node = shapes.get(id);
        let mut text = seen.node(&node.shape);
        for inside in held.get(&id).into_iter().flatten() {
            text.push_str(&format!(" holds {}", seen.number(*inside)));
        }
        let code = node.conversion.unwrap_or_default();
        state = hash::mix(hash::mix(state, hash::hash([text.as_str()])), code);
    }
    state
}

struct Seen {
    numbers: BTreeMap<ShapeId, usize>,
    order: Vec<ShapeId>,
}

impl Seen {
    fn number(&mut self, id: ShapeId) -> usize {
        if let Some(number) = self.numbers.get(&id) {
            return *number;
        }
        let number = self.order.len();
        self.numbers.insert(id, number);
        self.order.push(id);
        number
    }

    /// A node without what is below it, and without Rust names.
    fn node(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Opaque(opaque) => {
                let name =
                    if opaque.tokens.is_none() { opaque.name.rsplit("::").next().unwrap_or_default() } else { "" };
                // Compatible versions of a crate are one.
                let version = opaque.version.as_deref().map(|version| version_line(version).unwrap_or(version));
                format!("opaque {:?} {name} {:?} {version:?}", opaque.reason, opaque.tokens)
            }
            Shape::Refused { reason, inner } => format!("refused {reason} {}", self.number(*inner)),
            Shape::Nullable(inner) => format!("nullable {}", self.number(*inner)),
            Shape::List { item, length, reads_string } => {
                format!("list {} {length:?} {reads_string}", self.number(*item))
            }
            Shape::Tuple(items) => {
                let items: Vec<(usize, bool)> = items.iter().map(|i| (self.number(i.shape), i.default)).collect();
                format!("tuple {items:?}")
            }
            Shape::Map { key, value } => format!("map {} {}", self.number(*key), self.number(*value)),
            Shape::Object(object) => self.object(object),
            Shape::Enum(shape) => {
                let mut out = format!("enum {:?} {} {}", shape.repr, shape.open, shape.denies_unknown);
                let mut variants: Vec<_> = shape.variants.iter().collect();
                if shape.repr != Repr::Untagged {
                    variants.sort_by(|a, b| a.wire.cmp(&b.wire));
                }
                for variant in variants {
                    let payload = match variant.payload {
                        Payload::Unit => None,
                        Payload::Value(value) => Some(self.number(value)),
                    };
                    let flags = (variant.other, variant.untagged, variant.deprecated);
                    out.push_str(&format!(" {:?} {:?} {payload:?} {flags:?}", variant.wire, variant.aliases));
                }
                out
            }
            plain => format!("{plain:?}"),
        }
    }

    fn object(&mut self, object: &Object) -> String {
        let mut out = String::from("object");
        let mut fields: Vec<_> = object.fields.iter().collect();
        fields.sort_by(|a, b| a.names.cmp(&b.names));
        for field in fields {
            let shape = self.number(field.shape);
            let rest = (field.presence, field.null_distinct, &field.default, field.group, &field.constraints);
            out.push_str(&format!(" {:?} {shape} {rest:?}", field.names));
        }
        for inline in &object.inline {
            out.push_str(&format!(" inline {} {:?}", self.number(inline.shape), inline.group));
        }
        match object.unknown {
            Unknown::Ignored => {}
            Unknown::Denied => out.push_str(" denied"),
            Unknown::CatchAll(value) => out.push_str(&format!(" all {}", self.number(value))),
        }
        out
    }
}
