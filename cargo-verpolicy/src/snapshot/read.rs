//! Text → model.

use super::words::{BLIND_SPOTS, MOUNTS, PLACES_IN, READERS, REASONS, REFUSALS, value};
use super::{
    BodyText, ConditionText, ConstraintText, ContentText, DefaultText, EndpointText, FieldText, FileText, HttpText,
    MediaText, NodeText, ParameterText, ReprText, ResponseText, RouteText, SCHEMA, ShapeText, SnapshotError, StepText,
    UnknownText, VariantText,
    expr::{self, Expr},
};
use crate::model::{
    Auth, BlindSpot, Body, Condition, Constraint, Default, Endpoint, EndpointContent, EndpointKey, EndpointSet,
    EnumShape, Field, Header, Http, In, Inline, Kind, Lifetime, Media, Member, MethodSet, Mount, Names, Node, Object,
    Opaque, Parameter, Payload, Place, Prefix, Presence, Published, Reader, Repr, Response, Shape, ShapeId, Shapes,
    Signature, Stability, Status, Step, TupleItem, Unknown, UnknownKeys, Unread, Variant, Wire,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads a file back.
///
/// # Errors
/// It is not JSON, not a snapshot, written by a newer version, or names a shape that it does not hold.
pub fn read(text: &str) -> Result<EndpointSet, SnapshotError> {
    let head: serde_json::Value = serde_json::from_str(text).map_err(|e| json_error(&e))?;
    match head.get("schema").and_then(serde_json::Value::as_str) {
        Some(SCHEMA) => {}
        Some(other) if other.starts_with("verpolicy.snapshot/") => {
            return Err(wrong(format!(
                "this snapshot is `{other}`: it was written by a newer version of the tool; update cargo-verpolicy"
            )));
        }
        _ => return Err(wrong(format!("this is no snapshot: its `schema` is not `{SCHEMA}`"))),
    }
    let file: FileText = serde_json::from_str(text).map_err(|e| json_error(&e))?;
    let mut reader = ReaderOf { file: &file, shapes: Shapes::default(), named: BTreeMap::new() };
    for name in file.shapes.keys() {
        let id = reader.shapes.reserve();
        reader.named.insert(name.clone(), id);
    }
    for (name, node) in &file.shapes {
        let node = reader.node(node)?;
        if let Some(id) = reader.named.get(name) {
            reader.shapes.set(*id, node);
        }
    }
    let endpoints =
        file.endpoints.iter().enumerate().map(|(i, e)| reader.endpoint(i, e)).collect::<Result<Vec<_>, _>>()?;
    let blind_spots = file
        .blind_spots
        .iter()
        .map(|s| {
            let kind = BLIND_SPOTS.iter().find(|k| k.word() == s.kind).copied();
            let kind = kind.ok_or_else(|| wrong(format!("unknown kind of blind spot `{}`", s.kind)))?;
            let place = s.place.as_deref().map(place).transpose()?;
            Ok(BlindSpot { kind, place, detail: s.detail.clone(), hides: s.hides.clone() })
        })
        .collect::<Result<Vec<_>, SnapshotError>>()?;
    let unread = file
        .unread
        .iter()
        .map(|(module, text)| Ok((module.clone(), Unread { hash: hex(&text.tokens)?, place: place(&text.place)? })));
    let unread = unread.collect::<Result<_, SnapshotError>>()?;
    let shapes = reader.shapes;
    Ok(EndpointSet {
        package: file.package.clone(),
        version: file.version.clone(),
        endpoints,
        shapes,
        blind_spots,
        unread,
        features: file.features.clone(),
        followed: BTreeMap::new(),
    })
}

/// The extractor's revision that wrote a file, where it is another than [`super::EXTRACTOR`]: what the two read
/// differently shows as changes.
#[must_use]
pub fn written_by_another(text: &str) -> Option<u32> {
    let head: serde_json::Value = serde_json::from_str(text).ok()?;
    let revision = u32::try_from(head.get("extractor")?.as_u64()?).ok()?;
    (revision != super::EXTRACTOR).then_some(revision)
}

fn json_error(error: &serde_json::Error) -> SnapshotError {
    SnapshotError {
        line: u32::try_from(error.line()).unwrap_or(0),
        column: u32::try_from(error.column()).unwrap_or(0),
        message: format!("not a snapshot: {error}; write it again with `cargo verpolicy snapshot`"),
    }
}

fn wrong(message: String) -> SnapshotError {
    SnapshotError { line: 0, column: 0, message }
}

fn place(text: &str) -> Result<Place, SnapshotError> {
    let mut parts = text.rsplitn(3, ':');
    let column = parts.next().and_then(|p| p.parse().ok());
    let line = parts.next().and_then(|p| p.parse().ok());
    match (parts.next(), line, column) {
        (Some(file), Some(line), Some(column)) => Ok(Place { file: Arc::from(file), line, column }),
        _ => Err(wrong(format!("`{text}` is no place (file:line:column)"))),
    }
}

fn hex(text: &str) -> Result<u64, SnapshotError> {
    u64::from_str_radix(text, 16).map_err(|_| wrong(format!("`{text}` is no hash")))
}

struct ReaderOf<'a> {
    file: &'a FileText,
    shapes: Shapes,
    named: BTreeMap<String, ShapeId>,
}

