//! Small programs that build routers in the ways that Rust has, below `programs/`. Behind each stand the routes that it
//! serves (`//=`), and the kinds of blind spots where source cannot tell (`//?`).

use super::read;
use crate::model::{BlindSpotKind, Condition};
use std::collections::BTreeSet;

const PROGRAMS: &[(&[&str], &str)] = &[
    (&["actix-files", "actix-web"], include_str!("programs/actix.txt")),
    (&["aide", "axum"], include_str!("programs/aide.txt")),
    (&["axum", "axum-extra", "inventory", "linkme", "tokio", "tower"], include_str!("programs/axum.txt")),
    (&["axum", "hyper", "tower"], include_str!("programs/by_hand.txt")),
    (&["dropshot"], include_str!("programs/dropshot.txt")),
    (&["poem", "poem-openapi"], include_str!("programs/poem.txt")),
    (&["rocket"], include_str!("programs/rocket.txt")),
    (&["salvo"], include_str!("programs/salvo.txt")),
    (&["axum", "utoipa", "utoipa-axum"], include_str!("programs/utoipa.txt")),
    (&["warp"], include_str!("programs/warp.txt")),
];

#[test]
fn programs_serve_what_stands_behind_them() {
    let mut wrong = String::new();
    for (dependencies, programs) in PROGRAMS {
        for program in programs.split("=== ").filter(|program| !program.is_empty()) {
            let (name, _) = program.split_once('\n').unwrap();
            let expected = program.lines().filter_map(|line| {
                let said = line.strip_prefix("//= ").or_else(|| line.strip_prefix("//? "))?;
                Some(said.to_owned())
            });
            let expected: BTreeSet<String> = expected.collect();
            let source: Vec<&str> = program.lines().skip(1).filter(|line| !line.starts_with("//")).collect();
            let set = read(dependencies, &source.join("\n"));
            let ids = set.endpoints.iter().map(|endpoint| match &endpoint.condition {
                Condition::Always => endpoint.id(),
                condition => format!("{} if {condition}", endpoint.id()),
            });
            let counts = [BlindSpotKind::UnknownRoute, BlindSpotKind::UnknownPrefix, BlindSpotKind::OtherService];
            let spots = set.blind_spots.iter().filter(|spot| counts.contains(&spot.kind));
            let found: BTreeSet<String> = ids.chain(spots.map(|spot| spot.kind.word().to_owned())).collect();
            if found != expected {
                wrong.push_str(&format!("{name}: {found:#?}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
