"""Words as rows of numbers: they say what the words say."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import mesomix
from mesomix.batch.columns import parts_of_rules
from mesomix.batch.kernel.mixtures import distinct
from mesomix.batch.kernel.words import Layout, has_holes, masks, opens, verdicts
from mesomix.planes import WIDTH, Planes
from mesomix.report import Verdict


@given(data=st.data(), times=st.integers(0, 3))
def test_a_row_says_what_its_word_says(
    formulary: mesomix.Formulary, data: st.DataObject, times: int
) -> None:
    again = [replace(rule, id=f"{rule.id}-{n}") for n in range(times) for rule in mesomix.RULES]
    planes = Planes(mesomix.Rulebook(again), formulary.edition)
    drawn = st.lists(st.integers(0, 127), min_size=len(again), max_size=len(again))
    words = [
        sum(bits << (WIDTH * n) for n, bits in enumerate(one))
        for one in data.draw(st.lists(drawn, max_size=4))
    ]
    rows = Layout(planes).rows(words)
    assert [[*Verdict][code] for code in verdicts(rows)] == [planes.verdict(w) for w in words]
    assert [*opens(rows)] == [bool(planes.open_rules(word)) for word in words]
    assert not has_holes(rows)
    parts = parts_of_rules(planes.rulebook)
    for number, word in enumerate(words):
        found = planes.findings(word)
        told = [mask[number] for mask in masks(rows)]
        for part, ids in enumerate(parts):
            for mask, certain in ((told[2 * part], True), (told[2 * part + 1], False)):
                said = {key for bit, key in enumerate(ids) if mask >> bit & 1}
                assert mask >> len(ids) == 0
                assert said == {key for key, _, sure in found if sure is certain and key in ids}


@given(
    rows=st.lists(st.lists(st.integers(0, 2**31), min_size=5, max_size=5), min_size=1, max_size=20)
)
def test_different_rows_are_told_apart(rows: list[list[int]]) -> None:
    firsts, places = distinct(np.array(rows, np.int64).T)
    assert [rows[firsts[place]] for place in places] == rows
    assert len(firsts) == len({tuple(row) for row in rows})
