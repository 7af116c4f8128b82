//! What every kind of tree answers alike.

use super::fixture::Fixture;
use crate::tree::{BlobId, Kind, MemoryTree, Node, Repository, SourceTree, Worktree, write};

#[cfg(unix)]
fn file(text: &str) -> Option<Node> {
    Some(Node::File(BlobId::of(text.as_bytes())))
}

/// The same files, links and a submodule in each kind of tree.
#[cfg(unix)]
fn all_kinds(check: impl Fn(&str, &dyn SourceTree)) {
    let memory =
        MemoryTree::of([("Cargo.toml", "a"), ("src/lib.rs", "b"), ("src/lib/x.rs", "c"), ("src/lib-y.rs", "d")])
            .link("linked.rs", "src/lib.rs")
            .link("linked", "src/../src/lib")
            .link("dangling", "nowhere")
            .link("circle", "circle2")
            .link("circle2", "circle")
            .link("outside", "../../etc/passwd")
            .link("absolute", "/etc/passwd")
            .submodule("sub");
    check("memory", &memory);
    let fixture = Fixture::new();
    for (path, text) in [("Cargo.toml", "a"), ("src/lib.rs", "b"), ("src/lib/x.rs", "c"), ("src/lib-y.rs", "d")] {
        fixture.write(path, text);
    }
    for (path, target) in [
        ("linked.rs", "src/lib.rs"),
        ("linked", "src/../src/lib"),
        ("dangling", "nowhere"),
        ("circle", "circle2"),
        ("circle2", "circle"),
        ("outside", "../../etc/passwd"),
        ("absolute", "/etc/passwd"),
    ] {
        std::os::unix::fs::symlink(target, fixture.root().join(path)).unwrap();
    }
    std::fs::create_dir(fixture.root().join("sub")).unwrap();
    fixture.git(&["add", "-A"]);
    fixture.git(&["update-index", "--add", "--cacheinfo", "160000,1111111111111111111111111111111111111111,sub"]);
    fixture.git(&["commit", "-q", "-m", "first"]);
    let repository = Repository::discover(&fixture.root()).unwrap();
    check("git", &repository.tree("HEAD").unwrap());
    check("work tree", &repository.work_tree().unwrap());
    fixture.write("sub/.git", "gitdir: elsewhere");
    check("directory", &Worktree::new(fixture.root(), "path:."));
    fixture.git(&["update-index", "--refresh"]);
    check("refreshed", &repository.work_tree().unwrap());
}

#[test]
#[cfg(unix)]
fn nodes_are_found() {
    all_kinds(|kind, tree| {
        for (path, expected) in [
            ("", Some(Node::Directory)),
            ("src", Some(Node::Directory)),
            ("src/lib.rs", file("b")),
            ("src/lib/x.rs", file("c")),
            ("src/lib.rs/x.rs", None),
            ("src/none.rs", None),
            ("none/none.rs", None),
            ("linked.rs", file("b")),
            ("linked", Some(Node::Directory)),
            ("linked/x.rs", file("c")),
            ("dangling", None),
            ("sub", Some(Node::Submodule)),
            ("sub/src/lib.rs", Some(Node::Submodule)),
        ] {
            assert_eq!(tree.node(path).unwrap(), expected, "{kind}: {path}");
        }
        for (path, expected) in [
            ("circle", "circle: symbolic links lead in a circle; remove one of them"),
            ("outside", "outside: leaves the tree; only files inside it can be read"),
            ("absolute", "absolute: the symbolic link `absolute` leads out of the tree, to `/etc/passwd`"),
        ] {
            assert_eq!(tree.node(path).unwrap_err().to_string(), expected, "{kind}");
            assert_eq!(tree.read(path).unwrap_err().to_string(), expected, "{kind}");
        }
    });
}

#[test]
#[cfg(unix)]
fn directories_are_listed() {
    all_kinds(|kind, tree| {
        let names = |directory: &str| -> Vec<String> {
            tree.list(directory).unwrap().into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names(""), ["Cargo.toml", "linked", "linked.rs", "src", "sub"], "{kind}");
        assert_eq!(names("src"), ["lib", "lib-y.rs", "lib.rs"], "{kind}");
        assert_eq!(names("linked"), ["x.rs"], "{kind}");
        assert!(names("none").is_empty() && names("Cargo.toml").is_empty(), "{kind}");
        use Kind::{Directory, File, Submodule, Unreadable};
        let kinds: Vec<Kind> = tree.names("").unwrap().into_iter().map(|(_, kind)| kind).collect();
        let broken = [Unreadable, Unreadable, Unreadable];
        // Cargo.toml, absolute, circle, circle2, linked, linked.rs, outside, src, sub
        let expected = [&[File], &broken[..], &[Directory, File, Unreadable, Directory, Submodule]].concat();
        assert_eq!(kinds, expected, "{kind}");
        for (name, node) in tree.list("src").unwrap() {
            assert_eq!(tree.node(&format!("src/{name}")).unwrap(), Some(node), "{kind}: {name}");
        }
    });
}

