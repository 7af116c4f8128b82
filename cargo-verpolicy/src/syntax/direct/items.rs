//! Items of files and modules.

use super::functions::has_place;
use super::{Head, Reader};
use crate::syntax::attributes::Attributes;
use crate::syntax::facts::{FieldFact, Fields, Item, ItemKind, Name, Pos, RawTokens, UseLeaf, VariantFact, Vis};
use crate::syntax::lexical::{Lexeme, at};
use crate::syntax::skip::expression_end;

impl Reader<'_> {
    pub(super) fn item(&mut self, from: usize) -> Option<Item> {
        self.deeper(|r| {
            let mut attributes = Attributes::default();
            r.outer_attributes(&mut attributes)?;
            let vis = r.vis()?;
            r.item_behind(Head { from, attributes, vis })
        })
    }

    fn item_behind(&mut self, head: Head) -> Option<Item> {
        match self.word() {
            "use" => self.use_item(head),
            "mod" => self.module(head),
            "struct" => self.structure(head),
            "enum" => self.enumeration(head),
            "type" => self.alias(head, false),
            "const" if !self.begins_function()? => self.constant_item(head, false),
            "static" => self.static_item(head),
            "fn" | "async" | "const" => self.with_body(head),
            "unsafe" | "extern" if self.begins_function()? => self.with_body(head),
            "extern" => self.extern_crate(head),
            "impl" => self.implementation(head, false),
            "trait" => self.trait_item(head, false),
            "unsafe" => {
                self.next()?;
                match self.word() {
                    "impl" => self.implementation(head, true),
                    "trait" => self.trait_item(head, true),
                    _ => None,
                }
            }
            "macro_rules" => self.macro_rules(head),
            _ if head.vis == Vis::Private => self.macro_call(head),
            _ => None,
        }
    }

    /// Puts an item together that ends with the token before this one.
    pub(super) fn finish(&self, head: Head, (name, pos): (Name, Pos), kind: ItemKind) -> Item {
        self.finish_container(head, (name, pos), 0, kind)
    }

    /// The same for an item with members or a body, which begin at `members`.
    pub(super) fn finish_container(
        &self,
        head: Head,
        (name, pos): (Name, Pos),
        members: usize,
        kind: ItemKind,
    ) -> Item {
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
            text: self.positions.shared(head.from, self.before),
            header: u32::try_from(members.saturating_sub(head.from)).unwrap_or(0),
            kind,
        }
    }

    pub(super) fn named(&mut self) -> Option<(Name, Pos)> {
        let pos = self.pos();
        Some((self.name()?, pos))
    }

    fn use_item(&mut self, head: Head) -> Option<Item> {
        let pos = self.pos();
        self.next()?;
        let global = self.eat_pair(*b"::")?;
        let mut leaves = Vec::with_capacity(1);
        self.leaves(global, &mut Vec::new(), &mut leaves)?;
        self.expect(b';')?;
        Some(self.finish(head, (Name::default(), pos), ItemKind::Use(leaves)))
    }

    fn leaves(&mut self, global: bool, prefix: &mut Vec<Name>, leaves: &mut Vec<UseLeaf>) -> Option<()> {
        let pos = self.pos();
        if self.eat(b'*')? {
            leaves.push(UseLeaf { global, path: prefix.clone(), name: None, pos });
            return Some(());
        }
        if self.eat(b'{')? {
            while !self.eat(b'}')? {
                self.deeper(|r| r.leaves(global, prefix, leaves))?;
                if !self.eat(b',')? && !self.is(b'}') {
                    return None;
                }
            }
            return Some(());
        }
        let name = self.segment()?;
        if self.eat_pair(*b"::")? {
            prefix.push(name);
            self.deeper(|r| r.leaves(global, prefix, leaves))?;
            prefix.pop();
            return Some(());
        }
        let rename = match self.eat_word("as")? {
            true if self.word() == "_" => Some(self.any_name()?),
            true => Some(self.name()?),
            false => None,
        };
        let mut path = Vec::with_capacity(prefix.len() + 1);
        path.extend_from_slice(prefix);
        if name != "self" || path.is_empty() {
            path.push(name);
        }
        let name = rename.or_else(|| path.last().cloned());
        leaves.push(UseLeaf { global, path, name, pos });
        Some(())
    }

    fn module(&mut self, mut head: Head) -> Option<Item> {
        self.next()?;
        let named = self.named()?;
        if self.eat(b';')? {
            return Some(self.finish(head, named, ItemKind::Mod { items: None, paths: Vec::new() }));
        }
        let members = self.open(&mut head)?;
        let items = self.items(members)?;
        self.expect(b'}')?;
        Some(self.finish_container(head, named, members, ItemKind::Mod { items: Some(items), paths: Vec::new() }))
    }

    /// The brace before members and what is said of their container behind it; gives where the first member begins.
    pub(super) fn open(&mut self, head: &mut Head) -> Option<usize> {
        let behind = self.end;
        self.expect(b'{')?;
        Some(self.inner_attributes(&mut head.attributes)?.max(behind))
    }

    fn structure(&mut self, head: Head) -> Option<Item> {
        self.next()?;
        let named = self.named()?;
        let mut generics = self.generics()?;
        self.where_clause(&mut generics)?;
        let fields = if self.is(b'{') {
            self.named_fields()?
        } else {
            let fields = if self.is(b'(') { self.tuple_fields()? } else { Fields::Unit };
            self.where_clause(&mut generics)?;
            self.expect(b';')?;
            fields
        };
        Some(self.finish(head, named, ItemKind::Struct { generics, fields }))
    }

    fn named_fields(&mut self) -> Option<Fields> {
        self.next()?;
        let mut fields = Vec::new();
        while !self.eat(b'}')? {
            let mut attributes = Attributes::default();
            self.outer_attributes(&mut attributes)?;
            let vis = self.vis()?;
            let (name, pos) = self.named()?;
            if !self.is_colon() {
                return None;
            }
            self.next()?;
            let ty = self.ty()?;
            fields.push(field(attributes, vis, (name, pos), ty));
            if !self.eat(b',')? && !self.is(b'}') {
                return None;
            }
        }
        Some(Fields::Named(fields))
    }

    fn tuple_fields(&mut self) -> Option<Fields> {
        self.next()?;
        let mut fields = Vec::new();
        while !self.eat(b')')? {
            let mut attributes = Attributes::default();
            self.outer_attributes(&mut attributes)?;
            let vis = self.vis()?;
            let (pos, word) = (self.pos(), self.word());
            let ty = self.ty()?;
            if !has_place(word, &ty) {
                return None;
            }
            fields.push(field(attributes, vis, (Name::new(fields.len().to_string()), pos), ty));
            if !self.eat(b',')? && !self.is(b')') {
                return None;
            }
        }
        Some(Fields::Tuple(fields))
    }

    fn enumeration(&mut self, head: Head) -> Option<Item> {
        self.next()?;
        let named = self.named()?;
        let mut generics = self.generics()?;
        self.where_clause(&mut generics)?;
        self.expect(b'{')?;
        let mut variants = Vec::new();
        while !self.eat(b'}')? {
            variants.push(self.variant()?);
            if !self.eat(b',')? && !self.is(b'}') {
                return None;
            }
        }
        Some(self.finish(head, named, ItemKind::Enum { generics, variants }))
    }

    fn variant(&mut self) -> Option<VariantFact> {
        let mut attributes = Attributes::default();
        self.outer_attributes(&mut attributes)?;
        let (name, pos) = self.named()?;
        let fields = if self.is(b'{') {
            self.named_fields()?
        } else if self.is(b'(') {
            self.tuple_fields()?
        } else {
            Fields::Unit
        };
        let discriminant = if self.is(b'=') { Some(self.expression(b",")?) } else { None };
        Some(VariantFact {
            name,
            attrs: attributes.attrs,
            condition: attributes.condition,
            documented: attributes.documented,
            fields,
            discriminant,
            pos,
        })
    }

    /// The expression behind the `=` here, up to one of `stops`.
    pub(super) fn expression(&mut self, stops: &[u8]) -> Option<RawTokens> {
        if !self.is(b'=') {
            return None;
        }
        let start = self.end;
        let end = expression_end(self.bytes, start, stops).ok()?;
        let raw = self.positions.raw(start, end);
        if raw.text.is_empty() || end > self.bytes.len() {
            return None;
        }
        self.jump(end)?;
        Some(raw)
    }

    pub(super) fn alias(&mut self, head: Head, in_trait: bool) -> Option<Item> {
        self.next()?;
        let named = self.named()?;
        let mut generics = self.generics()?;
        let bounds = match self.is_colon() {
            true if !in_trait => return None,
            true => {
                self.next()?;
                self.bounds()?
            }
            false => Vec::new(),
        };
        self.where_clause(&mut generics)?;
        let ty = match self.eat(b'=')? {
            true => Some(self.ty()?),
            false if in_trait => None,
            false => return None,
        };
        self.where_clause(&mut generics)?;
        self.expect(b';')?;
        Some(self.finish(head, named, ItemKind::Alias { generics, bounds, ty }))
    }

    pub(super) fn constant_item(&mut self, head: Head, in_trait: bool) -> Option<Item> {
        self.next()?;
        let pos = self.pos();
        let name = if self.word() == "_" && !in_trait { self.any_name()? } else { self.name()? };
        let (ty, value) = self.typed_value()?;
        if value.is_none() && !in_trait {
            return None;
        }
        Some(self.finish(head, (name, pos), ItemKind::Const { ty, value }))
    }

    fn static_item(&mut self, head: Head) -> Option<Item> {
        self.next()?;
        let mutable = self.eat_word("mut")?;
        let named = self.named()?;
        let (ty, value) = self.typed_value()?;
        value.as_ref()?;
        Some(self.finish(head, named, ItemKind::Static { ty, mutable, is_unsafe: false, value }))
    }

    /// `: T = value;`
    fn typed_value(&mut self) -> Option<(crate::syntax::facts::Type, Option<RawTokens>)> {
        if !self.is_colon() {
            return None;
        }
        self.next()?;
        let ty = self.ty()?;
        let value = if self.is(b'=') { Some(self.expression(b";")?) } else { None };
        self.expect(b';')?;
        Some((ty, value))
    }

    fn extern_crate(&mut self, head: Head) -> Option<Item> {
        self.next()?;
        if !self.eat_word("crate")? {
            return None;
        }
        let pos = self.pos();
        let krate = if self.word() == "self" { self.any_name()? } else { self.name()? };
        let named = match self.eat_word("as")? {
            true => {
                let pos = self.pos();
                (if self.word() == "_" { self.any_name()? } else { self.name()? }, pos)
            }
            false => (krate.clone(), pos),
        };
        self.expect(b';')?;
        Some(self.finish(head, named, ItemKind::ExternCrate(krate)))
    }

    fn macro_rules(&mut self, head: Head) -> Option<Item> {
        if head.vis != Vis::Private {
            return None;
        }
        let before = *self;
        self.next()?;
        self.expect(b'!')?;
        if self.kind != Lexeme::Word {
            *self = before;
            return self.macro_call(head);
        }
        let named = self.named()?;
        let tokens = self.delimited()?;
        Some(self.finish(head, named, ItemKind::MacroRules(tokens)))
    }

    pub(super) fn macro_call(&mut self, head: Head) -> Option<Item> {
        let pos = self.pos();
        let mut path = vec![self.segment()?];
        while self.eat_pair(*b"::")? {
            path.push(self.segment()?);
        }
        self.expect(b'!')?;
        let tokens = self.delimited()?;
        Some(self.finish(head, (Name::default(), pos), ItemKind::MacroCall { path, tokens }))
    }

    /// A macro's group, with the `;` that round and square ones need.
    fn delimited(&mut self) -> Option<RawTokens> {
        let (open, start) = (at(self.bytes, self.start), self.end);
        let end = self.group()?;
        let tokens = self.positions.between(start, end - 1);
        if open != b'{' {
            self.expect(b';')?;
        }
        Some(tokens)
    }
}

fn field(attributes: Attributes, vis: Vis, (name, pos): (Name, Pos), ty: crate::syntax::facts::Type) -> FieldFact {
    FieldFact {
        name,
        vis,
        attrs: attributes.attrs,
        condition: attributes.condition,
        documented: attributes.documented,
        ty,
        pos,
    }
}
