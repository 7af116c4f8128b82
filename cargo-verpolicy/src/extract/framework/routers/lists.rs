//! Lists, tuples and maps: what their methods hand on and what changes them.

use super::evaluate::Evaluation;
use super::frame::{Frame, handed_on};
use super::kind::HOLE;
use super::value::Value;
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::facts::{Name, Pos};

/// Where a number points among this many.
fn index(value: &Value<'_>) -> Option<usize> {
    match value {
        Value::Number(at) => usize::try_from(*at).ok(),
        _ => None,
    }
}

/// `a[b]`
pub(super) fn indexed<'a>(value: Value<'a>, at: &Value<'a>) -> Value<'a> {
    match (value, at) {
        (Value::List(mut items), at @ Value::Number(_)) => match index(at).filter(|at| *at < items.len()) {
            Some(at) => items.swap_remove(at),
            None => Value::Unknown,
        },
        // A part of it, or a map by its key.
        (Value::List(items), Value::List(at)) => {
            let wanted = at.iter().map(|at| index(at).and_then(|at| items.get(at)).cloned());
            wanted.collect::<Option<Vec<_>>>().map_or(Value::Unknown, Value::List)
        }
        (Value::List(items), Value::Text(key)) => {
            let pair = |item: Value<'a>| match item {
                Value::List(pair) if matches!(pair.first(), Some(Value::Text(text)) if text == key) => {
                    pair.into_iter().nth(1)
                }
                _ => None,
            };
            items.into_iter().find_map(pair).unwrap_or_default()
        }
        (list @ Value::List(_), _) => handed_on(list.items()),
        (Value::Router(router), _) => Value::Router(router),
        (Value::Text(_) | Value::OneOf(_), _) => Value::Text(HOLE.to_string()),
        _ => Value::Unknown,
    }
}

