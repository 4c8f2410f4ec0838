"""A data file of 2,000 made-up products, and the same file with 72 mistakes in known places.

What the linter is to find is not asked of the linter: each mistake is written with a mark around
the words that are wrong, and the marks are taken out again while lines and columns are counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

PRODUCTS: Final = 2_000
AS_OF: Final = date(2026, 11, 21)

_CHECKED: Final = "checked = 2026-11-21\n"
_EFFECTS: Final = (
    ("draining", "C03X"),
    ("vasodilator", "C04A"),
    ("decontracturant", "M03B"),
    ("anti-oedema", "C05C"),
    ("scar", "D03A"),
    ("bone-cartilage", "M05B"),
)
_SHIPPED_GROUPS: Final = {"M03": ', "muscle-relaxants"'}
"""The groups of the shipped data to which every substance of an ATC class belongs."""
_CONDITIONS: Final = ("pregnancy", "breastfeeding", "epilepsy", "porphyria", "liver-disease")

Blocks = dict[str, str]
"""The text of each table with its header, by a short name such as `product 42`; in order."""


def _source(number: int) -> str:
    return f'source = "leaflet{number // 10:04}"\n'


def _atc(number: int) -> str:
    """A class of one's own, of letters that WHO has not reached."""
    within, code = divmod(number // len(_EFFECTS), 100)
    return f"{_EFFECTS[number % len(_EFFECTS)][1]}{'QRST'[within]}{code:02}"


def cip13(stem: int) -> str:
    """The CIP13 code of seven digits of one's own."""
    code = f"34009{stem:07}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code))
    return f"{code}{-total % 10}"


def _references() -> Iterator[tuple[str, str]]:
    for n in range(PRODUCTS // 10):
        yield (
            f"reference {n}",
            f"[references.leaflet{n:04}]\n"
            f'title = "EXEMPLEX {n:04}, solution injectable: RCP"\n'
            'author = "ANSM"\n'
            f'date = "2026-{n % 9 + 1:02}-{n % 28 + 1:02}"\n'
            f'url = "https://www.example.org/{n:04}"\n{_CHECKED}',
        )


def _groups() -> Iterator[tuple[str, str]]:
    for n in range(PRODUCTS // 50):
        yield (
            f"group {n}",
            f'[groups.exemplins{n:04}]\nfr = "exemplines n° {n:04}"\nen = "exemplins{n:04}"\n'
            f'names = ["exempline{n:04} et apparentés"]\nevidence = "label"\n'
            f"{_source(n)}{_CHECKED}",
        )


def _substances(n: int) -> Iterator[tuple[str, str]]:
    yield (
        f"substance {n}",
        f'[substances.exemplin{n:04}]\nfr = "exempline{n:04}"\nen = "exemplin{n:04}"\n'
        f'names = ["chlorhydrate d\'exempline{n:04}", "exemplin{n:04} hydrochloride"]\n'
        f'atc = ["{_atc(n)}"]\nbdpm_codes = ["{n + 90_000}"]\n'
        f'groups = ["exemplins{n // 50:04}"{_SHIPPED_GROUPS.get(_atc(n)[:3], "")}]\n'
        f'{_source(n)}also = ["bdpm"]\n{_CHECKED}',
    )
    for number, severity in enumerate(("refuse", "review")):
        yield (
            f"contraindication {n}.{number}",
            f"[[substances.exemplin{n:04}.contraindications]]\n"
            f'condition = "{_CONDITIONS[(n + number) % 5]}"\nseverity = "{severity}"\n'
            f'{_source(n)}place = "4.3"\n{_CHECKED}',
        )
    yield (
        f"maximum {n}",
        f'[[substances.exemplin{n:04}.maximum_doses]]\namount = "200 mg"\nper = "day"\n'
        f'routes = ["intramuscular"]\n{_source(n)}place = "4.2"\n{_CHECKED}',
    )
    if n % 10 == 1:
        yield (
            f"harm {n}",
            f'[[substances.exemplin{n:04}.reported_harms]]\nother = "exemplin{n - 1:04}"\n'
            f'fr = "une nécrose a été publiée"\nen = "a necrosis was published"\n'
            f"{_source(n)}{_CHECKED}",
        )


def _amount(n: int, number: int, named: str = "") -> str:
    """An inline table."""
    return (
        f'{{ substance = "exemplin{n:04}", {named}amount = "{number} mg", volume = "1 mL", '
        f'source = "leaflet{n // 10:04}", checked = 2026-11-21 }}'
    )


def _products(n: int) -> Iterator[tuple[str, str]]:
    table = f"products.exemplin{n:04}"
    yield (
        f"product {n}",
        f'[{table}]\nfr = "exempline{n:04}"\nen = "exemplin{n:04}"\nnames = ["Exempl. {n:04}"]\n'
        f'substances = ["exemplin{n:04}"]\neffects = ["{_EFFECTS[n % 6][0]}"]\n'
        f'{_source(n)}place = "5. Médicaments utilisés"\n{_CHECKED}',
    )
    for strength in (5, 50) if n % 3 == 0 else (5,):
        key = f"{table}.specialties.exemplex{n:04}-{strength}-mg-ml"
        name = f"{n}.{strength}"
        yield (
            f"specialty {name}",
            f'[{key}]\nname = "EXEMPLEX{n:04} {strength} mg/ml, solution injectable en ampoule"\n'
            f'brand = "Exemplex{n:04}"\nother_names = ["Exemplex{n:04} Forte {strength}"]\n'
            f'cis = "6{n:05}{strength:02}"\ncip13 = ["{cip13(n * 100 + strength)}"]\n'
            f'strength = "{strength} mg/ml"\ncontainers = ["2 mL"]\n'
            f"amounts = [{_amount(n, strength)}]\n"
            f'form = "solution injectable"\n'
            f'routes = ["intramuscular", "subcutaneous"]\n{_source(n)}{_CHECKED}',
        )
        yield (
            f"marketing {name}",
            f'[{key}.marketing]\nstate = "marketed"\nsince = {1990 + n % 30}-01-31\n'
            f"{_source(n)}{_CHECKED}",
        )
        yield (
            f"excipients {name}",
            f'[{key}.excipients]\npresent = ["sodium-chloride", "water-for-injections"]\n'
            f"complete = {'true' if n % 4 else 'false'}\n{_source(n)}{_CHECKED}",
        )


def clean_blocks() -> Blocks:
    """The tables of a file with which nothing is wrong."""
    blocks = {"file": 'version = "large-2026.11"\n', **dict(_references()), **dict(_groups())}
    for n in range(PRODUCTS):
        blocks.update(_substances(n))
    for n in range(PRODUCTS):
        blocks.update(_products(n))
    return blocks


def as_text(blocks: Blocks) -> str:
    """The file."""
    return "\n".join(blocks.values())


@dataclass(frozen=True, order=True)
class Found:
    """A finding: what a test compares. Of no other severity than error and warning."""

    line: int
    column: int
    end_line: int
    end_column: int
    rule: str


_MARK: Final = re.compile(r"⟪([a-z0-9-]+):(.*?)⟫", re.DOTALL)


def marked(rule: str, words: str) -> str:
    """`words`, marked as what the linter is to point at."""
    return f"⟪{rule}:{words}⟫"


def without_marks(text: str) -> tuple[str, list[Found]]:
    """`text` without its marks, and what they say is found where."""
    parts: list[str] = []
    found: list[Found] = []
    at, line, column = 0, 1, 1
    for mark in _MARK.finditer(text):
        line, column = _behind(text[at : mark.start()], line, column)
        end_line, end_column = _behind(mark[2], line, column)
        found.append(Found(line, column, end_line, end_column, mark[1]))
        parts += [text[at : mark.start()], mark[2]]
        at, line, column = mark.end(), end_line, end_column
    return "".join([*parts, text[at:]]), found


def _behind(text: str, line: int, column: int) -> tuple[int, int]:
    """The line and column behind `text`, which begins at a line and column."""
    lines = text.count("\n")
    return (line + lines, len(text) - text.rfind("\n")) if lines else (line, column + len(text))


# The mistakes. The numbers of products are multiples of ten or next to one, and each has one
# mistake, but for product 20 (two in one product) and specialty 10.5 (two in one table).

_WORDS: Final = (
    # Shapes.
    ("specialty 10.5", "brand =", '⟪unknown-key:maker⟫ = "Exemplar"\nbrand ='),
    ("specialty 10.5", "routes =", '⟪unknown-key:route⟫ = ["intradermal"]\nroutes ='),
    ("product 20", "names =", "⟪unknown-key:nmaes⟫ ="),
    ("marketing 20.5", "2026-11-21", '⟪wrong-type:"2026-11-21"⟫'),
    ("contraindication 70.1", '"review"', '⟪unknown-word:"revue"⟫'),
    ("product 90", '"draining"', '"draining", ⟪unknown-effect:"drainage"⟫'),
    ("specialty 100.5", '"Exemplex0100"', '⟪empty-value:""⟫'),
    ("contraindication 110.0", '"pregnancy"', '⟪malformed-id:"Pregnancy"⟫'),
    # Ids.
    ("product 120", '"leaflet0012"', '⟪unknown-reference:"leaflet9999"⟫'),
    ("contraindication 140.1", '"breastfeeding"', '⟪unknown-condition:"breast-feeding"⟫'),
    ("substance 150", '"exemplins0003"', '⟪unknown-group:"exemplins9999"⟫'),
    ("product 160", '"exemplin0160"]', '⟪unknown-substance:"exemplin9999"⟫]'),
    ("harm 171", '"exemplin0170"', '⟪unknown-allergen:"exemplin9999"⟫'),
    # Names and codes.
    ("product 180", '"Exempl. 0180"', '⟪name-claimed-twice:"EXEMPLEX-0200"⟫'),
    ("specialty 190.5", '"60019005"', '⟪name-claimed-twice:"60018005"⟫'),
    ("substance 200", "names = [", 'names = [⟪empty-name:"…"⟫, '),
    ("specialty 210.50", f'"{cip13(21050)}"', f'⟪code-claimed-twice:"{cip13(21005)}"⟫'),
    ("excipients 220.5", 's"]', 's", ⟪repeated-entry:"sodium-chloride"⟫]'),
    ("specialty 230.5", '"Exemplex0230"', '⟪brand-unlike-its-name:"Exempla0230"⟫'),
    ("product 430", '"Exempl. 0430"', '⟪corticosteroid-in-a-name:"Exempl. + Dexaméthasone"⟫'),
    ("product 440", '"Exempl. 0440"', '⟪mixed-scripts:"Ex\N{CYRILLIC SMALL LETTER IE}mpl. 0440"⟫'),
    ("substance 450", '"90450"', '⟪substance-described-twice:"90440"⟫'),
    ("substance 460", f'"{_atc(460)}"', f'⟪atc-claimed-twice:"{_atc(454)}"⟫'),
    ("substance 240", f'"{_atc(240)}"', f'⟪malformed-atc:"{_atc(240)[:-1]}"⟫'),
    ("specialty 250.5", '"60025005"', '⟪malformed-cis:"70025005"⟫'),
    ("specialty 260.5", f'"{cip13(26005)}"', f'⟪malformed-cip13:"{cip13(26005)[:12]}"⟫'),
    ("specialty 271.5", f'"{cip13(27105)}"', f'⟪malformed-cip13:"{cip13(27106)[:12]}0"⟫'),
    ("substance 280", '"90280"', '⟪malformed-bdpm-code:"0280"⟫'),
    ("specialty 290.5", '"5 mg/ml"\nc', '⟪malformed-unit:"5 mgs/ml"⟫\nc'),
    # Amounts and maxima.
    ("specialty 470.5", '"5 mg", volume', '⟪amount-unlike-strength:"50 mg"⟫, volume'),
    ("specialty 480.5", '= "exemplin0480"', '= ⟪amount-of-absent-substance:"benzyl-alcohol"⟫'),
    (
        "specialty 490.5",
        'amounts = [{ substance = "exemplin0490"',
        f'amounts = [{_amount(490, 5)}, {{ substance = ⟪repeated-amount:"exemplin0490"⟫',
    ),
    (
        "specialty 510.5",
        "amounts = [",
        f"amounts = [{_amount(510, 1, 'part = ⟪part-without-name:true⟫, ')}, ",
    ),
    (
        "specialty 520.5",
        _amount(520, 5),
        marked("name-in-one-language", _amount(520, 5, 'en = "salt", ')),
    ),
    ("specialty 530.5", '["2 mL"]', '[⟪malformed-quantity:"2,5 mL"⟫]'),
    ("maximum 540", '"200 mg"', '⟪maximum-in-another-unit:"200 [iU]"⟫'),
    ("maximum 550", '"200 mg"', '⟪unknown-unit:"200 MG"⟫'),
    # Sources and dates.
    ("reference 30", '"2026-04-03"', '⟪malformed-date:"2026-13-03"⟫'),
    ("reference 31", '"2026-05-04"', '⟪dated-after-its-check:"2026-12"⟫'),
    ("marketing 320.5", "2010-01-31", "⟪dated-after-its-check:2026-12-24⟫"),
    ("excipients 330.5", "2026-11-21", "⟪stale-fact:2025-11-20⟫"),
    ("product 340", "2026-11-21", "⟪checked-in-the-future:2026-11-23⟫"),
    ("reference 60", '"EX', '"⟪toml-1-1-syntax:\\x45⟫X'),
    # Products and groups.
    ("product 350", 'plin0350"]', 'plin0350", ⟪corticosteroid-with-effect:"dexamethasone"⟫]'),
    ("product 360", '["draining"]', "⟪product-without-effect:[]⟫"),
    ("product 370", '"scar"', '"scar", ⟪effect-unlike-atc:"draining"⟫'),
    ("product 380", '["decontracturant"]', '⟪effect-of-atc-missing:["anti-oedema"]⟫'),
    ("specialty 390.5", '"solution injectable"\n', '⟪form-not-injected:"solution buvable"⟫\n'),
    ("specialty 390.5", '"intramuscular", "sub', '"oral", ⟪routes-unlike-form:"sub'),
    ("specialty 390.5", 'cutaneous"]', 'cutaneous"⟫]'),
    ("contraindication 410.1", '"review"', '⟪contradictory-contraindications:"review"⟫'),
    ("substance 420", "atc = [", 'atc = [⟪substance-outside-its-group:"H05BA91"⟫, '),
)
"""A block, and the words of it that are replaced; the replacement has the mark."""

_COMPANY: Final = (
    # A muscle relaxant with another effect, and one condition in two severities.
    ("substance 380", "atc = [", 'atc = ["C05CT99", '),
    ("contraindication 410.1", '"breastfeeding"', '"pregnancy"'),
)
"""As `_WORDS`, without a mark: what makes a mistake of another block one."""

_LACKING: Final = (
    ("specialty 31.5", "missing-key", 'strength = "5 mg/ml"\n'),
    ("contraindication 40.0", "fact-without-source", 'source = "leaflet0004"\n'),
    ("maximum 560", "maximum-without-route", 'routes = ["intramuscular"]\n'),
)
"""A block, and the line of it that is taken out, which its header is blamed for."""

_LEAFLET: Final = 'source = "leaflet0000"\nchecked = 2026-11-21\n'
_SUPPRESSION: Final = (
    '[[{}]]\nfinding = {}\nat = "products.exemplin0500"\n{}author = "Dr Exemplar"\nexpires = {}\n'
)
_REASON: Final = 'reason = "For drinking only."\n'
_ADDED: Final = (
    f'[groups.⟪id-unlike-its-names:oddities⟫]\nfr = "divers"\nen = "various"\n'
    f'evidence = "possible"\n{_LEAFLET}',
    f'[substances.oddity]\nen = "oddity"\ngroups = ["oddities"]\n{_LEAFLET}',
    f'[conditions.⟪condition-without-use:exemplitis⟫]\nfr = "exemplite"\nen = "exemplitis"\n'
    f"{_LEAFLET}",
    f'[conditions.⟪look-alike-ids:exemplitos⟫]\nfr = "exemplose"\nen = "exemplosis"\n'
    f'implies = ["pregnancy"]\n{_LEAFLET}',
    f'[conditions.young]\nfr = "jeune"\nen = "young"\nyounger_than_months = 24\n'
    f'implies = ["under-30-months", ⟪age-unlike-implication:"younger"⟫]\n{_LEAFLET}',
    f'[conditions.younger]\nfr = "plus jeune"\nen = "younger"\nnames = ["age under 1 year"]\n'
    f'younger_than_months = ⟪age-unlike-its-name:11⟫\nimplies = ["young"]\n{_LEAFLET}',
    f'[conditions.youngest]\nfr = "le plus jeune"\nen = "youngest"\nyounger_than_months = 2\n'
    f'implies = ⟪age-without-implication:["pregnancy"]⟫\n{_LEAFLET}',
    f'[substances.oddcortin]\nen = ⟪corticosteroid-by-its-name:"oddcortin"⟫\n{_LEAFLET}',
    '[references.⟪reference-without-use:nobody⟫]\ntitle = "X"\nchecked = 2026-11-21\n',
    '[references.⟪malformed-id:Leaflet_X⟫]\ntitle = "X"\nchecked = 2026-11-21\n',
    '[references.⟪taken-id:bdpm⟫]\ntitle = "BDPM"\nchecked = 2026-11-21\n',
    f'[groups.⟪group-without-member:nothings⟫]\nfr = "riens"\nen = "nothings"\n'
    f'evidence = "possible"\n{_LEAFLET}',
    _SUPPRESSION.format(
        "⟪unused-suppression:suppressions⟫", '"form-not-injected"', _REASON, "2027-11-21"
    ),
    _SUPPRESSION.format(
        "suppressions", '"form-not-injected"', _REASON, "⟪expired-suppression:2026-11-20⟫"
    ),
    _SUPPRESSION.format(
        "suppressions", '⟪unknown-lint-rule:"form-not-injectd"⟫', _REASON, "2027-11-21"
    ),
    _SUPPRESSION.format("suppressions", '⟪suppressed-error:"taken-id"⟫', _REASON, "2027-11-21"),
    _SUPPRESSION.format(
        "suppressions", '"form-not-injected"', _REASON, "⟪endless-suppression:2029-01-01⟫"
    ),
    _SUPPRESSION.replace('"products.exemplin0500"', '⟪boundless-suppression:"products"⟫').format(
        "suppressions", '"form-not-injected"', _REASON, "2027-11-21"
    ),
    _SUPPRESSION.format(
        "⟪suppression-without-reason:suppressions⟫", '"form-not-injected"', "", "2027-11-21"
    ),
)
"""Tables behind the last one; those without a mark are company."""


def planted() -> tuple[str, list[Found]]:
    """The file with 72 mistakes, and where each is to be found."""
    blocks = clean_blocks()
    for block, before, after in (*_WORDS, *_COMPANY):
        assert blocks[block].count(before) == 1, (block, before)
        blocks[block] = blocks[block].replace(before, after)
    for block, rule, line in _LACKING:
        header = blocks[block].partition("\n")[0].strip("[]")
        assert line in blocks[block], (block, line)
        blocks[block] = blocks[block].replace(line, "").replace(header, marked(rule, header), 1)
    return without_marks("\n".join([as_text(blocks), *_ADDED]))
