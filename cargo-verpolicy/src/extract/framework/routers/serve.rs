//! Puts together what routers serve and what the attributes of handlers say.

use super::files;
use super::servers::{self, Seen};
use super::value::{Answering, Named, Origin, Route};
use super::{Found, Kind, Routers};
use crate::extract::crates::{ModuleId, Scope, Ty};
use crate::extract::framework::draft::{Argument, Draft};
use crate::extract::framework::handler::body_unknown;
use crate::extract::framework::handler::{handler, path_parameters, responses};
use crate::extract::framework::{Reading, Served, Site, answer, handwritten, salvo, template};
use crate::model::{
    BlindSpot, BlindSpotKind, Condition, Http, In, Lifetime, Media, MethodSet, Mount, OpaqueReason, Parameter,
    PathTemplate, Place, Prefix, Published, Reader, Response, Stability, Status,
};
use crate::syntax::facts::ItemKind;
use std::collections::{BTreeMap, BTreeSet};

/// Adds what the package's routers serve to what attributes state. A handler that a router reaches is served where the
/// router says, and nowhere else.
pub(in crate::extract::framework) fn apply(reading: &mut Reading<'_, '_>, routers: &Routers<'_>, package: usize) {
    let none = Found::default();
    let found = routers.packages.get(&package).unwrap_or(&none);
    // A layer is said once, wherever it stands.
    let mut layers = BTreeSet::new();
    let once = |spot: &&BlindSpot| spot.kind != BlindSpotKind::Layer || layers.insert(spot.detail.clone());
    reading.blind_spots.extend(found.blind_spots.iter().filter(once).cloned());
    let stated = Stated::of(std::mem::take(reading.served));
    let mut reached = BTreeSet::new();
    let mut seen = Seen::new(&found.servers, &found.routes);
    let mut servers = Vec::new();
    let mount = |route: &Route<'_>| found.servers.get(route.server).map_or(Mount::Yes, |origin| origin.mount);
    let mut routes: Vec<&Route<'_>> = found.routes.iter().filter(|route| route.condition != Condition::Never).collect();
    // What one server serves and another only states is served.
    routes.sort_by_key(|route| (mount(route), servers::weight(&route.condition)));
    for route in &routes {
        let before = reading.served.len();
        let at = stated.of_handler(&route.target.path);
        if route.methods.is_empty() {
            reached.extend(at.iter().copied());
            mounted(reading, route, &stated, at, &mut seen);
        } else {
            reached.extend(at.iter().copied());
            for method in &route.methods {
                let mut handler = servers::handler(reading.crates, &route.target);
                // Closures whose paths are not known are told apart by where they stand.
                if route.target.closure.is_some() && route.path == template::unknown() {
                    handler = servers::Handler::At(route.place.clone());
                }
                if seen.insert((method.clone(), route.path.clone(), handler, route.condition.clone()), route) {
                    let sure = |any: bool| certain(route, &routes, &found.servers, any);
                    one(reading, route, method, (&stated, at), &sure);
                }
            }
        }
        for served in reading.served.iter_mut().skip(before) {
            served.http.mount = mount(route);
            served.http.layers.extend(route.layers.clone());
        }
        servers.resize(reading.served.len(), route.server);
    }
    servers::tell_apart(reading.served, &servers, &found.servers);
    agreed(reading, &found.routes);
    let is_described = |index: &usize| stated.all.get(*index).is_some_and(|served| served.framework == "utoipa");
    let described = reached.iter().any(is_described);
    let mut left = Vec::new();
    let lone = stated.all.into_iter().enumerate().filter(|(index, _)| !reached.contains(index));
    for (_, mut served) in lone {
        served.http.mount = routers.serves(package, &served, described);
        // The document of what another handler serves.
        let same = |other: &Served| other.path.identity() == served.path.identity() && other.methods == served.methods;
        if served.framework == "utoipa" && reading.served.iter().any(same) {
            continue;
        }
        if served.http.mount != Mount::No {
            left.push(served);
        }
    }
    unlisted(reading, &mut left);
    reading.served.append(&mut left);
}

