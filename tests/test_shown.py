"""What a notebook asks of an object: its card, as text and as HTML."""

import subprocess
import sys

import pytest
from read_html import assert_harmless, read_html

import mesomix
from mesomix import space
from mesomix.shown import Shown
from mesomix.view import maker_of


def shown(formulary: mesomix.Formulary) -> dict[str, object]:
    mixture = formulary.mixture("Miorel", "Dicynone")
    patient = formulary.patient(allergies=["sulfites"])
    return {
        "report": mesomix.check(mixture, patient),
        "mixture": mixture,
        "product": formulary.find("Miorel"),
        "formulary": formulary,
        "census": space.census(formulary, patient),
        "diff": space.diff(formulary, formulary),
        "shadow": space.shadow(patient, formulary),
        "gaps": space.gaps(formulary),
        "repairs": space.repairs(mixture, patient, formulary=formulary),
    }


KINDS = ["report", "mixture", "product", "formulary", "census", "diff", "shadow", "gaps", "repairs"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_notebook_gets_text_and_html_in_french(kind: str, formulary: mesomix.Formulary) -> None:
    one = shown(formulary)[kind]
    assert isinstance(one, Shown)
    bundle = one._repr_mimebundle_(include=None, exclude=None)
    assert bundle == {"text/plain": one.card("fr").text, "text/html": one.card("fr").html}
    assert one.card()._repr_mimebundle_() == bundle
    assert one.card("en").text != one.card("fr").text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_card_is_harmless_and_says_its_language(
    kind: str, language: str, formulary: mesomix.Formulary
) -> None:
    one = shown(formulary)[kind]
    assert isinstance(one, Shown)
    card = one.card(language)
    tree = read_html(card.html)
    assert_harmless(tree)
    [section] = [node for node in tree.children if not isinstance(node, str)]
    assert section.tag == "section"
    assert section.attributes["lang"] == language
    assert section.attributes["aria-label"]
    read_html(card.page())


def test_whatever_is_shown_has_what_makes_its_card() -> None:
    import mesomix.batch.audit_summary  # noqa: F401, PLC0415 (so that it is among them)

    # A class with slots is made twice, and the first one of it stays in this list.
    kinds = {f"{kind.__module__}.{kind.__qualname__}": kind for kind in Shown.__subclasses__()}
    assert len(kinds) == 10
    assert all(callable(maker_of(kind)) for kind in kinds.values())


def test_a_card_tells_nothing_to_a_log(formulary: mesomix.Formulary) -> None:
    report = mesomix.check(formulary.mixture("Miorel"), formulary.patient(allergies=["latex"]))
    assert repr(report.card()) == "<Card in fr>"


def test_showing_a_report_imports_neither_the_space_nor_an_extra() -> None:
    code = (
        "import sys, mesomix\n"
        "assert not any(name.startswith(('mesomix.view', 'mesomix.markup', 'xml')) for name in"
        " sys.modules), 'who only checks pays for no page'\n"
        "formulary = mesomix.load()\n"
        "mesomix.check(formulary.mixture('Miorel')).card().page()\n"
        "assert not {'mesomix.space', 'mesomix.batch', 'numpy'} & {*sys.modules}\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
