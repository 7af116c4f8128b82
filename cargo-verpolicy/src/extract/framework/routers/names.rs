//! What paths name in bodies that build routers: variables, functions, consts, the frameworks' own words.

use super::evaluate::{Evaluation, address};
use super::expression::Expr;
use super::frame::{Frame, handed_on, variable};
use super::value::{Entry, Kind, Named, Router, Target, Value};
use super::words;
use crate::extract::crates::{DefId, Namespace, Resolved, Scope, Ty};
use crate::model::{Condition, MethodSet};
use crate::syntax::facts::{Fields, GenericArg, GenericParam, Item, ItemKind, Name, Path, Pos, RawTokens, Type};
use crate::syntax::macros::Definition;
use std::collections::BTreeMap;

impl<'a> Evaluation<'a> {
    /// The value of a path.
    pub(super) fn path(&mut self, frame: &mut Frame<'a>, path: &Path) -> Value<'a> {
        if let [only] = path.segments.as_slice()
            && !path.global
            && let Some(known) = frame.variables.get_mut(&only.name)
        {
            known.used = true;
            return known.value.clone();
        }
        let path = Self::whole_path(frame, path);
        if let Some((item, scope)) = self.crates.value_item(&frame.scope, &path) {
            match &item.kind {
                ItemKind::Fn(_) => {
                    let named = self.named(&frame.scope, &path, item, scope);
                    let named = named.map(|named| self.instantiated(frame, named, &path));
                    return named.map_or(Value::Unknown, |named| Value::Function(Box::new(named)));
                }
                ItemKind::Const { value: Some(value), ty } | ItemKind::Static { value: Some(value), ty, .. } => {
                    self.called.insert(address(item));
                    return match self.constant(&scope, value) {
                        Value::Unknown => match self.crates.text_value(&scope, value) {
                            Some(text) => Value::Text(text),
                            None => self.parameter(&scope, ty, Value::Unknown),
                        },
                        known => known,
                    };
                }
                _ => {}
            }
        }
        let last = || path.segments.last().map(|segment| segment.name.clone()).unwrap_or_default();
        match self.crates.resolve(frame.scope.module, &path, Namespace::Value) {
            Resolved::Foreign(found) => Value::Word(Name::new(found.rsplit("::").next().unwrap_or_default())),
            Resolved::Member(def, name) => Value::Variant(def, name),
            Resolved::Def(def) => match self.crates.def(def).map(|found| &found.item.kind) {
                Some(ItemKind::Struct { .. }) => Value::Of(Ty::Def(def, Vec::new())),
                _ => Value::Unknown,
            },
            _ if path.segments.len() > 1 => Value::Word(last()),
            _ => Value::Unknown,
        }
    }

    /// A function by the path that names it.
    fn named(&self, scope: &Scope, path: &Path, item: &'a Item, inner: Scope) -> Option<Named<'a>> {
        let owner = match self.crates.resolve(scope.module, path, Namespace::Value) {
            Resolved::Def(def) => {
                let found = self.crates.def(def)?;
                let (path, condition) = (found.path.to_owned(), found.condition.clone());
                return Some(Named { item, scope: inner, path, condition });
            }
            Resolved::Member(def, _) => def,
            _ => match &inner.self_ty {
                Some(Ty::Def(def, _)) => *def,
                _ => return None,
            },
        };
        Some(self.member(owner, item, inner))
    }

    /// A member of an impl for `owner`.
    pub(super) fn member(&self, owner: DefId, item: &'a Item, inner: Scope) -> Named<'a> {
        let base = self.crates.def(owner).map(|found| found.path.to_owned()).unwrap_or_default();
        let condition = self.crates.condition_of(inner.module).clone();
        let condition = condition.and(self.crates.given(inner.module, &item.condition));
        Named { item, scope: inner, path: format!("{base}::{}", item.name), condition }
    }

    /// `a::b(…)`
    pub(super) fn call_path(&mut self, frame: &mut Frame<'a>, path: &Path, args: &[Expr], pos: Pos) -> Value<'a> {
        if let [only] = path.segments.as_slice()
            && frame.variables.contains_key(&only.name)
        {
            let callee = self.path(frame, path);
            return self.call_value(frame, &callee, args);
        }
        let path = Self::whole_path(frame, path);
        if let Some((item, scope)) = self.crates.value_item(&frame.scope, &path) {
            let named = self.named(&frame.scope, &path, item, scope);
            let named = named.map(|named| self.instantiated(frame, named, &path));
            return match named.filter(|_| matches!(item.kind, ItemKind::Fn(_))) {
                Some(named) => self.call_value(frame, &Value::Function(Box::new(named)), args),
                None => match self.tuple_struct(frame, &path) {
                    Some(ty) => self.made(frame, ty, args),
                    None => {
                        let values = self.args(frame, args);
                        handed_on(values)
                    }
                },
            };
        }
        if let Some(ty) = self.tuple_struct(frame, &path) {
            return self.made(frame, ty, args);
        }
        let found = match self.crates.resolve(frame.scope.module, &path, Namespace::Value) {
            Resolved::Foreign(found) => found,
            _ => self.foreign(frame, &path).unwrap_or_default(),
        };
        self.call_foreign(frame, &found, &path, args, pos)
    }

    fn made(&mut self, frame: &mut Frame<'a>, ty: Ty, args: &[Expr]) -> Value<'a> {
        let values = self.args(frame, args);
        let fields = (0_usize..).zip(values).map(|(n, value)| (Name::from(n.to_string()), value));
        Value::Struct(ty, fields.collect())
    }

    /// The tuple struct of this side that a call makes.
    fn tuple_struct(&self, frame: &Frame<'a>, path: &Path) -> Option<Ty> {
        let ty = match path.segments.as_slice() {
            [only] if only.name == "Self" => frame.scope.self_ty.clone()?,
            _ => match self.crates.resolve(frame.scope.module, path, Namespace::Value) {
                Resolved::Def(def) => Ty::Def(def, Vec::new()),
                _ => return None,
            },
        };
        let Ty::Def(def, _) = &ty else { return None };
        let found = self.crates.def(*def)?;
        matches!(&found.item.kind, ItemKind::Struct { fields: Fields::Tuple(_), .. }).then_some(ty)
    }

    /// The function with the type arguments that `f::<A, B>` states.
    fn instantiated(&self, frame: &Frame<'a>, mut named: Named<'a>, path: &Path) -> Named<'a> {
        let Some(args) = path.segments.last().map(|last| &last.args) else { return named };
        let ItemKind::Fn(function) = &named.item.kind else { return named };
        let types = args.iter().filter(|arg| !matches!(arg, GenericArg::Lifetime(_)));
        let params = function.generics.params.iter().filter(|param| !matches!(param, GenericParam::Lifetime { .. }));
        for (param, arg) in params.zip(types) {
            if let (GenericParam::Type { name, .. }, GenericArg::Type(ty)) = (param, arg) {
                let ty = self.crates.ty(&frame.scope, ty);
                named.scope.params.insert(name.clone(), ty);
            }
        }
        named
    }

    /// A path into another crate that value names do not lead to: by its type, or by what a glob may import.
    fn foreign(&self, frame: &Frame<'a>, path: &Path) -> Option<String> {
        let (last, owner) = path.segments.split_last()?;
        if owner.is_empty() {
            let known = words::verb(&last.name).is_some() || matches!(last.name.as_str(), "scope" | "resource" | "on");
            let depends = |krate: &&str| self.crates.foreign_version(frame.scope.module, krate).is_some();
            let krate = ["axum", "actix_web", "poem", "salvo"].into_iter().find(depends).filter(|_| known)?;
            return Some(format!("{krate}::{}", last.name));
        }
        let owner = Type::Path { qself: None, path: Path { global: path.global, segments: owner.to_vec() } };
        match self.crates.ty(&frame.scope, &owner) {
            Ty::Foreign(found, _) => Some(format!("{found}::{}", last.name)),
            _ => None,
        }
    }

    /// Calls a function or closure; writes back what it does to variables that it gets by reference.
    pub(super) fn call_value(&mut self, frame: &mut Frame<'a>, callee: &Value<'a>, args: &[Expr]) -> Value<'a> {
        let values = self.args(frame, args);
        let outcome = match callee {
            Value::Function(named) => self.call(named, values.clone()),
            Value::Closure(closure) => Some(self.apply(closure, values.clone())),
            _ => None,
        };
        let Some(outcome) = outcome else {
            return match (handed_on(values), callee) {
                (Value::Unknown, Value::Function(named)) => self.returned(named),
                (known, _) => known,
            };
        };
        frame.loose.extend(outcome.loose);
        for (arg, value) in args.iter().zip(outcome.parameters) {
            if let Some(name) = variable(arg)
                && value.holds_router()
            {
                frame.set(name.clone(), value, true);
            }
        }
        match (outcome.value, callee) {
            (Value::Unknown, Value::Function(named)) => self.returned(named),
            (value, _) => value,
        }
    }

    /// A value of the type that a function states.
    pub(super) fn returned(&self, named: &Named<'a>) -> Value<'a> {
        let ItemKind::Fn(function) = &named.item.kind else { return Value::Unknown };
        let Some(ret) = &function.ret else { return Value::Unknown };
        match self.crates.ty(&named.scope, ret) {
            ty @ Ty::Def(..) => Value::Of(ty),
            Ty::Foreign(_, args) => match args.into_iter().next() {
                Some(ty @ Ty::Def(..)) => Value::Of(ty),
                _ => Value::Unknown,
            },
            _ => Value::Unknown,
        }
    }

    /// What a parameter of this type holds when nobody says.
    pub(super) fn parameter(&self, scope: &Scope, ty: &Type, given: Value<'a>) -> Value<'a> {
        if !matches!(given, Value::Unknown) {
            return given;
        }
        let mut ty = self.crates.ty(scope, ty);
        for _ in 0..4 {
            match ty {
                Ty::Ref(inner) => ty = *inner,
                Ty::Foreign(ref path, ref args) if words::is_pointer(path) => match args.first() {
                    Some(inner) => ty = inner.clone(),
                    None => break,
                },
                _ => break,
            }
        }
        match &ty {
            Ty::Primitive(name) if name == "str" => Value::Text(super::value::HOLE.to_string()),
            Ty::Foreign(path, _) if path.as_ref() == "std::string::String" => {
                Value::Text(super::value::HOLE.to_string())
            }
            Ty::Foreign(path, _) => match words::router(path) {
                Some(kind) => Value::router(Router::new(kind)),
                None => Value::Of(ty),
            },
            _ => Value::Of(ty),
        }
    }

    /// A function of another crate.
    fn call_foreign(
        &mut self,
        frame: &mut Frame<'a>,
        path: &str,
        written: &Path,
        args: &[Expr],
        pos: Pos,
    ) -> Value<'a> {
        let values = self.args(frame, args);
        let segments: Vec<&str> = path.split("::").collect();
        if segments.first().is_some_and(|krate| words::DOCUMENT_CRATES.contains(krate)) {
            return Value::Word(Name::new(words::DOCUMENT));
        }
        if let [.., "Vec" | "VecDeque", "new" | "with_capacity" | "default"] = segments.as_slice() {
            return Value::List(Vec::new());
        }
        if let [.., "String", "from"] = segments.as_slice() {
            return values.into_iter().next().unwrap_or(Value::Unknown);
        }
        if let [.., "String", "new"] = segments.as_slice() {
            return Value::Text(String::new());
        }
        if let Some((owner, "new" | "from" | "pin")) = path.rsplit_once("::")
            && words::is_pointer(owner)
        {
            return values.into_iter().next().unwrap_or(Value::Unknown);
        }
        if words::SERVES_FILES.iter().any(|word| path.starts_with(word)) {
            return Value::Word(Name::new(words::DOCUMENT));
        }
        let kind = segments.first().and_then(|krate| Kind::of_crate(krate));
        let (Some(kind), Some((last, outer))) = (kind, segments.split_last()) else {
            return self.unknown_call(frame, values);
        };
        let owner = outer.last().copied().unwrap_or_default();
        let is_type = owner.chars().next().is_some_and(char::is_uppercase);
        match kind {
            Kind::Warp => {
                let types = written.segments.last().into_iter().flat_map(|last| &last.args);
                let types = types.filter_map(|arg| match arg {
                    GenericArg::Type(ty) if !matches!(ty, Type::Infer) => Some(self.crates.ty(&frame.scope, ty)),
                    _ => None,
                });
                let types = types.collect();
                return self.filter_function(frame, &segments, types, values, pos);
            }
            Kind::Rocket => return self.rocket_function(frame, &segments, values, pos),
            Kind::Axum | Kind::Actix | Kind::Salvo | Kind::Poem => {}
        }
        match (owner, *last) {
            ("Router", "with_filter") if kind == Kind::Salvo => {
                let router = Router::at(kind, paths(kind, values.first()));
                if !matches!(values.first(), Some(Value::Text(_))) {
                    let detail = format!("a filter in `{}` could not be read", frame.path);
                    self.blind(frame, pos, crate::model::BlindSpotKind::UnknownPrefix, detail);
                }
                Value::router(router)
            }
            ("filters", "path") if kind == Kind::Salvo => values.into_iter().next().unwrap_or(Value::Unknown),
            ("OpenApiService", "new") => self.apis(frame, values.into_iter().next(), pos),
            ("Scope" | "Resource", "new") | ("Router", "with_path") => {
                Value::router(Router::at(kind, paths(kind, values.first())).made_in(&frame.path))
            }
            ("axum", "serve") if matches!(values.get(1), Some(Value::Unknown)) => {
                let detail = format!("what `{}` serves could not be read", frame.path);
                self.blind(frame, pos, crate::model::BlindSpotKind::UnknownRoute, detail);
                Value::Unknown
            }
            ("axum", "serve") => {
                frame.loose.extend(values.into_iter().flat_map(Value::served));
                Value::Unknown
            }
            ("HttpServer", "new") => {
                let made = self.unknown_call(frame, values);
                frame.loose.extend(made.served());
                Value::Unknown
            }
            (_, "scope" | "resource") if kind == Kind::Actix => {
                Value::router(Router::at(kind, paths(kind, values.first())).made_in(&frame.path))
            }
            ("MethodRouter" | "ApiMethodRouter" | "RouteMethod", _) => Value::Methods(kind, Vec::new()),
            (_, "from") if is_type => match values.first().and_then(|value| self.converted(frame, value, "from")) {
                Some(value) => value,
                None => handed_on(values),
            },
            (name, _)
                if is_type
                    && words::router(&format!("{}::{name}", segments.first().copied().unwrap_or_default()))
                        .is_some() =>
            {
                Value::router(Router::new(kind).made_in(&frame.path))
            }
            ("guard", "All" | "Any" | "Method") => values.into_iter().next().unwrap_or(Value::Unknown),
            ("guard", name) => Value::Word(Name::new(name.to_uppercase())),
            (_, "route") if kind == Kind::Actix && values.is_empty() => Value::Verbs(Vec::new()),
            (_, "method") if kind == Kind::Actix => Value::Verbs(words::methods(values.first())),
            (_, "to") if kind == Kind::Actix => {
                let target = Self::target(frame, values.first().unwrap_or(&Value::Unknown));
                Value::Methods(kind, self.entries(&[MethodSet::Any], target))
            }
            (_, name) if !is_type => match self.verb(frame, kind, name, &values, pos) {
                Some(value) => value,
                None => self.unknown_call(frame, values),
            },
            _ => self.unknown_call(frame, values),
        }
    }

    /// `get(h)`, `on(filter, h)`, `get_service(s)`, `get_with(h, doc)`.
    pub(super) fn verb(
        &mut self,
        frame: &Frame<'a>,
        kind: Kind,
        name: &str,
        values: &[Value<'a>],
        pos: Pos,
    ) -> Option<Value<'a>> {
        let opaque = |frame: &Frame<'a>| Self::target(frame, &Value::Unknown);
        if matches!(name, "on" | "on_service" | "on_with" | "method") {
            let [filter, handler, ..] = values else { return None };
            let target = if name == "on_service" { opaque(frame) } else { Self::target(frame, handler) };
            let methods = words::methods(Some(filter));
            if methods == [MethodSet::Any] {
                let detail = format!("the methods of a route in `{}` could not be read", frame.path);
                self.blind(frame, pos, crate::model::BlindSpotKind::UnknownRoute, detail);
            }
            return Some(Value::Methods(kind, self.entries(&methods, target)));
        }
        let methods = words::verb(name)?;
        match values.first() {
            None if kind == Kind::Actix => Some(Value::Verbs(methods)),
            None => None,
            Some(_) if name.ends_with("_service") => Some(Value::Methods(kind, vec![entry(methods, opaque(frame))])),
            Some(handler) => Some(Value::Methods(kind, self.entries(&methods, Self::target(frame, handler)))),
        }
    }

    /// Something that nobody looked into: closures may be called, routers are handed on.
    pub(super) fn unknown_call(&mut self, frame: &mut Frame<'a>, values: Vec<Value<'a>>) -> Value<'a> {
        let mut all = Vec::with_capacity(values.len());
        for value in values {
            match value {
                Value::Closure(closure) => {
                    let outcome = self.apply(&closure, Vec::new());
                    frame.loose.extend(outcome.loose);
                    all.push(outcome.value);
                }
                value => all.push(value),
            }
        }
        handed_on(all)
    }

    /// utoipa-axum's `routes!(a, b)`: what the attributes on these handlers say.
    fn documented(&mut self, frame: &mut Frame<'a>, raw: &RawTokens, pos: Pos) -> Value<'a> {
        let mut router = Router::new(Kind::Axum);
        for handler in super::parse::expressions(raw) {
            match self.expr(frame, &handler) {
                Value::Function(named) => self.stated(frame, &mut router, &super::value::root(), &named, pos),
                _ => {
                    let detail = format!("a handler in `routes!` of `{}` could not be read", frame.path);
                    self.blind(frame, handler.pos, crate::model::BlindSpotKind::UnknownRoute, detail);
                }
            }
        }
        Value::router(router)
    }

    /// The routes of the types that `OpenApiService::new((A, B), …)` serves.
    fn apis(&mut self, frame: &mut Frame<'a>, value: Option<Value<'a>>, pos: Pos) -> Value<'a> {
        let mut router = Router::new(Kind::Poem).made_in(&frame.path);
        let apis = match value {
            Some(Value::List(items)) => items,
            value => value.into_iter().collect(),
        };
        for api in apis {
            let before = router.routes.len();
            if let Value::Of(Ty::Def(def, _)) | Value::Struct(Ty::Def(def, _), _) = &api {
                for named in self.operations(*def) {
                    self.stated(frame, &mut router, &super::value::root(), &named, pos);
                }
            }
            if router.routes.len() == before {
                let detail = format!("an API that `{}` serves could not be read", frame.path);
                self.blind(frame, pos, crate::model::BlindSpotKind::UnknownRoute, detail);
            }
        }
        Value::router(router)
    }

    /// The methods under `#[oai]` of a type.
    fn operations(&self, def: DefId) -> Vec<Named<'a>> {
        let mut out = Vec::new();
        for (item, module) in self.crates.impls_for(def) {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            let is_operation = |member: &&Item| {
                member.attrs.iter().any(|attr| crate::extract::framework::attribute::is(attr, &["oai"]))
            };
            let scope = self.crates.impl_scope(module, fact);
            let members = self.crates.members(item).iter().filter(is_operation);
            out.extend(members.map(|member| self.member(def, member, scope.clone())));
        }
        out
    }

    /// A macro call.
    pub(super) fn expand(&mut self, frame: &mut Frame<'a>, path: &Path, raw: &RawTokens, pos: Pos) -> Value<'a> {
        let name = path.segments.last().map_or("", |segment| segment.name.as_str());
        let names: Vec<Name> = path.segments.iter().map(|segment| segment.name.clone()).collect();
        match name {
            "path" if self.crates.macro_path(frame.scope.module, &names).starts_with("warp::") => {
                return self.filter_path(frame, raw, pos);
            }
            "routes" if self.crates.macro_path(frame.scope.module, &names).starts_with("utoipa_axum::") => {
                return self.documented(frame, raw, pos);
            }
            _ => {
                if let Some(value) = self.rocket_macro(frame, path, raw, pos) {
                    return value;
                }
            }
        }
        match self.own_macro(frame, &names, raw, pos) {
            None | Some(Value::Unknown) => {}
            Some(value) => return value,
        }
        match name {
            "format" | "formatcp" | "const_format" => self.formatted(frame, raw),
            "concat" | "concatcp" => self.concatenated(frame, raw),
            "vec" | "services" | "array" => {
                Value::List(super::parse::expressions(raw).iter().map(|item| self.expr(frame, item)).collect())
            }
            "cfg" | "routes" | "println" | "eprintln" | "info" | "debug" | "warn" | "error" | "trace" => Value::Unknown,
            _ => {
                let values = super::parse::expressions(raw).iter().map(|item| self.expr(frame, item)).collect();
                handed_on(values)
            }
        }
    }
}

impl<'a> Evaluation<'a> {
    /// What a call of this side's own `macro_rules!` makes.
    fn own_macro(&mut self, frame: &mut Frame<'a>, names: &[Name], raw: &RawTokens, pos: Pos) -> Option<Value<'a>> {
        let (rules, krate) = self.crates.macro_in_body(frame.scope.module, names)?;
        let made = Definition::of(rules)?.expand(raw, &krate, pos).ok()?;
        let spent = u32::try_from(rules.text.len().saturating_add(made.text.len())).unwrap_or(u32::MAX);
        self.spend(spent);
        Some(self.inside_macro(frame, &made))
    }

    /// Methods and what answers them: a function of the same name under another `cfg` answers them there.
    pub(super) fn entries(&mut self, methods: &[MethodSet], target: Target<'a>) -> Vec<Entry<'a>> {
        let others = target.function.as_ref().map(|named| self.alternatives(named)).unwrap_or_default();
        let path = target.path.clone();
        let others = others.into_iter().map(|named| Target {
            path: path.clone(),
            function: Some(named),
            closure: None,
            reads: false,
        });
        std::iter::once(target).chain(others).map(|target| entry(methods.to_vec(), target)).collect()
    }

    /// The functions of the same path that stand under other conditions.
    pub(super) fn alternatives(&mut self, named: &Named<'a>) -> Vec<Named<'a>> {
        if named.condition == Condition::Always || named.scope.self_ty.is_some() {
            return Vec::new();
        }
        let crates = self.crates;
        let module = crates.module_path(named.scope.module);
        if self.modules.is_empty() {
            for (package, ..) in crates.packages() {
                for module in crates.modules_of(package) {
                    self.modules.entry(crates.module_path(module)).or_default().push(module);
                }
            }
        }
        let mut out = Vec::new();
        for module in self.modules.get(module).into_iter().flatten().copied() {
            for (item, _) in crates.items_of(module) {
                if item.name != named.item.name
                    || !matches!(item.kind, ItemKind::Fn(_))
                    || std::ptr::eq(item, named.item)
                {
                    continue;
                }
                let condition = crates.condition_of(module).clone().and(crates.given(module, &item.condition));
                if condition != Condition::Never {
                    let scope = Scope { module, params: BTreeMap::new(), self_ty: None };
                    out.push(Named { item, scope, path: named.path.clone(), condition });
                }
            }
        }
        out
    }
}

/// A method and what answers it.
pub(super) fn entry<'a>(methods: Vec<MethodSet>, target: Target<'a>) -> Entry<'a> {
    let condition = target.function.as_ref().map(|named| named.condition.clone()).unwrap_or_default();
    Entry { methods, target, condition }
}

/// The paths that an argument states: one, or a list of them.
pub(super) fn paths(kind: Kind, value: Option<&Value<'_>>) -> Vec<crate::model::PathTemplate> {
    match value {
        Some(Value::Text(text)) => vec![kind.path(text)],
        Some(Value::List(items)) if !items.is_empty() => {
            items.iter().flat_map(|item| paths(kind, Some(item))).collect()
        }
        _ => vec![crate::extract::framework::template::unknown()],
    }
}
