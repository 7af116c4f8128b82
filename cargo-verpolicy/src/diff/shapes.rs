//! Shapes compared pair by pair. Each pair is compared once, by itself; what lies below it are edges to other pairs.
//! Walking the edges gives the changes that one position meets, with their wire paths: nothing recurses into the
//! depth of a type, and a type that contains itself ends where it was met before.

use super::conditions::Builds;
use super::text;
use super::word::{Position, Word};
use crate::model::{Condition, Member, Node, Object, OpaqueReason, Shape, ShapeId, Shapes, TupleItem};
use foldhash::{HashMap, HashSet};
use std::collections::{BTreeSet, VecDeque};

/// How deep one comparison may ask for another as a whole ("does it fit?") before the answer is no.
const ASKING: u8 = 12;

/// Two shapes that meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pair {
    pub old: ShapeId,
    pub new: ShapeId,
    pub at: Position,
}

/// The members that a change is put down to, one a side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Cause {
    pub old: Option<Member>,
    pub new: Option<Member>,
}

impl Cause {
    /// The builds in which the change is seen: those in which both members are there.
    pub(super) fn condition(&self) -> Condition {
        let of = |member: &Option<Member>| member.as_ref().map_or(Condition::Always, |m| m.condition.clone());
        match of(&self.old).and(of(&self.new)) {
            // Never together: each build sees one of them, and nothing can be said of all.
            Condition::Never => Condition::Always,
            condition => condition,
        }
    }
}

/// One difference, as seen from the pair it was found at.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub word: Word,
    /// Path below the pair: `.mail`, `[]`, `<Ping>`.
    pub below: String,
    /// `None`: the member through which the pair was met.
    pub cause: Option<Cause>,
    pub was: Option<String>,
    pub is: Option<String>,
    pub members: Vec<String>,
    pub related: Option<String>,
    pub between_integers: bool,
    /// The builds in which it is seen, where they are not those that have its cause.
    pub condition: Option<Condition>,
}

impl Found {
    pub(super) fn new(word: Word) -> Self {
        Self {
            word,
            below: String::new(),
            cause: None,
            was: None,
            is: None,
            members: Vec::new(),
            related: None,
            between_integers: false,
            condition: None,
        }
    }

    pub(super) fn below(self, below: impl Into<String>) -> Self {
        Self { below: below.into(), ..self }
    }

    pub(super) fn values(self, was: impl Into<String>, is: impl Into<String>) -> Self {
        Self { was: Some(was.into()), is: Some(is.into()), ..self }
    }

    pub(super) fn was(self, was: impl Into<String>) -> Self {
        Self { was: Some(was.into()), ..self }
    }

    pub(super) fn is(self, is: impl Into<String>) -> Self {
        Self { is: Some(is.into()), ..self }
    }

    pub(super) fn when(self, condition: Condition) -> Self {
        Self { condition: Some(condition), ..self }
    }

    /// The builds in which it is seen, as far as it tells.
    pub(super) fn seen(&self) -> Condition {
        let by_cause = || self.cause.as_ref().map_or(Condition::Always, Cause::condition);
        self.condition.clone().unwrap_or_else(by_cause)
    }

    pub(super) fn by(self, old: Option<&Member>, new: Option<&Member>) -> Self {
        Self { cause: Some(Cause { old: old.cloned(), new: new.cloned() }), ..self }
    }
}

/// A pair below a pair.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub pair: Pair,
    pub below: String,
    /// `None`: the member through which the upper pair was met.
    pub cause: Option<Cause>,
}

/// What comparing one pair, by itself, gave.
#[derive(Clone, Debug, Default)]
pub(super) struct Compared {
    pub found: Vec<Found>,
    pub edges: Vec<Edge>,
}

impl Compared {
    pub(super) fn say(&mut self, found: Found) {
        self.found.push(found);
    }

    pub(super) fn edge(&mut self, pair: Pair, below: impl Into<String>) {
        self.edges.push(Edge { pair, below: below.into(), cause: None });
    }

    pub(super) fn edge_by(&mut self, pair: Pair, below: impl Into<String>, old: &Member, new: &Member) {
        let cause = Some(Cause { old: Some(old.clone()), new: Some(new.clone()) });
        self.edges.push(Edge { pair, below: below.into(), cause });
    }
}

