//! Values to answers: one row an alternative, one answer a status.

use super::headers::{ANY, is_of_body};
use super::value::{ContentType, Entries, Value, Writer};
use crate::extract::crates::{DefId, ModuleId, Ty};
use crate::extract::framework::Reading;
use crate::extract::framework::answer::{self, answer};
use crate::extract::framework::answers::{self, lookup};
use crate::extract::framework::draft::string;
use crate::model::{
    Default, Direction, Field, Header, Media, Member, Names, Node, Object, Opaque, OpaqueReason, Place, Presence,
    Reader, Response, Shape, ShapeId, Status, Unknown,
};
use crate::syntax::facts::{Item, Name};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Alternatives beyond this many are not told apart.
const ROWS: usize = 400;

/// The type or handler whose code it is.
pub(super) struct Origin<'i> {
    /// Its canonical path.
    pub(super) path: String,
    /// The type, where it is one.
    pub(super) def: Option<DefId>,
    /// Its module.
    pub(super) module: ModuleId,
    /// Where it stands.
    pub(super) place: Place,
    /// What it answers with is put down to the types that decide it, not to itself.
    pub(super) handler: bool,
    /// Hash of the code.
    pub(super) code: u64,
    /// The code itself and its module, where it belongs to the answer alone.
    pub(super) own: Option<(&'i Item, ModuleId)>,
    /// The status where only the running program knows it.
    pub(super) fallback: Status,
    /// How deep answers are nested.
    pub(super) depth: u32,
    /// The functions that what is not followed flows from, by its code.
    pub(super) sources: BTreeMap<u64, Arc<Writer>>,
}

impl Origin<'_> {
    /// Is it the code of this type, or of what points to it?
    fn is(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Def(def, _) => self.def == Some(*def),
            ty => answer::pointee(ty).is_some_and(|inner| self.is(inner)),
        }
    }
}

/// One alternative.
#[derive(Clone, Debug)]
struct Row {
    variant: Option<Name>,
    /// `None`: the body's own, else 200.
    status: Option<Option<Status>>,
    body: Body,
    /// The headers that it has for sure.
    headers: Vec<String>,
    /// It has headers that are not read.
    more: bool,
}

#[derive(Clone, Debug)]
enum Body {
    None,
    Media(String, Reader, Value),
    /// What a type answers by itself.
    Answer(Ty),
    Unknown,
}

impl Body {
    /// A content type that is stated beside the body. What text stands for that is said to be JSON, nobody knows.
    fn retype(&mut self, content_type: &ContentType) {
        let text = match content_type {
            ContentType::Own => return,
            ContentType::Stated(text) => text,
            ContentType::Unknown if matches!(self, Self::Media(..) | Self::Answer(_)) => return *self = Self::Unknown,
            ContentType::Unknown => return,
        };
        match self {
            Self::Media(_, Reader::Raw, Value::Text) => *self = Self::text(text),
            Self::Media(own, ..) => own.clone_from(text),
            Self::Answer(ty) if super::results::is_text(ty) => *self = Self::text(text),
            _ => {}
        }
    }

    /// Text of a content type.
    fn text(content_type: &str) -> Self {
        if content_type == "application/json" || content_type.ends_with("+json") {
            Self::Media(content_type.to_owned(), Reader::Json, Value::Unknown)
        } else {
            Self::Media(content_type.to_owned(), Reader::Raw, Value::Text)
        }
    }
}

