"""The evaluation of rules: what is asked, what is left open, and what is remembered."""

from dataclasses import replace
from pathlib import Path

import pytest

import mesomix
from mesomix import rules
from mesomix.rules import RULES

CITES = [mesomix.Citation("house-rules", "H1")]
REVIEW, NOTE, REFUSE = mesomix.Severity.REVIEW, mesomix.Severity.NOTE, mesomix.Severity.REFUSE
CLEAN = ("Procaïne Lavoisier 20 mg/ml", "Maginjectable")
NO_OBJECTION = mesomix.Verdict.NO_OBJECTION


@mesomix.rule(REFUSE, fr="non à {fact}", en="no to {fact}", cites=CITES)
def denied(fact: mesomix.Fact) -> mesomix.Flags:
    """A no to porphyria, which is what this house wants to hear of."""
    if fact.condition.id == "porphyria" and fact.answer is mesomix.Answer.NO:
        yield mesomix.flag()


@mesomix.rule(NOTE, fr="{fact}", en="{fact}", cites=CITES)
def noted(fact: mesomix.Fact) -> mesomix.Flags:
    """A yes to porphyria, as a note."""
    if fact.yes("porphyria"):
        yield mesomix.flag()


@mesomix.rule(REFUSE, fr="{product}, {fact}", en="{product}, {fact}", cites=CITES)
def by_product(product: mesomix.Product, fact: mesomix.Fact) -> mesomix.Flags:
    """Porphyria: a refusal with Miorel, a review with anything else. Asthma: a review."""
    if fact.yes("porphyria"):
        yield mesomix.flag(severity=REFUSE if "miorel" in product.id else REVIEW)
        yield mesomix.flag(severity=NOTE)
    if fact.yes("asthma"):
        yield mesomix.flag(severity=REVIEW)


OF_DOSES = {
    *("above-label-dose", "day-less-than-mixture", "label-dose-share", "dose-unknown"),
    "excipient-amount",
}
"""The ids of the rules that look at amounts."""


def open_but_for(report: mesomix.Report, *without: mesomix.Reason) -> list[mesomix.NotChecked]:
    """What was not checked for another reason than these."""
    return [one for one in report.not_checked if one.reason not in without]


def open_for_the_patient(report: mesomix.Report) -> list[mesomix.NotChecked]:
    """What was not checked of the mixture and the patient: neither of a session nor of amounts."""
    told = mesomix.Reason
    return open_but_for(report, told.SESSION_NOT_DESCRIBED, told.AMOUNT_NOT_WRITTEN)


def reasons(report: mesomix.Report) -> dict[tuple[str, str], set[str]]:
    return {
        (one.rule, one.reason.value): {a.id or a.name.fr for a in one.about}
        for one in open_for_the_patient(report)
    }


def of_the_session(*parts: str) -> set[str]:
    """The ids of the rules that look at these parts of a session, or at any."""
    looked_at = set(parts or ("depth_mm", "days_since_last", "session_number"))
    return {rule.id for rule in RULES if looked_at & set(rule.scope.value)}


def test_a_rulebook_is_a_collection_of_its_rules() -> None:
    book = mesomix.Rulebook([denied, noted])
    assert list(book) == [denied, noted]
    assert len(book) == 2
    assert book["noted"] is noted
    with pytest.raises(KeyError):
        book["nobody"]


def test_two_rules_of_one_id_are_refused() -> None:
    other = replace(denied, severity=NOTE)
    with pytest.raises(ValueError, match=r"^two rules have one id: denied$"):
        mesomix.Rulebook([denied, noted, other])
    with pytest.raises(ValueError, match=r"^two rules have one id: denied, noted$"):
        mesomix.Rulebook([noted, denied, denied, noted])


def test_the_digest_is_of_what_the_rules_say() -> None:
    one = mesomix.Rulebook([denied]).digest
    assert one == mesomix.Rulebook([denied]).digest
    others = [
        replace(denied, severity=NOTE),
        replace(denied, situation="Another."),
        replace(denied, message=mesomix.Text("{fact}", "{fact}")),
        replace(denied, cites=(mesomix.Citation("bdpm"),)),
        replace(denied, id="another"),
    ]
    digests = {mesomix.Rulebook([other]).digest.sha256 for other in others}
    assert len(digests) == len(others)
    assert one.sha256 not in digests
    assert len(one.sha256) == 64


def test_a_mixture_and_a_patient_are_what_a_formulary_made(formulary: mesomix.Formulary) -> None:
    mixture = formulary.mixture("Miorel")
    with pytest.raises(TypeError, match=r"^the mixture must be what formulary.mixture\(...\) ret"):
        mesomix.check("Miorel")  # pyrefly: ignore[bad-argument-type]
    with pytest.raises(TypeError, match=r"^the patient must be what formulary.patient\(...\) ret"):
        mesomix.check(mixture, {"pregnancy": True})  # pyrefly: ignore[bad-argument-type]


