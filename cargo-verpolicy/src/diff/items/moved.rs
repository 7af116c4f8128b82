//! Items whose canonical path changed: found again by any path they share, and called by the new one in old texts.

use super::super::matching::Matching;
use super::defaults::Defaults;
use super::members::Members;
use crate::model::{
    Endpoint, EndpointContent, EndpointKey, EndpointSet, Form, GenericsForm, Kind, Layout, Signature, TypeForm,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Items that are called by another path now.
#[derive(Clone, Debug, Default)]
pub(in crate::diff) struct Moved {
    /// Old path → new path, of items that are the same.
    paths: BTreeMap<String, String>,
    /// Old paths of items that come from another package now.
    away: BTreeSet<String>,
    /// Old paths of types that are an alias of their new name now.
    aliased: BTreeSet<String>,
    /// Types that gained parameters with defaults.
    defaults: Defaults,
    /// Associated types that nobody else can name, by other names.
    members: Members,
}

/// Where an item comes from now that was defined here: `other::Basket`.
pub(super) fn away<'n>(old: &Signature, new: &'n Signature) -> Option<&'n str> {
    let target = new.text.strip_prefix("use ").filter(|_| new.item == "use" && old.item != "use")?;
    let head = |path: &str| path.split("::").next().unwrap_or_default().to_owned();
    let own = old.paths.first().map(|path| head(path));
    (own.is_some() && own != Some(head(target))).then_some(target)
}

/// What a re-export from another package leads to.
pub(in crate::diff) fn target(endpoint: &Endpoint) -> Option<&str> {
    let (_, signature) = item(endpoint).filter(|(_, signature)| signature.item == "use")?;
    signature.text.strip_prefix("use ")
}

/// What a side exports again from other packages, by the paths where it does, globs aside.
pub(in crate::diff) fn exported(set: &EndpointSet) -> Vec<(&str, &str)> {
    let all = set.endpoints.iter().filter_map(|endpoint| Some((item(endpoint)?.0, target(endpoint)?)));
    all.filter(|(_, target)| !target.ends_with('*')).collect()
}

/// Where a path leads of which a module around comes from another package: `other::zstd::Level`.
pub(in crate::diff) fn by_module(path: &str, exported: &[(&str, &str)]) -> Option<String> {
    let inside = |module: &str| path.strip_prefix(module)?.strip_prefix("::");
    exported.iter().find_map(|(module, target)| inside(module).map(|inside| format!("{target}::{inside}")))
}

fn item(endpoint: &Endpoint) -> Option<(&str, &Signature)> {
    match (&endpoint.key, &endpoint.content) {
        (EndpointKey::Named { kind: Kind::Item, path }, EndpointContent::Item(signature)) => Some((path, signature)),
        _ => None,
    }
}

/// Pairs what is alone and can still be named by a path that it had.
pub(in crate::diff) fn pair(old: &EndpointSet, new: &EndpointSet, matching: &mut Matching) -> Moved {
    by_paths(old, new, matching);
    for_every_argument(old, new, matching);
    let mut moved = Moved { members: Members::of(old, new), ..Moved::default() };
    renamed(old, new, matching, &mut moved);
    for (i, j) in &matching.pairs {
        if let (Some((was, signature)), Some((is, new_signature))) =
            (old.endpoints.get(*i).and_then(item), new.endpoints.get(*j).and_then(item))
            && signature.owner.is_none()
        {
            if let Some(target) = away(signature, new_signature) {
                moved.paths.insert(was.to_owned(), target.to_owned());
                moved.away.insert(was.to_owned());
            } else if was != is {
                moved.paths.insert(was.to_owned(), is.to_owned());
            }
            if let (Form::Type(a), Form::Type(b)) = (&signature.form, &new_signature.form) {
                moved.defaults.note(is, &a.generics, &b.generics);
            }
        }
    }
    let exported = exported(new);
    for (path, signature) in matching.removed.iter().filter_map(|i| old.endpoints.get(*i).and_then(item)) {
        if let Some(target) = by_module(path, &exported).filter(|_| signature.owner.is_none() && !path.contains(' ')) {
            moved.paths.insert(path.to_owned(), target);
        }
    }
    if !moved.paths.is_empty() || !moved.defaults.is_empty() {
        let mut by_key: HashMap<String, usize> = HashMap::new();
        for j in &matching.added {
            if let Some((path, _)) = new.endpoints.get(*j).and_then(item) {
                by_key.insert(path.to_owned(), *j);
            }
        }
        for i in matching.removed.clone() {
            let Some((path, _)) = old.endpoints.get(i).and_then(item) else { continue };
            let path = moved.key(path);
            if let Some(j) = by_key.remove(&path) {
                matching.removed.remove(&i);
                matching.added.remove(&j);
                matching.pairs.insert((i, j));
            }
        }
    }
    moved
}

