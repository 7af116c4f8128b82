//! Generic parameters and `where` clauses.

use super::Reader;
use crate::syntax::facts::{GenericParam, Generics, Name, Predicate};
use crate::syntax::lexical::Lexeme;

impl Reader<'_> {
    /// `<…>`, without the `where` clause.
    pub(super) fn generics(&mut self) -> Option<Generics> {
        let mut generics = Generics::default();
        if !self.eat(b'<')? {
            return Some(generics);
        }
        while !self.eat(b'>')? {
            generics.params.push(self.generic_param()?);
            if !self.eat(b',')? && !self.is(b'>') {
                return None;
            }
        }
        Some(generics)
    }

    fn generic_param(&mut self) -> Option<GenericParam> {
        if let Some(name) = self.lifetime()? {
            let bounds = if self.is_colon() { self.outlives()? } else { Vec::new() };
            return Some(GenericParam::Lifetime { name, bounds });
        }
        if self.eat_word("const")? {
            let name = self.name()?;
            self.expect(b':')?;
            let ty = self.ty()?;
            let default = if self.eat(b'=')? { Some(self.constant()??) } else { None };
            return Some(GenericParam::Const { name, ty, default });
        }
        let name = self.name()?;
        let bounds = if self.is_colon() {
            self.next()?;
            self.bounds()?
        } else {
            Vec::new()
        };
        let default = if self.eat(b'=')? { Some(self.ty()?) } else { None };
        Some(GenericParam::Type { name, bounds, default })
    }

    /// `: 'a + 'b`
    fn outlives(&mut self) -> Option<Vec<Name>> {
        self.next()?;
        let mut names = Vec::new();
        while let Some(name) = self.lifetime()? {
            names.push(name);
            if !self.eat(b'+')? {
                break;
            }
        }
        Some(names)
    }

    /// Adds the predicates of a `where` clause.
    pub(super) fn where_clause(&mut self, generics: &mut Generics) -> Option<()> {
        if !self.eat_word("where")? {
            return Some(());
        }
        while !(self.is(b'{') || self.is(b';') || self.is(b'=') || self.at_end()) {
            generics.predicates.push(self.predicate()?);
            if !(self.eat(b',')? || self.is(b'{') || self.is(b';') || self.is(b'=')) {
                return None;
            }
        }
        Some(())
    }

    fn predicate(&mut self) -> Option<Predicate> {
        if self.kind == Lexeme::Lifetime {
            let name = self.lifetime()??;
            if !self.is_colon() {
                return None;
            }
            return Some(Predicate::Lifetime { name, bounds: self.outlives()? });
        }
        let lifetimes = self.for_lifetimes()?;
        let ty = self.ty()?;
        if !self.is_colon() {
            return None;
        }
        self.next()?;
        Some(Predicate::Type { lifetimes, ty, bounds: self.bounds()? })
    }
}
