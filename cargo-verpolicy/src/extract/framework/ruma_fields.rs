//! The fields of Ruma's `Request` and `Response`: which part of the exchange each of them is.

use super::attribute::{entries, list, path_list};
use super::draft::{Argument, Draft, empty, kebab};
use super::ruma::{Metadata, word};
use super::{Reading, Site, answer};
use crate::extract::crates::{DefId, Namespace, Resolved, Ty};
use crate::model::{
    Body, Condition, Direction, Header, Http, In, Media, Member, MethodSet, Node, Opaque, OpaqueReason, PathTemplate,
    Presence, Reader, Response, Shape, ShapeId, Status,
};
use crate::syntax::facts::{Attr, FieldFact, Fields, Item, ItemKind};
use crate::syntax::tokens::Meta;

/// What was read, and of which item.
pub(super) struct Exchange {
    pub(super) http: Http,
    pub(super) handler: String,
    pub(super) documented: bool,
    pub(super) condition: Condition,
}

/// Where a field travels.
enum Part {
    Path,
    Query,
    QueryAll,
    Header(String),
    Body,
    RawBody,
    /// A field of the JSON body.
    Field,
}

fn part(field: &FieldFact) -> Part {
    for meta in list(&field.attrs, &["ruma_api"]) {
        match meta.word() {
            Some("path") => return Part::Path,
            Some("query") => return Part::Query,
            // `query_map` is what `query_all` was called before.
            Some("query_all" | "query_map") => return Part::QueryAll,
            Some("header") => {
                let name = meta.value_path().and_then(|path| path.segments.last().map(|s| s.name.to_string()));
                return Part::Header(name.unwrap_or_default().to_lowercase().replace('_', "-"));
            }
            Some("body") => return Part::Body,
            Some("raw_body") => return Part::RawBody,
            _ => {}
        }
    }
    Part::Field
}

/// `Request` (or `@for Type`) and `Response` of the site's module.
pub(super) fn of_structs(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    metadata: &Metadata,
    methods: &[MethodSet],
    path: &PathTemplate,
) -> Exchange {
    let request = metadata.request.clone().unwrap_or_else(|| word("Request"));
    let request = local(reading, site, &request);
    let response = local(reading, site, &word("Response"));
    let module = reading.crates.module_path(site.module);
    let mut exchange = Exchange {
        http: empty(),
        handler: format!("{module}::Request"),
        documented: site.item.documented,
        condition: Condition::Always,
    };
    match request {
        Some(def) => {
            if let Some(found) = reading.crates.def(def) {
                exchange.handler = found.path.to_owned();
                exchange.documented = found.item.documented;
            }
            exchange.http = read_request(reading, def, methods, path);
        }
        None => exchange.http = unknown_request(reading, methods, path, "Request", None),
    }
    let success = match response {
        Some(def) => read_response(reading, def),
        None => opaque_answer(reading, "Response", None),
    };
    let shape = error(reading, site, [response, request]);
    let media = Media { content_type: "application/json".to_owned(), shape, reader: Reader::Json };
    exchange.http.responses = vec![success, answer::answer(Status::Error, vec![media])];
    exchange
}

fn local(reading: &Reading<'_, '_>, site: &Site<'_>, path: &crate::syntax::facts::Path) -> Option<DefId> {
    match reading.crates.resolve(site.module, path, Namespace::Type) {
        Resolved::Def(def) => Some(def),
        _ => None,
    }
}

fn members(fields: &Fields) -> &[FieldFact] {
    match fields {
        Fields::Named(fields) | Fields::Tuple(fields) => fields,
        Fields::Unit => &[],
    }
}

