//! Enums that tell their variant: by name, by tag, by number.

use super::containers::gather_renames;
use super::names::{self, Matched, Named, Renaming, only_case};
use super::shapes::{Compared, Found, Pair, Walker};
use super::text;
use super::untagged::{CLOSED, with_fallback};
use super::word::{Family, Position, Word};
use crate::model::{EnumShape, Member, Payload, Presence, Repr, Shape, ShapeId, Shapes, Unknown, Variant, Wire};

const VARIANT: Renaming = Renaming {
    renamed: Word::VariantRenamed,
    alias_added: Word::VariantAliasAdded,
    alias_removed: Word::VariantAliasRemoved,
};

/// Is `null` among what this shape stands for, so that `Option` around it adds nothing?
pub(super) fn reads_null(shape: &Shape) -> bool {
    match shape {
        Shape::Any | Shape::Null | Shape::Nullable(_) => true,
        Shape::Enum(e) => {
            matches!(e.repr, Repr::Untagged) && e.variants.iter().any(|v| matches!(v.payload, Payload::Unit))
        }
        _ => false,
    }
}

/// Compares two enums, one level.
pub(super) fn compare(walker: &mut Walker<'_>, old: &EnumShape, new: &EnumShape, at: Position, out: &mut Compared) {
    let EnumShape { repr, variants: _, open, denies_unknown } = old;
    if !same_repr(old, new) {
        return out.say(Found::new(Word::Representation).values(text::repr(repr), text::repr(&new.repr)));
    }
    match (*open, new.open) {
        (false, true) => out.say(Found::new(Word::DeclaredOpen)),
        (true, false) => out.say(Found::new(Word::DeclaredClosed)),
        _ => {}
    }
    if matches!(repr, Repr::Untagged) {
        return super::untagged::compare(walker, old, new, at, out);
    }
    denied_keys(walker, (old, *denies_unknown), (new, new.denies_unknown), out);
    let (old_tagged, old_arms) = split(&old.variants);
    let (new_tagged, new_arms) = split(&new.variants);
    let tolerant = open_before(walker, old, at);
    let before = out.found.len();
    tagged(walker, repr, (&old_tagged, &new_tagged), tolerant, at, out);
    if at.family == Family::Parameter && takes_any_text(walker.old, &old_arms) {
        // Its name was read before, as any other text.
        let said = out.found.split_off(before);
        let news = |found: &Found| matches!(found.word, Word::VariantAdded | Word::OpenVariantAdded);
        out.found.extend(said.into_iter().filter(|found| !news(found)));
    }
    super::untagged::arms(walker, (&old_arms, &new_arms), tolerant, at, out);
}

/// Does one of the arms that no tag names take any text?
fn takes_any_text(shapes: &Shapes, arms: &Tagged<'_>) -> bool {
    arms.iter().any(|arm| match arm.payload {
        Payload::Value(id) => matches!(shapes.get(id).shape, Shape::String { format: None } | Shape::Any),
        Payload::Unit => false,
    })
}

/// Would those who read the old answers take a new variant?
pub(super) fn open_before(walker: &Walker<'_>, old: &EnumShape, at: Position) -> Openness {
    if at.message {
        let owner = old.variants.first().map(|v| v.member.owner.as_str()).unwrap_or_default();
        if !walker.readers.read_variants.contains(owner) {
            return Openness::Closed;
        }
        return if matches!(old.repr, Repr::Internal { .. }) { Openness::Open } else { Openness::WithoutPayload };
    }
    if old.open { Openness::Open } else { Openness::Closed }
}

/// What new variants readers of the old answers take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Openness {
    Closed,
    /// `other` under external and adjacent tags reads a name only.
    WithoutPayload,
    Open,
}

impl Openness {
    /// The word for a new variant.
    pub(super) fn added(self, variant: &Variant) -> Word {
        match self {
            Self::Open => Word::OpenVariantAdded,
            Self::WithoutPayload if matches!(variant.payload, Payload::Unit) => Word::OpenVariantAdded,
            _ => Word::VariantAdded,
        }
    }
}

