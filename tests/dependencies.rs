//! Types of dependencies: read from sources that a test lays into a home for cargo of its own, a version a side.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests build their own files and fail by panicking"
)]

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
const FORK: &str = "git+https://example.org/shapes.git?branch=main#0123456789abcdef0123456789abcdef01234567";
/// Where cargo unpacks what it fetches from crates.io.
const UNPACKED: &str = "cargo-home/registry/src/index.crates.io-1949cf8c6b5b557f";

/// What a server answers with: types of `wire-types`, which has one of `deep`.
const SERVER: &str = "use axum::{Json, Router, extract::Query, routing::get};\n\
    use wire_types::{Filter, Users};\n\
    async fn users(Query(filter): Query<Filter>) -> Json<Users> { todo!() }\n\
    pub fn app() -> Router { Router::new().route(\"/users\", get(users)) }\n";

const FIRST: &str = "use serde::{Deserialize, Serialize};\n\
    mod inner { #[derive(serde::Serialize)] pub struct User { pub id: u64, pub name: String, pub tag: deep::Tag } }\n\
    pub use inner::User;\n\
    #[derive(Serialize)] pub struct Page<T> { pub items: Vec<T> }\n\
    pub type Users = Page<User>;\n\
    #[cfg_attr(feature = \"serde\", derive(Deserialize))] pub struct Filter { pub name: Option<String> }\n";

const DEEP: &str = "#[derive(serde::Serialize)] pub enum Tag { Red, Blue }\n";

/// A project under git, a home for cargo, and nothing of the machine's.
struct Place {
    directory: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { directory: tempfile::tempdir().unwrap() };
        place.write("cargo-home/empty", "");
        place.write("project/src/lib.rs", SERVER);
        place.manifest("1", "");
        place.git(&["init", "-q", "-b", "main"]);
        place
    }

    fn path(&self, below: &str) -> PathBuf {
        self.directory.path().canonicalize().unwrap().join(below)
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs([("HOME", self.path("home")), ("CARGO_HOME", self.path("cargo-home"))])
            .envs([("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null")])
            .current_dir(self.path("project"));
        command
    }

    fn git(&self, arguments: &[&str]) {
        let names = [("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.org")];
        let committer = [("GIT_COMMITTER_NAME", "A"), ("GIT_COMMITTER_EMAIL", "a@example.org")];
        let output = self.command("git").envs(names).envs(committer).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn commit(&self, tag: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "-q", "-m", tag]);
        self.git(&["tag", tag]);
    }

    fn manifest(&self, requirement: &str, more: &str) {
        let text = format!(
            "[package]\nname = \"app\"\nversion = \"1.0.0\"\nedition = \"2021\"\n[dependencies]\naxum = \"0.8\"\n\
             wire-types = {{ version = \"{requirement}\", features = [\"serde\"] }}\n[workspace]\n{more}"
        );
        self.write("project/Cargo.toml", text);
    }

    /// The lock file: `wire-types` of this version and source, which needs `deep`.
    fn lock(&self, version: &str, source: &str) {
        let package = |name: &str, version: &str, source: &str, needs: &str| {
            let source = if source.is_empty() { String::new() } else { format!("source = \"{source}\"\n") };
            format!("\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n{source}dependencies = [\n{needs}]\n")
        };
        let text = [
            "version = 4\n".to_owned(),
            package("app", "1.0.0", "", " \"wire-types\",\n"),
            package("deep", "0.3.0", CRATES_IO, ""),
            package("wire-types", version, source, " \"deep\",\n"),
        ];
        self.write("project/Cargo.lock", text.concat());
    }

    /// Lays a package's source into a directory.
    fn lay(&self, directory: &str, name: &str, version: &str, source: &str) {
        self.write(&format!("{directory}/Cargo.toml"), manifest(name, version));
        self.write(&format!("{directory}/src/lib.rs"), source);
    }

    fn unpack(&self, name: &str, version: &str, source: &str) {
        self.lay(&format!("{UNPACKED}/{name}-{version}"), name, version, source);
    }

    /// Two commits: the first with `wire-types` 1.0.0, the second, the work tree, with 1.1.0.
    fn two_locks(&self) {
        self.lock("1.0.0", CRATES_IO);
        self.commit("v1.0.0");
        self.lock("1.1.0", CRATES_IO);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(env!("CARGO_BIN_EXE_cargo-verpolicy")).args(arguments).output().unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        let text = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}{errors}"))
    }

    fn diff(&self) -> Value {
        self.json(&["diff", "v1.0.0", "--implicit", "routes", "--format", "json"])
    }
}

