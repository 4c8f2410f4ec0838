"""Tables that somebody may have written, and what `mesomix.check` says of each of their rows."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
from hypothesis import strategies as st
from strategies import allergies, any_names, facts, known_names

import mesomix
from mesomix.batch import Columns
from mesomix.report import ANOTHER_QUESTION
from mesomix.request import AnsweredFact

Row = dict[str, Any]

PLACES: Final = 3
FACTS: Final = ("pregnancy", "asthma", "atopy", "epilepsy", "skin-infection", "cancer-treatment")
TEXT_TYPES: Final = (
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.dictionary(pa.int8(), pa.string()),
    pa.dictionary(pa.int32(), pa.large_string()),
)
FORMS: Final = ("plain", "large", "dictionary")
_NAMES: Final = st.one_of(
    st.sampled_from(["lidocaïne", "Miorel", "Piroxicam", "Kenacort", "procaïne + Miorel"]),
    st.sampled_from(["zorgle", "Procaïne Lavoisier", "Miorel 2 ml", "lidocaïne gel", "MIOREL"]),
    st.sampled_from([None, "", " "]),
    known_names(),
    any_names(),
)
_PERMITTED: Final = st.sampled_from(["", "", "lidocaïne", "etamsylate", "Laroscorbine", "Miorel"])
_AMOUNTS: Final = st.sampled_from([None, "", "2 ml", "1/2 ampoule", "beaucoup", "30 mg", " "])
_CONDITIONS: Final = st.sampled_from(
    [None, "grossesse", "pregnancy", "asthme", "atopy", "epilepsy", "zorg"]
)
_FEW: Final = st.none() | st.lists(_CONDITIONS, max_size=2)
_NONE_KNOWN: Final = st.builds(list[str | None])
_FACTS: Final = st.sampled_from(FACTS)
_HEALTHY: Final = st.fixed_dictionaries(
    {name: st.sampled_from([False, False, False, False, None, True]) for name in FACTS}
)


@dataclass(frozen=True)
class Said:
    """What is said of one row."""

    verdict: str
    sure: frozenset[str]
    unsure: frozenset[str]
    findings: frozenset[tuple[str, str, tuple[str, ...], bool]]
    unread: tuple[str | None, ...]
    problem: bool
    open: bool
    """Whether a rule could not run, and that may have moved the verdict."""


@dataclass(frozen=True)
class Table:
    """A table, its rows in Python's terms, and which columns say what."""

    rows: list[Row]
    batch: pa.RecordBatch
    columns: Columns
    free: bool

    def said(self, formulary: mesomix.Formulary, rules: mesomix.Rulebook) -> list[Said]:
        """What is said of each row, by a check of it alone."""
        return [self._said(formulary, rules, row) for row in self.rows]

    def _said(self, formulary: mesomix.Formulary, rules: mesomix.Rulebook, row: Row) -> Said:
        written, matched = self._written(row)
        mixture = formulary.mixture(*written)
        allergies = self._allergies(row)
        answers = self._answers(row)
        problem = not matched
        lists = ((self.columns.affirmed, row["yes"]), (self.columns.denied, row["no"]))
        told = all(column is None or given is not None for column, given in lists)
        nothing_else = self.columns.nothing_else and told
        try:
            patient = formulary.patient(
                allergies=allergies, facts=_facts(answers), nothing_else=nothing_else
            )
        except ValueError:
            problem = True
            patient = _of_what_can_be(formulary, allergies, answers)
        report = rules.check(mixture, patient)
        verdict = report.verdict.value
        return Said(
            verdict="review" if problem and verdict == "no-objection" else verdict,
            sure=frozenset(f.rule for f in report.findings if f.certain),
            unsure=frozenset(f.rule for f in report.findings if not f.certain),
            findings=frozenset(
                (
                    f.rule,
                    f.severity.value,
                    tuple(a.id for a in f.about if a.kind == "product" and a.id),
                    f.certain,
                )
                for f in report.findings
            ),
            unread=tuple(
                c.read.written or None
                for c in mixture.components
                if c.read.unread or not c.products
            ),
            problem=problem,
            open=problem
            or any(
                skipped.severity is not mesomix.Severity.NOTE
                and skipped.reason not in ANOTHER_QUESTION
                for skipped in report.not_checked
            ),
        )

    def _written(self, row: Row) -> tuple[list[str | tuple[str, str]], bool]:
        """The names with their amounts, and whether these are as many as the names."""
        names = row["names"]
        amounts = (row["amounts"] or []) if self.columns.amounts else []
        unknown = self.columns.null_products == "unknown"
        if names is None:
            return ([""] if unknown else []), not amounts
        matched = len(amounts) in {0, len(names)}
        if not matched or not amounts:
            amounts = [None] * len(names)
        written: list[str | tuple[str, str]] = []
        for name, amount in zip(names, amounts, strict=True):
            if amount is not None and amount.strip():
                written.append((name or "", amount))
            elif (name is None and unknown) or (name is not None and name.strip()):
                written.append(name or "")
        return written, matched

    def _allergies(self, row: Row) -> list[str] | None:
        given = row["allergies"] if self.columns.allergies else None
        if self.free:
            return [given] if given and given.strip() else None
        return None if given is None else [text or "" for text in given]

    def _answers(self, row: Row) -> list[tuple[str | None, bool | None]]:
        found: list[tuple[str | None, bool | None]] = [
            (name, row["answers"].get(name)) for name in self.columns.facts
        ]
        if self.columns.affirmed:
            found += [(name, True) for name in row["yes"] or ()]
        if self.columns.denied:
            found += [(name, False) for name in row["no"] or ()]
        return found


