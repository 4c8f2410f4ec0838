"""Columns by their names: found where one can be meant, and told where nothing reads them."""

import pyarrow as pa
import pytest

import mesomix
from mesomix.batch.column_names import Asked, find_age, find_columns
from mesomix.batch.columns import Columns, checked_schema

TEXT = pa.string()
LIST = pa.list_(TEXT)


def schema(*names: str, **types: pa.DataType) -> pa.Schema:
    """Columns of texts, and those of other types."""
    return pa.schema([*((name, TEXT) for name in names), *types.items()])


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["products"], "products"),
        (["Produits"], "Produits"),
        (["produit"], "produit"),
        (["produit_2", "id", "Produit 1"], ("Produit 1", "produit_2")),
        (["product3", "product1", "product2"], ("product1", "product2", "product3")),
        (["PRODUCT-1"], ("PRODUCT-1",)),
    ],
)
def test_products_are_found(
    formulary: mesomix.Formulary, names: list[str], found: str | tuple[str, ...]
) -> None:
    assert find_columns(schema(*names), formulary, Asked()) == Columns(products=found)


@pytest.mark.parametrize(
    "names",
    [
        ["products", "produits"],
        ["product", "product_1"],
        ["product_1", "product_3"],
        ["product_2"],
        ["product_1", "produit_1"],
        ["product_0", "product_1"],
        ["product_1", "product_01"],
    ],
)
def test_products_that_could_be_others_have_to_be_said(
    formulary: mesomix.Formulary, names: list[str]
) -> None:
    with pytest.raises(ValueError, match="products: it is not clear which columns") as raised:
        find_columns(schema(*names, "secret"), formulary, Asked())
    assert all(name in str(raised.value) for name in names)
    assert "secret" not in str(raised.value)


def test_without_products_there_is_nothing_to_check(formulary: mesomix.Formulary) -> None:
    with pytest.raises(ValueError, match=r"by its name, of 'id', 'médic': say .*\(--products\)"):
        find_columns(schema("id", "médic"), formulary, Asked())


@pytest.mark.parametrize("kind", [pa.int64(), pa.binary(), pa.struct([]), pa.bool_()])
def test_what_is_called_so_and_cannot_be_read_is_refused(
    formulary: mesomix.Formulary, kind: pa.DataType
) -> None:
    for given in (schema("secret", products=kind), schema("product_1", product_2=kind)):
        columns = find_columns(given, formulary, Asked())
        with pytest.raises(ValueError, match=r"^column 'product(s|_2)' must hold a text"):
            checked_schema(given, columns)
    beside = schema("product_1", "pregnancy", dose_1=kind)
    with pytest.raises(ValueError, match=r"^column 'dose_1' must hold a text"):
        checked_schema(beside, find_columns(beside, formulary, Asked()))


def test_what_is_said_of_a_patient_is_found(formulary: mesomix.Formulary) -> None:
    given = schema(
        "product_1",
        "product_2",
        "Quantité 1",
        "dose_2",
        "Allergies",
        "id",
        "Asthme",
        affirmed=LIST,
        Niées=LIST,
        grossesse=pa.bool_(),
        cancer=pa.int8(),
        epilepsy=pa.date32(),
        age=pa.float64(),
    )
    assert find_columns(given, formulary, Asked(null_products="none")) == Columns(
        products=("product_1", "product_2"),
        amounts=("Quantité 1", "dose_2"),
        allergies="Allergies",
        affirmed="affirmed",
        denied="Niées",
        facts={
            "asthma": "Asthme",
            "pregnancy": "grossesse",
            "cancer": "cancer",
            "epilepsy": "epilepsy",
        },
        null_products="none",
    )