/// Code behind two nodes that is not the same, by the types whose code it is.
pub(super) fn other_code(old: &Node, new: &Node) -> Found {
    let named = |node: &Node| node.def.as_ref().map(|member| member.owner.clone());
    Found { was: named(old), is: named(new), ..Found::new(Word::OpaqueChanged) }
}

/// A change met on the way from one position.
#[derive(Clone, Debug)]
pub(super) struct Met {
    pub found: Found,
    /// The path from the position.
    pub path: String,
    /// `None`: the position itself.
    pub cause: Option<Cause>,
    pub at: Position,
    /// The builds that have all that stands on the path.
    pub condition: Condition,
}

/// A path one step further down; one that nobody would read to its end stays as it is.
pub(super) fn deeper(path: &str, below: &str) -> String {
    const LONG: usize = 400;
    if path.len() > LONG { path.to_owned() } else { format!("{path}{below}") }
}

/// Compares the shapes of two arenas.
pub(super) struct Walker<'a> {
    pub old: &'a Shapes,
    pub new: &'a Shapes,
    /// Owners whose old reader refuses unknown fields, or reads unknown variants: what messages are held to.
    pub readers: Readers,
    /// What builds there are, forwards and backwards.
    pub builds: Option<[Builds<'a>; 2]>,
    index: HashMap<Pair, usize>,
    compared: Vec<Compared>,
    asking: u8,
}

/// How the old readers of messages take what they do not know, by the type's canonical path.
#[derive(Clone, Debug, Default)]
pub(super) struct Readers {
    pub refuse_fields: BTreeSet<String>,
    pub read_variants: BTreeSet<String>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(old: &'a Shapes, new: &'a Shapes) -> Self {
        Self {
            old,
            new,
            readers: Readers::default(),
            builds: None,
            index: HashMap::default(),
            compared: Vec::new(),
            asking: 0,
        }
    }

    /// Everything that a position meets, nearest first.
    pub(super) fn walk(&mut self, old: ShapeId, new: ShapeId, at: Position) -> Vec<Met> {
        let mut met = Vec::new();
        self.visit(Pair { old, new, at }, &mut |m| {
            met.push(m);
            true
        });
        met
    }

    /// Is nothing lost by going from `old` to `new` here? `false` where that would take too long to tell.
    pub(super) fn fits(&mut self, old: ShapeId, new: ShapeId, at: Position) -> bool {
        self.ask(old, new, at, |kind| !kind.hurts())
    }

    /// Can the wire not tell `old` from `new` here? `false` where that would take too long to tell.
    pub(super) fn same(&mut self, old: ShapeId, new: ShapeId, at: Position) -> bool {
        self.ask(old, new, at, |_| false)
    }

    fn ask(&mut self, old: ShapeId, new: ShapeId, at: Position, allowed: fn(super::ChangeKind) -> bool) -> bool {
        if self.asking >= ASKING {
            return false;
        }
        self.asking += 1;
        let mut holds = true;
        self.visit(Pair { old, new, at }, &mut |met| {
            holds = met.at.kind(met.found.word).is_none_or(allowed);
            holds
        });
        self.asking -= 1;
        holds
    }

    /// Walks all pairs below one, each once a cause, breadth first, until `take` says no.
    fn visit(&mut self, start: Pair, take: &mut dyn FnMut(Met) -> bool) {
        let mut seen: HashSet<(Pair, Option<Cause>, Condition)> = HashSet::default();
        let mut queue: VecDeque<(Pair, String, Option<Cause>, Condition)> = VecDeque::new();
        queue.push_back((start, String::new(), None, Condition::Always));
        while let Some((pair, path, cause, condition)) = queue.pop_front() {
            let cause = self.definition(pair).or(cause);
            // Where a way that is always there leads to a pair, no other one matters.
            let always = condition != Condition::Always && seen.contains(&(pair, cause.clone(), Condition::Always));
            if always || !seen.insert((pair, cause.clone(), condition.clone())) {
                continue;
            }
            let through = |inner: Condition| condition.clone().and(inner);
            let index = self.compare_once(pair);
            let Some(compared) = self.compared.get(index) else { continue };
            for found in &compared.found {
                let met = Met {
                    path: format!("{path}{}", found.below),
                    cause: found.cause.clone().map(|found| self.owned(pair, found)).or_else(|| cause.clone()),
                    condition: through(found.seen()),
                    found: found.clone(),
                    at: pair.at,
                };
                if !take(met) {
                    return;
                }
            }
            for edge in &compared.edges {
                let below = deeper(&path, &edge.below);
                let on_the_way = through(edge.cause.as_ref().map_or(Condition::Always, Cause::condition));
                queue.push_back((edge.pair, below, edge.cause.clone().or_else(|| cause.clone()), on_the_way));
            }
        }
    }

