//! Objects: their fields, and what becomes of keys that no field names.

use super::arms::Arms;
use super::names::{self, Matched, Named, Renaming};
use super::shapes::{Compared, Found, Pair, Walker};
use super::word::{Position, Word};
use super::{constraints, defaults, text};
use crate::model::{Field, Inline, Object, Presence, Shape, ShapeId, Shapes, Unknown};

const FIELD: Renaming = Renaming {
    renamed: Word::FieldRenamed,
    alias_added: Word::FieldAliasAdded,
    alias_removed: Word::FieldAliasRemoved,
};

/// Compares two objects, one level.
pub(super) fn compare(walker: &mut Walker<'_>, old: &Object, new: &Object, pair: Pair, out: &mut Compared) {
    let Object { fields: old_fields, unknown: old_unknown, unknown_member: _, inline: old_inline } = old;
    let Object { fields: new_fields, unknown: new_unknown, unknown_member: _, inline: new_inline } = new;
    let matched = pair_fields(old_fields, new_fields);
    let mut said = Vec::new();
    for (i, j) in &matched.pairs {
        if let (Some(a), Some(b)) = (old_fields.get(*i), new_fields.get(*j)) {
            said.extend(field(walker, a, b, pair.at, out));
        }
    }
    for found in super::containers::gather(said, old_fields, new_fields, &matched) {
        out.say(found);
    }
    // What a flattened type that nobody can look into holds is neither gone nor new.
    let hidden = |shapes: &Shapes, here: &[Inline], there: &[Inline]| {
        let fresh = |a: &&Inline| there.iter().all(|b| b.member.name != a.member.name);
        here.iter().filter(fresh).any(|a| matches!(shapes.get(a.shape).shape, Shape::Opaque(_)))
    };
    let arms = super::arms::of(walker.new, (old_inline, new_inline), old, pair.at);
    if !hidden(walker.new, new_inline, old_inline) {
        let gone: Vec<usize> = matched.removed.iter().copied().filter(|i| !arms.take(old_fields.get(*i))).collect();
        let matched = Matched { pairs: matched.pairs.clone(), removed: gone, added: matched.added.clone() };
        removed_fields(old_fields, new_fields, &matched, out);
    }
    for (a, b) in arms.pairs(matched.removed.iter().filter_map(|i| old_fields.get(*i))) {
        for found in field(walker, a, b, pair.at, out) {
            out.say(found);
        }
    }
    for a in matched.removed.iter().filter_map(|i| old_fields.get(*i)).filter(|a| arms.sometimes(a, pair.at)) {
        out.say(Found::new(Word::FieldOptional).below(below(a)).by(Some(&a.member), None));
    }
    let added = if hidden(walker.old, old_inline, new_inline) { &[] } else { matched.added.as_slice() };
    for new_field in added.iter().filter_map(|j| new_fields.get(*j)) {
        added_field(walker, old, new, new_field, &matched, pair, out);
    }
    inlined(walker, (old_inline, new_inline), &arms, pair.at, out);
    unknown_keys(walker, (*old_unknown, *new_unknown), (old, new), pair.at, out);
}

fn named(field: &Field) -> Named<'_> {
    Named {
        wire: &field.names.wire,
        aliases: &field.names.aliases,
        rust: &field.member.name,
        owner: &field.member.owner,
    }
}

pub(super) fn pair_fields(old: &[Field], new: &[Field]) -> Matched {
    names::pair_up(&old.iter().map(named).collect::<Vec<_>>(), &new.iter().map(named).collect::<Vec<_>>())
}

/// The path of a field below its object.
pub(super) fn below(field: &Field) -> String {
    format!(".{}", field.names.wire)
}

