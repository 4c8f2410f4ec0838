"""The words of the field are complete in both languages, and none stands for two things."""

from typing import Final

import pytest

from mesomix import Effect, MarketState, Route
from mesomix.names import fold
from mesomix.vocabulary import NOT_INJECTED, SEVERITIES


@pytest.mark.parametrize("words", [Effect, MarketState, Route])
def test_no_word_stands_for_two_things(words: type[Effect | MarketState | Route]) -> None:
    meant: dict[str, Effect | MarketState | Route] = {}
    for word in words:
        for written in (word.value, word.text.fr, word.text.en):
            assert meant.setdefault(fold(written), word) is word
    assert "" not in meant


@pytest.mark.parametrize("words", [Effect, MarketState, Route])
def test_the_value_of_a_word_is_its_english_name(
    words: type[Effect | MarketState | Route],
) -> None:
    for word in words:
        assert word.text.en == word.value
        assert words(word.value) is word


def test_severities_are_listed_worst_first() -> None:
    assert [severity.value for severity in SEVERITIES] == ["refuse", "review", "note"]


# By the word of BDPM: into the body through a needle, or into one of its openings or onto it.
INJECTED: Final = {
    *("infiltration", "intra-murale", "intraartérielle", "intraarticulaire"),
    *("intracamérulaire", "intracaverneuse", "intracholangiopancréatique", "intracisternale"),
    *("intracoronaire", "intracérébroventriculaire", "intradermique", "intradurale"),
    *("intraglandulaire", "intralymphatique", "intralésionnelle", "intramusculaire"),
    *("intraoculaire", "intraosseuse", "intrapleurale", "intraputaminale", "intrapéricardiaque"),
    *("intrapéritonéale", "intraséreuse", "intrathécale", "intratumorale", "intraveineuse"),
    *("intravitréenne", "péri-aréolaire", "périarticulaire", "péribulbaire", "péridurale"),
    *("périneurale", "péritumorale", "sous-conjonctivale", "sous-cutanée", "sous-muqueuse"),
    *("subrétinale", "voie parentérale autre"),
    # And where solutions for injection are among them.
    *("dentaire", "hémodialyse", "hémofiltration", "voie extracorporelle autre"),
}


def test_each_route_is_an_injection_or_none() -> None:
    assert {route.text.fr for route in Route if route not in NOT_INJECTED} == INJECTED
