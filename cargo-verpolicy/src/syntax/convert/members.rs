//! Modules, impls, traits, extern blocks and what stands in them.

use super::{Converter, Head};
use crate::syntax::facts::{ImplFact, Item, ItemKind, Name, Pos, TraitFact, Vis};

impl Converter<'_> {
    pub(super) fn module(&self, i: &syn::ItemMod, from: usize) -> (Item, usize) {
        let head = self.head(&i.attrs, &i.vis);
        let named = self.named(&i.ident);
        let Some((braces, items)) = &i.content else {
            let end = i.semi.as_ref().map_or_else(|| self.end(i.ident.span()), |semi| self.end(semi.span));
            return self.finish(head, named, (from, end), ItemKind::Mod { items: None, paths: Vec::new() });
        };
        let start = self.end(braces.span.open()).max(head.inner_end);
        let (items, _) = self.items(items, start);
        let end = self.end(braces.span.close());
        let place = (from, &braces.span, end);
        let (mut item, end) =
            self.finish_container(head, named, place, ItemKind::Mod { items: None, paths: Vec::new() });
        if let ItemKind::Mod { items: slot, .. } = &mut item.kind {
            *slot = Some(items);
        }
        (item, end)
    }

    pub(super) fn implementation(&self, i: &syn::ItemImpl, from: usize) -> (Item, usize) {
        let head = self.head(&i.attrs, &syn::Visibility::Inherited);
        let mut start = self.end(i.brace_token.span.open()).max(head.inner_end);
        let mut items = Vec::with_capacity(i.items.len());
        for member in &i.items {
            let (item, end) = self.impl_member(member, start);
            items.push(item);
            start = end;
        }
        let fact = ImplFact {
            generics: self.generics(&i.generics),
            trait_path: i.trait_.as_ref().map(|(path, _)| self.path(path, 0)),
            negative: i.modifiers.polarity.is_some(),
            is_unsafe: i.unsafety.is_some(),
            self_ty: self.ty(&i.self_ty),
            items: Vec::new(),
        };
        let named = (Name::default(), self.pos(i.impl_token.span));
        let place = (from, &i.brace_token.span, self.end(i.brace_token.span.close()));
        let (mut item, end) = self.finish_container(head, named, place, ItemKind::Impl(Box::new(fact)));
        if let ItemKind::Impl(fact) = &mut item.kind {
            fact.items = items;
        }
        (item, end)
    }

    fn impl_member(&self, member: &syn::ImplItem, from: usize) -> (Item, usize) {
        match member {
            syn::ImplItem::Fn(i) => {
                let end = self.end(i.block.brace_token.span.close());
                let head = self.head(&i.attrs, &i.vis);
                self.finish_function(head, self.named(&i.sig.ident), (from, end), &i.sig, Some(&i.block))
            }
            syn::ImplItem::Const(i) => {
                let value = Some(self.between(i.eq_token.span, i.semi_token.span));
                let kind = ItemKind::Const { ty: self.ty(&i.ty), value };
                let span = (from, self.end(i.semi_token.span));
                self.finish(self.head(&i.attrs, &i.vis), self.named(&i.ident), span, kind)
            }
            syn::ImplItem::Type(i) => {
                let (generics, ty) = (self.generics(&i.generics), Some(self.ty(&i.ty)));
                let kind = ItemKind::Alias { generics, bounds: Vec::new(), ty };
                let span = (from, self.end(i.semi_token.span));
                self.finish(self.head(&i.attrs, &i.vis), self.named(&i.ident), span, kind)
            }
            syn::ImplItem::Macro(i) => self.macro_item(&i.attrs, None, &i.mac, i.semi_token.as_ref(), from),
            syn::ImplItem::Verbatim(tokens) => self.verbatim(tokens, from),
            _ => self.verbatim(&proc_macro2::TokenStream::new(), from),
        }
    }

    pub(super) fn trait_item(&self, i: &syn::ItemTrait, from: usize) -> (Item, usize) {
        let head = self.head(&i.attrs, &i.vis);
        let mut start = self.end(i.brace_token.span.open()).max(head.inner_end);
        let mut items = Vec::with_capacity(i.items.len());
        for member in &i.items {
            let (item, end) = self.trait_member(member, start);
            items.push(item);
            start = end;
        }
        let fact = TraitFact {
            generics: self.generics(&i.generics),
            supertraits: self.bounds(&i.supertraits, 0),
            items: Vec::new(),
            is_unsafe: i.unsafety.is_some(),
            is_auto: i.modifiers.auto_token.is_some(),
        };
        let place = (from, &i.brace_token.span, self.end(i.brace_token.span.close()));
        let (mut item, end) = self.finish_container(head, self.named(&i.ident), place, ItemKind::Trait(Box::new(fact)));
        if let ItemKind::Trait(fact) = &mut item.kind {
            fact.items = items;
        }
        (item, end)
    }

    fn trait_member(&self, member: &syn::TraitItem, from: usize) -> (Item, usize) {
        let inherited = syn::Visibility::Inherited;
        match member {
            syn::TraitItem::Fn(i) => {
                let end = match (&i.default, &i.semi_token) {
                    (Some(block), _) => self.end(block.brace_token.span.close()),
                    (None, Some(semi)) => self.end(semi.span),
                    (None, None) => self.end(i.sig.paren_token.span.close()),
                };
                let head = self.head(&i.attrs, &inherited);
                self.finish_function(head, self.named(&i.sig.ident), (from, end), &i.sig, i.default.as_ref())
            }
            syn::TraitItem::Const(i) => {
                let value = i.default.as_ref().map(|(eq, _)| self.between(eq.span, i.semi_token.span));
                let kind = ItemKind::Const { ty: self.ty(&i.ty), value };
                let span = (from, self.end(i.semi_token.span));
                self.finish(self.head(&i.attrs, &inherited), self.named(&i.ident), span, kind)
            }
            syn::TraitItem::Type(i) => {
                let kind = ItemKind::Alias {
                    generics: self.generics(&i.generics),
                    bounds: self.bounds(&i.bounds, 0),
                    ty: i.default.as_ref().map(|(_, ty)| self.ty(ty)),
                };
                let span = (from, self.end(i.semi_token.span));
                self.finish(self.head(&i.attrs, &inherited), self.named(&i.ident), span, kind)
            }
            syn::TraitItem::Macro(i) => self.macro_item(&i.attrs, None, &i.mac, i.semi_token.as_ref(), from),
            syn::TraitItem::Verbatim(tokens) => self.verbatim(tokens, from),
            _ => self.verbatim(&proc_macro2::TokenStream::new(), from),
        }
    }

    pub(super) fn foreign_mod(&self, i: &syn::ItemForeignMod, from: usize) -> (Item, usize) {
        let head = self.head(&i.attrs, &syn::Visibility::Inherited);
        let mut start = self.end(i.brace_token.span.open()).max(head.inner_end);
        let mut items = Vec::with_capacity(i.items.len());
        let abi = self.abi(&i.abi);
        for member in &i.items {
            let (item, end) = self.foreign_member(member, &abi, start);
            items.push(item);
            start = end;
        }
        let named = (Name::default(), self.pos(i.abi.extern_token.span));
        let place = (from, &i.brace_token.span, self.end(i.brace_token.span.close()));
        let kind = ItemKind::Foreign { abi: Some(abi), items: Vec::new() };
        let (mut item, end) = self.finish_container(head, named, place, kind);
        if let ItemKind::Foreign { items: slot, .. } = &mut item.kind {
            *slot = items;
        }
        (item, end)
    }

    /// What an `extern` block declares has its ABI, and is unsafe unless it says that it is safe.
    fn foreign_member(&self, member: &syn::ForeignItem, abi: &str, from: usize) -> (Item, usize) {
        match member {
            syn::ForeignItem::Fn(i) => {
                let mut function = self.function(&i.sig, None);
                function.is_unsafe = !matches!(i.sig.safety, syn::Safety::Safe(_));
                function.abi = Some(abi.to_owned());
                let kind = ItemKind::Fn(Box::new(function));
                let span = (from, self.end(i.semi_token.span));
                self.finish(self.head(&i.attrs, &i.vis), self.named(&i.sig.ident), span, kind)
            }
            syn::ForeignItem::Static(i) => {
                let mutable = matches!(i.mutability, syn::StaticMutability::Mut(_));
                let is_unsafe = !matches!(i.safety, syn::Safety::Safe(_));
                let kind = ItemKind::Static { ty: self.ty(&i.ty), mutable, is_unsafe, value: None };
                let span = (from, self.end(i.semi_token.span));
                self.finish(self.head(&i.attrs, &i.vis), self.named(&i.ident), span, kind)
            }
            syn::ForeignItem::Type(i) => {
                let kind = ItemKind::Alias { generics: self.generics(&i.generics), bounds: Vec::new(), ty: None };
                let span = (from, self.end(i.semi_token.span));
                self.finish(self.head(&i.attrs, &i.vis), self.named(&i.ident), span, kind)
            }
            syn::ForeignItem::Macro(i) => self.macro_item(&i.attrs, None, &i.mac, i.semi_token.as_ref(), from),
            syn::ForeignItem::Verbatim(tokens) => self.verbatim(tokens, from),
            _ => {
                let head = Head { vis: Vis::Private, ..self.head(&[], &syn::Visibility::Inherited) };
                self.finish(head, (Name::default(), Pos::default()), (from, from), ItemKind::Verbatim)
            }
        }
    }
}
