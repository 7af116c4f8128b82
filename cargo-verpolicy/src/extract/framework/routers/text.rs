//! Text that expressions make: `format!`, `concat!`, `a + b`, methods of text; and what is known of numbers.

use super::evaluate::{Evaluation, at_run_time};
use super::frame::Frame;
use super::kind::HOLE;
use super::value::Value;
use crate::model::Condition;
use crate::syntax::expression::{Expr, ExprKind, parse};
use crate::syntax::facts::{Name, Path, RawTokens, Segment};
use crate::syntax::tokens::Cursor;
use std::collections::BTreeMap;

/// More ways in which one text may read are not kept apart.
const WAYS: usize = 16;

/// The ways in which a value reads as text; what is not known is a hole.
fn ways(value: &Value<'_>) -> Vec<(String, Condition)> {
    match value {
        Value::Text(text) => vec![(text.clone(), Condition::Always)],
        Value::Number(number) => vec![(number.to_string(), Condition::Always)],
        Value::OneOf(texts) => texts.clone(),
        _ => vec![(HOLE.to_string(), Condition::Always)],
    }
}

/// One of these texts.
pub(super) fn one_of<'a>(mut texts: Vec<(String, Condition)>) -> Value<'a> {
    let mut known: Vec<(String, Condition)> = Vec::new();
    for (text, condition) in texts.drain(..) {
        match known.iter_mut().find(|(other, _)| *other == text) {
            Some((_, other)) => *other = std::mem::take(other).or(condition),
            None => known.push((text, condition)),
        }
    }
    match (known.len(), known.pop()) {
        (0, _) | (_, None) => Value::Unknown,
        (1, Some((text, _))) => Value::Text(text),
        (count, Some(_)) if count > WAYS => Value::Text(HOLE.to_string()),
        (_, Some(last)) => {
            known.push(last);
            Value::OneOf(known)
        }
    }
}

/// The texts one behind the other; what is not known is a hole. `None` when none of them is text.
pub(super) fn concat<'a>(values: &[Value<'a>]) -> Option<Value<'a>> {
    let reads = |value: &Value<'_>| matches!(value, Value::Text(_) | Value::OneOf(_) | Value::Number(_));
    if !values.iter().any(reads) {
        return None;
    }
    let mut all = vec![(String::new(), Condition::Always)];
    for value in values {
        let next = ways(value);
        let both = all.iter().flat_map(|(before, on)| {
            next.iter().map(move |(more, also)| (format!("{before}{more}"), on.clone().and(also.clone())))
        });
        all = both.take(WAYS + 1).collect();
        if all.len() > WAYS {
            return Some(Value::Text(HOLE.to_string()));
        }
    }
    all.retain(|(_, condition)| *condition != Condition::Never);
    Some(one_of(all))
}

/// `a + b + c`
pub(super) fn sum<'a>(values: &[Value<'a>]) -> Option<Value<'a>> {
    let is_number = |value: &Value<'_>| matches!(value, Value::Number(_));
    if values.iter().any(is_number) {
        let number = |value: &Value<'_>| if let Value::Number(number) = value { Some(*number) } else { None };
        let sum = values.iter().try_fold(0_i128, |sum, value| sum.checked_add(number(value)?));
        return sum.map(Value::Number);
    }
    concat(values)
}

/// `a == b`, `a < b`, `a && b`, `a - b`: what is known of it.
pub(super) fn compared<'a>(operator: &str, first: &Value<'a>, second: &Value<'a>) -> Option<Value<'a>> {
    let truth = |known: bool| Some(Value::Text(known.to_string()));
    match (operator, first.truth(), second.truth()) {
        ("&&", Some(false), _) | ("&&", _, Some(false)) => return truth(false),
        ("||", Some(true), _) | ("||", _, Some(true)) => return truth(true),
        ("&&", Some(true), Some(true)) => return truth(true),
        ("||", Some(false), Some(false)) => return truth(false),
        _ => {}
    }
    match (operator, first, second) {
        ("<", Value::Number(a), Value::Number(b)) => truth(a < b),
        (">", Value::Number(a), Value::Number(b)) => truth(a > b),
        ("<=", Value::Number(a), Value::Number(b)) => truth(a <= b),
        (">=", Value::Number(a), Value::Number(b)) => truth(a >= b),
        ("==", Value::Number(a), Value::Number(b)) => truth(a == b),
        ("!=", Value::Number(a), Value::Number(b)) => truth(a != b),
        ("-", Value::Number(a), Value::Number(b)) => a.checked_sub(*b).map(Value::Number),
        ("*", Value::Number(a), Value::Number(b)) => a.checked_mul(*b).map(Value::Number),
        ("==" | "!=", Value::Text(a), Value::Text(b)) if !a.contains(HOLE) && !b.contains(HOLE) => {
            truth((a == b) == (operator == "=="))
        }
        ("==" | "!=", Value::Variant(of, a), Value::Variant(other, b)) if of == other => {
            truth((a == b) == (operator == "=="))
        }
        _ => None,
    }
}