def test_words_beside_a_product_leave_open_what_they_may_be(formulary: mesomix.Formulary) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    about_products = {r.id for r in RULES if {"product", "mixed_product", "a"} & set(r.scope.value)}
    report = mesomix.check(formulary.mixture("Miorel zorg"), patient)
    assert reasons(report) == {(key, "product-read-in-part"): {"zorg"} for key in about_products}
    both = mesomix.check(formulary.mixture("Miorel zorg", "blub"), patient)
    assert reasons(both) == reasons(report) | {
        (key, "product-not-recognised"): {"blub"} for key in about_products
    }
    assert both.verdict is mesomix.Verdict.REVIEW
    told = "words beside a product that were not understood"
    assert told in report.text("en")
    assert "mots non compris à côté d'un produit" in report.text()


def test_data_of_two_editions_is_not_mixed(formulary: mesomix.Formulary) -> None:
    other = mesomix.load(Path(__file__).parent / "cases" / "formularies" / "half-oral.toml")
    with pytest.raises(ValueError, match=r"^the mixture and the patient were read with different"):
        mesomix.check(formulary.mixture("Miorel"), other.patient())
    again = mesomix.load()
    patient = again.patient(allergies=["AINS"], nothing_else=True)
    report = mesomix.check(formulary.mixture("Piroxicam"), patient)
    assert report.verdict is mesomix.Verdict.REFUSE


def test_a_rule_may_cite_only_what_the_data_registers(formulary: mesomix.Formulary) -> None:
    nowhere = replace(denied, cites=(mesomix.Citation("nowhere"), mesomix.Citation("bdpm")))
    with pytest.raises(
        ValueError,
        match=r"^not registered in \[references\] of the data: denied cites 'nowhere'$",
    ):
        mesomix.Rulebook([nowhere]).check(formulary.mixture("Miorel"))
    other = replace(noted, cites=(mesomix.Citation("elsewhere"),))
    with pytest.raises(ValueError, match=r"denied cites 'nowhere'; noted cites 'elsewhere'$"):
        mesomix.Rulebook([other, nowhere]).check(formulary.mixture("Miorel"))


def test_citations_carry_what_the_data_knows_of_their_reference(
    formulary: mesomix.Formulary,
) -> None:
    report = mesomix.check(formulary.mixture("Kenacort"))
    cited = {c.reference: c for c in report.findings[0].citations}
    assert cited["martory"].title == "La mésothérapie"
    assert cited["martory"].author == "Julie Martory"
    assert cited["martory"].date == "2024-05-10"


def test_an_unasked_question_is_open_where_a_yes_or_a_no_would_object(
    formulary: mesomix.Formulary,
) -> None:
    book = mesomix.Rulebook([noted, denied])
    mixture = formulary.mixture("Miorel")
    report = book.check(mixture, formulary.patient(allergies=[]))
    assert reasons(report) == {
        ("denied", "fact-not-asked"): {"porphyria"},
        ("noted", "fact-not-asked"): {"porphyria"},
    }
    assert [one.severity for one in report.not_checked] == [NOTE, REFUSE]
    assert report.verdict is mesomix.Verdict.REVIEW
    assert report.checked == ()
    assert report.findings == ()


def test_a_note_that_could_not_be_made_changes_no_verdict(formulary: mesomix.Formulary) -> None:
    report = mesomix.Rulebook([noted]).check(
        formulary.mixture("Miorel"), formulary.patient(allergies=[])
    )
    assert [one.rule for one in report.not_checked] == ["noted"]
    assert report.verdict is mesomix.Verdict.NO_OBJECTION


def test_an_answer_is_what_its_rule_is_given(formulary: mesomix.Formulary) -> None:
    book = mesomix.Rulebook([denied, noted])
    mixture = formulary.mixture("Miorel")
    no = book.check(mixture, formulary.patient(allergies=[], porphyria=False))
    assert [finding.rule for finding in no.findings] == ["denied"]
    assert no.verdict is mesomix.Verdict.REFUSE
    assert no.checked == ("denied", "noted")
    yes = book.check(mixture, formulary.patient(allergies=[], porphyria=True))
    assert [finding.rule for finding in yes.findings] == ["noted"]


