//! `[sections]` of the configuration: which section an endpoint belongs to by its module or route.

use super::Options;

/// The section whose prefixes or globs hold this endpoint; `item` is the canonical path of its handler or item, `route`
/// its path template.
pub(super) fn configured(options: &Options, item: &str, route: Option<&str>) -> Option<String> {
    let in_crate = item.split_once("::").map_or("", |(_, rest)| rest);
    let holds = |pattern: &str| match route {
        Some(route) if pattern.starts_with('/') => glob(pattern, route),
        _ if pattern.starts_with('/') => false,
        _ => match pattern.strip_prefix("crate::") {
            Some(rest) => is_below(in_crate, rest),
            None => is_below(item, pattern),
        },
    };
    options.sections.iter().find(|(_, patterns)| patterns.iter().any(|p| holds(p))).map(|(name, _)| name.clone())
}

fn is_below(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix.trim_end_matches("::")).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// `*` is one segment (or part of one), `**` any number of them.
fn glob(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').filter(|s| !s.is_empty()).collect();
    let path: Vec<&str> = path.split('/').filter(|s| !s.is_empty()).collect();
    // reached[i]: the patterns so far can end before path[i].
    let mut reached = vec![false; path.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for part in pattern {
        let mut next = vec![false; path.len() + 1];
        if part == "**" {
            let mut any = false;
            for (to, from) in next.iter_mut().zip(&reached) {
                any |= *from;
                *to = any;
            }
        } else {
            let tail = next.iter_mut().skip(1);
            for ((to, from), segment) in tail.zip(&reached).zip(&path) {
                *to = *from && segment_matches(part, segment);
            }
        }
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

fn segment_matches(pattern: &str, segment: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| segment.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_by_module_and_route() {
        let mut options = Options::default();
        options.sections.insert(
            "client-server".to_owned(),
            vec!["crate::api::client".to_owned(), "/_matrix/client/**".to_owned(), "/v*/users/*".to_owned()],
        );
        for (item, route, expected) in [
            ("my::api::client::sync", None, true),
            ("my::api::clients::sync", None, false),
            ("my::x", Some("/_matrix/client/v3/sync"), true),
            ("my::x", Some("/_matrix/client"), true),
            ("my::x", Some("/_matrix/federation/v1/send"), false),
            ("my::x", Some("/v3/users/{id}"), true),
            ("my::x", Some("/v3/users/{id}/keys"), false),
            ("my::x", Some("/w3/users/{id}"), false),
        ] {
            let found = configured(&options, item, route);
            assert_eq!(found.is_some(), expected, "{item} {route:?}");
        }
    }
}
