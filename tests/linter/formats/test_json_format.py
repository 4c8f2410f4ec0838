import json

from hypothesis import given
from hypothesis import strategies as st
from linter.formats.lint_reports import BAD_GROUP, NOT_TOML, RULES, hostile_reports, report_of

from mesomix import __version__
from mesomix.evidence import Language
from mesomix.linter.formats.json_format import as_json, json_report
from mesomix.linter.lint_report import LintReport

EN, FR = Language.EN, Language.FR


def test_a_report_has_these_fields() -> None:
    report = report_of(BAD_GROUP, beside=("beside.toml",), suppressed=3)
    assert json.loads(json_report(report, RULES, FR)) == {
        "version": __version__,
        "files": ["data/products.toml", "data/more.toml", "bad.toml"],
        "beside": ["beside.toml"],
        "diagnostics": [
            {
                "code": "unknown-group",
                "severity": "error",
                "message": "le groupe exemplin n'est défini nulle part",
                "help": "Écrire exemplins.",
                "filename": "data/products.toml",
                "key": "products.exemplin.groups[0]",
                "location": {"row": 12, "column": 11},
                "end_location": {"row": 12, "column": 21},
                "excerpt": 'groups = ["exemplin"]',
                "others": [],
                "fingerprint": "0a1b",
            }
        ],
        "not_checked": {},
        "suppressed": 3,
        "status": 1,
    }


def test_a_whole_file_has_no_location() -> None:
    (found,) = json.loads(json_report(report_of(NOT_TOML), RULES, EN))["diagnostics"]
    assert found["location"] is None
    assert found["end_location"] is None
    assert not found["key"]


def test_what_prints_is_kept_and_the_rest_is_escaped() -> None:
    assert as_json("né 漢") == '"né 漢"'
    assert as_json("é\ud800\u202e\x85\U000e0001") == '"é\\ud800\\u202e\\u0085\\udb40\\udc01"'


@given(hostile_reports, st.sampled_from(Language))
def test_nothing_is_lost(report: LintReport, language: Language) -> None:
    read = json.loads(json_report(report, RULES, language).encode())
    for found, written in zip(report.diagnostics, read["diagnostics"], strict=True):
        assert _code_units(written["message"]) == _code_units(found.message[language])
        assert _code_units(written["filename"]) == _code_units(found.place.file)
        assert _code_units(written["key"]) == _code_units(found.place.key)
        assert _code_units(written["excerpt"]) == _code_units(found.place.excerpt)
        assert len(written["others"]) == len(found.others)


def _code_units(text: str) -> bytes:
    # To JSON, the two halves of a pair that Python keeps apart are one character.
    return text.encode("utf-16", "surrogatepass")
