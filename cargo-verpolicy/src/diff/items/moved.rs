//! Items whose canonical path changed: found again by any path they share, and called by the new one in old texts.

use super::super::matching::Matching;
use crate::model::{Endpoint, EndpointContent, EndpointKey, EndpointSet, Kind, Signature};
use std::collections::{BTreeMap, HashMap};

/// Old path → new path, of items that are the same.
#[derive(Clone, Debug, Default)]
pub(in crate::diff) struct Moved(BTreeMap<String, String>);

fn item(endpoint: &Endpoint) -> Option<(&str, &Signature)> {
    match (&endpoint.key, &endpoint.content) {
        (EndpointKey::Named { kind: Kind::Item, path }, EndpointContent::Item(signature)) => Some((path, signature)),
        _ => None,
    }
}

/// Pairs what is alone and can still be named by a path that it had.
pub(in crate::diff) fn pair(old: &EndpointSet, new: &EndpointSet, matching: &mut Matching) -> Moved {
    by_paths(old, new, matching);
    let mut moved = Moved::default();
    for (i, j) in &matching.pairs {
        if let (Some((was, signature)), Some((is, _))) =
            (old.endpoints.get(*i).and_then(item), new.endpoints.get(*j).and_then(item))
            && was != is
            && signature.owner.is_none()
        {
            moved.0.insert(was.to_owned(), is.to_owned());
        }
    }
    if !moved.0.is_empty() {
        let mut by_key: HashMap<String, usize> = HashMap::new();
        for j in &matching.added {
            if let Some((path, _)) = new.endpoints.get(*j).and_then(item) {
                by_key.insert(path.to_owned(), *j);
            }
        }
        for i in matching.removed.clone() {
            let Some((path, _)) = old.endpoints.get(i).and_then(item) else { continue };
            let mut path = path.to_owned();
            moved.rewrite(&mut path);
            if let Some(j) = by_key.remove(&path) {
                matching.removed.remove(&i);
                matching.added.remove(&j);
                matching.pairs.insert((i, j));
            }
        }
    }
    moved
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
    /// The signature in words of the new side.
    pub(in crate::diff) fn signature(&self, signature: &Signature) -> Option<Signature> {
        if self.0.is_empty() {
            return None;
        }
        let mut out = signature.clone();
        out.form.rewrite(&|text| self.rewrite(text));
        self.rewrite(&mut out.text);
        Some(out)
    }

    /// Replaces old paths by new ones.
    fn rewrite(&self, text: &mut String) {
        if self.0.is_empty() || !text.contains("::") {
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
            if let Some(to) = self.0.get(head) {
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
fn path_length(text: &str) -> usize {
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