impl ReaderOf<'_> {
    fn member(&self, text: &str) -> Result<Member, SnapshotError> {
        let place_text = self.file.places.get(text).ok_or_else(|| wrong(format!("no place for `{text}`")))?;
        let mut parts = text.splitn(3, '#');
        let owner = parts.next().unwrap_or_default().to_owned();
        let name = parts.next().unwrap_or_default().to_owned();
        let condition = self.file.conditions.get(text).map_or(Condition::Always, condition);
        Ok(Member { condition, ..Member::new(owner, name, place(place_text)?) })
    }

    fn maybe_member(&self, text: Option<&String>) -> Result<Option<Member>, SnapshotError> {
        text.map(|t| self.member(t)).transpose()
    }

    fn shape(&mut self, text: &str) -> Result<ShapeId, SnapshotError> {
        let expr = expr::parse(text).ok_or_else(|| wrong(format!("`{text}` is no shape")))?;
        self.expr(&expr)
    }

    fn expr(&mut self, expr: &Expr) -> Result<ShapeId, SnapshotError> {
        if let Expr::Named(name) = expr {
            return self.named.get(name).copied().ok_or_else(|| wrong(format!("no shape is called `{name}`")));
        }
        let shape = self.simple(expr)?;
        Ok(self.shapes.push(Node::plain(shape)))
    }

    fn simple(&mut self, expr: &Expr) -> Result<Shape, SnapshotError> {
        Ok(match expr {
            Expr::Any | Expr::Named(_) => Shape::Any,
            Expr::Null => Shape::Null,
            Expr::Bool => Shape::Bool,
            Expr::Number(number) => Shape::Number(*number),
            Expr::String(format) => Shape::String { format: format.clone() },
            Expr::Nullable(inner) => Shape::Nullable(self.expr(inner)?),
            Expr::List { item, length, reads_string } => {
                Shape::List { item: self.expr(item)?, length: *length, reads_string: *reads_string }
            }
            Expr::Map(key, value) => Shape::Map { key: self.expr(key)?, value: self.expr(value)? },
            Expr::Tuple(items) => Shape::Tuple(
                items
                    .iter()
                    .map(|(e, default)| Ok(TupleItem { shape: self.expr(e)?, default: *default, member: None }))
                    .collect::<Result<_, SnapshotError>>()?,
            ),
        })
    }

    fn node(&mut self, node: &NodeText) -> Result<Node, SnapshotError> {
        let shape = match &node.shape {
            ShapeText::Is(text) => {
                let expr = expr::parse(text).ok_or_else(|| wrong(format!("`{text}` is no shape")))?;
                self.simple(&expr)?
            }
            ShapeText::Tuple(items) => Shape::Tuple(
                items
                    .iter()
                    .map(|i| {
                        let member = self.maybe_member(i.member.as_ref())?;
                        Ok(TupleItem { shape: self.shape(&i.shape)?, default: i.default, member })
                    })
                    .collect::<Result<_, SnapshotError>>()?,
            ),
            ShapeText::Opaque { name, reason, tokens, version } => Shape::Opaque(Opaque {
                name: name.clone(),
                reason: value(REASONS, reason).ok_or_else(|| wrong(format!("unknown reason `{reason}`")))?,
                tokens: tokens.as_deref().map(hex).transpose()?,
                version: version.clone(),
            }),
            ShapeText::Refused { reason, inner } => Shape::Refused {
                reason: REFUSALS
                    .iter()
                    .find(|r| *r == reason)
                    .ok_or_else(|| wrong(format!("unknown reason `{reason}`")))?,
                inner: self.shape(inner)?,
            },
            ShapeText::Object { fields, unknown, unknown_member, inline } => Shape::Object(Object {
                fields: fields.iter().map(|f| self.field(f)).collect::<Result<_, _>>()?,
                unknown: match unknown {
                    None => Unknown::Ignored,
                    Some(UnknownText::Denied) => Unknown::Denied,
                    Some(UnknownText::CatchAll(text)) => Unknown::CatchAll(self.shape(text)?),
                },
                unknown_member: self.maybe_member(unknown_member.as_ref())?,
                inline: inline
                    .iter()
                    .map(|i| {
                        let shape = self.shape(&i.shape)?;
                        Ok(Inline { shape, member: self.member(&i.member)?, group: i.group })
                    })
                    .collect::<Result<_, SnapshotError>>()?,
            }),
            ShapeText::Enum { repr, open, denies_unknown, variants } => Shape::Enum(EnumShape {
                repr: match repr {
                    ReprText::External => Repr::External,
                    ReprText::Internal { tag } => Repr::Internal { tag: tag.clone() },
                    ReprText::Adjacent { tag, content } => {
                        Repr::Adjacent { tag: tag.clone(), content: content.clone() }
                    }
                    ReprText::Untagged => Repr::Untagged,
                    ReprText::Number => Repr::Number,
                },
                open: *open,
                denies_unknown: *denies_unknown,
                variants: variants.iter().map(|v| self.variant(v)).collect::<Result<_, _>>()?,
            }),
        };
        let conversion = node.conversion.as_deref().map(hex).transpose()?;
        let wire_feature = node.wire_feature.clone();
        let def = self.maybe_member(node.member.as_ref())?;
        Ok(Node { shape, def, conversion, by_code: node.by_code, wire_feature })
    }

    fn field(&mut self, field: &FieldText) -> Result<Field, SnapshotError> {
        Ok(Field {
            names: Names { wire: field.name.clone(), aliases: field.aliases.clone() },
            member: self.member(&field.member)?,
            shape: self.shape(&field.shape)?,
            presence: presence(field.always),
            null_distinct: field.null_distinct,
            default: default(field.default.as_ref())?,
            deprecated: field.deprecated,
            group: field.group,
            constraints: constraints(&field.constraints),
        })
    }

    fn variant(&mut self, variant: &VariantText) -> Result<Variant, SnapshotError> {
        let wire = match (&variant.name, &variant.number) {
            (_, Some(number)) => Wire::Number(number.parse().map_err(|_| wrong(format!("`{number}` is no number")))?),
            (name, None) => Wire::Name(name.clone().unwrap_or_default()),
        };
        Ok(Variant {
            wire,
            aliases: variant.aliases.clone(),
            member: self.member(&variant.member)?,
            payload: match &variant.payload {
                None => Payload::Unit,
                Some(text) => Payload::Value(self.shape(text)?),
            },
            other: variant.other,
            untagged: variant.untagged,
            deprecated: variant.deprecated,
        })
    }

    fn endpoint(&mut self, index: usize, text: &EndpointText) -> Result<Endpoint, SnapshotError> {
        let at = |word: &str| self.file.places.get(&format!("{word} {index}"));
        let stands = at("endpoint").ok_or_else(|| wrong(format!("no place for endpoint {index}, `{}`", text.id)))?;
        let (stands, mark_place) = (place(stands)?, at("mark").map(|t| place(t)).transpose()?);
        let kinds = [Kind::Http, Kind::Item, Kind::Message, Kind::Config];
        let kind = kinds.into_iter().find(|k| k.word() == text.kind);
        let kind = kind.ok_or_else(|| wrong(format!("unknown kind `{}`", text.kind)))?;
        let key = match (&text.route, &text.name) {
            (Some(route), _) => route_key(route)?,
            (None, name) => EndpointKey::Named { kind, path: name.clone().unwrap_or_default() },
        };
        Ok(Endpoint {
            key,
            content: self.content(&text.content)?,
            marked: text.marked,
            lifetime: Lifetime {
                since: text.since.as_ref().map(step),
                deprecated: text.deprecated.as_ref().map(step),
                removed: text.removed.as_ref().map(step),
                native: text.native,
            },
            stability: match &text.unstable {
                None => Stability::Stable,
                Some(feature) => Stability::Unstable { feature: Some(feature.clone()).filter(|f| !f.is_empty()) },
            },
            condition: text.condition.as_ref().map_or(Condition::Always, condition),
            published: match text.published {
                Some(true) => Published::Yes,
                Some(false) => Published::No,
                None => Published::Unknown,
            },
            behavior: text.behavior,
            edition: text.edition.clone(),
            section: text.section.clone(),
            documented: text.documented,
            handler: text.handler.clone(),
            framework: text.framework.clone(),
            place: stands,
            mark_place,
        })
    }

    fn content(&mut self, content: &ContentText) -> Result<EndpointContent, SnapshotError> {
        Ok(match content {
            ContentText::Http(http) => EndpointContent::Http(Box::new(self.http(http)?)),
            ContentText::Item { item, text, form, paths, owner } => EndpointContent::Item(Signature {
                item: item.clone(),
                text: text.clone(),
                form: form.clone(),
                paths: paths.clone(),
                owner: owner.clone(),
            }),
            ContentText::Message { input, output, layout } => EndpointContent::Message {
                input: self.shape(input)?,
                output: self.shape(output)?,
                layout: layout.clone(),
            },
            ContentText::Config { input } => EndpointContent::Config { input: self.shape(input)? },
        })
    }

    fn http(&mut self, http: &HttpText) -> Result<Http, SnapshotError> {
        Ok(Http {
            parameters: http.parameters.iter().map(|p| self.parameter(p)).collect::<Result<_, _>>()?,
            unknown_query: match &http.unknown_query {
                None => UnknownKeys::Ignored,
                Some(UnknownText::Denied) => UnknownKeys::Denied,
                Some(UnknownText::CatchAll(text)) => UnknownKeys::CatchAll(self.shape(text)?),
            },
            request: http.request.as_ref().map(|b| self.body(b)).transpose()?,
            responses: http.responses.iter().map(|r| self.response(r)).collect::<Result<_, _>>()?,
            auth: http
                .auth
                .as_ref()
                .map_or(Auth::None, |a| Auth::Schemes { any_of: a.any_of.clone(), optional: a.optional }),
            extractors: http.extractors.clone(),
            code: http.code.iter().map(|(path, code)| Ok((path.clone(), hex(code)?))).collect::<Result<_, _>>()?,
            raw: http.raw.iter().map(|text| place_in(text)).collect::<Result<_, _>>()?,
            layers: http.layers.iter().map(|(name, hash)| Ok((name.clone(), hex(hash)?))).collect::<Result<_, _>>()?,
            mount: match &http.mount {
                None => Mount::Yes,
                Some(text) => value(MOUNTS, text).ok_or_else(|| wrong(format!("unknown word `{text}` of `mount`")))?,
            },
            operation_id: http.operation_id.clone(),
        })
    }

    fn parameter(&mut self, text: &ParameterText) -> Result<Parameter, SnapshotError> {
        Ok(Parameter {
            place_in: place_in(&text.place_in)?,
            names: Names { wire: text.name.clone(), aliases: text.aliases.clone() },
            member: self.member(&text.member)?,
            presence: presence(text.required),
            default: default(text.default.as_ref())?,
            shape: self.shape(&text.shape)?,
            reader: reader(&text.reader)?,
            published: text.published,
            deprecated: text.deprecated,
            constraints: constraints(&text.constraints),
        })
    }

    fn body(&mut self, body: &BodyText) -> Result<Body, SnapshotError> {
        Ok(Body {
            required: body.required,
            media: body.media.iter().map(|m| self.media(m)).collect::<Result<_, _>>()?,
            member: self.maybe_member(body.member.as_ref())?,
            published: body.published,
        })
    }

    fn media(&mut self, media: &MediaText) -> Result<Media, SnapshotError> {
        let shape = self.shape(&media.shape)?;
        Ok(Media { content_type: media.content_type.clone(), shape, reader: reader(&media.reader)? })
    }

    fn response(&mut self, response: &ResponseText) -> Result<Response, SnapshotError> {
        Ok(Response {
            status: status(&response.status)?,
            media: response.media.iter().map(|m| self.media(m)).collect::<Result<_, _>>()?,
            headers: response
                .headers
                .iter()
                .map(|h| {
                    let shape = self.shape(&h.shape)?;
                    Ok(Header { name: h.name.clone(), presence: presence(h.always), shape })
                })
                .collect::<Result<_, SnapshotError>>()?,
            member: self.maybe_member(response.member.as_ref())?,
            by_code: response.by_code,
            published: response.published,
            code: response.code.as_deref().map(hex).transpose()?,
        })
    }
}

