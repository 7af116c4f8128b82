//! What paths name in bodies that build routers: variables, functions, consts, the frameworks' own words.

use super::evaluate::{Evaluation, address};
use super::frame::{Frame, handed_on};
use super::kind::Kind;
use super::value::{Base, Named, Router, VARIANT, Value};
use super::words;
use crate::extract::crates::{DefId, ModuleId, Namespace, Resolved, Scope, Ty};
use crate::model::{BlindSpotKind, Condition};
use crate::syntax::expression::Expr;
use crate::syntax::facts::{Fields, GenericArg, GenericParam, Item, ItemKind, Name, Path, Pos, Type};
use std::collections::BTreeMap;

impl<'a> Evaluation<'a> {
    /// The value of a path.
    pub(super) fn path(&mut self, frame: &mut Frame<'a>, path: &Path) -> Value<'a> {
        self.take_left(frame);
        if let [only] = path.segments.as_slice()
            && !path.global
            && let Some(known) = frame.variables.get_mut(&only.name)
        {
            known.used = true;
            return known.value.clone();
        }
        if let [only] = path.segments.as_slice()
            && let Some(Ty::Const(text)) = frame.scope.params.get(&only.name)
        {
            return self.argument(&frame.scope, &text.clone());
        }
        let path = self.whole_path(frame, path);
        if let Some((item, scope)) = self.crates.value_item(&frame.scope, &path) {
            match &item.kind {
                ItemKind::Fn(_) => {
                    let named = self.named(&frame.scope, &path, item, scope);
                    let named = named.map(|named| self.instantiated(frame, named, &path));
                    return named.map_or(Value::Unknown, |named| Value::Function(Box::new(named)));
                }
                ItemKind::Static { mutable: true, ty, .. } => return self.parameter(&scope, ty, Value::Unknown),
                ItemKind::Const { .. } | ItemKind::Static { .. } => return self.stated_value(frame, item, &scope),
                _ => {}
            }
        }
        let last = || path.segments.last().map(|segment| segment.name.clone()).unwrap_or_default();
        match self.crates.resolve(frame.scope.module, &path, Namespace::Value) {
            Resolved::Foreign(found) if found == "inventory::iter" => self.submitted(frame, &path),
            Resolved::Foreign(found) => Value::Word(Name::new(found.rsplit("::").next().unwrap_or_default())),
            Resolved::Unresolved | Resolved::Module(_) if self.is_scope(frame, &path).is_some() => {
                Value::List(self.is_scope(frame, &path).map(|module| self.handlers_of(module)).unwrap_or_default())
            }
            Resolved::Member(def, name) if name == "PATH" => match self.path_of_type(def) {
                Some(path) => Value::Text(path),
                None => Value::Variant(def, name),
            },
            Resolved::Member(def, name) => Value::Variant(def, name),
            _ if self.variant(frame, &path).is_some() => self.variant(frame, &path).map_or(Value::Unknown, |(_, v)| v),
            Resolved::Def(def) => match self.crates.def(def).map(|found| &found.item.kind) {
                Some(ItemKind::Struct { .. }) => Value::Of(Ty::Def(def, Vec::new())),
                _ => Value::Unknown,
            },
            // linkme's tables have no value, so no item that could be read.
            Resolved::Unresolved if is_constant(&last()) => match self.distributed(frame, &last()) {
                Some(entered) => entered,
                None if path.segments.len() > 1 => Value::Word(last()),
                None => Value::Unknown,
            },
            _ if path.segments.len() > 1 => Value::Word(last()),
            _ => Value::Unknown,
        }
    }

    /// The value of a const or static, and of those of its path under other conditions.
    fn stated_value(&mut self, frame: &Frame<'a>, item: &'a Item, scope: &Scope) -> Value<'a> {
        let condition = |item: &Item| {
            let whole = self.crates.condition_of(scope.module).clone();
            let whole = whole.and(self.crates.given(scope.module, &item.condition));
            self.crates.seen_from(frame.scope.module, scope.module, whole)
        };
        let mut all = vec![(item, condition(item))];
        if scope.self_ty.is_none() && all.iter().any(|(_, condition)| *condition != Condition::Always) {
            let others = self.crates.items_of(scope.module).into_iter().map(|(other, _)| other).filter(|other| {
                let holds = matches!(other.kind, ItemKind::Const { .. } | ItemKind::Static { .. });
                holds && other.name == item.name && !std::ptr::eq(*other, item)
            });
            all.extend(others.map(|other| (other, condition(other))));
        }
        let mut out: Option<Value<'a>> = None;
        let mut before = Condition::Always;
        for (item, condition) in all.into_iter().filter(|(_, condition)| *condition != Condition::Never) {
            let (ItemKind::Const { value: Some(raw), ty } | ItemKind::Static { value: Some(raw), ty, .. }) = &item.kind
            else {
                continue;
            };
            self.called.insert(address(item));
            let value = match self.constant(scope, raw) {
                Value::Unknown => match self.crates.text_value(scope, raw) {
                    Some(text) => Value::Text(text),
                    None => self.parameter(scope, ty, Value::Unknown),
                },
                known => known,
            };
            out = Some(match out {
                Some(known) => Value::either((known, &before), (value, &condition)),
                None => value,
            });
            before = condition;
        }
        out.unwrap_or_default()
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
    pub(super) fn named(&self, scope: &Scope, path: &Path, item: &'a Item, inner: Scope) -> Option<Named<'a>> {
        let owner = match self.crates.resolve(scope.module, path, Namespace::Value) {
            Resolved::Def(def) => {
                let found = self.crates.def(def)?;
                let condition = self.crates.seen_from(scope.module, inner.module, found.condition.clone());
                return Some(Named { item, scope: inner, path: found.path.to_owned(), condition });
            }
            Resolved::Member(def, _) => def,
            _ => match &inner.self_ty {
                Some(Ty::Def(def, _)) => *def,
                _ => return None,
            },
        };
        let member = self.member(owner, item, inner);
        let condition = self.crates.seen_from(scope.module, member.scope.module, member.condition);
        Some(Named { condition, ..member })
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
        if let ([only], [inner]) = (path.segments.as_slice(), args)
            && matches!(only.name.as_str(), "Some" | "Ok")
        {
            return self.expr(frame, inner);
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
        if let Some(named) = self.tuple_function(&frame.scope, &path) {
            return self.call_value(frame, &Value::Function(Box::new(named)), args);
        }
        if let Some((ty, variant)) = self.variant(frame, &path) {
            let made = self.made(frame, ty, args);
            return varied(made, variant);
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

    /// The variant of an enum of this side that a path names.
    pub(super) fn variant(&self, frame: &Frame<'a>, path: &Path) -> Option<(Ty, Value<'a>)> {
        let (last, owner) = path.segments.split_last()?;
        let (def, ty) = match (owner, &frame.scope.self_ty) {
            ([only], Some(ty @ Ty::Def(def, _))) if only.name == "Self" => (*def, ty.clone()),
            _ => match self.crates.resolve(frame.scope.module, path, Namespace::Value) {
                Resolved::Member(def, _) => (def, Ty::Def(def, Vec::new())),
                _ => return None,
            },
        };
        let ItemKind::Enum { variants, .. } = &self.crates.def(def)?.item.kind else { return None };
        let known = variants.iter().any(|variant| variant.name == last.name);
        known.then(|| (ty, Value::Variant(def, last.name.clone())))
    }

    /// The tuple struct of this side that a call makes.
    pub(super) fn tuple_struct(&self, frame: &Frame<'a>, path: &Path) -> Option<Ty> {
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
    pub(super) fn instantiated(&self, frame: &Frame<'a>, named: Named<'a>, path: &Path) -> Named<'a> {
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
            match (param, arg) {
                (GenericParam::Type { name, .. }, GenericArg::Type(ty)) => {
                    let ty = self.crates.ty(scope, ty);
                    named.scope.params.insert(name.clone(), ty);
                }
                (GenericParam::Const { name, .. }, GenericArg::Const(text)) => {
                    named.scope.params.insert(name.clone(), Ty::Const(text.clone()));
                }
                (GenericParam::Const { name, .. }, GenericArg::Type(Type::Path { qself: None, path })) => {
                    let known = path.segments.first().and_then(|only| scope.params.get(&only.name));
                    if let Some(known @ Ty::Const(_)) = known.filter(|_| path.segments.len() == 1) {
                        named.scope.params.insert(name.clone(), known.clone());
                    }
                }
                _ => {}
            }
        }
        named
    }

    /// A path into another crate that value names do not lead to: by its type, or by what a glob may import.
    fn foreign(&self, frame: &Frame<'a>, path: &Path) -> Option<String> {
        let (last, owner) = path.segments.split_last()?;
        if owner.is_empty() {
            let known = words::verb(&last.name).is_some() || matches!(last.name.as_str(), "scope" | "resource" | "on");
            let depends = |krate: &&str| self.crates.depends_on(frame.scope.module, krate);
            let krate =
                ["axum", "actix_web", "poem", "salvo", "loco_rs"].into_iter().find(depends).filter(|_| known)?;
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
        if let Value::Word(word) = callee
            && words::verb(word).is_some()
        {
            // `let method = web::get; … method().to(h)`
            let segment = crate::syntax::facts::Segment { name: word.clone(), args: Vec::new(), call: None };
            let path = Path { global: false, segments: vec![segment] };
            if let Some(found) = self.foreign(frame, &path) {
                let pos = args.first().map(|arg| arg.pos).unwrap_or_default();
                return self.call_foreign(frame, &found, &path, args, pos);
            }
        }
        if let Value::Choice(ways) = callee {
            return self.each_choice(frame, ways.clone(), |this, frame, way| this.call_value(frame, &way, args));
        }
        let values = self.args(frame, args);
        self.given.clone_from(&frame.condition);
        if matches!(callee, Value::Function(named) if super::calls::makes_handler(named)) {
            return callee.clone();
        }
        let outcome = match callee {
            Value::Function(named) => self.call(named, values.clone()),
            Value::Closure(closure) => Some(self.apply(frame, closure, values.clone())),
            _ => None,
        };
        let Some(outcome) = outcome else {
            let values = match callee {
                Value::Function(named) => {
                    self.unread(frame, named, args);
                    super::calls::left_by(named, values)
                }
                _ => values,
            };
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
        let named = if let Value::Function(named) = callee { Some(named.as_ref()) } else { None };
        self.left_in(frame, args, outcome.parameters, named);
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
            Ty::Foreign(path, args) if super::files::served_by(&path).is_some() => Value::Of(Ty::Foreign(path, args)),
            Ty::Foreign(_, args) => match args.into_iter().next() {
                Some(ty @ Ty::Def(..)) => Value::Of(ty),
                _ => Value::Unknown,
            },
            _ => Value::Unknown,
        }
    }

    /// What a parameter of this type holds when nobody says.
    pub(super) fn parameter(&self, scope: &Scope, ty: &Type, given: Value<'a>) -> Value<'a> {
        let mut ty = match given {
            Value::Unknown => self.crates.ty(scope, ty),
            // What calls that were not read hand on may be no router.
            given if given.holds_router() => match self.crates.ty(scope, ty) {
                ty if words::holds_no_router(&ty) => ty,
                _ => return given,
            },
            given => return given,
        };
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
            Ty::Primitive(name) if name == "str" => Value::Text(super::kind::HOLE.to_string()),
            Ty::Foreign(path, _) if path.as_ref() == "std::string::String" => {
                Value::Text(super::kind::HOLE.to_string())
            }
            Ty::Foreign(path, args) => {
                let held = args.first().filter(|_| path.as_ref() == "std::option::Option").and_then(words::router_of);
                match words::router(path).or(held) {
                    Some(kind) => Value::router(Router::new(kind)),
                    None => Value::Of(ty),
                }
            }
            _ => Value::Of(ty),
        }
    }
}

/// Is it spelled as a constant: `ROUTES`?
fn is_constant(name: &str) -> bool {
    name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit())
}

/// The paths that an argument states: one, or a list of them.
pub(super) fn paths(kind: Kind, value: Option<&Value<'_>>) -> Vec<Base> {
    match value {
        Some(Value::Text(text)) => vec![(kind.path(text), Condition::Always)],
        Some(Value::OneOf(ways)) => ways.iter().map(|(text, on)| (kind.path(text), on.clone())).collect(),
        Some(Value::List(items)) if !items.is_empty() => {
            items.iter().flat_map(|item| paths(kind, Some(item))).collect()
        }
        _ => vec![(crate::extract::framework::template::unknown(), Condition::Always)],
    }
}

/// What was made, as this variant.
pub(super) fn varied<'a>(made: Value<'a>, variant: Value<'a>) -> Value<'a> {
    match made {
        Value::Struct(ty, mut fields) => {
            fields.insert(Name::new(VARIANT), variant);
            Value::Struct(ty, fields)
        }
        made => made,
    }
}