/// `!a`
pub(super) fn negated<'a>(value: &Value<'a>) -> Value<'a> {
    let not = |text: &str| match text {
        "true" => Some("false".to_owned()),
        "false" => Some("true".to_owned()),
        _ => None,
    };
    match value {
        Value::Text(text) => not(text).map_or(Value::Unknown, Value::Text),
        Value::OneOf(ways) => {
            let ways = ways.iter().map(|(text, on)| Some((not(text)?, on.clone())));
            ways.collect::<Option<Vec<_>>>().map_or(Value::Unknown, one_of)
        }
        _ => Value::Unknown,
    }
}

/// `a && b`, `a || b` of what holds under conditions.
pub(super) fn both<'a>(operator: &str, first: &Value<'a>, second: &Value<'a>) -> Option<Value<'a>> {
    let flags = |value: &Value<'a>| {
        let ways = match value {
            Value::Text(_) | Value::OneOf(_) => ways(value),
            _ => return None,
        };
        let flag = |(text, on): (String, Condition)| Some((text.parse::<bool>().ok()?, on));
        ways.into_iter().map(flag).collect::<Option<Vec<_>>>()
    };
    if !matches!(operator, "&&" | "||") {
        return None;
    }
    let (first, second) = (flags(first)?, flags(second)?);
    let pairs = first.iter().flat_map(|a| second.iter().map(move |b| (a, b)));
    let made = pairs.map(|((a, on), (b, also))| {
        let known = if operator == "&&" { *a && *b } else { *a || *b };
        (known.to_string(), on.clone().and(also.clone()))
    });
    Some(one_of(made.filter(|(_, condition)| *condition != Condition::Never).collect()))
}

/// What holds under a condition.
pub(super) fn flag<'a>(condition: Condition) -> Value<'a> {
    match condition {
        Condition::Always => Value::Text("true".to_owned()),
        Condition::Never => Value::Text("false".to_owned()),
        condition => one_of(vec![("true".to_owned(), condition.clone()), ("false".to_owned(), condition.negate())]),
    }
}

/// What may be there, or else this.
fn either_of<'a>(text: &str, other: &str) -> Value<'a> {
    one_of(vec![(text.to_owned(), at_run_time()), (other.to_owned(), at_run_time())])
}