fn manifest(name: &str, version: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2021\"\n\
         [dependencies]\ndeep = \"0.3\"\nserde = {{ version = \"1\", optional = true }}\n"
    )
}

/// The version after [`FIRST`]: `name` is gone from users, `group` must be asked for.
fn second() -> String {
    FIRST.replace("pub name: String, ", "").replace("pub name: Option<String>", "pub group: u32")
}

/// Rule and place of every finding.
fn findings(report: &Value) -> Vec<String> {
    let all = report["packages"][0]["findings"].as_array().unwrap();
    let mut found: Vec<String> =
        all.iter().map(|f| format!("{} {}", f["rule"].as_str().unwrap(), f["message"].as_str().unwrap())).collect();
    found.sort();
    found
}

/// What was not read, each side's reason once.
fn missing(report: &Value) -> Vec<String> {
    let all = report["packages"][0]["blind_spots"].as_array().unwrap();
    let of_kind = all.iter().filter(|spot| spot["kind"] == "missing-source");
    let mut found: Vec<String> = of_kind.map(|spot| spot["detail"].as_str().unwrap().to_owned()).collect();
    found.sort();
    found.dedup();
    found
}

const SEEN: [&str; 3] = [
    "parameter-removed `query · name` is no longer read: requests that send it mean something else, or fail",
    "required-parameter-added `query · group` is new and must be sent",
    "response-field-removed `response 200 · items[].name` is no longer written",
];

#[test]
fn each_side_is_read_with_the_versions_of_its_own_lock_file() {
    let place = Place::new();
    place.unpack("deep", "0.3.0", DEEP);
    place.unpack("wire-types", "1.0.0", FIRST);
    place.unpack("wire-types", "1.1.0", &second());
    place.two_locks();
    let report = place.diff();
    assert_eq!(findings(&report), SEEN, "{report:#}");
    assert_eq!(missing(&report), [""; 0]);
    let note = "types of dependencies are read from their sources: deep 0.3.0, wire-types 1.1.0 (was 1.0.0)";
    assert_eq!(report["packages"][0]["notes"][0], note, "{report:#}");
    let human = place.run(&["diff", "v1.0.0", "--implicit", "routes"]);
    let human = String::from_utf8_lossy(&human.stdout).into_owned();
    assert!(human.contains(note) && human.contains("wire-types@1.1.0/src/lib.rs:6:"), "{human}");
    // What a consumer wants in a file of the tree stands in the manifest.
    let github = place.run(&["diff", "v1.0.0", "--implicit", "routes", "--format", "github"]);
    let github = String::from_utf8_lossy(&github.stdout).into_owned();
    assert!(github.contains("file=Cargo.toml") && !github.contains("file=wire-types"), "{github}");
    let list = place.json(&["list", "--implicit", "routes", "--format", "json"]);
    assert_eq!(list["packages"][0]["opaque"], 0, "{list:#}");
    assert_eq!(list["packages"][0]["followed"]["wire-types"], "1.1.0");
}

#[test]
fn a_source_that_one_side_lacks_is_read_on_neither() {
    let place = Place::new();
    place.unpack("deep", "0.3.0", DEEP);
    place.unpack("wire-types", "1.1.0", &second());
    place.two_locks();
    let report = place.diff();
    assert_eq!(findings(&report), [""; 0], "{report:#}");
    let why = "types of `wire_types` are opaque: 1.0.0, its version in git:v1.0.0, is not at hand (`cargo fetch \
               --locked` there fetches the source)";
    assert_eq!(missing(&report), [why]);
    assert_eq!(report["packages"][0]["notes"].as_array().unwrap().len(), 0, "{report:#}");
    // Without the other side there is nothing to lack.
    let list = place.json(&["list", "--implicit", "routes", "--format", "json"]);
    assert_eq!(list["packages"][0]["opaque"], 0, "{list:#}");
}

#[test]
fn an_archive_will_do() {
    let place = Place::new();
    for (name, version, source) in [
        ("deep", "0.3.0", DEEP.to_owned()),
        ("wire-types", "1.0.0", FIRST.to_owned()),
        ("wire-types", "1.1.0", second()),
    ] {
        let gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let mut archive = tar::Builder::new(gz);
        for (path, text) in [("Cargo.toml", manifest(name, version)), ("src/lib.rs", source)] {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            archive.append_data(&mut header, format!("{name}-{version}/{path}"), text.as_bytes()).unwrap();
        }
        let bytes = archive.into_inner().unwrap().finish().unwrap();
        let file = format!("{}/{name}-{version}.crate", UNPACKED.replace("/src/", "/cache/"));
        place.write(&file, bytes);
    }
    place.two_locks();
    assert_eq!(findings(&place.diff()), SEEN);
}

