#!/usr/bin/env python3
"""Prints how many words of a language each expression of its rule in rules/consistency.toml speaks of, and which of them are two words.

usage: tools/spelling/accents.py RULE NAME.aff NAME.dic [NAME.aff NAME.dic ...]

The dictionaries are those of the Debian packages hunspell-es, hunspell-it, hunspell-pt-br and hunspell-pt-pt, all 1:7.5.0. An expression may stand in
the rule when what its group tells apart is hardly ever two words of the language: “información” has its accent always, “práctica” is not
“practica”.
"""
import collections
import pathlib
import re
import sys
import tomllib


def rules_of(aff):
    """Suffix rules by flag: what is cut, what is put, before what, and the flags of what comes of it."""
    rules = collections.defaultdict(list)
    for line in aff.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split()
        if len(parts) >= 5 and parts[0] == "SFX":
            put, _, more = parts[3].partition("/")
            cut, put = ("" if part == "0" else part for part in (parts[2], put))
            rules[parts[1]].append((cut, put, re.compile(f"(?:{parts[4]})$"), more))
    return rules


def forms(word, flags, rules, again=True):
    """A word and what its suffixes make of it, two of them at most."""
    yield word
    for flag in flags:
        for cut, put, before, more in rules[flag]:
            if word.endswith(cut) and before.search(word):
                made = word[: len(word) - len(cut)] + put
                yield from forms(made, more, rules, False) if more and again else [made]


def main():
    wanted, files = sys.argv[1], [pathlib.Path(name) for name in sys.argv[2:]]
    words = set()
    for aff, dic in zip(files[::2], files[1::2]):
        rules = rules_of(aff)
        for line in dic.read_text(encoding="utf-8", errors="replace").splitlines()[1:]:
            word, _, flags = line.split("\t")[0].split(" ")[0].strip().partition("/")
            words.update(form.lower() for form in forms(word, flags, rules))
    pack = tomllib.loads((pathlib.Path(__file__).parents[2] / "rules" / "consistency.toml").read_text(encoding="utf-8"))
    for letters in next(rule["letters"] for rule in pack["rule"] if rule["id"] == wanted):
        found = collections.defaultdict(set)
        for word in words:
            if match := re.fullmatch(letters, word):
                found[word[: match.start(1)] + "_" + word[match.end(1) :]].add(match[1])
        two = sorted(word for word, seen in found.items() if len(seen) > 1)
        print(letters, len(found), len(two), " ".join(two[:40]), sep="\t")


if __name__ == "__main__":
    main()