/// Takes back what was said of attributes by themselves where their handlers are mounted: the path there may have the
/// parameters that the attribute's lacks, and one of several mounts may be the attribute's.
fn agreed(reading: &mut Reading<'_, '_>, routes: &[Route<'_>]) {
    let parts = |route: &Route<'_>| !template::parameters(&route.path).is_empty();
    let below: BTreeSet<&str> =
        routes.iter().filter(|route| parts(route)).map(|route| route.target.path.as_str()).collect();
    let served: BTreeSet<&Place> = reading.served.iter().map(|served| &served.place).collect();
    reading.blind_spots.retain(|spot| match spot.kind {
        BlindSpotKind::PathParameterUnmatched => {
            let handler =
                spot.detail.strip_prefix('`').and_then(|rest| rest.split_once('`')).map(|(handler, _)| handler);
            !handler.is_some_and(|handler| below.contains(handler))
        }
        BlindSpotKind::PublishedDiffers => !spot.place.as_ref().is_some_and(|place| served.contains(place)),
        _ => true,
    });
}

/// Rocket's handlers that stand in no list: where they are mounted is not known.
fn unlisted(reading: &mut Reading<'_, '_>, left: &mut [Served]) {
    let mut lost: Vec<&mut Served> = left.iter_mut().filter(|served| served.framework == Kind::Rocket.id()).collect();
    let count = lost.len();
    let Some(first) = lost.first() else { return };
    let place = Some(first.place.clone());
    let detail = match count {
        1 => format!("`{}` stands in no list of routes that could be read", first.handler),
        count => {
            format!("{count} handlers stand in no list of routes that could be read, `{}` the first", first.handler)
        }
    };
    reading.blind_spots.push(BlindSpot { kind: BlindSpotKind::UnknownPrefix, place, detail, hides: None });
    for served in &mut lost {
        served.path.prefix = Prefix::Unknown;
    }
}

/// What attributes state, by handler.
struct Stated {
    all: Vec<Served>,
    by_handler: BTreeMap<String, Vec<usize>>,
}

impl Stated {
    fn of(all: Vec<Served>) -> Self {
        let mut by_handler: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, served) in all.iter().enumerate() {
            by_handler.entry(served.handler.clone()).or_default().push(index);
        }
        Self { all, by_handler }
    }

    fn of_handler(&self, path: &str) -> &[usize] {
        self.by_handler.get(path).map_or(&[], Vec::as_slice)
    }

    fn get(&self, indices: &[usize]) -> impl Iterator<Item = &Served> {
        indices.iter().filter_map(|index| self.all.get(*index))
    }
}

/// A handler mounted below a path: whatever its attributes say stands there.
fn mounted(reading: &mut Reading<'_, '_>, route: &Route<'_>, stated: &Stated, at: &[usize], seen: &mut Seen<'_>) {
    for known in stated.get(at) {
        let path = route.kind.under(&route.path, &known.path);
        let condition = known.condition.clone().and(route.condition.clone());
        if condition == Condition::Never {
            continue;
        }
        let mut methods = known.methods.clone();
        // axum's `GET` answers `HEAD`, stated or not.
        let (get, head) = (MethodSet::One("GET".to_owned()), MethodSet::One("HEAD".to_owned()));
        if route.kind == Kind::Axum && methods.contains(&get) {
            methods.retain(|method| *method != head);
        }
        methods.retain(|method| {
            let handler = servers::Handler::At(known.place.clone());
            seen.insert((method.clone(), path.clone(), handler, condition.clone()), route)
        });
        if methods.is_empty() {
            continue;
        }
        // Of Rocket's mounts each has said so by itself.
        if path.prefix == Prefix::Unknown && known.path.prefix == Prefix::Known && route.kind != Kind::Rocket {
            reading.blind_spots.push(BlindSpot {
                kind: BlindSpotKind::UnknownPrefix,
                place: Some(known.place.clone()),
                detail: format!("`{}` is mounted under a prefix that could not be read", known.handler),
                hides: None,
            });
        }
        let http = standing(reading, route, known, &path);
        reading.served.push(Served { path, condition, methods, http, ..known.clone() });
    }
    if at.is_empty() {
        reading.blind_spots.push(BlindSpot {
            kind: BlindSpotKind::UnknownRoute,
            place: Some(route.place.clone()),
            detail: format!("`{}` is mounted, and no attribute says at which path", route.target.path),
            hides: None,
        });
    }
}

