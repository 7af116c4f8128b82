//! Servers whose routes no row reads: a package that depends on one says so, once.

use super::Reading;
use crate::model::{BlindSpot, BlindSpotKind, Place};
use std::sync::Arc;

/// Packages that answer requests at routes of their own, by name. Those that are clients as well are left out.
const UNREAD: &[&str] = &[
    "async-graphql",
    "cot",
    "gotham",
    "iron",
    "juniper",
    "nickel",
    "ntex",
    "ohkami",
    "oxhttp",
    "pavex",
    "rouille",
    "routerify",
    "saphir",
    "thruster",
    "tide",
    "trillium",
    "viz",
    "volo-http",
    "xitca-web",
];

/// Names the servers among the dependencies of a package (by its index).
pub(super) fn apply(reading: &mut Reading<'_, '_>, package: usize) {
    let Some((_, found, _)) = reading.crates.packages().nth(package) else { return };
    for (name, dependency) in &found.dependencies {
        if !UNREAD.contains(&dependency.package.as_str()) {
            continue;
        }
        let at = found.places.get(&format!("dependency {name}"));
        let place = at.map(|(line, column)| Place { file: Arc::from(&*found.manifest), line: *line, column: *column });
        reading.blind_spots.push(BlindSpot {
            kind: BlindSpotKind::OtherService,
            place,
            detail: format!("what `{}` serves is not read: state its routes in marks", dependency.package),
            hides: None,
        });
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_sorted() {
        assert!(super::UNREAD.is_sorted());
    }
}