def test_what_products_leave_open_is_said_once_and_at_its_worst(
    formulary: mesomix.Formulary,
) -> None:
    book = mesomix.Rulebook([by_product])
    mixture = formulary.mixture("Dicynone", "Miorel", "Laroscorbine")
    report = book.check(mixture, formulary.patient(allergies=[]))
    (one,) = report.not_checked
    assert [about.id for about in one.about] == ["porphyria", "asthma"]  # the worst first
    assert [about.kind for about in one.about] == ["fact", "fact"]
    assert one.about[0].name == formulary.conditions["porphyria"].name
    assert one.severity is REFUSE
    assert one.reason is mesomix.Reason.FACT_NOT_ASKED
    last = book.check(formulary.mixture("Miorel", "Vit E"), formulary.patient(allergies=[]))
    assert last.not_checked[0].severity is REFUSE
    mild = book.check(
        formulary.mixture("Dicynone"), formulary.patient(allergies=[], porphyria=False)
    )
    assert [(o.severity, [a.id for a in o.about]) for o in mild.not_checked] == [
        (REVIEW, ["asthma"])
    ]


def test_without_a_patient_no_rule_about_one_runs(formulary: mesomix.Formulary) -> None:
    report = mesomix.check(formulary.mixture(*CLEAN))
    expected = {
        rule.id for rule in RULES if {"allergy", "unknown_allergy", "fact"} & set(rule.scope.value)
    }
    left = open_for_the_patient(report)
    assert {one.rule for one in left} == expected
    assert {one.reason for one in left} == {mesomix.Reason.NO_PATIENT}
    assert report.verdict is mesomix.Verdict.REVIEW
    assert report.allergies is None
    assert report.facts is None
    run = {rule.id for rule in RULES} - expected - of_the_session() - OF_DOSES
    assert set(report.checked) == run


def test_unasked_allergies_leave_every_rule_about_them_open(formulary: mesomix.Formulary) -> None:
    report = mesomix.check(formulary.mixture(*CLEAN), formulary.patient(nothing_else=True))
    expected = {(rule.id, "allergies-not-asked") for rule in RULES if "allergy" in rule.scope.value}
    assert reasons(report).keys() == expected
    assert [f.rule for f in report.findings if f.severity is REVIEW] == ["allergies-not-asked"]


def test_unrecognised_allergies_are_named_where_they_were_not_looked_for(
    formulary: mesomix.Formulary,
) -> None:
    patient = formulary.patient(allergies=["zorglub", "AINS", "zyxine"], nothing_else=True)
    report = mesomix.check(formulary.mixture(*CLEAN), patient)
    open_rules = reasons(report)
    assert all(about == {"zorglub", "zyxine"} for about in open_rules.values())
    assert {rule for rule, _ in open_rules} == {
        *("known-allergy", "possible-cross-allergy", "composition-unknown"),
        "allergen-outside-mixture",
    }
    assert report.assessed.allergies == 1
    assert report.assessed.allergies_written == 3


def test_unrecognised_products_are_named_where_they_were_not_judged(
    formulary: mesomix.Formulary,
) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    report = mesomix.check(formulary.mixture("Miorel", "abc", "xyz"), patient)
    open_rules = reasons(report)
    judging = {
        rule.id for rule in RULES if {"product", "mixed_product", "a"} & set(rule.scope.value)
    }
    assert {rule for rule, _ in open_rules} == judging
    assert all(about == {"abc", "xyz"} for about in open_rules.values())
    assert (report.assessed.products, report.assessed.products_written) == (1, 3)


def test_findings_are_in_the_order_of_their_gravity(formulary: mesomix.Formulary) -> None:
    patient = formulary.patient(allergies=["sulfites", "parabènes"], pregnancy=True)
    mixture = formulary.mixture("Laroscorbine", "Dicynone", "Miorel")
    report = mesomix.check(mixture, patient)
    grades = [(list(mesomix.Severity).index(f.severity), not f.certain) for f in report.findings]
    assert grades == sorted(grades)
    rules = [rule.id for rule in RULES]
    places = [
        (grade, rules.index(f.rule)) for grade, f in zip(grades, report.findings, strict=True)
    ]
    assert places == sorted(places)


def test_one_allergy_in_two_spellings_is_found_once(formulary: mesomix.Formulary) -> None:
    patient = formulary.patient(allergies=["sulfites", "SULFITES"], nothing_else=True)
    report = mesomix.check(formulary.mixture("Dicynone"), patient)
    assert [f.rule for f in report.findings].count("known-allergy") == 1
    assert report.assessed.allergies == 2


def test_rules_are_unchanged_by_a_house_of_its_own(formulary: mesomix.Formulary) -> None:
    house = mesomix.Rulebook([*RULES, denied])
    patient = formulary.patient(allergies=[], nothing_else=True)
    mixture = formulary.mixture(*CLEAN)
    assert house.check(mixture, patient).verdict is mesomix.Verdict.REFUSE
    report = mesomix.check(mixture, patient)
    assert report.verdict is mesomix.Verdict.NO_OBJECTION
    assert report.rules == RULES.digest
    assert report.mesomix == mesomix.__version__
    assert report.data.version == formulary.edition.version
    assert report.data.sha256 == formulary.edition.sha256


