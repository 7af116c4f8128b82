//! What expressions of such code are.

use crate::extract::crates::{ByCode, Ty};
use crate::extract::framework::answers::{self, lookup};
use crate::model::{Place, Reader, Status};
use crate::syntax::facts::Name;
use std::sync::Arc;

/// A value, as far as it decides an answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A status; `None` is one that only the running program knows.
    Status(Option<Status>),
    /// Text.
    Text,
    /// `null`
    Null,
    /// A value of this type.
    Data(Ty),
    /// `json!({…})`
    Object(Entries),
    /// An entry of an object that may be missing.
    Maybe(Box<Value>),
    /// An array of such items; one that is never given has none yet.
    List(Box<Value>),
    /// JSON of which nothing is known but the code that it flows from, by its hash.
    Coded(u64),
    /// A payload in a content type.
    Media(String, Reader, Box<Value>),
    /// No body.
    Empty,
    /// A tuple or list.
    Parts(Vec<Value>),
    /// Headers of these names, and the content type among them.
    Headers(Vec<String>, ContentType),
    /// A whole answer.
    Answer(Box<Answer>),
    /// One of these, with the variant that leads to it.
    OneOf(Vec<(Option<Name>, Value)>),
    /// Nobody knows.
    Unknown,
}

/// The entries of an object by key, and the function that writes them, where it is not the one whose code is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
    pub(super) all: Vec<(String, Value)>,
    pub(super) by: Option<Arc<Writer>>,
}

/// Who writes what does not tell two objects apart.
impl PartialEq for Entries {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}

/// A function that writes JSON.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) path: String,
    pub(super) place: Place,
}

/// A status and a body.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) status: Value,
    pub(super) body: Value,
    pub(super) content_type: ContentType,
    /// The headers that it has for sure.
    pub(super) headers: Vec<String>,
    /// It has headers that are not read.
    pub(super) more: bool,
}

/// A content type that code states apart from the body.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ContentType {
    /// The body's own.
    Own,
    /// This one.
    Stated(String),
    /// One that only the running program knows.
    Unknown,
}

impl ContentType {
    /// What a literal says, without its parameters.
    pub(super) fn of(text: Option<&str>) -> Self {
        match text {
            Some(text) => Self::Stated(text.split(';').next().unwrap_or_default().trim().to_lowercase()),
            None => Self::Unknown,
        }
    }
}

impl Answer {
    pub(super) fn new(status: Value, body: Value) -> Self {
        Self { status, body, content_type: ContentType::Own, headers: Vec::new(), more: false }
    }
}

/// More alternatives than these say nothing that anyone could use.
const ALTERNATIVES: usize = 64;

impl Value {
    /// One of both, each alternative once: what branch after branch changes would double with each of them.
    pub(super) fn or(self, other: Self) -> Self {
        let mut all = Vec::new();
        self.alternatives(None, &mut all);
        other.alternatives(None, &mut all);
        match all.len() {
            0..=ALTERNATIVES => Self::OneOf(all),
            _ => Self::Unknown,
        }
    }

    /// Collects the alternatives that `into` lacks.
    fn alternatives(self, name: Option<Name>, into: &mut Vec<(Option<Name>, Value)>) {
        match self {
            Self::OneOf(arms) if !arms.is_empty() => {
                for (inner, arm) in arms {
                    arm.alternatives(inner.or_else(|| name.clone()), into);
                }
            }
            one => {
                if into.len() <= ALTERNATIVES && !into.iter().any(|(known, value)| *known == name && *value == one) {
                    into.push((name, one));
                }
            }
        }
    }

    /// This status, and no body yet.
    pub(super) fn begun(status: Value) -> Self {
        Self::Answer(Box::new(Answer::new(status, Self::Empty)))
    }

    /// A value of this type.
    pub(super) fn of(ty: &Ty) -> Self {
        if let Some(given) = super::results::awaited(ty) {
            return Self::of(given);
        }
        match ty {
            Ty::Ref(inner) => Self::of(inner),
            Ty::Primitive(name) if name == "str" => Self::Text,
            Ty::Primitive(_) | Ty::Def(..) => Self::Data(ty.clone()),
            Ty::Foreign(path, _) => match lookup(path) {
                Some(answers::Answer::Status) => Self::Status(None),
                Some(answers::Answer::Text(_)) if path.as_ref() == "std::string::String" => Self::Text,
                Some(answers::Answer::Opaque) => Self::Unknown,
                _ if path.ends_with("Response") || path.ends_with("::Body") => Self::Unknown,
                _ if path.as_ref() == "rocket::response::Result" => Self::Unknown,
                _ if path.ends_with("::Result") => Self::Data(super::results::result(ty)),
                _ => Self::Data(ty.clone()),
            },
            Ty::Slice(_) | Ty::Array(..) | Ty::Tuple(_) | Ty::Impl(_) | Ty::Dyn(_) => Self::Data(ty.clone()),
            _ => Self::Unknown,
        }
    }

    /// Is it given by no way through the code?
    pub(super) fn is_never(&self) -> bool {
        matches!(self, Self::OneOf(arms) if arms.iter().all(|(_, arm)| arm.is_never()))
    }

    /// The same without alternatives that say the same, or that are never given.
    pub(super) fn settled(self) -> Self {
        let Self::OneOf(mut arms) = self else { return self };
        if arms.iter().any(|(_, arm)| !arm.is_never()) {
            arms.retain(|(_, arm)| !arm.is_never());
        }
        let mut different: Vec<Value> = Vec::new();
        for (_, arm) in &arms {
            let arm = arm.clone().settled();
            if !different.contains(&arm) {
                different.push(arm);
            }
        }
        match (different.len(), different.pop()) {
            (1, Some(only)) => only,
            _ => Self::OneOf(arms),
        }
    }