def _of_what_can_be(
    formulary: mesomix.Formulary,
    allergies: list[str] | None,
    answers: list[tuple[str | None, bool | None]],
) -> mesomix.Patient:
    """What follows from each answer that can be; of two that contradict each other the yes."""
    yes: set[str] = set()
    no: set[str] = set()
    for name, answer in answers:
        if name is not None:
            with suppress(ValueError):
                found = formulary.patient(facts={name: answer})
                yes.update(found.affirmed)
                no.update(found.denied)
    said = {**dict.fromkeys(no, mesomix.Answer.NO), **dict.fromkeys(yes, mesomix.Answer.YES)}
    facts = tuple(
        AnsweredFact(key, condition.name, said[key])
        for key, condition in formulary.conditions.items()
        if key in said
    )
    declared = formulary.patient(allergies=allergies).allergies
    return mesomix.Patient(declared, facts, formulary.edition)


def _facts(answers: list[tuple[str | None, bool | None]]) -> dict[str, bool | None]:
    """What was answered to each; ValueError when it has no name, or was answered in two ways."""
    given: dict[str, bool | None] = {}
    for name, answer in answers:
        known = given.get(name or "")
        if name is None or (known is not None and answer is not None and known is not answer):
            raise ValueError
        given[name] = known if answer is None else answer
    return given


def _first(texts: list[str] | None) -> str | None:
    return None if texts is None else "".join(texts[:1])


