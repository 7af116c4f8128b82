//! `Result` and `Option` on the way to an answer. `.await`, and `?` behind a mere call, keep what they stand behind (the
//! parser leaves them out), so what is carried in the end is what stands in `Ok`.

use super::value::Value;
use crate::extract::crates::Ty;
use crate::extract::framework::answer;
use crate::extract::framework::answers::lookup;
use crate::syntax::expression::{Expr, ExprKind, Pattern};
use crate::syntax::facts::{GenericParam, Generics, Name};

pub(super) const RESULT: &str = "std::result::Result";
pub(super) const OPTION: &str = "std::option::Option";
/// An `Option` that is there for sure.
pub(super) const SOME: &str = "std::option::Option::Some";
/// A `Result` that is an error for sure.
pub(super) const ERR: &str = "std::result::Result::Err";

/// The name and the arguments of a `Result` or `Option`.
pub(super) fn known(ty: &Ty) -> Option<(&str, &[Ty])> {
    match ty {
        Ty::Foreign(path, args) => match path.as_ref() {
            path @ (RESULT | OPTION | SOME | ERR) => Some((path, args)),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn of(name: &str, args: Vec<Ty>) -> Ty {
    Ty::Foreign(name.into(), args)
}

/// What a future of this type gives: the parser leaves `.await` out.
pub(super) fn awaited(ty: &Ty) -> Option<&Ty> {
    match ty {
        Ty::Impl(bounds) | Ty::Dyn(bounds) => {
            let future = bounds.iter().find(|(path, _)| path == "std::future::Future");
            future.and_then(|(_, args)| args.first())
        }
        Ty::Foreign(path, args) => match (path.rsplit("::").next()?, args.as_slice()) {
            ("Pin" | "Box", [inner]) => awaited(inner),
            ("BoxFuture" | "LocalBoxFuture", [given]) => Some(given),
            _ => None,
        },
        _ => None,
    }
}

/// `Result` by any crate's name: most have one of their own, with an error of their own.
pub(super) fn result(ty: &Ty) -> Ty {
    match ty {
        Ty::Foreign(path, args) if path.as_ref() != RESULT => match args.as_slice() {
            [ok] => of(RESULT, vec![ok.clone(), unknown()]),
            [ok, error] => of(RESULT, vec![ok.clone(), error.clone()]),
            _ => ty.clone(),
        },
        ty => ty.clone(),
    }
}

/// A type that nothing tells.
pub(super) fn unknown() -> Ty {
    Ty::Other("_".to_owned())
}

/// What stands in `Ok`, `Err` or `Some` of a value; `None` for other names.
pub(super) fn payload(value: &Value, name: &Name) -> Option<Value> {
    if !matches!(name.as_str(), "Ok" | "Err" | "Some") {
        return None;
    }
    if let Value::OneOf(arms) = value {
        let fails = |arm: &Value| matches!(arm, Value::Data(ty) if matches!(known(ty), Some((RESULT | ERR, _))));
        let failing = name == "Err" && arms.iter().any(|(_, arm)| fails(arm));
        let there = arms.iter().filter(|(_, arm)| could_be(arm, name) && (!failing || fails(arm)));
        let inner = there.map(|(tag, arm)| (tag.clone(), payload(arm, name).unwrap_or(Value::Unknown)));
        return Some(Value::OneOf(inner.collect()).settled());
    }
    let Value::Data(ty) = value else { return Some(if name == "Err" { Value::Unknown } else { value.clone() }) };
    Some(match (known(ty), name.as_str()) {
        (Some((RESULT, [ok, ..])), "Ok") => Value::of(ok),
        (Some((RESULT, [_, error])), "Err") => Value::of(error),
        (Some((OPTION | SOME, [inner])), "Some") | (Some((ERR, [inner])), "Err") => Value::of(inner),
        // The parser leaves the `?` behind it out.
        (Some((RESULT, [ok, ..])), "Some") if matches!(known(ok), Some((OPTION | SOME, _))) => {
            return payload(&Value::of(ok), name);
        }
        // What `?` has opened already.
        (_, "Ok" | "Some") => value.clone(),
        _ => Value::Unknown,
    })
}

/// Can a value be what the pattern of an arm says?
pub(super) fn admits(value: &Value, pattern: &Pattern) -> bool {
    let (Pattern::Path(name) | Pattern::Inside(name, _) | Pattern::Fields(name, _)) = pattern else { return true };
    could_be(value, name)
}

fn could_be(value: &Value, name: &str) -> bool {
    match (value, name) {
        (Value::OneOf(arms), _) => arms.is_empty() || arms.iter().any(|(_, arm)| could_be(arm, name)),
        (Value::Null, "Some") => false,
        (Value::Data(ty), "None") => known(ty).is_none_or(|(name, _)| name != SOME),
        (Value::Data(ty), "Ok") => known(ty).is_none_or(|(name, _)| name != ERR),
        _ => true,
    }
}

/// `Err(value)`
pub(super) fn error(value: Value) -> Value {
    value.each(&mut |value| match value {
        Value::Data(ty) => Value::Data(of(ERR, vec![ty])),
        Value::Text => Value::Data(of(ERR, vec![of("std::string::String", Vec::new())])),
        Value::Unknown => Value::Data(of(ERR, vec![unknown()])),
        other => other,
    })
}

/// What `?` leaves of a value.
pub(super) fn tried(value: Value) -> Value {
    match &value {
        Value::Data(ty) => match known(ty) {
            Some((RESULT, [ok, ..])) => Value::of(ok),
            Some((ERR, _)) => Value::OneOf(Vec::new()),
            _ => value,
        },
        _ => value,
    }
}

/// A value without what is an error for sure.
pub(super) fn succeeding(value: Value) -> Value {
    match value {
        Value::OneOf(arms) => {
            let arms = arms.into_iter().map(|(name, arm)| (name, succeeding(arm)));
            Value::OneOf(arms.filter(|(_, arm)| !matches!(arm, Value::OneOf(arms) if arms.is_empty())).collect())
        }
        Value::Data(ty) if matches!(known(&ty), Some((ERR, _))) => Value::OneOf(Vec::new()),
        value => value,
    }
}

/// A value without what is `None`.
pub(super) fn there(value: Value) -> Value {
    match value {
        Value::OneOf(arms) => {
            let arms = arms.into_iter().map(|(name, arm)| (name, there(arm)));
            Value::OneOf(arms.filter(|(_, arm)| *arm != Value::Null).collect())
        }
        value => value,
    }
}

/// An error answers as what it is.
pub(super) fn answering(ty: &Ty) -> &Ty {
    match known(ty) {
        Some((ERR | SOME, [inner])) => inner,
        _ => ty,
    }
}

/// Is it data alone, all of whose types are known, and nothing that answers?
pub(super) fn is_plain(ty: &Ty) -> bool {
    match ty {
        Ty::Def(_, args) => args.iter().all(is_plain),
        Ty::Foreign(path, args) => {
            let answers = matches!(path.rsplit("::").next(), Some("HttpResponse" | "Response" | "Body"));
            !answers && lookup(path).is_none_or(|_| path.starts_with("std::")) && args.iter().all(is_plain)
        }
        Ty::Primitive(_) => true,
        Ty::Ref(inner) | Ty::Slice(inner) | Ty::Array(inner, _) => is_plain(inner),
        Ty::Tuple(items) => items.iter().all(is_plain),
        _ => false,
    }
}

/// Is it text?
pub(super) fn is_text(ty: &Ty) -> bool {
    match ty {
        Ty::Ref(inner) => is_text(inner),
        Ty::Primitive(name) => name == "str",
        Ty::Foreign(path, args) => match path.as_ref() {
            "std::string::String" => true,
            "std::borrow::Cow" => args.first().is_some_and(is_text),
            _ => false,
        },
        _ => false,
    }
}

/// A value whose type tells all, so that the code behind it need not be read: a `Result`, or what no code could tell
/// more of.
pub(super) fn is_told(value: &Value) -> bool {
    /// Of any JSON, and of what hand-written code answers, code may tell more.
    fn tells_more(ty: &Ty) -> bool {
        match ty {
            Ty::Def(_, args) => args.iter().any(tells_more),
            Ty::Foreign(path, args) => !path.starts_with("std::") || args.iter().any(tells_more),
            Ty::Ref(inner) | Ty::Slice(inner) | Ty::Array(inner, _) => tells_more(inner),
            Ty::Tuple(_) => true,
            _ => false,
        }
    }
    match value {
        Value::Data(ty) if known(ty).is_some_and(|(name, _)| name == RESULT) => {
            is_plain(ty) && !known(ty).and_then(|(_, args)| args.first()).is_some_and(answer::is_json_value)
        }
        Value::Data(ty) => is_plain(ty) && !tells_more(ty),
        _ => false,
    }
}

/// What a value is that is not `Ok`, or not `Some`; `None` where that tells nothing.
pub(super) fn otherwise(value: &Value, name: &Name) -> Option<Value> {
    let Value::Data(ty) = value else { return None };
    match (known(ty)?, name.as_str()) {
        ((RESULT, [_, error]), "Ok") => Some(Value::Data(of(ERR, vec![error.clone()]))),
        ((OPTION, _), "Some") => Some(Value::Null),
        _ => None,
    }
}

/// The methods that turn one into another; `None` for all else.
pub(super) fn method(value: &Value, name: &str, args: &[Expr]) -> Option<Value> {
    let some = || match args {
        [only] => matches!(&only.kind, ExprKind::Path(path) if path.segments.last().is_some_and(|s| s.name == "Some")),
        _ => false,
    };
    let there = |ok: Ty, error: Ty| Some(Value::Data(of(RESULT, vec![of(SOME, vec![ok]), error])));
    let ty = match value {
        Value::Data(ty) => ty,
        Value::Null if name == "transpose" => return Some(Value::Null),
        Value::Unknown if name == "map" && some() => return there(unknown(), unknown()),
        _ => return None,
    };
    match (name, known(ty)) {
        // What `?` has opened already.
        ("map", None) if some() => there(ty.clone(), unknown()),
        ("map", Some((RESULT, [ok, error]))) if some() => there(ok.clone(), error.clone()),
        ("transpose", Some((RESULT, [ok, error]))) => {
            let (option, [inner]) = known(ok)? else { return None };
            Some(Value::Data(of(option, vec![of(RESULT, vec![inner.clone(), error.clone()])])))
        }
        ("unwrap" | "expect" | "unwrap_or_default", Some((_, [inner, ..]))) => Some(Value::of(inner)),
        // What another error is, nobody knows.
        ("map_err", Some((RESULT, [ok, _]))) => Some(Value::Data(of(RESULT, vec![ok.clone(), unknown()]))),
        _ => None,
    }
}

/// A value as a payload: nobody sends a `Result`.
pub(super) fn carried(value: Value) -> Value {
    value.each(&mut |value| match &value {
        Value::Data(ty) => match known(ty) {
            Some((RESULT, [ok, ..])) => Value::of(ok),
            Some((SOME, [inner])) => Value::of(inner),
            _ => value,
        },
        _ => value,
    })
}

/// What a serializer writes of a value: what a pointer points to.
pub(super) fn written(value: Value) -> Value {
    carried(value).each(&mut |value| match &value {
        Value::Data(ty) => match super::methods::pointed(ty) {
            Some(inner) => written(Value::of(inner)),
            None => value,
        },
        _ => value,
    })
}

/// What the type parameters of a struct stand for, by the values of its fields.
#[derive(Default)]
pub(super) struct Parameters(Vec<(Name, Ty)>);

impl Parameters {
    /// Reads a field of the declared type that is given this value.
    pub(super) fn read(&mut self, declared: &Ty, value: &Value) {
        let value = carried(value.clone()).settled();
        match (declared, value) {
            (Ty::Param(name), value) => {
                let ty = match &value {
                    Value::Null => Ty::Tuple(Vec::new()),
                    value => match super::methods::only_type(value) {
                        Some(ty) => ty,
                        None => return,
                    },
                };
                if self.0.iter().all(|(known, _)| known != name) {
                    self.0.push((name.clone(), ty));
                }
            }
            (Ty::Foreign(path, args), Value::Data(Ty::Foreign(given, own))) if *path == given => {
                for (declared, ty) in args.iter().zip(own) {
                    self.read(declared, &Value::Data(ty));
                }
            }
            (Ty::Def(def, args), Value::Data(Ty::Def(given, own))) if *def == given => {
                for (declared, ty) in args.iter().zip(own) {
                    self.read(declared, &Value::Data(ty));
                }
            }
            // `Some(x)` and `Box::new(x)` are x.
            (Ty::Foreign(path, args), value)
                if matches!(path.as_ref(), OPTION | "std::boxed::Box" | "std::sync::Arc" | "std::rc::Rc") =>
            {
                if let [inner] = args.as_slice() {
                    self.read(inner, &value);
                }
            }
            _ => {}
        }
    }

    /// The arguments in order; one that no field tells stands for itself.
    pub(super) fn arguments(self, generics: &Generics) -> Vec<Ty> {
        let types = generics.params.iter().filter_map(|param| match param {
            GenericParam::Type { name, .. } => Some(name),
            _ => None,
        });
        let told = |name: &Name| self.0.iter().find(|(known, _)| known == name).map(|(_, ty)| ty.clone());
        types.map(|name| told(name).unwrap_or_else(|| Ty::Param(name.clone()))).collect()
    }
}
