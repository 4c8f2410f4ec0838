"""Columns of a file as `check_batches` wants them: texts into lists, and words into yes and no."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from mesomix.batch.ages import AgeColumn, can_be_age
from mesomix.batch.arrow_compute import arrow_compute
from mesomix.batch.column_types import is_text, is_word
from mesomix.batch.columns import PROBLEM, VERDICT, Columns, is_list
from mesomix.batch.problems import NEITHER, NO_AGE, SHIFTED, of_column
from mesomix.model import Condition
from mesomix.report import Verdict

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T")

YES: Final = ("oui", "yes", "true", "vrai", "1")
NO: Final = ("non", "no", "false", "faux", "0")


@dataclass(frozen=True, slots=True)
class Reading:
    """Which columns are made of those of a file, for `check_batches`. Made by `reading_of`."""

    schema: "pa.Schema"
    """Of the file."""
    columns: Columns
    """What says what, with the names of the columns that are made."""
    separator: str
    lists: Mapping[str, str]
    """From a column of texts to the column of lists that is made of it."""
    answers: Mapping[str, str]
    """From a column of words or numbers to the yes and no that are made of it."""
    age: AgeColumn | None
    problem: str
    """The column that says why a row could not be read."""

    @property
    def made(self) -> "pa.Schema":
        """That of the file, with the columns that are made behind it."""
        import pyarrow as pa  # noqa: PLC0415 (extra)

        fields = [*self.schema]
        fields += (pa.field(name, pa.list_(pa.string())) for name in self.lists.values())
        fields += (pa.field(name, pa.bool_()) for name in self.answers.values())
        if self.age:
            fields += (pa.field(name, pa.bool_()) for name in self.age.younger)
        fields.append(pa.field(self.problem, pa.string()))
        return pa.schema(fields, self.schema.metadata)

    def make(self, batch: "pa.RecordBatch", problems: "pa.Array | None") -> "pa.RecordBatch":
        """`batch` of the file, with what is made; `problems` are why a row could not be read."""
        import pyarrow as pa  # noqa: PLC0415 (extra)

        arrays = [*batch.columns]
        parallel = {self.columns.products, self.columns.amounts}
        for name, made in self.lists.items():
            arrays.append(_lists(batch[name], self.separator, keep_places=made in parallel))
        found = pa.nulls(batch.num_rows, pa.string()) if problems is None else problems
        for name in self.answers:
            answers, is_neither = _answers(batch[name])
            arrays.append(answers)
            found = _with_problem(found, is_neither, of_column(name, NEITHER))
        if self.age:
            younger, is_none = self.age.answers(batch[self.age.name])
            arrays += younger
            found = _with_problem(found, is_none, of_column(self.age.name, NO_AGE))
        return pa.RecordBatch.from_arrays([*arrays, found], schema=self.made)

    def unmade(self, checked: "pa.Schema") -> "pa.Schema":
        """That of checked rows without what was made."""
        import pyarrow as pa  # noqa: PLC0415 (extra)

        dropped = {*self.made.names} - {*self.schema.names}
        return pa.schema([f for f in checked if f.name not in dropped], checked.metadata)

    def unmake(self, batch: "pa.RecordBatch") -> "pa.RecordBatch":
        """`batch`, made by `make` and checked since, without what was made.

        A row that could not be read is reviewed at least; what could be read of it was checked, so
        a refusal stays one. Of one with too many or too few cells nobody knows what stands where,
        so it is reviewed, and nothing more is said of it.
        """
        import pyarrow as pa  # noqa: PLC0415 (extra)

        pc = arrow_compute()
        found = batch[self.problem]
        kept = batch.select(self.unmade(batch.schema).names)
        if found.null_count == len(found):
            return kept
        is_shifted = pc.is_in(found, value_set=pa.array([text.en for text in SHIFTED]))
        added = [field for field in kept.schema if field.name not in self.schema.names]
        replaced = {field.name: _unsaid(kept[field.name], is_shifted) for field in added}
        verdicts = [
            Verdict.REVIEW.value
            if shifted or (problem and verdict == Verdict.NO_OBJECTION.value)
            else verdict
            for shifted, problem, verdict in zip(
                is_shifted.to_pylist(), found.to_pylist(), kept[VERDICT].to_pylist(), strict=True
            )
        ]
        replaced[VERDICT] = pa.array(verdicts, kept[VERDICT].type)
        replaced[PROBLEM] = pc.coalesce(found, kept[PROBLEM])
        arrays = [replaced.get(field.name, kept[field.name]) for field in kept.schema]
        return pa.RecordBatch.from_arrays(arrays, schema=kept.schema)


def reading_of(
    schema: "pa.Schema",
    columns: Columns,
    *,
    separator: str = ";",
    age: str | None = None,
    conditions: Mapping[str, Condition] = MappingProxyType({}),
) -> Reading:
    """How the columns of a file of `schema` become what `check_batches` takes.

    A text where a list of products, amounts or conditions is wanted is split at `separator`; a
    text or a number where an answer is wanted is read as yes or no; the column `age` answers those
    of `conditions` that are of being younger than something. All else stays as it is, and
    `checked_schema` says what of it is wrong. All of them are columns of `schema`. Raises
    ValueError when `age` cannot hold ages, or the separator is empty.
    """
    types = {field.name: field.type for field in schema}
    if not separator:
        message = "the separator of lists (--separator, separator=) must not be empty"
        raise ValueError(message)
    names = _MadeNames(types)
    wanted = (columns.products, columns.amounts, columns.affirmed, columns.denied)
    listed = [name for name in wanted if isinstance(name, str) and is_text(types[name])]
    lists = {name: names.of(name) for name in listed}
    answered = [name for name in columns.facts.values() if is_word(types[name])]
    answers = {name: names.of(name) for name in dict.fromkeys(answered)}
    facts = {fact: answers.get(name, name) for fact, name in columns.facts.items()}
    ages = None if age is None else _ages(age, types[age], conditions, facts, names)
    told = replace(
        columns,
        products=_renamed(columns.products, lists),
        amounts=_renamed(columns.amounts, lists),
        affirmed=_renamed(columns.affirmed, lists),
        denied=_renamed(columns.denied, lists),
        facts=facts,
    )
    return Reading(schema, told, separator, lists, answers, ages, names.of("problem"))


class _MadeNames:
    """Names for columns that are made, which none of the file has."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {*taken}

    def of(self, name: str) -> str:
        """A new name of what is made of `name`."""
        made = f"mesomix reads {name}"
        while made in self._taken:
            made += "'"
        self._taken.add(made)
        return made


