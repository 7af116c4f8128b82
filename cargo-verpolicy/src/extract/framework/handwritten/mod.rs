//! Types that read or answer by hand-written code (`FromRequest`, `IntoResponse`, `Responder`, `ResponseError`,
//! `Writer`): the extractors that it hands the request to, the statuses and bodies that it states, as far as it is
//! literal. What it does not state is opaque, with the code's hash.

mod bounds;
mod built;
mod calls;
mod evaluate;
mod flow;
mod headers;
mod json;
mod methods;
pub(super) mod parsed;
pub(super) mod reads;
mod results;
mod rows;
mod runs;
mod value;

use super::routers::Answering;
use super::status::{by_name, of_camel};
use super::{Reading, Site, answer};
use crate::extract::crates::{ByCode, Crates, DefId, ModuleId, Ty};
use crate::model::{Condition, Member, Node, Opaque, OpaqueReason, Place, Reader, Response, Shape, ShapeId, Status};
use crate::syntax::facts::{Item, ItemKind, Name, Pos, RawTokens};
use crate::syntax::hash_of_parts;
use crate::syntax::tokens::{Token, TokenKind};
use evaluate::Evaluation;
pub(crate) use runs::Runs;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
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
    let mut evaluation = Evaluation::new(crates, reading.runs);
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
        def: Some(def),
        module: found.module,
        place,
        handler: false,
        code,
        own: Some((item, module)),
        fallback,
        depth,
        sources: evaluation.sources,
    };
    rows::responses(reading, &value, &origin)
}

/// What a handler answers that returns `ret`: its code tells where that type does not show what success looks like, and
/// where that tells neither, changes of the code are seen.
pub(super) fn served(reading: &mut Reading<'_, '_>, site: &Site<'_>, ret: &Ty) -> Vec<Response> {
    let (success, error) = match ret {
        Ty::Foreign(path, args) if path.ends_with("::Result") => (args.first().unwrap_or(ret), Some(args.get(1))),
        ret => (ret, None),
    };
    let any_json = answer::is_any_json(success);
    if !answer::is_erased(success) && !answer::leaves_content_type_open(success) && !any_json {
        let mut responses = answer::answers(reading, ret);
        settle(reading, site, ret, &mut responses);
        // What stands in any JSON inside a type, literals of the code tell, where they do.
        let is_open = |one: &&mut Response| {
            let media = one.media.iter().filter(|media| media.reader == Reader::Json);
            one.status.is_success() && media.map(|media| media.shape).any(|shape| holds_any(reading, shape, 0))
        };
        let open: Vec<&mut Response> = responses.iter_mut().filter(is_open).collect();
        if let (false, Some(code)) = (open.is_empty(), keys_of_literals(site)) {
            open.into_iter().for_each(|one| one.code = one.code.or(Some(code)));
        }
        if error.flatten().is_some_and(answer::is_erased) {
            let code = reading.crates.code_with_types(site.item, site.module);
            let failures = responses.iter_mut().filter(|response| !response.status.is_success());
            failures.for_each(|response| by_code(reading, response, code));
        }
        return responses;
    }
    let mut evaluated = evaluated(Evaluation::new(reading.crates, reading.runs), site);
    let optional = matches!(success, Ty::Foreign(path, _) if path.as_ref() == results::OPTION);
    if optional {
        evaluated.value = results::there(evaluated.value);
    }
    let flow = Some(evaluated.flow).filter(|flow| *flow != 0);
    let told = of_evaluated(reading, site, &evaluated, error.is_some());
    // Of any JSON, code that tells nothing more tells less than the type.
    let unknown = |one: &Response| one.status.is_success() && answer::carries_opaque(reading, one);
    let flow = match &told {
        Some(told) if any_json => told.iter().filter(|one| unknown(one)).find_map(|one| code_of(reading, one)),
        _ => flow,
    };
    match told.filter(|told| !any_json || !told.iter().any(unknown)) {
        Some(mut told) => {
            if let Ty::Foreign(path, args) = ret
                && error.is_some()
            {
                // A type that is a status states none: the code does, but for what `?` hands on.
                let stated = told.iter().any(|one| !one.status.is_success());
                let hands_on = stated && evaluated.hands_on(site);
                let errors = answer::failures(reading, path, args.get(1), 0);
                told.extend(errors.into_iter().filter(|one| !one.is_open() || hands_on || !stated));
            }
            if optional && told.iter().all(|one| one.status != Status::Code(404)) {
                // What `None` answers.
                told.push(answer::answer(Status::Code(404), Vec::new()));
            }
            if error.is_none() {
                settle_by(reading, site, &evaluated, ret, &mut told);
            }
            told
        }
        None => {
            let mut responses = answer::answers(reading, ret);
            settle_by(reading, site, &evaluated, ret, &mut responses);
            if any_json {
                // What flows into it is all that tells one from another.
                let body = |one: &&mut Response| one.status.is_success() && !one.media.is_empty();
                let source = flow.and_then(|flow| evaluated.sources.get(&flow));
                let source = source.map(|by| Member::new(by.path.as_str(), "", by.place.clone()));
                for one in responses.iter_mut().filter(body) {
                    one.code = one.code.or(flow);
                    one.member = one.member.take().or_else(|| source.clone());
                }
            }
            let code = reading.crates.code_with_types(site.item, site.module);
            let all_errors = error.flatten().is_some_and(answer::is_erased);
            let told = responses.iter_mut().filter(|response| all_errors || response.status.is_success());
            told.for_each(|response| by_code(reading, response, code));
            responses
        }
    }
}

