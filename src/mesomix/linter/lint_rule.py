"""What a lint rule is: the problem that it names, how bad it is, and the function that finds it."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mesomix.evidence import Language, Text
from mesomix.formulary.paths import Path
from mesomix.linter.diagnostic import LintSeverity
from mesomix.names import printable, shortened

if TYPE_CHECKING:
    from mesomix.linter.tables import Data


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem at a path of the data, which is no line yet."""

    rule: "LintRule"
    path: Path
    words: dict[str, Text] = field(default_factory=dict)
    """What stands for the placeholders of the rule's message and help."""
    others: tuple[Path, ...] = ()
    """The other paths of a conflict."""
    at_key: bool = False
    """Whether it is the key that is wrong, and not its value."""
    files: tuple[str, ...] = ()
    """The files of the path and of the others; empty where the tables that they lead to tell it."""
    rests_on: tuple[Path, ...] = ()
    """Values, tables and lists without which there may be no problem; a stand-in is one."""

    @property
    def identity(self) -> tuple[object, ...]:
        """What it shares with no other problem."""
        return self.rule.id, self.files, self.path, self.others, *self.words.values()

    @property
    def message(self) -> Text:
        """The rule's message, with the words of this problem."""
        return _filled(self.rule.message, self.words)

    @property
    def help(self) -> Text:
        """The rule's help, with the words of this problem."""
        return _filled(self.rule.help, self.words)


Problems = Iterator[Problem]


@dataclass(frozen=True, slots=True)
class LintRule:
    """A lint rule. Those whose problems the reading of a file finds have no function."""

    id: str
    """The problem, never the remedy. An id is never used again."""
    severity: LintSeverity
    situation: str
    """One sentence: when there is a problem."""
    message: Text
    help: Text
    needs_date: bool = False
    """Whether it asks how old something is: it does not run without a date to count from."""
    needs_bdpm: bool = False
    """Whether it compares with BDPM: it does not run without its files."""
    function: "Callable[[Data], Problems] | None" = None

    @property
    def in_general(self) -> tuple[Text, Text]:
        """Its message and its help, with "…" for what differs from one problem to the next."""
        return _filled(self.message, _ANYTHING), _filled(self.help, _ANYTHING)

    def problem(
        self,
        *path: str | int,
        others: tuple[Path, ...] = (),
        at_key: bool = False,
        files: tuple[str, ...] = (),
        rests_on: tuple[Path, ...] = (),
        **words: object,
    ) -> Problem:
        """A problem of this rule at `path`; `words` fill its message."""
        texts = {name: _word(word) for name, word in words.items()}
        return Problem(self, path, texts, others, at_key, files, rests_on)


def lint_rule(  # noqa: PLR0913 (two texts in two languages)
    severity: LintSeverity,
    *,
    fr: str,
    en: str,
    help_fr: str,
    help_en: str,
    needs_date: bool = False,
    needs_bdpm: bool = False,
) -> "Callable[[Callable[[Data], Problems]], LintRule]":
    """Make a lint rule of a function, whose name is its id and whose docstring its situation.

    Inside the function its name is the rule: `yield unknown_group.problem(*path, group=group)`.
    """

    def made(function: "Callable[[Data], Problems]") -> LintRule:
        return LintRule(
            id=function.__name__.replace("_", "-"),
            severity=severity,
            situation=(inspect.getdoc(function) or "").partition("\n")[0],
            message=Text(fr, en),
            help=Text(help_fr, help_en),
            needs_date=needs_date,
            needs_bdpm=needs_bdpm,
            function=function,
        )

    return made


def _word(word: object) -> Text:
    return word if isinstance(word, Text) else Text.same(printable(shortened(str(word))))


class _Anything(dict[str, Text]):
    """Words for any placeholder."""

    def __missing__(self, name: str) -> Text:
        return Text.same("…")


_ANYTHING: Final = _Anything(near=Text("", ""))  # a suggestion, where there is one


def _filled(template: Text, words: Mapping[str, Text]) -> Text:
    return Text(
        template.fr.format_map(_In(words, Language.FR)),
        template.en.format_map(_In(words, Language.EN)),
    )


@dataclass(frozen=True, slots=True)
class _In:
    """Words in one language."""

    words: Mapping[str, Text]
    language: Language

    def __getitem__(self, name: str) -> str:
        return self.words[name][self.language]
