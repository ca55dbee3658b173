"""The section [dates]: words for months, weekdays, quarters and relative days, orders and patterns of dates."""
import collections, pathlib, re, tomllib, unicodedata

HAND = tomllib.loads((pathlib.Path(__file__).resolve().parent / "dates.toml").read_text(encoding="utf-8"))
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# Scripts that set no blanks between words (Line_Break of the UCD: ideographs and complex context), and Hangul, which writes its particles on.
UNSPACED = {"Hans", "Hant", "Jpan", "Kore", "Thai", "Laoo", "Khmr", "Mymr"}
MARKS = re.compile("[\u200e\u200f\u061c]")


def clean(word):
    """One kind of blank, no marks of direction, no stop at the end: the reader allows one after every short form."""
    word = MARKS.sub("", word).replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ").strip()
    return unicodedata.normalize("NFC", word).rstrip(".").strip()


def plain(word):
    """Without diacritics, as capitals are often written; only for Latin letters."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare) if all(ord(c) < 0x250 for c in bare) else word


def pieces(pattern):
    """A date pattern as fields and literals: ("field", "MMMM"), ("text", " de ")."""
    found = []
    for part in re.finditer(r"'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+", pattern):
        if part.group(2):
            found.append(("field", part.group(0)))
            continue
        text = part.group(1).replace("''", "'") if part.group(0).startswith("'") else part.group(0)
        if found and found[-1][0] == "text":
            found[-1] = ("text", found[-1][1] + text)
        else:
            found.append(("text", text))
    return found


def order(pattern):
    """The order of day, month and year in a pattern, such as dmy."""
    return "".join({"d": "d", "M": "m", "L": "m", "y": "y"}.get(text[0], "") for kind, text in pieces(pattern) if kind == "field")


def pattern_of(value):
    return value if isinstance(value, str) else value["_value"]


def unique(table):
    """Words by number, each word of one number only: the first that has it keeps it."""
    owner, result = {}, [[] for _ in table]
    # The language's own words come first in every list.
    for rank in range(max(map(len, table), default=0)):
        claims = collections.defaultdict(set)
        for number, words in enumerate(table):
            if rank < len(words):
                claims[words[rank].lower()].add(number)
        for number, words in enumerate(table):
            if rank < len(words):
                word = words[rank]
                if word.lower() not in owner and len(claims[word.lower()]) == 1:
                    owner[word.lower()] = number
                    result[number].append(word)
    return result


# Languages whose months have cases that CLDR does not have: their forms come from Hunspell's dictionaries. The endings of the dative, the
# locative and the instrumental, each of the singular; other forms are other words too (Polish "mają").
DECLINED = {"ru": "(е|ю|у|ем|ём|ом)$", "uk": "(і|ю|ем|ом|ому|ові|еві|ім)$", "pl": "(u|zie|ym|em|emu|owi)$", "cs": "(u|i|em)$"}


def declined(cldr, tag, months):
    """The forms of the months' names in a language's Hunspell dictionary; forms that two months share are left out."""
    from spylls.hunspell import Dictionary

    dictionary = Dictionary.from_files(str(cldr.folder / f"dictionary-{tag}" / "index"))
    flags = {}
    for word in dictionary.dic.words:
        flags.setdefault(word.stem, set()).update(word.flags)
    found = []
    for lemmas in months:
        forms = set()
        for lemma in {lemma.lower() for lemma in lemmas} & flags.keys():
            for flag in flags[lemma]:
                for suffix in dictionary.aff.SFX.get(flag, []):
                    if lemma.endswith(suffix.strip) and suffix.cond_regexp.search(lemma):
                        forms.add(lemma[: len(lemma) - len(suffix.strip)] + suffix.add)
        found.append(forms)
    every = [form for forms in found for form in forms]
    return [sorted(form for form in forms if every.count(form) == 1 and re.search(DECLINED[tag], form)) for forms in found]


def section(cldr, tag):
    calendars = []
    for locale in cldr.variants(tag):
        dates = cldr.file("cldr-dates-full", locale, "ca-gregorian").get("dates")
        if dates:
            calendars.append((locale, dates["calendars"]["gregorian"]))
    if not calendars:
        return {}
    own = calendars[0][1]
    months, months_short = [[] for _ in range(12)], [[] for _ in range(12)]
    days, days_short = [[] for _ in range(7)], [[] for _ in range(7)]
    quarters, halves, glue = [[] for _ in range(4)], {"am": [], "pm": []}, []
    before, after, after_day = set(), set(), set()

    def add(words, word):
        word = clean(word)
        if word and word.lower() not in (known.lower() for known in words):
            words.append(word)

    for locale, calendar in calendars:
        patterns = [pattern_of(calendar["dateFormats"][style]) for style in ("full", "long", "medium")]
        skeletons = calendar["dateTimeFormats"]["availableFormats"]
        patterns += [pattern_of(skeletons[name]) for name in ("MMMd", "MMMMd", "yMMM", "yMMMM", "yMMMd", "yMMMEd") if name in skeletons]
        for pattern in patterns:
            parts = pieces(MARKS.sub("", pattern))
            for at, (kind, text) in enumerate(parts):
                if kind == "field":
                    if text[0] == "G":
                        add(glue, calendar["eras"]["eraAbbr"]["1"])
                    continue
                # What is written on to a month or weekday is part of its word for the reader.
                words_before = at > 0 and parts[at - 1][0] == "field" and parts[at - 1][1][:3]
                if words_before in ("MMM", "LLL", "EEE", "ccc") and re.match(r"\w", text):
                    suffix = re.match(r"[^\s\d,.،、()/-]+", text).group(0)
                    (after if words_before[0] in "ML" else after_day).add(suffix)
                    text = text[len(suffix):]
                if at + 1 < len(parts) and parts[at + 1][1][:3] in ("MMM", "LLL") and re.search(r"[^\W\d]$", text) and "年" not in text:
                    before.add(re.search(r"\w+$", text).group(0))
                    text = re.sub(r"\w+$", "", text)
                for word in text.replace(",", " ").replace("،", " ").replace("、", " ").split():
                    if re.search(r"\w", word):
                        add(glue, word.strip(".-"))
        for form in ("format", "stand-alone"):
            for width, words in (("wide", months), ("abbreviated", months_short)):
                for number, word in calendar["months"][form][width].items():
                    # A bare number is no word (some locales have none).
                    if re.search(r"[^\W\d]", word) and not re.fullmatch(r"M\d+", word):
                        add(words[int(number) - 1], word)
            for width, words in (("wide", days), ("abbreviated", days_short)):
                for name, word in calendar["days"][form][width].items():
                    add(words[WEEKDAYS.index(name)], word)
            for number, word in calendar["quarters"][form]["wide"].items():
                add(quarters[int(number) - 1], word)
            for number, word in calendar["quarters"][form]["abbreviated"].items():
                add(quarters[int(number) - 1], word)
        for half in halves:
            for width in ("wide", "abbreviated"):
                add(halves[half], calendar["dayPeriods"]["format"][width][half])
    for table in (months, months_short):
        for words in table:
            for word in list(words):
                for prefix in before:
                    add(words, prefix + word)
                for suffix in after:
                    add(words, word + suffix)
                add(words, plain(word))
    for table in (days, days_short):
        for words in table:
            for word in list(words):
                for suffix in after_day:
                    add(words, word + suffix)
                add(words, plain(word))
    if tag in DECLINED:
        for words, forms in zip(months, declined(cldr, tag, months)):
            for form in forms:
                add(words, form)
    months, days = unique(months), unique(days)
    # A short form that is also a long one is the long one.
    long_words = {word.lower() for table in (months, days) for words in table for word in words}
    months_short = [[word for word in words if word.lower() not in long_words] for words in unique(months_short)]
    days_short = [[word for word in words if word.lower() not in long_words and len(word) > 1] for words in unique(days_short)]

    relative = {"days": [[] for _ in range(5)], "weeks": [[], [], []], "months": [[], [], []], "years": [[], [], []]}
    for locale in cldr.variants(tag):
        fields = cldr.file("cldr-dates-full", locale, "dateFields").get("dates", {}).get("fields", {})
        for unit, name, span in (("days", "day", 2), ("weeks", "week", 1), ("months", "month", 1), ("years", "year", 1)):
            for offset in range(-span, span + 1):
                word = fields.get(name, {}).get(f"relative-type-{offset}")
                if word and not re.search(r"[-+]\d", word):
                    add(relative[unit][offset + span], word)
    relative = {unit: unique(words) for unit, words in relative.items()}
    years = cldr.file("cldr-dates-full", tag, "dateFields").get("dates", {}).get("fields", {}).get("year", {})
    ago = {MARKS.sub("", text).replace("\u00a0", " ") for text in years.get("relativeTime-type-past", {}).values()}

    figures = {}
    for locale, calendar in calendars:
        region = locale[len(tag) + 1 :]
        figures[region] = order(pattern_of(calendar["dateFormats"]["short"]))
    own_figures = figures[""]
    figures = {region: value for region, value in figures.items() if region == "" or value != own_figures}

    result = {
        "capital": own["months"]["format"]["wide"]["7"][:1].isupper(),
        "figures": figures,
        "glue": sorted(glue),
        "months": months,
        "months-short": months_short if any(months_short) else [],
        "order": order(pattern_of(own["dateFormats"]["long"])),
        "patterns": [MARKS.sub("", pattern_of(own["dateFormats"][style])) for style in ("full", "long", "medium")],
        "am": halves["am"],
        "pm": halves["pm"],
        "quarters": quarters,
        "years-ago": sorted(text for text in ago if re.fullmatch(r"[^{}]*\{0\}[^{}]*", text) and not re.search(r"[-+]", text)),
        "weekdays": days,
        "weekdays-short": days_short if any(days_short) else [],
    }
    # Thai writes the year of the Buddhist era.
    calendars_by_region = cldr.core("calendarPreferenceData")["calendarPreferenceData"]
    likely = cldr.core("likelySubtags")["likelySubtags"].get(tag, "").split("-")[-1]
    if calendars_by_region.get(likely, [])[:1] == ["buddhist"]:
        result["buddhist"] = True
    if re.fullmatch(r"d+\.M+\.yy", MARKS.sub("", pattern_of(own["dateFormats"]["short"]))):
        result["short-with-points"] = True
    if cldr.core("likelySubtags")["likelySubtags"].get(tag, "--").split("-")[1] in UNSPACED:
        result["unspaced"] = True
    if "year-sign" in HAND.get(tag, {}):
        result["weekdays-narrow"] = [own["days"]["stand-alone"]["narrow"][name] for name in WEEKDAYS]
    result |= {f"relative-{unit}": words for unit, words in relative.items() if any(words)}
    hand = dict(HAND.get({"no": "nb", "nn": "nb"}.get(tag, tag), {}))
    for number, words in hand.pop("more-months", {}).items():
        for word in words:
            add(result["months-short"][int(number) - 1], word)
    for known, more in zip(result["weekdays"], hand.pop("more-weekdays", [])):
        for word in more:
            add(known, word)
    for half in ("am", "pm"):
        for word in hand.pop(f"more-{half}", []):
            add(result[half], word)
    for known, more in zip(result["quarters"], hand.pop("more-quarters", [])):
        for word in more:
            add(known, word)
    for key, value in hand.items():
        if key.startswith("relative-"):
            result[key] = [known + [w for w in more if w not in known] for known, more in zip(result.get(key, [[], [], [], [], []]), value)]
        else:
            result[key] = value
    return result
