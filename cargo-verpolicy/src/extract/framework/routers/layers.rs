//! Layers around routes (`.layer(…)`, `.wrap(…)`, `.hoop(…)`, `.with(…)`, fairings): which ones, and a hash of what is known
//! of each. Of the project's own that is their code, of those of other crates the literal arguments. What a layer does to
//! requests and answers is not read.

use super::calls::pointed;
use super::evaluate::Evaluation;
use super::frame::{Frame, variable};
use super::kind::Kind;
use super::value::{Named, Value};
use super::words;
use crate::extract::crates::{Crates, DefId, Namespace, Resolved, Ty};
use crate::model::BlindSpotKind;
use crate::syntax::expression::{Block, Closure, Expr, ExprKind, Link, StatementKind};
use crate::syntax::facts::{GenericArg, ItemKind, Name, Path, Pos, Type};
use crate::syntax::hash_of_parts;
use std::collections::BTreeMap;

/// Layers by name: the path of the function, type or constructor; of closures the function around them.
pub(in crate::extract::framework) type Layers = BTreeMap<String, u64>;

/// Layers are looked for this deep in what makes them.
const DEPTH: u32 = 12;

/// What an expression was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// Layers, which were added, or one that changes nothing.
    Layers,
    /// Something that could not be read.
    Nothing,
}

impl<'a> Evaluation<'a> {
    /// The layers that the arguments of `.layer(…)` and its like are; each is a blind spot.
    pub(super) fn layers(&mut self, frame: &mut Frame<'a>, kind: Kind, args: &[Expr], pos: Pos) -> Layers {
        let mut out = Layers::new();
        for (at, arg) in args.iter().enumerate() {
            let known = self.layer(frame, arg, &mut out, 0);
            // Of Rocket's fairings those of other crates seldom touch a request, and poem's `with_if` is told a flag.
            if known == Found::Nothing && kind != Kind::Rocket && at + 1 == args.len() {
                out.insert("one that could not be read".to_owned(), 0);
            }
        }
        // What those of the frameworks do is documented, and their arguments are compared.
        let unknown = |name: &&String| !words::DOCUMENTED_LAYERS.iter().any(|krate| name.starts_with(krate));
        for name in out.keys().filter(unknown) {
            let detail = format!("the layer `{name}` may refuse or alter what passes through it");
            self.blind(frame, pos, BlindSpotKind::Layer, detail);
        }
        out
    }

    fn layer(&mut self, frame: &mut Frame<'a>, expr: &Expr, out: &mut Layers, depth: u32) -> Found {
        if depth > DEPTH {
            return Found::Nothing;
        }
        match &expr.kind {
            ExprKind::List(items) => self.any_layer(frame, items, out, depth),
            ExprKind::Block(block) | ExprKind::Async(block) => match last(block) {
                Some(last) => self.layer(frame, last, out, depth + 1),
                None => Found::Nothing,
            },
            ExprKind::If { then, otherwise, .. } => {
                let ends = last(then).into_iter().chain(otherwise.as_deref()).cloned().collect::<Vec<_>>();
                self.any_layer(frame, &ends, out, depth)
            }
            ExprKind::Match(_, arms) => {
                let ends = arms.iter().map(|arm| arm.body.clone()).collect::<Vec<_>>();
                self.any_layer(frame, &ends, out, depth)
            }
            ExprKind::Closure(closure) => {
                let hash = self.closure_code(frame, closure);
                add(out, format!("a closure in {}", frame.path), hash);
                Found::Layers
            }
            ExprKind::Macro(path, raw) => {
                let name = path.segments.last().map_or("", |last| last.name.as_str());
                add(out, format!("{name}!"), hash_of_parts(&[(&raw.normal(), 0)]));
                Found::Layers
            }
            ExprKind::Call(path, args) => self.made_layer(frame, path, args, out, depth),
            ExprKind::Chain(base, links) => self.layer_chain(frame, expr, base, links, out, depth),
            ExprKind::Path(path) => {
                let made = variable(expr).and_then(|name| frame.variables.get(name)).and_then(|v| v.made.clone());
                match made {
                    Some(made) => self.layer(frame, &made, out, depth + 1),
                    None => self.named_layer(frame, path, out),
                }
            }
            ExprKind::Struct(path, _) => {
                let ty = Type::Path { qself: None, path: path.clone() };
                let ty = self.crates.ty(&frame.scope, &ty);
                self.typed_layer(&ty, out)
            }
            _ => Found::Nothing,
        }
    }

    fn any_layer(&mut self, frame: &mut Frame<'a>, items: &[Expr], out: &mut Layers, depth: u32) -> Found {
        let mut found = Found::Nothing;
        for item in items {
            if self.layer(frame, item, out, depth + 1) == Found::Layers {
                found = Found::Layers;
            }
        }
        found
    }

