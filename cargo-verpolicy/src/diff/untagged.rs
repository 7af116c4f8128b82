//! Untagged enums, where order decides: which variants overlap, which new one swallows what a later one read.

use super::enums::{Openness, below, open_before};
use super::shapes::{Compared, Found, Pair, Walker};
use super::text;
use super::word::{Position, Word};
use crate::model::{EnumShape, Field, Object, Payload, Presence, Repr, Shape, ShapeId, Shapes, Unknown, Variant};

/// How deep shapes are looked into to find them disjoint.
const DEPTH: u8 = 4;

/// Compares two untagged enums, one level.
pub(super) fn compare(walker: &mut Walker<'_>, old: &EnumShape, new: &EnumShape, at: Position, out: &mut Compared) {
    let (old_refs, new_refs): (Vec<&Variant>, Vec<&Variant>) =
        (old.variants.iter().collect(), new.variants.iter().collect());
    let pairs = pair_up(walker, &old_refs, &new_refs, at);
    let openness = open_before(walker, old, at);
    let (walker_old, walker_new) = (walker.old, walker.new);
    // What an earlier arm takes whatever it is was never read, and is not.
    let dead_before = |i: usize| at.reads() && is_dead(walker_old, &old_refs, i);
    let dead_after = |j: usize| at.reads() && is_dead(walker_new, &new_refs, j);
    for (i, j) in pairs.iter().filter(|(i, j)| !(dead_before(*i) && dead_after(*j))) {
        if let (Some(a), Some(b)) = (old_refs.get(*i), new_refs.get(*j)) {
            payload(walker, a, b, at, out);
        }
    }
    for (i, gone) in old_refs.iter().enumerate().filter(|(i, _)| !dead_before(*i)) {
        if !pairs.iter().any(|(a, _)| *a == i) && !covered(walker, gone, (&old_refs, &new_refs), at) {
            out.say(
                Found::new(Word::VariantRemoved)
                    .below(below(gone))
                    .was(text::alternative(walker.old, gone))
                    .by(Some(&gone.member), None),
            );
        }
    }
    for (j, fresh) in new_refs.iter().enumerate() {
        if pairs.iter().any(|(_, b)| *b == j) || dead_after(j) {
            continue;
        }
        let found = Found::new(openness.added(fresh)).below(below(fresh)).by(None, Some(&fresh.member));
        let found = found.is(text::alternative(walker.new, fresh));
        if at.reads() {
            let kept_later = pairs.iter().filter(|(_, b)| *b > j).filter_map(|(_, b)| new_refs.get(*b));
            match kept_later.into_iter().find(|later| meet((walker.new, fresh), (walker.new, later), How::Swallow)) {
                Some(later) => {
                    out.say(Found { word: Word::UntaggedShadowed, ..found }.was(text::alternative(walker.new, later)))
                }
                None => out.say(found),
            }
        } else if !emitted_before(walker, &old_refs, fresh, at) {
            out.say(found);
        }
    }
    if at.reads() {
        order(walker, &old_refs, &new_refs, &pairs, out);
    }
}

/// Variant-level `untagged` arms of a tagged enum: what catches what no tagged variant did.
pub(super) fn arms(
    walker: &mut Walker<'_>,
    (old, new): (&[&Variant], &[&Variant]),
    openness: Openness,
    at: Position,
    out: &mut Compared,
) {
    let pairs = pair_up(walker, old, new, at);
    for (i, j) in &pairs {
        if let (Some(a), Some(b)) = (old.get(*i), new.get(*j)) {
            payload(walker, a, b, at, out);
        }
    }
    for (_, gone) in old.iter().enumerate().filter(|(i, _)| !pairs.iter().any(|(a, _)| a == i)) {
        let found = match (at.reads(), is_any_text(walker.old, gone)) {
            (true, any_text) => Found::new(Word::FallbackRemoved).values(with_fallback(any_text), CLOSED),
            (false, true) => Found::new(Word::EnumClosed).values(with_fallback(true), CLOSED),
            (false, false) => {
                Found::new(Word::VariantRemoved).below(below(gone)).was(text::alternative(walker.old, gone))
            }
        };
        out.say(found.by(Some(&gone.member), None));
    }
    for (_, fresh) in new.iter().enumerate().filter(|(j, _)| !pairs.iter().any(|(_, b)| b == j)) {
        let found = match (at.reads(), is_any_text(walker.new, fresh)) {
            (true, any_text) => Found::new(Word::FallbackAdded).values(CLOSED, with_fallback(any_text)),
            // Who was told to expect unknown names meets one more way to write them.
            (false, true) if openness == Openness::Open => Found::new(Word::OpenVariantAdded).is("any other text"),
            (false, true) => Found::new(Word::EnumOpened).values(CLOSED, with_fallback(true)),
            (false, false) => {
                Found::new(openness.added(fresh)).below(below(fresh)).is(text::alternative(walker.new, fresh))
            }
        };
        out.say(found.by(None, Some(&fresh.member)));
    }
}

