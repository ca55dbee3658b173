#!/usr/bin/env bash
# What the GitHub Action runs; its inputs come as COPYDESK_* variables. tests/gate.rs tests it.
set -euo pipefail

case "${COPYDESK_VERSION:-}" in
  none) ;;
  "") pipx install copydesk ;;
  *) pipx install "copydesk==${COPYDESK_VERSION}" ;;
esac

arguments=(check --format "${COPYDESK_FORMAT:-github}")
if [ -n "${COPYDESK_FAIL_ON:-}" ]; then
  arguments+=(--fail-on "${COPYDESK_FAIL_ON}")
fi
# Outside a pull request there is nothing to compare with, and all is checked.
if [ "${COPYDESK_CHANGED:-true}" = true ] && [ -n "${GITHUB_BASE_REF:-}" ]; then
  arguments+=("--changed=origin/${GITHUB_BASE_REF}")
fi
# Words, not patterns: a path with a star is meant for nobody but the shell.
set -f
for report in ${COPYDESK_REPORT:-}; do
  arguments+=(--report "${report}")
done
arguments+=(--)
for path in ${COPYDESK_PATHS:-.}; do
  arguments+=("${path}")
done
exec copydesk "${arguments[@]}"
