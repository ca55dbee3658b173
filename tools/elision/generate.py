#!/usr/bin/env python3
"""Prints the expression of grammar/lost-apostrophe: the letters with which French words in “lé” begin.

usage: tools/elision/generate.py fr.aff fr.dic

The dictionary is that of the Debian package hunspell-fr-classical 1:7.0 (Dicollecte, MPL-2.0). A word in “lé” that begins with none of these
letters is an article that lost its apostrophe: “léquipe”.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "nouns"))
from generate import affixes, forms


def main():
    aff, dic = (pathlib.Path(name) for name in sys.argv[1:3])
    rules, starts = affixes(aff), set()
    for line in dic.read_text(encoding="utf-8").splitlines()[1:]:
        word, _, flags = line.split("\t")[0].split(" ")[0].partition("/")
        if word.lower().startswith("lé"):
            starts.update(form.lower()[2:4] for form in forms(word, flags.split("(")[0], rules) if len(form) > 4)
    print("|".join(sorted(starts)))


if __name__ == "__main__":
    main()
