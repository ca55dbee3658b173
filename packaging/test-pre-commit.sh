#!/usr/bin/env bash
# Tries the hooks with the real pre-commit program in a repository of 500 files: packaging/test-pre-commit.sh FOLDER-OF-COPYDESK [rust]
# It checks that one run sees all files, that what the hook reports stops the commit, that excluded names are left out, and how
# long a commit takes. With “rust” it also lets pre-commit compile the hooks from a plain checkout of what is committed here, which
# takes minutes (CARGO_TARGET_DIR shares what is compiled already).
set -euo pipefail

program="$(cd "$1" && pwd)"
here="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export PATH="$program:$PATH" PRE_COMMIT_HOME="$work/cache" GIT_CONFIG_GLOBAL="$work/gitconfig"
git config --global user.name A
git config --global user.email a@example.org
git config --global protocol.file.allow always

# The hooks from a plain git checkout, as it is now.
git init --quiet "$work/hooks"
cp "$here/.pre-commit-hooks.yaml" "$work/hooks/"
git -C "$work/hooks" add --all
git -C "$work/hooks" commit --quiet --message hooks

git init --quiet "$work/releases"
cd "$work/releases"
cat > .pre-commit-config.yaml <<END
repos:
  - repo: $work/hooks
    rev: $(git -C "$work/hooks" rev-parse HEAD)
    hooks:
      - id: copydesk-system
        verbose: true
END
cat > copydesk.toml <<'END'
packs = ["house.toml"]
END
cat > house.toml <<'END'
[[rule]]
id = "house/log-in-to"
kind = "wording/substitute"
severity = "error"
message = "two words and a preposition"
replace = { "log into" = "log in to" }
END
for i in $(seq 1 250); do
  printf '# Release %s\n\nThe council met and adopted the text.\n' "$i" > "release-$i.en.md"
  # shellcheck disable=SC1112 # the apostrophe of the text
  printf '# Communiqué %s\n\nLe conseil s’est réuni et a adopté le texte.\n' "$i" > "release-$i.fr.md"
done
printf 'Please log into it.\n' > README.md
git add --all
pre-commit install > /dev/null

start=$(date +%s%N)
git commit --quiet --message "500 files" 2> "$work/log" || { cat "$work/log"; echo "the calm commit was stopped"; exit 1; }
echo "500 files in $(( ($(date +%s%N) - start) / 1000000 )) ms, pre-commit and git included"
[ "$(grep -c '^read ' "$work/log")" = 1 ] || { cat "$work/log"; echo "the hook did not see all files in one run"; exit 1; }
grep -q '^read 500 files' "$work/log" || { cat "$work/log"; echo "the hook did not see the 500 drafts"; exit 1; }

printf '\nPlease log into it.\n' >> release-7.en.md
git add --all
if git commit --quiet --message "a fault" 2> "$work/log"; then echo "the fault was not stopped"; exit 1; fi
grep -q 'release-7.en.md:5:8' "$work/log" || { cat "$work/log"; echo "the fault was not shown"; exit 1; }

if [ "${2:-}" = rust ]; then
  git clone --quiet "$here" "$work/plain"
  cat > .pre-commit-config.yaml <<END
repos:
  - repo: $work/plain
    rev: $(git -C "$work/plain" rev-parse HEAD)
    hooks:
      - id: copydesk
        verbose: true
      - id: copydesk-fix
        stages: [manual]
END
  printf '\nThe council met , and left.\n' >> release-8.en.md
  printf 'packs = ["builtin", "house.toml"]\n' > copydesk.toml
  git add --all
  # Nothing of the copydesk on the PATH may help.
  PATH="${PATH#"$program":}"
  if pre-commit run copydesk > "$work/log" 2>&1; then cat "$work/log"; echo "rust: the fault was not stopped"; exit 1; fi
  grep -q 'release-7.en.md:5:8' "$work/log" || { cat "$work/log"; echo "rust: the fault was not shown"; exit 1; }
  if pre-commit run copydesk-fix --hook-stage manual > "$work/log" 2>&1; then cat "$work/log"; echo "rust: nothing was put right"; exit 1; fi
  grep -q '^The council met, and left.$' release-8.en.md || { cat "$work/log"; echo "rust: the blank is still there"; exit 1; }
  echo "the hooks that compile: ok"
fi
echo "ok"
