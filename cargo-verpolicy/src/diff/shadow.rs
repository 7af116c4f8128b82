//! New literal paths that catch what a template served (`/u/me` beside `/u/{id}`).

use super::text;
use crate::model::{
    Endpoint, EndpointContent, EndpointKey, EndpointSet, In, MethodSet, NumberShape, ParamKind, Part, PathTemplate,
    Prefix, Segment, Shape, ShapeId, Shapes,
};
use std::collections::BTreeSet;

/// Is a route of the new side such that it catches requests that `template`, there on both sides, served before?
pub(super) fn catchers<'a>(template: &Endpoint, old: &EndpointSet, new: &'a EndpointSet) -> Vec<&'a Endpoint> {
    let EndpointKey::Http { service, path, method } = &template.key else { return Vec::new() };
    if path.prefix == Prefix::Unknown || !has_parameter(path) {
        return Vec::new();
    }
    let known: BTreeSet<String> = old.endpoints.iter().filter_map(route).collect();
    let every_method = catches_every_method(template);
    let catches = |e: &&Endpoint| {
        let EndpointKey::Http { service: s, path: p, method: m } = &e.key else { return false };
        // Where another method of the path was there before, a framework that sorts by path first caught it already.
        let fresh = if every_method {
            !known.iter().any(|r| r.ends_with(&format!(" {service}#{}", p.identity())))
        } else {
            route(e).is_none_or(|r| !known.contains(&r))
        };
        s == service
            && fresh
            && (every_method || m == method || *m == MethodSet::Any)
            && p.prefix == Prefix::Known
            && more_literal(template, &new.shapes, path, p)
    };
    let mut seen = BTreeSet::new();
    let found = new.endpoints.iter().filter(catches);
    found.filter(|e| seen.insert(e.identity())).collect()
}

/// axum finds the path first and then answers 405 for methods that it lacks; the others look at the method first.
fn catches_every_method(template: &Endpoint) -> bool {
    !matches!(
        template.framework.as_deref(),
        Some("actix-web" | "rocket" | "dropshot" | "poem-openapi" | "salvo" | "ruma")
    )
}

/// `GET service#/u/{}`
fn route(e: &Endpoint) -> Option<String> {
    match &e.key {
        EndpointKey::Http { service, path, method } => Some(format!("{method} {service}#{}", path.identity())),
        EndpointKey::Named { .. } => None,
    }
}

fn has_parameter(path: &PathTemplate) -> bool {
    path.segments.iter().any(|Segment(parts)| parts.iter().any(|p| matches!(p, Part::Param { .. })))
}

/// Does `literal` match the template, with text where that has a parameter, at least once?
fn more_literal(template: &Endpoint, shapes: &Shapes, path: &PathTemplate, literal: &PathTemplate) -> bool {
    let mut caught = false;
    let mut theirs = literal.segments.iter();
    for Segment(mine) in &path.segments {
        if let [Part::Param { kind: ParamKind::Tail, .. }] = mine.as_slice() {
            return theirs.next().is_some();
        }
        let Some(Segment(other)) = theirs.next() else { return false };
        match (mine.as_slice(), other.as_slice()) {
            ([Part::Param { name, kind }], [Part::Literal(text)]) => {
                if !admits(template, shapes, name, kind, text) {
                    return false;
                }
                caught = true;
            }
            ([Part::Param { kind: a, .. }], [Part::Param { kind: b, .. }]) if a == b => {}
            (a, b) if a == b => {}
            _ => return false,
        }
    }
    caught && theirs.next().is_none() && path.trailing_slash == literal.trailing_slash
}

/// May the parameter hold this text?
fn admits(template: &Endpoint, shapes: &Shapes, name: &str, kind: &ParamKind, literal: &str) -> bool {
    if let ParamKind::Pattern(pattern) = kind
        && matches!(pattern.as_str(), r"\d+" | r"\d*" | "[0-9]+" | "[0-9]*")
        && !literal.chars().all(|c| c.is_ascii_digit())
    {
        return false;
    }
    let EndpointContent::Http(http) = &template.content else { return true };
    let here = || http.parameters.iter().filter(|p| p.place_in == In::Path);
    let only = if here().count() == 1 { here().next() } else { None };
    match here().find(|p| p.names.wire == name).or(only) {
        Some(parameter) => reads(shapes, parameter.shape, literal),
        None => true,
    }
}

/// May a text be read as this? `true` where it is not known.
pub(super) fn reads(shapes: &Shapes, id: ShapeId, literal: &str) -> bool {
    match &shapes.get(id).shape {
        Shape::Bool => matches!(literal, "true" | "false"),
        Shape::Number(NumberShape::Int { .. }) => literal.parse::<i128>().is_ok(),
        Shape::Number(_) => literal.parse::<f64>().is_ok(),
        Shape::String { format: Some(format) } => match format.as_str() {
            "uuid" => literal.len() >= 32 && literal.chars().all(|c| c.is_ascii_hexdigit() || "-{}urn:".contains(c)),
            "char" => literal.chars().count() == 1,
            "ip" | "ipv4" | "ipv6" => literal.parse::<std::net::IpAddr>().is_ok(),
            f if f.contains("date") || f.contains("time") => literal.chars().any(|c| c.is_ascii_digit()),
            _ => true,
        },
        Shape::Enum(_) => lists(shapes, id, literal) || open_to_text(shapes, id),
        _ => true,
    }
}

/// Is the text one of the names of an enum?
pub(super) fn lists(shapes: &Shapes, id: ShapeId, literal: &str) -> bool {
    match &shapes.get(id).shape {
        Shape::Enum(e) => {
            e.variants.iter().any(|v| text::wire(&v.wire) == literal || v.aliases.iter().any(|a| a == literal))
        }
        _ => false,
    }
}

fn open_to_text(shapes: &Shapes, id: ShapeId) -> bool {
    match &shapes.get(id).shape {
        Shape::Enum(e) => {
            matches!(e.repr, crate::model::Repr::Untagged) || e.variants.iter().any(|v| v.other || v.untagged)
        }
        _ => false,
    }
}