/// A type under a new name whose old one is an alias of it: they are one.
fn renamed(old: &EndpointSet, new: &EndpointSet, matching: &mut Matching, moved: &mut Moved) {
    for (i, j) in matching.pairs.clone() {
        let pair = old.endpoints.get(i).and_then(item).zip(new.endpoints.get(j).and_then(item));
        let Some(((path, was), (_, alias))) = pair else { continue };
        let (Form::Type(form), Form::Value(value)) = (&was.form, &alias.form) else { continue };
        if alias.item != "type" || !alias.paths.is_superset(&was.paths) || !is_whole_by_alias(form) {
            continue;
        }
        let Some(target) = same_arguments(&value.ty, &form.generics) else { continue };
        let found = matching.added.iter().copied().find(|j| {
            let found = new.endpoints.get(*j).and_then(item);
            found.is_some_and(|(path, is)| path == target && matches!(is.form, Form::Type(_)) && is.item == was.item)
        });
        // Of an enum, the alias stays the pair of the type: nobody can `use E::Variant` of one.
        if found.is_some() && !form.variants.is_empty() {
            moved.paths.insert(path.to_owned(), target.to_owned());
        } else if let Some(target_at) = found {
            matching.pairs.remove(&(i, j));
            matching.added.remove(&target_at);
            matching.pairs.insert((i, target_at));
            moved.paths.insert(path.to_owned(), target.to_owned());
            moved.aliased.insert(path.to_owned());
        }
    }
}

/// Does an alias of the type do all that the type did? It makes no value by a bare name, `A` or `A(1)`.
fn is_whole_by_alias(form: &TypeForm) -> bool {
    form.layout == Layout::Named || !form.variants.is_empty() || form.fields.iter().any(|field| field.ty.is_none())
}

/// The type that an alias stands for, where it hands its own parameters on as they are.
fn same_arguments<'t>(ty: &'t str, generics: &GenericsForm) -> Option<&'t str> {
    let (target, args) = match ty.split_once('<') {
        Some((target, args)) => (target, args.strip_suffix('>')?),
        None => (ty, ""),
    };
    let args: Vec<&str> = args.split(", ").filter(|arg| !arg.is_empty()).collect();
    let (lifetimes, args): (Vec<&str>, Vec<&str>) = args.into_iter().partition(|arg| arg.starts_with('\''));
    let same = args.len() == generics.params.len() && args.iter().enumerate().all(|(n, arg)| *arg == format!("F{n}"));
    (same && lifetimes.len() == generics.lifetimes).then_some(target)
}

/// Pairs a method of `V<u8>` with that of `V<T>`.
fn for_every_argument(old: &EndpointSet, new: &EndpointSet, matching: &mut Matching) {
    for i in matching.removed.clone() {
        let Some((path, _)) = old.endpoints.get(i).and_then(item) else { continue };
        let Some((of, name)) = path.rsplit_once(">::").filter(|_| !path.starts_with("impl ")) else { continue };
        let general = of.split_once('<').map(|(base, _)| format!("{base}::{name}"));
        let is_general = |j: &usize| new.endpoints.get(*j).and_then(item).map(|(path, _)| path) == general.as_deref();
        if let Some(j) = matching.added.iter().copied().find(is_general) {
            matching.removed.remove(&i);
            matching.added.remove(&j);
            matching.pairs.insert((i, j));
        }
    }
}

