"""Fuzzing of the readers: names, amounts, allergy texts and the files of BDPM.

`python benchmarks/fuzz.py --minutes 60` draws anew until the time is over, each target in turn, and
prints how many texts each has read; the first fault ends it with the smallest text that shows it.
`--output FILE` adds a line of JSON for docs/accuracy.md.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from time import perf_counter, process_time

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from bdpm import files
from solutions import Measured, measured, total

import mesomix
from mesomix.bdpm import BdpmError
from mesomix.bdpm import read as read_bdpm
from mesomix.names import LONGEST_NAME

EXAMPLES = 500
LONGEST_SECONDS = 2.0
"""For one text: the longest that is read is short, so more would be a hang."""

SEVERITY = {
    mesomix.Verdict.NO_OBJECTION: 0,
    mesomix.Verdict.REVIEW: 1,
    mesomix.Verdict.REFUSE: 2,
}
WORDS = [
    *("pas", "d'", "allergie", "allergique", "à", "aux", "la", "sauf", "non", "aucune", "connue"),
    *("no", "known", "denies", "tolère", "?", ":", ",", ";", "\n", "(", ")", "/", "+", ".", " - "),
    *("choc", "2012", "mère", "latex", "AINS", "procaïne", "lidocaïne", "pénicilline", "Dicynone"),
    *("Kenacort", "bétaméthasone", "Miorel", "2 %", "5 ml", "ampoule", "zorg", "®", "\u202e"),
    "\u0435",  # Cyrillic
]
CORTICOSTEROIDS = ["Kenacort", "DIPROSTÈNE", "bétaméthasone", "methylprednisolone acetate", "Altim"]
SEPARATORS = [" ", ", ", " + ", " (", "\n", " / "]

HARMLESS = [
    *("", "IM", "solution injectable", "chlorhydrate de", "®", "en ampoule", ".", ",", "voie sc"),
    *("à", "%", "~", "<", "±", "-"),
]
"""Beside an amount they leave it as it is, or make a question of it."""
DOUBTS = [
    *("3", "7,5", "environ", "max", "ou", "qsp", "pas", "?", "ou 3 ml", "par point", "chaque"),
    *("/ point", "x 3", "3 fois", "J3", "3-", "3 à", "le 3/7", "zorg", "1 000", "sans", "‰", "qs"),
    *("0", "1e3", "²", "moitié", "de plus", "II", "ml", "mg", "UI", "+ 3 ml", "et 7 gouttes"),
]
"""Beside an amount they change it, or make a question of it."""
GAPS = [" ", "  ", ", ", " : ", " (", "\t", "\u00a0", "\n", " - ", "; "]

texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=12).map("".join),
)


class Targets:
    """What is fuzzed, with the formularies that read."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        files.write(self.folder / "sound", files.small())
        self.formulary = mesomix.load()
        self.with_bdpm = mesomix.load(bdpm=self.folder / "sound")
        self.read: dict[str, int] = {}

    def names(self, text: str, name: str, separator: str) -> None:
        """Any text is read, and a corticosteroid among other words is refused."""
        for formulary in (self.formulary, self.with_bdpm):
            alone = mesomix.check(formulary.mixture(text))
            alone.text("fr")
            both = f"{text}{separator}{name}"
            if len(both) <= LONGEST_NAME and not text[-1:].isalnum():
                report = mesomix.check(formulary.mixture(both))
                assert report.verdict is not mesomix.Verdict.NO_OBJECTION, both
                if separator != " ":
                    assert report.verdict is mesomix.Verdict.REFUSE, both
            with suppress(mesomix.UnknownNameError):
                formulary.find(text)

    def amounts(self, one: Measured, way: int, before: str, behind: str, gaps: list[str]) -> None:
        """What is told of an amount among other words is right, and a doubt is asked about."""
        ways = [amount for name, amount in one.pairs if isinstance(amount, str)]
        amount, name = ways[way % len(ways)], one.solution.name
        first, second, third = gaps
        written = [
            f"{name}{first}{before}{second}{amount}{third}{behind}",
            f"{before}{first}{amount} de {name}{third}{behind}",
            (name, f"{before}{second}{amount}{third}{behind}"),
            (f"{before}{first}{name}{third}{behind}", amount),
        ]
        plain = not before and not behind
        for formulary in (self.formulary, self.with_bdpm):
            for component in written:
                mixture = formulary.mixture(component)
                asked = bool(mixture.read_in_part or mixture.unrecognised)
                told = tells(mixture, [one])
                if {before, behind} & {*DOUBTS}:
                    assert asked or not told, component
                if plain and isinstance(component, tuple):
                    assert told or asked, component
                mesomix.check(mixture).text("fr")

    def several(self, components: list[Measured], ways: list[int], separator: str) -> None:
        """Amounts of several components, in one text or each in its own, add up, or are asked."""
        drawn = [
            one.texts[way % len(one.texts)] for one, way in zip(components, ways, strict=False)
        ]
        meant = components[: len(drawn)]
        apart = self.formulary.mixture(*drawn)
        assert tells(apart, meant) or not drawn, drawn
        together = self.formulary.mixture(separator.join(drawn))
        assert tells(together, meant) or together.read_in_part or together.unrecognised, drawn

    def allergies(self, first: list[str], text: str) -> None:
        """Any text is read, something comes of it, and one more never makes a verdict milder."""
        assert self.formulary.read_allergies(text), text
        mixture = self.formulary.mixture("Procaïne Lavoisier 20 mg/ml", "Maginjectable")
        before, after = (
            mesomix.check(mixture, self.formulary.patient(allergies=told, nothing_else=True))
            for told in (first, [*first, text])
        )
        assert SEVERITY[after.verdict] >= SEVERITY[before.verdict], (first, text)
        after.model_dump_json()

    def database(self, name: str, cut: int, more: bytes) -> None:
        """Any bytes in the place of some of BDPM's are read, or refused with the reason."""
        damaged = dict(files.small())
        damaged[name] = damaged[name][:cut] + more + damaged[name][cut + len(more) :]
        folder = files.write(self.folder / "damaged", damaged)
        try:
            found = read_bdpm(folder)
        except BdpmError:
            return
        for cis in found.specialties:
            assert found.specialties[cis].cis == cis
        mesomix.load(bdpm=found).mixture("EXEMPLEX", *list(found.names())[:3])


