//! Endpoint sets for tests.

use super::notation;
use crate::model::*;

pub(crate) struct Case;

pub(crate) fn place() -> Place {
    Place { file: "src/lib.rs".into(), line: 1, column: 1 }
}

pub(crate) fn empty() -> EndpointSet {
    EndpointSet {
        package: "shop".to_owned(),
        version: Some("1.0.0".to_owned()),
        endpoints: Vec::new(),
        shapes: Shapes::default(),
        blind_spots: Vec::new(),
        unread: std::collections::BTreeMap::new(),
        features: std::collections::BTreeMap::new(),
        followed: std::collections::BTreeMap::new(),
    }
}

pub(crate) fn http() -> Http {
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
        mount: Mount::Yes,
        operation_id: None,
    }
}

pub(crate) fn endpoint(key: EndpointKey, content: EndpointContent) -> Endpoint {
    Endpoint {
        key,
        content,
        marked: true,
        lifetime: Lifetime::default(),
        stability: Stability::Stable,
        condition: Condition::Always,
        published: Published::Unknown,
        behavior: None,
        edition: None,
        section: None,
        documented: true,
        handler: None,
        framework: None,
        place: place(),
        mark_place: None,
    }
}

/// `GET /u/{id}/{*rest}`, `{id:\d+}`, `{?}/x`
pub(crate) fn route(text: &str) -> EndpointKey {
    let (method, path) = text.split_once(' ').unwrap();
    let (service, path) = match path.split_once('#') {
        Some((path, service)) => (service, path),
        None => ("", path),
    };
    let (prefix, path) = match path.strip_prefix("{?}") {
        Some(rest) => (Prefix::Unknown, rest),
        None => (Prefix::Known, path),
    };
    let part = |text: &str| match text.strip_prefix('{').and_then(|t| t.strip_suffix('}')) {
        None => Part::Literal(text.to_owned()),
        Some(name) => match (name.strip_prefix('*'), name.split_once(':')) {
            (Some(name), _) => Part::Param { name: name.to_owned(), kind: ParamKind::Tail },
            (_, Some((name, pattern))) => {
                Part::Param { name: name.to_owned(), kind: ParamKind::Pattern(pattern.to_owned()) }
            }
            _ => Part::Param { name: name.to_owned(), kind: ParamKind::One },
        },
    };
    let segments = path.split('/').filter(|s| !s.is_empty()).map(|s| Segment(vec![part(s)])).collect();
    let method = if method == "ANY" { MethodSet::Any } else { MethodSet::One(method.to_owned()) };
    let trailing_slash = path.len() > 1 && path.ends_with('/');
    EndpointKey::Http { service: service.to_owned(), path: PathTemplate { prefix, segments, trailing_slash }, method }
}

pub(crate) fn media(shape: ShapeId) -> Vec<Media> {
    vec![Media { content_type: "application/json".to_owned(), shape, reader: Reader::Json }]
}

pub(crate) fn response(status: u16, shape: Option<ShapeId>) -> Response {
    Response {
        status: Status::Code(status),
        media: shape.map(media).unwrap_or_default(),
        headers: Vec::new(),
        member: None,
        by_code: false,
        published: false,
        code: None,
    }
}

/// The parameters of a struct in the notation.
pub(crate) fn parameters(shapes: &Shapes, id: ShapeId, place_in: In, reader: Reader) -> (Vec<Parameter>, UnknownKeys) {
    let Shape::Object(object) = &shapes.get(id).shape else { panic!("parameters are an object") };
    let one = |f: &Field| Parameter {
        place_in,
        names: f.names.clone(),
        member: f.member.clone(),
        presence: f.presence,
        default: f.default.clone(),
        shape: f.shape,
        reader,
        published: false,
        deprecated: f.deprecated,
        constraints: f.constraints.clone(),
    };
    let unknown = match object.unknown {
        Unknown::Ignored => UnknownKeys::Ignored,
        Unknown::Denied => UnknownKeys::Denied,
        Unknown::CatchAll(id) => UnknownKeys::CatchAll(id),
    };
    (object.fields.iter().map(one).collect(), unknown)
}

impl Case {
    /// One endpoint with this shape at this place.
    pub(crate) fn read(place: &str, text: &str) -> EndpointSet {
        let mut set = empty();
        let id = notation::read(text, &mut set.shapes);
        let mut http = http();
        let named = |kind| EndpointKey::Named { kind, path: "shop::Ev".to_owned() };
        let mut key = route("POST /x");
        let mut content = None;
        match place {
            "in" => http.request = Some(Body { required: true, media: media(id), member: None, published: false }),
            "out" => http.responses.push(response(200, Some(id))),
            "query" | "html" => {
                let reader = if place == "query" { Reader::UrlEncoded } else { Reader::HtmlForm };
                (http.parameters, http.unknown_query) = parameters(&set.shapes, id, In::Query, reader);
            }
            "config" => {
                key = named(Kind::Config);
                content = Some(EndpointContent::Config { input: id });
            }
            "message" | "layout" => {
                key = named(Kind::Message);
                let layout = (place == "layout").then(|| "bincode".to_owned());
                content = Some(EndpointContent::Message { input: id, output: id, layout });
            }
            other => panic!("no place {other:?}"),
        }
        let content = content.unwrap_or_else(|| EndpointContent::Http(Box::new(http)));
        set.endpoints.push(endpoint(key, content));
        set
    }
}
