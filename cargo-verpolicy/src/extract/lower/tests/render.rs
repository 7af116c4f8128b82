//! Shapes as compact text: `{id: u64, name?: string|null = "x"}`.

use crate::extract::lower::Parameters;
use crate::model::{
    Default, EnumShape, Field, NumberShape, Object, OpaqueReason, Payload, Presence, Repr, Shape, ShapeId, Shapes,
    Unknown, UnknownKeys, Wire,
};

pub(super) fn render(shapes: &Shapes, id: ShapeId) -> String {
    Renderer { shapes, open: Vec::new() }.node(id)
}

pub(super) fn parameters(shapes: &Shapes, read: &Parameters) -> String {
    let mut parts: Vec<String> = read
        .parameters
        .iter()
        .map(|p| {
            let shape = render(shapes, p.shape);
            let mut out = names(&p.names.wire, &p.names.aliases);
            presence(&mut out, p.presence);
            out.push_str(&format!(": {shape}"));
            default(&mut out, &p.default);
            out
        })
        .collect();
    match read.unknown {
        UnknownKeys::Ignored => {}
        UnknownKeys::Denied => parts.push("!".to_owned()),
        UnknownKeys::CatchAll(value) => parts.push(format!("*: {}", render(shapes, value))),
    }
    parts.join(", ")
}

struct Renderer<'s> {
    shapes: &'s Shapes,
    open: Vec<ShapeId>,
}

impl Renderer<'_> {
    fn node(&mut self, id: ShapeId) -> String {
        if self.open.contains(&id) {
            return "^".to_owned();
        }
        self.open.push(id);
        let node = self.shapes.get(id);
        let mut out = self.shape(&node.shape);
        if node.conversion.is_some() {
            out = format!("code({out})");
        }
        self.open.pop();
        out
    }

    fn shape(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Any => "any".to_owned(),
            Shape::Opaque(opaque) => format!("opaque({} {})", opaque.name, reason(opaque.reason)),
            Shape::Refused { reason, inner } => format!("refused({reason}: {})", self.node(*inner)),
            Shape::Null => "null".to_owned(),
            Shape::Bool => "bool".to_owned(),
            Shape::Number(number) => number_text(*number),
            Shape::String { format: None } => "string".to_owned(),
            Shape::String { format: Some(format) } => format.clone(),
            Shape::Nullable(inner) => format!("{}|null", self.node(*inner)),
            Shape::List { item, length, reads_string } => {
                let item = self.node(*item);
                let length = length.map(|n| format!("; {n}")).unwrap_or_default();
                format!("[{item}{length}]{}", if *reads_string { "|string" } else { "" })
            }
            Shape::Tuple(items) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| format!("{}{}", self.node(item.shape), if item.default { "?" } else { "" }))
                    .collect();
                format!("({})", items.join(", "))
            }
            Shape::Map { key, value } => format!("map<{}, {}>", self.node(*key), self.node(*value)),
            Shape::Object(object) => self.object(object),
            Shape::Enum(shape) => self.enumeration(shape),
        }
    }

    fn object(&mut self, object: &Object) -> String {
        let mut parts: Vec<String> = object.fields.iter().map(|field| self.field(field)).collect();
        for inline in &object.inline {
            let group = inline.group.map(|g| format!("#{g} ")).unwrap_or_default();
            parts.push(format!("..{group}{}", self.node(inline.shape)));
        }
        match object.unknown {
            Unknown::Ignored => {}
            Unknown::Denied => parts.push("!".to_owned()),
            Unknown::CatchAll(value) => parts.push(format!("*: {}", self.node(value))),
        }
        format!("{{{}}}", parts.join(", "))
    }

    fn field(&mut self, field: &Field) -> String {
        let mut out = field.group.map(|g| format!("#{g} ")).unwrap_or_default();
        if field.deprecated {
            out.push_str("old ");
        }
        out.push_str(&names(&field.names.wire, &field.names.aliases));
        presence(&mut out, field.presence);
        out.push_str(&format!(": {}", self.node(field.shape)));
        if field.null_distinct {
            out.push_str(" (null tells)");
        }
        default(&mut out, &field.default);
        for limit in &field.constraints {
            let mark = if limit.checked { "" } else { "~" };
            out.push_str(&format!(" {mark}{}={}", limit.kind, limit.value));
        }
        out
    }

    fn enumeration(&mut self, shape: &EnumShape) -> String {
        let mut word = match &shape.repr {
            Repr::External => "enum".to_owned(),
            Repr::Internal { tag } => format!("enum[{tag}]"),
            Repr::Adjacent { tag, content } => format!("enum[{tag},{content}]"),
            Repr::Untagged => "untagged".to_owned(),
            Repr::Number => "numbers".to_owned(),
        };
        if shape.open {
            word.push_str(" open");
        }
        if shape.denies_unknown {
            word.push_str(" !");
        }
        let variants: Vec<String> = shape
            .variants
            .iter()
            .map(|variant| {
                let wire = match &variant.wire {
                    Wire::Name(name) => name.clone(),
                    Wire::Number(number) => number.to_string(),
                };
                let mut out = names(&wire, &variant.aliases);
                if variant.other {
                    out.push_str(" other");
                }
                if variant.untagged {
                    out.push_str(" untagged");
                }
                if let Payload::Value(value) = variant.payload {
                    out.push_str(&format!(" {}", self.node(value)));
                }
                out
            })
            .collect();
        format!("{word}({})", variants.join(", "))
    }
}

fn names(wire: &str, aliases: &[String]) -> String {
    let mut out = wire.to_owned();
    for alias in aliases {
        out.push('|');
        out.push_str(alias);
    }
    out
}

fn presence(out: &mut String, presence: Presence) {
    if presence == Presence::Maybe {
        out.push('?');
    }
}

fn default(out: &mut String, default: &Default) {
    match default {
        Default::Refused | Default::None => {}
        Default::Value(value) => out.push_str(&format!(" = {value}")),
        Default::Opaque(_) => out.push_str(" = code"),
    }
}

fn number_text(number: NumberShape) -> String {
    let ints = [
        ("u8", 0, u8::MAX.into()),
        ("u16", 0, u16::MAX.into()),
        ("u32", 0, u32::MAX.into()),
        ("u64", 0, u64::MAX.into()),
        ("u128", 0, u128::MAX),
        ("i32", i32::MIN.into(), i32::MAX as u128),
        ("i64", i64::MIN.into(), i64::MAX as u128),
        ("i128", i128::MIN, i128::MAX as u128),
    ];
    match number {
        NumberShape::Int { min, max } => ints
            .iter()
            .find(|(_, low, high)| *low == min && *high == max)
            .map_or_else(|| format!("{min}..={max}"), |(name, _, _)| (*name).to_owned()),
        NumberShape::Float32 => "f32".to_owned(),
        NumberShape::Float64 => "f64".to_owned(),
        NumberShape::Decimal => "number".to_owned(),
    }
}

fn reason(reason: OpaqueReason) -> &'static str {
    match reason {
        OpaqueReason::Erased => "erased",
        OpaqueReason::HandWritten => "hand-written",
        OpaqueReason::Foreign => "foreign",
        OpaqueReason::Unresolved => "unresolved",
        OpaqueReason::Macro => "macro",
        OpaqueReason::NoDerive => "no-derive",
        OpaqueReason::Generic => "generic",
    }
}