/// Variants that both sides have and that carry nothing look the same beside a tag, whatever stands there for others.
fn same_repr(old: &EnumShape, new: &EnumShape) -> bool {
    let unit = |variant: &Variant| matches!(variant.payload, Payload::Unit);
    let units = || {
        let mut both = old.variants.iter().filter_map(|a| Some((a, new.variants.iter().find(|b| a.wire == b.wire)?)));
        both.clone().next().is_some() && both.all(|(a, b)| unit(a) && unit(b))
    };
    match (&old.repr, &new.repr) {
        (Repr::Internal { tag: a }, Repr::Adjacent { tag: b, .. })
        | (Repr::Adjacent { tag: a, .. }, Repr::Internal { tag: b }) => a == b && units(),
        (Repr::Adjacent { tag: a, content: c }, Repr::Adjacent { tag: b, content: d }) => a == b && (c == d || units()),
        (a, b) => a == b,
    }
}

/// `deny_unknown_fields` of an enum whose tag and content stand side by side: what else stands there is refused, unless
/// a payload says so already. Under other tags the payloads alone tell.
fn denied_keys(walker: &Walker<'_>, (old, was): (&EnumShape, bool), (new, is): (&EnumShape, bool), out: &mut Compared) {
    let denies = |shapes: &Shapes, variant: &Variant| match variant.payload {
        Payload::Value(id) => match &shapes.get(id).shape {
            Shape::Object(object) => matches!(object.unknown, Unknown::Denied),
            _ => false,
        },
        Payload::Unit => false,
    };
    let same = |a: &Variant, b: &Variant| a.wire == b.wire || a.member.name == b.member.name;
    let told = old.variants.iter().any(|a| {
        new.variants.iter().any(|b| same(a, b) && denies(walker.old, a) == was && denies(walker.new, b) == is)
    });
    if was == is || told || !matches!(new.repr, Repr::Adjacent { .. }) {
        return;
    }
    let (word, text) = if is { (Word::UnknownDenied, "refused") } else { (Word::UnknownAllowed, "skipped") };
    out.say(Found::new(word).is(text));
}

type Tagged<'a> = Vec<&'a Variant>;

/// Variants with a name, and variant-level `untagged` arms.
fn split(variants: &[Variant]) -> (Tagged<'_>, Tagged<'_>) {
    variants.iter().partition(|v| !v.untagged)
}

fn tagged(
    walker: &mut Walker<'_>,
    repr: &Repr,
    (old, new): (&Tagged<'_>, &Tagged<'_>),
    openness: Openness,
    at: Position,
    out: &mut Compared,
) {
    let matched = pair_variants(old, new, at);
    let mut said = Vec::new();
    for (a, b) in matched.pairs.iter().filter_map(|(i, j)| Some((old.get(*i)?, new.get(*j)?))) {
        said.extend(variant(walker, repr, a, b, at, out));
        let gates = super::gates::compare(walker, &a.member, &b.member);
        let of = |word, v: &Variant| Found::new(word).below(below(v)).by(Some(&a.member), Some(&b.member));
        if let Some(condition) = gates.lost {
            out.say(of(Word::VariantRemoved, a).was(text::wire(&a.wire)).when(condition));
        }
        if let Some(condition) = gates.gained {
            out.say(of(openness.added(b), b).is(text::wire(&b.wire)).when(condition));
        }
    }
    let by_case = |found: &Found| matches!((&found.was, &found.is), (Some(a), Some(b)) if only_case(a, b));
    let said = gather_renames(said, Word::VariantRenamed, by_case);
    for found in gather_renames(said, Word::VariantAliasAdded, by_case) {
        out.say(found);
    }
    for gone in matched.removed.iter().filter_map(|i| old.get(*i)) {
        let found = if gone.other && at.reads() {
            Found::new(Word::FallbackRemoved).values(with_fallback(false), CLOSED)
        } else {
            Found::new(Word::VariantRemoved).below(below(gone)).was(text::wire(&gone.wire))
        };
        out.say(found.by(Some(&gone.member), None));
    }
    for fresh in matched.added.iter().filter_map(|j| new.get(*j)) {
        let found = if fresh.other && at.reads() {
            Found::new(Word::FallbackAdded).values(CLOSED, with_fallback(false))
        } else {
            Found::new(openness.added(fresh)).below(below(fresh)).is(text::wire(&fresh.wire))
        };
        out.say(found.by(None, Some(&fresh.member)));
    }
}

