//! Every row: small sources to the list of endpoints that they serve.

mod actix;
mod axum;
mod dropshot;
mod handwritten;
mod poem_openapi;
mod programs;
mod rocket;
mod routers;
mod ruma;
mod salvo;
mod servers;
mod utoipa;
mod warp;
mod workspace;

use crate::extract::{Extracted, FactsStore, Options, endpoint_sets};
use crate::model::{
    Auth, Endpoint, EndpointContent, EndpointSet, Http, In, Presence, Published, Response, Shape, ShapeId, Stability,
};
use crate::package::read_workspace;
use crate::tree::MemoryTree;

const DEPENDENCIES: &str = r#"[package]
name = "app"
version = "1.0.0"
edition = "2021"

[dependencies]
"#;

/// The endpoint set of a package whose `lib.rs` is `source`, with these dependencies.
fn read(dependencies: &[&str], source: &str) -> EndpointSet {
    read_with(dependencies, source, &Options::default())
}

fn read_with(dependencies: &[&str], source: &str, options: &Options) -> EndpointSet {
    let mut manifest = DEPENDENCIES.to_owned();
    for dependency in dependencies.iter().chain(&["serde"]) {
        manifest.push_str(&format!("{dependency} = \"1\"\n"));
    }
    let tree = MemoryTree::of([("Cargo.toml", manifest), ("src/lib.rs", source.to_owned())]);
    let workspace = read_workspace(&tree, "").unwrap();
    let Extracted { sets, .. } = endpoint_sets(&tree, &workspace, &FactsStore::default(), None, options);
    sets.into_iter().next().unwrap()
}

/// One line an endpoint.
fn lines(dependencies: &[&str], source: &str) -> Vec<String> {
    let set = read(dependencies, source);
    let mut lines: Vec<String> = set.endpoints.iter().filter_map(|endpoint| line(&set, endpoint)).collect();
    lines.sort();
    lines
}

/// The lines under `[extractors]`.
fn lines_with(dependencies: &[&str], source: &str, extractors: &[(&str, &str)]) -> Vec<String> {
    let extractors = extractors.iter().map(|(path, reads)| ((*path).to_owned(), (*reads).to_owned())).collect();
    let set = read_with(dependencies, source, &Options { extractors, ..Options::default() });
    set.endpoints.iter().filter_map(|endpoint| line(&set, endpoint)).collect()
}

/// Kinds and details of the blind spots.
fn blind_spots(dependencies: &[&str], source: &str) -> Vec<String> {
    let set = read(dependencies, source);
    set.blind_spots.iter().map(|spot| format!("{}: {}", spot.kind.word(), spot.detail)).collect()
}

fn check(dependencies: &[&str], source: &str, expected: &[&str]) {
    assert_eq!(lines(dependencies, source), expected, "{source}");
}

fn line(set: &EndpointSet, endpoint: &Endpoint) -> Option<String> {
    let EndpointContent::Http(http) = &endpoint.content else { return None };
    let mut words = vec![endpoint.id()];
    words.extend(input(set, http));
    words.extend(http.responses.iter().map(|response| output(set, response)));
    if let Auth::Schemes { any_of, optional } = &http.auth {
        words.push(format!("auth({}{})", any_of.join("|"), if *optional { "?" } else { "" }));
    }
    let life = &endpoint.lifetime;
    let step = |step: &Option<crate::model::Step>| step.as_ref().map(|step| step.version.clone());
    if life.since.is_some() || life.removed.is_some() {
        let (since, removed) = (step(&life.since).unwrap_or_default(), step(&life.removed).unwrap_or_default());
        words.push(format!("@{since}..{removed}"));
    }
    if let Some(deprecated) = step(&life.deprecated) {
        words.push(format!("deprecated({deprecated})"));
    }
    if let Stability::Unstable { feature } = &endpoint.stability {
        words.push(format!("unstable({})", feature.clone().unwrap_or_default()));
    }
    if endpoint.condition != crate::model::Condition::Always {
        words.push(format!("cfg({})", endpoint.condition));
    }
    match endpoint.published {
        Published::Yes => words.push("published".to_owned()),
        Published::No => words.push("unpublished".to_owned()),
        Published::Unknown => {}
    }
    Some(words.join(" "))
}

fn input(set: &EndpointSet, http: &Http) -> Vec<String> {
    let mut words = Vec::new();
    for (place, word) in [(In::Path, "path"), (In::Query, "query"), (In::Header, "header"), (In::Cookie, "cookie")] {
        let named = http.parameters.iter().filter(|parameter| parameter.place_in == place);
        let names: Vec<String> = named
            .map(|parameter| {
                let optional = if parameter.presence == Presence::Maybe { "?" } else { "" };
                format!("{}{optional}: {}", parameter.names.wire, shape(set, parameter.shape, 0))
            })
            .collect();
        if !names.is_empty() {
            words.push(format!("{word}({})", names.join(", ")));
        }
    }
    if let Some(body) = &http.request {
        let media: Vec<String> =
            body.media.iter().map(|media| format!("{} {}", media.content_type, shape(set, media.shape, 0))).collect();
        words.push(format!("body{}({})", if body.required { "" } else { "?" }, media.join(", ")));
    }
    if !http.extractors.is_empty() {
        words.push(format!("unknown({})", http.extractors.join(", ")));
    }
    words
}

fn output(set: &EndpointSet, response: &Response) -> String {
    let media: Vec<String> = response
        .media
        .iter()
        .map(|media| format!("{} {}", media.content_type, shape(set, media.shape, 0)))
        .chain(
            response
                .headers
                .iter()
                .map(|header| format!("{}{}", header.name, if header.presence == Presence::Maybe { "?" } else { "" })),
        )
        .collect();
    if media.is_empty() { response.status.to_string() } else { format!("{}({})", response.status, media.join(", ")) }
}

fn shape(set: &EndpointSet, id: ShapeId, depth: usize) -> String {
    if depth > 3 {
        return "…".to_owned();
    }
    match &set.shapes.get(id).shape {
        Shape::Any => "any".to_owned(),
        Shape::Opaque(opaque) => format!("opaque {}", opaque.name),
        Shape::Refused { .. } => "refused".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Bool => "bool".to_owned(),
        Shape::Number(_) => "number".to_owned(),
        Shape::String { .. } => "string".to_owned(),
        Shape::Nullable(inner) => format!("{} or null", shape(set, *inner, depth + 1)),
        Shape::List { item, .. } => format!("[{}]", shape(set, *item, depth + 1)),
        Shape::Tuple(_) => "tuple".to_owned(),
        Shape::Map { .. } => "map".to_owned(),
        Shape::Object(object) => {
            let fields: Vec<&str> = object.fields.iter().map(|field| field.names.wire.as_str()).collect();
            format!("{{{}}}", fields.join(","))
        }
        Shape::Enum(_) => "enum".to_owned(),
    }
}
