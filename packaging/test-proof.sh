#!/usr/bin/env bash
# Opens the pages of copydesk in a real browser and uses them: packaging/test-proof.sh FOLDER-OF-COPYDESK [FOLDER-FOR-PICTURES]
# Loads nothing, runs nothing, rows stand beside each other, texts run in their direction, filters and steps work, nothing runs over
# the edge of a phone, and axe finds no fault of accessibility. The pictures are for people to look at.
# Needs Chromium (or Chrome, in CHROMIUM), node and npm; what is fetched stays in a folder that is deleted, or in COPYDESK_CONSUMERS.
set -euo pipefail

program="$(cd "$1" && pwd)/copydesk"
here="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
tools="${COPYDESK_CONSUMERS:-$work/tools}"
pictures="${2:-$work/pictures}"
mkdir -p "$tools" "$pictures"
browser="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"
[ -n "$browser" ] || { echo "no Chromium here: name one in CHROMIUM" >&2; exit 2; }
if [ ! -d "$tools/browser/node_modules/playwright-core" ]; then
  # The driver alone; it brings no browser.
  npm install --silent --prefix "$tools/browser" playwright-core@1 axe-core@4
fi

cd "$here"
"$program" proof --quiet fixtures/releases/faulty -o "$work/faulty.html"
"$program" proof --quiet fixtures/releases/correct -o "$work/correct.html"
for tag in fr ar zh; do
  "$program" proof --quiet "fixtures/releases/faulty/charter.en.md" "fixtures/releases/faulty/charter.$tag.md" -o "$work/$tag.html"
done
"$program" check --fail-on never --format html fixtures/faulty > "$work/check.html" 2> /dev/null
"$program" facts --quiet --format html fixtures/releases/correct > "$work/facts.html" 2> /dev/null
long="$(printf 'a%.0s' $(seq 3000))"
for tag in en fr; do
  cat > "$work/hostile.$tag.md" << END
---
title: '</title><script>alert(1)</script>'
lang: $tag
---
# <img src="https://example.org/x" onerror="alert(1)"> on 15 May 2024

Read [this](javascript:alert(1)), [that](data:text/html,<script>alert(2)</script>) and [a file](file:///etc/passwd).

<script>alert(3)</script><a href="javascript:alert(4)" onclick="alert(5)">four of 1250</a> $long in 2031.

Right to left: $(printf '\xe2\x80\xae')sdrawkcab and \`</code><script>alert(6)</script>\` ![x](https://example.org/x.png)
END
done
"$program" proof --quiet "$work/hostile.en.md" "$work/hostile.fr.md" -o "$work/hostile.html"
NODE_PATH="$tools/browser/node_modules" node "$here/packaging/test-proof.cjs" "$browser" "$work" "$pictures"
