//! Enums: how the variant is told, and what each carries.

use super::attributes::{self, FieldAttrs};
use super::body::{NOWHERE, dotted};
use super::definition::Owner;
use super::field::Fielding;
use super::reading::{How, Poem};
use super::{At, Class, Lowering, text};
use crate::model::{
    BlindSpot, BlindSpotKind, Condition, EnumShape, Member, Object, Payload, Repr, Shape, ShapeId, Unknown, Variant,
    Wire,
};
use crate::syntax::facts::{FieldFact, Fields, RawTokens, VariantFact};

impl<'a> Lowering<'a> {
    /// The shape of an enum.
    pub(super) fn enumeration(&mut self, owner: &Owner<'a>, variants: &[VariantFact], at: At) -> EnumShape {
        let repr = repr(owner);
        let fallback = variants.iter().any(|variant| {
            attributes::field(&variant.attrs, &owner.how, at.direction).untagged && repr != Repr::Untagged
        });
        let inside = match repr {
            Repr::Internal { .. } | Repr::Untagged if serde(owner) => at.buffered(),
            _ if fallback => at.buffered(),
            _ => at,
        };
        let mut shape = EnumShape {
            repr,
            variants: Vec::new(),
            open: at.open || attributes::open(&owner.item.item.attrs),
            denies_unknown: owner.container.deny_unknown.is_some() && at.input(),
        };
        let mut number: Option<i128> = Some(0);
        for fact in variants {
            if let Some(tokens) = &fact.discriminant {
                number = self.crates.int_value(&owner.scope, tokens);
            }
            let wire_number = number;
            number = number.and_then(|n| n.checked_add(1));
            let attrs = attributes::field(&fact.attrs, &owner.how, at.direction);
            let condition = self.given(owner.item.module, &fact.condition);
            if attrs.skip || condition == Condition::Never {
                continue;
            }
            let wire = match (&shape.repr, wire_number) {
                (Repr::Number, Some(number)) => Wire::Number(number),
                (Repr::Number, None) => {
                    Wire::Name(fact.discriminant.as_ref().map_or_else(|| fact.name.to_string(), RawTokens::normal))
                }
                _ => Wire::Name(self.variant_name(owner, fact, &attrs)),
            };
            let mut variant = self.variant(owner, fact, &attrs, wire, &shape.repr, inside);
            variant.member.condition = condition;
            let several = |v: &&mut Variant| {
                let conditions = [&v.member.condition, &variant.member.condition];
                v.wire == variant.wire && conditions.iter().any(|condition| **condition != Condition::Always)
            };
            match shape.variants.iter_mut().find(several) {
                Some(first) => self.variant_of_builds(first, variant),
                None => shape.variants.push(variant),
            }
        }
        shape
    }

    /// Two variants of one wire name, each in its own builds.
    fn variant_of_builds(&mut self, variant: &mut Variant, other: Variant) {
        let value = |this: &mut Self, payload: Payload| match payload {
            Payload::Unit => this.leaf(Shape::Null),
            Payload::Value(value) => value,
        };
        if variant.payload != other.payload {
            let shapes = (value(self, variant.payload), value(self, other.payload));
            variant.payload = Payload::Value(self.either_build(shapes, (&variant.member, &other.member)));
        }
        variant.member.condition = variant.member.condition.clone().or(other.member.condition);
    }

    fn variant(
        &mut self,
        owner: &Owner<'a>,
        fact: &VariantFact,
        attrs: &FieldAttrs,
        wire: Wire,
        repr: &Repr,
        at: At,
    ) -> Variant {
        let member = self.member(owner, fact.name.as_str(), fact.pos);
        let by_name = matches!(owner.how, How::StringEnum | How::Strum | How::EnumStr);
        let custom = by_name && !matches!(fact.fields, Fields::Unit);
        let payload = if custom {
            Payload::Value(self.leaf(Shape::String { format: None }))
        } else {
            self.payload(owner, fact, attrs, repr, at)
        };
        let payload = match payload {
            Payload::Value(value) if attrs.untagged || custom || *repr == Repr::Untagged => Payload::Value(value),
            Payload::Value(value) => self.carriable(owner, &member, repr, value, at),
            Payload::Unit => Payload::Unit,
        };
        let mut aliases: Vec<String> =
            attrs.aliases.iter().filter(|alias| wire != Wire::Name((*alias).clone())).cloned().collect();
        aliases.sort();
        aliases.dedup();
        Variant {
            wire,
            aliases,
            member,
            payload,
            other: attrs.other,
            untagged: (attrs.untagged && *repr != Repr::Untagged) || custom,
            deprecated: attributes::deprecated(&fact.attrs),
        }
    }

    /// What the reader or writer of this representation does with a payload.
    fn carriable(&mut self, owner: &Owner<'a>, member: &Member, repr: &Repr, value: ShapeId, at: At) -> Payload {
        let class = self.class(value);
        match repr {
            Repr::External if at.is_text() && text::keyed(at) => {
                Payload::Value(self.leaf(Shape::Refused { reason: "text-nested", inner: value }))
            }
            Repr::Internal { .. } if serde(owner) => match class {
                Class::Null => Payload::Unit,
                Class::Scalar | Class::List => self.unwritable(member, value, at),
                // An optional object cannot be written, but it can be read.
                Class::Nullable if !at.input() => self.unwritable(member, value, at),
                _ => Payload::Value(value),
            },
            _ => Payload::Value(value),
        }
    }