/// What happened to one field; its type is an edge.
fn field(walker: &Walker<'_>, old: &Field, new: &Field, at: Position, out: &mut Compared) -> Vec<Found> {
    let Field { names: _, member, shape, presence: _, null_distinct, default, deprecated, group: _, constraints } = old;
    let path = below(new);
    let mut said = names::compare(&named(old), &named(new), at.reads(), FIELD, &path);
    // Whether code that decides alone reads or writes `null` is not known.
    let open = super::enums::leaves_open(walker.old, *shape) || super::enums::leaves_open(walker.new, new.shape);
    let by_code = open || walker.old.get(*shape).by_code && walker.new.get(new.shape).by_code;
    let null = |shapes, id| if by_code { (false, id) } else { strip_null(shapes, id) };
    let (old_null, old_inner) = null(walker.old, *shape);
    let (new_null, new_inner) = null(walker.new, new.shape);
    let before = State { asked: asked(old, at), null: old_null };
    let after = State { asked: asked(new, at), null: new_null };
    let presence = if at.reads() { read_presence(before, after) } else { written_presence(before, after) };
    let mut words = presence.to_vec();
    if at.reads() && before.null && after.null && *null_distinct != new.null_distinct {
        let meaning = |apart: bool| {
            if apart { "`null` and a missing key are two things" } else { "`null` and a missing key are the same" }
        };
        said.push(Found::new(Word::NullMeaning).values(meaning(*null_distinct), meaning(new.null_distinct)));
    }
    words.retain(|word| at.kind(*word).is_some());
    // Anything at all holds `null` too: the change of the type says it.
    let any = |shapes: &Shapes, id: ShapeId| matches!(shapes.get(id).shape, Shape::Any);
    // So it does where one side is nothing but `null`.
    let only_null = |shapes: &Shapes, id: ShapeId| matches!(shapes.get(id).shape, Shape::Null);
    let bare = only_null(walker.old, *shape) != only_null(walker.new, new.shape);
    // Whether what is not known is ever `null` is not known either.
    let unknown = |shapes: &Shapes, id: ShapeId| matches!(shapes.get(id).shape, Shape::Opaque(_));
    let unknown = unknown(walker.old, *shape) || unknown(walker.new, new.shape);
    if bare || unknown || any(walker.old, *shape) != any(walker.new, new.shape) {
        words.retain(|word| !matches!(word, Word::NullAdded | Word::NullRemoved));
    }
    let (old_inner, new_inner) = if bare { (*shape, new.shape) } else { (old_inner, new_inner) };
    let newly_required = words.contains(&Word::FieldRequired) && at.reads();
    said.extend(words.into_iter().map(Found::new));
    if at.reads() && before.asked == 0 && after.asked == 0 && before.null == after.null {
        let sides = defaults::Sides { old: (walker.old, old_inner), new: (walker.new, new_inner) };
        said.extend(defaults::compare((default, &new.default), sides));
    }
    if at.reads() {
        said.extend(constraints::compare(constraints, &new.constraints));
    }
    if new.deprecated && !*deprecated {
        said.push(Found::new(Word::FieldDeprecated));
    }
    let stripped = old_inner != *shape || new_inner != new.shape;
    let conversions = (walker.old.get(*shape).conversion, walker.new.get(new.shape).conversion);
    if stripped && !newly_required && conversions.0 != conversions.1 {
        said.push(Found::new(Word::OpaqueChanged));
    }
    gated(walker, old, new, at, out);
    let inner = Pair { old: old_inner, new: new_inner, at };
    out.edge_by(inner, path.clone(), member, &new.member);
    said.into_iter().map(|found| found.below(path.clone()).by(Some(member), Some(&new.member))).collect()
}

/// A field that other builds have now.
fn gated(walker: &Walker<'_>, old: &Field, new: &Field, at: Position, out: &mut Compared) {
    let gates = super::gates::compare(walker, &old.member, &new.member);
    if let Some(condition) = gates.lost {
        let found = Found::new(Word::FieldRemoved).below(below(old)).was(old.names.wire.clone());
        out.say(found.by(Some(&old.member), Some(&new.member)).when(condition));
    }
    if let Some(condition) = gates.gained {
        let must = at.reads() && new.presence == Presence::Always && new.group.is_none();
        let word = if must { Word::RequiredFieldAdded } else { Word::FieldAdded };
        let found = Found::new(word).below(below(new)).is(new.names.wire.clone());
        out.say(found.by(Some(&old.member), Some(&new.member)).when(condition));
    }
}

/// How strictly a key is asked for, and whether it may be `null`.
#[derive(Clone, Copy)]
struct State {
    /// 0: may be missing; 1: may be missing with the rest of its flattened group; 2: must be there.
    asked: u8,
    null: bool,
}

fn asked(field: &Field, at: Position) -> u8 {
    match (field.presence, field.group) {
        (Presence::Maybe, _) => 0,
        (Presence::Always, Some(_)) if !at.reads() => 0,
        (Presence::Always, Some(_)) => 1,
        (Presence::Always, None) => 2,
    }
}

