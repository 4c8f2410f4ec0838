"""What became milder and was not acknowledged, against asking of each mixture."""

from itertools import islice
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_formularies import Drawn, DrawnPatient, pairs_of_formularies, patients, rulebooks

import mesomix
from mesomix.space.acknowledged import Unmatched, acknowledged, digest, in_vain
from mesomix.space.acknowledgements import Acknowledgements, read_acknowledgements
from mesomix.space.acknowledgements_text import acknowledgements_text
from mesomix.space.causes import Cause, Of, written
from mesomix.space.diff import Diff, diff
from mesomix.space.joint import is_milder

T = TypeVar("T")
REASON = "on l'a voulu"


def entry_of(cause: Cause, about: list[list[str]] | None) -> dict[str, object]:
    """The entry that acknowledges a cause: all of it, by its number, or some of it."""
    before, after = cause.change
    return {
        "before": before.value,
        "after": after.value,
        "objections": [written(one) for one in cause.objections],
        "of": cause.of.value,
        "reason": REASON,
        **(
            {"mixtures": cause.mixtures, "digest": digest(cause.named)}
            if about is None
            else {"about": about}
        ),
    }


def left_one_by_one(
    found: Diff, wanted: dict[int, set[frozenset[str]] | None], named: set[tuple[str, ...]]
) -> dict[object, int]:
    """How many mixtures of each change hold something that is not wanted, and are not named."""
    left: dict[object, set[tuple[str, ...]]] = {}
    for number, cause in enumerate(found.causes):
        if is_milder(cause.change):
            some = wanted.get(number, set())
            for one in found.mixtures_of(cause):
                about = [ids for ids in map(frozenset, cause.about) if ids <= {*one.products}]
                if cause.of is Of.MIXTURE:
                    about = [ids for ids in about if len(ids) == len(one.products)]
                open_ones = some is not None and (not about or any(a not in some for a in about))
                if open_ones and one.products not in named:
                    left.setdefault(cause.change, set()).add(one.products)
    return {change: len(mixtures) for change, mixtures in left.items()}


def _some_of(several: list[T]) -> st.SearchStrategy[list[T]]:
    return st.lists(st.sampled_from(several), unique=True) if several else st.just([])


@settings(max_examples=50)
@given(
    drawn=pairs_of_formularies(),
    told=patients(),
    rules=st.tuples(rulebooks(), rulebooks()),
    data=st.data(),
)
def test_a_mixture_is_acknowledged_where_each_of_its_causes_is(
    drawn: tuple[Drawn, Drawn],
    told: DrawnPatient,
    rules: tuple[mesomix.Rulebook, mesomix.Rulebook],
    data: st.DataObject,
) -> None:
    old, new = (one.load() for one in drawn)
    two = told.read(old), told.read(new)
    patient = None if two[0] is None or two[1] is None else (two[0], two[1])
    found = diff(old, new, patient, rules=rules)
    milder = [cause for cause in found.causes if is_milder(cause.change)]
    numbers = [number for number, cause in enumerate(found.causes) if cause in milder]
    wanted: dict[int, set[frozenset[str]] | None] = {}
    entries: list[dict[str, object]] = []
    for number in data.draw(_some_of(numbers)):
        cause = found.causes[number]
        some = None
        if cause.about and data.draw(st.booleans()):
            some = data.draw(st.lists(st.sampled_from(cause.about), unique=True, min_size=1))
        wanted[number] = None if some is None else {*map(frozenset, some)}
        about = None if some is None else [[*reversed(ids)] for ids in some]
        entries.append(entry_of(cause, about))
    every = [one for one in found.mixtures() if is_milder(one[1:])]
    some_named = data.draw(_some_of(every))[:3]
    single = [
        {"before": o.before.value, "after": o.after.value, "products": o.products, "reason": REASON}
        for o in some_named
    ]
    read = Acknowledgements.model_validate({"causes": entries, "mixtures": single})
    left = acknowledged(found, read)
    assert left.open == left_one_by_one(found, wanted, {one.products for one in some_named})
    assert left.unmatched == ()
    assert left.complete is (not left.open and not any(found.added_without_objection.values()))
    assert {cause.change for cause in left.causes} == set(left.open)


