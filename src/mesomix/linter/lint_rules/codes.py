"""Lint rules of codes: ATC, CIS, CIP13, BDPM's substance codes, and units."""

import re
from typing import Final

from mesomix.bdpm.strengths import CONTAINERS, NUMBER, first_word, ucum_of
from mesomix.evidence import Text
from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.tables import Data, is_atc
from mesomix.quantity import UNITS

_UNIT: Final = r"\s*+(?P<unit>[^\d\s/][^\d/]*)"
_STRENGTH: Final = re.compile(NUMBER + _UNIT)
_PER: Final = re.compile(f"(?:{NUMBER})?+{_UNIT}")


@lint_rule(
    LintSeverity.ERROR,
    fr="« {code} » n'est pas une classe ATC",
    en="{code!r} is no ATC class",
    help_fr="une classe ATC s'écrit comme N01BB02, ou plus court : N01BB",
    help_en="an ATC class is written like N01BB02, or shorter: N01BB",
)
def malformed_atc(data: Data) -> Problems:
    """An ATC class is not written as WHO writes it."""
    for section in ("groups", "substances"):
        for key, table in getattr(data.tables, section).items():
            for number, code in enumerate(table.atc):
                if not is_atc(code):
                    yield malformed_atc.problem(section, key, "atc", number, code=code)


@lint_rule(
    LintSeverity.ERROR,
    fr="« {code} » n'est pas un code CIS",
    en="{code!r} is no CIS code",
    help_fr="un code CIS a huit chiffres et commence par 6, comme dans la BDPM",
    help_en="a CIS code has eight digits and begins with 6, as BDPM writes it",
)
def malformed_cis(data: Data) -> Problems:
    """A CIS code is not eight digits that begin with 6."""
    for path, specialty in data.specialties():
        if specialty.cis and not specialty.cis.startswith("6"):
            yield malformed_cis.problem(*path, "cis", code=specialty.cis)


@lint_rule(
    LintSeverity.ERROR,
    fr="« {code} » n'est pas un code CIP13 : {why}",
    en="{code!r} is no CIP13 code: {why}",
    help_fr="recopiez le code de la boîte ou de la BDPM",
    help_en="copy the code again from the box or from BDPM",
)
def malformed_cip13(data: Data) -> Problems:
    """A CIP13 code is not 13 digits that begin with 34009, or its check digit is wrong."""
    for path, specialty in data.specialties():
        for number, code in enumerate(specialty.cip13):
            right = check_digit(code)
            why = None
            if not code.startswith("34009"):
                why = Text("il doit commencer par 34009", "it has to begin with 34009")
            elif code[-1] != right:
                why = Text(f"sa clé devrait être {right}", f"its check digit should be {right}")
            if why:
                yield malformed_cip13.problem(*path, "cip13", number, code=code, why=why)


def check_digit(code: str) -> str:
    """The last digit that a code of 13 digits (EAN-13) has to have."""
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(code[:12]))
    return str(-total % 10)


@lint_rule(
    LintSeverity.ERROR,
    fr="« {code} » n'est pas un code de substance de la BDPM",
    en="{code!r} is no substance code of BDPM",
    help_fr="un code de substance a cinq chiffres, zéros compris",
    help_en="a substance code has five digits, with its leading zeros",
)
def malformed_bdpm_code(data: Data) -> Problems:
    """A substance code of BDPM is not five digits."""
    for key, substance in data.tables.substances.items():
        for number, code in enumerate(substance.bdpm_codes):
            if not re.fullmatch("[0-9]{5}", code):
                yield malformed_bdpm_code.problem(
                    "substances", key, "bdpm_codes", number, code=code
                )


@lint_rule(
    LintSeverity.WARNING,
    fr="« {strength} » n'est pas un dosage : {why}",
    en="{strength!r} is no strength: {why}",
    help_fr="un dosage s'écrit comme 250 mg/2 ml, 100 UI/1 ml ou 2,25 g",
    help_en="a strength is written like 250 mg/2 ml, 100 UI/1 ml or 2,25 g",
)
def malformed_unit(data: Data) -> Problems:
    """A strength has no number, or a unit that mesomix does not know."""
    for path, specialty in data.specialties():
        why = _wrong_unit(specialty.strength)
        if why:
            problem = malformed_unit.problem
            yield problem(*path, "strength", strength=specialty.strength, why=why)


def _wrong_unit(strength: str) -> Text | None:
    """What is wrong with a strength such as "50 mg/5 ml"; with several, as "1 g + 10 mg"."""
    for part in strength.split("+"):
        amount, slash, volume = part.strip().partition("/")
        found = [_STRENGTH.fullmatch(amount), *([_PER.fullmatch(volume)] if slash else [])]
        units = [match["unit"] for match in found if match]
        if len(units) < len(found):
            return Text("il faut un nombre et une unité", "it needs a number and a unit")
        if not all(map(_is_unit, units)):
            known = ", ".join(dict.fromkeys(UNITS.values()))
            return Text(f"unité inconnue ; en UCUM : {known}", f"an unknown unit; in UCUM: {known}")
    return None


def _is_unit(text: str) -> bool:
    return ucum_of(text) is not None or first_word(text) in CONTAINERS