/// An enum without a fallback, in words.
pub(super) const CLOSED: &str = "a closed set of values";

/// An enum with one.
pub(super) fn with_fallback(any_text: bool) -> &'static str {
    if any_text { "that set or any other text" } else { "that set with a fallback for unknown values" }
}

fn is_any_text(shapes: &Shapes, arm: &Variant) -> bool {
    match arm.payload {
        Payload::Value(id) => matches!(shapes.get(id).shape, Shape::String { format: None }),
        Payload::Unit => false,
    }
}

fn payload(walker: &Walker<'_>, old: &Variant, new: &Variant, at: Position, out: &mut Compared) {
    let path = below(new);
    let nothing = || "null".to_owned();
    let (was, is) = match (old.payload, new.payload) {
        (Payload::Unit, Payload::Unit) => return,
        (Payload::Value(a), Payload::Value(b)) => {
            return out.edge_by(Pair { old: a, new: b, at }, path, &old.member, &new.member);
        }
        (Payload::Unit, Payload::Value(b)) => (nothing(), text::shape(walker.new, b)),
        (Payload::Value(a), Payload::Unit) => (text::shape(walker.old, a), nothing()),
    };
    let found = Found::new(Word::Payload).values(format!("{was} and carries {is}"), text::wire(&new.wire));
    out.say(found.below(path).by(Some(&old.member), Some(&new.member)));
}