fn by_paths(old: &EndpointSet, new: &EndpointSet, matching: &mut Matching) {
    let mut by_path: HashMap<(&str, &str), usize> = HashMap::new();
    for j in &matching.added {
        let Some((path, signature)) = new.endpoints.get(*j).and_then(item) else { continue };
        let paths = signature.paths.iter().map(String::as_str).chain([path]);
        for path in paths {
            by_path.insert((path, signature.item.as_str()), *j);
        }
    }
    if by_path.is_empty() {
        return;
    }
    for i in matching.removed.clone() {
        let Some((path, signature)) = old.endpoints.get(i).and_then(item) else { continue };
        let mut paths = std::iter::once(path).chain(signature.paths.iter().map(String::as_str));
        let found = paths.find_map(|path| by_path.get(&(path, signature.item.as_str())).copied());
        if let Some(j) = found.filter(|j| matching.added.contains(j)) {
            matching.removed.remove(&i);
            matching.added.remove(&j);
            matching.pairs.insert((i, j));
        }
    }
}

impl Moved {
    /// Does the item of this old path come from another package now?
    pub(in crate::diff) fn is_away(&self, path: &str) -> bool {
        self.away.contains(path)
    }

    /// Is the type of this old path an alias of its new name now?
    pub(in crate::diff) fn is_aliased(&self, path: &str) -> bool {
        self.aliased.contains(path)
    }

    /// The signature in words of the new side.
    pub(in crate::diff) fn signature(&self, signature: &Signature) -> Option<Signature> {
        if self.paths.is_empty() && self.defaults.is_empty() && self.members.is_empty() {
            return None;
        }
        let mut out = signature.clone();
        self.members.rename(&mut out.form);
        out.form.rewrite(&|text| self.rewrite(text));
        self.rewrite(&mut out.text);
        // A type that names itself has its own parameters there.
        let others = match signature.owner {
            None => self.defaults.without(&out.paths),
            Some(_) => self.defaults.clone(),
        };
        if !others.is_empty() {
            out.form.rewrite(&|text| *text = others.written_out(text));
        }
        Some(out)
    }

    /// The key of an old item in words of the new side.
    pub(super) fn key(&self, path: &str) -> String {
        let mut path = path.to_owned();
        self.rewrite(&mut path);
        if path.starts_with("impl ") { self.defaults.written_out(&path) } else { path }
    }

    /// Replaces old paths by new ones.
    fn rewrite(&self, text: &mut String) {
        if self.paths.is_empty() || !text.contains("::") {
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let length = path_length(rest);
            if length == 0 {
                let step = rest.chars().next().map_or(1, char::len_utf8);
                let (head, tail) = rest.split_at(step);
                out.push_str(head);
                rest = tail;
                continue;
            }
            let (path, tail) = rest.split_at(length);
            out.push_str(&self.path(path));
            rest = tail;
        }
        *text = out;
    }

    /// A path, or the beginning of one, under its new name.
    fn path(&self, path: &str) -> String {
        let mut end = path.len();
        loop {
            let head = path.get(..end).unwrap_or_default();
            if let Some(to) = self.paths.get(head) {
                return format!("{to}{}", path.get(end..).unwrap_or_default());
            }
            match head.rfind("::") {
                Some(at) => end = at,
                None => return path.to_owned(),
            }
        }
    }
}

/// How long the path is that a text begins with: words joined by `::`.
pub(super) fn path_length(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = text.get(end..).unwrap_or_default();
        let word: usize = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum();
        if word == 0 {
            return end;
        }
        end += word;
        let rest = text.get(end..).unwrap_or_default();
        let next = rest.strip_prefix("::").and_then(|r| r.chars().next());
        if next.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            end += 2;
        } else {
            return end;
        }
    }
}