def test_every_rule_is_checked_or_not_checked(formulary: mesomix.Formulary) -> None:
    for names in ((), ("Miorel",), ("Miorel", "xyz")):
        for patient in (None, formulary.patient(), formulary.patient(allergies=["zorglub"])):
            for session in (None, mesomix.Session(), mesomix.Session(depth_mm=4)):
                report = mesomix.check(formulary.mixture(*names), patient, session)
                open_rules = {one.rule for one in report.not_checked}
                assert open_rules.isdisjoint(report.checked)
                in_order = [rule.id for rule in RULES if rule.id not in open_rules]
                assert [*report.checked] == in_order


def test_what_was_asked_is_in_the_report(formulary: mesomix.Formulary) -> None:
    mixture = formulary.mixture("Miorel", "xyz", effects=[mesomix.Effect.SCAR])
    patient = formulary.patient(allergies=["AINS", "zorglub"], pregnancy=True)
    report = mesomix.check(mixture, patient)
    assert report.products == mixture.reads
    assert [read.written for read in report.products] == ["Miorel", "xyz"]
    assert report.allergies == patient.reads
    assert report.facts == patient.facts != ()
    assert report.effects == (mesomix.Effect.SCAR,)
    assert report.session is None
    session = mesomix.Session(number=2)
    assert mesomix.check(mixture, patient, session).session is session
    alone = mesomix.check(mixture)
    assert (alone.assessed.allergies, alone.assessed.allergies_written) == (0, 0)


def test_what_did_not_run_has_the_gravity_of_its_rule(formulary: mesomix.Formulary) -> None:
    mixture = formulary.mixture("Miorel", "xyz")
    for patient in (None, formulary.patient(), formulary.patient(allergies=["zorglub"])):
        for one in mesomix.check(mixture, patient).not_checked:
            assert one.severity is RULES[one.rule].severity
            assert isinstance(one.reason, mesomix.Reason)


def test_what_a_finding_concerns_says_what_it_is(formulary: mesomix.Formulary) -> None:
    mixture = formulary.mixture("Miorel", "xyz", effects=[mesomix.Effect.SCAR])
    report = mesomix.check(mixture, formulary.patient(allergies=["zorglub"], pregnancy=True))
    kinds = {
        (about.kind, about.id or about.name.fr)
        for said in (*report.findings, *report.not_checked)
        for about in said.about
        if about.kind != "fact" or about.id == "pregnancy"
    }
    assert kinds == {
        ("product", "miorel-4-mg-2-ml"),
        ("product", "xyz"),
        ("allergy", "zorglub"),
        ("effect", "scar"),
        ("fact", "pregnancy"),
        *(("session", part) for part in ("depth", "days-since-last", "number")),
    }


def test_the_open_facts_of_one_rule_have_its_reason(formulary: mesomix.Formulary) -> None:
    report = mesomix.Rulebook([by_product]).check(
        formulary.mixture("Miorel"), formulary.patient(allergies=[])
    )
    assert reasons(report) == {("by-product", "fact-not-asked"): {"asthma", "porphyria"}}


def test_findings_of_one_rule_are_in_the_order_of_what_they_concern(
    formulary: mesomix.Formulary,
) -> None:
    mixture = formulary.mixture("Maginjectable", "Vit E")
    names = ["sulfites", "colchicine", "AINS"]
    report = mesomix.check(mixture, formulary.patient(allergies=names))
    turned = mesomix.check(mixture, formulary.patient(allergies=names[::-1]))
    assert report.findings == turned.findings
    unknown = [f for f in report.findings if f.rule == "composition-unknown"]
    assert len(unknown) == 6
    concerned = [" ".join(about.name.fr for about in finding.about) for finding in unknown]
    assert concerned == sorted(concerned)


def test_a_rule_of_ones_own_that_cannot_speak_is_named(formulary: mesomix.Formulary) -> None:
    def wordless(product: mesomix.Product) -> mesomix.Flags:
        """A product."""
        yield mesomix.flag()

    def citing(product: mesomix.Product) -> mesomix.Flags:
        """A product."""
        yield mesomix.flag(cites=[mesomix.Citation("nowhere")])

    mixture = formulary.mixture("Miorel")
    oops = mesomix.rule(NOTE, fr="{oops} {ah}", en="{ah} {oops}", cites=CITES)(wordless)
    with pytest.raises(ValueError, match=r"^rule wordless: nothing stands for ah, oops$"):
        mesomix.Rulebook([oops]).check(mixture)
    lost = mesomix.rule(NOTE, fr="x", en="x", cites=CITES)(citing)
    with pytest.raises(ValueError, match=r"^citing cites what the data does not register: \['now"):
        mesomix.Rulebook([lost]).check(mixture)


