"""How much is learned at once, and when no more is."""

from typing import Final

import pyarrow as pa
import pytest

import mesomix
from mesomix.batch import Columns, checking
from mesomix.batch.kernel.codes import Codes
from mesomix.batch.kernel.sources import Sources, TooMuchIsNew
from mesomix.planes import Planes

HERE: Final = mesomix.Citation("inphysio", place="ici")


def test_who_gave_up_learns_nothing_more(formulary: mesomix.Formulary) -> None:
    planes = Planes(mesomix.RULES, formulary.edition)
    sources = Sources(formulary, planes, Codes(planes), None)
    sources.meet(1 << 30)
    with pytest.raises(TooMuchIsNew):
        sources.give_up()
    with pytest.raises(TooMuchIsNew):
        sources.meet(0)
    assert sources.learned == 1 << 30


def test_so_much_is_learned_at_once(formulary: mesomix.Formulary) -> None:
    planes = Planes(mesomix.RULES, formulary.edition)
    sources = Sources(formulary, planes, Codes(planes), 2)
    sources.meet(2)
    with pytest.raises(TooMuchIsNew):
        sources.meet(3)
    sources.meet(1)
    assert sources.learned == 3


def test_nobody_learns_on_what_was_learned_by_half(formulary: mesomix.Formulary) -> None:
    planes = Planes(mesomix.RULES, formulary.edition)
    sources = Sources(formulary, planes, Codes(planes), 2)
    with pytest.raises(TooMuchIsNew), sources.lock:
        sources.meet(3)
    sources.meet(1)
    with pytest.raises(ZeroDivisionError), sources.lock:
        raise ZeroDivisionError
    with pytest.raises(TooMuchIsNew):
        sources.meet(1)
    with sources.lock:  # which is free again
        assert sources.lock.is_given_up


def test_a_rule_that_fails_once_makes_no_later_row_wrong(formulary: mesomix.Formulary) -> None:
    failed: list[str] = []

    @mesomix.rule(mesomix.Severity.REFUSE, fr="Non.", en="No.", cites=[HERE])
    def not_for_latex(allergy: mesomix.Allergy) -> mesomix.Flags:
        """Latex, at the second time of asking."""
        if allergy.id == "latex" and not failed:
            failed.append(allergy.id)
            raise ZeroDivisionError
        if allergy.id == "latex":
            yield mesomix.flag()

    rules = mesomix.Rulebook([not_for_latex])
    columns = Columns(products=("p",), allergies="a")
    batch = pa.record_batch({"p": ["Miorel"] * 2, "a": [["latex"], ["lidocaïne"]]})
    run = checking._Run(formulary, columns, rules, "codes")
    with pytest.raises(ZeroDivisionError):
        run.checked(batch)
    [found] = run.checked(batch)
    assert found["mesomix_verdict"].to_pylist() == ["refuse", "no-objection"]
