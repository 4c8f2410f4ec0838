# ruff: noqa: E501 (what is written is a page of text)
"""How well names, allergy texts and amounts are read, as docs/accuracy.md has it.

`python benchmarks/accuracy.py` prints that page and `--write` writes it. It needs the folders `bdpm`
and `facts` of `../shared` beside the checkout; the figures of the last section are this machine's.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import accuracy_amounts
import name_lists
import names
import read_bdpm
from allergy_texts.scoring import FOLDER, LabelledText, Score, Tally, load_texts, score

import mesomix
from mesomix import bdpm
from mesomix.names import fold

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
BDPM = ROOT.parent / "shared" / "bdpm"
FUZZING = ROOT / "benchmarks" / "fuzzing.jsonl"
HOMEOPATHIC = "POUR PRÉPARATIONS HOMÉOPATHIQUES"
CORTICOSTEROID = "corticosteroid"
MANY = 100
"""Names of one mixture: for so many, no suggestion is looked for."""

INTRODUCTION = """\
# Accuracy

How well mesomix reads what people write: measured on real lists, by
`python benchmarks/accuracy.py --write`, which writes this page; a test holds what takes seconds fresh. Each
list says what it cannot show.
"""


def page(timed: str) -> str:
    """The whole page; `timed` is the section that differs from machine to machine."""
    measured = [specialties(), misspelt(), lists(), allergy_texts(), amount_texts(), fuzzing()]
    return "\n".join([INTRODUCTION, *measured, timed])


def specialties() -> str:
    """What is said of each specialty of BDPM: with its files, and by its name alone."""
    database = bdpm.read(BDPM)
    codes = name_lists.corticosteroid_codes()
    held = {
        cis: found.name
        for cis, found in database.specialties.items()
        if any(row.code in codes for row in found.composition)
    }
    homeopathic = {
        cis
        for cis in held
        if any(HOMEOPATHIC in row.name for row in database.specialties[cis].composition)
    }
    true = {cis: name for cis, name in held.items() if cis not in homeopathic}
    others = {cis: s.name for cis, s in database.specialties.items() if cis not in held}
    alone, beside = mesomix.load(), mesomix.load(bdpm=database)
    by_brand = len(true) - len(named_by_substance(alone, true.values()))
    missed = set(true.values()).difference(refused(alone, true.values()))
    false = refused(alone, others.values())
    rows = [
        (
            "by name, with `--bdpm`",
            len(refused(beside, true.values())),
            len(refused(beside, others.values())),
        ),
        ("by CIS, with `--bdpm`", len(refused(beside, true)), len(refused(beside, others))),
        ("by name alone", len(true) - len(missed), len(false)),
    ]
    boxed = true.keys() & database.cis_by_cip13().values()
    lines = [f"| {title} | {hit} of {len(true)} | {wrong} |" for title, hit, wrong in rows]
    hit, wrong = by_boxes(beside, database, boxed)
    lines.append(f"| by each CIP13, with `--bdpm` | {hit} of {len(boxed)} | {wrong} |")
    return f"""\
## Corticosteroids among the French specialties

{len(database.specialties):,} specialties of BDPM (SHA-256 `{database.sha256[:12]}`), of which
{len(true)} hold a corticosteroid by the substance codes of a list that others compiled, and
{len(homeopathic)} more are homeopathic dilutions of one, which are refused as well (house rule H7).

| read | refused as corticosteroids | others refused so |
|---|---|---|
{chr(10).join(lines)}

Missed by name alone: {listed(sorted(missed))}. Others called a corticosteroid: {listed(false)}.

What it cannot show: {by_brand} of the {len(true)} are known by their brand only,
and the brands were compiled from BDPM itself, 2016 to 2026. A brand of next year is not known without
`--bdpm`: it is unrecognised, and the verdict a review.
"""


def refused(formulary: mesomix.Formulary, written: Iterable[str]) -> list[str]:
    """Those of the names of which a mixture is refused because of a corticosteroid."""
    rule = mesomix.RULES[CORTICOSTEROID]
    found: list[str] = []
    everything = list(written)
    for first in range(0, len(everything), MANY):
        names_read = everything[first : first + MANY]
        components = formulary.mixture(*names_read).components
        found += [
            name
            for name, component in zip(names_read, components, strict=True)
            if any(f.certain for product in component.products for f in rule.findings(product))
        ]
    return found


def by_boxes(formulary: mesomix.Formulary, database: bdpm.Bdpm, true: set[str]) -> tuple[int, int]:
    """Of how many specialties each box is refused by its code, and how many others' boxes are."""
    boxes = {
        code: cis for code, cis in database.cis_by_cip13().items() if cis in database.specialties
    }
    hit = set(refused(formulary, boxes))
    missed = {cis for code, cis in boxes.items() if cis in true and code not in hit}
    return len(true - missed), len({cis for code, cis in boxes.items() if code in hit} - true)