    /// `auth`, `Auth`, `self.auth`
    fn named_layer(&mut self, frame: &mut Frame<'a>, path: &Path, out: &mut Layers) -> Found {
        if path.segments.len() > 1 || !path.segments.first().is_some_and(|s| frame.variables.contains_key(&s.name)) {
            let whole = self.whole_path(frame, path);
            if let Resolved::Foreign(found) = self.crates.resolve(frame.scope.module, &whole, Namespace::Value) {
                foreign(out, &found, 0);
                return Found::Layers;
            }
        }
        let value = self.path(frame, path);
        self.layer_value(frame, &value, out)
    }

    fn layer_value(&mut self, frame: &mut Frame<'a>, value: &Value<'a>, out: &mut Layers) -> Found {
        match value {
            Value::Function(named) => self.function_layer(named, out),
            Value::Closure(captured) => {
                let hash = self.closure_code(frame, &captured.closure);
                add(out, format!("a closure in {}", captured.path), hash);
                Found::Layers
            }
            Value::Of(ty) | Value::Struct(ty, _) => self.typed_layer(ty, out),
            // A fairing that mounts.
            Value::Router(_) => Found::Layers,
            Value::List(items) => {
                let found = items.iter().map(|item| self.layer_value(frame, item, out)).collect::<Vec<_>>();
                if found.contains(&Found::Layers) { Found::Layers } else { Found::Nothing }
            }
            _ => Found::Nothing,
        }
    }

    fn function_layer(&self, named: &Named<'a>, out: &mut Layers) -> Found {
        add(out, named.path.clone(), self.crates.code(named.item, named.scope.module));
        Found::Layers
    }

    fn typed_layer(&self, ty: &Ty, out: &mut Layers) -> Found {
        match pointed(ty) {
            Ty::Def(def, _) => {
                let Some(found) = self.crates.def(*def) else { return Found::Nothing };
                if let Some(hash) = type_code(self.crates, *def) {
                    add(out, found.path.to_owned(), hash);
                }
                Found::Layers
            }
            Ty::Foreign(path, _) => {
                foreign(out, path, 0);
                Found::Layers
            }
            _ => Found::Nothing,
        }
    }

    /// `from_fn(auth)`, `Auth::new(1)`, `cors()`
    fn made_layer(&mut self, frame: &mut Frame<'a>, path: &Path, args: &[Expr], out: &mut Layers, depth: u32) -> Found {
        let path = self.whole_path(frame, path);
        if let Some((item, scope)) = self.crates.value_item(&frame.scope, &path)
            && let ItemKind::Fn(function) = &item.kind
        {
            let ret = function.ret.as_ref().map(|ret| self.crates.ty(&scope, ret));
            return match (&scope.self_ty, ret) {
                (_, Some(Ty::Foreign(ret, _))) if words::is_neutral_layer(&ret) => Found::Layers,
                (Some(ty @ Ty::Def(..)), _) => {
                    let found = self.typed_layer(&ty.clone(), out);
                    self.literals_into(frame, args, out);
                    found
                }
                _ => self.helped_layer(frame, &path, args, out, depth),
            };
        }
        if let Some(ty) = self.tuple_struct(frame, &path) {
            return self.typed_layer(&ty, out);
        }
        // The type before the last segment, if there is one.
        let ty = match path.segments.split_last() {
            Some((_, segments)) if segments.last().is_some_and(|owner| owner.name.starts_with(char::is_uppercase)) => {
                let path = Path { global: path.global, segments: segments.to_vec() };
                Some(self.crates.ty(&frame.scope, &Type::Path { qself: None, path }))
            }
            Some(_) => None,
            None => return Found::Nothing,
        };
        let last = path.segments.last().map(|last| last.name.to_string()).unwrap_or_default();
        let names = match &ty {
            Some(Ty::Foreign(found, _)) => format!("{}::{last}", found.rsplit("::").next().unwrap_or_default()),
            _ => last,
        };
        let of = |(word, _): &&(&str, usize)| names == *word || names.rsplit("::").next() == Some(*word);
        if let Some((_, at)) = words::LAYER_OF.iter().find(of) {
            return match args.get(*at) {
                Some(inner) => self.layer(frame, inner, out, depth + 1),
                None => Found::Nothing,
            };
        }
        match names.as_str() {
            "AdHoc::on_request" | "AdHoc::on_response" => {
                return args.get(1).map_or(Found::Nothing, |step| self.layer(frame, step, out, depth + 1));
            }
            "ServiceBuilder::new" => return Found::Layers,
            name if name.contains("from_extractor") => {
                let last = path.segments.last().map(|last| last.args.clone()).unwrap_or_default();
                return match last
                    .into_iter()
                    .find_map(|arg| if let GenericArg::Type(ty) = arg { Some(ty) } else { None })
                {
                    Some(ty) => self.typed_layer(&self.crates.ty(&frame.scope, &ty), out),
                    None => Found::Nothing,
                };
            }
            _ => {}
        }
        match ty {
            Some(ty @ Ty::Def(..)) => self.typed_layer(&ty, out),
            Some(Ty::Foreign(found, _)) => {
                foreign(out, &found, self.literals(frame, args));
                Found::Layers
            }
            _ => match self.crates.resolve(frame.scope.module, &path, Namespace::Value) {
                Resolved::Foreign(found) => {
                    foreign(out, &found, self.literals(frame, args));
                    Found::Layers
                }
                _ => Found::Nothing,
            },
        }
    }

