//! Endpoints and the sets they form.

use super::http::{Http, MethodSet, PathTemplate};
use super::{Condition, Place, ShapeId, Shapes, Signature};
use std::collections::{BTreeMap, BTreeSet};

/// All endpoints of one package at one revision, marked or not.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointSet {
    /// Package name.
    pub package: String,
    /// `package.version` there, as written; `None` where the origin has none.
    pub version: Option<String>,
    /// Sorted by [`Endpoint::key`], then place.
    pub endpoints: Vec<Endpoint>,
    /// The arena that the endpoints' shapes live in.
    pub shapes: Shapes,
    /// What could not be seen.
    pub blind_spots: Vec<BlindSpot>,
    /// What is not read and could hold endpoints, by the module that it stands in.
    pub unread: BTreeMap<String, Unread>,
    /// Cargo features, and what each turns on; empty where they are not known.
    pub features: BTreeMap<String, BTreeSet<String>>,
    /// Dependencies whose sources were read for its types, and which version of each.
    pub followed: BTreeMap<String, String>,
}

/// Text that is not read: a file that does not parse, calls of macros that nothing is known of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Hash of all of it in one module.
    pub hash: u64,
    /// Where the first of it stands.
    pub place: Place,
}

/// What kind of promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Method and path template.
    Http,
    /// A public Rust item.
    Item,
    /// A wire type sent and received by itself.
    Message,
    /// What an operator writes.
    Config,
}

impl Kind {
    /// The word used in JSON and marks.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Item => "item",
            Self::Message => "message",
            Self::Config => "config",
        }
    }
}

/// Identity of an endpoint across revisions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndpointKey {
    /// An HTTP endpoint of one serving root.
    Http {
        /// The service or target that serves it; empty where a package has one.
        service: String,
        /// Path with its parameters; compare with [`PathTemplate::identity`].
        path: PathTemplate,
        /// Method.
        method: MethodSet,
    },
    /// A Rust item, message or configuration type by its canonical public path (`my_crate::users::find`).
    Named {
        /// Which kind.
        kind: Kind,
        /// Canonical path; an edition is appended as `@6`.
        path: String,
    },
}

/// One promise (or, unmarked, what would be one).
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// Identity, less lifetime and condition.
    pub key: EndpointKey,
    /// What it reads, writes or looks like.
    pub content: EndpointContent,
    /// A mark, or a framework's own since, versions or history, covers it.
    pub marked: bool,
    /// When it appeared, was deprecated, goes.
    pub lifetime: Lifetime,
    /// Inside or outside the promise.
    pub stability: Stability,
    /// Under which `cfg` it exists.
    pub condition: Condition,
    /// Is it in the published document?
    pub published: Published,
    /// `behavior = N`.
    pub behavior: Option<u64>,
    /// `edition = "6"`.
    pub edition: Option<String>,
    /// `section = "…"`, own or inherited.
    pub section: Option<String>,
    /// A doc comment that is not empty stands on it.
    pub documented: bool,
    /// Canonical path of the handler or item in Rust.
    pub handler: Option<String>,
    /// Id of the framework row that read it; `None` for plain marks.
    pub framework: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// Where the mark stands, when that is elsewhere.
    pub mark_place: Option<Place>,
}

/// The promise itself.
#[derive(Clone, Debug, PartialEq)]
pub enum EndpointContent {
    /// HTTP.
    Http(Box<Http>),
    /// A Rust item.
    Item(Signature),
    /// A wire type, in both directions.
    Message {
        /// As it is read.
        input: ShapeId,
        /// As it is written.
        output: ShapeId,
        /// The encoding where order and width matter (`bincode`); `None` is JSON.
        layout: Option<String>,
    },
    /// What an operator writes.
    Config {
        /// As it is read.
        input: ShapeId,
    },
}

/// When an endpoint appeared, was deprecated and goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lifetime {
    /// The first version that serves it.
    pub since: Option<Step>,
    /// The first version in which it is deprecated.
    pub deprecated: Option<Step>,
    /// The first version that no longer serves it.
    pub removed: Option<Step>,
    /// The framework's own versions say so (dropshot `versions`, Ruma's history): the version line is the API's own,
    /// and [`EndpointSet::at`] filters by it.
    pub native: bool,
}

/// One step of a lifetime.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// The version as written, or `next`; empty where only the fact is known (`deprecated` without a version).
    pub version: String,
    /// The mark's note.
    pub note: Option<String>,
    /// `replaced_by` of the mark.
    pub replaced_by: Option<String>,
}

/// Inside or outside the promise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stability {
    /// Promised.
    Stable,
    /// Outside every promise.
    Unstable {
        /// Its feature name.
        feature: Option<String>,
    },
}

/// Does a document publish it?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Published {
    /// Yes.
    Yes,
    /// It is served, but left out.
    No,
    /// The framework has no such notion, or it could not be read.
    Unknown,
}