/// The path of a variant below its enum.
pub(super) fn below(variant: &Variant) -> String {
    format!("<{}>", text::wire(&variant.wire))
}

fn pair_variants(old: &[&Variant], new: &[&Variant], at: Position) -> Matched {
    let wires = |side: &[&Variant]| -> Vec<String> { side.iter().map(|v| text::wire(&v.wire)).collect() };
    let (old_wires, new_wires) = (wires(old), wires(new));
    let mut matched = names::pair_up(&named(old, &old_wires), &named(new, &new_wires));
    if old.iter().chain(new).any(|v| matches!(v.wire, Wire::Number(_))) {
        // Under `serde_repr` the number is a value and the name says which: a name that stays is the same variant.
        matched = by_rust_first(old, new, &old_wires, &new_wires);
    }
    if at.reads() {
        join_fallbacks(old, new, &mut matched);
    }
    matched
}

fn named<'a>(side: &[&'a Variant], wires: &'a [String]) -> Vec<Named<'a>> {
    let one = |(v, wire): (&&'a Variant, &'a String)| Named {
        wire,
        aliases: &v.aliases,
        rust: &v.member.name,
        owner: &v.member.owner,
    };
    side.iter().zip(wires).map(one).collect()
}

fn by_rust_first(old: &[&Variant], new: &[&Variant], old_wires: &[String], new_wires: &[String]) -> Matched {
    let mut matched = Matched::default();
    let mut taken = vec![false; new.len()];
    let mut alone = Vec::new();
    for (i, a) in old.iter().enumerate() {
        match new.iter().position(|b| b.member.name == a.member.name) {
            Some(j) => {
                matched.pairs.push((i, j));
                if let Some(slot) = taken.get_mut(j) {
                    *slot = true;
                }
            }
            None => alone.push(i),
        }
    }
    for i in alone {
        let wire = old_wires.get(i);
        match new_wires.iter().position(|w| Some(w) == wire).filter(|j| taken.get(*j) == Some(&false)) {
            Some(j) => {
                matched.pairs.push((i, j));
                if let Some(slot) = taken.get_mut(j) {
                    *slot = true;
                }
            }
            None => matched.removed.push(i),
        }
    }
    matched.added = taken.iter().enumerate().filter(|(_, t)| !**t).map(|(j, _)| j).collect();
    matched
}

/// An `other` on both sides is the same fallback, whatever it is called.
fn join_fallbacks(old: &[&Variant], new: &[&Variant], matched: &mut Matched) {
    let gone = matched.removed.iter().position(|i| old.get(*i).is_some_and(|v| v.other));
    let come = matched.added.iter().position(|j| new.get(*j).is_some_and(|v| v.other));
    if let (Some(a), Some(b)) = (gone, come) {
        matched.removed.remove(a);
        matched.added.remove(b);
    }
}

