//! Shapes as JSON Schema 2020-12, for their direction.

use crate::model::{
    Constraint, Direction, EnumShape, Field, NumberShape, Object, Payload, Presence, Repr, Shape, ShapeId, Shapes,
    Unknown, Variant, Wire,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Limits on a value: JSON Schema's own words for those that are checked, `x-limits` for all others.
pub(super) fn limit(map: &mut Map<String, Value>, limits: &[Constraint]) {
    let is_list = map.get("type").is_some_and(|kind| *kind == json!("array"));
    let mut others = Map::new();
    for Constraint { kind, value, checked } in limits {
        let word = match (kind.as_str(), is_list) {
            ("min", _) => "minimum",
            ("max", _) => "maximum",
            ("exclusive-min", _) => "exclusiveMinimum",
            ("exclusive-max", _) => "exclusiveMaximum",
            ("multiple-of", _) => "multipleOf",
            ("min-length", true) => "minItems",
            ("max-length", true) => "maxItems",
            ("min-length", false) => "minLength",
            ("max-length", false) => "maxLength",
            _ => "",
        };
        match serde_json::from_str::<Value>(value) {
            Ok(number @ Value::Number(_)) if *checked && !word.is_empty() => {
                map.insert(word.to_owned(), number);
            }
            _ => {
                let value = if value.is_empty() { json!(true) } else { json!(value) };
                others.insert(kind.clone(), value);
            }
        }
    }
    if !others.is_empty() {
        map.insert("x-limits".to_owned(), Value::Object(others));
    }
}

/// How deep a schema nests before it says no more.
const DEPTH: usize = 64;

/// The schema of a shape. A type that contains itself becomes a `$ref` into `$defs` of this schema.
pub(super) fn schema(shapes: &Shapes, id: ShapeId, direction: Direction) -> Value {
    let mut writer = Writer { shapes, direction, open: Vec::new(), defs: BTreeMap::new(), recursive: Vec::new() };
    let mut value = writer.shape(id, 0);
    if !writer.defs.is_empty()
        && let Value::Object(map) = &mut value
    {
        map.insert("$defs".to_owned(), Value::Object(writer.defs.into_iter().collect()));
    }
    value
}

struct Writer<'a> {
    shapes: &'a Shapes,
    direction: Direction,
    open: Vec<ShapeId>,
    recursive: Vec<ShapeId>,
    defs: BTreeMap<String, Value>,
}

