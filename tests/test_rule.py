"""What makes a rule, and what becomes of its flags."""

from collections.abc import Callable
from dataclasses import replace

import pytest

import mesomix
from mesomix.rule import CANNOT_RULE_OUT, PLAIN_FLAG, Scope, placeholders
from mesomix.vocabulary import Answer

CITES = [mesomix.Citation("house-rules", "H1", "Une liste vide n'est pas une réponse.")]
MANY = mesomix.Text("beaucoup", "many")


def made(function: Callable[..., mesomix.Flags], fr: str = "ça", en: str = "it") -> mesomix.Rule:
    return mesomix.rule(mesomix.Severity.REVIEW, fr=fr, en=en, cites=CITES)(function)


def any_product(product: mesomix.Product) -> mesomix.Flags:
    """Any product.

    What follows the first line is for the reader of the code.
    """
    yield mesomix.flag(many=MANY)


def test_a_rule_is_named_after_its_function_and_says_its_first_line() -> None:
    rule = made(any_product, "{product} {many}", "{many} {product}")
    assert rule.id == "any-product"
    assert rule.situation == "Any product."
    assert rule.scope is Scope.PRODUCT
    assert rule.cites == tuple(CITES)
    assert rule.severity is mesomix.Severity.REVIEW


@pytest.mark.parametrize("scope", list(Scope))
def test_the_parameters_are_the_scope(scope: Scope) -> None:
    namespace: dict[str, Callable[..., mesomix.Flags]] = {}
    source = f"def probe({', '.join(scope.value)}):\n    'It is.'\n    yield from ()"
    exec(source, namespace)  # noqa: S102 (written above)
    assert made(namespace["probe"]).scope is scope


def test_other_parameters_are_refused_and_the_known_ones_told() -> None:
    def nosy(patient: mesomix.Patient) -> mesomix.Flags:
        """A whole patient."""
        yield mesomix.flag()

    with pytest.raises(TypeError, match=r"^rule nosy: its parameters must be one of: ") as caught:
        made(nosy)
    known = [
        *("mixture", "product", "mixed_product", "a, b", "allergy", "unknown_allergy", "fact"),
        *("product, allergy", "product, fact", "dose", "dose, maximum"),
        *("depth_mm", "days_since_last", "session_number"),
    ]
    assert str(caught.value).endswith(f": {'; '.join(known)}")


def test_parameters_in_another_order_are_refused() -> None:
    def turned(fact: mesomix.Fact, product: mesomix.Product) -> mesomix.Flags:
        """The wrong way round."""
        yield mesomix.flag()

    with pytest.raises(TypeError, match="rule turned"):
        made(turned)


def test_a_function_that_yields_nothing_ever_is_refused() -> None:
    def returning(product: mesomix.Product) -> mesomix.Flags:
        """Returns."""
        return iter([mesomix.flag()])

    with pytest.raises(TypeError, match=r"^rule returning: it must yield flag\(...\) or unsure"):
        made(returning)


def test_a_docstring_a_citation_and_both_messages_are_needed() -> None:
    def silent(product: mesomix.Product) -> mesomix.Flags:
        yield mesomix.flag()

    needs = r"it needs a docstring, a citation, fr= and en=$"
    with pytest.raises(ValueError, match=f"^rule silent: {needs}"):
        made(silent)
    for fr, en in (("", "it"), ("ça", "")):
        with pytest.raises(ValueError, match=f"^rule any-product: {needs}"):
            made(any_product, fr, en)
    with pytest.raises(ValueError, match=needs):
        mesomix.rule(mesomix.Severity.NOTE, fr="ça", en="it", cites=[])(any_product)


def test_the_messages_have_the_same_placeholders() -> None:
    with pytest.raises(
        ValueError, match=r"^rule any-product: fr= and en= have different placeholders$"
    ):
        made(any_product, "{product}", "it")


def test_placeholders_are_the_names_in_braces() -> None:
    assert placeholders("{a}, {b} {{c}} d") == {"a", "b"}


def test_a_plain_flag_is_always_the_same() -> None:
    assert mesomix.flag() is PLAIN_FLAG
    assert mesomix.flag().certain is True
    assert mesomix.unsure().certain is False
    words = {"many": MANY}
    for given in (
        mesomix.flag(**words),
        mesomix.flag(severity=mesomix.Severity.NOTE),
        mesomix.flag(cites=CITES),
        mesomix.flag(about=[mesomix.About("effect", "scar", MANY)]),
    ):
        assert given is not PLAIN_FLAG
        assert given.certain


