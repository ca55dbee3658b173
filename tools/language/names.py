"""[names]: whether a language adds endings to names (CLDR's grammatical features), which (Hunspell), and the hand-kept words of titles and
their genders."""
import pathlib, sys, tomllib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import declension

HAND = tomllib.loads((pathlib.Path(__file__).resolve().parent / "names.toml").read_text(encoding="utf-8"))


def section(cldr, tag):
    features = cldr.core("grammaticalFeatures")["grammaticalData"]
    known = features.get(f"{tag}-targets-nominal")
    # A language of which CLDR says nothing may decline.
    undeclined = known is not None and not known.get("grammaticalCase")
    cases = {} if undeclined else declension.section(cldr, tag)
    return ({"undeclined": True} if undeclined else {}) | cases | HAND.get(tag, {})
