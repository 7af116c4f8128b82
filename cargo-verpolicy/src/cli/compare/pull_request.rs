//! `check --pr`: where the pull request left the branch that it goes to.

use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::world::From;
use crate::tree::{CommitId, Head, Repository, RepositoryError};

/// What the surroundings say of the target.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    /// A branch, as its forge names it, and the variable that said so.
    Branch(String, &'static str),
    /// The merge base itself.
    Commit(String, &'static str),
    /// The forge made a merge of the pull request into this branch, and checks it out unless it is told otherwise: its
    /// first parent is the target.
    Merge(String, &'static str),
    /// Nothing.
    Unknown,
}

/// Variables that name a target branch, in the order in which they are asked. Gitea and Forgejo set GitHub's.
const BRANCHES: &[&str] = &["CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "GITHUB_BASE_REF", "CI_COMMIT_TARGET_BRANCH"];

/// Variables that name the commit itself. The first is there where GitLab merged the target in, so that what came to it
/// since the merge base is no part of the merge request.
const COMMITS: &[&str] = &["CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "CI_MERGE_REQUEST_DIFF_BASE_SHA"];

impl Target {
    fn of(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        if let Some((commit, name)) = COMMITS.iter().find_map(|name| Some((variable(name)?, *name))) {
            return Self::Commit(commit, name);
        }
        let Some((branch, name)) = BRANCHES.iter().find_map(|name| Some((variable(name)?, *name))) else {
            return Self::Unknown;
        };
        let merge = |r: String| r.starts_with("refs/pull/") && r.ends_with("/merge");
        if name == "GITHUB_BASE_REF" && variable("GITHUB_REF").is_some_and(merge) {
            return Self::Merge(branch, name);
        }
        Self::Branch(branch, name)
    }
}

/// The merge base of HEAD and the target, as an origin. `given` is empty where none was given.
pub(super) fn merge_base(repository: &Repository, given: &str) -> Result<From, Failure> {
    let head = match repository.head()? {
        Head::Commit(commit, _) => commit.id,
        Head::Unborn(branch) => return Err(RepositoryError::Unborn { branch }.into()),
    };
    let other = if given.is_empty() {
        match Target::of(&output::variable) {
            Target::Commit(commit, variable) => named(repository, &commit, variable)?,
            // HEAD is the merge: what it adds to its first parent is the pull request. A head that was checked out
            // instead may be a merge of its own.
            Target::Merge(branch, variable) => {
                let checked_out = output::variable("GITHUB_SHA").is_none_or(|merge| merge == head.to_string());
                match repository.resolve("HEAD^1") {
                    Ok(parent) if checked_out && repository.resolve("HEAD^2").is_ok() => parent.id,
                    Err(_) if repository.is_shallow() => return Err(shallow(&branch)),
                    _ => named(repository, &branch, variable)?,
                }
            }
            Target::Branch(branch, variable) => named(repository, &branch, variable)?,
            Target::Unknown => default_branch(repository)?,
        }
    } else {
        named(repository, given, "--pr")?
    };
    let base = repository.merge_base(head, other).map_err(|error| match repository.is_shallow() {
        true => shallow(given),
        false => error.into(),
    })?;
    match base {
        Some(base) => Ok(From::Git(base.to_string())),
        None => Err(Failure::new("revision", format!("HEAD and {other} have no commit in common"))
            .help("name the branch that this pull request goes to: `check --pr BASE`")),
    }
}

fn shallow(branch: &str) -> Failure {
    let what = if branch.is_empty() { String::new() } else { format!(" {}", wanted(branch)) };
    Failure::new("shallow", "this clone is shallow and ends before the merge base").help(format!(
        "fetch the rest: `git fetch --unshallow --tags origin{what}` (with actions/checkout `fetch-depth: 0`, on GitLab \
         `GIT_DEPTH: \"0\"`)"
    ))
}

/// What to ask a remote for: a commit by its id, a branch for where it is looked for.
fn wanted(name: &str) -> String {
    if name.len() >= 7 && name.bytes().all(|b| b.is_ascii_hexdigit()) {
        return name.to_owned();
    }
    let branch = ["origin/", "upstream/"].iter().find_map(|remote| name.strip_prefix(remote)).unwrap_or(name);
    format!("+refs/heads/{branch}:refs/remotes/origin/{branch}")
}

/// A revision, or a branch of a remote where there is none of that name here. The remote's comes first where a forge
/// named the branch: a local one of the same name may be old.
fn named(repository: &Repository, name: &str, said_by: &str) -> Result<CommitId, Failure> {
    let remote = ["upstream", "origin"].map(|remote| format!("refs/remotes/{remote}/{name}"));
    let here = std::iter::once(name.to_owned());
    let order: Vec<String> = match said_by {
        "--pr" => here.chain(remote).collect(),
        _ => remote.into_iter().rev().chain(here).collect(),
    };
    if let Some(commit) = order.iter().find_map(|revision| repository.resolve(revision).ok()) {
        return Ok(commit.id);
    }
    if repository.is_shallow() {
        return Err(shallow(name));
    }
    let message = format!("`{name}`, which {said_by} names, is not in this clone");
    if let Err(RepositoryError::UnknownRevision { similar, .. }) = repository.resolve(name)
        && let Some(close) = similar.first()
        && said_by == "--pr"
    {
        return Err(Failure::new("revision", message).help(format!("did you mean `{close}`?")));
    }
    Err(Failure::new("revision", message).help(format!("fetch it: `git fetch origin {}`", wanted(name))))
}

fn default_branch(repository: &Repository) -> Result<CommitId, Failure> {
    let of_remote = |remote: &str, name: &str| format!("refs/remotes/{remote}/{name}");
    let names = ["HEAD", "main", "master"];
    let remotes = ["upstream", "origin"].into_iter().flat_map(|r| names.map(|n| of_remote(r, n)));
    let here = ["main", "master"].map(|name| format!("refs/heads/{name}"));
    let mut all = remotes.chain(here);
    let found = all.find_map(|revision| repository.resolve(&revision).ok());
    found.map(|commit| commit.id).ok_or_else(|| {
        Failure::new("revision", "nothing says which branch this pull request goes to").help(
            "name it, `check --pr BASE`, or learn the remote's default branch: `git remote set-head origin --auto`",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn every_forge_is_understood() {
        let of = |set: &[(&str, &str)]| {
            Target::of(&|name| set.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
        };
        let main = || "main".to_owned();
        assert_eq!(of(&[("GITHUB_REF", "refs/pull/7/merge")]), Target::Unknown);
        assert_eq!(
            of(&[("GITHUB_BASE_REF", "main"), ("GITHUB_REF", "refs/pull/7/merge")]),
            Target::Merge(main(), "GITHUB_BASE_REF")
        );
        assert_eq!(
            of(&[("GITHUB_BASE_REF", "main"), ("GITHUB_REF", "refs/pull/7/head")]),
            Target::Branch(main(), "GITHUB_BASE_REF")
        );
        assert_eq!(
            of(&[("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"), ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "abc")]),
            Target::Commit("abc".to_owned(), "CI_MERGE_REQUEST_DIFF_BASE_SHA")
        );
        assert_eq!(
            of(&[("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "def"), ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "abc")]),
            Target::Commit("def".to_owned(), "CI_MERGE_REQUEST_TARGET_BRANCH_SHA")
        );
        assert_eq!(
            of(&[("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")]),
            Target::Branch(main(), "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
        );
        assert_eq!(of(&[("CI_COMMIT_TARGET_BRANCH", "main")]), Target::Branch(main(), "CI_COMMIT_TARGET_BRANCH"));
    }
}