def test_a_doubt_carries_what_a_flag_carries() -> None:
    about = [mesomix.About("effect", "scar", MANY)]
    doubt = mesomix.unsure(severity=mesomix.Severity.NOTE, cites=CITES, about=about, many=MANY)
    assert doubt.severity is mesomix.Severity.NOTE
    assert doubt.cites == tuple(CITES)
    assert doubt.about == tuple(about)
    assert doubt.words == {"many": MANY}


def test_a_finding_names_what_it_concerns(formulary: mesomix.Formulary) -> None:
    def both(product: mesomix.Product, fact: mesomix.Fact) -> mesomix.Flags:
        """Both."""
        extra = mesomix.About("effect", "scar", MANY)
        more = mesomix.Citation("bdpm")
        yield mesomix.flag(about=[extra], cites=[more], many=MANY)
        yield mesomix.unsure(many=MANY)

    rule = made(both, "{product}, {fact}, {many}", "{many}: {fact} of {product}")
    product = formulary.find("Miorel")
    fact = mesomix.Fact(formulary.conditions["asthma"], Answer.YES)
    sure, doubtful = rule.findings(product, fact)
    assert sure.message == mesomix.Text(
        "MIOREL 4 mg/2 ml, asthme, beaucoup", "many: asthma of MIOREL 4 mg/2 ml"
    )
    assert [(a.kind, a.id) for a in sure.about] == [
        ("product", "miorel-4-mg-2-ml"),
        ("fact", "asthma"),
        ("effect", "scar"),
    ]
    assert [c.reference for c in sure.citations] == ["bdpm", "house-rules"]
    assert sure.certain
    assert sure.rule == "both"
    assert not doubtful.certain
    assert doubtful.message.fr == CANNOT_RULE_OUT.fr + sure.message.fr
    assert doubtful.message.en == CANNOT_RULE_OUT.en + sure.message.en
    assert mesomix.Text("Ne peut être exclu : ", "Cannot be ruled out: ") == CANNOT_RULE_OUT


def test_a_finding_names_an_allergy_and_two_products(formulary: mesomix.Formulary) -> None:
    def allergy_alone(allergy: mesomix.Allergy) -> mesomix.Flags:
        """An allergy."""
        yield mesomix.flag()

    def together(a: mesomix.Product, b: mesomix.Product) -> mesomix.Flags:
        """Two."""
        yield mesomix.flag()

    patient = formulary.patient(allergies=["AINS"])
    assert patient.allergies
    (found,) = made(allergy_alone, "{allergy}", "{allergy}").findings(patient.recognised[0])
    assert [(a.kind, a.id) for a in found.about] == [("allergy", "nsaid")]
    assert found.message.en == "NSAIDs"
    pair = (formulary.find("Miorel"), formulary.find("Dicynone"))
    (found,) = made(together, "{a} {b}", "{b} {a}").findings(*pair)
    assert [a.id for a in found.about] == ["miorel-4-mg-2-ml", "dicynone-250-mg-2-ml"]
    assert found.message.en == "DICYNONE 250 mg/2 ml MIOREL 4 mg/2 ml"


def test_a_finding_about_a_session_names_its_part_and_shows_the_number() -> None:
    def any_depth(depth_mm: float) -> mesomix.Flags:
        """Any depth."""
        extra = mesomix.About("effect", "scar", MANY)
        yield mesomix.flag(about=[extra], many=MANY)

    rule = made(any_depth, "{depth_mm} mm, {many}", "{many}: {depth_mm} mm")
    (found,) = rule.findings(12.5)
    assert found.message == mesomix.Text("12,5 mm, beaucoup", "many: 12.5 mm")
    assert [(a.kind, a.id) for a in found.about] == [("session", "depth"), ("effect", "scar")]
    assert found.about[0].name == mesomix.Text("profondeur", "depth")


def doses_of(formulary: mesomix.Formulary, *names: str) -> list[mesomix.Dose]:
    mixture = formulary.mixture(*names)
    assert mixture.doses is not None
    return [*mixture.doses]