/// Is a part of a shape any JSON?
fn holds_any(reading: &Reading<'_, '_>, shape: ShapeId, depth: u32) -> bool {
    let inside = |shape: ShapeId| depth < 8 && holds_any(reading, shape, depth + 1);
    match &reading.lowering.shapes.get(shape).shape {
        Shape::Any => true,
        Shape::Nullable(inner) | Shape::List { item: inner, .. } | Shape::Map { value: inner, .. } => inside(*inner),
        Shape::Object(object) => object.fields.iter().any(|field| inside(field.shape)),
        _ => false,
    }
}

/// A hash of the keys in the `json!` literals of a handler's code, in whatever order; `None` where there are none.
fn keys_of_literals(site: &Site<'_>) -> Option<u64> {
    fn inside(tokens: &[Token], literal: bool, all: &mut Option<u64>) {
        for (at, token) in tokens.iter().enumerate() {
            let before = |n: usize| at.checked_sub(n).and_then(|at| tokens.get(at));
            if let TokenKind::Group(_, inner) = &token.kind {
                let begins =
                    before(1).is_some_and(|t| t.is_punct('!')) && before(2).is_some_and(|t| t.is_ident("json"));
                inside(inner, literal || begins, all);
            } else if let Some(key) = token.string()
                && literal
                && tokens.get(at + 1).is_some_and(|next| next.is_punct(':'))
            {
                *all = Some(all.unwrap_or(0).wrapping_add(hash_of_parts(&[(key, 1)])));
            }
        }
    }
    let body = site.item.body().filter(|body| body.text.contains("json!"))?;
    let mut all = None;
    inside(&body.lex(), false, &mut all);
    all
}

/// Answers of which no type tells anything change with the code of the handler.
pub(super) fn changes_with(reading: &mut Reading<'_, '_>, site: &Site<'_>, responses: &mut [Response]) {
    let code = reading.crates.code_with_types(site.item, site.module);
    responses.iter_mut().for_each(|response| by_code(reading, response, code));
}

/// An answer of which no type tells anything changes with the code that gives it.
fn by_code(reading: &mut Reading<'_, '_>, response: &mut Response, code: u64) {
    for media in &mut response.media {
        if let Shape::Opaque(opaque) = &reading.lowering.shapes.get(media.shape).shape
            && opaque.reason == OpaqueReason::Erased
            && opaque.tokens.is_none()
        {
            let shape = Shape::Opaque(Opaque { tokens: Some(code), ..opaque.clone() });
            media.shape = reading.lowering.shapes.push(Node::plain(shape));
        }
    }
}

/// What the code of a handler gives.
struct Evaluated {
    value: Value,
    /// What flows into it that is not followed.
    flow: u64,
    /// Behind which methods a `?` hands on what they state.
    explained: BTreeSet<Pos>,
    /// The functions that what is not followed flows from, by its code.
    sources: BTreeMap<u64, Arc<value::Writer>>,
}

fn evaluated(mut evaluation: Evaluation<'_>, site: &Site<'_>) -> Evaluated {
    let value = evaluation.run(site.item, site.scope, None, Vec::new());
    Evaluated { value, flow: evaluation.met, explained: evaluation.explained, sources: evaluation.sources }
}

impl Evaluated {
    /// Does the handler hand errors on of which nothing states what they answer?
    fn hands_on(&self, site: &Site<'_>) -> bool {
        site.item.body().is_some_and(|body| tries(&body, &|pos| self.explained.contains(&pos)))
    }
}

