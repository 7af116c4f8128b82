//! Workspaces in memory.

use super::*;
use crate::tree::MemoryTree;

fn package(name: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2021\"\n")
}

fn tree(files: &[(&str, &str)]) -> MemoryTree {
    MemoryTree::of(files.iter().copied())
}

fn names(workspace: &Workspace) -> Vec<(&str, bool)> {
    workspace.packages.iter().map(|package| (package.directory.as_str(), package.member)).collect()
}

fn problems(workspace: &Workspace) -> Vec<String> {
    let shown = |problem: &ManifestProblem| {
        format!("{}:{}:{}: {}", problem.file, problem.line, problem.column, problem.message)
    };
    workspace.problems.iter().map(shown).collect()
}

fn targets(package: &Package) -> Vec<String> {
    package.targets.iter().map(|target| format!("{:?} {} {}", target.kind, target.name, target.path)).collect()
}

#[test]
fn the_root_is_found_as_cargo_finds_it() {
    let p = package("p");
    let excluded = "[workspace]\nmembers = [\"in\"]\nexclude = [\"out\"]\n";
    let pointing = format!("{p}workspace = \"../root\"\n");
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str, &'a [(&'a str, bool)]);
    let cases: &[Case<'_>] = &[
        (&[("Cargo.toml", &p)], "", "", &[("", true)]),
        (&[("a/b/Cargo.toml", &p)], "a/b/src/deep", "a/b", &[("a/b", true)]),
        (&[("a/Cargo.toml", &p)], "a/Cargo.toml", "a", &[("a", true)]),
        (&[("a/Cargo.toml", &p)], "a/gone/Cargo.toml", "a", &[("a", true)]),
        (&[("Cargo.toml", excluded), ("in/Cargo.toml", &p), ("out/Cargo.toml", &p)], "in", "", &[("in", true)]),
        (&[("Cargo.toml", excluded), ("in/Cargo.toml", &p), ("out/Cargo.toml", &p)], "out", "out", &[("out", true)]),
        (&[("Cargo.toml", "[workspace]"), ("lost/Cargo.toml", &p)], "lost", "", &[("lost", true)]),
        (
            &[("root/Cargo.toml", "[workspace]\nmembers = [\"../m\"]"), ("m/Cargo.toml", &pointing)],
            "m",
            "root",
            &[("m", true)],
        ),
    ];
    for (files, start, root, expected) in cases {
        let workspace = read_workspace(&tree(files), start).unwrap();
        assert_eq!((workspace.root.as_str(), names(&workspace)), (*root, expected.to_vec()), "{files:?} from {start}");
        assert!(workspace.problems.is_empty(), "{:?}", workspace.problems);
    }
}

