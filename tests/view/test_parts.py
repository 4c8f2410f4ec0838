"""What several cards have: the foot, with what a card rests on."""

from read_html import read_html

from mesomix.evidence import Language
from mesomix.markup.elements import html_of
from mesomix.report import Data, Rules
from mesomix.view.parts import data_told, digests_of, foot


def test_the_foot_has_whole_digests() -> None:
    data = Data("2026.1", "a" * 64, "b" * 64)
    made = foot(
        data_told(data, Language.EN), digests_of(data, Rules("c" * 64), Language.EN), Language.EN
    )
    assert read_html(html_of(made)).text == (
        f"Data 2026.1 (aaaaaaaaaaaa), BDPM bbbbbbbbbbbb SHA-256, data: {'a' * 64} SHA-256,"
        f" rules: {'c' * 64} SHA-256, BDPM: {'b' * 64}"
    )
    assert len(data_told(Data("9" * 10_000, "a" * 64), Language.FR)) < 200
