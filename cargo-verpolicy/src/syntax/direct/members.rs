//! Impls, traits and what stands in them.

use super::{Head, Reader};
use crate::syntax::add;
use crate::syntax::attributes::Attributes;
use crate::syntax::facts::{ImplFact, Item, ItemKind, Name, Path, TraitFact, Type, Vis};
use crate::syntax::lexical::Lexeme;

impl Reader<'_> {
    pub(super) fn implementation(&mut self, mut head: Head, is_unsafe: bool) -> Option<Item> {
        if head.vis != Vis::Private {
            return None;
        }
        let pos = self.pos();
        self.next()?;
        let has_params = self.begins_params()?;
        let mut generics = if has_params { self.generics()? } else { Default::default() };
        let negative = self.eat(b'!')?;
        let first = self.ty()?;
        let (trait_path, self_ty) = match self.eat_word("for")? {
            true => (Some(plain(first)?), self.ty()?),
            false if negative => return None,
            false => (None, first),
        };
        self.where_clause(&mut generics)?;
        let members = self.open(&mut head)?;
        let items = self.members(members, Self::impl_member)?;
        let fact = ImplFact { generics, trait_path, negative, is_unsafe, self_ty, items };
        Some(self.finish_container(head, (Name::default(), pos), members, ItemKind::Impl(Box::new(fact))))
    }

    /// Do generic parameters stand behind `impl`, or a type?
    fn begins_params(&self) -> Option<bool> {
        if !self.is(b'<') {
            return Some(false);
        }
        let mut ahead = *self;
        ahead.next()?;
        if ahead.is(b'>') || ahead.kind == Lexeme::Lifetime || ahead.word() == "const" {
            return Some(true);
        }
        if ahead.kind != Lexeme::Word {
            return None;
        }
        ahead.next()?;
        let follows = ahead.is_colon() || ahead.is(b',') || ahead.is(b'>') || ahead.is(b'=');
        follows.then_some(true)
    }

    pub(super) fn trait_item(&mut self, mut head: Head, is_unsafe: bool) -> Option<Item> {
        self.next()?;
        let named = self.named()?;
        let mut generics = self.generics()?;
        let supertraits = if self.is_colon() {
            self.next()?;
            self.bounds()?
        } else {
            Vec::new()
        };
        self.where_clause(&mut generics)?;
        let members = self.open(&mut head)?;
        let items = self.members(members, Self::trait_member)?;
        let fact = TraitFact { generics, supertraits, items, is_unsafe, is_auto: false };
        Some(self.finish_container(head, named, members, ItemKind::Trait(Box::new(fact))))
    }

    fn members(&mut self, mut from: usize, read: fn(&mut Self, Head) -> Option<Item>) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        while !self.eat(b'}')? {
            let mut attributes = Attributes::default();
            self.outer_attributes(&mut attributes)?;
            let vis = self.vis()?;
            add(&mut items, read(self, Head { from, attributes, vis })?);
            from = self.before;
        }
        Some(items)
    }

    fn impl_member(&mut self, head: Head) -> Option<Item> {
        match self.word() {
            "type" => self.alias(head, false),
            _ if self.begins_function()? => self.with_body(head),
            "const" => self.constant_item(head, false),
            _ if head.vis == Vis::Private => self.macro_call(head),
            _ => None,
        }
    }

    fn trait_member(&mut self, head: Head) -> Option<Item> {
        if head.vis != Vis::Private {
            return None;
        }
        match self.word() {
            "type" => self.alias(head, true),
            _ if self.begins_function()? => self.function(head),
            "const" => self.constant_item(head, true),
            _ => self.macro_call(head),
        }
    }

    /// A function that must have a body.
    pub(super) fn with_body(&mut self, head: Head) -> Option<Item> {
        let item = self.function(head)?;
        match &item.kind {
            ItemKind::Fn(function) if function.has_body => Some(item),
            _ => None,
        }
    }
}

fn plain(ty: Type) -> Option<Path> {
    match ty {
        Type::Path { qself: None, path } => Some(path),
        _ => None,
    }
}