/// Variants that belong together: those that the wire cannot tell apart, then those of one Rust name. What has a number
/// for a name is what code gives in one of several ways, in their order, which tells nothing: the likest belong together.
fn pair_up(walker: &mut Walker<'_>, old: &[&Variant], new: &[&Variant], at: Position) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let named = |a: &Variant, b: &Variant| a.member.name == b.member.name;
    for round in 0..3 {
        if round == 2 {
            alike(walker, old, new, &mut pairs);
        }
        for (i, a) in old.iter().enumerate() {
            if pairs.iter().any(|(x, _)| *x == i) {
                continue;
            }
            let free: Vec<usize> = (0..new.len()).filter(|j| !pairs.iter().any(|(_, y)| y == j)).collect();
            let fits = free.into_iter().find(|j| {
                new.get(*j).is_some_and(|b| match round {
                    0 => named(a, b) && same_payload(walker, a, b, at),
                    // What is not known is like everything: only its name tells.
                    1 => known(walker.old, a) && known(walker.new, b) && same_payload(walker, a, b, at),
                    _ => named(a, b),
                })
            });
            pairs.extend(fits.map(|j| (i, j)));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Pairs what is left and is known by numbers alone, the likest first; then what is not known on either side.
fn alike(walker: &Walker<'_>, old: &[&Variant], new: &[&Variant], pairs: &mut Vec<(usize, usize)>) {
    let numbered = |v: &Variant| !v.member.name.is_empty() && v.member.name.bytes().all(|byte| byte.is_ascii_digit());
    let mut likely: Vec<(usize, usize, usize)> = Vec::new();
    for (i, a) in old.iter().enumerate().filter(|(_, a)| numbered(a)) {
        for (j, b) in new.iter().enumerate().filter(|(_, b)| numbered(b)) {
            let likeness = match (known(walker.old, a), known(walker.new, b)) {
                (true, true) => likeness((walker.old, a), (walker.new, b)),
                (false, false) => 1,
                _ => 0,
            };
            likely.extend((likeness > 0).then_some((likeness, i, j)));
        }
    }
    likely.sort_by_key(|(likeness, i, j)| (std::cmp::Reverse(*likeness), *i, *j));
    for (_, i, j) in likely {
        if pairs.iter().all(|(x, y)| *x != i && *y != j) {
            pairs.push((i, j));
        }
    }
}

/// How much two known arms have in common: 0 is nothing.
fn likeness((a_shapes, a): (&Shapes, &Variant), (b_shapes, b): (&Shapes, &Variant)) -> usize {
    let (Payload::Value(a), Payload::Value(b)) = (a.payload, b.payload) else {
        return usize::from(a.payload == b.payload);
    };
    match (&a_shapes.get(a).shape, &b_shapes.get(b).shape) {
        (Shape::Object(x), Shape::Object(y)) => {
            let both = x.fields.iter().filter(|field| y.fields.iter().any(|other| reads(other, &field.names.wire)));
            2 * both.count() + usize::from(x.fields.is_empty() == y.fields.is_empty())
        }
        (x, y) => usize::from(std::mem::discriminant(x) == std::mem::discriminant(y)),
    }
}

fn reads(field: &Field, name: &str) -> bool {
    field.names.wire == name || field.names.aliases.iter().any(|alias| alias == name)
}

fn known(shapes: &Shapes, variant: &Variant) -> bool {
    match variant.payload {
        Payload::Unit => true,
        Payload::Value(id) => !matches!(shapes.get(id).shape, Shape::Opaque(_) | Shape::Any | Shape::Refused { .. }),
    }
}

fn same_payload(walker: &mut Walker<'_>, old: &Variant, new: &Variant, at: Position) -> bool {
    match (old.payload, new.payload) {
        (Payload::Unit, Payload::Unit) => true,
        (Payload::Value(a), Payload::Value(b)) => walker.same(a, b, at),
        _ => false,
    }
}

/// Does an arm before this one take all that it could?
fn is_dead(shapes: &Shapes, arms: &[&Variant], at: usize) -> bool {
    let Some(Payload::Value(later)) = arms.get(at).map(|arm| arm.payload) else { return false };
    let is_object = match &shapes.get(later).shape {
        Shape::Object(_) | Shape::Map { .. } => true,
        Shape::Enum(shape) => matches!(shape.repr, Repr::Internal { .. } | Repr::Adjacent { .. }),
        _ => false,
    };
    let any = |id: ShapeId| matches!(shapes.get(id).shape, Shape::Any);
    let takes_all = |arm: &&&Variant| match arm.payload {
        Payload::Value(id) => match &shapes.get(id).shape {
            Shape::Any => shapes.get(id).conversion.is_none(),
            Shape::Map { key, value } => {
                is_object && any(*value) && matches!(shapes.get(*key).shape, Shape::String { format: None })
            }
            _ => false,
        },
        Payload::Unit => false,
    };
    arms.iter().take(at).any(|arm| takes_all(&arm))
}

/// Does another variant read (or, written, is it no loss) what this one did?
fn covered(walker: &mut Walker<'_>, gone: &Variant, (all, new): (&[&Variant], &[&Variant]), at: Position) -> bool {
    let Payload::Value(old) = gone.payload else { return false };
    let was_there = |v: &Variant| all.iter().any(|one| one.member.name == v.member.name);
    // What nobody knows is read by what reads anything, or by what nobody knows either.
    if matches!(walker.old.get(old).shape, Shape::Opaque(_)) {
        let open = |v: &&Variant| match v.payload {
            Payload::Value(id) => match &walker.new.get(id).shape {
                Shape::Any => true,
                Shape::Opaque(_) => !was_there(v),
                _ => false,
            },
            Payload::Unit => false,
        };
        return at.reads() && new.iter().any(open);
    }
    at.reads() && new.iter().any(|v| matches!(v.payload, Payload::Value(id) if walker.fits(old, id, at)))
}

fn emitted_before(walker: &mut Walker<'_>, old: &[&Variant], fresh: &Variant, at: Position) -> bool {
    let is_null = |shapes: &Shapes, variant: &Variant| match variant.payload {
        Payload::Unit => true,
        Payload::Value(id) => matches!(shapes.get(id).shape, Shape::Null),
    };
    let same = |v: &Variant, walker: &mut Walker<'_>| match (v.payload, fresh.payload) {
        (Payload::Value(old), Payload::Value(new)) => walker.same(old, new, at),
        _ => is_null(walker.old, v) && is_null(walker.new, fresh),
    };
    old.iter().any(|v| same(v, walker))
}

/// Overlapping variants that changed places.
fn order(walker: &Walker<'_>, old: &[&Variant], new: &[&Variant], pairs: &[(usize, usize)], out: &mut Compared) {
    for (n, (i, j)) in pairs.iter().enumerate() {
        for (k, l) in pairs.iter().skip(n + 1) {
            let (Some(a), Some(b)) = (old.get(*i), old.get(*k)) else { continue };
            let swapped = (i < k) != (j < l);
            if swapped && overlap(walker.old, a, walker.old, b) {
                let name = |side: &[&Variant], at: usize| side.get(at).map(|v| text::wire(&v.wire)).unwrap_or_default();
                let was = format!("{}, {}", name(old, *i), name(old, *k));
                let is = format!("{}, {}", name(new, *l), name(new, *j));
                return out.say(Found::new(Word::UntaggedOrder).values(was, is));
            }
        }
    }
}

/// How two shapes are laid against each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Is there a value that both read?
    Overlap,
    /// Does the first read a value of the second that holds nothing but what the second knows?
    Swallow,
}

fn overlap(a_shapes: &Shapes, a: &Variant, b_shapes: &Shapes, b: &Variant) -> bool {
    meet((a_shapes, a), (b_shapes, b), How::Overlap)
}

fn meet((a_shapes, a): (&Shapes, &Variant), (b_shapes, b): (&Shapes, &Variant), how: How) -> bool {
    let null = |shapes: &Shapes, id: ShapeId| super::enums::reads_null(&shapes.get(id).shape);
    match (a.payload, b.payload) {
        (Payload::Unit, Payload::Unit) => true,
        (Payload::Unit, Payload::Value(id)) => null(b_shapes, id),
        (Payload::Value(id), Payload::Unit) => null(a_shapes, id),
        (Payload::Value(x), Payload::Value(y)) => shapes_overlap((a_shapes, x), (b_shapes, y), (DEPTH, how)),
    }
}

type Side<'a> = (&'a Shapes, ShapeId);

