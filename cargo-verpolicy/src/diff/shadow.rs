//! New literal paths that catch what a template served (`/u/me` beside `/u/{id}`).

use super::text;
use crate::model::{
    Endpoint, EndpointContent, EndpointKey, EndpointSet, In, MethodSet, NumberShape, ParamKind, Part, PathTemplate,
    Prefix, Segment, Shape, ShapeId, Shapes,
};
use std::collections::BTreeSet;

/// The routes of the new side that may catch what others served: those that the old side lacks.
pub(super) struct Fresh<'a> {
    /// Their paths are new, under any method.
    paths: Vec<&'a Endpoint>,
    /// They are new as they are.
    routes: Vec<&'a Endpoint>,
    /// What was there.
    before: &'a EndpointSet,
}

impl<'a> Fresh<'a> {
    pub(super) fn of(old: &'a EndpointSet, new: &'a EndpointSet) -> Self {
        let known_paths: BTreeSet<String> = old.endpoints.iter().filter_map(path_id).collect();
        let known_routes: BTreeSet<String> = old.endpoints.iter().map(Endpoint::identity).collect();
        let known = |e: &Endpoint| path_id(e).is_none_or(|path| known_paths.contains(&path));
        let mut seen = BTreeSet::new();
        let routes: Vec<&Endpoint> = new
            .endpoints
            .iter()
            .filter(|e| matches!(e.key, EndpointKey::Http { .. }))
            .filter(|e| !known_routes.contains(&e.identity()) && seen.insert(e.identity()))
            .collect();
        // Where a framework sorts by path first, a path that was there caught everything already.
        let paths = routes.iter().copied().filter(|e| !known(e)).collect();
        Self { paths, routes, before: old }
    }

    /// Those that catch requests that `template`, there on both sides, served before.
    pub(super) fn catchers(&self, template: &Endpoint, shapes: &Shapes) -> Vec<&'a Endpoint> {
        let EndpointKey::Http { service, path, method } = &template.key else { return Vec::new() };
        if path.prefix == Prefix::Unknown || !has_parameter(path) {
            return Vec::new();
        }
        // A catch-all that others stood below already answers what no route does: one route more is no surprise.
        let below = |e: &Endpoint| match &e.key {
            EndpointKey::Http { service: s, path: p, .. } => s == service && more_literal(template, shapes, path, p),
            EndpointKey::Named { .. } => false,
        };
        if ends_in_tail(path) && self.before.endpoints.iter().any(below) {
            return Vec::new();
        }
        let every_method = catches_every_method(template);
        let catches = |e: &&&Endpoint| {
            let EndpointKey::Http { service: s, path: p, method: m } = &e.key else { return false };
            s == service
                && (every_method || m == method || *m == MethodSet::Any)
                && p.prefix == Prefix::Known
                && more_literal(template, shapes, path, p)
        };
        let among = if every_method { &self.paths } else { &self.routes };
        among.iter().filter(catches).copied().collect()
    }
}

/// axum finds the path first and then answers 405 for methods that it lacks; the others look at the method first.
fn catches_every_method(template: &Endpoint) -> bool {
    !matches!(
        template.framework.as_deref(),
        Some("actix-web" | "rocket" | "dropshot" | "poem-openapi" | "salvo" | "ruma")
    )
}

/// `service#/u/{}`
fn path_id(e: &Endpoint) -> Option<String> {
    match &e.key {
        EndpointKey::Http { service, path, method: _ } => Some(format!("{service}#{}", path.identity())),
        EndpointKey::Named { .. } => None,
    }
}

fn has_parameter(path: &PathTemplate) -> bool {
    path.segments.iter().any(|Segment(parts)| parts.iter().any(|p| matches!(p, Part::Param { .. })))
}

fn ends_in_tail(path: &PathTemplate) -> bool {
    path.segments
        .last()
        .is_some_and(|Segment(parts)| matches!(parts.as_slice(), [Part::Param { kind: ParamKind::Tail, .. }]))
}

/// Does `literal` match the template, with text where that has a parameter, at least once?
fn more_literal(template: &Endpoint, shapes: &Shapes, path: &PathTemplate, literal: &PathTemplate) -> bool {
    let mut caught = false;
    let mut theirs = literal.segments.iter();
    for Segment(mine) in &path.segments {
        if let [Part::Param { kind: ParamKind::Tail, .. }] = mine.as_slice() {
            let tail = |parts: &[Part]| matches!(parts, [Part::Param { kind: ParamKind::Tail, .. }]);
            return theirs.next().is_some_and(|Segment(other)| !tail(other));
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