    /// Every alternative through `with`.
    pub(super) fn each(self, with: &mut dyn FnMut(Value) -> Value) -> Self {
        match self {
            Self::OneOf(arms) => Self::OneOf(arms.into_iter().map(|(name, arm)| (name, arm.each(with))).collect()),
            one => with(one),
        }
    }

    /// The same where types that nothing fixes are what this code makes of them.
    pub(super) fn closed(self, by: &Arc<ByCode>) -> Self {
        let all = |values: Vec<Value>| values.into_iter().map(|value| value.closed(by)).collect();
        match self {
            Self::Data(ty) => Self::Data(closed(ty, by)),
            Self::Object(Entries { all, by: writer }) => {
                let all = all.into_iter().map(|(name, value)| (name, value.closed(by))).collect();
                Self::Object(Entries { all, by: writer })
            }
            Self::Media(content_type, reader, payload) => {
                Self::Media(content_type, reader, Box::new(payload.closed(by)))
            }
            Self::Maybe(inner) => Self::Maybe(Box::new(inner.closed(by))),
            Self::List(item) => Self::List(Box::new(item.closed(by))),
            Self::Parts(items) => Self::Parts(all(items)),
            Self::Answer(answer) => {
                let Answer { status, body, content_type, headers, more } = *answer;
                let body = body.closed(by);
                Self::Answer(Box::new(Answer { status, body, content_type, headers, more }))
            }
            Self::OneOf(arms) => Self::OneOf(arms.into_iter().map(|(name, arm)| (name, arm.closed(by))).collect()),
            value => value,
        }
    }

    /// An answer with another status.
    pub(super) fn at(self, status: &Value) -> Self {
        self.each(&mut |value| match value {
            Value::Answer(answer) => Value::Answer(Box::new(Answer { status: status.clone(), ..*answer })),
            Value::Status(_) => Value::begun(status.clone()),
            body => Value::Answer(Box::new(Answer::new(status.clone(), body))),
        })
    }

    /// An answer whose content type is said.
    pub(super) fn typed(self, content_type: &ContentType) -> Self {
        let content_type = content_type.clone();
        self.each(&mut |value| match value {
            Value::Answer(answer) => Value::Answer(Box::new(Answer { content_type: content_type.clone(), ..*answer })),
            status @ Value::Status(_) => {
                let content_type = content_type.clone();
                Value::Answer(Box::new(Answer { content_type, ..Answer::new(status, Value::Empty) }))
            }
            Value::Unknown => Value::Unknown,
            body => Value::Parts(vec![Value::Headers(Vec::new(), content_type.clone()), body]),
        })
    }

    /// An answer with headers that are not read.
    pub(super) fn with_more(self) -> Self {
        self.each(&mut |value| match value {
            Value::Answer(answer) => Value::Answer(Box::new(Answer { more: true, ..*answer })),
            status @ Value::Status(_) => {
                Value::Answer(Box::new(Answer { more: true, ..Answer::new(status, Value::Empty) }))
            }
            Value::Parts(items) => Value::Parts(std::iter::once(Value::Unknown).chain(items).collect()),
            Value::Unknown => Value::Unknown,
            body => Value::Parts(vec![Value::Unknown, body]),
        })
    }

    /// An answer with one more header; `None` is one that is not read.
    pub(super) fn with_header(self, name: Option<String>) -> Self {
        let Some(name) = name else { return self.with_more() };
        if super::headers::is_of_body(&name) {
            return self;
        }
        self.each(&mut |value| match value {
            Value::Answer(mut answer) => {
                answer.headers.push(name.clone());
                Value::Answer(answer)
            }
            status @ Value::Status(_) => {
                let headers = vec![name.clone()];
                Value::Answer(Box::new(Answer { headers, ..Answer::new(status, Value::Empty) }))
            }
            Value::Unknown => Value::Unknown,
            body => Value::Parts(vec![Value::Headers(vec![name.clone()], ContentType::Own), body]),
        })
    }

    /// An answer with another body.
    pub(super) fn with(self, body: &Value) -> Self {
        self.each(&mut |value| match value {
            Value::Answer(answer) => Value::Answer(Box::new(Answer { body: body.clone(), ..*answer })),
            status @ Value::Status(_) => Value::Answer(Box::new(Answer::new(status, body.clone()))),
            _ => Value::Unknown,
        })
    }
}

fn closed(ty: Ty, by: &Arc<ByCode>) -> Ty {
    let all = |types: Vec<Ty>| types.into_iter().map(|ty| closed(ty, by)).collect();
    let inside = |ty: Box<Ty>| Box::new(closed(*ty, by));
    match ty {
        Ty::Param(_) | Ty::Impl(_) | Ty::Dyn(_) => Ty::ByCode(Arc::clone(by)),
        Ty::Other(text) if text == "_" => Ty::ByCode(Arc::clone(by)),
        Ty::Def(def, args) => Ty::Def(def, all(args)),
        Ty::Foreign(path, args) => Ty::Foreign(path, all(args)),
        Ty::Ref(inner) => Ty::Ref(inside(inner)),
        Ty::Slice(item) => Ty::Slice(inside(item)),
        Ty::Array(item, length) => Ty::Array(inside(item), length),
        Ty::Tuple(items) => Ty::Tuple(all(items)),
        ty => ty,
    }
}

/// A payload as JSON.
pub(super) fn json(payload: Value) -> Value {
    Value::Media("application/json".to_owned(), Reader::Json, Box::new(payload))
}