/// Does a `?` stand in code, but behind a method that is explained?
fn tries(body: &RawTokens, explained: &dyn Fn(Pos) -> bool) -> bool {
    fn inside(tokens: &[Token], explained: &dyn Fn(Pos) -> bool) -> bool {
        tokens.iter().enumerate().any(|(at, token)| match &token.kind {
            TokenKind::Group(_, inner) => inside(inner, explained),
            _ if token.is_punct('?') => {
                let before = |n: usize| at.checked_sub(n).and_then(|at| tokens.get(at));
                let behind = before(1).is_some_and(|token| !matches!(token.kind, TokenKind::Punct(..)));
                let method = before(2).filter(|token| token.ident().is_some());
                behind && !method.is_some_and(|method| explained(method.pos))
            }
            _ => false,
        })
    }
    body.text.contains('?') && inside(&body.lex(), explained)
}

/// What a handler answers by its code, errors of its type aside where it has one; `None` where the code does not tell
/// what success looks like.
pub(super) fn of_handler(reading: &mut Reading<'_, '_>, site: &Site<'_>, fails: bool) -> Option<Vec<Response>> {
    let evaluated = evaluated(Evaluation::new(reading.crates, reading.runs), site);
    of_evaluated(reading, site, &evaluated, fails)
}

fn of_evaluated(
    reading: &mut Reading<'_, '_>,
    site: &Site<'_>,
    evaluated: &Evaluated,
    fails: bool,
) -> Option<Vec<Response>> {
    let crates = reading.crates;
    let value = evaluated.value.clone();
    let value = if fails { results::succeeding(value) } else { value };
    if !rows::tells_success(&value) {
        return None;
    }
    let place = crates.place(site.module, site.item.pos);
    let code = crates.code_with_types(site.item, site.module);
    let by = Arc::new(ByCode { path: site.path.to_owned(), place: place.clone(), code });
    let origin = rows::Origin {
        path: site.path.to_owned(),
        def: None,
        module: site.module,
        place,
        handler: true,
        code,
        own: None,
        fallback: Status::Success,
        depth: 0,
        sources: evaluated.sources.clone(),
    };
    rows::responses(reading, &value.closed(&by), &origin)
}

/// What a handler writes into its parameter `name`, salvo's response; `None` where its code does not tell.
pub(super) fn written(reading: &mut Reading<'_, '_>, site: &Site<'_>, name: &Name) -> Option<Vec<Response>> {
    let mut evaluation = Evaluation::new(reading.crates, reading.runs);
    let value = evaluation.written_by(site.item, site.scope, name, None)?;
    let evaluated = Evaluated { value, flow: 0, explained: BTreeSet::new(), sources: evaluation.sources };
    of_evaluated(reading, site, &evaluated, false)
}

/// The code that flows into what an answer carries.
fn code_of(reading: &Reading<'_, '_>, response: &Response) -> Option<u64> {
    response.media.iter().find_map(|media| match &reading.lowering.shapes.get(media.shape).shape {
        Shape::Opaque(opaque) => opaque.tokens,
        _ => None,
    })
}

/// What a closure answers by its code; `None` where that does not tell.
pub(super) fn of_closure(
    reading: &mut Reading<'_, '_>,
    closure: &Answering<'_>,
    path: &str,
    place: &Place,
) -> Option<Vec<Response>> {
    let mut evaluation = Evaluation::new(reading.crates, reading.runs);
    let value = evaluation.answered(closure);
    if !rows::tells_success(&value) {
        return None;
    }
    let code = reading.crates.code_with_types(closure.item, closure.scope.module);
    let by = Arc::new(ByCode { path: path.to_owned(), place: place.clone(), code });
    let origin = rows::Origin {
        path: path.to_owned(),
        def: None,
        module: closure.scope.module,
        place: place.clone(),
        handler: true,
        code,
        own: None,
        fallback: Status::Success,
        depth: 0,
        sources: evaluation.sources,
    };
    rows::responses(reading, &value.closed(&by), &origin)
}

/// States by a handler's code the statuses that its type leaves open (`(StatusCode, Json<T>)`, `Redirect`), where every
/// way through it says its own. Of errors that `?` hands on, what nobody sees stays open.
pub(super) fn settle(reading: &Reading<'_, '_>, site: &Site<'_>, ret: &Ty, responses: &mut Vec<Response>) {
    if responses.iter().any(Response::is_open) {
        let evaluated = evaluated(Evaluation::of_statuses(reading.crates, reading.runs), site);
        settle_by(reading, site, &evaluated, ret, responses);
    }
}