SLIPS = (("th", "t"), ("ph", "f"), ("y", "i"), ("s", "z"), ("k", "c"), ("c", "k"), ("i", "y"))
"""Letters that sound alike."""


def misspellings() -> list[str]:
    """The names of corticosteroid substances, each with one slip."""
    made: dict[str, None] = {}
    for name in name_lists.corticosteroid_names():
        for place in range(1, len(name)):
            made[name[:place] + name[place + 1 :]] = None
            made[name[:place] + name[place] + name[place:]] = None
            for one, other in SLIPS:
                if name.startswith(one, place):
                    made[name[:place] + other + name[place + len(one) :]] = None
    return [name for name in made if name not in name_lists.corticosteroid_names()]


def misspelt_names(formulary: mesomix.Formulary, misspelt: list[str]) -> tuple[int, int, int]:
    """How many are suspected, how many refused, and how many are neither."""
    reads = [
        read
        for first in range(0, len(misspelt), MANY)
        for read in formulary.mixture(*misspelt[first : first + MANY]).reads
    ]
    suspected = sum(read.suspicion is not None for read in reads)
    hit = len(refused(formulary, misspelt))
    return suspected, hit, len(misspelt) - suspected - hit


def named_by_substance(formulary: mesomix.Formulary, written: Iterable[str]) -> list[str]:
    """Those of the names that hold the name of a corticosteroid which is no brand."""
    found: list[str] = []
    for name in written:
        said = [declared.allergy for declared in formulary.read_allergies(name)]
        substances = [a.id for a in said if a.id is not None and not a.culprit_unknown]
        if refused(formulary, substances):
            found.append(name)
    return found


def misspelt() -> str:
    """What is said of names of corticosteroids with one slip."""
    made, names_known = misspellings(), name_lists.corticosteroid_names()
    suspected, hit, neither = misspelt_names(mesomix.load(), made)
    return f"""\
## Misspelt corticosteroids

{len(names_known)} names of corticosteroid substances with one slip each (a letter left out, doubled, or changed for
one that sounds alike) make {len(made):,} spellings. {suspected:,} are not recognised, and suspected; {hit:,} are
the name of one all the same, and refused; {neither:,} are neither, and reviewed as any unknown name.
"""


def lists() -> str:
    """The names that naive matching misses, and those that it takes for a corticosteroid."""
    formulary = mesomix.load()
    missed, alike = name_lists.easily_missed(), name_lists.look_alikes()
    right = refused(formulary, missed)
    called = refused(formulary, alike)
    suspected = [name for name in alike if formulary.mixture(name).reads[0].suspicion is not None]
    return f"""\
## Names that deceive

| list | names | right |
|---|---|---|
| corticosteroids that naive matching misses (vamorolone, CELESTAMINE …) | {len(missed)} | \
{len(right)} refused |
| look-alikes that are none (naloxone, ceftriaxone, FLUCONAZOLE …) | {len(alike)} | \
{len(alike) - len(called)} not called one, {len(suspected)} suspected of being misspelt |

Not refused of the first: {listed([n for n in missed if n not in right])}. Suspected of the second:
{listed(suspected)}. Of {listed(name_lists.undecided())}, it says “decide explicitly”.
"""


