//! `open` in a mark: clients must tolerate what they do not know, so the enums of its answers count as open.

use crate::model::{Node, Payload, Shape, ShapeId, Shapes, Unknown};
use std::collections::HashMap;

/// A copy of everything below `id` with all enums open. Other endpoints keep the shapes that they share.
pub(super) fn opened(shapes: &mut Shapes, id: ShapeId) -> ShapeId {
    let mut copies = HashMap::new();
    let copy = reserve(shapes, &mut copies, id);
    let mut queue = vec![id];
    while let Some(id) = queue.pop() {
        let mut node = shapes.get(id).clone();
        if let Shape::Enum(shape) = &mut node.shape {
            shape.open = true;
        }
        each_child(&mut node, &mut |child| {
            if !copies.contains_key(child) {
                queue.push(*child);
            }
            *child = reserve(shapes, &mut copies, *child);
        });
        if let Some(copy) = copies.get(&id) {
            shapes.set(*copy, node);
        }
    }
    copy
}

fn reserve(shapes: &mut Shapes, copies: &mut HashMap<ShapeId, ShapeId>, id: ShapeId) -> ShapeId {
    *copies.entry(id).or_insert_with(|| shapes.reserve())
}

fn each_child(node: &mut Node, visit: &mut dyn FnMut(&mut ShapeId)) {
    match &mut node.shape {
        Shape::Refused { inner, .. } | Shape::Nullable(inner) => visit(inner),
        Shape::List { item, .. } => visit(item),
        Shape::Map { key, value } => {
            visit(key);
            visit(value);
        }
        Shape::Tuple(items) => items.iter_mut().for_each(|item| visit(&mut item.shape)),
        Shape::Object(object) => {
            object.fields.iter_mut().for_each(|field| visit(&mut field.shape));
            object.inline.iter_mut().for_each(|inline| visit(&mut inline.shape));
            if let Unknown::CatchAll(value) = &mut object.unknown {
                visit(value);
            }
        }
        Shape::Enum(shape) => {
            for variant in &mut shape.variants {
                if let Payload::Value(value) = &mut variant.payload {
                    visit(value);
                }
            }
        }
        Shape::Any | Shape::Opaque(_) | Shape::Null | Shape::Bool | Shape::Number(_) | Shape::String { .. } => {}
    }
}
