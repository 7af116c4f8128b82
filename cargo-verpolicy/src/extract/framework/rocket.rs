//! Rocket: `#[get("/users/<id>?<q>&<filter..>", data = "<body>")]`; names in the route bind to arguments.

use super::attribute::{args, entries, is_macro, text_or_word};
use super::draft::{Argument, Draft};
use super::handler::argument;
use super::template::{Spelling, parse};
use super::{Framework, Reading, Served, Site, Surroundings, answer, handwritten};
use crate::extract::crates::{Crates, ModuleId, Ty};
use crate::model::{
    Default, In, Member, MethodSet, Names, Node, ParamKind, Parameter, Part, PathTemplate, Presence, Reader, Shape,
    ShapeId,
};
use crate::syntax::facts::{Attr, Function, ItemKind};
use crate::syntax::tokens::Meta;

pub(super) const ROW: Framework = Framework {
    id: "rocket",
    summary: "`#[get(\"/users/<id>?<q>\", data = \"<body>\")]`, `#[route(GET, uri = …)]`",
    docs: "Read: the verb attributes and `#[route]`, path, query and data arguments by name, queries that a route \
           fixes (`?lang=en`), `format`, `mount` with lists that functions, loops and fairings hand on, and bases as \
           far as they are text (`[base, \"/api\"].concat()`: `{?}/api`). A handler that no list names is not \
           served. Where several handlers share a path (`rank`, `format`), what \
           one asks for and the next does not is not required. Files of a `FileServer` are `GET …/{*path}`. Fairings that \
           touch requests or answers count by their code.\n\nNot read: request guards of the project (reported once a type; add a line to \
           `[extractors]`), `rank` (it orders routes, it is no promise), what a `Route::new` made by hand reads.",
    read,
};

const CRATES: &[&str] = &["rocket", "rocket_codegen"];
const VERBS: &[&str] = &["get", "post", "put", "delete", "head", "options", "patch"];

/// What an attribute says.
struct Route {
    methods: Vec<MethodSet>,
    path: PathTemplate,
    query: Vec<String>,
    data: Option<String>,
    format: Option<String>,
}

fn read(reading: &mut Reading<'_, '_>, site: &Site<'_>, _surroundings: &Surroundings) {
    let ItemKind::Fn(function) = &site.item.kind else { return };
    for attr in &site.item.attrs {
        let Some(name) = is_macro(reading.crates, site.module, attr, CRATES) else { continue };
        let Some(route) = route(reading, site, attr, &name) else { continue };
        let http = http(reading, site, function, &route);
        let served =
            Served { methods: route.methods, path: route.path, http, ..super::served(reading, site, attr, ROW.id) };
        reading.served.push(served);
    }
}

/// Is it `#[get("/x")]`, `#[route(…)]`?
pub(super) fn states_route(crates: &Crates, module: ModuleId, attr: &Attr) -> bool {
    is_macro(crates, module, attr, CRATES).is_some_and(|name| name == "route" || VERBS.contains(&name.as_str()))
}

fn route(reading: &mut Reading<'_, '_>, site: &Site<'_>, attr: &Attr, name: &str) -> Option<Route> {
    let metas = entries(attr);
    let word = |word: &str| metas.iter().find(|meta| meta.is(word));
    let (methods, uri) = if VERBS.contains(&name) {
        (vec![MethodSet::One(name.to_uppercase())], metas.first()?.raw.clone())
    } else if name == "route" {
        let method = metas.first().and_then(Meta::word).map(str::to_owned).filter(|name| *name == name.to_uppercase());
        let method = method.or_else(|| word("method").and_then(text_or_word));
        let uri = match word("uri").and_then(Meta::value) {
            Some(uri) => uri.clone(),
            None => metas.iter().find(|meta| meta.raw.string().is_some())?.raw.clone(),
        };
        (vec![method.map_or(MethodSet::Any, |name| MethodSet::One(name.to_uppercase()))], uri)
    } else {
        return None;
    };
    args(attr)?;
    let (path, query) = match uri.string() {
        Some(text) => match text.split_once('?') {
            Some((path, query)) => (parse(path, Spelling::Rocket), query.to_owned()),
            None => (parse(&text, Spelling::Rocket), String::new()),
        },
        None => (super::unread_path(reading, site, attr, &uri), String::new()),
    };
    let query = query.split('&').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let data = word("data").and_then(Meta::string).map(|text| text.trim_matches(['<', '>']).to_owned());
    let format = word("format").and_then(Meta::string);
    Some(Route { methods, path, query, data, format })
}

