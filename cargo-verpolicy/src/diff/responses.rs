//! Answers: by status, their bodies and headers.

use super::ChangeKind as K;
use super::http::{HttpPair, Occurrence, endpoint};
use super::shapes::Cause;
use super::word::{Family, Position};
use crate::model::{Header, Media, Member, OpaqueReason, Presence, Response, Shape, Shapes, Status};
use std::collections::BTreeSet;

const AT: Position = Position { family: Family::Response, message: false };

/// Do two answers belong together?
type Fits<'a> = dyn Fn(&Response, &Response) -> bool + 'a;

/// Compares the answers of two endpoints.
pub(super) fn compare(http: &mut HttpPair<'_, '_>) {
    let (old, new) = (&http.old.responses, &http.new.responses);
    let mut paired: Vec<(usize, usize)> = Vec::new();
    // Of several answers of one status, those that the same variant gives belong together.
    let name = |one: &Response| one.member.as_ref().map(|member| (member.owner.clone(), member.name.clone()));
    let same = |a: &Response, b: &Response| a.status == b.status && a.member.is_some() && name(a) == name(b);
    let equal = |a: &Response, b: &Response| a.status == b.status;
    let covering = |a: &Response, b: &Response| covers(a.status, b.status);
    let vaguely = |a: &Response, b: &Response| vague(a.status, b.status);
    let steps: [&Fits; 4] = [&same, &equal, &covering, &vaguely];
    for step in steps {
        for (i, a) in old.iter().enumerate() {
            if paired.iter().any(|(x, _)| *x == i) {
                continue;
            }
            let free = |j: &usize| !paired.iter().any(|(_, y)| y == j);
            let found = new.iter().enumerate().filter(|(j, _)| free(j)).find(|(_, b)| step(a, b));
            if let Some((j, _)) = found {
                paired.push((i, j));
            }
        }
    }
    paired.sort_unstable();
    for (a, b) in paired.iter().filter_map(|(i, j)| Some((old.get(*i)?, new.get(*j)?))) {
        response(http, a, b);
    }
    // What only code told may be there unseen on a side whose code tells nothing.
    let hides = |shapes: &Shapes, side: &[Response]| {
        let successes = side.iter().filter(|one| one.status.is_success());
        let mut hiding =
            successes.filter(|one| one.status == Status::Success || one.published || is_erased(shapes, one));
        hiding.next().is_some()
    };
    let hidden = (hides(http.walker.old, old), hides(http.walker.new, new));
    let lone = |side: &[Response], taken: &BTreeSet<usize>, hidden: bool| -> Vec<Response> {
        let lone = side.iter().enumerate().filter(|(i, one)| !(taken.contains(i) || hidden && one.by_code));
        lone.map(|(_, one)| one.clone()).collect()
    };
    let mut gone = lone(old, &paired.iter().map(|(i, _)| *i).collect(), hidden.1);
    let mut come = lone(new, &paired.iter().map(|(_, j)| *j).collect(), hidden.0);
    // An error whose status is not known may have been any of the others, and may be.
    let open = |side: &[Response]| side.iter().find(|one| is_any_error(one.status)).cloned();
    // Nor what the document says of a redirection, or of what was not modified.
    let in_open = |one: &Response| {
        let redirects = matches!(one.status, Status::Code(300..=399)) && is_documented(one);
        redirects || !one.status.is_success() && !is_any_error(one.status)
    };
    if let Some(before) = open(old) {
        let (errors, rest) = come.into_iter().partition(|one| in_open(one));
        come = rest;
        let errors: Vec<Response> = errors;
        errors.iter().for_each(|after| response(http, &before, after));
    }
    if let Some(after) = open(new) {
        let (errors, rest) = gone.into_iter().partition(|one| in_open(one));
        gone = rest;
        let errors: Vec<Response> = errors;
        // That the status is not known any more is said once.
        let said = is_guessed(&after) && paired.iter().any(|(_, j)| new.get(*j) == Some(&after));
        let errors = errors.iter().filter(|_| !said).take(if is_guessed(&after) { 1 } else { usize::MAX });
        errors.for_each(|before| response(http, before, &after));
    }
    // Of those that a class names, each may be there.
    come.retain(|one| !old.iter().any(|class| covers(class.status, one.status)));
    // A document that names errors leaves out the one whose status nobody knows.
    let named = http.new.operation_id.is_some() && new.iter().any(|one| !one.status.is_success());
    gone.retain(|one| !(named && is_any_error(one.status)));
    gone.retain(|one| !new.iter().any(|class| covers(class.status, one.status)));
    // With nothing known on one side there is nothing to say of statuses.
    if old.is_empty() || new.is_empty() {
        return;
    }
    success(http, &gone, &come);
    errors(http, &gone, &come);
}

