//! Methods and functions of the standard library, and of crates like it, that hand values on: locks, pointers, options,
//! results, iterators, tasks, and what closures make of what is in them.

use super::built::State;
use super::evaluate::{Evaluation, Frame};
use super::results::{ERR, OPTION, RESULT, SOME, known, of, unknown};
use super::value::Value;
use crate::extract::crates::Ty;
use crate::syntax::expression::{Closure, Expr, ExprKind};
use crate::syntax::facts::{GenericArg, ItemKind, Name, Type};

/// Closures that call closures are followed this far.
const CLOSURES: u32 = 8;
const LIST: &str = "std::vec::Vec";
/// A query of sqlx by what a row becomes.
const QUERY: &str = "sqlx::query::QueryAs";

/// A call behind a value.
pub(super) struct Method<'e> {
    pub(super) name: &'e Name,
    pub(super) types: &'e [GenericArg],
    pub(super) args: &'e [Expr],
}

/// What stands behind a pointer, or in an extractor that stands for what it read.
pub(super) fn pointed(ty: &Ty) -> Option<&Ty> {
    const POINTERS: &[&str] = &[
        "Arc",
        "Box",
        "Cow",
        "Data",
        "Extension",
        "Form",
        "Json",
        "LazyLock",
        "MutexGuard",
        "Path",
        "Query",
        "Rc",
        "Ref",
        "RefMut",
        "RwLockReadGuard",
        "RwLockWriteGuard",
        "State",
        "ThinData",
    ];
    match ty {
        Ty::Ref(inner) => Some(inner),
        Ty::Foreign(path, args) if POINTERS.contains(&last(path)) => match args.as_slice() {
            [inner] => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// What a lock, or a cell, holds.
fn locked(ty: &Ty) -> Option<&Ty> {
    const LOCKS: &[&str] =
        &["ArcSwap", "FairMutex", "Mutex", "OnceCell", "OnceLock", "ReentrantMutex", "RefCell", "RwLock"];
    match ty {
        Ty::Foreign(path, args) if LOCKS.contains(&last(path)) => args.last(),
        _ => None,
    }
}

/// What a list holds; a `Result` of one was opened by `?`.
fn listed(ty: &Ty) -> Option<Ty> {
    const LISTS: &[&str] = &["AHashSet", "BTreeSet", "HashSet", "IndexSet", "Vec", "VecDeque"];
    match ty {
        Ty::Slice(item) | Ty::Array(item, _) => Some(item.as_ref().clone()),
        Ty::Foreign(path, args) if LISTS.contains(&last(path)) => args.first().cloned(),
        Ty::Foreign(path, args) if path.as_ref() == RESULT => args.first().and_then(listed),
        ty => mapped(ty).map(|(key, value)| Ty::Tuple(vec![key, value])).or_else(|| listed(pointed(ty)?)),
    }
}

/// The keys and values of a map.
fn mapped(ty: &Ty) -> Option<(Ty, Ty)> {
    const MAPS: &[&str] = &["AHashMap", "BTreeMap", "HashMap", "IndexMap"];
    match ty {
        Ty::Foreign(path, args) if MAPS.contains(&last(path)) => match args.as_slice() {
            [key, value, ..] => Some((key.clone(), value.clone())),
            _ => None,
        },
        Ty::Foreign(path, args) if path.as_ref() == RESULT => args.first().and_then(mapped),
        ty => mapped(pointed(ty)?),
    }
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or_default()
}

/// What a list holds.
pub(super) fn item_of(value: &Value) -> Option<Value> {
    match value {
        Value::List(item) => Some(item.as_ref().clone()),
        Value::Data(ty) => listed(ty).as_ref().map(Value::of),
        Value::OneOf(arms) => {
            let mut arms = arms.iter().filter(|(_, arm)| !arm.is_never());
            arms.try_fold(Value::OneOf(Vec::new()), |all, (_, arm)| Some(super::built::either(all, item_of(arm)?)))
        }
        _ => None,
    }
}

/// What a list holds that is no map.
pub(super) fn owned_item(value: &Value) -> Option<Value> {
    let Value::Data(ty) = value else { return None };
    if mapped(ty).is_some() { None } else { listed(ty).as_ref().map(Value::of) }
}

/// `Vec::new()`, of items that nothing states yet.
pub(super) fn is_new_list(full: &str, path: &crate::syntax::facts::Path) -> bool {
    matches!(full, "std::vec::Vec::new" | "std::vec::Vec::with_capacity")
        && path.segments.iter().all(|segment| segment.args.is_empty())
}

/// Items that are there.
fn results_there(made: Value) -> Value {
    super::results::there(made).settled()
}

/// A list of what a closure makes: by its type, or as it was built.
fn listing(made: Value) -> Value {
    match only_type(&made) {
        Some(ty) => list(ty),
        None if super::built::is_built(&made) || matches!(made, Value::Coded(_)) => Value::List(Box::new(made)),
        None => list(unknown()),
    }
}

fn list(item: Ty) -> Value {
    Value::Data(of(LIST, vec![item]))
}

/// The one type that all alternatives have whose type is known; an alternative that is `None` makes it optional.
pub(super) fn only_type(value: &Value) -> Option<Ty> {
    match value {
        Value::Data(ty) => Some(super::flow::fixed(ty.clone())),
        Value::Text => Some(of("std::string::String", Vec::new())),
        Value::Empty => Some(Ty::Tuple(Vec::new())),
        Value::List(item) if !item.is_never() => Some(of(LIST, vec![only_type(item)?])),
        Value::OneOf(arms) => {
            let mut found: Option<Ty> = None;
            let mut optional = false;
            for (_, arm) in arms {
                let ty = match arm {
                    Value::Null => {
                        optional = true;
                        continue;
                    }
                    Value::Unknown => continue,
                    arm if arm.is_never() => continue,
                    Value::List(item) if item.is_never() => continue,
                    Value::Data(ty) if matches!(known(ty), Some((ERR, _))) => continue,
                    arm => only_type(arm)?,
                };
                if found.as_ref().is_some_and(|known| *known != ty) {
                    return None;
                }
                found = Some(ty);
            }
            let found = found?;
            let is_optional = matches!(known(&found), Some((OPTION | SOME, _)));
            Some(if optional && !is_optional { of(OPTION, vec![found]) } else { found })
        }
        _ => None,
    }
}

/// What a value is called on that `?` opened before: the parser leaves that out.
pub(super) fn opened(ty: &Ty) -> Option<&Ty> {
    match known(ty) {
        Some((RESULT | OPTION | SOME, [inner, ..])) => Some(inner),
        _ => pointed(ty),
    }
}

/// A value that answers, and is no mere payload.
fn answers(value: &Value) -> bool {
    match value {
        Value::Answer(_) | Value::Media(..) | Value::Parts(_) | Value::Status(_) | Value::Object(_) => true,
        Value::OneOf(arms) => arms.iter().any(|(_, arm)| answers(arm)),
        _ => false,
    }
}

impl Evaluation<'_> {
    /// What such a method gives of a value; `None` where it is none.
    pub(super) fn library(&mut self, frame: &mut Frame, value: &Value, call: &Method<'_>) -> Option<Value> {
        let Value::Data(ty) = value else { return None };
        let name = call.name.as_str();
        if let Some(inner) = locked(ty) {
            const OPENS: &[&str] =
                &["borrow", "borrow_mut", "get", "get_mut", "into_inner", "load", "load_full", "lock", "read", "write"];
            let opens = OPENS.contains(&name) || name.starts_with("blocking_");
            return opens.then(|| Value::of(inner));
        }
        if let Some(inner) = pointed(ty) {
            const HANDS_ON: &[&str] =
                &["as_ref", "borrow", "deref", "get_ref", "inner", "into_inner", "unwrap_or_clone"];
            return HANDS_ON.contains(&name).then(|| Value::of(inner));
        }
        if let Ty::Foreign(path, args) = ty
            && let (QUERY, [row]) = (path.as_ref(), args.as_slice())
        {
            let result = |ok: Ty| Some(Value::Data(of(RESULT, vec![ok, unknown()])));
            return match name {
                "fetch_one" => result(row.clone()),
                "fetch_optional" => result(of(OPTION, vec![row.clone()])),
                "fetch_all" => result(of(LIST, vec![row.clone()])),
                "bind" | "persistent" => Some(value.clone()),
                _ => None,
            };
        }
        match known(ty) {
            Some((RESULT, [ok, error])) => self.of_result(frame, (ok, error), call),
            Some((OPTION | SOME, [inner])) => self.of_option(frame, (ty, inner), call),
            _ => None,
        }
        .or_else(|| self.of_list(frame, ty, call))
    }

    fn of_result(&mut self, frame: &mut Frame, (ok, error): (&Ty, &Ty), call: &Method<'_>) -> Option<Value> {
        let result = |ok: Ty| Value::Data(of(RESULT, vec![ok, error.clone()]));
        match (call.name.as_str(), call.args) {
            // Whether `?` stands before it is not known here.
            ("map" | "map_ok" | "and_then", [with]) if known(ok).is_some() => {
                // It is told apart where only one of the two makes sense.
                let of_whole = only_type(&self.applied(frame, with, Value::of(ok)));
                let of_opened = match known(ok) {
                    Some((_, [inner, ..])) => self.applied(frame, with, Value::of(inner)),
                    _ => Value::Unknown,
                };
                Some(match of_whole {
                    Some(ty) if of_opened == Value::Unknown && matches!(known(&ty), Some((RESULT, _))) => {
                        Value::Data(ty)
                    }
                    Some(ty) if of_opened == Value::Unknown => result(ty),
                    _ => Value::Unknown,
                })
            }
            ("map" | "map_ok" | "and_then", [with]) => {
                let made = self.applied(frame, with, Value::of(ok));
                Some(match only_type(&made) {
                    Some(ty) if matches!(known(&ty), Some((RESULT, _))) => Value::Data(ty),
                    Some(ty) => result(ty),
                    None if answers(&made) => {
                        Value::OneOf(vec![(None, made), (None, Value::Data(of(ERR, vec![error.clone()])))])
                    }
                    None => result(unknown()),
                })
            }
            ("or_else" | "inspect" | "inspect_err" | "as_ref" | "as_mut" | "cloned", _) => Some(result(ok.clone())),
            ("context" | "with_context" | "wrap_err" | "wrap_err_with", _) => {
                Some(Value::Data(of(RESULT, vec![ok.clone(), unknown()])))
            }
            ("ok", []) => Some(Value::Data(of(OPTION, vec![ok.clone()]))),
            ("unwrap_or", [_]) => Some(Value::of(ok)),
            ("unwrap_or_else", [with]) => {
                let made = self.applied(frame, with, Value::of(error));
                Some(match answers(&made) {
                    true => Value::OneOf(vec![(None, Value::of(ok)), (None, made)]),
                    false => Value::of(ok),
                })
            }
            _ => None,
        }
    }

    fn of_option(&mut self, frame: &mut Frame, (ty, inner): (&Ty, &Ty), call: &Method<'_>) -> Option<Value> {
        match (call.name.as_str(), call.args) {
            ("map" | "and_then", [with]) => {
                let made = self.applied(frame, with, Value::of(inner));
                Some(match only_type(&made) {
                    Some(ty) if call.name == "and_then" && matches!(known(&ty), Some((OPTION | SOME, _))) => {
                        Value::Data(ty)
                    }
                    Some(ty) => Value::Data(of(OPTION, vec![ty])),
                    None if answers(&made) => Value::OneOf(vec![(None, made), (None, Value::Null)]),
                    None => Value::Data(of(OPTION, vec![unknown()])),
                })
            }
            ("filter" | "cloned" | "copied" | "as_ref" | "as_mut" | "inspect" | "take" | "or" | "or_else", _) => {
                Some(Value::Data(ty.clone()))
            }
            ("as_deref" | "as_deref_mut", _) => {
                Some(Value::Data(of(OPTION, vec![pointed(inner).unwrap_or(inner).clone()])))
            }
            ("ok_or" | "ok_or_else" | "context" | "with_context", [_]) => {
                Some(Value::Data(of(RESULT, vec![inner.clone(), unknown()])))
            }
            ("unwrap_or" | "unwrap_or_else", [_]) => Some(Value::of(inner)),
            _ => None,
        }
    }

    fn of_list(&mut self, frame: &mut Frame, ty: &Ty, call: &Method<'_>) -> Option<Value> {
        let optional = |ty: Ty| Some(Value::Data(of(OPTION, vec![ty])));
        if let Some((key, value)) = mapped(ty) {
            match call.name.as_str() {
                "keys" | "into_keys" => return Some(list(key)),
                "values" | "into_values" | "values_mut" => return Some(list(value)),
                "get" | "get_mut" | "remove" => return optional(value),
                _ => {}
            }
        }
        let item = listed(ty)?;
        match (call.name.as_str(), call.args) {
            ("iter" | "into_iter" | "iter_mut" | "drain" | "par_iter" | "into_par_iter" | "to_vec", _)
            | (
                "filter" | "take" | "skip" | "rev" | "chain" | "cloned" | "copied" | "unique" | "dedup" | "inspect",
                _,
            )
            | ("sorted" | "sorted_by" | "sorted_by_key" | "sorted_unstable" | "sorted_unstable_by", _)
            | ("peekable" | "take_while" | "skip_while" | "step_by" | "fuse" | "by_ref" | "collect_vec", _) => {
                Some(list(item))
            }
            ("map", [with]) => {
                let made = self.applied(frame, with, Value::of(&item));
                Some(listing(made))
            }
            ("filter_map", [with]) => {
                let made = self.applied(frame, with, Value::of(&item));
                if super::built::is_built(&made) {
                    return Some(Value::List(Box::new(results_there(made))));
                }
                let made = only_type(&made).unwrap_or_else(unknown);
                let inner = known(&made).filter(|(name, _)| matches!(*name, OPTION | SOME));
                let inner = inner.and_then(|(_, args)| args.first().cloned());
                Some(list(inner.unwrap_or(made)))
            }
            ("flat_map", [with]) => {
                let made = only_type(&self.applied(frame, with, Value::of(&item)));
                Some(list(made.as_ref().and_then(listed).unwrap_or_else(unknown)))
            }
            ("enumerate", []) => Some(list(Ty::Tuple(vec![Ty::Primitive("usize".into()), item]))),
            ("flatten", []) => Some(list(match known(&item) {
                Some((OPTION | SOME | RESULT, [inner, ..])) => inner.clone(),
                _ => listed(&item).unwrap_or_else(unknown),
            })),
            ("next" | "last" | "first" | "pop" | "pop_front" | "max" | "min" | "nth" | "get" | "find", _)
            | ("max_by_key" | "min_by_key" | "max_by" | "min_by" | "reduce" | "at_most_one", _) => optional(item),
            ("remove" | "swap_remove", [_]) => Some(Value::of(&item)),
            ("collect", []) => self.collected(frame, item, call.types),
            _ => None,
        }
    }

    /// What a method of a list, or of an iterator over it, gives whose items are built by code.
    pub(super) fn of_items(&mut self, frame: &mut Frame, item: Value, call: &Method<'_>) -> Value {
        let optional = |item: Value| Value::OneOf(vec![(None, item), (None, Value::Null)]);
        match (call.name.as_str(), call.args) {
            ("map", [with]) => Value::List(Box::new(self.applied(frame, with, item))),
            ("filter_map" | "flat_map", [with]) => {
                let made = results_there(self.applied(frame, with, item));
                match made {
                    Value::List(inner) => Value::List(inner),
                    made => Value::List(Box::new(made)),
                }
            }
            ("next" | "last" | "first" | "pop" | "get" | "find" | "nth", _) => optional(item),
            ("unwrap_or", [_]) => Value::List(Box::new(item)),
            ("len" | "count", []) => Value::Data(Ty::Primitive("usize".into())),
            ("is_empty" | "any" | "all" | "contains", _) => Value::Data(Ty::Primitive("bool".into())),
            ("join" | "concat", _) if matches!(item, Value::Text) => Value::Text,
            ("for_each", [with]) => {
                self.applied(frame, with, item);
                Value::Empty
            }
            (
                "iter"
                | "into_iter"
                | "collect"
                | "clone"
                | "to_vec"
                | "filter"
                | "take"
                | "skip"
                | "rev"
                | "cloned"
                | "copied"
                | "chain"
                | "into"
                | "unwrap"
                | "expect"
                | "as_slice"
                | "into_boxed_slice"
                | "collect_vec"
                | "sorted"
                | "sorted_by"
                | "sorted_by_key"
                | "sorted_unstable_by_key"
                | "unwrap_or_default"
                | "inspect"
                | "dedup"
                | "unique"
                | "as_ref"
                | "to_owned"
                | "map_err"
                | "await"
                | "drain",
                _,
            ) => Value::List(Box::new(item)),
            _ => {
                self.meet_value(&item);
                Value::Unknown
            }
        }
    }

    /// `collect::<Vec<_>>()`; without a type it is a list, where items are nothing that could be another thing.
    fn collected(&self, frame: &Frame, item: Ty, types: &[GenericArg]) -> Option<Value> {
        let [GenericArg::Type(stated)] = types else {
            let plain = matches!(&item, Ty::Def(..)) || listed(&item).is_some();
            return plain.then(|| list(item));
        };
        let open = |ty: &Ty| matches!(ty, Ty::Other(text) if text == "_");
        let stated = self.crates.ty(&frame.scope, stated);
        let inner = match known(&item) {
            Some((RESULT | OPTION, args)) => Some(args),
            _ => None,
        };
        Some(Value::Data(match (&stated, inner) {
            (Ty::Foreign(path, args), Some([ok, rest @ ..])) if known(&stated).is_some() => {
                let ok = match args.first() {
                    Some(Ty::Foreign(into, args)) if args.first().is_some_and(open) => {
                        Ty::Foreign(into.clone(), vec![ok.clone()])
                    }
                    Some(ty) if !open(ty) => ty.clone(),
                    _ => return None,
                };
                Ty::Foreign(path.clone(), std::iter::once(ok).chain(rest.iter().cloned()).collect())
            }
            (Ty::Foreign(path, args), _) if args.iter().any(open) => {
                if let (Some(_), Ty::Tuple(pair)) = (mapped(&stated), &item) {
                    Ty::Foreign(path.clone(), pair.clone())
                } else if listed(&stated).is_some() && mapped(&stated).is_none() {
                    Ty::Foreign(path.clone(), vec![item])
                } else {
                    return None;
                }
            }
            _ => stated,
        }))
    }

    /// What a function that runs another gives: a task, a time limit.
    pub(super) fn runs(&mut self, frame: &mut Frame, full: &str, args: &[Expr], values: &[Value]) -> Option<Value> {
        let given = |n: usize| values.get(n).cloned();
        match last(full) {
            "spawn" | "spawn_local" => given(0),
            "spawn_blocking" | "block_in_place" | "block" | "unblock" => {
                let first = args.first()?;
                match &first.kind {
                    ExprKind::Closure(_) => Some(self.applied(frame, first, Value::Unknown)),
                    _ => given(0),
                }
            }
            "timeout" | "timeout_at" => given(1),
            _ => None,
        }
    }

    /// `sqlx::query_as!(T, …)`
    pub(super) fn query_of(&self, frame: &Frame, row: &crate::syntax::facts::Path) -> Value {
        let row = self.crates.ty(&frame.scope, &Type::Path { qself: None, path: row.clone() });
        Value::Data(of(QUERY, vec![row]))
    }

    /// `sqlx::query_as::<_, T>(…)`
    pub(super) fn query(&self, frame: &Frame, path: &crate::syntax::facts::Path) -> Value {
        let args = path.segments.last().map(|last| last.args.as_slice()).unwrap_or_default();
        let row = args.iter().rev().find_map(|arg| match arg {
            GenericArg::Type(ty) => Some(self.crates.ty(&frame.scope, ty)),
            _ => None,
        });
        // Where it is left to be inferred, nobody knows.
        let row = row.filter(|ty| !matches!(ty, Ty::Other(text) if text == "_"));
        row.map_or(Value::Unknown, |row| Value::Data(of(QUERY, vec![row])))
    }

    /// What a closure, or a function by its path, makes of a value.
    pub(super) fn applied(&mut self, frame: &mut Frame, with: &Expr, value: Value) -> Value {
        match &with.kind {
            ExprKind::Closure(closure) => self.closed_over(frame, closure, vec![value]),
            ExprKind::Path(path) => self.call_with(frame, path, &[], (vec![value], 0)),
            _ => Value::Unknown,
        }
    }

    /// What a closure makes of its arguments.
    pub(super) fn closed_over(&mut self, frame: &mut Frame, closure: &Closure, values: Vec<Value>) -> Value {
        let (hidden, flows) = (frame.variables.clone(), frame.flows.clone());
        let before = Self::state(frame);
        let values = values.into_iter().chain(std::iter::repeat(Value::Unknown));
        for ((n, pattern), value) in closure.params.iter().enumerate().zip(values) {
            let stated = closure.types.get(n).and_then(Option::as_ref);
            let value = match (&value, stated) {
                (Value::Unknown, Some(ty)) => Value::of(&self.crates.ty(&frame.scope, ty)),
                _ => value,
            };
            self.bind(frame, pattern, value);
            Self::bound_by(frame, pattern, 0);
        }
        let given = if self.closures < CLOSURES {
            self.closures += 1;
            let given = self.apart(frame, |this, frame| this.expr(frame, &closure.body));
            self.closures -= 1;
            given
        } else {
            Value::Unknown
        };
        let after: State = Self::state(frame).into_iter().filter(|(name, _)| before.contains_key(name)).collect();
        (frame.variables, frame.flows) = (hidden, flows);
        if after != before {
            // It may run often, or never.
            self.join(frame, &before, vec![before.clone(), after]);
        }
        given
    }

    /// What its `Deref`, and that of what it gives, stand for; not further than anybody writes.
    pub(super) fn targets(&self, owner: &Ty) -> Vec<Ty> {
        const STEPS: usize = 4;
        let mut found = Vec::new();
        let mut at = owner.clone();
        while let (true, Some(next)) = (found.len() < STEPS, self.target(&at)) {
            found.push(next.clone());
            at = next;
        }
        found
    }

    fn target(&self, owner: &Ty) -> Option<Ty> {
        let Ty::Def(def, args) = owner else { return None };
        let (item, module) = self.crates.impls_of(*def, "std::ops::Deref").into_iter().next()?;
        let scope = self.crates.impl_scope_of(item, module, *def, args)?;
        let target = self.crates.members(item).iter().find_map(|member| match &member.kind {
            ItemKind::Alias { ty: Some(ty), .. } if member.name == "Target" => Some(ty),
            _ => None,
        })?;
        Some(self.crates.ty(&scope, target))
    }

    /// `T::from(x)`, `T::default()` of a type of this side whose code says no more: a `T`.
    pub(super) fn converted(&self, frame: &Frame, path: &crate::syntax::facts::Path) -> Value {
        let Some((last, owner)) = path.segments.split_last() else { return Value::Unknown };
        if owner.is_empty() || !matches!(last.name.as_str(), "from" | "try_from" | "default" | "from_str") {
            return Value::Unknown;
        }
        let path = crate::syntax::facts::Path { global: path.global, segments: owner.to_vec() };
        match self.crates.ty(&frame.scope, &Type::Path { qself: None, path }) {
            ty @ Ty::Def(..) if super::results::is_plain(&ty) => Value::Data(ty),
            _ => Value::Unknown,
        }
    }
}
