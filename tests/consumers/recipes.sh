#!/usr/bin/env bash
# The recipes for cargo-release and release-plz as docs/src/ci.md has them, run by these programs where they are
# installed. Usage: recipes.sh DIRECTORY-OF-CARGO-VERPOLICY
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export PATH=$1:$root/target/tools/bin:$PATH
work=$(mktemp -d)
served=
trap 'rm -rf "$work"; if [ -n "$served" ]; then kill "$served"; fi' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org CARGO_NET_OFFLINE=true

# A library at 1.0.0 that has lost a function since; more of its manifest comes from standard input.
library() {
  mkdir -p "$work/$1/src"
  cd "$work/$1"
  git init --quiet --initial-branch main .
  {
    printf '[package]\nname = "pets"\nversion = "1.0.0"\nedition = "2021"\n\n'
    printf '[package.metadata.verpolicy]\nimplicit = ["public"]\n\n'
    cat
  } >Cargo.toml
  printf '/target\n' >.gitignore
  printf 'log\n' >.git/info/exclude
  printf 'pub fn one() {}\npub fn two() {}\n' >src/lib.rs
  cargo generate-lockfile --quiet
  git add --all && git commit --quiet --message 'feat: one and two' && git tag v1.0.0
  printf 'pub fn one() {}\n' >src/lib.rs
  git commit --quiet --all --message 'fix: one alone'
}

# The line of the book's shell blocks that begins so.
recipe() { grep -m 1 "^$1" "$root/docs/src/ci.md" | sed 's/my-crate/pets/g'; }

cargo_release() {
  library cargo-release < <(sed -n '/^\[package.metadata.release\]/,/^```/p' "$root/docs/src/ci.md" | grep -v '```')
  grep -q '^pre-release-hook = ' Cargo.toml
  release() { cargo release "$@" --no-publish --no-push --no-confirm >log 2>&1; }
  refused() {
    if release "$@"; then cat log; echo "cargo release $*: was not refused"; exit 1; fi
    grep -q 'semver requires major: 2.0.0 would do' log || { cat log; exit 1; }
    test "$(git tag)" = v1.0.0 && git diff --quiet HEAD -- src
    git checkout --quiet -- .
  }
  refused minor           # as cargo-release tries it by default, writing nothing
  refused minor --execute # for real
  release major --execute || { cat log; exit 1; }
  test "$(git tag | tail -n 1)" = v2.0.0
  grep -q '^version = "2.0.0"' Cargo.toml
}

release_plz() {
  library release-plz </dev/null
  printf '[workspace]\ngit_only = true\npublish = false\ngit_release_enable = false\n' >release-plz.toml
  git add --all && git commit --quiet --message 'chore: release-plz'
  # The messages say that a patch will do.
  eval "$(recipe 'release-plz update')" >log 2>&1 || { cat log; exit 1; }
  grep -q '^version = "1.0.1"' Cargo.toml
  if cargo verpolicy check --release >log; then echo 'a patch was not refused'; exit 1; fi
  eval "$(recipe 'cargo verpolicy check --release || release-plz')" >log 2>&1 || { cat log; exit 1; }
  grep -q '^version = "2.0.0"' Cargo.toml && grep -q '^## \[2.0.0\]' CHANGELOG.md
  git add --all && git commit --quiet --message 'chore: release'
  # A forge that knows no pull request and takes every tag stands for the real one.
  git init --quiet --bare "$work/forge.git"
  git remote add origin "$work/forge.git" && git push --quiet --set-upstream origin main
  mkfifo "$work/port"
  python3 "$here/forge.py" "$work/port" >"$work/asked" &
  served=$!
  read -r port <"$work/port"
  eval "$(recipe 'cargo verpolicy check --release && release-plz') --forge gitea --git-token x --repo-url http://127.0.0.1:$port/a/pets" >log 2>&1 ||
    { cat log; exit 1; }
  grep -q '^POST /api/v1/repos/a/pets/tags .*"tag_name":"v2.0.0"' "$work/asked" || { cat "$work/asked"; exit 1; }
}

for program in cargo-release release-plz; do
  if command -v "$program" >/dev/null; then
    "${program//-/_}"
  else
    echo "  NOT RUN: $program is not installed"
  fi
done
