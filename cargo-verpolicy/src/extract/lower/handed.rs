//! Hand-written `Serialize` and `Deserialize` that hand the value on: `serializer.serialize_str(…)`,
//! `String::deserialize(deserializer)?`, `self.0.serialize(serializer)`, `Repr { … }.serialize(serializer)`. What stands
//! on the wire is then known; what the code does beside it is a hash.

use super::conversion::conversion;
use super::definition::Owner;
use super::{At, Class, Lowering, fingerprint, hash};
use crate::extract::crates::{DefId, Scope, Ty, inner_module};
use crate::model::{Direction, OpaqueReason, Reader, ShapeId};
use crate::syntax::facts::{Fields, Function, GenericArg, GenericParam, Item, ItemKind, Name, RawTokens, Type};
use crate::syntax::tokens::{Cursor, Delimiter, Lit, TokenKind};
use std::collections::BTreeMap;

/// Calls deeper in groups than this are not looked for.
const DEPTH: u32 = 32;

impl<'a> Lowering<'a> {
    /// The shape that the code behind `owner` hands on, with the code's hash; `None` where it does anything else.
    pub(super) fn handed_on(&mut self, owner: &Owner<'a>, args: &[Ty], at: At) -> Option<ShapeId> {
        let (path, _) = words(at.input());
        let (item, module) = self.crates.impls_of(owner.def, path).into_iter().next()?;
        let scope = self.crates.impl_scope_of(item, module, owner.def, args)?;
        self.followed(owner, item, &scope, at)
    }

    /// A body whose type a macro makes of the fields of `def` under `name`, and which hand-written code beside it reads
    /// or writes; `None` where no such code is found.
    pub fn by_hand(&mut self, def: DefId, name: &str, direction: Direction) -> Option<ShapeId> {
        let at = self.at(direction, Reader::Json, super::Spot::Top);
        let owner = self.owner(def, &[], at)?;
        let (item, module) = self.crates.impl_named(owner.item.module, name, words(at.input()).0)?;
        let scope = self.crates.impl_scope_of(item, module, def, &[])?;
        let id = match self.followed(&owner, item, &scope, at) {
            Some(id) => id,
            None => {
                let code = self.crates.code_with_types(item, module);
                self.opaque(owner.item.path, OpaqueReason::HandWritten, Some(code), None)
            }
        };
        self.drain();
        Some(id)
    }

    fn followed(&mut self, owner: &Owner<'a>, item: &Item, scope: &Scope, at: At) -> Option<ShapeId> {
        let (_, name) = words(at.input());
        let function = self.crates.members(item).iter().find_map(|member| match &member.kind {
            ItemKind::Fn(function) if member.name == name => Some(function),
            _ => None,
        })?;
        let body = function.body.as_ref()?;
        let of = if let ItemKind::Impl(fact) = &item.kind { Some(&fact.self_ty) } else { None };
        if let Some(read) = self.read_from_buffer(owner, scope, (body, &inner_module(of, name)), at) {
            return Some(self.converted(read, self.crates.code(item, scope.module)));
        }
        match self.only_type(owner, scope, (body, &inner_module(of, name)), None, at) {
            Some(only) => {
                let inner = self.lower(&only, at);
                if self.class(inner) == Class::Any {
                    let id = self.converted(inner, self.crates.code_with_types(item, scope.module));
                    self.hold(id, owner, at);
                    return Some(id);
                }
                Some(self.converted(inner, self.crates.code(item, scope.module)))
            }
            // All of it is followed: nothing is left that a hash would stand for.
            None if !at.input() => self.entries(owner, scope, body, at),
            None => None,
        }
    }

    /// The shape that a function which `with` names hands on, for a field of the type `ty`.
    pub(super) fn handed_by(
        &mut self,
        owner: &Owner<'a>,
        (function, scope): (&Item, &Scope),
        ty: &Ty,
        code: u64,
        at: At,
    ) -> Option<ShapeId> {
        let inner = inner_module(None, &function.name);
        let ItemKind::Fn(function) = &function.kind else { return None };
        let scope = self.with_arguments(function, scope, ty, at.input());
        if let Some(read) = self.read_from_buffer(owner, &scope, (function.body.as_ref()?, &inner), at) {
            return Some(self.converted(read, code));
        }
        // `value.serialize(serializer)` of what is handed to it.
        let value = function.params.first().filter(|_| !at.input());
        let value = value.and_then(|param| Some((param.name.clone()?, self.crates.ty(&scope, &param.ty))));
        let only = self.only_type(owner, &scope, (function.body.as_ref()?, &inner), value, at)?;
        let inner = self.lower(&only, at);
        (self.class(inner) != Class::Any).then(|| self.converted(inner, code))
    }

