//! salvo: its routes stand in `Router` trees, read by [`super::routers`]. Here: what `#[endpoint(…)]` adds to a handler's
//! signature, and what code reads of a `&mut Request`.

use super::attribute::{Derives, entries, is_macro, list, text_or_word};
use super::document::document;
use super::draft::{Argument, Draft};
use super::own::Own;
use super::{Framework, Reading, Site, Surroundings, answer, utoipa};
use crate::extract::crates::{Crates, DefId, Ty};
use crate::extract::lower::Case;
use crate::model::{Http, In, Media, OpaqueReason, PathTemplate, Reader};
use crate::syntax::facts::{Fields, Function, GenericArg, ItemKind, Path, RawTokens, Segment, Type};
use crate::syntax::tokens::{Cursor, Delimiter, Meta, TokenKind};

pub(super) const ROW: Framework = Framework {
    id: "salvo",
    summary: "`Router::with_path(\"users\").get(h).push(…)`",
    docs: "Read: `with_path`, `path`, `push`, `append`, `then`, the methods, `goal`, filters of paths and methods, across \
           functions and modules; handlers that are types, by their `handle`, or made by `#[craft]`; hoops by their code; `parameters`, `request_body` and \
           `responses` of `#[endpoint(…)]`; what a handler reads of its `&mut Request` under literal names (optional: \
           what it does without them is not read).\n\nNot read: other filters; a `&mut Request` that code hands on: \
           an opaque body.",
    read,
};

const CRATES: &[&str] = &["salvo", "salvo_core", "salvo_oapi", "salvo_macros"];