/// May one value be read as both? `true` where it is not known.
fn shapes_overlap(a: Side<'_>, b: Side<'_>, (depth, how): (u8, How)) -> bool {
    let Some(depth) = depth.checked_sub(1).map(|depth| (depth, how)) else { return true };
    match (&a.0.get(a.1).shape, &b.0.get(b.1).shape) {
        (Shape::Any | Shape::Opaque(_), _) | (_, Shape::Any | Shape::Opaque(_)) => true,
        (Shape::Refused { .. }, _) | (_, Shape::Refused { .. }) => false,
        (Shape::Nullable(x), other) => super::enums::reads_null(other) || shapes_overlap((a.0, *x), b, depth),
        (other, Shape::Nullable(y)) => super::enums::reads_null(other) || shapes_overlap(a, (b.0, *y), depth),
        (Shape::Enum(e), _) => enum_overlaps(e, a.0, b, true, depth),
        (_, Shape::Enum(e)) => enum_overlaps(e, b.0, a, false, depth),
        (Shape::Null, Shape::Null) | (Shape::Bool, Shape::Bool) | (Shape::Map { .. }, Shape::Map { .. }) => true,
        (Shape::Number(x), Shape::Number(y)) => super::numbers::overlap(*x, *y),
        (Shape::String { format: Some(x) }, Shape::String { format: Some(y) }) => formats_overlap(x, y),
        (Shape::String { .. }, Shape::String { .. }) => true,
        (Shape::String { .. }, Shape::List { reads_string, .. })
        | (Shape::List { reads_string, .. }, Shape::String { .. }) => *reads_string,
        (Shape::List { length: Some(m), .. }, Shape::List { length: Some(n), .. }) => m == n,
        (Shape::List { item, .. }, Shape::Tuple(items)) => {
            items.iter().all(|i| shapes_overlap((a.0, *item), (b.0, i.shape), depth))
        }
        (Shape::Tuple(items), Shape::List { item, .. }) => {
            items.iter().all(|i| shapes_overlap((a.0, i.shape), (b.0, *item), depth))
        }
        (Shape::List { .. }, Shape::List { .. }) => true,
        (Shape::Tuple(x), Shape::Tuple(y)) => {
            let optional = |items: &[crate::model::TupleItem]| items.iter().any(|i| i.default);
            (x.len() == y.len() || optional(x) || optional(y))
                && x.iter().zip(y).all(|(i, j)| shapes_overlap((a.0, i.shape), (b.0, j.shape), depth))
        }
        (Shape::Object(x), Shape::Object(y)) => objects_overlap((a.0, x), (b.0, y), depth),
        (Shape::Object(_), Shape::Map { .. }) | (Shape::Map { .. }, Shape::Object(_)) => true,
        _ => false,
    }
}

