//! Broken input that a file of cases cannot hold: odd bytes, large and deep sources, links, odd repositories. Each run
//! must end with an exit code that is meant, a message with a place, and the user's files as they were.

use crate::project::{manifest, service};
use crate::sandbox::{Sandbox, TODAY};
use serde_json::Value;
use std::path::Path;

const ONE: &str = "use versioning_macros::api;\n\n/// One.\n#[api(since = \"1.0.0\")]\npub fn one() {}\n";

/// A library with one endpoint, released as 1.0.0.
fn released(files: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("Cargo.toml", manifest("pets", "1.0.0", "") + "[workspace]\n");
    sandbox.write("src/lib.rs", ONE);
    for (path, text) in files {
        sandbox.write(path, text);
    }
    let root = sandbox.root();
    sandbox.git(&root, &["init", "-q", "."]);
    commit(&sandbox);
    sandbox.git(&root, &["tag", "v1.0.0"]);
    sandbox
}

fn commit(sandbox: &Sandbox) {
    sandbox.git(&sandbox.root(), &["add", "-A"]);
    sandbox.git(&sandbox.root(), &["commit", "-q", "-m", "a commit"]);
}

/// Runs `check` and gives its exit code and JSON.
fn check(sandbox: &Sandbox, directory: &Path) -> (i32, Value) {
    run(sandbox, directory, &["check", "--format", "json", "--date", TODAY])
}

fn run(sandbox: &Sandbox, directory: &Path, arguments: &[&str]) -> (i32, Value) {
    let output = sandbox.verpolicy(directory, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!errors.contains("panicked"), "{errors}");
    let code = output.status.code().unwrap_or_else(|| panic!("killed: {errors}"));
    let text = String::from_utf8_lossy(&output.stdout);
    (code, serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}{errors}")))
}

/// Is there a blind spot of this kind, in this file?
fn blind(report: &Value, kind: &str, file: &str) -> bool {
    let spots = report["packages"][0]["blind_spots"].as_array().unwrap();
    spots.iter().any(|spot| spot["kind"] == kind && spot["file"].as_str().is_some_and(|f| f.ends_with(file)))
}

fn rules(report: &Value) -> Vec<String> {
    let findings = report["packages"][0]["findings"].as_array().unwrap();
    findings.iter().map(|f| format!("{} {}", f["rule"].as_str().unwrap(), f["endpoint"].as_str().unwrap())).collect()
}

#[test]
fn source_that_is_no_utf8() {
    let sandbox = released(&[("src/odd.rs", ONE)]);
    sandbox.write("src/lib.rs", format!("{ONE}pub mod odd;\n"));
    commit(&sandbox);
    sandbox.git(&sandbox.root(), &["tag", "-f", "v1.0.0"]);
    let mut bytes = ONE.as_bytes().to_vec();
    bytes.extend(b"// \xff\xfe\n");
    sandbox.write("src/odd.rs", bytes);
    let (code, report) = check(&sandbox, &sandbox.root());
    assert_eq!(code, 101, "{report:#}");
    assert_eq!(report["verdict"], "incomplete");
    assert!(blind(&report, "unparsed-file", "src/odd.rs"), "{report:#}");
    assert_eq!(rules(&report), ["incomplete pets::odd::one"]);
}

#[test]
fn modules_without_files_and_modules_that_hold_themselves() {
    let sandbox = released(&[]);
    sandbox.write("src/lib.rs", format!("{ONE}mod gone;\n#[path = \"lib.rs\"]\nmod again;\nmod a;\n"));
    sandbox.write("src/a.rs", "#[path = \"b.rs\"]\nmod b;\n");
    sandbox.write("src/b.rs", "#[path = \"a.rs\"]\nmod a;\n");
    let (code, report) = check(&sandbox, &sandbox.root());
    assert_eq!(code, 0, "{report:#}");
    assert!(blind(&report, "missing-file", "src/lib.rs"), "{report:#}");
    assert!(blind(&report, "module-cycle", "src/lib.rs"), "{report:#}");
    assert!(blind(&report, "module-cycle", "src/a.rs"), "{report:#}");
}

