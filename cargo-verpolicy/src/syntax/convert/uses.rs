//! `use` trees, one row a leaf.

use super::Converter;
use crate::syntax::facts::{Name, Pos, UseLeaf};

impl Converter<'_> {
    pub(super) fn use_leaves(&self, global: bool, tree: &syn::UseTree) -> Vec<UseLeaf> {
        let mut leaves = Vec::new();
        self.leaves(global, &mut Vec::new(), tree, &mut leaves);
        leaves
    }

    fn leaves(&self, global: bool, prefix: &mut Vec<Name>, tree: &syn::UseTree, leaves: &mut Vec<UseLeaf>) {
        let leaf = |path: Vec<Name>, name: Option<Name>, pos: Pos| UseLeaf { global, path, name, pos };
        match tree {
            syn::UseTree::Path(p) => {
                prefix.push(self.name(&p.ident));
                self.leaves(global, prefix, &p.tree, leaves);
                prefix.pop();
            }
            syn::UseTree::Name(n) => {
                let (name, pos) = self.named(&n.ident);
                let (path, name) = joined(prefix, name, None);
                leaves.push(leaf(path, Some(name), pos));
            }
            syn::UseTree::Rename(r) => {
                let (name, pos) = self.named(&r.ident);
                let (path, name) = joined(prefix, name, Some(self.name(&r.rename)));
                leaves.push(leaf(path, Some(name), pos));
            }
            syn::UseTree::Glob(g) => leaves.push(leaf(prefix.clone(), None, self.pos(g.star_token.span))),
            syn::UseTree::Group(g) => {
                for tree in &g.items {
                    self.leaves(global, prefix, tree, leaves);
                }
            }
        }
    }
}

/// The path of a leaf and the name it gets; a trailing `self` names the module before it.
fn joined(prefix: &[Name], name: Name, rename: Option<Name>) -> (Vec<Name>, Name) {
    let mut path = prefix.to_vec();
    if name != "self" || path.is_empty() {
        path.push(name);
    }
    let own = path.last().cloned().unwrap_or_default();
    (path, rename.unwrap_or(own))
}
