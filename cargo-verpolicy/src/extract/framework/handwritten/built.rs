//! JSON that code builds where it stands: `object["key"] = value`, `map.insert(key, value)`, `list.push(value)`, in
//! branches and loops.

use super::evaluate::{Evaluation, Frame};
use super::json;
use super::value::{Entries, Value};
use crate::extract::crates::Ty;
use crate::syntax::expression::{Expr, ExprKind, Link};
use crate::syntax::facts::Name;
use std::collections::BTreeMap;

/// What variables hold that is built, at one place.
pub(super) type State = BTreeMap<Name, Value>;

/// Methods that change what they are called on, and that are not followed.
const CHANGES: &[&str] = &[
    "append",
    "as_array_mut",
    "as_mut",
    "as_mut_slice",
    "as_object_mut",
    "borrow_mut",
    "drain",
    "entry",
    "extend",
    "extend_from_slice",
    "first_mut",
    "get_mut",
    "get_or_insert_with",
    "insert",
    "iter_mut",
    "last_mut",
    "pointer_mut",
    "push",
    "push_str",
    "remove",
    "remove_entry",
    "resize",
    "retain",
    "retain_mut",
    "shift_remove",
    "splice",
    "split_off",
    "swap_remove",
    "take",
    "values_mut",
];

/// Methods that change the order or the number of items, and not what they are.
const REORDERS: &[&str] = &[
    "clear",
    "dedup",
    "dedup_by",
    "dedup_by_key",
    "pop",
    "remove",
    "reserve",
    "retain",
    "reverse",
    "shrink_to_fit",
    "sort",
    "sort_by",
    "sort_by_cached_key",
    "sort_by_key",
    "sort_unstable",
    "sort_unstable_by",
    "sort_unstable_by_key",
    "swap",
    "truncate",
];

/// Does what a method gives let what it is called on be changed?
pub(super) fn lets_change(method: &str) -> bool {
    method.ends_with("_mut") || method == "entry"
}

/// Is it an object or a list that code may go on building?
pub(super) fn is_built(value: &Value) -> bool {
    match value {
        Value::Object(_) | Value::List(_) => true,
        Value::OneOf(arms) => arms.iter().any(|(_, arm)| is_built(arm)),
        _ => false,
    }
}

/// A list of such items.
pub(super) fn list(items: Vec<Value>) -> Value {
    Value::List(Box::new(items.into_iter().fold(Value::OneOf(Vec::new()), either)))
}

/// One or the other.
pub(super) fn either(one: Value, other: Value) -> Value {
    if one == other || other.is_never() {
        return one;
    }
    if one.is_never() {
        return other;
    }
    one.or(other)
}

/// The alternatives of a value, those that are objects or lists as one.
#[derive(Default)]
pub(super) struct Ways {
    /// One is `null`.
    pub(super) null: bool,
    /// One is not known: the code that all flow from.
    pub(super) code: Option<u64>,
    /// The others.
    pub(super) others: Vec<Value>,
}

pub(super) fn ways(value: &Value) -> Ways {
    let mut out = Ways::default();
    collect(value, &mut out);
    out
}

