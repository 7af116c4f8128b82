#!/usr/bin/env bash
# The recipe for cargo-release as docs/src/ci.md has it, run by cargo-release itself where it is installed. Usage:
# recipes.sh DIRECTORY-OF-CARGO-VERPOLICY
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$1:$root/target/tools/bin:$PATH
if ! command -v cargo-release >/dev/null; then
  echo '  NOT RUN: cargo-release is not installed (cargo install --locked cargo-release --root target/tools)'
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org CARGO_NET_OFFLINE=true
git init --quiet --initial-branch main .
mkdir src
{
  printf '[package]\nname = "pets"\nversion = "1.0.0"\nedition = "2021"\n\n'
  printf '[package.metadata.verpolicy]\nimplicit = ["public"]\n\n'
  sed -n '/^\[package.metadata.release\]/,/^```/p' "$root/docs/src/ci.md" | grep -v '```'
} >Cargo.toml
grep -q '^pre-release-hook = ' Cargo.toml
printf '/target\n' >.gitignore
printf 'pub fn one() {}\npub fn two() {}\n' >src/lib.rs
cargo generate-lockfile --quiet
git add --all && git commit --quiet --message 'one and two' && git tag v1.0.0
printf 'pub fn one() {}\n' >src/lib.rs
git commit --quiet --all --message 'one alone'

release() { cargo release "$@" --no-publish --no-push --no-confirm >log 2>&1; }
refused() {
  if release "$@"; then cat log; echo "cargo release $*: was not refused"; exit 1; fi
  grep -q 'semver requires major: 2.0.0 would do' log || { cat log; exit 1; }
  test "$(git tag)" = v1.0.0 && git diff --quiet HEAD~0 -- src
  git checkout --quiet -- .
}
printf 'log\n' >>.git/info/exclude
refused minor           # as cargo-release tries it by default, writing nothing
refused minor --execute # for real
release major --execute || { cat log; exit 1; }
test "$(git tag | tail -n 1)" = v2.0.0
grep -q '^version = "2.0.0"' Cargo.toml
