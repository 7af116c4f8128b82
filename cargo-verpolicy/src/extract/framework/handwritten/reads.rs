//! Extractors whose code hands the request on to extractors that are known: `Json::<T>::from_request(req, state)`,
//! `parts.extract::<Query<P>>()`.

use crate::extract::crates::{Crates, DefId, ModuleId, Scope, Ty};
use crate::extract::framework::extractor::role;
use crate::syntax::facts::{Bound, Item, ItemKind, Predicate, RawTokens, Type};
use crate::syntax::tokens::{Cursor, Delimiter, TokenKind};

/// What such code reads.
#[derive(Debug, Default)]
pub(in crate::extract::framework) struct Reads {
    /// The extractors that it hands the request to.
    pub(in crate::extract::framework) extractors: Vec<Ty>,
    /// Headers that it looks at, in lower case.
    pub(in crate::extract::framework) headers: Vec<String>,
    /// It runs a validator over what they give.
    pub(in crate::extract::framework) validated: bool,
    /// It looks at the request itself too.
    pub(in crate::extract::framework) more: bool,
    /// It may refuse a request by itself.
    pub(in crate::extract::framework) refuses: bool,
}

const CRATES: &[&str] = &["axum", "axum_core", "actix_web", "poem", "rocket"];
const TRAITS: &[&str] = &["FromRequest", "FromRequestParts"];
const METHODS: &[&str] = &["from_request", "from_request_parts", "extract"];
/// What the server holds beside the request.
const BESIDE: &[&str] = &["app_data", "rocket"];
const OPTIONAL: &[&str] = &["ok", "unwrap_or", "unwrap_or_else", "unwrap_or_default"];

/// What the code of the extractor `def` reads; `None` where it has none or says nothing.
pub(in crate::extract::framework) fn reads(crates: &Crates, def: DefId, args: &[Ty]) -> Option<Reads> {
    let (item, module) =
        crates.impls_for(def).into_iter().find(|(item, module)| is_extractor(crates, item, *module))?;
    let scope = crates.impl_scope_of(item, module, def, args)?;
    let function = crates.members(item).iter().find_map(|member| match &member.kind {
        ItemKind::Fn(function) if METHODS.contains(&member.name.as_str()) => Some(function),
        _ => None,
    })?;
    let accepts = is_infallible(crates, item, &scope);
    let Some(body) = function.body.as_ref() else {
        return accepts.then(|| Reads { more: true, ..Reads::default() });
    };
    let request: Vec<&str> = function
        .params
        .iter()
        .filter(|param| !is_state(&param.ty))
        .filter_map(|param| param.name.as_deref())
        .filter(|name| !name.starts_with('_'))
        .collect();
    let tokens = body.lex();
    let mut scan = Scan { crates, scope: &scope, request: &request, annotated: None, found: Reads::default() };
    scan.over(Cursor::new(body, &tokens), 0);
    let mut found = scan.found;
    if found.extractors.is_empty() && found.more {
        found.extractors = asked_for(crates, item, &scope);
    }
    // What reads nothing may refuse all the same.
    let tries = || body.text.contains('?') || body.text.contains("Err");
    let accepts = accepts || only_accepts(body);
    found.refuses = found.more && !accepts;
    let read = !found.extractors.is_empty() || !found.headers.is_empty();
    (read || accepts || !found.more && !tries()).then_some(found)
}

/// The extractors that the impl asks for: `where Json<T>: FromRequest<S>`. Code that reads the request in another way reads
/// as they do.
fn asked_for(crates: &Crates, item: &Item, scope: &Scope) -> Vec<Ty> {
    let ItemKind::Impl(fact) = &item.kind else { return Vec::new() };
    let asks = |bound: &Bound| {
        let Bound::Trait { path, .. } = bound else { return false };
        path.segments.last().is_some_and(|last| TRAITS.contains(&last.name.as_str()))
    };
    let asked = fact.generics.predicates.iter().filter_map(|predicate| match predicate {
        Predicate::Type { ty, bounds, .. } if bounds.iter().any(asks) => Some(crates.ty(scope, ty)),
        _ => None,
    });
    asked.filter(|ty| matches!(ty, Ty::Foreign(path, _) if role(path).is_some())).collect()
}

/// `headers().get_one("x-key")`, `headers.get(X_KEY)` behind a request: the name.
fn header(crates: &Crates, scope: &Scope, mut cursor: Cursor<'_>) -> Option<String> {
    if !cursor.eat(".") || !cursor.eat_ident("headers") {
        return None;
    }
    cursor.group(Delimiter::Paren);
    let method = if cursor.eat(".") { cursor.ident()? } else { return None };
    if !matches!(method.as_str(), "get" | "get_one" | "get_all" | "contains" | "contains_key") {
        return None;
    }
    let named = cursor.group_raw(Delimiter::Paren)?;
    let name = named.string().or_else(|| crates.text_value(scope, &named))?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (!name.is_empty() && name.chars().all(is_name)).then(|| name.to_lowercase())
}

