//! Types that nobody outside can name, and that everybody gets: what functions return, fields and constants hold, and
//! implementations name. Their methods can be called all the same.

use super::super::super::crates::{DefId, Reached};
use super::Reader;
use crate::model::{Form, Function, GenericsForm, Inferred, TypeForm};
use crate::syntax::facts::{GenericParam, ImplFact, ItemKind, Vis};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// How many times types may lead to further ones.
const MAX_ROUNDS: usize = 8;

impl Reader<'_, '_> {
    /// Those that the items so far hand out, with their methods and impls.
    pub(super) fn unnamed(&mut self, package: usize) {
        let mut seen = BTreeSet::new();
        let mut read = 0;
        for _ in 0..MAX_ROUNDS {
            let mut handed = BTreeSet::new();
            self.out.iter().skip(read).for_each(|item| handed_out(&item.form, &mut handed));
            read = self.out.len();
            let fresh: BTreeMap<String, DefId> = handed
                .into_iter()
                .filter(|name| seen.insert(name.clone()))
                .filter_map(|name| self.only_type(&name).map(|def| (name, def)))
                .collect();
            if fresh.is_empty() {
                break;
            }
            for (name, def) in &fresh {
                let Some(found) = self.crates.def(*def) else { continue };
                let condition = found.condition.clone();
                self.conditions.insert(name.clone(), condition.clone());
                let start = self.out.len();
                self.item(*def, &Reached { path: name.clone(), paths: BTreeSet::new(), condition });
                for item in self.out.iter_mut().skip(start) {
                    if let Form::Type(form) = &mut item.form {
                        **form = from_outside(form);
                    }
                }
            }
            self.impls(package, Some(&fresh.into_keys().collect()));
        }
    }

    /// The one type that goes by this name.
    fn only_type(&self, name: &str) -> Option<DefId> {
        let unnamed = self.around.surface.unnamed.lock().ok()?;
        let mut found = unnamed.get(name)?.iter().copied();
        let only = found.next().filter(|_| found.next().is_none())?;
        let item = self.crates.def(only)?.item;
        let is_type = matches!(item.kind, ItemKind::Struct { .. } | ItemKind::Enum { .. } | ItemKind::Union { .. });
        (is_type && item.vis == Vis::Public).then_some(only)
    }
}

/// What code notices of a type that it cannot name: nobody builds it, matches it, or writes its arguments.
fn from_outside(form: &TypeForm) -> TypeForm {
    let inferred = match form.generics.params.is_empty() {
        true => form.inferred.clone(),
        false => Inferred { unknown: form.inferred.unknown.clone(), ..Inferred::default() },
    };
    TypeForm {
        layout: form.layout,
        fields: form.fields.clone(),
        open: true,
        generics: GenericsForm::default(),
        inferred: Inferred { variance: Vec::new(), ..inferred },
        macros: form.macros.clone(),
        guessed_of: form.guessed_of.clone(),
        ..TypeForm::default()
    }
}

/// An impl for such a type: that it is there; what it makes, where the type has no parameters that may be others.
pub(super) fn impl_form(form: Form, fact: &ImplFact) -> Form {
    let Form::Impl(mut form) = form else { return form };
    form.bounds = BTreeSet::new();
    if fact.generics.params.iter().any(|param| !matches!(param, GenericParam::Lifetime { .. })) {
        form.types = BTreeMap::new();
    }
    Form::Impl(form)
}

/// The names of types in what an item hands out.
fn handed_out(form: &Form, out: &mut BTreeSet<String>) {
    let names = RefCell::new(out);
    let add = |text: &str| names.borrow_mut().extend(names_in(text));
    let returned = |function: &Function| add(&function.ret);
    match form {
        Form::Function(function) => returned(function),
        Form::Type(form) => {
            let of_variants = form.variants.iter().flat_map(|(_, variant)| &variant.fields);
            form.fields.iter().chain(of_variants).filter_map(|field| field.ty.as_deref()).for_each(add);
        }
        Form::Trait(form) => {
            for member in form.members.values() {
                match &member.form {
                    Form::Function(function) => returned(function),
                    Form::Value(value) => add(&value.ty),
                    _ => {}
                }
            }
        }
        Form::Impl(form) => form.types.values().for_each(|text| add(text)),
        Form::Value(value) => add(&value.ty),
        Form::Text | Form::Macro(_) | Form::Feature(_) | Form::Dependency(_) => {}
    }
}

/// The names in a text of what nobody can name: `~::Name`.
pub(super) fn names_in(text: &str) -> BTreeSet<String> {
    let found = text.match_indices("~::").filter_map(|(at, mark)| {
        let rest = text.get(at + mark.len()..)?;
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        rest.get(..end).map(|name| format!("{mark}{name}"))
    });
    found.collect()
}
