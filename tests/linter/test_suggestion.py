"""What somebody may have meant."""

import pytest

from mesomix.linter.suggestion import did_you_mean


@pytest.mark.parametrize(
    ("written", "near"),
    [("repeatd", "repeated"), ("effect", "effects"), ("EFFECTS", None), ("", None), ("zzz", None)],
)
def test_only_a_near_word_is_suggested(written: str, near: str | None) -> None:
    text = did_you_mean(written, ["effects", "repeated"])
    assert text.fr == (f"vouliez-vous « {near} » ? " if near else "")
    assert text.en == (f"did you mean {near!r}? " if near else "")


def test_the_nearest_word_is_suggested() -> None:
    assert did_you_mean("exemplins", ["exempline", "exemplin"]).en == "did you mean 'exemplin'? "


def test_what_is_known_may_be_any_iterable() -> None:
    assert did_you_mean("effect", iter(["effects"])).en == "did you mean 'effects'? "


def test_a_suggestion_shows_no_control_character() -> None:
    assert did_you_mean("effects", ["effect\x1b"]).fr == "vouliez-vous « effect\\x1b » ? "


def test_of_a_page_only_the_beginning_is_compared() -> None:
    assert did_you_mean("x" * 100_000, ["x" * 60]).en == f"did you mean {'x' * 60!r}? "


def test_a_name_is_a_word_written_otherwise() -> None:
    named = {"grossesse": "pregnancy"}
    for written in ("grossesse", "Grossesse", "GROSSESSE®"):
        text = did_you_mean(written, ["pregnancy", "grossessa"], named)
        assert text.en == "did you mean 'pregnancy'? "
    assert did_you_mean("grossess", ["pregnancy"], named).en == ""