def allergy_texts() -> str:
    """The labelled texts: those that were tuned on, and those that were kept aside."""
    formulary = mesomix.load()
    tuned, held_out = (load_texts(FOLDER / name) for name in ("tuned.toml", "held_out.toml"))
    seen = {fold(text.written) for text in tuned}
    apart = [text for text in held_out if fold(text.written) not in seen]
    columns = [column(texts, formulary) for texts in (tuned, apart)]
    lines = [
        f"| {title} | {one} | {other} |" for (title, one), (_, other) in zip(*columns, strict=True)
    ]
    return f"""\
## Allergy texts

Written for this, in French and English, from the ways that people write, and labelled by hand:
[tests/allergy_texts](../tests/allergy_texts/README.md). Those kept aside were written by somebody who
had not seen the reader, and whoever tuned it has not read them.

| | tuned on | kept aside |
|---|---|---|
{chr(10).join(lines)}

Recall counts labels, and precision what was read: two names of one allergen are one label. What a text
declares **vanishes** when it comes out neither as an allergy nor as a doubt, and no part of the text was not
recognised: then nothing is asked. A needless question is a part that was not recognised in a text that a
person understands whole; of the texts kept aside half have one, since their ordinary words are in no list.

The one text kept aside of which nothing is asked was looked at by somebody else: a class that the data
learned to know after it was labelled, and that is read as declared. The label was left.

What it cannot show: one person labelled each list, and neither is a sample of any clinic's texts.
"""


def column(texts: Iterable[LabelledText], formulary: mesomix.Formulary) -> list[tuple[str, str]]:
    """The figures of one list of texts, with their titles."""
    found = score(texts, formulary)
    return [
        ("texts", str(found.texts)),
        *tally("declared allergies", found.recognised),
        *tally("declared with a doubt", found.doubtful),
        *tally("denied", found.negated),
        ("misspelt: the right name suggested", f"{found.suggested} of {found.misspelt}"),
        ("misspelt: accepted unasked", str(len(found.accepted))),
        ("texts with a needless question", f"{found.needless} of {found.clear}"),
        *losses(found),
    ]


def tally(title: str, found: Tally) -> list[tuple[str, str]]:
    """Recall and precision of one state."""
    return [
        (f"{title}: recall", f"{found.recall:.1%} ({found.found} of {found.labelled})"),
        (f"{title}: precision", f"{found.precision:.1%} ({found.right} of {found.read})"),
    ]


def losses(found: Score) -> list[tuple[str, str]]:
    """What must be nothing."""
    return [
        ("not found, while another part is asked about", str(len(found.excused))),
        ("**vanished**", f"**{len(found.vanished) + len(found.empty)}**"),
        ("**denied, and not so labelled**", f"**{len(found.denied)}**"),
        ("**to be read by a physician, and nothing asked**", f"**{len(found.silent)}**"),
    ]


def amount_texts() -> str:
    """The labelled ways to write an amount."""
    return accuracy_amounts.section(mesomix.load())


def fuzzing() -> str:
    """What `benchmarks/fuzz.py --output` wrote down."""
    lines = FUZZING.read_text(encoding="utf-8").splitlines() if FUZZING.exists() else []
    runs = [json.loads(line) for line in lines]
    if not runs:
        return "## Fuzzing\n\nNot run yet: `python benchmarks/fuzz.py --minutes 60 --output benchmarks/fuzzing.jsonl`.\n"
    minutes = sum(run["minutes"] for run in runs)
    titles = dict.fromkeys(title for run in runs for title in run["read"])
    read = {title: sum(run["read"].get(title, 0) for run in runs) for title in titles}
    told = ", ".join(f"{count:,} {title}" for title, count in read.items())
    return f"""\
## Fuzzing

`python benchmarks/fuzz.py --minutes 60`, {minutes:g} minutes in all by the clock, beside other
work: {told}. No exception but the
documented ones, no text that took two seconds twice, no corticosteroid among other words that was not
refused, no longer list of allergies with a milder verdict, and no amount that was told as known and
is not what a calculation without mesomix makes of it.
"""


def times() -> str:
    """The time of recognising a name, and of reading BDPM."""
    found = names.figures(BDPM)
    lines = [f"| {title} | {time:,.1f} |" for title, time in found.items()]
    ratios = read_bdpm.ratios(BDPM)
    told = [f"| {title} | {ratio:.2f} |" for title, ratio in ratios.items()]
    return f"""\
## Times

Of one machine with two cores; `python benchmarks/names.py` and `python benchmarks/read_bdpm.py` measure
yours.

| one name | µs |
|---|---|
{chr(10).join(lines)}

| reading the four files of BDPM | times `csv.reader` alone |
|---|---|
{chr(10).join(told)}
"""


def listed(found: list[str]) -> str:
    """The names, or "none"."""
    return ", ".join(found) or "none"


def main() -> None:
    made = page(times())
    if "--write" in sys.argv:
        PAGE.write_text(made, encoding="utf-8")
    else:
        print(made)


if __name__ == "__main__":
    main()
