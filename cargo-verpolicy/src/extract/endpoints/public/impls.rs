//! Implementations of traits: written ones and derived ones.

use super::super::super::crates::{DefId, Reached, implemented, is_hidden};
use super::super::super::signature::{self, Inside};
use super::texts::without_lifetimes;
use super::unnamed;
use super::{PublicItem, Reader};
use crate::model::{Condition, FieldForm, Form, ImplForm, TypeForm};
use crate::syntax::facts::{AttrArgs, FieldFact, Fields, Item, ItemKind, Name};
use std::collections::BTreeSet;

impl Reader<'_, '_> {
    /// What `#[derive(…)]` implements.
    pub(super) fn derives(&mut self, def: DefId, reached: &Reached, ty: &TypeForm) {
        let crates = self.crates;
        let generics = &ty.generics;
        let Some(found) = crates.def(def) else { return };
        let list: Vec<String> = (0..generics.params.len()).map(|i| format!("T{i}")).collect();
        let arguments = if list.is_empty() { String::new() } else { format!("<{}>", list.join(", ")) };
        for attr in found.item.attrs.iter().filter(|a| matches!(a.path.as_slice(), [one] if one == "derive")) {
            let AttrArgs::List(tokens) = &attr.args else { continue };
            let condition = reached.condition.clone().and(crates.given(found.module, &attr.condition));
            if condition == Condition::Never {
                continue;
            }
            for path in tokens.parts().iter().filter_map(|part| part.path()) {
                let segments: Vec<Name> = path.segments.iter().map(|s| s.name.clone()).collect();
                let path = crates.macro_path(found.module, &segments);
                let sources = if path == "thiserror::Error" { sources(found.item, ty) } else { BTreeSet::new() };
                for of in derived_traits(path).into_iter().chain(sources) {
                    let types = generics.params.iter().enumerate().filter(|(_, (kind, _))| kind == "type");
                    let mut bounds: BTreeSet<String> = types.map(|(i, _)| format!("T{i}: {of}")).collect();
                    bounds.extend(generics.bounds.iter().cloned());
                    let key = format!("impl {of} for {}{arguments}", reached.path);
                    let form = ImplForm { bounds, derived: true, ..ImplForm::default() };
                    self.out.push(PublicItem {
                        path: key.clone(),
                        paths: BTreeSet::new(),
                        owner: Some(reached.path.clone()),
                        form: Form::Impl(Box::new(form)),
                        word: "impl",
                        text: key.clone(),
                        condition: condition.clone(),
                        module: found.module,
                        pos: attr.pos,
                        attrs: &[],
                        documented: true,
                        handler: key,
                    });
                }
            }
        }
    }

    /// Impls of traits that can be named, for types that can be named, or for these that cannot.
    pub(super) fn impls(&mut self, package: usize, unnamed: Option<&BTreeSet<String>>) {
        let crates = self.crates;
        for (item, module) in crates.impls_in(package) {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            if fact.trait_path.is_none() || fact.negative || is_hidden(&item.attrs) {
                continue;
            }
            let condition = crates.condition_of(module).clone().and(crates.given(module, &item.condition));
            if condition == Condition::Never {
                continue;
            }
            let inside = signature::inside(self.around, module, fact, &item.condition);
            let Some(key) = impl_key(&inside, unnamed) else { continue };
            let owner = self.owner(&inside);
            if unnamed.is_some_and(|names| owner.as_ref().is_none_or(|owner| !names.contains(owner))) {
                continue;
            }
            let of_owner = owner.as_ref().and_then(|path| self.conditions.get(path)).cloned().unwrap_or_default();
            let condition = of_owner.and(condition);
            let scope = crates.impl_scope(module, fact);
            self.out.push(PublicItem {
                path: key.clone(),
                paths: BTreeSet::new(),
                owner,
                form: match unnamed {
                    Some(_) => unnamed::impl_form(inside.form(fact), fact),
                    None => inside.form(fact),
                },
                word: "impl",
                text: self.text(item, None, &scope, &key),
                condition,
                module,
                pos: item.pos,
                attrs: &item.attrs,
                documented: true,
                handler: key,
            });
        }
    }

