//! Fields that moved into a flattened untagged enum: its arms read and write them under the same keys.

use super::shapes::{Compared, Edge, Found, Pair, Walker};
use super::word::Position;
use crate::model::{EnumShape, Field, Inline, Object, Payload, Presence, Repr, Shape, ShapeId, Shapes, Unknown};

/// The arms of the flattened untagged enums that are new.
pub(super) struct Arms<'a> {
    enums: Vec<Flattened<'a>>,
}

struct Flattened<'a> {
    member: &'a str,
    /// Its arms that take the old object's place.
    taking: Vec<&'a Object>,
    /// How many arms there are.
    all: usize,
    /// No arm holds a key that the old object had not.
    all_old: bool,
}

/// The flattened untagged enums of `new` that `old` had not, each with the arms that stand for the old object: reading,
/// those that ask for nothing but what the old object had to hold; writing, all of them.
pub(super) fn of<'a>(
    shapes: &'a Shapes,
    (old_inline, new_inline): (&[Inline], &'a [Inline]),
    old: &Object,
    at: Position,
) -> Arms<'a> {
    let fresh = |b: &&Inline| old_inline.iter().all(|a| a.member.name != b.member.name);
    let mut enums = Vec::new();
    for inline in new_inline.iter().filter(fresh) {
        let Shape::Enum(shape) = &shapes.get(inside(shapes, inline.shape)).shape else { continue };
        if shape.repr != Repr::Untagged {
            continue;
        }
        let objects: Vec<&Object> = shape.variants.iter().filter_map(|v| object_in(shapes, &v.payload)).collect();
        let had = |field: &Field| old.fields.iter().find(|f| reads(field, &f.names.wire));
        let asks_no_more = |object: &&Object| {
            let needed = object.fields.iter().filter(|f| f.presence == Presence::Always);
            needed.into_iter().all(|f| had(f).is_some_and(|old| old.presence == Presence::Always))
        };
        enums.push(Flattened {
            member: &inline.member.name,
            all_old: objects.iter().all(|o| o.fields.iter().all(|f| had(f).is_some())),
            taking: if at.reads() { objects.into_iter().filter(asks_no_more).collect() } else { objects },
            all: shape.variants.len(),
        });
    }
    Arms { enums }
}

/// An object around a flattened untagged enum against an untagged enum whose arms hold the object's fields themselves:
/// arm against arm, told by their Rust names. `false` where the two are not of this kind.
pub(super) fn spread(
    walker: &mut Walker<'_>,
    (object, whole, object_is_new): (&Object, &EnumShape, bool),
    pair: Pair,
    out: &mut Compared,
) -> bool {
    let (of_object, of_whole) = if object_is_new { (walker.new, walker.old) } else { (walker.old, walker.new) };
    let [inline] = object.inline.as_slice() else { return false };
    let Shape::Enum(flattened) = &of_object.get(inline.shape).shape else { return false };
    if flattened.repr != Repr::Untagged
        || whole.repr != Repr::Untagged
        || flattened.variants.len() != whole.variants.len()
        || !matches!(object.unknown, Unknown::Ignored | Unknown::Denied)
    {
        return false;
    }
    let mut arms = Vec::new();
    for variant in &flattened.variants {
        let Some(other) = whole.variants.iter().find(|v| v.member.name == variant.member.name) else { return false };
        let (Some(inner), Some(arm)) = (object_in(of_object, &variant.payload), object_in(of_whole, &other.payload))
        else {
            return false;
        };
        let fields = object.fields.iter().chain(&inner.fields).cloned().collect();
        let unknown_member = object.unknown_member.clone();
        let joined = Object { fields, unknown: object.unknown, unknown_member, inline: inner.inline.clone() };
        arms.push((joined, arm, super::enums::below(other)));
    }
    for (joined, arm, place) in &arms {
        let sides = if object_is_new { (*arm, joined) } else { (joined, *arm) };
        let mut inside = Compared::default();
        super::objects::compare(walker, sides.0, sides.1, pair, &mut inside);
        let below = |below: &str| format!("{place}{below}");
        out.found.extend(inside.found.into_iter().map(|found| Found { below: below(&found.below), ..found }));
        out.edges.extend(inside.edges.into_iter().map(|edge| Edge { below: below(&edge.below), ..edge }));
    }
    true
}

fn object_in<'s>(shapes: &'s Shapes, payload: &Payload) -> Option<&'s Object> {
    match payload {
        Payload::Value(id) => match &shapes.get(*id).shape {
            Shape::Object(object) => Some(object),
            _ => None,
        },
        Payload::Unit => None,
    }
}

fn inside(shapes: &Shapes, id: ShapeId) -> ShapeId {
    super::objects::strip_null(shapes, id).1
}

fn reads(field: &Field, key: &str) -> bool {
    field.names.wire == key || field.names.aliases.iter().any(|alias| alias == key)
}

impl<'a> Arms<'a> {
    /// The arms' fields of this key.
    fn fields(&self, old: &Field) -> Vec<&'a Field> {
        let objects = self.enums.iter().flat_map(|e| &e.taking);
        objects.filter_map(|object| object.fields.iter().find(|f| reads(f, &old.names.wire))).collect()
    }

    /// Does an arm hold this field?
    pub(super) fn take(&self, old: Option<&Field>) -> bool {
        old.is_some_and(|old| !self.fields(old).is_empty())
    }

    /// The old fields with what the arms make of them.
    pub(super) fn pairs<'f>(&self, gone: impl Iterator<Item = &'f Field>) -> Vec<(&'f Field, &'a Field)> {
        gone.flat_map(|old| self.fields(old).into_iter().map(move |new| (old, new))).collect()
    }

    /// Is a field that was always written left to some of the arms?
    pub(super) fn sometimes(&self, old: &Field, at: Position) -> bool {
        let holding = self.fields(old).len();
        let arms: usize = self.enums.iter().map(|e| e.all).sum();
        !at.reads() && old.presence == Presence::Always && holding > 0 && holding < arms
    }

    /// Does this enum take fields that stood beside it, or could have?
    pub(super) fn is_in(&self, inline: &Inline) -> bool {
        self.enums.iter().any(|e| e.member == inline.member.name && !e.taking.is_empty())
    }

    /// Does it, and hold nothing else?
    pub(super) fn is_all_old(&self, inline: &Inline) -> bool {
        self.is_in(inline) && self.enums.iter().any(|e| e.member == inline.member.name && e.all_old)
    }
}
