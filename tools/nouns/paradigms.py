#!/usr/bin/env python3
"""Looks up the forms of the nouns of german.txt and spanish.txt, with the places of the paradigm that each form fills.

usage: tools/nouns/paradigms.py de nouns.csv > src/kinds/grammar/nouns/de.txt
       tools/nouns/paradigms.py es spa-eng.automorf.bin > src/kinds/grammar/nouns/es.txt

nouns.csv is that of the PyPI package german-nouns 1.2.5, compiled from the German Wiktionary (CC BY-SA 4.0). The other is the analyser of the
Debian package apertium-eng-spa 0.8.1 (GPL), asked through lt-proc of the Debian package lttoolbox. Only facts of grammar are taken
from both: gender, number and case.

A line of the result: the form; for each gender (m, f, n; p is the German plural, o and a are the Spanish ones) the cases that it fills, 1 to 4;
and v where the form is also one of a verb.
"""
import csv
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
CASES = ["nominativ", "genitiv", "dativ", "akkusativ"]


def wanted(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return " ".join(line for line in lines if not line.startswith("#")).split()


def german(path):
    words, forms = set(wanted("german.txt")), {}
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["lemma"] not in words or "Substantiv" not in row["pos"]:
                continue
            genders = [row[key] for key in ("genus", "genus 1", "genus 2", "genus 3", "genus 4") if row.get(key)]
            for key, form in row.items():
                parts = (key or "").rstrip("*").split()
                if not form or len(parts) < 2 or parts[0] not in CASES:
                    continue
                case = CASES.index(parts[0]) + 1
                for gender in genders:
                    slot = "p" if parts[1] == "plural" else gender
                    forms.setdefault(form, {}).setdefault(slot, set()).add(case)
    return forms, set()


def spanish(path):
    words = wanted("spanish.txt")
    plural = lambda word: [word + "s", word + "es", re.sub("z$", "ces", word), re.sub("[óá]n$", lambda m: {"ó": "o", "á": "a"}[m[0][0]] + "nes", word)]
    asked = sorted({form for word in words for form in [word, *plural(word)]})
    out = subprocess.run(["lt-proc", "-w", path], input="\n".join(asked), capture_output=True, text=True, check=True).stdout
    forms, verbs = {}, set()
    for token in re.findall(r"\^([^$]*)\$", out):
        form, *readings = token.split("/")
        for reading in readings:
            found = re.match(r"([^<+]+)<n>(?:<acr>)?<(m|f|mf)><(sg|pl|sp)>$", reading)
            if found and found[1] in words:
                for gender in found[2]:
                    for number in {"sg": ["sg"], "pl": ["pl"], "sp": ["sg", "pl"]}[found[3]]:
                        slot = gender if number == "sg" else {"m": "o", "f": "a"}[gender]
                        forms.setdefault(form, {}).setdefault(slot, set()).add(1)
            elif re.search(r"<vblex>|<vbser>|<vbmod>|<vbhaver>", reading):
                verbs.add(form)
    # Feminine nouns that begin with a stressed a take "el"; the stress is not looked up, so none of them is kept.
    return {form: slots for form, slots in forms.items() if "f" not in slots or not re.match("h?[aá]", form)}, verbs


def main():
    language, path = sys.argv[1:3]
    forms, verbs = german(path) if language == "de" else spanish(path)
    source = {"de": "german-nouns 1.2.5 (German Wiktionary, CC BY-SA 4.0)", "es": "apertium-eng-spa 0.8.1"}[language]
    print("# Forms of nouns, the places of the paradigm that they fill, and v where the form is also one of a verb.")
    print(f"# Facts of grammar looked up by tools/nouns/paradigms.py in {source}; not edited by hand.")
    for form in sorted(forms):
        slots = [gender + "".join(map(str, sorted(cases))) for gender, cases in sorted(forms[form].items())]
        print(form, *slots, *(["v"] if form in verbs else []))


if __name__ == "__main__":
    main()