fn is_number(value: &Value) -> bool {
    const NUMBERS: &[&str] =
        &["f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "u128", "u16", "u32", "u64", "u8", "usize"];
    matches!(value, Value::Data(Ty::Primitive(name)) if NUMBERS.contains(&name.as_str()))
}

/// A list of items of a type is one more list, and one without items none of its own.
fn as_list(value: &Value) -> Option<Value> {
    match value {
        Value::List(_) => Some(value.clone()),
        Value::Data(_) => super::methods::owned_item(value).map(|item| Value::List(Box::new(item))),
        _ => None,
    }
}

fn collect(value: &Value, out: &mut Ways) {
    match value {
        Value::OneOf(arms) => arms.iter().for_each(|(_, arm)| collect(arm, out)),
        Value::Null | Value::Empty => out.null = true,
        Value::Coded(code) => out.code = Some(out.code.unwrap_or(0).wrapping_add(*code)),
        value if out.others.contains(value) => {}
        // A number that is written out is of the type of those beside it.
        value if super::flow::is_literal(value) && out.others.iter().any(is_number) => {}
        value => {
            out.others.retain(|known| !(super::flow::is_literal(known) && is_number(value)));
            let both = |known: &Value| match (known, value) {
                (Value::Object(_), Value::Object(_)) => Some(joined(known.clone(), value.clone())),
                (Value::List(_), _) | (_, Value::List(_)) => Some(joined(as_list(known)?, as_list(value)?)),
                _ => None,
            };
            match out.others.iter().enumerate().find_map(|(at, known)| Some((at, both(known)?))) {
                Some((at, whole)) => {
                    out.others.remove(at);
                    out.others.insert(at, whole);
                }
                None => out.others.push(value.clone()),
            }
        }
    }
}

/// What a variable holds behind two ways to one place.
fn joined(one: Value, other: Value) -> Value {
    match (one, other) {
        (one, other) if one == other => one,
        (Value::List(one), Value::List(other)) => Value::List(Box::new(either(*one, *other))),
        (Value::Object(one), Value::Object(other)) => {
            let mut out = Vec::new();
            let path = |entries: &Entries| entries.by.as_ref().map(|by| by.path.clone());
            let by = if path(&one) == path(&other) { one.by } else { None };
            let mut other = other.all;
            for (key, value) in one.all {
                let there = other.iter().position(|(name, _)| *name == key).map(|at| other.remove(at).1);
                let value = match there {
                    None => maybe(value),
                    Some(there) => match (opened(value), opened(there)) {
                        ((one, false), (other, false)) => joined(one, other),
                        ((one, _), (other, _)) => maybe(joined(one, other)),
                    },
                };
                out.push((key, value));
            }
            out.extend(other.into_iter().map(|(key, value)| (key, maybe(value))));
            Value::Object(Entries { all: out, by })
        }
        (one, other) => either(one, other),
    }
}

/// An entry, and whether it may be missing.
fn opened(value: Value) -> (Value, bool) {
    match value {
        Value::Maybe(inner) => (*inner, true),
        value => (value, false),
    }
}

fn maybe(value: Value) -> Value {
    match value {
        Value::Maybe(_) => value,
        value => Value::Maybe(Box::new(value)),
    }
}

/// What an entry of an object is; `None` where it is not known.
pub(super) fn entry(value: &Value, key: &str) -> Option<Value> {
    let Value::Object(fields) = value else { return None };
    fields.all.iter().find(|(name, _)| name == key).map(|(_, value)| match value {
        Value::Maybe(inner) => Value::OneOf(vec![(None, inner.as_ref().clone()), (None, Value::Null)]),
        value => value.clone(),
    })
}

/// The same with another entry; `None` where it is no object.
fn with_entry(value: Value, path: &[String], entry: &Value) -> Option<Value> {
    let Some((key, rest)) = path.split_first() else { return Some(entry.clone()) };
    match value {
        Value::Null => {
            let all = vec![(key.clone(), with_entry(Value::Null, rest, entry)?)];
            Some(Value::Object(Entries { all, by: None }))
        }
        Value::Object(mut fields) => {
            match fields.all.iter_mut().find(|(name, _)| name == key) {
                Some((_, before)) => {
                    let held = std::mem::replace(before, Value::Null);
                    *before = match held {
                        // Where it was missing, it is made.
                        Value::Maybe(inner) if !rest.is_empty() => with_entry(*inner, rest, entry)?,
                        held => with_entry(held, rest, entry)?,
                    };
                }
                None => fields.all.push((key.clone(), with_entry(Value::Null, rest, entry)?)),
            }
            Some(Value::Object(fields))
        }
        Value::OneOf(arms) => {
            let arms = arms.into_iter().map(|(name, arm)| Some((name, with_entry(arm, path, entry)?)));
            arms.collect::<Option<Vec<_>>>().map(Value::OneOf)
        }
        _ => None,
    }
}

/// The literal text of a key: `"a"`, `"a".into()`, `String::from("a")`.
pub(super) fn key(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Text(text) => Some(text.clone()),
        ExprKind::Chain(base, links) => {
            let same = |link: &Link| {
                matches!(link, Link::Method { name, .. }
                    if matches!(name.as_str(), "into" | "to_string" | "to_owned" | "clone"))
            };
            links.iter().all(same).then(|| key(base))?
        }
        ExprKind::Call(path, args) => match (path.segments.last()?.name.as_str(), args.as_slice()) {
            ("from", [only]) => key(only),
            _ => None,
        },
        _ => None,
    }
}