fn read_request(reading: &mut Reading<'_, '_>, def: DefId, methods: &[MethodSet], path: &PathTemplate) -> Http {
    let crates = reading.crates;
    let Some(found) = crates.def(def) else { return empty() };
    let marked = found.item.attrs.iter().any(|attr| attr.path.last().is_some_and(|name| name == "request"));
    let (ItemKind::Struct { generics, fields }, true) = (&found.item.kind, marked) else {
        let tokens = code(reading, def, Direction::Input);
        return unknown_request(reading, methods, path, found.path, Some(tokens));
    };
    let Some(scope) = crates.scope_of(def, generics, &[]) else { return empty() };
    let mut draft = Draft::new(found.path, methods, path);
    let mut body: Vec<&FieldFact> = Vec::new();
    for field in members(fields) {
        let place = crates.place(found.module, field.pos);
        let own = Argument { name: field.name.to_string(), renamed: None, place };
        let ty = crates.ty(&scope, &field.ty);
        match part(field) {
            Part::Path => {
                let mut read = reading.lowering.parameters_of(def, &[field], In::Path, Reader::PathText);
                for parameter in &mut read.parameters {
                    parameter.names.wire = field.name.to_string();
                    parameter.presence = crate::model::Presence::Always;
                }
                if read.parameters.is_empty() {
                    draft.named(reading, &ty, In::Path, Reader::PathText, &own, false);
                } else {
                    draft.add(read, In::Path, false);
                }
            }
            Part::Query => {
                let read = reading.lowering.parameters_of(def, &[field], In::Query, Reader::HtmlForm);
                draft.add(read, In::Query, false);
            }
            Part::QueryAll => {
                let read = reading.lowering.parameters(&ty, In::Query, Reader::HtmlForm, &field.name);
                draft.add(read, In::Query, false);
            }
            Part::Header(name) => {
                let own = Argument { renamed: Some(name), ..own };
                draft.named(reading, &ty, In::Header, Reader::HeaderText, &own, false);
            }
            Part::Body => {
                let shape = reading.lowering.value_of(def, field, Direction::Input, Reader::Json);
                let media = Media { content_type: "application/json".to_owned(), shape, reader: Reader::Json };
                draft.media(media, &own, true);
            }
            Part::RawBody => draft.body(reading, "*/*", Reader::Raw, None, &own, true),
            Part::Field => body.push(field),
        }
    }
    let place = crates.place(found.module, found.item.pos);
    if !body.is_empty() {
        let shape = reading.lowering.object_of(def, &body, Direction::Input, Reader::Json);
        let media = Media { content_type: "application/json".to_owned(), shape, reader: Reader::Json };
        let needed = needs_a_field(reading, shape);
        draft.media(media, &Argument { name: String::new(), renamed: None, place: place.clone() }, needed);
    }
    draft.finish(reading, &place, Vec::new())
}

/// Must one of the fields be sent? Ruma reads no body at all as `{}`.
fn needs_a_field(reading: &Reading<'_, '_>, shape: ShapeId) -> bool {
    match &reading.lowering.shapes.get(shape).shape {
        Shape::Object(object) => {
            object.fields.iter().any(|field| field.presence == Presence::Always && field.group.is_none())
                || object.inline.iter().any(|inline| inline.group.is_none())
        }
        _ => true,
    }
}

/// What an attribute without `error = …` stands for, in one version of Ruma or another.
const ERRORS: &[&[&str]] = &[
    &["ruma_common", "api", "error", "MatrixError"],
    &["ruma_common", "api", "error", "Error"],
    &["ruma", "api", "error", "MatrixError"],
    &["ruma", "api", "error", "Error"],
];

/// The body of an error: that of the type which one of these items names, else of Ruma's own. Its code is written by hand.
fn error(reading: &mut Reading<'_, '_>, site: &Site<'_>, items: [Option<DefId>; 2]) -> ShapeId {
    let named = items.into_iter().flatten().find_map(|def| {
        let attrs = &reading.crates.def(def)?.item.attrs;
        let own = |attr: &&Attr| attr.path.last().is_some_and(|name| name == "response" || name == "request");
        let mut metas = attrs.iter().filter(own).flat_map(entries);
        metas.find(|meta| meta.is("error"))?.value_path()
    });
    let def = match &named {
        Some(path) => local(reading, site, path),
        None => ERRORS.iter().find_map(|names| local(reading, site, &path_list(names))),
    };
    match def.and_then(|def| Some((def, reading.crates.def(def)?.path.to_owned()))) {
        Some((def, path)) => {
            let tokens = code(reading, def, Direction::Output);
            opaque(reading, &path, Some(tokens))
        }
        None => {
            // Of what is not at hand Ruma's own is known by many names.
            let last = named.as_ref().and_then(|path| path.segments.last());
            let interactive = last.is_some_and(|last| last.name == "UiaaResponse");
            opaque(reading, if interactive { "UiaaResponse" } else { "MatrixError" }, None)
        }
    }
}