/// Hash of the code of the extractor `def`.
pub(in crate::extract::framework) fn code(crates: &Crates, def: DefId) -> Option<u64> {
    let mut impls = crates.impls_for(def).into_iter();
    impls
        .find(|(item, module)| is_extractor(crates, item, *module))
        .map(|(item, module)| crates.code_with_types(item, module))
}

/// Does the impl state an error that cannot be? Rocket's guards forward without one.
fn is_infallible(crates: &Crates, item: &Item, scope: &Scope) -> bool {
    let ItemKind::Impl(fact) = &item.kind else { return false };
    let path = fact.trait_path.as_ref().map(|path| crates.trait_path(scope.module, path)).unwrap_or_default();
    !path.starts_with("rocket::")
        && fact.items.iter().any(|member| match &member.kind {
            ItemKind::Alias { ty: Some(ty), .. } if matches!(member.name.as_str(), "Error" | "Rejection") => {
                match crates.ty(scope, ty) {
                    Ty::Foreign(path, _) => path.as_ref() == "std::convert::Infallible",
                    Ty::Primitive(name) => name == "!",
                    Ty::Other(text) => text == "!",
                    _ => false,
                }
            }
            _ => false,
        })
}

/// Does the code give `Ok(…)` at its end, and nothing before that could end it otherwise?
fn only_accepts(body: &RawTokens) -> bool {
    const ENDS: &[&str] = &["?", "Err", "return", "unwrap()", "expect(", "!(", "! (", "!{", "!["];
    let tokens = body.lex();
    !ENDS.iter().any(|word| body.text.contains(word)) && gives_ok(Cursor::new(body, &tokens), 0)
}

/// `Ok(…)`, `ready(Ok(…))`, `Box::pin(async move { …; Ok(…) })` at the end of a block.
fn gives_ok(mut cursor: Cursor<'_>, depth: u32) -> bool {
    let last = cursor.tokens().iter().rposition(|token| token.is_punct(';'));
    for _ in 0..last.map_or(0, |last| last + 1) {
        cursor.next();
    }
    while cursor.eat_ident("async") || cursor.eat_ident("move") {}
    if cursor.eat_ident("if") {
        return depth < 8 && all_branches(cursor, depth);
    }
    let only = match cursor.tokens() {
        [only] => cursor.group(Delimiter::Brace).filter(|_| !only.is_punct(';')),
        _ => None,
    };
    if let Some(block) = only {
        return depth < 8 && gives_ok(block, depth + 1);
    }
    let Some(name) = cursor.simple_path().pop() else { return false };
    let Some(inside) = cursor.group(Delimiter::Paren) else { return false };
    match name.as_str() {
        _ if !cursor.is_empty() => false,
        "Ok" | "ok" | "Success" => true,
        "ready" | "pin" => depth < 8 && gives_ok(inside, depth + 1),
        _ => false,
    }
}

/// Do all branches of an `if`, behind that word, give `Ok(…)`, and is there an `else`?
fn all_branches(mut cursor: Cursor<'_>, depth: u32) -> bool {
    loop {
        let block = loop {
            if let Some(block) = cursor.group(Delimiter::Brace) {
                break block;
            }
            if cursor.next().is_none() {
                return false;
            }
        };
        if !gives_ok(block, depth + 1) || !cursor.eat_ident("else") {
            return false;
        }
        if !cursor.eat_ident("if") {
            return cursor.group(Delimiter::Brace).is_some_and(|last| cursor.is_empty() && gives_ok(last, depth + 1));
        }
    }
}

fn is_extractor(crates: &Crates, item: &Item, module: ModuleId) -> bool {
    let ItemKind::Impl(fact) = &item.kind else { return false };
    let Some(path) = fact.trait_path.as_ref().map(|path| crates.trait_path(module, path)) else { return false };
    let (krate, last) = (path.split("::").next().unwrap_or_default(), path.rsplit("::").next().unwrap_or_default());
    CRATES.contains(&krate) && TRAITS.contains(&last)
}

/// `let name: T =`: the type.
fn annotation(mut cursor: Cursor<'_>) -> Option<Type> {
    cursor.next();
    while cursor.eat_ident("mut") {}
    cursor.ident()?;
    if !cursor.eat(":") {
        return None;
    }
    let ty = cursor.ty()?;
    cursor.eat("=").then_some(ty)
}

/// axum's `state: &S`, by its type: a parameter of the impl.
fn is_state(ty: &Type) -> bool {
    match ty {
        Type::Ref { mutable: false, ty, .. } => match ty.as_ref() {
            Type::Path { qself: None, path } => {
                let last = path.segments.last().map(|last| last.name.as_str()).unwrap_or_default();
                !last.ends_with("Request") && last != "Parts"
            }
            _ => false,
        },
        _ => false,
    }
}

struct Scan<'s> {
    crates: &'s Crates,
    scope: &'s Scope,
    request: &'s [&'s str],
    /// The type that a `let` states of what stands behind it.
    annotated: Option<Type>,
    found: Reads,
}