def test_every_rule_that_is_written_is_listed() -> None:
    written = {
        rule
        for module in (
            *(rules.condition, rules.dose, rules.mixture, rules.pair, rules.patient),
            *(rules.product, rules.session),
        )
        for rule in vars(module).values()
        if isinstance(rule, mesomix.Rule)
    }
    assert {rule.id for rule in written} == {rule.id for rule in RULES}


# --- The session ----------------------------------------------------------------------------


@mesomix.rule(REFUSE, fr="{depth_mm} mm", en="{depth_mm} mm", cites=CITES)
def any_depth(depth_mm: float) -> mesomix.Flags:
    """Any depth at all."""
    yield mesomix.flag()


@mesomix.rule(REVIEW, fr="{days_since_last}", en="{days_since_last}", cites=CITES)
def any_interval(days_since_last: int) -> mesomix.Flags:
    """Any interval at all."""
    yield mesomix.flag()


@mesomix.rule(NOTE, fr="{session_number}", en="{session_number}", cites=CITES)
def any_number(session_number: int) -> mesomix.Flags:
    """Any number at all."""
    yield mesomix.flag()


HOUSE = mesomix.Rulebook([any_number, any_depth, any_interval])


@pytest.mark.parametrize(
    ("session", "found", "left"),
    [
        (None, [], ["any-depth", "any-interval", "any-number"]),
        (mesomix.Session(), [], ["any-depth", "any-interval", "any-number"]),
        (mesomix.Session(depth_mm=4), ["any-depth"], ["any-interval", "any-number"]),
        (mesomix.Session(days_since_last=0), ["any-interval"], ["any-depth", "any-number"]),
        (mesomix.Session(number=1), ["any-number"], ["any-depth", "any-interval"]),
        (
            mesomix.Session(depth_mm=0.5, days_since_last=0, number=1),
            ["any-depth", "any-interval", "any-number"],
            [],
        ),
    ],
)
def test_a_rule_about_the_session_runs_where_that_was_described_and_is_listed_where_not(
    session: mesomix.Session | None,
    found: list[str],
    left: list[str],
    formulary: mesomix.Formulary,
) -> None:
    report = HOUSE.check(formulary.mixture("Miorel"), None, session)
    assert [finding.rule for finding in report.findings] == found
    assert [one.rule for one in report.not_checked] == left
    assert {one.reason for one in report.not_checked} <= {mesomix.Reason.SESSION_NOT_DESCRIBED}
    parts = {"any-depth": "depth", "any-interval": "days-since-last", "any-number": "number"}
    for said in (*report.findings, *report.not_checked):
        assert [(about.kind, about.id) for about in said.about] == [("session", parts[said.rule])]
    for one in report.not_checked:
        assert one.severity is HOUSE[one.rule].severity
    worst = {"any-depth": "refuse", "any-interval": "review", "any-number": "no-objection"}
    assert report.verdict.value == (worst[found[0]] if found else "no-objection")


def test_a_rule_about_the_session_is_told_what_was_described(
    formulary: mesomix.Formulary,
) -> None:
    session = mesomix.Session(depth_mm=4.5, days_since_last=7, number=3)
    for _ in range(2):  # nothing of a session is remembered
        report = HOUSE.check(formulary.mixture("Miorel"), None, session)
        assert [finding.message for finding in report.findings] == [
            mesomix.Text("4,5 mm", "4.5 mm"),
            mesomix.Text.same("7"),
            mesomix.Text.same("3"),
        ]
        session = replace(session)
    other = HOUSE.check(formulary.mixture("Miorel"), None, mesomix.Session(depth_mm=12))
    assert other.findings[0].message.fr == "12 mm"


def test_a_session_that_nobody_described_is_listed_and_moves_no_verdict(
    formulary: mesomix.Formulary,
) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    for session in (None, mesomix.Session()):
        report = mesomix.check(formulary.mixture(*CLEAN), patient, session)
        assert report.verdict is mesomix.Verdict.NO_OBJECTION
        assert {one.rule for one in report.not_checked} == of_the_session() | OF_DOSES
        assert any(one.severity is not NOTE for one in report.not_checked)
        run = {rule.id for rule in RULES} - of_the_session() - OF_DOSES
        assert set(report.checked) == run
    part = mesomix.check(formulary.mixture(*CLEAN), patient, mesomix.Session(depth_mm=2))
    assert part.verdict is mesomix.Verdict.NO_OBJECTION
    left = of_the_session("days_since_last", "session_number")
    assert {one.rule for one in part.not_checked} == left | OF_DOSES


