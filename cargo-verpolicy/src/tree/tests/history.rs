//! Revisions, tags, ancestors and the history of one path.

use super::fixture::Fixture;
use crate::tree::{CommitId, Repository, RepositoryError, SourceTree};

fn open(fixture: &Fixture) -> Repository {
    Repository::discover(&fixture.root()).unwrap()
}

#[test]
fn revisions_resolve_as_in_git() {
    let fixture = Fixture::with(&[("a/b", "1")]);
    fixture.git(&["tag", "v1.0.0"]);
    fixture.commit(&[("a/b", "2")]);
    fixture.git(&["tag", "-m", "annotated", "v1.1.0"]);
    fixture.git(&["tag", "-m", "tag of a tag", "nested", "v1.1.0"]);
    let repository = open(&fixture);
    let head = fixture.git(&["rev-parse", "HEAD"]);
    for revision in ["HEAD", "main", "v1.1.0", "nested", "refs/tags/v1.1.0", &head, &head[..10], "v1.1.0^{}", "@"] {
        assert_eq!(repository.resolve(revision).unwrap().id.to_string(), head, "{revision}");
    }
    let tree = repository.tree("HEAD~1").unwrap();
    assert_eq!((tree.origin().as_str(), &*tree.read("a/b").unwrap()), ("git:HEAD~1", &b"1"[..]));
    assert_eq!(tree.commit(), repository.resolve("v1.0.0").unwrap());
    for (revision, kind) in [("HEAD:a", "tree"), ("HEAD:a/b", "blob")] {
        let expected = RepositoryError::NotACommit { revision: revision.to_owned(), kind: kind.to_owned() };
        assert_eq!(repository.resolve(revision).unwrap_err(), expected);
    }
}

#[test]
fn unknown_revisions_come_with_advice() {
    let fixture = Fixture::with(&[]);
    for tag in ["v1.18.0", "v1.19.0", "client-v0.4.0", "nightly"] {
        fixture.git(&["tag", tag]);
    }
    let repository = open(&fixture);
    for (revision, expected) in [
        ("1.18.0", Some("v1.18.0")),
        ("v1.18", Some("v1.18.0")),
        ("v1.19.0~2", None),
        ("v1.19~2", Some("v1.19.0")),
        ("0.4.0", Some("client-v0.4.0")),
        ("nightyl", Some("nightly")),
        ("completely-different", None),
        ("", None),
    ] {
        let error = repository.resolve(revision).unwrap_err();
        let RepositoryError::UnknownRevision { similar, help, .. } = &error else { panic!("{revision}: {error:?}") };
        match expected {
            Some(expected) => assert_eq!(similar.first().map(String::as_str), Some(expected), "{revision}"),
            None => assert!(!help.contains("did you mean") && !help.is_empty(), "{help}"),
        }
    }
}

#[test]
fn tags_are_listed_with_their_commits() {
    let fixture = Fixture::with(&[("a", "1")]);
    let first = fixture.git(&["rev-parse", "HEAD"]);
    fixture.git(&["tag", "-m", "x", "b/v1"]);
    fixture.git(&["tag", "a", "HEAD"]);
    fixture.git(&["tag", "file", "HEAD:a"]);
    for packed in [false, true] {
        if packed {
            fixture.git(&["pack-refs", "--all"]);
        }
        let tags = open(&fixture).tags().unwrap();
        let shown: Vec<_> = tags.iter().map(|tag| (tag.name.as_str(), tag.commit.clone().unwrap())).collect();
        assert_eq!(shown.len(), 2, "{shown:?}");
        assert_eq!((shown[0].0, shown[1].0), ("a", "b/v1"));
        assert!(shown.iter().all(|(_, commit)| commit.id.to_string() == first && commit.time > 1_700_000_000));
    }
}

/// main: 1 - 2 - merge(3, side) ; side: 1 - s
fn branches() -> (Fixture, Vec<CommitId>) {
    let fixture = Fixture::with(&[("file", "1"), ("other", "1")]);
    fixture.git(&["checkout", "-q", "-b", "side"]);
    fixture.commit(&[("file", "side")]);
    fixture.git(&["checkout", "-q", "main"]);
    fixture.commit(&[("other", "2")]);
    fixture.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    let repository = open(&fixture);
    let ids = ["main~2", "side", "main~1", "main"].map(|revision| repository.resolve(revision).unwrap().id);
    (fixture, ids.to_vec())
}