/// Does its type show nothing of it, and its code neither?
fn is_erased(shapes: &Shapes, response: &Response) -> bool {
    let erased = |media: &Media| match &shapes.get(media.shape).shape {
        Shape::Opaque(opaque) => opaque.reason == OpaqueReason::Erased,
        _ => false,
    };
    !response.by_code && !response.media.is_empty() && response.media.iter().all(erased)
}

/// The status of an error that is not known.
fn is_any_error(status: Status) -> bool {
    matches!(status, Status::Error | Status::Default)
}

/// `4XX` and `404`.
fn covers(a: Status, b: Status) -> bool {
    match (a, b) {
        (Status::Class(digit), Status::Code(code)) | (Status::Code(code), Status::Class(digit)) => {
            code / 100 == u16::from(digit)
        }
        _ => false,
    }
}

/// A status that is not known as a number, and one that is.
fn vague(a: Status, b: Status) -> bool {
    match (a, b) {
        (Status::Success, other) | (other, Status::Success) => other.is_success(),
        (any, other) | (other, any) if is_any_error(any) => !other.is_success(),
        _ => false,
    }
}

fn place(status: Status) -> String {
    format!("response {status}")
}

/// Is it a way through code whose status only the running program knows?
fn is_guessed(response: &Response) -> bool {
    response.by_code && response.status == Status::Error
}

/// Where the status of one is known and that of the other is not, nobody knows whether they belong together.
fn guessed(http: &mut HttpPair<'_, '_>, old: &Response, new: &Response) {
    let fits = |walker: &mut super::shapes::Walker<'_>| {
        new.media.iter().all(|b| old.media.iter().any(|a| walker.fits(a.shape, b.shape, AT)))
    };
    let same = old.media.is_empty() == new.media.is_empty() && fits(http.walker);
    if is_guessed(new) || !same {
        let found = endpoint().by(old.member.as_ref(), new.member.as_ref());
        http.say(K::ResponseOpaqueChanged, place(new.status), found);
    }
}

