"""[punctuation]: the marks of a language and how they are set.

From CLDR come the quotation marks (delimiters), which dashes and which apostrophe a language writes and whether its marks are full-width
(the punctuation of its exemplar characters), and the words that join two things (list patterns); from the affix files of Hunspell
dictionaries the words that lose their end before an apostrophe. What none of them has is in punctuation.toml: which marks stand apart, and
whether a dash has blanks on both sides or on none.
"""
import pathlib, re, tomllib

HAND = tomllib.loads((pathlib.Path(__file__).resolve().parent / "punctuation.toml").read_text(encoding="utf-8"))
# Languages whose Hunspell dictionary writes elided words as prefixes: Dicollecte (MPL 2.0), Softcatalà (LGPL), and the Italian one (GPL 3).
ELIDING = ("ca", "fr", "it")


def marks(cldr, locale):
    """Outer and inner marks of a locale, opening and closing."""
    table = cldr.file("cldr-misc-full", locale, "delimiters").get("delimiters", {})
    return [table.get(key, "") for key in ("quotationStart", "quotationEnd", "alternateQuotationStart", "alternateQuotationEnd")]


def elided(cldr, tag):
    """The words that stand before an apostrophe, without it, in lower case."""
    if tag not in ELIDING:
        return []
    affixes = (cldr.folder / f"dictionary-{tag}" / "index.aff").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"^PFX \S+ \S+ (\w+)['’](?:/\S*)?\s", affixes.lower().replace("pfx", "PFX"), re.M)))


def joining(cldr, tag):
    """“and” and “or”, where they are words of their own."""
    patterns = cldr.file("cldr-misc-full", tag, "listPatterns").get("listPatterns", {})
    pairs = [patterns.get(f"listPattern-type-{kind}", {}).get("2", "") for kind in ("standard", "or")]
    found = [re.fullmatch(r"\{0\},? ([^\W\d_]+) \{1\}", pair) for pair in pairs]
    return [match[1] for match in found if match]


def section(cldr, tag):
    own = marks(cldr, tag)
    if not all(own):
        return {}
    regions = {}
    for locale in cldr.variants(tag)[1:]:
        region, other = locale.rsplit("-", 1)[1], marks(cldr, locale)
        # A script of the language is no region.
        if len(region) == 2 and all(other) and other != own:
            regions[region] = other
    written = cldr.file("cldr-misc-full", tag, "characters").get("characters", {}).get("punctuation", "")
    hand = dict(HAND.get(tag, {}))
    return {
        "#": hand.pop("note", None),
        "quotations": own,
        "regions": regions,
        "apostrophe": next((mark for mark in "’'" if mark in written), None),
        "dashes": [mark for mark in "–—" if mark in written],
        # Full-width forms of ASCII.
        "wide": any("！" <= mark <= "～" for mark in written) or None,
        "elided": elided(cldr, tag),
        "joining": joining(cldr, tag) + hand.pop("joining", []),
        **hand,
    }
