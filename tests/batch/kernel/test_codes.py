"""Words as codes: they say what the words say, and their union what the words say together."""

from dataclasses import replace
from functools import reduce
from operator import or_

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import mesomix
from mesomix.batch.columns import parts_of_rules
from mesomix.batch.kernel.codes import Codes, holes, opens, unite, verdicts
from mesomix.batch.kernel.mixtures import distinct
from mesomix.planes import WIDTH, Planes
from mesomix.report import Verdict


@given(data=st.data(), times=st.integers(0, 3))
def test_codes_say_what_their_words_say_together(
    formulary: mesomix.Formulary, data: st.DataObject, times: int
) -> None:
    again = [replace(rule, id=f"{rule.id}-{n}") for n in range(times) for rule in mesomix.RULES]
    planes = Planes(mesomix.Rulebook(again), formulary.edition)
    said = st.lists(st.integers(0, 127), min_size=len(again), max_size=len(again))
    words = [
        sum(bits << (WIDTH * n) for n, bits in enumerate(one))
        for one in data.draw(st.lists(said, min_size=1, max_size=4))
    ]
    places = data.draw(st.lists(st.integers(0, len(words) - 1), min_size=1, max_size=3))
    codes = Codes(planes)
    first, rest = codes.of(words[:1]), codes.of(words)
    rows = [*first[:, np.zeros(2, np.int32)]]
    unite(rows, rest, [np.array([place, 0]) for place in places])
    together = [reduce(or_, (words[place] for place in places), words[0]), words[0]]
    assert [[*Verdict][code] for code in verdicts(rows)] == [planes.verdict(w) for w in together]
    assert [*opens(rows)] == [bool(planes.open_rules(word)) for word in together]
    assert not len(holes(rows))
    parts = parts_of_rules(planes.rulebook)
    for number, word in enumerate(together):
        found = planes.findings(word)
        told = [mask[number] for mask in codes.masks(rows)]
        for part, ids in enumerate(parts):
            for mask, certain in ((told[2 * part], True), (told[2 * part + 1], False)):
                assert mask >> len(ids) == 0
                objecting = {key for bit, key in enumerate(ids) if mask >> bit & 1}
                wanted = {key for key, _, sure in found if sure is certain and key in ids}
                assert objecting == wanted


@given(
    rows=st.lists(st.lists(st.integers(0, 2**31), min_size=5, max_size=5), min_size=1, max_size=20)
)
def test_different_rows_are_told_apart(rows: list[list[int]]) -> None:
    firsts, places = distinct(np.array(rows, np.int64).T)
    assert [rows[firsts[place]] for place in places] == rows
    assert len(firsts) == len({tuple(row) for row in rows})
