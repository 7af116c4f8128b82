//! Macro calls: `json!({…})`, text, and those that never return.

use super::evaluate::{Evaluation, Frame};
use super::value::Value;
use crate::extract::crates::Ty;
use crate::extract::framework::attribute::inside;
use crate::syntax::expression::parse;
use crate::syntax::facts::{Path, RawTokens};
use crate::syntax::tokens::{Cursor, Delimiter};

/// Objects nested deeper than this are not read.
const DEPTH: u32 = 16;

/// Does this macro never return?
pub(super) fn diverges(name: &str) -> bool {
    matches!(name, "panic" | "unreachable" | "todo" | "unimplemented")
}

/// What a macro call gives.
pub(super) fn expand(evaluation: &mut Evaluation<'_>, frame: &mut Frame, path: &Path, raw: &RawTokens) -> Value {
    match path.segments.last().map(|last| last.name.as_str()) {
        Some("json") => read(evaluation, frame, raw, 0),
        Some("format" | "concat" | "stringify" | "env" | "include_str") => Value::Text,
        Some("vec") => match raw.parts().first().map(|first| evaluation.expr(frame, &parse::expression(first))) {
            Some(Value::Data(item)) => Value::Data(Ty::Foreign("std::vec::Vec".into(), vec![item])),
            _ => Value::Unknown,
        },
        // sqlx's, whose first part is the type of a row.
        Some("query_as" | "query_as_unchecked") => match raw.parts().first().and_then(RawTokens::path) {
            Some(row) => evaluation.query_of(frame, &row),
            None => Value::Unknown,
        },
        Some(name) if diverges(name) => Value::OneOf(Vec::new()),
        _ => Value::Unknown,
    }
}

fn read(evaluation: &mut Evaluation<'_>, frame: &mut Frame, raw: &RawTokens, depth: u32) -> Value {
    let primitive = |name: &str| Value::Data(Ty::Primitive(name.into()));
    if depth > DEPTH {
        return Value::Unknown;
    }
    let tokens = raw.lex();
    match tokens.as_slice() {
        [only] if only.group(Delimiter::Brace).is_some() => {
            return inside(raw)
                .and_then(|fields| object(evaluation, frame, &fields, depth))
                .map_or(Value::Unknown, Value::Object);
        }
        [only] if only.group(Delimiter::Bracket).is_some() => return Value::Unknown,
        [only] if only.string().is_some() => return Value::Text,
        [only] if only.is_ident("null") => return Value::Null,
        _ => {}
    }
    if raw.bool().is_some() {
        return primitive("bool");
    }
    if raw.int().is_some() {
        return primitive("i64");
    }
    match evaluation.expr(frame, &parse::expression(raw)).settled() {
        Value::Status(_) | Value::Empty | Value::Parts(_) | Value::Answer(_) | Value::Media(..) => Value::Unknown,
        value => value,
    }
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
