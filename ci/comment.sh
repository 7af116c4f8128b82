#!/usr/bin/env bash
# Replaces the comment that an earlier run left on the pull request, found by its hidden marker, or writes a first one.
# It asks GitHub's API, which Gitea and Forgejo serve too. A comment decides nothing: where it cannot be written, as with
# the token of a fork's pull request, which may only read, that is a warning.
set -euo pipefail

marker='<!-- cargo-verpolicy -->'
issues=${GITHUB_API_URL:-https://api.github.com}/repos/$REPOSITORY/issues
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The token is no argument: those can be read by others on the machine.
ask() {
  printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" |
    curl --config - --silent --show-error --fail --retry 2 --max-time 60 \
      --header 'Accept: application/json' --header 'Content-Type: application/json' --dump-header "$work/head" "$@"
}

publish() {
  local page="$issues/$NUMBER/comments?per_page=100" mine='' login=''
  # Somebody else's comment is none of ours, whatever it begins with. A job's own token cannot ask who it is: it is a bot.
  login=$(ask "${GITHUB_API_URL:-https://api.github.com}/user" 2>/dev/null | jq -r '.login // ""') || login=''
  while [ -n "$page" ] && [ -z "$mine" ]; do
    ask --output "$work/comments.json" "$page" || return 1
    mine=$(jq -r --arg marker "$marker" --arg login "$login" '
      def own: if $login == "" then (.user.type // "Bot") == "Bot" else .user.login == $login end;
      [.[] | select((.body | startswith($marker)) and own) | .id][0] // ""' "$work/comments.json")
    page=$(tr -d '\r' <"$work/head" | sed -n 's/^[Ll]ink:.*<\([^>]*\)>; *rel="next".*/\1/p')
  done
  jq -Rs '{ body: . }' "$BODY" >"$work/body.json"
  if [ -n "$mine" ]; then
    ask --output /dev/null --request PATCH --data-binary "@$work/body.json" "$issues/comments/$mine"
  else
    ask --output /dev/null --request POST --data-binary "@$work/body.json" "$issues/$NUMBER/comments"
  fi
}

if ! publish 2>"$work/errors"; then
  why=$(tr '\n' ' ' <"$work/errors")
  echo "::warning title=cargo-verpolicy::the comment could not be written (grant \`pull-requests: write\`; a fork's token may only read): $why"
fi
