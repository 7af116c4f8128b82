//! Endpoints with a route: found by a framework, or stated in a mark.

use super::super::Unmarked;
use super::super::crates::Ty;
use super::super::framework::{self, Reading, Served, Site};
use super::super::marks::PlacedMark;
use super::super::open::opened;
use super::{Assembly, Marked};
use crate::model::{
    Auth, BlindSpot, BlindSpotKind, Body, Direction, Endpoint, EndpointContent, EndpointKey, Http, Lifetime, Media,
    MethodSet, PathTemplate, Prefix, Reader, Response, ShapeId, Stability, Status, UnknownKeys,
};
use crate::syntax::MarkFact;
use crate::syntax::facts::{ItemKind, Type};

impl<'d> Assembly<'_, 'd> {
    /// Routes that a framework states, with what the marks on the handler (or around it) say.
    pub(super) fn served(&mut self, site: &Site<'d>, marked: Marked<'_>, served: &[Served]) {
        let general = marked.general();
        let stated: Vec<Stated<'_>> = marked.own.iter().flat_map(Stated::of).collect();
        let mut agreed = vec![false; stated.len()];
        for found in served {
            for method in &found.methods {
                let matching = stated.iter().position(|s| s.method == *method && s.agrees(&found.path));
                if let Some((at, stated)) = matching.and_then(|at| Some((at, stated.get(at)?))) {
                    if let Some(flag) = agreed.get_mut(at) {
                        *flag = true;
                    }
                    let path = match found.path.prefix {
                        Prefix::Known => found.path.clone(),
                        Prefix::Unknown => stated.path.clone(),
                    };
                    self.found(site, marked, found, (method.clone(), path), Some(stated.mark));
                } else if general.is_empty() {
                    self.found(site, marked, found, (method.clone(), found.path.clone()), None);
                } else {
                    for mark in &general {
                        self.found(site, marked, found, (method.clone(), found.path.clone()), Some(mark));
                    }
                }
            }
        }
        for (stated, agreed) in stated.iter().zip(agreed) {
            if !agreed {
                let others: Vec<String> = served.iter().map(|s| format!("`{}`", s.path.render())).collect();
                self.blind_spots.push(BlindSpot {
                    kind: BlindSpotKind::RouteDiffers,
                    place: Some(stated.mark.place.clone()),
                    detail: format!(
                        "the mark on `{}` states `{} {}`, its framework {}: both are listed",
                        site.path,
                        stated.method,
                        stated.path.render(),
                        others.join(" and "),
                    ),
                    hides: None,
                });
                self.stated_route(site, marked, stated);
            }
        }
    }

    /// A route whose handler has no site of its own.
    pub(super) fn unmarked(&mut self, served: &Served, marked: Marked<'_>, site: Option<&Site<'d>>) {
        for method in &served.methods {
            self.one(site, marked, served, (method.clone(), served.path.clone()), None);
        }
    }

    fn found(
        &mut self,
        site: &Site<'d>,
        marked: Marked<'_>,
        served: &Served,
        route: (MethodSet, PathTemplate),
        mark: Option<&PlacedMark>,
    ) {
        self.one(Some(site), marked, served, route, mark);
    }

    fn one(
        &mut self,
        site: Option<&Site<'d>>,
        marked: Marked<'_>,
        served: &Served,
        (method, path): (MethodSet, PathTemplate),
        mark: Option<&PlacedMark>,
    ) {
        let mut http = served.http.clone();
        if let (Some(site), Some(mark)) = (site, mark) {
            self.overrule(site, &mut http, &mark.mark);
        }
        let key = EndpointKey::Http { service: served.service.clone(), path, method };
        let content = EndpointContent::Http(Box::new(http));
        let mut endpoint = self.endpoint(site, (key, content), marked, mark, served.lifetime.clone(), &served.handler);
        if mark.and_then(PlacedMark::stability).is_none() {
            endpoint.stability = served.stability.clone();
            endpoint.marked |= matches!(served.stability, Stability::Unstable { .. });
        }
        endpoint.condition = served.condition.clone();
        endpoint.published = served.published;
        endpoint.documented = served.documented;
        endpoint.framework = Some(served.framework.to_owned());
        endpoint.place = served.place.clone();
        if let Some(site) = site.filter(|_| mark.is_none() && !endpoint.marked) {
            let place = |pos| self.crates.place(site.module, pos);
            self.without_mark.push(Unmarked {
                key: endpoint.key.clone(),
                route: endpoint.place.clone(),
                handler: place(site.item.pos),
                name: site.item.name.to_string(),
                by_attribute: site.item.attrs.iter().any(|attr| place(attr.pos) == served.place),
            });
        }
        self.endpoints.push(endpoint);
    }

    /// A mark that states the route of what no framework's attribute gives one.
    pub(super) fn stated(&mut self, site: &Site<'d>, marked: Marked<'_>, mark: &PlacedMark) {
        for stated in Stated::of(mark) {
            self.stated_route(site, marked, &stated);
        }
        if self.routers_known && matches!(site.item.kind, ItemKind::Fn(_)) {
            self.unreached(site, mark);
        }
    }

    fn stated_route(&mut self, site: &Site<'d>, marked: Marked<'_>, stated: &Stated<'_>) {
        let mut http = match &site.item.kind {
            ItemKind::Fn(function) => framework::handler(
                &mut Reading {
                    crates: self.crates,
                    options: self.options,
                    lowering: &mut self.lowering,
                    served: &mut Vec::new(),
                    blind_spots: &mut self.blind_spots,
                    runs: self.runs,
                },
                site,
                function,
                std::slice::from_ref(&stated.method),
                &stated.path,
            ),
            _ => nothing_known(),
        };
        self.overrule(site, &mut http, &stated.mark.mark);
        let key =
            EndpointKey::Http { service: String::new(), path: stated.path.clone(), method: stated.method.clone() };
        let content = EndpointContent::Http(Box::new(http));
        let endpoint: Endpoint =
            self.endpoint(Some(site), (key, content), marked, Some(stated.mark), Lifetime::default(), site.path);
        self.endpoints.push(endpoint);
    }

    /// `request`, `responses` and `open` of a mark have the last word.
    fn overrule(&mut self, site: &Site<'_>, http: &mut Http, mark: &MarkFact) {
        self.lowering.stand(site.module, self.crates.place(site.module, site.item.pos));
        if let Some(request) = &mark.request {
            let (shape, required) = self.body(site, &request.value, Direction::Input);
            http.request = Some(Body { required, media: vec![json(shape)], member: None, published: false });
        }
        if !mark.responses.is_empty() {
            http.responses = mark
                .responses
                .iter()
                .map(|answer| Response {
                    status: Status::Code(answer.status.value),
                    media: answer
                        .body
                        .iter()
                        .map(|body| json(self.body(site, &body.value, Direction::Output).0))
                        .collect(),
                    headers: Vec::new(),
                    member: None,
                    by_code: false,
                    published: false,
                    code: None,
                })
                .collect();
            http.responses.sort_by_key(|response| response.status);
        }
        if mark.open.is_some() {
            for media in http.responses.iter_mut().flat_map(|response| &mut response.media) {
                media.shape = opened(&mut self.lowering.shapes, media.shape);
            }
        }
    }

    /// The shape of a body, and whether it must be there: not for `Option<T>`.
    fn body(&mut self, site: &Site<'_>, ty: &Type, direction: Direction) -> (ShapeId, bool) {
        let ty = self.crates.ty(site.scope, ty);
        match &ty {
            Ty::Foreign(path, args) if **path == *"std::option::Option" && direction == Direction::Input => {
                let inner = args.first().unwrap_or(&ty);
                (self.lowering.value(inner, direction, Reader::Json), false)
            }
            ty => (self.lowering.value(ty, direction, Reader::Json), true),
        }
    }
}

