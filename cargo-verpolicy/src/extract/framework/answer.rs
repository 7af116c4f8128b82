//! What a handler answers, by its return type.

use super::answers::{Answer, lookup};
use super::draft::{is_opaque, kebab};
use super::{Reading, Site, handwritten};
use crate::extract::crates::{DefId, Namespace, Resolved, Ty};
use crate::model::{
    Direction, Header, Media, Member, Node, Opaque, OpaqueReason, Place, Presence, Reader, Response, Shape, ShapeId,
    Status,
};
use crate::syntax::facts::{Bound, GenericArg, Path, Type};

/// Nested wrappers deeper than this are opaque.
const DEPTH: u32 = 16;

/// Rocket answers it as JSON; what is in it only code tells.
const ROCKET_VALUE: &str = "rocket::serde::json::Value";

/// The type that a handler's future gives: `impl Future<Output = T>`, `BoxFuture<'_, T>` and `Pin<Box<dyn Future…>>`
/// are looked through.
pub(super) fn output_type(reading: &Reading<'_, '_>, site: &Site<'_>, ret: Option<&Type>) -> Ty {
    let Some(ret) = ret else { return Ty::Tuple(Vec::new()) };
    match future_output(reading, site, ret, 0) {
        Some(inner) => reading.crates.ty(site.scope, inner),
        None => reading.crates.ty(site.scope, ret),
    }
}