#[test]
fn ancestors() {
    let (fixture, ids) = branches();
    for graph in [false, true] {
        if graph {
            fixture.git(&["commit-graph", "write", "--reachable"]);
            assert!(fixture.root().join(".git/objects/info/commit-graph").exists());
        }
        let repository = open(&fixture);
        for (ancestor, commit, expected) in
            [(0, 3, true), (1, 3, true), (3, 3, true), (1, 2, false), (3, 0, false), (2, 1, false), (0, 1, true)]
        {
            let is = repository.is_ancestor(ids[ancestor], ids[commit]).unwrap();
            assert_eq!(is, expected, "{ancestor} → {commit}, graph {graph}");
        }
        let reachable = repository.reachable(ids[2], &ids).unwrap();
        assert!(reachable.complete);
        assert_eq!(reachable.found, [ids[0], ids[2]].into());
        assert_eq!(repository.merge_base(ids[1], ids[2]).unwrap(), Some(ids[0]));
        assert_eq!(repository.merge_base(ids[3], ids[2]).unwrap(), Some(ids[2]));
    }
    fixture.git(&["checkout", "-q", "--orphan", "alone"]);
    fixture.commit(&[]);
    let repository = open(&fixture);
    let alone = repository.resolve("alone").unwrap().id;
    assert_eq!(repository.merge_base(alone, ids[3]).unwrap(), None);
    assert!(!repository.is_ancestor(ids[0], alone).unwrap());
}

#[test]
fn history_of_a_path_follows_first_parents() {
    let (fixture, ids) = branches();
    fixture.commit(&[("deep/file", "x")]);
    fixture.git(&["rm", "-q", "deep/file"]);
    fixture.commit(&[]);
    fixture.commit(&[("deep/file", "y"), ("other", "3")]);
    for graph in [false, true] {
        if graph {
            fixture.git(&["commit-graph", "write", "--reachable"]);
        }
        let repository = open(&fixture);
        let head = repository.resolve("HEAD").unwrap().id;
        let states = |path: &str| -> Vec<(CommitId, Option<String>)> {
            let paths = ["file", "deep/file", "never", path].map(str::to_owned);
            let history = repository.path_histories(head, &paths).unwrap().pop().unwrap();
            assert!(history.cut.is_none());
            let text = |blob| String::from_utf8(repository.blob(blob).unwrap().to_vec()).unwrap();
            history.states.into_iter().map(|state| (state.commit.id, state.blob.map(text))).collect()
        };
        // The side branch's change arrives with the merge.
        assert_eq!(states("file"), [(ids[3], Some("side".to_owned())), (ids[0], Some("1".to_owned()))]);
        let deep: Vec<_> = states("deep/file").into_iter().map(|(_, text)| text).collect();
        assert_eq!(deep, [Some("y".to_owned()), None, Some("x".to_owned())]);
        assert!(states("never").is_empty());
    }
}

#[test]
fn a_shallow_clone_says_that_it_does_not_know() {
    let (fixture, ids) = branches();
    let url = format!("file://{}", fixture.root().display());
    fixture.git(&["tag", "v1.0.0", "main~2"]);
    fixture.git(&["clone", "-q", "--depth", "1", &url, "shallow"]);
    let repository = Repository::discover(&fixture.root().join("shallow")).unwrap();
    assert!(repository.is_shallow() && !open(&fixture).is_shallow());
    let reachable = repository.reachable(ids[3], &[ids[0]]).unwrap();
    assert!(!reachable.complete && reachable.found.is_empty());
    let errors = [
        repository.is_ancestor(ids[0], ids[3]).unwrap_err(),
        repository.merge_base(ids[0], ids[3]).unwrap_err(),
        repository.path_histories(ids[3], &["file".to_owned()]).unwrap().remove(0).cut.unwrap(),
        repository.resolve("v1.0.0").unwrap_err(),
        repository.resolve("HEAD~1").unwrap_err(),
    ];
    for error in errors {
        assert!(error.to_string().contains("git fetch --unshallow --tags"), "{error}");
    }
}