impl Writer<'_> {
    fn name(&self, id: ShapeId) -> String {
        let def = self.shapes.get(id).def.as_ref();
        let last = def.and_then(|d| d.owner.rsplit("::").next()).filter(|n| !n.is_empty()).unwrap_or("Shape");
        format!("{last}-{}", id.0)
    }

    fn shape(&mut self, id: ShapeId, depth: usize) -> Value {
        if self.open.contains(&id) {
            if !self.recursive.contains(&id) {
                self.recursive.push(id);
            }
            return json!({ "$ref": format!("#/$defs/{}", self.name(id)) });
        }
        if depth > DEPTH {
            return json!({ "$comment": "nested deeper than is shown" });
        }
        self.open.push(id);
        let mut value = self.node(&self.shapes.get(id).shape, depth + 1);
        if let (true, Value::Object(map)) = (self.shapes.get(id).by_code, &mut value) {
            map.insert("x-by-code".to_owned(), json!(true));
        }
        self.open.pop();
        if self.recursive.contains(&id) {
            let name = self.name(id);
            self.defs.insert(name.clone(), value);
            return json!({ "$ref": format!("#/$defs/{name}") });
        }
        value
    }

    fn node(&mut self, shape: &Shape, depth: usize) -> Value {
        match shape {
            Shape::Any => json!({}),
            Shape::Opaque(opaque) => json!({ "$comment": format!("opaque: {}", opaque.name), "x-opaque": opaque.name }),
            Shape::Refused { reason, .. } => json!({ "not": {}, "$comment": format!("never readable: {reason}") }),
            Shape::Null => json!({ "type": "null" }),
            Shape::Bool => json!({ "type": "boolean" }),
            Shape::Number(number) => number_schema(number),
            Shape::String { format: None } => json!({ "type": "string" }),
            Shape::String { format: Some(format) } => json!({ "type": "string", "format": format }),
            Shape::Nullable(inner) => nullable(self.shape(*inner, depth)),
            Shape::List { item, length, reads_string } => {
                let mut map = Map::new();
                let kind = if *reads_string { json!(["array", "string"]) } else { json!("array") };
                map.insert("type".to_owned(), kind);
                map.insert("items".to_owned(), self.shape(*item, depth));
                if let Some(length) = length {
                    map.insert("minItems".to_owned(), json!(length));
                    map.insert("maxItems".to_owned(), json!(length));
                }
                Value::Object(map)
            }
            Shape::Tuple(items) => {
                let required = items.iter().filter(|i| !i.default).count();
                let count = items.len();
                let prefix: Vec<Value> = items.iter().map(|i| self.shape(i.shape, depth)).collect();
                let mut map = Map::new();
                map.insert("type".to_owned(), json!("array"));
                if !prefix.is_empty() {
                    map.insert("prefixItems".to_owned(), Value::Array(prefix));
                }
                map.insert("items".to_owned(), json!(false));
                map.insert("minItems".to_owned(), json!(required));
                map.insert("maxItems".to_owned(), json!(count));
                Value::Object(map)
            }
            Shape::Map { key, value } => {
                let keys = self.shape(*key, depth);
                let values = self.shape(*value, depth);
                let mut map = Map::new();
                map.insert("type".to_owned(), json!("object"));
                if keys.get("format").is_some() || keys.get("enum").is_some() {
                    map.insert("propertyNames".to_owned(), keys);
                } else if self.shapes.get(*key).shape == Shape::Bool {
                    map.insert("propertyNames".to_owned(), json!({ "enum": ["true", "false"] }));
                }
                map.insert("additionalProperties".to_owned(), values);
                Value::Object(map)
            }
            Shape::Object(object) => self.object(object, depth),
            Shape::Enum(shape) => self.one_of(shape, depth),
        }
    }

    fn object(&mut self, object: &Object, depth: usize) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in &object.fields {
            properties.insert(field.names.wire.clone(), self.field(field, depth));
            if field.presence == Presence::Always {
                required.push(json!(field.names.wire));
            }
        }
        let mut map = Map::new();
        map.insert("type".to_owned(), json!("object"));
        map.insert("properties".to_owned(), Value::Object(properties));
        if !required.is_empty() {
            map.insert("required".to_owned(), Value::Array(required));
        }
        match object.unknown {
            Unknown::Ignored => {}
            Unknown::Denied => {
                map.insert("additionalProperties".to_owned(), json!(false));
            }
            Unknown::CatchAll(id) => {
                let value = self.shape(id, depth);
                map.insert("additionalProperties".to_owned(), value);
            }
        }
        if !object.inline.is_empty() {
            let mut beside: Vec<Value> = object.inline.iter().map(|i| self.shape(i.shape, depth)).collect();
            beside.iter_mut().for_each(allow_others);
            map.insert("allOf".to_owned(), Value::Array(beside));
        }
        Value::Object(map)
    }

    fn field(&mut self, field: &Field, depth: usize) -> Value {
        let mut value = self.shape(field.shape, depth);
        if let Value::Object(map) = &mut value {
            if field.deprecated {
                map.insert("deprecated".to_owned(), json!(true));
            }
            if let crate::model::Default::Value(text) = &field.default
                && let Ok(default) = serde_json::from_str::<Value>(text)
            {
                map.insert("default".to_owned(), default);
            }
            limit(map, &field.constraints);
            if !field.names.aliases.is_empty() {
                map.insert("x-aliases".to_owned(), json!(field.names.aliases));
            }
        }
        value
    }

    fn one_of(&mut self, shape: &EnumShape, depth: usize) -> Value {
        let plain = |v: &Variant| v.payload == Payload::Unit && !v.other && !v.untagged;
        let named = matches!(shape.repr, Repr::External | Repr::Number);
        if named && shape.variants.iter().all(plain) {
            let names: Vec<Value> = shape.variants.iter().map(|v| wire(&v.wire)).collect();
            let kind = if shape.repr == Repr::Number { "integer" } else { "string" };
            let mut map = Map::new();
            map.insert("type".to_owned(), json!(kind));
            map.insert("enum".to_owned(), Value::Array(names));
            insert_aliases(&mut map, shape.variants.iter());
            return Value::Object(map);
        }
        let variants: Vec<Value> = shape.variants.iter().map(|v| self.variant(shape, v, depth)).collect();
        // What catches others holds more than one of them.
        let overlaps = shape.repr == Repr::Untagged || shape.variants.iter().any(|v| v.other || v.untagged);
        json!({ (if overlaps { "anyOf" } else { "oneOf" }): variants })
    }

    fn variant(&mut self, shape: &EnumShape, variant: &Variant, depth: usize) -> Value {
        let repr = &shape.repr;
        let payload = match variant.payload {
            Payload::Unit => None,
            Payload::Value(id) => Some(self.shape(id, depth)),
        };
        if variant.untagged {
            return payload.unwrap_or_else(|| json!({ "type": "null" }));
        }
        let name = match (variant.other, repr) {
            (true, Repr::Number) => json!({ "type": "integer" }),
            (true, Repr::Internal { .. } | Repr::Adjacent { .. }) => {
                let known: Vec<Value> = shape.variants.iter().filter(|v| !v.other).map(|v| wire(&v.wire)).collect();
                json!({ "type": "string", "not": { "enum": known } })
            }
            (true, _) => json!({ "type": "string" }),
            (false, _) => {
                let mut map = Map::new();
                map.insert("const".to_owned(), wire(&variant.wire));
                insert_aliases(&mut map, std::iter::once(variant));
                Value::Object(map)
            }
        };
        match (repr, payload) {
            (Repr::Untagged, None) => json!({ "type": "null" }),
            (Repr::Untagged, Some(value)) => value,
            (Repr::External | Repr::Number, None) => name,
            (Repr::External | Repr::Number, Some(value)) => {
                let key = wire_text(&variant.wire);
                json!({ "type": "object", "properties": { (key.as_str()): value }, "required": [key], "additionalProperties": false })
            }
            (Repr::Internal { tag }, None) => {
                json!({ "type": "object", "properties": { (tag.as_str()): name }, "required": [tag] })
            }
            (Repr::Internal { tag }, Some(value)) => tagged(tag, name, value),
            (Repr::Adjacent { tag, .. }, None) => {
                json!({ "type": "object", "properties": { (tag.as_str()): name }, "required": [tag] })
            }
            (Repr::Adjacent { tag, content }, Some(value)) => {
                // The `None` of an `Option` is written, and need not be sent.
                let optional = self.direction == Direction::Input && self.is_nullable(variant.payload);
                let required = if optional { vec![tag] } else { vec![tag, content] };
                json!({
                    "type": "object",
                    "properties": { (tag.as_str()): name, (content.as_str()): value },
                    "required": required
                })
            }
        }
    }

    fn is_nullable(&self, payload: Payload) -> bool {
        matches!(payload, Payload::Value(id) if matches!(self.shapes.get(id).shape, Shape::Nullable(_)))
    }
}

