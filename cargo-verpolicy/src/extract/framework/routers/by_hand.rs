//! Services by hand: types of a package that answer whatever is asked, by an impl of tower's or hyper's `Service`.

use super::evaluate::Evaluation;
use super::roots::only_in_tests;
use crate::extract::crates::{Crates, ModuleId};
use crate::syntax::facts::{Bound, GenericArg, GenericParam, Generics, ImplFact, ItemKind, Path, Predicate, Type};

/// Crates whose `Service` answers requests.
const SERVICES: &[&str] = &["hyper", "tower", "tower_service"];

impl Evaluation<'_> {
    /// A type of this module's package that answers requests, and is no layer around another service: what a server there
    /// is handed that could not be read may be it.
    pub(super) fn answers_by_impl(&self, module: ModuleId) -> Option<String> {
        let package = self.crates.package_of_module(module)?;
        self.crates.modules_of(package).into_iter().find_map(|module| {
            if only_in_tests(self.crates.condition_of(module)) {
                return None;
            }
            let items = self.crates.items_of(module).into_iter().filter(|(item, _)| !only_in_tests(&item.condition));
            items.into_iter().find_map(|(item, _)| match &item.kind {
                ItemKind::Impl(fact) => answers_requests(self.crates, module, fact),
                _ => None,
            })
        })
    }
}

/// The type whose impl this is, where it makes a server of it.
fn answers_requests(crates: &Crates, module: ModuleId, fact: &ImplFact) -> Option<String> {
    let path = fact.trait_path.as_ref()?;
    let last = path.segments.last().filter(|last| last.name == "Service")?;
    let of_request =
        |arg: &GenericArg| matches!(arg, GenericArg::Type(Type::Path { path, .. }) if ends_as(path, "Request"));
    if !last.args.iter().any(of_request) || wraps_another(&fact.generics) {
        return None;
    }
    let full = crates.trait_path(module, path);
    if !full.split("::").next().is_some_and(|krate| SERVICES.contains(&krate)) {
        return None;
    }
    let Type::Path { path: owner, .. } = &fact.self_ty else { return None };
    Some(format!("{}::{}", crates.module_path(module), owner.segments.last()?.name))
}

/// Is it middleware: does a bound ask for a service?
fn wraps_another(generics: &Generics) -> bool {
    let asks = |bounds: &[Bound]| {
        bounds.iter().any(|bound| matches!(bound, Bound::Trait { path, .. } if ends_as(path, "Service")))
    };
    let param = |param: &GenericParam| matches!(param, GenericParam::Type { bounds, .. } if asks(bounds));
    let predicate = |one: &Predicate| matches!(one, Predicate::Type { bounds, .. } if asks(bounds));
    generics.params.iter().any(param) || generics.predicates.iter().any(predicate)
}

fn ends_as(path: &Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| last.name == name)
}
