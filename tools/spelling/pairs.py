#!/usr/bin/env python3
"""Writes src/kinds/consistency/pairs/: words that have a British and an American spelling which differ in two letters at most.

usage: tools/spelling/pairs.py american-english-large british-english-large

The lists are those of the Debian packages wamerican-large and wbritish-large 2020.12.07 (SCOWL, Kevin Atkinson), of which the Hunspell dictionaries en_US and
en_GB are made. A pair stands there if the British list has one spelling and not the other, and the American list the other and not the
one. So "advise" and "exercise" are none, which both write, nor "size", nor "honorary" and "glamorous". A line of a file is what stands before the
letters, and for each word what stands behind them.
"""
import collections
import pathlib
import re
import sys

OUT = pathlib.Path(__file__).parents[2] / "src" / "kinds" / "consistency" / "pairs"
# What is British and what is American.
HABITS = {"is": ("is", "iz"), "our": ("our", "or")}


def words(path):
    with open(path, encoding="utf-8") as file:
        return {word for word in map(str.strip, file) if word.isalpha() and word.islower()}


def main():
    american, british = map(words, sys.argv[1:3])
    OUT.mkdir(exist_ok=True)
    for name, (one, other) in HABITS.items():
        stems = collections.defaultdict(list)
        for word in sorted(british - american):
            for match in re.finditer(f"(?={one})", word):
                before, behind = word[: match.start()], word[match.start() + len(one) :]
                if before + other + behind in american - british:
                    stems[before].append(behind or "-")
        # A word of which both lists have a form in one of the spellings means something else there: "prised" and "prized", "promise".
        shared = british & american
        both = lambda stem, ends: any(stem + form + end in shared for form in (one, other) for end in {*ends, "e" * (one == "is")} - {"-"})
        stems = {stem: ends for stem, ends in stems.items() if not both(stem, ends)}
        lines = [" ".join([stem, *ends]) for stem, ends in sorted(stems.items())]
        (OUT / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
