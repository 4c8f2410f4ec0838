"""What is wrong with the shape of a file is said once, where it is, and hides nothing else."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path as FilePath
from typing import Any, Final

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

import mesomix
from mesomix.linter import LINT_RULES, LintReport, LintSeverity, lint
from mesomix.linter.diagnostic import Path

Write = Callable[..., FilePath]
AS_OF: Final = date(2026, 11, 21)
SPECIALTY: Final = "products.exemplin.specialties.exemplar-5-mg"

# By what is wrong: a text of the sound file, what is written instead, the lint rule, and the path.
FAULTS: Final = {
    "unknown table": ('version = "', 'rules = {}\nversion = "', "unknown-key", "rules"),
    "unknown key": ('brand = "', 'maker = 1\nbrand = "', "unknown-key", f"{SPECIALTY}.maker"),
    "unknown key of an inline table": (
        '{ state = "stopped"',
        '{ a = 1, state = "stopped"',
        "unknown-key",
        f"{SPECIALTY}.marketing.a",
    ),
    "unknown key with what pydantic calls keys": (
        'brand = "',
        '"[key]" = 1\nbrand = "',
        "unknown-key",
        f"{SPECIALTY}.[key]",
    ),
    "missing key": ('brand = "Exemplar"\n', "", "missing-key", f"{SPECIALTY}.brand"),
    "missing table": (
        'marketing = { state = "stopped", source = "leaflet", checked = 2026-11-21 }\n',
        "",
        "missing-key",
        f"{SPECIALTY}.marketing",
    ),
    "missing day": (
        'title = "A leaflet"\ndate = "2026-10"\nchecked = 2026-11-21',
        'title = "A leaflet"\ndate = "2026-10"',
        "missing-key",
        "references.leaflet.checked",
    ),
    "missing source": (
        'state = "stopped", source = "leaflet"',
        'state = "stopped"',
        "fact-without-source",
        f"{SPECIALTY}.marketing.source",
    ),
    "text for a list": (
        'effects = ["draining"]',
        'effects = "draining"',
        "wrong-type",
        "products.exemplin.effects",
    ),
    "text for a table": (
        'version = "trial"\n\n[references.leaflet]',
        'version = "trial"\ngroups.all = "x"\n\n[references.leaflet]',
        "wrong-type",
        "groups.all",
    ),
    "number for a word": ('"draining"', "5", "wrong-type", "products.exemplin.effects[0]"),
    "number for a text": ('"5 mg"', "5", "wrong-type", f"{SPECIALTY}.strength"),
    "number for an id": ('["house-rules"]', "[5]", "wrong-type", "substances.exemplin.also[0]"),
    "text for true": (
        "complete = true",
        'complete = "true"',
        "wrong-type",
        f"{SPECIALTY}.excipients.complete",
    ),
    "list of tables for a table": (
        "[products.exemplin]",
        "[[products.exemplin]]",
        "wrong-type",
        "products.exemplin",
    ),
    "table for a list of tables": (
        "[[groups.exemplins.reached_from]]",
        "[groups.exemplins.reached_from]",
        "wrong-type",
        "groups.exemplins.reached_from",
    ),
    "unknown word": ('"stopped"', '"paused"', "unknown-word", f"{SPECIALTY}.marketing.state"),
    "unknown word alone in a list that has to hold one": (
        '"intradermal"',
        '"intra-dermal"',
        "unknown-word",
        f"{SPECIALTY}.routes[0]",
    ),
    "number alone in a list that has to hold one": (
        'substances = ["exemplin"]',
        "substances = [5]",
        "wrong-type",
        "products.exemplin.substances[0]",
    ),
    "unknown reference, where no other says how old the fact is": (
        'complete = true\nsource = "leaflet"',
        'complete = true\nsource = "leaflt"',
        "unknown-reference",
        f"{SPECIALTY}.excipients.source",
    ),
    "date of a reference that is none": (
        '"2026-10"',
        '"10/2026"',
        "malformed-date",
        "references.leaflet.date",
    ),
    "unknown effect": ('"draining"', '"drain"', "unknown-effect", "products.exemplin.effects[0]"),
    "empty text": ('"solution injectable"', '" "', "empty-value", f"{SPECIALTY}.form"),
    "empty list": ('["intradermal"]', "[]", "empty-value", f"{SPECIALTY}.routes"),
    "short CIS": ('"69999999"', '"6999999"', "malformed-cis", f"{SPECIALTY}.cis"),
    "CIP13 with a letter": (
        '"3400999999991"',
        '"340099999999X"',
        "malformed-cip13",
        f"{SPECIALTY}.cip13[0]",
    ),
    "unit in small letters": (
        'containers = ["2 mL"]',
        'containers = ["2 ml"]',
        "unknown-unit",
        f"{SPECIALTY}.containers[0]",
    ),
    "unit of another kind": (
        'amount = "5 mg"',
        'amount = "5 mL"',
        "unknown-unit",
        f"{SPECIALTY}.amounts[0].amount",
    ),
    "decimal comma": (
        'amount = "5 mg"',
        'amount = "5,5 mg"',
        "malformed-quantity",
        f"{SPECIALTY}.amounts[0].amount",
    ),
    "volume without which it would be another strength": (
        'amount = "5 mg"',
        'amount = "10 mg"\nvolume = "4 ml"',
        "unknown-unit",
        f"{SPECIALTY}.amounts[0].volume",
    ),
    "misspelt volume without which it would be another strength": (
        'amount = "5 mg"',
        'amount = "10 mg"\nvolme = "4 mL"',
        "unknown-key",
        f"{SPECIALTY}.amounts[0].volme",
    ),
    "part that is no part without its word": (
        'amount = "5 mg"',
        'amount = "1 mg"\nfr = "sel"\nen = "salt"\npart = "yes"',
        "wrong-type",
        f"{SPECIALTY}.amounts[0].part",
    ),
    "part whose name is no text": (
        "\n[products.exemplin.specialties.exemplar-5-mg.excipients]",
        f'\n[[{SPECIALTY}.amounts]]\nsubstance = "exemplin"\namount = "1 mg"\npart = true\n'
        'fr = 1\nsource = "leaflet"\nchecked = 2026-11-21\n'
        "\n[products.exemplin.specialties.exemplar-5-mg.excipients]",
        "wrong-type",
        f"{SPECIALTY}.amounts[1].fr",
    ),
    "number for a quantity": (
        'amount = "5 mg"',
        "amount = 5",
        "wrong-type",
        f"{SPECIALTY}.amounts[0].amount",
    ),
    "empty quantity": (
        'amount = "5 mg"',
        'amount = " "',
        "empty-value",
        f"{SPECIALTY}.amounts[0].amount",
    ),
    "maximum that is no quantity, beside an amount of another kind": (
        "maximum_doses = []",
        'maximum_doses = [{ amount = "5 UI", per = "day", routes = ["intradermal"], '
        'source = "leaflet", checked = 2026-11-21 }]',
        "unknown-unit",
        "substances.exemplin.maximum_doses[0].amount",
    ),
    "routes of a maximum that are no list": (
        "maximum_doses = []",
        'maximum_doses = [{ amount = "5 mg", per = "day", routes = "intradermal", '
        'source = "leaflet", checked = 2026-11-21 }]',
        "wrong-type",
        "substances.exemplin.maximum_doses[0].routes",
    ),
    "excipient that is no id, which the amount may be of": (
        "\n[products.exemplin.specialties.exemplar-5-mg.excipients]\npresent = [",
        f'\n[[{SPECIALTY}.amounts]]\nsubstance = "benzyl-alcohol"\namount = "1 mg"\n'
        'source = "leaflet"\nchecked = 2026-11-21\n'
        '\n[products.exemplin.specialties.exemplar-5-mg.excipients]\npresent = ["Benzyl alcohol", ',
        "malformed-id",
        f"{SPECIALTY}.excipients.present[0]",
    ),
    "no id as a key": (
        "[conditions.gout]",
        '[conditions."l\'épistaxis"]\nfr = "épistaxis"\nen = "epistaxis"\nsource = "leaflet"\n'
        "checked = 2026-11-21\n[conditions.gout]",
        "malformed-id",
        "conditions.l'épistaxis",
    ),
    "no id as a value": (
        'allergen = "exemplin"',
        'allergen = "Exemplin"',
        "malformed-id",
        "groups.exemplins.reached_from[0].allergen",
    ),
    "a key that is no id, of what is no table": (
        'version = "trial"',
        'version = "trial"\nconditions."X" = 1',
        "malformed-id, wrong-type",
        "conditions.X, conditions.X",
    ),
    "a table that is called what pydantic calls keys": (
        'version = "trial"',
        'version = "trial"\nconditions."[key]" = 1',
        "malformed-id, wrong-type",
        "conditions.[key], conditions.[key]",
    ),
}


def found(report: LintReport) -> list[tuple[str, str]]:
    return sorted((d.rule, d.place.key) for d in report.diagnostics)


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_of_shape_is_one_problem(fault: str, sound: str, write: Write) -> None:
    right, wrong, rules, keys = FAULTS[fault]
    assert right in sound
    path = write(sound.replace(right, wrong, 1))
    expected = list(zip(rules.split(", "), keys.split(", "), strict=True))
    assert found(lint(path, as_of=AS_OF)) == expected


def test_the_sound_file_is_clean(sound: str, write: Write) -> None:
    path = write(sound)
    assert found(lint(path, as_of=AS_OF)) == []
    assert "exemplin" in mesomix.load(path).products


def test_behind_a_fault_of_shape_the_rest_of_the_table_is_judged(sound: str, write: Write) -> None:
    wrong = (
        sound.replace('substances = ["exemplin"]', 'substances = ["exemplin", "exemplo", 7]')
        .replace('effects = ["draining"]', 'effects = "draining"')
        .replace("[conditions.gout]", "[conditions.Gout]")
        .replace('also = ["house-rules"]', 'also = ["house-rule"]')
    )
    assert found(lint(write(wrong), as_of=AS_OF)) == [
        ("malformed-id", "conditions.Gout"),
        ("unknown-condition", "substances.exemplin.contraindications[0].condition"),
        ("unknown-reference", "substances.exemplin.also[0]"),
        ("unknown-substance", "products.exemplin.substances[1]"),
        ("wrong-type", "products.exemplin.effects"),
        ("wrong-type", "products.exemplin.substances[2]"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'effects = ["draining"]',
            'effect = "x"\neffects = ["drainage"]',
            [
                ("unknown-effect", "products.exemplin.effects[0]"),
                ("unknown-key", "products.exemplin.effect"),
            ],
        ),
        (
            'effects = ["draining"]',
            'effect = "x"\neffects = []',
            [
                ("product-without-effect", "products.exemplin.effects"),
                ("unknown-key", "products.exemplin.effect"),
            ],
        ),
        ('effects = ["draining"]', 'effect = "x"', [("unknown-key", "products.exemplin.effect")]),
        (
            'effects = ["draining"]\nsource = "leaflet"',
            'effects = ["draining"]\nsources = []\nsource = "leaflets"',
            [
                ("unknown-key", "products.exemplin.sources"),
                ("unknown-reference", "products.exemplin.source"),
            ],
        ),
        (
            'effects = ["draining"]\nsource = "leaflet"',
            'effects = ["draining"]\nsources = ["leaflets"]',
            [("unknown-key", "products.exemplin.sources")],
        ),
        (
            'substances = ["exemplin"]\n',
            'substances = ["exemplin"]\nname = "…"\nnames = ["…"]\n',
            [
                ("empty-name", "products.exemplin.names[0]"),
                ("unknown-key", "products.exemplin.name"),
            ],
        ),
        (
            'substances = ["exemplin"]\n',
            'substances = ["exemplin"]\nname = "…"\n',
            [("unknown-key", "products.exemplin.name")],
        ),
    ],
)
def test_a_known_key_that_is_present_is_judged_beside_an_unknown_one_that_is_near(
    old: str, new: str, expected: list[tuple[str, str]], sound: str, write: Write
) -> None:
    assert sound.count(old) == 1
    assert found(lint(write(sound.replace(old, new)), as_of=AS_OF)) == expected


def test_what_is_wrong_in_a_table_without_a_proper_id_is_told_where_it_is_written(
    sound: str, write: Write
) -> None:
    wrong = sound.replace(".exemplar-5-mg", ".Exemplar_5").replace('"stopped"', '"paused"')
    wrong = wrong.replace('present = ["exemplin"]', 'present = ["exemplo"]')
    place = "products.exemplin.specialties.Exemplar_5"
    report = lint(write(wrong), as_of=AS_OF)
    assert found(report) == [
        ("malformed-id", place),
        ("unknown-substance", f"{place}.excipients.present[0]"),
        ("unknown-word", f"{place}.marketing.state"),
    ]
    assert all(d.place.span for d in report.diagnostics)


def test_the_table_of_a_conflict_is_named_as_it_is_written(sound: str, write: Write) -> None:
    twin = '[groups.Exemplins_2]\nfr = "exemplines"\nen = "twins"\nevidence = "label"\n'
    wrong = f'{sound}\n{twin}source = "leaflet"\nchecked = 2026-11-21\n'
    report = lint(write(wrong), select=["name-claimed-twice"])
    (clash,) = report.diagnostics
    assert clash.place.key == "groups.Exemplins_2.fr"
    both = "groups.Exemplins_2, and groups.exemplins"
    assert clash.message.en == f"two things have the name 'exemplines': {both}"
    assert clash.message.fr == (
        "deux choses ont le nom « exemplines » : groups.Exemplins_2, et groups.exemplins"
    )


def test_a_proposed_id_is_an_id(sound: str, write: Write) -> None:
    (found,) = lint(write(sound.replace(".exemplar-5-mg", '."Exemplar 0,8 %"'))).diagnostics
    assert found.help.en.endswith("joined by dashes: exemplar-0-8")
    assert found.help.fr.endswith("par des tirets : exemplar-0-8")


# --- The law ------------------------------------------------------------------------------------

_WORDS: Final = [
    *("exemplin", "exemplins", "exemplar-5-mg", "procaine", "nsaid", "corticosteroid", "gout"),
    *("pregnancy", "leaflet", "bdpm", "draining", "scar", "refuse", "review", "label", "oral"),
    *("Exemplin", "EXEMPLAR 5 mg, solution injectable", "5 mg", "N01BB02", "60000000", "2026"),
    *("3400999999991", "products.exemplin", "product-without-effect", "unknown-key", "", " ", "-"),
]
_KEYS: Final = [
    *("version", "references", "conditions", "groups", "substances", "products", "suppressions"),
    *("fr", "en", "names", "brands", "atc", "source", "also", "checked", "specialties", "cis"),
    *("excipients", "contraindications", "mixing_forbidden", "reported_harms", "implies", "[key]"),
]
_texts: Final = st.sampled_from(_WORDS) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=6
)
_keys: Final = st.sampled_from([*_KEYS, *_WORDS]) | _texts
_scalars: Final = st.one_of(
    _texts,
    st.booleans(),
    st.integers(),
    st.integers(min_value=-(10**30), max_value=10**30),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
)
_values: Final = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=6,
)


def as_toml(table: dict[str, Any]) -> str:
    """A table as TOML 1.0, with a line for each of its keys."""
    return "".join(f"{json_text(key)} = {_value(value)}\n" for key, value in table.items())


def json_text(text: str) -> str:
    # A basic string of TOML is one of JSON, but for the character of deletion.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json_text(value)
        case int() | float():
            return str(value)
        case date() | datetime() | time():
            return value.isoformat()
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            pairs = (f"{json_text(key)} = {_value(inner)}" for key, inner in value.items())
            return f"{{ {', '.join(pairs)} }}"


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of all values in `value`, but for itself."""
    items: Any = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for step, inner in items:
        yield (*path, step)
        yield from _paths(inner, (*path, step))


