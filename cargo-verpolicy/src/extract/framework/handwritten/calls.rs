//! Paths, calls and methods: frameworks' own constructors by the table of answers, the project's own by their code.

use super::bounds;
use super::evaluate::{Evaluation, Frame};
use super::methods::{Method, opened, pointed};
use super::results;
use super::value::{Answer, ContentType, Value, json};
use crate::extract::crates::{DefId, Namespace, Resolved, Scope, Ty};
use crate::extract::framework::answers::{self, lookup};
use crate::extract::framework::status::{by_name, of_camel};
use crate::model::{Reader, Status};
use crate::syntax::expression::{Expr, ExprKind, Link};
use crate::syntax::facts::{Fields, ItemKind, Name, Path, Pos, Segment, Type};

impl Evaluation<'_> {
    pub(super) fn path(&mut self, frame: &mut Frame, path: &Path) -> Value {
        if let [only] = path.segments.as_slice()
            && let Some(value) = frame.variables.get(&only.name).cloned()
        {
            self.look_at(frame, &only.name, &value);
            return value;
        }
        if matches!(path.segments.as_slice(), [only] if only.name == "None") {
            return Value::Null;
        }
        let path = &used(frame, path);
        let value = self.constant(frame, path);
        if value == Value::Unknown {
            self.meet_path(path);
        }
        value
    }

    fn constant(&mut self, frame: &Frame, path: &Path) -> Value {
        match self.named(frame, path) {
            Named::Foreign(full) => constant(&full),
            Named::Own(def) => Value::Data(Ty::Def(def, Vec::new())),
            Named::Function(..) => Value::Unknown,
            Named::Nothing => match self.crates.value_item(&frame.scope, path) {
                Some((item, scope)) => match &item.kind {
                    ItemKind::Const { ty, value: Some(value) } => {
                        let value = self
                            .expr(&mut Frame::new(&scope, None), &crate::syntax::expression::parse::expression(value));
                        if value == Value::Unknown { Value::of(&self.crates.ty(&scope, ty)) } else { value }
                    }
                    ItemKind::Static { ty, .. } => Value::of(&self.crates.ty(&scope, ty)),
                    _ => Value::Unknown,
                },
                None => Value::Unknown,
            },
        }
    }

    /// `Type { … }`; what its parameters stand for is read off its fields.
    pub(super) fn constructed(&mut self, frame: &mut Frame, path: &Path, fields: &[(Name, Expr)]) -> Value {
        let path = &used(frame, path);
        // A struct with named fields is no value.
        let resolved = self.crates.resolve(frame.scope.module, path, Namespace::Type);
        if let Resolved::Def(def) = resolved
            && let Some(found) = self.crates.def(def)
            && let ItemKind::Struct { generics, fields: Fields::Named(members) } = &found.item.kind
            && !generics.params.is_empty()
        {
            let plain = Scope { module: found.module, params: Default::default(), self_ty: None };
            let scope = self.crates.scope_with(&plain, generics);
            let mut found = results::Parameters::default();
            for member in members {
                let Some((_, expr)) = fields.iter().find(|(name, _)| *name == member.name) else { continue };
                let value = self.expr(frame, expr);
                found.read(&self.crates.ty(&scope, &member.ty), &value);
            }
            return Value::Data(Ty::Def(def, found.arguments(generics)));
        }
        let named = match resolved {
            Resolved::Def(def) => self.own(def),
            _ => self.named(frame, path),
        };
        match named {
            Named::Own(def) => Value::Data(Ty::Def(def, Vec::new())),
            _ => match (path.segments.first(), &frame.scope.self_ty) {
                (Some(first), Some(owner)) if first.name == "Self" => Value::Data(owner.clone()),
                _ => Value::Unknown,
            },
        }
    }

    pub(super) fn call(&mut self, frame: &mut Frame, path: &Path, args: &[Expr]) -> Value {
        let (values, flow) = self.flowing(|this| args.iter().map(|arg| this.expr(frame, arg)).collect::<Vec<_>>());
        self.call_with(frame, path, args, (values, flow))
    }

    /// A call with what its arguments are, and what flows into them.
    pub(super) fn call_with(
        &mut self,
        frame: &mut Frame,
        path: &Path,
        args: &[Expr],
        (values, into_args): (Vec<Value>, u64),
    ) -> Value {
        if let [only] = path.segments.as_slice()
            && let Some(closure) = frame.closures.get(&only.name).cloned()
        {
            return self.closed_over(frame, &closure, values);
        }
        let given = values.clone();
        self.into_args = into_args;
        let (value, inside) = self.flowing(|this| this.call_of(frame, path, args, values));
        if super::flow::is_open(&value) {
            match inside {
                0 => {
                    self.meet_path(path);
                    self.meet_code(into_args);
                    self.meet_args(frame, args, &given);
                }
                // What its parameters are counts inside.
                inside => self.meet_code(inside),
            }
        }
        super::flow::carrying(value, into_args)
    }

    fn call_of(&mut self, frame: &mut Frame, path: &Path, args: &[Expr], values: Vec<Value>) -> Value {
        let first = values.first().cloned().unwrap_or(Value::Empty);
        let path = &used(frame, path);
        if let [only] = path.segments.as_slice()
            && matches!(only.name.as_str(), "Ok" | "Some" | "Err")
        {
            return if only.name == "Err" { results::error(first) } else { first };
        }
        match self.named(frame, path) {
            Named::Foreign(full) if full.ends_with("Status::from") || full.ends_with("StatusCode::from") => {
                self.as_status(&first).unwrap_or(Value::Status(None))
            }
            Named::Foreign(full) if let Some(value) = super::json::constructed(&full, &values) => value,
            Named::Foreign(full) if super::methods::is_new_list(&full, path) => {
                Value::List(Box::new(Value::OneOf(Vec::new())))
            }
            Named::Foreign(full) if full == "sqlx::query_as" || full == "sqlx::query_scalar" => self.query(frame, path),
            Named::Foreign(full) => match self.runs(frame, &full, args, &values) {
                Some(value) => value,
                None => match called(&full, args, values) {
                    Value::Unknown => self.stated_owner(frame, path),
                    value => value,
                },
            },
            Named::Own(def) => Value::Data(Ty::Def(def, Vec::new())),
            Named::Function(def) => match self.crates.def(def) {
                Some(found) => {
                    if self.traces && args.iter().any(|arg| arg.lent) {
                        // What it makes of what it is lent.
                        self.meet_code(self.crates.code(found.item, found.module));
                    }
                    let scope = Scope { module: found.module, params: Default::default(), self_ty: None };
                    self.run(found.item, &scope, None, values)
                }
                None => Value::Unknown,
            },
            Named::Nothing => match self.crates.value_item(&frame.scope, path) {
                Some((item, scope)) => match &item.kind {
                    // `Type::method(value)`
                    ItemKind::Fn(function) if function.receiver.is_some() => {
                        self.run(item, &scope, Some(first), values.into_iter().skip(1).collect())
                    }
                    ItemKind::Fn(_) => match self.run(item, &scope, None, values) {
                        Value::Unknown => self.converted(frame, path),
                        value => value,
                    },
                    _ => Value::Unknown,
                },
                None => match (path.segments.first(), &frame.scope.self_ty) {
                    (Some(only), Some(owner)) if only.name == "Self" && path.segments.len() < 3 => {
                        let variant = path.segments.last().is_some_and(|last| starts_upper(&last.name));
                        if variant { Value::Data(owner.clone()) } else { self.converted(frame, path) }
                    }
                    _ => self.converted(frame, path),
                },
            },
        }
    }

    /// `Vec::<T>::new()`: a value of the type that the path states with its arguments.
    fn stated_owner(&self, frame: &Frame, path: &Path) -> Value {
        let Some(([.., owner], "new" | "with_capacity" | "default")) =
            path.segments.split_last().map(|(last, owner)| (owner, last.name.as_str()))
        else {
            return Value::Unknown;
        };
        if owner.args.is_empty() {
            return Value::Unknown;
        }
        let segments = path.segments.get(..path.segments.len() - 1).unwrap_or_default().to_vec();
        let ty = Type::Path { qself: None, path: Path { global: path.global, segments } };
        Value::of(&self.crates.ty(&frame.scope, &ty))
    }

    pub(super) fn chain(&mut self, frame: &mut Frame, base: &Expr, links: &[Link]) -> Value {
        if let ExprKind::Path(path) = &base.kind
            && let [only] = path.segments.as_slice()
            && let Some(value) = self.builds(frame, &only.name, links)
        {
            return value;
        }
        let mut value = match &base.kind {
            ExprKind::Path(path) => self.path(frame, path),
            _ => self.expr(frame, base),
        };
        for link in links {
            value = match link {
                Link::Method { name, types, args, pos } => {
                    let (values, flow) =
                        self.flowing(|this| args.iter().map(|arg| this.expr(frame, arg)).collect::<Vec<_>>());
                    self.fails(frame, (name, *pos), args, &values);
                    let call = Method { name, types, args };
                    let before = std::mem::replace(&mut value, Value::Unknown);
                    let known = super::built::is_built(&before).then(|| before.clone());
                    self.into_args = flow;
                    let (after, inside) =
                        self.flowing(|this| before.each(&mut |value| this.called_on(frame, value, &call, &values)));
                    let follows = !super::flow::is_open(&after);
                    if !follows && !only_of_errors(name) && !same_items(name) {
                        known.iter().for_each(|known| self.meet_value(known));
                        match inside {
                            0 => {
                                self.meet(name);
                                self.meet_code(flow);
                                self.meet_args(frame, args, &values);
                            }
                            inside => self.meet_code(inside),
                        }
                    }
                    super::flow::carrying(after, flow)
                }
                Link::Field(name) => {
                    let value = value.each(&mut |value| self.field(&value, name));
                    if super::flow::is_open(&value) {
                        self.meet(name);
                    }
                    value
                }
                Link::Index(index) => {
                    let entry = match &index.kind {
                        ExprKind::Text(key) => super::built::entry(&value, key),
                        _ => super::methods::item_of(&value),
                    };
                    if let (None, ExprKind::Text(key)) = (&entry, &index.kind) {
                        self.meet(key);
                    }
                    entry.unwrap_or(Value::Unknown)
                }
                Link::Call(_) => Value::Unknown,
                Link::Try => value.each(&mut results::tried),
            };
        }
        value
    }

    /// `.map_err(|_| Status::NotFound)?`, `.ok_or(StatusCode::NOT_FOUND)?` in a handler: what it may answer instead.
    fn fails(&mut self, frame: &mut Frame, (name, pos): (&str, Pos), args: &[Expr], values: &[Value]) {
        if self.depth != 1 {
            return;
        }
        let error = match (name, args) {
            ("map_err" | "ok_or_else", [with]) => self.decided(|this| this.applied(frame, with, Value::Unknown)),
            ("ok_or", [_]) => values.first().cloned().unwrap_or(Value::Unknown),
            _ => return,
        };
        let states = |value: &Value| match value {
            Value::Status(status) => status.is_some(),
            Value::Parts(_) | Value::Answer(_) => true,
            _ => false,
        };
        let all = match &error {
            Value::OneOf(arms) => !arms.is_empty() && arms.iter().all(|(_, arm)| states(arm)),
            error => states(error),
        };
        if all {
            self.explained.insert(pos);
            frame.returned.push(results::error(error));
        }
    }

    fn called_on(&mut self, frame: &mut Frame, value: Value, call: &Method<'_>, values: &[Value]) -> Value {
        let Method { name, args, .. } = call;
        let first = values.first().cloned().unwrap_or(Value::Empty);
        if let Some(result) = results::method(&value, name, args).or_else(|| self.library(frame, &value, call)) {
            return result;
        }
        match (name.as_str(), &value) {
            ("to_string", Value::Object(_) | Value::List(_) | Value::Coded(_)) => {
                Value::Media("text/plain".to_owned(), Reader::Json, Box::new(value))
            }
            ("to_string", _) => Value::Text,
            ("map" | "map_ok" | "and_then", Value::Object(_) | Value::Coded(_)) if let [with] = *args => {
                self.applied(frame, with, value)
            }
            ("unwrap_or", Value::Null) => first,
            ("ok_or", Value::Null) => results::error(first),
            ("ok_or_else", Value::Null) => {
                let error = args.first().map(|with| self.applied(frame, with, Value::Unknown));
                results::error(error.unwrap_or(Value::Unknown))
            }
            ("ok_or" | "ok_or_else", Value::Media(..) | Value::Answer(_) | Value::Parts(_)) => value,
            // A number that may be a status, or what stands in for it.
            ("unwrap_or", Value::Status(None)) => Value::OneOf(vec![(None, value), (None, first)]),
            ("map_err", Value::Status(None)) => value,
            ("status" | "status_code", Value::Answer(_)) if !values.is_empty() => match first {
                Value::Unknown => value.at(&literal_status(args)),
                status => value.at(&status),
            },
            // poem's, and those of actix-web's `customize()` and `Redirect`.
            ("with_status" | "using_status_code", known) if tells(known) => value.at(&first),
            ("permanent", Value::Answer(_)) => value.at(&Value::Status(Some(Status::Code(308)))),
            ("temporary", Value::Answer(_)) => value.at(&Value::Status(Some(Status::Code(307)))),
            ("see_other", Value::Answer(_)) => value.at(&Value::Status(Some(Status::Code(303)))),
            ("customize", known) if tells(known) => value,
            ("into", Value::Data(_)) if self.as_status(&value).is_some() => {
                self.as_status(&value).unwrap_or(Value::Unknown)
            }
            ("json", Value::Answer(_)) => value.with(&json(results::carried(first))),
            ("html" | "template" | "view", Value::Answer(_)) => value.with(&text("text/html")),
            ("text", Value::Answer(_)) => value.with(&text("text/plain")),
            ("redirect", Value::Answer(_)) => value.at(&Value::Status(Some(Status::Class(3)))),
            ("body" | "message_body" | "set_body" | "sized_body" | "streamed_body", Value::Answer(_)) => {
                let body = results::carried(values.last().cloned().unwrap_or(Value::Empty));
                value.with(&body)
            }
            ("render", Value::Answer(_)) => rendered(value, first),
            ("stuff", Value::Answer(_)) => {
                let piece = values.get(1).cloned().unwrap_or(Value::Unknown);
                rendered(value.at(&first), piece)
            }
            (
                "content_type" | "with_content_type" | "insert_header" | "append_header" | "header" | "set_header"
                | "with_header",
                known,
            ) if tells(known) && args.iter().any(|arg| name.ends_with("content_type") || names_content_type(arg)) => {
                let stated = args.last().and_then(|arg| self.content_type(frame, arg));
                value.typed(&ContentType::of(stated.as_deref()))
            }
            ("finalize" | "finish" | "build", Value::Answer(_)) => value,
            (_, Value::Answer(_) | Value::Media(..) | Value::Parts(_) | Value::Empty | Value::Status(_))
                if keeps(name) =>
            {
                value
            }
            // salvo's `StatusError`
            ("brief" | "cause" | "detail" | "origin", Value::Status(_)) => value,
            ("as_u16", Value::Status(_)) => Value::Data(Ty::Primitive("u16".into())),
            (_, Value::Answer(_)) if name.contains("cookie") => value.with_header(Some("set-cookie".to_owned())),
            (_, Value::Answer(_)) if name.contains("header") => {
                let header = args.first().and_then(|arg| self.header(frame, arg));
                value.with_header(header)
            }
            (_, Value::Answer(_)) => value,
            (_, Value::Text) => Value::Text,
            (_, Value::Object(_) | Value::Coded(_)) if keeps(name) || same_json(name) => value,
            (_, Value::List(item)) => self.of_items(frame, item.as_ref().clone(), call),
            (
                "clone" | "error_response" | "into_response" | "as_ref" | "to_owned" | "borrow" | "respond_to",
                Value::Data(_),
            ) if !self.has(&value, name) => value,
            (_, Value::Data(owner @ Ty::Def(..))) => match self.own_method(&frame.scope, owner, &value, name, values) {
                Some(value) => value,
                None => self.called_behind(frame, owner, call, values).unwrap_or(match name.as_str() {
                    // What `.await` or `?` has opened already.
                    "unwrap" | "expect" => value,
                    _ => Value::Unknown,
                }),
            },
            (_, Value::Data(ty)) if let Some(bounds) = bounds::of(ty) => {
                self.bound_method(frame.scope.module, bounds, name, 0).unwrap_or(Value::Unknown)
            }
            (_, Value::Data(ty)) => match opened(ty).map(Value::of) {
                Some(value) => self.called_on(frame, value, call, values),
                // A lock, such as a `Mutex`, is open already.
                None if matches!(name.as_str(), "unwrap" | "expect") => value,
                None => Value::Unknown,
            },
            _ => Value::Unknown,
        }
    }

    /// What `impl From<E> for StatusCode` of this side makes of a value; `None` where there is none.
    fn as_status(&mut self, value: &Value) -> Option<Value> {
        let Value::Data(Ty::Def(def, _)) = value else { return None };
        let crates = self.crates;
        let of_value = |ty: &Ty| match ty {
            Ty::Ref(inner) => matches!(inner.as_ref(), Ty::Def(from, _) if from == def),
            ty => matches!(ty, Ty::Def(from, _) if from == def),
        };
        for (item, module) in crates.impls_abroad() {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            let from = fact.trait_path.as_ref().and_then(|path| path.segments.last());
            if from.is_none_or(|last| last.name != "From") {
                continue;
            }
            let scope = crates.impl_scope(module, fact);
            let is_status =
                matches!(&scope.self_ty, Some(Ty::Foreign(path, _)) if lookup(path) == Some(answers::Answer::Status));
            let function = crates.members(item).iter().find_map(|member| match &member.kind {
                ItemKind::Fn(function) if member.name == "from" && is_status => Some((member, function)),
                _ => None,
            });
            let takes = function.and_then(|(_, function)| function.params.first());
            let takes = takes.map(|param| crates.ty(&scope, &param.ty));
            let function = function.map(|(member, _)| member);
            if let (Some(function), Some(true)) = (function, takes.as_ref().map(of_value)) {
                return Some(self.run(function, &scope, None, vec![value.clone()]));
            }
        }
        None
    }

    fn has(&self, value: &Value, name: &Name) -> bool {
        let Value::Data(ty) = value else { return false };
        // What `?` has opened already.
        let ty = match results::known(ty) {
            Some((_, [inner, ..])) => inner,
            _ => ty,
        };
        let Ty::Def(def, _) = ty else { return false };
        let inherent = |item: &crate::syntax::facts::Item| match &item.kind {
            ItemKind::Impl(fact) => fact.trait_path.is_none() && fact.items.iter().any(|member| member.name == *name),
            _ => false,
        };
        self.crates.impls_for(*def).iter().any(|(item, _)| inherent(item))
    }

    /// What a method gives that a type of this side has by its `Deref`.
    fn called_behind(&mut self, frame: &mut Frame, owner: &Ty, call: &Method<'_>, values: &[Value]) -> Option<Value> {
        for target in self.targets(owner) {
            let value = Value::of(&target);
            let found = match &target {
                Ty::Def(..) => self.own_method(&frame.scope, &target, &value, call.name, values),
                _ => Some(self.called_on(frame, value, call, values)),
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// What a method of a type of this side gives; `None` where it has none of that name.
    fn own_method(&mut self, scope: &Scope, owner: &Ty, value: &Value, name: &Name, values: &[Value]) -> Option<Value> {
        let segment = |name: &str| Segment { name: name.into(), args: Vec::new(), call: None };
        let path = Path { global: false, segments: vec![segment("Self"), segment(name)] };
        let scope = Scope { module: scope.module, params: Default::default(), self_ty: Some(owner.clone()) };
        let (item, mut scope) = self.crates.value_item(&scope, &path)?;
        if !matches!(item.kind, ItemKind::Fn(_)) {
            return None;
        }
        scope.self_ty = Some(owner.clone());
        Some(self.run(item, &scope, Some(value.clone()), values.to_vec()))
    }

    pub(super) fn field(&self, value: &Value, name: &Name) -> Value {
        let numbered = |items: &[Value]| name.parse::<usize>().ok().and_then(|n| items.get(n)).cloned();
        match value {
            Value::Parts(items) => numbered(items).unwrap_or(Value::Unknown),
            Value::Data(Ty::Tuple(items)) => {
                numbered(&items.iter().map(Value::of).collect::<Vec<_>>()).unwrap_or(Value::Unknown)
            }
            Value::Data(ty @ Ty::Def(..)) => {
                let behind = || self.targets(ty).iter().find_map(|target| self.own_field(target, name));
                self.own_field(ty, name).or_else(behind).unwrap_or(Value::Unknown)
            }
            Value::Data(ty) => match opened(ty) {
                Some(inner) if name == "0" => Value::of(inner),
                Some(inner) => self.own_field(inner, name).unwrap_or(Value::Unknown),
                None => Value::Unknown,
            },
            _ => Value::Unknown,
        }
    }

    /// A field of a struct of this side, also behind a pointer.
    fn own_field(&self, ty: &Ty, name: &Name) -> Option<Value> {
        let ty = pointed(ty).unwrap_or(ty);
        let Ty::Def(def, args) = ty else { return None };
        let found = self.crates.def(*def)?;
        let ItemKind::Struct { generics, fields: Fields::Named(members) | Fields::Tuple(members) } = &found.item.kind
        else {
            return None;
        };
        let scope = self.crates.scope_of(*def, generics, args)?;
        let field = members.iter().find(|field| field.name == *name)?;
        Some(Value::of(&self.crates.ty(&scope, &field.ty)))
    }

    fn named(&self, frame: &Frame, path: &Path) -> Named {
        match self.crates.resolve(frame.scope.module, path, Namespace::Value) {
            Resolved::Foreign(full) => Named::Foreign(full),
            Resolved::Def(def) => self.own(def),
            Resolved::Member(def, name) => match self.crates.def(def).map(|found| &found.item.kind) {
                Some(ItemKind::Enum { generics, variants })
                    if generics.params.is_empty() && variants.iter().any(|variant| variant.name == name) =>
                {
                    Named::Own(def)
                }
                _ => Named::Nothing,
            },
            _ => Named::Nothing,
        }
    }

    fn own(&self, def: DefId) -> Named {
        match self.crates.def(def).map(|found| &found.item.kind) {
            Some(ItemKind::Fn(_)) => Named::Function(def),
            Some(ItemKind::Struct { generics, .. }) if generics.params.is_empty() => Named::Own(def),
            _ => Named::Nothing,
        }
    }
}

enum Named {
    Foreign(String),
    /// A struct or enum without parameters.
    Own(DefId),
    Function(DefId),
    Nothing,
}

/// The path with what `use` inside the body put before it.
fn used(frame: &Frame, path: &Path) -> Path {
    let Some(full) = path.segments.first().and_then(|first| frame.uses.get(&first.name)) else { return path.clone() };
    let segment = |name: &Name| Segment { name: name.clone(), args: Vec::new(), call: None };
    let segments = full.iter().map(segment).chain(path.segments.iter().skip(1).cloned()).collect();
    Path { global: path.global, segments }
}

fn starts_upper(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}

/// Is it known what it answers with?
fn tells(value: &Value) -> bool {
    match value {
        Value::Unknown => false,
        Value::Data(ty) => !matches!(ty, Ty::Def(..) | Ty::Impl(_) | Ty::Dyn(_)),
        Value::OneOf(arms) => arms.iter().all(|(_, arm)| tells(arm)),
        _ => true,
    }
}

/// The owner and the name of an associated function.
fn split(full: &str) -> (&str, &str) {
    full.rsplit_once("::").unwrap_or(("", full))
}

/// A failure that is told as text.
fn failing(status: Option<u16>) -> Value {
    match status {
        Some(code) => Value::Answer(Box::new(Answer::new(Value::Status(Some(Status::Code(code))), Value::Text))),
        None => Value::Unknown,
    }
}

/// A constant of another crate.
fn constant(full: &str) -> Value {
    let (owner, name) = split(full);
    if lookup(owner) == Some(answers::Answer::Status) || owner.ends_with("StatusCode") {
        let status = by_name(name).or_else(|| of_camel(name));
        return Value::Status(status.map(Status::Code));
    }
    match lookup(full) {
        Some(answers::Answer::Empty(status)) => Value::begun(Value::Status(Some(Status::Code(status)))),
        _ if full.ends_with("json::Value::Null") => Value::Null,
        _ if full.starts_with("poem::error::") => match name {
            "NotFoundError" => failing(Some(404)),
            "MethodNotAllowedError" => failing(Some(405)),
            _ => Value::Unknown,
        },
        _ => Value::Unknown,
    }
}

/// A function or constructor of another crate.
fn called(full: &str, args: &[Expr], values: Vec<Value>) -> Value {
    use answers::Answer as A;
    let first = values.first().cloned().unwrap_or(Value::Empty);
    let status = |code: u16| Value::Status(Some(Status::Code(code)));
    match lookup(full) {
        Some(A::Media(content_type, reader)) => {
            return Value::Media(content_type.to_owned(), reader, Box::new(results::carried(first)));
        }
        Some(A::Text(content_type)) => {
            return Value::Media(content_type.to_owned(), Reader::Raw, Box::new(Value::Text));
        }
        Some(A::Through(Some(code))) => return first.at(&status(code)),
        Some(A::Through(None)) => return first,
        Some(A::Empty(code)) => return Value::begun(status(code)),
        _ => {}
    }
    let (owner, name) = split(full);
    let last = owner.rsplit("::").next().unwrap_or_default();
    match (last, name) {
        (_, "Custom") if values.len() == 2 => Value::Parts(values),
        // warp's replies.
        ("warp", "reply") => Value::begun(status(200)),
        // A rejection answers nothing: other filters may.
        ("warp", "reject") => Value::OneOf(Vec::new()),
        ("reject", _) if full.starts_with("warp::") => Value::OneOf(Vec::new()),
        ("serde_json", "to_value") => results::written(first),
        ("serde_json", "to_string" | "to_string_pretty") => {
            Value::Media("text/plain".to_owned(), Reader::Json, Box::new(results::written(first)))
        }
        ("serde_json", "to_vec" | "to_vec_pretty") => {
            Value::Media("application/octet-stream".to_owned(), Reader::Json, Box::new(results::written(first)))
        }
        // loco's.
        ("format", name) if full.starts_with("loco_rs::") => match name {
            "empty" | "render" => Value::begun(status(200)),
            "json" => json(results::carried(first)),
            "html" | "template" | "view" => text("text/html"),
            "text" => text("text/plain"),
            "redirect" => Value::begun(Value::Status(Some(Status::Class(3)))),
            _ => Value::Unknown,
        },
        ("reply", "json") => json(results::carried(first)),
        ("reply", "html") => text("text/html"),
        ("reply", "with_status") => Value::Parts(values.into_iter().rev().collect()),
        ("reply", "with_header") => first.with_header(match args.get(1).map(|arg| &arg.kind) {
            Some(ExprKind::Text(text)) => Some(text.to_ascii_lowercase()),
            _ => None,
        }),
        ("response" | "axum_extra", "TypedHeader") | ("typed_header", "TypedHeader") => {
            super::headers::typed_header(args.first(), &first)
        }
        ("response", "AppendHeaders") => first,
        ("warp" | "redirect", name) if full.starts_with("warp::") => Value::begun(Value::Status(Some(match name {
            "redirect" | "permanent" | "found" | "see_other" | "temporary" => of_warp(name),
            _ => return Value::Unknown,
        }))),
        ("StatusCode", "from_u16") | ("Status", "from_code" | "new") => literal_status(args),
        ("HttpResponse" | "HttpResponseBuilder", "build" | "new") => Value::begun(first),
        ("HttpResponse", camel) => match of_camel(camel) {
            Some(code) => Value::begun(status(code)),
            None => Value::Unknown,
        },
        ("Response", "build_from") => Value::Answer(Box::new(Answer::new(status(200), first))),
        // poem's errors, and those of actix-web.
        ("Error", "from_status" | "from_string" | "new") if full.starts_with("poem::") => {
            match values.into_iter().rev().find(|value| matches!(value, Value::Status(_))) {
                Some(status) => Value::Answer(Box::new(Answer::new(status, Value::Text))),
                None => Value::Unknown,
            }
        }
        ("error", name) if full.starts_with("poem::") && of_camel(name).is_some() => failing(of_camel(name)),
        ("error", name) if full.starts_with("actix_web::") && name.starts_with("Error") => {
            failing(name.strip_prefix("Error").and_then(of_camel))
        }
        ("InternalError", "new") if full.starts_with("actix_web::") => match values.into_iter().nth(1) {
            Some(status @ Value::Status(_)) => Value::Answer(Box::new(Answer::new(status, Value::Text))),
            _ => Value::Unknown,
        },
        ("InternalError", "from_response") if full.starts_with("actix_web::") => {
            values.into_iter().nth(1).unwrap_or(Value::Unknown)
        }
        ("StatusError", "from_code") => first,
        ("StatusError", name) => match by_name(&name.to_uppercase()) {
            Some(code) => status(code),
            None => Value::Status(None),
        },
        ("Response", "builder" | "build") => Value::begun(status(200)),
        ("Response", "new") => Value::Answer(Box::new(Answer::new(status(200), first))),
        ("Body", "empty") => Value::Empty,
        ("Body", "from" | "new") | ("Box" | "Arc" | "Cow", _) | ("IntoResponse", "into_response") => first,
        ("String", _) => Value::Text,
        _ => match lookup(owner) {
            Some(A::Redirect) => Value::begun(Value::Status(Some(redirect(full, name)))),
            // `Flash::success(redirect, "done")`
            Some(A::Through(None)) if !values.is_empty() => first,
            Some(A::Media(content_type, reader)) if matches!(name, "from" | "new") => {
                Value::Media(content_type.to_owned(), reader, Box::new(first))
            }
            _ => Value::Unknown,
        },
    }
}

fn text(content_type: &str) -> Value {
    Value::Media(content_type.to_owned(), Reader::Raw, Box::new(Value::Text))
}

/// The status of a redirection by the name of its constructor.
fn redirect(full: &str, name: &str) -> Status {
    match name {
        // Others may be set behind it.
        "to" | "new" if full.starts_with("actix_web::") => Status::Code(307),
        "to" | "other" | "see_other" => Status::Code(303),
        "found" => Status::Code(302),
        "moved" | "moved_permanent" => Status::Code(301),
        "temporary" => Status::Code(307),
        "permanent" => Status::Code(308),
        _ => Status::Class(3),
    }
}

/// `warp::redirect(uri)`, `warp::redirect::found(uri)`
fn of_warp(name: &str) -> Status {
    Status::Code(match name {
        "redirect" => 301,
        "found" => 302,
        "see_other" => 303,
        "temporary" => 307,
        _ => 308,
    })
}

fn literal_status(args: &[Expr]) -> Value {
    let code = args.first().and_then(|arg| match &arg.kind {
        ExprKind::Number(text) => text.parse::<u16>().ok(),
        _ => None,
    });
    Value::Status(code.map(Status::Code))
}

/// Methods behind which JSON is what it was.
fn same_json(name: &str) -> bool {
    matches!(name, "as_array" | "as_object" | "as_ref" | "borrow" | "take" | "to_owned" | "to_value")
}

/// Methods that change nothing of what is written of a value.
fn same_items(name: &str) -> bool {
    keeps(name) && !name.starts_with("unwrap_or") || same_json(name) || matches!(name, "collect" | "into_iter" | "iter")
}

/// Methods whose arguments only failures are made of.
fn only_of_errors(name: &str) -> bool {
    matches!(
        name,
        "context"
            | "expect"
            | "inspect_err"
            | "map_err"
            | "ok_or"
            | "ok_or_else"
            | "unwrap"
            | "with_context"
            | "wrap_err"
            | "wrap_err_with"
    )
}

/// Methods that hand on what they are called on.
fn keeps(name: &str) -> bool {
    matches!(
        name,
        "into_response"
            | "into"
            | "unwrap"
            | "expect"
            | "ok"
            | "clone"
            | "boxed"
            | "map_into_boxed_body"
            | "map_into_left_body"
            | "map_into_right_body"
            | "respond_to"
            | "unwrap_or"
            | "unwrap_or_default"
            | "unwrap_or_else"
            | "map_err"
            | "into_inner"
    )
}

/// salvo's `res.render(…)`: a status or a piece.
fn rendered(answer: Value, piece: Value) -> Value {
    match piece {
        status @ Value::Status(_) => answer.at(&status),
        body => answer.with(&body),
    }
}

fn names_content_type(arg: &Expr) -> bool {
    match &arg.kind {
        ExprKind::Text(text) => text.eq_ignore_ascii_case("content-type"),
        ExprKind::Path(path) => {
            let last = path.segments.last().map(|last| last.name.as_str());
            last == Some("CONTENT_TYPE") || path.segments.iter().any(|segment| segment.name == "ContentType")
        }
        ExprKind::List(items) => items.first().is_some_and(names_content_type),
        ExprKind::Call(path, _) => path.segments.iter().any(|segment| segment.name == "ContentType"),
        _ => false,
    }
}
