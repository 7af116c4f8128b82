//! A compact notation of shapes, for tables of cases.
//!
//! `u32` `f64` `decimal` `bool` `null` `any` `string` `string:uuid` `bytes` · `T?` may be null · `[T]` `[T;3]` ·
//! `(T, T=)` a tuple, `=` may be missing · `map<K,V>` · `opaque:name:tokens` · `refused<T>` · `T#7` code stands before it ·
//! `Name{a: T, rust@wire|alias?: T, ..deny}` an object: `?` may be missing, `?=5` with that default, `?~5` with code,
//! `!` null is not absent, `^` deprecated, `%1` of a flattened group; `..deny`, `..T` for unknown keys ·
//! `Name<ext A, B: T, *Other, ~Arm: T>` an enum: `ext`, `tag:t`, `adj:t:c`, `un`, `num`, each with `+` for open ·
//! `&Name` the definition of that name again.

use crate::model::*;
use std::collections::BTreeMap;

pub(super) struct Reading<'a> {
    text: &'a str,
    pub shapes: &'a mut Shapes,
    names: BTreeMap<String, ShapeId>,
}

pub(super) fn read(text: &str, shapes: &mut Shapes) -> ShapeId {
    let mut reading = Reading { text, shapes, names: BTreeMap::new() };
    let id = reading.shape();
    reading.blank();
    assert!(reading.text.is_empty(), "left over: {:?} of {text:?}", reading.text);
    id
}

fn member(owner: &str, name: &str) -> Member {
    Member::new(owner, name, Place { file: "src/lib.rs".into(), line: 1, column: 1 })
}

