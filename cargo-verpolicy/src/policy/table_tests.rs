//! The same change under all five policies: the page `docs/policies/table.md` is what the engine says.

use super::tests::{Bench, endpoint};
use super::*;
use crate::diff::ChangeKind as K;
use crate::model::Kind;

const CHANGES: [(&str, K, &str); 8] = [
    ("a new endpoint", K::EndpointAdded, "p::m"),
    ("an optional parameter", K::ParameterAdded, "p::m"),
    ("a required parameter", K::RequiredParameterAdded, "p::m"),
    ("a removal without deprecation", K::EndpointRemoved, "p::m"),
    ("a removal after deprecation", K::DeprecatedEndpointRemoved, "p::m"),
    ("a required configuration key", K::ConfigRequiredKeyAdded, "p::c"),
    ("an optional configuration key", K::ConfigKeyAdded, "p::c"),
    ("a raised `behavior`", K::EndpointBehaviorChanged, "p::m"),
];

const RELEASES: [(&str, &str, [&str; 3]); 5] = [
    ("semver", "1.2.3", ["1.2.4", "1.3.0", "2.0.0"]),
    ("soundstorm", "v1.2.3", ["v1.2.4", "v1.3.0", "v2.0.0"]),
    ("matrix", "v1.2.3", ["v1.2.4", "v1.3.0", "v2.0.0"]),
    ("chain", "1.2", ["1.2.20260101", "1.3", "2.0"]),
    ("sponge", "8.2.0", ["8.2.1", "8.3.0", "9.0.0"]),
];

#[test]
fn the_page_is_what_the_engine_says() {
    let mut page = String::from(
        "# The same change under all five policies\n\nEach cell tells patch, minor and major apart (build for chain, \
         implementation for sponge): ✓ allowed, ✗ refused. Written from the engine by its test.\n\n| change |",
    );
    page.push_str(&RELEASES.map(|(policy, ..)| format!(" {policy} |")).concat());
    page.push_str("\n|---|---|---|---|---|---|\n");
    for (name, kind, reached) in CHANGES {
        page.push_str(&format!("| {name} |"));
        for (policy, from, versions) in RELEASES {
            let cell = versions.map(|to| {
                let mut bench = Bench::new(policy, from, to).with(kind, reached);
                bench.old.endpoints.push(endpoint(Kind::Message, "p::m", "1.0"));
                bench.new.endpoints.push(endpoint(Kind::Message, "p::m", "1.0"));
                if bench.judge().verdict == Some(Verdict::Pass) { "✓" } else { "✗" }
            });
            page.push_str(&format!(" {} |", cell.join(" ")));
        }
        page.push('\n');
    }
    snapbox::assert_data_eq!(page, snapbox::file!["../../docs/policies/table.md"]);
}
