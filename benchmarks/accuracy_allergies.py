"""How well allergy texts are read, file by file; seconds. Run it from the checkout.

With `--slips`, what was read wrongly in tuned.toml is listed. Of what was held out only figures
are printed, so that nobody tunes on it by accident.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from allergy_texts.scoring import FOLDER, Score, Slip, Tally, load_texts, score

import mesomix
from mesomix.names import fold

TUNED = FOLDER / "tuned.toml"


def main() -> None:
    formulary = mesomix.load()
    tuned = {fold(text.written) for text in load_texts(TUNED)}
    for file in sorted(FOLDER.glob("*.toml")):
        texts = load_texts(file)
        found = score(texts, formulary)
        print_figures(file.name, found)
        if file != TUNED:  # two people think of "RAS": what is in both was not held out
            apart = [text for text in texts if fold(text.written) not in tuned]
            print_figures(f"{file.name}, without what tuned.toml has too", score(apart, formulary))
        elif "--slips" in sys.argv:
            print_slips(found)


def print_figures(title: str, found: Score) -> None:
    print(f"\n{title}: {found.texts} texts")
    print_tally("recognised", found.recognised)
    print_tally("doubtful", found.doubtful)
    print_tally("negated", found.negated)
    print(f"  to be read by a physician    {found.asked} of {found.unread} asked about")
    print(f"  questions that are needless  {found.needless} of {found.clear} texts")
    print(f"  misspelt names suggested     {found.suggested} of {found.misspelt}")
    print(
        f"  vanished {len(found.vanished)}, denied {len(found.denied)},"
        f" accepted {len(found.accepted)}, weakened {len(found.weakened)},"
        f" empty {len(found.empty)}"
    )


def print_tally(title: str, tally: Tally) -> None:
    print(
        f"  {title:12} recall {tally.recall:6.1%} ({tally.found} of {tally.labelled}),"
        f" precision {tally.precision:6.1%} ({tally.right} of {tally.read})"
    )


def print_slips(found: Score) -> None:
    lists: dict[str, Iterable[Slip]] = {
        "VANISHED": found.vanished,
        "DENIED": found.denied,
        "ACCEPTED": found.accepted,
        "WEAKENED": found.weakened,
        "missed": found.missed,
        "wrong": found.wrong,
    }
    for title, slips in lists.items():
        for slip in slips:
            print(f"  {title}: {slip.written!r}: {slip.id} ({slip.state.value})")
    for written in (*found.empty, *found.silent):
        print(f"  NOTHING ASKED: {written!r}")


if __name__ == "__main__":
    main()
