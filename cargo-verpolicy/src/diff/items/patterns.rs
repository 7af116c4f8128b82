//! Constants in patterns: the compiler takes those only whose type derives `PartialEq`.

use super::super::ChangeKind as K;
use crate::model::{Endpoint, EndpointContent, EndpointKey, EndpointSet, Form, Kind, TypeForm};

/// What it means that `PartialEq` of a type is written by hand now, with a constant that can no longer be matched.
pub(in crate::diff) fn lost(old: &Endpoint, new: &Endpoint, was: &EndpointSet) -> Option<(K, String)> {
    let (Some((path, Form::Impl(before))), Some((_, Form::Impl(after)))) = (item(old), item(new)) else { return None };
    if !path.starts_with("impl std::cmp::PartialEq") || !before.derived || after.derived {
        return None;
    }
    let EndpointContent::Item(signature) = &old.content else { return None };
    let ty = signature.owner.as_deref()?;
    let items = || was.endpoints.iter().filter_map(item);
    let of_type = |form: &Form| matches!(form, Form::Value(value) if names(&value.ty, ty));
    let constants = was.endpoints.iter().filter(|endpoint| is_constant(endpoint));
    if let Some((constant, _)) = constants.filter_map(item).find(|(_, form)| of_type(form)) {
        return Some((K::ItemConstantPatternRemoved, constant.to_owned()));
    }
    let makes = |form: &Form| matches!(form, Form::Function(function) if function.is_const && names(&function.ret, ty));
    let built = items().any(|(path, form)| path == ty && matches!(form, Form::Type(form) if can_be_built(form)));
    (built || items().any(|(_, form)| makes(form))).then(|| (K::ItemOwnConstantPatternRemoved, ty.to_owned()))
}

fn item(endpoint: &Endpoint) -> Option<(&str, &Form)> {
    match (&endpoint.key, &endpoint.content) {
        (EndpointKey::Named { kind: Kind::Item, path }, EndpointContent::Item(signature)) => {
            Some((path, &signature.form))
        }
        _ => None,
    }
}

fn is_constant(endpoint: &Endpoint) -> bool {
    matches!(&endpoint.content, EndpointContent::Item(signature) if signature.item == "const")
}

/// Does a type speak of this one?
fn names(text: &str, path: &str) -> bool {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':'))).any(|word| word == path)
}

/// Can others write down a value of it?
fn can_be_built(form: &TypeForm) -> bool {
    let visible = |form: &TypeForm| !form.open && !form.hidden && form.fields.iter().all(|field| field.ty.is_some());
    match form.variants.as_slice() {
        [] => visible(form),
        variants => variants.iter().any(|(_, variant)| visible(variant)),
    }
}
