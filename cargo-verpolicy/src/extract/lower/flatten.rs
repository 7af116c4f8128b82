//! `flatten`: the fields of one type between the braces of another.

use super::body::dotted;
use super::definition::Owner;
use super::field::Fielding;
use super::foreign::{Known, known};
use super::reading::How;
use super::{At, Lowering, attributes, constraint, hash, presence};
use crate::extract::crates::Ty;
use crate::model::{Condition, Field, Inline, Member, Object, OpaqueReason, Presence, Shape, Unknown};
use crate::syntax::facts::{FieldFact, Fields, ItemKind, RawTokens};

/// The constants of the module that `with_prefix!`, `with_suffix!` make.
const PREFIX: &str = "__PREFIX";
const SUFFIX: &str = "__SUFFIX";

/// Flattened types are nested at most this deep.
const MAX_FLATTEN: u32 = 32;

impl<'a> Lowering<'a> {
    /// Puts what a flattened field carries into the object around it.
    pub(super) fn flatten(
        &mut self,
        body: &Fielding<'_, 'a>,
        fact: &FieldFact,
        condition: &Condition,
        object: &mut Object,
    ) {
        let ty = self.crates.ty(&body.owner.scope, &fact.ty);
        let member = self.member(body.owner, dotted(body.prefix, &fact.name), fact.pos);
        let at = At { validated: body.at.validated && constraint::nested(&fact.attrs), ..body.at };
        let at = if serde(body.owner) { at.buffered() } else { at };
        let (fields, inline) = (object.fields.len(), object.inline.len());
        self.flatten_type(&ty, &member, at, object, MAX_FLATTEN);
        let parts = object.fields.iter_mut().skip(fields).map(|field| &mut field.member);
        for member in parts.chain(object.inline.iter_mut().skip(inline).map(|part| &mut part.member)) {
            member.condition = member.condition.clone().and(condition.clone());
        }
        let attrs = attributes::field(&fact.attrs, &body.owner.how, at.direction);
        if attrs.skip_if.is_some() {
            // All of it may be left out.
            for field in object.fields.iter_mut().skip(fields) {
                field.presence = Presence::Maybe;
            }
        }
        if let Some(code) = &attrs.with {
            let fields = object.fields.get_mut(fields..).unwrap_or_default();
            let inline = object.inline.get_mut(inline..).unwrap_or_default();
            self.flattened_by(body.owner, code, fields, inline);
        }
    }

    /// Puts code between the wire and what was flattened: `with_prefix!` renames, all else is not known.
    fn flattened_by(&mut self, owner: &Owner<'a>, with: &RawTokens, fields: &mut [Field], inline: &mut [Inline]) {
        let affix = |this: &Self, name: &str| {
            let path = RawTokens::from(format!("{}::{name}", with.text.trim()).as_str());
            this.crates.text_value(&owner.scope, &path)
        };
        let code = hash::hash([with.normal().as_str()]);
        let (prefix, suffix) = (affix(self, PREFIX), affix(self, SUFFIX));
        if prefix.is_none() && suffix.is_none() {
            fields.iter_mut().for_each(|field| field.shape = self.decided(field.shape, code));
            inline.iter_mut().for_each(|part| part.shape = self.decided(part.shape, code));
            return;
        }
        let (prefix, suffix) = (prefix.unwrap_or_default(), suffix.unwrap_or_default());
        let full = |name: &String| format!("{prefix}{name}{suffix}");
        for field in fields {
            field.names.wire = full(&field.names.wire);
            field.names.aliases = field.names.aliases.iter().map(full).collect();
        }
        let code = hash::hash(["affix", &prefix, &suffix]);
        inline.iter_mut().for_each(|part| part.shape = self.converted(part.shape, code));
    }

    fn flatten_type(&mut self, ty: &Ty, member: &Member, at: At, object: &mut Object, depth: u32) {
        let ty = presence::core(ty);
        let Some(depth) = depth.checked_sub(1) else {
            let shape = self.opaque(&super::type_name(self.crates, ty), OpaqueReason::Generic, None, None);
            return object.inline.push(Inline { shape, member: member.clone(), group: None });
        };
        if let Some(inner) = presence::option(ty) {
            let mut part =
                Object { fields: Vec::new(), unknown: Unknown::Ignored, unknown_member: None, inline: Vec::new() };
            self.flatten_type(inner, member, at, &mut part, depth);
            for field in &mut part.fields {
                field.group = Some(0);
                if !at.input() {
                    field.presence = Presence::Maybe;
                }
            }
            for inline in &mut part.inline {
                inline.group = Some(0);
            }
            return join(object, part, member);
        }
        match ty {
            Ty::Foreign(path, args) => match known(path) {
                Some(Known::Map) => {
                    let value = args.get(1).cloned().unwrap_or(Ty::Tuple(Vec::new()));
                    let value = self.lower(&value, at);
                    catch_all(object, value, member);
                }
                Some(Known::MapTo(value)) => {
                    let value = self.known(*value, path, args, at);
                    catch_all(object, value, member);
                }
                Some(Known::Any) => {
                    let any = self.leaf(Shape::Any);
                    catch_all(object, any, member);
                }
                Some(Known::Null) => {}
                None if let Some(own) = self.crates.source_of(path, args) => {
                    self.flatten_type(&own, member, at, object, depth);
                }
                _ => self.inline(ty, member, at, object),
            },
            Ty::Tuple(items) if items.is_empty() => {}
            Ty::Def(def, args) => match self.owner(*def, args, at) {
                Some(owner) => self.flatten_definition(&owner, ty, member, at, object, depth),
                None => self.inline(ty, member, at, object),
            },
            _ => self.inline(ty, member, at, object),
        }
    }

