#!/usr/bin/env python3
"""Writes tools/sums.txt: the files that generators write, each with a sum of its bytes (FNV-1a, 64 bits), by which tests/tidy.rs knows that none
was edited by hand. Run it after a generator; what a generator should say otherwise is changed in the generator or in its hand-kept tables.

usage: tools/sums.py
"""
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
# What is generated, and by what: language/generate.py, places/generate.py and places/cities.py, nouns/generate.py and nouns/paradigms.py,
# verbs/generate.py, spelling/pairs.py.
GENERATED = ["rules/language/*.toml", "rules/places/*.toml", "rules/cities.tsv", "src/kinds/grammar/nouns/*.txt",
             "src/kinds/grammar/verbs/*.txt", "src/kinds/consistency/pairs/*.txt"]


def fnv(data):
    sum = 0xCBF29CE484222325
    for byte in data:
        sum = ((sum ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{sum:016x}"


paths = sorted(path for pattern in GENERATED for path in ROOT.glob(pattern))
lines = [f"{fnv(path.read_bytes())} {path.relative_to(ROOT)}" for path in paths]
(ROOT / "tools" / "sums.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
