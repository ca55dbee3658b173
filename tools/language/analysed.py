"""The names of languages of which no Hunspell dictionary declines them, with their forms, from morphological analysers: `analysed-<tag>.txt`,
a name and its other cases on a line. Run with `python3 -P`, for this folder holds a `numbers.py`.

- et: every name of the Hunspell dictionaries beside it that Vabamorf (PyPI estnltk; LGPL) knows, and what Vabamorf makes of it.
- fi: the words of a list of Finnish forms (`finnish.txt`, npm @cspell/dict-fi-fi) that Voikko (Debian python3-libvoikko and voikko-fi; GPL) takes
  for a name in the singular, by its base form.
"""
import collections, pathlib, sys

# The cases of Estonian, as its synthesiser calls them.
ESTONIAN = ["adt"] + [f"sg {case}" for case in "g p ill in el all ad abl tr ter es ab kom".split()]


def is_name(word):
    return len(word) >= 4 and word[0].isupper() and word[1:].islower() and word.isalpha()


def estonian(folder):
    from estnltk.vabamorf.morf import synthesize

    names = set()
    for path in folder.glob("dictionary-*/index.dic"):
        # Of a German dictionary half the words look like names.
        if path.parent.name != "dictionary-de":
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
            names.update(filter(is_name, (line.split("/")[0].strip() for line in lines)))
    return {name: {form for case in ESTONIAN for form in synthesize(name, case, "H")} for name in names}


def finnish(folder):
    import libvoikko

    voikko, found = libvoikko.Voikko("fi"), collections.defaultdict(set)
    for word in filter(is_name, (folder / "finnish.txt").read_text(encoding="utf-8").splitlines()):
        for read in voikko.analyze(word):
            named = read.get("CLASS") in ("etunimi", "sukunimi", "paikannimi") and read.get("NUMBER") == "singular"
            # A nominative that is not the name itself has a particle.
            bare = not {"FOCUS", "POSSESSIVE", "KYSYMYSLIITE"} & read.keys() and read.get("SIJAMUOTO") != "nimento"
            if named and bare and is_name(read["BASEFORM"]):
                found[read["BASEFORM"]].add(word)
    return found


folder = pathlib.Path(sys.argv[1])
for tag, read in (("et", estonian), ("fi", finnish)):
    names = sorted((name, sorted(forms - {name})) for name, forms in read(folder).items())
    lines = (" ".join([name, *forms]) for name, forms in names if forms)
    (folder / f"analysed-{tag}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
