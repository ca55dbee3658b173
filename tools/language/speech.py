"""[speech]: how a language says who said something.

The forms of the verbs come from `said-<tag>.txt`, which `said.py` makes of lexicons; speech.toml holds the words around them.
"""
import pathlib, tomllib

HAND = tomllib.loads((pathlib.Path(__file__).resolve().parent / "speech.toml").read_text(encoding="utf-8"))


def section(cldr, tag):
    if tag not in HAND:
        return {}
    lines = (line.split() for line in (cldr.folder / f"said-{tag}.txt").read_text(encoding="utf-8").splitlines())
    forms = {kind: words for kind, *words in lines}
    hand = {key: value for key, value in HAND[tag].items() if key != "verbs"}
    return {**hand, "said": forms["said"], "participles": forms["done"] if "auxiliary" in hand else []}
