//! Marks of the configuration: for macros by example and whatever else cannot carry an attribute.

use super::super::{FeatureSelection, ItemMark, MarkError, sections};
use super::{Assembly, PlacedMark};
use crate::model::{Endpoint, EndpointKey, Place, Published};
use crate::package::Package;
use crate::syntax::Kind;
use std::sync::Arc;

impl Assembly<'_, '_> {
    /// The items that `[items]` marks. A row that marks nothing is a mistake like one in a mark: nothing may be judged
    /// where a promise is said that cannot be found.
    pub(super) fn configured(&mut self, package: &Package) {
        let options = self.options;
        for row in options.items.get(&package.name).into_iter().flatten() {
            let mark = self.marks.of_configuration(row);
            let item = match row.item.split_once("::") {
                Some((krate, rest)) => format!("{}::{rest}", options.called(&package.name, krate)),
                None => row.item.clone(),
            };
            let found = self.public_named(package, &item);
            match self.mistake(row, &mark, &found) {
                Some(message) => self.marks.errors.push(MarkError {
                    place: Place { file: Arc::clone(&row.file), line: row.mark.pos.line, column: row.mark.pos.column },
                    message,
                    unknown_key: false,
                    no_since: None,
                }),
                None => {
                    let marked: Vec<Endpoint> =
                        found.into_iter().map(|endpoint| self.with_mark(endpoint, &mark)).collect();
                    self.endpoints.extend(marked);
                }
            }
        }
    }

    fn mistake(&self, row: &ItemMark, mark: &PlacedMark, found: &[Endpoint]) -> Option<String> {
        let item = &row.item;
        if !matches!(mark.kind(), None | Some(Kind::Item)) {
            return Some(format!("`items` marks public items, and this mark of `{item}` says another kind"));
        }
        if found.is_empty() {
            let all = matches!(self.options.features, FeatureSelection::Everything);
            return all.then(|| format!("`items` marks `{item}`, and no public item of this path is seen"));
        }
        let twice = found.iter().any(|endpoint| {
            let key = key(endpoint, mark);
            self.endpoints.iter().any(|other| other.key == key)
        });
        twice.then(|| format!("`items` marks `{item}`, which has a mark already"))
    }

    fn with_mark(&self, mut endpoint: Endpoint, mark: &PlacedMark) -> Endpoint {
        endpoint.key = key(&endpoint, mark);
        mark.apply_lifetime(&mut endpoint.lifetime);
        if let Some(stability) = mark.stability() {
            endpoint.stability = stability;
        }
        endpoint.marked = true;
        endpoint.published = Published::Yes;
        endpoint.behavior = mark.mark.behavior.as_ref().map(|behavior| behavior.value);
        endpoint.edition = mark.edition().map(str::to_owned);
        let handler = endpoint.handler.as_deref().unwrap_or_default();
        endpoint.section =
            mark.section().map(str::to_owned).or_else(|| sections::configured(self.options, handler, None));
        endpoint.mark_place = Some(mark.place.clone());
        endpoint
    }
}

/// The key of an item under a mark, which may say an edition.
fn key(endpoint: &Endpoint, mark: &PlacedMark) -> EndpointKey {
    match &endpoint.key {
        EndpointKey::Named { kind, path } => {
            EndpointKey::Named { kind: *kind, path: super::named::with_edition(path, mark) }
        }
        route @ EndpointKey::Http { .. } => route.clone(),
    }
}
