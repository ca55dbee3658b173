"""The `[numbers]` section: marks, scales, units and currencies as CLDR has them, and CLDR's own rules for writing numbers in words (RBNF), in
their own notation, without the rules for years and for what is not written in words; the program reads them backwards.
"""
import json, pathlib, re, tomllib

KEPT = tomllib.loads((pathlib.Path(__file__).with_suffix(".toml")).read_text())

# Units a release speaks of, by CLDR's names; the others are physics.
UNITS = """
angle-degree area-square-kilometer area-hectare area-square-meter area-square-mile area-acre area-square-foot
digital-petabyte digital-terabyte digital-gigabyte digital-gigabit digital-megabyte digital-megabit digital-kilobyte digital-kilobit digital-byte
duration-century duration-decade duration-year duration-quarter duration-month duration-week duration-day duration-hour duration-minute
duration-second duration-millisecond energy-kilocalorie energy-kilojoule energy-kilowatt-hour frequency-gigahertz frequency-megahertz
frequency-kilohertz frequency-hertz graphics-pixel length-kilometer length-meter length-centimeter length-millimeter length-mile length-yard
length-foot length-inch length-nautical-mile mass-tonne mass-kilogram mass-gram mass-milligram mass-ton mass-pound mass-ounce power-gigawatt
power-megawatt power-kilowatt power-watt speed-kilometer-per-hour speed-meter-per-second speed-mile-per-hour temperature-celsius
temperature-fahrenheit volume-cubic-meter volume-cubic-kilometer volume-cubic-centimeter volume-hectoliter volume-liter volume-milliliter
volume-gallon volume-barrel concentr-percent concentr-permille
""".split()

# Currencies whose names are kept.
CURRENCIES = """
AUD BRL CAD CHF CNY CZK DKK DZD EGP EUR GBP HKD HUF ILS INR JPY KRW MAD MXN NOK NZD PLN RUB SAR SEK SGD TRY TWD UAH USD XOF ZAR
""".split()

# Regions whose number words differ.
REGIONS = {"fr": ["BE", "CH"]}

SPACES = "\u00a0\u202f "


def numbers(cldr, tag):
    return cldr.file("cldr-numbers-full", tag, "numbers").get("numbers")


def rbnf(cldr, tag):
    path = cldr.folder / "cldr-rbnf" / "rbnf" / f"{tag}.json"
    return json.loads(path.read_text())["rbnf"]["rbnf"] if path.exists() else {}


def marks(data):
    """Decimal and grouping mark, the smallest number of digits before the first grouping mark, and where percent and currency stand."""
    system = "latn" if "symbols-numberSystem-latn" in data else data["defaultNumberingSystem"]
    symbols = data[f"symbols-numberSystem-{system}"]
    clean = lambda text: re.sub("[\u200e\u200f\u061c]", "", text)
    percent = clean(data[f"percentFormats-numberSystem-{system}"]["standard"].split(";")[0])
    currency = clean(data[f"currencyFormats-numberSystem-{system}"]["standard"].split(";")[0])
    body = r"[#0][#0,.]*[#0]"
    return {
        "decimal": symbols["decimal"],
        "group": symbols["group"],
        "minimum-grouping": int(data["minimumGroupingDigits"]),
        "percent": re.sub(body, "{0}", percent),
        "currency": re.sub(body, "{0}", currency),
    }


def scales(data):
    """Words and signs for powers of ten, from the compact forms: word to exponent."""
    system = "latn" if "symbols-numberSystem-latn" in data else data["defaultNumberingSystem"]
    words, signs = {}, {}
    for style, found in (("long", words), ("short", signs)):
        for key, pattern in data[f"decimalFormats-numberSystem-{system}"][style]["decimalFormat"].items():
            zeros = re.search("0+", pattern)
            if not zeros or "-alt-" in key:
                continue
            exponent = len(key.split("-")[0]) - len(zeros.group())
            word = re.sub("[\u200e\u200f\u061c']", "", pattern.replace(zeros.group(), "")).strip(SPACES + ".")
            word = re.sub(f"[{SPACES}]+", " ", word)
            if word and exponent > 1:
                found.setdefault(word, exponent)
    return words, {sign: exponent for sign, exponent in signs.items() if sign not in words}


RULE = re.compile(r"^(-x|x[.,]x|[\d]+)(/\d+)?(>*)$")


