#!/usr/bin/env bash
# Completions in the shells that they are for, and manual pages by mandoc. PowerShell cannot be had here. Usage:
# shells.sh CARGO-VERPOLICY
set -euo pipefail
tool=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for shell in bash zsh fish elvish powershell; do "$tool" completions "$shell" >"$work/$shell"; done
"$tool" man "$work"
export HOME=$work
cd "$work"

have() { command -v "$1" >/dev/null || { echo "  NOT RUN: $1 is not installed"; return 1; }; }
is() { test "$2" = "$3" || { echo "$1: $2"; exit 1; }; }

# shellcheck disable=SC2016 # the shell in question expands it
completed='source ./bash
complete -p cargo-verpolicy >/dev/null
function=$(complete -p cargo-verpolicy | sed "s/.*-F \([^ ]*\).*/\1/")
COMP_WORDS=(cargo-verpolicy check --explain-v) COMP_CWORD=2
$function cargo-verpolicy --explain-v check
echo "${COMPREPLY[*]}"'
is bash "$(bash --norc -c "$completed")" --explain-verdict
if have zsh; then
  cp zsh _cargo-verpolicy
  # shellcheck disable=SC2016
  is zsh "$(zsh -f -c 'fpath=($PWD $fpath); autoload -U compinit; compinit -u -D; autoload +X _cargo-verpolicy; print $_comps[cargo-verpolicy]')" _cargo-verpolicy
fi
if have fish; then
  for line in 'cargo-verpolicy check --explain-v' 'cargo verpolicy check --explain-v'; do
    is fish "$(fish --no-config -c "source ./fish; complete -C '$line'" | cut -f 1)" --explain-verdict
  done
fi
if have elvish; then
  # Only an interactive elvish has the module that completes: here the script is parsed.
  if elvish -norc -compileonly ./elvish 2>&1 | grep 'Parse error' -A 3; then exit 1; fi
fi
if have mandoc; then
  # Warnings of style are clap_mangen's.
  mandoc -T lint -W error ./*.1
fi
