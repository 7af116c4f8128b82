//! Published baselines, from sparse registries that the test itself serves on loopback. Cargo does the asking: tokens,
//! mirrors and `--offline` are its business, and this shows that they reach it.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests build their own files and fail by panicking"
)]

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

/// A sparse registry; it stops answering with the process.
struct Registry {
    address: String,
}

impl Registry {
    /// Serves these releases (file of the `.crate`, name, version, yanked); with a token, to those who show it.
    fn serve(releases: &[(PathBuf, &str, &str, bool)], token: Option<&str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let config = json!({ "dl": format!("{address}/dl"), "api": address, "auth-required": token.is_some() });
        files.insert("/index/config.json".to_owned(), config.to_string().into_bytes());
        for (path, name, version, yanked) in releases {
            let bytes = std::fs::read(path).unwrap();
            let mut checksum = String::new();
            for byte in Sha256::digest(&bytes) {
                write!(checksum, "{byte:02x}").unwrap();
            }
            let line = json!({
                "name": name, "vers": version, "deps": [], "features": {}, "cksum": checksum, "yanked": yanked,
            });
            let index = format!("/index/{}/{}/{name}", &name[..2], &name[2..4]);
            files.entry(index).or_default().extend(format!("{line}\n").into_bytes());
            files.insert(format!("/dl/{name}/{version}/download"), bytes);
        }
        let (files, token) = (Arc::new(files), token.map(str::to_owned));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (files, token) = (Arc::clone(&files), token.clone());
                std::thread::spawn(move || answer(stream, &files, token.as_deref()));
            }
        });
        Self { address }
    }

    fn index(&self) -> String {
        format!("sparse+{}/index/", self.address)
    }
}

