"""A comparison in words: for a terminal, and as Markdown for a pull request."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from mesomix.evidence import COLON, SEMICOLON, Language, Text
from mesomix.report import Verdict
from mesomix.report_words import VERDICTS
from mesomix.space.acknowledged import Acknowledged, Unmatched
from mesomix.space.acknowledgements_text import acknowledgements_entries
from mesomix.space.causes import Cause, Of
from mesomix.space.diff import Diff
from mesomix.space.joint import MILDEST_FIRST, Change, is_milder
from mesomix.space.wording import (
    NO_MORE,
    PATIENT,
    columns,
    counted,
    marked,
    mixtures,
    more,
    rule_said,
    some,
)

MOST_CAUSES: Final = 20
"""So many causes are told in each direction; the JSON of a comparison has them all."""
ROOM: Final = 12_000
"""So many characters each list may take: a comment on a pull request has 65,536."""
MOST_EXAMPLES: Final = 3

TITLE: Final = Text(
    "{} de verdict plus clément, {} plus sévère", "{} with a milder verdict, {} with a stricter one"
)
HEADINGS: Final = {
    True: Text("Verdict plus clément", "Milder"),
    False: Text("Verdict plus sévère", "Stricter"),
}
_SAID: Final = {
    True: Text("n'est plus dit :", "is no longer said of"),
    False: Text("est maintenant dit :", "is now said of"),
}
SEVERAL: Final = Text(
    "Un mélange qui a plusieurs causes est compté à chacune.",
    "A mixture that has several causes is counted for each.",
)
CORNER: Final = Text("avant, après", "before, after")
_MIXED: Final = Text("{} dans un mélange", "{} in a mixture")
_OF_SIZE: Final = Text("tout mélange de {}", "every mixture of {}")
FOR_EXAMPLE: Final = Text("par exemple ", "such as ")
_NAMES: Final = Text(
    " ; et des noms à expliquer, plus bas", "; and names to be acknowledged, below"
)
_PRODUCTS: Final = Text(
    " ; et des produits ajoutés à expliquer", "; and added products to be acknowledged"
)
ADDED: Final = Text("Produits ajoutés : {}", "Products added: {}")
REMOVED: Final = Text("Produits retirés : {}", "Products removed: {}")
NO_LONGER_READ: Final = Text(
    "ce qui en est écrit n'est plus reconnu : à revoir, même où c'était refusé",
    "what is written of it is no longer recognised: a review, even where it was refused",
)
_APPEARED: Final = Text("{} avec l'un d'eux : {}", "{} with one of them: {}")
_OPEN: Final = Text("Sans explication écrite", "Not acknowledged")
_ACKNOWLEDGED: Final = Text("Explications", "Acknowledgements")
_NONE_OPEN: Final = Text(
    "Tout ce qui est devenu plus clément a une explication écrite.",
    "Everything that became milder is acknowledged.",
)
_BUT_NAMES: Final = Text(
    "Tout mélange dont le verdict est devenu plus clément a une explication écrite ; des noms n'en"
    " ont pas : voir plus bas.",
    "Every mixture with a milder verdict is acknowledged; names are not: see below.",
)
WRITE: Final = Text("À écrire, avec une raison :", "To be written, with a reason:")
UNOPPOSED: Final = Text(
    "{} sans objection avec {}, ajouté", "{} without an objection with {}, added"
)
UNMATCHED: Final = Text("Explication qui ne correspond à rien : {}", "Acknowledges nothing: {}")


def diff_text(
    diff: Diff, language: Language, left: Acknowledged | None = None, *, names_open: bool = False
) -> str:
    """`diff` in words; with `left`, what of it is not acknowledged.

    With `names_open` it says that names still have to be, which `moved_names` tells.
    """
    return "\n".join(DiffWords(diff, language, markdown=False).lines(left, names_open=names_open))


def diff_markdown(
    diff: Diff, language: Language, left: Acknowledged | None = None, *, names_open: bool = False
) -> str:
    """The same for a pull request. However much changed, it fits into a comment."""
    lines = DiffWords(diff, language, markdown=True).lines(left, names_open=names_open)
    return "\n".join(lines) + "\n"


class DiffWords:
    """The words of one comparison."""

    def __init__(self, diff: Diff, language: Language, *, markdown: bool) -> None:
        self._diff = diff
        self._language = language
        self._markdown = markdown
        spaces = diff.joint.old.space, diff.joint.new.space
        self._names = {one.id: one.name[language] for space in spaces for one in space.products}

    def lines(self, left: Acknowledged | None, *, names_open: bool) -> Iterator[str]:
        """All of them."""
        diff = self._diff
        title = TITLE[self._language].format(self._mixtures(diff.milder), self._count(diff.worse))
        title += _NAMES[self._language] if names_open else ""
        title += _PRODUCTS[self._language] if left is not None and left.added else ""
        yield f"## {title}" if self._markdown else title
        yield ""
        yield PATIENT[diff.described][self._language]
        yield ""
        yield from self._table()
        for milder in (True, False):
            causes = [cause for cause in diff.causes if is_milder(cause.change) is milder]
            if causes:
                yield from self._heading(HEADINGS[milder])
                yield from self._as_room_is((self._cause(cause) for cause in causes), len(causes))
        if diff.causes:
            yield ""
            yield SEVERAL[self._language]
        if diff.added:
            yield from self._one_sided(ADDED[self._language], diff.added, diff.appeared)
        if diff.removed:
            yield from self._one_sided(REMOVED[self._language], diff.removed, diff.disappeared)
            yield self._item(NO_LONGER_READ[self._language])
        if left is not None:
            yield from self._left(left, names_open=names_open)
        yield ""
        yield NO_MORE[self._language]

    def _table(self) -> Iterator[str]:
        """How many mixtures have each verdict before, and after."""
        words = [self._verdict(verdict) for verdict in MILDEST_FIRST]
        rows = [[CORNER[self._language], *words]]
        for before, word in zip(MILDEST_FIRST, words, strict=True):
            counts = [self._diff.verdicts[before, after] for after in MILDEST_FIRST]
            rows.append([word, *map(self._count, counts)])
        if self._markdown:
            rows.insert(1, ["---", *["---:"] * len(words)])
            yield from (f"| {' | '.join(row)} |" for row in rows)
            return
        yield from columns(rows)

    def _cause(self, cause: Cause) -> Iterator[str]:
        yield self._item(f"{self._change(cause.change)}, {self.said(cause)}")
        yield self._item(
            f"{FOR_EXAMPLE[self._language]}{SEMICOLON[self._language].join(self.examples(cause))}",
            1,
        )

    def said(self, cause: Cause) -> str:
        """In how many mixtures what was said of what, or is said now."""
        said = ", ".join(
            self._code(rule_said(one.rule, one.severity, one.certain, self._language))
            for one in cause.objections
        )
        verb = _SAID[is_milder(cause.change)][self._language]
        things = self._some([self._thing(cause.of, ids) for ids in cause.about])
        if cause.of is Of.SIZE:
            sizes = "/".join(map(str, sorted(cause.left.sizes)))
            things = _OF_SIZE[self._language].format(sizes)
        return f"{self._mixtures(cause.mixtures)}{COLON[self._language]}{said} {verb} {things}"

    def examples(self, cause: Cause) -> list[str]:
        """A few of the mixtures of a cause."""
        few = islice(self._diff.mixtures_of(cause), MOST_EXAMPLES)
        return [self._thing(Of.MIXTURE, one.products) for one in few]

    def _one_sided(
        self, words: str, ids: tuple[str, ...], counts: Mapping[Verdict, int]
    ) -> Iterator[str]:
        """The products that only one side has, and their mixtures."""
        yield ""
        yield words.format(self.names(ids))
        yield self._item(self.with_one_of_them(counts))

    def names(self, ids: Iterable[str]) -> str:
        """The first of these products, and how many more there are."""
        return self._some([self._name(key) for key in ids])

    def with_one_of_them(self, counts: Mapping[Verdict, int]) -> str:
        """The mixtures with a product that only one side has, by their verdict."""
        each = [f"{self._verdict(one)} {self._count(count)}" for one, count in counts.items()]
        every = self._mixtures(sum(counts.values()))
        return _APPEARED[self._language].format(every, ", ".join(each))

    def _left(self, left: Acknowledged, *, names_open: bool) -> Iterator[str]:
        """What is not acknowledged, and how that is done."""
        complete = left.complete and not names_open
        yield from self._heading(_ACKNOWLEDGED if complete else _OPEN)
        if left.complete:
            yield (_BUT_NAMES if names_open else _NONE_OPEN)[self._language]
        for change, count in left.open.items():
            yield self._item(f"{self._change(change)}, {self._mixtures(count)}")
        words = UNOPPOSED[self._language]
        added = (
            [self._item(words.format(self._mixtures(count), self._name(key)))]
            for key, count in left.added.items()
        )
        yield from self._as_room_is(added, len(left.added))
        unmatched = ([self._unmatched(one)] for one in left.unmatched)
        yield from self._as_room_is(unmatched, len(left.unmatched))
        entries = acknowledgements_entries(left)
        if entries:
            yield ""
            yield WRITE[self._language]
            yield ""
            yield from ["```toml"] if self._markdown else []
            yield from self._as_room_is(entries, len(entries), "# ")
            yield from ["```"] if self._markdown else []

    def _as_room_is(
        self, several: Iterable[Iterable[str]], number: int, mark: str | None = None
    ) -> Iterator[str]:
        """The lines of the first of them, and how many more there are."""
        room = ROOM
        for told, one in enumerate(several):
            lines = [*one]
            room -= sum(len(line) + 1 for line in lines)
            if told == MOST_CAUSES or room < 0:
                rest = more(number - told, self._language)
                yield self._item(rest) if mark is None else f"{mark}{rest}"
                return
            yield from lines

    def _unmatched(self, one: Unmatched) -> str:
        about = self._some(["+".join(map(self._code, ids)) for ids in one.about])
        told = f"{one.place} ({about})" if about else one.place
        return self._item(UNMATCHED[self._language].format(told))

    # Small things.

    def _heading(self, text: Text) -> Iterator[str]:
        yield ""
        yield f"### {text[self._language]}" if self._markdown else text[self._language]
        if self._markdown:
            yield ""

    def _item(self, text: str, depth: int = 0) -> str:
        return f"{'  ' * depth}- {text}" if self._markdown else f"{'  ' * (depth + 1)}{text}"

    def _thing(self, of: Of, ids: tuple[str, ...]) -> str:
        names = " + ".join(map(self._name, ids))
        return _MIXED[self._language].format(names) if of is Of.MIXED_PRODUCT else names

    def _name(self, key: str) -> str:
        return self._code(self._names[key])

    def _code(self, text: str) -> str:
        return marked(text, markdown=self._markdown)

    def _some(self, texts: Iterable[str]) -> str:
        return some(texts, self._language)

    def _mixtures(self, number: int) -> str:
        return mixtures(number, self._language)

    def _count(self, number: int) -> str:
        return counted(number, self._language)

    def _verdict(self, verdict: Verdict) -> str:
        return VERDICTS[verdict][1][self._language]

    def _change(self, change: Change) -> str:
        text = " → ".join(map(self._verdict, change))
        return f"**{text}**" if self._markdown else text
