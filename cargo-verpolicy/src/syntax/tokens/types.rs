//! Paths, types and bounds read from tokens, into the same facts as those of items.

use super::{Cursor, Delimiter, TokenKind, normal};
use crate::syntax::facts::{Bound, FnPtr, GenericArg, Name, Path, Segment, Type};

/// Types nested deeper than this are kept as text.
pub(in crate::syntax) const MAX_TYPE_DEPTH: usize = 64;

impl<'a> Cursor<'a> {
    /// A path with its generic arguments (`Vec<T>`, `Vec::<T>::new`); a call behind it is left.
    pub fn path(&mut self) -> Option<Path> {
        self.attempt(|c| c.path_with(false))
    }

    /// A type.
    pub fn ty(&mut self) -> Option<Type> {
        self.attempt(|c| c.type_with(true))
    }

    /// Bounds joined by `+`; at least one.
    pub fn bounds(&mut self) -> Option<Vec<Bound>> {
        self.attempt(Cursor::bound_list)
    }

    fn attempt<T>(&mut self, read: impl FnOnce(&mut Cursor<'a>) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let value = read(&mut ahead)?;
        *self = ahead;
        Some(value)
    }

    fn type_with(&mut self, plus: bool) -> Option<Type> {
        if self.depth >= MAX_TYPE_DEPTH {
            return Some(Type::Other(normal(&self.until(&[",", ";", ">"]).text)));
        }
        self.depth += 1;
        let ty = self.type_inner(plus);
        self.depth -= 1;
        ty
    }

    fn type_inner(&mut self, plus: bool) -> Option<Type> {
        let token = self.peek()?;
        match &token.kind {
            TokenKind::Punct('&', _) => {
                self.next();
                let lifetime = self.lifetime();
                let mutable = self.eat_ident("mut");
                Some(Type::Ref { lifetime, mutable, ty: Box::new(self.type_with(false)?) })
            }
            TokenKind::Punct('*', _) => {
                self.next();
                let mutable = self.eat_ident("mut");
                if !mutable && !self.eat_ident("const") {
                    return None;
                }
                Some(Type::Ptr { mutable, ty: Box::new(self.type_with(false)?) })
            }
            TokenKind::Punct('!', _) => {
                self.next();
                Some(Type::Never)
            }
            TokenKind::Group(Delimiter::Paren, _) => self.parenthesised(),
            TokenKind::Group(Delimiter::Bracket, _) => self.bracketed(),
            TokenKind::Ident(word) => match word.as_str() {
                "_" => {
                    self.next();
                    Some(Type::Infer)
                }
                "impl" => {
                    self.next();
                    self.bound_list().map(Type::Impl)
                }
                "dyn" if self.peek_nth(1).is_some_and(begins_bound) && !self.after(1).peeks("::") => {
                    self.next();
                    self.bound_list().map(Type::Dyn)
                }
                "for" | "fn" | "unsafe" | "extern" => self.higher_ranked(),
                _ => self.named(plus),
            },
            TokenKind::Punct('<' | ':', _) => self.named(plus),
            TokenKind::Punct('?', _) => self.bound_list().map(Type::Dyn),
            TokenKind::Lifetime(_) => self.bound_list().map(Type::Dyn),
            _ => None,
        }
    }

    fn after(&self, n: usize) -> Cursor<'a> {
        let mut ahead = *self;
        for _ in 0..n {
            ahead.next();
        }
        ahead
    }

    fn parenthesised(&mut self) -> Option<Type> {
        let mut inner = self.group(Delimiter::Paren)?;
        let mut types = Vec::new();
        let mut trailing = true;
        while !inner.is_empty() {
            types.push(inner.type_with(true)?);
            trailing = inner.eat(",");
            if !trailing && !inner.is_empty() {
                return None;
            }
        }
        if trailing || types.len() != 1 { Some(Type::Tuple(types)) } else { types.pop() }
    }

    fn bracketed(&mut self) -> Option<Type> {
        let mut inner = self.group(Delimiter::Bracket)?;
        let element = Box::new(inner.type_with(true)?);
        if inner.eat(";") {
            return Some(Type::Array(element, normal(&inner.rest().text)));
        }
        inner.is_empty().then_some(Type::Slice(element))
    }

