//! Measurements on a repository that the developer names; no part of the ordinary tests.

use crate::package::read_workspace;
use crate::tree::{CommitId, Head, Node, Repository, SourceTree, path};
use std::time::Instant;

fn rust_files(tree: &dyn SourceTree) -> Vec<String> {
    let mut ahead = vec![String::new()];
    let mut files = Vec::new();
    while let Some(directory) = ahead.pop() {
        for (name, node) in tree.list(&directory).unwrap() {
            let path = path::child(&directory, &name);
            match node {
                Node::Directory => ahead.push(path),
                Node::File(_) if name.ends_with(".rs") => files.push(path),
                _ => {}
            }
        }
    }
    files
}

#[test]
#[ignore = "measures the repository that VERPOLICY_MEASURE names"]
fn measure() {
    let place = std::env::var("VERPOLICY_MEASURE").unwrap();
    let mut report = String::new();
    let mut lap = |what: &str, since: Instant| {
        report.push_str(&format!("{what}: {:.1} ms\n", since.elapsed().as_secs_f64() * 1e3));
    };
    let start = Instant::now();
    let repository = Repository::discover(std::path::Path::new(&place)).unwrap();
    lap("discover", start);
    let start = Instant::now();
    let tags = repository.tags().unwrap();
    lap(&format!("{} tags", tags.len()), start);
    let Head::Commit(head, _) = repository.head().unwrap() else { panic!() };
    for revision in ["HEAD", "HEAD~200"] {
        let Ok(tree) = repository.tree(revision) else { continue };
        read_all(&tree, revision, &mut lap);
    }
    if repository.work_tree_root().is_some() {
        let start = Instant::now();
        let tree = repository.work_tree().unwrap();
        lap("open work tree", start);
        read_all(&tree, "work tree", &mut lap);
        let start = Instant::now();
        let dirty = repository.is_dirty().unwrap();
        lap(&format!("dirty: {dirty}"), start);
    }
    let start = Instant::now();
    let reachable = repository.reachable(head.id, &[CommitId([0; 20])]).unwrap();
    lap(&format!("whole history, complete {}", reachable.complete), start);
    let start = Instant::now();
    let states = repository.path_history(head.id, "Cargo.toml").unwrap().count();
    lap(&format!("{states} states of Cargo.toml"), start);
    panic!("{report}");
}

fn read_all(tree: &dyn SourceTree, what: &str, lap: &mut dyn FnMut(&str, Instant)) {
    let start = Instant::now();
    let workspace = read_workspace(tree, "").unwrap();
    let targets: usize = workspace.packages.iter().map(|package| package.targets.len()).sum();
    lap(
        &format!(
            "{what}: {} packages, {targets} targets, {} locked, problems {:?}",
            workspace.packages.len(),
            workspace.locked.len(),
            workspace.problems
        ),
        start,
    );
    let start = Instant::now();
    let files = rust_files(tree);
    lap(&format!("{what}: list {} files", files.len()), start);
    let start = Instant::now();
    let bytes: usize = files.iter().map(|file| tree.read(file).unwrap().len()).sum();
    lap(&format!("{what}: read {bytes} bytes"), start);
}

#[test]
#[ignore = "reads the packages of HEAD of the repository that VERPOLICY_MEASURE names, again and again"]
fn measure_packages() {
    let place = std::env::var("VERPOLICY_MEASURE").unwrap();
    let repository = Repository::discover(std::path::Path::new(&place)).unwrap();
    let start = Instant::now();
    for _ in 0..50 {
        read_workspace(&repository.tree("HEAD").unwrap(), "").unwrap();
    }
    panic!("{:.2} ms each", start.elapsed().as_secs_f64() * 20.0);
}
