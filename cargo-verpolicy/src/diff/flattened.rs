//! Flattened enums against what stood there before: an enum alone, or plain fields.

use super::objects::below;
use super::shapes::{Compared, Found, Pair, Walker};
use super::word::Word;
use crate::model::{
    Default, EnumShape, Field, Inline, Names, Object, Payload, Presence, Repr, Shape, Shapes, Unknown, Variant, Wire,
};

/// A tagged enum against an object that holds the same enum, flattened, and fields beside it. `false` where the two are
/// not of this kind.
pub(super) fn beside(
    walker: &Walker<'_>,
    (object, whole, object_is_new): (&Object, &EnumShape, bool),
    pair: Pair,
    out: &mut Compared,
) -> bool {
    let of_object = if object_is_new { walker.new } else { walker.old };
    let [Inline { shape, group: None, .. }] = object.inline.as_slice() else { return false };
    let Shape::Enum(inner) = &of_object.get(*shape).shape else { return false };
    let tagged = matches!(inner.repr, Repr::Internal { .. } | Repr::Adjacent { .. });
    if !tagged || inner.repr != whole.repr || !matches!(object.unknown, Unknown::Ignored) || whole.denies_unknown {
        return false;
    }
    for field in &object.fields {
        let asked = pair.at.reads() && field.presence == Presence::Always && field.group.is_none();
        out.say(match object_is_new {
            true => Found::new(if asked { Word::RequiredFieldAdded } else { Word::FieldAdded })
                .below(below(field))
                .is(field.names.wire.clone())
                .by(None, Some(&field.member)),
            false => Found::new(Word::FieldRemoved)
                .below(below(field))
                .was(field.names.wire.clone())
                .by(Some(&field.member), None),
        });
    }
    out.edge(if object_is_new { Pair { new: *shape, ..pair } } else { Pair { old: *shape, ..pair } }, "");
    true
}

/// An object with the flattened enums that are told by their key, and of which `other` holds a variant as a plain field,
/// spread into fields: one for each variant, any of which may be missing. `None` where it has none.
pub(super) fn spread(shapes: &Shapes, object: &Object, other: &Object) -> Option<Object> {
    let fields = |inline: &Inline| -> Option<Vec<Field>> {
        if other.inline.iter().any(|one| one.member.name == inline.member.name) {
            return None;
        }
        let Shape::Enum(shape) = &shapes.get(super::objects::strip_null(shapes, inline.shape).1).shape else {
            return None;
        };
        let fields: Option<Vec<Field>> = match shape.repr {
            Repr::External => shape.variants.iter().map(field).collect(),
            _ => None,
        };
        fields.filter(|all| all.iter().any(|one| other.fields.iter().any(|b| b.names.wire == one.names.wire)))
    };
    let mut out: Option<Object> = None;
    for inline in &object.inline {
        if let Some(fields) = fields(inline) {
            let whole = out.get_or_insert_with(|| object.clone());
            whole.inline.retain(|one| one != inline);
            whole.fields.extend(fields);
        }
    }
    out
}

/// The key of a variant, and what stands under it.
fn field(variant: &Variant) -> Option<Field> {
    match (&variant.wire, variant.payload) {
        (Wire::Name(wire), Payload::Value(shape)) if !variant.untagged && !variant.other => Some(Field {
            names: Names { wire: wire.clone(), aliases: variant.aliases.clone() },
            member: variant.member.clone(),
            shape,
            presence: Presence::Maybe,
            null_distinct: false,
            default: Default::None,
            deprecated: variant.deprecated,
            group: None,
            constraints: Vec::new(),
        }),
        _ => None,
    }
}
