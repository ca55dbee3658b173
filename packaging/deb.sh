#!/usr/bin/env bash
# Makes a Debian package of a program that is built: packaging/deb.sh FOLDER-OF-COPYDESK FILE.deb [TRIPLE]
# The manual page and the completions come from the program itself. Needs cargo-deb.
set -euo pipefail

folder="$(cd "$1" && pwd)"
mkdir -p "$(dirname "$2")"
output="$(cd "$(dirname "$2")" && pwd)/$(basename "$2")"
cd "$(dirname "$0")/.."
"$folder/copydesk" man | gzip -9n > "$folder/copydesk.1.gz"
for shell in bash zsh fish; do
  "$folder/copydesk" completions "$shell" > "$folder/copydesk.$shell"
done
cargo deb --quiet --no-build --no-strip ${3:+--target "$3"} --output "$output" > /dev/null