impl Endpoint {
    /// Which kind of promise it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match &self.key {
            EndpointKey::Http { .. } => Kind::Http,
            EndpointKey::Named { kind, .. } => *kind,
        }
    }

    /// Is it the implementation of a trait? Without a mark of its own it goes with its type.
    #[must_use]
    pub fn is_impl(&self) -> bool {
        matches!(&self.content, EndpointContent::Item(signature) if signature.item == "impl")
    }

    /// The printed id: `METHOD /path`, or the canonical path; `@range` and `#service` are added by
    /// [`EndpointSet::ids`] where two endpoints of a set would print the same.
    #[must_use]
    pub fn id(&self) -> String {
        match &self.key {
            EndpointKey::Http { path, method, .. } => format!("{method} {}", path.render()),
            EndpointKey::Named { path, .. } => path.clone(),
        }
    }

    /// Matching text: equal for endpoints that are the same promise, lifetimes and conditions aside.
    #[must_use]
    pub fn identity(&self) -> String {
        match &self.key {
            EndpointKey::Http { service, path, method } => format!("{service}#{method} {}", path.identity()),
            EndpointKey::Named { kind, path } => format!("{}:{path}", kind.word()),
        }
    }
}

impl EndpointSet {
    /// Printed ids, parallel to [`EndpointSet::endpoints`]: unique within the set as far as lifetime and service tell.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        let plain: Vec<String> = self.endpoints.iter().map(Endpoint::id).collect();
        let mut seen = std::collections::BTreeMap::new();
        for id in &plain {
            *seen.entry(id.as_str()).or_insert(0_usize) += 1;
        }
        let mut out = Vec::with_capacity(plain.len());
        for (endpoint, id) in self.endpoints.iter().zip(&plain) {
            let mut id_full = id.clone();
            if seen.get(id.as_str()).is_some_and(|n| *n > 1) {
                let life = &endpoint.lifetime;
                if life.native && (life.since.is_some() || life.removed.is_some()) {
                    let text = |step: &Option<Step>| step.as_ref().map(|s| s.version.clone()).unwrap_or_default();
                    id_full.push_str(&format!("@{}..{}", text(&life.since), text(&life.removed)));
                }
                if let EndpointKey::Http { service, .. } = &endpoint.key
                    && !service.is_empty()
                {
                    id_full.push('#');
                    id_full.push_str(service);
                }
            }
            out.push(id_full);
        }
        out
    }
}

/// Something that the tool could not see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlindSpot {
    /// What kind.
    pub kind: BlindSpotKind,
    /// Where.
    pub place: Option<Place>,
    /// What, in one line: the macro, type, file or extractor, and the line to add where there is one.
    pub detail: String,
    /// Canonical module path (`my_crate::api`) whose endpoints it could hide; `None` when it hides none.
    pub hides: Option<String>,
}

/// Why something could not be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlindSpotKind {
    /// A file that does not parse.
    UnparsedFile,
    /// A module whose file is not there, or could not be read.
    MissingFile,
    /// A module that includes itself.
    ModuleCycle,
    /// An item macro that was not expanded and may hold endpoints or types.
    UnexpandedMacro,
    /// A name that resolves to nothing.
    UnresolvedName,
    /// A type whose shape is not known.
    Opaque,
    /// An extractor of the project's own.
    UnknownExtractor,
    /// A route whose beginning is set elsewhere.
    UnknownPrefix,
    /// A marked function with extractors and no route.
    UnknownRoute,
    /// A path parameter that nothing reads, or a member that the path lacks.
    PathParameterUnmatched,
    /// A shape that its own writer fails on.
    UnwritableShape,
    /// The document describes something else than what is served.
    PublishedDiffers,
    /// A mark states another route than a router or attribute serves.
    RouteDiffers,
    /// A marked handler that no router reaches.
    UnreachedHandler,
    /// Something that serves in a way that is not read: gRPC, a table of methods and paths matched by hand.
    OtherService,
    /// A dependency whose source is not at hand.
    MissingSource,
    /// A layer, hoop or wrap around routes: it may refuse or alter.
    Layer,
    /// A release that a `since` names is not at hand: said of two sides, in no set.
    SinceUnverified,
}

impl BlindSpotKind {
    /// The word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::UnparsedFile => "unparsed-file",
            Self::MissingFile => "missing-file",
            Self::ModuleCycle => "module-cycle",
            Self::UnexpandedMacro => "unexpanded-macro",
            Self::UnresolvedName => "unresolved-name",
            Self::Opaque => "opaque",
            Self::UnknownExtractor => "unknown-extractor",
            Self::UnknownPrefix => "unknown-prefix",
            Self::UnknownRoute => "unknown-route",
            Self::PathParameterUnmatched => "path-parameter-unmatched",
            Self::UnwritableShape => "unwritable-shape",
            Self::PublishedDiffers => "published-differs",
            Self::RouteDiffers => "route-differs",
            Self::UnreachedHandler => "unreached-handler",
            Self::OtherService => "other-service",
            Self::MissingSource => "missing-source",
            Self::Layer => "layer",
            Self::SinceUnverified => "since-unverified",
        }
    }
}