#[test]
fn a_missing_file_that_may_hold_what_is_gone() {
    let sandbox = released(&[("src/a.rs", ONE)]);
    sandbox.write("src/lib.rs", format!("{ONE}pub mod a;\n"));
    commit(&sandbox);
    sandbox.git(&sandbox.root(), &["tag", "-f", "v1.0.0"]);
    std::fs::remove_file(sandbox.root().join("src/a.rs")).unwrap();
    let (code, report) = check(&sandbox, &sandbox.root());
    assert_eq!((code, &report["verdict"]), (101, &Value::from("incomplete")), "{report:#}");
    assert_eq!(rules(&report), ["incomplete pets::a::one"]);
}

#[test]
fn ten_megabytes_in_one_file() {
    let sandbox = released(&[]);
    let mut large = String::from("use versioning_macros::api;\n#[api(since = \"next\")]\npub fn found() {}\n");
    let mut count = 0;
    while large.len() < 10 << 20 {
        large.push_str(&format!(
            "/// Generated.\n#[derive(serde::Serialize)]\npub struct S{count} {{ pub a: u32, pub b: Vec<String>, pub c: Option<Box<S{count}>> }}\n\
             impl S{count} {{ pub fn get(&self) -> u32 {{ let x = self.a + 1; if x > 2 {{ x * 3 }} else {{ x }} }} }}\n",
        ));
        count += 1;
    }
    sandbox.write("src/lib.rs", format!("{ONE}pub mod large;\n"));
    sandbox.write("src/large.rs", large);
    let (code, report) = check(&sandbox, &sandbox.root());
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(rules(&report), ["endpoint-added pets::large::found"]);
}

