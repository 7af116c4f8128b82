//! Types whose derive says what they answer: poem-openapi's `ApiResponse`, Rocket's `Responder`, utoipa's
//! `IntoResponses`. Each variant states a status and carries a payload.

use super::Reading;
use super::answer::{answer, answers};
use super::attribute::{Derives, list};
use super::document::{content_reader, default_content_type};
use super::draft::kebab;
use super::status::status;
use crate::extract::crates::{DefId, Ty};
use crate::model::{
    Direction, Header, Media, Member, Node, Opaque, OpaqueReason, Presence, Reader, Response, Shape, ShapeId, Status,
};
use crate::syntax::facts::{Attr, FieldFact, Fields, ItemKind, Pos, RawTokens};
use crate::syntax::tokens::Meta;

/// A derive, the attribute that states the status, and how the payload is read.
struct Derive {
    path: &'static str,
    attribute: &'static str,
    payload: Payload,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Payload {
    /// A type that answers by itself.
    Answer,
    /// A value whose content type follows from its type.
    Value,
}

const DERIVES: &[Derive] = &[
    Derive { path: "poem_openapi::ApiResponse", attribute: "oai", payload: Payload::Answer },
    Derive { path: "rocket::Responder", attribute: "response", payload: Payload::Answer },
    Derive { path: "utoipa::IntoResponses", attribute: "response", payload: Payload::Value },
];

/// The derive that stands on `def`, if any, gives the answers.
pub(super) fn responses(reading: &mut Reading<'_, '_>, def: DefId, args: &[Ty]) -> Option<Vec<Response>> {
    let crates = reading.crates;
    let found = crates.def(def)?;
    let derives = Derives::of(crates, found.module, &found.item.attrs);
    if derives.any(&["poem_openapi::ResponseContent"]) {
        return contents(reading, def, args).map(|media| vec![answer(Status::Code(200), media)]);
    }
    let derive = DERIVES.iter().find(|derive| derives.any(&[derive.path]))?;
    let (generics, rows) = match &found.item.kind {
        ItemKind::Enum { generics, variants } => {
            let rows = variants.iter().map(|v| (v.name.as_str(), v.attrs.as_slice(), &v.fields, v.pos));
            (generics, rows.collect::<Vec<_>>())
        }
        ItemKind::Struct { generics, fields } => {
            (generics, vec![("", found.item.attrs.as_slice(), fields, found.item.pos)])
        }
        _ => return None,
    };
    let scope = crates.scope_of(def, generics, args)?;
    let mut all = Vec::new();
    for (name, attrs, fields, pos) in rows {
        let types: Vec<(&FieldFact, Ty)> =
            members(fields).iter().map(|field| (field, crates.ty(&scope, &field.ty))).collect();
        let whole = (derive.payload == Payload::Value && name.is_empty() && matches!(fields, Fields::Named(_)))
            .then(|| Ty::Def(def, args.to_vec()));
        let fields = (derive.payload == Payload::Value && !name.is_empty()).then_some(fields);
        let object = match fields {
            Some(Fields::Named(fields)) => {
                let fields: Vec<&FieldFact> = fields.iter().collect();
                Some(reading.lowering.object_of(def, &fields, Direction::Output, Reader::Json))
            }
            _ => None,
        };
        let hash = crates.content(found.item, found.module);
        let row = Row { derive, attrs, types: &types, whole, object, hash, path: found.path };
        let mut response = row.response(reading);
        response.member = Some(member(reading, found.path, name, found.module, pos));
        all.push(response);
    }
    Some(all)
}

/// The content types of a poem-openapi `ResponseContent`, one a variant.
fn contents(reading: &mut Reading<'_, '_>, def: DefId, args: &[Ty]) -> Option<Vec<Media>> {
    let crates = reading.crates;
    let found = crates.def(def)?;
    let ItemKind::Enum { generics, variants } = &found.item.kind else { return None };
    let scope = crates.scope_of(def, generics, args)?;
    let mut all = Vec::new();
    for variant in variants {
        let Some(field) = members(&variant.fields).first() else { continue };
        let stated = list(&variant.attrs, &["oai"]);
        let stated = stated.iter().find(|meta| meta.is("content_type")).and_then(Meta::string);
        let answers = answers(reading, &crates.ty(&scope, &field.ty));
        for mut media in answers.into_iter().next().map(|response| response.media).unwrap_or_default() {
            media.content_type = stated.clone().unwrap_or(media.content_type);
            all.push(media);
        }
    }
    Some(all)
}

fn members(fields: &Fields) -> &[FieldFact] {
    match fields {
        Fields::Named(fields) | Fields::Tuple(fields) => fields,
        Fields::Unit => &[],
    }
}

fn member(
    reading: &Reading<'_, '_>,
    owner: &str,
    name: &str,
    module: crate::extract::crates::ModuleId,
    pos: Pos,
) -> Member {
    Member::new(owner, name, reading.crates.place(module, pos))
}

/// One variant, or a struct.
struct Row<'a> {
    derive: &'a Derive,
    attrs: &'a [Attr],
    types: &'a [(&'a FieldFact, Ty)],
    whole: Option<Ty>,
    /// What the braces of a variant hold.
    object: Option<ShapeId>,
    hash: u64,
    path: &'a str,
}

