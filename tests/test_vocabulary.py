"""The words of the field are complete in both languages, and none stands for two things."""

from typing import Final

import pytest

from mesomix import Effect, MarketState, Per, Route, Unknown
from mesomix.names import fold
from mesomix.vocabulary import NOT_INJECTED, SEVERITIES

Words = Effect | MarketState | Per | Route


@pytest.mark.parametrize("words", [Effect, MarketState, Per, Route])
def test_no_word_stands_for_two_things(words: type[Words]) -> None:
    meant: dict[str, Words] = {}
    for word in words:
        for written in (word.value, word.text.fr, word.text.en):
            assert meant.setdefault(fold(written), word) is word
    assert "" not in meant


@pytest.mark.parametrize("words", [Effect, MarketState, Per, Route])
def test_the_value_of_a_word_is_its_english_name(words: type[Words]) -> None:
    for word in words:
        assert word.text.en == word.value
        assert words(word.value) is word


def test_what_is_not_known_is_told_in_both_languages() -> None:
    assert [unknown.value for unknown in Unknown] == [
        *("not-written", "not-read", "not-sure", "container", "strength", "not-told"),
    ]
    for language in ("fr", "en"):
        texts = [getattr(unknown.text, language) for unknown in Unknown]
        assert all(texts)
        assert len({*texts}) == len(texts)
    for unknown in Unknown:
        assert Unknown(unknown.value) is unknown
        assert unknown.text.fr != unknown.text.en


def test_a_maximum_is_of_a_dose_or_of_a_day() -> None:
    assert {per.text.fr: per.text.en for per in Per} == {"dose": "dose", "jour": "day"}


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