    /// The scope of a generic function that reads or writes values of the type `ty`.
    fn with_arguments(&self, function: &Function, scope: &Scope, ty: &Ty, input: bool) -> Scope {
        let mut scope = scope.clone();
        let names = function.generics.params.iter().filter_map(|param| match param {
            GenericParam::Type { name, .. } => Some(name),
            _ => None,
        });
        for name in names {
            scope.params.insert(name.clone(), Ty::Param(name.clone()));
        }
        // What is read is the first argument of the `Result`, what is written is behind a reference.
        let value = if input {
            match &function.ret {
                Some(Type::Path { path, .. }) => path.segments.last().and_then(|last| match last.args.first() {
                    Some(GenericArg::Type(ty)) => Some(ty),
                    _ => None,
                }),
                _ => None,
            }
        } else {
            function.params.first().map(|param| &param.ty)
        };
        if let Some(value) = value {
            let pattern = self.crates.ty(&scope, value);
            bind(&pattern, ty, &mut scope.params, DEPTH);
        }
        scope
    }

    /// The one type that a body reads or writes; `None` where it does anything else.
    fn only_type(
        &self,
        owner: &Owner<'a>,
        scope: &Scope,
        (body, inner): (&RawTokens, &Name),
        value: Option<(Name, Ty)>,
        at: At,
    ) -> Option<Ty> {
        let mut found = Calls {
            lowering: self,
            owner,
            scope,
            at,
            inner,
            locals: value.into_iter().collect(),
            types: Vec::new(),
            other: false,
            human: false,
        };
        let tokens = body.lex();
        found.over(Cursor::new(body, &tokens), at.input(), 0);
        let Calls { mut types, other, human, .. } = found;
        if human && types.len() > 1 {
            // One for people, one for machines: JSON is for people.
            types.retain(|ty| *ty == text());
        }
        types.dedup();
        match types.as_slice() {
            [only] if !other => Some(only.clone()),
            _ => None,
        }
    }
}

impl<'a> Lowering<'a> {
    /// Lets what a type is made of count: where its code takes any value, that decides what becomes of the value.
    fn hold(&mut self, id: ShapeId, owner: &Owner<'a>, at: At) {
        let held = self.parts(owner, at);
        self.held.insert(id, held);
    }

    /// The hash of code that reads or writes a type by hand, with what the type is made of.
    pub fn with_parts(&mut self, code: u64, def: DefId, direction: Direction) -> u64 {
        if let Some(known) = self.coded.get(&(def, code)) {
            return *known;
        }
        let at = self.at(direction, Reader::Json, super::Spot::Top);
        let Some(owner) = self.owner(def, &[], at) else { return code };
        let parts = self.parts(&owner, at);
        self.drain();
        let mixed = hash::mix(code, fingerprint::fingerprint(&self.shapes, &parts, &BTreeMap::new()));
        self.coded.insert((def, code), mixed);
        mixed
    }

    /// The types of all fields, of all variants too.
    fn parts(&mut self, owner: &Owner<'a>, at: At) -> Vec<ShapeId> {
        let at = At { silent: true, ..at };
        let all: Vec<&Fields> = match &owner.item.item.kind {
            ItemKind::Struct { fields, .. } => vec![fields],
            ItemKind::Enum { variants, .. } => variants.iter().map(|variant| &variant.fields).collect(),
            _ => Vec::new(),
        };
        let fields = all.into_iter().flat_map(|fields| match fields {
            Fields::Unit => &[][..],
            Fields::Tuple(fields) | Fields::Named(fields) => fields,
        });
        fields.map(|field| self.lower(&self.crates.ty(&owner.scope, &field.ty), at)).collect()
    }
}

