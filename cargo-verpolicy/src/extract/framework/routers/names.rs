//! What paths name in bodies that build routers: variables, functions, consts, the frameworks' own words.

use super::evaluate::{Evaluation, address};
use super::expression::{Expr, ExprKind, Pattern, StatementKind};
use super::frame::{Frame, handed_on, variable};
use super::value::{Answering, Captured, Entry, Kind, Named, Router, Target, Value};
use super::words;
use crate::extract::crates::{DefId, ModuleId, Namespace, Resolved, Scope, Ty};
use crate::model::{BlindSpotKind, Condition, MethodSet};
use crate::syntax::facts::{
    Fields, GenericArg, GenericParam, ImplFact, Item, ItemKind, Name, Path, Pos, RawTokens, Type,
};
use crate::syntax::macros::Definition;
use std::collections::BTreeMap;
use std::rc::Rc;

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
        let path = self.whole_path(frame, path);
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
            Resolved::Unresolved | Resolved::Module(_) if self.is_scope(frame, &path).is_some() => {
                Value::List(self.is_scope(frame, &path).map(|module| self.handlers_of(module)).unwrap_or_default())
            }
            Resolved::Member(def, name) => Value::Variant(def, name),
            Resolved::Def(def) => match self.crates.def(def).map(|found| &found.item.kind) {
                Some(ItemKind::Struct { .. }) => Value::Of(Ty::Def(def, Vec::new())),
                _ => Value::Unknown,
            },
            _ if path.segments.len() > 1 => Value::Word(last()),
            _ => Value::Unknown,
        }
    }

    /// The inline module under actix-web's `#[scope]` that a path names.
    fn is_scope(&self, frame: &Frame<'a>, path: &Path) -> Option<ModuleId> {
        let Resolved::Module(module) = self.crates.resolve(frame.scope.module, path, Namespace::Type) else {
            return None;
        };
        let (parent, item) = self.crates.parent_of(module)?;
        let is_scope =
            |attr: &crate::syntax::facts::Attr| self.crates.macro_path(parent, &attr.path).ends_with("::scope");
        item.attrs.iter().any(is_scope).then_some(module)
    }

    /// The functions of a module: attributes on them say where they answer.
    fn handlers_of(&self, module: ModuleId) -> Vec<Value<'a>> {
        let scope = Scope { module, params: BTreeMap::new(), self_ty: None };
        let functions = self.crates.items_of(module).into_iter().filter_map(|(item, def)| {
            let found = self.crates.def(def?)?;
            let (path, condition) = (found.path.to_owned(), found.condition.clone());
            let attributed = matches!(item.kind, ItemKind::Fn(_)) && !item.attrs.is_empty();
            attributed.then(|| Value::Function(Box::new(Named { item, scope: scope.clone(), path, condition })))
        });
        functions.collect()
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
        let outer = self.crates.impls_for(owner).into_iter().find(|(outer, _)| {
            matches!(&outer.kind, ItemKind::Impl(fact) if fact.items.iter().any(|member| std::ptr::eq(member, item)))
        });
        let condition = match outer {
            Some((outer, module)) => condition.and(self.crates.given(module, &outer.condition)),
            None => condition,
        };
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
        let path = self.whole_path(frame, path);
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
        if let Some(value) = self.derived(frame, &path, args) {
            return value;
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

    /// `Type::name(…)` of a struct of this side where nobody wrote the function: a derive made it.
    fn derived(&mut self, frame: &mut Frame<'a>, path: &Path, args: &[Expr]) -> Option<Value<'a>> {
        let (last, owner) = path.segments.split_last()?;
        if owner.is_empty() {
            return None;
        }
        let owner = Type::Path { qself: None, path: Path { global: path.global, segments: owner.to_vec() } };
        let ty @ Ty::Def(def, _) = &self.crates.ty(&frame.scope, &owner) else { return None };
        if !matches!(self.crates.def(*def)?.item.kind, ItemKind::Struct { .. }) {
            return None;
        }
        let values = self.args(frame, args);
        Some(match self.unknown_call(frame, values) {
            Value::Unknown if last.name == "default" && args.is_empty() => self.defaulted(ty, 0),
            Value::Unknown => Value::Of(ty.clone()),
            known => known,
        })
    }

    /// A struct of this side with the defaults of its fields.
    pub(super) fn defaulted(&self, ty: &Ty, depth: u32) -> Value<'a> {
        let whole = || Value::Of(ty.clone());
        let Ty::Def(def, args) = ty else { return whole() };
        let Some(ItemKind::Struct { generics, fields: Fields::Named(fields) | Fields::Tuple(fields) }) =
            self.crates.def(*def).map(|found| &found.item.kind)
        else {
            return whole();
        };
        let Some(scope) = self.crates.scope_of(*def, generics, args).filter(|_| depth < 4) else { return whole() };
        let fields = fields.iter().map(|field| {
            let value = match self.crates.ty(&scope, &field.ty) {
                Ty::Foreign(path, _) => match words::router(&path) {
                    Some(kind) => Value::router(Router::new(kind)),
                    None if words::is_list(&path) => Value::List(Vec::new()),
                    None => Value::Unknown,
                },
                ty @ Ty::Def(..) => self.defaulted(&ty, depth + 1),
                _ => Value::Unknown,
            };
            (field.name.clone(), value)
        });
        Value::Struct(ty.clone(), fields.collect())
    }

    /// The function with the type arguments that `f::<A, B>` states.
    fn instantiated(&self, frame: &Frame<'a>, named: Named<'a>, path: &Path) -> Named<'a> {
        match path.segments.last() {
            Some(last) => self.given_types(&frame.scope, named, &last.args),
            None => named,
        }
    }

    /// The function with these type arguments.
    pub(super) fn given_types(&self, scope: &Scope, mut named: Named<'a>, args: &[GenericArg]) -> Named<'a> {
        let ItemKind::Fn(function) = &named.item.kind else { return named };
        let types = args.iter().filter(|arg| !matches!(arg, GenericArg::Lifetime(_)));
        let params = function.generics.params.iter().filter(|param| !matches!(param, GenericParam::Lifetime { .. }));
        for (param, arg) in params.zip(types) {
            if let (GenericParam::Type { name, .. }, GenericArg::Type(ty)) = (param, arg) {
                let ty = self.crates.ty(scope, ty);
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
        self.given.clone_from(&frame.condition);
        let outcome = match callee {
            Value::Function(named) => self.call(named, values.clone()),
            Value::Closure(closure) => Some(self.apply(frame, closure, values.clone())),
            _ => None,
        };
        let Some(outcome) = outcome else {
            return match (handed_on(values), callee) {
                (Value::Unknown, Value::Function(named)) => self.returned(named),
                (known, Value::Unknown | Value::Of(_)) if known.holds_router() => {
                    let detail = format!("what a function that `{}` is handed adds could not be read", frame.path);
                    let pos = args.first().map(|arg| arg.pos).unwrap_or_default();
                    self.blind(frame, pos, BlindSpotKind::UnknownRoute, detail);
                    known
                }
                (known, _) => known,
            };
        };
        frame.loose.extend(outcome.loose);
        Self::left_in(frame, args, outcome.parameters);
        match (outcome.value, callee) {
            (Value::Unknown, Value::Function(named)) => self.returned(named),
            (value, _) => value,
        }
    }

    /// What a call leaves in the variables that it gets by reference.
    pub(super) fn left_in(frame: &mut Frame<'a>, args: &[Expr], parameters: Vec<Value<'a>>) {
        for (arg, value) in args.iter().zip(parameters) {
            if let Some(name) = variable(arg)
                && (value.holds_router() || matches!(value, Value::Struct(..) | Value::List(_)))
            {
                frame.set(name.clone(), value, true);
            }
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

    /// A closure that answers: what it is handed, and the function that it calls for the answer.
    pub(super) fn answering(&self, frame: &Frame<'a>, captured: &Captured<'a>) -> Option<Answering<'a>> {
        let closure = &captured.closure;
        let through = called(&closure.body, 0).and_then(|(path, args)| {
            let path = self.whole_path(frame, path);
            let (item, scope) = self.crates.value_item(&frame.scope, &path)?;
            let named = self.named(&frame.scope, &path, item, scope)?;
            matches!(item.kind, ItemKind::Fn(_)).then(|| (self.instantiated(frame, named, &path), args))
        });
        let given = |name: &Name| {
            let (named, args) = through.as_ref()?;
            let ItemKind::Fn(function) = &named.item.kind else { return None };
            let at = args.iter().position(|arg| variable(arg) == Some(name))?;
            Some((function.params.get(at)?.ty.clone(), named.scope.clone()))
        };
        let params = closure.params.iter().zip(&closure.types).map(|(pattern, ty)| {
            let name = match pattern {
                Pattern::Name(name) => Some(name),
                Pattern::Inside(_, inner) => match inner.as_ref() {
                    Pattern::Name(name) => Some(name),
                    _ => None,
                },
                _ => None,
            };
            let ty = ty.clone().map(|ty| (ty, captured.scope.clone()));
            (name.cloned(), ty.or_else(|| given(name?)))
        });
        let params = params.collect();
        Some(Answering {
            item: captured.item?,
            scope: captured.scope.clone(),
            params,
            closure: Rc::clone(closure),
            uses: captured.uses.clone(),
            through: through.map(|(named, _)| named),
        })
    }

    /// Methods and what answers them: a function of the same name under another `cfg` answers them there.
    pub(super) fn entries(&mut self, methods: &[MethodSet], target: Target<'a>) -> Vec<Entry<'a>> {
        let others = target.function.as_ref().map(|named| self.alternatives(named)).unwrap_or_default();
        let (path, answers) = (target.path.clone(), target.answers.clone());
        let others = others.into_iter().map(|named| Target {
            path: path.clone(),
            function: Some(named),
            closure: None,
            reads: false,
            answers: answers.clone(),
        });
        std::iter::once(target).chain(others).map(|target| entry(methods.to_vec(), target)).collect()
    }

    /// The members of the same name in impls under other conditions: `#[cfg(a)] impl Api { … } #[cfg(b)] impl Api { … }`.
    fn other_members(&self, named: &Named<'a>, owner: DefId, args: &[Ty]) -> Vec<Named<'a>> {
        let of_trait = |fact: &ImplFact| fact.trait_path.as_ref().and_then(|path| path.segments.last().cloned());
        let holds = |fact: &ImplFact| fact.items.iter().any(|member| std::ptr::eq(member, named.item));
        let impls = self.crates.impls_for(owner).into_iter().filter_map(|(item, module)| match &item.kind {
            ItemKind::Impl(fact) => Some((item, module, fact)),
            _ => None,
        });
        let impls: Vec<_> = impls.collect();
        let Some(own) = impls.iter().find(|(.., fact)| holds(fact)).map(|(.., fact)| of_trait(fact)) else {
            return Vec::new();
        };
        let others = impls.into_iter().filter(|(.., fact)| !holds(fact) && of_trait(fact) == own);
        let others = others.filter_map(|(item, module, fact)| {
            let member = fact.items.iter().find(|member| member.name == named.item.name)?;
            let scope = self.crates.impl_scope_of(item, module, owner, args)?;
            let other = self.member(owner, member, scope);
            let is_function = matches!(member.kind, ItemKind::Fn(_));
            (is_function && !matches!(other.condition, Condition::Always | Condition::Never)).then_some(other)
        });
        others.collect()
    }

    /// The functions of the same path that stand under other conditions.
    pub(super) fn alternatives(&mut self, named: &Named<'a>) -> Vec<Named<'a>> {
        if named.condition == Condition::Always {
            return Vec::new();
        }
        if let Some(Ty::Def(owner, args)) = &named.scope.self_ty {
            return self.other_members(named, *owner, args);
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

/// The call that an expression ends with.
fn called(expr: &Expr, depth: u32) -> Option<(&Path, &[Expr])> {
    match &expr.kind {
        ExprKind::Call(path, args) => Some((path, args)),
        ExprKind::Block(block) | ExprKind::Async(block) if depth < 8 => match &block.statements.last()?.kind {
            StatementKind::Expr(last, false) => called(last, depth + 1),
            _ => None,
        },
        _ => None,
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
