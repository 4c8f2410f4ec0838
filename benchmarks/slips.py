"""What comes of every single mutation of the shipped data; minutes. Run it from the checkout.

Prints how many of each slip the linter says and as what, how many change no answer, and what is
left: a verdict that became milder unseen, by the kinds that docs/lint.md names.
"""

import gc
import sys
from collections import Counter, defaultdict
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from linter.slips.judge import Class, Judge, Outcome
from linter.slips.mutations import Mutation, Slip, all_mutations
from linter.slips.out_of_sight import OUT_OF_SIGHT, kind_of

EXAMPLES = 3


def main() -> None:
    start = perf_counter()
    judge = Judge()
    gc.freeze()  # the data as it is stays, and is not to be looked through again and again
    gc.set_threshold(50_000, 20, 20)
    by_slip: dict[Slip, Counter[Class]] = {slip: Counter() for slip in Slip}
    shown: defaultdict[str, list[tuple[Mutation, Outcome]]] = defaultdict(list)
    for mutation in all_mutations():
        outcome = judge.judged(mutation)
        by_slip[mutation.slip][outcome.kind] += 1
        if outcome.kind is Class.MILDER:
            shown[kind_of(mutation) or "UNNAMED"].append((mutation, outcome))
        elif outcome.kind in {Class.LOAD_FAILS, Class.RAISES}:
            shown[outcome.kind].append((mutation, outcome))
    everything: Counter[Class] = sum(by_slip.values(), Counter())
    print_classes("every mutation", everything)
    for slip, classes in by_slip.items():
        print_classes(slip, classes)
    for kind, found in sorted(shown.items(), key=lambda item: -len(item[1])):
        print(f"\n{kind}: {len(found)}")
        for mutation, outcome in found[:: max(len(found) // EXAMPLES, 1)][:EXAMPLES]:
            print(f"  {mutation}\n    {outcome.shown[:120]}")
    unseen = {kind.id for kind in OUT_OF_SIGHT} - shown.keys()
    print(f"\n{everything.total()} mutations in {perf_counter() - start:.0f} s")
    assert not unseen, f"kinds without an example: {sorted(unseen)}"
    assert "UNNAMED" not in shown, "verdicts became milder in ways that no kind names"


def print_classes(title: str, classes: Counter[Class]) -> None:
    print(f"\n{title}: {classes.total()}")
    for kind in Class:
        if classes[kind]:
            print(f"  {kind:40} {classes[kind]:6}  {classes[kind] / classes.total():6.1%}")


if __name__ == "__main__":
    main()
