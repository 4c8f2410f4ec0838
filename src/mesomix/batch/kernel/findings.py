"""What is found in each row, spelt out: each different row is checked once more, for itself."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from mesomix.batch.kernel.checker import Checker, Rows
from mesomix.batch.kernel.codes import Places
from mesomix.batch.kernel.mixtures import distinct
from mesomix.report import Finding
from mesomix.request import Mixture, Patient

Made = TypeVar("Made")


class Told(NamedTuple):
    """One finding as a table tells it."""

    rule: str
    severity: str
    products: tuple[str, ...]
    certain: bool


def findings(checker: Checker, rows: Rows, kind: pa.DataType) -> pa.Array:
    """What is found in each row, the worst first."""
    count = rows.size
    components = rows.mixed.components(np.arange(count))
    nobody = np.zeros(count, np.int64)
    allergies = nobody if rows.allergies is None else rows.allergies
    facts = nobody if rows.facts is None else rows.facts
    mixtures, mixture_of = _each(components.T, lambda row: _mixture(checker, row))
    patients, patient_of = _each([allergies, facts], lambda row: _patient(checker, row))
    firsts, places = distinct([mixture_of, patient_of])
    numbers: dict[Told, int] = {}
    told: list[int] = []
    ends = [0]
    pairs = np.stack([mixture_of[firsts], patient_of[firsts]], axis=1).tolist()
    for mixture, patient in pairs:
        report = checker.rules.check(mixtures[mixture], patients[patient])
        found = dict.fromkeys(map(_told, report.findings))
        told += [numbers.setdefault(one, len(numbers)) for one in found]
        ends.append(len(told))
    of_each = pa.array([one._asdict() for one in numbers], kind.value_type)
    lists = pa.ListArray.from_arrays(
        pa.array(ends, pa.int32()), of_each.take(pa.array(told, pa.int64()))
    )
    return lists.cast(kind).take(pa.array(places))


def _each(
    columns: Iterable[NDArray[np.integer]], make: Callable[[list[int]], Made]
) -> tuple[list[Made], Places]:
    """What is made of each different row of `columns`, and which of these each row is."""
    columns = [*columns]
    firsts, places = distinct(columns)
    rows = np.stack([column[firsts] for column in columns], axis=1).tolist()
    return [make(row) for row in rows], places


def _mixture(checker: Checker, components: list[int]) -> Mixture:
    return checker.mixtures.mixture(tuple(components))


def _patient(checker: Checker, sets: list[int]) -> Patient:
    allergies, facts = sets
    declared, answered = checker.allergies.declared[allergies], checker.facts.answered(facts)
    return Patient(declared, answered, checker.edition)


def _told(finding: Finding) -> Told:
    products = tuple([a.id for a in finding.about if a.kind == "product" and a.id is not None])
    return Told(finding.rule, finding.severity.value, products, finding.certain)