def _ages(
    name: str,
    kind: "pa.DataType",
    conditions: Mapping[str, Condition],
    facts: dict[str, str],
    names: _MadeNames,
) -> AgeColumn:
    """What is made of the column `name` of ages; `facts` are told of it."""
    if not can_be_age(kind):
        message = f"column {name!a} must hold ages, as numbers of years or texts, and is of type "
        message += str(kind)
        raise ValueError(message)
    younger: dict[str, int] = {}
    for key, condition in conditions.items():
        if condition.younger_than_months is not None:
            fact = key
            while fact in facts:  # a column answers it as well: the same name, spelt otherwise
                fact += " "
            facts[fact] = names.of(f"{name} as {key}")
            younger[facts[fact]] = condition.younger_than_months
    return AgeColumn(name, younger)


def _renamed(names: T, made: Mapping[str, str]) -> T | str:
    """`names`, or what was made of that one column."""
    return made.get(names, names) if isinstance(names, str) else names


def _lists(texts: "pa.Array", separator: str, *, keep_places: bool) -> "pa.Array":
    """What each text has between separators; nothing, and no place for it, where it is empty.

    With `keep_places`, what is empty stays one of the list, since another list is beside it.
    """
    import pyarrow as pa  # noqa: PLC0415 (extra)

    pc = arrow_compute()
    mark = re.escape(separator)
    separated = separator.replace("\\", r"\\")  # in the place of a match, a backslash is none
    plain = pc.utf8_trim_whitespace(texts.cast(pa.string()))
    plain = pc.replace_substring_regex(plain, rf"\s*{mark}\s*", separated)
    if not keep_places:
        plain = pc.replace_substring_regex(plain, rf"^({mark})+|({mark})+$", "")
        plain = pc.replace_substring_regex(plain, rf"({mark})+", separated)
    found = pc.split_pattern(plain, separator)
    return pc.if_else(pc.equal(plain, ""), pa.scalar([], found.type), found)


def _with_problem(found: "pa.Array", rows: "pa.BooleanArray", problem: str) -> "pa.Array":
    """`found`, with this `problem` in those `rows` that had none."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    pc = arrow_compute()
    return pc.coalesce(found, pc.if_else(rows, problem, pa.scalar(None, pa.string())))


def _unsaid(column: "pa.Array", rows: "pa.BooleanArray") -> "pa.Array":
    """`column` of what a check found, with nothing found in those `rows` but an open question."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    kind = column.type
    nothing: object = None
    if pa.types.is_boolean(kind):
        nothing = True
    elif pa.types.is_integer(kind):
        nothing = 0
    elif is_list(kind) and pa.types.is_struct(kind.value_type):  # the findings, of which none
        nothing = list[object]()
    return arrow_compute().if_else(rows, pa.scalar(nothing, kind), column)


def _answers(words: "pa.Array") -> "tuple[pa.Array, pa.BooleanArray]":
    """Yes, no or null for each, and where it is neither: a null and a blank are not asked."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    pc = arrow_compute()
    if pa.types.is_floating(words.type):  # how pandas keeps numbers beside a null
        words = pc.if_else(pc.is_nan(words), None, words)
    plain = pc.utf8_lower(pc.utf8_trim_whitespace(words.cast(pa.string())))
    yes = pc.is_in(plain, value_set=pa.array(YES))
    no = pc.is_in(plain, value_set=pa.array(NO))
    is_blank = pc.is_in(plain, value_set=pa.array(["", None], pa.string()))
    answers = pc.if_else(pc.or_(yes, no), yes, pa.scalar(None, pa.bool_()))
    return answers, pc.invert(pc.or_(pc.or_(yes, no), is_blank))
