//! What expressions of such code are.

use crate::extract::crates::Ty;
use crate::extract::framework::answers::{self, lookup};
use crate::model::{Reader, Status};
use crate::syntax::facts::Name;

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
    Object(Vec<(String, Value)>),
    /// A payload in a content type.
    Media(String, Reader, Box<Value>),
    /// No body.
    Empty,
    /// A tuple or list.
    Parts(Vec<Value>),
    /// A whole answer.
    Answer(Box<Answer>),
    /// One of these, with the variant that leads to it.
    OneOf(Vec<(Option<Name>, Value)>),
    /// Nobody knows.
    Unknown,
}

/// A status and a body.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) status: Value,
    pub(super) body: Value,
    pub(super) content_type: ContentType,
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

impl Answer {
    pub(super) fn new(status: Value, body: Value) -> Self {
        Self { status, body, content_type: ContentType::Own, more: false }
    }
}

impl Value {
    /// This status, and no body yet.
    pub(super) fn begun(status: Value) -> Self {
        Self::Answer(Box::new(Answer::new(status, Self::Empty)))
    }

    /// A value of this type.
    pub(super) fn of(ty: &Ty) -> Self {
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
                _ => Self::Data(ty.clone()),
            },
            Ty::Slice(_) | Ty::Array(..) | Ty::Tuple(_) => Self::Data(ty.clone()),
            _ => Self::Unknown,
        }
    }

    /// The same without alternatives that say the same.
    pub(super) fn settled(self) -> Self {
        let Self::OneOf(arms) = self else { return self };
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

    /// An answer with another status.
    pub(super) fn at(self, status: &Value) -> Self {
        self.each(&mut |value| match value {
            Value::Answer(answer) => Value::Answer(Box::new(Answer { status: status.clone(), ..*answer })),
            Value::Status(_) => Value::begun(status.clone()),
            body => Value::Answer(Box::new(Answer::new(status.clone(), body))),
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

    /// An answer with another body.
    pub(super) fn with(self, body: &Value) -> Self {
        self.each(&mut |value| match value {
            Value::Answer(answer) => Value::Answer(Box::new(Answer { body: body.clone(), ..*answer })),
            status @ Value::Status(_) => Value::Answer(Box::new(Answer::new(status, body.clone()))),
            _ => Value::Unknown,
        })
    }
}

/// A payload as JSON.
pub(super) fn json(payload: Value) -> Value {
    Value::Media("application/json".to_owned(), Reader::Json, Box::new(payload))
}
