//! `(&EndpointSet, &EndpointSet) → Diff`: what changed. Knows no version, no policy and no English: a [`Change`] is one
//! word of a closed vocabulary ([`ChangeKind`]), where it is on the wire and in both sources, and the values involved.
//! `COMPATIBILITY.md` settles every pair of shapes.

mod arms;
mod blind;
mod bodies;
mod cause;
mod conditions;
mod constraints;
mod containers;
mod defaults;
mod endpoints;
mod enums;
mod flattened;
mod gates;
mod http;
mod items;
mod kind;
mod lifetimes;
mod matching;
mod messages;
mod names;
mod numbers;
mod objects;
mod opaque;
mod parameters;
mod paths;
mod responses;
mod shadow;
mod shapes;
mod text;
mod untagged;
mod versions;
mod word;

pub use kind::ChangeKind;

use crate::model::{Condition, EndpointSet, Place};

/// Everything that differs between two sets.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// Sorted by kind's rule order, endpoint, wire path.
    pub changes: Vec<Change>,
    /// What became of endpoints that were unstable and are: outside every promise. Sorted alike.
    pub outside: Vec<Change>,
    /// How many endpoints were compared pair by pair.
    pub compared: usize,
    /// Endpoints missing on a side whose blind spot could hold them: printed id and the blind spot's detail. They make
    /// a package incomplete.
    pub blinded: Vec<Blinded>,
}

/// An endpoint that may only seem to be gone or new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blinded {
    /// Printed id.
    pub endpoint: String,
    /// It is missing on the old side (else on the new one).
    pub missing_in_old: bool,
    /// Where it stands on the side that has it.
    pub place: Place,
    /// The blind spot on the other side.
    pub blind_spot: crate::model::BlindSpot,
}

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// Printed ids of all endpoints that meet it, sorted, existing on both sides where the change is inside one. The
    /// first is the one a finding names.
    pub reaches: Vec<String>,
    /// Where on the wire, from the endpoint: `response 200 · items[].owner.mail`; empty for the endpoint itself.
    pub at: String,
    /// Where it stood.
    pub old: Option<Place>,
    /// Where it stands.
    pub new: Option<Place>,
    /// What it was: a name, a type, a value, as short text for messages.
    pub was: Option<String>,
    /// What it is.
    pub is: Option<String>,
    /// Names involved beyond these (members that one attribute altered).
    pub members: Vec<String>,
    /// The other endpoint, parameter or field that a message may link (moved handler, likely rename).
    pub related: Option<String>,
    /// It is met by messages: what is assumed of HTTP clients does not apply.
    pub message: bool,
    /// Both sides of a number change are integers.
    pub between_integers: bool,
    /// The builds in which it is seen, those of the default features aside: [`Condition::Always`] where they see it.
    pub condition: Condition,
}

/// Compares two sets of one package. Only promises count: an endpoint that is marked on neither side is skipped unless
/// `implicit` names its kind.
#[must_use]
pub fn compare(old: &EndpointSet, new: &EndpointSet, options: &Options) -> Diff {
    endpoints::compare(old, new, options)
}

/// What widens or reads the comparison.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `--implicit routes`: unmarked HTTP endpoints count as promises.
    pub implicit_routes: bool,
    /// `--implicit public`: unmarked public items count as promises.
    pub implicit_public: bool,
    /// The version in preparation, to tell `removed` now from `removed` later: compares two versions as written.
    pub in_preparation: Option<Preparation>,
}

/// The version in preparation and how its policy orders versions.
#[derive(Clone)]
pub struct Preparation {
    /// As written.
    pub version: String,
    /// The policy's order; `None` where a text is not a version of it.
    pub order: Order,
}

/// How a policy orders two versions as written.
pub type Order = std::sync::Arc<dyn Fn(&str, &str) -> Option<std::cmp::Ordering> + Send + Sync>;

impl std::fmt::Debug for Preparation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Preparation").field("version", &self.version).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