/// The answers that a value stands for; `None` where nothing of them is known.
pub(super) fn responses(reading: &mut Reading<'_, '_>, value: &Value, origin: &Origin<'_>) -> Option<Vec<Response>> {
    let mut rows = Vec::new();
    collect(value, None, &mut rows);
    let known = |row: &Row| !matches!((&row.status, &row.body), (None | Some(None), Body::Unknown));
    if rows.len() > ROWS || !rows.iter().any(known) {
        return None;
    }
    let is_open = |row: &Row| row.more || row.status == Some(None);
    let own = origin.own.filter(|_| rows.iter().any(is_open));
    let own = own.map(|(item, module)| reading.crates.code_with_types(item, module));
    reading.lowering.stand(origin.module, origin.place.clone());
    let mut grouped: Vec<Group> = Vec::new();
    for row in rows {
        let own = own.filter(|_| is_open(&row));
        for Given { status, bodies, headers, member, code } in row.answers(reading, origin) {
            let group = match grouped.iter_mut().position(|group| group.status == status) {
                Some(n) => grouped.get_mut(n)?,
                None => {
                    grouped.push(Group {
                        status,
                        variants: Vec::new(),
                        bodies: Vec::new(),
                        headers: headers.clone(),
                        inner: Vec::new(),
                        code: None,
                    });
                    grouped.last_mut()?
                }
            };
            group.add_headers(headers);
            group.variants.push(row.variant.clone());
            group.inner.push(member);
            group.code = group.code.or(code).or(own);
            for body in bodies {
                if !group.bodies.contains(&body) {
                    group.bodies.push(body);
                }
            }
        }
    }
    grouped.sort_by_key(|group| group.status);
    Some(grouped.into_iter().map(|group| group.response(reading, origin)).collect())
}

/// Does every way to success, of which there is one, say what it carries? A way whose status only the running program
/// knows is none.
pub(super) fn tells_success(value: &Value) -> bool {
    let rows = all(value);
    let succeeds = |row: &Row| match row.status {
        None => true,
        Some(status) => status.is_some_and(Status::is_success),
    };
    let mut successes = rows.iter().filter(|row| succeeds(row)).peekable();
    rows.len() <= ROWS && successes.peek().is_some() && successes.all(|row| !matches!(row.body, Body::Unknown))
}

/// The statuses that a handler's code states, those of its `error` type aside; `None` where some way through it does not
/// say its own.
pub(super) fn statuses(value: &Value, error: Option<&Ty>) -> Option<BTreeSet<u16>> {
    let fails = |row: &Row| match (&row.body, error) {
        (Body::Answer(Ty::Def(def, _)), Some(Ty::Def(error, _))) => row.status.is_none() && def == error,
        _ => false,
    };
    let rows: Vec<Row> = all(value).into_iter().filter(|row| !fails(row)).collect();
    let code = |row: &Row| match (row.status, &row.body) {
        (Some(Some(Status::Code(code))), _) => Some(code),
        // What stands before a body and is not known may be a status.
        (None, Body::None | Body::Media(..)) if !row.more => Some(200),
        (None, Body::Answer(Ty::Foreign(path, _))) if !row.more => match lookup(path)? {
            answers::Answer::Media(..) | answers::Answer::Text(_) | answers::Answer::Bytes(_) => Some(200),
            answers::Answer::Empty(code) => Some(code),
            _ => None,
        },
        _ => None,
    };
    rows.iter().map(code).collect::<Option<BTreeSet<u16>>>().filter(|all| !all.is_empty() && rows.len() <= ROWS)
}

fn all(value: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    collect(value, None, &mut rows);
    rows
}

