//! Model → text.

use super::words::{MOUNTS, PLACES_IN, READERS, REASONS, word};
use super::{
    AuthText, BlindSpotText, BodyText, ConditionText, ConstraintText, ContentText, DefaultText, EXTRACTOR,
    EndpointText, FieldText, FileText, HeaderText, HttpText, InlineText, ItemText, MediaText, NodeText, ParameterText,
    ReprText, ResponseText, RouteText, SCHEMA, ShapeText, StepText, UnknownText, UnreadText, VariantText, expr, route,
};
use crate::model::{
    Auth, Body, Condition, Constraint, Default, Endpoint, EndpointContent, EndpointKey, EndpointSet, Field, Http,
    Media, Member, Mount, Parameter, Payload, Place, Prefix, Presence, Published, Repr, Response, Shape, ShapeId,
    Signature, Stability, Step, Unknown, UnknownKeys, Unread, Variant, Wire,
};
use std::collections::BTreeMap;

/// The file's text.
#[must_use]
pub fn write(set: &EndpointSet) -> String {
    let mut writer = Writer { set, names: name_nodes(set), conditions: BTreeMap::new(), places: BTreeMap::new() };
    let ids = set.ids();
    let endpoints = set.endpoints.iter().zip(&ids).enumerate().map(|(i, (e, id))| writer.endpoint(i, e, id)).collect();
    let mut shapes = BTreeMap::new();
    let named: Vec<(ShapeId, String)> = writer.names.iter().map(|(id, name)| (*id, name.clone())).collect();
    for (id, name) in named {
        let node = writer.node(id);
        shapes.insert(name, node);
    }
    let blind_spots = set
        .blind_spots
        .iter()
        .map(|s| BlindSpotText {
            kind: s.kind.word().to_owned(),
            detail: s.detail.clone(),
            place: s.place.as_ref().map(place_text),
            hides: s.hides.clone(),
        })
        .collect();
    let file = FileText {
        schema: SCHEMA.to_owned(),
        extractor: EXTRACTOR,
        package: set.package.clone(),
        version: set.version.clone(),
        endpoints,
        shapes,
        blind_spots,
        features: set.features.clone(),
        unread: set.unread.iter().map(|(module, unread)| (module.clone(), unread_text(unread))).collect(),
        conditions: writer.conditions,
        places: writer.places,
    };
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

fn unread_text(unread: &Unread) -> UnreadText {
    UnreadText { tokens: hex(unread.hash), place: place_text(&unread.place) }
}

fn place_text(place: &Place) -> String {
    format!("{}:{}:{}", place.file, place.line, place.column)
}

/// Names for the nodes that need a definition of their own, in the order in which endpoints reach them.
fn name_nodes(set: &EndpointSet) -> BTreeMap<ShapeId, String> {
    let mut names: BTreeMap<ShapeId, String> = BTreeMap::new();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut stack: Vec<ShapeId> = Vec::new();
    for endpoint in &set.endpoints {
        stack.extend(roots(&endpoint.content).into_iter().rev());
        while let Some(id) = stack.pop() {
            if !seen.insert(id) {
                continue;
            }
            let node = set.shapes.get(id);
            let own = matches!(
                node.shape,
                Shape::Opaque(_) | Shape::Refused { .. } | Shape::Object(_) | Shape::Enum(_) | Shape::Tuple(_)
            );
            if own || node.def.is_some() || node.conversion.is_some() || node.wire_feature.is_some() {
                let base = match (&node.def, &node.shape) {
                    (Some(def), _) => def.owner.clone(),
                    (None, Shape::Opaque(opaque)) => format!("opaque {}", opaque.name),
                    (None, Shape::Tuple(_)) => "tuple".to_owned(),
                    (None, _) => "shape".to_owned(),
                };
                let base: String = base.chars().filter(|c| !matches!(c, '\u{2039}' | '\u{203a}')).collect();
                let count = taken.entry(base.clone()).or_insert(0);
                *count += 1;
                names.insert(id, if *count == 1 { base } else { format!("{base} #{count}") });
            }
            stack.extend(children(&node.shape).into_iter().rev());
        }
    }
    names
}

fn roots(content: &EndpointContent) -> Vec<ShapeId> {
    match content {
        EndpointContent::Item(_) => Vec::new(),
        EndpointContent::Message { input, output, .. } => vec![*input, *output],
        EndpointContent::Config { input } => vec![*input],
        EndpointContent::Http(http) => {
            let mut ids: Vec<ShapeId> = http.parameters.iter().map(|p| p.shape).collect();
            if let UnknownKeys::CatchAll(id) = http.unknown_query {
                ids.push(id);
            }
            ids.extend(http.request.iter().flat_map(|b| &b.media).map(|m| m.shape));
            for response in &http.responses {
                ids.extend(response.media.iter().map(|m| m.shape));
                ids.extend(response.headers.iter().map(|h| h.shape));
            }
            ids
        }
    }
}

fn children(shape: &Shape) -> Vec<ShapeId> {
    match shape {
        Shape::Any | Shape::Opaque(_) | Shape::Null | Shape::Bool | Shape::Number(_) | Shape::String { .. } => {
            Vec::new()
        }
        Shape::Refused { inner: id, .. } | Shape::Nullable(id) | Shape::List { item: id, .. } => vec![*id],
        Shape::Tuple(items) => items.iter().map(|i| i.shape).collect(),
        Shape::Map { key, value } => vec![*key, *value],
        Shape::Object(object) => {
            let mut ids: Vec<ShapeId> = object.fields.iter().map(|f| f.shape).collect();
            ids.extend(object.inline.iter().map(|i| i.shape));
            if let Unknown::CatchAll(id) = object.unknown {
                ids.push(id);
            }
            ids
        }
        Shape::Enum(shape) => shape
            .variants
            .iter()
            .filter_map(|v| match v.payload {
                Payload::Unit => None,
                Payload::Value(id) => Some(id),
            })
            .collect(),
    }
}

struct Writer<'a> {
    set: &'a EndpointSet,
    names: BTreeMap<ShapeId, String>,
    conditions: BTreeMap<String, ConditionText>,
    places: BTreeMap<String, String>,
}