/// What the type parameters in `pattern` stand for where it is `ty`.
fn bind(pattern: &Ty, ty: &Ty, params: &mut BTreeMap<Name, Ty>, depth: u32) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let mut all = |patterns: &[Ty], tys: &[Ty]| {
        patterns.iter().zip(tys).for_each(|(pattern, ty)| bind(pattern, ty, params, depth));
    };
    match (pattern, ty) {
        (Ty::Param(name), ty) => {
            params.insert(name.clone(), ty.clone());
        }
        (Ty::Ref(pattern), Ty::Ref(ty)) => bind(pattern, ty, params, depth),
        (Ty::Ref(pattern), ty) => bind(pattern, ty, params, depth),
        (Ty::Slice(pattern), Ty::Slice(ty)) | (Ty::Array(pattern, _), Ty::Array(ty, _)) => {
            bind(pattern, ty, params, depth)
        }
        (Ty::Def(a, patterns), Ty::Def(b, tys)) if a == b => all(patterns, tys),
        (Ty::Foreign(a, patterns), Ty::Foreign(b, tys)) if a == b => all(patterns, tys),
        (Ty::Tuple(patterns), Ty::Tuple(tys)) => all(patterns, tys),
        _ => {}
    }
}

/// The trait and its method.
fn words(input: bool) -> (&'static str, &'static str) {
    if input { ("serde::Deserialize", "deserialize") } else { ("serde::Serialize", "serialize") }
}

struct Calls<'l, 'a> {
    lowering: &'l Lowering<'a>,
    owner: &'l Owner<'a>,
    scope: &'l Scope,
    at: At,
    /// The module of the types that the body declares.
    inner: &'l Name,
    /// Variables of a type that their values show.
    locals: BTreeMap<Name, Ty>,
    types: Vec<Ty>,
    /// It writes or reads in a way that is not followed.
    other: bool,
    human: bool,
}

impl Calls<'_, '_> {
    fn over(&mut self, mut cursor: Cursor<'_>, input: bool, depth: u32) {
        if depth > DEPTH {
            self.other = true;
            return;
        }
        let mut after = None;
        while let Some(token) = cursor.peek() {
            if let TokenKind::Group(delimiter, _) = &token.kind {
                if let Some(inner) = cursor.group(*delimiter) {
                    self.over(inner, input, depth + 1);
                }
                after = None;
                continue;
            }
            let begins = !matches!(after, Some('.' | ':')) && (token.ident().is_some() || token.is_punct('<'));
            if begins && let Some(rest) = self.associated(cursor, input) {
                cursor = rest;
                after = None;
                continue;
            }
            if input
                && begins
                && let Some(rest) = self.stated(cursor)
            {
                cursor = rest;
                after = None;
                continue;
            }
            if !input && begins {
                if token.ident().is_some_and(|name| name == "let") {
                    self.bind(cursor);
                } else if let Some(rest) = self.written(cursor) {
                    cursor = rest;
                    after = None;
                    continue;
                }
            }
            if let Some(name) = token.ident() {
                self.human |= name == "is_human_readable";
                if after == Some('.') {
                    self.method(name, input);
                } else if name == "self"
                    && !input
                    && let Some(rest) = self.field(cursor)
                {
                    cursor = rest;
                    after = None;
                    continue;
                }
            }
            after = match &token.kind {
                TokenKind::Punct(c, _) => Some(*c),
                _ => None,
            };
            cursor.next();
        }
    }

