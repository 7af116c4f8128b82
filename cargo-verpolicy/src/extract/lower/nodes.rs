//! Nodes: shared leaves, `null` once, code in between, and what a reserved node will be.

use super::naming::integer;
use super::validator::Refused;
use super::{At, Class, Copy, Lowering};
use crate::extract::crates::Ty;
use crate::model::{Member, Node, NumberShape, OpaqueReason, Reader, Shape, ShapeId};

impl Lowering<'_> {
    pub(super) fn primitive(&mut self, name: &str, at: At) -> ShapeId {
        match name {
            "bool" => self.leaf(Shape::Bool),
            "str" => self.leaf(Shape::String { format: None }),
            "char" => self.leaf(Shape::String { format: Some("char".to_owned()) }),
            "f32" => self.leaf(Shape::Number(NumberShape::Float32)),
            "f64" => self.leaf(Shape::Number(NumberShape::Float64)),
            _ => match integer(name) {
                Some((min, max)) => self.int(min, max, at),
                None => self.opaque(name, OpaqueReason::Erased, None, None),
            },
        }
    }

    pub(super) fn int(&mut self, min: i128, max: u128, at: At) -> ShapeId {
        let (min, max) = match at.reader {
            // TOML's integers end there.
            Reader::Config => (min.max(i128::from(i64::MIN)), max.min(i64::MAX.unsigned_abs().into())),
            _ => (min, max),
        };
        self.leaf(Shape::Number(NumberShape::Int { min, max }))
    }

    pub(super) fn list(&mut self, item: &Ty, length: Option<u64>, at: At) -> ShapeId {
        let item = self.lower(item, at.item());
        self.leaf(Shape::List { item, length, reads_string: false })
    }

    pub(super) fn tuple(&mut self, items: &[Ty], at: At) -> ShapeId {
        let shapes: Vec<ShapeId> = items.iter().map(|item| self.lower(item, at.value())).collect();
        self.tuple_of(&shapes.into_iter().map(|shape| (shape, false, None)).collect::<Vec<_>>())
    }

    /// A node without definition; equal ones are shared.
    pub(super) fn leaf(&mut self, shape: Shape) -> ShapeId {
        let node = Node::plain(shape);
        if let Some(id) = self.leaves.iter().find(|id| *self.shapes.get(**id) == node) {
            return *id;
        }
        let id = self.shapes.push(node);
        // Compound nodes are many and rarely equal; the memo shares them.
        if self.leaves.len() < 256 {
            self.leaves.push(id);
        }
        id
    }

    /// `null` or the inner value; once is enough.
    pub(super) fn nullable(&mut self, inner: ShapeId) -> ShapeId {
        match self.class(inner) {
            Class::Null | Class::Any | Class::Nullable => inner,
            _ => self.leaf(Shape::Nullable(inner)),
        }
    }

    /// The node with code in between.
    pub(super) fn converted(&mut self, inner: ShapeId, conversion: u64) -> ShapeId {
        let id = self.shapes.reserve();
        let class = self.class(inner);
        self.unset.insert(id, class);
        self.copies.push(Copy {
            to: id,
            from: inner,
            conversion: Some(conversion),
            by_code: false,
            def: None,
            refused: None,
        });
        id
    }

    /// Puts a node that code stands before down to the type whose code it is.
    pub(super) fn belongs(&mut self, id: ShapeId, member: Member) -> ShapeId {
        if let Some(copy) = self.copies.iter_mut().rev().find(|copy| copy.to == id) {
            copy.def = Some(member);
        }
        id
    }

    /// The node of what code alone decides: the shape is that of the Rust type, and counts in the hash.
    pub(super) fn decided(&mut self, inner: ShapeId, conversion: u64) -> ShapeId {
        let id = self.converted(inner, conversion);
        if let Some(copy) = self.copies.last_mut() {
            copy.by_code = true;
        }
        self.held.insert(id, vec![inner]);
        id
    }

    /// The value of a node that may be `null`, where it is there.
    pub(super) fn without_null(&mut self, id: ShapeId) -> ShapeId {
        if let Some(copy) = self.copies.iter_mut().rev().find(|copy| copy.to == id) {
            if let Shape::Nullable(inner) = self.shapes.get(copy.from).shape {
                copy.from = inner;
            }
            return id;
        }
        match self.shapes.get(id).shape {
            Shape::Nullable(inner) => inner,
            _ => id,
        }
    }

    /// The enum, or the enum or `null`, less what is refused of it; `None` where it is neither.
    pub(super) fn less(&mut self, inner: ShapeId, refused: &Refused) -> Option<ShapeId> {
        if let Shape::Nullable(inner) = self.shapes.get(inner).shape {
            let less = self.less(inner, refused)?;
            return Some(self.nullable(less));
        }
        if self.class(inner) != Class::Enum {
            return None;
        }
        let id = self.shapes.reserve();
        self.unset.insert(id, Class::Enum);
        self.copies.push(Copy {
            to: id,
            from: inner,
            conversion: None,
            by_code: false,
            def: None,
            refused: Some(refused.clone()),
        });
        Some(id)
    }

    /// What a node is or will be.
    pub(super) fn class(&self, id: ShapeId) -> Class {
        if let Some(class) = self.unset.get(&id) {
            return *class;
        }
        match &self.shapes.get(id).shape {
            Shape::Null => Class::Null,
            Shape::Any => Class::Any,
            Shape::Bool | Shape::Number(_) | Shape::String { .. } | Shape::Refused { .. } => Class::Scalar,
            Shape::Nullable(_) => Class::Nullable,
            Shape::List { .. } | Shape::Tuple(_) => Class::List,
            Shape::Map { .. } => Class::Map,
            Shape::Object(_) => Class::Object,
            Shape::Enum(_) => Class::Enum,
            Shape::Opaque(_) => Class::Opaque,
        }
    }
}