fn route_key(route: &RouteText) -> Result<EndpointKey, SnapshotError> {
    let prefix = if route.prefix_unknown { Prefix::Unknown } else { Prefix::Known };
    let path = super::route::parse(&route.path, prefix);
    Ok(EndpointKey::Http {
        service: route.service.clone(),
        path: path.ok_or_else(|| wrong(format!("`{}` is no path", route.path)))?,
        method: if route.method == "ANY" { MethodSet::Any } else { MethodSet::One(route.method.clone()) },
    })
}

fn reader(text: &str) -> Result<Reader, SnapshotError> {
    value(READERS, text).ok_or_else(|| wrong(format!("unknown reader `{text}`")))
}

fn presence(always: bool) -> Presence {
    if always { Presence::Always } else { Presence::Maybe }
}

fn default(text: Option<&DefaultText>) -> Result<Default, SnapshotError> {
    Ok(match text {
        None => Default::Refused,
        Some(DefaultText::None) => Default::None,
        Some(DefaultText::Value(value)) => Default::Value(value.clone()),
        Some(DefaultText::Opaque(hash)) => Default::Opaque(hex(hash)?),
    })
}

fn place_in(text: &str) -> Result<In, SnapshotError> {
    value(PLACES_IN, text).ok_or_else(|| wrong(format!("unknown place `{text}`")))
}