/// The wire cannot tell `Option` from its inside but by `null`: the inside, and whether it was there.
pub(super) fn strip_null(shapes: &Shapes, id: ShapeId) -> (bool, ShapeId) {
    match &shapes.get(id).shape {
        Shape::Nullable(inner) => (true, *inner),
        shape => (super::enums::reads_null(shape), id),
    }
}

fn read_presence(old: State, new: State) -> &'static [Word] {
    match (new.asked.cmp(&old.asked), old.null, new.null) {
        (std::cmp::Ordering::Greater, false, true) => &[Word::FieldRequired, Word::NullAdded],
        (std::cmp::Ordering::Greater, ..) => &[Word::FieldRequired],
        (std::cmp::Ordering::Less, true, false) => &[Word::FieldOptional, Word::NullRemoved],
        (std::cmp::Ordering::Less, ..) => &[Word::FieldOptional],
        (std::cmp::Ordering::Equal, true, false) => &[Word::NullRemoved],
        (std::cmp::Ordering::Equal, false, true) => &[Word::NullAdded],
        (std::cmp::Ordering::Equal, ..) => &[],
    }
}

fn written_presence(old: State, new: State) -> &'static [Word] {
    match (old.asked > 0, old.null, new.asked > 0, new.null) {
        (true, true, false, false) => &[Word::NullOmitted],
        (false, false, true, true) => &[Word::AbsentNulled],
        (true, _, false, _) => &[Word::FieldOptional],
        (false, _, true, _) => &[Word::FieldRequired],
        (_, false, _, true) => &[Word::NullAdded],
        (_, true, _, false) => &[Word::NullRemoved],
        _ => &[],
    }
}

fn removed_fields(old: &[Field], new: &[Field], matched: &Matched, out: &mut Compared) {
    let added: Vec<&Field> = matched.added.iter().filter_map(|j| new.get(*j)).collect();
    for field in matched.removed.iter().filter_map(|i| old.get(*i)) {
        let mut found = Found::new(Word::FieldRemoved).below(below(field)).was(field.names.wire.clone());
        // One removed, one added: perhaps a rename. A hint, and nothing but.
        if let ([only], [_]) = (added.as_slice(), matched.removed.as_slice()) {
            found.related = Some(only.names.wire.clone());
        }
        out.say(found.by(Some(&field.member), None));
    }
}

fn added_field(
    walker: &mut Walker<'_>,
    old: &Object,
    new: &Object,
    field: &Field,
    matched: &Matched,
    pair: Pair,
    out: &mut Compared,
) {
    let at = pair.at;
    let group_is_old = |group: u32| {
        matched.pairs.iter().filter_map(|(_, j)| new.fields.get(*j)).any(|other| other.group == Some(group))
    };
    let must = match (field.presence, field.group) {
        (Presence::Maybe, _) => false,
        (Presence::Always, None) => true,
        (Presence::Always, Some(group)) => group_is_old(group),
    };
    let word = if must { Word::RequiredFieldAdded } else { Word::FieldAdded };
    let refused = !at.reads() && at.message && walker.readers.refuse_fields.contains(&owner(walker.old, pair.old, old));
    let mut found = Found::new(if refused { Word::FieldRefused } else { word });
    if let (true, Unknown::CatchAll(caught)) = (at.reads() && !must, old.unknown)
        && !walker.fits(caught, strip_null(walker.new, field.shape).1, at)
    {
        let types = (text::shape(walker.old, caught), text::shape(walker.new, field.shape));
        found = Found::new(Word::TypeNarrowed).values(types.0, types.1);
    }
    // Nobody asks for it, and whoever sends it is refused.
    if at.reads()
        && !must
        && matches!(walker.new.get(strip_null(walker.new, field.shape).1).shape, Shape::Refused { .. })
    {
        found = Found::new(Word::TypeNarrowed).values("not read", text::shape(walker.new, field.shape));
    }
    let found = Found { is: found.is.clone().or_else(|| Some(field.names.wire.clone())), ..found };
    out.say(found.below(below(field)).by(None, Some(&field.member)));
}