def spellout(cldr, tag):
    """The rules for cardinals and ordinals in words, reduced."""
    sets = rbnf(cldr, tag).get("SpelloutRules")
    if not sets:
        return None
    kept = {}
    for name, rules in sets.items():
        if name.startswith("_") or "lenient" in name:
            continue
        lines = []
        for base, text in rules:
            text = text.rstrip(";") if text.endswith(";") else text
            if not RULE.match(base) or base == "-x" or (base[0].isdigit() and int(re.match(r"\d+", base).group()) >= 10**18):
                continue
            # Not written in words.
            if "#" in text or re.search(r"[←→=]0", text):
                continue
            lines.append(f"{base}: {text}")
        kept[name] = lines
    wanted, todo = set(), [name for name in kept if re.match(r"%spellout-(cardinal|ordinal|numbering)", name)
                           and not re.search("year|financial|-locative|-ablative", name)]
    while todo:
        name = todo.pop()
        if name in wanted or name not in kept:
            continue
        wanted.add(name)
        todo += re.findall(r"[←→=](%%?[\w-]+)[←→=]", "\n".join(kept[name]))
    lines = []
    for name in kept:
        if name in wanted and kept[name]:
            lines += [name + ":"] + kept[name]
    return "\n".join(lines)


def ordinals(cldr, tag):
    """What is written after the figure of an ordinal."""
    sets = rbnf(cldr, tag).get("OrdinalRules", {})
    before, after = set(), set()
    for name, rules in sets.items():
        for base, text in [] if name.startswith("_") else rules:
            text = text.rstrip(";").lstrip("'")
            if base == "-x" or text.startswith("→"):
                continue
            if name.startswith("%%"):
                after.add(text)
                continue
            match = re.match(r"^([^=$]*)=#,##0=(.*)$", text)
            if not match:
                continue
            before.add(match.group(1))
            rest = match.group(2)
            choice = re.search(r"\$\(ordinal,(.*)\)\$", rest)
            if choice:
                after.update(rest.replace(choice.group(0), form) for form in re.findall(r"\{([^}]*)\}", choice.group(1)))
            elif "=" not in rest:
                after.add(rest)
    superscripts = str.maketrans("ᵉʳᵒˢᵃ", "eroSa".replace("S", "s"))
    after |= {form.translate(superscripts) for form in after}
    after |= {form.lstrip(".") for form in after}
    return sorted(before - {""}), sorted(form for form in after if form and not re.fullmatch(r"[-−\s]*", form))


def ending(cldr, tag):
    """For languages whose ordinal ending follows the last two figures: ending to the numbers below 100 that take it, from CLDR's plural rules."""
    if tag != "en":
        return {}
    conditions = cldr.core("ordinals")["plurals-type-ordinal"]["en"]
    rules = rbnf(cldr, "en")["OrdinalRules"]["%digits-ordinal"]
    endings = dict(re.findall(r"(one|two|few|other)\{([^}]*)\}", rules[-1][1]))

    def holds(condition, n):
        condition = condition.split("@")[0].strip()
        if not condition:
            return True
        parts = [re.fullmatch(r"n(?: % (\d+))? (!?=) (\d+)", part.strip()).groups() for part in condition.split(" and ")]
        return all(((n % int(m) if m else n) == int(v)) == (op == "=") for m, op, v in parts)

    found = {}
    for n in range(100):
        category = next(c for c in ("one", "two", "few", "other") if holds(conditions[f"pluralRule-count-{c}"], n))
        found.setdefault(endings[category], []).append(n)
    return found


def bare(text):
    """Without marks of direction, with one plain space for every kind."""
    return re.sub(f"[{SPACES}]+", " ", re.sub("[\u200e\u200f\u061c]", "", text)).strip()


def units(cldr, tags):
    """Names and signs of units: CLDR's name of the unit to the forms."""
    names, signs = {}, {}
    for tag in tags:
        data = cldr.file("cldr-units-full", tag, "units").get("units", {})
        for unit in UNITS:
            for style, found in (("long", names), ("short", signs), ("narrow", signs)):
                for key, pattern in data.get(style, {}).get(unit, {}).items():
                    if key.startswith("unitPattern") and "{0}" in pattern:
                        word = bare(pattern.replace("{0}", ""))
                        forms = found.setdefault(unit.split("-", 1)[1], [])
                        if word and not re.fullmatch("[\"'′″%‰°]", word) and word not in forms:
                            forms.append(word)
    # The sign of the inch is a preposition in half of Europe.
    signs.pop("inch", None)
    for unit, forms in list(signs.items()):
        # A letter alone is a unit only where nothing else is meant by it: metres, grams, litres.
        short = unit in ("meter", "gram", "liter")
        signs[unit] = [form for form in forms if form not in names.get(unit, []) and (len(form) > 1 or short) and form[-1] != "."]
    return {u: f for u, f in names.items() if f}, {u: f for u, f in signs.items() if f}