fn constraints(list: &[ConstraintText]) -> Vec<Constraint> {
    list.iter().map(|c| Constraint { kind: c.kind.clone(), value: c.value.clone(), checked: c.checked }).collect()
}

fn step(step: &StepText) -> Step {
    Step { version: step.version.clone(), note: step.note.clone(), replaced_by: step.replaced_by.clone() }
}

fn status(text: &str) -> Result<Status, SnapshotError> {
    Ok(match text {
        "success" => Status::Success,
        "error" => Status::Error,
        "default" => Status::Default,
        text => match text.strip_suffix("XX") {
            Some(digit) => Status::Class(digit.parse().map_err(|_| wrong(format!("`{text}` is no status")))?),
            None => Status::Code(text.parse().map_err(|_| wrong(format!("`{text}` is no status")))?),
        },
    })
}

fn condition(text: &ConditionText) -> Condition {
    match text {
        ConditionText::Never => Condition::Never,
        ConditionText::Feature(name) => Condition::Feature(name.clone()),
        ConditionText::Flag(name) => Condition::Flag(name.clone()),
        ConditionText::KeyValue(key, value) => Condition::KeyValue(key.clone(), value.clone()),
        ConditionText::Not(inner) => Condition::Not(Box::new(condition(inner))),
        ConditionText::All(list) => list.iter().map(condition).fold(Condition::Always, Condition::and),
        ConditionText::Any(list) => list.iter().map(condition).fold(Condition::Never, Condition::or),
    }
}