@settings(max_examples=20)
@given(
    drawn=pairs_of_formularies(),
    told=patients(),
    rules=st.tuples(rulebooks(), rulebooks()),
    many=st.booleans(),
)
def test_what_it_asks_to_be_written_acknowledges_everything(
    drawn: tuple[Drawn, Drawn],
    told: DrawnPatient,
    rules: tuple[mesomix.Rulebook, mesomix.Rulebook],
    many: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    old, new = (one.load() for one in drawn)
    two = told.read(old), told.read(new)
    patient = None if two[0] is None or two[1] is None else (two[0], two[1])
    found = diff(old, new, patient, rules=rules)
    left = acknowledged(found)
    assert left.complete is (not found.milder and not any(found.added_without_objection.values()))
    with pytest.MonkeyPatch.context() as patched:
        most = 0 if many else 2_000
        patched.setattr("mesomix.space.acknowledgements_text.MOST_WRITTEN_OUT", most)
        text = acknowledgements_text(left)
    path = tmp_path_factory.mktemp("written") / "acknowledged.toml"
    path.write_text(text, encoding="utf-8")
    if text:
        with pytest.raises(mesomix.DataError, match="reason"):
            read_acknowledgements(path)
    path.write_text(text.replace('reason = ""', 'reason = "wanted"'), encoding="utf-8")
    after = acknowledged(found, read_acknowledgements(path))
    assert after.complete
    assert (after.open, after.causes, after.added, after.unmatched) == ({}, (), {}, ())


@pytest.fixture
def without_classes(formulary: mesomix.Formulary) -> Diff:
    """What changes when no rule speaks of two products of one class."""
    rules = mesomix.Rulebook(one for one in mesomix.RULES if one.id != "repeated-class")
    patient = formulary.patient(allergies=[], nothing_else=True)
    products = [*formulary.products.values(), *formulary.specialties.values()]
    two = products, products
    return diff(
        formulary, formulary, (patient, patient), rules=(mesomix.RULES, rules), products=two
    )


def test_it_covers_no_more_than_it_says(without_classes: Diff) -> None:
    found = without_classes
    (cause,) = found.causes
    right = entry_of(cause, [[*ids] for ids in cause.about])
    assert acknowledged(found, _read(causes=[right])).complete
    for other in (
        {"before": "refuse"},
        {"objections": ["repeated-class: refuse"]},
        {"objections": ["repeated-class: review", "corticosteroid: refuse"]},
        {"of": "product"},
    ):
        left = acknowledged(found, _read(causes=[right | other]))
        assert left.open == {cause.change: found.milder}
        assert left.unmatched == (Unmatched("causes[0]", tuple(cause.about)),)
    counted = {key: value for key, value in right.items() if key != "about"}
    counted |= {"mixtures": cause.mixtures, "digest": digest(cause.named)}
    assert acknowledged(found, _read(causes=[counted])).complete
    for other in ({"mixtures": cause.mixtures - 1}, {"digest": digest(cause.about[1:])}):
        left = acknowledged(found, _read(causes=[counted | other]))
        assert left.open == {cause.change: found.milder}
        assert left.unmatched == (Unmatched("causes[0]"),)


def test_it_covers_whom_it_names(without_classes: Diff) -> None:
    (cause,) = without_classes.causes
    right = entry_of(cause, [[*ids] for ids in cause.about])
    asthma, epilepsy = mesomix.Text("asthme", "asthma"), mesomix.Text("épilepsie", "epilepsy")
    for named in ("asthme", "asthma"):
        entries = _read(causes=[right | {"patient": named}])
        assert acknowledged(without_classes, entries, asthma).complete
        assert not acknowledged(without_classes, entries, epilepsy).complete
        assert not acknowledged(without_classes, entries).complete
    assert not acknowledged(without_classes, _read(causes=[right]), asthma).complete
    left = acknowledged(without_classes, patient=asthma)
    assert 'patient = "asthma"' in acknowledgements_text(left)


def test_what_is_left_of_a_cause_is_told(without_classes: Diff) -> None:
    found = without_classes
    (cause,) = found.causes
    first, *others = cause.about
    entry = entry_of(cause, [[*first], ["zorgle", first[0]]])
    left = acknowledged(found, _read(causes=[entry]))
    (rest,) = left.causes
    assert rest.about == tuple(others)
    assert rest.mixtures == left.open[cause.change] < cause.mixtures
    assert left.unmatched == (Unmatched("causes[0]", (("zorgle", first[0]),)),)


def test_a_mixture_is_named_by_both_verdicts(without_classes: Diff) -> None:
    found = without_classes
    one, other = islice(found.mixtures(), 2)
    entry = {"before": "review", "after": "no-objection", "reason": REASON}
    right = entry | {"products": one.products[::-1]}
    left = acknowledged(found, _read(mixtures=[right, right]))
    assert left.open == {one[1:]: found.milder - 1}
    assert left.unmatched == ()
    wrong = [
        right | {"before": "refuse"},
        entry | {"products": ["zorgle", *other.products]},
        entry | {"products": [other.products[0]] * 2},
        entry | {"products": [other.products[0]]},
    ]
    left = acknowledged(found, _read(mixtures=wrong))
    assert left.open == {one[1:]: found.milder}
    assert left.unmatched == tuple(Unmatched(f"mixtures[{number}]") for number in range(4))


def test_an_added_product_is_acknowledged_by_its_id(formulary: mesomix.Formulary) -> None:
    patient = formulary.patient(allergies=[], nothing_else=True)
    products = [*formulary.products.values()]
    several = products[:-3], products
    found = diff(formulary, formulary, (patient, patient), products=several)
    one, other = (product.id for product in products[-3:-1])
    assert not found.milder
    # The third that is added is mixed with nothing: its label was read, and forbids it.
    added = found.added_without_objection
    assert acknowledged(found).added == {key: count for key, count in added.items() if count}
    assert {one, other} <= added.keys()
    left = acknowledged(found, _read(added=[{"product": one, "reason": REASON}]))
    assert left.added == {other: found.added_without_objection[other]}
    assert not left.complete
    entries = [{"product": key, "reason": REASON} for key in (one, other, "zorgle")]
    left = acknowledged(found, _read(added=entries))
    assert left.complete
    assert left.unmatched == (Unmatched("added[2]"),)


def _read(**tables: object) -> Acknowledgements:
    return Acknowledgements.model_validate(tables)


def test_in_vain_is_what_no_patient_has(without_classes: Diff) -> None:
    (cause,) = without_classes.causes
    one, other, *_ = ([*ids] for ids in cause.about)
    asthma = mesomix.Text("asthme", "asthma")
    first = entry_of(cause, [one, ["zorgle", one[0]]])
    reasons = _read(
        causes=[first, entry_of(cause, [other]) | {"patient": "asthma"}, first | {"of": "product"}],
        added=[{"product": "zorgle", "reason": REASON}],
    )
    several = [acknowledged(without_classes, reasons, patient) for patient in (None, asthma)]
    assert in_vain(several) == (
        Unmatched("causes[0]", (("zorgle", one[0]),)),
        Unmatched("causes[2]", (tuple(one), ("zorgle", one[0]))),
        Unmatched("added[0]"),
    )


def test_a_product_alone_that_is_named_is_none_of_its_mixtures(
    formulary: mesomix.Formulary,
) -> None:
    """It is no mixture with anything, and takes none from what is left of them."""

    @mesomix.rule(
        mesomix.Severity.REVIEW, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites
    )
    def own_one(product: mesomix.Product) -> mesomix.Flags:
        """It knows one product, whose label forbids mixing."""
        if product.id == "thiocolchicoside":
            yield mesomix.flag()

    less = mesomix.Rulebook(one for one in mesomix.RULES if one.id != "mixing-forbidden")
    rules = mesomix.Rulebook([*mesomix.RULES, own_one]), less
    patient = formulary.patient(allergies=[], nothing_else=True)
    found = diff(formulary, formulary, (patient, patient), rules=rules)
    by_kind = {cause.of: cause for cause in found.causes}
    alone, mixed = by_kind[Of.PRODUCT], by_kind[Of.MIXED_PRODUCT]
    named = {"before": "review", "after": "no-objection", "products": ["thiocolchicoside"]}
    reasons = _read(
        causes=[entry_of(alone, [["thiocolchicoside"]])], mixtures=[named | {"reason": REASON}]
    )
    assert acknowledged(found, reasons).open == {mixed.change: mixed.mixtures}


def test_a_number_of_mixtures_covers_their_size_alone(formulary: mesomix.Formulary) -> None:
    """Of five products there are as many mixtures of two as of three."""
    cites = mesomix.RULES["corticosteroid"].cites

    def counting(wanted: int) -> mesomix.Rulebook:
        @mesomix.rule(mesomix.Severity.REFUSE, fr="z", en="z", cites=cites)
        def own_size(mixture: mesomix.Mixture) -> mesomix.Flags:
            """It counts."""
            if mixture.count == wanted:
                yield mesomix.flag()

        return mesomix.Rulebook([own_size])

    nothing = mesomix.Rulebook([])
    products = [*formulary.products.values()][:5]
    two, three = (
        diff(formulary, formulary, rules=(counting(n), nothing), products=(products, products))
        for n in (2, 3)
    )
    (cause,), (other,) = two.causes, three.causes
    assert (cause.of, cause.mixtures, other.mixtures) == (Of.SIZE, 10, 10)
    reasons = _read(causes=[entry_of(cause, None)])
    assert acknowledged(two, reasons).complete
    assert not acknowledged(three, reasons).complete