fn collect(value: &Value, variant: Option<&Name>, rows: &mut Vec<Row>) {
    if rows.len() > ROWS {
        return;
    }
    let mut push = |status, body| {
        let (variant, headers) = (variant.cloned(), Vec::new());
        rows.push(Row { variant, status, body, headers, more: false });
    };
    match value {
        Value::Status(status) => push(Some(*status), Body::None),
        Value::Empty | Value::Null => push(None, Body::None),
        Value::Text => push(None, Body::Media("text/plain".to_owned(), Reader::Raw, Value::Text)),
        Value::Media(content_type, reader, payload) => {
            push(None, Body::Media(content_type.clone(), *reader, payload.as_ref().clone()));
        }
        Value::Object(_) => push(None, Body::Media("application/json".to_owned(), Reader::Json, value.clone())),
        Value::Maybe(_) | Value::List(_) | Value::Coded(_) => push(None, Body::Unknown),
        Value::Data(ty) => match super::results::answering(ty) {
            Ty::Other(_) | Ty::Impl(_) | Ty::Dyn(_) => push(None, Body::Unknown),
            ty => push(None, Body::Answer(ty.clone())),
        },
        Value::Headers(..) => collect(&Value::Parts(vec![value.clone()]), variant, rows),
        Value::Unknown => push(None, Body::Unknown),
        Value::OneOf(arms) => {
            // Inside the arm of a variant, what other variants lead to is out of reach.
            let decided = variant.is_some() && arms.iter().any(|(name, _)| name.as_ref() == variant);
            for (name, arm) in arms {
                if !decided || name.is_none() || name.as_ref() == variant {
                    collect(arm, name.as_ref().or(variant), rows);
                }
            }
        }
        Value::Answer(answer) => {
            let first = rows.len();
            combine(&answer.status, &answer.body, variant, rows);
            for row in rows.iter_mut().skip(first) {
                row.body.retype(&answer.content_type);
                row.headers.extend(answer.headers.iter().cloned());
                row.more |= answer.more;
            }
        }
        Value::Parts(items) => {
            let (headers, content_type, items) = split(items);
            let status = items.iter().find(|item| is_status(item));
            let body = items.iter().rev().find(|item| !is_status(item));
            let first = rows.len();
            match (status, body) {
                (Some(status), body) => combine(status, body.unwrap_or(&&Value::Empty), variant, rows),
                (None, Some(body)) => collect(body, variant, rows),
                (None, None) => collect(&Value::Empty, variant, rows),
            }
            let more = items.len() > usize::from(status.is_some()) + 1 || headers.iter().any(|name| name == ANY);
            for row in rows.iter_mut().skip(first) {
                row.body.retype(&content_type);
                row.headers.extend(headers.iter().filter(|name| *name != ANY).cloned());
                row.more |= more;
            }
        }
    }
}

/// The headers among the parts of an answer, the content type that they state, and the other parts.
fn split(items: &[Value]) -> (Vec<String>, ContentType, Vec<&Value>) {
    let (mut headers, mut content_type, mut rest) = (Vec::new(), ContentType::Own, Vec::new());
    for item in items {
        match item {
            Value::Headers(names, stated) => {
                headers.extend(names.iter().filter(|name| !is_of_body(name)).cloned());
                if *stated != ContentType::Own {
                    content_type = stated.clone();
                }
            }
            Value::Data(ty) if items.len() > 1 => match super::headers::typed(ty) {
                Some(name) => headers.push(name),
                None => rest.push(item),
            },
            item => rest.push(item),
        }
    }
    (headers, content_type, rest)
}

/// Is it a status, or one of several, of which some may not be known?
fn is_status(value: &Value) -> bool {
    match value {
        Value::Status(_) => true,
        Value::OneOf(arms) => {
            let mut arms = arms.iter().filter(|(_, arm)| !never(arm));
            arms.clone().any(|(_, arm)| is_status(arm)) && arms.all(|(_, arm)| is_status(arm) || is_unknown(arm))
        }
        _ => false,
    }
}

fn is_unknown(value: &Value) -> bool {
    match value {
        Value::Unknown => true,
        Value::OneOf(arms) => arms.iter().all(|(_, arm)| is_unknown(arm)),
        _ => false,
    }
}

/// Does the code that gives it never get there?
fn never(value: &Value) -> bool {
    matches!(value, Value::OneOf(arms) if arms.iter().all(|(_, arm)| never(arm)))
}

/// Every status with every body; what one variant leads to stays together.
fn combine(status: &Value, body: &Value, variant: Option<&Name>, rows: &mut Vec<Row>) {
    let (mut statuses, mut bodies) = (Vec::new(), Vec::new());
    collect(status, variant, &mut statuses);
    collect(&body.clone().settled(), None, &mut bodies);
    for status in &statuses {
        let together = bodies.iter().any(|body| body.variant.is_some() && body.variant == status.variant);
        for body in &bodies {
            if together && body.variant != status.variant {
                continue;
            }
            let known = status.status.unwrap_or(None);
            let variant = status.variant.clone().or_else(|| body.variant.clone());
            rows.push(Row { variant, status: Some(known), ..body.clone() });
        }
    }
}

