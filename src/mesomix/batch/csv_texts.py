"""Checked rows as a CSV can hold them: a list is one text, and so are the findings of a row."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from mesomix.batch.arrow_compute import arrow_compute
from mesomix.batch.columns import FINDINGS, is_list
from mesomix.batch.masks import is_sure, masks_of, rules_of

if TYPE_CHECKING:
    import pyarrow as pa

JOINED_BY: Final = "; "
MOST_KEPT: Final = 50_000
"""So many different codes are remembered."""


class CsvTexts:
    """From rows of `checked`, the schema of a checked table, to those of `schema`, for a CSV.

    In the place of the codes of findings stands the name of each rule that objects, with a "?"
    behind it where it cannot tell; those of the rules `worst_first` in that order. Raises
    ValueError when a column is of a type that a CSV has no place for.
    """

    def __init__(self, checked: "pa.Schema", worst_first: Sequence[str] = ()) -> None:
        import pyarrow as pa  # noqa: PLC0415 (extra)

        ranks = {rule: rank for rank, rule in enumerate(worst_first)}
        self._labels = {
            mask.name: [
                (ranks.get(rule, len(ranks)), rule if is_sure(mask) else f"{rule} ?")
                for rule in rules_of(mask)
            ]
            for mask in masks_of(checked)
        }
        """Of each column of codes, how bad each of its rules is, and what stands for it."""
        self._texts: dict[tuple[int, ...], str] = {}
        """Of the codes that were met last: few rows differ."""
        self._kept = [field.name for field in checked if field.name not in self._labels]
        fields = [pa.field(name, _text_type(checked.field(name))) for name in self._kept]
        if self._labels:
            fields.append(pa.field(FINDINGS, pa.string()))
        self.schema: Final = pa.schema(fields)

    def of(self, batch: "pa.RecordBatch") -> "pa.RecordBatch":
        """`batch` as texts; a null stays one."""
        import pyarrow as pa  # noqa: PLC0415 (extra)

        arrays: list[pa.Array] = []
        for name in self._kept:
            column = batch[name]
            wanted = self.schema.field(name).type
            arrays.append(_joined(column) if is_list(column.type) else column.cast(wanted))
        if self._labels:
            arrays.append(pa.array(self._findings(batch), pa.string()))
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _findings(self, batch: "pa.RecordBatch") -> "Iterator[str]":
        if len(self._texts) > MOST_KEPT:
            self._texts.clear()
        for codes in zip(*(batch[name].to_pylist() for name in self._labels), strict=True):
            text = self._texts.get(codes)
            if text is None:
                named = sorted(self._named(codes), key=itemgetter(0))
                text = self._texts[codes] = JOINED_BY.join(label for _, label in named)
            yield text

    def _named(self, codes: Sequence[int]) -> Iterator[tuple[int, str]]:
        for labels, code in zip(self._labels.values(), codes, strict=True):
            yield from (label for place, label in enumerate(labels) if code >> place & 1)


def _text_type(field: "pa.Field") -> "pa.DataType":
    """The type of a column in a CSV."""
    import pyarrow as pa  # noqa: PLC0415 (extra)
    from pyarrow import csv  # noqa: PLC0415 (extra)

    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    try:
        if is_list(kind):
            pa.nulls(0, kind.value_type).cast(pa.string())
        elif not pa.types.is_string_view(kind):
            csv.write_csv(pa.table({"": pa.nulls(0, kind)}), pa.BufferOutputStream())
            return kind
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        message = f"column {field.name!a}: a CSV cannot hold {kind}; write a .parquet instead"
        raise ValueError(message) from None
    return pa.string()


def _joined(lists: "pa.Array") -> "pa.Array":
    """The elements of each list as one text; a null element is an empty one."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    pc = arrow_compute()
    plain = lists.cast(pa.large_list(lists.type.value_type))
    texts = pc.fill_null(plain.values.cast(pa.string()), "")
    joined = pc.binary_join(pa.LargeListArray.from_arrays(plain.offsets, texts), JOINED_BY)
    return pc.if_else(plain.is_null(), None, joined)
