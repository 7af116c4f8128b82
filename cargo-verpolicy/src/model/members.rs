//! Fields and variants of marked types, which a mark of their own makes endpoints.

use super::{Endpoint, EndpointContent, EndpointKey, EndpointSet, Form, Kind, Member, Shape, TypeForm};
use std::collections::BTreeSet;

impl EndpointSet {
    /// Paths of all fields and variants that the types of this set have, marked or not: `my_crate::Type::field`,
    /// `my_crate::Enum::Variant`, `my_crate::Enum::Variant::field`.
    #[must_use]
    pub fn member_paths(&self) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        let mut wire_types = BTreeSet::new();
        for endpoint in &self.endpoints {
            match (&endpoint.key, &endpoint.content) {
                (EndpointKey::Named { path, .. }, EndpointContent::Item(signature)) => {
                    if let Form::Type(form) = &signature.form {
                        of_type(path, form, &mut out);
                    }
                }
                (EndpointKey::Named { path, .. }, EndpointContent::Message { .. } | EndpointContent::Config { .. }) => {
                    wire_types.insert(path.as_str());
                }
                _ => {}
            }
        }
        if wire_types.is_empty() {
            return out;
        }
        let mut member = |member: &Member| {
            if wire_types.contains(member.owner.as_str()) && !member.name.is_empty() {
                out.insert(format!("{}::{}", member.owner, member.name.replace('.', "::")));
            }
        };
        for (_, node) in self.shapes.iter() {
            match &node.shape {
                Shape::Object(object) => object.fields.iter().for_each(|field| member(&field.member)),
                Shape::Enum(shape) => shape.variants.iter().for_each(|variant| member(&variant.member)),
                _ => {}
            }
        }
        out
    }

    /// The type of which an endpoint is a field or a variant, where that type is an endpoint too.
    #[must_use]
    pub fn type_around(&self, endpoint: &Endpoint) -> Option<&Endpoint> {
        let EndpointKey::Named { kind, path } = &endpoint.key else { return None };
        let member = match &endpoint.content {
            EndpointContent::Item(signature) => matches!(signature.item.as_str(), "field" | "variant"),
            EndpointContent::Message { .. } | EndpointContent::Config { .. } => true,
            EndpointContent::Http(_) => false,
        };
        if !member {
            return None;
        }
        let is_type = |found: &&Endpoint| match &found.content {
            EndpointContent::Item(signature) => matches!(signature.form, Form::Type(_)),
            _ => !std::ptr::eq(*found, endpoint),
        };
        // A field of a variant stands two below its type; the variant between them may have a mark of its own.
        let above = path.rsplit_once("::")?.0;
        let owner = |of: &str| self.named(*kind, of).filter(is_type);
        above.rsplit_once("::").and_then(|(two_above, _)| owner(two_above)).or_else(|| owner(above))
    }

    fn named(&self, kind: Kind, path: &str) -> Option<&Endpoint> {
        self.endpoints
            .iter()
            .find(|e| matches!(&e.key, EndpointKey::Named { kind: k, path: p } if *k == kind && p == path))
    }
}

fn of_type(path: &str, form: &TypeForm, out: &mut BTreeSet<String>) {
    out.extend(form.fields.iter().map(|field| format!("{path}::{}", field.name)));
    for (name, variant) in &form.variants {
        let path = format!("{path}::{name}");
        of_type(&path, variant, out);
        out.insert(path);
    }
}
