//! The same change of real source under every policy: the page `docs/policies/table.md` is what the tool says.

use super::{calendar, json, package, run_in};
use std::fs;
use std::path::Path;

/// Name, old source and new source of what follows the head; `Config` and `find` stand in both unless they are replaced.
struct Change {
    name: &'static str,
    old: &'static str,
    new: &'static str,
}

const HEAD: &str = "use versioning_macros::api;\nuse serde::{Deserialize, Serialize};\nuse actix_web::{get, web};\n\n\
     /// Kept.\n#[api(since = \"1.0\")]\n#[get(\"/v1/kept\")]\nasync fn kept() -> web::Json<u32> { todo!() }\n\n";

const PLAIN: &str = "/// Finds.\n#[api(since = \"1.0\")]\n#[get(\"/v1/find\")]\n\
     async fn find(q: web::Query<Q>) -> web::Json<u32> { todo!() }\n#[derive(Deserialize)]\nstruct Q { a: Option<u32> }\n";

const CHANGES: &[Change] = &[
    Change {
        name: "a new endpoint",
        old: "",
        new: "/// New.\n#[api(since = \"next\")]\n#[get(\"/v1/new\")]\nasync fn new() -> web::Json<u32> { todo!() }\n",
    },
    Change { name: "an optional parameter", old: PLAIN, new: "Q { a: Option<u32>, b: Option<u32> }" },
    Change { name: "a required parameter", old: PLAIN, new: "Q { a: Option<u32>, b: u32 }" },
    Change { name: "a deprecation", old: PLAIN, new: "#[api(since = \"1.0\", deprecated(since = \"next\"))]" },
    Change { name: "a removal without deprecation", old: PLAIN, new: "" },
    Change {
        name: "a removal after deprecation",
        old: "/// Finds.\n#[api(since = \"1.0\", deprecated(since = \"1.1\"))]\n#[get(\"/v1/find\")]\n\
              async fn find() -> web::Json<u32> { todo!() }\n",
        new: "",
    },
    Change {
        name: "an optional configuration key",
        old: "/// C.\n#[api(config, since = \"1.0\")]\n#[derive(Deserialize)]\npub struct C { pub a: u32 }\n",
        new: "C { pub a: u32, pub b: Option<u32> }",
    },
    Change {
        name: "a required configuration key",
        old: "/// C.\n#[api(config, since = \"1.0\")]\n#[derive(Deserialize)]\npub struct C { pub a: u32 }\n",
        new: "C { pub a: u32, pub b: u32 }",
    },
    Change {
        name: "a new field in a message",
        old: "/// M.\n#[api(message, since = \"1.0\")]\n#[derive(Serialize, Deserialize)]\npub struct M { pub a: u32 }\n",
        new: "M { pub a: u32, pub b: Option<u32> }",
    },
    Change { name: "a raised `behavior`", old: PLAIN, new: "#[api(since = \"1.0\", behavior = 2)]" },
    Change { name: "nothing", old: PLAIN, new: PLAIN },
];

/// Policy, the release before, and the versions at the three bumps.
const RELEASES: [(&str, &str, [&str; 3]); 6] = [
    ("semver", "1.2.3", ["1.2.4", "1.3.0", "2.0.0"]),
    ("soundstorm", "1.2.3", ["1.2.4", "1.3.0", "2.0.0"]),
    ("matrix", "1.2.3", ["1.2.4", "1.3.0", "2.0.0"]),
    ("chain", "1.2.0", ["1.2.20260101", "1.3.0", "2.0.0"]),
    ("sponge", "8.2.0", ["8.2.1", "8.3.0", "9.0.0"]),
    // Its window of six months is over in January.
    ("calendar", "2025.6.0", ["2025.6.1", "2026.1.0", ""]),
];

fn write(directory: &Path, version: &str, source: &str) {
    fs::create_dir_all(directory.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"p\"\nversion = \"{version}\"\nedition = \"2024\"\n\n[dependencies]\nactix-web = \"4\"\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nversioning-macros = \"0.1\"\n\n[workspace]\n"
    );
    fs::write(directory.join("Cargo.toml"), manifest).unwrap();
    fs::write(directory.join("src/lib.rs"), source).unwrap();
}

/// The new source: whole, or what replaces the part of the old that begins alike.
fn applied(change: &Change) -> String {
    let (old, new) = (change.old, change.new);
    let part = |begin: &str, end: char| {
        let start = old.find(begin)?;
        let stop = old.get(start..)?.find(end)? + start + end.len_utf8();
        Some(format!("{}{new}{}", old.get(..start)?, old.get(stop..)?))
    };
    if new.starts_with("#[api") {
        part("#[api", '\n').map(|text| text.replacen(new, &format!("{new}\n"), 1)).unwrap()
    } else if let Some(name) = new.get(..3).filter(|n| n.ends_with(" {") && n.len() == 3) {
        part(name, '}').unwrap()
    } else {
        new.to_owned()
    }
}

#[test]
fn the_page_is_what_the_tool_says() {
    let directory = tempfile::tempdir().unwrap();
    let mut page = String::from(
        "# The same change under every policy\n\nEach cell tells patch, minor and major apart (build for chain, \
         implementation for sponge; micro and monthly for calendar, the example of `policy guide`): ✓ allowed, ✗ refused. \
         Endpoints are HTTP endpoints where nothing else is said. Written by a test from what `check` says of source.\n\n\
         | change |",
    );
    page.push_str(&RELEASES.map(|(policy, ..)| format!(" {policy} |")).concat());
    page.push_str("\n|---|---|---|---|---|---|---|\n");
    for change in CHANGES {
        page.push_str(&format!("| {} |", change.name));
        for (policy, from, versions) in RELEASES {
            let old = format!("{HEAD}{}", change.old);
            write(&directory.path().join("old"), from, &old);
            let from_file = calendar();
            let name = if policy == "calendar" { from_file.as_str() } else { policy };
            let cells = versions.iter().filter(|v| !v.is_empty()).map(|to| {
                let new = format!("{HEAD}{}", applied(change));
                write(&directory.path().join("new"), to, &new);
                let args = [
                    "check",
                    "--policy",
                    name,
                    "--date",
                    "2026-01-15",
                    "--format",
                    "json",
                    "--baseline",
                    "path:../old",
                ];
                let report = json(&run_in(&directory.path().join("new"), &args));
                match report["verdict"].as_str() {
                    Some("pass") => "✓",
                    Some("fail") => "✗",
                    _ => unreachable!("{policy} {to}, {}: {report:#}", change.name),
                }
            });
            page.push_str(&format!(" {} |", cells.collect::<Vec<_>>().join(" ")));
        }
        page.push('\n');
    }
    let path = package().join("docs/policies/table.md");
    if std::env::var("SNAPSHOTS").is_ok_and(|v| v == "overwrite") {
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(page, fs::read_to_string(path).unwrap());
}
