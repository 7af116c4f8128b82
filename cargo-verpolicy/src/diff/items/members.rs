//! Associated types of traits that nobody else can name or implement, under another name: which are one, all
//! implementations of both sides say.

use crate::model::{EndpointContent, EndpointKey, EndpointSet, Form, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// The new names of associated types by trait and old name.
#[derive(Clone, Debug, Default)]
pub(super) struct Members(BTreeMap<String, BTreeMap<String, String>>);

/// What a type is by the name of an associated type, and by the type that implements the trait.
type Values<'e> = BTreeMap<&'e str, BTreeMap<&'e str, &'e str>>;

impl Members {
    pub(super) fn of(old: &EndpointSet, new: &EndpointSet) -> Self {
        let (old, new) = (values(old), values(new));
        let mut out = BTreeMap::new();
        for (of, was) in &old {
            let Some(is) = new.get(of) else { continue };
            let mut names: BTreeMap<String, String> = BTreeMap::new();
            for (name, before) in was.iter().filter(|(name, _)| !is.contains_key(*name)) {
                // Types that did not implement it before tell nothing.
                let same = |after: &BTreeMap<&str, &str>| before.iter().all(|(ty, value)| after.get(ty) == Some(value));
                let mut found = is.iter().filter(|(name, after)| !was.contains_key(*name) && same(after));
                if let (Some((other, _)), None) = (found.next(), found.next()) {
                    names.insert((*name).to_owned(), (*other).to_owned());
                }
            }
            if !names.is_empty() {
                out.insert((*of).to_owned(), names);
            }
        }
        Self(out)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Calls what the form asks of its parameters by the new names.
    pub(super) fn rename(&self, form: &mut Form) {
        let mut names: Vec<(String, String)> = Vec::new();
        for (subject, of) in bounds(form).iter().filter_map(|bound| bound.split_once(": ")) {
            let of = of.split('<').next().unwrap_or_default();
            let renamed = self.0.get(of).into_iter().flatten();
            names.extend(renamed.map(|(was, is)| (format!("{subject}::{was}"), format!("{subject}::{is}"))));
        }
        if !names.is_empty() {
            form.rewrite(&|text| {
                for (was, is) in &names {
                    *text = replaced(text, was, is);
                }
            });
        }
    }
}

/// The text with one path in the place of another.
fn replaced(text: &str, was: &str, is: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let part = |c: char| c.is_alphanumeric() || c == '_';
    while let Some(at) = rest.find(was) {
        let (before, found) = rest.split_at(at);
        let after = found.get(was.len()..).unwrap_or_default();
        out.push_str(before);
        let whole = !before.ends_with(part) && !after.starts_with(part);
        out.push_str(if whole { is } else { was });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// All bounds of a form.
fn bounds(form: &Form) -> BTreeSet<String> {
    match form {
        Form::Function(form) => form.generics.bounds.clone(),
        Form::Type(form) => form.generics.bounds.clone(),
        Form::Impl(form) => form.bounds.clone(),
        Form::Value(form) => form.generics.bounds.clone(),
        // A member has its own.
        Form::Trait(form) => {
            form.members.values().flat_map(|member| bounds(&member.form)).chain(form.generics.bounds.clone()).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// The associated types of what nobody else can name, by trait, name and type.
fn values(set: &EndpointSet) -> BTreeMap<&str, Values<'_>> {
    let mut out: BTreeMap<&str, Values<'_>> = BTreeMap::new();
    for endpoint in &set.endpoints {
        let (EndpointKey::Named { kind: Kind::Item, path }, EndpointContent::Item(signature)) =
            (&endpoint.key, &endpoint.content)
        else {
            continue;
        };
        let head = path.strip_prefix("impl ").filter(|head| head.starts_with("~::"));
        let (Some((of, ty)), Form::Impl(form)) = (head.and_then(|head| head.split_once(" for ")), &signature.form)
        else {
            continue;
        };
        for (name, value) in &form.types {
            out.entry(of).or_default().entry(name).or_default().insert(ty, value);
        }
    }
    out
}