    fn flatten_definition(
        &mut self,
        owner: &Owner<'a>,
        ty: &Ty,
        member: &Member,
        at: At,
        object: &mut Object,
        depth: u32,
    ) {
        if let Some(stated) = self.stated(owner.item.path, &[]) {
            return self.flatten_type(&stated, member, at, object, depth);
        }
        if matches!(owner.how, How::Opaque(..) | How::Display(_) | How::IdText) {
            return self.inline(ty, member, at, object);
        }
        if let Some((named, _)) = &owner.container.by_way_of {
            let named = self.crates.ty(&owner.scope, named);
            return self.flatten_type(&named, member, at, object, depth);
        }
        match &owner.item.item.kind {
            ItemKind::Struct { fields: Fields::Unit, .. } => {}
            ItemKind::Struct { fields: Fields::Tuple(fields) | Fields::Named(fields), .. }
                if owner.container.transparent
                    || matches!(owner.item.item.kind, ItemKind::Struct { fields: Fields::Tuple(_), .. }) =>
            {
                match fields.iter().find(|field| self.is_carried(owner, field, at)) {
                    Some(field) => {
                        let inner = self.crates.ty(&owner.scope, &field.ty);
                        self.flatten_type(&inner, member, at, object, depth);
                    }
                    None => self.inline(ty, member, at, object),
                }
            }
            ItemKind::Struct { fields: Fields::Named(fields), .. } => {
                let mut part = self.nested(owner, fields, at);
                // What it refuses is lost: the keys that it does not know belong to somebody else.
                if part.unknown == Unknown::Denied {
                    part.unknown = Unknown::Ignored;
                    part.unknown_member = None;
                }
                join(object, part, member);
            }
            _ => self.inline(ty, member, at, object),
        }
    }

    /// The object of a flattened struct; flattening into itself ends at the depth of a lowering.
    fn nested(&mut self, owner: &Owner<'a>, fields: &[FieldFact], at: At) -> Object {
        self.depth += 4;
        let object = if self.depth > super::MAX_DEPTH {
            let shape = self.opaque(owner.item.path, OpaqueReason::Generic, None, None);
            let member = self.member(owner, "", owner.item.item.pos);
            Object {
                fields: Vec::new(),
                unknown: Unknown::Ignored,
                unknown_member: None,
                inline: vec![Inline { shape, member, group: None }],
            }
        } else {
            self.object(owner, fields, at)
        };
        self.depth -= 4;
        object
    }

    fn inline(&mut self, ty: &Ty, member: &Member, at: At, object: &mut Object) {
        let mut top = at;
        top.spot = super::Spot::Top;
        let shape = self.lower(ty, top);
        object.inline.push(Inline { shape, member: member.clone(), group: None });
    }
}

fn serde(owner: &Owner<'_>) -> bool {
    !matches!(owner.how, How::Poem(_) | How::RocketForm)
}

fn next_group(object: &Object) -> u32 {
    let fields = object.fields.iter().filter_map(|field: &Field| field.group);
    let inline = object.inline.iter().filter_map(|inline| inline.group);
    fields.chain(inline).max().map_or(0, |last| last.saturating_add(1))
}

/// A map takes what no field names, but leaves it there for `deny_unknown_fields` to refuse.
fn catch_all(object: &mut Object, value: crate::model::ShapeId, member: &Member) {
    if object.unknown == Unknown::Denied {
        return;
    }
    object.unknown = Unknown::CatchAll(value);
    object.unknown_member = Some(member.clone());
}

/// Adds the parts of a flattened object; its groups stay apart from those that are there.
fn join(object: &mut Object, mut part: Object, member: &Member) {
    let base = next_group(object);
    for field in &mut part.fields {
        field.group = field.group.map(|group| group.saturating_add(base));
    }
    for inline in &mut part.inline {
        inline.group = inline.group.map(|group| group.saturating_add(base));
    }
    object.fields.append(&mut part.fields);
    object.inline.append(&mut part.inline);
    if let Unknown::CatchAll(value) = part.unknown {
        catch_all(object, value, &part.unknown_member.unwrap_or_else(|| member.clone()));
    }
}
