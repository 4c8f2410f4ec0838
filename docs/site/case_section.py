"""One executed case on its rule's page: what is asked, and what the rule answers."""

from collections.abc import Iterable, Iterator
from typing import Any

import wording
from executed_cases import ExecutedCase
from marking import marked, plain, spoken

import mesomix
from mesomix.evidence import COLON, SEMICOLON, Language, Text
from mesomix.report_words import (
    MARKS,
    VERDICTS,
    kind_of,
    open_rules,
    session_said,
)
from mesomix.vocabulary import Effect


def case_section(case: ExecutedCase, language: Language) -> Iterator[str]:
    """The lines of a case, in Markdown."""
    says = plain(case.asked["dit" if language is Language.FR else "says"])
    yield f"({case.anchor})="
    yield ""
    yield "{.case}"
    yield f"### {case.number}. {says}"
    yield ""
    for name, value in (*_question(case, language), *_answer(case, language)):
        yield f":{name[language]}: {value}"
    yield ""


def _question(case: ExecutedCase, language: Language) -> Iterator[tuple[Text, str]]:
    asked = case.asked
    yield wording.MIXTURE, _components(asked["mixture"], language)
    if "per_day" in asked:
        yield wording.PER_DAY, _components(asked["per_day"], language)
    if asked.get("effects"):
        named = [Effect(effect).text[language] for effect in asked["effects"]]
        yield wording.EFFECTS, plain(", ".join(named))
    if "patient" in asked:
        yield wording.PATIENT, _patient(asked["patient"], case.report, language)
    else:
        yield wording.PATIENT, wording.NO_PATIENT[language]
    if "session" in asked:
        yield wording.SESSION, plain(session_said(case.report, language))
    if "formulary" in asked:
        yield wording.FORMULARY, f"{wording.MADE_UP[language]} (`{asked['formulary']}`)"


def _components(written: Iterable[str | list[str]], language: Language) -> str:
    names = [one if isinstance(one, str) else ", ".join(one) for one in written]
    if not names:
        return wording.NOTHING[language]
    return spoken(" + ".join(f"« {name} »" for name in names), Language.FR, language)


def _patient(described: dict[str, Any], report: mesomix.Report, language: Language) -> str:
    allergies = described.get("allergies")
    if report.allergies is None:
        told = [wording.NOT_ASKED_ALLERGIES[language]]
    elif not allergies:
        told = [wording.NO_KNOWN_ALLERGY[language]]
    else:
        listed = ", ".join(f"« {allergy} »" for allergy in allergies)
        told = [_named(wording.ALLERGIES, listed, language)]
    if "age" in described:
        told.append(_named(wording.AGE, str(described["age"]), language))
    names = {fact.id: fact.name[language] for fact in report.facts or ()}
    for answer, key in ((wording.YES, "has"), (wording.NO, "without")):
        if key in described:
            facts = [names.get(fact, fact) for fact in described[key]]
            told.append(_named(answer, ", ".join(facts), language))
    if described.get("nothing_else"):
        told.append(wording.NOTHING_ELSE[language])
    return SEMICOLON[language].join(told)


def _named(name: Text, value: str, language: Language) -> str:
    return f"{name[language]}{COLON[language]}{plain(value)}"


def _answer(case: ExecutedCase, language: Language) -> Iterator[tuple[Text, str]]:
    for did in _what_it_did(case, language):
        yield wording.ANSWER, did
    for finding in case.findings:
        yield wording.SAYS, plain(finding.message[language])
    mark, word, _ = VERDICTS[case.report.verdict]
    yield wording.VERDICT, marked(mark, word[language], case.report.verdict.value)


def _what_it_did(case: ExecutedCase, language: Language) -> Iterator[str]:
    """What it says, and for what it could not run; or that it has nothing to say."""
    if case.findings:
        first = case.findings[0]
        kind = kind_of(first)
        did = wording.FLAGS[kind] if first.certain else wording.CANNOT_TELL
        yield marked(MARKS[kind], did[language], kind)
    if case.not_checked:
        told = []
        for why in open_rules(case.not_checked, language):
            about = f"{COLON[language]}{', '.join(why.about)}" if why.about else ""
            told.append(f"{why.reason}{about}")
        said = marked("–", wording.NOT_CHECKED[language], "not-checked")
        yield f"{said}{COLON[language]}{plain(SEMICOLON[language].join(told))}"
    if not case.findings and not case.not_checked:
        yield marked("○", wording.CLEARS[language], "clears")