/// The tag among the keys of what it tells.
fn tagged(tag: &str, name: Value, value: Value) -> Value {
    let mut value = match value {
        Value::Object(value) if value.get("type") == Some(&json!("object")) => value,
        value => {
            let tagged = json!({ "type": "object", "properties": { tag: name }, "required": [tag] });
            return json!({ "allOf": [tagged, value] });
        }
    };
    let mut properties = Map::new();
    properties.insert(tag.to_owned(), name);
    if let Some(Value::Object(own)) = value.remove("properties") {
        properties.extend(own);
    }
    let mut required = vec![json!(tag)];
    if let Some(Value::Array(own)) = value.remove("required") {
        required.extend(own);
    }
    value.insert("properties".to_owned(), Value::Object(properties));
    value.insert("required".to_owned(), Value::Array(required));
    Value::Object(value)
}

/// A variant told by its key, flattened: other keys stand beside it.
fn allow_others(schema: &mut Value) {
    let Value::Object(map) = schema else { return };
    for word in ["oneOf", "anyOf", "allOf"] {
        if let Some(Value::Array(all)) = map.get_mut(word) {
            all.iter_mut().for_each(allow_others);
        }
    }
    if map.get("additionalProperties") == Some(&json!(false)) {
        map.remove("additionalProperties");
    }
}

/// The other names that are read for variants, by the one that is written.
fn insert_aliases<'v>(map: &mut Map<String, Value>, variants: impl Iterator<Item = &'v Variant>) {
    let aliases = variants.filter(|v| !v.aliases.is_empty()).map(|v| (wire_text(&v.wire), json!(v.aliases)));
    let aliases: Map<String, Value> = aliases.collect();
    if !aliases.is_empty() {
        map.insert("x-aliases".to_owned(), Value::Object(aliases));
    }
}

fn wire(wire: &Wire) -> Value {
    match wire {
        Wire::Name(name) => json!(name),
        Wire::Number(number) => i64::try_from(*number).map_or_else(|_| json!(number.to_string()), |small| json!(small)),
    }
}

fn wire_text(wire: &Wire) -> String {
    match wire {
        Wire::Name(name) => name.clone(),
        Wire::Number(number) => number.to_string(),
    }
}

fn number_schema(number: &NumberShape) -> Value {
    match number {
        NumberShape::Float32 | NumberShape::Float64 | NumberShape::Decimal => json!({ "type": "number" }),
        NumberShape::Int { min, max } => {
            let mut map = Map::new();
            map.insert("type".to_owned(), json!("integer"));
            if let Ok(min) = i64::try_from(*min) {
                map.insert("minimum".to_owned(), json!(min));
            }
            if let Ok(max) = u64::try_from(*max) {
                map.insert("maximum".to_owned(), json!(max));
            }
            Value::Object(map)
        }
    }
}

fn nullable(inner: Value) -> Value {
    match inner.get("type") {
        Some(Value::String(kind)) if inner.get("enum").is_none() => {
            let mut inner = inner.clone();
            if let Value::Object(map) = &mut inner {
                map.insert("type".to_owned(), json!([kind, "null"]));
            }
            inner
        }
        _ => json!({ "anyOf": [inner, { "type": "null" }] }),
    }
}
