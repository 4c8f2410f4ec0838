"""The words of the field are complete in both languages, and none stands for two things."""

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


def test_only_skin_and_mouth_are_no_injections() -> None:
    assert set(NOT_INJECTED) == {Route.CUTANEOUS, Route.ORAL}