    /// A function of this side that makes a layer: of what it is handed, or by its own code.
    fn helped_layer(
        &mut self,
        frame: &mut Frame<'a>,
        path: &Path,
        args: &[Expr],
        out: &mut Layers,
        depth: u32,
    ) -> Found {
        let mut inner = Layers::new();
        for arg in args {
            match &arg.kind {
                ExprKind::Closure(closure) => self.layer(frame, &closure.body, &mut inner, depth + 1),
                ExprKind::Path(_) => match self.expr(frame, arg) {
                    Value::Function(named) => self.function_layer(&named, &mut inner),
                    _ => Found::Nothing,
                },
                _ => Found::Nothing,
            };
        }
        if !inner.is_empty() {
            out.extend(inner);
            return Found::Layers;
        }
        match self.path(frame, path) {
            Value::Function(named) => self.function_layer(&named, out),
            _ => Found::Nothing,
        }
    }

    /// `ServiceBuilder::new().layer(a)`, `Cors::default().max_age(1)`, `flag.then(|| layer)`
    fn layer_chain(
        &mut self,
        frame: &mut Frame<'a>,
        expr: &Expr,
        base: &Expr,
        links: &[Link],
        out: &mut Layers,
        depth: u32,
    ) -> Found {
        let mut own = Layers::new();
        let builder = self.is_builder_of_services(frame, base);
        let mut found = match &base.kind {
            ExprKind::Call(..) | ExprKind::Macro(..) | ExprKind::Struct(..) => {
                self.layer(frame, base, &mut own, depth + 1)
            }
            ExprKind::Path(_) if variable(base).is_some() => self.layer(frame, base, &mut own, depth + 1),
            _ => Found::Nothing,
        };
        let before = own.len();
        for link in links {
            let Link::Method { name, args, .. } = link else { continue };
            match name.as_str() {
                "layer" | "option_layer" => {
                    self.any_layer(frame, args, &mut own, depth);
                    found = Found::Layers;
                }
                "then" | "then_some" | "map" if found == Found::Nothing => {
                    for arg in args {
                        let inner = match &arg.kind {
                            ExprKind::Closure(closure) => &closure.body,
                            _ => arg,
                        };
                        found = self.layer(frame, inner, &mut own, depth + 1);
                    }
                }
                name if builder && words::NEUTRAL_STEPS.contains(&name) => {}
                name if builder => {
                    let hash = self.literals(frame, args);
                    add(&mut own, format!("tower::ServiceBuilder::{name}"), hash);
                }
                _ => {}
            }
        }
        // What is set on one layer belongs to it.
        if !builder && before == 1 && own.len() == 1 {
            for link in links {
                if let Link::Method { args, .. } = link {
                    self.literals_into(frame, args, &mut own);
                }
            }
        }
        if found == Found::Nothing {
            let value = self.expr(frame, expr);
            found = self.layer_value(frame, &value, &mut own);
        }
        out.extend(own);
        found
    }

    /// Is it tower's builder, or a variable that holds one?
    fn is_builder_of_services(&self, frame: &Frame<'a>, base: &Expr) -> bool {
        let made = variable(base).and_then(|name| frame.variables.get(name)).and_then(|v| v.made.clone());
        let mut at = made.as_deref().unwrap_or(base);
        while let ExprKind::Chain(inner, _) = &at.kind {
            at = inner;
        }
        matches!(&at.kind, ExprKind::Call(path, _) if path.segments.iter().any(|s| s.name == "ServiceBuilder"))
    }

    /// Mixes literal arguments into the hashes.
    fn literals_into(&mut self, frame: &mut Frame<'a>, args: &[Expr], out: &mut Layers) {
        let more = self.literals(frame, args);
        for hash in out.values_mut().filter(|_| more != 0) {
            *hash = hash_of_parts(&[("", *hash), ("", more)]);
        }
    }