fn answer(mut stream: TcpStream, files: &BTreeMap<String, Vec<u8>>, token: Option<&str>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let path = lines.next()?.ok()?.split_whitespace().nth(1)?.to_owned();
    let headers: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let shown = headers.iter().find_map(|h| h.to_lowercase().strip_prefix("authorization: ").map(str::to_owned));
    let none = Vec::new();
    let (status, body) = match files.get(&path) {
        _ if token.is_some() && shown.as_deref() != token => ("401 Unauthorized", &none),
        Some(body) => ("200 OK", body),
        None => ("404 Not Found", &none),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nWWW-Authenticate: Cargo login_url=\"http://localhost\"\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()
}

/// A project, a home for cargo, and what was packaged.
struct Place {
    directory: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { directory: tempfile::tempdir().unwrap() };
        for directory in ["cargo-home", "home", "project/src", "project/.cargo"] {
            std::fs::create_dir_all(place.path(directory)).unwrap();
        }
        place
    }

    fn path(&self, below: &str) -> PathBuf {
        self.directory.path().canonicalize().unwrap().join(below)
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.path("home"))
            .env("CARGO_HOME", self.path("cargo-home"))
            .env("CARGO", cargo())
            // Of the same toolchain: rustup's proxy would look for its own home.
            .env("RUSTC", Path::new(&cargo()).with_file_name("rustc"))
            .env("CARGO_NET_RETRY", "0")
            .current_dir(self.path("project"));
        command
    }

    /// The `.crate` file of a package with these functions.
    fn package(&self, name: &str, version: &str, functions: &[&str]) -> PathBuf {
        let directory = self.path(&format!("released/{name}-{version}"));
        lay(&directory, name, version, "", functions);
        let output = self
            .command(cargo())
            .current_dir(&directory)
            .args(["package", "--no-verify", "--allow-dirty", "--offline", "--exclude-lockfile", "--target-dir"])
            .arg(self.path("target"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        self.path(&format!("target/package/{name}-{version}.crate"))
    }

    /// Puts the project itself, with a configuration of cargo.
    fn project(&self, name: &str, version: &str, more: &str, functions: &[&str], config: &str) {
        lay(&self.path("project"), name, version, more, functions);
        std::fs::write(self.path("project/.cargo/config.toml"), config).unwrap();
    }

    fn check(&self, baseline: &str, more: &[&str], variables: &[(&str, &str)]) -> (i32, Value) {
        let mut command = self.command(env!("CARGO_BIN_EXE_cargo-verpolicy"));
        command.args(["check", "--format", "json", "--date", "2026-01-15", "--baseline", baseline]).args(more);
        read(&command.envs(variables.iter().copied()).output().unwrap())
    }
}

/// Cargo itself, not rustup's proxy.
fn cargo() -> OsString {
    std::env::var_os("CARGO").or(option_env!("CARGO").map(Into::into)).unwrap_or_else(|| "cargo".into())
}

fn lay(directory: &Path, name: &str, version: &str, more: &str, functions: &[&str]) {
    std::fs::create_dir_all(directory.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2021\"\ndescription = \"A test\"\nlicense = \"MIT\"\n{more}\n[workspace]\n"
    );
    std::fs::write(directory.join("Cargo.toml"), manifest).unwrap();
    let functions: Vec<String> = functions
        .iter()
        .map(|name| format!("/// It does.\n#[versioning_macros::api(since = \"1.0.0\")]\npub fn {name}() {{}}\n"))
        .collect();
    std::fs::write(directory.join("src/lib.rs"), functions.concat()).unwrap();
}

fn read(output: &Output) -> (i32, Value) {
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    (output.status.code().unwrap(), serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}{errors}")))
}

/// `version origin required`, or what the error says.
fn said(report: &Value) -> String {
    let package = &report["packages"][0];
    match report["message"].as_str() {
        Some(message) => format!("{}: {message}", report["kind"].as_str().unwrap()),
        None => format!(
            "{} {} {}",
            package["baseline"]["version"].as_str().unwrap_or("-"),
            package["baseline"]["origin"].as_str().unwrap_or("-"),
            package["required"].as_str().unwrap_or("-")
        ),
    }
}

/// Everything asks the one registry instead of crates.io.
fn mirror(registry: &Registry) -> String {
    format!("[source.crates-io]\nreplace-with = \"mirror\"\n[source.mirror]\nregistry = \"{}\"\n", registry.index())
}

#[test]
fn a_mirror_a_version_the_latest_and_no_network() {
    let place = Place::new();
    let old = place.package("petshop", "1.0.0", &["one", "two"]);
    let new = place.package("petshop", "1.1.0", &["one", "two", "three"]);
    let pre = place.package("petshop", "2.0.0-rc.1", &["three"]);
    let registry = Registry::serve(
        &[(old, "petshop", "1.0.0", false), (new, "petshop", "1.1.0", false), (pre, "petshop", "2.0.0-rc.1", false)],
        None,
    );
    place.project("petshop", "1.2.0", "", &["one", "three"], &mirror(&registry));
    let (code, report) = place.check("registry:1.0.0", &["--offline"], &[]);
    assert_eq!(code, 101, "nothing is in the cache yet: {report:#}");
    let (code, report) = place.check("registry:1.0.0", &[], &[]);
    assert_eq!((code, said(&report).as_str()), (100, "1.0.0 registry:petshop@1.0.0 major"), "{report:#}");
    let (code, report) = place.check("registry:1.0.0", &["--offline"], &[]);
    assert_eq!((code, said(&report).as_str()), (100, "1.0.0 registry:petshop@1.0.0 major"), "{report:#}");
    let (code, report) = place.check("registry:latest", &[], &[]);
    assert_eq!(
        (code, said(&report).as_str()),
        (100, "1.1.0 registry:petshop@1.1.0 major"),
        "a pre-release is not the latest: {report:#}"
    );
    let (_, report) = place.check("registry:1.1.0", &[], &[]);
    assert_eq!(said(&report), "1.1.0 registry:petshop@1.1.0 major", "{report:#}");
    let (_, report) = place.check("registry:petshop@2.0.0-rc.1", &[], &[]);
    assert!(said(&report).starts_with("2.0.0-rc.1 registry:petshop@2.0.0-rc.1"), "{report:#}");
    let (code, report) = place.check("registry:9.9.9", &[], &[]);
    assert_eq!(code, 101);
    assert!(said(&report).starts_with("registry: petshop@9.9.9 cannot be had"), "{report:#}");
    assert!(!place.path("project/Cargo.lock").exists(), "the project is left as it was");
}

#[test]
fn pre_releases_alone() {
    let place = Place::new();
    let pre = place.package("petshop", "0.1.0-beta.1", &["one"]);
    let registry = Registry::serve(&[(pre, "petshop", "0.1.0-beta.1", false)], None);
    place.project("petshop", "0.1.0", "", &["one"], &mirror(&registry));
    let (_, report) = place.check("registry:latest", &[], &[]);
    assert!(said(&report).starts_with("0.1.0-beta.1 registry:petshop@0.1.0-beta.1"), "{report:#}");
    let (code, report) = place.check("registry:petshops@latest", &[], &[]);
    assert_eq!(code, 101, "{report:#}");
    assert!(said(&report).starts_with("registry: petshops cannot be had from the registry"), "{report:#}");
}

#[test]
fn yanked_releases_and_former_names() {
    let place = Place::new();
    let good = place.package("petshop", "1.0.0", &["one"]);
    let yanked = place.package("petshop", "1.1.0", &["one", "two"]);
    let registry = Registry::serve(&[(good, "petshop", "1.0.0", false), (yanked, "petshop", "1.1.0", true)], None);
    place.project("petshop", "1.2.0", "", &["one"], &mirror(&registry));
    let (_, report) = place.check("registry:latest", &[], &[]);
    assert_eq!(said(&report), "1.0.0 registry:petshop@1.0.0 none", "what was yanked is not the latest: {report:#}");
    let more = "[package.metadata.verpolicy]\nprevious-names = [\"petshop\"]\n";
    place.project("zooshop", "2.0.0", more, &["one"], &mirror(&registry));
    let (_, report) = place.check("registry:petshop@1.0.0", &[], &[]);
    assert!(said(&report).starts_with("1.0.0 registry:petshop@1.0.0"), "{report:#}");
}

#[test]
fn a_private_registry_with_a_token() {
    let place = Place::new();
    let released = place.package("petshop", "1.0.0", &["one", "two"]);
    let registry = Registry::serve(&[(released, "petshop", "1.0.0", false)], Some("secret"));
    let config =
        format!("[registries.inside]\nindex = \"{}\"\ncredential-provider = [\"cargo:token\"]\n", registry.index());
    place.project("petshop", "1.1.0", "publish = [\"inside\"]\n", &["one"], &config);
    let (code, report) = place.check("registry:latest", &[], &[("CARGO_REGISTRIES_INSIDE_TOKEN", "secret")]);
    assert_eq!((code, said(&report).as_str()), (100, "1.0.0 registry:petshop@1.0.0 major"), "{report:#}");
    std::fs::remove_dir_all(place.path("cargo-home")).unwrap();
    let (code, report) = place.check("registry:latest", &[], &[]);
    assert_eq!(code, 101, "{report:#}");
    assert!(said(&report).contains("token") || said(&report).contains("credential"), "{report:#}");
}