impl Scan<'_> {
    fn over(&mut self, mut cursor: Cursor<'_>, depth: u32) {
        if depth > 64 {
            self.found.more = true;
            return;
        }
        let mut after: Option<char> = None;
        while let Some(token) = cursor.peek() {
            let begins = !matches!(after, Some('.' | ':')) && (token.ident().is_some() || token.is_punct('<'));
            if begins && let Some(rest) = self.handed_on(cursor) {
                cursor = rest;
                after = None;
                continue;
            }
            if token.is_punct(';') {
                self.annotated = None;
            }
            if let Some(name) = token.ident() {
                if name == "let" {
                    self.annotated = annotation(cursor);
                }
                if after == Some('.') && name.starts_with("validate") {
                    self.found.validated = true;
                }
                if after != Some('.') && self.request.contains(&name.as_str()) {
                    cursor.next();
                    let header = header(self.crates, self.scope, cursor);
                    self.found.headers.extend(header.filter(|name| !self.found.headers.contains(name)));
                    match self.looked_at(cursor) {
                        Some(rest) => cursor = rest,
                        None => self.found.more = true,
                    }
                    after = None;
                    continue;
                }
            }
            after = match &token.kind {
                TokenKind::Punct(c, _) => Some(*c),
                _ => None,
            };
            if let TokenKind::Group(delimiter, _) = &token.kind {
                let delimiter = *delimiter;
                if let Some(inner) = cursor.group(delimiter) {
                    self.over(inner, depth + 1);
                }
                continue;
            }
            cursor.next();
        }
    }

    /// `Type::from_request(…)`; the place behind it.
    fn handed_on<'c>(&mut self, mut cursor: Cursor<'c>) -> Option<Cursor<'c>> {
        let (qself, mut path) = if cursor.peek()?.is_punct('<') {
            let Type::Path { qself, path } = cursor.ty()? else { return None };
            (qself, path)
        } else {
            (None, cursor.path()?)
        };
        let last = path.segments.pop()?;
        if !METHODS.contains(&last.name.as_str()) {
            return None;
        }
        if last.call.is_none() {
            cursor.any_group()?;
        }
        let optional = qself.is_some() && path.segments.last().is_some_and(|of| of.name.starts_with("Optional"));
        let ty = match qself {
            Some(qself) => qself.0,
            None if path.segments.is_empty() => return None,
            None => Type::Path { qself: None, path },
        };
        let mut ty = self.crates.ty(self.scope, &ty);
        if let Ty::Foreign(_, args) = &ty
            && args.iter().any(|arg| matches!(arg, Ty::Other(text) if text == "_"))
        {
            let stated = self.annotated.take().map(|stated| self.crates.ty(self.scope, &stated));
            match stated.filter(|_| optional) {
                Some(stated) => self.add(stated, cursor),
                None => self.found.more = true,
            }
            return Some(cursor);
        }
        // `Json::from_request` leaves its argument to be inferred from what the extractor holds.
        if let (Ty::Foreign(_, args), Some(Ty::Def(_, own))) = (&mut ty, &self.scope.self_ty)
            && args.is_empty()
            && let [only] = own.as_slice()
        {
            args.push(only.clone());
        }
        let ty = if optional { Ty::Foreign("std::option::Option".into(), vec![ty]) } else { ty };
        self.add(ty, cursor);
        Some(cursor)
    }

    /// `request.extract::<T>()`, `request.extensions`; the place behind it. `None`: it is looked at in another way.
    fn looked_at<'c>(&mut self, mut cursor: Cursor<'c>) -> Option<Cursor<'c>> {
        if !cursor.eat(".") {
            return None;
        }
        let name = cursor.ident()?;
        if BESIDE.contains(&name.as_str()) {
            return Some(cursor);
        }
        if !name.starts_with("extract") || !cursor.eat("::") {
            return None;
        }
        let mut inner = cursor;
        let ty = if inner.eat("<") { inner.ty()? } else { return None };
        while cursor.peek().is_some_and(|token| !matches!(token.kind, TokenKind::Group(..))) {
            cursor.next();
        }
        cursor.any_group()?;
        let ty = self.crates.ty(self.scope, &ty);
        self.add(ty, cursor);
        Some(cursor)
    }

    fn add(&mut self, ty: Ty, mut behind: Cursor<'_>) {
        if let Ty::Foreign(path, _) = &ty
            && role(path).is_none()
            && !path.ends_with("::Option")
        {
            self.found.more = true;
        }
        if matches!(ty, Ty::Unresolved(_) | Ty::Other(_) | Ty::Param(_)) {
            self.found.more = true;
            return;
        }
        let mut ahead = behind;
        if ahead.eat(".") && ahead.eat_ident("await") {
            behind = ahead;
        }
        let optional = behind.eat(".") && behind.ident().is_some_and(|name| OPTIONAL.contains(&name.as_str()));
        let ty = if optional { Ty::Foreign("std::option::Option".into(), vec![ty]) } else { ty };
        self.found.extractors.push(ty);
    }
}
