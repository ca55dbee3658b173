"""Writes rules/places/<tag>.toml from the JSON edition of CLDR: names of countries, regions, cities and currencies in each language that
has a table in rules/language. Usage: python3 tools/places/generate.py CLDR_FOLDER, the folder as tools/language/README.md makes it.

Countries and regions are the territories of cldr-localenames-full with their alternative names, cities the exemplar cities of time zones
(cldr-dates-full; where a language has none, its own name is the last part of the zone's id, as CLDR says), currencies those that are legal tender, with
their names in singular and plural (cldr-numbers-full, cldr-core). English has besides where it
is official (cldr-core) and what languages are called. What alike.py found stands before them."""
import json
import pathlib
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Codes of no country: unknown, pseudo-locales, outlying Oceania, the eurozone.
NONE = {"ZZ", "XA", "XB", "QO", "EZ"}


def load(folder, package, tag, name):
    path = folder / package / "main" / tag / name
    if not path.is_file():
        return {}
    return json.loads(path.read_text(encoding="utf-8"))["main"][tag]


def cities(zones, prefix=""):
    """Zone ids with their exemplar cities."""
    for name, value in zones.items():
        if not isinstance(value, dict):
            continue
        if isinstance(value.get("exemplarCity"), str):
            yield prefix + name, value["exemplarCity"]
        elif not any(key in value for key in ("long", "short")):
            yield from cities(value, f"{prefix}{name}/")


def add(table, key, text):
    text = " ".join(text.split())
    if text and any(c.isalpha() for c in text) and text not in table.setdefault(key, []):
        table[key].append(text)


def territories(folder, tag):
    countries, regions = {}, {}
    names = load(folder, "cldr-localenames-full", tag, "territories.json")
    for code, text in names.get("localeDisplayNames", {}).get("territories", {}).items():
        base = code.split("-")[0]
        # A name that stands for two, such as “Congo - Kinshasa”, or the code itself, is no name that a text has.
        if base in NONE or text == base:
            continue
        add(regions if base.isdigit() or base in ("EU", "UN") else countries, base, text)
    return countries, regions


def official(folder, tag):
    """Territories in which a language is official."""
    data = json.loads((folder / "cldr-core/supplemental/territoryInfo.json").read_text(encoding="utf-8"))
    found = data["supplemental"]["territoryInfo"].items()
    speaks = lambda info: info.get("languagePopulation", {}).get(tag, {}).get("_officialStatus", "")
    return sorted(code for code, info in found if speaks(info) in ("official", "de_facto_official"))


def languages(folder, tag, tags):
    """What the languages are called that have a table, and of one that a region speaks in its own way the first word: “Swiss High German”."""
    at_home = official(folder, tag)
    names = load(folder, "cldr-localenames-full", tag, "languages.json").get("localeDisplayNames", {}).get("languages", {})
    found = {}
    for code, text in names.items():
        base, *rest = code.split("-")
        # “Bokmål, Norwegian” is the one name of two words that says who speaks it; what is written (Hans) is no region.
        region = len(rest) == 1 and len(rest[0]) == 2 and rest[0] not in at_home
        if base in tags and base != tag and text != code and (region or not rest):
            add(found, code, text.split()[0].strip(","))
    return found


def current(folder):
    """Codes of the currencies that are legal tender somewhere."""
    data = json.loads((folder / "cldr-core/supplemental/currencyData.json").read_text(encoding="utf-8"))
    for periods in data["supplemental"]["currencyData"]["region"].values():
        for period in periods:
            for code, days in period.items():
                if "_to" not in days and days.get("_tender") != "false":
                    yield code


def currencies(folder, tag, wanted):
    found = {}
    names = load(folder, "cldr-numbers-full", tag, "currencies.json")
    for code, value in names.get("numbers", {}).get("currencies", {}).items():
        if code not in wanted:
            continue
        for key, text in value.items():
            # Old currencies have their years behind the name, which no text has.
            if key.startswith("displayName") and text != code and "(" not in text:
                add(found, code, text)
    return found


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def write(path, lists, sections):
    lines = ["# Written by tools/places/generate.py from CLDR. Change the generator, not this file."]
    for name, words in lists.items():
        if words:
            lines += ["", f"{name} = " + json.dumps(words, ensure_ascii=False)]
    for name, table in sections:
        if table:
            lines += ["", f"[{name}]"]
        for key in sorted(table):
            names = table[key]
            value = quoted(names[0]) if len(names) == 1 else "[" + ", ".join(map(quoted, names)) + "]"
            bare = key.replace("-", "").replace("_", "").isalnum() and key.isascii()
            lines.append(f"{key if bare else quoted(key)} = {value}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def differing(table, english):
    """What a language writes otherwise than English."""
    return {key: names for key, names in table.items() if names != english.get(key)}


def main():
    folder = pathlib.Path(sys.argv[1])
    wanted = set(current(folder))
    # Zones that some language has a city for: the others are no cities.
    zones = set()
    # English comes first: what others write as it does is not written again.
    english = {}
    tags = sorted(path.stem for path in (ROOT / "rules/language").glob("*.toml"))
    tags.sort(key=lambda tag: tag != "en")
    known = {}
    for tag in tags:
        data = load(folder, "cldr-dates-full", tag, "timeZoneNames.json")
        known[tag] = dict(cities(data.get("dates", {}).get("timeZoneNames", {}).get("zone", {})))
        zones |= set(known[tag])
    zones = {zone for zone in zones if not zone.startswith("Etc")}
    target = ROOT / "rules/places"
    target.mkdir(exist_ok=True)
    alike = tomllib.loads((ROOT / "tools/places/alike.toml").read_text(encoding="utf-8"))
    for tag in tags:
        countries, regions = territories(folder, tag)
        if not countries:
            print(f"{tag}: CLDR names no country")
            continue
        found = {}
        for zone in zones:
            own = known[tag].get(zone)
            fallback = zone.rsplit("/", 1)[1].replace("_", " ") if tag == "en" else None
            if own or fallback:
                add(found, zone, own or fallback)
        money = currencies(folder, tag, wanted)
        sections = [("countries", countries), ("regions", regions), ("cities", found), ("currencies", money)]
        lists = dict(alike.get(tag, {}))
        if tag == "en":
            # Asked of English alone: whether a paragraph is about people who write in another language.
            lists["own"] = official(folder, tag)
            sections.append(("languages", languages(folder, tag, tags)))
        write(target / f"{tag}.toml", lists, [(name, differing(table, english.get(name, {}))) for name, table in sections])
        if tag == "en":
            english.update(sections)


main()