/// One method of a route that a mark states.
struct Stated<'m> {
    mark: &'m PlacedMark,
    method: MethodSet,
    path: PathTemplate,
}

impl<'m> Stated<'m> {
    fn of(mark: &'m PlacedMark) -> Vec<Self> {
        let Some(route) = &mark.mark.route else { return Vec::new() };
        let path = framework::mark_path(&route.path.value);
        let method = |name: &str| match name {
            "ANY" => MethodSet::Any,
            name => MethodSet::One(name.to_owned()),
        };
        route.methods.iter().map(|m| Self { mark, method: method(&m.value), path: path.clone() }).collect()
    }

    /// Does the framework's path say the same? One whose beginning is set elsewhere does when it ends alike.
    fn agrees(&self, found: &PathTemplate) -> bool {
        match found.prefix {
            Prefix::Known => self.path.identity() == found.identity(),
            Prefix::Unknown => {
                let suffix = PathTemplate { prefix: Prefix::Known, ..found.clone() };
                let suffix = if suffix.segments.is_empty() { String::new() } else { suffix.identity() };
                self.path.identity().ends_with(&suffix)
            }
        }
    }
}

fn json(shape: ShapeId) -> Media {
    Media { content_type: "application/json".to_owned(), shape, reader: Reader::Json }
}

fn nothing_known() -> Http {
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
        mount: crate::model::Mount::Yes,
        operation_id: None,
    }
}
