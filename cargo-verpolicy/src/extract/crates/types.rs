//! Types as written to types resolved: aliases expanded, parameters and `Self` replaced.

use super::text;
use super::{Crates, DefId, Namespace, Resolved, Scope, Ty};
use crate::syntax::facts::{
    Bound, GenericArg, GenericParam, Generics, ItemKind, Name, Path, Pos, RawTokens, Segment, Type,
};
use crate::syntax::macros::Definition;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How deep types and aliases are followed.
const MAX_DEPTH: u32 = 96;
/// How many nodes one type may have; a type that doubles with every alias ends here.
const MAX_NODES: u32 = 20_000;

/// Reads one type.
pub(crate) struct TypeReader<'a> {
    pub(crate) crates: &'a Crates,
    depth: u32,
    nodes: u32,
}

impl<'a> TypeReader<'a> {
    pub(crate) fn new(crates: &'a Crates) -> Self {
        Self { crates, depth: 0, nodes: 0 }
    }

    pub(crate) fn ty(&mut self, scope: &Scope, ty: &Type) -> Ty {
        self.nodes += 1;
        if self.depth >= MAX_DEPTH || self.nodes > MAX_NODES {
            return Ty::Other(text::written(ty));
        }
        self.depth += 1;
        let out = self.ty_inner(scope, ty);
        self.depth -= 1;
        out
    }

    fn ty_inner(&mut self, scope: &Scope, ty: &Type) -> Ty {
        match ty {
            Type::Path { qself: Some(qself), path } => self.projection(scope, &qself.0, qself.1, path, ty),
            Type::Path { qself: None, path } => self.path(scope, path),
            Type::Ref { ty, .. } => Ty::Ref(Box::new(self.ty(scope, ty))),
            Type::Ptr { ty, .. } => Ty::Ptr(Box::new(self.ty(scope, ty))),
            Type::Slice(ty) => Ty::Slice(Box::new(self.ty(scope, ty))),
            Type::Array(ty, length) => {
                let item = self.ty(scope, ty);
                Ty::Array(Box::new(item), self.crates.length(scope, length))
            }
            Type::Tuple(types) => Ty::Tuple(types.iter().map(|t| self.ty(scope, t)).collect()),
            Type::Impl(bounds) => Ty::Impl(self.bounds(scope, bounds)),
            Type::Dyn(bounds) => Ty::Dyn(self.bounds(scope, bounds)),
            Type::Macro(call) => self.expanded(scope, call).unwrap_or_else(|| Ty::Other(text::written(ty))),
            Type::FnPtr(_) | Type::Never | Type::Infer | Type::Other(_) => Ty::Other(text::written(ty)),
        }
    }

    /// What a `macro_rules!` of this side makes in the place of a type.
    fn expanded(&mut self, scope: &Scope, call: &str) -> Option<Ty> {
        let (path, tokens) = call.split_once('!')?;
        let names: Vec<Name> = path.split("::").map(str::trim).filter(|n| !n.is_empty()).map(Name::new).collect();
        let (rules, krate) = self.crates.macro_in_body(scope.module, &names)?;
        let tokens = tokens.trim();
        let inside = RawTokens::from(tokens.get(1..tokens.len().saturating_sub(1))?);
        let made = Definition::of(rules)?.expand(&inside, &krate, Pos::default()).ok()?;
        Some(self.ty(scope, &made.ty()?))
    }

    fn bounds(&mut self, scope: &Scope, bounds: &[Bound]) -> Vec<(String, Vec<Ty>)> {
        let mut out: Vec<_> = bounds
            .iter()
            .filter_map(|bound| match bound {
                Bound::Trait { path, maybe: false, .. } => Some(self.bound(scope, path)),
                _ => None,
            })
            .collect();
        out.sort();
        out
    }