    /// The definition behind both sides, where it is the same one: then a change of it is put down to it.
    fn definition(&self, pair: Pair) -> Option<Cause> {
        let old = self.old.get(pair.old).def.as_ref()?;
        let new = self.new.get(pair.new).def.as_ref()?;
        (old.owner == new.owner).then(|| Cause { old: Some(old.clone()), new: Some(new.clone()) })
    }

    /// A member that only one side has, with the definition that has it no more, or not yet, on the other.
    fn owned(&self, pair: Pair, cause: Cause) -> Cause {
        let def = |shapes: &Shapes, id| shapes.get(id).def.clone();
        match cause {
            Cause { old: None, new: Some(new) } => Cause { old: def(self.old, pair.old), new: Some(new) },
            Cause { old: Some(old), new: None } => Cause { old: Some(old), new: def(self.new, pair.new) },
            both => both,
        }
    }

    /// The index of the pair's own comparison. A pair that is met while it is still being compared counts as equal.
    fn compare_once(&mut self, pair: Pair) -> usize {
        if let Some(index) = self.index.get(&pair) {
            return *index;
        }
        let index = self.compared.len();
        self.index.insert(pair, index);
        self.compared.push(Compared::default());
        let compared = self.compare(pair);
        if let Some(slot) = self.compared.get_mut(index) {
            *slot = compared;
        }
        index
    }

    fn compare(&mut self, pair: Pair) -> Compared {
        let (old, new) = (self.old.get(pair.old), self.new.get(pair.new));
        let mut out = Compared::default();
        // What the Rust type would look like counts in the hash; what it becomes only the code knows.
        if old.by_code && new.by_code {
            if old.conversion != new.conversion {
                out.say(other_code(old, new));
            }
            return out;
        }
        self.shapes(pair, &mut out);
        let replaced = out.found.iter().any(|f| matches!(f.word, Word::TypeChanged | Word::BecameOpaque));
        // A schema states now what a type of another package looks like: no code changed.
        let stated = new.def.is_none()
            && matches!(&old.shape, Shape::Opaque(o) if o.reason == OpaqueReason::Foreign && o.tokens.is_none());
        if old.conversion != new.conversion && !replaced && !stated {
            out.say(other_code(old, new));
        }
        // A change of the type itself says more.
        if old.wire_feature != new.wire_feature && out.found.is_empty() {
            let text = |feature: &Option<String>| match feature {
                Some(feature) => format!("with `{feature}`"),
                None => "without".to_owned(),
            };
            out.say(Found::new(Word::WireFeature).values(text(&old.wire_feature), text(&new.wire_feature)));
        }
        out
    }

