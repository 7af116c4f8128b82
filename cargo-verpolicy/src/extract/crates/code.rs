//! What code does, as far as the project's own functions and constants decide it: a hash of its tokens and of theirs.

use super::{Crates, DefId, ModuleId, Namespace, Resolved};
use crate::syntax::facts::{AttrArgs, Item, ItemKind, Name};
use std::collections::BTreeSet;

/// At most this many functions and constants are looked at behind one piece of code.
const ITEMS: usize = 32;

/// A piece of code: where its names are read, and the type whose impl it stands in.
#[derive(Clone, Copy)]
struct Piece<'a> {
    item: &'a Item,
    module: ModuleId,
    own: Option<DefId>,
}

impl Crates {
    /// Hash of what an item does ([`Item::code`]) with what the project's own functions do that it calls by path, its own
    /// methods, the constants that it names, and what these call and name.
    pub(crate) fn code(&self, item: &Item, module: ModuleId) -> u64 {
        let own = match &item.kind {
            ItemKind::Impl(fact) => self.type_of_impl(module, fact),
            _ => None,
        };
        let mut seen = BTreeSet::from([std::ptr::from_ref(item)]);
        let mut queue = vec![Piece { item, module, own }];
        let mut state = item.code();
        while let Some(piece) = queue.pop() {
            for found in self.behind(piece) {
                if seen.len() > ITEMS || !seen.insert(std::ptr::from_ref(found.item)) {
                    continue;
                }
                state = (state ^ found.item.code()).rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                queue.push(found);
            }
        }
        state
    }

    /// The same of code that reads or writes, with the types that it names and serde reads or writes for it, and those of
    /// their fields.
    pub(crate) fn code_with_types(&self, item: &Item, module: ModuleId) -> u64 {
        let mut state = self.code(item, module);
        let mut seen = BTreeSet::new();
        let mut queue = vec![(item, module)];
        while let Some((item, module)) = queue.pop() {
            for path in item.named_types() {
                let Resolved::Def(def) = self.resolve_names(module, false, &path, Namespace::Type) else { continue };
                let Some(found) = self.def(def).filter(|found| derives_serde(found.item)) else { continue };
                if seen.len() < ITEMS && seen.insert(def) {
                    state = (state ^ found.item.hash()).rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                    queue.push((found.item, found.module));
                }
            }
        }
        state
    }

    /// The functions, constants and methods that a piece of code names.
    fn behind<'a>(&'a self, piece: Piece<'a>) -> Vec<Piece<'a>> {
        let mentions = piece.item.mentions();
        let mut out = Vec::new();
        for path in mentions.calls.iter().chain(&mentions.constants) {
            out.extend(self.named_value(piece, path).filter(|found| {
                matches!(found.item.kind, ItemKind::Fn(_) | ItemKind::Const { .. } | ItemKind::Static { .. })
            }));
        }
        if let Some(own) = piece.own {
            out.extend(mentions.methods.iter().filter_map(|name| self.of_type(own, name)));
            let shown = |name: &Name| matches!(name.as_str(), "collect_str" | "to_string");
            if mentions.methods.iter().any(shown) {
                let all = self.impls_of(own, "std::fmt::Display").into_iter();
                out.extend(all.map(|(item, module)| Piece { item, module, own: piece.own }));
            }
        }
        out
    }

    fn named_value<'a>(&'a self, piece: Piece<'a>, path: &[Name]) -> Option<Piece<'a>> {
        if let ([base, name], Some(own)) = (path, piece.own)
            && base == "Self"
        {
            return self.of_type(own, name);
        }
        match self.resolve_names(piece.module, false, path, Namespace::Value) {
            Resolved::Def(def) => {
                let found = self.def(def)?;
                Some(Piece { item: found.item, module: found.module, own: None })
            }
            Resolved::Member(def, name) => self.of_type(def, &name),
            _ => None,
        }
    }

    /// What an impl for this type calls so.
    fn of_type(&self, def: DefId, name: &str) -> Option<Piece<'_>> {
        self.impls_for(def).into_iter().find_map(|(item, module)| {
            let ItemKind::Impl(fact) = &item.kind else { return None };
            let item = fact.items.iter().find(|item| item.name == name)?;
            Some(Piece { item, module, own: Some(def) })
        })
    }
}

fn derives_serde(item: &Item) -> bool {
    item.attrs.iter().any(|attr| match (&attr.args, attr.path.as_slice()) {
        (AttrArgs::List(tokens), [name]) if name == "derive" => {
            tokens.text.contains("Serialize") || tokens.text.contains("Deserialize")
        }
        _ => false,
    })
}
