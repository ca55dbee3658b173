"""`[sentences]`: words before a full stop that ends no sentence.

A word counts that two sources have: CLDR's sentence-break suppressions (cldr-segments-full) and the abbreviations of pySBD (MIT licence);
each alone also holds words that end sentences every day (English “Act.”, French « mer. »). Of pySBD alone come, for the languages where it
keeps such lists of its own, the titles that stand before a name and the words that stand before a number. CLDR's number rules (cldr-rbnf)
tell whether an ordinal is figures and a full stop.
"""
import json, re

# pySBD's modules by language.
PYSBD = {
    "da": "danish", "de": "deutsch", "en": "common/standard", "es": "spanish", "fr": "french", "it": "italian", "ru": "russian", "sk": "slovak",
}
# Where its list of what stands before a name holds only that; the Spanish and Italian ones hold prefixes and common words.
TITLES = {"da", "en", "sk"}


def pysbd(folder, tag, name):
    module = PYSBD.get(tag)
    path = folder / "pysbd" / "lang" / f"{module}.py"
    if module is None or not path.exists():
        return []
    found = re.search(rf"\b{name} = (\[.*?\])", path.read_text(encoding="utf-8"), re.S)
    return eval(found[1], {"__builtins__": {}}) if found else []


def capital(words):
    """The words, and each with a capital: pySBD has them in lower case."""
    return {form for word in words for form in (word, word[:1].upper() + word[1:])}


def section(cldr, tag):
    path = cldr.folder / "cldr-segments-full/segments" / tag / "suppressions.json"
    words = set()
    if path.exists():
        breaks = json.loads(path.read_text())["segments"]["segmentations"].get("SentenceBreak", {}).get("standard", [])
        known = {word.lower() for word in pysbd(cldr.folder, tag, "ABBREVIATIONS")}
        words = {entry["suppression"].removesuffix(".") for entry in breaks}
        words = {word for word in words if word.lower() in known}
    # Months and weekdays are read as dates; a word with a stop inside ends sentences too (“in the U.S.”), and is joined to what goes on in
    # lower case anyway; a single letter is an initial in every language.
    calendar = cldr.file("cldr-dates-full", tag, "ca-gregorian").get("dates", {}).get("calendars", {}).get("gregorian", {})
    dates = re.findall(r"\w+", json.dumps([calendar.get("months"), calendar.get("days")], ensure_ascii=False).lower())
    words = {word for word in words if "." not in word and len(word) > 1 and word.lower() not in dates}
    if tag in TITLES:
        words |= capital(word for word in pysbd(cldr.folder, tag, "PREPOSITIVE_ABBREVIATIONS") if len(word) > 1)
    numbers = capital(pysbd(cldr.folder, tag, "NUMBER_ABBREVIATIONS"))
    rules = cldr.folder / "cldr-rbnf/rbnf" / f"{tag}.json"
    stop = rules.exists() and not any(
        key.startswith("%digits-ordinal")
        for group in json.loads(rules.read_text())["rbnf"]["rbnf"].values()
        for key in group
    )
    return {"abbreviations": sorted(words), "before-numbers": sorted(numbers - words), "ordinal-stop": stop or None}