impl Row<'_> {
    fn response(&self, reading: &mut Reading<'_, '_>) -> Response {
        let metas = list(self.attrs, &[self.derive.attribute]);
        let stated = metas.iter().find(|meta| meta.is("status")).and_then(Meta::value).and_then(status);
        let is_header = |field: &FieldFact| {
            let metas = list(&field.attrs, &[self.derive.attribute]);
            metas.iter().find(|meta| meta.is("header")).map(|meta| meta.string().unwrap_or_default())
        };
        let is_status = |ty: &Ty| matches!(ty, Ty::Foreign(path, _) if path.ends_with("::StatusCode"));
        let payload = self.types.iter().find(|(field, ty)| is_header(field).is_none() && !is_status(ty));
        let mut response = match (self.derive.payload, payload, &self.whole) {
            _ if let Some(shape) = self.object => {
                let media = Media { content_type: "application/json".to_owned(), shape, reader: Reader::Json };
                answer(Status::Code(200), vec![media])
            }
            (Payload::Value, _, Some(ty)) | (Payload::Value, Some((_, ty)), None) => value(reading, ty),
            (Payload::Answer, Some((_, ty)), _) => answers(reading, ty).into_iter().next().unwrap_or_else(|| {
                let name = self.path.to_owned();
                let opaque = Opaque { name, reason: OpaqueReason::Erased, tokens: Some(self.hash), version: None };
                let shape = reading.lowering.shapes.push(Node::plain(Shape::Opaque(opaque)));
                let media = Media { content_type: "*/*".to_owned(), shape, reader: Reader::Raw };
                answer(Status::Success, vec![media])
            }),
            (_, None, _) => answer(Status::Code(200), Vec::new()),
        };
        if self.types.iter().any(|(_, ty)| is_status(ty)) {
            response.status = Status::Success;
        }
        response.status = stated.unwrap_or(response.status);
        if let Some(content_type) = metas.iter().find(|meta| meta.is("content_type")).and_then(Meta::string) {
            for media in &mut response.media {
                media.content_type = super::rocket::content_type(&content_type);
            }
        }
        for (field, ty) in self.types {
            if let Some(name) = is_header(field) {
                response.headers.push(header(reading, ty, &name));
            }
        }
        response
    }
}

fn value(reading: &mut Reading<'_, '_>, ty: &Ty) -> Response {
    let content_type = default_content_type(ty).to_owned();
    let reader = content_reader(&content_type);
    let shape = reading.lowering.value(ty, Direction::Output, reader);
    answer(Status::Code(200), vec![Media { content_type, shape, reader }])
}

fn header(reading: &mut Reading<'_, '_>, ty: &Ty, name: &str) -> Header {
    let (ty, presence) = match ty {
        Ty::Foreign(path, args) if path.as_ref() == "std::option::Option" => {
            (args.first().unwrap_or(ty), Presence::Maybe)
        }
        ty => (ty, Presence::Always),
    };
    let shape = reading.lowering.value(ty, Direction::Output, Reader::HeaderText);
    Header { name: kebab(&name.to_lowercase()), presence, shape }
}

/// The content types that a poem-openapi `ApiRequest` reads, one a variant.
pub(super) fn requests(reading: &mut Reading<'_, '_>, def: DefId, args: &[Ty]) -> Option<Vec<Media>> {
    let crates = reading.crates;
    let found = crates.def(def)?;
    if !Derives::of(crates, found.module, &found.item.attrs).any(&["poem_openapi::ApiRequest"]) {
        return None;
    }
    let ItemKind::Enum { generics, variants } = &found.item.kind else { return None };
    let scope = crates.scope_of(def, generics, args)?;
    let mut media = Vec::new();
    for variant in variants {
        let Some(field) = members(&variant.fields).first() else { continue };
        let stated = list(&variant.attrs, &["oai"]);
        let stated = stated.iter().find(|meta| meta.is("content_type")).and_then(Meta::value);
        if let Some(mut row) = payload(reading, &crates.ty(&scope, &field.ty)) {
            row.content_type = stated.and_then(RawTokens::string).unwrap_or(row.content_type);
            media.push(row);
        }
    }
    Some(media)
}

/// A poem-openapi payload as a body.
pub(super) fn payload(reading: &mut Reading<'_, '_>, ty: &Ty) -> Option<Media> {
    let Ty::Foreign(path, args) = ty else { return None };
    if !path.starts_with("poem_openapi::") {
        return None;
    }
    let (content_type, reader) = match path.rsplit("::").next()? {
        "Json" => ("application/json", Reader::Json),
        "Form" => ("application/x-www-form-urlencoded", Reader::UrlEncoded),
        "Xml" => ("application/xml", Reader::Json),
        "Yaml" => ("application/yaml", Reader::Json),
        "PlainText" | "Base64" => ("text/plain", Reader::Raw),
        "Html" => ("text/html", Reader::Raw),
        "Binary" => ("application/octet-stream", Reader::Raw),
        _ => return None,
    };
    let shape = match (reader, args.first()) {
        (Reader::Raw, _) | (_, None) => {
            let text = content_type.starts_with("text/");
            let shape = if text { Shape::String { format: None } } else { Shape::Any };
            reading.lowering.shapes.push(Node::plain(shape))
        }
        (reader, Some(inner)) => reading.lowering.value(inner, Direction::Input, reader),
    };
    Some(Media { content_type: content_type.to_owned(), shape, reader })
}
