"""How many times as long a table takes with its findings, as bits, as with the verdicts alone."""

import argparse
from collections.abc import Sequence
from unittest.mock import patch

import numpy as np
import rounds
import synthetic
from numpy.typing import NDArray
from tables.rows import Form, Rows, made_up, table, with_one_allergy
from tables.with_mesomix import BATCH, columns_of, reader

from mesomix.batch import check_batches
from mesomix.batch.kernel.codes import Codes, Layer

SIZES = (9, 100, 2_000)
ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=4_000_000)
    asked = parser.parse_args()
    for size in SIZES:
        rows = made_up(synthetic.formulary(size), asked.rows)
        for form in Form:
            of_form = with_one_allergy(rows) if form in (Form.ENCODED, Form.PLAIN) else rows
            print(f"{size:5} products, {form.value}: {ratio(of_form, form):.2f}", flush=True)


def ratio(rows: Rows, form: Form) -> float:
    """The time with findings over that without, of interleaved rounds."""
    nothing = np.zeros(BATCH, np.int64)
    batches = table(rows, form).to_batches(BATCH)
    read = reader(rows, form)

    def none(codes: Codes, layers: Sequence[Layer]) -> list[NDArray[np.int64]]:
        return [nothing[: len(layers[0])]] * codes.columns

    def checked() -> int:
        found = check_batches(map(read, batches), rows.formulary, columns_of(form))
        return sum(batch.num_rows for batch in found)  # each is let go

    def without() -> int:
        with patch.object(Codes, "masks", none):
            return checked()

    times = rounds.medians({"with": checked, "without": without}, ROUNDS)
    return times["with"] / times["without"]


if __name__ == "__main__":
    main()