def currencies(cldr, tag):
    """Names of currencies, their signs, and the word that several names share ("dollars")."""
    data = cldr.file("cldr-numbers-full", tag, "currencies").get("numbers", {}).get("currencies", {})
    names, signs, heads, ends = {}, {}, {}, ({}, {})
    for code in CURRENCIES:
        entry = data.get(code, {})
        forms = sorted({bare(value) for key, value in entry.items() if key.startswith("displayName")})
        if forms and forms != [code]:
            names[code] = forms
        kinds = {bare(value) for key, value in entry.items() if key.startswith("symbol")}
        signs[code] = sorted(kind for kind in kinds if kind and kind != code)
        for form in forms:
            words = re.split("[ -]", form)
            for word in {words[0], words[-1]}:
                heads.setdefault(word, set()).add(code)
            if len(words) > 1:
                ends[0].setdefault(words[0], set()).add(code)
                ends[1].setdefault(words[-1], set()).add(code)
    # A word that begins or ends the names of two or more currencies names the currency: the first of these that has it stands for all.
    generic = {}
    for word, codes in heads.items():
        family = next((code for code in ("USD", "GBP", "CHF", "SEK", "INR", "MXN") if code in codes), None)
        if family and len(codes) > 1 and len(word) > 2:
            generic.setdefault(family, set()).add(word)
    # Where the noun stands, at the beginning or at the end, more names share it; there a word of one name alone is a noun as well
    # ("рублей", "Franken").
    shared = [sum(len(codes) for codes in end.values() if len(codes) > 1) for end in ends]
    nouns = ends[0] if shared[0] > shared[1] else ends[1]
    # "won" and "real" are other words as well, where they are not the country's own money; pounds and francs are not first Egypt's and Africa's.
    doubtful = {"KRW": "ko", "BRL": "pt", "EGP": "ar", "XOF": ""}
    for word, codes in nouns.items():
        code = next(iter(codes))
        alone = len(codes) == 1 and len(heads[word]) == 1 and len(word) > 2 and word.isalpha() and not word.isupper()
        if alone and max(shared) >= 4 and doubtful.get(code, tag) == tag:
            generic.setdefault(code, set()).add(word)
    return names, {code: kinds for code, kinds in signs.items() if kinds}, {family: sorted(words) for family, words in generic.items()}


def section(cldr, tag):
    """The `[numbers]` section of a language; empty where CLDR has no numbers for it."""
    data = numbers(cldr, tag)
    if not data:
        return {}
    table = marks(data)
    native = data["otherNumberingSystems"].get("native", "latn")
    if native != "latn" and f"symbols-numberSystem-{native}" in data:
        symbols = data[f"symbols-numberSystem-{native}"]
        table |= {"native-decimal": symbols["decimal"], "native-group": symbols["group"]}
    table["before-ordinal"], table["after-ordinal"] = ordinals(cldr, tag)
    table["ordinal-ending"] = ending(cldr, tag)
    table["spellout"] = spellout(cldr, tag)
    regions = [locale for locale in cldr.variants(tag)[1:] if re.fullmatch(f"{tag}-[A-Z]{{2}}", locale)]
    table["scale"], table["scale-sign"] = scales(data)
    for region in regions:
        words, signs = scales(numbers(cldr, region) or data)
        table["scale"] = words | table["scale"]
        table["scale-sign"] = signs | table["scale-sign"]
    table["unit"], table["unit-sign"] = units(cldr, [tag] + regions)
    table["currency-name"], table["currency-sign"], table["currency-word"] = currencies(cldr, tag)
    regional = {}
    for region in regions:
        other = marks(numbers(cldr, region) or data)
        differing = {key: value for key, value in other.items() if value != table[key]}
        if differing:
            regional[region.split("-")[-1]] = differing
    table["region"] = regional
    kept = KEPT.get(tag, {})
    # The words of regions that count otherwise ("septante"): their sets beside those of the language.
    for region in REGIONS.get(tag, []):
        own = spellout(cldr, f"{tag}-{region}") or ""
        table["spellout"] += "\n" + re.sub(r"(%%?[\w-]+)", rf"\1-{region.lower()}", own)
    if "spellout" in kept:
        table["spellout"] = table["spellout"].rstrip() + "\n" + kept["spellout"].strip()
    if "nouns-capital" in kept:
        table["nouns-capital"] = kept["nouns-capital"]
    table["scale"] |= kept.get("more-scale", {})
    table["scale-sign"] |= kept.get("more-scale-sign", {})
    for code, words in kept.get("more-currency", {}).items():
        table["currency-word"][code] = sorted({*table["currency-word"].get(code, []), *words})
    for key in ("more-words", "fraction-sign"):
        if key in kept:
            table[key] = kept[key]
    table["part"], table["of"] = kept.get("part", {}), kept.get("of", [])
    table["after-ordinal"] = sorted(set(table["after-ordinal"]) | set(kept.get("after-ordinal", [])))
    return table
