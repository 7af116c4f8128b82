//! Repositories in every state, and that reading one leaves no trace.

use super::fixture::Fixture;
use crate::tree::{BlobId, Head, Node, Repository, RepositoryError, SourceTree};

fn open(fixture: &Fixture) -> Repository {
    Repository::discover(&fixture.root()).unwrap()
}

fn text(tree: &dyn SourceTree, path: &str) -> String {
    String::from_utf8(tree.read(path).unwrap().to_vec()).unwrap()
}

fn age(fixture: &Fixture, path: &str) {
    let file = std::fs::File::options().write(true).open(fixture.root().join(path)).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_600_000_000)).unwrap();
}

#[test]
fn no_repository() {
    let fixture = Fixture::bare_directory();
    let error = Repository::discover(&fixture.root()).unwrap_err();
    assert!(matches!(error, RepositoryError::NoRepository { .. }), "{error}");
    assert!(error.to_string().contains("`snapshot:`"), "{error}");
}

#[test]
fn a_broken_repository_is_not_no_repository() {
    let fixture = Fixture::bare_directory();
    fixture.write(".git", "gitdir: /nonexistent/repository");
    let error = Repository::discover(&fixture.root()).unwrap_err();
    assert!(matches!(error, RepositoryError::Unreadable { .. }), "{error:?}");
}

#[test]
fn an_unborn_branch() {
    let fixture = Fixture::new();
    fixture.write("a.rs", "a");
    let repository = open(&fixture);
    assert_eq!(repository.head().unwrap(), Head::Unborn("main".to_owned()));
    assert_eq!(repository.resolve("HEAD").unwrap_err(), RepositoryError::Unborn { branch: "main".to_owned() });
    assert!(matches!(repository.resolve("v1").unwrap_err(), RepositoryError::UnknownRevision { .. }));
    assert!(repository.tags().unwrap().is_empty());
    assert!(!repository.is_dirty().unwrap());
    assert_eq!(text(&repository.work_tree().unwrap(), "a.rs"), "a");
    fixture.git(&["add", "a.rs"]);
    assert_eq!(repository.changes().unwrap(), ["a.rs"]);
}

#[test]
fn a_bare_repository() {
    let fixture = Fixture::with(&[("a.rs", "a")]);
    fixture.git(&["clone", "-q", "--bare", ".", "bare.git"]);
    let repository = Repository::discover(&fixture.root().join("bare.git")).unwrap();
    assert_eq!(repository.work_tree_root(), None);
    assert_eq!(text(&repository.tree("HEAD").unwrap(), "a.rs"), "a");
    for error in [repository.work_tree().map(drop).unwrap_err(), repository.is_dirty().map(drop).unwrap_err()] {
        assert!(matches!(error, RepositoryError::Bare { .. }), "{error}");
    }
}

#[test]
fn linked_work_trees_and_alternates() {
    let fixture = Fixture::with(&[("a/b.rs", "a")]);
    fixture.git(&["worktree", "add", "-q", "-b", "other", "linked"]);
    fixture.git(&["clone", "-q", "--shared", ".", "shared"]);
    for place in ["linked/a", "shared/a"] {
        let repository = Repository::discover(&fixture.root().join(place)).unwrap();
        let top = fixture.root().join(place.strip_suffix("/a").unwrap());
        assert_eq!(repository.work_tree_root(), Some(top.as_path()));
        assert_eq!(text(&repository.tree("main").or_else(|_| repository.tree("HEAD")).unwrap(), "a/b.rs"), "a");
        assert_eq!(text(&repository.work_tree().unwrap(), "a/b.rs"), "a");
        assert_eq!(repository.relative(&top.join("a")).as_deref(), Some("a"));
        assert!(!repository.is_dirty().unwrap(), "{place}");
    }
    let linked = Repository::discover(&fixture.root().join("linked")).unwrap();
    assert!(matches!(linked.head().unwrap(), Head::Commit(_, Some(branch)) if branch == "other"));
}

#[test]
fn missing_objects_name_the_command_that_mends() {
    let fixture = Fixture::with(&[("a.rs", "the content of a"), ("b.rs", "b")]);
    let id = BlobId::of(b"the content of a").to_string();
    let object = fixture.root().join(".git/objects").join(&id[..2]).join(&id[2..]);
    std::fs::remove_file(object).unwrap();
    let tree = open(&fixture).tree("HEAD").unwrap();
    assert!(matches!(tree.node("a.rs").unwrap(), Some(Node::File(_))));
    assert_eq!(text(&tree, "b.rs"), "b");
    let error = tree.read("a.rs").unwrap_err().to_string();
    assert!(error.starts_with(&format!("a.rs: object {id} is missing")) && error.contains("`git fsck`"), "{error}");
    fixture.git(&["config", "remote.upstream.promisor", "true"]);
    let error = open(&fixture).tree("HEAD").unwrap().read("a.rs").unwrap_err().to_string();
    assert!(error.contains("`git fetch --refetch --no-filter upstream`"), "{error}");
}