def test_a_session_changes_nothing_of_what_is_said_of_the_rest(
    formulary: mesomix.Formulary,
) -> None:
    session = mesomix.Session(depth_mm=12, days_since_last=1, number=9)
    for patient in (None, formulary.patient(), formulary.patient(allergies=["AINS", "zorglub"])):
        mixture = formulary.mixture("Piroxicam", "Miorel", "xyz")
        before = mesomix.check(mixture, patient)
        after = mesomix.check(mixture, patient, session)
        ours = of_the_session()
        assert {f.rule for f in after.findings} - {f.rule for f in before.findings} == ours
        assert tuple(f for f in after.findings if f.rule not in ours) == before.findings
        not_described = mesomix.Reason.SESSION_NOT_DESCRIBED
        assert [*after.not_checked] == open_but_for(before, not_described)
        assert set(after.checked) - set(before.checked) == ours


@pytest.mark.parametrize("session", [{"depth_mm": 4}, 4, "4 mm", (4, 7, 1), "", 0, {}])
def test_a_session_is_a_session(session: object, formulary: mesomix.Formulary) -> None:
    with pytest.raises(TypeError, match=r"^the session must be a mesomix.Session$"):
        mesomix.check(
            formulary.mixture("Miorel"),
            None,
            session,  # pyrefly: ignore[bad-argument-type]
        )


# --- The amounts ----------------------------------------------------------------------------

MEASURED = ("Procaïne Lavoisier 20 mg/ml 2 ml", "Maginjectable 2 ml")
"""The clean mixture, with amounts of which all is known."""
WORTH = """
version = "worth"
[references.leaflet]
title = "A leaflet"
checked = 2026-11-21
"""
SOURCED = 'source = "leaflet"\nchecked = 2026-11-21\n'


@mesomix.rule(REFUSE, fr="{dose} : {amount}", en="{dose}: {amount}", cites=CITES)
def any_dose(dose: mesomix.Dose) -> mesomix.Flags:
    """Any dose that is known."""
    if dose.least is not None and dose.exact:
        yield mesomix.flag(amount=dose.least.text)


@mesomix.rule(NOTE, fr="{dose} < {maximum}", en="{dose} < {maximum}", cites=CITES)
def any_maximum(dose: mesomix.Dose, maximum: mesomix.MaximumDose) -> mesomix.Flags:
    """Any maximum, whatever the dose."""
    yield mesomix.flag(maximum=maximum.amount.text)


DOSES = mesomix.Rulebook([any_maximum, any_dose])


def of_doses(report: mesomix.Report) -> dict[tuple[str, str], list[str | None]]:
    """Why the rules of doses were not checked, and for which substances."""
    return {
        (one.rule, one.reason.value): [about.id for about in one.about]
        for one in report.not_checked
        if one.rule in OF_DOSES | {"any-dose", "any-maximum"}
    }


def beside_a_maximum(reason: str, substance: str) -> dict[tuple[str, str], list[str]]:
    """What is not checked where no maximum can be compared."""
    return {(rule, reason): [substance] for rule in ("above-label-dose", "label-dose-share")}


def with_maximum(path: Path, maximum: str | None, *, amount: str = "10 mg") -> mesomix.Formulary:
    """A formulary of one product, 10 mg in 1 ml, whose label was looked up for a maximum."""
    looked = "" if maximum is None else "maximum_doses = []\n"
    table = ""
    if maximum:
        looked = ""
        table = f'[[substances.potine.maximum_doses]]\namount = "{maximum}"\nper = "dose"\n'
        table += SOURCED
    path.write_text(
        f"""{WORTH}[substances.potine]\nen = "potine"\n{looked}{SOURCED}{table}
[products.potine]\nfr = "potine"\nen = "potine"\nsubstances = ["potine"]\neffects = []\n{SOURCED}
[products.potine.specialties.potal]
name = "POTAL 10 mg/1 ml, solution injectable"\nbrand = "Potal"\nstrength = "10 mg/1 ml"
form = "solution injectable"\nroutes = ["intradermal"]\ncontainers = ["1 mL"]\n{SOURCED}
marketing = {{ state = "marketed", source = "leaflet", checked = 2026-11-21 }}
[[products.potine.specialties.potal.amounts]]
substance = "potine"\namount = "{amount}"\nvolume = "1 mL"\n{SOURCED}""",
        encoding="utf-8",
    )
    return mesomix.load(path)


def test_without_amounts_every_rule_of_doses_is_listed_and_moves_no_verdict(
    formulary: mesomix.Formulary,
) -> None:
    clean = formulary.patient(allergies=[], nothing_else=True)
    for names in ((), CLEAN, ("Dicynone 250",), ("Miorel", "xyz"), ("Miorel zorg",)):
        for patient in (None, formulary.patient(), clean):
            report = mesomix.check(formulary.mixture(*names), patient)
            listed = [
                one for one in report.not_checked if one.reason is mesomix.Reason.AMOUNT_NOT_WRITTEN
            ]
            assert [one.rule for one in listed] == [r.id for r in RULES if r.id in OF_DOSES]
            assert all(one.severity is RULES[one.rule].severity for one in listed)
            assert all(one.about == () for one in listed)
            assert OF_DOSES.isdisjoint(report.checked)
            assert report.composition is None
            assert report.per_day is None
    assert mesomix.check(formulary.mixture(*CLEAN), clean).verdict is NO_OBJECTION


