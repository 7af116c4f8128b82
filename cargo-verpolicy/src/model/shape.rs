//! What a type looks like on the wire, after serde, for one direction and one reader.
//!
//! Shapes live in one arena per [`EndpointSet`](super::EndpointSet). A node is lowered for one (type, arguments,
//! direction, reader, buffered), so two positions share a node exactly when the wire cannot tell them apart.
//! Normal form (what `COMPATIBILITY.md` calls *equal* is the same tree): aliases, pointers, newtypes and
//! `transparent` are gone, `flatten` is inlined, field and variant order is kept only for display except in tuples and
//! untagged enums, `A(S)` and `A { …S }` are both [`Payload::Value`] of an object, sets and `Vec` are both lists.

use super::{Condition, Place};

/// Index of a [`Node`] in [`Shapes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(pub u32);

/// The arena.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shapes {
    nodes: Vec<Node>,
}

impl Shapes {
    /// Adds a node.
    pub fn push(&mut self, node: Node) -> ShapeId {
        let id = ShapeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        id
    }

    /// Reserves a node for a type that is being lowered, so that recursion ends; fill it with [`Shapes::set`].
    pub fn reserve(&mut self) -> ShapeId {
        self.push(Node::plain(Shape::Any))
    }

    /// Replaces a reserved node.
    pub fn set(&mut self, id: ShapeId, node: Node) {
        if let Some(slot) = self.nodes.get_mut(id.0 as usize) {
            *slot = node;
        }
    }

    /// Says which definition a node belongs to.
    pub fn define(&mut self, id: ShapeId, member: Member) {
        if let Some(slot) = self.nodes.get_mut(id.0 as usize) {
            slot.def = Some(member);
        }
    }

    /// The node; a dangling id reads as [`Shape::Any`] without a definition.
    #[must_use]
    pub fn get(&self, id: ShapeId) -> &Node {
        static DANGLING: Node =
            Node { shape: Shape::Any, def: None, conversion: None, by_code: false, wire_feature: None };
        self.nodes.get(id.0 as usize).unwrap_or(&DANGLING)
    }

    /// How many distinct parts of it are opaque.
    #[must_use]
    pub fn opaque(&self) -> usize {
        let opaque = self.nodes.iter().filter_map(|node| match &node.shape {
            Shape::Opaque(opaque) => Some(opaque),
            _ => None,
        });
        opaque.collect::<std::collections::BTreeSet<_>>().len()
    }

    /// All nodes in order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (ShapeId, &Node)> {
        self.nodes.iter().enumerate().map(|(i, n)| (ShapeId(u32::try_from(i).unwrap_or(u32::MAX)), n))
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Is the arena empty?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

/// One lowered type.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it looks like.
    pub shape: Shape,
    /// The Rust definition behind it: for messages and causes, never for equality.
    pub def: Option<Member>,
    /// Code that stands between the wire and the shape and that nobody executed (`with`, `deserialize_with`,
    /// `try_from`, a validator function): a hash of its tokens and those of what it names where that is at hand.
    pub conversion: Option<u64>,
    /// That code alone decides how it travels: the shape is what the Rust type would look like without it, and counts in
    /// the hash.
    pub by_code: bool,
    /// The feature of a dependency that is on and changes how this type of its travels (`rust_decimal/serde-float`).
    pub wire_feature: Option<String>,
}

impl Node {
    /// A node without a definition.
    #[must_use]
    pub fn plain(shape: Shape) -> Self {
        Self { shape, def: None, conversion: None, by_code: false, wire_feature: None }
    }
}

/// A Rust member behind a wire name: the cause that findings are grouped by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Member {
    /// Canonical path of the type that owns it, without arguments (`my_crate::users::User`).
    pub owner: String,
    /// Rust name of the field or variant, `0`, `1`, … in tuples, `Variant.field` inside struct variants; empty for the
    /// type itself.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// The `cfg` under which its type has it.
    pub condition: Condition,
}

impl Member {
    /// A member that is always there.
    #[must_use]
    pub fn new(owner: impl Into<String>, name: impl Into<String>, place: Place) -> Self {
        Self { owner: owner.into(), name: name.into(), place, condition: Condition::Always }
    }
}

