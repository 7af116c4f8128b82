//! Facts of a package and its neighbours to its endpoint set and blind spots. Sees no syn type, reads no file itself:
//! sources come through a [`SourceTree`] and a [`FactsStore`].

pub mod crates;
mod endpoints;
pub mod framework;
pub mod lower;
mod marks;
mod open;
mod sections;
mod signature;
mod sites;
#[cfg(test)]
mod tests;

pub(crate) use crates::{library_name, unknown_macro};

use crate::model::EndpointSet;
use crate::package::Workspace;
use crate::syntax::facts::{FileFacts, RawTokens};
use crate::tree::{BlobId, SourceTree};
use foldhash::HashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// Facts by content, shared by both sides: an unchanged file is read once.
#[derive(Default)]
pub struct FactsStore {
    facts: Mutex<HashMap<BlobId, Arc<FileFacts>>>,
    /// Macro calls that were expanded.
    pub(crate) expansions: crates::Expansions,
}

impl FactsStore {
    /// The facts of this content, when it was read before.
    pub fn get(&self, id: BlobId) -> Option<Arc<FileFacts>> {
        self.facts.lock().ok()?.get(&id).map(Arc::clone)
    }

    /// The facts of this content, reading them with `read` the first time.
    pub fn get_or_read(&self, id: BlobId, read: impl FnOnce() -> FileFacts) -> Arc<FileFacts> {
        if let Ok(facts) = self.facts.lock()
            && let Some(found) = facts.get(&id)
        {
            return Arc::clone(found);
        }
        let fresh = Arc::new(read());
        if let Ok(mut facts) = self.facts.lock() {
            return Arc::clone(facts.entry(id).or_insert(fresh));
        }
        fresh
    }
}

/// What the user said about sources, in configuration and on the command line.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which features are taken as on or off; an endpoint keeps the rest as its condition.
    pub features: FeatureSelection,
    /// `[macros]`: path or name of a macro → how to read a call.
    pub macros: BTreeMap<String, MacroReading>,
    /// `[types]`: canonical path of a type → the type expression to read in its place.
    pub types: BTreeMap<String, String>,
    /// `[extractors]`: canonical path of an extractor → the extractor to read in its place (`axum::Json<$1>`), or
    /// `ignore`.
    pub extractors: BTreeMap<String, String>,
    /// `[sections]`: section → path prefixes of modules (`crate::api`) and globs of routes (`/_matrix/**`).
    pub sections: BTreeMap<String, Vec<String>>,
    /// `[items]` by package: marks for what cannot carry an attribute.
    pub items: BTreeMap<String, Vec<ItemMark>>,
    /// Public items without a mark are read too (`--implicit public`).
    pub public_items: bool,
    /// The target that everything is built for (`--target`); what stands behind another is left out.
    pub platform: Option<crate::package::Platform>,
    /// By package, names of its crates that are called otherwise on the side they are compared with.
    pub called: BTreeMap<String, BTreeMap<String, String>>,
}

impl Options {
    /// What a crate of a package is called here.
    #[must_use]
    pub fn called<'n>(&'n self, package: &str, krate: &'n str) -> &'n str {
        self.called.get(package).and_then(|names| names.get(krate)).map_or(krate, String::as_str)
    }
}

/// A mark in the configuration.
#[derive(Clone, Debug)]
pub struct ItemMark {
    /// The public path of the item (`my_crate::my_macro`), or `feature NAME`.
    pub item: String,
    /// The mark, as between the parentheses of `#[api(…)]`.
    pub mark: RawTokens,
    /// The manifest that it stands in.
    pub file: Arc<str>,
}

/// Which features are on.
#[derive(Clone, Debug, Default)]
pub enum FeatureSelection {
    /// Everything is read and keeps its condition (the default).
    #[default]
    Everything,
    /// Only what all features together turn on (`--all-features`).
    All,
    /// Only what these features turn on (`--features`, `--no-default-features`).
    Only {
        /// Named features, `pkg/feature` allowed.
        features: BTreeSet<String>,
        /// `default` too.
        default: bool,
    },
}

/// How the calls of a macro, or an attribute, are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MacroReading {
    /// Its tokens are items.
    Items,
    /// It makes nothing that matters here.
    Nothing,
    /// As those of the macro with this canonical path.
    As(String),
}

/// Reads the endpoint sets of all members (or of those named) of a workspace at one side, sorted by package name.
#[must_use]
pub fn endpoint_sets(
    tree: &dyn SourceTree,
    workspace: &Workspace,
    store: &FactsStore,
    only: Option<&BTreeSet<String>>,
    options: &Options,
) -> Extracted {
    let crates = crates::Crates::load(tree, workspace, store, only, options);
    let attribute_names = marks::attribute_names(&crates);
    let routers = framework::Routers::of(&crates);
    let mut out = Extracted::default();
    for (index, package, selected) in crates.packages() {
        if selected {
            let (set, mark_errors, unresolved, marking) =
                endpoints::package_set(&crates, index, package, options, &attribute_names, &routers);
            out.unresolved.insert(set.package.clone(), unresolved);
            out.marking.insert(set.package.clone(), marking);
            out.sets.push(set);
            out.mark_errors.extend(mark_errors);
        }
    }
    out.sets.sort_by(|a, b| a.package.cmp(&b.package));
    out.mark_errors.sort();
    out.mark_errors.dedup();
    out
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Extracted {
    /// Sorted by package name.
    pub sets: Vec<EndpointSet>,
    /// Marks that could not be read: nothing may be judged while there are any. Sorted by place.
    pub mark_errors: Vec<MarkError>,
    /// What a release command still has to write, by package name; sorted by place.
    pub unresolved: BTreeMap<String, Vec<Unresolved>>,
    /// Where marks stand and where they could stand, by package name.
    pub marking: BTreeMap<String, Marking>,
}

/// Where the marks of a package stand, and where others could stand.
#[derive(Clone, Debug, Default)]
pub struct Marking {
    /// Routes without a mark whose handler can carry one.
    pub unmarked: Vec<Unmarked>,
    /// The `since` of every mark.
    pub stated: Vec<StatedSince>,
}

/// A route without a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmarked {
    /// The endpoint's key.
    pub key: crate::model::EndpointKey,
    /// Where the route stands, as in the endpoint.
    pub route: crate::model::Place,
    /// Where the name of the handler stands.
    pub handler: crate::model::Place,
    /// The handler's name.
    pub name: String,
    /// An attribute of the handler states the route, so that a mark need not.
    pub by_attribute: bool,
}

/// The `since` of a mark.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatedSince {
    /// Where its mark stands.
    pub mark: crate::model::Place,
    /// Where its text stands, the quotes included.
    pub text: crate::model::Place,
    /// The version as written.
    pub version: String,
}

/// A version of a mark that says `next`: not released yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unresolved {
    /// Where its text stands, the quotes included.
    pub text: crate::model::Place,
    /// Where its mark stands.
    pub mark: crate::model::Place,
}

/// A mark that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MarkError {
    /// Where.
    pub place: crate::model::Place,
    /// What is wrong.
    pub message: String,
    /// A key that this version does not know: the mark was written for a newer one.
    pub unknown_key: bool,
    /// The mark, where nothing is wrong with it but that `since` is missing before the place.
    pub no_since: Option<crate::model::Place>,
}
