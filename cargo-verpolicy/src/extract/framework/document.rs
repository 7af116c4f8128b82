//! What the attributes of utoipa and salvo say of parameters, bodies, answers and credentials.

use super::answer::answer;
use super::attribute::{entries, inside, list};
use super::draft::with_scheme;
use super::status::status;
use super::{Reading, Site, template};
use crate::extract::crates::Ty;
use crate::model::{
    Auth, Body, Default, Direction, Header, In, Media, Member, Names, Parameter, PathTemplate, Presence, Reader,
    Response, Status,
};
use crate::syntax::facts::{RawTokens, Type};
use crate::syntax::tokens::Meta;

/// What it says.
pub(super) struct Document {
    /// Parameters; those of one type together, with the type.
    pub(super) parameters: Vec<(Option<Ty>, Vec<Parameter>)>,
    pub(super) request: Option<Body>,
    pub(super) responses: Vec<Response>,
    pub(super) auth: Option<Auth>,
    pub(super) operation_id: Option<String>,
}

/// Reads the entries of one attribute.
pub(super) fn document(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    metas: &[Meta],
    path: &PathTemplate,
) -> Document {
    let mut found = Document {
        parameters: Vec::new(),
        request: None,
        responses: Vec::new(),
        auth: None,
        operation_id: Some(site.item.name.to_string()),
    };
    for meta in metas {
        match meta.word() {
            Some("params" | "parameters") => {
                for entry in meta.metas() {
                    found.parameters.push(parameters(reading, site, &entry, path));
                }
            }
            Some("request_body") => found.request = request(reading, site, meta),
            Some("responses") => {
                for (index, entry) in meta.metas().iter().enumerate() {
                    found.responses.extend(responses(reading, site, entry, index));
                }
            }
            Some("security") => found.auth = meta.list().map(security),
            Some("operation_id") => found.operation_id = meta.string().or(found.operation_id),
            _ => {}
        }
    }
    found
}

/// `("id" = u64, Path, …)`, or a type that derives `IntoParams`.
fn parameters(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    entry: &Meta,
    path: &PathTemplate,
) -> (Option<Ty>, Vec<Parameter>) {
    if let Some(row) = inside(&entry.raw) {
        return (None, parameter(reading, site, entry, &row).into_iter().collect());
    }
    let Some(ty) = entry.raw.ty() else { return (None, Vec::new()) };
    let ty = reading.crates.ty(site.scope, &ty);
    let stated = match &ty {
        Ty::Def(def, _) => reading.crates.def(*def).and_then(|found| {
            let metas = list(&found.item.attrs, &["into_params"]);
            let place = metas.iter().find(|meta| meta.is("parameter_in"))?.value_path()?;
            place.segments.last().and_then(|segment| place_in(&segment.name))
        }),
        _ => None,
    };
    let names = template::parameters(path);
    let read = |reading: &mut Reading<'_, '_>, place: In| {
        let fallback = names.first().map_or("", String::as_str);
        reading.lowering.parameters(&ty, place, reader(place), fallback).parameters
    };
    let parameters = match stated {
        Some(place) => read(reading, place),
        None => {
            let in_path = read(reading, In::Path);
            if in_path.iter().all(|parameter| names.contains(&parameter.names.wire)) {
                in_path
            } else {
                read(reading, In::Query)
            }
        }
    };
    (Some(ty), parameters.into_iter().map(|parameter| Parameter { published: true, ..parameter }).collect())
}

fn parameter(reading: &mut Reading<'_, '_>, site: &Site<'_>, entry: &Meta, row: &RawTokens) -> Option<Parameter> {
    let parts = row.parts();
    let (name, ty) = named_type(parts.first()?)?;
    let place = parts.iter().skip(1).find_map(|part| {
        let path = part.path()?;
        place_in(&path.segments.last()?.name)
    });
    let place = place.unwrap_or(In::Path);
    let ty =
        ty.map_or_else(super::draft::string, |ty| body_type(reading, site, &ty).unwrap_or_else(super::draft::string));
    let (ty, optional) = match &ty {
        Ty::Foreign(path, args) if path.as_ref() == "std::option::Option" => {
            (args.first().cloned().unwrap_or_else(super::draft::string), true)
        }
        _ => (ty, false),
    };
    let shape = reading.lowering.value(&ty, Direction::Input, reader(place));
    let deprecated = row.metas().iter().any(|meta| meta.is("deprecated"));
    let position = reading.crates.place(site.module, entry.pos);
    Some(Parameter {
        place_in: place,
        names: Names { wire: name.clone(), aliases: Vec::new() },
        member: Member::new(site.path, name, position),
        presence: if optional && place != In::Path { Presence::Maybe } else { Presence::Always },
        default: if optional { Default::None } else { Default::Refused },
        shape,
        reader: reader(place),
        published: true,
        deprecated,
        constraints: Vec::new(),
    })
}

/// `"id" = u64` or `"id"`.
fn named_type(part: &RawTokens) -> Option<(String, Option<RawTokens>)> {
    let tokens = part.lex();
    let name = tokens.first()?.string()?.to_owned();
    let ty = match tokens.get(1) {
        Some(token) if token.is_punct('=') => Some(part.slice(token.end, part.text.len())),
        _ => None,
    };
    Some((name, ty))
}

