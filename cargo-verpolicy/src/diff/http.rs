//! What two HTTP endpoints read and write.

use super::ChangeKind as K;
use super::shapes::{Cause, Found, Walker};
use super::word::Position;
use crate::model::{Auth, Condition, Http, PathTemplate, Shape, ShapeId, Shapes};
use std::collections::{BTreeMap, BTreeSet};

/// A change at one endpoint, before causes are gathered.
#[derive(Clone, Debug)]
pub(super) struct Occurrence {
    pub kind: K,
    pub at: String,
    pub found: Found,
    pub message: bool,
    /// The builds in which it is seen, of those that have the endpoint.
    pub condition: Condition,
}

/// Two HTTP endpoints that are compared.
pub(super) struct HttpPair<'w, 'a> {
    pub walker: &'w mut Walker<'a>,
    pub old: &'w Http,
    pub new: &'w Http,
    pub out: Vec<Occurrence>,
    /// Names that moved from a parameter into the body, and out of it.
    pub moved: (BTreeSet<String>, BTreeSet<String>),
}

/// Compares two HTTP endpoints; `literals` of the old path became the named parameters of the new one.
pub(super) fn compare(
    walker: &mut Walker<'_>,
    (old, new): (&Http, &Http),
    paths: (&PathTemplate, &PathTemplate),
    literals: &[(String, String)],
) -> Vec<Occurrence> {
    let Http {
        parameters: _,
        unknown_query: _,
        request: _,
        responses: _,
        auth,
        extractors,
        code,
        raw: _,
        layers,
        mount: _,
        operation_id,
    } = old;
    let mut pair = HttpPair { walker, old, new, out: Vec::new(), moved: (BTreeSet::new(), BTreeSet::new()) };
    super::parameters::compare(&mut pair, paths, literals);
    super::bodies::compare(&mut pair);
    super::responses::compare(&mut pair);
    pair.auth(auth, &new.auth);
    pair.extractors(extractors, &new.extractors);
    pair.code(code, &new.code);
    pair.layers(layers, &new.layers);
    if let (Some(was), Some(is)) = (operation_id, &new.operation_id)
        && was != is
    {
        pair.say(K::EndpointOperationIdChanged, String::new(), endpoint().values(was, is));
    }
    pair.out
}

/// Is all that a request holds beside its path unknown: `*/*` of an opaque type?
pub(super) fn is_unknown(shapes: &Shapes, http: &Http) -> bool {
    let body = http.request.as_ref().filter(|body| !body.required);
    match body.map(|body| body.media.as_slice()) {
        Some([only]) => only.content_type == "*/*" && matches!(shapes.get(only.shape).shape, Shape::Opaque(_)),
        _ => false,
    }
}

/// Do both sides tell in the same way what credentials they want: by a document, or by code alone?
pub(super) fn tell_alike(old: &Http, new: &Http) -> bool {
    let states = |http: &Http| matches!(http.auth, Auth::Schemes { .. });
    old.operation_id.is_some() == new.operation_id.is_some() || states(old) && states(new)
}

/// A change of the endpoint itself: the word plays no part.
pub(super) fn endpoint() -> Found {
    Found::new(super::word::Word::TypeChanged)
}

impl HttpPair<'_, '_> {
    /// Says one change.
    pub(super) fn say(&mut self, kind: K, at: String, found: Found) {
        let condition = found.seen();
        self.out.push(Occurrence { kind, at, found, message: false, condition });
    }

    /// Says everything that two shapes meet from here on; `cause` is the member behind the place itself.
    pub(super) fn walk(&mut self, (old, new): (ShapeId, ShapeId), at: Position, place: &str, cause: Option<&Cause>) {
        self.out.extend(walked(self.walker, (old, new), at, place, cause));
    }

    /// Did the body gain a field of this name? Then it moved there.
    pub(super) fn body_gained(&mut self, name: &str) -> bool {
        let gained =
            fields(self.walker.new, self.new).contains(name) && !fields(self.walker.old, self.old).contains(name);
        if gained {
            self.moved.0.insert(name.to_owned());
        }
        gained
    }

    /// Did the body lose a field of this name?
    pub(super) fn body_lost(&mut self, name: &str) -> bool {
        let lost =
            fields(self.walker.old, self.old).contains(name) && !fields(self.walker.new, self.new).contains(name);
        if lost {
            self.moved.1.insert(name.to_owned());
        }
        lost
    }

    fn auth(&mut self, old: &Auth, new: &Auth) {
        let needed = |auth: &Auth| matches!(auth, Auth::Schemes { optional: false, .. });
        let (a, b) = (alternatives(old), alternatives(new));
        let kind = match (needed(old), needed(new)) {
            (false, true) => K::EndpointAuthRequired,
            (true, false) => K::EndpointAuthRelaxed,
            (true, true) if admits(&a, &b) && admits(&b, &a) => return,
            (true, true) if admits(&a, &b) => K::EndpointAuthRelaxed,
            (true, true) => K::EndpointAuthChanged,
            // Nobody had to send any.
            (false, false) => return,
        };
        let text = |auth: &Auth| match auth {
            Auth::None => "no credentials".to_owned(),
            Auth::Schemes { any_of, optional } => {
                format!("{}{}", any_of.join(" or "), if *optional { " or none" } else { "" })
            }
        };
        self.say(kind, String::new(), endpoint().values(text(old), text(new)));
    }