    fn shapes(&mut self, pair: Pair, out: &mut Compared) {
        let Pair { old, new, at } = pair;
        let (old_shapes, new_shapes) = (self.old, self.new);
        match (&old_shapes.get(old).shape, &new_shapes.get(new).shape) {
            (Shape::Opaque(a), Shape::Opaque(b)) => super::opaque::compare(a, b, out),
            (Shape::Opaque(_), _) => {}
            (_, Shape::Opaque(_)) => self.say_types(pair, Word::BecameOpaque, out),
            (Shape::Refused { .. }, Shape::Refused { .. }) => {}
            (Shape::Refused { .. }, _) if at.reads() => self.say_types(pair, Word::TypeWidened, out),
            (Shape::Refused { .. }, _) => {}
            (_, Shape::Refused { .. }) => {
                let word = if at.reads() { Word::TypeNarrowed } else { Word::TypeChanged };
                self.say_types(pair, word, out);
            }
            (Shape::Any, Shape::Any) | (Shape::Null, Shape::Null) | (Shape::Bool, Shape::Bool) => {}
            // Code that takes any value and decides itself what it accepts: whether that is less now is not known, and
            // that the code changed is said.
            (Shape::Any, _) if at.reads() && old_shapes.get(old).conversion.is_some() => {}
            (Shape::Any, _) => self.say_types(pair, Word::TypeNarrowed, out),
            (_, Shape::Any) => self.say_types(pair, Word::TypeWidened, out),
            // Of several ways through code, one is not known: what it gives may be what the other side does.
            (Shape::Enum(_), other) | (other, Shape::Enum(_))
                if !at.reads()
                    && !matches!(other, Shape::Enum(_))
                    && (super::enums::leaves_open(old_shapes, old) || super::enums::leaves_open(new_shapes, new)) =>
            {
                out.say(Found::new(Word::OpaqueChanged));
            }
            (Shape::Nullable(a), Shape::Nullable(b)) => out.edge(Pair { old: *a, new: *b, at }, ""),
            (Shape::Nullable(_), Shape::Null) => self.say_types(pair, Word::TypeNarrowed, out),
            (Shape::Null, Shape::Nullable(_)) => self.say_types(pair, Word::TypeWidened, out),
            (Shape::Nullable(inner), _) => self.null_or(pair, *inner, out),
            (_, Shape::Nullable(inner)) => self.to_nullable(pair, *inner, out),
            // One that is not known may be what came, and what is gone.
            (Shape::Enum(a), Shape::Enum(b))
                if !at.reads()
                    && (super::enums::leaves_open(old_shapes, old) || super::enums::leaves_open(new_shapes, new)) =>
            {
                let mut own = Compared::default();
                super::enums::compare(self, a, b, at, &mut own);
                match own.found.is_empty() {
                    true => out.edges.append(&mut own.edges),
                    false => out.say(Found::new(Word::OpaqueChanged)),
                }
            }
            (Shape::Enum(a), Shape::Enum(b)) => super::enums::compare(self, a, b, at, out),
            (Shape::Object(a), Shape::Enum(b)) if super::arms::spread(self, (a, b, false), pair, out) => {}
            (Shape::Enum(a), Shape::Object(b)) if super::arms::spread(self, (b, a, true), pair, out) => {}
            (Shape::Object(a), Shape::Enum(b)) if super::flattened::beside(self, (a, b, false), pair, out) => {}
            (Shape::Enum(a), Shape::Object(b)) if super::flattened::beside(self, (b, a, true), pair, out) => {}
            (Shape::Enum(_), _) | (_, Shape::Enum(_)) => super::enums::with_other(self, pair, out),
            (Shape::Number(a), Shape::Number(b)) => {
                if let Some(word) = super::numbers::compare(*a, *b, at) {
                    let is_int = |n| matches!(n, crate::model::NumberShape::Int { .. });
                    let between_integers = is_int(*a) && is_int(*b);
                    let found = Found::new(word).values(text::number(*a), text::number(*b));
                    out.say(Found { between_integers, ..found });
                }
            }
            (Shape::String { format: a }, Shape::String { format: b }) => self.formats(pair, a, b, out),
            (Shape::Object(a), Shape::Object(b)) => {
                let spread = (super::flattened::spread(self.old, a, b), super::flattened::spread(self.new, b, a));
                super::objects::compare(
                    self,
                    spread.0.as_ref().unwrap_or(a),
                    spread.1.as_ref().unwrap_or(b),
                    pair,
                    out,
                );
            }
            (Shape::Map { key: k, value: v }, Shape::Map { key: l, value: w }) => {
                self.keys(Pair { old: *k, new: *l, at }, out);
                out.edge(Pair { old: *v, new: *w, at }, "{}");
            }
            (Shape::Object(object), Shape::Map { key: _, value }) if at.reads() => {
                self.object_to_map(pair, object, *value, out);
            }
            // Any object at all.
            (Shape::Map { key: _, value }, Shape::Object(_))
                if !at.reads() && matches!(old_shapes.get(*value).shape, Shape::Any) =>
            {
                self.say_types(pair, Word::TypeNarrowed, out);
            }
            (Shape::List { .. } | Shape::Tuple(_), Shape::List { .. } | Shape::Tuple(_)) => self.arrays(pair, out),
            _ => self.scalars(pair, out),
        }
    }

