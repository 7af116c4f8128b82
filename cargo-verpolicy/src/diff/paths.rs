//! Two paths of one endpoint: what one parameter matches, more or less than before.

use super::ChangeKind as K;
use crate::model::{ParamKind, Part, PathTemplate, Segment};

/// How a path became another that may still serve the old requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// Widened, narrowed, pattern changed, or generalized.
    pub kind: K,
    /// Of a generalized path: the literals and the parameters that took their places.
    pub literals: Vec<(String, String)>,
}

/// The relation of two different paths; `None` where they are two endpoints.
pub(super) fn relation(old: &PathTemplate, new: &PathTemplate) -> Option<Relation> {
    let same_frame = old.prefix == new.prefix
        && old.trailing_slash == new.trailing_slash
        && old.segments.len() == new.segments.len();
    if !same_frame {
        return None;
    }
    let mut literals = Vec::new();
    let (mut wider, mut narrower, mut other) = (false, false, false);
    for (a, b) in old.segments.iter().zip(&new.segments) {
        match segment(a, b)? {
            Turn::Same => {}
            Turn::Wider => wider = true,
            Turn::Narrower => narrower = true,
            Turn::Pattern => other = true,
            Turn::Generalized(literal, parameter) => literals.push((literal, parameter)),
        }
    }
    let kind = match (literals.is_empty(), narrower, other, wider) {
        (_, true, ..) => K::PathNarrowed,
        (_, _, true, _) => K::PathPatternChanged,
        (false, ..) => K::EndpointPathGeneralized,
        (_, _, _, true) => K::PathWidened,
        _ => return None,
    };
    Some(Relation { kind, literals })
}

enum Turn {
    Same,
    Wider,
    Narrower,
    Pattern,
    Generalized(String, String),
}

fn segment(old: &Segment, new: &Segment) -> Option<Turn> {
    let (Segment(old), Segment(new)) = (old, new);
    if let ([Part::Literal(literal)], [Part::Param { name, kind: ParamKind::One }]) = (old.as_slice(), new.as_slice()) {
        return Some(Turn::Generalized(literal.clone(), name.clone()));
    }
    if old.len() != new.len() {
        return None;
    }
    let mut turn = Turn::Same;
    for pair in old.iter().zip(new) {
        let next = match pair {
            (Part::Literal(a), Part::Literal(b)) if a == b => continue,
            (Part::Unknown, Part::Unknown) => continue,
            (Part::Param { kind: a, .. }, Part::Param { kind: b, .. }) => param(a, b),
            _ => return None,
        };
        turn = match (turn, next) {
            (turn, Turn::Same) => turn,
            (Turn::Narrower, _) | (_, Turn::Narrower) => Turn::Narrower,
            (_, next) => next,
        };
    }
    Some(turn)
}

fn param(old: &ParamKind, new: &ParamKind) -> Turn {
    match (old, new) {
        (a, b) if a == b => Turn::Same,
        (ParamKind::Pattern(_), ParamKind::Pattern(_)) => Turn::Pattern,
        (ParamKind::One | ParamKind::Pattern(_), ParamKind::Tail) | (ParamKind::Pattern(_), _) => Turn::Wider,
        _ => Turn::Narrower,
    }
}

/// The names of the parameters, in order.
pub(super) fn parameters(path: &PathTemplate) -> Vec<&str> {
    let parts = path.segments.iter().flat_map(|Segment(parts)| parts);
    parts
        .filter_map(|part| match part {
            Part::Param { name, .. } => Some(name.as_str()),
            Part::Literal(_) | Part::Unknown => None,
        })
        .collect()
}
