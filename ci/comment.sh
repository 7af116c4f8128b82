#!/usr/bin/env bash
# Replaces the comment that an earlier run left on the pull request, found by its hidden marker, or writes a first one.
set -euo pipefail

marker='<!-- cargo-verpolicy -->'
mine=$(gh api "repos/$REPOSITORY/issues/$NUMBER/comments" --paginate \
  --jq ".[] | select(.body | startswith(\"$marker\")) | .id" | head -n 1)
if [ -n "$mine" ]; then
  gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$mine" --field "body=@$BODY"
else
  gh api --silent --method POST "repos/$REPOSITORY/issues/$NUMBER/comments" --field "body=@$BODY"
fi