_DECLARED: Final = st.none() | st.lists(st.none() | allergies().map(_first), max_size=3)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of any shape, with what may stand in them."""
    listed, free = draw(st.booleans()), draw(st.booleans())
    # Where much is objected to, nobody sees what is missed.
    quiet = not free and draw(st.booleans())
    given = st.booleans()
    one = st.fixed_dictionaries(
        {
            "names": _several(_PERMITTED if quiet else _NAMES, listed),
            "amounts": _several(_AMOUNTS, listed),
            "allergies": allergies().map(_first) if free else _NONE_KNOWN if quiet else _DECLARED,
            "answers": _HEALTHY if quiet else facts() | st.dictionaries(_FACTS, given),
            "yes": _NONE_KNOWN if quiet else _FEW,
            "no": _NONE_KNOWN | _FEW if quiet else _FEW,
        }
    )
    rows = draw(st.lists(one, min_size=1, max_size=8))
    columns = Columns(
        products=_columns("names", listed),
        amounts=_columns("amounts", listed) if not quiet and draw(given) else None,
        allergies="allergies" if quiet or draw(given) else None,
        facts={name: name for name in draw(st.lists(_FACTS, unique=True))},
        affirmed="yes" if draw(given) else None,
        denied="no" if draw(given) else None,
        nothing_else=quiet or draw(given),
        null_products=draw(st.sampled_from(["unknown", "none"])),
    )
    batch = _batch(rows, lambda options: draw(st.sampled_from(options)), listed=listed, free=free)
    first = draw(st.integers(0, len(rows) - 1))
    return Table(rows[first:], batch.slice(first), columns, free)


def _several(elements: st.SearchStrategy[str | None], listed: bool) -> st.SearchStrategy[Any]:
    if listed:
        return st.none() | st.lists(elements, max_size=6)
    return st.lists(elements, min_size=PLACES, max_size=PLACES)


def _columns(name: str, listed: bool) -> str | tuple[str, ...]:
    return name if listed else tuple(f"{name} {place}" for place in range(PLACES))


def _batch(
    rows: list[Row], choose: Callable[[Sequence[Any]], Any], *, listed: bool, free: bool
) -> pa.RecordBatch:
    arrays: dict[str, pa.Array] = {}
    for name in ("names", "amounts"):
        values = [row[name] for row in rows]
        if listed:
            arrays[name] = in_form(held_lists(values, choose(TEXT_TYPES)), choose(FORMS))
            continue
        for place, column in enumerate(_columns(name, listed)):
            arrays[column] = held([value[place] for value in values], choose(TEXT_TYPES))
    for name in ("allergies", "yes", "no"):
        values = [row[name] for row in rows]
        if free and name == "allergies":
            arrays[name] = held(values, choose(TEXT_TYPES))
        else:
            arrays[name] = in_form(held_lists(values, choose(TEXT_TYPES)), choose(FORMS))
    for name in FACTS:
        arrays[name] = _answers([row["answers"].get(name) for row in rows])
    return pa.record_batch(arrays)


def _answers(answers: list[bool | None]) -> pa.Array:
    """A boolean column in which a yes stands behind each null, that nobody may look at."""
    values = pa.array([answer is not False for answer in answers])
    valid = pa.array([answer is not None for answer in answers])
    buffers = [None if None not in answers else valid.buffers()[1], values.buffers()[1]]
    return pa.Array.from_buffers(pa.bool_(), len(answers), buffers)


def held(texts: list[str | None], kind: pa.DataType) -> pa.Array:
    """`texts` in an array of that type."""
    return pa.array(texts, kind)


def held_lists(lists: list[list[str | None] | None], kind: pa.DataType) -> pa.Array:
    """`lists` in an array of lists of that type; a null has elements that nobody may look at."""
    flat = [text for one in lists for text in (["Kenacort"] if one is None else one)]
    ends = [0]
    for one in lists:
        ends.append(ends[-1] + (1 if one is None else len(one)))
    mask = pa.array([one is None for one in lists])
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), held(flat, kind), mask=mask)


def in_form(lists: pa.ListArray, form: str) -> pa.Array:
    """The same lists in another form."""
    if form == "large":
        return lists.cast(pa.large_list(lists.type.value_type))
    if form == "dictionary" and lists.type.value_type in {pa.string(), pa.large_string()}:
        places = [None if not valid else n for n, valid in enumerate(lists.is_valid().to_pylist())]
        return pa.DictionaryArray.from_arrays(pa.array(places, pa.int16()), lists)
    return lists
