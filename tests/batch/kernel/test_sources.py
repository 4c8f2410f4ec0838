"""How much is learned at once, and when no more is."""

import pytest

import mesomix
from mesomix.batch.kernel.codes import Codes
from mesomix.batch.kernel.sources import Sources, TooMuchIsNew
from mesomix.planes import Planes


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