/// What a value looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Anything (`serde_json::Value`, `RawValue`).
    Any,
    /// Not known. Never silent: named and counted.
    Opaque(Opaque),
    /// The reader of this position refuses every value (a number inside `flatten` in a query, `u128` when buffered),
    /// or the writer fails on every value. The inner shape is what the type would be elsewhere.
    Refused {
        /// Why, as a stable word: `buffered-u128`, `buffered-map-key`, `text-list`, `text-nested`, `text-buffered`,
        /// `text-u128`, `tagged-scalar`.
        reason: &'static str,
        /// What it would be under a plain JSON reader.
        inner: ShapeId,
    },
    /// `null` only (`()`, unit structs, `PhantomData`).
    Null,
    /// `true`, `false`.
    Bool,
    /// A number.
    Number(NumberShape),
    /// Text.
    String {
        /// `None` is any text.
        format: Option<Format>,
    },
    /// `null` or the inner value. Never nested directly.
    Nullable(ShapeId),
    /// An array of equal items.
    List {
        /// The items.
        item: ShapeId,
        /// `[T; N]` with N known (an N-tuple of T lowers to this too).
        length: Option<u64>,
        /// Also reads a string (`ByteBuf`, `bytes::Bytes`).
        reads_string: bool,
    },
    /// An array with a type per place.
    Tuple(Vec<TupleItem>),
    /// An object whose keys are data.
    Map {
        /// Keys, as the shape of their text (numbers stay [`Shape::Number`]).
        key: ShapeId,
        /// Values.
        value: ShapeId,
    },
    /// An object whose keys are names.
    Object(Object),
    /// One of several.
    Enum(EnumShape),
}

impl Shape {
    /// Text that is this value and no other.
    #[must_use]
    pub fn literal(value: &str, member: &Member) -> Self {
        let only = Variant {
            wire: Wire::Name(value.to_owned()),
            aliases: Vec::new(),
            member: member.clone(),
            payload: Payload::Unit,
            other: false,
            untagged: false,
            deprecated: false,
        };
        Self::Enum(EnumShape { repr: Repr::External, variants: vec![only], open: false, denies_unknown: false })
    }
}

/// An element of a tuple.
#[derive(Clone, Debug, PartialEq)]
pub struct TupleItem {
    /// Its type.
    pub shape: ShapeId,
    /// May be missing at the end on input (`#[serde(default)]`).
    pub default: bool,
    /// The Rust member.
    pub member: Option<Member>,
}

/// Something that could not be known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opaque {
    /// The type as the source names it, resolved as far as possible.
    pub name: String,
    /// Why it is not known.
    pub reason: OpaqueReason,
    /// Hash of the tokens that decide it (hand-written impl, macro call); `None` when there are none at hand.
    pub tokens: Option<u64>,
    /// Version or requirement of the foreign crate it comes from.
    pub version: Option<String>,
}

/// Why something is opaque.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OpaqueReason {
    /// `impl Trait`, `HttpResponse`, `Response<Body>`, streams, websockets.
    Erased,
    /// A hand-written `Serialize` or `Deserialize`.
    HandWritten,
    /// A type of another crate whose source is not at hand and that the table does not know.
    Foreign,
    /// A name that resolves to nothing.
    Unresolved,
    /// Made by a macro that was not expanded.
    Macro,
    /// No derive that says how it travels.
    NoDerive,
    /// A trait object or a generic parameter that nothing fixes.
    Generic,
}

/// Numbers by what JSON text they admit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberShape {
    /// Integers from `min` to `max`.
    Int {
        /// Least value.
        min: i128,
        /// Greatest value.
        max: u128,
    },
    /// `f32`.
    Float32,
    /// `f64`.
    Float64,
    /// Arbitrary decimals.
    Decimal,
}

/// A named text format (`uuid`, `date-time`, `url`, `ip`, `char`, `date`, `naive-date-time`, …). Two different names
/// are two different languages.
pub type Format = String;

/// An object with named keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// Fields in source order.
    pub fields: Vec<Field>,
    /// What happens to keys that no field names.
    pub unknown: Unknown,
    /// Where `deny_unknown_fields` or the catch-all stands.
    pub unknown_member: Option<Member>,
    /// What else stands between the same braces: flattened enums, and flattened types that are not known (opaque), in
    /// source order. Structs and maps are never here: their fields are [`Object::fields`] and [`Object::unknown`].
    pub inline: Vec<Inline>,
}

/// A flattened value that is no struct: the keys of an enum's variants stand beside the fields of the object.
#[derive(Clone, Debug, PartialEq)]
pub struct Inline {
    /// The enum, or something opaque.
    pub shape: ShapeId,
    /// The Rust member that is flattened.
    pub member: Member,
    /// Part of a flattened `Option` with this number: see [`Field::group`].
    pub group: Option<u32>,
}

/// Unknown keys of an object, on input; on output only `CatchAll` means anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Skipped.
    Ignored,
    /// Refused.
    Denied,
    /// Every unknown key must hold this (a flattened map).
    CatchAll(ShapeId),
}

/// A key of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its names on the wire.
    pub names: Names,
    /// The Rust member.
    pub member: Member,
    /// Its type in this direction.
    pub shape: ShapeId,
    /// Must it be there?
    pub presence: Presence,
    /// On input: `null` and a missing key mean different things (`double_option`).
    pub null_distinct: bool,
    /// On input: what a missing key means.
    pub default: Default,
    /// `#[deprecated]`, or `deprecated` in the mark or schema.
    pub deprecated: bool,
    /// Part of a flattened `Option<S>` with this number: all or none, an error inside means none.
    pub group: Option<u32>,
    /// Limits that a validator checks or that are only published.
    pub constraints: Vec<Constraint>,
}