fn read(_reading: &mut Reading<'_, '_>, _site: &Site<'_>, _surroundings: &Surroundings) {}

/// Adds what `#[endpoint(…)]` says.
pub(super) fn described(reading: &mut Reading<'_, '_>, site: &Site<'_>, path: &PathTemplate, http: Http) -> Http {
    let crates = reading.crates;
    let is_endpoint = |name: Option<String>| name.as_deref() == Some("endpoint");
    let Some(attr) = site.item.attrs.iter().find(|attr| is_endpoint(is_macro(crates, site.module, attr, CRATES)))
    else {
        return http;
    };
    let mut found = document(reading, site, &entries(attr), path);
    found.operation_id = found.operation_id.filter(|id| *id != site.item.name);
    utoipa::complete(reading, site, http, found)
}

/// Is it salvo's request, which code reads?
pub(super) fn is_request(ty: &Ty) -> bool {
    match ty {
        Ty::Ref(inner) => is_request(inner),
        Ty::Foreign(path, _) => {
            matches!(path.split("::").next(), Some("salvo" | "salvo_core")) && path.ends_with("::Request")
        }
        _ => false,
    }
}

/// Adds what the body of a handler reads of its request.
pub(super) fn requested(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    function: &Function,
    draft: &mut Draft<'_>,
    argument: &Argument,
) {
    let mut scan = Scan { reading, site, seen: Vec::new(), more: function.has_body && function.body.is_none() };
    if let Some(body) = &function.body {
        scan.body(body, &argument.name, 0);
    }
    let Scan { seen, mut more, .. } = scan;
    for call in seen {
        let ty = call.ty.as_ref().map(|ty| reading.crates.ty(site.scope, ty));
        let own = Argument { renamed: call.text.clone(), ..argument.clone() };
        let named = |place: In, reader: Reader| Some((place, reader)).filter(|_| call.text.is_some());
        let parameter = match call.method.as_str() {
            "query" => named(In::Query, Reader::UrlEncoded),
            "header" => named(In::Header, Reader::HeaderText),
            "cookie" => named(In::Cookie, Reader::HeaderText),
            "parse_json" | "parse_json_with_max_size" if ty.is_some() => {
                draft.body(reading, "application/json", Reader::Json, ty.as_ref(), argument, true);
                continue;
            }
            "parse_form" if ty.is_some() => {
                let form = "application/x-www-form-urlencoded";
                draft.body(reading, form, Reader::UrlEncoded, ty.as_ref(), argument, true);
                continue;
            }
            "parse_queries" if ty.is_some() => {
                let ty = ty.unwrap_or(Ty::Tuple(Vec::new()));
                let read = reading.lowering.parameters(&ty, In::Query, Reader::UrlEncoded, &argument.name);
                draft.add(read, In::Query, false);
                continue;
            }
            word if BESIDE.contains(&word) => continue,
            _ => None,
        };
        match parameter {
            Some((place, reader)) => {
                // Where the type is left to be inferred, any text may do.
                let ty = ty.unwrap_or_else(super::draft::string);
                draft.named(reading, &ty, place, reader, &own, true);
            }
            None => more = true,
        }
    }
    if more {
        let tokens = Some(reading.crates.code(site.item, site.module));
        let shape = answer::opaque(reading, "&mut Request", OpaqueReason::HandWritten, tokens);
        draft.media(Media { content_type: "*/*".to_owned(), shape, reader: Reader::Raw }, argument, false);
    }
}

/// What a type reads whose extractor `ToParameters` or `Extractible` derives; `None` where neither does, `Some(None)`
/// where it cannot be told. Without a source `ToParameters` reads the query.
pub(super) fn extracted(
    crates: &Crates,
    ty: &Ty,
    (def, args): (DefId, &[Ty]),
    derives: &Derives,
) -> Option<Option<Own>> {
    let parameters = derives.any(&["salvo::oapi::ToParameters", "salvo_oapi::ToParameters"]);
    if !parameters && !derives.any(&["salvo::Extractible", "salvo_macros::Extractible", "salvo_core::Extractible"]) {
        return None;
    }
    Some(fields_extracted(crates, ty, (def, args), parameters))
}

fn fields_extracted(crates: &Crates, ty: &Ty, (def, args): (DefId, &[Ty]), parameters: bool) -> Option<Own> {
    let found = crates.def(def)?;
    let ItemKind::Struct { generics, fields: Fields::Named(members) } = &found.item.kind else { return None };
    let scope = crates.scope_of(def, generics, args)?;
    let metas = list(&found.item.attrs, &["salvo"]);
    let (stated, from_json) = default_source(&metas);
    if from_json {
        return Some(Own::As(Ty::Foreign("salvo::oapi::extract::JsonBody".into(), vec![ty.clone()])));
    }
    let default = stated.or_else(|| parameters.then(|| "query".to_owned()));
    let serde = list(&found.item.attrs, &["serde"]);
    let case = metas.iter().flat_map(Meta::metas).chain(serde.iter().cloned()).find(|meta| meta.is("rename_all"));
    let case = case.and_then(|meta| Case::parse(&meta.string()?));
    let serde_default = serde.iter().any(|meta| meta.is("default"));
    let mut read = Vec::new();
    for field in members {
        let own = list(&field.attrs, &["salvo"]);
        let own: Vec<Meta> = own.iter().flat_map(Meta::metas).collect();
        let serde = list(&field.attrs, &["serde"]);
        // Code of its own reads it from something else.
        let adapted = serde.iter().find(|meta| meta.is("with") || meta.is("deserialize_with"));
        let inner = match adapted.and_then(Meta::string) {
            Some(code) => Ty::Other(code),
            None => crates.ty(&scope, &field.ty),
        };
        let renamed = own.iter().chain(&serde).find(|meta| meta.is("rename")).and_then(Meta::string);
        let cased = || case.map_or_else(|| field.name.to_string(), |case| case.field(&field.name));
        let renamed = renamed.or_else(|| Some(cased()));
        let place = crates.place(found.module, field.pos);
        let argument = Argument { name: field.name.to_string(), renamed, place };
        if own.iter().chain(&serde).any(|meta| meta.is("flatten")) {
            read.push((inner, argument));
            continue;
        }
        let source = own.iter().find_map(field_source).or_else(|| default.clone())?;
        let may_miss = serde_default || serde.iter().any(|meta| meta.is("default"));
        let one = |outer: &str| {
            let required = Ty::Const((!may_miss).to_string());
            Ty::Foreign(format!("salvo::oapi::extract::{outer}").into(), vec![inner.clone(), required])
        };
        let ty = match source.as_str() {
            "param" | "path" => one("PathParam"),
            "query" => one("QueryParam"),
            "header" => one("HeaderParam"),
            "cookie" => one("CookieParam"),
            "depot" => continue,
            _ => return None,
        };
        read.push((ty, argument));
    }
    Some(Own::Fields(read))
}

/// `extract(default_source(from = "query"))`, `parameters(default_parameter_in = Query)`: the source in lower case; and
/// whether the whole type is the JSON of the body.
fn default_source(metas: &[Meta]) -> (Option<String>, bool) {
    let inner = metas.iter().flat_map(Meta::metas);
    for meta in inner {
        if meta.is("default_source") {
            let metas = meta.metas();
            let said = |word: &str| metas.iter().find(|meta| meta.is(word)).and_then(text_or_word);
            let from = said("from").map(|from| from.to_lowercase());
            let json = from.as_deref() == Some("body") && said("parse").is_none_or(|parse| parse != "multimap");
            return (from, json);
        }
        if meta.is("default_parameter_in") {
            return (text_or_word(&meta).map(|place| place.to_lowercase()), false);
        }
    }
    (None, false)
}

/// `source(from = "header")`, `parameter_in = Header`
fn field_source(meta: &Meta) -> Option<String> {
    if meta.is("source") {
        let from = meta.metas().into_iter().find(|meta| meta.is("from"))?;
        return text_or_word(&from).map(|from| from.to_lowercase());
    }
    meta.is("parameter_in").then(|| text_or_word(meta))?.map(|place| place.to_lowercase())
}

/// What the server knows of a request beside what the client promises, and the path, whose parameters are known.
const BESIDE: &[&str] = &[
    "extensions",
    "extensions_mut",
    "local_addr",
    "method",
    "method_mut",
    "param",
    "params",
    "parse_params",
    "path",
    "remote_addr",
    "scheme",
    "uri",
    "version",
];

/// One method of the request.
struct Call {
    method: String,
    ty: Option<Type>,
    text: Option<String>,
}

struct Scan<'s, 'a, 'b> {
    reading: &'s Reading<'a, 'b>,
    site: &'s Site<'s>,
    seen: Vec<Call>,
    /// It is read in another way too.
    more: bool,
}

