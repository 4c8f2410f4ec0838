"""BDPM as it was read: its specialties, their names, and what was not understood."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from mesomix.bdpm.names import NamesOfSpecialties, names_of
from mesomix.bdpm.specialties import Specialties, SpecialtyRows
from mesomix.evidence import Language, Text

if TYPE_CHECKING:
    from mesomix.bdpm.rows import MalformedRow
    from mesomix.bdpm.specialties import BdpmSpecialty
    from mesomix.names import NameKey
    from mesomix.vocabulary import MatchedBy


class Bdpm:
    """The specialties of the French public medicines database, as one folder has them.

    `bdpm.read` makes one. It never changes, and may be used by several threads.
    """

    def __init__(
        self,
        rows: SpecialtyRows,
        *,
        sha256: str,
        malformed: "tuple[MalformedRow, ...]",
        absent: tuple[str, ...],
    ) -> None:
        self.specialties: Mapping[str, BdpmSpecialty] = Specialties(rows)
        """The specialties by their CIS."""
        self.sha256 = sha256
        """Of the bytes of the files, in the order CIS, COMPO, CIP, MITM."""
        self.malformed = malformed
        """The rows that were not understood, or that belong to no specialty."""
        self.absent = absent
        """The names of the files that may be absent, and are."""
        self._rows = rows
        self._names: NamesOfSpecialties | None = None
        self._boxes: dict[str, str] | None = None

    def __repr__(self) -> str:
        """How much it holds."""
        return f"<Bdpm: {len(self.specialties)} specialties, sha256 {self.sha256[:12]}>"

    def shortcomings(self, language: Language) -> list[str]:
        """What is missing of the files or was not understood, in a line each; none where all is."""
        lines: list[str] = []
        if self.absent:
            files = ", ".join(self.absent)
            said = Text(
                f"BDPM : absent, et rien n'y a été cherché : {files}",
                f"BDPM: absent, and nothing was looked for there: {files}",
            )
            lines.append(said[language])
        if self.malformed:
            first, count = self.malformed[0], len(self.malformed)
            place, problem = f"{first.file}:{first.line}", first.problem
            said = Text(
                f"BDPM : {count} ligne{'s' if count > 1 else ''} en défaut, dont {place} :"
                f" {problem.fr}",
                f"BDPM: {count} row{'s' if count > 1 else ''} at fault, the first at {place}:"
                f" {problem.en}",
            )
            lines.append(said[language])
        return lines

    def names(self) -> "Mapping[NameKey, tuple[str, ...]]":
        """The CIS of the specialties that each folded name may mean.

        The names of a specialty are the whole one, the one without its form, its brand, and its
        codes, CIS and CIP13. They are folded once, when they are first asked for.
        """
        return self._all_names().meanings

    def kinds(self) -> "Mapping[NameKey, MatchedBy]":
        """Of which kind each of `names` is: SPECIALTY, BRAND or CODE."""
        return self._all_names().kinds

    def cis_by_cip13(self) -> Mapping[str, str]:
        """The CIS of the specialty of each box, by its CIP13; made once, when it is asked for."""
        boxes = self._boxes
        if boxes is None:
            boxes = {}
            for code, cis in self._codes_of_boxes():
                boxes.setdefault(code, cis)
            self._boxes = boxes  # whole, for other threads
        return boxes

    def _codes_of_boxes(self) -> Iterator[tuple[str, str]]:
        for row in self._rows.presentations.rows:
            if row[:8] in self.specialties:
                yield row.split("\t", 7)[6], row[:8]

    def _all_names(self) -> NamesOfSpecialties:
        names = self._names
        if names is None:  # two threads may both make them: they are equal
            rows = self._rows
            specialties = {
                cis: row.split("\t", 2)[1].strip() for cis, row in rows.specialties.items()
            }
            presentations = self._codes_of_boxes()
            self._names = names = names_of(specialties, presentations)
        return names