fn response(http: &mut HttpPair<'_, '_>, old: &Response, new: &Response) {
    let known = |one: &Response| matches!(one.status, Status::Code(_) | Status::Class(_));
    if is_guessed(old) && known(new) || known(old) && is_guessed(new) {
        return guessed(http, old, new);
    }
    let Response { status, media, headers, member, by_code, published, code } = old;
    let before = http.out.len();
    let place = place(new.status);
    let cause = Cause { old: member.clone(), new: new.member.clone() };
    let found = || endpoint().by(member.as_ref(), new.member.as_ref());
    let opaque = |shapes: &Shapes, media: &[Media]| {
        media.iter().all(|one| matches!(shapes.get(one.shape).shape, Shape::Opaque(_)))
    };
    match (media.is_empty(), new.media.is_empty()) {
        (true, true) => {}
        (true, false) if opaque(http.walker.new, &new.media) => {
            let what = new.media.first().map(|media| super::text::shape(http.walker.new, media.shape));
            let found = found().values("nothing", what.unwrap_or_default());
            http.say(K::ResponseBecameOpaque, place.clone(), found);
        }
        // A document that names no body does not say that there is none.
        (true, false) if is_documented(old) && new.by_code => {}
        (true, false) => http.say(K::ResponseBodyAdded, place.clone(), found()),
        // What was not known may have been no body.
        (false, true) if opaque(http.walker.old, media) => {}
        (false, true) if *by_code && is_documented(new) => http.say(K::ResponseOpaqueChanged, place.clone(), found()),
        (false, true) => http.say(K::ResponseBodyRemoved, place.clone(), found()),
        (false, false) => {
            let kinds = (K::ResponseContentTypeAdded, K::ResponseContentTypeRemoved);
            super::bodies::media(http, (media, &new.media), kinds, AT, &place, &cause);
        }
    }
    let in_bodies = opaque(http.walker.new, &new.media) && !new.media.is_empty();
    let open = |status: Status| matches!(status, Status::Success | Status::Error);
    if open(new.status) && !open(*status) && *status != Status::Default && !in_bodies {
        let found = found().values(status.to_string(), "a status that only the running program knows");
        http.say(K::ResponseBecameOpaque, place.clone(), found);
    } else if code.is_some() && *code != new.code && !in_bodies && (new.code.is_some() || !by_code) {
        // Of a type the code is one, whichever of its statuses is looked at.
        let whole = |member: &Member| Member { name: String::new(), ..member.clone() };
        let (old, new) = (member.as_ref().map(whole), new.member.as_ref().map(whole));
        http.say(K::ResponseOpaqueChanged, place.clone(), endpoint().by(old.as_ref(), new.as_ref()));
    }
    // What the document says and what the code does may have differed before.
    if *published != new.published && *by_code != new.by_code && http.out.len() > before {
        http.out.truncate(before);
        return http.say(K::ResponseOpaqueChanged, place, found());
    }
    // Code that is followed no more may answer what it did.
    for one in http.out.iter_mut().skip(before) {
        let turned = match one.kind {
            K::ResponseBecameOpaque => *by_code,
            // Of any JSON, code told more on one side alone.
            K::ResponseTypeWidened => *by_code && any_json(http.walker.new, &new.media),
            K::ResponseTypeNarrowed => new.by_code && any_json(http.walker.old, media),
            _ => false,
        };
        if turned {
            one.kind = K::ResponseOpaqueChanged;
        }
    }
    once_for_the_code(&mut http.out, before, &place);
    // What code set may be set still where it is followed no more.
    if !(*by_code && in_bodies && !is_followed(http.walker.new, new)) {
        response_headers(http, headers, &new.headers, &place, &cause);
    }
}

/// That the code of a handler changed which writes an answer is said once, however many parts of it that reaches.
fn once_for_the_code(out: &mut Vec<Occurrence>, before: usize, place: &str) {
    let owner = |occurrence: &Occurrence| {
        let cause = occurrence.found.cause.as_ref()?;
        let member = cause.new.as_ref().or(cause.old.as_ref())?;
        (occurrence.kind == K::ResponseOpaqueChanged && !is_type(&member.owner)).then(|| member.owner.clone())
    };
    let mut first: Option<(usize, String)> = None;
    let mut at = before;
    while at < out.len() {
        let Some(name) = out.get(at).and_then(owner) else {
            at += 1;
            continue;
        };
        match &first {
            Some((known, same)) if *same == name => {
                if let Some(known) = out.get_mut(*known) {
                    place.clone_into(&mut known.at);
                }
                out.remove(at);
            }
            _ => {
                first = Some((at, name));
                at += 1;
            }
        }
    }
}

/// Does only a row of the handler's documentation state it?
fn is_documented(response: &Response) -> bool {
    let of_handler = |member: &Member| !member.name.is_empty() && !is_type(&member.owner);
    !response.by_code && response.member.as_ref().is_some_and(of_handler)
}

