//! Fields: their names, their shapes under `with` and `serde_as`, and whether they must be there.

use super::attributes::{self, FieldAttrs};
use super::body::dotted;
use super::case::Case;
use super::definition::Owner;
use super::foreign::Known;
use super::reading::How;
use super::{At, Here, Lowering, constraint, hash, presence};
use crate::extract::crates::{Namespace, Resolved, Ty};
use crate::model::{Condition, Default, Field, Member, Names, Object, OpaqueReason, Presence, Reader, ShapeId};
use crate::syntax::facts::{FieldFact, RawTokens, Type};

/// Fields in one pair of braces.
#[derive(Clone, Copy)]
pub(super) struct Fielding<'o, 'a> {
    pub(super) owner: &'o Owner<'a>,
    /// The variant around them.
    pub(super) prefix: &'o str,
    pub(super) case: Option<Case>,
    /// Where their values stand.
    pub(super) at: At,
}

impl<'a> Lowering<'a> {
    /// Lowers fields into an object. A field under `cfg` is there, with its condition.
    pub(super) fn fields<'f>(
        &mut self,
        body: &Fielding<'_, 'a>,
        fields: impl IntoIterator<Item = &'f FieldFact>,
        object: &mut Object,
    ) {
        let around = self.here.clone();
        for fact in fields {
            let condition = self.given(body.owner.item.module, &fact.condition);
            if condition == Condition::Never {
                continue;
            }
            let attrs = attributes::field(&fact.attrs, &body.owner.how, body.at.direction);
            if attrs.skip {
                continue;
            }
            let module = body.owner.item.module;
            self.here = Some(Here { module, place: self.crates.place(module, fact.pos) });
            if attrs.flatten {
                self.flatten(body, fact, &condition, object);
                continue;
            }
            let mut field = self.field(body, fact, &attrs);
            field.member.condition.clone_from(&condition);
            let several = |f: &&mut Field| {
                let always = condition == Condition::Always && f.member.condition == Condition::Always;
                f.names.wire == field.names.wire && !always
            };
            match object.fields.iter_mut().find(several) {
                Some(first) => self.one_of_builds(first, field, body.at),
                None => object.fields.push(field),
            }
        }
        self.here = around;
    }

    /// Two fields of one wire name, each in its own builds.
    fn one_of_builds(&mut self, field: &mut Field, other: Field, at: At) {
        field.shape = self.either_build((field.shape, other.shape), (&field.member, &other.member));
        field.member.condition = field.member.condition.clone().or(other.member.condition);
        // What must be sent somewhere, and what may be missing somewhere.
        let weaker = if at.input() { Presence::Maybe } else { Presence::Always };
        if field.presence == weaker {
            (field.presence, field.default) = (other.presence, other.default);
        }
    }

    /// What some builds have so and others otherwise: known where both are the same.
    pub(super) fn either_build(
        &mut self,
        (one, other): (ShapeId, ShapeId),
        (here, there): (&Member, &Member),
    ) -> ShapeId {
        if one == other {
            return one;
        }
        let (first, second, a, b) = if here.condition <= there.condition {
            (&here.condition, &there.condition, one, other)
        } else {
            (&there.condition, &here.condition, other, one)
        };
        let name = format!("{}::{} under `{first}` or `{second}`", here.owner, here.name);
        let tokens = hash::hash(["either build", &first.to_string(), &second.to_string()]);
        let id = self.opaque(&name, OpaqueReason::Generic, Some(tokens), None);
        self.around.push((id, vec![a, b]));
        id
    }

    fn field(&mut self, body: &Fielding<'_, 'a>, fact: &FieldFact, attrs: &FieldAttrs) -> Field {
        let owner = body.owner;
        let ty = self.crates.ty(&owner.scope, &fact.ty);
        let wire = attrs
            .rename
            .clone()
            .unwrap_or_else(|| body.case.map_or_else(|| fact.name.to_string(), |case| case.field(&fact.name)));
        let mut aliases: Vec<String> = attrs.aliases.iter().filter(|alias| **alias != wire).cloned().collect();
        aliases.sort();
        aliases.dedup();
        let member = self.member(owner, dotted(body.prefix, &fact.name), fact.pos);
        let mut field = Field {
            names: Names { wire, aliases },
            member,
            shape: ShapeId(0),
            presence: Presence::Always,
            null_distinct: false,
            default: Default::Refused,
            deprecated: attributes::deprecated(&fact.attrs),
            group: None,
            constraints: Vec::new(),
        };
        if body.at.input() {
            self.read_field(body, fact, attrs, &ty, &mut field);
            field.constraints = constraint::constraints(&fact.attrs, body.at.validated);
            self.patterns(owner, &mut field);
            if body.at.validated {
                self.held_by_code(owner, fact, &ty, &mut field);
            }
        } else {
            self.written_field(body, fact, attrs, &ty, &mut field);
        }
        field
    }

    fn read_field(
        &mut self,
        body: &Fielding<'_, 'a>,
        fact: &FieldFact,
        attrs: &FieldAttrs,
        ty: &Ty,
        field: &mut Field,
    ) {
        let nested = constraint::nested(&fact.attrs) || self.looked_into(body.owner, fact);
        let inside = At { validated: body.at.validated && nested, ..body.at };
        field.shape = self.carried(body.owner, ty, attrs, inside);
        // poem-openapi reads `null` as the default, the container's too.
        let by_container = matches!(body.owner.how, How::Poem(_)) && body.owner.container.default.is_some();
        if (attrs.null_is_default || by_container) && !body.at.lacks_null() {
            field.shape = self.nullable(field.shape);
        }
        field.null_distinct = !body.at.lacks_null() && self.tells_null(body.owner, attrs, ty, body.at);
        let module = body.owner.item.module;
        // A form without the part has an empty list.
        let list = matches!(ty, Ty::Foreign(path, _) if path.as_ref() == "std::vec::Vec");
        if body.owner.how == How::Multipart && list {
            field.presence = Presence::Maybe;
            field.default = Default::Value("[]".to_owned());
        } else if let Some(default) = self.default_of_field(body.owner, fact, attrs, ty, body.at) {
            field.presence = Presence::Maybe;
            field.default = default;
        } else if body.owner.how == How::Deserr {
            // Whatever its type is: an `Option` must be sent too.
        } else if let Some(default) = presence::missing(self, module, attrs, ty, body.at) {
            field.presence = Presence::Maybe;
            field.default = default;
        }
    }

    fn written_field(
        &mut self,
        body: &Fielding<'_, 'a>,
        fact: &FieldFact,
        attrs: &FieldAttrs,
        ty: &Ty,
        field: &mut Field,
    ) {
        let optional = presence::option(ty);
        // `skip_serializing_none` goes by the word that is written.
        let says_option = matches!(&fact.ty, Type::Path { path, .. }
            if path.segments.last().is_some_and(|last| last.name == "Option"));
        let none_skipped = says_option || matches!(body.owner.how, How::Poem(_));
        let by_container = body.owner.container.skip_none && none_skipped && optional.is_some() && !attrs.always;
        let is_none = attrs.skip_if.as_ref().is_some_and(|path| self.is_option_is_none(body.owner, path));
        let none_left_out = by_container || is_none || (attrs.skip_none && optional.is_some());
        // poem-openapi writes nothing for what is undefined.
        let undefined = matches!((&body.owner.how, presence::core(ty)), (How::Poem(_), Ty::Foreign(path, _))
            if super::foreign::known(path) == Some(Known::Undefined));
        if none_left_out || attrs.skip_if.is_some() || attrs.skip_empty || undefined {
            field.presence = Presence::Maybe;
        }
        field.shape = match optional {
            Some(inner) if none_left_out && attrs.with.is_none() && attrs.adapter.is_none() => {
                self.lower(inner, body.at)
            }
            _ => self.carried(body.owner, ty, attrs, body.at),
        };
        // `with` around an `Option` that is written only when it is there; of two, only the outer one.
        let double = presence::is_double(self, ty, body.at);
        if none_left_out && (attrs.with.is_some() || attrs.adapter.is_some()) && !double {
            field.shape = self.without_null(field.shape);
        }
    }

    /// `Option::is_none`, by whatever name.
    fn is_option_is_none(&self, owner: &Owner<'_>, path: &RawTokens) -> bool {
        let Some(path) = path.path() else { return false };
        if path.segments.last().is_none_or(|last| last.name != "is_none") {
            return false;
        }
        match self.crates.resolve(owner.item.module, &path, Namespace::Value) {
            Resolved::Foreign(path) => path == "std::option::Option::is_none",
            Resolved::Unresolved => path.segments.iter().rev().nth(1).is_some_and(|owner| owner.name == "Option"),
            _ => false,
        }
    }

    /// Do `null` and a missing key mean different things?
    fn tells_null(&self, owner: &Owner<'_>, attrs: &FieldAttrs, ty: &Ty, at: At) -> bool {
        if let Ty::Foreign(path, _) = presence::core(ty)
            && super::foreign::known(path) == Some(Known::Undefined)
        {
            return true;
        }
        let defaulted = attrs.default.is_some() || owner.container.default.is_some();
        defaulted && attrs.with.is_some() && presence::is_double(self, ty, at)
    }
}

/// Is it read from a form or query whose reader has rules of its own for what is missing?
pub(super) fn forgiving(at: At) -> bool {
    matches!(at.reader, Reader::RocketForm | Reader::PoemText) && at.is_text()
}
