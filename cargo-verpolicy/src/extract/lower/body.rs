//! What stands between the braces or parentheses of a definition.

use super::attributes;
use super::definition::Owner;
use super::field::Fielding;
use super::reading::How;
use super::{At, Here, Lowering, Spot, hash, merge};
use crate::extract::crates::{DefId, Ty};
use crate::model::{
    Default, Direction, EnumShape, Field, Member, Names, Node, Object, OpaqueReason, Payload, Presence, Reader, Repr,
    Shape, ShapeId, TupleItem, Unknown, Variant, Wire,
};
use crate::syntax::facts::{FieldFact, Fields, ItemKind, Pos};

impl<'a> Lowering<'a> {
    /// The node of a struct with named fields, a tuple struct or an enum.
    pub(super) fn body(&mut self, def: DefId, args: &[Ty], at: At) -> Node {
        let Some(owner) = self.owner(def, args, at) else { return Node::plain(Shape::Any) };
        let place = self.crates.place(owner.item.module, owner.item.item.pos);
        let before = self.here.replace(Here { module: owner.item.module, place });
        let shape = match &owner.item.item.kind {
            ItemKind::Struct { fields: Fields::Named(fields), .. } if owner.how != How::SerdeTuple => {
                Shape::Object(self.object(&owner, fields, at))
            }
            ItemKind::Struct { fields: Fields::Named(fields) | Fields::Tuple(fields), .. } => {
                let items = self.tuple_fields(&owner, fields, "", at.value());
                self.tuple_shape(items)
            }
            ItemKind::Enum { variants, .. } => Shape::Enum(self.enumeration(&owner, variants, at)),
            _ => Shape::Any,
        };
        self.here = before;
        let conversion = owner.container.conversion.as_deref().map(|code| hash::hash([code]));
        let conversion = merge(conversion, self.checked_by_hand(&owner, at));
        Node { def: Some(self.member(&owner, "", owner.item.item.pos)), conversion, ..Node::plain(shape) }
    }

    /// The code of a validator that somebody wrote by hand, where it runs.
    fn checked_by_hand(&self, owner: &Owner<'_>, at: At) -> Option<u64> {
        if !at.validated || !at.input() {
            return None;
        }
        self.checking_code(owner)
    }

    /// An object of some fields of a struct only, whether or not a derive reads or writes the whole.
    pub(super) fn some_fields(&mut self, def: DefId, fields: &[&FieldFact], at: At) -> Option<(Object, Member)> {
        let mut owner = self.owner(def, &[], at)?;
        if matches!(owner.how, How::Opaque(..)) {
            owner.how = How::Serde;
            owner.container = attributes::container(&owner.item.item.attrs, &owner.how, at.direction);
        }
        let member = self.member(&owner, "", owner.item.item.pos);
        let before = self.here.replace(Here { module: owner.item.module, place: member.place.clone() });
        let object = self.object(&owner, fields.iter().copied(), at);
        self.here = before;
        self.drain();
        Some((object, member))
    }

    /// The value of one field of the struct `owner`, as the field's own attributes read or write it.
    pub fn value_of(&mut self, owner: DefId, field: &FieldFact, direction: Direction, reader: Reader) -> ShapeId {
        let at = self.at(direction, reader, Spot::Top);
        let id = match self.owner(owner, &[], at) {
            Some(mut owner) => {
                owner.how = How::Serde;
                let attrs = attributes::field(&field.attrs, &owner.how, direction);
                let ty = self.crates.ty(&owner.scope, &field.ty);
                self.carried(&owner, &ty, &attrs, at)
            }
            None => self.opaque("?", OpaqueReason::Unresolved, None, None),
        };
        self.drain();
        id
    }

    /// A struct with named fields.
    pub(super) fn object<'f>(
        &mut self,
        owner: &Owner<'a>,
        fields: impl IntoIterator<Item = &'f FieldFact>,
        at: At,
    ) -> Object {
        let mut object =
            Object { fields: Vec::new(), unknown: Unknown::Ignored, unknown_member: None, inline: Vec::new() };
        if let (Some(tag), false) = (&owner.container.tag, at.input()) {
            object.fields.push(self.constant(owner, tag));
        }
        if let (Some(pos), true) = (owner.container.deny_unknown, at.input()) {
            object.unknown = Unknown::Denied;
            object.unknown_member = Some(self.member(owner, "", pos));
        }
        let case = owner.container.rename_all;
        self.fields(&Fielding { owner, prefix: "", case, at: at.value() }, fields, &mut object);
        object
    }

    /// The field that `tag` on a struct writes.
    fn constant(&mut self, owner: &Owner<'_>, tag: &str) -> Field {
        let pos = owner.item.item.pos;
        let member = self.member(owner, "", pos);
        let variant = Variant {
            wire: Wire::Name(owner.name()),
            aliases: Vec::new(),
            member: member.clone(),
            payload: Payload::Unit,
            other: false,
            untagged: false,
            deprecated: false,
        };
        let shape = self.leaf(Shape::Enum(EnumShape {
            repr: Repr::External,
            variants: vec![variant],
            open: false,
            denies_unknown: false,
        }));
        Field {
            names: Names { wire: tag.to_owned(), aliases: Vec::new() },
            member,
            shape,
            presence: Presence::Always,
            null_distinct: false,
            default: Default::Refused,
            deprecated: false,
            group: None,
            constraints: Vec::new(),
        }
    }

    /// The elements of a tuple struct or variant.
    pub(super) fn tuple_fields(
        &mut self,
        owner: &Owner<'a>,
        fields: &[FieldFact],
        prefix: &str,
        at: At,
    ) -> Vec<(ShapeId, bool, Option<Member>)> {
        let mut items = Vec::new();
        for field in fields {
            let attrs = attributes::field(&field.attrs, &owner.how, at.direction);
            if attrs.skip {
                continue;
            }
            let ty = self.crates.ty(&owner.scope, &field.ty);
            let shape = self.carried(owner, &ty, &attrs, at);
            let missing = if at.input() {
                attrs.default.is_some() || owner.container.default.is_some()
            } else {
                attrs.skip_if.is_some()
            };
            items.push((shape, missing, Some(self.member(owner, dotted(prefix, &field.name), field.pos))));
        }
        items
    }

    /// A tuple of shapes; `[T; N]` when they are all the same.
    pub(super) fn tuple_of(&mut self, items: &[(ShapeId, bool, Option<Member>)]) -> ShapeId {
        let shape = self.tuple_shape(items.to_vec());
        self.leaf(shape)
    }

    pub(super) fn tuple_shape(&mut self, items: Vec<(ShapeId, bool, Option<Member>)>) -> Shape {
        if let Some((first, _, _)) = items.first()
            && items.iter().all(|(shape, missing, _)| shape == first && !missing)
        {
            let length = u64::try_from(items.len()).ok();
            return Shape::List { item: *first, length, reads_string: false };
        }
        let items = items.into_iter().map(|(shape, default, member)| TupleItem { shape, default, member });
        Shape::Tuple(items.collect())
    }
}

/// `field`, or `Variant.field`.
pub(super) fn dotted(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
}

/// A position that no source has.
pub(super) const NOWHERE: Pos = Pos { line: 0, column: 0 };