def _break(draw: st.DrawFn, whole: dict[str, Any]) -> None:
    """Change one thing in `whole`, which is a table of tables and lists."""
    places = list(_paths(whole))
    if not places:
        return
    *steps, last = draw(st.sampled_from(places))
    around: Any = whole
    for step in steps:
        around = around[step]
    match draw(st.sampled_from(["value", "value", "word", "delete", "rename", "add", "twice"])):
        case "value":
            around[last] = draw(_values)
        case "word":
            around[last] = draw(_texts)
        case "delete":
            del around[last]
        case "rename" if isinstance(around, dict):
            around[draw(_keys)] = around.pop(last)
        case "twice" if isinstance(around, dict):
            around[draw(_keys)] = around[last]
        case "rename" | "twice":
            around.append(around[last])
        case _ if isinstance(around[last], dict):
            around[last][draw(_keys)] = draw(_values)
        case _ if isinstance(around[last], list):
            around[last].append(draw(_values))


@st.composite
def broken(draw: st.DrawFn, sound: str) -> str:
    """The TOML of what `sound` holds, with up to five changes."""
    whole = tomli.loads(sound)
    for _ in range(draw(st.integers(1, 5))):
        _break(draw, whole)
    return as_toml(whole)


@pytest.mark.slow
@given(data=st.data())
def test_no_broken_file_is_called_sound_and_none_raises(
    data: st.DataObject, sound: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "broken.toml"
    text = data.draw(broken(sound))
    path.write_bytes(text.encode())
    report = lint(path, as_of=AS_OF)
    wrong = report.count(LintSeverity.ERROR)
    try:
        mesomix.load(path)
    except mesomix.DataError:
        assert wrong
        assert report.status != 0
    check_places(report, path, text)
    check_words(report)


def check_places(report: LintReport, path: FilePath, text: str) -> None:
    lines = text.split("\n")
    assert len({d.fingerprint for d in report.diagnostics}) == len(report.diagnostics)
    for place in (p for d in report.diagnostics for p in (d.place, *d.others)):
        if place.file == str(path) and place.path:
            assert place.span is not None
            assert place.excerpt == lines[place.span.line - 1]
            assert place.span.column <= len(place.excerpt)


def check_words(report: LintReport) -> None:
    severities = {rule.id: rule.severity for rule in LINT_RULES}
    for diagnostic in report.diagnostics:
        assert severities[diagnostic.rule] is diagnostic.severity
        for text in (diagnostic.message, diagnostic.help):
            assert "stand-in" not in text.fr + text.en
            assert text.fr.isprintable()
            assert text.en.isprintable()