    /// A trait's canonical path and its arguments: positional ones, then those of associated types.
    fn bound(&mut self, scope: &Scope, path: &Path) -> (String, Vec<Ty>) {
        let name = self.crates.trait_path(scope.module, path);
        let Some(last) = path.segments.last() else { return (name, Vec::new()) };
        let mut args = self.args(scope, last);
        if let Some(call) = &last.call {
            args.push(Ty::Tuple(call.0.iter().map(|t| self.ty(scope, t)).collect()));
            args.push(call.1.as_ref().map_or(Ty::Tuple(Vec::new()), |t| self.ty(scope, t)));
        }
        for arg in &last.args {
            if let GenericArg::Assoc(_, ty) = arg {
                args.push(self.ty(scope, ty));
            }
        }
        (name, args)
    }

    /// Positional arguments without lifetimes.
    fn args(&mut self, scope: &Scope, segment: &Segment) -> Vec<Ty> {
        let mut out = Vec::new();
        for arg in &segment.args {
            match arg {
                GenericArg::Type(ty) => out.push(self.argument(scope, ty)),
                GenericArg::Const(text) => out.push(Ty::Const(text.clone())),
                GenericArg::Lifetime(_) | GenericArg::Assoc(..) | GenericArg::Bounds(..) => {}
            }
        }
        out
    }

    /// An argument; a bare name that is no type may be a const.
    fn argument(&mut self, scope: &Scope, ty: &Type) -> Ty {
        let found = self.ty(scope, ty);
        if let (Ty::Unresolved(_), Type::Path { qself: None, path }) = (&found, ty)
            && let Resolved::Def(def) = self.crates.resolve(scope.module, path, Namespace::Value)
        {
            let number = self.crates.int_of(scope, path).map(|number| number.to_string());
            let value = number.or_else(|| self.crates.const_text(def));
            return Ty::Const(value.unwrap_or_else(|| text::path(path)));
        }
        found
    }

    fn path(&mut self, scope: &Scope, path: &Path) -> Ty {
        let [first, rest @ ..] = path.segments.as_slice() else { return Ty::Other(String::new()) };
        if !path.global {
            let base = match first.name.as_str() {
                "Self" => scope.self_ty.clone(),
                name => scope.params.get(name).cloned(),
            };
            match (base, rest) {
                (Some(base), []) => return base,
                (Some(base), [member]) => {
                    if first.name == "Self"
                        && let Some(own) = scope.params.get(format!("Self::{}", member.name).as_str())
                    {
                        return own.clone();
                    }
                    return match self.member_type(&base, &member.name, None) {
                        Some(ty) => ty,
                        None if matches!(base, Ty::Param(_)) => Ty::Param(Name::new(text::path(path))),
                        None => Ty::Unresolved(text::path(path)),
                    };
                }
                (Some(_), _) => return Ty::Param(Name::new(text::path(path))),
                (None, _) => {}
            }
        }
        let Some(last) = path.segments.last() else { return Ty::Other(String::new()) };
        match self.crates.resolve(scope.module, path, Namespace::Type) {
            Resolved::Def(def) => self.definition(scope, def, last, path),
            Resolved::Foreign(name) => match name.strip_prefix("std::primitive::") {
                Some(primitive) => Ty::Primitive(Name::from(primitive)),
                None => Ty::Foreign(Arc::from(name), self.args(scope, last)),
            },
            Resolved::Primitive(name) => Ty::Primitive(name),
            Resolved::Member(owner, name) => {
                let owner = Ty::Def(owner, Vec::new());
                self.member_type(&owner, &name, None).unwrap_or_else(|| Ty::Unresolved(text::path(path)))
            }
            Resolved::Module(_) | Resolved::Unresolved => Ty::Unresolved(text::path(path)),
        }
    }