fn read_response(reading: &mut Reading<'_, '_>, def: DefId) -> Response {
    let crates = reading.crates;
    let Some(found) = crates.def(def) else { return opaque_answer(reading, "Response", None) };
    let attr = found.item.attrs.iter().find(|attr| attr.path.last().is_some_and(|name| name == "response"));
    let marked = attr.is_some();
    let metas = attr.map(entries).unwrap_or_default();
    let status = metas.iter().find(|meta| meta.is("status")).and_then(Meta::value).and_then(super::status::status);
    let by_hand = list(&found.item.attrs, &["ruma_api"]).iter().any(|meta| meta.is("manual_body_serde"));
    if let (true, Some(shape)) = (by_hand, reading.lowering.by_hand(def, "ResponseBody", Direction::Output)) {
        let media = vec![Media { content_type: "application/json".to_owned(), shape, reader: Reader::Json }];
        return answer::answer(status.unwrap_or(Status::Code(200)), media);
    }
    let (ItemKind::Struct { generics, fields }, true, false) = (&found.item.kind, marked, by_hand) else {
        let tokens = code(reading, def, Direction::Output);
        return opaque_answer(reading, found.path, Some(tokens));
    };
    let Some(scope) = crates.scope_of(def, generics, &[]) else {
        let tokens = code(reading, def, Direction::Output);
        return opaque_answer(reading, found.path, Some(tokens));
    };
    let mut response = answer::answer(status.unwrap_or(Status::Code(200)), Vec::new());
    let place = crates.place(found.module, found.item.pos);
    response.member = Some(Member::new(found.path, "", place));
    let mut body: Vec<&FieldFact> = Vec::new();
    let mut whole: Option<Media> = None;
    for field in members(fields) {
        let ty = crates.ty(&scope, &field.ty);
        match part(field) {
            Part::Header(name) => response.headers.push(header(reading, &ty, name)),
            Part::Body => {
                let shape = reading.lowering.value_of(def, field, Direction::Output, Reader::Json);
                whole = Some(Media { content_type: "application/json".to_owned(), shape, reader: Reader::Json });
            }
            Part::RawBody => {
                let shape = reading.lowering.shapes.push(Node::plain(Shape::Any));
                whole = Some(Media { content_type: "*/*".to_owned(), shape, reader: Reader::Raw });
            }
            Part::Path | Part::Query | Part::QueryAll | Part::Field => body.push(field),
        }
    }
    let media = whole.unwrap_or_else(|| {
        let shape = reading.lowering.object_of(def, &body, Direction::Output, Reader::Json);
        Media { content_type: "application/json".to_owned(), shape, reader: Reader::Json }
    });
    response.media.push(media);
    response
}

/// Hash of the code that reads or writes a type by hand, its impl of Ruma's trait, and of what the type is made of.
fn code(reading: &mut Reading<'_, '_>, def: DefId, direction: Direction) -> u64 {
    let crates = reading.crates;
    let name = if direction == Direction::Input { "IncomingRequest" } else { "OutgoingResponse" };
    let is = |item: &Item| match &item.kind {
        ItemKind::Impl(fact) => {
            fact.trait_path.as_ref().and_then(|path| path.segments.last()).is_some_and(|last| last.name == name)
        }
        _ => false,
    };
    let by_hand = crates.impls_for(def).into_iter().find(|(item, _)| is(item));
    let whole = || crates.def(def).map_or(0, |found| crates.content(found.item, found.module));
    let code = by_hand.map_or_else(whole, |(item, module)| crates.code_with_types(item, module));
    reading.lowering.with_parts(code, def, direction)
}

fn header(reading: &mut Reading<'_, '_>, ty: &Ty, name: String) -> Header {
    let (ty, presence) = match ty {
        Ty::Foreign(path, args) if path.as_ref() == "std::option::Option" => {
            (args.first().unwrap_or(ty), Presence::Maybe)
        }
        ty => (ty, Presence::Always),
    };
    Header { name: kebab(&name), presence, shape: reading.lowering.value(ty, Direction::Output, Reader::HeaderText) }
}

fn unknown_request(
    reading: &mut Reading<'_, '_>,
    methods: &[MethodSet],
    path: &PathTemplate,
    name: &str,
    tokens: Option<u64>,
) -> Http {
    let place = crate::model::Place { file: std::sync::Arc::from(""), line: 0, column: 0 };
    let mut http = Draft::new(name, methods, path).finish(reading, &place, Vec::new());
    let shape = opaque(reading, name, tokens);
    let media = Media { content_type: "*/*".to_owned(), shape, reader: Reader::Raw };
    http.request = Some(Body { required: false, media: vec![media], member: None, published: false });
    http
}

fn opaque_answer(reading: &mut Reading<'_, '_>, name: &str, tokens: Option<u64>) -> Response {
    let shape = opaque(reading, name, tokens);
    let media = Media { content_type: "*/*".to_owned(), shape, reader: Reader::Raw };
    answer::answer(Status::Code(200), vec![media])
}

fn opaque(reading: &mut Reading<'_, '_>, name: &str, tokens: Option<u64>) -> ShapeId {
    let opaque = Opaque { name: name.to_owned(), reason: OpaqueReason::HandWritten, tokens, version: None };
    reading.lowering.shapes.push(Node::plain(Shape::Opaque(opaque)))
}
