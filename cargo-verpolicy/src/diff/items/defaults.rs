//! Types that gained parameters with defaults: who writes the type without them means the defaults.

use super::moved::path_length;
use super::split::{enclosed, list};
use crate::model::{Form, GenericsForm, TypeForm};
use std::collections::{BTreeMap, BTreeSet};

/// Types with parameters that they did not have, by path.
#[derive(Clone, Debug, Default)]
pub(super) struct Defaults {
    of: BTreeMap<String, Gained>,
}

/// What a type gained.
#[derive(Clone, Debug)]
struct Gained {
    /// How many parameters it had.
    had: usize,
    /// The defaults of those that came; in them, `T0` is the first parameter of all.
    defaults: Vec<String>,
}

impl Defaults {
    /// Those of the standard library that can be left out.
    pub(super) fn standard() -> Self {
        let one = |path: &str, had: usize| {
            (path.to_owned(), Gained { had, defaults: vec!["std::hash::RandomState".to_owned()] })
        };
        Self { of: [one("std::collections::HashMap", 2), one("std::collections::HashSet", 1)].into() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Those of other types than the one of these paths.
    pub(super) fn without(&self, paths: &BTreeSet<String>) -> Self {
        let others = self.of.iter().filter(|(path, _)| !paths.contains(*path));
        Self { of: others.map(|(path, gained)| (path.clone(), gained.clone())).collect() }
    }

    /// Notes a type that has more parameters now, all of the new ones with defaults.
    pub(super) fn note(&mut self, path: &str, old: &GenericsForm, new: &GenericsForm) {
        if let Some(defaults) = gained(old, new) {
            let gained = Gained { had: old.params.len(), defaults };
            self.of.insert(path.to_owned(), gained);
        }
    }

    /// A text of the old side, with the defaults of the new one.
    pub(super) fn written_out(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
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
            out.push_str(path);
            rest = tail;
            if let Some(gained) = self.of.get(path) {
                let (inner, tail) = enclosed(tail).unwrap_or(("", tail));
                let mut arguments: Vec<String> = list(inner).into_iter().map(|part| self.written_out(part)).collect();
                gained.complete(&mut arguments);
                out.push_str(&if arguments.is_empty() { String::new() } else { format!("<{}>", arguments.join(", ")) });
                rest = tail;
            }
        }
        out
    }
}

impl Gained {
    fn complete(&self, arguments: &mut Vec<String>) {
        let given: Vec<String> = arguments.iter().filter(|text| !text.starts_with('\'')).cloned().collect();
        if given.len() == self.had {
            arguments.extend(self.defaults.iter().map(|default| applied(default, &given)));
        }
    }
}

/// The defaults of the parameters that came behind those that were there.
pub(super) fn gained(old: &GenericsForm, new: &GenericsForm) -> Option<Vec<String>> {
    let same = old.lifetimes == new.lifetimes && old.params.iter().zip(&new.params).all(|(a, b)| a.0 == b.0);
    if !same || old.params.len() >= new.params.len() {
        return None;
    }
    new.params.iter().skip(old.params.len()).map(|(_, default)| default.clone()).collect()
}

/// What the new type is where nothing is said of the parameters that came.
pub(super) fn form(old: &TypeForm, new: &TypeForm) -> Option<TypeForm> {
    let defaults = gained(&old.generics, &new.generics)?;
    let mut given: Vec<String> = (0..old.generics.params.len()).map(|number| format!("T{number}")).collect();
    for default in defaults {
        given.push(applied(&default, &given));
    }
    let mut form = Form::Type(Box::new(new.clone()));
    form.rewrite(&|text| *text = applied(text, &given));
    match form {
        // What is inferred, and how many there are, is of the type as it is.
        Form::Type(form) => Some(TypeForm { generics: new.generics.clone(), ..*form }),
        _ => None,
    }
}

/// A default with these in place of the parameters before it.
fn applied(default: &str, given: &[String]) -> String {
    let mut out = String::with_capacity(default.len());
    let mut rest = default;
    while !rest.is_empty() {
        let step = path_length(rest).max(rest.chars().next().map_or(1, char::len_utf8));
        let (word, tail) = rest.split_at(step);
        let number = word.strip_prefix('T').and_then(|digits| digits.parse::<usize>().ok());
        out.push_str(number.and_then(|number| given.get(number)).map_or(word, String::as_str));
        rest = tail;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_texts_are_written_with_new_defaults() {
        let form = |params: &[Option<&str>]| GenericsForm {
            params: params.iter().map(|d| ("type".to_owned(), d.map(str::to_owned))).collect(),
            ..GenericsForm::default()
        };
        let mut defaults = Defaults::default();
        defaults.note("a::Err", &form(&[None]), &form(&[None, Some("T0")]));
        defaults.note("a::V", &form(&[]), &form(&[Some("a::Global")]));
        defaults.note("a::No", &form(&[None]), &form(&[None, None]));
        for (text, expected) in [
            ("a::Err<u8>", "a::Err<u8, u8>"),
            ("a::Err<a::Err<F0>>", "a::Err<a::Err<F0, F0>, a::Err<F0, F0>>"),
            ("&'0 a::V", "&'0 a::V<a::Global>"),
            ("a::V::new", "a::V::new"),
            ("b::a::V", "b::a::V"),
            ("a::No<u8>", "a::No<u8>"),
        ] {
            assert_eq!(defaults.written_out(text), expected, "{text}");
        }
    }
}
