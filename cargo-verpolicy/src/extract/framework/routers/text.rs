//! Text that expressions make: `format!`, `concat!`, `a + b`.

use super::evaluate::Evaluation;
use super::frame::Frame;
use super::kind::HOLE;
use super::value::Value;
use crate::syntax::expression::{Expr, ExprKind, parse};
use crate::syntax::facts::{Name, Path, RawTokens, Segment};
use crate::syntax::tokens::Cursor;
use std::collections::BTreeMap;

/// The texts one behind the other; what is not known is a hole. `None` when none of them is text.
pub(super) fn concat(values: &[Value<'_>]) -> Option<String> {
    if !values.iter().any(|value| matches!(value, Value::Text(_))) {
        return None;
    }
    let is_number = |value: &Value<'_>| matches!(value, Value::Text(text) if text.parse::<i128>().is_ok());
    if values.iter().all(is_number) {
        return Some(HOLE.to_string());
    }
    let texts = values.iter().map(|value| match value {
        Value::Text(text) => text.clone(),
        _ => HOLE.to_string(),
    });
    Some(texts.collect())
}

impl<'a> Evaluation<'a> {
    /// `concat!("a", B)`.
    pub(super) fn concatenated(&mut self, frame: &mut Frame<'a>, raw: &RawTokens) -> Value<'a> {
        let parts: Vec<Value<'a>> = raw.parts().iter().map(|part| self.expr(frame, &parse::expression(part))).collect();
        concat(&parts).map_or(Value::Unknown, Value::Text)
    }

    /// `format!("{a}/{}", b)`.
    pub(super) fn formatted(&mut self, frame: &mut Frame<'a>, raw: &RawTokens) -> Value<'a> {
        let parts = raw.parts();
        let Some((template, args)) = parts.split_first() else { return Value::Unknown };
        let Value::Text(template) = self.expr(frame, &parse::expression(template)) else { return Value::Unknown };
        let (mut named, mut positional) = (BTreeMap::new(), Vec::new());
        for arg in args {
            let tokens = arg.lex();
            let mut cursor = Cursor::new(arg, &tokens);
            match cursor.key() {
                Some(name) => {
                    named.insert(name.to_string(), self.shown(frame, &parse::expression(&cursor.rest())));
                }
                None => positional.push(self.shown(frame, &parse::expression(arg))),
            }
        }
        Value::Text(self.filled(frame, &template, &named, &positional))
    }

    fn filled(
        &mut self,
        frame: &mut Frame<'a>,
        template: &str,
        named: &BTreeMap<String, String>,
        positional: &[String],
    ) -> String {
        let (mut out, mut rest, mut next) = (String::new(), template, positional.iter());
        while let Some(at) = rest.find(['{', '}']) {
            let (before, after) = rest.split_at(at);
            out.push_str(before);
            if let Some(tail) = after.strip_prefix("{{").or_else(|| after.strip_prefix("}}")) {
                out.push_str(after.get(..1).unwrap_or_default());
                rest = tail;
                continue;
            }
            let Some((hole, tail)) = after.strip_prefix('{').and_then(|after| after.split_once('}')) else { break };
            let known = match (hole, hole.parse::<usize>()) {
                ("", _) => next.next().cloned(),
                (_, Ok(index)) => positional.get(index).cloned(),
                (name, _) => named.get(name).cloned().or_else(|| Some(self.shown(frame, &name_expr(name)))),
            };
            match known {
                Some(text) => out.push_str(&text),
                None => out.push(HOLE),
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    fn shown(&mut self, frame: &mut Frame<'a>, expr: &Expr) -> String {
        match self.expr(frame, expr) {
            Value::Text(text) => text,
            _ => HOLE.to_string(),
        }
    }
}

fn name_expr(name: &str) -> Expr {
    let segment = Segment { name: Name::new(name), args: Vec::new(), call: None };
    let path = Path { global: false, segments: vec![segment] };
    Expr { kind: ExprKind::Path(path), pos: crate::syntax::facts::Pos::default() }
}
