//! Types that read or answer by hand-written code (`FromRequest`, `IntoResponse`, `Responder`, `ResponseError`,
//! `Writer`): the extractors that it hands the request to, the statuses and bodies that it states, as far as it is
//! literal. What it does not state is opaque, with the code's hash.

mod calls;
mod evaluate;
mod json;
pub(super) mod reads;
mod results;
mod rows;
mod value;

use super::routers::Answering;
use super::{Reading, Site};
use crate::extract::crates::{Crates, DefId, ModuleId, Ty};
use crate::model::{Condition, Member, Place, Response, Status};
use crate::syntax::facts::{Function, Item, ItemKind};
use evaluate::Evaluation;
use value::{Answer, Value};

/// How a trait's method gives the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// It returns it.
    Returned(&'static str),
    /// One method gives the status, the other the whole; by default the text of the error.
    Error(&'static str, &'static str),
    /// A method gives the status; the type itself is the body.
    Itself(&'static str),
    /// It is written into the argument of this name.
    Written(&'static str, &'static str),
    /// Nobody can tell.
    Unread,
}

/// By crate and name of the trait.
const WAYS: &[(&[&str], &str, Way)] = &[
    (&["axum", "axum_core", "poem"], "IntoResponse", Way::Returned("into_response")),
    (&["actix_web", "rocket"], "Responder", Way::Returned("respond_to")),
    (&["actix_web"], "ResponseError", Way::Error("status_code", "error_response")),
    (&["poem"], "ResponseError", Way::Error("status", "as_response")),
    (&["dropshot"], "HttpResponseError", Way::Itself("status_code")),
    (&["salvo", "salvo_core"], "Writer", Way::Written("write", "res")),
    (&["salvo", "salvo_core"], "Scribe", Way::Written("render", "res")),
    (&["dropshot"], "HttpResponse", Way::Unread),
];

/// The impl by which a type answers.
struct Code<'a> {
    way: Way,
    item: &'a Item,
    module: ModuleId,
}

fn code(crates: &Crates, def: DefId) -> Option<Code<'_>> {
    let all = crates.impls_for(def);
    let is = |item: &Item, module: ModuleId, way: &(&[&str], &str, Way)| {
        let ItemKind::Impl(fact) = &item.kind else { return false };
        let Some(path) = fact.trait_path.as_ref().map(|path| crates.trait_path(module, path)) else { return false };
        path.rsplit("::").next() == Some(way.1) && path.split("::").next().is_some_and(|krate| way.0.contains(&krate))
    };
    WAYS.iter().find_map(|way| {
        let (item, module) = all.iter().find(|(item, module)| is(item, *module, way))?;
        Some(Code { way: way.2, item, module: *module })
    })
}

/// Hash of the hand-written code by which a type answers.
pub(super) fn hash(crates: &Crates, def: DefId) -> Option<u64> {
    code(crates, def).map(|code| crates.code_with_types(code.item, code.module))
}

/// What `def` answers by its code; `None` where nothing of it is literal. A status that is not known is `fallback`.
pub(super) fn answers(
    reading: &mut Reading<'_, '_>,
    def: DefId,
    args: &[Ty],
    fallback: Status,
    depth: u32,
) -> Option<Vec<Response>> {
    let crates = reading.crates;
    let Code { way, item, module } = code(crates, def)?;
    let scope = crates.impl_scope_of(item, module, def, args)?;
    let owner = scope.self_ty.clone()?;
    let mut evaluation = Evaluation::new(crates);
    let own = || Value::Data(owner.clone());
    let value = match way {
        Way::Returned(name) => evaluation.method(item, &scope, name, own(), Vec::new())?,
        Way::Error(status, whole) => match evaluation.method(item, &scope, whole, own(), Vec::new()) {
            Some(value) => value,
            None => {
                let status = evaluation.method(item, &scope, status, own(), Vec::new());
                let status = status.unwrap_or(Value::Status(Some(Status::Code(500))));
                Value::Answer(Box::new(Answer::new(status, Value::Text)))
            }
        },
        Way::Itself(status) => {
            let status = evaluation.method(item, &scope, status, own(), Vec::new())?;
            Value::Answer(Box::new(Answer::new(status, value::json(own()))))
        }
        Way::Written(name, argument) => evaluation.written(item, &scope, name, argument, own())?,
        Way::Unread => return None,
    };
    let found = crates.def(def)?;
    let place = crates.place(found.module, found.item.pos);
    let (path, code) = (found.path.to_owned(), crates.code_with_types(item, module));
    let origin = rows::Origin {
        path,
        module: found.module,
        place,
        handler: false,
        code,
        own: Some((item, module)),
        fallback,
        depth,
    };
    rows::responses(reading, &value, &origin)
}