impl Evaluation<'_> {
    /// What is built by now.
    pub(super) fn state(frame: &Frame) -> State {
        let built = frame.variables.iter().filter(|(name, value)| is_built(value) || frame.writes(name));
        built.map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// Goes back to what was built.
    pub(super) fn back(frame: &mut Frame, state: &State) {
        for (name, value) in state {
            frame.variables.insert(name.clone(), value.clone());
        }
    }

    /// Behind several ways to this place; `before` all of them. A way that leaves the function leads nowhere.
    pub(super) fn join(&mut self, frame: &mut Frame, before: &State, ways: Vec<State>) {
        for (name, held) in before {
            let mut all: Option<Value> = None;
            let mut lost = false;
            for way in &ways {
                match way.get(name) {
                    Some(value) => {
                        all = Some(match all.take() {
                            Some(known) => joined(known, value.clone()),
                            None => value.clone(),
                        });
                    }
                    None => lost = true,
                }
            }
            if lost {
                frame.variables.insert(name.clone(), held.clone());
                self.lost(frame, name);
            } else if let Some(value) = all {
                frame.variables.insert(name.clone(), value);
            }
        }
    }

    /// `object["a"]["b"] = value`; false where it is no object that is followed.
    pub(super) fn assign_entry(&mut self, frame: &mut Frame, name: &Name, links: &[Link], value: &Expr) -> bool {
        let keys = links.iter().map(|link| match link {
            Link::Index(index) => key(index),
            _ => None,
        });
        let keys: Option<Vec<String>> = keys.collect();
        let entry = json::held(self, frame, value, None);
        self.put(frame, name, keys.as_deref(), &entry)
    }

    fn put(&mut self, frame: &mut Frame, name: &Name, keys: Option<&[String]>, entry: &Value) -> bool {
        let Some(before) = frame.variables.get(name).filter(|value| is_built(value)).cloned() else { return false };
        match keys.and_then(|keys| with_entry(before, keys, entry)) {
            Some(after) => drop(frame.variables.insert(name.clone(), after)),
            None => {
                self.meet_value(entry);
                self.lost(frame, name);
            }
        }
        true
    }

    /// A chain of methods on a variable that is built; `None` where it only looks at it.
    pub(super) fn builds(&mut self, frame: &mut Frame, name: &Name, links: &[Link]) -> Option<Value> {
        let value = frame.variables.get(name).filter(|value| is_built(value))?.clone();
        let Some(Link::Method { name: method, .. }) = links.first() else { return None };
        let of_object = matches!(&value, Value::Object(_)) || !matches!(&value, Value::List(_));
        let mut rest = links;
        if of_object && method == "as_object_mut" {
            let opens = |link: &Link| match link {
                Link::Method { name, .. } => matches!(name.as_str(), "as_object_mut" | "unwrap" | "expect"),
                link => matches!(link, Link::Try),
            };
            let opened = links.iter().take_while(|link| opens(link)).count();
            rest = links.get(opened..).unwrap_or_default();
        }
        let Some(Link::Method { name: method, args, .. }) = rest.first() else {
            self.lost(frame, name);
            return None;
        };
        match (method.as_str(), args.as_slice()) {
            ("insert", [at, item]) if of_object => {
                let entry = json::held(self, frame, item, None);
                self.put(frame, name, key(at).map(|key| vec![key]).as_deref(), &entry);
                Some(Value::Unknown)
            }
            ("extend" | "append", [items]) if of_object => {
                let Value::Object(items) = json::held(self, frame, items, None) else {
                    self.lost(frame, name);
                    return None;
                };
                for (key, value) in items.all {
                    self.put(frame, name, Some(&[key]), &value);
                }
                Some(Value::Empty)
            }
            ("remove", [at]) if of_object => {
                let Value::Object(mut fields) = value else {
                    self.lost(frame, name);
                    return None;
                };
                match key(at) {
                    Some(key) => {
                        fields.all.retain(|(name, _)| *name != key);
                        frame.variables.insert(name.clone(), Value::Object(fields));
                    }
                    None => self.lost(frame, name),
                }
                Some(Value::Unknown)
            }
            ("push" | "push_back" | "push_front", [item]) if !of_object => {
                let item = json::held(self, frame, item, None);
                self.add(frame, name, value, item)
            }
            ("insert", [_, item]) if !of_object => {
                let item = json::held(self, frame, item, None);
                self.add(frame, name, value, item)
            }
            ("extend" | "append", [items]) if !of_object => {
                let items = json::held(self, frame, items, None);
                match items {
                    Value::List(item) => self.add(frame, name, value, *item),
                    Value::Coded(code) => self.add(frame, name, value, Value::Coded(code)),
                    other => match super::methods::item_of(&other) {
                        Some(item) => self.add(frame, name, value, item),
                        None => {
                            self.lost(frame, name);
                            None
                        }
                    },
                }
            }
            (method, _) if !of_object && REORDERS.contains(&method) => {
                let Value::List(item) = value else { return Some(Value::Empty) };
                Some(*item)
            }
            (method, _) if CHANGES.contains(&method) || rest.len() < links.len() => {
                self.lost(frame, name);
                None
            }
            _ => None,
        }
    }

    fn add(&mut self, frame: &mut Frame, name: &Name, before: Value, item: Value) -> Option<Value> {
        let Value::List(items) = before else { return None };
        frame.variables.insert(name.clone(), Value::List(Box::new(either(*items, item))));
        Some(Value::Empty)
    }
}