/// What is known of a handler where it stands: below a prefix with parameters it reads those too.
fn standing(reading: &mut Reading<'_, '_>, route: &Route<'_>, known: &Served, path: &PathTemplate) -> Http {
    let mut http = known.http.clone();
    let function = route.target.function.as_ref().map(|named| (named, &named.item.kind));
    let Some((named, ItemKind::Fn(function))) = function else { return http };
    if template::parameters(path) == template::parameters(&known.path) {
        return http;
    }
    let scope = reading.crates.scope_with(&named.scope, &function.generics);
    let site = site(named, &scope, named.scope.module);
    reading.lowering.stand(site.module, reading.crates.place(site.module, named.item.pos));
    let (stated, others): (Vec<_>, Vec<_>) =
        http.parameters.into_iter().partition(|parameter| parameter.place_in == In::Path);
    http.parameters = path_parameters(reading, &site, function, path, stated);
    http.parameters.extend(others);
    http
}

/// The path of a route whose whole way to a server was read, or of one (`any`) that is known, whatever an attribute on its
/// handler says. What is served below an unknown prefix too is such a one where it is served without.
fn certain<'r>(route: &Route<'_>, all: &'r [&Route<'_>], servers: &[Origin], any: bool) -> Option<&'r PathTemplate> {
    let own = below(&route.path);
    let served = |other: &&&Route<'_>| {
        other.path.prefix == Prefix::Known
            && other.target.path == route.target.path
            && (any || servers.get(other.server).is_some_and(|origin| origin.served))
            && below(&other.path) == own
    };
    all.iter().find(served).map(|other| &other.path)
}

/// A path without what stands before it and is not known.
fn below(path: &PathTemplate) -> String {
    PathTemplate { prefix: Prefix::Known, ..template::settle(path.clone()) }.identity()
}

/// Is what an attribute says before a served path said there again: `context_path = "/a", path = "/a/b"`?
fn says_twice(stated: &PathTemplate, served: &PathTemplate) -> bool {
    let (stated, served) = (below(stated), below(served));
    let before = stated.strip_suffix(&served).unwrap_or_default();
    !before.is_empty() && served.strip_prefix(before).is_some_and(|rest| rest.starts_with('/'))
}

/// One method of one route; `at` are the routes that attributes on its handler state, `sure` its path where that is
/// certain.
fn one<'r>(
    reading: &mut Reading<'_, '_>,
    route: &Route<'_>,
    method: &MethodSet,
    (stated, at): (&Stated, &[usize]),
    sure: &dyn Fn(bool) -> Option<&'r PathTemplate>,
) {
    let (mut differs, mut served) = (None, &route.path);
    for known in stated.get(at) {
        let fits = known.methods.contains(method) || *method == MethodSet::Any;
        if !fits || known.condition.excludes(&route.condition) {
            continue;
        }
        let beyond = |path: &PathTemplate| {
            let sure = sure(says_twice(path, &route.path));
            sure.filter(|sure| sure.identity() != path.identity())
        };
        match longer(&known.path, &route.path).map(|path| (beyond(&path), path)) {
            Some((Some(sure), _)) => (differs, served) = (Some(known), sure),
            Some((None, path)) => {
                let methods = if *method == MethodSet::Any { known.methods.clone() } else { vec![method.clone()] };
                let condition = known.condition.clone().and(route.condition.clone());
                let mut http = standing(reading, route, known, &path);
                if route.kind == Kind::Warp {
                    http = extracted(reading, route, &methods, http);
                }
                reading.served.push(Served { path, condition, methods, http, ..known.clone() });
                return;
            }
            None => differs = Some(known),
        }
    }
    if let Some(known) = differs {
        reading.blind_spots.push(BlindSpot {
            kind: BlindSpotKind::PublishedDiffers,
            place: Some(known.place.clone()),
            detail: format!(
                "`{}` is served at `{method} {}`, its attribute says `{}`",
                route.target.path,
                served.render(),
                known.path.render()
            ),
            hides: None,
        });
    }
    let methods = vec![method.clone()];
    let documented = route.target.function.as_ref().is_some_and(|named| named.item.documented);
    let mut http = match differs {
        Some(known) => standing(reading, route, known, served),
        None => http(reading, route, &methods),
    };
    if !route.target.answers.is_empty() {
        stated_beside(reading, route, &mut http.responses);
    }
    reading.served.push(Served {
        framework: route.kind.id(),
        http,
        methods,
        path: served.clone(),
        lifetime: differs.map_or_else(Lifetime::default, |known| known.lifetime.clone()),
        stability: Stability::Stable,
        published: Published::Unknown,
        condition: route.condition.clone(),
        service: String::new(),
        handler: route.target.path.clone(),
        of_trait: false,
        documented,
        place: route.place.clone(),
    });
}