    fn definition(&mut self, scope: &Scope, def: DefId, last: &Segment, path: &Path) -> Ty {
        let crates = self.crates;
        let Some(found) = crates.def(def) else { return Ty::Unresolved(text::path(path)) };
        let args = self.args(scope, last);
        match &found.item.kind {
            ItemKind::Struct { generics, .. } | ItemKind::Union { generics, .. } | ItemKind::Enum { generics, .. } => {
                Ty::Def(def, self.fill(def, generics, &args))
            }
            ItemKind::Alias { generics, ty: Some(ty), .. } => match self.scope_of(def, generics, &args) {
                Some(inner) => self.ty(&inner, ty),
                None => Ty::Unresolved(text::path(path)),
            },
            ItemKind::Trait(_) | ItemKind::TraitAlias => Ty::Dyn(vec![self.bound(scope, path)]),
            // A type of an `extern` block has nothing inside.
            ItemKind::Alias { .. } => Ty::Other(found.path.to_owned()),
            _ => Ty::Unresolved(text::path(path)),
        }
    }

    /// Arguments with defaults filled in.
    fn fill(&mut self, def: DefId, generics: &Generics, args: &[Ty]) -> Vec<Ty> {
        let wanted = generics.params.iter().filter(|p| !matches!(p, GenericParam::Lifetime { .. })).count();
        if args.len() == wanted {
            return args.to_vec();
        }
        let Some(scope) = self.scope_of(def, generics, args) else { return args.to_vec() };
        let value = |name: &Name| scope.params.get(name).cloned().unwrap_or_else(|| Ty::Param(name.clone()));
        generics
            .params
            .iter()
            .filter_map(|param| match param {
                GenericParam::Lifetime { .. } => None,
                GenericParam::Type { name, .. } | GenericParam::Const { name, .. } => Some(value(name)),
            })
            .collect()
    }

    pub(crate) fn scope_of(&mut self, def: DefId, generics: &Generics, args: &[Ty]) -> Option<Scope> {
        let found = self.crates.def(def)?;
        let mut scope = Scope { module: found.module, params: BTreeMap::new(), self_ty: None };
        self.bind(&mut scope, generics, args);
        let value = |param: &GenericParam| match param {
            GenericParam::Lifetime { .. } => None,
            GenericParam::Type { name, .. } | GenericParam::Const { name, .. } => scope.params.get(name).cloned(),
        };
        scope.self_ty = match &found.item.kind {
            ItemKind::Struct { .. } | ItemKind::Union { .. } | ItemKind::Enum { .. } => {
                Some(Ty::Def(def, generics.params.iter().filter_map(value).collect()))
            }
            ItemKind::Trait(_) => Some(Ty::Param(Name::new("Self"))),
            _ => None,
        };
        Some(scope)
    }

    /// Adds parameters to a scope: the given argument, else the default, else the parameter itself.
    pub(crate) fn bind(&mut self, scope: &mut Scope, generics: &Generics, args: &[Ty]) {
        let mut args = args.iter();
        for param in &generics.params {
            match param {
                GenericParam::Lifetime { .. } => {}
                GenericParam::Type { name, default, .. } => {
                    let value = match (args.next(), default) {
                        (Some(arg), _) => arg.clone(),
                        (None, Some(default)) => self.ty(scope, default),
                        (None, None) => Ty::Param(name.clone()),
                    };
                    scope.params.insert(name.clone(), value);
                }
                GenericParam::Const { name, default, .. } => {
                    let value = match (args.next(), default) {
                        (Some(arg), _) => arg.clone(),
                        (None, Some(default)) => Ty::Const(default.clone()),
                        (None, None) => Ty::Param(name.clone()),
                    };
                    scope.params.insert(name.clone(), value);
                }
            }
        }
    }