    /// Says a word with both types as texts.
    pub(super) fn say_types(&self, pair: Pair, word: Word, out: &mut Compared) {
        out.say(Found::new(word).values(text::shape(self.old, pair.old), text::shape(self.new, pair.new)));
    }

    fn null_or(&self, pair: Pair, inner: ShapeId, out: &mut Compared) {
        let below = Pair { old: inner, ..pair };
        if super::enums::reads_null(&self.new.get(pair.new).shape) {
            return out.edge(below, "");
        }
        out.say(Found::new(Word::NullRemoved));
        out.edge(below, "");
    }

    fn to_nullable(&self, pair: Pair, inner: ShapeId, out: &mut Compared) {
        let below = Pair { new: inner, ..pair };
        if super::enums::reads_null(&self.old.get(pair.old).shape) {
            return out.edge(below, "");
        }
        out.say(Found::new(Word::NullAdded));
        out.edge(below, "");
    }

    fn formats(&self, pair: Pair, old: &Option<String>, new: &Option<String>, out: &mut Compared) {
        let word = match (old, new) {
            (None, Some(_)) => Word::FormatAdded,
            (Some(_), None) => Word::FormatRemoved,
            (Some(a), Some(b)) if a != b => Word::FormatChanged,
            _ => return,
        };
        self.say_types(pair, word, out);
    }

    /// Keys of a map are text: a number for a key is a text that reads as one.
    fn keys(&self, pair: Pair, out: &mut Compared) {
        let plain = |shapes: &Shapes, shape: &Shape| match shape {
            Shape::String { format: None } => true,
            Shape::Enum(e) => super::enums::names_or_text(shapes, e),
            _ => false,
        };
        let (old, new) = (&self.old.get(pair.old).shape, &self.new.get(pair.new).shape);
        // A variant that carries a value is no key: no entry was ever read or written.
        if matches!(old, Shape::Enum(e) if super::enums::is_never_text(e)) {
            return;
        }
        match (plain(self.old, old), plain(self.new, new)) {
            _ if matches!((old, new), (Shape::Enum(_), Shape::Enum(_))) => out.edge(pair, "{key}"),
            (true, true) => {}
            (true, false) => self.say_types(pair, Word::TypeNarrowed, out),
            (false, true) => self.say_types(pair, Word::TypeWidened, out),
            (false, false) => out.edge(pair, "{key}"),
        }
    }

    fn object_to_map(&mut self, pair: Pair, object: &Object, value: ShapeId, out: &mut Compared) {
        let all_fit = object.fields.iter().all(|field| self.fits(field.shape, value, pair.at));
        self.say_types(pair, if all_fit { Word::TypeWidened } else { Word::TypeChanged }, out);
    }

    /// Scalars of different sorts, or things of different structure.
    fn scalars(&self, pair: Pair, out: &mut Compared) {
        let (old, new) = (&self.old.get(pair.old).shape, &self.new.get(pair.new).shape);
        let is_text = |shape: &Shape| matches!(shape, Shape::String { format: None });
        let is_scalar = |shape: &Shape| matches!(shape, Shape::Number(_) | Shape::Bool);
        let decimal = |shape: &Shape| matches!(shape, Shape::String { format: Some(f) } if f == "decimal");
        let textual = matches!(pair.at.family, super::word::Family::Parameter | super::word::Family::Header);
        let word = match (old, new) {
            // Everything in a query, path or header is text to begin with.
            (old, new) if textual && is_scalar(old) && is_text(new) => Word::TypeWidened,
            (old, new) if textual && is_text(old) && is_scalar(new) => Word::TypeNarrowed,
            // A decimal is read from a number too, up to 7.9e28.
            (Shape::Number(n), new) if decimal(new) && pair.at.reads() => match n {
                crate::model::NumberShape::Int { min, max }
                    if *max <= u128::from(u64::MAX) && *min >= i128::from(i64::MIN) =>
                {
                    Word::TypeWidened
                }
                _ => Word::NumberNarrowed,
            },
            _ => Word::TypeChanged,
        };
        self.say_types(pair, word, out);
    }

