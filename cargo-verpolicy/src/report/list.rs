//! Endpoint lists: what `list` shows, and its table for people.

use super::Canvas;
use crate::model::{Endpoint, EndpointSet, Shape, Stability};

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
            totals[0] += package.set.endpoints.len();
            totals[1] += package.set.endpoints.iter().filter(|e| e.marked).count();
            totals[2] += opaque_parts(&package.set);
            totals[3] += package.set.blind_spots.len();
        }
        totals
    }
}

/// How many distinct opaque types the endpoints of a set reach.
#[must_use]
pub(super) fn opaque_parts(set: &EndpointSet) -> usize {
    let mut names = std::collections::BTreeSet::new();
    for (_, node) in set.shapes.iter() {
        if let Shape::Opaque(opaque) = &node.shape {
            names.insert(opaque);
        }
    }
    names.len()
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

/// A table a package: endpoint, since, state, handler, place.
pub(super) fn human(listing: &Listing, canvas: &Canvas) -> String {
    let mut out = String::new();
    for package in &listing.packages {
        let set = &package.set;
        if set.endpoints.is_empty() && (package.unmarked == 0 || canvas.quiet) && set.blind_spots.is_empty() {
            continue;
        }
        let version = set.version.as_deref().unwrap_or("without a version");
        out.push_str(&format!("{} {version}\n", set.package));
        let ids = set.ids();
        let rows: Vec<[String; 5]> = set
            .endpoints
            .iter()
            .zip(&ids)
            .map(|(e, id)| {
                [
                    id.clone(),
                    e.lifetime.since.as_ref().map_or_else(|| "-".to_owned(), |s| s.version.clone()),
                    state(e),
                    e.handler.clone().unwrap_or_default(),
                    format!("{}:{}:{}", e.place.file, e.place.line, e.place.column),
                ]
            })
            .collect();
        out.push_str(&table(&rows, canvas.width));
        if package.unmarked > 0 {
            out.push_str(&format!(
                "  {} more {} no mark: add --implicit routes to list {}\n",
                package.unmarked,
                if package.unmarked == 1 { "route has" } else { "routes have" },
                if package.unmarked == 1 { "it" } else { "them" },
            ));
        }
        if canvas.verbose > 0 {
            for spot in &set.blind_spots {
                let place =
                    spot.place.as_ref().map_or_else(String::new, |p| format!("{}:{}:{}: ", p.file, p.line, p.column));
                out.push_str(&format!("  blind spot: {place}{} ({})\n", spot.detail, spot.kind.word()));
            }
        }
        out.push('\n');
    }
    let [endpoints, marked, opaque, blind] = listing.totals();
    out.push_str(&format!(
        "{endpoints} {}, {marked} marked; {opaque} opaque {}, {blind} blind {}{}\n",
        plural(endpoints, "endpoint"),
        plural(opaque, "part"),
        plural(blind, "spot"),
        if blind > 0 && canvas.verbose == 0 { " (-v lists them)" } else { "" },
    ));
    out
}

/// `word`, or its plural.
pub(super) fn plural(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}

/// Columns padded to their widest cell; the last ones give way on a narrow terminal.
fn table(rows: &[[String; 5]], width: Option<usize>) -> String {
    let mut widths = [0_usize; 5];
    for row in rows {
        for (w, cell) in widths.iter_mut().zip(row) {
            *w = (*w).max(cell.chars().count());
        }
    }
    let mut shown = 5;
    if let Some(width) = width {
        // The handler goes first, then the place: route, since and state always stay.
        while shown > 3 && 2 + widths[..shown].iter().map(|w| w + 2).sum::<usize>() > width + 2 {
            shown -= 1;
        }
    }
    let order: &[usize] = match shown {
        5 => &[0, 1, 2, 3, 4],
        4 => &[0, 1, 2, 4],
        _ => &[0, 1, 2],
    };
    let mut out = String::new();
    for row in rows {
        let mut line = String::from("  ");
        for (i, &column) in order.iter().enumerate() {
            let cell = &row[column];
            line.push_str(cell);
            if i + 1 < order.len() {
                let pad = widths[column].saturating_sub(cell.chars().count()) + 2;
                line.extend(std::iter::repeat_n(' ', pad));
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