#[test]
fn a_partial_clone_is_mended_by_the_command_that_it_names() {
    let fixture = Fixture::with(&[("a.rs", "one")]);
    fixture.commit(&[("a.rs", "two")]);
    fixture.git(&["config", "uploadpack.allowFilter", "true"]);
    let url = format!("file://{}", fixture.root().display());
    fixture.git(&["clone", "-q", "--filter=blob:none", &url, "clone"]);
    let clone = fixture.root().join("clone");
    let error = Repository::discover(&clone).unwrap().tree("HEAD~1").unwrap().read("a.rs").unwrap_err().to_string();
    let command = error.rsplit('`').nth(1).unwrap();
    fixture.git_in(&clone, &command.split(' ').skip(1).collect::<Vec<_>>());
    assert_eq!(text(&Repository::discover(&clone).unwrap().tree("HEAD~1").unwrap(), "a.rs"), "one");
}

#[test]
fn a_sparse_checkout_keeps_what_is_not_on_disk() {
    for sparse_index in ["--no-sparse-index", "--sparse-index"] {
        let fixture = Fixture::with(&[("in/a.rs", "a"), ("out/b.rs", "b"), ("out/deep/c.rs", "c"), ("d.rs", "d")]);
        fixture.git(&["sparse-checkout", "set", "--cone", sparse_index, "in"]);
        assert!(!fixture.root().join("out").exists());
        let repository = open(&fixture);
        let (tree, committed) = (repository.work_tree().unwrap(), repository.tree("HEAD").unwrap());
        for directory in ["", "in", "out", "out/deep"] {
            assert_eq!(tree.list(directory).unwrap(), committed.list(directory).unwrap(), "{sparse_index} {directory}");
        }
        assert_eq!(text(&tree, "out/deep/c.rs"), "c", "{sparse_index}");
        assert_eq!(tree.node("out/none.rs").unwrap(), None);
        assert!(!repository.is_dirty().unwrap(), "{sparse_index}: {:?}", repository.changes());
        fixture.write("in/a.rs", "changed");
        assert_eq!(repository.changes().unwrap(), ["in/a.rs"], "{sparse_index}");
    }
}

#[test]
fn changes_are_seen() {
    let fixture = Fixture::with(&[("a.rs", "a"), ("b.rs", "b"), ("c/d.rs", "d")]);
    let repository = open(&fixture);
    fixture.write("untracked.rs", "u");
    assert!(!repository.is_dirty().unwrap(), "untracked files do not count");
    fixture.write("a.rs", "x");
    assert_eq!(repository.changes().unwrap(), ["a.rs"], "the same length within the same second");
    let new = BlobId::of(b"x");
    assert_eq!(repository.work_tree().unwrap().node("a.rs").unwrap(), Some(Node::File(new)));
    fixture.write("a.rs", "a");
    assert!(!repository.is_dirty().unwrap());
    fixture.git(&["mv", "b.rs", "e.rs"]);
    assert_eq!(repository.changes().unwrap(), ["b.rs", "e.rs"]);
    std::fs::remove_file(fixture.root().join("c/d.rs")).unwrap();
    assert_eq!(repository.changes().unwrap(), ["b.rs", "c/d.rs", "e.rs"]);
    fixture.commit(&[]);
    assert!(!repository.is_dirty().unwrap());
}

#[test]
fn the_index_spares_reading_but_never_lies() {
    let fixture = Fixture::with(&[("a.rs", "aaaa"), ("crlf.rs", "x\n")]);
    // Old enough that the index can be trusted.
    age(&fixture, "a.rs");
    fixture.git(&["update-index", "--refresh"]);
    let repository = open(&fixture);
    assert_eq!(repository.work_tree().unwrap().node("a.rs").unwrap(), Some(Node::File(BlobId::of(b"aaaa"))));
    fixture.write("a.rs", "bbbb");
    assert_eq!(repository.work_tree().unwrap().node("a.rs").unwrap(), Some(Node::File(BlobId::of(b"bbbb"))));
    // Where git only turned line ends, the file is the object's.
    fixture.git(&["config", "core.autocrlf", "true"]);
    fixture.write("crlf.rs", "x\r\n");
    age(&fixture, "crlf.rs");
    fixture.git(&["add", "crlf.rs"]);
    assert_eq!(repository.work_tree().unwrap().node("crlf.rs").unwrap(), Some(Node::File(BlobId::of(b"x\n"))));
    assert_eq!(repository.changes().unwrap(), ["a.rs"]);
}