/// Is it any JSON?
fn any_json(shapes: &Shapes, media: &[Media]) -> bool {
    media.iter().any(|one| matches!(shapes.get(one.shape).shape, Shape::Any))
}

/// Was the code that gives it read, though not all that it carries is known?
fn is_followed(shapes: &Shapes, response: &Response) -> bool {
    let by_hand = |media: &Media| match &shapes.get(media.shape).shape {
        Shape::Opaque(opaque) => opaque.reason == OpaqueReason::HandWritten,
        _ => true,
    };
    response.by_code && response.media.iter().all(by_hand)
}

fn response_headers(http: &mut HttpPair<'_, '_>, old: &[Header], new: &[Header], place: &str, cause: &Cause) {
    let found = || endpoint().by(cause.old.as_ref(), cause.new.as_ref());
    let path = |header: &Header| format!("{place} · header {}", header.name.to_ascii_lowercase());
    let same = |a: &Header, b: &Header| a.name.eq_ignore_ascii_case(&b.name);
    // Among headers that nobody knows may be any, and that they are gone nobody knows either.
    let open = |all: &[Header]| all.iter().any(|header| header.name == "*");
    let (old_open, new_open) = (open(old), open(new));
    let (old, new) = (once(old), once(new));
    for a in old.iter().copied() {
        let Some(b) = new.iter().find(|b| same(a, b)) else {
            if new_open {
                continue;
            }
            http.say(K::ResponseHeaderRemoved, path(a), found().was(a.name.clone()));
            continue;
        };
        let Header { name: _, presence, shape } = a;
        match (presence, b.presence) {
            (Presence::Always, Presence::Maybe) => {
                http.say(K::ResponseHeaderOptional, path(b), found().was(b.name.clone()))
            }
            (Presence::Maybe, Presence::Always) => {
                http.say(K::ResponseHeaderGuaranteed, path(b), found().is(b.name.clone()))
            }
            _ => {}
        }
        http.walk((*shape, b.shape), Position::of(Family::Header), &path(b), None);
    }
    for b in new.iter().filter(|b| !old_open && !old.iter().any(|a| same(a, b))) {
        http.say(K::ResponseHeaderAdded, path(b), found().is(b.name.clone()));
    }
}

/// The headers, each once: where several parts of an answer send one, the one that always does. What may be sent under
/// a name that nobody knows is left out.
fn once(all: &[Header]) -> Vec<&Header> {
    let mut out: Vec<&Header> = Vec::new();
    for header in all.iter().filter(|header| header.name != "*" || header.presence == Presence::Always) {
        match out.iter_mut().find(|known| known.name.eq_ignore_ascii_case(&header.name)) {
            Some(known) if header.presence == Presence::Always => *known = header,
            Some(_) => {}
            None => out.push(header),
        }
    }
    out
}

fn success(http: &mut HttpPair<'_, '_>, gone: &[Response], come: &[Response]) {
    let gone: Vec<&Response> = gone.iter().filter(|r| r.status.is_success()).collect();
    let come: Vec<&Response> = come.iter().filter(|r| r.status.is_success()).collect();
    // Whoever is told that nothing was modified has asked for it, and gets no body.
    let (unmodified, come): (Vec<_>, Vec<_>) = come.into_iter().partition(|r| r.status == Status::Code(304));
    for new in unmodified {
        let found = endpoint().is(new.status.to_string()).by(None, new.member.as_ref());
        http.say(K::ResponseSuccessStatusAdded, place(new.status), found);
    }
    if let ([old], [new]) = (gone.as_slice(), come.as_slice()) {
        let found = endpoint().values(old.status.to_string(), new.status.to_string());
        http.say(
            K::ResponseSuccessStatusChanged,
            place(new.status),
            found.by(old.member.as_ref(), new.member.as_ref()),
        );
        return response(http, old, new);
    }
    // One of several ways to answer a status that is still answered: clients knew the others. And a status that is not
    // known may be any that is still answered.
    let stays = |old: &Response| {
        let mut new = http.new.responses.iter().filter(|new| new.status.is_success());
        new.any(|new| new.status == old.status || old.status == Status::Success)
    };
    let gone: Vec<&Response> = gone.into_iter().filter(|old| !stays(old)).collect();
    for old in gone {
        let found = endpoint().was(old.status.to_string()).by(old.member.as_ref(), None);
        http.say(K::ResponseSuccessStatusRemoved, place(old.status), found);
    }
    for new in come {
        let kind = if promised(http, new) { K::ResponseSuccessStatusAdded } else { K::ResponseSuccessBodyAdded };
        let mut found = endpoint().is(new.status.to_string()).by(None, new.member.as_ref());
        if kind == K::ResponseSuccessBodyAdded && new.media.is_empty() {
            found.was = Some("a body".to_owned());
        }
        http.say(kind, place(new.status), found);
    }
}