/// What a document says of a route, with what warp's filters read of it: that comes first.
fn extracted(reading: &mut Reading<'_, '_>, route: &Route<'_>, methods: &[MethodSet], mut document: Http) -> Http {
    let read = super::extracts::http(reading, route, methods);
    if read.request.is_some() && !body_unknown(reading, &read) {
        document.request = read.request;
    }
    for parameter in read.parameters.into_iter().filter(|parameter| parameter.place_in != In::Path) {
        let wire = parameter.names.wire.to_lowercase();
        let other = |known: &Parameter| known.place_in != parameter.place_in || known.names.wire.to_lowercase() != wire;
        document.parameters.retain(other);
        document.parameters.push(parameter);
    }
    document.parameters.sort_by_key(|parameter| parameter.place_in);
    document
}

/// Answers that the router states of a handler: they stand for those of which nothing is known.
fn stated_beside(reading: &mut Reading<'_, '_>, route: &Route<'_>, responses: &mut Vec<Response>) {
    for (code, ty) in &route.target.answers {
        let mut stated = answer::answers(reading, ty);
        if let Some(first) = stated.first_mut() {
            first.status = Status::Code(*code);
        }
        let status = Status::Code(*code);
        let unknown = |known: &Response| {
            known.status == status || known.status == Status::Success && answer::carries_opaque(reading, known)
        };
        let kept = std::mem::take(responses).into_iter().filter(|known| !unknown(known));
        let kept: Vec<Response> = kept.collect();
        *responses = kept;
        responses.extend(stated.into_iter().take(1));
    }
    responses.sort_by_key(|response| response.status);
}

/// The whole of two paths of one handler, when one of them ends as the other: a prefix that only one of them knows.
fn longer(stated: &PathTemplate, served: &PathTemplate) -> Option<PathTemplate> {
    let (stated_text, served_text) = (below(stated), below(served));
    if stated_text == served_text {
        return Some(if stated.prefix == Prefix::Known { stated.clone() } else { served.clone() });
    }
    if served.prefix == Prefix::Unknown && stated_text.ends_with(&served_text) {
        return Some(stated.clone());
    }
    if stated_text.ends_with(&served_text) && served_text != "/" {
        return Some(stated.clone());
    }
    (served_text.ends_with(&stated_text) && stated_text != "/").then(|| served.clone())
}

/// What the handler reads and writes.
fn http(reading: &mut Reading<'_, '_>, route: &Route<'_>, methods: &[MethodSet]) -> Http {
    if route.kind != Kind::Warp
        && let Some(named) = &route.target.function
        && let ItemKind::Fn(function) = &named.item.kind
    {
        let scope = reading.crates.scope_with(&named.scope, &function.generics);
        let site = site(named, &scope, named.scope.module);
        reading.lowering.stand(site.module, reading.crates.place(site.module, named.item.pos));
        let http = handler(reading, &site, function, methods, &route.path);
        return if route.kind == Kind::Salvo { salvo::described(reading, &site, &route.path, http) } else { http };
    }
    if route.kind == Kind::Warp {
        return super::extracts::http(reading, route, methods);
    }
    let through = route.target.closure.as_ref().and_then(|closure| closure.through.as_ref());
    let responses = match through.map(|named| (named, &named.item.kind)) {
        Some((named, ItemKind::Fn(function))) => {
            let scope = reading.crates.scope_with(&named.scope, &function.generics);
            responses(reading, &site(named, &scope, named.scope.module), function)
        }
        _ => unnamed(reading, route),
    };
    let mut draft = Draft::new(&route.target.path, methods, &route.path);
    match &route.target.closure {
        Some(closure) => arguments(reading, &mut draft, route, closure),
        _ if route.target.reads => reads_anything(reading, &mut draft, route),
        _ => {}
    }
    draft.finish(reading, &route.place, responses)
}

