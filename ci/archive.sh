#!/usr/bin/env bash
# Packs the built binary of a target with its man pages, completions and licences, as the binstall metadata expects it, and
# writes the archive's checksum beside it.
set -euo pipefail

target=$1
name=cargo-verpolicy
exe=
[[ $target == *-windows-* ]] && exe=.exe
built=target/$target/release/$name$exe
folder=dist/$name-$target
mkdir -p "$folder/completions" "$folder/man"
cp "$built" README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$folder/"
# A binary for another machine cannot print its own pages: one for this machine does.
tool=$built
if ! "$tool" --version >/dev/null 2>&1; then
  cargo build --locked -p $name
  tool=target/debug/$name
fi
for shell in bash zsh fish powershell elvish; do
  "$tool" completions "$shell" >"$folder/completions/$name.$shell"
done
"$tool" man "$folder/man"
cd dist
archive=$name-$target.tgz
if [ -n "$exe" ]; then
  archive=$name-$target.zip
  7z a "$archive" "./$name-$target/*" >/dev/null
else
  tar -czf "$archive" -C "$name-$target" .
fi
if command -v sha256sum >/dev/null; then sha256sum "$archive"; else shasum -a 256 "$archive"; fi >"$archive.sha256"
rm -r "$name-$target"