fn place_in(word: &str) -> Option<In> {
    match word {
        "Path" => Some(In::Path),
        "Query" => Some(In::Query),
        "Header" => Some(In::Header),
        "Cookie" => Some(In::Cookie),
        _ => None,
    }
}

fn reader(place: In) -> Reader {
    match place {
        In::Path => Reader::PathText,
        // Which reader stands behind a documented key is not known: the one that refuses least.
        In::Query => Reader::HtmlForm,
        In::Header | In::Cookie => Reader::HeaderText,
    }
}

/// `T`, `inline(T)`, `[T]`.
fn body_type(reading: &Reading<'_, '_>, site: &Site<'_>, raw: &RawTokens) -> Option<Ty> {
    let metas = raw.metas();
    let inline = metas.first().filter(|meta| meta.is("inline")).and_then(Meta::list);
    let ty = inline.unwrap_or(raw).ty()?;
    if let Some(any) = any_object(reading, site, &ty) {
        return Some(any);
    }
    Some(match reading.crates.ty(site.scope, &ty) {
        Ty::Slice(item) => Ty::Foreign("std::vec::Vec".into(), vec![*item]),
        ty => ty,
    })
}

/// utoipa's own word `Object`: an object of any fields, unless the project has a type of that name.
fn any_object(reading: &Reading<'_, '_>, site: &Site<'_>, ty: &Type) -> Option<Ty> {
    let Type::Path { qself: None, path } = ty else { return None };
    let [only] = path.segments.as_slice() else { return None };
    if only.name != "Object" || matches!(reading.crates.ty(site.scope, ty), Ty::Def(..)) {
        return None;
    }
    let any = Ty::Foreign("serde_json::Value".into(), Vec::new());
    Some(Ty::Foreign("std::collections::HashMap".into(), vec![super::draft::string(), any]))
}

/// `request_body = T`, `request_body(content = T, content_type = "…")`, `request_body(content((T = "a/b"), …))`.
fn request(reading: &mut Reading<'_, '_>, site: &Site<'_>, meta: &Meta) -> Option<Body> {
    let member = Member::new(site.path, "request_body", reading.crates.place(site.module, meta.pos));
    let whole;
    let rows = match meta.value() {
        Some(raw) => {
            whole = vec![Meta {
                path: vec!["content".into()],
                value: crate::syntax::tokens::MetaValue::Value(raw.clone()),
                raw: raw.clone(),
                pos: meta.pos,
            }];
            whole
        }
        None => meta.metas(),
    };
    let (media, optional) = content(reading, site, &rows, "content", Direction::Input);
    let body = Body { required: !optional, media, member: Some(member), published: true };
    (!body.media.is_empty()).then_some(body)
}

/// The media of a body that `word = T`, `content_type = …` and `content(…)` state; and whether it is an `Option`.
fn content(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    metas: &[Meta],
    word: &str,
    direction: Direction,
) -> (Vec<Media>, bool) {
    let mut media = Vec::new();
    let mut optional = false;
    let mut add = |reading: &mut Reading<'_, '_>, ty: &RawTokens, types: Vec<String>| {
        let Some(ty) = body_type(reading, site, ty) else { return };
        let (ty, is_optional) = match ty {
            Ty::Foreign(path, args) if path.as_ref() == "std::option::Option" && direction == Direction::Input => {
                (args.into_iter().next().unwrap_or(Ty::Tuple(Vec::new())), true)
            }
            ty => (ty, false),
        };
        optional |= is_optional;
        if matches!(&ty, Ty::Tuple(items) if items.is_empty()) {
            return;
        }
        let types = if types.is_empty() { vec![default_content_type(&ty).to_owned()] } else { types };
        for content_type in types {
            let reader = content_reader(&content_type);
            let shape = reading.lowering.value(&ty, direction, reader);
            media.push(Media { content_type, shape, reader });
        }
    };
    if let Some(ty) = metas.iter().find(|meta| meta.is(word)).and_then(Meta::value) {
        let types = metas.iter().find(|meta| meta.is("content_type")).and_then(Meta::value).map(texts);
        add(reading, ty, types.unwrap_or_default());
    }
    for row in metas.iter().filter(|meta| meta.is("content")).filter_map(Meta::list).flat_map(RawTokens::parts) {
        let Some(row) = inside(&row) else { continue };
        let parts = row.parts();
        let Some(first) = parts.first() else { continue };
        let tokens = first.lex();
        let split = tokens.iter().find(|token| token.is_punct('='));
        match split {
            Some(at) => {
                let kind = first.slice(at.end, first.text.len());
                add(reading, &first.slice(0, at.start), texts(&kind));
            }
            None => add(reading, first, Vec::new()),
        }
    }
    (media, optional)
}

