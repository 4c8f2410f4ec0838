"""Statements: a mark, a word and a colour each, and long lists that say how long they are."""

import pytest
from read_html import Node, read_html

from mesomix.evidence import Language
from mesomix.markup.elements import Child, element, html_of
from mesomix.space import Objection
from mesomix.view.statements import (
    cut,
    kind_of_rule,
    not_said,
    rules_line,
)
from mesomix.vocabulary import Severity


def tree(*children: Child) -> Node:
    return read_html(html_of(element("div", children)))


@pytest.mark.parametrize(
    ("severity", "certain", "kind"),
    [
        (Severity.REFUSE, True, ("refuse", "✗")),
        (Severity.REFUSE, False, ("review", "?")),
        (Severity.REVIEW, True, ("review", "?")),
        (Severity.REVIEW, False, ("review", "?")),
        (Severity.NOTE, True, ("note", "·")),
        (Severity.NOTE, False, ("note", "·")),
        (Severity.REFUSE, None, ("open", "–")),
        (Severity.NOTE, None, ("open", "–")),
    ],
)
def test_only_a_sure_refusal_is_one(
    severity: Severity, certain: bool | None, kind: tuple[str, str]
) -> None:
    assert kind_of_rule(severity, certain) == kind


def test_rules_that_did_not_run_are_told_together() -> None:
    several = [
        Objection("pregnancy", Severity.REVIEW, None),
        Objection("known-allergy", Severity.REFUSE, certain=True),
        Objection("anticoagulant", Severity.REVIEW, None),
    ]
    told = tree(rules_line(several, Language.EN)).text
    assert told == "✗ known-allergy (refuse) – not checked (2): pregnancy, anticoagulant"
    assert not tree(rules_line([], Language.EN)).text


def test_what_was_not_said_is_loud() -> None:
    [box] = tree(not_said("x")).all("p")
    assert box.kinds == ["finding", "open"]
    assert box.all("strong")


def test_a_list_that_is_cut_says_so() -> None:
    items = [element("p", str(n)) for n in range(5)]
    assert tree(cut(items, 5, Language.EN)).text == "0 1 2 3 4"
    assert tree(cut(items, 3, Language.EN)).text == "0 1 2 … and 2 more"