    fn unwritable(&mut self, member: &Member, value: ShapeId, at: At) -> Payload {
        if !at.input() {
            self.blind_spots.push(BlindSpot {
                kind: BlindSpotKind::UnwritableShape,
                place: Some(member.place.clone()),
                detail: format!(
                    "`{}::{}` fails when it is written: under `tag` a newtype variant must carry a struct, a map or \
                     an enum; give the value a name (`{} {{ value: … }}`) or add `content`",
                    member.owner, member.name, member.name
                ),
                hides: None,
            });
        }
        Payload::Value(self.leaf(Shape::Refused { reason: "tagged-scalar", inner: value }))
    }

    fn payload(&mut self, owner: &Owner<'a>, fact: &VariantFact, attrs: &FieldAttrs, repr: &Repr, at: At) -> Payload {
        match &fact.fields {
            Fields::Unit => Payload::Unit,
            Fields::Tuple(fields) => match fields.as_slice() {
                [one] => self.newtype(owner, one, attrs, at),
                fields => {
                    let items = self.tuple_fields(owner, fields, &fact.name, at);
                    Payload::Value(self.tuple_of(&items))
                }
            },
            Fields::Named(fields) => {
                let mut object =
                    Object { fields: Vec::new(), unknown: Unknown::Ignored, unknown_member: None, inline: Vec::new() };
                if let (Some(pos), true) = (owner.container.deny_unknown, at.input()) {
                    object.unknown = Unknown::Denied;
                    object.unknown_member = Some(self.member(owner, "", pos));
                }
                let case = attrs.rename_all.or(owner.container.rename_all_fields);
                let at = if matches!(repr, Repr::External) { at } else { at.value() };
                self.fields(&Fielding { owner, prefix: &fact.name, case, at }, fields, &mut object);
                let member = self.member(owner, fact.name.as_str(), fact.pos);
                let node = crate::model::Node { def: Some(member), ..crate::model::Node::plain(Shape::Object(object)) };
                Payload::Value(self.shapes.push(node))
            }
        }
    }

    fn newtype(&mut self, owner: &Owner<'a>, field: &FieldFact, variant: &FieldAttrs, at: At) -> Payload {
        let mut attrs = attributes::field(&field.attrs, &owner.how, at.direction);
        if attrs.skip {
            return Payload::Unit;
        }
        if attrs.with.is_none() {
            attrs.with.clone_from(&variant.with);
        }
        let ty = self.crates.ty(&owner.scope, &field.ty);
        Payload::Value(self.carried(owner, &ty, &attrs, at))
    }

    fn variant_name(&self, owner: &Owner<'_>, fact: &VariantFact, attrs: &FieldAttrs) -> String {
        if let Some(name) = &attrs.rename {
            return name.clone();
        }
        let name = owner.container.rename_all.map_or_else(|| fact.name.to_string(), |case| case.variant(&fact.name));
        format!("{}{name}", owner.container.prefix)
    }

    /// Whichever fits first.
    pub(super) fn one_of(&mut self, arms: &[(&str, ShapeId)]) -> ShapeId {
        let place = self.place();
        let variant = |(name, shape): &(&str, ShapeId)| Variant {
            wire: Wire::Name((*name).to_owned()),
            aliases: Vec::new(),
            member: Member::new("", dotted("", name), place.clone()),
            payload: Payload::Value(*shape),
            other: false,
            untagged: false,
            deprecated: false,
        };
        let variants = arms.iter().map(variant).collect();
        self.leaf(Shape::Enum(EnumShape { repr: Repr::Untagged, variants, open: false, denies_unknown: false }))
    }

    /// Where the lowering is.
    pub(super) fn place(&self) -> crate::model::Place {
        match &self.here {
            Some(here) => here.place.clone(),
            None => crate::model::Place { file: "".into(), line: NOWHERE.line, column: NOWHERE.column },
        }
    }
}

fn serde(owner: &Owner<'_>) -> bool {
    !matches!(owner.how, How::Poem(_) | How::RocketForm)
}

/// How the variant is told.
pub(super) fn repr(owner: &Owner<'_>) -> Repr {
    let container = &owner.container;
    match (&owner.how, &container.tag, &container.content) {
        (How::SerdeRepr, ..) => Repr::Number,
        (How::Poem(Poem::Union), Some(tag), _) => Repr::Internal { tag: tag.clone() },
        (How::Poem(Poem::Union), None, _) if container.externally_tagged => Repr::External,
        (How::Poem(Poem::Union), None, _) => Repr::Untagged,
        (How::Poem(_) | How::RocketForm | How::StringEnum | How::Strum | How::EnumStr, ..) => Repr::External,
        (_, Some(tag), Some(content)) => Repr::Adjacent { tag: tag.clone(), content: content.clone() },
        (_, Some(tag), None) => Repr::Internal { tag: tag.clone() },
        _ if container.untagged => Repr::Untagged,
        _ => Repr::External,
    }
}
