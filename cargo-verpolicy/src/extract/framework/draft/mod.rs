//! What one handler reads, argument by argument, on the way to an [`Http`].

mod extracted;

use super::extractor::{ANYWHERE, Role, dialect, raw, reads_absence, role, validates};
use super::{Reading, Site, handwritten, own, template};
use crate::extract::crates::Ty;
use crate::extract::lower::{Dialect, Parameters};
use crate::model::{
    Auth, BlindSpot, BlindSpotKind, Body, Default, Direction, Http, In, Media, Member, MethodSet, Names, Node,
    OpaqueReason, Parameter, PathTemplate, Place, Presence, Reader, Response, Shape, ShapeId, UnknownKeys,
};

/// Nested wrappers and tuples deeper than this are not followed.
const DEPTH: u32 = 16;

/// One argument, or a field that stands for one.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    /// What it is called in Rust; empty where the pattern is no single name.
    pub(super) name: String,
    /// Its wire name where an attribute gives one.
    pub(super) renamed: Option<String>,
    /// Where it stands.
    pub(super) place: Place,
}

/// An [`Http`] while it is being read.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    handler: &'a str,
    path: &'a PathTemplate,
    methods: &'a [MethodSet],
    /// Content type of dropshot's `TypedBody`.
    pub(super) typed_body: (&'static str, Reader),
    /// Arguments that are not known are request guards: they read nothing but who calls.
    pub(super) guards: bool,
    /// An extractor that a hint may name.
    pub(super) example: &'static str,
    http: Http,
    /// It takes a websocket upgrade.
    upgrade: bool,
    /// What the handler's code reads the body into that it is handed as it comes.
    parsed: Option<handwritten::parsed::Parsed>,
    /// The extractor of this side whose code is being read, and where it stands.
    within: Option<(String, Place)>,
    /// The handler itself is handed what is being read, and no extractor of this side.
    direct: bool,
    /// The types that were read as a whole (peeled of their extractor), so that a document that names one again adds
    /// nothing.
    pub(super) read: Vec<Ty>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(handler: &'a str, methods: &'a [MethodSet], path: &'a PathTemplate) -> Self {
        Self {
            handler,
            path,
            methods,
            typed_body: ("application/json", Reader::Json),
            guards: false,
            example: "axum::Json<$1>",
            http: empty(),
            upgrade: false,
            parsed: None,
            within: None,
            direct: true,
            read: Vec::new(),
        }
    }

    /// Reads one argument by its resolved type.
    pub(super) fn argument(&mut self, reading: &mut Reading<'_, '_>, site: &Site<'_>, ty: &Ty, argument: &Argument) {
        reading.lowering.stand(site.module, argument.place.clone());
        let before = reading.lowering.validated;
        reading.lowering.validated |= !argument.name.is_empty() && site.item.calls_on(&argument.name, "validate");
        self.typed(reading, site, ty, argument, false, 0);
        reading.lowering.validated = before;
    }

    fn typed(
        &mut self,
        reading: &mut Reading<'_, '_>,
        site: &Site<'_>,
        ty: &Ty,
        argument: &Argument,
        optional: bool,
        depth: u32,
    ) {
        if depth > DEPTH {
            return self.unknown(reading, "a type nested too deeply", None);
        }
        match ty {
            Ty::Ref(inner) => self.typed(reading, site, inner, argument, optional, depth + 1),
            Ty::Tuple(items) => {
                for item in items {
                    self.typed(reading, site, item, argument, optional, depth + 1);
                }
            }
            Ty::Foreign(path, args) => {
                self.raw(raw(path));
                self.by_hand(reading, site, (path, args), argument);
                if let Some(replaced) = own::configured(reading, site, path, args) {
                    if let Some(ty) = replaced {
                        self.typed(reading, site, &ty, argument, optional, depth + 1);
                    }
                    return;
                }
                match (path.as_ref(), args.first()) {
                    ("std::option::Option", Some(inner)) => {
                        self.typed(reading, site, inner, argument, true, depth + 1);
                    }
                    ("std::result::Result" | "std::boxed::Box", Some(inner)) => {
                        self.typed(reading, site, inner, argument, optional, depth + 1);
                    }
                    _ => match role(path) {
                        Some(role) => {
                            // A validator around another extractor checks what that one reads.
                            let before = (reading.lowering.validated, reading.lowering.dialect);
                            reading.lowering.validated |= validates(path);
                            if before.1 == Dialect::Serde {
                                reading.lowering.dialect = dialect(path);
                            }
                            self.role(reading, site, role, args, argument, optional, depth);
                            (reading.lowering.validated, reading.lowering.dialect) = before;
                        }
                        None => self.unknown(reading, path, None),
                    },
                }
            }
            Ty::Def(def, args) => self.own(reading, site, ty, (*def, args), argument, optional, depth),
            Ty::Impl(_) | Ty::Dyn(_) => self.unknown(reading, "impl Trait", Some(argument.place.clone())),
            other => {
                let name = super::answer::type_name(reading, other);
                // The configuration names it as the blind spot does.
                let key = name.split('<').next().unwrap_or(&name);
                match own::configured(reading, site, key, &[]) {
                    Some(Some(ty)) => self.typed(reading, site, &ty, argument, optional, depth + 1),
                    Some(None) => {}
                    None => self.unknown(reading, &name, Some(argument.place.clone())),
                }
            }
        }
    }

    /// What the handler's own code makes of a part of the request that it is handed as it comes, or as any JSON: a hash
    /// of it.
    fn by_hand(
        &mut self,
        reading: &Reading<'_, '_>,
        site: &Site<'_>,
        (path, args): (&str, &[Ty]),
        argument: &Argument,
    ) {
        let is_value = matches!(args, [Ty::Foreign(inner, _)] if inner.as_ref() == "serde_json::Value");
        let (body, json) = match role(path) {
            _ if self.bodiless() => (false, false),
            Some(Role::RawBody(_)) => (true, false),
            Some(Role::Body(_, Reader::Json)) => (false, is_value),
            _ => (false, false),
        };
        if !self.direct || !body && !json && raw(path).is_empty() || argument.name.is_empty() {
            return;
        }
        self.parsed = if body { handwritten::parsed::parsed(reading.crates, site, &argument.name) } else { None };
        if self.parsed.as_ref().is_some_and(|parsed| !parsed.more) {
            return;
        }
        let code = match (body, json) {
            // What is read of a body may be looked at anywhere.
            (true, _) => Some(reading.crates.code_with_types(site.item, site.module)),
            (false, true) => reading.crates.code_about_with_types(site.item, site.module, &argument.name),
            (false, false) => reading.crates.code_about(site.item, site.module, &argument.name),
        };
        if let Some(code) = code {
            let what = path.rsplit("::").next().unwrap_or(path);
            self.http.code.insert(format!("{}({what})", self.handler), code);
        }
    }

    /// An extractor of this side's own crates.
    #[expect(clippy::too_many_arguments, reason = "where it stands and what it is, each needed once")]
    fn own(
        &mut self,
        reading: &mut Reading<'_, '_>,
        site: &Site<'_>,
        ty: &Ty,
        (def, args): (crate::extract::crates::DefId, &[Ty]),
        argument: &Argument,
        optional: bool,
        depth: u32,
    ) {
        let own = own::extractor(reading, site, ty, def, args);
        // Code that hands the request on may refuse all the same what it is given.
        if matches!(&own, own::Own::Unknown { .. } | own::Own::Code(..)) {
            let path = reading.crates.def(def).map(|found| found.path.to_owned());
            self.http.code.extend(path.zip(handwritten::reads::code(reading.crates, def)));
        }
        let within = matches!(own, own::Own::Code(..)).then(|| reading.crates.def(def)).flatten();
        let within = within.map(|found| (found.path.to_owned(), reading.crates.place(found.module, found.item.pos)));
        let (around, direct) = (self.within.clone(), self.direct);
        self.direct = false;
        // What the outermost reads is put down to it.
        self.within = around.clone().or(within);
        match own {
            own::Own::As(ty) => self.typed(reading, site, &ty, argument, optional, depth + 1),
            own::Own::Fields(fields) => {
                for (ty, argument) in fields {
                    self.typed(reading, site, &ty, &argument, optional, depth + 1);
                }
            }
            own::Own::Code(reads, place) => {
                let before = reading.lowering.validated;
                reading.lowering.validated |= reads.validated;
                for ty in &reads.extractors {
                    self.typed(reading, site, ty, argument, optional, depth + 1);
                }
                reading.lowering.validated = before;
                // Whether one may be missing only the code knows.
                for name in reads.headers.iter().cloned() {
                    let header = Argument { name, ..argument.clone() };
                    self.named(reading, &string(), In::Header, Reader::HeaderText, &header, true);
                }
                if reads.more {
                    let name = reading.crates.def(def).map_or_else(String::new, |found| found.path.to_owned());
                    match reads.refuses {
                        true => self.unknown(reading, &name, Some(place)),
                        false => self.unseen(reading, &name, Some(place)),
                    }
                }
            }
            own::Own::Ignored => {}
            own::Own::Unknown { path, place } => self.unknown(reading, &path, Some(place)),
        }
        (self.within, self.direct) = (around, direct);
    }

    #[expect(clippy::too_many_arguments, reason = "what an argument is, and what stands around it")]
    fn role(
        &mut self,
        reading: &mut Reading<'_, '_>,
        site: &Site<'_>,
        role: Role,
        args: &[Ty],
        argument: &Argument,
        optional: bool,
        depth: u32,
    ) {
        let first = args.first();
        match (role, first) {
            (Role::Ignored, _) => {}
            (Role::Path, Some(ty)) => self.path(reading, ty, argument),
            (Role::Query(reader), Some(ty)) => self.query(reading, ty, reader, argument, optional),
            (Role::Form(reader), Some(ty)) if self.bodiless() => self.query(reading, ty, reader, argument, optional),
            (Role::Form(reader), Some(ty)) => {
                self.body(reading, "application/x-www-form-urlencoded", reader, Some(ty), argument, !optional);
            }
            (Role::Body(content_type, reader), ty) => {
                self.body(reading, content_type, reader, ty, argument, !optional);
            }
            (Role::TypedBody, ty) => {
                let (content_type, reader) = self.typed_body;
                self.body(reading, content_type, reader, ty, argument, !optional);
            }
            (Role::RawBody(_), _) if !self.bodiless() && self.parsed.is_some() => {
                let ty = self.parsed.take().map(|parsed| parsed.ty);
                self.body(reading, "application/json", Reader::Json, ty.as_ref(), argument, true);
            }
            (Role::RawBody(content_type), _) if !self.bodiless() => {
                self.body(reading, content_type, Reader::Raw, None, argument, false);
            }
            (Role::RawBody(_), _) => {}
            (Role::Headers, Some(ty)) => {
                let read = reading.lowering.parameters(ty, In::Header, Reader::HeaderText, &argument.name);
                self.add(read, In::Header, optional);
                self.read.push(ty.clone());
            }
            (Role::TypedHeader, Some(ty)) => {
                let absent = matches!(ty, Ty::Foreign(path, _) if reads_absence(path));
                self.typed_header(reading, ty, argument, optional || absent);
            }
            (Role::Named(place_in, reader), Some(ty)) => {
                let required = !matches!(args.get(1), Some(Ty::Const(text)) if text == "false");
                let name = argument.name.trim_start_matches('_').to_owned();
                let own = Argument { name, ..argument.clone() };
                self.named(reading, ty, place_in, reader, &own, optional || !required);
            }
            (Role::Through(n), _) => match args.get(n) {
                Some(ty) => self.typed(reading, site, ty, argument, optional, depth + 1),
                None => self.unknown(reading, &argument.name, Some(argument.place.clone())),
            },
            (Role::Either, _) => {
                for ty in args {
                    self.typed(reading, site, ty, argument, optional, depth + 1);
                }
            }
            (Role::Credentials(scheme), _) => self.http.auth = with_scheme(&self.http.auth, scheme, optional),
            (Role::Upgrade, _) => self.upgrade = true,
            (Role::Pagination, Some(ty)) => self.pagination(reading, ty, argument),
            (Role::Path | Role::Query(_) | Role::Form(_) | Role::Headers, None)
            | (Role::TypedHeader | Role::Named(..) | Role::Pagination, None) => {
                self.unknown(reading, &argument.name, Some(argument.place.clone()));
            }
        }
    }

    /// Are all methods without a body that readers look at (`GET`, `HEAD`)?
    fn bodiless(&self) -> bool {
        self.methods.iter().all(|method| matches!(method, MethodSet::One(name) if name == "GET" || name == "HEAD"))
    }

    fn query(&mut self, reading: &mut Reading<'_, '_>, ty: &Ty, reader: Reader, argument: &Argument, optional: bool) {
        let read = reading.lowering.parameters(ty, In::Query, reader, &argument.name);
        self.read.push(ty.clone());
        match read.unknown {
            UnknownKeys::Ignored => {}
            UnknownKeys::Denied if optional => {}
            unknown => self.http.unknown_query = unknown,
        }
        self.add(read, In::Query, optional);
    }

    /// One value under the argument's own name.
    pub(super) fn named(
        &mut self,
        reading: &mut Reading<'_, '_>,
        ty: &Ty,
        place_in: In,
        reader: Reader,
        argument: &Argument,
        optional: bool,
    ) {
        let (ty, optional) = match ty {
            Ty::Foreign(path, args) if path.as_ref() == "std::option::Option" => match args.first() {
                Some(inner) => (inner, true),
                None => (ty, true),
            },
            ty => (ty, optional),
        };
        let shape = reading.lowering.value(ty, Direction::Input, reader);
        let wire = argument.renamed.clone().unwrap_or_else(|| argument.name.clone());
        self.push(Parameter {
            place_in,
            member: self.member(argument, &wire),
            names: Names { wire, aliases: Vec::new() },
            presence: if optional { Presence::Maybe } else { Presence::Always },
            default: if optional { Default::None } else { Default::Refused },
            shape,
            reader,
            published: false,
            deprecated: false,
            constraints: Vec::new(),
        });
    }

    /// Adds a body; `ty` is `None` where the body is handed on as it comes.
    pub(super) fn body(
        &mut self,
        reading: &mut Reading<'_, '_>,
        content_type: &str,
        reader: Reader,
        ty: Option<&Ty>,
        argument: &Argument,
        required: bool,
    ) {
        let shape = match ty {
            Some(ty) => {
                self.read.push(ty.clone());
                reading.lowering.value(ty, Direction::Input, reader)
            }
            None if reader == Reader::Multipart => {
                super::answer::opaque(reading, "multipart", OpaqueReason::Erased, None)
            }
            None => reading.lowering.shapes.push(Node::plain(Shape::Any)),
        };
        self.media(Media { content_type: content_type.to_owned(), shape, reader }, argument, required);
    }

    /// Adds one content type of the body.
    pub(super) fn media(&mut self, media: Media, argument: &Argument, required: bool) {
        let member = self.member(argument, "");
        match &mut self.http.request {
            Some(body) => {
                body.required &= required;
                if body.media.iter().all(|known| known.content_type != media.content_type) {
                    body.media.push(media);
                }
            }
            None => {
                let member = Some(member);
                self.http.request = Some(Body { required, media: vec![media], member, published: false });
            }
        }
    }

    /// Adds parameters that a struct gives; all optional where the whole struct is.
    pub(super) fn add(&mut self, read: Parameters, place_in: In, optional: bool) {
        for mut parameter in read.parameters {
            parameter.place_in = place_in;
            if optional && parameter.presence == Presence::Always {
                parameter.presence = Presence::Maybe;
                parameter.default = Default::None;
            }
            self.push(parameter);
        }
    }

    /// Adds one parameter, unless one of that name stands there.
    pub(super) fn push(&mut self, parameter: Parameter) {
        if !self.has(parameter.place_in, &parameter.names.wire) {
            self.http.parameters.push(parameter);
        }
    }

    /// Is there a parameter of that name?
    pub(super) fn has(&self, place_in: In, wire: &str) -> bool {
        self.http.parameters.iter().any(|known| {
            known.place_in == place_in
                && match place_in {
                    In::Header => known.names.wire.eq_ignore_ascii_case(wire),
                    In::Path | In::Query | In::Cookie => known.names.wire == wire,
                }
        })
    }

    /// What a missing parameter means.
    pub(super) fn set_default(&mut self, place_in: In, wire: &str, default: Default) {
        let known = self.http.parameters.iter_mut();
        for parameter in known.filter(|known| known.place_in == place_in && known.names.wire == wire) {
            parameter.default = default.clone();
        }
    }

    /// Limits that are checked.
    pub(super) fn constrain(&mut self, place_in: In, wire: &str, limits: Vec<crate::model::Constraint>) {
        let known = self.http.parameters.iter_mut();
        for parameter in known.filter(|known| known.place_in == place_in && known.names.wire == wire) {
            parameter.constraints.clone_from(&limits);
        }
    }

    /// Credentials that an argument or attribute asks for.
    pub(super) fn credentials(&mut self, scheme: &str, optional: bool) {
        self.http.auth = with_scheme(&self.http.auth, scheme, optional);
    }

    /// An extractor that nobody could look into: it may refuse a request.
    pub(super) fn unknown(&mut self, reading: &mut Reading<'_, '_>, path: &str, place: Option<Place>) {
        if self.http.extractors.iter().any(|known| known == path) {
            return;
        }
        self.http.extractors.push(path.to_owned());
        self.unseen(reading, path, place);
    }

    /// Its code is handed these places of the request as they come.
    fn raw(&mut self, places: &[In]) {
        self.http.raw.extend(places);
        self.http.raw.sort_unstable();
        self.http.raw.dedup();
    }

    /// What an extractor reads is not known.
    fn unseen(&mut self, reading: &mut Reading<'_, '_>, path: &str, place: Option<Place>) {
        self.raw(ANYWHERE);
        let key = path.split('<').next().unwrap_or(path);
        let hint = match self.guards {
            true => format!("a request guard; if it reads nothing that clients send, add `\"{key}\" = \"ignore\"` to"),
            false => format!("add `\"{key}\" = \"ignore\"`, or what it reads (\"{}\"), to", self.example),
        };
        let detail = format!("`{path}`: {hint} [package.metadata.verpolicy.extractors]");
        let kind = BlindSpotKind::UnknownExtractor;
        // Once a type, not once a handler.
        if !reading.blind_spots.iter().any(|spot| spot.kind == kind && spot.detail == detail) {
            reading.blind_spots.push(BlindSpot { kind, place, detail, hides: None });
        }
    }

    /// What a part of the request under the name `wire` is put down to.
    fn member(&self, argument: &Argument, wire: &str) -> Member {
        match &self.within {
            Some((path, place)) => Member::new(path.as_str(), wire, place.clone()),
            None => Member::new(self.handler, argument.name.as_str(), argument.place.clone()),
        }
    }

    /// The whole: path parameters that nothing reads are text, answers are added, everything stands in order.
    pub(super) fn finish(mut self, reading: &mut Reading<'_, '_>, place: &Place, responses: Vec<Response>) -> Http {
        let names = template::parameters(self.path);
        for name in &names {
            if !self.has(In::Path, name) {
                let own = Argument { name: name.clone(), renamed: None, place: place.clone() };
                self.named(reading, &string(), In::Path, Reader::PathText, &own, false);
            }
        }
        let rank = |parameter: &Parameter| match parameter.place_in {
            In::Path => names.iter().position(|name| *name == parameter.names.wire).unwrap_or(names.len()),
            In::Query | In::Header | In::Cookie => 0,
        };
        self.http.parameters.sort_by_key(|parameter| (parameter.place_in, rank(parameter)));
        self.http.responses = match self.upgrade {
            true if responses.iter().all(|answer| super::answer::carries_opaque(reading, answer)) => {
                vec![super::answer::websocket(reading)]
            }
            _ => responses,
        };
        self.http
    }
}