    /// `for<'a> …`, `unsafe extern "C" fn(…) -> …`.
    fn higher_ranked(&mut self) -> Option<Type> {
        let mut ahead = *self;
        let lifetimes = ahead.for_lifetimes()?;
        let is_unsafe = ahead.eat_ident("unsafe");
        let abi = if ahead.eat_ident("extern") { Some(ahead.string().unwrap_or_else(|| "C".into())) } else { None };
        if !ahead.eat_ident("fn") {
            return self.bound_list().map(Type::Dyn);
        }
        let mut inner = ahead.group(Delimiter::Paren)?;
        let (mut params, mut variadic) = (Vec::new(), false);
        while !inner.is_empty() {
            inner.skip_attributes();
            let named = inner.peek().is_some_and(|t| t.ident().is_some())
                && inner.after(1).peeks(":")
                && !inner.after(1).peeks("::");
            if named {
                inner = inner.after(2);
            }
            if inner.eat("...") {
                variadic = true;
            } else {
                params.push(inner.type_with(true)?);
            }
            if !inner.eat(",") && !inner.is_empty() {
                return None;
            }
        }
        let ret = ahead.return_type()?;
        *self = ahead;
        Some(Type::FnPtr(Box::new(FnPtr { lifetimes, is_unsafe, abi, params, variadic, ret })))
    }

    fn skip_attributes(&mut self) {
        while self.peek().is_some_and(|t| t.is_punct('#'))
            && self.peek_nth(1).is_some_and(|t| t.group(Delimiter::Bracket).is_some())
        {
            *self = self.after(2);
        }
    }

    /// `-> T`; `Some(None)` when there is none, or `-> ()`.
    fn return_type(&mut self) -> Option<Option<Type>> {
        if !self.eat("->") {
            return Some(None);
        }
        Some(Some(self.type_with(false)?).filter(|ty| *ty != Type::Tuple(Vec::new())))
    }

    /// `for<'a, 'b>`; empty when there is none.
    fn for_lifetimes(&mut self) -> Option<Vec<Name>> {
        let mut names = Vec::new();
        if !self.eat_ident("for") {
            return Some(names);
        }
        if !self.eat("<") {
            return None;
        }
        while !self.eat(">") {
            names.push(self.lifetime().or_else(|| self.ident())?);
            if self.eat(":") {
                self.until(&[",", ">"]);
            }
            self.eat(",");
        }
        Some(names)
    }

    /// `a::B<C>`, `<T as Trait>::X`, `m!(…)`, `A + B` without `dyn`.
    fn named(&mut self, plus: bool) -> Option<Type> {
        let start = self.offset();
        let mut qself = None;
        let mut path;
        if self.eat("<") {
            let ty = self.type_with(true)?;
            path =
                if self.eat_ident("as") { self.path_with(true)? } else { Path { global: false, segments: Vec::new() } };
            let count = path.segments.len();
            if !self.eat(">") || !self.eat("::") {
                return None;
            }
            path.segments.extend(self.path_with(true)?.segments);
            qself = Some(Box::new((ty, count)));
        } else {
            path = self.path_with(true)?;
        }
        if qself.is_none() && self.peek().is_some_and(|t| t.is_punct('!')) && !self.peeks("!=") {
            self.next();
            self.any_group()?;
            return Some(Type::Macro(normal(&self.since(start).text)));
        }
        if plus && qself.is_none() && self.peeks("+") && !self.peeks("+=") {
            self.next();
            let mut bounds = vec![Bound::Trait { maybe: false, lifetimes: Vec::new(), path }];
            if !self.is_empty() && !self.peeks(">") {
                bounds.extend(self.bound_list()?);
            }
            return Some(Type::Dyn(bounds));
        }
        Some(Type::Path { qself, path })
    }

    fn path_with(&mut self, sugar: bool) -> Option<Path> {
        let global = self.eat("::");
        let mut segments = Vec::new();
        loop {
            let mut segment = Segment { name: self.ident()?, args: Vec::new(), call: None };
            let turbofish = self.peeks("::") && self.after(2).peeks("<");
            if turbofish || self.peek().is_some_and(|t| t.is_punct('<')) && !self.peeks("<=") && !self.peeks("<<=") {
                match self.attempt(Cursor::generic_args) {
                    Some(args) => segment.args = args,
                    None if sugar || turbofish => return None,
                    None => {}
                }
            } else if sugar && self.peek().is_some_and(|t| t.group(Delimiter::Paren).is_some()) {
                let mut inner = self.group(Delimiter::Paren)?;
                let mut inputs = Vec::new();
                while !inner.is_empty() {
                    inputs.push(inner.type_with(true)?);
                    if !inner.eat(",") && !inner.is_empty() {
                        return None;
                    }
                }
                segment.call = Some(Box::new((inputs, self.return_type()?)));
            }
            segments.push(segment);
            let goes_on = self.peeks("::") && self.peek_nth(2).is_some_and(|t| t.ident().is_some());
            if !goes_on {
                return Some(Path { global, segments });
            }
            self.eat("::");
        }
    }

