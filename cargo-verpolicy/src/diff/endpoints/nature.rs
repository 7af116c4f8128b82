//! What an endpoint is, as far as two sets are compared by it.

use crate::model::{
    BlindSpot, BlindSpotKind, Endpoint, EndpointContent, EndpointKey, Form, Kind, PathTemplate, Place, Prefix,
    Published,
};

pub(super) fn path_of(endpoint: &Endpoint) -> Option<&PathTemplate> {
    match &endpoint.key {
        EndpointKey::Http { path, .. } => Some(path),
        EndpointKey::Named { .. } => None,
    }
}

/// Of a route of whose path nothing is known: which one of the other side it is, or that it is none, nobody can tell.
pub(super) fn nowhere(endpoint: &Endpoint) -> Option<BlindSpot> {
    let path = path_of(endpoint)?;
    (path.prefix == Prefix::Unknown && path.segments.is_empty()).then(|| BlindSpot {
        kind: BlindSpotKind::UnknownPrefix,
        place: Some(endpoint.place.clone()),
        detail: endpoint.id(),
        hides: None,
    })
}

/// Where a reader looks for the endpoint.
pub(super) fn shown(endpoint: &Endpoint) -> Place {
    endpoint.place.clone()
}

/// The path of an item.
pub(super) fn item_path(endpoint: &Endpoint) -> Option<&str> {
    match &endpoint.key {
        EndpointKey::Named { kind: Kind::Item, path } => Some(path),
        _ => None,
    }
}

/// Could others name the item, and can no more? What is exported again from elsewhere is another item, without paths; what
/// is hidden from the documentation has none either, and says so itself.
pub(super) fn is_private(old: &Endpoint, new: &Endpoint) -> bool {
    match (&old.content, &new.content) {
        _ if new.published == Published::No => false,
        (EndpointContent::Item(a), EndpointContent::Item(b)) => {
            !a.paths.is_empty() && b.paths.is_empty() && a.item == b.item
        }
        _ => false,
    }
}

/// The path of the item that this one is a part of.
pub(super) fn owner(endpoint: &Endpoint) -> Option<&str> {
    match &endpoint.content {
        EndpointContent::Item(signature) => signature.owner.as_deref(),
        _ => None,
    }
}

pub(super) fn form_of(endpoint: &Endpoint) -> Option<&Form> {
    match &endpoint.content {
        EndpointContent::Item(signature) => Some(&signature.form),
        _ => None,
    }
}

/// The fields, variants and members that are not always there, and under which condition they are.
pub(super) fn conditional_parts(form: &Form) -> Vec<(String, &str)> {
    let mut out: Vec<(String, &str)> = Vec::new();
    match form {
        Form::Type(form) => {
            let fields = form.fields.iter().map(|field| (format!("field {}", field.name), field.condition.as_str()));
            let variants = form.variants.iter().map(|(name, v)| (format!("variant {name}"), v.condition.as_str()));
            out.extend(fields.chain(variants));
        }
        Form::Trait(form) => {
            out.extend(form.members.iter().map(|(name, member)| (name.clone(), member.condition.as_str())));
        }
        _ => {}
    }
    out.retain(|(_, condition)| !condition.is_empty());
    out
}

/// Is it a dependency? That one comes into public signatures, or leaves them, the signatures say.
pub(super) fn is_dependency(endpoint: &Endpoint) -> bool {
    form_of(endpoint).is_some_and(|form| matches!(form, Form::Dependency(_)))
}

/// Is it an impl of a trait, and one for every type?
pub(super) fn is_impl(endpoint: &Endpoint) -> Option<bool> {
    match &endpoint.content {
        EndpointContent::Item(signature) if signature.item == "impl" => {
            Some(matches!(&signature.form, Form::Impl(form) if form.blanket))
        }
        _ => None,
    }
}

/// Is it an impl of a trait that the compiler infers?
pub(super) fn of_auto_trait(endpoint: &Endpoint) -> bool {
    const TRAITS: [&str; 5] = [
        "std::marker::Send",
        "std::marker::Sync",
        "std::marker::Unpin",
        "std::panic::UnwindSafe",
        "std::panic::RefUnwindSafe",
    ];
    let of = item_path(endpoint).and_then(|path| path.strip_prefix("impl ")?.split(" for ").next());
    of.is_some_and(|of| TRAITS.contains(&of))
}