def test_with_all_amounts_known_every_rule_of_doses_ran(formulary: mesomix.Formulary) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    mixture = formulary.mixture(*MEASURED)
    report = mesomix.check(mixture, patient)
    assert {one.rule for one in report.not_checked} == of_the_session()
    assert [*report.checked] == [r.id for r in RULES if r.id not in of_the_session()]
    assert report.composition == mixture.composition()
    assert report.verdict is NO_OBJECTION
    said = {f.rule: [a.id for a in f.about] for f in report.findings if f.rule in OF_DOSES}
    assert said.keys() == {"label-dose-share"}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Miorel 1 ampoule", "Dicynone"), beside_a_maximum("dose-not-known", "etamsylate")),
        (("Dicynone 2 ml", "Miorel"), beside_a_maximum("dose-not-known", "thiocolchicoside")),
        (("lidocaïne 2 ml",), beside_a_maximum("dose-not-known", "lidocaine")),
        (
            ("Vitamine E Provepharm 2 ml",),
            beside_a_maximum("maximum-not-known", "alpha-tocopheryl-acetate"),
        ),
        (
            ("Calcitonine Pharmy II 100 UI 0,5 ml",),
            beside_a_maximum("maximum-not-known", "calcitonin-salmon"),
        ),
        (
            ("Miorel 1 ml", "Vitamine E Provepharm"),
            {
                **beside_a_maximum("dose-not-known", "alpha-tocopheryl-acetate"),
                **beside_a_maximum("maximum-not-known", "alpha-tocopheryl-acetate"),
            },
        ),
        (
            ("Miorel 1 ml", "kétoprofène 2 ml"),
            {
                **beside_a_maximum("dose-not-known", "ketoprofen"),
                **beside_a_maximum("maximum-not-known", "ketoprofen"),
            },
        ),
        (("Laroscorbine 5 ml",), {}),
    ],
)
def test_a_dose_or_a_maximum_that_is_not_known_is_listed_with_its_substance(
    names: tuple[str, ...],
    expected: dict[tuple[str, str], list[str]],
    formulary: mesomix.Formulary,
) -> None:
    report = mesomix.check(formulary.mixture(*names))
    assert of_doses(report) == expected
    for one in report.not_checked:
        if one.rule in OF_DOSES:
            assert [about.kind for about in one.about] == ["substance"]
            assert one.severity is RULES[one.rule].severity
    assert OF_DOSES - {rule for rule, _ in expected} <= set(report.checked)
    told = {a.id for f in report.findings if f.rule == "dose-unknown" for a in f.about}
    unknown = {key for (_, why), ids in expected.items() if why == "dose-not-known" for key in ids}
    assert told == unknown


def test_each_substance_that_is_not_known_is_listed(formulary: mesomix.Formulary) -> None:
    report = mesomix.check(formulary.mixture("Miorel 1 ml", "Dicynone", "Laroscorbine"))
    listed = [
        (one.rule, one.reason.value, [about.id for about in one.about])
        for one in report.not_checked
        if one.rule in OF_DOSES
    ]
    assert listed == [
        (rule, "dose-not-known", [substance])
        for substance in ("ascorbic-acid", "etamsylate")
        for rule in ("above-label-dose", "label-dose-share")
    ]


@pytest.mark.parametrize(
    ("maximum", "found", "left"),
    [
        ("30 mg", ["30 mg"], {}),
        ("0.03 g", ["0.03 g"], {}),
        ("30000 ug", ["30000 µg"], {}),
        ("30 mmol", [], {("any-maximum", "maximum-not-known"): ["potine"]}),
        ("30 [iU]", [], {("any-maximum", "maximum-not-known"): ["potine"]}),
        ("", [], {("any-maximum", "maximum-not-known"): ["potine"]}),
        (None, [], {("any-maximum", "maximum-not-known"): ["potine"]}),
    ],
)
def test_a_maximum_in_units_of_another_kind_is_none(
    maximum: str | None,
    found: list[str],
    left: dict[tuple[str, str], list[str]],
    tmp_path: Path,
) -> None:
    own = with_maximum(tmp_path / "own.toml", maximum)
    report = DOSES.check(own.mixture("Potal 2 ml"))
    said = [f.message.en for f in report.findings if f.rule == "any-maximum"]
    assert said == [f"potine < {most}" for most in found]
    assert of_doses(report) == left
    assert [f.message.fr for f in report.findings if f.rule == "any-dose"] == ["potine : 20 mg"]
    unknown = DOSES.check(own.mixture("potine 2 ml"))
    assert [f.rule for f in unknown.findings] == ["any-maximum"] * len(found)
    assert of_doses(unknown) == {("any-maximum", "dose-not-known"): ["potine"], **left}