    /// Hash of literals, constants, functions and closures among arguments; 0 where there is none.
    fn literals(&mut self, frame: &mut Frame<'a>, args: &[Expr]) -> u64 {
        let mut parts: Vec<(String, u64)> = Vec::new();
        for arg in args {
            match &arg.kind {
                ExprKind::Text(text) | ExprKind::Number(text) => parts.push((text.clone(), 0)),
                ExprKind::Binary(_, first, second) => {
                    let both = [first.as_ref().clone(), second.as_ref().clone()];
                    parts.push((String::new(), self.literals(frame, &both)));
                }
                ExprKind::Not(inner) => {
                    parts.push((String::new(), self.literals(frame, std::slice::from_ref(inner))));
                }
                ExprKind::Closure(closure) => parts.push((String::new(), self.closure_code(frame, closure))),
                ExprKind::List(items) | ExprKind::Other(items) | ExprKind::Sum(items) | ExprKind::Call(_, items) => {
                    parts.push((String::new(), self.literals(frame, items)));
                }
                ExprKind::Path(path) => match self.path(frame, path) {
                    Value::Text(text) => parts.push((text, 0)),
                    Value::Function(named) => {
                        parts.push((String::new(), self.crates.code(named.item, named.scope.module)));
                    }
                    Value::Word(word) if path.segments.len() > 1 => parts.push((word.to_string(), 0)),
                    _ => {}
                },
                _ => {}
            }
        }
        parts.retain(|(text, hash)| !text.is_empty() || *hash != 0);
        if parts.is_empty() {
            return 0;
        }
        let parts: Vec<(&str, u64)> = parts.iter().map(|(text, hash)| (text.as_str(), *hash)).collect();
        hash_of_parts(&parts)
    }

    fn closure_code(&self, frame: &Frame<'a>, closure: &Closure) -> u64 {
        self.crates.code_in(&closure.raw, frame.scope.module)
    }
}

/// One more layer; two of one name count as one.
fn add(out: &mut Layers, name: String, hash: u64) {
    out.entry(name).and_modify(|known| *known = hash_of_parts(&[("", *known), ("", hash)])).or_insert(hash);
}

/// Sets more layers around what has some. Two of one name count as one, whatever sets them; the same one twice is no other.
pub(super) fn surround(known: &mut Layers, more: &Layers) {
    for (name, hash) in more {
        if known.get(name) != Some(hash) {
            add(known, name.clone(), *hash);
        }
    }
}

fn foreign(out: &mut Layers, path: &str, hash: u64) {
    if !words::is_neutral_layer(path) {
        add(out, path.to_owned(), hash_of_parts(&[(path, hash)]));
    }
}

fn last(block: &Block) -> Option<&Expr> {
    match &block.statements.last()?.kind {
        StatementKind::Expr(expr, false) => Some(expr),
        _ => None,
    }
}

/// Hash of the code by which a type of this side is a layer, and of what that makes; `None` where it touches no request.
pub(in crate::extract::framework) fn type_code(crates: &Crates, def: DefId) -> Option<u64> {
    let (mut parts, mut fairing) = (Vec::new(), None);
    let (mut queue, mut seen) = (vec![def], Vec::new());
    while let Some(def) = queue.pop() {
        if seen.contains(&def) || seen.len() > 8 {
            continue;
        }
        seen.push(def);
        for (item, module) in crates.impls_for(def) {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            let name = fact.trait_path.as_ref().and_then(|path| path.segments.last()).map(|last| last.name.as_str());
            let handles = |name: &Name| name == "handle" || name == "call";
            match name {
                Some("Fairing") => {
                    let touching =
                        fact.items.iter().filter(|one| one.name == "on_request" || one.name == "on_response");
                    let before = parts.len();
                    parts.extend(touching.map(|one| (one.name.to_string(), crates.code(one, module))));
                    fairing = Some(parts.len() > before);
                }
                Some(name) if words::LAYER_TRAITS.contains(&name) => {
                    parts.push((name.to_owned(), crates.code(item, module)));
                    let scope = crates.impl_scope(module, fact);
                    for member in &fact.items {
                        if let ItemKind::Alias { ty: Some(ty), .. } = &member.kind
                            && let Ty::Def(made, _) = crates.ty(&scope, ty)
                        {
                            queue.push(made);
                        }
                    }
                }
                None => {
                    let own = fact.items.iter().filter(|one| handles(&one.name));
                    parts.extend(own.map(|one| (one.name.to_string(), crates.code(one, module))));
                }
                Some(_) => {}
            }
        }
    }
    if fairing == Some(false) {
        return None;
    }
    if parts.is_empty() {
        return Some(0);
    }
    parts.sort();
    let parts: Vec<(&str, u64)> = parts.iter().map(|(name, hash)| (name.as_str(), *hash)).collect();
    Some(hash_of_parts(&parts))
}