#[test]
fn no_manifest_is_an_error_with_advice() {
    let p = package("p");
    for (files, start, expected) in [
        (
            vec![("a.rs", "")],
            "",
            ".: no Cargo.toml here or above in memory; name the directory of a package or workspace",
        ),
        (
            vec![("server/Cargo.toml", p.as_str())],
            "x/y",
            "x/y: no Cargo.toml here or above in memory; there is `server/",
        ),
        (vec![("Cargo.toml", p.as_str())], "../x", "../x: leaves the tree"),
        (
            vec![("a/Cargo.toml", "[package]\nname = \"a\"\nworkspace = \"..\"")],
            "a",
            "Cargo.toml: there is no such manifest in memory, though `a/Cargo.toml` names it",
        ),
    ] {
        let error = read_workspace(&tree(&files), start).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn members_are_globs_paths_and_path_dependencies() {
    let root = "[workspace]\nmembers = [\"crates/*\", \"tools/**/x-*\", \"gone\"]\nexclude = [\"crates/old\"]\n";
    let a =
        format!("{}[dependencies]\nnear = {{ path = \"../../near\" }}\nold = {{ path = \"../old\" }}\n", package("a"));
    let files = [
        ("Cargo.toml", root),
        ("crates/a/Cargo.toml", &a),
        ("crates/old/Cargo.toml", &package("old")),
        ("crates/README.md", ""),
        ("crates/empty/file", ""),
        ("tools/x-1/Cargo.toml", &package("x1")),
        ("tools/deep/er/x-2/Cargo.toml", &package("x2")),
        ("tools/deep/y/Cargo.toml", &package("y")),
        ("near/Cargo.toml", &package("near")),
    ];
    let workspace = read_workspace(&tree(&files), "").unwrap();
    assert_eq!(
        names(&workspace),
        [("crates/a", true), ("near", true), ("crates/old", false), ("tools/x-1", true), ("tools/deep/er/x-2", true)]
    );
    assert_eq!(problems(&workspace), ["Cargo.toml:2:40: workspace member `gone` has no Cargo.toml"]);
    assert_eq!(workspace.package("near").unwrap().directory, "near");
    assert!(workspace.package("y").is_none());
}

#[test]
fn a_member_behind_a_link_is_followed_or_named() {
    let files = [("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"), ("kept/a/Cargo.toml", &package("a"))];
    let memory =
        tree(&files).link("crates/a", "../kept/a").link("crates/b", "../../elsewhere/b").link("crates/c", "none");
    let workspace = read_workspace(&memory, "").unwrap();
    assert_eq!(names(&workspace), [("crates/a", true)]);
    assert_eq!(problems(&workspace), ["Cargo.toml:2:12: crates/b: leaves the tree; only files inside it can be read"]);
}

#[test]
fn fields_and_dependencies_are_inherited() {
    let root = "\
[workspace]
members = [\"a\"]
package.edition = \"2024\"
[workspace.package]
version = \"2.1.0\"
publish = false
[workspace.dependencies]
b = { path = \"lib/b\", package = \"b-real\", default-features = false, features = [\"x\"] }
[workspace.metadata.verpolicy]
policy = \"semver\"
";
    let root = root.replace("package.edition = \"2024\"\n", "").replace("publish", "edition = \"2024\"\npublish");
    let a = "\
[package]
name = \"a-é\"
version.workspace = true
edition = { workspace = true }
publish.workspace = true
[dependencies]
b = { workspace = true, features = [\"y\"], optional = true }
[target.'cfg(unix)'.dependencies]
c-c = \"1\"
[dev-dependencies]
d = \"1\"
[build-dependencies]
e = { version = \"1\", optional = true }
[features]
default = [\"dep:e\", \"z\"]
z = []
[package.metadata.verpolicy]
tag-format = \"v{version}\"
";
    let files = [("Cargo.toml", root.as_str()), ("a/Cargo.toml", a), ("lib/b/Cargo.toml", &package("b-real"))];
    let workspace = read_workspace(&tree(&files), "").unwrap();
    assert_eq!(problems(&workspace), [""; 0]);
    assert_eq!(workspace.metadata.as_ref().unwrap()["policy"].as_str(), Some("semver"));
    let a = workspace.package("a-é").unwrap();
    assert_eq!(a.version_place, Some(("Cargo.toml".to_owned(), 4, 11)));
    assert_eq!((a.version.as_deref(), a.edition.as_str(), a.unpublished), (Some("2.1.0"), "2024", true));
    assert_eq!(a.metadata.as_ref().unwrap()["tag-format"].as_str(), Some("v{version}"));
    assert_eq!(a.dependencies.keys().collect::<Vec<_>>(), ["b", "c_c"]);
    let b = &a.dependencies["b"];
    assert_eq!(
        (b.package.as_str(), b.path.as_deref(), b.optional, b.default_features),
        ("b-real", Some("lib/b"), true, false)
    );
    assert_eq!(b.features, ["x".to_owned(), "y".to_owned()].into());
    let features: Vec<_> = a.features.iter().map(|(name, on)| (name.as_str(), on.len())).collect();
    assert_eq!(features, [("b", 1), ("default", 2), ("z", 0)]);
    assert!(a.features["b"].contains("dep:b"));
}

#[test]
fn targets_are_found_as_cargo_finds_them() {
    let sources =
        ["src/lib.rs", "src/main.rs", "src/bin/one.rs", "src/bin/two/main.rs", "src/bin/two/not.rs", "other.rs"];
    for (extra, expected) in [
        (
            "",
            vec![
                "Lib my_p src/lib.rs",
                "Bin my_p src/main.rs",
                "Bin one src/bin/one.rs",
                "Bin two src/bin/two/main.rs",
            ],
        ),
        ("autobins = false\nautolib = false\n", vec![]),
        (
            "[lib]\npath = \"other.rs\"\nname = \"o\"\nproc-macro = true\n[[bin]]\nname = \"my-p\"\n[[bin]]\nname = \"x\"\npath = \"src/bin/one.rs\"\nrequired-features = [\"f\"]\n",
            vec!["ProcMacro o other.rs", "Bin my_p src/main.rs", "Bin two src/bin/two/main.rs", "Bin x src/bin/one.rs"],
        ),
        ("edition = \"2015\"\n[[bin]]\nname = \"two\"\n", vec!["Lib my_p src/lib.rs", "Bin two src/bin/two/main.rs"]),
        ("autobins = false\n[[bin]]\nname = \"gone\"\n", vec!["Lib my_p src/lib.rs", "Bin gone src/bin/gone.rs"]),
    ] {
        let edition = if extra.contains("edition") { "" } else { "edition = \"2021\"\n" };
        let manifest = format!("[package]\nname = \"my-p\"\n{edition}{extra}");
        let files = sources.map(|source| (source.to_owned(), String::new()));
        let tree = MemoryTree::of(files).file("Cargo.toml", &manifest);
        let workspace = read_workspace(&tree, "").unwrap();
        assert_eq!(targets(&workspace.packages[0]), expected, "{extra}");
    }
}

#[test]
fn broken_manifests_are_named_and_the_others_read() {
    let root = "[workspace]\nmembers = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", 3]\n";
    let files = [
        ("Cargo.toml", root),
        ("a/Cargo.toml", &package("a")),
        ("b/Cargo.toml", "[package]\nname = \"é\" x\n"),
        ("c/Cargo.toml", "[dependencies]\n"),
        ("d/Cargo.toml", "[package]\nversion = \"1\"\n"),
        ("e/Cargo.toml", "[package]\nname = \"e\"\nversion.workspace = true\n"),
        ("f/Cargo.toml", "[package]\nname = \"f\"\nversion = 1\n"),
    ];
    let memory = tree(&files).file("Cargo.lock", "[[package]]\nname = \"x\"\nversion = \"1.0.0\"\n");
    let workspace = read_workspace(&memory, "").unwrap();
    assert_eq!(names(&workspace), [("a", true), ("e", true), ("f", true)]);
    assert_eq!(workspace.locked["x"].len(), 1);
    let problems = problems(&workspace);
    for (problem, expected) in problems.iter().zip([
        "Cargo.toml:2:42: a workspace member is a string",
        "b/Cargo.toml:2:12: is not valid TOML: ",
        "c/Cargo.toml:0:0: has neither [package] nor [workspace]",
        "d/Cargo.toml:0:0: [package] has no name",
        "e/Cargo.toml:3:1: `version.workspace = true`, but [workspace.package] of `Cargo.toml` has no `version`",
        "f/Cargo.toml:3:11: `version` is not a string",
    ]) {
        assert!(problem.starts_with(expected), "{problem}\n{expected}");
    }
    assert_eq!(problems.len(), 6, "{problems:#?}");
}

#[test]
fn a_broken_root_still_leads_to_its_members() {
    let files = [("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n[broken\n"), ("a/Cargo.toml", &package("a"))];
    let workspace = read_workspace(&tree(&files), "a").unwrap();
    assert_eq!(names(&workspace), [("a", true)]);
    assert_eq!(workspace.problems.len(), 1);
    assert_eq!((workspace.problems[0].file.as_str(), workspace.problems[0].line), ("Cargo.toml", 3));
    let latin = MemoryTree::new("memory").file("Cargo.toml", b"[package]\nname = \"\xe9\"\n");
    let workspace = read_workspace(&latin, "").unwrap();
    assert_eq!(problems(&workspace), ["Cargo.toml:2:9: this manifest is not UTF-8; save it as UTF-8"]);
    let empty = read_workspace(&tree(&[("Cargo.toml", "[workspace]\n")]), "").unwrap();
    assert!(problems(&empty)[0].contains("has no members"), "{empty:?}");
}

#[test]
fn a_path_dependency_inherits_from_its_own_workspace() {
    let a = format!("{}[dependencies]\nb = {{ path = \"../../two/b\" }}\n", package("a"));
    let files = [
        ("one/Cargo.toml", "[workspace]\nmembers = [\"a\"]\n[workspace.package]\nversion = \"1.0.0\"\n"),
        ("one/a/Cargo.toml", a.as_str()),
        ("two/Cargo.toml", "[workspace]\nmembers = [\"b\"]\n[workspace.package]\nversion = \"2.0.0\"\n"),
        ("two/b/Cargo.toml", "[package]\nname = \"b\"\nversion.workspace = true\n"),
    ];
    let workspace = read_workspace(&tree(&files), "one").unwrap();
    assert_eq!(names(&workspace), [("one/a", true), ("two/b", false)]);
    assert_eq!(workspace.package("b").unwrap().version.as_deref(), Some("2.0.0"));
}

#[test]
fn hostile_manifests_do_not_overflow() {
    let deep = 100_000;
    for text in [
        format!("a = {}", "[".repeat(deep)),
        format!("a = {}", "{a=".repeat(deep)),
        format!("{}a = 1", "a.".repeat(deep)),
        format!("[{}a]", "a.".repeat(deep)),
        format!("[workspace]\nmembers = [\"{}*\"]", "*/".repeat(deep)),
        format!("[workspace]\nmembers = [\"{}\"]", "a/".repeat(deep)),
        format!("[workspace]\nmembers = [\"{}\"]", "*".repeat(deep)),
        format!("[package]\nname = \"p\"\n[lib]\npath = \"{}x\"", "a/".repeat(deep)),
    ] {
        let tree = tree(&[("Cargo.toml", &text), ("aaa/b/Cargo.toml", "")]);
        read_workspace(&tree, "").unwrap();
    }
}

#[test]
fn a_version_is_asked_of_one_manifest() {
    let files = [
        ("Cargo.toml", "[workspace]\n[workspace.package]\nversion = \"3.0.0\"\n"),
        ("a/Cargo.toml", "[package]\nname = \"a\"\nversion.workspace = true\n"),
        ("b/Cargo.toml", "[package]\nname = \"b\"\nversion = \"1.0.0\"\n"),
        ("c/Cargo.toml", "[package]\nname = \"c\"\n"),
        ("d/Cargo.toml", "[package\nname = \"d\"\n"),
    ];
    for (manifest, name, expected) in [
        ("a/Cargo.toml", "a", StatedVersion::Version("3.0.0".to_owned())),
        ("b/Cargo.toml", "b", StatedVersion::Version("1.0.0".to_owned())),
        ("b/Cargo.toml", "a", StatedVersion::NotHere),
        ("c/Cargo.toml", "c", StatedVersion::None),
        ("d/Cargo.toml", "d", StatedVersion::NotHere),
        ("e/Cargo.toml", "e", StatedVersion::NotHere),
    ] {
        assert_eq!(stated_version(&tree(&files), manifest, name), expected, "{manifest} {name}");
    }
}

/// What cargo says of our workspace is what we read.
#[test]
fn cargo_agrees() {
    let place = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let (tree, start) = crate::tree::Worktree::open(place, "work tree").unwrap();
    let workspace = read_workspace(&tree, &start).unwrap();
    assert_eq!(problems(&workspace), [""; 0]);
    let manifest = std::path::Path::new(&place).join("Cargo.toml");
    let mut cargo = cargo_metadata::MetadataCommand::new();
    cargo.manifest_path(manifest).no_deps().other_options(["--offline".to_owned()]);
    let said = cargo.exec().unwrap();
    assert_eq!(workspace.packages.iter().filter(|package| package.member).count(), said.packages.len());
    for expected in said.packages {
        let package = workspace.package(&expected.name).unwrap();
        let relative = |path: &cargo_metadata::camino::Utf8Path| tree.relative(path.as_std_path()).unwrap();
        assert_eq!(package.manifest, relative(&expected.manifest_path));
        assert_eq!(package.version.clone().unwrap_or("0.0.0".to_owned()), expected.version.to_string());
        assert_eq!((package.edition.as_str(), package.member), (expected.edition.as_str(), true), "{}", package.name);
        assert_eq!(package.unpublished, expected.publish.as_ref().is_some_and(Vec::is_empty), "{}", package.name);
        let features: BTreeMap<_, BTreeSet<_>> =
            expected.features.into_iter().map(|(name, enables)| (name, enables.into_iter().collect())).collect();
        assert_eq!(package.features, features, "{}", package.name);
        let mut sources: Vec<String> = expected
            .targets
            .iter()
            .filter(|target| {
                !(target.is_test() || target.is_bench() || target.is_example() || target.is_custom_build())
            })
            .map(|target| relative(&target.src_path))
            .collect();
        sources.sort();
        let mut ours: Vec<_> = package.targets.iter().map(|target| target.path.clone()).collect();
        ours.sort();
        assert_eq!(ours, sources, "{}", package.name);
        for dependency in expected.dependencies {
            if dependency.kind == cargo_metadata::DependencyKind::Normal {
                let name = dependency.rename.as_ref().unwrap_or(&dependency.name).replace('-', "_");
                assert_eq!(package.dependencies[&name].package, dependency.name, "{}", package.name);
            }
        }
    }
}