/// `"a/b"` or `["a/b", "c/d"]`, lower case without parameters.
fn texts(raw: &RawTokens) -> Vec<String> {
    let plain = |text: String| text.split(';').next().unwrap_or_default().trim().to_lowercase();
    match raw.string() {
        Some(text) => vec![plain(text)],
        None => inside(raw)
            .map(|list| list.parts())
            .unwrap_or_default()
            .iter()
            .filter_map(RawTokens::string)
            .map(plain)
            .collect(),
    }
}

pub(super) fn default_content_type(ty: &Ty) -> &'static str {
    match ty {
        Ty::Primitive(_) => "text/plain",
        Ty::Foreign(path, _) if path.as_ref() == "std::string::String" => "text/plain",
        Ty::Ref(inner) => default_content_type(inner),
        Ty::Foreign(path, args)
            if path.as_ref() == "std::vec::Vec"
                && matches!(args.first(), Some(Ty::Primitive(name)) if name == "u8") =>
        {
            "application/octet-stream"
        }
        _ => "application/json",
    }
}

pub(super) fn content_reader(content_type: &str) -> Reader {
    match content_type {
        "application/x-www-form-urlencoded" => Reader::UrlEncoded,
        "multipart/form-data" => Reader::Multipart,
        "application/octet-stream" => Reader::Raw,
        text if text.starts_with("text/") => Reader::Raw,
        _ => Reader::Json,
    }
}

/// `(status = 200, body = T, …)`, or a type that derives `IntoResponses`. The row is known by what it says beside its
/// status: by its description, else by its place and the rest of it.
fn responses(reading: &mut Reading<'_, '_>, site: &Site<'_>, entry: &Meta, index: usize) -> Vec<Response> {
    let Some(row) = inside(&entry.raw) else {
        return match entry.raw.ty().map(|ty| reading.crates.ty(site.scope, &ty)) {
            Some(Ty::Def(def, args)) => super::derived::responses(reading, def, &args).unwrap_or_default(),
            _ => Vec::new(),
        };
    };
    let metas = row.metas();
    let Some(status) = metas.iter().find(|meta| is_status(meta)).and_then(Meta::value).and_then(status) else {
        return Vec::new();
    };
    let mut response = stated(reading, site, &metas, status);
    let place = reading.crates.place(site.module, entry.pos);
    response.member = Some(Member::new(site.path, row_name(&metas, index), place));
    vec![response]
}

/// utoipa's word, and salvo's.
fn is_status(meta: &Meta) -> bool {
    meta.is("status") || meta.is("status_code")
}

fn row_name(metas: &[Meta], index: usize) -> String {
    if let Some(text) = metas.iter().find(|meta| meta.is("description")).and_then(Meta::string) {
        return text;
    }
    let rest = metas.iter().filter(|meta| !is_status(meta));
    let words = rest.flat_map(|meta| meta.raw.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    format!("responses[{index}] {}", words.collect::<String>())
}

fn stated(reading: &mut Reading<'_, '_>, site: &Site<'_>, metas: &[Meta], status: Status) -> Response {
    let word = if metas.iter().any(|meta| meta.is("response")) { "response" } else { "body" };
    let (media, _) = content(reading, site, metas, word, Direction::Output);
    let mut response = answer(status, media);
    for row in metas.iter().filter(|meta| meta.is("headers")).filter_map(Meta::list).flat_map(RawTokens::parts) {
        let Some((name, ty)) = inside(&row).and_then(|row| named_type(row.parts().first()?)) else { continue };
        let ty = ty.and_then(|ty| body_type(reading, site, &ty)).unwrap_or_else(super::draft::string);
        let shape = reading.lowering.value(&ty, Direction::Output, Reader::HeaderText);
        response.headers.push(Header { name: name.to_lowercase(), presence: Presence::Always, shape });
    }
    response
}

/// `(), ("api_token" = ["read"]), ("a" = [], "b" = [])`.
fn security(raw: &RawTokens) -> Auth {
    let mut auth = Auth::None;
    let mut anonymous = false;
    for row in raw.parts() {
        let Some(row) = inside(&row) else { continue };
        let together: Vec<String> = row
            .parts()
            .iter()
            .filter_map(|part| {
                let (name, scopes) = named_type(part)?;
                let scopes = scopes.and_then(|raw| inside(&raw)).map(|list| list.parts()).unwrap_or_default();
                let scopes: Vec<String> = scopes.iter().filter_map(RawTokens::string).collect();
                Some(if scopes.is_empty() { name } else { format!("{name}[{}]", scopes.join(",")) })
            })
            .collect();
        if together.is_empty() {
            anonymous = true;
        } else {
            auth = with_scheme(&auth, &together.join("+"), false);
        }
    }
    match auth {
        Auth::Schemes { any_of, .. } => Auth::Schemes { any_of, optional: anonymous },
        Auth::None => Auth::None,
    }
}

/// The entries of `#[openapi(…)]` that list handlers.
pub(super) fn listed(attr: &crate::syntax::facts::Attr) -> Vec<crate::syntax::facts::Path> {
    let metas = entries(attr);
    let lists = metas.iter().filter(|meta| meta.is("paths")).flat_map(Meta::metas);
    lists.filter_map(|meta| meta.raw.path()).collect()
}