/// What stands under one content type.
#[derive(Clone, Debug, PartialEq)]
enum Carried {
    Value(String, Reader, Value),
    Shape(Media),
}

impl Row {
    fn answers(&self, reading: &mut Reading<'_, '_>, origin: &Origin<'_>) -> Vec<Given> {
        let headers = self.headers(reading, origin);
        let mut all = self.bare(reading, origin);
        if let Some(first) = all.first_mut() {
            first.headers.extend(headers);
        }
        all
    }

    /// The headers that the code itself sets.
    fn headers(&self, reading: &mut Reading<'_, '_>, origin: &Origin<'_>) -> Vec<Header> {
        let mut out: Vec<Header> = Vec::new();
        for name in &self.headers {
            if out.iter().all(|known| known.name != *name) {
                let shape = reading.lowering.value(&string(), Direction::Output, Reader::HeaderText);
                out.push(Header { name: name.clone(), presence: Presence::Always, shape });
            }
        }
        // A type's own are compared by its code.
        let succeeds = !matches!(self.status, Some(Some(status)) if !status.is_success());
        if self.more && origin.handler && succeeds {
            let shape = answer::opaque(reading, "headers", OpaqueReason::Erased, None);
            out.push(Header { name: ANY.to_owned(), presence: Presence::Maybe, shape });
        }
        out
    }

    fn bare(&self, reading: &mut Reading<'_, '_>, origin: &Origin<'_>) -> Vec<Given> {
        let status = match self.status {
            None => None,
            // What a handler says beside its successes is an error as far as anybody can tell.
            Some(None) if origin.handler => Some(Status::Error),
            Some(None) => Some(origin.fallback),
            Some(Some(status)) => Some(status),
        };
        let plain = status.unwrap_or(Status::Code(200));
        let given = |status, bodies| Given { status, bodies, headers: Vec::new(), member: None, code: None };
        match &self.body {
            Body::None => vec![given(plain, Vec::new())],
            Body::Media(content_type, reader, payload) => {
                vec![given(plain, vec![Carried::Value(content_type.clone(), *reader, payload.clone())])]
            }
            Body::Unknown => {
                let unknown = Carried::Value("*/*".to_owned(), Reader::Raw, Value::Unknown);
                vec![given(status.unwrap_or(origin.fallback), vec![unknown])]
            }
            // What a type answers that answers as itself is said already.
            Body::Answer(ty) if status.is_none() && origin.is(ty) => Vec::new(),
            Body::Answer(ty) => {
                // What nobody knows of the inner type is an error where the outer is one.
                let own = |found: Status| if found == Status::Success { origin.fallback } else { found };
                let all = answer::read(reading, ty, origin.depth + 4);
                all.into_iter()
                    .enumerate()
                    .map(|(n, found)| Given {
                        status: status.filter(|_| n == 0).unwrap_or_else(|| own(found.status)),
                        bodies: found.media.into_iter().map(Carried::Shape).collect(),
                        headers: found.headers,
                        member: found.member,
                        code: found.code,
                    })
                    .collect()
            }
        }
    }
}

/// What one row answers under one status.
struct Given {
    status: Status,
    bodies: Vec<Carried>,
    headers: Vec<Header>,
    /// What an inner type puts it down to.
    member: Option<Member>,
    /// What decides the rest of an inner type's answer.
    code: Option<u64>,
}

struct Group {
    status: Status,
    variants: Vec<Option<Name>>,
    bodies: Vec<Carried>,
    headers: Vec<Header>,
    inner: Vec<Option<Member>>,
    code: Option<u64>,
}

