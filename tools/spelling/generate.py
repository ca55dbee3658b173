#!/usr/bin/env python3
"""Prints the parts of the expressions of wording/ize, wording/ise and wording/our.

usage: tools/spelling/generate.py american-english british-english

The lists are those of the Debian packages wamerican and wbritish 2020.12.07 (SCOWL, Kevin Atkinson). A stem in "-is" that the American list has
is never written with z ("advise"), and one in "-iz" that the British list has is never written with s ("size").
"""
import re
import sys

ENDINGS = "e|es|ed|er|ers|ing|ation|ations"
SUFFIXES = "s|ed|ing|er|ers|able|ably|al|ful|fully|less|ite|ites|itism|hood|hoods|ly|y"


def words(path):
    with open(path, encoding="utf-8") as file:
        return {word for word in map(str.strip, file) if word.isalpha() and word.islower()}


def stems(known, letters):
    found = (re.fullmatch(rf"(.*i{letters})(?:{ENDINGS})", word) for word in known)
    return sorted({match[1] for match in found if match})


def main():
    american, british = map(words, sys.argv[1:3])
    print("keeps s:", "|".join(stems(american, "s")))
    print("keeps z:", "|".join(stems(british, "z")))
    found = (re.fullmatch(rf"(.+)our(?:{SUFFIXES})?", word) for word in british - american)
    print("our:", "|".join(sorted({match[1] for match in found if match and match[0].replace("our", "or", 1) in american})))


if __name__ == "__main__":
    main()