/// What a handler answers whose type does not tell (`impl Responder`, `HttpResponse`), by its code; `None` where the
/// code does not tell what success looks like.
pub(super) fn of_handler(reading: &mut Reading<'_, '_>, site: &Site<'_>, function: &Function) -> Option<Vec<Response>> {
    function.body.as_ref()?;
    let crates = reading.crates;
    let value = Evaluation::new(crates).run(function, site.scope, None, Vec::new());
    let origin = rows::Origin {
        path: site.path.to_owned(),
        module: site.module,
        place: crates.place(site.module, site.item.pos),
        handler: true,
        code: crates.code_with_types(site.item, site.module),
        own: None,
        fallback: Status::Success,
        depth: 0,
    };
    let told = rows::tells_success(&value);
    told.then(|| rows::responses(reading, &value, &origin)).flatten()
}

/// What a closure answers by its code; `None` where that does not tell.
pub(super) fn of_closure(
    reading: &mut Reading<'_, '_>,
    closure: &Answering<'_>,
    path: &str,
    place: &Place,
) -> Option<Vec<Response>> {
    let value = Evaluation::new(reading.crates).answered(closure);
    let origin = rows::Origin {
        path: path.to_owned(),
        module: closure.scope.module,
        place: place.clone(),
        handler: true,
        code: reading.crates.code_with_types(closure.item, closure.scope.module),
        own: None,
        fallback: Status::Success,
        depth: 0,
    };
    let told = rows::tells_success(&value);
    told.then(|| rows::responses(reading, &value, &origin)).flatten()
}

/// States by a handler's code the statuses that its type leaves open (`(StatusCode, Json<T>)`, `Redirect`), where every
/// way through it says its own. Of errors that `?` hands on, what nobody sees stays open.
pub(super) fn settle(
    reading: &Reading<'_, '_>,
    site: &Site<'_>,
    function: &Function,
    ret: &Ty,
    responses: &mut Vec<Response>,
) {
    let Some(body) = function.body.as_ref().filter(|_| responses.iter().any(Response::is_open)) else { return };
    let value = Evaluation::new(reading.crates).run(function, site.scope, None, Vec::new());
    let error = match ret {
        Ty::Foreign(path, args) if path.ends_with("::Result") => args.get(1),
        _ => None,
    };
    let Some(codes) = rows::statuses(&value, error) else { return };
    let place = reading.crates.place(site.module, site.item.pos);
    let condition = Condition::Always;
    let member = Member { owner: site.path.to_owned(), name: String::new(), place, condition };
    let fails = responses.iter().any(|response| response.status == Status::Error);
    for open in std::mem::take(responses) {
        if !open.is_open() || open.member.is_some() {
            responses.push(open);
            continue;
        }
        let error = open.status == Status::Error;
        let here = codes.iter().filter(|code| if error { **code >= 400 } else { **code < 400 || !fails });
        let stated: Vec<Response> = here
            .map(|code| Response {
                status: Status::Code(*code),
                member: Some(member.clone()),
                by_code: true,
                ..open.clone()
            })
            .collect();
        if stated.is_empty() || error && body.text.contains('?') {
            responses.push(open);
        }
        responses.extend(stated);
    }
    responses.sort_by_key(|response| response.status);
}
