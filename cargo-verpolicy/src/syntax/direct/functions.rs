//! Functions: qualifiers, parameters, bodies.

use super::{Head, Reader};
use crate::syntax::add;
use crate::syntax::attributes::Attributes;
use crate::syntax::facts::{Function, Item, ItemKind, Name, Param, Path, Pos, Segment, Type};
use crate::syntax::frameworks::keeps_body;
use crate::syntax::lexical::{Lexeme, at};
use crate::syntax::skip::skip_group;

/// What a pattern binds and where, when it is or wraps a single name.
type Binding = Option<(Name, Pos)>;

impl Reader<'_> {
    /// Do the qualifiers of a function stand here, or `fn`?
    pub(super) fn begins_function(&self) -> Option<bool> {
        let mut ahead = *self;
        loop {
            match ahead.word() {
                "fn" => return Some(true),
                "const" | "async" | "unsafe" => ahead.next()?,
                "extern" => {
                    ahead.next()?;
                    if ahead.kind == Lexeme::Str {
                        ahead.next()?;
                    }
                }
                _ => return Some(false),
            }
        }
    }

    pub(super) fn function(&mut self, mut head: Head) -> Option<Item> {
        let is_const = self.eat_word("const")?;
        let is_async = self.eat_word("async")?;
        let is_unsafe = self.eat_word("unsafe")?;
        let abi = self.abi()?;
        if !self.eat_word("fn")? {
            return None;
        }
        let (from, pos) = (self.start, self.pos());
        let name = self.name()?;
        let mut generics = self.generics()?;
        let (receiver, params) = self.params()?;
        let ret = self.output(true)?;
        self.where_clause(&mut generics)?;
        let mut function = Function {
            generics,
            receiver,
            params,
            ret,
            is_async,
            is_const,
            is_unsafe,
            abi,
            variadic: false,
            has_body: false,
            body: None,
        };
        let body = if self.eat(b';')? { 0 } else { self.body(&mut head.attributes, &mut function, from)? };
        Some(self.finish_container(head, (name, pos), body, ItemKind::Fn(Box::new(function))))
    }

    /// Gives where the text of the body begins; `from` is where the function's name does.
    fn body(&mut self, attributes: &mut Attributes, function: &mut Function, from: usize) -> Option<usize> {
        if !self.is(b'{') {
            return None;
        }
        let (open, inside) = (self.start, self.end);
        let skipped = skip_group(self.bytes, open).ok()?;
        let text = self.text(inside, skipped.end - 1);
        if at(text.trim_ascii_start().as_bytes(), 0) == b'#' || text.trim_ascii_start().starts_with("/") {
            self.next()?;
            self.inner_attributes(attributes)?;
        }
        function.has_body = true;
        if keeps_body(self.text(from, open), text, skipped) {
            function.body = Some(self.positions.between(inside, skipped.end - 1));
        }
        self.jump(skipped.end)?;
        Some(inside)
    }

    fn params(&mut self) -> Option<(Option<Type>, Vec<Param>)> {
        self.expect(b'(')?;
        let (mut receiver, mut params) = (None, Vec::new());
        let mut first = true;
        while !self.eat(b')')? {
            let mut attributes = Attributes::default();
            self.outer_attributes(&mut attributes)?;
            let own = if first { self.receiver()? } else { None };
            match own {
                Some(ty) => receiver = Some(ty),
                None => add(&mut params, self.param(attributes)?),
            }
            first = false;
            if !self.eat(b',')? && !self.is(b')') {
                return None;
            }
        }
        Some((receiver, params))
    }

    fn receiver(&mut self) -> Option<Option<Type>> {
        let mut ahead = *self;
        let own = || Type::Path {
            qself: None,
            path: Path {
                global: false,
                segments: vec![Segment { name: Name::new_static("Self"), args: Vec::new(), call: None }],
            },
        };
        let by_reference = ahead.eat(b'&')?;
        let lifetime = if by_reference { ahead.lifetime()? } else { None };
        let mutable = ahead.eat_word("mut")?;
        if !ahead.eat_word("self")? || ahead.is_pair(*b"::") {
            return Some(None);
        }
        *self = ahead;
        if by_reference {
            return Some(Some(Type::Ref { lifetime, mutable, ty: Box::new(own()) }));
        }
        Some(Some(if self.eat(b':')? { self.ty()? } else { own() }))
    }

    fn param(&mut self, attributes: Attributes) -> Option<Param> {
        let binding = self.deeper(Self::binding)?;
        if !self.is_colon() {
            return None;
        }
        self.next()?;
        let (pos, word) = (self.pos(), self.word());
        let ty = self.ty()?;
        if binding.is_none() && !has_place(word, &ty) {
            return None;
        }
        let (name, pos) = binding.map_or((None, pos), |(name, pos)| (Some(name), pos));
        Some(Param { name, ty, attrs: attributes.attrs, condition: attributes.condition, pos })
    }

    fn binding(&mut self) -> Option<Binding> {
        if self.eat(b'&')? {
            self.eat_word("mut")?;
            return self.deeper(Self::binding);
        }
        if self.is(b'(') {
            let (found, count, trailing) = self.bindings()?;
            return Some(found.filter(|_| count == 1 && !trailing));
        }
        if self.is(b'[') {
            self.group()?;
            return Some(None);
        }
        if self.eat_pair(*b"..")? {
            return Some(None);
        }
        if self.eat_word("_")? {
            return Some(None);
        }
        let bound = self.eat_word("ref")? | self.eat_word("mut")? | self.eat_word("mut")?;
        let pos = self.pos();
        let mut name = self.segment()?;
        let mut simple = !is_path_word(&name);
        while !bound && self.eat_pair(*b"::")? {
            name = self.segment()?;
            simple = false;
        }
        if self.is(b'(') && !bound {
            let (found, count, _) = self.bindings()?;
            return Some(found.filter(|_| count == 1));
        }
        if self.is(b'{') && !bound {
            self.group()?;
            return Some(None);
        }
        if self.is(b'@') || self.is(b'!') || self.is(b'<') {
            return None;
        }
        Some(simple.then_some((name, pos)))
    }

    /// Patterns between parentheses: what the last binds, how many there are, and whether a comma ends them.
    fn bindings(&mut self) -> Option<(Binding, usize, bool)> {
        self.next()?;
        let (mut found, mut count, mut trailing) = (None, 0, false);
        while !self.eat(b')')? {
            found = self.deeper(Self::binding)?;
            count += 1;
            trailing = self.eat(b',')?;
            if !trailing && !self.is(b')') {
                return None;
            }
        }
        Some((found, count, trailing))
    }
}

fn is_path_word(name: &str) -> bool {
    matches!(name, "self" | "super" | "crate" | "Self")
}

/// Does the parser say where a type that begins with this word stands, and is it at its first token?
pub(super) fn has_place(word: &str, ty: &Type) -> bool {
    match ty {
        Type::FnPtr(_) => word == "fn",
        _ => true,
    }
}