    /// Extractors of both sides whose code is another one, and is not followed.
    fn code(&mut self, old: &BTreeMap<String, u64>, new: &BTreeMap<String, u64>) {
        let last = |path: &str| path.rsplit("::").next().unwrap_or(path).to_owned();
        for (path, is) in new {
            let moved = || old.iter().find(|(other, _)| last(other) == last(path)).map(|(_, was)| was);
            if old.get(path).or_else(moved).is_some_and(|was| was != is) {
                let found = endpoint().values(path.as_str(), path.as_str());
                self.say(K::RequestOpaqueChanged, format!("request · {}", last(path)), found);
            }
        }
    }

    /// Layers that came, went or do something else. One that moved keeps its name, one that is called otherwise its code.
    fn layers(&mut self, old: &BTreeMap<String, u64>, new: &BTreeMap<String, u64>) {
        fn last(path: &str) -> &str {
            path.rsplit("::").next().unwrap_or(path)
        }
        type Layer<'l> = (&'l String, &'l u64);
        let same: [fn(Layer<'_>, Layer<'_>) -> bool; 3] =
            [|a, b| a.0 == b.0, |a, b| *a.1 != 0 && a.1 == b.1, |a, b| last(a.0) == last(b.0)];
        let (mut gone, mut fresh) = (old.clone(), new.clone());
        for same in same {
            for (path, was) in gone.clone() {
                let found = fresh.iter().find(|is| same((&path, &was), *is)).map(|(found, is)| (found.clone(), *is));
                let Some((found, is)) = found else { continue };
                gone.remove(&path);
                fresh.remove(&found);
                if is != was {
                    self.say(K::EndpointLayerChanged, String::new(), endpoint().values(path, found));
                }
            }
        }
        for path in gone.into_keys() {
            self.say(K::EndpointLayerChanged, String::new(), endpoint().was(path));
        }
        for path in fresh.into_keys() {
            self.say(K::EndpointLayerChanged, String::new(), endpoint().is(path));
        }
    }

    fn extractors(&mut self, old: &[String], new: &[String]) {
        for extractor in fresh(old, new) {
            self.say(K::EndpointExtractorAdded, String::new(), endpoint().is(extractor.as_str()));
        }
    }
}

/// Extractors that nobody could look into and that the old side does not take. A type may move; its name stays.
pub(super) fn fresh<'n>(old: &[String], new: &'n [String]) -> BTreeSet<&'n String> {
    let last = |path: &String| path.rsplit("::").next().unwrap_or(path).to_owned();
    let known: BTreeSet<String> = old.iter().map(last).collect();
    new.iter().filter(|extractor| !known.contains(&last(extractor))).collect()
}

/// Credentials that are sent together: schemes with the scopes that they need.
type Credentials<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// `a[read,write]+b` or `c`: any of these.
fn alternatives(auth: &Auth) -> Vec<Credentials<'_>> {
    let Auth::Schemes { any_of, optional: _ } = auth else { return Vec::new() };
    any_of.iter().map(|together| together.split('+').map(scheme).collect()).collect()
}

/// `a[read,write]`.
fn scheme(text: &str) -> (&str, BTreeSet<&str>) {
    match text.strip_suffix(']').and_then(|text| text.split_once('[')) {
        Some((name, scopes)) => (name, scopes.split(',').collect()),
        None => (text, BTreeSet::new()),
    }
}

/// Are all that called with the old credentials let in with the new ones? More scopes than needed do no harm.
fn admits(old: &[Credentials<'_>], new: &[Credentials<'_>]) -> bool {
    let holds = |has: &Credentials<'_>, needs: &Credentials<'_>| {
        needs.iter().all(|(scheme, scopes)| has.get(scheme).is_some_and(|known| known.is_superset(scopes)))
    };
    old.iter().all(|has| new.iter().any(|needs| holds(has, needs)))
}

/// Everything that two shapes meet, as occurrences under `place`.
pub(super) fn walked(
    walker: &mut Walker<'_>,
    (old, new): (ShapeId, ShapeId),
    at: Position,
    place: &str,
    cause: Option<&Cause>,
) -> Vec<Occurrence> {
    let mut out = Vec::new();
    let outer = cause.map_or(Condition::Always, Cause::condition);
    for met in walker.walk(old, new, at) {
        let Some(kind) = at.kind(met.found.word) else { continue };
        let condition = outer.clone().and(met.condition);
        let cause = met.cause.or_else(|| cause.cloned());
        out.push(Occurrence {
            kind,
            at: join(place, &met.path),
            found: Found { cause, ..met.found },
            message: at.message,
            condition,
        });
    }
    out
}

/// `request` and `.mail` → `request · mail`; `query · filter` and `.name` → `query · filter.name`.
fn join(place: &str, path: &str) -> String {
    if path.is_empty() {
        return place.to_owned();
    }
    if place.contains(" · ") {
        return format!("{place}{path}");
    }
    format!("{place} · {}", path.strip_prefix('.').unwrap_or(path))
}

/// The names of the body's own fields.
fn fields(shapes: &Shapes, http: &Http) -> BTreeSet<String> {
    let media = http.request.iter().flat_map(|body| &body.media);
    media
        .filter_map(|media| match &shapes.get(media.shape).shape {
            Shape::Object(object) => Some(object.fields.iter().map(|f| f.names.wire.clone())),
            _ => None,
        })
        .flatten()
        .collect()
}