def test_a_rule_of_ones_own_is_asked_for_each_dose_and_each_maximum(
    formulary: mesomix.Formulary,
) -> None:
    report = DOSES.check(formulary.mixture("Miorel 1 ml", "Piroxicam Teva 1 ml", "xyz"))
    said = {(f.rule, f.about[0].kind, f.about[0].id, f.message.en) for f in report.findings}
    assert said == {
        ("any-dose", "substance", "thiocolchicoside", "thiocolchicoside: 2 mg"),
        ("any-dose", "substance", "piroxicam", "piroxicam: 20 mg"),
        ("any-dose", "substance", "benzyl-alcohol", "benzyl alcohol: 20 mg"),
        ("any-dose", "substance", "propylene-glycol", "propylene glycol: 553 mg"),
        ("any-dose", "substance", "ethanol", "ethanol: 100 mg"),
        ("any-maximum", "substance", "thiocolchicoside", "thiocolchicoside < 4 mg"),
        ("any-maximum", "substance", "thiocolchicoside", "thiocolchicoside < 8 mg"),
        ("any-maximum", "substance", "piroxicam", "piroxicam < 20 mg"),
    }
    assert report.verdict is mesomix.Verdict.REFUSE
    assert report.checked == ("any-maximum", "any-dose")
    unasked = DOSES.check(formulary.mixture("Miorel", "Piroxicam Teva", "xyz"))
    assert unasked.findings == ()
    assert unasked.verdict is NO_OBJECTION
    assert of_doses(unasked) == {
        ("any-maximum", "amount-not-written"): [],
        ("any-dose", "amount-not-written"): [],
    }


@pytest.mark.parametrize(
    "session",
    [None, mesomix.Session(), mesomix.Session(depth_mm=12, days_since_last=1, number=9)],
)
def test_amounts_and_a_session_say_nothing_of_each_other(
    session: mesomix.Session | None, formulary: mesomix.Formulary
) -> None:
    ours = of_the_session()
    for patient in (None, formulary.patient(), formulary.patient(allergies=["AINS", "zorglub"])):
        without = mesomix.check(formulary.mixture("Piroxicam Teva", "Miorel"), patient, session)
        measured = formulary.mixture(("Piroxicam Teva", "2 ml"), ("Miorel", "3 ml"))
        report = mesomix.check(measured, patient, session)
        said = tuple(finding for finding in report.findings if finding.rule not in OF_DOSES)
        assert said == without.findings
        assert {f.rule for f in report.findings} >= {"above-label-dose", "excipient-amount"}
        told = mesomix.Reason.AMOUNT_NOT_WRITTEN
        assert [*report.not_checked] == open_but_for(without, told)
        assert set(report.checked) - set(without.checked) == OF_DOSES
        alone = mesomix.check(measured, patient)
        assert [f for f in report.findings if f.rule not in ours] == [*alone.findings]
        assert report.composition == alone.composition


def test_the_total_of_the_day_is_what_a_maximum_of_a_day_is_compared_with(
    formulary: mesomix.Formulary,
) -> None:
    found: list[set[str]] = []
    days: list[list[str] | None] = [None, [], *([f"Miorel {n} ml"] for n in ("2", "4", "4,5"))]
    for day in days:
        report = mesomix.check(formulary.mixture("Miorel 2 ml", per_day=day))
        found.append({f.rule for f in report.findings if f.rule in OF_DOSES})
        assert of_doses(report) == {}
        assert (report.per_day is None) == (day is None)
    shares = {"label-dose-share"}
    assert found == [shares, shares, shares, shares, {"above-label-dose", *shares}]


@pytest.mark.parametrize("day", [["Miorel"], ["Miorel 1 ml", "Miorel"], ["Miorel 2 ml zorg"]])
def test_a_day_whose_total_is_not_known_leaves_its_maximum_open(
    day: list[str], formulary: mesomix.Formulary
) -> None:
    report = mesomix.check(formulary.mixture("Miorel 1 ml", per_day=day))
    assert of_doses(report) == beside_a_maximum("dose-not-known", "thiocolchicoside")
    assert "above-label-dose" not in report.checked


def test_a_day_that_passes_its_maximum_is_refused_whatever_the_mixture_has(
    formulary: mesomix.Formulary,
) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    report = mesomix.check(formulary.mixture("Miorel", per_day=["Miorel 10 ml"]), patient)
    assert report.verdict is mesomix.Verdict.REFUSE


def test_a_substance_that_only_the_day_has_does_not_pass(formulary: mesomix.Formulary) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    day = [MEASURED[0], "Piroxicam Teva 4 ml"]
    report = mesomix.check(formulary.mixture(MEASURED[0], per_day=day), patient)
    assert report.verdict is not NO_OBJECTION