/// What a function answers that warp's filters call.
pub(super) fn replies(reading: &mut Reading<'_, '_>, named: &Named<'_>) -> Vec<Response> {
    let ItemKind::Fn(function) = &named.item.kind else { return Vec::new() };
    let scope = reading.crates.scope_with(&named.scope, &function.generics);
    let site = site(named, &scope, named.scope.module);
    reading.lowering.stand(site.module, reading.crates.place(site.module, named.item.pos));
    let ret = answer::output_type(reading, &site, function.ret.as_ref());
    // A rejection is for other filters to answer.
    let (reply, rejects) = match &ret {
        Ty::Foreign(path, args) if path.ends_with("::Result") => (args.first().unwrap_or(&ret), true),
        ret => (ret, false),
    };
    let by_code = match answer::is_erased(reply) {
        true => handwritten::of_handler(reading, &site, rejects),
        false => None,
    };
    let is_told = by_code.is_some();
    let mut responses = by_code.unwrap_or_else(|| answer::answers(reading, reply));
    handwritten::settle(reading, &site, &ret, &mut responses);
    if !is_told {
        handwritten::changes_with(reading, &site, &mut responses);
    }
    responses
}

/// What is no function of this side.
pub(super) const UNSEEN: &str = "a closure or service";

/// What a closure answers, by its code; of a service nothing is known.
pub(super) fn unnamed(reading: &mut Reading<'_, '_>, route: &Route<'_>) -> Vec<Response> {
    if files::is_service(&route.target.path) {
        return answer::answers(reading, &files::answered());
    }
    let closure = route.target.closure.as_ref();
    let told = closure.and_then(|closure| handwritten::of_closure(reading, closure, &route.target.path, &route.place));
    told.unwrap_or_else(|| answer::answers(reading, &Ty::Other(UNSEEN.to_owned())))
}

/// Nothing is known of what is read.
fn reads_anything(reading: &mut Reading<'_, '_>, draft: &mut Draft<'_>, route: &Route<'_>) {
    let shape = answer::opaque(reading, UNSEEN, OpaqueReason::Erased, None);
    let argument = Argument { name: String::new(), renamed: None, place: route.place.clone() };
    draft.media(Media { content_type: "*/*".to_owned(), shape, reader: Reader::Raw }, &argument, false);
}

/// What a closure reads by the types of its parameters; of one without a type nothing is known.
fn arguments(reading: &mut Reading<'_, '_>, draft: &mut Draft<'_>, route: &Route<'_>, closure: &Answering<'_>) {
    let site = Site {
        item: closure.item,
        def: None,
        module: closure.scope.module,
        container: None,
        condition: &route.condition,
        path: &route.target.path,
        scope: &closure.scope,
        elsewhere: false,
    };
    for (name, ty) in &closure.params {
        let name = name.as_ref().map(ToString::to_string).unwrap_or_default();
        let argument = Argument { name, renamed: None, place: route.place.clone() };
        match ty {
            Some((ty, scope)) => {
                let ty = reading.crates.ty(scope, ty);
                draft.argument(reading, &site, &ty, &argument);
            }
            None => reads_anything(reading, draft, route),
        }
    }
}

fn site<'s>(named: &'s super::value::Named<'_>, scope: &'s Scope, module: ModuleId) -> Site<'s> {
    Site {
        item: named.item,
        def: None,
        module,
        container: None,
        condition: &named.condition,
        path: &named.path,
        scope,
        elsewhere: false,
    }
}
