//! Types, paths and bounds.

use super::Reader;
use crate::syntax::add;
use crate::syntax::facts::{Bound, FnPtr, GenericArg, Name, Path, RawTokens, Segment, Type};
use crate::syntax::lexical::{Lexeme, at};
use crate::syntax::tokens::normal;

impl Reader<'_> {
    pub(super) fn ty(&mut self) -> Option<Type> {
        self.type_with(true)
    }

    fn type_with(&mut self, plus: bool) -> Option<Type> {
        self.deeper(|r| r.type_inner(plus))
    }

    fn boxed(&mut self) -> Option<Box<Type>> {
        self.type_with(false).map(Box::new)
    }

    fn type_inner(&mut self, plus: bool) -> Option<Type> {
        if self.kind == Lexeme::Word {
            return match self.word() {
                "_" => {
                    self.next()?;
                    Some(Type::Infer)
                }
                "impl" => {
                    self.next()?;
                    Some(Type::Impl(self.bounds_with(plus)?))
                }
                "dyn" => {
                    self.next()?;
                    Some(Type::Dyn(self.bounds_with(plus)?))
                }
                "for" | "fn" | "unsafe" | "extern" => self.function_pointer(plus),
                _ => self.path_type(plus),
            };
        }
        if self.kind != Lexeme::Punct {
            return None;
        }
        match at(self.bytes, self.start) {
            b'&' => {
                self.next()?;
                let lifetime = self.lifetime()?;
                let mutable = self.eat_word("mut")?;
                Some(Type::Ref { lifetime, mutable, ty: self.boxed()? })
            }
            b'*' => {
                self.next()?;
                let mutable = self.eat_word("mut")?;
                if !mutable && !self.eat_word("const")? {
                    return None;
                }
                Some(Type::Ptr { mutable, ty: self.boxed()? })
            }
            b'!' => {
                self.next()?;
                Some(Type::Never)
            }
            b'(' => self.tuple(),
            b'[' => self.array(),
            b'<' => self.qualified(),
            b':' => self.path_type(plus),
            _ => None,
        }
    }

    fn tuple(&mut self) -> Option<Type> {
        self.next()?;
        let (mut types, mut trailing) = (Vec::new(), true);
        while !self.eat(b')')? {
            if !trailing {
                return None;
            }
            add(&mut types, self.ty()?);
            trailing = self.eat(b',')?;
        }
        if !trailing && types.len() == 1 {
            // `(Trait) + Send` is left to the parser.
            return if self.is(b'+') { None } else { types.pop() };
        }
        Some(Type::Tuple(types))
    }

    fn array(&mut self) -> Option<Type> {
        let close = crate::syntax::skip::skip_group(self.bytes, self.start).ok()?.end;
        self.next()?;
        let element = Box::new(self.ty()?);
        if self.is(b';') {
            let length = normal(self.text(self.end, close - 1));
            self.jump(close)?;
            return Some(Type::Array(element, length));
        }
        self.expect(b']')?;
        Some(Type::Slice(element))
    }

    /// `<T as Trait>::X`
    fn qualified(&mut self) -> Option<Type> {
        self.next()?;
        let ty = self.ty()?;
        if !self.eat_word("as")? {
            return None;
        }
        let mut path = self.path()?;
        let count = path.segments.len();
        self.expect(b'>')?;
        if !self.eat_pair(*b"::")? {
            return None;
        }
        path.segments.extend(self.path()?.segments);
        Some(Type::Path { qself: Some(Box::new((ty, count))), path })
    }

    fn path_type(&mut self, plus: bool) -> Option<Type> {
        let path = self.path()?;
        if self.is(b'!') {
            return None;
        }
        if plus && self.is(b'+') {
            return self.object(Bound::Trait { maybe: false, lifetimes: Vec::new(), path }, plus);
        }
        Some(Type::Path { qself: None, path })
    }

    /// A trait object without `dyn`, after its first trait.
    fn object(&mut self, first: Bound, plus: bool) -> Option<Type> {
        let mut bounds = vec![first];
        if plus && self.eat(b'+')? {
            bounds.extend(self.bounds()?);
        }
        Some(Type::Dyn(bounds))
    }

    fn function_pointer(&mut self, plus: bool) -> Option<Type> {
        let lifetimes = self.for_lifetimes()?;
        let is_unsafe = self.eat_word("unsafe")?;
        let abi = self.abi()?;
        if !self.eat_word("fn")? {
            if is_unsafe || abi.is_some() || lifetimes.is_empty() {
                return None;
            }
            let path = self.path()?;
            return self.object(Bound::Trait { maybe: false, lifetimes, path }, plus);
        }
        self.expect(b'(')?;
        let mut params = Vec::new();
        while !self.eat(b')')? {
            let mut ahead = *self;
            if self.kind == Lexeme::Word {
                ahead.next()?;
                if ahead.is_colon() {
                    ahead.next()?;
                    *self = ahead;
                }
            }
            params.push(self.ty()?);
            if !self.eat(b',')? && !self.is(b')') {
                return None;
            }
        }
        let ret = self.output(false)?;
        Some(Type::FnPtr(Box::new(FnPtr { lifetimes, is_unsafe, abi, params, variadic: false, ret })))
    }

    /// `extern "…"`; `extern` alone is `C`.
    pub(super) fn abi(&mut self) -> Option<Option<String>> {
        if !self.eat_word("extern")? {
            return Some(None);
        }
        if self.kind != Lexeme::Str {
            return Some(Some("C".to_owned()));
        }
        let name = RawTokens::from(self.text(self.start, self.end)).string()?;
        self.next()?;
        Some(Some(name))
    }

    /// `-> T`; `None` is `()`.
    pub(super) fn output(&mut self, plus: bool) -> Option<Option<Type>> {
        if !self.eat_pair(*b"->")? {
            return Some(None);
        }
        Some(Some(self.type_with(plus)?).filter(|ty| *ty != Type::Tuple(Vec::new())))
    }

    pub(super) fn path(&mut self) -> Option<Path> {
        let global = self.eat_pair(*b"::")?;
        let mut segments = Vec::with_capacity(1);
        loop {
            let mut segment = Segment { name: self.segment()?, args: Vec::new(), call: None };
            if self.is_pair(*b"::") && at(self.bytes, self.start + 2) == b'<' {
                self.eat_pair(*b"::")?;
            }
            if self.is(b'<') {
                segment.args = self.generic_args()?;
            } else if self.is(b'(') {
                segment.call = Some(Box::new(self.call()?));
            }
            segments.push(segment);
            if !self.eat_pair(*b"::")? {
                return Some(Path { global, segments });
            }
        }
    }

    /// `(A, B) -> C`
    fn call(&mut self) -> Option<(Vec<Type>, Option<Type>)> {
        self.next()?;
        let mut inputs = Vec::new();
        while !self.eat(b')')? {
            add(&mut inputs, self.ty()?);
            if !self.eat(b',')? && !self.is(b')') {
                return None;
            }
        }
        Some((inputs, self.output(false)?))
    }

    fn generic_args(&mut self) -> Option<Vec<GenericArg>> {
        self.next()?;
        let mut args = Vec::new();
        while !self.eat(b'>')? {
            add(&mut args, self.generic_arg()?);
            if !self.eat(b',')? && !self.is(b'>') {
                return None;
            }
        }
        Some(args)
    }

    fn generic_arg(&mut self) -> Option<GenericArg> {
        if let Some(name) = self.lifetime()? {
            return Some(GenericArg::Lifetime(name));
        }
        if let Some(text) = self.constant()? {
            return Some(GenericArg::Const(text));
        }
        let ty = self.ty()?;
        if !self.is(b'=') && !self.is_colon() {
            return Some(GenericArg::Type(ty));
        }
        let Type::Path { qself: None, path: Path { global: false, mut segments } } = ty else { return None };
        let name: Name = segments.pop().filter(|s| segments.is_empty() && s.call.is_none())?.name;
        if self.eat(b'=')? {
            let value = match self.constant()? {
                Some(text) => Type::Other(text),
                None => self.ty()?,
            };
            return Some(GenericArg::Assoc(name, value));
        }
        self.next()?;
        Some(GenericArg::Bounds(name, self.bounds()?))
    }

    /// A literal, `-` and a literal, a block, as normalised text.
    pub(super) fn constant(&mut self) -> Option<Option<String>> {
        let start = self.start;
        match self.kind {
            Lexeme::Str | Lexeme::Char | Lexeme::Number => self.next()?,
            Lexeme::Word if matches!(self.word(), "true" | "false") => self.next()?,
            Lexeme::Punct if self.is(b'-') => {
                self.next()?;
                if self.kind != Lexeme::Number {
                    return None;
                }
                self.next()?;
            }
            Lexeme::Punct if self.is(b'{') => {
                self.group()?;
            }
            _ => return Some(None),
        }
        Some(Some(normal(self.text(start, self.before))))
    }

    pub(super) fn bounds(&mut self) -> Option<Vec<Bound>> {
        self.bounds_with(true)
    }

    /// Bounds joined by `+`, or one; there may be none.
    fn bounds_with(&mut self, plus: bool) -> Option<Vec<Bound>> {
        let mut bounds = Vec::new();
        while self.begins_bound() {
            add(&mut bounds, self.bound()?);
            if !plus || !self.eat(b'+')? {
                break;
            }
        }
        Some(bounds)
    }

    fn begins_bound(&self) -> bool {
        match self.kind {
            Lexeme::Lifetime => true,
            Lexeme::Word => !matches!(self.word(), "where" | "as"),
            Lexeme::Punct => self.is(b'?') || self.is(b'(') || self.is_pair(*b"::") || self.is(b'~') || self.is(b'['),
            _ => false,
        }
    }

    fn bound(&mut self) -> Option<Bound> {
        if let Some(name) = self.lifetime()? {
            return Some(Bound::Lifetime(name));
        }
        if self.eat_word("use")? {
            self.expect(b'<')?;
            let mut names = Vec::new();
            while !self.eat(b'>')? {
                names.push(match self.lifetime()? {
                    Some(name) => name,
                    None => self.segment()?,
                });
                if !self.eat(b',')? && !self.is(b'>') {
                    return None;
                }
            }
            return Some(Bound::Use(names));
        }
        let lifetimes = self.for_lifetimes()?;
        let maybe = self.eat(b'?')?;
        if maybe && !lifetimes.is_empty() {
            return None;
        }
        self.deeper(|r| Some(Bound::Trait { maybe, lifetimes, path: r.path()? }))
    }

    /// `for<'a, 'b>`
    pub(super) fn for_lifetimes(&mut self) -> Option<Vec<Name>> {
        let mut names = Vec::new();
        if !self.eat_word("for")? {
            return Some(names);
        }
        self.expect(b'<')?;
        while !self.eat(b'>')? {
            names.push(self.lifetime()??);
            if !self.eat(b',')? && !self.is(b'>') {
                return None;
            }
        }
        Some(names)
    }
}