fn http(reading: &mut Reading<'_, '_>, site: &Site<'_>, function: &Function, route: &Route) -> crate::model::Http {
    let mut draft = Draft::new(site.path, &route.methods, &route.path);
    draft.example = "rocket::serde::json::Json<$1>";
    for param in &function.params {
        let ty = reading.crates.ty(site.scope, &param.ty);
        let own = argument(reading, site, param);
        bind(reading, site, route, &mut draft, &ty, &own);
    }
    for part in route.query.iter().filter(|part| !part.starts_with('<')) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        draft.push(fixed(reading, site, In::Query, name, Some(value)));
    }
    if let Some(format) = &route.format {
        draft.push(negotiated(reading, site, route, &content_type(format)));
    }
    let ret = answer::output_type(reading, site, function.ret.as_ref());
    let place = reading.crates.place(site.module, site.item.pos);
    reading.lowering.stand(site.module, place.clone());
    let responses = handwritten::served(reading, site, &ret);
    let mut http = draft.finish(reading, &place, responses);
    if let (Some(format), Some(body)) = (&route.format, &mut http.request) {
        for media in &mut body.media {
            media.content_type = content_type(format);
        }
    }
    http
}

/// What `format` asks for: where a body is sent a `Content-Type`, else an `Accept` that admits it, if there is one.
fn negotiated(reading: &mut Reading<'_, '_>, site: &Site<'_>, route: &Route, content_type: &str) -> Parameter {
    const BODIES: &[&str] = &["POST", "PUT", "PATCH", "DELETE"];
    let sends = |method: &MethodSet| matches!(method, MethodSet::One(name) if BODIES.contains(&name.as_str()));
    match route.methods.iter().all(sends) {
        true => fixed(reading, site, In::Header, "content-type", None),
        false => {
            let accept = fixed(reading, site, In::Header, "accept", Some(content_type));
            Parameter { presence: Presence::Maybe, default: Default::None, ..accept }
        }
    }
}

/// A parameter that the route itself asks for, with this value where it is one.
fn fixed(reading: &mut Reading<'_, '_>, site: &Site<'_>, place_in: In, name: &str, value: Option<&str>) -> Parameter {
    let place = reading.crates.place(site.module, site.item.pos);
    let member = Member::new(site.path, name, place);
    let shape = match value {
        Some(value) => Shape::literal(value, &member),
        None => Shape::String { format: None },
    };
    let shape: ShapeId = reading.lowering.shapes.push(Node::plain(shape));
    let reader = if place_in == In::Query { Reader::RocketForm } else { Reader::HeaderText };
    Parameter {
        place_in,
        names: Names { wire: name.to_owned(), aliases: Vec::new() },
        member,
        presence: Presence::Always,
        default: Default::Refused,
        shape,
        reader,
        published: false,
        deprecated: false,
        constraints: Vec::new(),
    }
}

/// One argument: by its name a piece of the route, else a guard.
fn bind(reading: &mut Reading<'_, '_>, site: &Site<'_>, route: &Route, draft: &mut Draft<'_>, ty: &Ty, own: &Argument) {
    let in_path =
        route.path.segments.iter().flat_map(|segment| &segment.0).any(
            |part| matches!(part, Part::Param { name, kind: ParamKind::One | ParamKind::Tail } if *name == own.name),
        );
    if in_path {
        // `Option` and `Result` never refuse, but the segment is always there.
        return draft.named(reading, peeled(ty), In::Path, Reader::PathText, own, false);
    }
    if route.query.iter().any(|part| *part == format!("<{}>", own.name)) {
        let inner = peeled(ty);
        let list = matches!(inner, Ty::Foreign(path, _) if path.as_ref() == "std::vec::Vec");
        let flag = matches!(inner, Ty::Primitive(name) if name == "bool");
        let optional = list || flag || inner != ty;
        draft.named(reading, inner, In::Query, Reader::RocketForm, own, optional);
        if flag && inner == ty {
            draft.set_default(In::Query, &own.name, Default::Value("false".to_owned()));
        } else if list {
            draft.set_default(In::Query, &own.name, Default::Value("[]".to_owned()));
        }
        return;
    }
    if route.query.iter().any(|part| *part == format!("<{}..>", own.name)) {
        let inner = peeled(ty);
        let read = reading.lowering.parameters(inner, In::Query, Reader::RocketForm, &own.name);
        return draft.add(read, In::Query, inner != ty);
    }
    if route.data.as_deref() == Some(own.name.as_str()) {
        return data(reading, site, draft, ty, own, true, 0);
    }
    draft.guards = true;
    draft.argument(reading, site, ty, own);
    draft.guards = false;
}