/// Was a body that this one fits promised for success already?
fn promised(http: &mut HttpPair<'_, '_>, new: &Response) -> bool {
    let before = http.old.responses.iter().filter(|r| r.status.is_success());
    for old in before {
        if old.media.is_empty() && new.media.is_empty() {
            return true;
        }
        let fits = |walker: &mut super::shapes::Walker<'_>| {
            new.media.iter().all(|b| old.media.iter().any(|a| walker.fits(a.shape, b.shape, AT)))
        };
        if !new.media.is_empty() && fits(http.walker) {
            return true;
        }
    }
    false
}

/// Is a path a type's, and not a handler's that states its own statuses?
fn is_type(path: &str) -> bool {
    path.rsplit("::").next().is_some_and(|last| last.starts_with(char::is_uppercase))
}

fn errors(http: &mut HttpPair<'_, '_>, gone: &[Response], come: &[Response]) {
    let gone: Vec<&Response> = gone.iter().filter(|r| !r.status.is_success()).collect();
    let mut come: Vec<&Response> = come.iter().filter(|r| !r.status.is_success()).collect();
    // The same Rust variant under another status, where that is the only one.
    let name = |r: &Response| r.member.as_ref().map(|m| (m.owner.clone(), m.name.clone()));
    for old in &gone {
        let alone = gone.iter().filter(|r| name(r) == name(old)).count() == 1;
        let same: Vec<usize> = come
            .iter()
            .enumerate()
            .filter(|(_, new)| name(old).is_some() && name(new) == name(old))
            .map(|(j, _)| j)
            .collect();
        if let (true, [j]) = (alone, same.as_slice()) {
            let new = come.remove(*j);
            let found = endpoint().values(old.status.to_string(), new.status.to_string());
            let found = found.by(old.member.as_ref(), new.member.as_ref());
            http.say(K::ResponseErrorStatusChanged, place(new.status), found);
            response(http, old, new);
            continue;
        }
        let mut found = endpoint().was(old.status.to_string()).by(old.member.as_ref(), None);
        // Perhaps the one became the other: a hint, and nothing but.
        if let ([_], [new]) = (gone.as_slice(), come.as_slice()) {
            found.related = Some(new.status.to_string());
        }
        http.say(K::ResponseErrorStatusRemoved, place(old.status), found);
    }
    for new in come {
        let mut found = endpoint().is(new.status.to_string()).by(None, new.member.as_ref());
        // A type names all that it may answer, wherever it is returned: more than each handler does.
        found.was = new.member.as_ref().map(|member| member.owner.clone()).filter(|owner| is_type(owner));
        // So does the code of a handler, whichever way through it a request takes.
        if found.was.is_none() && new.by_code {
            found.was = Some("code".to_owned());
        }
        http.say(K::ResponseErrorStatusAdded, place(new.status), found);
    }
}

#[cfg(test)]
mod tests {
    use super::is_type;

    #[test]
    fn types_begin_with_a_capital() {
        assert!(is_type("shop::errors::Failure") && !is_type("shop::orders::find"));
    }
}