def tells(mixture: mesomix.Mixture, meant: list[Measured]) -> bool:
    """Whether an amount is told of each active substance; what is told must be what is meant."""
    composition = mixture.composition()
    expected = total(meant)
    active = {one.solution.active for one in meant}
    for content in composition.contents:
        part = content.name.en if "(as " in content.name.en else ""
        number, kind = expected.get((content.substance, part), (Fraction(0), "mg"))
        if content.quantity is not None:
            right = mesomix.Quantity.of(number, kind)
            assert content.quantity == right, (mixture.reads, content.quantity)
            active -= {content.substance}
        if content.at_least is not None:
            assert content.at_least.amount <= number, (mixture.reads, content.at_least)
    if composition.volume is not None:
        volume = sum((one.volume for one in meant), Fraction(0))
        assert composition.volume == mesomix.Quantity.of(volume, "mL"), mixture.reads
    return not active


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    targets = Targets()
    some = st.lists(st.sampled_from(["lidocaïne", "sulfites", "pollen", "NKDA"]), max_size=2)
    drawn: dict[str, tuple[Callable[..., None], tuple[st.SearchStrategy[object], ...]]] = {
        "names of products": (
            targets.names,
            (texts, st.sampled_from(CORTICOSTEROIDS), st.sampled_from(SEPARATORS)),
        ),
        "amounts": (
            targets.amounts,
            (
                *(measured(), st.integers(0, 500)),
                *[st.sampled_from(HARMLESS) | st.sampled_from(DOUBTS)] * 2,
                st.lists(st.sampled_from(GAPS), min_size=3, max_size=3),
            ),
        ),
        "amounts of several products": (
            targets.several,
            (
                st.lists(measured().filter(lambda one: one.solution.beside), max_size=4),
                st.lists(st.integers(0, 500), max_size=4),
                st.sampled_from([*SEPARATORS, *GAPS, " et ", " and "]),
            ),
        ),
        "allergy texts": (targets.allergies, (some, texts)),
        "files of BDPM": (
            targets.database,
            (st.sampled_from(sorted(files.small())), st.integers(0, 3000), st.binary(max_size=40)),
        ),
    }
    counts = dict.fromkeys(drawn, 0)
    end = perf_counter() + asked.minutes * 60
    number = asked.seed
    while perf_counter() < end:
        for title, (target, strategies) in drawn.items():
            counts[title] += rounds(target, strategies, number)
        number += 1
    for title, count in counts.items():
        print(f"{title:20} {count:10,} read, no fault")
    if asked.output:
        line = json.dumps({"minutes": asked.minutes, "read": counts})
        with asked.output.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def rounds(
    target: Callable[..., None], strategies: tuple[st.SearchStrategy[object], ...], number: int
) -> int:
    """How many examples one round of a target has read; raises with the smallest that fails."""
    count = 0

    def timed(drawn: tuple[object, ...]) -> None:
        nonlocal count
        # Again where it was slow: a hang is slow each time, and a busy machine is not.
        assert any(seconds(target, drawn) < LONGEST_SECONDS for _ in range(2)), drawn
        count += 1

    run = given(st.tuples(*strategies))(timed)
    run = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )(run)
    seed(number)(run)()
    return count


def seconds(target: Callable[..., None], drawn: tuple[object, ...]) -> float:
    """The time of the processor that one example takes."""
    start = process_time()
    target(*drawn)
    return process_time() - start


if __name__ == "__main__":
    main()