impl<'a> Evaluation<'a> {
    /// What stands between the brackets behind a value: of a range without end all that is there.
    pub(super) fn index(&mut self, frame: &mut Frame<'a>, value: &Value<'a>, at: &Expr) -> Value<'a> {
        match (&at.kind, value) {
            (ExprKind::Range(from, None, _), Value::List(items)) => {
                let end = Expr::new(ExprKind::Number(items.len().to_string()), at.pos);
                self.range(frame, from.as_deref(), Some(&end), false)
            }
            _ => self.expr(frame, at),
        }
    }

    /// One step of a fold: `|sum, item| …`, a function, or `Router::merge`.
    pub(super) fn step(
        &mut self,
        frame: &mut Frame<'a>,
        step: &Value<'a>,
        sum: Value<'a>,
        item: Value<'a>,
        pos: Pos,
    ) -> Value<'a> {
        let outcome = match (step, sum) {
            (Value::Closure(closure), sum) => Some(self.apply(frame, closure, vec![sum, item])),
            (Value::Function(named), sum) => self.call(named, vec![sum, item]),
            (Value::Word(name), Value::Router(router)) => return self.after(frame, *router, name, vec![item], pos),
            (_, sum) => return handed_on(vec![sum, item]),
        };
        let Some(outcome) = outcome else { return Value::Unknown };
        frame.loose.extend(outcome.loose);
        outcome.value
    }

    pub(super) fn on_list(
        &mut self,
        frame: &mut Frame<'a>,
        items: Vec<Value<'a>>,
        name: &Name,
        args: &[Expr],
        pos: Pos,
    ) -> Value<'a> {
        let values = self.args(frame, args);
        match (name.as_str(), values.as_slice()) {
            ("concat", []) if items.iter().any(Value::holds_router) => Value::List(items),
            ("concat", []) => super::text::concat(&items).unwrap_or_default(),
            ("join", [Value::Text(between)]) => {
                let mut all = Vec::new();
                for item in items {
                    if !all.is_empty() {
                        all.push(Value::Text(between.clone()));
                    }
                    all.push(item);
                }
                super::text::concat(&all).unwrap_or_else(|| Value::Text(String::new()))
            }
            ("len" | "count", []) => i128::try_from(items.len()).map_or(Value::Unknown, Value::Number),
            ("is_empty", []) => Value::Text(items.is_empty().to_string()),
            ("first" | "next" | "first_mut" | "peek", []) => items.into_iter().next().unwrap_or_else(none),
            ("last" | "next_back" | "last_mut", []) => items.into_iter().next_back().unwrap_or_else(none),
            ("get" | "nth" | "get_mut", [at @ Value::Number(_)]) => {
                index(at).and_then(|at| items.into_iter().nth(at)).unwrap_or_else(none)
            }
            ("get" | "get_mut", [key @ Value::Text(_)]) => indexed(Value::List(items), key),
            ("rev", []) => Value::List(items.into_iter().rev().collect()),
            ("skip", [at @ Value::Number(_)]) => Value::List(items.into_iter().skip(index(at).unwrap_or(0)).collect()),
            ("take", [at @ Value::Number(_)]) => Value::List(items.into_iter().take(index(at).unwrap_or(0)).collect()),
            ("step_by", [at @ Value::Number(_)]) => {
                Value::List(items.into_iter().step_by(index(at).unwrap_or(1).max(1)).collect())
            }
            ("filter", [each @ (Value::Closure(_) | Value::Function(_))]) => {
                let mut out = Vec::new();
                for item in items {
                    // What may be left out stays in.
                    if self.mapped(frame, each, item.clone()).and_then(|value| value.truth()) != Some(false) {
                        out.push(item);
                    }
                }
                Value::List(out)
            }
            ("flatten", []) => {
                let some = items.into_iter().filter(|item| !matches!(item, Value::Word(word) if word == "None"));
                Value::List(some.flat_map(Value::items).collect())
            }
            ("values" | "into_values" | "values_mut", []) => {
                Value::List(items.into_iter().map(|item| item.items().pop().unwrap_or(Value::Unknown)).collect())
            }
            ("keys" | "into_keys", []) => {
                let first = |item: Value<'a>| item.items().into_iter().next().unwrap_or(Value::Unknown);
                Value::List(items.into_iter().map(first).collect())
            }
            ("reduce", [step]) => {
                let mut items = items.into_iter();
                let Some(first) = items.next() else { return Value::Unknown };
                items.fold(first, |sum, item| self.step(frame, step, sum, item, pos))
            }
            ("or" | "and" | "chain", _) => {
                Value::List(items.into_iter().chain(values.into_iter().flat_map(Value::items)).collect())
            }
            ("map" | "for_each" | "flat_map" | "filter_map", [Value::Closure(_) | Value::Function(_)]) => {
                let (mut out, each) = (Vec::new(), values.into_iter().next().unwrap_or_default());
                for item in items {
                    match self.mapped(frame, &each, item) {
                        Some(Value::List(more)) if name == "flat_map" => out.extend(more),
                        Some(Value::Word(word)) if name == "filter_map" && word == "None" => {}
                        Some(value) => out.push(value),
                        None => {}
                    }
                }
                Value::List(out)
            }
            ("fold" | "try_fold", [start, step]) => {
                items.into_iter().fold(start.clone(), |sum, item| self.step(frame, step, sum, item, pos))
            }
            ("zip", [Value::List(others)]) => {
                let pairs = items.into_iter().zip(others.iter().cloned());
                Value::List(pairs.map(|(first, second)| Value::List(vec![first, second])).collect())
            }
            ("enumerate", []) => {
                let pairs = (0_i128..).zip(items);
                Value::List(pairs.map(|(n, item)| Value::List(vec![Value::Number(n), item])).collect())
            }
            (name, values) => match super::orders::parts(&items, name, values.first()) {
                Some(parts) => parts,
                None => self.picked(frame, &items, name, values).unwrap_or(Value::List(items)),
            },
        }
    }

    /// What a method that changes a list hands back, and what it leaves of the list.
    pub(super) fn changed_list(
        &mut self,
        frame: &mut Frame<'a>,
        mut items: Vec<Value<'a>>,
        name: &str,
        args: &[Expr],
    ) -> (Value<'a>, Value<'a>) {
        let values = self.args(frame, args);
        if let ("insert", [key, value]) = (name, values.as_slice()) {
            // A `Vec` is told where, a map by which key.
            let same = |item: &&mut Value<'a>| match (item, key) {
                (Value::List(pair), Value::Text(key)) => {
                    pair.len() == 2 && matches!(pair.first(), Some(Value::Text(known)) if known == key)
                }
                _ => false,
            };
            match (index(key), items.iter_mut().find(same)) {
                (Some(at), _) => items.insert(at.min(items.len()), value.clone()),
                (None, Some(entry)) => *entry = Value::List(values),
                (None, None) => items.push(Value::List(values)),
            }
            return (Value::Unknown, Value::List(items));
        }
        match (name, values.as_slice()) {
            ("clear", []) => items.clear(),
            ("reverse", []) => items.reverse(),
            ("truncate", [at]) if index(at).is_some() => items.truncate(index(at).unwrap_or(0)),
            ("remove" | "swap_remove", [at]) if index(at).is_some_and(|at| at < items.len()) => {
                let gone = items.remove(index(at).unwrap_or(0));
                return (gone, Value::List(items));
            }
            ("swap", [first, second]) => match (index(first), index(second)) {
                (Some(first), Some(second)) if first.max(second) < items.len() => items.swap(first, second),
                _ => return (Value::Unknown, Value::List(items).forgotten()),
            },
            ("drain", _) => return (Value::List(std::mem::take(&mut items)), Value::List(items)),
            (name, by) if name.starts_with("sort") => match self.sorted(frame, &items, name, by.first()) {
                Some(sorted) => items = sorted,
                None => self.mixed = true,
            },
            ("rotate_left", [at]) if index(at).is_some_and(|at| at <= items.len()) => {
                items.rotate_left(index(at).unwrap_or(0));
            }
            ("rotate_right", [at]) if index(at).is_some_and(|at| at <= items.len()) => {
                items.rotate_right(index(at).unwrap_or(0));
            }
            ("rotate_left" | "rotate_right" | "shuffle", _) => self.mixed = true,
            ("retain" | "retain_mut", [each]) => {
                let mut kept = Vec::new();
                for item in items {
                    // What may be left out stays in.
                    if self.mapped(frame, each, item.clone()).and_then(|value| value.truth()) != Some(false) {
                        kept.push(item);
                    }
                }
                items = kept;
            }
            ("dedup" | "remove" | "swap_remove" | "truncate", _) => {}
            _ => {
                for value in values {
                    match (name, value) {
                        ("extend" | "append" | "extend_from_slice", Value::List(more)) => items.extend(more),
                        (_, value) => items.push(value),
                    }
                }
            }
        }
        (Value::Unknown, Value::List(items))
    }

    /// What one of these, a closure or function, makes of an item.
    pub(super) fn mapped(&mut self, frame: &mut Frame<'a>, each: &Value<'a>, item: Value<'a>) -> Option<Value<'a>> {
        let outcome = match each {
            Value::Closure(closure) => Some(self.apply(frame, closure, vec![item])),
            Value::Function(named) => self.call(named, vec![item]),
            _ => None,
        }?;
        frame.loose.extend(outcome.loose);
        Some(outcome.value)
    }
}

pub(super) fn none<'a>() -> Value<'a> {
    Value::Word(Name::new("None"))
}