#[test]
#[cfg(unix)]
fn files_are_read() {
    all_kinds(|kind, tree| {
        assert_eq!(&*tree.read("linked/x.rs").unwrap(), b"c", "{kind}");
        for (path, expected) in [
            ("none", "none: no such file"),
            ("dangling", "dangling: no such file"),
            ("src", "src: is a directory, not a file"),
            (
                "sub/src/lib.rs",
                "sub/src/lib.rs: `sub` is a submodule: its files belong to another repository and are not read",
            ),
        ] {
            assert_eq!(tree.read(path).unwrap_err().to_string(), expected, "{kind}");
        }
    });
}

#[test]
#[cfg(unix)]
fn names_that_are_not_utf8_are_passed_over() {
    use std::os::unix::ffi::OsStrExt as _;
    let fixture = Fixture::with(&[("a.rs", "")]);
    std::fs::write(fixture.root().join(std::ffi::OsStr::from_bytes(b"b\xff.rs")), "x").unwrap();
    fixture.commit(&[]);
    let repository = Repository::discover(&fixture.root()).unwrap();
    for tree in [&repository.tree("HEAD").unwrap() as &dyn SourceTree, &repository.work_tree().unwrap()] {
        assert_eq!(tree.list("").unwrap().len(), 1);
        assert_eq!(tree.node("b\u{fffd}.rs").unwrap(), None);
    }
    assert!(!repository.is_dirty().unwrap());
}

#[test]
#[cfg(unix)]
fn build_output_and_odd_files_are_passed_over() {
    let fixture = Fixture::with(&[("target/kept.rs", ""), ("a/target/CACHEDIR.TAG", "")]);
    let socket = std::os::unix::net::UnixListener::bind(fixture.root().join("a/socket")).unwrap();
    let tree = Repository::discover(&fixture.root()).unwrap().work_tree().unwrap();
    assert_eq!(tree.list("").unwrap().len(), 2, "`.git` is not listed");
    assert!(tree.list("a").unwrap().is_empty());
    assert_eq!(tree.node("a/socket").unwrap(), None);
    drop(socket);
}

#[test]
fn a_tree_outside_git_starts_at_its_workspace() {
    let fixture = Fixture::bare_directory();
    fixture.write("ws/Cargo.toml", "[workspace]");
    fixture.write("ws/a/Cargo.toml", "");
    fixture.write("ws/a/src/lib.rs", "");
    let tree = Worktree::around(&fixture.root().join("ws/a/src"), "path:x").unwrap();
    assert_eq!(tree.root(), fixture.root().join("ws"));
    assert_eq!(tree.relative(&fixture.root().join("ws/a/src")).as_deref(), Some("a/src"));
    assert_eq!(tree.relative(&fixture.root()), None);
}

#[test]
fn files_are_written_whole_or_not_at_all() {
    let fixture = Fixture::bare_directory();
    fixture.write("a", "old");
    let (a, b) = (fixture.root().join("a"), fixture.root().join("new/b"));
    write(&[(a.clone(), b"one".to_vec()), (b.clone(), b"two".to_vec())]).unwrap();
    assert_eq!((std::fs::read(&a).unwrap(), std::fs::read(&b).unwrap()), (b"one".to_vec(), b"two".to_vec()));
    // A file where a directory is needed: the first file stays as it was.
    let error = write(&[(a.clone(), b"three".to_vec()), (fixture.root().join("a/c"), Vec::new())]).unwrap_err();
    assert!(error.written.is_empty());
    assert_eq!(std::fs::read(&a).unwrap(), b"one");
    let mut permissions = std::fs::metadata(&b).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&b, permissions).unwrap();
    let error = write(&[(a.clone(), b"three".to_vec()), (b, Vec::new())]).unwrap_err();
    assert!(error.to_string().contains("make it and its directory writable"), "{error}");
    assert_eq!(std::fs::read(&a).unwrap(), b"one");
    assert_eq!(std::fs::read_dir(fixture.root()).unwrap().count(), 2, "no temporary file stays");
}

#[test]
fn a_directory_opens_with_the_repository_around_it_or_without() {
    let fixture = Fixture::with(&[("a/Cargo.toml", "[workspace]"), ("a/src/lib.rs", "")]);
    let (tree, start) = Worktree::open(&fixture.root().join("a/src"), "path:x").unwrap();
    assert_eq!((tree.root(), start.as_str(), tree.origin().as_str()), (fixture.root().as_path(), "a/src", "path:x"));
    std::fs::remove_file(fixture.root().join(".git/HEAD")).unwrap();
    let (tree, start) = Worktree::open(&fixture.root().join("a/src"), "path:x").unwrap();
    assert_eq!((tree.root(), start.as_str()), (fixture.root().join("a").as_path(), "src"));
    let error = Worktree::open(&fixture.root().join("gone"), "path:x").unwrap_err().to_string();
    assert!(error.ends_with("gone: no such file or directory"), "{error}");
}
