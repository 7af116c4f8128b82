//! Endpoint lists: what `list` shows, and its table for people.

use super::Canvas;
use crate::model::{Endpoint, EndpointSet, Stability};

/// What `list` shows.
#[derive(Clone, Debug)]
pub struct Listing {
    /// By name.
    pub packages: Vec<ListedPackage>,
}

/// One package of a list.
#[derive(Clone, Debug)]
pub struct ListedPackage {
    /// Its set, already filtered to what counts.
    pub set: EndpointSet,
    /// Unmarked routes that were seen and left out.
    pub unmarked: usize,
    /// The origin came from the old side of a comparison (never for `list`).
    pub origin: String,
}

impl Listing {
    /// Endpoints, marked ones, opaque parts, blind spots.
    #[must_use]
    pub fn totals(&self) -> [usize; 4] {
        let mut totals = [0; 4];
        for package in &self.packages {
            for (total, more) in totals.iter_mut().zip(counts(&package.set)) {
                *total += more;
            }
        }
        totals
    }
}

/// Unstable, deprecated, removed, or nothing to say.
pub(super) fn state(endpoint: &Endpoint) -> String {
    if let Stability::Unstable { feature } = &endpoint.stability {
        return feature.as_ref().map_or_else(|| "unstable".to_owned(), |f| format!("unstable {f}"));
    }
    let step =
        |word: &str, version: &str| if version.is_empty() { word.to_owned() } else { format!("{word} {version}") };
    let mut states = Vec::new();
    if let Some(deprecated) = &endpoint.lifetime.deprecated {
        states.push(step("deprecated", &deprecated.version));
    }
    if let Some(removed) = &endpoint.lifetime.removed {
        states.push(step("removed", &removed.version));
    }
    if states.is_empty() {
        return if endpoint.marked { "stable".to_owned() } else { "unmarked".to_owned() };
    }
    states.join(", ")
}

/// A table a package: method, path, since, state, handler, place.
pub(super) fn human(listing: &Listing, canvas: &Canvas) -> String {
    let mut out = String::new();
    for package in &listing.packages {
        let set = &package.set;
        let only_blind = set.blind_spots.is_empty() || canvas.verbose == 0;
        if set.endpoints.is_empty() && (package.unmarked == 0 || canvas.quiet) && only_blind {
            continue;
        }
        let version = set.version.as_deref().unwrap_or("without a version");
        out.push_str(&format!("{} {version}\n", set.package));
        let ids = set.ids();
        if !set.endpoints.is_empty() {
            out.push_str(&super::table::table(&set.endpoints, &ids, canvas.width, canvas.verbose > 0));
        }
        if package.unmarked > 0 && !canvas.quiet {
            out.push_str(&format!(
                "  {} more {} no mark: add --implicit routes to list {}\n",
                package.unmarked,
                if package.unmarked == 1 { "route has" } else { "routes have" },
                if package.unmarked == 1 { "it" } else { "them" },
            ));
        }
        if canvas.verbose > 0 {
            let spots = set.blind_spots.iter().map(|spot| (false, spot));
            for cause in super::spots::causes(spots, canvas.verbose > 1) {
                let place = cause.first.place.as_ref();
                let place = place.map_or_else(String::new, |p| format!("{}:{}:{}: ", p.file, p.line, p.column));
                out.push_str(&format!("  blind spot: {place}{}\n", cause.text()));
            }
        }
        out.push('\n');
    }
    let mut followed: Vec<String> = Vec::new();
    for (name, version) in listing.packages.iter().flat_map(|package| &package.set.followed) {
        let shown = format!("{name} {version}");
        if !followed.contains(&shown) {
            followed.push(shown);
        }
    }
    if canvas.quiet {
        return out;
    }
    if !followed.is_empty() {
        out.push_str(&format!("types of dependencies are read from their sources: {}\n", followed.join(", ")));
    }
    let totals = listing.totals();
    let hint = if totals[3] > 0 && canvas.verbose == 0 { " (-v lists them)" } else { "" };
    out.push_str(&format!("{}{hint}\n", coverage(totals)));
    out
}

/// How much was seen: endpoints, marked ones, opaque parts, blind spots.
#[must_use]
pub(super) fn coverage([endpoints, marked, opaque, blind]: [usize; 4]) -> String {
    format!(
        "{endpoints} {}, {marked} marked; {opaque} opaque {}, {blind} blind {}",
        plural(endpoints, "endpoint"),
        plural(opaque, "part"),
        plural(blind, "spot"),
    )
}

/// The same of endpoint sets, before anything is left out; `None` where all of it was seen.
#[must_use]
pub fn coverage_of_sets<'a>(sets: impl IntoIterator<Item = &'a EndpointSet>) -> Option<String> {
    let mut totals = [0; 4];
    for set in sets {
        for (total, more) in totals.iter_mut().zip(counts(set)) {
            *total += more;
        }
    }
    let [_, _, opaque, blind] = totals;
    (opaque + blind > 0).then(|| coverage(totals))
}

fn counts(set: &EndpointSet) -> [usize; 4] {
    let marked = set.endpoints.iter().filter(|e| e.marked).count();
    [set.endpoints.len(), marked, set.shapes.opaque(), set.blind_spots.len()]
}

/// `word`, or its plural.
pub(super) fn plural(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}