/// Nothing known yet.
pub(super) fn empty() -> Http {
    Http {
        parameters: Vec::new(),
        unknown_query: UnknownKeys::Ignored,
        request: None,
        responses: Vec::new(),
        auth: Auth::None,
        extractors: Vec::new(),
        code: std::collections::BTreeMap::new(),
        raw: Vec::new(),
        layers: std::collections::BTreeMap::new(),
        mount: crate::model::Mount::Yes,
        operation_id: None,
    }
}

/// The type of text.
pub(super) fn string() -> Ty {
    Ty::Foreign("std::string::String".into(), Vec::new())
}

/// Credentials with one more scheme.
pub(super) fn with_scheme(auth: &Auth, scheme: &str, anonymous: bool) -> Auth {
    let (mut any_of, optional) = match auth {
        Auth::None => (Vec::new(), anonymous),
        Auth::Schemes { any_of, optional } => (any_of.clone(), *optional && anonymous),
    };
    any_of.push(scheme.to_owned());
    any_of.sort();
    any_of.dedup();
    Auth::Schemes { any_of, optional }
}

/// `ContentType` to `content-type`.
pub(super) fn kebab(name: &str) -> String {
    let mut out = String::new();
    for (n, c) in name.chars().enumerate() {
        if c.is_uppercase() && n > 0 {
            out.push('-');
        }
        out.extend(c.to_lowercase().map(|c| if c == '_' { '-' } else { c }));
    }
    out
}

/// Is the shape known?
pub(super) fn is_opaque(reading: &Reading<'_, '_>, shape: ShapeId) -> bool {
    matches!(reading.lowering.shapes.get(shape).shape, Shape::Opaque(_))
}