#[test]
fn what_is_vendored_is_read_from_each_sides_own_tree() {
    let place = Place::new();
    place.manifest("1", "[workspace.metadata.verpolicy]\ndependencies = \"in-tree\"\n");
    let config = "[source.crates-io]\nreplace-with = \"kept\"\n[source.kept]\ndirectory = \"kept\"\n";
    place.write("project/.cargo/config.toml", config);
    place.lay("project/kept/deep", "deep", "0.3.0", DEEP);
    place.lay("project/kept/wire-types", "wire-types", "1.0.0", FIRST);
    place.lock("1.0.0", CRATES_IO);
    place.commit("v1.0.0");
    place.lay("project/kept/wire-types", "wire-types", "1.1.0", &second());
    place.lock("1.1.0", CRATES_IO);
    let report = place.diff();
    assert_eq!(findings(&report), SEEN, "{report:#}");
    let places: Vec<&Value> = report["packages"][0]["findings"].as_array().unwrap().iter().collect();
    assert!(places.iter().any(|f| f["new"]["file"] == "kept/wire-types/src/lib.rs"), "{report:#}");
}

#[test]
fn a_checkout_of_another_repository_is_read_too() {
    let place = Place::new();
    place.unpack("deep", "0.3.0", DEEP);
    place.unpack("wire-types", "1.0.0", FIRST);
    let checkout = "cargo-home/git/checkouts/shapes-aabbccddeeff0011/0123456";
    place.write(&format!("{checkout}/Cargo.toml"), "[workspace]\nmembers = [\"crates/*\"]\n");
    place.lay(&format!("{checkout}/crates/wire"), "wire-types", "1.1.0", &second());
    place.lock("1.0.0", CRATES_IO);
    place.commit("v1.0.0");
    place.lock("1.1.0", FORK);
    let report = place.diff();
    assert_eq!(findings(&report), SEEN, "{report:#}");
}

#[test]
fn in_tree_and_no_lock_file_leave_what_cargo_keeps_alone() {
    let place = Place::new();
    place.unpack("deep", "0.3.0", DEEP);
    place.unpack("wire-types", "1.0.0", FIRST);
    place.unpack("wire-types", "1.1.0", &second());
    place.two_locks();
    place.manifest("1", "[workspace.metadata.verpolicy]\ndependencies = \"in-tree\"\n");
    let report = place.diff();
    assert_eq!(findings(&report), [""; 0], "{report:#}");
    let outside = |version: &str| {
        format!(
            "types of `wire_types` are opaque: {version} stands outside the tree, which `dependencies = \"in-tree\"` leaves out"
        )
    };
    assert_eq!(missing(&report), [outside("1.0.0"), outside("1.1.0")]);
    place.manifest("1", "");
    std::fs::remove_file(place.path("project/Cargo.lock")).unwrap();
    let report = place.diff();
    assert_eq!(findings(&report), [""; 0], "{report:#}");
    let why = "types of `wire_types` are opaque: work tree has no Cargo.lock, which says which version it is";
    assert_eq!(missing(&report), [why]);
}

#[test]
fn another_major_of_an_opaque_dependency_is_said() {
    let place = Place::new();
    place.lock("1.0.0", CRATES_IO);
    place.commit("v1.0.0");
    place.manifest("2", "");
    place.lock("2.0.0", CRATES_IO);
    let said = "was `wire_types::Filter (wire_types 1.0.0)` and is `wire_types::Filter (wire_types 2.0.0)`: whether it \
                looks the same is not known";
    let report = place.diff();
    let found = findings(&report);
    assert!(found.iter().any(|finding| finding.contains(said)), "{report:#}");
    assert_eq!(found.len(), 2, "{report:#}");
}

#[test]
fn a_snapshot_holds_what_the_tree_holds() {
    let place = Place::new();
    place.unpack("deep", "0.3.0", DEEP);
    place.unpack("wire-types", "1.0.0", FIRST);
    place.unpack("wire-types", "1.1.0", &second());
    place.lock("1.0.0", CRATES_IO);
    let written = place.run(&["snapshot", "--file", "old.json"]);
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    place.lock("1.1.0", CRATES_IO);
    let report = place.json(&["diff", "snapshot:old.json", "--implicit", "routes", "--format", "json"]);
    assert_eq!(findings(&report), [""; 0], "{report:#}");
    assert_eq!(missing(&report), ["types of `wire_types` are opaque: snapshot:old.json holds no sources"]);
}
