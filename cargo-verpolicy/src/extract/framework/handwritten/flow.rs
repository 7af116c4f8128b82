//! Where values come from that no type and no literal tells: a hash of the code that they flow from, names of locals and
//! all that only decides between ways aside.

use super::evaluate::{Evaluation, Frame};
use super::value::Value;
use crate::extract::crates::Ty;
use crate::model::Reader;
use crate::syntax::expression::{Expr, ExprKind, Pattern};
use crate::syntax::facts::{Name, Path};
use crate::syntax::hash_of_parts;

/// The types of number literals: they are of any type that fits.
pub(super) const INTEGER: &str = "{integer}";
pub(super) const FLOAT: &str = "{float}";

pub(super) fn is_literal(value: &Value) -> bool {
    matches!(value, Value::Data(Ty::Other(text)) if text == INTEGER || text == FLOAT)
}

/// A type where no literal is left.
pub(super) fn fixed(ty: Ty) -> Ty {
    match ty {
        Ty::Other(text) if text == INTEGER => Ty::Primitive("i64".into()),
        Ty::Other(text) if text == FLOAT => Ty::Primitive("f64".into()),
        ty => ty,
    }
}

/// One number for two; nothing adds nothing.
fn mix(one: u64, other: u64) -> u64 {
    match (one, other) {
        (0, only) | (only, 0) => only,
        (one, other) => hash_of_parts(&[("", one), ("", other)]),
    }
}

/// Is a type any JSON?
pub(super) fn is_any_json(ty: &Ty) -> bool {
    matches!(ty, Ty::Foreign(path, _) if matches!(path.as_ref(), "serde_json::Value" | "rocket::serde::json::Value"))
}

/// May a value be anything, as far as code and types tell?
pub(super) fn is_open(value: &Value) -> bool {
    match value {
        Value::Unknown => true,
        Value::Data(ty) => holds_any_json(ty),
        Value::OneOf(arms) => arms.iter().any(|(_, arm)| is_open(arm)),
        _ => false,
    }
}

fn holds_any_json(ty: &Ty) -> bool {
    match ty {
        Ty::Foreign(path, args) => is_any_json(ty) || path.starts_with("std::") && args.iter().any(holds_any_json),
        Ty::Slice(item) | Ty::Array(item, _) => holds_any_json(item),
        Ty::Other(text) => text == "_",
        _ => false,
    }
}

/// How a value looks, as far as code told: its keys, and what flows into it.
fn look(value: &Value) -> u64 {
    match value {
        Value::Coded(code) => *code,
        Value::Object(fields) => fields
            .all
            .iter()
            .fold(1, |all, (key, value)| mix(all, hash_of_parts(&[(key.as_str(), mix(1, look(value)))]))),
        Value::List(inner) | Value::Maybe(inner) | Value::Media(_, _, inner) => mix(2, look(inner)),
        // In which order the ways stand does not count.
        Value::OneOf(arms) => arms.iter().fold(0, |all: u64, (_, arm)| all.wrapping_add(look(arm))),
        _ => 0,
    }
}

/// A value as JSON where what is open of it flows from `code`.
pub(super) fn coded(value: Value, code: u64) -> Value {
    value.each(&mut |value| match value {
        Value::Unknown => Value::Coded(code),
        Value::Data(ty) => match &ty {
            Ty::Foreign(path, args) if path.as_ref() == "std::vec::Vec" => match args.first() {
                Some(item) if holds_any_json(item) => Value::List(Box::new(Value::Coded(code))),
                _ => Value::Data(ty),
            },
            ty if holds_any_json(ty) => Value::Coded(code),
            _ => Value::Data(ty),
        },
        value => value,
    })
}

/// A value whose payload, where that is open, flows from `code`.
pub(super) fn carrying(value: Value, code: u64) -> Value {
    if code == 0 {
        return value;
    }
    value.each(&mut |value| match value {
        Value::Media(content_type, Reader::Json, payload) if is_open(&payload) => {
            Value::Media(content_type, Reader::Json, Box::new(coded(*payload, code)))
        }
        Value::Answer(mut answer) => {
            answer.body = carrying(answer.body, code);
            Value::Answer(answer)
        }
        value => value,
    })
}

