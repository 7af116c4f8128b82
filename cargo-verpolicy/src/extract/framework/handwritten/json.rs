//! Macro calls: `json!({…})`, text, and those that never return.

use super::evaluate::{Evaluation, Frame};
use super::value::{Entries, Value};
use crate::extract::crates::Ty;
use crate::extract::framework::attribute::inside;
use crate::syntax::expression::{Expr, parse};
use crate::syntax::facts::{Name, Path, Pos, RawTokens};
use crate::syntax::macros::Definition;
use crate::syntax::tokens::{Cursor, Delimiter};

/// Objects nested deeper than this are not read.
const DEPTH: u32 = 16;

/// Does this macro never return?
pub(super) fn diverges(name: &str) -> bool {
    matches!(name, "panic" | "unreachable" | "todo" | "unimplemented")
}

/// What a macro call gives.
pub(super) fn expand(
    evaluation: &mut Evaluation<'_>,
    frame: &mut Frame,
    path: &Path,
    raw: &RawTokens,
    pos: Pos,
) -> Value {
    if let Some(value) = own(evaluation, frame, path, raw, pos) {
        return value;
    }
    match path.segments.last().map(|last| last.name.as_str()) {
        Some("json") => read(evaluation, frame, raw, 0),
        Some("format" | "concat" | "stringify" | "env" | "include_str") => Value::Text,
        Some("vec") => {
            let items: Vec<Value> = parse::expressions(raw).iter().map(|item| evaluation.expr(frame, item)).collect();
            match items.first() {
                Some(Value::Data(item)) => {
                    Value::Data(Ty::Foreign("std::vec::Vec".into(), vec![super::flow::fixed(item.clone())]))
                }
                Some(Value::Unknown) => Value::Unknown,
                _ => super::built::list(items),
            }
        }
        // sqlx's, whose first part is the type of a row.
        Some("query_as" | "query_as_unchecked") => match raw.parts().first().and_then(RawTokens::path) {
            Some(row) => evaluation.query_of(frame, &row),
            None => Value::Unknown,
        },
        Some(name) if diverges(name) => Value::OneOf(Vec::new()),
        Some(name) => {
            evaluation.meet(name);
            let parts = parse::expressions(raw);
            let values: Vec<Value> = parts.iter().map(|part| evaluation.expr(frame, part)).collect();
            evaluation.meet_args(frame, &parts, &values);
            Value::Unknown
        }
        None => Value::Unknown,
    }
}

/// What a call of this side's own `macro_rules!` gives.
fn own(evaluation: &mut Evaluation<'_>, frame: &mut Frame, path: &Path, raw: &RawTokens, pos: Pos) -> Option<Value> {
    let names: Vec<Name> = path.segments.iter().map(|segment| segment.name.clone()).collect();
    let local = match names.as_slice() {
        [only] => frame.macros.get(only).cloned(),
        _ => None,
    };
    let (rules, krate) = match &local {
        Some(rules) => (rules, "crate".to_owned()),
        None => evaluation.crates.macro_in_body(frame.scope.module, &names)?,
    };
    let made = Definition::of(rules)?.expand(raw, &krate, pos).ok()?;
    let spent = u32::try_from(made.text.len() / 8).unwrap_or(u32::MAX);
    evaluation.inside_macro(frame, &made, spent)
}

/// What a constructor of JSON values gives; `None` for all else.
pub(super) fn constructed(full: &str, values: &[Value]) -> Option<Value> {
    let (owner, name) = full.rsplit_once("::")?;
    if !owner.starts_with("serde_json") && !owner.starts_with("rocket::serde::json") {
        return None;
    }
    let first = || values.first().cloned().unwrap_or(Value::Unknown);
    match (owner.rsplit("::").next()?, name) {
        ("Map", "new" | "with_capacity") => Some(Value::Object(Entries::default())),
        ("Value", "Object" | "Array" | "from") => Some(match first() {
            value @ (Value::Object(_) | Value::List(_) | Value::Coded(_) | Value::Text) => value,
            Value::Data(ty) => Value::Data(ty),
            _ => Value::Unknown,
        }),
        ("Value", "String") => Some(Value::Text),
        ("Value", "Bool") => Some(Value::Data(Ty::Primitive("bool".into()))),
        _ => None,
    }
}

/// What an expression is as JSON; `raw` is its text, where it stands by itself.
pub(super) fn held(evaluation: &mut Evaluation<'_>, frame: &mut Frame, expr: &Expr, raw: Option<&RawTokens>) -> Value {
    let (value, flow) = evaluation.flowing(|evaluation| evaluation.expr(frame, expr).settled());
    let value = match value {
        Value::Status(_) | Value::Empty | Value::Answer(_) => Value::Unknown,
        Value::Parts(items) => super::built::list(items),
        Value::Media(content_type, ..) if content_type == "text/plain" => Value::Text,
        Value::Media(..) => Value::Unknown,
        value => super::results::carried(value),
    };
    let unmet = || raw.map_or(1, |raw| evaluation.crates.code_in(raw, frame.scope.module));
    let flow = if flow == 0 { unmet() } else { flow };
    super::flow::coded(value, flow)
}

fn read(evaluation: &mut Evaluation<'_>, frame: &mut Frame, raw: &RawTokens, depth: u32) -> Value {
    let primitive = |name: &str| Value::Data(Ty::Primitive(name.into()));
    if depth > DEPTH {
        return Value::Unknown;
    }
    let tokens = raw.lex();
    match tokens.as_slice() {
        [only] if only.group(Delimiter::Brace).is_some() => {
            let fields = inside(raw).and_then(|fields| object(evaluation, frame, &fields, depth));
            let code = || Value::Coded(evaluation.crates.code_in(raw, frame.scope.module));
            let by = frame.writer.clone();
            return fields.map_or_else(code, |all| Value::Object(Entries { all, by }));
        }
        [only] if only.group(Delimiter::Bracket).is_some() => {
            let items = inside(raw).map(|items| items.parts()).unwrap_or_default();
            return super::built::list(items.iter().map(|item| read(evaluation, frame, item, depth + 1)).collect());
        }
        [only] if only.string().is_some() => return Value::Text,
        [only] if only.is_ident("null") => return Value::Null,
        _ => {}
    }
    if raw.bool().is_some() {
        return primitive("bool");
    }
    if raw.int().is_some() {
        return Value::Data(Ty::Other(super::flow::INTEGER.to_owned()));
    }
    held(evaluation, frame, &parse::expression(raw), Some(raw))
}

/// `"a": value, "b": { … }`; `None` where a key is no literal.
fn object(
    evaluation: &mut Evaluation<'_>,
    frame: &mut Frame,
    raw: &RawTokens,
    depth: u32,
) -> Option<Vec<(String, Value)>> {
    let tokens = raw.lex();
    let mut cursor = Cursor::new(raw, &tokens);
    let mut fields = Vec::new();
    while !cursor.is_empty() {
        let key = cursor.string()?;
        if !cursor.eat(":") {
            return None;
        }
        let value = cursor.expr();
        fields.push((key, read(evaluation, frame, &value, depth + 1)));
        if !cursor.eat(",") && !cursor.is_empty() {
            return None;
        }
    }
    Some(fields)
}