impl Group {
    /// Only what all alternatives have is there for sure.
    fn add_headers(&mut self, headers: Vec<Header>) {
        for known in &mut self.headers {
            if headers.iter().all(|one| one.name != known.name) {
                known.presence = Presence::Maybe;
            }
        }
        for one in headers {
            if self.headers.iter().all(|known| known.name != one.name) {
                self.headers.push(Header { presence: Presence::Maybe, ..one });
            }
        }
    }

    fn response(mut self, reading: &mut Reading<'_, '_>, origin: &Origin<'_>) -> Response {
        self.variants.dedup();
        let member = self.member(reading, origin);
        let mut types: Vec<(String, Vec<(ShapeId, Reader)>)> = Vec::new();
        for body in together(self.bodies) {
            let media = match body {
                Carried::Shape(media) => media,
                Carried::Value(content_type, reader, value) => {
                    let mut lower = Lower { reading, origin, path: &origin.path, place: &origin.place };
                    let shape = lower.value(&value, reader, "");
                    Media { content_type, shape, reader }
                }
            };
            match types.iter_mut().find(|(content_type, _)| *content_type == media.content_type) {
                Some((_, shapes)) if shapes.iter().any(|(shape, _)| *shape == media.shape) => {}
                Some((_, shapes)) => shapes.push((media.shape, media.reader)),
                None => types.push((media.content_type, vec![(media.shape, media.reader)])),
            }
        }
        let media = types.into_iter().filter_map(|(content_type, shapes)| {
            let (first, reader) = *shapes.first()?;
            let shape = if shapes.len() == 1 {
                first
            } else {
                reading.lowering.either(&shapes.iter().map(|(shape, _)| *shape).collect::<Vec<_>>())
            };
            Some(Media { content_type, shape, reader })
        });
        let media: Vec<Media> = media.collect();
        let (headers, by_code, code) = (self.headers, origin.handler, self.code);
        Response { member: Some(member), headers, by_code, code, ..answer(self.status, media) }
    }

    /// The variant that leads there, where it is one; else the type, or all, whose code it is.
    fn member(&self, reading: &Reading<'_, '_>, origin: &Origin<'_>) -> Member {
        if let (true, [Some(inner), rest @ ..]) = (origin.handler, self.inner.as_slice())
            && rest.iter().all(|other| other.as_ref() == Some(inner))
        {
            return inner.clone();
        }
        let parts: Vec<Option<(&str, &str)>> = self
            .variants
            .iter()
            .map(|name| name.as_deref().map(|name| name.rsplit_once("::").unwrap_or(("", name))))
            .collect();
        let name = match parts.as_slice() {
            [Some((_, name))] => (*name).to_owned(),
            _ => String::new(),
        };
        let owners: BTreeSet<&str> = parts.iter().map(|part| part.map_or("", |(owner, _)| owner)).collect();
        let def = match owners.first() {
            Some(owner) if origin.handler && owners.len() == 1 => owner.parse().ok().map(DefId),
            _ => None,
        };
        match def.and_then(|def| reading.crates.def(def)) {
            Some(found) => {
                let place = reading.crates.place(found.module, found.item.pos);
                Member::new(found.path, name, place)
            }
            None => Member::new(origin.path.as_str(), name, origin.place.clone()),
        }
    }
}

/// What code writes as JSON under one content type is one body.
fn together(bodies: Vec<Carried>) -> Vec<Carried> {
    let mut out: Vec<Carried> = Vec::new();
    for body in bodies {
        let known = out.iter_mut().find_map(|known| match (known, &body) {
            (Carried::Value(a, Reader::Json, known), Carried::Value(b, Reader::Json, value)) if *a == *b => {
                Some((known, value.clone()))
            }
            _ => None,
        });
        match known {
            Some((known, value)) => {
                let before = std::mem::replace(known, Value::Unknown);
                *known = super::built::either(before, value);
            }
            None => out.push(body),
        }
    }
    out
}

