"""The endings that names take, from Hunspell, and of Finnish and Estonian from analysers: what a written ending may stand for, by language.

Of each dictionary the proper nouns are read (a capital and then small letters), each with the forms that its suffix rules give. An ending
stands for another where both end forms of one name, in so many names that it is no whim of the list. Words that rules only derive from a
name are told by nothing, so a table is for leaving alone and for knowing again, and never for saying that a form is wrong.
"""
import collections, os, re

# Languages that decline names and whose dictionary gives suffix rules to names.
LANGUAGES = "be cs de hr hu is lt lv pl ru sk sl uk".split()
# Those whose names come from a morphological analyser (analysed.py).
ANALYSED = ("et", "fi")
# Letters of a name that rules may take away, and that they may add.
MOST_LOST, MOST_ADDED = 3, 4
# Names among which an ending must stand for another: one in so many, and this many at least.
ONE_IN, LEAST = 400, 12
# Languages in which a name has one form for both genders, so that what stands for it is the form of the dictionary only.
BASE = {"hu", "is", "de"}


def rules(path):
    """The suffix rules of an affix file by flag, and how flags are written."""
    kind, aliases, found = "char", [], collections.defaultdict(list)
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split()
        if len(fields) >= 2 and fields[0].lstrip("\ufeff") == "FLAG":
            kind = fields[1]
        elif len(fields) >= 2 and fields[0] == "AF":
            aliases.append(fields[1])
        elif len(fields) >= 5 and fields[0] == "SFX" or len(fields) == 4 and fields[0] == "SFX" and not fields[3].isdigit():
            lost, (added, _, more) = "" if fields[2] == "0" else fields[2], fields[3].partition("/")
            condition = fields[4] if len(fields) > 4 else "."
            try:
                found[fields[1]].append((lost, "" if added == "0" else added, more, re.compile(f"(?:{condition})$")))
            except re.error:
                continue
    return found, kind, aliases[1:]


def flags(text, kind, aliases):
    if aliases and text.isdigit():
        text = aliases[int(text) - 1]
    if kind == "long":
        return [text[at : at + 2] for at in range(0, len(text), 2)]
    return text.split(",") if kind == "num" else list(text)


def forms(word, marks, affixes, depth=2):
    """The forms of a word, and with a second ending where a rule allows one."""
    found, kind, aliases = affixes
    for flag in flags(marks, kind, aliases):
        for lost, added, more, condition in found.get(flag, ()):
            if word.endswith(lost) and condition.search(word):
                form = word[: len(word) - len(lost)] + added
                yield form
                if more and depth > 1:
                    yield from forms(form, more, affixes, depth - 1)


def table(folder, tag):
    """{written ending: [the endings it may stand for]}, and of how many names"""
    affixes = rules(folder / "index.aff")
    pairs, names = collections.Counter(), 0
    for line in (folder / "index.dic").read_text(encoding="utf-8", errors="replace").splitlines()[1:]:
        word, _, marks = line.split("\t")[0].split(" ")[0].partition("/")
        if not (len(word) >= 4 and word[0].isupper() and word[1:].islower() and word.isalpha() and marks):
            continue
        near = {word}
        for form in forms(word, marks, affixes, 1 if tag in BASE else 2):
            stem = len(os.path.commonprefix([word, form]))
            # What begins small is derived of the name, and no name.
            if form[:1].isupper() and form.isalpha() and stem >= max(2, len(word) - MOST_LOST) and len(form) - stem <= MOST_ADDED:
                near.add(form)
        if len(near) < 2:
            continue
        names += 1
        own = set()
        for one in near:
            for two in ({word} if tag in BASE else near) - {one}:
                stem = len(os.path.commonprefix([one, two]))
                own.add((one[stem:], two[stem:]))
        pairs.update(own)
    least = max(LEAST, names // ONE_IN)
    out = collections.defaultdict(list)
    for (written, meant), count in sorted(pairs.items()):
        # German writes every noun with a capital; of names it has the genitive in -s only.
        if count >= least and stands(written, meant) and (tag != "de" or (written, meant) == ("s", "")):
            out[written].append(meant)
    return dict(out), names


def analysed(path):
    """The same from names with their forms, a line each, as `analysed.py` writes them."""
    pairs, count = collections.Counter(), 0
    for line in path.read_text(encoding="utf-8").splitlines():
        name, *near = line.split()
        ends = ((len(os.path.commonprefix([name, form])), form) for form in near)
        own = {(form[stem:], name[stem:]) for stem, form in ends if stem >= max(2, len(name) - MOST_LOST)}
        count += bool(own)
        pairs.update(own)
    out = collections.defaultdict(list)
    for (written, meant), seen in sorted(pairs.items()):
        if seen >= max(LEAST, count // ONE_IN) and stands(written, meant):
            out[written].append(meant)
    return dict(out), count


def stands(written, meant):
    """Whether the endings are of a length at which a name is known again."""
    return len(written) <= MOST_ADDED and len(meant) <= MOST_LOST


def section(cldr, tag):
    """{"cases": …} where a dictionary or an analyser says how names of the language are declined."""
    if tag in ANALYSED:
        return {"cases": analysed(cldr.folder / f"analysed-{tag}.txt")[0]}
    if tag not in LANGUAGES:
        return {}
    return {"cases": table(cldr.folder / f"dictionary-{tag}", tag)[0]}