#[test]
fn types_and_modules_nested_very_deeply() {
    for depth in [100, 10_000, 200_000] {
        let sandbox = released(&[]);
        let nested = format!("{}u32{}", "Option<".repeat(depth), ">".repeat(depth));
        let tuple = format!("{}u32{}", "(".repeat(depth), ",)".repeat(depth));
        let modules = format!("{}{}", "pub mod m {".repeat(depth), "}".repeat(depth));
        let expression = format!("pub const C: u32 = {}1{};", "(".repeat(depth), ")".repeat(depth));
        sandbox.write("src/lib.rs", format!("{ONE}pub mod types;\npub mod modules;\npub mod constants;\n"));
        sandbox.write("src/types.rs", format!(
            "use versioning_macros::api;\n#[api(GET \"/deep\", since = \"next\")]\npub async fn deep() -> {nested} {{ todo!() }}\n\
             #[api(message, since = \"next\")]\n#[derive(serde::Serialize)]\npub struct Deep {{ pub a: {tuple} }}\n",
        ));
        sandbox.write("src/modules.rs", modules);
        sandbox.write("src/constants.rs", expression);
        let (code, report) = check(&sandbox, &sandbox.root());
        assert!([0, 101].contains(&code), "{depth}: {code}");
        assert!(report["verdict"] == "pending" || report["verdict"] == "incomplete", "{depth}: {}", report["verdict"]);
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_or_out() {
    use std::os::unix::fs::symlink;
    let sandbox = released(&[]);
    let source = sandbox.root().join("src");
    sandbox.write("src/lib.rs", format!("{ONE}mod round;\nmod out;\nmod real;\n"));
    symlink("round.rs", source.join("round.rs")).unwrap();
    symlink("/etc/hostname", source.join("out.rs")).unwrap();
    symlink("..", source.join("up")).unwrap();
    sandbox
        .write("src/kept.txt", "use versioning_macros::api;\n#[api(GET \"/r\", since = \"next\")]\nasync fn r() {}\n");
    symlink("kept.txt", source.join("real.rs")).unwrap();
    let (code, report) = check(&sandbox, &sandbox.root());
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(rules(&report), ["endpoint-added GET /r"]);
    for module in ["round", "out"] {
        let told = report["packages"][0]["blind_spots"].to_string();
        assert!(told.contains(module), "{module}: {told}");
    }
}

#[test]
fn a_bare_repository() {
    let sandbox = released(&[]);
    let root = sandbox.root();
    let url = format!("file://{}", root.display());
    sandbox.git(&root, &["clone", "-q", "--bare", &url, "../bare"]);
    let bare = root.join("../bare");
    let (code, error) = check(&sandbox, &bare);
    assert_eq!((code, &error["kind"]), (101, &Value::from("bare-repository")), "{error:#}");
    assert!(error["message"].as_str().unwrap().contains("git:HEAD"), "{error:#}");
    let (code, report) = run(&sandbox, &bare, &["diff", "v1.0.0", "HEAD", "--format", "json"]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(report["packages"][0]["current"]["endpoints"], 1, "{report:#}");
}

#[test]
fn a_submodule_that_holds_a_module() {
    let other = Sandbox::new();
    other.write("mod.rs", ONE);
    other.git(&other.root(), &["init", "-q", "."]);
    commit(&other);
    let sandbox = released(&[]);
    let root = sandbox.root();
    let url = format!("file://{}", other.root().display());
    sandbox.git(&root, &["submodule", "--quiet", "add", &url, "src/sub"]);
    sandbox.write("src/lib.rs", format!("{ONE}pub mod sub;\n"));
    commit(&sandbox);
    let (code, report) = check(&sandbox, &root);
    assert!([0, 101].contains(&code), "{report:#}");
    let told = report["packages"][0]["blind_spots"].to_string();
    assert!(told.contains("submodule") && told.contains("src/sub"), "{told}");
}

#[test]
fn a_member_in_a_submodule() {
    let other = Sandbox::new();
    other.write("Cargo.toml", manifest("sub", "1.0.0", ""));
    other.write("src/lib.rs", ONE);
    other.git(&other.root(), &["init", "-q", "."]);
    commit(&other);
    let sandbox = released(&[]);
    let root = sandbox.root();
    let url = format!("file://{}", other.root().display());
    sandbox.git(&root, &["submodule", "--quiet", "add", &url, "sub"]);
    sandbox.write("Cargo.toml", manifest("pets", "1.0.1", "") + "[workspace]\nmembers = [\"sub\"]\n");
    commit(&sandbox);
    let output = sandbox.verpolicy(&root, &["check", "--date", TODAY]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("member `sub` stands in a submodule"), "{told}");
    let (code, report) = run(&sandbox, &root, &["diff", "v1.0.0", "HEAD", "--format", "json"]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(report["packages"][0]["current"]["endpoints"], 1, "{report:#}");
}

#[test]
fn a_member_that_is_not_there() {
    let gone = |version: &str| manifest("pets", version, "") + "[workspace]\nmembers = [\"sub\"]\n";
    let sandbox = released(&[("sub/Cargo.toml", &manifest("sub", "1.0.0", "")), ("sub/src/lib.rs", ONE)]);
    let root = sandbox.root();
    sandbox.write("Cargo.toml", gone("1.0.1"));
    commit(&sandbox);
    sandbox.git(&root, &["rm", "-rq", "sub"]);
    sandbox.write("Cargo.toml", gone("1.0.2"));
    commit(&sandbox);
    // Cargo would refuse it: what is judged must be whole; who only asks is told of the rest.
    let (code, error) = check(&sandbox, &root);
    assert_eq!((code, &error["kind"]), (101, &Value::from("manifest")), "{error:#}");
    let (code, report) = run(&sandbox, &root, &["diff", "v1.0.0", "HEAD", "--format", "json"]);
    assert_eq!(code, 0, "{report:#}");
    // Nobody knows whether what was promised there is gone, nor whether it is new.
    for sides in [["HEAD~1", "HEAD"], ["HEAD", "HEAD~1"]] {
        let (code, error) = run(&sandbox, &root, &["diff", sides[0], sides[1], "--format", "json"]);
        assert_eq!((code, &error["kind"]), (101, &Value::from("manifest")), "{error:#}");
    }
}

#[test]
fn a_sparse_checkout() {
    // What is not checked out is read from git: nothing seems to be gone.
    let sandbox = released(&[("src/far/mod.rs", ONE), ("other/keep.txt", "kept\n")]);
    sandbox.write("src/lib.rs", format!("{ONE}pub mod far;\n"));
    commit(&sandbox);
    let root = sandbox.root();
    sandbox.git(&root, &["tag", "-f", "v1.0.0"]);
    sandbox.git(&root, &["sparse-checkout", "set", "--no-cone", "/Cargo.toml", "/src/lib.rs"]);
    assert!(!root.join("src/far/mod.rs").exists());
    sandbox.write("src/lib.rs", format!("{ONE}pub mod far;\n// changed\n"));
    let (code, report) = check(&sandbox, &root);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(rules(&report), [""; 0]);
    assert_eq!(report["packages"][0]["current"]["endpoints"], 2, "{report:#}");
}

/// Every file of the project but git's own, with its bytes.
fn files(directory: &Path) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with(".git") {
                out.extend(files(&path));
            }
        } else {
            out.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    out.sort();
    out
}

#[test]
fn nothing_is_lost_where_nothing_can_be_written() {
    let sandbox = released(&[]);
    let root = sandbox.root();
    sandbox.write("src/lib.rs", format!("{ONE}/// Two.\n#[api(since = \"next\")]\npub fn two() {{}}\n"));
    let before = files(&root);
    let (code, error) = run(&sandbox, &root, &["check", "--format", "json", "--output", "json=/proc/verpolicy.json"]);
    assert_eq!((code, &error["kind"]), (101, &Value::from("write")), "{error:#}");
    let output = sandbox.verpolicy(&root, &["snapshot", "--file", "/proc/verpolicy.json"]);
    assert_eq!(output.status.code(), Some(101));
    assert!(String::from_utf8_lossy(&output.stderr).contains("/proc/verpolicy.json cannot be written"), "{output:?}");
    // A file that is marked as read-only is refused even where the user could overwrite it.
    let source = root.join("src/lib.rs");
    let mut permissions = source.metadata().unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&source, permissions.clone()).unwrap();
    let output = sandbox.verpolicy(&root, &["next", "--write", "--date", TODAY]);
    assert_eq!(output.status.code(), Some(101), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("src/lib.rs cannot be written"), "{output:?}");
    assert_eq!(files(&root), before, "either all files are written or none");
}

#[test]
fn the_user_s_repository_stays_as_it_was() {
    let sandbox = released(&[]);
    let root = sandbox.root();
    sandbox.write("src/lib.rs", format!("{ONE}/// Two.\n#[api(since = \"next\")]\npub fn two() {{}}\n"));
    sandbox.write("untracked.txt", "mine\n");
    let state = || {
        let index = std::fs::read(root.join(".git/index")).unwrap();
        (files(&root), index, sandbox.git(&root, &["for-each-ref"]))
    };
    let before = state();
    for arguments in [&["check"][..], &["check", "--release"], &["diff", "v1.0.0"], &["list", "git:v1.0.0"], &["next"]]
    {
        sandbox.verpolicy(&root, arguments);
        assert_eq!(state(), before, "{arguments:?}");
    }
}

#[test]
fn a_repository_configured_to_run_programs_runs_none() {
    let sandbox = released(&[]);
    let root = sandbox.root();
    let marker = root.join("../ran");
    let program = format!("touch {}", marker.display());
    for key in ["core.fsmonitor", "filter.x.smudge", "filter.x.clean", "diff.external", "core.sshCommand"] {
        sandbox.git(&root, &["config", key, &program]);
    }
    sandbox.write(".gitattributes", "*.rs filter=x diff=x\n");
    let _ = std::fs::remove_file(&marker);
    for arguments in [&["check"][..], &["check", "--release"], &["diff", "v1.0.0"], &["list", "git:v1.0.0"]] {
        sandbox.verpolicy(&root, arguments);
        assert!(!marker.exists(), "{arguments:?} ran a program");
    }
}

#[test]
fn a_service_in_actix_reads_as_one() {
    // The harness itself: what `serve` writes is what the other cases rely on.
    let sandbox = released(&[]);
    sandbox.write("src/main.rs", service(&["GET /a: since = \"next\"", "POST /b/{id}"]));
    commit(&sandbox);
    let (code, report) = check(&sandbox, &sandbox.root());
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(rules(&report), ["endpoint-added GET /a"]);
    assert_eq!(report["packages"][0]["unmarked"], 1, "{report:#}");
}