    /// `<A, B>`, with or without `::` before it. Stands somewhere inside when it is none.
    pub fn generic_args(&mut self) -> Option<Vec<GenericArg>> {
        self.eat("::");
        if !self.eat("<") {
            return None;
        }
        let mut args = Vec::new();
        while !self.eat(">") {
            args.push(self.generic_arg()?);
            if !self.eat(",") && !self.peek()?.is_punct('>') {
                return None;
            }
        }
        Some(args)
    }

    fn generic_arg(&mut self) -> Option<GenericArg> {
        let start = self.offset();
        match &self.peek()?.kind {
            TokenKind::Lifetime(name) if !self.after(1).peeks("+") => {
                self.next();
                return Some(GenericArg::Lifetime(name.clone()));
            }
            TokenKind::Literal(_) | TokenKind::Group(Delimiter::Brace, _) | TokenKind::Punct('-', _) => {
                self.eat("-");
                self.next();
                return Some(GenericArg::Const(normal(&self.since(start).text)));
            }
            TokenKind::Ident(word) if word == "true" || word == "false" => {
                self.next();
                return Some(GenericArg::Const(word.to_string()));
            }
            TokenKind::Ident(name) => {
                // `Item = T`, `Item<'a>: Bound`: the arguments of an associated type are left out.
                let mut ahead = self.after(1);
                if ahead.peeks("<") {
                    ahead = ahead.after(ahead.angles() + 1);
                }
                if ahead.peek().is_some_and(|t| t.is_punct('=')) && !ahead.peeks("==") {
                    ahead.next();
                    *self = ahead;
                    return Some(GenericArg::Assoc(name.clone(), self.assoc_value()?));
                }
                if ahead.peeks(":") && !ahead.peeks("::") {
                    ahead.next();
                    *self = ahead;
                    return Some(GenericArg::Bounds(name.clone(), self.bound_list()?));
                }
            }
            _ => {}
        }
        self.type_with(true).map(GenericArg::Type)
    }

    fn assoc_value(&mut self) -> Option<Type> {
        let start = self.offset();
        let constant = match &self.peek()?.kind {
            TokenKind::Literal(_) | TokenKind::Group(Delimiter::Brace, _) | TokenKind::Punct('-', _) => true,
            TokenKind::Ident(word) => word == "true" || word == "false",
            _ => false,
        };
        if constant {
            self.eat("-");
            self.next();
            return Some(Type::Other(normal(&self.since(start).text)));
        }
        self.type_with(true)
    }

    fn bound_list(&mut self) -> Option<Vec<Bound>> {
        let mut bounds = vec![self.bound()?];
        while self.eat("+") {
            if !self.peek().is_some_and(begins_bound) {
                break;
            }
            bounds.push(self.bound()?);
        }
        Some(bounds)
    }

    fn bound(&mut self) -> Option<Bound> {
        if let Some(name) = self.lifetime() {
            return Some(Bound::Lifetime(name));
        }
        if self.peek()?.group(Delimiter::Paren).is_some() {
            let mut inner = self.group(Delimiter::Paren)?;
            if inner.depth >= MAX_TYPE_DEPTH {
                return None;
            }
            inner.depth += 1;
            return inner.bound();
        }
        if self.eat_ident("use") {
            let mut names = Vec::new();
            if !self.eat("<") {
                return None;
            }
            while !self.eat(">") {
                names.push(self.lifetime().or_else(|| self.ident())?);
                self.eat(",");
            }
            return Some(Bound::Use(names));
        }
        let mut lifetimes = self.for_lifetimes()?;
        self.eat("~");
        if self.peek()?.group(Delimiter::Bracket).is_some() {
            self.next();
        }
        if !self.eat_ident("const") {
            self.eat_ident("async");
        }
        let maybe = self.eat("?");
        if lifetimes.is_empty() {
            lifetimes = self.for_lifetimes()?;
        }
        Some(Bound::Trait { maybe, lifetimes, path: self.path_with(true)? })
    }
}

fn begins_bound(token: &super::Token) -> bool {
    match &token.kind {
        TokenKind::Lifetime(_) | TokenKind::Group(Delimiter::Paren | Delimiter::Bracket, _) => true,
        TokenKind::Punct(ch, _) => matches!(ch, '?' | '~' | ':'),
        TokenKind::Ident(word) => word != "as",
        _ => false,
    }
}
