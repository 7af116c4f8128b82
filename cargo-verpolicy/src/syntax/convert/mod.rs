//! Syntax trees to facts. Trees come from the skeleton; every text and name is read from the original.

mod functions;
mod members;
mod types;
mod uses;

use super::attributes::Attributes;
use super::facts::{FieldFact, Fields, FileFacts, Item, ItemKind, Name, Pos, RawTokens, VariantFact, Vis};
use super::lexical::{at, is_word, lexeme};
use super::positions::Positions;
use super::skeleton::Skeleton;
use super::skip::expression_end;
use super::text::Text;
use proc_macro2::{Ident, Span, TokenStream, extra::DelimSpan};

/// Reads facts off the trees of one file.
pub(super) struct Converter<'a> {
    pub(super) positions: &'a Positions<'a>,
    pub(super) skeleton: &'a Skeleton,
    /// Where the parsed piece begins in the skeleton.
    pub(super) base: usize,
}

/// What all items have, less their name and kind.
struct Head {
    attributes: Attributes,
    vis: Vis,
    /// Behind the inner attributes.
    inner_end: usize,
}

impl Converter<'_> {
    /// The facts of a whole file (or of its first piece) whose text begins at `start`, and where they end.
    pub(super) fn file(&self, file: &syn::File, start: usize) -> (FileFacts, usize) {
        let head = self.head(&file.attrs, &syn::Visibility::Inherited);
        let (items, end) = self.items(&file.items, start.max(head.inner_end));
        let facts = FileFacts {
            items,
            attrs: head.attributes.attrs,
            condition: head.attributes.condition,
            documented: head.attributes.documented,
            failure: None,
        };
        (facts, end)
    }

    /// The facts of items that stand one after the other from `start` on, and where the last ends.
    pub(super) fn items(&self, items: &[syn::Item], start: usize) -> (Vec<Item>, usize) {
        let mut from = start;
        let mut facts = Vec::with_capacity(items.len());
        for item in items {
            let (fact, end) = self.item(item, from);
            facts.push(fact);
            from = end;
        }
        (facts, from)
    }

    fn start(&self, span: Span) -> usize {
        self.skeleton.original(self.base + span.start().column)
    }

    fn end(&self, span: Span) -> usize {
        match span.end().column.checked_sub(1) {
            Some(last) => self.skeleton.original(self.base + last) + 1,
            None => 0,
        }
    }

    fn pos(&self, span: Span) -> Pos {
        self.positions.pos(self.start(span))
    }

    fn inside(&self, span: &DelimSpan) -> RawTokens {
        let (start, end) = (self.end(span.open()), self.start(span.close()));
        self.positions.between(start, end)
    }

    fn name(&self, ident: &Ident) -> Name {
        let start = self.start(ident.span());
        let bytes = self.positions.source.as_bytes();
        let raw = at(bytes, start) == b'r' && at(bytes, start + 1) == b'#';
        let start = if raw { start + 2 } else { start };
        let length = bytes.get(start..).unwrap_or_default().iter().take_while(|b| is_word(**b)).count();
        Name::new(self.positions.text(start, start + length))
    }

    fn named(&self, ident: &Ident) -> (Name, Pos) {
        (self.name(ident), self.pos(ident.span()))
    }

    fn head(&self, attrs: &[syn::Attribute], vis: &syn::Visibility) -> Head {
        let (attributes, inner_end) = self.attributes(attrs);
        Head { attributes, vis: self.vis(vis), inner_end }
    }

    fn attributes(&self, attrs: &[syn::Attribute]) -> (Attributes, usize) {
        let mut found = Attributes::default();
        let mut inner_end = 0;
        for attr in attrs {
            let start = self.start(attr.pound_token.span);
            let inner = matches!(attr.style, syn::AttrStyle::Inner(_));
            if at(self.positions.source.as_bytes(), start) == b'/' {
                found.documented = true;
                let end = lexeme(self.positions.source.as_bytes(), start).1;
                inner_end = if inner { inner_end.max(end) } else { inner_end };
                continue;
            }
            let (open, close) = (self.end(attr.bracket_token.span.open()), self.start(attr.bracket_token.span.close()));
            found.read(self.positions, open, close);
            if inner {
                inner_end = inner_end.max(close + 1);
            }
        }
        (found, inner_end)
    }

    fn vis(&self, vis: &syn::Visibility) -> Vis {
        match vis {
            syn::Visibility::Public(_) => Vis::Public,
            syn::Visibility::Restricted(vis) => {
                Vis::Restricted(vis.path.segments.iter().map(|s| self.name(&s.ident)).collect())
            }
            syn::Visibility::Inherited => Vis::Private,
        }
    }

    /// Puts an item together; its text lies between `from` and `end`.
    fn finish(
        &self,
        head: Head,
        (name, pos): (Name, Pos),
        (from, end): (usize, usize),
        kind: ItemKind,
    ) -> (Item, usize) {
        (with_text(head, (name, pos), (self.positions.shared(from, end), 0), kind), end)
    }

    /// The same for a function: its body counts by its own.
    fn finish_function(
        &self,
        head: Head,
        named: (Name, Pos),
        (from, end): (usize, usize),
        sig: &syn::Signature,
        block: Option<&syn::Block>,
    ) -> (Item, usize) {
        let function = self.function(sig, block);
        let body = block.map_or(from, |block| self.end(block.brace_token.span.open()));
        let header = u32::try_from(body.saturating_sub(from)).unwrap_or(0);
        let text = (self.positions.shared(from, end), header);
        (with_text(head, named, text, ItemKind::Fn(Box::new(function))), end)
    }

    /// The same for an item with members.
    fn finish_container(
        &self,
        head: Head,
        named: (Name, Pos),
        (from, braces, end): (usize, &DelimSpan, usize),
        kind: ItemKind,
    ) -> (Item, usize) {
        let members = self.end(braces.open()).max(head.inner_end);
        let header = u32::try_from(members.saturating_sub(from)).unwrap_or(0);
        (with_text(head, named, (self.positions.shared(from, end), header), kind), end)
    }

    fn item(&self, item: &syn::Item, from: usize) -> (Item, usize) {
        match item {
            syn::Item::Fn(i) => {
                let end = self.end(i.block.brace_token.span.close());
                let head = self.head(&i.attrs, &i.vis);
                self.finish_function(head, self.named(&i.sig.ident), (from, end), &i.sig, Some(&i.block))
            }
            syn::Item::Use(i) => {
                let end = self.end(i.semi_token.span);
                let leaves = self.use_leaves(i.leading_colon.is_some(), &i.tree);
                let named = (Name::default(), self.pos(i.use_token.span));
                self.finish(self.head(&i.attrs, &i.vis), named, (from, end), ItemKind::Use(leaves))
            }
            syn::Item::Struct(i) => {
                let end = match (&i.semi_token, &i.fields) {
                    (Some(semi), _) => self.end(semi.span),
                    (None, syn::Fields::Named(f)) => self.end(f.brace_token.span.close()),
                    (None, syn::Fields::Unnamed(f)) => self.end(f.paren_token.span.close()),
                    (None, syn::Fields::Unit) => self.end(i.ident.span()),
                };
                let kind = ItemKind::Struct { generics: self.generics(&i.generics), fields: self.fields(&i.fields) };
                self.finish(self.head(&i.attrs, &i.vis), self.named(&i.ident), (from, end), kind)
            }
            syn::Item::Enum(i) => {
                let end = self.end(i.brace_token.span.close());
                let variants = i.variants.iter().map(|v| self.variant(v)).collect();
                let kind = ItemKind::Enum { generics: self.generics(&i.generics), variants };
                self.finish(self.head(&i.attrs, &i.vis), self.named(&i.ident), (from, end), kind)
            }
            syn::Item::Union(i) => {
                let end = self.end(i.fields.brace_token.span.close());
                let fields = Fields::Named(i.fields.named.iter().enumerate().map(|(n, f)| self.field(n, f)).collect());
                let kind = ItemKind::Union { generics: self.generics(&i.generics), fields };
                self.finish(self.head(&i.attrs, &i.vis), self.named(&i.ident), (from, end), kind)
            }
            syn::Item::Mod(i) => self.module(i, from),
            syn::Item::Impl(i) => self.implementation(i, from),
            syn::Item::Trait(i) => self.trait_item(i, from),
            syn::Item::ForeignMod(i) => self.foreign_mod(i, from),
            other => self.small_item(other, from),
        }
    }

    fn small_item(&self, item: &syn::Item, from: usize) -> (Item, usize) {
        match item {
            syn::Item::Const(i) => {
                let value = Some(self.between(i.eq_token.span, i.semi_token.span));
                let kind = ItemKind::Const { ty: self.ty(&i.ty), value };
                let span = (from, self.end(i.semi_token.span));
                self.finish(self.head(&i.attrs, &i.vis), self.named(&i.ident), span, kind)
            }
            syn::Item::Static(i) => {
                let value = Some(self.between(i.eq_token.span, i.semi_token.span));
                let mutable = matches!(i.mutability, syn::StaticMutability::Mut(_));
                let kind = ItemKind::Static { ty: self.ty(&i.ty), mutable, is_unsafe: false, value };
                let span = (from, self.end(i.semi_token.span));
                self.finish(self.head(&i.attrs, &i.vis), self.named(&i.ident), span, kind)
            }
            syn::Item::Type(i) => {
                let (generics, ty) = (self.generics(&i.generics), Some(self.ty(&i.ty)));
                let kind = ItemKind::Alias { generics, bounds: Vec::new(), ty };
                let span = (from, self.end(i.semi_token.span));
                self.finish(self.head(&i.attrs, &i.vis), self.named(&i.ident), span, kind)
            }
            syn::Item::ExternCrate(i) => {
                let kind = ItemKind::ExternCrate(self.name(&i.ident));
                let local = i.rename.as_ref().map_or(&i.ident, |(_, rename)| rename);
                let span = (from, self.end(i.semi_token.span));
                self.finish(self.head(&i.attrs, &i.vis), self.named(local), span, kind)
            }
            syn::Item::TraitAlias(i) => {
                let span = (from, self.end(i.semi_token.span));
                self.finish(self.head(&i.attrs, &i.vis), self.named(&i.ident), span, ItemKind::TraitAlias)
            }
            syn::Item::Macro(i) => self.macro_item(&i.attrs, i.ident.as_ref(), &i.mac, i.semi_token.as_ref(), from),
            syn::Item::Verbatim(tokens) => self.verbatim(tokens, from),
            _ => self.verbatim(&TokenStream::new(), from),
        }
    }

    fn macro_item(
        &self,
        attrs: &[syn::Attribute],
        ident: Option<&Ident>,
        mac: &syn::Macro,
        semi: Option<&syn::Token![;]>,
        from: usize,
    ) -> (Item, usize) {
        let delimiters = mac.delimiter.span();
        let end = semi.map_or_else(|| self.end(delimiters.close()), |semi| self.end(semi.span));
        let head = self.head(attrs, &syn::Visibility::Inherited);
        let tokens = self.inside(delimiters);
        let path: Vec<Name> = mac.path.segments.iter().map(|s| self.name(&s.ident)).collect();
        match ident {
            Some(ident) if matches!(path.as_slice(), [one] if one == "macro_rules") => {
                self.finish(head, self.named(ident), (from, end), ItemKind::MacroRules(tokens))
            }
            _ => {
                let pos = mac.path.segments.first().map_or_else(Pos::default, |s| self.pos(s.ident.span()));
                let name = ident.map(|i| self.name(i)).unwrap_or_default();
                self.finish(head, (name, pos), (from, end), ItemKind::MacroCall { path, tokens })
            }
        }
    }

    /// What syn keeps as tokens: `macro name(…) {…}` is a macro, the rest is left as it is.
    fn verbatim(&self, tokens: &TokenStream, from: usize) -> (Item, usize) {
        let mut end = from;
        let mut pos = None;
        let mut macro_name = None;
        let mut body = None;
        let mut after_macro = false;
        for tree in tokens.clone() {
            end = self.end(tree.span());
            pos.get_or_insert_with(|| self.pos(tree.span()));
            match tree {
                proc_macro2::TokenTree::Ident(ident) if after_macro && macro_name.is_none() => macro_name = Some(ident),
                proc_macro2::TokenTree::Ident(ident) => after_macro = after_macro || ident == "macro",
                proc_macro2::TokenTree::Group(group) => body = Some(self.inside(&group.delim_span())),
                _ => {}
            }
        }
        let head = self.head(&[], &syn::Visibility::Inherited);
        let pos = pos.unwrap_or_default();
        match (macro_name, body) {
            (Some(name), Some(body)) => {
                let public = self.positions.text(from, end).trim_start().starts_with("pub");
                let head = Head { vis: if public { Vis::Public } else { Vis::Private }, ..head };
                self.finish(head, self.named(&name), (from, end), ItemKind::MacroRules(body))
            }
            _ => self.finish(head, (Name::default(), pos), (from, end), ItemKind::Verbatim),
        }
    }

    /// The text between two tokens.
    fn between(&self, before: Span, after: Span) -> RawTokens {
        self.positions.raw(self.end(before), self.start(after))
    }

    fn fields(&self, fields: &syn::Fields) -> Fields {
        let all = |fields: &syn::punctuated::Punctuated<syn::Field, syn::Token![,]>| {
            fields.iter().enumerate().map(|(n, f)| self.field(n, f)).collect()
        };
        match fields {
            syn::Fields::Unit => Fields::Unit,
            syn::Fields::Unnamed(f) => Fields::Tuple(all(&f.unnamed)),
            syn::Fields::Named(f) => Fields::Named(all(&f.named)),
        }
    }

    fn field(&self, number: usize, field: &syn::Field) -> FieldFact {
        let head = self.head(&field.attrs, &field.vis);
        let ty = self.ty(&field.ty);
        let (name, pos) = match &field.ident {
            Some(ident) => self.named(ident),
            None => {
                (Name::new(number.to_string()), self.ty_start(&field.ty).map_or_else(Pos::default, |s| self.pos(s)))
            }
        };
        FieldFact {
            name,
            vis: head.vis,
            attrs: head.attributes.attrs,
            condition: head.attributes.condition,
            documented: head.attributes.documented,
            ty,
            pos,
        }
    }

    fn variant(&self, variant: &syn::Variant) -> VariantFact {
        let (attributes, _) = self.attributes(&variant.attrs);
        let (name, pos) = self.named(&variant.ident);
        let discriminant = variant.discriminant.as_ref().map(|(eq, _)| {
            let start = self.end(eq.span);
            let end = expression_end(self.positions.source.as_bytes(), start, b",").unwrap_or(start);
            self.positions.raw(start, end)
        });
        VariantFact {
            name,
            attrs: attributes.attrs,
            condition: attributes.condition,
            documented: attributes.documented,
            fields: self.fields(&variant.fields),
            discriminant,
            pos,
        }
    }
}

fn with_text(head: Head, (name, pos): (Name, Pos), (text, header): (Text, u32), kind: ItemKind) -> Item {
    let kind = match kind {
        ItemKind::Mod { items, .. } => ItemKind::Mod { items, paths: head.attributes.paths },
        other => other,
    };
    Item {
        name,
        vis: head.vis,
        attrs: head.attributes.attrs,
        condition: head.attributes.condition,
        documented: head.attributes.documented,
        pos,
        text,
        header,
        kind,
    }
}