    /// `Type::deserialize(…)`, `<Type>::deserialize(…)`; the place behind its name.
    fn associated<'c>(&mut self, mut cursor: Cursor<'c>, input: bool) -> Option<Cursor<'c>> {
        let (qself, mut path) = if cursor.peek()?.is_punct('<') {
            let Type::Path { qself, path } = cursor.ty()? else { return None };
            (qself, path)
        } else {
            (None, cursor.path()?)
        };
        let name = path.segments.pop()?.name;
        if name != if input { "deserialize" } else { "serialize" } {
            return None;
        }
        let ty = match qself {
            Some(qself) => qself.0,
            None if path.segments.is_empty() => return None,
            None => Type::Path { qself: None, path },
        };
        match self.remote(self.ty(&ty)) {
            Ty::Foreign(path, _) if conversion(&path).is_some() => self.other = true,
            Ty::Unresolved(_) | Ty::Other(_) | Ty::Param(_) => self.other = true,
            Ty::Def(def, _) if def == self.owner.def => self.other = true,
            // `Option::deserialize(…)`, `Vec::<_>::deserialize(…)`: of what, only a compiler infers.
            Ty::Foreign(path, args) if args.is_empty() && is_generic(&path) => self.other = true,
            Ty::Foreign(_, args) | Ty::Def(_, args) if args.iter().any(is_inferred) => self.other = true,
            // `serde::Serialize::serialize(&value, serializer)`
            Ty::Foreign(path, _) if path.starts_with("serde::") => self.other = true,
            ty => self.types.push(ty),
        }
        Some(cursor)
    }

    /// A type that is derived for the one whose code this is has its arguments, where none are written.
    fn remote(&self, ty: Ty) -> Ty {
        let Ty::Def(def, args) = &ty else { return ty };
        let Some(Ty::Def(_, own)) = &self.scope.self_ty else { return ty };
        let inferred = !own.is_empty() && args.len() == own.len() && args.iter().all(|arg| matches!(arg, Ty::Param(_)));
        let remote = |def| self.lowering.owner(def, args, self.at).is_some_and(|owner| owner.container.remote);
        if inferred && remote(*def) { Ty::Def(*def, own.clone()) } else { ty }
    }

    /// `let all: BTreeSet<T> = BTreeSet::deserialize(…)`, where only the variable says of what; the place behind it.
    fn stated<'c>(&mut self, mut cursor: Cursor<'c>) -> Option<Cursor<'c>> {
        cursor.eat_ident("let").then_some(())?;
        cursor.eat_ident("mut");
        cursor.ident()?;
        let ty = cursor.eat(":").then(|| cursor.ty()).flatten()?;
        cursor.eat("=").then_some(())?;
        let mut path = cursor.path()?;
        (path.segments.pop()?.name == "deserialize").then_some(())?;
        let general = self.ty(&Type::Path { qself: None, path });
        let stated = self.ty(&ty);
        let (Ty::Foreign(general, args), Ty::Foreign(own, own_args)) = (&general, &stated) else { return None };
        let fits = general == own && args.is_empty() && !own_args.is_empty() && !own_args.iter().any(is_inferred);
        fits.then(|| self.types.push(stated))?;
        Some(cursor)
    }

    fn ty(&self, ty: &Type) -> Ty {
        self.lowering.type_inside(self.scope, self.inner, ty)
    }

    fn method(&mut self, name: &str, input: bool) {
        let kind = name.strip_prefix(if input { "deserialize_" } else { "serialize_" });
        match (kind, name) {
            (Some("str" | "string" | "identifier"), _) | (None, "collect_str") => self.types.push(text()),
            (Some(kind), _) if !input && is_primitive(kind) => self.types.push(Ty::Primitive(kind.into())),
            (Some(_), _) | (None, "collect_seq" | "collect_map") => self.other = true,
            // Of an expression whose type is not known.
            (None, "serialize" | "deserialize") => self.other = true,
            _ => {}
        }
    }

    /// `self.0.serialize(serializer)`, `self.name.serialize(…)`.
    fn field<'c>(&mut self, mut cursor: Cursor<'c>) -> Option<Cursor<'c>> {
        cursor.next();
        if !cursor.eat(".") {
            return None;
        }
        let name = match cursor.ident() {
            Some(name) => name.to_string(),
            None => cursor.literal().and_then(Lit::number_text)?.trim_end_matches('.').to_owned(),
        };
        if !(cursor.eat(".") && cursor.eat_ident("serialize")) {
            return None;
        }
        let ItemKind::Struct { fields: Fields::Named(fields) | Fields::Tuple(fields), .. } = &self.owner.item.item.kind
        else {
            return None;
        };
        let field = fields.iter().find(|field| field.name.as_str() == name)?;
        let ty = self.lowering.crates.ty(&self.owner.scope, &field.ty);
        self.types.push(ty);
        Some(cursor)
    }
}

impl Calls<'_, '_> {
    /// `let name = …;`
    fn bind(&mut self, mut cursor: Cursor<'_>) {
        cursor.next();
        cursor.eat_ident("mut");
        let Some(name) = cursor.ident() else { return };
        let stated = cursor.eat(":").then(|| cursor.ty()).flatten();
        self.locals.remove(&name);
        if !cursor.eat("=") {
            return;
        }
        let value = cursor.until(&[";"]);
        let tokens = value.lex();
        let ty = match stated {
            Some(ty) => self.own(&ty),
            None => self.made(Cursor::new(&value, &tokens), 0),
        };
        if let Some(ty) = ty {
            self.locals.insert(name, ty);
        }
    }

