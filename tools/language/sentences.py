"""`[sentences]`: words before a full stop that ends no sentence.

A word counts that several lists have which know nothing of each other: CLDR's sentence-break suppressions (cldr-segments-full), the
abbreviations of pySBD (MIT licence), the non-breaking prefixes of Moses (sentence-splitter, LGPL) and the words that end no sentence in
LanguageTool's segmentation rules (choppa-srx, LGPL); each alone also holds words that end sentences every day (English “Act.”, French « mer. »).

- Where CLDR and pySBD both have a list, both must have the word; titles in capitals that three of the four have are added to it for the
  languages of TITLES_OF_THREE, whose common list has not even “Dr.”.
- For the languages of OF_TWO two of the four must have it, and three if a dictionary of the language (Hunspell) knows it as a word that
  has no stop.
- Moses repeats its English list in other languages, and so do those who took from it: an English word counts only if CLDR has it
  too, or the dictionary with its stop, or pySBD where that has a list of its own.
- A word that LanguageTool says may end a sentence (“etc.”) is none.

Of pySBD alone come, for the languages where it keeps such lists of its own, the titles that stand before a name and the words that
stand before a number. CLDR's number rules (cldr-rbnf) tell whether an ordinal is figures and a full stop.
"""
import json, re
from spylls.hunspell import Dictionary

# pySBD's modules by language.
PYSBD = {
    "da": "danish", "de": "deutsch", "en": "common/standard", "es": "spanish", "fr": "french", "it": "italian", "nl": "dutch",
    "ru": "russian", "sk": "slovak",
}
# Where its list of what stands before a name holds only that; the Spanish and Italian ones hold prefixes and common words.
TITLES = {"da", "en", "sk"}
TITLES_OF_THREE = {"de", "it"}
OF_TWO = {"nl", "pt"}
LANGUAGETOOL = {"de": "German", "it": "Italian", "nl": "Dutch", "pt": "Portuguese"}
DICTIONARIES = {"de": ["de"], "it": ["it"], "nl": ["nl"], "pt": ["pt", "pt-pt"]}
# Why a language that the tool is made for has no words.
NONE = {
    "ar": "no abbreviations: of the four lists only pySBD has one, and LanguageTool says what it shares with that: a single letter (and"
    " letters with stops between them) ends no sentence in a script without capitals, which the code knows for all such scripts",
    "ja": "no abbreviations: sentences end in “。”, which no abbreviation has",
    "zh": "no abbreviations: sentences end in “。”, which no abbreviation has",
}


def pysbd(folder, tag, name):
    module = PYSBD.get(tag)
    path = folder / "pysbd" / "lang" / f"{module}.py"
    if module is None or not path.exists():
        return []
    found = re.search(rf"\b{name} = (\[.*?\])", path.read_text(encoding="utf-8"), re.S)
    return eval(found[1], {"__builtins__": {}}) if found else []


def suppressions(folder, tag):
    path = folder / "cldr-segments-full/segments" / tag / "suppressions.json"
    if not path.exists():
        return set()
    breaks = json.loads(path.read_text())["segments"]["segmentations"].get("SentenceBreak", {}).get("standard", [])
    return {entry["suppression"].removesuffix(".") for entry in breaks}


def moses(folder, tag):
    path = folder / "sentence_splitter/non_breaking_prefixes" / f"{tag}.txt"
    # What stands before numbers is marked, and so are comments.
    return {line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if "#" not in line and line.strip()}


def spelled(pattern):
    """The words that a simple pattern stands for (`[Dd]ra?`); none for one that is not so simple."""
    words = [""]
    for part in re.finditer(r"\[(\w+)\](\??)|(\w)(\??)|(.)", pattern):
        if part[5]:
            return []
        letters = [*(part[1] or part[3])] + [""] * bool(part[2] or part[4])
        words = [word + letter for word in words for letter in letters]
    return words


