//! Bounds, `where` clauses and generic parameters as normalised text.

use super::normal::Normal;
use crate::syntax::facts::{Bound, GenericArg, GenericParam, Generics, Name, Predicate};
use std::collections::BTreeSet;

impl Normal<'_> {
    /// Bounds, sorted.
    pub(super) fn bounds(&mut self, bounds: &[Bound]) -> Vec<String> {
        let mut out: Vec<String> = bounds.iter().filter_map(|bound| self.bound(bound)).collect();
        out.sort();
        out.dedup();
        out
    }

    fn bound(&mut self, bound: &Bound) -> Option<String> {
        Some(match bound {
            Bound::Lifetime(name) => self.named(name),
            Bound::Trait { maybe, lifetimes, path } => {
                let text = self.binder(lifetimes, |normal| normal.path(path));
                match (maybe, text.as_str()) {
                    (true, _) => format!("?{text}"),
                    (false, "std::marker::Sized") => return None,
                    (false, _) => text,
                }
            }
            Bound::Use(_) => return None,
        })
    }

    /// Something under `for<…>`.
    fn binder(&mut self, names: &[Name], write: impl FnOnce(&mut Self) -> String) -> String {
        if names.is_empty() {
            return write(self);
        }
        let saved: Vec<Option<String>> =
            names.iter().map(|name| self.lifetimes.insert(name.clone(), String::new())).collect();
        let met = self.met.len();
        let out = write(self);
        self.met.truncate(met);
        for (name, old) in names.iter().zip(saved) {
            match old {
                Some(old) => self.lifetimes.insert(name.clone(), old),
                None => self.lifetimes.remove(name),
            };
        }
        if !self.bound {
            self.next_bound = 0;
        }
        out
    }

    /// All bounds of these parameters, inline ones and those of the `where` clause.
    pub(super) fn clauses(&mut self, generics: &Generics) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        for param in &generics.params {
            match param {
                GenericParam::Lifetime { name, bounds } => self.outlives(name, bounds, &mut out),
                GenericParam::Type { name, bounds, .. } => {
                    let subject = self.params.get(name).cloned().unwrap_or_default();
                    for bound in bounds {
                        self.asked(&subject, bound, &mut out);
                    }
                }
                GenericParam::Const { .. } => {}
            }
        }
        for predicate in &generics.predicates {
            match predicate {
                Predicate::Lifetime { name, bounds } => self.outlives(name, bounds, &mut out),
                Predicate::Type { lifetimes, ty, bounds } if lifetimes.is_empty() => {
                    for bound in bounds {
                        let subject = self.ty(ty);
                        self.asked(&subject, bound, &mut out);
                    }
                }
                Predicate::Type { lifetimes, ty, bounds } => {
                    for bound in bounds {
                        let mut written = None;
                        let subject = self.binder(lifetimes, |normal| {
                            let subject = normal.ty(ty);
                            written = normal.bound(bound);
                            subject
                        });
                        out.extend(written.map(|bound| format!("{subject}: {bound}")));
                    }
                }
            }
        }
        out
    }

    /// One bound of a subject. What it says of associated types is apart: `T: Iterator<Item: Clone>` is
    /// `T: Iterator` and `T::Item: Clone`.
    fn asked(&mut self, subject: &str, bound: &Bound, out: &mut BTreeSet<String>) {
        let apart = match bound {
            Bound::Trait { path, lifetimes, .. } if lifetimes.is_empty() => {
                path.segments.last().map(|last| (path, last))
            }
            _ => None,
        };
        let before = std::mem::replace(&mut self.bounds_apart, apart.is_some());
        out.extend(self.bound(bound).map(|bound| format!("{subject}: {bound}")));
        if let Some((path, last)) = apart {
            for arg in &last.args {
                let GenericArg::Bounds(name, bounds) = arg else { continue };
                let plain = subject.chars().all(|c| c.is_ascii_alphanumeric());
                let of = match plain {
                    true => format!("{subject}::{name}"),
                    false => format!("<{subject} as {}>::{name}", self.path(path)),
                };
                bounds.iter().for_each(|bound| self.asked(&of, bound, out));
            }
        }
        self.bounds_apart = before;
    }

    fn outlives(&mut self, name: &Name, bounds: &[Name], out: &mut BTreeSet<String>) {
        for bound in bounds {
            let text = format!("{}: {}", self.named(name), self.named(bound));
            out.insert(text);
        }
    }

    /// Parameters in order with their defaults.
    pub(super) fn parameters(&mut self, generics: &Generics) -> Vec<(String, Option<String>)> {
        let mut out = Vec::new();
        for param in &generics.params {
            match param {
                GenericParam::Lifetime { .. } => {}
                GenericParam::Type { default, .. } => {
                    out.push(("type".to_owned(), default.as_ref().map(|ty| self.ty(ty))));
                }
                GenericParam::Const { ty, default, .. } => out.push((self.ty(ty), default.clone())),
            }
        }
        out
    }
}
