//! Endpoints that may only seem to be gone or new: the other side has a blind spot that could hold them.

use super::Blinded;
use crate::model::{
    BlindSpot, BlindSpotKind, Endpoint, EndpointContent, EndpointKey, EndpointSet, Kind, MethodSet, Mount, Place,
    Prefix, Segment,
};

/// The blind spot of `other` that could hold the endpoint, if there is one.
///
/// `lone` are the endpoints of `other` that nothing on this side matches: of those whose beginning is not known, only they
/// can be the one that is missed.
pub(super) fn could_hold<'i>(
    endpoint: &Endpoint,
    other: &EndpointSet,
    lone: impl IntoIterator<Item = &'i usize>,
) -> Option<BlindSpot> {
    let hidden = other.blind_spots.iter().find(|spot| hides(spot, endpoint) && !is_deeper(spot, endpoint, other));
    hidden.cloned().or_else(|| unknown_prefix(endpoint, other, lone))
}

/// A router that only the other side does not read to its end, in the file that adds the endpoint here.
pub(super) fn unread_beside(endpoint: &Endpoint, mine: &EndpointSet, other: &EndpointSet) -> Option<BlindSpot> {
    Route::of(endpoint).filter(|route| route.prefix == Prefix::Known)?;
    let beside = |spot: &&BlindSpot| {
        spot.kind == BlindSpotKind::UnknownRoute
            && spot.place.as_ref().is_some_and(|place| place.file == endpoint.place.file)
    };
    other.blind_spots.iter().filter(beside).find(|spot| !stands_in(spot, mine)).cloned()
}

/// The same as a value of the result.
pub(super) fn blinded(endpoint: &Endpoint, id: &str, missing_in_old: bool, blind_spot: BlindSpot) -> Blinded {
    Blinded { endpoint: id.to_owned(), missing_in_old, place: endpoint.place.clone(), blind_spot }
}

/// Does a blind spot of the same words stand on this side too? Then what is seen here is seen beside it.
pub(super) fn stands_in(spot: &BlindSpot, set: &EndpointSet) -> bool {
    let BlindSpot { kind, place: _, detail, hides } = spot;
    set.blind_spots.iter().any(|s| s.kind == *kind && s.detail == *detail && s.hides == *hides)
}

/// Is it a macro call that both sides have with the same text? What stood beside it was not made by it.
pub(super) fn is_unchanged(spot: &BlindSpot, old: &EndpointSet, new: &EndpointSet) -> bool {
    let text = |set: &EndpointSet| set.unread.get(spot.hides.as_deref()?).map(|unread| unread.hash);
    spot.kind == BlindSpotKind::UnexpandedMacro
        && stands_in(spot, old)
        && text(old).is_some_and(|was| text(new) == Some(was))
}

fn hides(spot: &BlindSpot, endpoint: &Endpoint) -> bool {
    let Some(module) = &spot.hides else { return false };
    let by_name =
        |path: &str| path.strip_prefix(module.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    let rust_path = match &endpoint.key {
        EndpointKey::Named { path, kind: _ } => Some(path.as_str()),
        EndpointKey::Http { .. } => endpoint.handler.as_deref(),
    };
    let same_file = |place: &Place| spot.place.as_ref().is_some_and(|p| p.file == place.file);
    rust_path.is_some_and(by_name) || endpoint.handler.as_deref().is_some_and(by_name) || same_file(&endpoint.place)
}

/// Is it an item of a module that the other side shows below the blind spot? A macro call adds names to its own module
/// only.
fn is_deeper(spot: &BlindSpot, endpoint: &Endpoint, other: &EndpointSet) -> bool {
    let EndpointKey::Named { kind: Kind::Item, path } = &endpoint.key else { return false };
    let below = spot.hides.as_deref().and_then(|module| path.strip_prefix(module)?.strip_prefix("::"));
    let Some((child, _)) = below.and_then(|below| below.split_once("::")) else { return false };
    let child = path.get(..path.len() - below.map_or(0, str::len) + child.len()).unwrap_or_default();
    other.endpoints.iter().any(|e| match &e.key {
        EndpointKey::Named { path, .. } => path.strip_prefix(child).is_some_and(|rest| rest.starts_with("::")),
        EndpointKey::Http { .. } => false,
    })
}

/// A macro call that only the other side has, and that may write the implementation of a trait, wherever it stands.
pub(super) fn could_implement(mine: &EndpointSet, other: &EndpointSet) -> Option<BlindSpot> {
    let of_impls = |spot: &&BlindSpot| spot.kind == BlindSpotKind::UnexpandedMacro && spot.hides.is_none();
    let mut spots = other.blind_spots.iter().filter(of_impls);
    spots.find(|spot| !mine.blind_spots.iter().any(|s| s.kind == spot.kind && s.detail == spot.detail)).cloned()
}

/// A route of the other side whose beginning is not known, and that ends as this one does.
fn unknown_prefix<'i>(
    endpoint: &Endpoint,
    other: &EndpointSet,
    lone: impl IntoIterator<Item = &'i usize>,
) -> Option<BlindSpot> {
    let mine = Route::of(endpoint)?;
    let same = |theirs: &Route<'_>| {
        let methods = mine.method == theirs.method || [mine.method, theirs.method].contains(&&MethodSet::Any);
        let tail = match (mine.prefix, theirs.prefix) {
            (_, Prefix::Unknown) => ends_with(&mine.segments, &theirs.segments),
            (Prefix::Unknown, _) => ends_with(&theirs.segments, &mine.segments),
            _ => false,
        };
        methods && tail
    };
    let served = |e: &&Endpoint| !matches!(&e.content, EndpointContent::Http(http) if http.mount == Mount::No);
    let mut lone = lone.into_iter().filter_map(|i| other.endpoints.get(*i)).filter(served);
    let found = lone.find(|e| Route::of(e).is_some_and(|route| same(&route)))?;
    let spot = other
        .blind_spots
        .iter()
        .find(|s| s.kind == BlindSpotKind::UnknownPrefix && s.place.as_ref() == Some(&found.place));
    Some(spot.cloned().unwrap_or_else(|| BlindSpot {
        kind: BlindSpotKind::UnknownPrefix,
        place: Some(found.place.clone()),
        detail: found.id(),
        hides: None,
    }))
}

/// A route as far as its end matters.
struct Route<'a> {
    method: &'a MethodSet,
    prefix: Prefix,
    segments: Vec<String>,
}

impl<'a> Route<'a> {
    fn of(endpoint: &'a Endpoint) -> Option<Self> {
        let EndpointKey::Http { service: _, path, method } = &endpoint.key else { return None };
        let one = |segment: &Segment| {
            crate::model::PathTemplate { prefix: Prefix::Known, segments: vec![segment.clone()], trailing_slash: false }
                .outline()
        };
        Some(Self { method, prefix: path.prefix, segments: path.segments.iter().map(one).collect() })
    }
}

/// Does the path end as the other does?
fn ends_with(path: &[String], tail: &[String]) -> bool {
    path.ends_with(tail)
}
