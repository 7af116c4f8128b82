//! The endpoint set of one version, where lifetimes say which versions serve an endpoint.

use super::{Endpoint, EndpointSet};
use std::cmp::Ordering;

/// What a set serves at one version.
#[derive(Clone, Debug, PartialEq)]
pub struct AtVersion {
    /// The set, with the endpoints of that version only.
    pub set: EndpointSet,
    /// Printed ids of endpoints that were kept because their versions could not be compared with the one asked for.
    pub uncertain: Vec<String>,
}

impl EndpointSet {
    /// The endpoints that a framework serves as `version`: since ≤ version < removed, by dotted numbers. Endpoints
    /// whose lifetime is no framework's own (see [`super::Lifetime::native`]) are served at every version; so are those
    /// whose versions are no dotted numbers, which are named.
    #[must_use]
    pub fn at(&self, version: &str) -> AtVersion {
        let mut set = self.clone();
        let mut uncertain = Vec::new();
        let ids = self.ids();
        let mut ids = ids.iter();
        set.endpoints.retain(|endpoint| {
            let id = ids.next();
            match serves(endpoint, version) {
                Some(serves) => serves,
                None => {
                    uncertain.extend(id.cloned());
                    true
                }
            }
        });
        AtVersion { set, uncertain }
    }
}

/// Does the endpoint exist at this version? `None` when it cannot be told.
fn serves(endpoint: &Endpoint, version: &str) -> Option<bool> {
    let life = &endpoint.lifetime;
    if !life.native {
        return Some(true);
    }
    let since = life.since.as_ref().map(|step| compare(&step.version, version));
    let removed = life.removed.as_ref().map(|step| compare(&step.version, version));
    match (since, removed) {
        // What is certain on one side decides, whatever the other says.
        (Some(Some(Ordering::Greater)), _) | (_, Some(Some(Ordering::Less | Ordering::Equal))) => Some(false),
        (Some(None), _) | (_, Some(None)) => None,
        _ => Some(true),
    }
}

/// Dotted numbers compared, `v1.2` like `1.2.0`; `None` when one is something else.
fn compare(a: &str, b: &str) -> Option<Ordering> {
    let (mut a, mut b) = (numbers(a)?, numbers(b)?);
    let length = a.len().max(b.len());
    a.resize(length, 0);
    b.resize(length, 0);
    Some(a.cmp(&b))
}

fn numbers(version: &str) -> Option<Vec<u64>> {
    let version = version.trim();
    let version = version.strip_prefix(['v', 'V']).unwrap_or(version);
    version.split('.').map(|part| part.replace('_', "").parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Condition, EndpointContent, EndpointKey, Kind, Lifetime, Place, Published, Shapes, Signature, Stability, Step,
    };

    fn endpoint(path: &str, since: Option<&str>, removed: Option<&str>, native: bool) -> Endpoint {
        let step = |version: &str| Step { version: version.to_owned(), note: None, replaced_by: None };
        Endpoint {
            key: EndpointKey::Named { kind: Kind::Item, path: path.to_owned() },
            content: EndpointContent::Item(Signature::of_text("fn", "")),
            marked: true,
            lifetime: Lifetime { since: since.map(step), deprecated: None, removed: removed.map(step), native },
            stability: Stability::Stable,
            condition: Condition::Always,
            published: Published::Unknown,
            behavior: None,
            edition: None,
            section: None,
            documented: false,
            handler: None,
            framework: None,
            place: Place { file: "src/lib.rs".into(), line: 1, column: 1 },
            mark_place: None,
        }
    }

    #[test]
    fn versions_are_half_open_ranges() {
        let set = EndpointSet {
            package: "p".to_owned(),
            version: None,
            endpoints: vec![
                endpoint("always", None, None, true),
                endpoint("own", Some("9.0.0"), None, false),
                endpoint("since", Some("2.0.0"), None, true),
                endpoint("until", None, Some("2.0.0"), true),
                endpoint("both", Some("1.10.0"), Some("3.0.0"), true),
                endpoint("dated", Some("2025_11_20_00.0.0"), None, true),
                endpoint("named", Some("LATEST"), None, true),
            ],
            shapes: Shapes::default(),
            blind_spots: Vec::new(),
            unread: std::collections::BTreeMap::new(),
            features: std::collections::BTreeMap::new(),
            followed: std::collections::BTreeMap::new(),
        };
        for (version, expected) in [
            ("1.0.0", "always own until named"),
            ("1.9", "always own until named"),
            ("1.10", "always own until both named"),
            ("v2", "always own since both named"),
            ("3.0.0", "always own since named"),
            ("2025112000.0.0", "always own since dated named"),
        ] {
            let at = set.at(version);
            let found: Vec<String> = at.set.endpoints.iter().map(Endpoint::id).collect();
            assert_eq!(found.join(" "), expected, "{version}");
            assert_eq!(at.uncertain, ["named"], "{version}");
        }
        assert_eq!(set.at("latest").set.endpoints.len(), 7);
    }
}