fn future_output<'t>(reading: &Reading<'_, '_>, site: &Site<'_>, ty: &'t Type, depth: u32) -> Option<&'t Type> {
    if depth > 4 {
        return None;
    }
    let foreign = |path: &Path| match reading.crates.resolve(site.module, path, Namespace::Type) {
        Resolved::Foreign(path) => path,
        _ => String::new(),
    };
    match ty {
        Type::Impl(bounds) | Type::Dyn(bounds) => bounds.iter().find_map(|bound| match bound {
            Bound::Trait { path, .. } if foreign(path).ends_with("::Future") => {
                let args = path.segments.last().map(|segment| &segment.args)?;
                args.iter().find_map(|arg| match arg {
                    GenericArg::Assoc(name, ty) if name == "Output" => Some(ty),
                    _ => None,
                })
            }
            _ => None,
        }),
        Type::Path { qself: None, path } => {
            let args = &path.segments.last()?.args;
            let mut types = args.iter().filter_map(|arg| match arg {
                GenericArg::Type(ty) => Some(ty),
                _ => None,
            });
            let inner = types.next()?;
            match foreign(path).as_str() {
                "std::pin::Pin" | "std::boxed::Box" => future_output(reading, site, inner, depth + 1),
                path if path.ends_with("::BoxFuture") || path.ends_with("::LocalBoxFuture") => Some(inner),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Does the type say nothing of what is answered?
pub(super) fn is_erased(ty: &Ty) -> bool {
    match ty {
        Ty::Impl(_) | Ty::Dyn(_) => true,
        Ty::Foreign(path, _) if path.as_ref() == ROCKET_VALUE => true,
        Ty::Foreign(path, args) if path.as_ref() == "std::boxed::Box" => args.first().is_some_and(is_erased),
        Ty::Foreign(path, _) => match lookup(path) {
            Some(Answer::Opaque) => true,
            Some(_) => false,
            None => match path.rsplit("::").next() {
                Some("HttpResponse" | "Response") => true,
                // warp's replies.
                Some("Json" | "WithHeader" | "WithStatus") => path.starts_with("warp::"),
                _ => false,
            },
        },
        _ => false,
    }
}

/// Is it any JSON, of which only code tells what stands in it?
pub(super) fn is_any_json(ty: &Ty) -> bool {
    match ty {
        Ty::Tuple(items) => items.last().is_some_and(is_any_json),
        Ty::Foreign(path, args) => match (lookup(path), args.first()) {
            (Some(Answer::Media(_, Reader::Json)), Some(inner)) => is_json_value(inner),
            (Some(Answer::Through(_) | Answer::At | Answer::OrNotFound), Some(inner)) => is_any_json(inner),
            _ => false,
        },
        _ => false,
    }
}

/// A value of any JSON, or a list of such.
pub(super) fn is_json_value(ty: &Ty) -> bool {
    match ty {
        Ty::Foreign(path, args) => match path.as_ref() {
            "serde_json::Value" | ROCKET_VALUE => true,
            "std::vec::Vec" | "std::option::Option" => args.first().is_some_and(is_json_value),
            _ => false,
        },
        _ => false,
    }
}

/// May what it sends beside a text say that the text is something else, such as JSON?
pub(super) fn leaves_content_type_open(ty: &Ty) -> bool {
    let text = |ty: &Ty| match ty {
        Ty::Ref(inner) => matches!(inner.as_ref(), Ty::Primitive(name) if name == "str") || is_octets(inner),
        Ty::Foreign(path, _) if matches!(path.as_ref(), "std::string::String" | "std::borrow::Cow") => true,
        ty => is_octets(ty),
    };
    matches!(ty, Ty::Tuple(items) if items.iter().any(|item| is_headers(optional(item).0)) && items.iter().any(text))
}

/// All answers of a handler that returns `ty`; never empty.
pub(super) fn answers(reading: &mut Reading<'_, '_>, ty: &Ty) -> Vec<Response> {
    read(reading, ty, 0)
}

/// As [`answers`], `depth` wrappers deep.
pub(super) fn read(reading: &mut Reading<'_, '_>, ty: &Ty, depth: u32) -> Vec<Response> {
    if depth > DEPTH {
        return vec![opaque_answer(reading, ty, Status::Success, OpaqueReason::Erased)];
    }
    match ty {
        Ty::Tuple(items) if items.is_empty() => vec![answer(Status::Code(200), Vec::new())],
        Ty::Tuple(items) => tuple(reading, items, depth),
        Ty::Ref(inner) => match inner.as_ref() {
            Ty::Primitive(name) if name == "str" => vec![text_answer(reading, "text/plain")],
            Ty::Slice(_) | Ty::Array(..) => vec![bytes_answer(reading, "application/octet-stream")],
            inner => read(reading, inner, depth + 1),
        },
        Ty::Primitive(name) if name == "str" => vec![text_answer(reading, "text/plain")],
        ty if is_octets(ty) => vec![bytes_answer(reading, "application/octet-stream")],
        Ty::Foreign(path, _) if path.as_ref() == ROCKET_VALUE => {
            vec![value_answer(reading, ty, 200, "application/json", Reader::Json)]
        }
        Ty::Foreign(path, args) => foreign(reading, ty, path, args, depth),
        Ty::Def(def, args) => match super::derived::responses(reading, *def, args) {
            Some(all) if !all.is_empty() => all,
            _ => own(reading, ty, *def, args, depth),
        },
        _ => vec![opaque_answer(reading, ty, Status::Success, OpaqueReason::Erased)],
    }
}

/// What a pointer points to, whose answer its own is.
pub(super) fn pointee(ty: &Ty) -> Option<&Ty> {
    match ty {
        Ty::Ref(inner) => Some(inner),
        Ty::Foreign(path, args) => match (path.as_ref(), args.as_slice()) {
            ("std::boxed::Box" | "std::rc::Rc" | "std::sync::Arc", [inner]) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// `Vec<u8>`, `[u8]`, `[u8; N]`: every framework that takes them writes them as they are.
fn is_octets(ty: &Ty) -> bool {
    let of_bytes = |inner: &Ty| matches!(inner, Ty::Primitive(name) if name == "u8");
    match ty {
        Ty::Slice(inner) | Ty::Array(inner, _) => of_bytes(inner),
        Ty::Foreign(path, args) => path.as_ref() == "std::vec::Vec" && args.first().is_some_and(of_bytes),
        _ => false,
    }
}

fn foreign(reading: &mut Reading<'_, '_>, ty: &Ty, path: &str, args: &[Ty], depth: u32) -> Vec<Response> {
    if path.ends_with("::Result")
        && let Some(ok) = args.first()
    {
        let mut all = read(reading, ok, depth + 1);
        all.extend(failures(reading, path, args.get(1), depth));
        return all;
    }
    if let Some(inner) = pointee(ty).filter(|inner| matches!(inner, Ty::Def(..))) {
        return read(reading, inner, depth + 1);
    }
    if is_either(path) {
        return either(reading, args, depth);
    }
    let first = args.first();
    match (lookup(path), first) {
        (Some(Answer::Media(content_type, reader)), Some(inner)) => {
            vec![value_answer(reading, inner, 200, content_type, reader)]
        }
        (Some(Answer::Body(status)), Some(inner)) => {
            if matches!(inner, Ty::Foreign(path, _) if path.rsplit("::").next() == Some("FreeformBody")) {
                return vec![opaque_answer(reading, inner, Status::Code(status), OpaqueReason::Erased)];
            }
            vec![value_answer(reading, inner, status, "application/json", Reader::Json)]
        }
        (Some(Answer::Empty(status)), _) => vec![answer(Status::Code(status), Vec::new())],
        (Some(Answer::Redirect), _) => vec![answer(Status::Class(3), Vec::new())],
        (Some(Answer::Text(content_type)), _) => vec![text_answer(reading, content_type)],
        (Some(Answer::Bytes(content_type)), _) => vec![bytes_answer(reading, content_type)],
        (Some(Answer::Through(status)), Some(inner)) => {
            let mut all = read(reading, inner, depth + 1);
            if let (Some(code), Some(first)) = (status, all.first_mut()) {
                first.status = Status::Code(code);
            }
            all
        }
        (Some(Answer::At), Some(inner)) => {
            let mut all = read(reading, inner, depth + 1);
            if let Some(first) = all.first_mut() {
                first.status = Status::Success;
            }
            all
        }
        (Some(Answer::Through(Some(status))), None) => vec![answer(Status::Code(status), Vec::new())],
        (Some(Answer::OrNotFound), Some(inner)) => {
            let mut all = read(reading, inner, depth + 1);
            all.push(answer(Status::Code(404), Vec::new()));
            all
        }
        (Some(Answer::Headers), Some(inner)) => with_headers(reading, inner, args.get(1), depth),
        (Some(Answer::Status), _) => vec![answer(Status::Success, Vec::new())],
        (Some(Answer::Opaque) | None, _) | (Some(_), None) => {
            vec![opaque_answer(reading, ty, Status::Success, OpaqueReason::Erased)]
        }
    }
}

/// `Either<A, B>`, and axum-extra's of more than two.
fn is_either(path: &str) -> bool {
    let (krate, name) = (path.split("::").next().unwrap_or_default(), path.rsplit("::").next().unwrap_or_default());
    let count = name.strip_prefix("Either").unwrap_or("none");
    matches!(krate, "actix_web" | "axum_extra" | "either" | "rocket")
        && (count.is_empty() || count.parse::<u8>().is_ok())
}

/// What one of several types answers, status by status.
fn either(reading: &mut Reading<'_, '_>, args: &[Ty], depth: u32) -> Vec<Response> {
    let mut all: Vec<Response> = Vec::new();
    for arg in args {
        for one in read(reading, arg, depth + 1) {
            match all.iter().position(|known| known.status == one.status) {
                Some(at) => {
                    let known = all.remove(at);
                    all.insert(at, joined(reading, known, one));
                }
                None => all.push(one),
            }
        }
    }
    all
}

/// Two answers of one status: either is what is carried, and sure are the headers that both have.
fn joined(reading: &mut Reading<'_, '_>, mut one: Response, other: Response) -> Response {
    let maybe = |header: Header| Header { presence: Presence::Maybe, ..header };
    let has = |all: &[Header], name: &str| all.iter().any(|header| header.name.eq_ignore_ascii_case(name));
    let (mine, theirs) = (std::mem::take(&mut one.headers), other.headers);
    let fresh: Vec<Header> = theirs.iter().filter(|header| !has(&mine, &header.name)).cloned().map(maybe).collect();
    let kept = mine.into_iter().map(|header| if has(&theirs, &header.name) { header } else { maybe(header) });
    one.headers = kept.chain(fresh).collect();
    for media in other.media {
        match one.media.iter_mut().find(|known| known.content_type == media.content_type) {
            Some(known) if known.shape == media.shape => {}
            Some(known) => known.shape = reading.lowering.either(&[known.shape, media.shape]),
            None => one.media.push(media),
        }
    }
    if one.member != other.member {
        one.member = None;
    }
    one
}

/// `(StatusCode, Json<T>)`, `(StatusCode, [headers], Json<T>)`, `(T, StatusCode)`: the member with a body decides, a
/// status among them makes it unknown.
fn tuple(reading: &mut Reading<'_, '_>, items: &[Ty], depth: u32) -> Vec<Response> {
    let is_status = |ty: &Ty| matches!(ty, Ty::Foreign(path, _) if lookup(path) == Some(Answer::Status));
    let is_head = |ty: &Ty| match optional(ty).0 {
        Ty::Array(..) => true,
        Ty::Foreign(path, _) => matches!(
            path.rsplit("::").next().unwrap_or_default(),
            "HeaderMap"
                | "AppendHeaders"
                | "TypedHeader"
                | "CookieJar"
                | "SignedCookieJar"
                | "PrivateCookieJar"
                | "Extension"
                | "ContentType"
                | "Extensions"
        ),
        _ => false,
    };
    let status = items.iter().any(is_status);
    let body = items.iter().rev().find(|ty| !is_status(ty) && !is_head(ty));
    let mut all = match body {
        Some(ty) => read(reading, ty, depth + 1),
        None => vec![answer(Status::Code(200), Vec::new())],
    };
    if let Some(first) = all.first_mut() {
        if status {
            first.status = Status::Success;
        }
        for item in items {
            let (item, presence) = optional(item);
            if let Ty::Foreign(path, args) = item
                && path.rsplit("::").next() == Some("TypedHeader")
                && let Some(header) = args.first()
            {
                let name = type_name(reading, header);
                let name = name.split('<').next().and_then(|path| path.rsplit("::").next()).unwrap_or_default();
                let shape = reading.lowering.value(&super::draft::string(), Direction::Output, Reader::HeaderText);
                first.headers.push(Header { name: kebab(name), presence, shape });
            } else if is_headers(item) && first.headers.iter().all(|header| header.name != "*") {
                let shape = opaque(reading, type_name(reading, item), OpaqueReason::Erased, None);
                // An array holds some for sure; a map may be empty.
                let presence = if matches!(item, Ty::Array(..)) { presence } else { Presence::Maybe };
                first.headers.push(Header { name: "*".to_owned(), presence, shape });
            }
        }
    }
    all
}

/// What a part is, and whether it is always there.
fn optional(ty: &Ty) -> (&Ty, Presence) {
    match ty {
        Ty::Foreign(path, args) if path.as_ref() == "std::option::Option" => {
            (args.first().unwrap_or(ty), Presence::Maybe)
        }
        ty => (ty, Presence::Always),
    }
}

/// Does it hold headers whose names no type states?
fn is_headers(ty: &Ty) -> bool {
    const KINDS: &[&str] = &["AppendHeaders", "CookieJar", "HeaderMap", "PrivateCookieJar", "SignedCookieJar"];
    match ty {
        Ty::Array(..) => true,
        Ty::Foreign(path, _) => path.rsplit("::").next().is_some_and(|name| KINDS.contains(&name)),
        _ => false,
    }
}

fn with_headers(reading: &mut Reading<'_, '_>, inner: &Ty, headers: Option<&Ty>, depth: u32) -> Vec<Response> {
    let mut all = read(reading, inner, depth + 1);
    if let (Some(ty), Some(first)) = (headers, all.first_mut()) {
        let shape = reading.lowering.value(ty, Direction::Output, Reader::HeaderText);
        match reading.lowering.shapes.get(shape).shape.clone() {
            Shape::Object(object) => first.headers.extend(object.fields.into_iter().map(|field| Header {
                name: field.names.wire.to_lowercase(),
                presence: field.presence,
                shape: field.shape,
            })),
            Shape::Null => {}
            _ => first.headers.push(Header { name: "*".to_owned(), presence: Presence::Maybe, shape }),
        }
    }
    all
}

/// The errors of a `Result` by its path: of each framework's own alias what that has by default.
pub(super) fn failures(reading: &mut Reading<'_, '_>, path: &str, error: Option<&Ty>, depth: u32) -> Vec<Response> {
    if let Some(error) = error {
        return errors(reading, error, depth);
    }
    let krate = path.split("::").next().unwrap_or_default();
    let name = match krate {
        "axum" => "axum::response::ErrorResponse".to_owned(),
        krate => format!("{krate}::Error"),
    };
    vec![error_answer(reading, name, OpaqueReason::Erased, None)]
}

/// The errors of a `Result`.
fn errors(reading: &mut Reading<'_, '_>, error: &Ty, depth: u32) -> Vec<Response> {
    match error {
        Ty::Foreign(path, _) if path.as_ref() == "dropshot::HttpError" => dropshot_errors(reading),
        Ty::Foreign(path, _) if path.as_ref() == "std::convert::Infallible" => Vec::new(),
        Ty::Primitive(name) if name == "!" => Vec::new(),
        Ty::Def(def, args) => {
            if let Some(all) = super::derived::responses(reading, *def, args) {
                return all;
            }
            if let Some(media) = stated(reading, error, *def) {
                return vec![answer(Status::Error, vec![media])];
            }
            if let Some(all) = handwritten::answers(reading, *def, args, Status::Error, depth) {
                return all;
            }
            let tokens = handwritten::hash(reading.crates, *def);
            let name = type_name(reading, error);
            if !reading.crates.impls_of(*def, "dropshot::HttpResponseError").is_empty() {
                let shape = reading.lowering.value(error, Direction::Output, Reader::Json);
                let media = Media { content_type: "application/json".to_owned(), shape, reader: Reader::Json };
                return vec![Response { member: member(reading, *def), ..answer(Status::Error, vec![media]) }];
            }
            vec![error_answer(reading, name, OpaqueReason::HandWritten, tokens)]
        }
        // `Err` answers as its type does: `(StatusCode, String)`, `Json<E>`.
        other => {
            let mut all = read(reading, other, depth + 1);
            for answer in all.iter_mut().filter(|answer| answer.status == Status::Success) {
                answer.status = Status::Error;
            }
            all
        }
    }
}

/// dropshot's `HttpErrorResponseBody`, under every status of an error.
fn dropshot_errors(reading: &mut Reading<'_, '_>) -> Vec<Response> {
    use crate::model::{Default, Field, Names, Object, Unknown};
    let string = reading.lowering.value(&super::draft::string(), Direction::Output, Reader::Json);
    let owner = "dropshot::HttpErrorResponseBody";
    let place = Place { file: std::sync::Arc::from(""), line: 0, column: 0 };
    let field = |name: &str, presence| Field {
        names: Names { wire: name.to_owned(), aliases: Vec::new() },
        member: Member::new(owner, name, place.clone()),
        shape: string,
        presence,
        null_distinct: false,
        default: Default::Refused,
        deprecated: false,
        group: None,
        constraints: Vec::new(),
    };
    let fields = vec![
        field("request_id", Presence::Always),
        field("error_code", Presence::Maybe),
        field("message", Presence::Always),
    ];
    let object = Object { fields, unknown: Unknown::Ignored, unknown_member: None, inline: Vec::new() };
    let shape = reading.lowering.shapes.push(Node::plain(Shape::Object(object)));
    let media = vec![Media { content_type: "application/json".to_owned(), shape, reader: Reader::Json }];
    vec![answer(Status::Class(4), media.clone()), answer(Status::Class(5), media)]
}

/// What `[types]` says that a type of this side carries.
fn stated(reading: &mut Reading<'_, '_>, ty: &Ty, def: DefId) -> Option<Media> {
    let path = reading.crates.def(def)?.path;
    reading.options.types.contains_key(path).then(|| {
        let shape = reading.lowering.value(ty, Direction::Output, Reader::Json);
        Media { content_type: "application/json".to_owned(), shape, reader: Reader::Json }
    })
}

/// A type of this side that answers by itself: hand-written code decides, unless `[types]` says what it carries.
fn own(reading: &mut Reading<'_, '_>, ty: &Ty, def: DefId, args: &[Ty], depth: u32) -> Vec<Response> {
    if let Some(media) = stated(reading, ty, def) {
        return vec![answer(Status::Success, vec![media])];
    }
    if let Some(all) = handwritten::answers(reading, def, args, Status::Success, depth) {
        return all;
    }
    let tokens = handwritten::hash(reading.crates, def);
    let name = type_name(reading, ty);
    let reason = if tokens.is_some() { OpaqueReason::HandWritten } else { OpaqueReason::NoDerive };
    let shape = opaque(reading, name, reason, tokens);
    if tokens.is_some() {
        reading.lowering.carry(shape, args, Direction::Output, Reader::Json);
    }
    let media = Media { content_type: "*/*".to_owned(), shape, reader: Reader::Raw };
    vec![Response { member: member(reading, def), ..answer(Status::Success, vec![media]) }]
}

fn member(reading: &Reading<'_, '_>, def: DefId) -> Option<Member> {
    let found = reading.crates.def(def)?;
    let place = reading.crates.place(found.module, found.item.pos);
    Some(Member::new(found.path, "", place))
}

/// A status and what it carries.
pub(super) fn answer(status: Status, media: Vec<Media>) -> Response {
    Response { status, media, headers: Vec::new(), member: None, by_code: false, published: false, code: None }
}

/// A value of this type at this status.
pub(super) fn value_answer(
    reading: &mut Reading<'_, '_>,
    ty: &Ty,
    status: u16,
    content_type: &str,
    reader: Reader,
) -> Response {
    let shape = reading.lowering.value(ty, Direction::Output, reader);
    answer(Status::Code(status), vec![Media { content_type: content_type.to_owned(), shape, reader }])
}

fn text_answer(reading: &mut Reading<'_, '_>, content_type: &str) -> Response {
    let shape = reading.lowering.value(&super::draft::string(), Direction::Output, Reader::Raw);
    answer(Status::Code(200), vec![Media { content_type: content_type.to_owned(), shape, reader: Reader::Raw }])
}

fn bytes_answer(reading: &mut Reading<'_, '_>, content_type: &str) -> Response {
    let shape = reading.lowering.any();
    answer(Status::Code(200), vec![Media { content_type: content_type.to_owned(), shape, reader: Reader::Raw }])
}

/// An answer that nobody can know from the signature.
pub(super) fn opaque_answer(reading: &mut Reading<'_, '_>, ty: &Ty, status: Status, reason: OpaqueReason) -> Response {
    let name = type_name(reading, ty);
    let shape = opaque(reading, name, reason, None);
    answer(status, vec![Media { content_type: "*/*".to_owned(), shape, reader: Reader::Raw }])
}

fn error_answer(reading: &mut Reading<'_, '_>, name: String, reason: OpaqueReason, tokens: Option<u64>) -> Response {
    let shape = opaque(reading, name, reason, tokens);
    answer(Status::Error, vec![Media { content_type: "*/*".to_owned(), shape, reader: Reader::Raw }])
}

/// What travels on a websocket.
pub(super) fn websocket(reading: &mut Reading<'_, '_>) -> Response {
    let shape = opaque(reading, "websocket", OpaqueReason::Erased, None);
    answer(Status::Code(101), vec![Media { content_type: "*/*".to_owned(), shape, reader: Reader::Raw }])
}

pub(super) fn opaque(
    reading: &mut Reading<'_, '_>,
    name: impl Into<String>,
    reason: OpaqueReason,
    tokens: Option<u64>,
) -> ShapeId {
    let shape = Shape::Opaque(Opaque { name: name.into(), reason, tokens, version: None });
    reading.lowering.shapes.push(Node::plain(shape))
}

/// Does an answer carry something that is not known?
pub(super) fn carries_opaque(reading: &Reading<'_, '_>, response: &Response) -> bool {
    response.media.iter().any(|media| is_opaque(reading, media.shape))
}

/// Does an answer carry something of which nothing is known, any JSON among it?
pub(super) fn carries_unknown(reading: &Reading<'_, '_>, response: &Response) -> bool {
    let any = |media: &Media| {
        media.reader != Reader::Raw && matches!(reading.lowering.shapes.get(media.shape).shape, Shape::Any)
    };
    carries_opaque(reading, response) || response.media.iter().any(any)
}

/// A type as people read it: canonical paths, arguments by their last name.
pub(super) fn type_name(reading: &Reading<'_, '_>, ty: &Ty) -> String {
    let list = |args: &[Ty]| {
        let names: Vec<String> = args.iter().map(|arg| type_name(reading, arg)).collect();
        if names.is_empty() { String::new() } else { format!("<{}>", names.join(", ")) }
    };
    match ty {
        Ty::Def(def, args) => {
            let path = reading.crates.def(*def).map_or("?", |found| found.path);
            format!("{path}{}", list(args))
        }
        Ty::Foreign(path, args) => format!("{path}{}", list(args)),
        Ty::Primitive(name) | Ty::Param(name) => name.to_string(),
        Ty::Ref(inner) => format!("&{}", type_name(reading, inner)),
        Ty::Ptr(inner) => format!("*{}", type_name(reading, inner)),
        Ty::Slice(inner) | Ty::Array(inner, _) => format!("[{}]", type_name(reading, inner)),
        Ty::Tuple(items) => {
            let names: Vec<String> = items.iter().map(|item| type_name(reading, item)).collect();
            format!("({})", names.join(", "))
        }
        Ty::Impl(bounds) => format!("impl {}", bound_names(bounds)),
        Ty::Dyn(bounds) => format!("dyn {}", bound_names(bounds)),
        Ty::Const(text) | Ty::Other(text) | Ty::Unresolved(text) => text.clone(),
        Ty::ByCode(by) => by.path.clone(),
    }
}

fn bound_names(bounds: &[(String, Vec<Ty>)]) -> String {
    let names: Vec<&str> = bounds.iter().map(|(path, _)| path.as_str()).collect();
    names.join(" + ")
}