pub use constraint::Constraint;

mod constraint {
    /// A limit on a value.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub struct Constraint {
        /// `min`, `max`, `min-length`, `max-length`, `pattern`, `email`, `url`, … a stable word.
        pub kind: String,
        /// The limit as text; empty for flags.
        pub value: String,
        /// Something really checks it (a validating extractor, garde, validator called); else it is only published.
        pub checked: bool,
    }
}

/// Wire names of a field, variant or parameter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Names {
    /// The one that is written, or the first that is read.
    pub wire: String,
    /// Others that are read; sorted.
    pub aliases: Vec<String>,
}

/// On input: must the key be sent? On output: is it always there?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// Yes.
    Always,
    /// No.
    Maybe,
}

/// What a missing input means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Default {
    /// Refused: there is none.
    Refused,
    /// The `None` of an `Option`.
    None,
    /// A known value, as canonical JSON text.
    Value(String),
    /// A value that code computes: hash of its tokens.
    Opaque(u64),
}

/// An enum on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumShape {
    /// How the variant is told.
    pub repr: Repr,
    /// Variants in source order, less those skipped in this direction.
    pub variants: Vec<Variant>,
    /// Clients must expect unknown variants: `#[non_exhaustive]`, or `open` in the mark.
    pub open: bool,
    /// `deny_unknown_fields` of the enum (struct variants).
    pub denies_unknown: bool,
}

/// How an enum tells its variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repr {
    /// `"A"` or `{"A": …}`.
    External,
    /// `{"t": "A", …}`.
    Internal {
        /// Key of the tag.
        tag: String,
    },
    /// `{"t": "A", "c": …}`.
    Adjacent {
        /// Key of the tag.
        tag: String,
        /// Key of the content.
        content: String,
    },
    /// First that fits, in source order.
    Untagged,
    /// `serde_repr`: a number.
    Number,
}

/// One variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// What it is called on the wire.
    pub wire: Wire,
    /// Other names that are read; sorted.
    pub aliases: Vec<String>,
    /// The Rust member.
    pub member: Member,
    /// What it carries.
    pub payload: Payload,
    /// `#[serde(other)]`: catches every unknown name.
    pub other: bool,
    /// A variant-level `#[serde(untagged)]` inside a tagged enum.
    pub untagged: bool,
    /// Deprecated.
    pub deprecated: bool,
}

/// The wire name of a variant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// A name.
    Name(String),
    /// A number (`serde_repr`).
    Number(i128),
}

/// What a variant carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// Nothing.
    Unit,
    /// A value: newtype payloads as they are, tuple payloads as a tuple, struct payloads as an object.
    Value(ShapeId),
}

/// Which reader or writer stands at a position; two readers accept different texts for one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reader {
    /// `serde_json`.
    Json,
    /// `serde_urlencoded`: axum, actix, dropshot query and form.
    UrlEncoded,
    /// `serde_html_form`: axum-extra.
    HtmlForm,
    /// `serde_qs`.
    Qs,
    /// Rocket's `FromForm`.
    RocketForm,
    /// poem-openapi's parameters.
    PoemText,
    /// A path segment.
    PathText,
    /// A header or cookie value.
    HeaderText,
    /// Multipart forms.
    Multipart,
    /// TOML, YAML and other configuration.
    Config,
    /// Plain text or bytes as they are.
    Raw,
    /// A layout encoding where order and width matter (bincode, postcard).
    Layout,
}

/// The line of compatible versions that a version or requirement begins with: `1` of `1.2.3` and `^1.2`, `0.3` of
/// `0.3.1`; `None` where it names none.
#[must_use]
pub fn version_line(version: &str) -> Option<&str> {
    let digits = version.trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut end = 0;
    for part in digits.split_inclusive('.') {
        let number = part.trim_end_matches('.');
        let length = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let figures = number.get(..length)?;
        if figures.is_empty() {
            break;
        }
        if figures.bytes().any(|digit| digit != b'0') || length < number.len() {
            return digits.get(..end + length);
        }
        end += part.len();
    }
    digits.get(..end).map(|line| line.trim_end_matches('.')).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::version_line;

    #[test]
    fn compatible_versions_are_one_line() {
        let cases = [
            ("1.2.3", Some("1")),
            ("^1.2", Some("1")),
            ("=12.0.1-rc.1", Some("12")),
            ("0.3.1", Some("0.3")),
            ("0.3", Some("0.3")),
            ("0.0.7", Some("0.0.7")),
            ("0", Some("0")),
            (">=1, <3", Some("1")),
            ("*", None),
            ("", None),
        ];
        for (version, line) in cases {
            assert_eq!(version_line(version), line, "{version}");
        }
    }
}