/// The type that an object belongs to; of a struct variant with the variant's name.
pub(super) fn owner(shapes: &Shapes, id: ShapeId, object: &Object) -> String {
    if let Some(def) = &shapes.get(id).def {
        return def.owner.clone();
    }
    let Some(first) = object.fields.first() else { return String::new() };
    match first.member.name.split_once('.') {
        Some((variant, _)) => format!("{}.{variant}", first.member.owner),
        None => first.member.owner.clone(),
    }
}

fn unknown_keys(
    walker: &Walker<'_>,
    (old, new): (Unknown, Unknown),
    (old_object, new_object): (&Object, &Object),
    at: Position,
    out: &mut Compared,
) {
    let any = |shapes: &Shapes, id: ShapeId| matches!(shapes.get(id).shape, Shape::Any);
    let word = match (old, new) {
        (Unknown::CatchAll(a), Unknown::CatchAll(b)) => {
            return out.edge(Pair { old: a, new: b, at }, ".*");
        }
        (Unknown::Ignored, Unknown::CatchAll(b)) if at.reads() && !any(walker.new, b) => Word::UnknownDenied,
        (Unknown::Denied, Unknown::CatchAll(_)) if at.reads() => Word::UnknownAllowed,
        (_, Unknown::CatchAll(_)) => Word::FieldAdded,
        (Unknown::CatchAll(_), Unknown::Denied) if at.reads() => Word::UnknownDenied,
        (Unknown::CatchAll(_), _) => Word::FieldRemoved,
        (Unknown::Ignored, Unknown::Denied) => Word::UnknownDenied,
        (Unknown::Denied, Unknown::Ignored) => Word::UnknownAllowed,
        (Unknown::Ignored, Unknown::Ignored) | (Unknown::Denied, Unknown::Denied) => return,
    };
    let mut found = Found::new(word);
    if matches!(word, Word::FieldAdded | Word::FieldRemoved) {
        found = found.below(".*");
    }
    let is = match (word, new) {
        (Word::UnknownDenied, Unknown::CatchAll(b)) => format!("read as {}", text::shape(walker.new, b)),
        (Word::UnknownDenied, _) => "refused".to_owned(),
        (_, Unknown::CatchAll(_)) => "read".to_owned(),
        _ => "skipped".to_owned(),
    };
    found = found.is(is);
    // Two places only where both are known: the cause is else the type itself.
    if let (Some(a), Some(b)) = (&old_object.unknown_member, &new_object.unknown_member) {
        found = found.by(Some(a), Some(b));
    }
    out.say(found);
}

/// Flattened enums, and flattened types that are not known: by the Rust member, then in order.
fn inlined(walker: &Walker<'_>, (old, new): (&[Inline], &[Inline]), arms: &Arms<'_>, at: Position, out: &mut Compared) {
    let mut open: Vec<&Inline> = new.iter().collect();
    let mut alone = Vec::new();
    let mut join = |a: &Inline, b: &Inline| {
        let Inline { shape, member, group } = a;
        match (group.is_some(), b.group.is_some()) {
            (false, true) => out.say(Found::new(Word::FieldOptional).by(Some(member), Some(&b.member))),
            (true, false) => out.say(Found::new(Word::FieldRequired).by(Some(member), Some(&b.member))),
            _ => {}
        }
        out.edge_by(Pair { old: *shape, new: b.shape, at }, "", member, &b.member);
    };
    for a in old {
        match open.iter().position(|b| b.member.name == a.member.name) {
            Some(i) => join(a, open.remove(i)),
            None => alone.push(a),
        }
    }
    let mut gone = Vec::new();
    for a in alone {
        if open.is_empty() { gone.push(a) } else { join(a, open.remove(0)) }
    }
    for a in gone.into_iter().filter(|a| !matches!(walker.old.get(a.shape).shape, Shape::Opaque(_))) {
        out.say(Found::new(Word::FieldRemoved).was(text::shape(walker.old, a.shape)).by(Some(&a.member), None));
    }
    for b in open {
        let word = match (&walker.new.get(b.shape).shape, b.group) {
            (Shape::Opaque(_), _) => Word::BecameOpaque,
            _ if arms.is_all_old(b) => continue,
            _ if arms.is_in(b) => Word::FieldAdded,
            (_, Some(_)) => Word::FieldAdded,
            // One of its variants must be there.
            (_, None) => Word::RequiredFieldAdded,
        };
        let is = text::shape(walker.new, b.shape);
        out.say(Found::new(word).values("nothing", is).by(None, Some(&b.member)));
    }
}