fn settle_by(
    reading: &Reading<'_, '_>,
    site: &Site<'_>,
    evaluated: &Evaluated,
    ret: &Ty,
    responses: &mut Vec<Response>,
) {
    settle_statuses(reading, site, evaluated, ret, responses);
    // Where the code does not tell, the statuses that stand in it are all that tells one from another.
    if responses.iter().any(Response::is_open)
        && let Some(body) = site.item.body()
    {
        let all = statuses_in(&body);
        for open in responses.iter_mut().filter(|one| one.is_open()) {
            let fails = open.status == Status::Error;
            let parts = all.iter().filter(|code| (**code >= 400) == fails).map(|code| ("", u64::from(*code)));
            // What decides in a type decides still.
            let parts: Vec<(&str, u64)> = parts.collect();
            if !parts.is_empty() {
                let own = open.code.map(|code| ("type", code));
                open.code = Some(hash_of_parts(&parts.into_iter().chain(own).collect::<Vec<_>>()));
            }
        }
    }
}

/// `NOT_FOUND`, `NotFound`, `ErrorNotFound`
fn code_of_name(name: &str) -> Option<u16> {
    by_name(name).or_else(|| of_camel(name.strip_prefix("Error").unwrap_or(name)))
}

/// The statuses that stand in code.
fn statuses_in(body: &RawTokens) -> BTreeSet<u16> {
    fn inside(tokens: &[Token], all: &mut BTreeSet<u16>) {
        for (at, token) in tokens.iter().enumerate() {
            match &token.kind {
                TokenKind::Group(_, inner) => inside(inner, all),
                _ => {
                    let Some(name) = token.ident() else { continue };
                    let of_path = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| t.is_punct(':'));
                    all.extend(code_of_name(name).filter(|_| of_path));
                }
            }
        }
    }
    let name_at = |at: usize| {
        body.text.get(at..).unwrap_or_default().trim_start().split(|c: char| !c.is_alphanumeric() && c != '_').next()
    };
    let mut all = BTreeSet::new();
    if body.text.match_indices("::").filter_map(|(at, _)| name_at(at + 2)).any(|name| code_of_name(name).is_some()) {
        inside(&body.lex(), &mut all);
    }
    all
}

fn settle_statuses(
    reading: &Reading<'_, '_>,
    site: &Site<'_>,
    evaluated: &Evaluated,
    ret: &Ty,
    responses: &mut Vec<Response>,
) {
    if !responses.iter().any(Response::is_open) {
        return;
    }
    let value = evaluated.value.clone();
    let (value, error) = match ret {
        Ty::Foreign(path, args) if path.ends_with("::Result") => (value, args.get(1)),
        // What `None` answers, its type tells.
        Ty::Foreign(path, _) if path.as_ref() == results::OPTION => (results::there(value), None),
        _ => (value, None),
    };
    let Some(codes) = rows::statuses(&value, error) else { return };
    let place = reading.crates.place(site.module, site.item.pos);
    let condition = Condition::Always;
    let member = Member { owner: site.path.to_owned(), name: String::new(), place, condition };
    let fails = responses.iter().any(|response| response.status == Status::Error);
    let open = responses.iter().any(|response| response.is_open() && response.status != Status::Error);
    let told: Vec<Status> = responses.iter().map(|response| response.status).collect();
    // What no success accounts for, such as a redirection, is handed on as an error too.
    let is_error = |code: u16| code >= 400 || !open && !told.contains(&Status::Code(code));
    for open in std::mem::take(responses) {
        if !open.is_open() || open.member.is_some() {
            responses.push(open);
            continue;
        }
        let error = open.status == Status::Error;
        // A redirection is none of the other answers.
        let fits = |code: u16| match open.status {
            Status::Class(digit) => code / 100 == u16::from(digit),
            _ => true,
        };
        let here = codes.iter().filter(|code| if error { is_error(**code) } else { **code < 400 || !fails });
        let here = here.filter(|code| fits(**code));
        let stated: Vec<Response> = here
            .map(|code| Response {
                status: Status::Code(*code),
                member: Some(member.clone()),
                by_code: true,
                ..open.clone()
            })
            .collect();
        if stated.is_empty() || error && evaluated.hands_on(site) {
            responses.push(open);
        }
        responses.extend(stated);
    }
    responses.sort_by_key(|response| response.status);
}
