#!/usr/bin/env bash
# The check of the GitHub action: runs the tool once and writes every report. The exit code is an output, so that the
# comment is written before the job fails.
set -euo pipefail

bin=cargo-verpolicy
[ -x "$ROOT/bin/cargo-verpolicy" ] && bin="$ROOT/bin/cargo-verpolicy"
mkdir -p "$REPORTS"
# What another run in this job left behind.
rm -f "$REPORTS/report.json" "$REPORTS/report.md"

args=(check --format github --output "json=$REPORTS/report.json" --output "markdown=$REPORTS/report.md")
each() {
  local list
  IFS=',' read -ra list <<<"$2"
  for one in "${list[@]}"; do
    [ -n "$one" ] && args+=("$1" "$one")
  done
  return 0
}
each --package "$PACKAGE"
each --exclude "$EXCLUDE"
each --implicit "$IMPLICIT"
[ -n "$MANIFEST_PATH" ] && args+=(--manifest-path "$MANIFEST_PATH")
[ -n "$FEATURES" ] && args+=(--features "$FEATURES")
[ -n "$POLICY" ] && args+=(--policy "$POLICY")
[ -n "$BASELINE" ] && args+=(--baseline "$BASELINE")
[ -n "$SARIF" ] && args+=(--output "sarif=$SARIF")
[ -n "$HTML" ] && args+=(--output "html=$HTML")
case "$PULL_REQUEST" in
  true) args+=(--pr) ;;
  '') [ "${GITHUB_EVENT_NAME:-}" = pull_request ] && [ -z "$RELEASE" ] && args+=(--pr) ;;
esac
case "$RELEASE" in
  '' | false) ;;
  true) args+=(--release) ;;
  *) args+=("--release=$RELEASE") ;;
esac
while IFS= read -r one; do
  [ -n "$one" ] && args+=("$one")
done <<<"$ARGS"

code=0
"$bin" "${args[@]}" || code=$?

# The first package that needs a bump; `null` becomes nothing.
field() {
  [ -f "$REPORTS/report.json" ] || return 0
  jq -r "$1" "$REPORTS/report.json"
}
{
  echo "exit-code=$code"
  echo "verdict=$(field '.verdict // ""')"
  echo "required-bump=$(field '[.packages[] | select(.required != "none")][0].required // "none"')"
  echo "next-version=$(field '[.packages[] | select(.required != "none")][0].next // ""')"
  if [ -f "$REPORTS/report.json" ]; then echo "report-json=$REPORTS/report.json"; fi
  if [ -f "$REPORTS/report.md" ]; then echo "report-markdown=$REPORTS/report.md"; fi
} >>"$GITHUB_OUTPUT"