    /// Impls of traits of this package that nobody outside can name, for types that can be named, where public functions and
    /// impls ask for these traits: who may call depends on them.
    pub(super) fn asked_for(&mut self, package: usize) {
        let crates = self.crates;
        let asked: BTreeSet<String> = self.out.iter().flat_map(|item| private_bounds(&item.form)).collect();
        for (item, module) in crates.impls_in(package).into_iter().filter(|_| !asked.is_empty()) {
            let ItemKind::Impl(fact) = &item.kind else { continue };
            let condition = crates.condition_of(module).clone().and(crates.given(module, &item.condition));
            if fact.trait_path.is_none() || fact.negative || condition == Condition::Never {
                continue;
            }
            let inside = signature::inside(self.around, module, fact, &item.condition);
            let Some(of) = inside.trait_text.as_deref().map(without_lifetimes) else { continue };
            let own = without_lifetimes(&inside.self_text);
            if !asked.contains(of.split('<').next().unwrap_or_default()) || own.contains("~::") {
                continue;
            }
            let key = format!("impl {of} for {own}");
            let scope = crates.impl_scope(module, fact);
            self.out.push(PublicItem {
                path: key.clone(),
                paths: BTreeSet::new(),
                owner: self.owner(&inside),
                form: inside.form(fact),
                word: "impl",
                text: self.text(item, None, &scope, &key),
                condition,
                module,
                pos: item.pos,
                attrs: &item.attrs,
                documented: true,
                handler: key,
            });
        }
    }

    /// The type of this package that an impl is for, else the trait.
    fn owner(&self, inside: &Inside<'_>) -> Option<String> {
        let base = |text: &str| {
            let text = without_lifetimes(text);
            let text = text.trim_start_matches(['&', '*', '[', '(']).trim_start_matches("mut ").to_owned();
            text.split(['<', ',', ']', ')', ' ']).next().unwrap_or_default().to_owned()
        };
        let known = |path: &String| self.conditions.contains_key(path);
        let of_type = Some(base(&inside.self_text)).filter(known);
        of_type.or_else(|| inside.trait_text.as_deref().map(base).filter(known))
    }
}

/// The traits that nobody outside can name and that something public asks parameters to have.
fn private_bounds(form: &Form) -> Vec<String> {
    let bounds = match form {
        Form::Function(form) => &form.generics.bounds,
        Form::Type(form) => &form.generics.bounds,
        Form::Impl(form) if !form.derived => &form.bounds,
        _ => return Vec::new(),
    };
    let asked = bounds.iter().filter_map(|bound| bound.split_once(": ~::").map(|(_, of)| of));
    asked.map(|of| format!("~::{}", of.split('<').next().unwrap_or_default())).collect()
}

/// The key of a trait impl: `impl Trait for Type`, lifetimes aside; `None` where nobody outside can name one of both, save
/// for types of these names.
fn impl_key(inside: &Inside<'_>, unnamed: Option<&BTreeSet<String>>) -> Option<String> {
    let of = inside.trait_text.as_deref()?;
    let others =
        unnamed::names_in(&inside.self_text).iter().any(|name| unnamed.is_none_or(|known| !known.contains(name)));
    if of.contains("~::") || others {
        return None;
    }
    let (of, own) = (without_lifetimes(of), without_lifetimes(&inside.self_text));
    let of = match of.strip_suffix(&format!("<{own}>")) {
        Some(short) if short.starts_with("std::cmp::") || short.starts_with("std::ops::") => short.to_owned(),
        _ => of,
    };
    let of = match of.as_str() {
        "serde::ser::Serialize" => "serde::Serialize".to_owned(),
        "serde::de::Deserialize" => "serde::Deserialize".to_owned(),
        _ => of,
    };
    Some(format!("impl {of} for {own}"))
}

/// The conversions that `#[from]` at a field asks for.
fn sources(item: &Item, ty: &TypeForm) -> BTreeSet<String> {
    let list = |fields: &Fields| match fields {
        Fields::Unit => Vec::new(),
        Fields::Tuple(list) | Fields::Named(list) => list.iter().map(is_source).collect(),
    };
    let (marked, forms): (Vec<bool>, Vec<&FieldForm>) = match &item.kind {
        ItemKind::Enum { variants, .. } => (
            variants.iter().filter(|v| v.condition != Condition::Never).flat_map(|v| list(&v.fields)).collect(),
            ty.variants.iter().flat_map(|(_, variant)| &variant.fields).collect(),
        ),
        ItemKind::Struct { fields, .. } => (list(fields), ty.fields.iter().collect()),
        _ => return BTreeSet::new(),
    };
    // A field under a condition that never holds stands on one list alone.
    if marked.len() != forms.len() {
        return BTreeSet::new();
    }
    let sources = marked.iter().zip(forms).filter(|(marked, _)| **marked);
    sources
        .filter_map(|(_, form)| Some(format!("std::convert::From<{}>", without_lifetimes(form.ty.as_deref()?))))
        .collect()
}

fn is_source(field: &FieldFact) -> bool {
    field.attrs.iter().any(|attr| matches!(attr.path.as_slice(), [one] if one == "from"))
}

/// The traits that a derive macro implements; where that is not known, one of its own path.
fn derived_traits(path: String) -> Vec<String> {
    implemented(&path).unwrap_or_else(|| vec![path])
}