#[test]
fn filtered_files_are_what_stands_on_disk() {
    let fixture = Fixture::with(&[(".gitattributes", "*.rs filter=short\n")]);
    fixture.git(&["config", "filter.short.clean", "sed s/long/s/"]);
    fixture.write("a.rs", "long");
    age(&fixture, "a.rs");
    fixture.git(&["add", "a.rs"]);
    fixture.git(&["commit", "-q", "-m", "filtered"]);
    let repository = open(&fixture);
    assert_eq!(repository.tree("HEAD").unwrap().node("a.rs").unwrap(), Some(Node::File(BlobId::of(b"s"))));
    assert_eq!(repository.work_tree().unwrap().node("a.rs").unwrap(), Some(Node::File(BlobId::of(b"long"))));
    assert!(!repository.is_dirty().unwrap());
}

#[test]
fn nothing_runs_and_nothing_is_touched() {
    let fixture = Fixture::with(&[("a.rs", "a"), (".gitattributes", "* filter=evil diff=evil\n")]);
    let marker = fixture.root().join("ran");
    let program = format!("touch {}", marker.display());
    for key in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.alternateRefsCommand",
        "filter.evil.smudge",
        "filter.evil.clean",
        "filter.evil.process",
        "diff.evil.textconv",
        "diff.external",
        "credential.helper",
    ] {
        fixture.git(&["config", key, &program]);
    }
    fixture.write(".git/hooks/post-index-change", format!("#!/bin/sh\n{program}\n"));
    std::fs::remove_file(&marker).ok();
    let before = std::fs::read(fixture.root().join(".git/index")).unwrap();
    let repository = open(&fixture);
    let (tree, work) = (repository.tree("HEAD").unwrap(), repository.work_tree().unwrap());
    assert_eq!(text(&tree, "a.rs"), text(&work, "a.rs"));
    work.list("").unwrap();
    fixture.write("a.rs", "b");
    assert_eq!(repository.changes().unwrap(), ["a.rs"]);
    repository.tags().unwrap();
    assert!(!marker.exists());
    assert_eq!(std::fs::read(fixture.root().join(".git/index")).unwrap(), before);
}

#[test]
fn every_kind_of_index_is_read() {
    for setup in [
        vec!["update-index", "--split-index"],
        vec!["update-index", "--index-version", "4"],
        vec!["update-index", "--untracked-cache"],
        vec!["-c", "index.skipHash=true", "update-index", "--force-write-index"],
        vec!["update-index", "--assume-unchanged", "b.rs"],
    ] {
        let fixture = Fixture::with(&[("a.rs", "a"), ("b.rs", "b"), ("c/d.rs", "d")]);
        fixture.git(&setup);
        let repository = open(&fixture);
        assert!(!repository.is_dirty().unwrap(), "{setup:?}");
        fixture.write("b.rs", "bb");
        assert_eq!(text(&repository.work_tree().unwrap(), "b.rs"), "bb");
        assert_eq!(repository.changes().unwrap(), ["b.rs"], "{setup:?}");
    }
}

#[test]
fn a_merge_conflict_is_a_change() {
    let fixture = Fixture::with(&[("a.rs", "a")]);
    fixture.git(&["checkout", "-q", "-b", "side"]);
    fixture.commit(&[("a.rs", "side")]);
    fixture.git(&["checkout", "-q", "main"]);
    fixture.commit(&[("a.rs", "main")]);
    fixture.git(&["merge", "-q", "-s", "ours", "--no-commit", "side"]);
    assert!(!open(&fixture).is_dirty().unwrap());
    for stage in ["1", "2", "3"] {
        let id = fixture.git(&["rev-parse", "HEAD:a.rs"]);
        let line = format!("100644 {id} {stage}\ta.rs\n");
        fixture.write("stages", if stage == "1" { format!("0 {id}\ta.rs\n{line}") } else { line });
        let script = "git update-index --index-info < stages";
        fixture.git(&["-c", &format!("alias.stages=!{script}"), "stages"]);
    }
    assert_eq!(open(&fixture).changes().unwrap(), ["a.rs"]);
}

#[test]
fn formats_that_cannot_be_read_are_said() {
    for (extension, expected) in
        [("refStorage = reftable", "`git refs migrate --ref-format=files`"), ("objectFormat = sha256", "sha256")]
    {
        let fixture = Fixture::with(&[("a.rs", "a")]);
        let config = format!("[core]\nrepositoryformatversion = 1\n[extensions]\n{extension}\n");
        fixture.write(".git/config", config);
        let error = Repository::discover(&fixture.root()).unwrap_err();
        assert!(matches!(error, RepositoryError::Unreadable { .. }), "{error:?}");
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[test]
#[cfg(unix)]
fn a_repository_of_another_user_is_read() {
    let fixture = Fixture::with(&[("a.rs", "a")]);
    // Only root can give files away; elsewhere there is nothing to try.
    if std::os::unix::fs::chown(fixture.root().join(".git"), Some(12345), None).is_ok() {
        std::os::unix::fs::chown(fixture.root(), Some(12345), None).unwrap();
        let repository = open(&fixture);
        assert_eq!(text(&repository.tree("HEAD").unwrap(), "a.rs"), "a");
        assert!(!repository.is_dirty().unwrap());
    }
}