    /// `<T as Trait>::Name`.
    fn projection(&mut self, scope: &Scope, base: &Type, trait_segments: usize, path: &Path, whole: &Type) -> Ty {
        let base_ty = self.ty(scope, base);
        let (of_trait, rest) = path.segments.split_at_checked(trait_segments).unwrap_or((&[], &path.segments));
        let trait_path = (!of_trait.is_empty()).then(|| {
            let path = Path { global: path.global, segments: of_trait.to_vec() };
            self.crates.trait_path(scope.module, &path)
        });
        let [member] = rest else { return Ty::Other(text::written(whole)) };
        match self.member_type(&base_ty, &member.name, trait_path.as_deref()) {
            Some(ty) => ty,
            None if matches!(base_ty, Ty::Param(_)) => Ty::Param(Name::new(text::written(whole))),
            None => Ty::Other(text::written(whole)),
        }
    }

    /// The associated type `name` of a type, where exactly one impl of this side (of that trait) states it.
    fn member_type(&mut self, base: &Ty, name: &Name, trait_path: Option<&str>) -> Option<Ty> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        let (def, args) = match base {
            Ty::Def(def, args) => (def, args),
            Ty::Primitive(_) | Ty::Foreign(..) => return self.member_abroad(base, name, trait_path),
            _ => return None,
        };
        let crates = self.crates;
        let mut found: Option<Ty> = None;
        for (item, module) in crates.impls_for(*def) {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            let Some(of) = &fact.trait_path else { continue };
            let Some(member) = fact.items.iter().find(|i| i.name == *name) else { continue };
            let ItemKind::Alias { ty: Some(ty), .. } = &member.kind else { continue };
            if trait_path.is_some_and(|wanted| crates.trait_path(module, of) != wanted) {
                continue;
            }
            let mut scope = Scope { module, params: BTreeMap::new(), self_ty: Some(base.clone()) };
            self.bind(&mut scope, &fact.generics, &[]);
            unify(&mut scope, &fact.self_ty, args);
            self.depth += 1;
            let ty = self.ty(&scope, ty);
            self.depth -= 1;
            match &found {
                Some(other) if *other != ty => return None,
                _ => found = Some(ty),
            }
        }
        found
    }
}

impl TypeReader<'_> {
    /// The same for a type of another crate: of a trait of this side, for exactly this type.
    fn member_abroad(&mut self, base: &Ty, name: &Name, trait_path: Option<&str>) -> Option<Ty> {
        let crates = self.crates;
        let mut found: Option<Ty> = None;
        for (item, module) in crates.impls_abroad() {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            let Some(of) = fact.trait_path.as_ref().filter(|_| fact.generics.params.is_empty()) else { continue };
            let Some(member) = fact.items.iter().find(|i| i.name == *name) else { continue };
            let ItemKind::Alias { ty: Some(ty), .. } = &member.kind else { continue };
            if trait_path.is_some_and(|wanted| crates.trait_path(module, of) != wanted) {
                continue;
            }
            let scope = Scope { module, params: BTreeMap::new(), self_ty: Some(base.clone()) };
            self.depth += 1;
            let (own, ty) = (self.ty(&scope, &fact.self_ty), self.ty(&scope, ty));
            self.depth -= 1;
            match &found {
                _ if own != *base => {}
                Some(other) if *other != ty => return None,
                _ => found = Some(ty),
            }
        }
        found
    }
}

/// Gives an impl's parameters the arguments of the type it is used for: `impl<T> Trait for Page<T>`.
fn unify(scope: &mut Scope, self_ty: &Type, args: &[Ty]) {
    let Type::Path { qself: None, path } = self_ty else { return };
    let Some(last) = path.segments.last() else { return };
    let types = last.args.iter().filter_map(|arg| match arg {
        GenericArg::Type(ty) => Some(Some(ty)),
        GenericArg::Const(_) => Some(None),
        _ => None,
    });
    for (written, actual) in types.zip(args) {
        if let Some(Type::Path { qself: None, path }) = written
            && let [only] = path.segments.as_slice()
            && let Some(param) = scope.params.get_mut(&only.name)
        {
            *param = actual.clone();
        }
    }
}