impl Scan<'_, '_, '_> {
    fn body(&mut self, body: &RawTokens, name: &str, depth: u32) {
        if !name.is_empty() && !name.starts_with('_') {
            let tokens = body.lex();
            self.over(Cursor::new(body, &tokens), name, depth);
        }
    }

    fn over(&mut self, mut cursor: Cursor<'_>, name: &str, depth: u32) {
        if depth > 48 {
            self.more = true;
            return;
        }
        let mut after: Option<char> = None;
        while let Some(token) = cursor.peek() {
            let begins = !matches!(after, Some('.' | ':'));
            after = match &token.kind {
                TokenKind::Punct(c, _) => Some(*c),
                _ => None,
            };
            if let TokenKind::Group(delimiter, _) = &token.kind {
                let delimiter = *delimiter;
                if let Some(inner) = cursor.group(delimiter) {
                    self.over(inner, name, depth + 1);
                }
                continue;
            }
            if begins && token.ident().is_some_and(|word| word == name) {
                cursor.next();
                self.method(&mut cursor, name, depth);
                continue;
            }
            if begins && token.ident().is_some() {
                let mut ahead = cursor;
                let names = ahead.simple_path();
                if ahead.eat("::") {
                    ahead.generic_args();
                }
                if let Some(args) = ahead.group(Delimiter::Paren) {
                    let segment = |name| Segment { name, args: Vec::new(), call: None };
                    let path = Path { global: false, segments: names.into_iter().map(segment).collect() };
                    self.call(&path, args, name, depth);
                    cursor = ahead;
                    continue;
                }
            }
            cursor.next();
        }
    }

    /// What stands behind the request's name.
    fn method(&mut self, cursor: &mut Cursor<'_>, name: &str, depth: u32) {
        let mut ahead = *cursor;
        let Some(method) = Some(()).filter(|()| ahead.eat(".")).and_then(|()| ahead.ident()) else {
            self.more = true;
            return;
        };
        let types = if ahead.eat("::") { ahead.generic_args().unwrap_or_default() } else { Vec::new() };
        let ty = types.into_iter().find_map(|arg| match arg {
            GenericArg::Type(ty) => Some(ty),
            _ => None,
        });
        let ty = ty.filter(|ty| !matches!(ty, Type::Infer));
        let mut inside = ahead;
        let raw = ahead.group_raw(Delimiter::Paren);
        if let Some(inner) = inside.group(Delimiter::Paren) {
            self.over(inner, name, depth + 1);
        }
        let text = raw.as_ref().and_then(RawTokens::string);
        let mut call = Call { method: method.to_string(), ty, text };
        // `req.headers().get("x-a")`
        if call.method == "headers" && ahead.eat(".") && ahead.eat_ident("get") {
            let name = ahead.group_raw(Delimiter::Paren).as_ref().and_then(RawTokens::string);
            call = Call { method: "header".to_owned(), ty: None, text: name };
        }
        self.seen.push(call);
        *cursor = ahead;
    }

    /// A function that may be handed the request.
    fn call(&mut self, path: &Path, args: Cursor<'_>, name: &str, depth: u32) {
        let parts = args.split_commas();
        let is_request = |part: &Cursor<'_>| {
            let mut part = *part;
            while part.eat("&") || part.eat("*") || part.eat_ident("mut") {}
            part.ident().is_some_and(|word| word == name) && part.is_empty()
        };
        let Some(at) = parts.iter().position(is_request) else { return self.over(args, name, depth + 1) };
        for part in parts.iter().filter(|part| !is_request(part)) {
            self.over(*part, name, depth + 1);
        }
        let found = self.reading.crates.value_item(self.site.scope, path);
        match found.map(|(item, _)| &item.kind) {
            Some(ItemKind::Fn(function)) if depth < 24 => {
                let inner = function.params.get(at).and_then(|param| param.name.clone());
                match (&function.body, inner) {
                    (Some(body), Some(inner)) => self.body(body, &inner, depth + 8),
                    _ => self.more = true,
                }
            }
            _ => self.more = true,
        }
    }
}