impl Reading<'_> {
    fn blank(&mut self) {
        self.text = self.text.trim_start();
    }

    fn eat(&mut self, token: &str) -> bool {
        self.blank();
        match self.text.strip_prefix(token) {
            Some(rest) => {
                self.text = rest;
                true
            }
            None => false,
        }
    }

    fn need(&mut self, token: &str) {
        assert!(self.eat(token), "expected {token:?} at {:?}", self.text);
    }

    fn word(&mut self) -> String {
        self.blank();
        let end = self.text.find(|c: char| !(c.is_alphanumeric() || "_-.:\"'".contains(c))).unwrap_or(self.text.len());
        let (word, rest) = self.text.split_at(end);
        // A colon at the end belongs to the field.
        let (word, rest) = match word.strip_suffix(':') {
            Some(word) => (word, &self.text[end - 1..]),
            None => (word, rest),
        };
        self.text = rest;
        word.to_owned()
    }

    /// A word without colons.
    fn name(&mut self) -> String {
        self.blank();
        let end = self.text.find(|c: char| !(c.is_alphanumeric() || "_-.".contains(c))).unwrap_or(self.text.len());
        let (name, rest) = self.text.split_at(end);
        self.text = rest;
        name.to_owned()
    }

    fn shape(&mut self) -> ShapeId {
        let mut id = self.base();
        loop {
            if self.text.starts_with('#') {
                self.need("#");
                let number = self.name().parse().unwrap();
                let mut node = self.shapes.get(id).clone();
                node.conversion = Some(number);
                id = self.shapes.push(node);
            } else if self.text.starts_with('?') {
                self.need("?");
                id = self.plain(Shape::Nullable(id));
            } else {
                return id;
            }
        }
    }

    fn plain(&mut self, shape: Shape) -> ShapeId {
        self.shapes.push(Node::plain(shape))
    }

    fn base(&mut self) -> ShapeId {
        self.blank();
        if self.eat("[") {
            return self.list();
        }
        if self.eat("(") {
            return self.tuple();
        }
        if self.eat("&") {
            let name = self.name();
            return self.names[&name];
        }
        if self.text.starts_with('{') {
            return self.object("");
        }
        let word = self.word();
        if let Some(int) = int(&word) {
            return self.plain(Shape::Number(int));
        }
        let shape = match word.as_str() {
            "any" => Shape::Any,
            "null" => Shape::Null,
            "bool" => Shape::Bool,
            "f32" => Shape::Number(NumberShape::Float32),
            "f64" => Shape::Number(NumberShape::Float64),
            "decimal" => Shape::Number(NumberShape::Decimal),
            "string" => Shape::String { format: None },
            "bytes" => {
                let item = self.plain(Shape::Number(NumberShape::Int { min: 0, max: 255 }));
                Shape::List { item, length: None, reads_string: true }
            }
            "map" => {
                self.need("<");
                let key = self.shape();
                self.need(",");
                let value = self.shape();
                self.need(">");
                Shape::Map { key, value }
            }
            "refused" => {
                self.need("<");
                let inner = self.shape();
                self.need(">");
                Shape::Refused { reason: "text-list", inner }
            }
            word if word.starts_with("string:") => Shape::String { format: Some(word[7..].to_owned()) },
            word if word.starts_with("opaque:") => {
                let word = word.replace("::", "\u{0}");
                let mut parts = word.split(':').skip(1);
                let name = parts.next().unwrap().replace('\u{0}', "::");
                let tokens = parts.next().map(|t| t.parse().unwrap());
                Shape::Opaque(Opaque { name, reason: OpaqueReason::HandWritten, tokens, version: None })
            }
            name if self.text.starts_with('{') => return self.object(name),
            name if self.text.starts_with('<') => return self.enumeration(name),
            other => panic!("no shape {other:?} before {:?}", self.text),
        };
        self.plain(shape)
    }

    fn list(&mut self) -> ShapeId {
        let item = self.shape();
        let length = self.eat(";").then(|| self.name().parse().unwrap());
        self.need("]");
        self.plain(Shape::List { item, length, reads_string: false })
    }

    fn tuple(&mut self) -> ShapeId {
        let mut items = Vec::new();
        while !self.eat(")") {
            let shape = self.shape();
            let default = self.eat("=");
            items.push(TupleItem { shape, default, member: Some(member("Tuple", &items.len().to_string())) });
            self.eat(",");
        }
        self.plain(Shape::Tuple(items))
    }

    fn object(&mut self, owner: &str) -> ShapeId {
        let id = self.shapes.reserve();
        self.names.insert(owner.to_owned(), id);
        self.need("{");
        let mut object =
            Object { fields: Vec::new(), unknown: Unknown::Ignored, unknown_member: None, inline: Vec::new() };
        while !self.eat("}") {
            if self.eat("..") {
                object.unknown = if self.eat("deny") { Unknown::Denied } else { Unknown::CatchAll(self.shape()) };
            } else {
                let field = self.field(if owner.is_empty() { "Anonymous" } else { owner });
                object.fields.push(field);
            }
            self.eat(",");
        }
        let def = (!owner.is_empty()).then(|| member(owner, ""));
        self.shapes.set(id, Node { def, ..Node::plain(Shape::Object(object)) });
        id
    }

    fn names(&mut self) -> (String, Names) {
        let first = self.name();
        let (rust, wire) = if self.eat("@") { (first, self.name()) } else { (first.clone(), first) };
        let mut aliases = Vec::new();
        while self.eat("|") {
            aliases.push(self.name());
        }
        (rust, Names { wire, aliases })
    }

    fn field(&mut self, owner: &str) -> Field {
        let (rust, names) = self.names();
        let maybe = self.eat("?");
        let default = if self.eat("=") {
            Default::Value(self.word())
        } else if self.eat("~") {
            Default::Opaque(self.name().parse().unwrap())
        } else if maybe {
            Default::None
        } else {
            Default::Refused
        };
        let (null_distinct, deprecated) = (self.eat("!"), self.eat("^"));
        let group = self.eat("%").then(|| self.name().parse().unwrap());
        let mut constraints = Vec::new();
        while self.eat("/") {
            let checked = !self.eat("published-");
            let kind = self.name();
            self.need("=");
            constraints.push(Constraint { kind, value: self.name(), checked });
        }
        self.need(":");
        let shape = self.shape();
        let presence = if maybe { Presence::Maybe } else { Presence::Always };
        let member = member(owner, &rust);
        Field { names, member, shape, presence, null_distinct, default, deprecated, group, constraints }
    }

    fn enumeration(&mut self, owner: &str) -> ShapeId {
        let id = self.shapes.reserve();
        self.names.insert(owner.to_owned(), id);
        self.need("<");
        let word = self.word();
        let open = self.eat("+");
        let denies_unknown = self.eat("!");
        let mut parts = word.split(':');
        let kind = parts.next().unwrap();
        let mut next = || parts.next().unwrap().to_owned();
        let repr = match kind {
            "ext" => Repr::External,
            "tag" => Repr::Internal { tag: next() },
            "adj" => Repr::Adjacent { tag: next(), content: next() },
            "un" => Repr::Untagged,
            "num" => Repr::Number,
            other => panic!("no representation {other:?}"),
        };
        let mut variants = Vec::new();
        while !self.eat(">") {
            let variant = self.variant(owner, &repr);
            variants.push(variant);
            self.eat(",");
        }
        let shape = Shape::Enum(EnumShape { repr, variants, open, denies_unknown });
        self.shapes.set(id, Node { def: Some(member(owner, "")), ..Node::plain(shape) });
        id
    }

    fn variant(&mut self, owner: &str, repr: &Repr) -> Variant {
        let (other, untagged) = (self.eat("*"), self.eat("~"));
        let (rust, names) = self.names();
        let wire = match repr {
            Repr::Number => Wire::Number(names.wire.parse().unwrap()),
            _ => Wire::Name(names.wire),
        };
        let payload = if self.eat(":") { Payload::Value(self.shape()) } else { Payload::Unit };
        let aliases = names.aliases;
        Variant { wire, aliases, member: member(owner, &rust), payload, other, untagged, deprecated: false }
    }
}

fn int(word: &str) -> Option<NumberShape> {
    let (sign, bits) = word.split_at_checked(1)?;
    let bits: u32 = bits.parse().ok().filter(|b| [8, 16, 32, 64, 128].contains(b))?;
    let top = u128::MAX >> (128 - bits);
    match sign {
        "u" => Some(NumberShape::Int { min: 0, max: top }),
        "i" => Some(NumberShape::Int { min: -i128::try_from(top >> 1).unwrap() - 1, max: top >> 1 }),
        _ => None,
    }
}
