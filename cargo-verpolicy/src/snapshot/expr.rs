//! Simple shapes as one short text: `string`, `u32?`, `[‹pets::Pet›]`, `{string: any}`, `(f64, f64=)`.

use crate::model::{NumberShape, Shape, ShapeId, Shapes, TupleItem};

/// Nested deeper than this, a text is refused: it comes from a file that anybody may write.
const DEPTH: usize = 128;

/// A parsed text; references are by name.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    Any,
    Null,
    Bool,
    Number(NumberShape),
    String(Option<String>),
    Nullable(Box<Expr>),
    List { item: Box<Expr>, length: Option<u64>, reads_string: bool },
    Map(Box<Expr>, Box<Expr>),
    Tuple(Vec<(Expr, bool)>),
    Named(String),
}

const INTS: &[(&str, i128, u128)] = &[
    ("u8", 0, u8::MAX as u128),
    ("u16", 0, u16::MAX as u128),
    ("u32", 0, u32::MAX as u128),
    ("u64", 0, u64::MAX as u128),
    ("u128", 0, u128::MAX),
    ("i8", i8::MIN as i128, i8::MAX as u128),
    ("i16", i16::MIN as i128, i16::MAX as u128),
    ("i32", i32::MIN as i128, i32::MAX as u128),
    ("i64", i64::MIN as i128, i64::MAX as u128),
    ("i128", i128::MIN, i128::MAX as u128),
];

/// The text of a shape; `named` gives the name of a node that has a definition of its own.
pub(super) fn render(shapes: &Shapes, id: ShapeId, named: &dyn Fn(ShapeId) -> Option<String>) -> String {
    if let Some(name) = named(id) {
        return format!("\u{2039}{name}\u{203a}");
    }
    let inner = |id: &ShapeId| render(shapes, *id, named);
    match &shapes.get(id).shape {
        Shape::Any => "any".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Bool => "bool".to_owned(),
        Shape::Number(number) => number_text(*number),
        Shape::String { format: None } => "string".to_owned(),
        Shape::String { format: Some(format) } => format!("string<{format}>"),
        Shape::Nullable(id) => format!("{}?", inner(id)),
        Shape::List { item, length, reads_string } => {
            let length = length.map(|n| format!("; {n}")).unwrap_or_default();
            format!("[{}{length}]{}", inner(item), if *reads_string { "~" } else { "" })
        }
        Shape::Map { key, value } => format!("{{{}: {}}}", inner(key), inner(value)),
        Shape::Tuple(items) => {
            let item = |i: &TupleItem| format!("{}{}", inner(&i.shape), if i.default { "=" } else { "" });
            format!("({})", items.iter().map(item).collect::<Vec<_>>().join(", "))
        }
        // These always have a definition of their own.
        Shape::Opaque(_) | Shape::Refused { .. } | Shape::Object(_) | Shape::Enum(_) => "any".to_owned(),
    }
}

fn number_text(number: NumberShape) -> String {
    match number {
        NumberShape::Float32 => "f32".to_owned(),
        NumberShape::Float64 => "f64".to_owned(),
        NumberShape::Decimal => "decimal".to_owned(),
        NumberShape::Int { min, max } => INTS
            .iter()
            .find(|(_, lo, hi)| (*lo, *hi) == (min, max))
            .map_or_else(|| format!("int<{min}..{max}>"), |(name, ..)| (*name).to_owned()),
    }
}

/// Reads a text back.
pub(super) fn parse(text: &str) -> Option<Expr> {
    let mut parser = Parser { rest: text };
    let expr = parser.expr(0)?;
    parser.rest.is_empty().then_some(expr)
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn until(&mut self, stop: &[char]) -> &'a str {
        let end = self.rest.find(stop).unwrap_or(self.rest.len());
        let (head, tail) = self.rest.split_at(end);
        self.rest = tail;
        head
    }

    fn expr(&mut self, depth: usize) -> Option<Expr> {
        if depth > DEPTH {
            return None;
        }
        let mut expr = self.atom(depth)?;
        while self.eat("?") {
            expr = Expr::Nullable(Box::new(expr));
        }
        Some(expr)
    }

    fn atom(&mut self, depth: usize) -> Option<Expr> {
        if self.rest.starts_with('\u{2039}') {
            return self.name();
        }
        if self.eat("[") {
            let item = Box::new(self.expr(depth + 1)?);
            let length = if self.eat("; ") { Some(self.until(&[']']).parse().ok()?) } else { None };
            if !self.eat("]") {
                return None;
            }
            return Some(Expr::List { item, length, reads_string: self.eat("~") });
        }
        if self.eat("{") {
            let key = self.expr(depth + 1)?;
            let value = if self.eat(": ") { self.expr(depth + 1)? } else { return None };
            return self.eat("}").then(|| Expr::Map(Box::new(key), Box::new(value)));
        }
        if self.eat("(") {
            return self.tuple(depth);
        }
        let word = self.until(&['?', ']', '}', ')', ',', ':', ';', '=', '<', '~']);
        let argument = if self.eat("<") {
            let argument = self.until(&['>']);
            self.eat(">").then_some(Some(argument))?
        } else {
            None
        };
        word_expr(word, argument)
    }

    /// A name runs to its closing quote: names hold `::`, spaces and `#`.
    fn name(&mut self) -> Option<Expr> {
        self.eat("\u{2039}").then_some(())?;
        let name = self.until(&['\u{203a}']).to_owned();
        self.eat("\u{203a}").then_some(Expr::Named(name))
    }

    fn tuple(&mut self, depth: usize) -> Option<Expr> {
        let mut items = Vec::new();
        if self.eat(")") {
            return Some(Expr::Tuple(items));
        }
        loop {
            let item = self.expr(depth + 1)?;
            items.push((item, self.eat("=")));
            if self.eat(")") {
                return Some(Expr::Tuple(items));
            }
            self.eat(", ").then_some(())?;
        }
    }
}

fn word_expr(word: &str, argument: Option<&str>) -> Option<Expr> {
    Some(match (word, argument) {
        ("any", None) => Expr::Any,
        ("null", None) => Expr::Null,
        ("bool", None) => Expr::Bool,
        ("string", format) => Expr::String(format.map(str::to_owned)),
        ("f32", None) => Expr::Number(NumberShape::Float32),
        ("f64", None) => Expr::Number(NumberShape::Float64),
        ("decimal", None) => Expr::Number(NumberShape::Decimal),
        ("int", Some(range)) => {
            let (min, max) = range.split_once("..")?;
            Expr::Number(NumberShape::Int { min: min.parse().ok()?, max: max.parse().ok()? })
        }
        (word, None) => {
            let (_, min, max) = INTS.iter().find(|(name, ..)| *name == word)?;
            Expr::Number(NumberShape::Int { min: *min, max: *max })
        }
        _ => return None,
    })
}
