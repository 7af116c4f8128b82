//! Request bodies, and content types of any body.

use super::ChangeKind as K;
use super::http::{HttpPair, endpoint, fresh, is_unknown};
use super::shapes::Cause;
use super::word::{Family, Position};
use crate::model::{Body, Media, Reader, Shape, Shapes};

/// Compares the bodies that two endpoints read.
pub(super) fn compare(http: &mut HttpPair<'_, '_>) {
    let place = "request".to_owned();
    let unknown = (is_unknown(http.walker.old, http.old), is_unknown(http.walker.new, http.new));
    match (&http.old.request, &http.new.request) {
        (None, None) => {}
        (Some(_), None) if unknown.0 => {}
        (None, Some(body)) if unknown.1 => {
            let opaque = body.media.first().map(|media| super::text::shape(http.walker.new, media.shape));
            let found = endpoint().values("nothing", opaque.unwrap_or_default()).by(None, body.member.as_ref());
            http.say(K::RequestBecameOpaque, place, found);
        }
        (None, Some(body)) if body.published && !http.old.extractors.is_empty() => described(http, None, Some(body)),
        (Some(body), None) if body.published && !http.new.extractors.is_empty() => described(http, Some(body), None),
        (None, Some(body)) => {
            if http.moved.0.is_empty() {
                let kind = if body.required { K::RequestBodyRequired } else { K::RequestBodyAdded };
                http.say(kind, place, endpoint().by(None, body.member.as_ref()));
            }
        }
        (Some(_), None) if !http.moved.1.is_empty() => {}
        (Some(body), None) => match fresh(&http.old.extractors, &http.new.extractors).first() {
            // It may read what was read before.
            Some(extractor) => {
                let was = body.media.first().map(|media| super::text::shape(http.walker.old, media.shape));
                let found = endpoint().values(was.unwrap_or_default(), format!("`{extractor}`"));
                http.say(K::RequestBecameOpaque, place, found.by(body.member.as_ref(), None));
            }
            None => http.say(K::RequestBodyRemoved, place, endpoint().by(body.member.as_ref(), None)),
        },
        (Some(old), Some(new)) if by_code(http.walker.old, old) && new.published => {
            described(http, Some(old), Some(new));
        }
        (Some(old), Some(new)) if old.published && by_code(http.walker.new, new) => {
            described(http, Some(old), Some(new));
        }
        (Some(old), Some(new)) => bodies(http, old, new),
    }
}

/// Does code take it apart that is handed it as it comes?
fn by_code(shapes: &Shapes, body: &Body) -> bool {
    let unread =
        |media: &Media| media.reader == Reader::Raw || matches!(shapes.get(media.shape).shape, Shape::Opaque(_));
    !body.published && body.media.iter().all(unread)
}

/// A document begins to describe a body that code takes apart, or ends to: what the code reads may be what it was. Where
/// its code is known on both sides, that is compared by itself.
fn described(http: &mut HttpPair<'_, '_>, old: Option<&Body>, new: Option<&Body>) {
    let member = |body: Option<&Body>| body.and_then(|body| body.member.clone());
    if !http.new.code.keys().any(|path| http.old.code.contains_key(path)) {
        let found = endpoint().by(member(old).as_ref(), member(new).as_ref());
        http.say(K::RequestOpaqueChanged, "request".to_owned(), found);
    }
}

fn bodies(http: &mut HttpPair<'_, '_>, old: &Body, new: &Body) {
    let Body { required, media: old_media, member, published: _ } = old;
    let cause = Cause { old: member.clone(), new: new.member.clone() };
    let place = "request".to_owned();
    let found = || endpoint().by(member.as_ref(), new.member.as_ref());
    let unknown = is_unknown(http.walker.old, http.old) || is_unknown(http.walker.new, http.new);
    match (required, new.required) {
        _ if unknown => {}
        (false, true) => http.say(K::RequestBodyRequired, place.clone(), found()),
        (true, false) => http.say(K::RequestBodyOptional, place.clone(), found()),
        _ => {}
    }
    let before = http.out.len();
    let kinds = (K::RequestContentTypeAdded, K::RequestContentTypeRemoved);
    media(http, (old_media, &new.media), kinds, Position::of(Family::Request), &place, &cause);
    let moved = http.moved.clone();
    let is_move = |kind: K, at: &str| {
        let name = at.strip_prefix("request · ").unwrap_or_default();
        match kind {
            K::RequestFieldAdded | K::RequestRequiredFieldAdded => moved.0.contains(name),
            K::RequestFieldRemoved => moved.1.contains(name),
            _ => false,
        }
    };
    let mut index = 0;
    http.out.retain(|occurrence| {
        index += 1;
        index <= before || !is_move(occurrence.kind, &occurrence.at)
    });
}

/// `application/json` of `application/problem+json; charset=utf-8`.
fn essence(content_type: &str) -> String {
    let plain = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match plain.split_once('/') {
        Some((_, sub)) if sub.ends_with("+json") => "application/json".to_owned(),
        _ => plain,
    }
}

/// Compares what a body may be, content type by content type.
pub(super) fn media(
    http: &mut HttpPair<'_, '_>,
    (old, new): (&[Media], &[Media]),
    (added, removed): (K, K),
    at: Position,
    place: &str,
    cause: &Cause,
) {
    let mut open: Vec<&Media> = new.iter().collect();
    let several = old.len().max(new.len()) > 1;
    let mut gone = Vec::new();
    for a in old {
        let Media { content_type, shape, reader: _ } = a;
        let any = |m: &Media| m.content_type == "*/*" || content_type == "*/*";
        let exact = open.iter().position(|b| essence(&b.content_type) == essence(content_type));
        let Some(i) = exact.or_else(|| open.iter().position(|b| any(b))) else {
            gone.push(a);
            continue;
        };
        let b = open.remove(i);
        let place = if several { format!("{place} ({})", essence(&b.content_type)) } else { place.to_owned() };
        let (was, is) = (&http.walker.old.get(a.shape).shape, &http.walker.new.get(b.shape).shape);
        let unread = |media: &Media, shape: &Shape| media.reader == Reader::Raw && matches!(shape, Shape::Any);
        if added == K::RequestContentTypeAdded && unread(b, is) && !matches!(was, Shape::Any | Shape::Opaque(_)) {
            // Code takes the bytes apart that a type did.
            let found = endpoint().values(super::text::shape(http.walker.old, a.shape), &b.content_type);
            http.say(K::RequestBecameOpaque, place, found.by(cause.old.as_ref(), cause.new.as_ref()));
            continue;
        }
        http.walk((*shape, b.shape), at, &place, Some(cause));
    }
    let found = || endpoint().by(cause.old.as_ref(), cause.new.as_ref());
    for a in gone {
        http.say(removed, place.to_owned(), found().was(a.content_type.clone()));
    }
    for b in open {
        http.say(added, place.to_owned(), found().is(b.content_type.clone()));
    }
}