def test_a_rule_of_a_dose_sees_a_substance_with_its_total(formulary: mesomix.Formulary) -> None:
    def any_dose(dose: mesomix.Dose) -> mesomix.Flags:
        """Any dose."""
        many = mesomix.Text.same("?") if dose.least is None else dose.least.text
        yield mesomix.flag(about=[mesomix.About("effect", "scar", MANY)], many=many)
        yield mesomix.unsure(many=many)

    rule = made(any_dose, "{dose} : {many}", "{many} of {dose}")
    [dose] = doses_of(formulary, "Procaïne 2 % 2 ml", "Procaïne Lavoisier 10 mg/ml 1 ml")
    assert (dose.substance.id, dose.active, dose.exact) == ("procaine", True, True)
    assert dose.least == dose.possible == mesomix.Quantity.read("50 mg")
    sure, doubtful = rule.findings(dose)
    assert sure.message == mesomix.Text(
        "chlorhydrate de procaïne : 50 mg", "50 mg of procaine hydrochloride"
    )
    assert [(a.kind, a.id, a.name.en) for a in sure.about] == [
        ("substance", "procaine", "procaine hydrochloride"),
        ("effect", "scar", "many"),
    ]
    assert doubtful.message.en == CANNOT_RULE_OUT.en + sure.message.en
    unknown, _ = rule.findings(doses_of(formulary, "Miorel", "Dicynone 2 ml")[1])
    assert unknown.message.en == "? of thiocolchicoside"


def test_a_rule_of_a_maximum_sees_what_the_label_says(formulary: mesomix.Formulary) -> None:
    seen: list[mesomix.MaximumDose] = []

    def any_maximum(dose: mesomix.Dose, maximum: mesomix.MaximumDose) -> mesomix.Flags:
        """Any maximum."""
        seen.append(maximum)
        yield mesomix.flag(cites=[maximum.citation], limit=maximum.amount.text)

    rule = made(any_maximum, "{dose} < {limit}", "{dose} < {limit}")
    [dose] = doses_of(formulary, "Miorel 1 ml")
    per_dose, per_day = dose.substance.maximum_doses or ()
    findings = [*rule.findings(dose, per_dose), *rule.findings(dose, per_day)]
    assert seen == [per_dose, per_day]
    assert [f.message.en for f in findings] == [
        *("thiocolchicoside < 4 mg", "thiocolchicoside < 8 mg"),
    ]
    for found in findings:
        assert [(a.kind, a.id) for a in found.about] == [("substance", "thiocolchicoside")]
        assert [c.reference for c in found.citations] == ["miorel-smpc", "house-rules"]
    assert [seen[0].per, seen[1].per] == [mesomix.Per.DOSE, mesomix.Per.DAY]
    assert seen[0].population == mesomix.Text("à partir de 16 ans", "16 years and over")


def test_a_rule_of_a_maximum_has_to_say_what_it_is(formulary: mesomix.Formulary) -> None:
    def wordless(dose: mesomix.Dose, maximum: mesomix.MaximumDose) -> mesomix.Flags:
        """A maximum."""
        yield mesomix.flag()

    rule = made(wordless, "{maximum} {dose}", "{dose} {maximum}")
    [dose] = doses_of(formulary, "Miorel 1 ml")
    [maximum, _] = dose.substance.maximum_doses or ()
    with pytest.raises(ValueError, match=r"^rule wordless: nothing stands for maximum$"):
        rule.findings(dose, maximum)


def test_names_with_braces_are_shown_as_they_are(formulary: mesomix.Formulary) -> None:
    patient = formulary.patient(allergies=["{fr} {0.__class__}"])
    (found,) = mesomix.RULES["unrecognised-allergy"].findings(patient.unrecognised[0])
    assert "{fr} {0.__class__}" in found.message.fr


@pytest.mark.parametrize(
    ("own", "flagged", "said"),
    [
        ("refuse", None, "refuse"),
        ("refuse", "review", "review"),
        ("refuse", "note", "note"),
        ("review", "refuse", "review"),
        ("note", "refuse", "note"),
        ("review", None, "review"),
    ],
)
def test_a_flag_is_never_worse_than_its_rule(
    own: str, flagged: str | None, said: str, formulary: mesomix.Formulary
) -> None:
    rule = replace(
        made(any_product, "{product} {many}", "{many} {product}"), severity=mesomix.Severity(own)
    )
    given = mesomix.flag(severity=mesomix.Severity(flagged) if flagged else None, many=MANY)
    assert rule.finding(given, formulary.find("Miorel")).severity == mesomix.Severity(said)


def test_a_rule_can_be_asked_alone(formulary: mesomix.Formulary) -> None:
    four = formulary.mixture("Miorel", "Dicynone", "Vit C", "Vit E")
    (found,) = mesomix.RULES["too-many-products"].findings(four)
    assert found.message.en == "The mixture has 4 products: never more than 3."
    assert found.about == ()
