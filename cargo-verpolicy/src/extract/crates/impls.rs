//! Which impls belong to a type of this side.

use super::{Crates, DefId, ModuleId, Namespace, Resolved};
use crate::syntax::facts::{GenericParam, ImplFact, Item, ItemKind, Path, Type};
use foldhash::HashMap;

/// Impls by the type they are for: indexes into [`Crates::impls`], in source order.
#[derive(Debug, Default)]
pub(crate) struct ImplIndex {
    /// Those of types of this side.
    own: HashMap<DefId, Vec<u32>>,
    /// All others.
    abroad: Vec<u32>,
    /// Those among them that are for a type parameter: `impl<T: Shown> Page for T`.
    blanket: Vec<u32>,
}

impl Crates {
    /// All impls, inherent ones too, for a type (or trait object) of this side, in source order.
    #[must_use]
    pub fn impls_for(&self, def: DefId) -> Vec<(&Item, ModuleId)> {
        let index = self.impl_index.get_or_init(|| index(self));
        let found = index.own.get(&def).map_or(&[][..], Vec::as_slice);
        found
            .iter()
            .filter_map(|i| {
                let unit = self.impls.get(*i as usize)?;
                Some((unit.at.find(&self.sources)?, unit.module))
            })
            .collect()
    }

    /// Impls of traits for what is no type of this side: another crate's type, or a type parameter. In source order.
    pub fn impls_abroad(&self) -> impl Iterator<Item = (&Item, ModuleId)> {
        let index = self.impl_index.get_or_init(|| index(self));
        index.abroad.iter().filter_map(|i| {
            let unit = self.impls.get(*i as usize)?;
            Some((unit.at.find(&self.sources)?, unit.module))
        })
    }

    /// Impls for a type parameter, in source order.
    pub(super) fn blanket_impls(&self) -> impl Iterator<Item = (&ImplFact, ModuleId)> {
        let index = self.impl_index.get_or_init(|| index(self));
        index.blanket.iter().filter_map(|i| {
            let unit = self.impls.get(*i as usize)?;
            match &unit.at.find(&self.sources)?.kind {
                ItemKind::Impl(fact) => Some((&**fact, unit.module)),
                _ => None,
            }
        })
    }

    /// The impl of a trait that stands in a module, for a type of this name that a macro makes there.
    #[must_use]
    pub fn impl_named(&self, module: ModuleId, name: &str, trait_path: &str) -> Option<(&Item, ModuleId)> {
        self.impls.iter().filter(|unit| unit.module == module).find_map(|unit| {
            let item = unit.at.find(&self.sources)?;
            let ItemKind::Impl(fact) = &item.kind else { return None };
            let named = matches!(&fact.self_ty, Type::Path { qself: None, path }
                if matches!(path.segments.as_slice(), [only] if only.name == name));
            let of = |path: &Path| self.trait_path(module, path) == trait_path;
            (named && fact.trait_path.as_ref().is_some_and(of)).then_some((item, module))
        })
    }

    /// The canonical path of a trait; as written where it resolves to nothing.
    #[must_use]
    pub fn trait_path(&self, module: ModuleId, path: &Path) -> String {
        match self.resolve(module, path, Namespace::Type) {
            Resolved::Def(def) => self.def(def).map(|d| d.path.to_owned()).unwrap_or_default(),
            Resolved::Foreign(path) => path,
            _ => {
                let names: Vec<&str> = path.segments.iter().map(|s| s.name.as_str()).collect();
                names.join("::")
            }
        }
    }
}

fn index(crates: &Crates) -> ImplIndex {
    let mut out = ImplIndex::default();
    for (unit, i) in crates.impls.iter().zip(0_u32..) {
        let Some(ItemKind::Impl(fact)) = unit.at.find(&crates.sources).map(|item| &item.kind) else { continue };
        let mut ty = &fact.self_ty;
        while let Type::Ref { ty: inner, .. } = ty {
            ty = inner;
        }
        // `impl<T> Trait for T` is for no type in particular, whatever else is called `T`.
        let is_param = match ty {
            Type::Path { qself: None, path } => match path.segments.as_slice() {
                [only] if !path.global => fact.generics.params.iter().any(|p| {
                    matches!(p, GenericParam::Type { name, .. } | GenericParam::Const { name, .. } if *name == only.name)
                }),
                _ => false,
            },
            _ => false,
        };
        if is_param {
            out.blanket.push(i);
        }
        match crates.type_of_impl(unit.module, fact).filter(|_| !is_param) {
            Some(def) => out.own.entry(def).or_default().push(i),
            None => out.abroad.push(i),
        }
    }
    out
}

impl Crates {
    /// The type of this side that an impl is for.
    pub(super) fn type_of_impl(&self, module: ModuleId, fact: &ImplFact) -> Option<DefId> {
        let mut ty = &fact.self_ty;
        while let Type::Ref { ty: inner, .. } = ty {
            ty = inner;
        }
        let Type::Path { qself: None, path } = ty else { return None };
        self.type_def(module, path)
    }

    /// The struct, enum, union or trait that a path leads to, through aliases.
    fn type_def(&self, module: ModuleId, path: &Path) -> Option<DefId> {
        let (mut module, mut path) = (module, path);
        for _ in 0..16 {
            let Resolved::Def(def) = self.resolve(module, path, Namespace::Type) else { return None };
            let found = self.def(def)?;
            match &found.item.kind {
                ItemKind::Alias { ty: Some(Type::Path { qself: None, path: target }), .. } => {
                    (module, path) = (found.module, target);
                }
                ItemKind::Alias { .. } => return None,
                _ => return Some(def),
            }
        }
        None
    }
}
