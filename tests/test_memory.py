"""What is remembered of the rules' answers: asked once for each thing, and for nobody."""

import gc
from dataclasses import replace
from weakref import ref

import pytest

import mesomix
from mesomix import memory
from mesomix.memory import MOST_COMPANIES, MOST_DOSES, Memory
from mesomix.rules import RULES

CITES = [mesomix.Citation("house-rules", "H1")]
NOTE = mesomix.Severity.NOTE


def test_a_pair_is_judged_in_one_order(formulary: mesomix.Formulary) -> None:
    seen: list[tuple[str, str]] = []

    def pairs(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
        """Two."""
        seen.append((a.id, b.id))
        yield mesomix.flag()

    book = mesomix.Rulebook([mesomix.rule(NOTE, fr="{a}{b}", en="{a}{b}", cites=CITES)(pairs)])
    one = book.check(formulary.mixture("Miorel", "Dicynone", "Vit C"))
    other = book.check(formulary.mixture("Vit C", "Dicynone", "Miorel"))
    assert one.findings == other.findings
    assert len(one.findings) == 3
    assert all(a < b for a, b in seen)
    assert len(seen) == 3


def test_a_rule_is_asked_once_for_each_thing(formulary: mesomix.Formulary) -> None:
    asked: list[object] = []

    def counted(product: mesomix.Product) -> mesomix.Flags:
        """A product."""
        asked.append(product)
        yield mesomix.flag()

    def reached(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
        """A product and an allergy."""
        asked.append((product, allergy))
        yield mesomix.flag()

    def alone(allergy: mesomix.Allergy) -> mesomix.Flags:
        """An allergy."""
        asked.append(allergy)
        yield mesomix.flag()

    book = mesomix.Rulebook(
        mesomix.rule(NOTE, fr="x", en="x", cites=CITES)(function)
        for function in (counted, reached, alone)
    )
    patient = formulary.patient(allergies=["AINS"])
    first = book.check(formulary.mixture("Miorel", "Dicynone"), patient)
    again = book.check(formulary.mixture("Dicynone", "Miorel"), patient)
    assert first.findings == again.findings
    assert len(asked) == 5
    book.check(formulary.mixture("Miorel"), patient)
    assert len(asked) == 6  # the allergy alone, in another company


def test_unrecognised_allergies_are_never_remembered(formulary: mesomix.Formulary) -> None:
    seen: list[str] = []

    def alone(unknown_allergy: mesomix.Allergy) -> mesomix.Flags:
        """An allergy."""
        seen.append(unknown_allergy.name.fr)
        yield mesomix.flag()

    book = mesomix.Rulebook([mesomix.rule(NOTE, fr="x", en="x", cites=CITES)(alone)])
    mixture = formulary.mixture("Miorel")
    for _ in range(2):
        book.check(mixture, formulary.patient(allergies=["zorgle"]))
    assert seen == ["zorgle", "zorgle"]


def test_what_a_rule_says_of_as_many_products_is_asked_once(formulary: mesomix.Formulary) -> None:
    seen: list[int] = []

    def counted(mixture: mesomix.Mixture) -> mesomix.Flags:
        """A mixture."""
        seen.append(mixture.count)
        yield mesomix.flag()
        yield mesomix.flag(about=[mesomix.About("effect", "scar", mesomix.Text("x", "x"))])

    book = mesomix.Rulebook([mesomix.rule(NOTE, fr="x", en="y", cites=CITES)(counted)])
    first = book.check(formulary.mixture("Miorel"))
    second = book.check(formulary.mixture("Dicynone"))
    assert seen == [1]
    assert first.findings == second.findings
    assert [len(finding.about) for finding in first.findings] == [0, 1]
    assert first.findings[0].message == mesomix.Text("x", "y")
    together = book.check(formulary.mixture("Miorel", "Dicynone"))
    unknown = [book.check(formulary.mixture("Miorel", name)) for name in ("zorgle", "zorgle")]
    assert seen == [1, 2, 2, 2]  # one name that is not recognised, and each is judged anew
    assert first.findings == together.findings == unknown[0].findings
    assert unknown[0].findings[0] is unknown[1].findings[0]  # it says no more than its message


def test_what_is_remembered_goes_with_its_formulary() -> None:
    formulary = mesomix.load()
    product = ref(formulary.edition)
    mesomix.check(formulary.mixture("Miorel"), formulary.patient(allergies=["AINS"]))
    del formulary
    gc.collect()
    assert product() is None


def test_the_memory_of_companies_is_bounded(
    formulary: mesomix.Formulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_COMPANIES > 129  # every mixture of the shipped formulary
    monkeypatch.setattr("mesomix.memory.MOST_COMPANIES", 2)
    memory = Memory(tuple(RULES), formulary.edition)
    singles = [(formulary.find(name),) for name in ("Miorel", "Dicynone", "Vit C")]
    first = memory.company(singles[0])
    assert memory.company(singles[0]) is first
    memory.company(singles[1])
    assert memory.company(singles[0]) is first
    memory.company(singles[2])
    assert memory.company(singles[0]) is not first
    assert memory.company(singles[0]) == first


def test_every_allergy_is_judged_alone_and_with_every_product(
    formulary: mesomix.Formulary,
) -> None:
    def alone(allergy: mesomix.Allergy) -> mesomix.Flags:
        """An allergy."""
        yield mesomix.flag()

    def reached(product: mesomix.Product, allergy: mesomix.Allergy) -> mesomix.Flags:
        """A product and an allergy."""
        yield mesomix.flag()

    def unknown(unknown_allergy: mesomix.Allergy) -> mesomix.Flags:
        """An allergy that nobody understood."""
        yield mesomix.flag()

    book = mesomix.Rulebook(
        mesomix.rule(NOTE, fr="x", en="x", cites=CITES)(function)
        for function in (alone, reached, unknown)
    )
    patient = formulary.patient(allergies=["AINS", "sulfites", "zorgle", "blub"])
    report = book.check(formulary.mixture("Miorel", "Dicynone"), patient)
    judged = sorted(tuple(a.id or a.name.fr for a in f.about) for f in report.findings)
    dicynone, miorel = "dicynone-250-mg-2-ml", "miorel-4-mg-2-ml"
    alone_ids = [("blub",), ("nsaid",), ("sulfites",), ("zorgle",)]
    both = [(p, a) for p in (dicynone, miorel) for a in ("nsaid", "sulfites")]
    assert judged == sorted([*alone_ids, *both])
    assert book.check(formulary.mixture("Miorel"), formulary.patient()).findings


def test_rules_of_a_mixture_do_not_answer_for_each_other(formulary: mesomix.Formulary) -> None:
    def first(mixture: mesomix.Mixture) -> mesomix.Flags:
        """First."""
        yield mesomix.flag()

    def second(mixture: mesomix.Mixture) -> mesomix.Flags:
        """Second."""
        yield mesomix.flag()
        yield mesomix.flag(count=mesomix.Text.same(str(mixture.count)))

    book = mesomix.Rulebook(
        [
            mesomix.rule(NOTE, fr="a", en="a", cites=CITES)(first),
            replace(
                mesomix.rule(NOTE, fr="b", en="b", cites=CITES)(second),
                message=mesomix.Text("b", "b"),
            ),
        ]
    )
    report = book.check(formulary.mixture("Miorel"))
    assert [(f.rule, f.message.fr) for f in report.findings] == [
        ("first", "a"),
        ("second", "b"),
        ("second", "b"),
    ]
    counts = [
        [
            f.message.en
            for f in mesomix.check(formulary.mixture(*names)).findings
            if "many" in f.rule
        ]
        for names in (("a", "b", "c", "d"), ("a", "b", "c", "d", "e"))
    ]
    assert counts == [
        ["The mixture has 4 products: never more than 3."],
        ["The mixture has 5 products: never more than 3."],
    ]


def test_the_questions_of_a_formulary_are_asked_once(formulary: mesomix.Formulary) -> None:
    asked: list[str] = []

    def counted(fact: mesomix.Fact) -> mesomix.Flags:
        """A fact."""
        asked.append(fact.condition.id)
        yield mesomix.flag()

    book = mesomix.Rulebook([mesomix.rule(NOTE, fr="x", en="x", cites=CITES)(counted)])
    for _ in range(3):
        book.check(formulary.mixture("Miorel"))
    assert sorted(asked) == sorted([*formulary.conditions, *formulary.conditions])


# --- Doses ----------------------------------------------------------------------------------


def doses_of(formulary: mesomix.Formulary, *names: str) -> tuple[mesomix.Dose, ...]:
    return formulary.mixture(*names).doses or ()


def test_a_dose_is_remembered_by_its_value(formulary: mesomix.Formulary) -> None:
    seen: list[mesomix.Dose] = []

    def any_dose(dose: mesomix.Dose) -> mesomix.Flags:
        """A dose."""
        seen.append(dose)
        yield mesomix.flag()

    def any_maximum(dose: mesomix.Dose, maximum: mesomix.MaximumDose) -> mesomix.Flags:
        """A maximum."""
        seen.append(dose)
        yield mesomix.flag(maximum=maximum.amount.text)

    book = mesomix.Rulebook(
        mesomix.rule(NOTE, fr="x", en="x", cites=CITES)(function)
        for function in (any_dose, any_maximum)
    )
    ways = ["Miorel 2 ml", "2000 µl de Miorel", "1 ampoule de Miorel", "Miorel : 0,004 g"]
    reports = [book.check(formulary.mixture(way)) for way in ways]
    reports.append(book.check(formulary.mixture("Miorel 1 ml", "Miorel 1 ml")))
    assert {report.findings for report in reports} == {reports[0].findings}
    assert len(reports[0].findings) == len(seen) == 3  # the dose, and two maxima
    book.check(formulary.mixture("Miorel 3 ml"))
    assert len(seen) == 6
    book.check(formulary.mixture("Miorel 2 ml", per_day=["Miorel 4 ml"]))
    assert len(seen) == 9


def test_two_equal_doses_share_an_answer(formulary: mesomix.Formulary) -> None:
    memory = Memory(tuple(RULES), formulary.edition)
    [one], [other] = doses_of(formulary, "Miorel 2 ml"), doses_of(formulary, "Miorel 1 ampoule")
    assert one is not other
    assert (one, hash(one)) == (other, hash(other))
    assert memory.dose(one) is memory.dose(other)
    [more] = doses_of(formulary, "Miorel 2,1 ml")
    assert memory.dose(more) is not memory.dose(one)
    [elsewhere] = doses_of(mesomix.load(), "Miorel 2 ml")
    assert elsewhere != one  # a substance is that of its formulary


def test_the_memory_of_doses_is_bounded(
    formulary: mesomix.Formulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_DOSES >= 1000
    monkeypatch.setattr("mesomix.memory.MOST_DOSES", 2)
    memory = Memory(tuple(RULES), formulary.edition)
    doses = [doses_of(formulary, f"Miorel {number} ml")[0] for number in (1, 2, 3)]
    first = memory.dose(doses[0])
    memory.dose(doses[1])
    assert memory.dose(doses[0]) is first
    memory.dose(doses[2])
    assert memory.dose(doses[0]) is not first
    assert memory.dose(doses[0]) == first


def test_what_is_remembered_of_a_dose_is_nothing_that_was_written(
    formulary: mesomix.Formulary,
) -> None:
    memory = Memory(tuple(RULES), formulary.edition)
    for dose in doses_of(formulary, "Miorel 1,75 ml", "2,25 ml de Dicynone"):
        said = repr((dose, memory.dose(dose)))
        assert "1,75" not in said
        assert "2,25" not in said
        assert "substance" in said


def test_the_memory_of_forms_is_bounded(
    formulary: mesomix.Formulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "MOST_FORMS", 2)
    mixture = formulary.mixture("Miorel")
    forms = [{"pregnancy": False}, {"asthma": False}, {"epilepsy": False}, {"pregnancy": False}]
    for facts in forms:
        patient = formulary.patient(allergies=[], facts=facts)
        remembered = mesomix.RULES.check(mixture, patient)
        assert remembered == mesomix.Rulebook(mesomix.RULES).check(mixture, patient)
