//! Every place of a package where an endpoint may be written.

use super::crates::{Crates, DefId, ModuleId, Scope, Ty};
use super::framework::{Routers, Site};
use crate::model::Condition;
use crate::syntax::facts::{Item, ItemKind, Name};
use std::collections::{BTreeMap, BTreeSet};

/// A [`Site`] that owns what a site borrows.
#[derive(Debug)]
pub(super) struct SiteData<'a> {
    pub(super) item: &'a Item,
    pub(super) def: Option<DefId>,
    pub(super) module: ModuleId,
    pub(super) container: Option<&'a Item>,
    /// Index of the container's own site.
    pub(super) container_site: Option<usize>,
    pub(super) condition: Condition,
    pub(super) path: String,
    pub(super) scope: Scope,
    /// It is a handler that only routers of other packages reach.
    pub(super) elsewhere: bool,
}

impl<'a> SiteData<'a> {
    /// As frameworks see it.
    pub(super) fn site(&self) -> Site<'_> {
        Site {
            item: self.item,
            def: self.def,
            module: self.module,
            container: self.container,
            condition: &self.condition,
            path: &self.path,
            scope: &self.scope,
            elsewhere: self.elsewhere,
        }
    }
}

/// All sites of a package, in order of crates, modules and source; then the handlers of other packages that its routers
/// reach, with what stands around them.
pub(super) fn sites<'a>(crates: &'a Crates, package: usize, routers: &Routers<'a>) -> Vec<SiteData<'a>> {
    let mut out = Vec::new();
    for module in crates.modules_of(package) {
        for (item, def) in crates.items_of(module) {
            push(crates, module, (item, def), &mut out);
        }
    }
    for site in &mut out {
        site.elsewhere = matches!(site.item.kind, ItemKind::Fn(_)) && routers.is_elsewhere(&site.path, package);
    }
    let mut modules = BTreeSet::new();
    let handlers = routers.from_elsewhere(crates, package);
    modules.extend(handlers.iter().map(|(module, _)| *module));
    for module in modules {
        for (item, def) in crates.items_of(module) {
            let is_handler = |item: &Item| handlers.iter().any(|(_, handler)| std::ptr::eq(*handler, item));
            if is_handler(item) || crates.members(item).iter().any(is_handler) {
                push(crates, module, (item, def), &mut out);
            }
        }
    }
    out
}

/// The sites of an item: its own, and those of its members.
fn push<'a>(crates: &'a Crates, module: ModuleId, (item, def): (&'a Item, Option<DefId>), out: &mut Vec<SiteData<'a>>) {
    let condition = crates.condition_of(module).clone().and(crates.given(module, &item.condition));
    if condition == Condition::Never {
        return;
    }
    let plain = Scope { module, params: BTreeMap::new(), self_ty: None };
    let (path, scope) = match &item.kind {
        ItemKind::Impl(fact) => {
            let scope = crates.impl_scope(module, fact);
            let path = scope.self_ty.as_ref().map(|ty| type_path(crates, ty)).unwrap_or_default();
            (path, scope)
        }
        ItemKind::Trait(fact) => {
            let mut scope = crates.scope_with(&plain, &fact.generics);
            scope.self_ty = Some(Ty::Param(Name::new("Self")));
            (path_of(crates, module, item, def), scope)
        }
        _ => (path_of(crates, module, item, def), plain),
    };
    let members = match &item.kind {
        ItemKind::Impl(_) | ItemKind::Trait(_) => crates.members(item),
        _ => &[],
    };
    let container_site = out.len();
    let site = |item: &'a Item, inside: Option<&'a Item>, condition, path, scope| SiteData {
        item,
        def: if inside.is_some() { None } else { def },
        module,
        container: inside,
        container_site: inside.map(|_| container_site),
        condition,
        path,
        scope,
        elsewhere: false,
    };
    let mut found = Vec::new();
    for member in members {
        let own = condition.clone().and(crates.given(module, &member.condition));
        if own != Condition::Never {
            let inner = own_scope(crates, &scope, member);
            found.push(site(member, Some(item), own, format!("{path}::{}", member.name), inner));
        }
    }
    let scope = own_scope(crates, &scope, item);
    out.push(site(item, None, condition, path, scope));
    out.extend(found);
}

/// The scope inside a function: its parameters too.
fn own_scope(crates: &Crates, outer: &Scope, item: &Item) -> Scope {
    match &item.kind {
        ItemKind::Fn(function) if !function.generics.params.is_empty() => crates.scope_with(outer, &function.generics),
        _ => outer.clone(),
    }
}

fn path_of(crates: &Crates, module: ModuleId, item: &Item, def: Option<DefId>) -> String {
    match def.and_then(|def| crates.def(def)) {
        Some(found) => found.path.to_owned(),
        None if item.name.is_empty() => crates.module_path(module).to_owned(),
        None => format!("{}::{}", crates.module_path(module), item.name),
    }
}

/// The path that members of an impl for this type are called by.
fn type_path(crates: &Crates, ty: &Ty) -> String {
    match ty {
        Ty::Def(def, _) => crates.def(*def).map(|d| d.path.to_owned()).unwrap_or_default(),
        Ty::Ref(inner) => type_path(crates, inner),
        other => crates.ty_text(other),
    }
}