struct Lower<'r, 'a, 'b, 'o> {
    reading: &'r mut Reading<'a, 'b>,
    origin: &'o Origin<'o>,
    path: &'o str,
    place: &'o Place,
}

impl Lower<'_, '_, '_, '_> {
    fn value(&mut self, value: &Value, reader: Reader, key: &str) -> ShapeId {
        let node = match value.clone().settled() {
            Value::Data(ty) => {
                return self.reading.lowering.value(&super::flow::fixed(ty), Direction::Output, reader);
            }
            Value::Text => Shape::String { format: None },
            Value::Null | Value::Empty => Shape::Null,
            Value::Object(fields) => return self.object(&fields, reader),
            Value::Maybe(inner) => return self.value(&inner, reader, key),
            Value::List(item) => {
                let item = match item.clone().settled() {
                    item if item.is_never() => self.reading.lowering.any(),
                    item => self.value(&item, reader, key),
                };
                Shape::List { item, length: None, reads_string: false }
            }
            Value::Coded(code) => self.coded(code, key),
            value @ Value::OneOf(_) => return self.one_of(&value, reader, key),
            _ => self.coded(self.origin.code, key),
        };
        self.reading.lowering.shapes.push(Node::plain(node))
    }

    /// One of several: objects are one object whose entries some lack, `null` beside others makes those nullable.
    fn one_of(&mut self, value: &Value, reader: Reader, key: &str) -> ShapeId {
        let ways = super::built::ways(value);
        let shapes = &mut Vec::new();
        for way in &ways.others {
            let id = self.value(way, reader, key);
            let shape = |id: ShapeId| &self.reading.lowering.shapes.get(id).shape;
            if !shapes.iter().any(|known| shape(*known) == shape(id)) {
                shapes.push(id);
            }
        }
        if let Some(code) = ways.code {
            let shape = self.coded(code, key);
            shapes.push(self.reading.lowering.shapes.push(Node::plain(shape)));
        }
        let shape = match shapes.as_slice() {
            [] => Shape::Null,
            many => {
                let inner = match many {
                    [only] => *only,
                    many => self.reading.lowering.either(many),
                };
                match &self.reading.lowering.shapes.get(inner).shape {
                    Shape::Null | Shape::Nullable(_) | Shape::Any | Shape::Opaque(_) => return inner,
                    _ if !ways.null || ways.code.is_some() => return inner,
                    _ => Shape::Nullable(inner),
                }
            }
        };
        self.reading.lowering.shapes.push(Node::plain(shape))
    }

    /// What flows from code that is not followed.
    fn coded(&self, code: u64, key: &str) -> Shape {
        let name = match self.origin.sources.get(&code) {
            Some(by) => by.path.clone(),
            None if key.is_empty() => self.path.to_owned(),
            None => format!("{}.{key}", self.path),
        };
        Shape::Opaque(Opaque { name, reason: OpaqueReason::HandWritten, tokens: Some(code), version: None })
    }

    fn object(&mut self, entries: &Entries, reader: Reader) -> ShapeId {
        let (path, place) = match &entries.by {
            Some(by) => (by.path.as_str(), &by.place),
            None => (self.path, self.place),
        };
        let mut out = Vec::new();
        for (key, value) in &entries.all {
            let member = Member::new(path, key.as_str(), place.clone());
            let shape = Lower { reading: self.reading, origin: self.origin, path, place }.value(value, reader, key);
            out.push(Field {
                names: Names { wire: key.clone(), aliases: Vec::new() },
                member,
                shape,
                presence: if matches!(value, Value::Maybe(_)) { Presence::Maybe } else { Presence::Always },
                null_distinct: false,
                default: Default::Refused,
                deprecated: false,
                group: None,
                constraints: Vec::new(),
            });
        }
        let object = Object { fields: out, unknown: Unknown::Ignored, unknown_member: None, inline: Vec::new() };
        self.reading.lowering.shapes.push(Node::plain(Shape::Object(object)))
    }
}
