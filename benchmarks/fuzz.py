"""Fuzzing of the readers: names, allergy texts, the files of BDPM, and the three together.

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
from pathlib import Path
from time import perf_counter, process_time

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from bdpm import files

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
        start = process_time()
        target(*drawn)
        assert process_time() - start < LONGEST_SECONDS, drawn
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


if __name__ == "__main__":
    main()