/// What happened to one variant; its payload is an edge.
fn variant(
    walker: &Walker<'_>,
    repr: &Repr,
    old: &Variant,
    new: &Variant,
    at: Position,
    out: &mut Compared,
) -> Vec<Found> {
    let Variant { wire, aliases, member, payload, other, untagged: _, deprecated } = old;
    let path = below(new);
    let (was, is) = (text::wire(wire), text::wire(&new.wire));
    let side = |wire, aliases, member: &'_ Member| (wire, aliases, member.name.clone(), member.owner.clone());
    let a = side(was.as_str(), aliases.as_slice(), member);
    let b = side(is.as_str(), new.aliases.as_slice(), &new.member);
    let old_name = Named { wire: a.0, aliases: a.1, rust: &a.2, owner: &a.3 };
    let new_name = Named { wire: b.0, aliases: b.1, rust: &b.2, owner: &b.3 };
    let mut said = names::compare(&old_name, &new_name, at.reads(), VARIANT, &path);
    if at.reads() && *other != new.other {
        said.push(if new.other {
            Found::new(Word::FallbackAdded).values(CLOSED, with_fallback(false))
        } else {
            Found::new(Word::FallbackRemoved).values(with_fallback(false), CLOSED)
        });
    }
    if new.deprecated && !*deprecated {
        said.push(Found::new(Word::FieldDeprecated));
    }
    said.extend(payloads(walker, repr, (*payload, member), (new.payload, &new.member), &is, &path, at, out));
    said.into_iter()
        .map(|found| if found.below.is_empty() { found.below(path.clone()) } else { found })
        .map(|found| if found.cause.is_none() { found.by(Some(member), Some(&new.member)) } else { found })
        .collect()
}

#[allow(clippy::too_many_arguments)]
fn payloads(
    walker: &Walker<'_>,
    repr: &Repr,
    (old, old_member): (Payload, &Member),
    (new, new_member): (Payload, &Member),
    name: &str,
    path: &str,
    at: Position,
    out: &mut Compared,
) -> Vec<Found> {
    let changed =
        |was: String, is: String| vec![Found::new(Word::Payload).values(format!("{was} and carries {is}"), name)];
    let nothing = || "nothing".to_owned();
    match (old, new) {
        (Payload::Unit, Payload::Unit) => Vec::new(),
        (Payload::Value(a), Payload::Value(b)) if same_sort(walker, a, b) => {
            out.edge_by(Pair { old: a, new: b, at }, path, old_member, new_member);
            Vec::new()
        }
        (Payload::Value(a), Payload::Value(b)) => changed(text::shape(walker.old, a), text::shape(walker.new, b)),
        (Payload::Unit, Payload::Value(b)) => match from_unit(walker, repr, b, path, at) {
            Some(said) => said,
            None => changed(nothing(), text::shape(walker.new, b)),
        },
        (Payload::Value(a), Payload::Unit) => match to_unit(walker, repr, a, path) {
            Some(said) => said,
            None => changed(text::shape(walker.old, a), nothing()),
        },
    }
}

/// A variant under a tag alone that lost all of its fields.
fn to_unit(walker: &Walker<'_>, repr: &Repr, old: ShapeId, path: &str) -> Option<Vec<Found>> {
    let (Repr::Internal { .. }, Shape::Object(object)) = (repr, &walker.old.get(old).shape) else { return None };
    if !object.inline.is_empty() || object.unknown != Unknown::Ignored {
        return None;
    }
    let removed = |field: &crate::model::Field| {
        Found::new(Word::FieldRemoved)
            .below(format!("{path}{}", super::objects::below(field)))
            .was(field.names.wire.clone())
            .by(Some(&field.member), None)
    };
    Some(object.fields.iter().map(removed).collect())
}

/// A unit variant that gained a payload its readers need not see.
fn from_unit(walker: &Walker<'_>, repr: &Repr, new: ShapeId, path: &str, at: Position) -> Option<Vec<Found>> {
    match (repr, &walker.new.get(new).shape) {
        (Repr::Internal { .. }, Shape::Object(object)) => {
            let optional = object.fields.iter().all(|f| f.presence == Presence::Maybe || f.group.is_some());
            if at.reads() && !optional {
                return None;
            }
            let added = |field: &crate::model::Field| {
                Found::new(Word::FieldAdded)
                    .below(format!("{path}{}", super::objects::below(field)))
                    .is(field.names.wire.clone())
                    .by(None, Some(&field.member))
            };
            Some(object.fields.iter().map(added).collect())
        }
        _ => None,
    }
}