@pytest.mark.parametrize(
    ("names", "role"),
    [
        (["allergies", "allergie"], "allergies"),
        (["affirmed", "affirmés"], "affirmed"),
        (["denied", "niés"], "denied"),
        (["pregnancy", "grossesse"], "pregnancy"),
        (["doses", "volumes"], "amounts"),
    ],
)
def test_two_columns_for_one_thing_have_to_be_told_apart(
    formulary: mesomix.Formulary, names: list[str], role: str
) -> None:
    with pytest.raises(ValueError, match=f"{role}: it is not clear which columns"):
        find_columns(schema("products", *names), formulary, Asked())


def test_amounts_that_match_no_products_are_an_error(formulary: mesomix.Formulary) -> None:
    with pytest.raises(ValueError, match="amounts"):
        find_columns(schema("product_1", "product_2", "dose_1"), formulary, Asked())


def test_what_was_asked_is_used(formulary: mesomix.Formulary) -> None:
    given = schema("a", "b", "c", "y", "n", "v", "products", "allergies", "asthme", "grossesse")
    asked = Asked(
        products=("a", "b"),
        allergies="c",
        affirmed="y",
        denied="n",
        amounts=("v", "products"),
        facts={"Épilepsie": "allergies", "asthma": "b2"},
        nothing_else=True,
    )
    assert find_columns(given, formulary, asked) == Columns(
        products=("a", "b"),
        allergies="c",
        affirmed="y",
        denied="n",
        amounts=("v", "products"),
        facts={"epilepsy": "allergies", "asthma": "b2", "pregnancy": "grossesse"},
        nothing_else=True,
    )
    assert find_columns(given, formulary, Asked(products="a")).allergies == "allergies"


def test_a_condition_that_was_asked_for_has_to_exist(formulary: mesomix.Formulary) -> None:
    with pytest.raises(ValueError, match="'nine' names no condition of the formulary"):
        find_columns(schema("products"), formulary, Asked(facts={"nine": "a"}))


def test_a_condition_is_asked_for_once(formulary: mesomix.Formulary) -> None:
    with pytest.raises(ValueError, match="asthma: it is not clear which columns"):
        find_columns(schema("products"), formulary, Asked(facts={"asthma": "a", "asthme": "b"}))


def test_each_condition_is_known_by_its_names(formulary: mesomix.Formulary) -> None:
    for key, condition in formulary.conditions.items():
        for name in (key, condition.name.fr, condition.name.en):
            found = find_columns(schema("products", name), formulary, Asked())
            assert found.facts == {key: name}


@pytest.mark.parametrize(
    "name",
    ["age", "Âge", "Âge (ans)", "age_years", "Patient age", "Âge du patient", "Age en années"],
)
def test_ages_are_found(formulary: mesomix.Formulary, name: str) -> None:
    given = schema("products", name, "sexe")
    columns = find_columns(given, formulary, Asked())
    assert find_age(given, columns, Asked()) == name
    assert find_age(given, columns, Asked(age="sexe")) == "sexe"
    assert find_age(given, columns, Asked(set_aside=(name,))) is None


@pytest.mark.parametrize("name", ["page", "Âge (mois)", "age_months", "agenda", "dosage"])
def test_no_other_column_is_one_of_ages(formulary: mesomix.Formulary, name: str) -> None:
    given = schema("products", name)
    assert find_age(given, find_columns(given, formulary, Asked()), Asked()) is None


def test_two_columns_of_ages_have_to_be_told_apart(formulary: mesomix.Formulary) -> None:
    given = schema("products", "age", "Âge")
    columns = find_columns(given, formulary, Asked())
    with pytest.raises(ValueError, match="age: it is not clear which columns"):
        find_age(given, columns, Asked())


def test_what_is_set_aside_is_not_found(formulary: mesomix.Formulary) -> None:
    given = schema("products", "allergies", "cancer", "doses")
    asked = Asked(set_aside=("allergies", "cancer", "doses"))
    assert find_columns(given, formulary, asked) == Columns(products="products")
    aged = Asked(age="cancer")
    assert find_columns(given, formulary, aged).facts == {}