/// The data argument.
fn data(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    draft: &mut Draft<'_>,
    ty: &Ty,
    own: &Argument,
    required: bool,
    depth: u32,
) {
    let ty = if let Ty::Ref(inner) = ty { inner } else { ty };
    let (path, inner) = match ty {
        Ty::Foreign(path, args) => (path.as_ref(), args.first()),
        _ => ("", None),
    };
    let form = "application/x-www-form-urlencoded";
    match (path.split("::").next(), path.rsplit("::").next(), inner) {
        (_, Some("Option" | "Result"), Some(inner)) if depth < 8 => {
            data(reading, site, draft, inner, own, false, depth + 1)
        }
        (Some("rocket"), Some("Capped" | "Strict" | "Lenient"), Some(inner)) if depth < 8 => {
            data(reading, site, draft, inner, own, required, depth + 1);
        }
        (Some("rocket" | "rocket_contrib"), Some("Json"), inner) => {
            draft.body(reading, "application/json", Reader::Json, inner, own, required);
        }
        (Some("rocket" | "rocket_contrib"), Some("MsgPack"), inner) => {
            draft.body(reading, "application/msgpack", Reader::Json, inner, own, required);
        }
        (Some("rocket" | "rocket_contrib"), Some("Form"), inner) => {
            draft.body(reading, form, Reader::RocketForm, inner, own, required)
        }
        (Some("rocket"), Some("Data" | "TempFile" | "Vec" | "RawStr"), _) | (Some("std"), _, _) => {
            draft.body(reading, "*/*", Reader::Raw, None, own, false);
        }
        _ if matches!(ty, Ty::Slice(_)) || matches!(ty, Ty::Primitive(name) if name == "str") => {
            draft.body(reading, "*/*", Reader::Raw, None, own, false);
        }
        _ => {
            let (path, args) = match ty {
                Ty::Foreign(path, args) => (path.to_string(), args.as_slice()),
                Ty::Def(def, args) => {
                    (reading.crates.def(*def).map_or("", |found| found.path).to_owned(), args.as_slice())
                }
                _ => (String::new(), [].as_slice()),
            };
            match super::own::configured(reading, site, &path, args) {
                Some(Some(stated)) => draft.argument(reading, site, &stated, own),
                Some(None) => {}
                None => {
                    let name = answer::type_name(reading, ty);
                    draft.unknown(reading, &name, Some(own.place.clone()));
                }
            }
        }
    }
}

/// Without `Option` or `Result`.
fn peeled(ty: &Ty) -> &Ty {
    match ty {
        Ty::Foreign(path, args) if matches!(path.as_ref(), "std::option::Option" | "std::result::Result") => {
            args.first().unwrap_or(ty)
        }
        Ty::Foreign(path, args) if path.starts_with("rocket::") && path.ends_with("::Result") => {
            args.first().unwrap_or(ty)
        }
        ty => ty,
    }
}

/// Rocket's short names for content types.
pub(super) fn content_type(format: &str) -> String {
    match format {
        "json" => "application/json",
        "form" => "application/x-www-form-urlencoded",
        "msgpack" => "application/msgpack",
        "html" => "text/html",
        "plain" | "text" => "text/plain",
        "xml" => "text/xml",
        "multipart" => "multipart/form-data",
        "bytes" | "binary" => "application/octet-stream",
        other => other,
    }
    .to_owned()
}