impl Writer<'_> {
    fn shape(&self, id: ShapeId) -> String {
        expr::render(&self.set.shapes, id, &|id| self.names.get(&id).cloned())
    }

    /// `owner#name`; its place goes to the end of the file. Members of one name at two places get a number.
    fn member(&mut self, member: &Member) -> String {
        let place = place_text(&member.place);
        let base = format!("{}#{}", member.owner, member.name);
        let mut name = base.clone();
        let mut count = 1;
        while self.places.get(&name).is_some_and(|p| *p != place) {
            count += 1;
            name = format!("{base}#{count}");
        }
        if let Some(condition) = condition(&member.condition) {
            self.conditions.insert(name.clone(), condition);
        }
        self.places.insert(name.clone(), place);
        name
    }

    fn endpoint(&mut self, index: usize, endpoint: &Endpoint, id: &str) -> EndpointText {
        self.places.insert(format!("endpoint {index}"), place_text(&endpoint.place));
        if let Some(mark) = &endpoint.mark_place {
            self.places.insert(format!("mark {index}"), place_text(mark));
        }
        let (route, name) = match &endpoint.key {
            EndpointKey::Http { service, path, method } => {
                let route = RouteText {
                    service: service.clone(),
                    method: method.to_string(),
                    prefix_unknown: path.prefix == Prefix::Unknown,
                    path: route::render(path),
                };
                (Some(route), None)
            }
            EndpointKey::Named { path, .. } => (None, Some(path.clone())),
        };
        EndpointText {
            id: id.to_owned(),
            kind: endpoint.kind().word().to_owned(),
            marked: endpoint.marked,
            since: endpoint.lifetime.since.as_ref().map(step),
            deprecated: endpoint.lifetime.deprecated.as_ref().map(step),
            removed: endpoint.lifetime.removed.as_ref().map(step),
            native: endpoint.lifetime.native,
            unstable: match &endpoint.stability {
                Stability::Stable => None,
                Stability::Unstable { feature } => Some(feature.clone().unwrap_or_default()),
            },
            condition: condition(&endpoint.condition),
            published: match endpoint.published {
                Published::Yes => Some(true),
                Published::No => Some(false),
                Published::Unknown => None,
            },
            behavior: endpoint.behavior,
            edition: endpoint.edition.clone(),
            section: endpoint.section.clone(),
            documented: endpoint.documented,
            handler: endpoint.handler.clone(),
            framework: endpoint.framework.clone(),
            route,
            name,
            content: self.content(&endpoint.content),
        }
    }

    fn content(&mut self, content: &EndpointContent) -> ContentText {
        match content {
            EndpointContent::Http(http) => ContentText::Http(self.http(http)),
            EndpointContent::Item(Signature { item, text, form, paths, owner }) => ContentText::Item {
                item: item.clone(),
                text: text.clone(),
                form: form.clone(),
                paths: paths.clone(),
                owner: owner.clone(),
            },
            EndpointContent::Message { input, output, layout } => {
                ContentText::Message { input: self.shape(*input), output: self.shape(*output), layout: layout.clone() }
            }
            EndpointContent::Config { input } => ContentText::Config { input: self.shape(*input) },
        }
    }

    fn http(&mut self, http: &Http) -> HttpText {
        HttpText {
            parameters: http.parameters.iter().map(|p| self.parameter(p)).collect(),
            unknown_query: match http.unknown_query {
                UnknownKeys::Ignored => None,
                UnknownKeys::Denied => Some(UnknownText::Denied),
                UnknownKeys::CatchAll(id) => Some(UnknownText::CatchAll(self.shape(id))),
            },
            request: http.request.as_ref().map(|b| self.body(b)),
            responses: http.responses.iter().map(|r| self.response(r)).collect(),
            auth: match &http.auth {
                Auth::None => None,
                Auth::Schemes { any_of, optional } => Some(AuthText { any_of: any_of.clone(), optional: *optional }),
            },
            extractors: http.extractors.clone(),
            code: http.code.iter().map(|(path, code)| (path.clone(), hex(*code))).collect(),
            raw: http.raw.iter().map(|place| word(PLACES_IN, place).to_owned()).collect(),
            layers: http.layers.iter().map(|(name, hash)| (name.clone(), hex(*hash))).collect(),
            mount: Some(http.mount).filter(|mounted| *mounted != Mount::Yes).map(|m| word(MOUNTS, &m).to_owned()),
            operation_id: http.operation_id.clone(),
        }
    }

    fn parameter(&mut self, parameter: &Parameter) -> ParameterText {
        ParameterText {
            place_in: word(PLACES_IN, &parameter.place_in).to_owned(),
            name: parameter.names.wire.clone(),
            aliases: parameter.names.aliases.clone(),
            shape: self.shape(parameter.shape),
            required: parameter.presence == Presence::Always,
            default: default(&parameter.default),
            reader: word(READERS, &parameter.reader).to_owned(),
            published: parameter.published,
            deprecated: parameter.deprecated,
            constraints: parameter.constraints.iter().map(constraint).collect(),
            member: self.member(&parameter.member),
        }
    }

    fn body(&mut self, body: &Body) -> BodyText {
        BodyText {
            required: body.required,
            media: body.media.iter().map(|m| self.media(m)).collect(),
            member: body.member.as_ref().map(|m| self.member(m)),
            published: body.published,
        }
    }

    fn media(&self, media: &Media) -> MediaText {
        MediaText {
            content_type: media.content_type.clone(),
            shape: self.shape(media.shape),
            reader: word(READERS, &media.reader).to_owned(),
        }
    }

    fn response(&mut self, response: &Response) -> ResponseText {
        ResponseText {
            status: response.status.to_string(),
            media: response.media.iter().map(|m| self.media(m)).collect(),
            headers: response
                .headers
                .iter()
                .map(|h| HeaderText {
                    name: h.name.clone(),
                    always: h.presence == Presence::Always,
                    shape: self.shape(h.shape),
                })
                .collect(),
            member: response.member.as_ref().map(|m| self.member(m)),
            by_code: response.by_code,
            published: response.published,
            code: response.code.map(hex),
        }
    }

    fn node(&mut self, id: ShapeId) -> NodeText {
        let set = self.set;
        let node = set.shapes.get(id);
        let shape = match &node.shape {
            Shape::Opaque(opaque) => ShapeText::Opaque {
                name: opaque.name.clone(),
                reason: word(REASONS, &opaque.reason).to_owned(),
                tokens: opaque.tokens.map(hex),
                version: opaque.version.clone(),
            },
            Shape::Refused { reason, inner } => {
                ShapeText::Refused { reason: (*reason).to_owned(), inner: self.shape(*inner) }
            }
            Shape::Object(object) => ShapeText::Object {
                fields: object.fields.iter().map(|f| self.field(f)).collect(),
                unknown: match object.unknown {
                    Unknown::Ignored => None,
                    Unknown::Denied => Some(UnknownText::Denied),
                    Unknown::CatchAll(id) => Some(UnknownText::CatchAll(self.shape(id))),
                },
                unknown_member: object.unknown_member.as_ref().map(|m| self.member(m)),
                inline: object
                    .inline
                    .iter()
                    .map(|i| InlineText { shape: self.shape(i.shape), member: self.member(&i.member), group: i.group })
                    .collect(),
            },
            Shape::Enum(shape) => ShapeText::Enum {
                repr: repr(&shape.repr),
                open: shape.open,
                denies_unknown: shape.denies_unknown,
                variants: shape.variants.iter().map(|v| self.variant(v)).collect(),
            },
            Shape::Tuple(items) => ShapeText::Tuple(
                items
                    .iter()
                    .map(|i| ItemText {
                        shape: self.shape(i.shape),
                        default: i.default,
                        member: i.member.as_ref().map(|m| self.member(m)),
                    })
                    .collect(),
            ),
            // The node's own name must not be used for its own text.
            _ => ShapeText::Is(expr::render(&set.shapes, id, &|inner| {
                if inner == id { None } else { self.names.get(&inner).cloned() }
            })),
        };
        NodeText {
            member: node.def.as_ref().map(|d| self.member(d)),
            conversion: node.conversion.map(hex),
            by_code: node.by_code,
            wire_feature: node.wire_feature.clone(),
            shape,
        }
    }

    fn field(&mut self, field: &Field) -> FieldText {
        FieldText {
            name: field.names.wire.clone(),
            aliases: field.names.aliases.clone(),
            shape: self.shape(field.shape),
            always: field.presence == Presence::Always,
            default: default(&field.default),
            null_distinct: field.null_distinct,
            deprecated: field.deprecated,
            group: field.group,
            constraints: field.constraints.iter().map(constraint).collect(),
            member: self.member(&field.member),
        }
    }

    fn variant(&mut self, variant: &Variant) -> VariantText {
        let (name, number) = match &variant.wire {
            Wire::Name(name) => (Some(name.clone()), None),
            Wire::Number(number) => (None, Some(number.to_string())),
        };
        VariantText {
            name,
            number,
            aliases: variant.aliases.clone(),
            payload: match variant.payload {
                Payload::Unit => None,
                Payload::Value(id) => Some(self.shape(id)),
            },
            other: variant.other,
            untagged: variant.untagged,
            deprecated: variant.deprecated,
            member: self.member(&variant.member),
        }
    }
}

