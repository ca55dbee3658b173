"""[punctuation]: quotation marks from CLDR's delimiters, and whether a language sets them apart (punctuation.toml)."""
import pathlib, tomllib

HAND = tomllib.loads((pathlib.Path(__file__).resolve().parent / "punctuation.toml").read_text(encoding="utf-8"))


def marks(cldr, locale):
    """Outer and inner marks of a locale, opening and closing."""
    table = cldr.file("cldr-misc-full", locale, "delimiters").get("delimiters", {})
    return [table.get(key, "") for key in ("quotationStart", "quotationEnd", "alternateQuotationStart", "alternateQuotationEnd")]


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
    return {"quotations": own, "regions": regions, **HAND.get(tag, {})}