    /// `name.serialize(serializer)` of such a variable, `Repr { … }.serialize(serializer)`; the place behind it.
    fn written<'c>(&mut self, mut cursor: Cursor<'c>) -> Option<Cursor<'c>> {
        let local = cursor.peek()?.ident().and_then(|name| self.locals.get(name)).cloned();
        let ty = match local {
            Some(ty) => {
                cursor.next();
                ty
            }
            None => self.literal(&mut cursor)?,
        };
        (cursor.eat(".") && cursor.eat_ident("serialize")).then(|| {
            self.types.push(ty);
            cursor
        })
    }

    /// `Repr { … }` of a struct of this side.
    fn literal(&self, cursor: &mut Cursor<'_>) -> Option<Ty> {
        cursor
            .peek()?
            .ident()
            .filter(|name| name.chars().next().is_some_and(char::is_uppercase) || *name == "crate")?;
        let path = cursor.path()?;
        cursor.group(Delimiter::Brace)?;
        self.own(&Type::Path { qself: None, path })
    }

    /// A struct of this side, but not the one whose code this is.
    fn own(&self, ty: &Type) -> Option<Ty> {
        let ty = self.ty(ty);
        let Ty::Def(def, _) = &ty else { return None };
        let is_struct = matches!(self.lowering.crates.def(*def)?.item.kind, ItemKind::Struct { .. });
        (is_struct && *def != self.owner.def).then_some(ty)
    }

    /// The type of a value: a struct literal, or a `match`, `if` or block all of whose ways end in one.
    fn made(&self, mut cursor: Cursor<'_>, depth: u32) -> Option<Ty> {
        if depth > DEPTH {
            return None;
        }
        while cursor.eat("&") {}
        let first = cursor.peek()?;
        let ways = if first.ident().is_some_and(|name| name == "match") {
            arms(&mut cursor)?.into_iter().map(|arm| self.last(arm, depth)).collect::<Option<Vec<Ty>>>()?
        } else if first.ident().is_some_and(|name| name == "if") {
            let mut ways = Vec::new();
            loop {
                ways.push(self.last(next_block(&mut cursor)?, depth)?);
                if !cursor.eat_ident("else") {
                    return None;
                }
                if cursor.peek()?.ident().is_none_or(|name| name != "if") {
                    ways.push(self.last(cursor.group(Delimiter::Brace)?, depth)?);
                    break;
                }
            }
            ways
        } else if let Some(block) = cursor.group(Delimiter::Brace) {
            vec![self.last(block, depth)?]
        } else {
            vec![self.literal(&mut cursor)?]
        };
        let only = ways.first().filter(|first| cursor.is_empty() && ways.iter().all(|way| way == *first))?;
        Some(only.clone())
    }

    /// What stands behind the last semicolon of a block.
    fn last(&self, mut block: Cursor<'_>, depth: u32) -> Option<Ty> {
        let mut value = block;
        while let Some(token) = block.next() {
            if token.is_punct(';') {
                value = block;
            }
        }
        self.made(value, depth + 1)
    }
}

/// The values of the arms of the `match` that begins here; moves behind it.
fn arms<'c>(cursor: &mut Cursor<'c>) -> Option<Vec<Cursor<'c>>> {
    let mut body = next_block(cursor)?;
    let mut out = Vec::new();
    while !body.is_empty() {
        while !body.eat("=>") {
            body.next()?;
        }
        out.push(match body.group(Delimiter::Brace) {
            Some(block) => block,
            None => body.before_comma(),
        });
        body.eat(",");
    }
    Some(out)
}

/// The next group in braces.
fn next_block<'c>(cursor: &mut Cursor<'c>) -> Option<Cursor<'c>> {
    loop {
        if let Some(block) = cursor.group(Delimiter::Brace) {
            return Some(block);
        }
        cursor.next()?;
    }
}

fn text() -> Ty {
    Ty::Foreign("std::string::String".into(), Vec::new())
}

/// `_`, or a type with a `_` in it.
fn is_inferred(ty: &Ty) -> bool {
    match ty {
        Ty::Other(text) => text == "_",
        Ty::Foreign(_, args) | Ty::Def(_, args) | Ty::Tuple(args) => args.iter().any(is_inferred),
        Ty::Ref(inner) | Ty::Slice(inner) | Ty::Array(inner, _) => is_inferred(inner),
        _ => false,
    }
}

fn is_generic(path: &str) -> bool {
    const NAMES: &[&str] =
        &["Arc", "Box", "BTreeMap", "BTreeSet", "Cow", "HashMap", "HashSet", "Option", "Rc", "Vec", "VecDeque"];
    path.rsplit("::").next().is_some_and(|name| NAMES.contains(&name))
}

fn is_primitive(name: &str) -> bool {
    matches!(name, "bool" | "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "f32" | "f64")
}