def languagetool(folder, tag):
    """The words after which LanguageTool ends no sentence, and those after which it ends none only before a small letter."""
    rules = (folder / "choppa/data/srx/languagetool_segment.srx").read_text(encoding="utf-8")
    rules = rules.split(f'languagerulename="{LANGUAGETOOL[tag]}">')[1].split("</languagerule>")[0]
    rules = re.sub(r"<!-- English.*?</rule>", "", rules, flags=re.S)
    never, small = set(), set()
    for before, after in re.findall(
        r'<rule break="no">\s*<beforebreak>(?:\\b|\\s)\(([^()]*)\)\\\.[^<]*</beforebreak>\s*<afterbreak>([^<]*)</afterbreak>', rules
    ):
        words = {word for pattern in before.split("|") for word in spelled(pattern)}
        if "Ll" in after:
            small |= words
        elif "0-9" not in after:
            never |= words
    return never, small


def capital(words):
    """The words, and each with a capital: pySBD has them in lower case."""
    return {form for word in words for form in (word, word[:1].upper() + word[1:])}


def agreed(folder, tag):
    """The words that enough of the four lists have, for the languages of which two alone say too little."""
    never, small = languagetool(folder, tag)
    lists = [suppressions(folder, tag), set(pysbd(folder, tag, "ABBREVIATIONS")), moses(folder, tag), never]
    lower = [{word.lower() for word in words} for words in lists]
    small = {word.lower() for word in small}
    english = {word.lower() for word in moses(folder, "en")}
    own = lower[0] | (lower[1] if tag in OF_TWO else set())
    files = [folder / f"dictionary-{name}" / "index" for name in DICTIONARIES[tag]]
    entries = "\n".join(file.with_suffix(".dic").read_text(encoding="utf-8") for file in files).lower()
    stopped = set(re.findall(r"^(\w+)\.(?=[/\s]|$)", entries, re.M)) | set(re.findall(r"^(\w+)/?\S*\t.*abr=1", entries, re.M))
    dictionaries = [Dictionary.from_files(str(file)) for file in files]
    found = set()
    for word in set().union(*lists):
        low = word.lower()
        if not word.isalpha() or low in small:
            continue
        if low in english and low not in own | stopped:
            continue
        known = low not in stopped and any(dictionary.lookup(low) for dictionary in dictionaries)
        count = sum(low in words for words in lower)
        if count >= (3 if known or tag in TITLES_OF_THREE else 2) and (tag in OF_TWO or word[0].isupper()):
            found.add(word)
    return found


def section(cldr, tag):
    words, folder = suppressions(cldr.folder, tag), cldr.folder
    known = {word.lower() for word in pysbd(folder, tag, "ABBREVIATIONS")}
    words = {word for word in words if word.lower() in known}
    if tag in TITLES_OF_THREE | OF_TWO:
        words |= agreed(folder, tag)
    # Months and weekdays are read as dates; a word with a stop inside ends sentences too (“in the U.S.”), and is joined to what goes on in
    # lower case anyway; a single letter is an initial in every language.
    calendar = cldr.file("cldr-dates-full", tag, "ca-gregorian").get("dates", {}).get("calendars", {}).get("gregorian", {})
    dates = re.findall(r"\w+", json.dumps([calendar.get("months"), calendar.get("days")], ensure_ascii=False).lower())
    words = {word for word in words if "." not in word and len(word) > 1 and word.lower() not in dates}
    if tag in TITLES:
        words |= capital(word for word in pysbd(folder, tag, "PREPOSITIVE_ABBREVIATIONS") if len(word) > 1)
    numbers = capital(pysbd(folder, tag, "NUMBER_ABBREVIATIONS"))
    rules = folder / "cldr-rbnf/rbnf" / f"{tag}.json"
    stop = rules.exists() and not any(
        key.startswith("%digits-ordinal")
        for group in json.loads(rules.read_text())["rbnf"]["rbnf"].values()
        for key in group
    )
    table = {"abbreviations": sorted(words), "before-numbers": sorted(numbers - words), "ordinal-stop": stop or None}
    return {"#": NONE.get(tag), **table}