fn formats_overlap(a: &str, b: &str) -> bool {
    const APART: &[&str] = &["uuid", "date-time", "naive-date-time", "date", "ip", "ipv4", "ipv6", "url"];
    a == b || !(APART.contains(&a) && APART.contains(&b)) || (a.starts_with("ip") && b.starts_with("ip"))
}

fn objects_overlap(a: (&Shapes, &Object), b: (&Shapes, &Object), (depth, how): (u8, How)) -> bool {
    !apart(a, b, (depth, how)) && !apart(b, a, (depth, How::Overlap))
}

/// Does `a` need a key that `b` cannot have, or not with that type?
fn apart(a: (&Shapes, &Object), b: (&Shapes, &Object), (depth, how): (u8, How)) -> bool {
    a.1.fields.iter().filter(|f| f.presence == Presence::Always && f.group.is_none()).any(|field| {
        // Under an alias the key may be another: then nothing is sure.
        if !field.names.aliases.is_empty() {
            return false;
        }
        match b.1.fields.iter().find(|other| reads(other, &field.names.wire)) {
            Some(other) => {
                other.group.is_none() && !shapes_overlap((a.0, field.shape), (b.0, other.shape), (depth, how))
            }
            // Keys that are only skipped were never promised.
            None if how == How::Swallow => !matches!(b.1.unknown, Unknown::CatchAll(_)) && b.1.inline.is_empty(),
            None => matches!(b.1.unknown, Unknown::Denied) && b.1.inline.is_empty(),
        }
    })
}

fn enum_overlaps(e: &EnumShape, shapes: &Shapes, other: Side<'_>, first: bool, depth: (u8, How)) -> bool {
    let units = || e.variants.iter().any(|v| matches!(v.payload, Payload::Unit));
    let values = || e.variants.iter().any(|v| matches!(v.payload, Payload::Value(_)));
    if e.variants.iter().any(|v| v.untagged) {
        return true;
    }
    match (&e.repr, &other.0.get(other.1).shape) {
        (Repr::Untagged, shape) => e.variants.iter().any(|v| match v.payload {
            Payload::Unit => super::enums::reads_null(shape),
            Payload::Value(id) if first => shapes_overlap((shapes, id), other, depth),
            Payload::Value(id) => shapes_overlap(other, (shapes, id), depth),
        }),
        (_, Shape::Enum(f)) if matches!(f.repr, Repr::Untagged) || f.repr != e.repr => true,
        (_, Shape::Enum(f)) => {
            let fallback = |e: &EnumShape| e.variants.iter().any(|v| v.other);
            fallback(e) || fallback(f) || e.variants.iter().any(|v| f.variants.iter().any(|w| w.wire == v.wire))
        }
        (Repr::External, Shape::String { .. }) => units(),
        (Repr::External, Shape::Object(_) | Shape::Map { .. }) => values(),
        (Repr::Internal { .. } | Repr::Adjacent { .. }, Shape::Object(_) | Shape::Map { .. }) => true,
        (Repr::Number, Shape::Number(_)) => true,
        _ => false,
    }
}
