"""Owns the texts that peers are timed on: press releases of invented bodies in English and French, always the same ones."""

import itertools
import pathlib
import random

BODIES = [("Harbour Office", "Office du port"), ("Lake Trust", "Fondation du lac"), ("Tide Institute", "Institut des marées"),
          ("Northern Library", "Bibliothèque du Nord"), ("Seed Council", "Conseil des semences")]
PEOPLE = ["Ada Quill", "Tomas Brenner", "Ines Calder", "Ravi Mehra", "Olga Stern", "Paul Okafor"]
PLACES = ["Port Eldra", "Vellin", "Marsk", "Oberau", "Tarno"]
MONTHS = [("January", "janvier"), ("March", "mars"), ("May", "mai"), ("June", "juin"), ("September", "septembre"), ("November", "novembre")]
THINGS = [("reading rooms", "salles de lecture"), ("ferries", "bacs"), ("weather stations", "stations météorologiques"),
          ("seed banks", "banques de semences"), ("school boats", "bateaux scolaires"), ("archives", "archives")]
SENTENCES = [
    ("The {body} will open {n} {thing} in {place} on {day} {month} {year}.",
     "{body_fr} : ouverture de {n} {thing_fr} à {place} le {day} {month_fr} {year}."),
    ("“We have waited for this for a long time,” said {person}, who leads the work in {place}.",
     "« Nous avons longtemps attendu ce jour », a déclaré {person}, qui dirige les travaux à {place}."),
    ("Visits rose by {p} per cent to {big}, and most of the visitors came by water.",
     "Les visites ont augmenté de {p} % pour atteindre {big_fr}, et la plupart des visiteurs sont venus par l’eau."),
    ("In {year}, {n} {thing} were repaired with the help of {m} volunteers from the villages around {place}.",
     "En {year}, {n} {thing_fr} ont été réparés avec l’aide de {m} bénévoles des villages autour de {place}."),
    ("{person} thanked the crews and said that the next report would be published in {month}.",
     "{person} a remercié les équipes et a annoncé que le prochain rapport paraîtrait en {month_fr}."),
    ("The plan costs {n} million euros and is paid for by the towns on the lake.",
     "Le projet coûte {n} millions d’euros et il est financé par les communes du lac."),
]


def release(seed):
    """One release of some three thousand bytes, as a pair of texts."""
    rng = random.Random(seed)
    body, place = rng.choice(BODIES), rng.choice(PLACES)
    year = rng.randint(2015, 2024)

    def fill():
        month, thing = rng.choice(MONTHS), rng.choice(THINGS)
        big = rng.randint(1000, 99999)
        return dict(body=body[0], body_fr=body[1], place=place, person=rng.choice(PEOPLE), day=rng.randint(2, 28), month=month[0],
                    month_fr=month[1], year=year, thing=thing[0], thing_fr=thing[1], n=rng.randint(12, 90), m=rng.randint(100, 900),
                    p=rng.randint(11, 60), big=f"{big:,}", big_fr=f"{big:,}".replace(",", "\u202f"))

    english, french = [f"# New {place} plan of the {body[0]}"], [f"# Nouveau projet pour {place}"]
    for _ in range(7):
        lines = []
        for sentence in rng.sample(SENTENCES, 4):
            values = fill()
            lines.append(tuple(text.format(**values) for text in sentence))
        english.append(" ".join(line[0] for line in lines))
        french.append(" ".join(line[1] for line in lines))
    return "\n\n".join(english) + "\n", "\n\n".join(french) + "\n"


def write(folder, files, tags=("en",)):
    """Writes so many files, a hundred in a folder, and returns their bytes: in one language, or in both side by side."""
    folder = pathlib.Path(folder)
    total = 0
    for number in itertools.count():
        texts = dict(zip(("en", "fr"), release(number)))
        for tag in tags:
            path = folder / f"{number // 100:04}" / f"release-{number:06}.{tag}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(texts[tag], encoding="utf-8")
            total += len(texts[tag].encode())
        if (number + 1) * len(tags) >= files:
            return total
