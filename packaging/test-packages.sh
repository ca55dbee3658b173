#!/usr/bin/env bash
# Makes the packages that carry the program, installs each in a clean place without a registry, and runs it:
# packaging/test-packages.sh [wheel] [npm] [deb] [pre-commit] (default: all that can be made here).
set -euo pipefail

here="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$here"
version="$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)"
target="$(cargo metadata --format-version 1 --no-deps | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')"

# What any of them must do: say its version, find a fault, and be silent about a sound text.
try() {
  local name="$1"
  shift
  mkdir -p "$work/try" && cd "$work/try"
  printf 'packs = ["house.toml"]\n' > copydesk.toml
  printf '[[rule]]\nid = "house/log-in-to"\nkind = "wording/substitute"\nseverity = "error"\nmessage = "two words and a preposition"\nreplace = { "log into" = "log in to" }\n' > house.toml
  printf 'Please log in to it.\n' > sound.md
  printf 'Please log into it.\n' > faulty.md
  [ "$("$@" --version)" = "copydesk $version" ] || { echo "$name: the version is not $version"; exit 1; }
  "$@" check --quiet sound.md > /dev/null || { echo "$name: a sound text fails"; exit 1; }
  local status=0
  "$@" check --quiet --format short faulty.md > found 2> /dev/null || status=$?
  if [ "$status" != 1 ] || ! grep -q '^faulty.md:1:8: error\[house/log-in-to\]' found; then echo "$name: the fault is not found"; exit 1; fi
  # Where no copydesk.toml leaves them out.
  mkdir -p "$work/empty" && cd "$work/empty"
  "$@" explain grammar/determiner-noun > /dev/null || { echo "$name: the builtin rules are not there"; exit 1; }
  cd "$here"
  echo "$name: ok"
}

wheel() {
  python3 -m venv "$work/maker" && "$work/maker/bin/pip" install --quiet 'maturin>=1.7,<2'
  "$work/maker/bin/maturin" build --quiet --release --locked --out "$work/wheels"
  python3 -m venv "$work/clean"
  "$work/clean/bin/pip" install --quiet --no-index --find-links "$work/wheels" copydesk
  try "wheel" "$work/clean/bin/copydesk"
  try "wheel, as a module of no path" env -i "$work/clean/bin/copydesk"
}

npm() {
  cargo build --quiet --release --locked
  local platform
  platform="$(node -p 'process.platform + "-" + process.arch')"
  node packaging/npm/platform.mjs "$platform" "$target/release/copydesk" "$work/npm-platform" "$version"
  mkdir -p "$work/npm-tarballs" "$work/npm-clean"
  (cd "$work/npm-platform" && command npm pack --silent --pack-destination "$work/npm-tarballs" > /dev/null)
  (cd packaging/npm && command npm pack --silent --pack-destination "$work/npm-tarballs" > /dev/null)
  local tarball held
  for tarball in "$work"/npm-tarballs/*.tgz; do
    held="$(tar tzf "$tarball")"
    for file in README.md LICENSE-MIT LICENSE-APACHE; do
      grep -qx "package/$file" <<< "$held" || { echo "npm: $(basename "$tarball") ships no $file"; exit 1; }
    done
  done
  # The packages of other platforms are optional and not published here; offline, npm leaves them out.
  command npm install --silent --offline --no-audit --prefix "$work/npm-clean" "$work"/npm-tarballs/*.tgz > /dev/null
  try "npm" "$work/npm-clean/node_modules/.bin/copydesk"
}

deb() {
  command -v cargo-deb > /dev/null || { echo "deb: left out, cargo-deb is not installed (cargo install cargo-deb)"; return; }
  cargo build --quiet --release --locked
  packaging/deb.sh "$target/release" "$work/copydesk.deb"
  dpkg-deb --extract "$work/copydesk.deb" "$work/deb"
  for file in man/man1/copydesk.1.gz bash-completion/completions/copydesk; do
    [ -s "$work/deb/usr/share/$file" ] || { echo "deb: $file is missing"; exit 1; }
  done
  [ "$(dpkg-deb --field "$work/copydesk.deb" Version | cut -d- -f1)" = "$version" ] || { echo "deb: the version is not $version"; exit 1; }
  try "deb" "$work/deb/usr/bin/copydesk"
}

# The hook as docs/gate.md has it: pre-commit makes an environment from the wheel.
pre-commit() {
  python3 -m venv "$work/hooks" && "$work/hooks/bin/pip" install --quiet pre-commit
  ls "$work"/wheels/*.whl > /dev/null 2>&1 || wheel
  rm -rf "$work/repository" && git init --quiet "$work/repository" && cd "$work/repository"
  export PRE_COMMIT_HOME="$work/cache"
  cat > .pre-commit-config.yaml <<END
repos:
  - repo: local
    hooks:
      - id: copydesk
        name: copydesk
        entry: copydesk check
        language: python
        additional_dependencies: ["$(ls "$work"/wheels/*.whl)"]
        types_or: [markdown, html, plain-text]
        require_serial: true
END
  cp "$work"/try/*.toml "$work"/try/sound.md .
  git add --all
  "$work/hooks/bin/pre-commit" run > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  cp "$work/try/faulty.md" . && git add --all
  if "$work/hooks/bin/pre-commit" run > "$work/log" 2>&1; then echo "pre-commit: the fault was not stopped"; exit 1; fi
  grep -q 'faulty.md:1:8' "$work/log" || { cat "$work/log"; exit 1; }
  cd "$here"
  echo "pre-commit with the wheel: ok"
}

if [ $# = 0 ]; then
  set -- wheel npm deb pre-commit
fi
for package in "$@"; do
  "$package"
done
