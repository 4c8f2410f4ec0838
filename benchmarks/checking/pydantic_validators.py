"""The rules as pydantic validators: a request that is validated comes with what is said of it."""

from itertools import combinations
from typing import Annotated, Self

import pydantic
from pydantic import BaseModel, BeforeValidator, ConfigDict, PrivateAttr, ValidationInfo
from pydantic import model_validator as validator

from checking.exported import Data
from checking.plain_loop import Allergy, Checking, Product, Tables
from checking.question import Answer, Case, answer_of, verdict_of


def _tables(info: ValidationInfo) -> Tables:
    """The data, which is the context of the validation."""
    assert isinstance(info.context, Tables)
    return info.context


def _product(key: str, info: ValidationInfo) -> Product:
    return _tables(info).products[key]


def _allergy(key: str, info: ValidationInfo) -> Allergy:
    return _tables(info).allergies[key]


class Checked(BaseModel):
    """A request, its ids replaced by what they name; each validator stands for rules of a kind."""

    model_config = ConfigDict(extra="forbid")

    products: list[Annotated[Product, BeforeValidator(_product)]]
    allergies: list[Annotated[Allergy, BeforeValidator(_allergy)]] | None
    facts: dict[str, bool]
    _said: Checking = PrivateAttr()
    _distinct: list[Product] = PrivateAttr()

    @validator(mode="after")
    def of_mixture(self, info: ValidationInfo) -> Self:
        """The rules about the whole."""
        self._said = said = Checking(_tables(info).severities)
        self._distinct = sorted({p.id: p for p in self.products}.values(), key=lambda p: p.id)
        said.mixture(self._distinct)
        if len(self._distinct) < len(self.products):
            ids = [product.id for product in self.products]
            for product in self._distinct:
                if ids.count(product.id) > 1:
                    said.say("repeated-product", product.id)
        return self

    @validator(mode="after")
    def of_products(self) -> Self:
        """The rules about products, and pairs of them."""
        for product in self._distinct:
            self._said.product(product)
        for a, b in combinations(self._distinct, 2):
            self._said.pair(a, b)
        return self

    @validator(mode="after")
    def of_allergies(self) -> Self:
        """The rules about the allergies."""
        if self.allergies is None:
            self._said.say("allergies-not-asked")
        for allergy in self.allergies or ():
            if allergy.outside:
                self._said.say("allergen-outside-mixture")
            for product in self._distinct:
                self._said.allergy(product, allergy)
        return self

    @validator(mode="after")
    def of_facts(self) -> Self:
        """The rules about the answers."""
        self._said.facts(self._distinct, self.facts)
        return self

    def said(self) -> tuple[str, Checking]:
        """The verdict, and what is said."""
        return verdict_of(self._said.found, self._said.open), self._said


class Validators:
    """One validation of the request, which the loop is spared."""

    name = "pydantic validators"
    version = f"pydantic {pydantic.VERSION}"

    def __init__(self, data: Data) -> None:
        self._tables = Tables.model_validate(data)

    def ask(self, case: Case) -> tuple[str, Checking]:
        """The verdict, and what was collected."""
        return Checked.model_validate(case.request, context=self._tables).said()

    def answer(self, asked: object) -> Answer:
        """The common form."""
        assert isinstance(asked, tuple)
        verdict, checking = asked
        return answer_of(checking.found, checking.open)._replace(verdict=verdict)