impl Evaluation<'_> {
    /// Something was met that is not followed.
    pub(super) fn meet(&mut self, what: &str) {
        if self.traces {
            self.met = mix(self.met, hash_of_parts(&[(what, 1)]));
        }
    }

    pub(super) fn meet_code(&mut self, code: u64) {
        if self.traces {
            self.met = mix(self.met, code);
        }
    }

    /// A value that something is made of which nobody follows.
    pub(super) fn meet_value(&mut self, value: &Value) {
        if self.traces {
            self.met = mix(self.met, look(value));
        }
    }

    /// A path that is not followed, by its last two names.
    pub(super) fn meet_path(&mut self, path: &Path) {
        let names: Vec<&str> = path.segments.iter().rev().take(2).map(|segment| segment.name.as_str()).collect();
        for name in names.into_iter().filter(|name| !matches!(*name, "self" | "super" | "crate")) {
            self.meet(name);
        }
    }

    /// Arguments of what is not followed: values, texts, and what closures do.
    pub(super) fn meet_args(&mut self, frame: &mut Frame, args: &[Expr], values: &[Value]) {
        if !self.traces {
            return;
        }
        for (arg, value) in args.iter().zip(values) {
            match &arg.kind {
                _ if let Some(text) = super::built::key(arg) => self.meet(&text),
                ExprKind::Closure(_) => {
                    let given = self.applied(frame, arg, Value::Unknown);
                    self.meet_value(&given);
                }
                _ => self.meet_value(value),
            }
        }
    }

    /// What `run` gives, and the code that this flows from: nothing of that is met by what stands around.
    pub(super) fn flowing<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> (T, u64) {
        let around = std::mem::take(&mut self.met);
        let out = run(self);
        (out, std::mem::replace(&mut self.met, around))
    }

    /// What only decides flows into nothing.
    pub(super) fn decided<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        self.flowing(run).0
    }

    /// A variable is looked at.
    pub(super) fn look_at(&mut self, frame: &Frame, name: &Name, value: &Value) {
        if let Some(code) = frame.flows.get(name)
            && is_open(value)
        {
            self.meet_code(*code);
        }
    }

    /// What a pattern binds flows from this code, and from no other.
    pub(super) fn bound_by(frame: &mut Frame, pattern: &Pattern, code: u64) {
        let mut names = Vec::new();
        bound(pattern, &mut names);
        for name in names {
            match code {
                0 => frame.flows.remove(&name),
                code => frame.flows.insert(name, code),
            };
        }
    }

    /// What is in a variable flows from this code too.
    pub(super) fn flows_into(frame: &mut Frame, name: &Name, code: u64) {
        let mut add = |name: &Name| {
            let before = frame.flows.get(name).copied().unwrap_or(0);
            match mix(before, code) {
                0 => {}
                code => drop(frame.flows.insert(name.clone(), code)),
            }
        };
        add(name);
        if let Some(changed) = frame.aliases.get(name) {
            add(changed);
        }
    }

    /// An object or a list that is handed out to be changed: what it holds then is not followed.
    pub(super) fn lost(&mut self, frame: &mut Frame, name: &Name) {
        let Some(value) = frame.variables.get(name).filter(|value| super::built::is_built(value)) else { return };
        let code = look(value);
        Self::flows_into(frame, name, code);
        frame.variables.insert(name.clone(), Value::Unknown);
    }
}

/// The names that a pattern binds.
pub(super) fn bound(pattern: &Pattern, into: &mut Vec<Name>) {
    match pattern {
        Pattern::Name(name) | Pattern::Rest(Some(name)) => into.push(name.clone()),
        Pattern::Inside(_, inner) => bound(inner, into),
        Pattern::List(parts) | Pattern::Either(parts) => parts.iter().for_each(|part| bound(part, into)),
        Pattern::Fields(_, fields) => fields.iter().for_each(|(_, inner)| bound(inner, into)),
        Pattern::Path(_) | Pattern::Text(_) | Pattern::Rest(None) | Pattern::Other => {}
    }
}
