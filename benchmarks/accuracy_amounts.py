# ruff: noqa: E501 (what is written is a page of text)
"""How well written amounts are read, file by file; seconds. Run it from the checkout.

With `--said`, the texts of tuned.toml are listed of which less is told than they say. Of what was
kept aside only figures are printed, so that nobody tunes on it by accident.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from amount_texts.scoring import FOLDER, Outcome, Score, load_texts, of_products, score

import mesomix

TUNED, KEPT_ASIDE = FOLDER / "tuned.toml", FOLDER / "held_out.toml"


def section(formulary: mesomix.Formulary) -> str:
    """What docs/accuracy.md says of amounts."""
    columns = [
        column(score(load_texts(file), formulary), formulary) for file in (TUNED, KEPT_ASIDE)
    ]
    lines = [
        f"| {title} | {one} | {other} |" for (title, one), (_, other) in zip(*columns, strict=True)
    ]
    return f"""\
## Amounts

Ways to write a component with its amount, French and English, labelled by hand with what a careful
pharmacist takes from them: [tests/amount_texts](../tests/amount_texts/README.md). Those kept aside were
drawn at random, and whoever tuned the reader has not read them.

| | tuned on | kept aside |
|---|---|---|
{chr(10).join(lines)}

A part is one product that a text means. It is **right** when volume and dose are told as a label has them,
and nothing where it has none. Less may be told, where the report **says so**: words that were not read are
reviewed, an amount that is not known is listed as such. With any word that is not read, no dose of that text
is: a question too many, and no dose too few.

Of the texts kept aside the first look, before anything was mended, found 71 parts right, 24 said, 1 that
vanished and **1 that was wrong**: a number behind a nought, which may have lost its comma. Somebody who does
not tune the reader looked at that one, and said what is wrong; both were mended. So these figures are a test
from then on, and no longer a first look.

What it cannot show: one person made up and labelled both lists, and the names are those of the formulary.
"""


def column(found: Score, formulary: mesomix.Formulary) -> list[tuple[str, str]]:
    """The figures of one list of texts, with their titles."""
    right, said = len(found.of(Outcome.RIGHT)), len(found.of(Outcome.SAID))
    read, certain = len(found.read), len(found.certain)
    known = [len(of_products(parts, formulary)) for parts in (found.read, found.certain)]
    return [
        ("texts", str(found.texts)),
        ("parts", str(len(found.judged))),
        ("right", f"{right / len(found.judged):.1%} ({right})"),
        ("less, and said so", f"{said / len(found.judged):.1%} ({said})"),
        ("parts with a certain amount: right", f"{read / certain:.1%} ({read} of {certain})"),
        (
            "of these, of products of the formulary: right",
            f"{known[0] / known[1]:.1%} ({known[0]} of {known[1]})",
        ),
        ("**vanished amounts**", f"**{len(found.of(Outcome.SILENT))}**"),
        ("**wrong amounts**", f"**{len(found.of(Outcome.WRONG))}**"),
    ]


def main() -> None:
    formulary = mesomix.load()
    for file in (TUNED, KEPT_ASIDE):
        found = score(load_texts(file), formulary)
        print(f"\n{file.name}")
        for title, figure in column(found, formulary):
            print(f"  {title.strip('*'):46} {figure.strip('*')}")
        if file == TUNED and "--said" in sys.argv:
            for one in found.certain:
                if one.outcome is not Outcome.RIGHT:
                    print(f"  {one.outcome.value}: {one.text.text!r}: {one.told}")


if __name__ == "__main__":
    main()