fn hex(value: u64) -> String {
    format!("{value:016x}")
}

fn step(step: &Step) -> StepText {
    StepText { version: step.version.clone(), note: step.note.clone(), replaced_by: step.replaced_by.clone() }
}

fn default(default: &Default) -> Option<DefaultText> {
    match default {
        Default::Refused => None,
        Default::None => Some(DefaultText::None),
        Default::Value(text) => Some(DefaultText::Value(text.clone())),
        Default::Opaque(hash) => Some(DefaultText::Opaque(hex(*hash))),
    }
}

fn constraint(constraint: &Constraint) -> ConstraintText {
    ConstraintText { kind: constraint.kind.clone(), value: constraint.value.clone(), checked: constraint.checked }
}

fn repr(repr: &Repr) -> ReprText {
    match repr {
        Repr::External => ReprText::External,
        Repr::Internal { tag } => ReprText::Internal { tag: tag.clone() },
        Repr::Adjacent { tag, content } => ReprText::Adjacent { tag: tag.clone(), content: content.clone() },
        Repr::Untagged => ReprText::Untagged,
        Repr::Number => ReprText::Number,
    }
}

fn condition(condition: &Condition) -> Option<ConditionText> {
    fn text(condition: &Condition) -> ConditionText {
        match condition {
            Condition::Always => ConditionText::All(Vec::new()),
            Condition::Never => ConditionText::Never,
            Condition::Feature(name) => ConditionText::Feature(name.clone()),
            Condition::Flag(name) => ConditionText::Flag(name.clone()),
            Condition::KeyValue(key, value) => ConditionText::KeyValue(key.clone(), value.clone()),
            Condition::Not(inner) => ConditionText::Not(Box::new(text(inner))),
            Condition::All(set) => ConditionText::All(set.iter().map(text).collect()),
            Condition::Any(set) => ConditionText::Any(set.iter().map(text).collect()),
        }
    }
    (*condition != Condition::Always).then(|| text(condition))
}