    fn arrays(&mut self, pair: Pair, out: &mut Compared) {
        let at = pair.at;
        let (old_shapes, new_shapes) = (self.old, self.new);
        match (&old_shapes.get(pair.old).shape, &new_shapes.get(pair.new).shape) {
            (
                Shape::List { item: a, length: m, reads_string: s },
                Shape::List { item: b, length: n, reads_string: t },
            ) => {
                match (m, n) {
                    (Some(m), Some(n)) if m != n => {
                        return out.say(Found::new(Word::TupleLength).values(m.to_string(), n.to_string()));
                    }
                    (None, Some(_)) => self.say_types(pair, Word::TypeNarrowed, out),
                    (Some(_), None) => self.say_types(pair, Word::TypeWidened, out),
                    _ => match (s, t) {
                        (false, true) if at.reads() => self.say_types(pair, Word::TypeWidened, out),
                        (true, false) if at.reads() => self.say_types(pair, Word::TypeNarrowed, out),
                        _ => {}
                    },
                }
                out.edge(Pair { old: *a, new: *b, at }, "[]");
            }
            (Shape::Tuple(old), Shape::Tuple(new)) => tuples(old, new, at, out),
            (Shape::List { item, length: Some(n), .. }, Shape::Tuple(items)) => {
                tuples(&repeated(*item, *n, items.len()), items, at, out);
            }
            (Shape::Tuple(items), Shape::List { item, length: Some(n), .. }) => {
                tuples(items, &repeated(*item, *n, items.len()), at, out);
            }
            (Shape::List { item, .. }, Shape::Tuple(items)) => {
                let all = items.iter().all(|i| self.same(*item, i.shape, at));
                self.say_types(pair, if all { Word::TypeNarrowed } else { Word::TypeChanged }, out);
            }
            (Shape::Tuple(items), Shape::List { item, .. }) => {
                let all = items.iter().all(|i| self.fits(i.shape, *item, at));
                self.say_types(pair, if all { Word::TypeWidened } else { Word::TypeChanged }, out);
            }
            _ => self.scalars(pair, out),
        }
    }
}

/// An array of one type as a tuple; no longer than is needed to tell it from one of `other` elements.
fn repeated(item: ShapeId, length: u64, other: usize) -> Vec<TupleItem> {
    let length = usize::try_from(length).unwrap_or(usize::MAX).min(other.saturating_add(1));
    vec![TupleItem { shape: item, default: false, member: None }; length]
}

/// How many elements are read: `2`, or `1 to 2` where the last may be left out.
fn counted(items: &[TupleItem]) -> String {
    match items.iter().filter(|item| !item.default).count() {
        least if least < items.len() => format!("{least} to {}", items.len()),
        all => all.to_string(),
    }
}

fn tuples(old: &[TupleItem], new: &[TupleItem], at: Position, out: &mut Compared) {
    let tail_is_optional = new.iter().skip(old.len()).all(|item| item.default);
    let lost_default = old.iter().zip(new).any(|(a, b)| a.default && !b.default);
    let gained_default = old.iter().zip(new).any(|(a, b)| !a.default && b.default);
    let lengths = |word| Found::new(word).values(old.len().to_string(), new.len().to_string());
    if at.reads() {
        if new.len() < old.len() || !tail_is_optional || lost_default {
            return out.say(lengths(Word::TupleLength));
        }
        if new.len() > old.len() || gained_default {
            out.say(Found::new(Word::TupleExtended).values(counted(old), counted(new)));
        }
    } else if new.len() != old.len() {
        return out.say(lengths(Word::TupleLength));
    }
    for (i, (a, b)) in old.iter().zip(new).enumerate() {
        let pair = Pair { old: a.shape, new: b.shape, at };
        match (&a.member, &b.member) {
            (Some(old), Some(new)) => out.edge_by(pair, format!(".{i}"), old, new),
            _ => out.edge(pair, format!(".{i}")),
        }
    }
}