/// Are both objects, both arrays, both scalars? Otherwise the payload is of another kind.
fn same_sort(walker: &Walker<'_>, old: ShapeId, new: ShapeId) -> bool {
    let sort = |shape: &Shape| match shape {
        Shape::Object(_) => Some(0),
        Shape::Tuple(_) => Some(1),
        Shape::Any | Shape::Opaque(_) | Shape::Refused { .. } | Shape::Nullable(_) | Shape::Enum(_) => None,
        Shape::List { .. } | Shape::Map { .. } => None,
        Shape::Null | Shape::Bool | Shape::Number(_) | Shape::String { .. } => Some(2),
    };
    match (sort(&walker.old.get(old).shape), sort(&walker.new.get(new).shape)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// An enum against something else.
pub(super) fn with_other(walker: &mut Walker<'_>, pair: Pair, out: &mut Compared) {
    let (old_shapes, new_shapes) = (walker.old, walker.new);
    let word = match (&old_shapes.get(pair.old).shape, &new_shapes.get(pair.new).shape) {
        (Shape::Enum(e), Shape::String { format: None }) if only_names(e) => Word::EnumOpened,
        (Shape::String { format: None }, Shape::Enum(e)) if only_names(e) => Word::EnumClosed,
        (Shape::Enum(e), Shape::String { format: None }) if names_or_text(old_shapes, e) => return,
        (Shape::String { format: None }, Shape::Enum(e)) if names_or_text(new_shapes, e) => return,
        (Shape::Enum(e), Shape::Number(_)) if matches!(e.repr, Repr::Number) => Word::TypeWidened,
        (Shape::Number(_), Shape::Enum(e)) if matches!(e.repr, Repr::Number) => Word::TypeNarrowed,
        (_, Shape::Enum(e)) if matches!(e.repr, Repr::Untagged) => {
            let fits = payloads_of(e).any(|p| walker.fits(pair.old, p, pair.at));
            if fits { Word::TypeWidened } else { Word::TypeChanged }
        }
        (Shape::Enum(e), _) if matches!(e.repr, Repr::Untagged) => {
            let fits = payloads_of(e).any(|p| walker.fits(p, pair.new, pair.at));
            if fits { Word::TypeNarrowed } else { Word::TypeChanged }
        }
        _ => Word::TypeChanged,
    };
    walker.say_types(pair, word, out);
}

/// Is it one of several shapes that no type states, of which one is not known?
pub(super) fn leaves_open(shapes: &Shapes, id: ShapeId) -> bool {
    let node = shapes.get(id);
    let unknown = |id| matches!(shapes.get(id).shape, Shape::Opaque(_));
    matches!(&node.shape, Shape::Enum(e) if node.def.is_none() && payloads_of(e).any(unknown))
}

fn payloads_of(e: &EnumShape) -> impl Iterator<Item = ShapeId> + '_ {
    e.variants.iter().filter_map(|v| match v.payload {
        Payload::Value(id) => Some(id),
        Payload::Unit => None,
    })
}

fn only_names(e: &EnumShape) -> bool {
    matches!(e.repr, Repr::External) && e.variants.iter().all(|v| matches!(v.payload, Payload::Unit) && !v.untagged)
}

/// Does every variant carry a value beside its name?
pub(super) fn is_never_text(e: &EnumShape) -> bool {
    !matches!(e.repr, Repr::Untagged | Repr::Number)
        && !e.variants.is_empty()
        && e.variants.iter().all(|v| matches!(v.payload, Payload::Value(_)) && !v.untagged)
}

/// Names, and an arm for every other text, or nothing but arms of text: any text.
pub(super) fn names_or_text(shapes: &Shapes, e: &EnumShape) -> bool {
    let untagged = matches!(e.repr, Repr::Untagged);
    let is_text = |v: &Variant| match v.payload {
        Payload::Value(value) => {
            (v.untagged || untagged) && matches!(shapes.get(value).shape, Shape::String { format: None })
        }
        Payload::Unit => false,
    };
    let is_name = |v: &Variant| matches!(v.payload, Payload::Unit) && !v.untagged && !untagged;
    matches!(e.repr, Repr::External | Repr::Untagged)
        && e.variants.iter().any(is_text)
        && e.variants.iter().all(|v| is_text(v) || is_name(v))
}