/// What a method makes of text that is known.
fn made_of<'a>(text: &str, name: &str, values: &[Value<'a>]) -> Option<Value<'a>> {
    let whole = |text: &str| Some(Value::Text(text.to_owned()));
    let list =
        |parts: Vec<&str>| Some(Value::List(parts.into_iter().map(|part| Value::Text(part.to_owned())).collect()));
    match (name, values) {
        ("unwrap", []) | ("expect", [_]) => whole(text),
        ("unwrap_or_default", []) => Some(either_of(text, "")),
        ("unwrap_or", [Value::Text(other)]) => Some(either_of(text, other)),
        (
            "to_string" | "to_owned" | "into" | "as_str" | "as_ref" | "clone" | "borrow" | "as_deref" | "cloned"
            | "copied" | "into_owned" | "into_boxed_str" | "into_string" | "leak" | "as_mut_str" | "as_mut" | "by_ref"
            | "deref",
            [],
        ) => whole(text),
        _ if text.contains(HOLE) => None,
        ("cmp", [other]) => super::orders::order(&Value::Text(text.to_owned()), other).map(super::orders::word),
        ("partial_cmp", [other]) => super::orders::order(&Value::Text(text.to_owned()), other).map(super::orders::word),
        ("len", []) => i128::try_from(text.len()).ok().map(Value::Number),
        ("contains", [Value::Text(part)]) if !part.contains(HOLE) => {
            whole(if text.contains(part) { "true" } else { "false" })
        }
        ("eq_ignore_ascii_case", [Value::Text(other)]) if !other.contains(HOLE) => {
            whole(if text.eq_ignore_ascii_case(other) { "true" } else { "false" })
        }
        ("to_lowercase" | "to_ascii_lowercase", []) => whole(&text.to_lowercase()),
        ("to_uppercase" | "to_ascii_uppercase", []) => whole(&text.to_uppercase()),
        ("trim", []) => whole(text.trim()),
        ("trim_end", []) => whole(text.trim_end()),
        ("trim_start", []) => whole(text.trim_start()),
        ("is_empty", []) => whole(if text.is_empty() { "true" } else { "false" }),
        ("starts_with", [Value::Text(start)]) => whole(if text.starts_with(start) { "true" } else { "false" }),
        ("ends_with", [Value::Text(end)]) => whole(if text.ends_with(end) { "true" } else { "false" }),
        ("split_whitespace", []) => list(text.split_whitespace().collect()),
        ("lines", []) => list(text.lines().collect()),
        (_, [Value::Text(part), ..]) if part.contains(HOLE) || part.is_empty() => None,
        ("trim_end_matches", [Value::Text(end)]) => whole(text.trim_end_matches(end.as_str())),
        ("trim_start_matches", [Value::Text(start)]) => whole(text.trim_start_matches(start.as_str())),
        ("trim_matches", [Value::Text(part)]) if part.chars().count() == 1 => {
            whole(text.trim_start_matches(part.as_str()).trim_end_matches(part.as_str()))
        }
        ("strip_prefix", [Value::Text(start)]) => match text.strip_prefix(start.as_str()) {
            Some(rest) => whole(rest),
            None => Some(Value::Word(Name::new("None"))),
        },
        ("strip_suffix", [Value::Text(end)]) => match text.strip_suffix(end.as_str()) {
            Some(rest) => whole(rest),
            None => Some(Value::Word(Name::new("None"))),
        },
        ("replace", [Value::Text(part), Value::Text(by)]) if !by.contains(HOLE) => whole(&text.replace(part, by)),
        ("split", [Value::Text(between)]) => list(text.split(between.as_str()).collect()),
        ("split_terminator", [Value::Text(between)]) => list(text.split_terminator(between.as_str()).collect()),
        _ => None,
    }
}

impl<'a> Evaluation<'a> {
    /// `concat!("a", B)`.
    pub(super) fn concatenated(&mut self, frame: &mut Frame<'a>, raw: &RawTokens) -> Value<'a> {
        let parts: Vec<Value<'a>> = raw.parts().iter().map(|part| self.expr(frame, &parse::expression(part))).collect();
        concat(&parts).unwrap_or_default()
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
                    let value = self.shown(frame, &parse::expression(&cursor.rest()));
                    named.insert(name.to_string(), value);
                }
                None => positional.push(self.shown(frame, &parse::expression(arg))),
            }
        }
        let parts = self.filled(frame, &template, &named, &positional);
        concat(&parts).unwrap_or_else(|| Value::Text(String::new()))
    }

    fn filled(
        &mut self,
        frame: &mut Frame<'a>,
        template: &str,
        named: &BTreeMap<String, Value<'a>>,
        positional: &[Value<'a>],
    ) -> Vec<Value<'a>> {
        let (mut all, mut out, mut rest, mut next) = (Vec::new(), String::new(), template, positional.iter());
        while let Some(at) = rest.find(['{', '}']) {
            let (before, after) = rest.split_at(at);
            out.push_str(before);
            if let Some(tail) = after.strip_prefix("{{").or_else(|| after.strip_prefix("}}")) {
                out.push_str(after.get(..1).unwrap_or_default());
                rest = tail;
                continue;
            }
            let Some((hole, tail)) = after.strip_prefix('{').and_then(|after| after.split_once('}')) else { break };
            let (hole, spec) = hole.split_once(':').unwrap_or((hole, ""));
            let known = match (hole, hole.parse::<usize>()) {
                ("", _) => next.next().cloned(),
                (_, Ok(index)) => positional.get(index).cloned(),
                (name, _) => named.get(name).cloned().or_else(|| Some(self.shown(frame, &name_expr(name)))),
            };
            all.push(Value::Text(std::mem::take(&mut out)));
            all.push(known.filter(|_| spec.is_empty()).unwrap_or_else(|| Value::Text(HOLE.to_string())));
            rest = tail;
        }
        out.push_str(rest);
        all.push(Value::Text(out));
        all
    }

    fn shown(&mut self, frame: &mut Frame<'a>, expr: &Expr) -> Value<'a> {
        let value = self.expr(frame, expr);
        match value {
            Value::Text(_) | Value::OneOf(_) | Value::Number(_) => value,
            value => self.displayed(&value).unwrap_or_else(|| Value::Text(HOLE.to_string())),
        }
    }

    /// A method of text, which may read in several ways.
    pub(super) fn on_text(
        &mut self,
        frame: &mut Frame<'a>,
        texts: &[(String, Condition)],
        name: &Name,
        args: &[Expr],
    ) -> Value<'a> {
        let values = self.args(frame, args);
        match (name.as_str(), texts, values.first()) {
            ("then" | "then_some", ..) => return self.unknown_call(frame, values),
            ("is_some" | "is_none", [(text, Condition::Always)], None) if !text.contains(HOLE) => {
                return Value::Text((name == "is_some").to_string());
            }
            ("is_some" | "is_none", ..) => return Value::Unknown,
            // salvo's filters.
            ("and" | "or", [(text, _)], Some(Value::Verbs(_) | Value::List(_) | Value::Text(_))) => {
                let more = values.into_iter().flat_map(Value::items);
                return Value::List(std::iter::once(Value::Text(text.clone())).chain(more).collect());
            }
            // `"/a".fmt(f)`
            ("fmt", ..) => {
                if let Some(stand) = args.first().and_then(|arg| self.stand(frame, arg)) {
                    let held = frame.at(&stand).cloned().unwrap_or_default();
                    let own = one_of(texts.to_vec());
                    frame.put(&stand, concat(&[held, own]).unwrap_or_default());
                    self.settled = args.as_ptr().addr();
                }
                return Value::Unknown;
            }
            ("map" | "and_then", [(text, _)], Some(each @ Value::Closure(_))) => {
                if let Value::Closure(closure) = each {
                    let outcome = self.apply(frame, closure, vec![Value::Text(text.clone())]);
                    frame.loose.extend(outcome.loose);
                    return outcome.value;
                }
            }
            _ => {}
        }
        if let [(text, _)] = texts {
            return made_of(text, name, &values).unwrap_or_else(|| Value::Text(HOLE.to_string()));
        }
        let made = texts.iter().map(|(text, condition)| match made_of(text, name, &values) {
            Some(Value::Text(text)) => Some((text, condition.clone())),
            _ => None,
        });
        made.collect::<Option<Vec<_>>>().map_or_else(|| Value::Text(HOLE.to_string()), one_of)
    }

    /// What a method that changes text leaves of it.
    pub(super) fn changed_text(&mut self, frame: &mut Frame<'a>, text: &str, name: &str, args: &[Expr]) -> Value<'a> {
        let values = self.args(frame, args);
        let own = Value::Text(text.to_owned());
        if let ("insert_str" | "insert", [Value::Number(0), more]) = (name, values.as_slice()) {
            return concat(&[more.clone(), own]).unwrap_or_default();
        }
        match (name, values.into_iter().next()) {
            ("push_str" | "push" | "write_str" | "write_char" | "pad", Some(more)) => {
                concat(&[own, more]).unwrap_or_default()
            }
            ("clear", _) => Value::Text(String::new()),
            _ => Value::Text(HOLE.to_string()),
        }
    }

    /// `write!(text, "{a}")`
    pub(super) fn written(&mut self, frame: &mut Frame<'a>, raw: &RawTokens) -> Option<Value<'a>> {
        let parts = raw.parts();
        let (target, _) = parts.split_first()?;
        let target = parse::expression(target);
        let stand = self.stand(frame, &target)?;
        let held = match frame.at(&stand)? {
            held @ (Value::Text(_) | Value::OneOf(_)) => held.clone(),
            _ => return None,
        };
        let tokens = raw.lex();
        let mut cursor = Cursor::new(raw, &tokens);
        cursor.until(&[","]);
        cursor.eat(",");
        let more = self.formatted(frame, &cursor.rest());
        frame.put(&stand, concat(&[held, more]).unwrap_or_default());
        Some(Value::Unknown)
    }
}

fn name_expr(name: &str) -> Expr {
    let segment = Segment { name: Name::new(name), args: Vec::new(), call: None };
    let path = Path { global: false, segments: vec![segment] };
    Expr::new(ExprKind::Path(path), crate::syntax::facts::Pos::default())
}
