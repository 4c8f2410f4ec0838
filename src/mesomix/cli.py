"""The command line: `mesomix check`, `mesomix audit`, `mesomix lint` and the others."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from mesomix import (
    audit_command,
    check_command,
    formulary_command,
    lint_command,
    space_command,
)
from mesomix._version import __version__
from mesomix.evidence import Language, Text
from mesomix.formulary import DataError, load
from mesomix.names import printable
from mesomix.rule import Rule
from mesomix.rules import RULES
from mesomix.rules.placeholders import sentence

WRONG_USE = 2
Output = tuple[list[str], int]
"""The lines that a command prints, and its exit status."""
EXIT_STATUS_HELP = "exit status: 0 no objection, 1 refuse, 3 review, 2 wrong use or unusable data"
LINT_STATUS_HELP = "exit status: 0 no error and no warning, 1 findings, 2 could not check"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line of `arguments` (those of the process by default).

    Returns the exit status: 0 no objection, 1 refuse, 3 review, 2 wrong use or unusable data.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that lacks a letter shows its escape, and not a traceback.
            stream.reconfigure(errors="backslashreplace")
    try:
        asked = _parser().parse_args(arguments)
        lines: list[str]
        lines, status = asked.run(asked)
        for line in lines:
            print(line)
        if sys.stdout is not None:
            sys.stdout.flush()
    except DataError as error:  # each fault begins with its file
        return _refuse(str(error))
    except ValueError as error:
        return _refuse("\n".join(map(printable, f"mesomix: {error}".split("\n"))))
    except OSError as error:
        # Nobody can read the verdict. What is left in the buffer must not be tried again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return WRONG_USE
        return _refuse(f"mesomix: the output cannot be written: {error.strerror}")
    return status if sys.stdout else WRONG_USE


def _refuse(message: str) -> int:
    """Say why there is no answer; the exit status of that."""
    if sys.stderr is not None:  # print would take None for standard output
        print(message, file=sys.stderr)
    return WRONG_USE


class _Parser(argparse.ArgumentParser):
    """A parser that shows no control character, and no text about a patient."""

    def error(self, message: str) -> NoReturn:
        before, unknown, rest = message.partition("unrecognized arguments: ")
        if unknown:  # the names of the options, and not what was written about a patient
            options = [word.partition("=")[0] for word in rest.split() if word.startswith("-")]
            named = " ".join(options) or "names stand together, before or after the options"
            message = f"{before}{unknown}{named}"
        if sys.stderr is None:  # argparse would print to standard output
            raise SystemExit(WRONG_USE)
        super().error(printable(message))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="mesomix", description=__doc__, epilog=EXIT_STATUS_HELP, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"mesomix {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, purpose: str, *aliases: str) -> argparse.ArgumentParser:
        # Without abbreviations: --with would be taken for --without.
        made = commands.add_parser(
            name,
            aliases=aliases,
            help=purpose,
            description=purpose,
            epilog=EXIT_STATUS_HELP,
            allow_abbrev=False,
        )
        made.add_argument("--lang", choices=[x.value for x in Language], default="fr")
        return made

    check = command("check", "say what objects to a mixture, for a patient")
    check.set_defaults(run=check_command.run)
    check_command.add_options(check)

    audit = command("audit", "say what objects to each row of a table of past mixtures")
    audit.epilog = audit_command.STATUS_HELP
    audit.set_defaults(run=audit_command.run)
    audit_command.add_options(audit)

    for one in space_command.COMMANDS:
        made = command(one.name, one.purpose)
        made.epilog = one.status_help
        made.set_defaults(run=one.run)
        one.add_options(made)

    rules = command("rules", "list the rules")
    rules.set_defaults(run=_rules)
    rules.add_argument("--lint", action="store_true", help="those of the linter")

    explain = command("explain", "say what a rule is, and what it rests on")
    explain.set_defaults(run=_explain)
    explain.add_argument("rule", metavar="RULE")

    formulary = command("formulary", "show the products of the formulary", "products")
    formulary.set_defaults(run=formulary_command.run)
    formulary_command.add_options(formulary)

    lint = command("lint", "say what is wrong with formulary data, or unfinished")
    lint.epilog = LINT_STATUS_HELP
    lint.set_defaults(run=lint_command.run)
    lint_command.add_options(lint)

    command("schema", "print the JSON Schema of data files").set_defaults(run=_schema)
    return parser


def _rules(asked: argparse.Namespace) -> Output:
    language = Language(asked.lang)
    if asked.lint:
        return lint_command.listed(language), 0
    return [f"{r.id:28} {r.severity.value:7} {sentence(r, language)}" for r in RULES], 0


def _explain(asked: argparse.Namespace) -> Output:
    language = Language(asked.lang)
    if asked.rule in {rule.id for rule in RULES}:
        return _explanation(RULES[asked.rule], language), 0
    explained = lint_command.explanation(asked.rule, language)
    if explained is None:
        known = ", ".join(rule.id for rule in (*RULES, *lint_command.lint_rules()))
        message = f"there is no rule {printable(asked.rule)!r}; the rules are: {known}"
        raise ValueError(message)
    return explained, 0


_MORE_SOURCES: Final = Text(
    "Ce que le RCP d'un produit en dit est cité par chaque constat qui s'y appuie.",
    "What the label of a product says of it is cited by each finding that rests on it.",
)


def _explanation(rule: Rule, language: Language) -> list[str]:
    references = load().references
    lines = [f"{rule.id} ({rule.severity.value})", "", sentence(rule, language)]
    if language is Language.EN:  # a docstring has one language
        lines += ["", rule.situation]
    for citation in rule.cites:
        found = citation.from_references(references)
        author = f"{found.author}, " if found.author else ""
        lines += ["", f"— {author}{found.title}, {found.place}", f"  « {found.quote} »"]
        lines += [f"  {found.says[language]}"] if found.says else []
    return [*lines, "", _MORE_SOURCES[language]]


def _schema(_: argparse.Namespace) -> Output:
    from mesomix.formulary.json_schema import data_file_schema  # noqa: PLC0415 (with pydantic)

    return [json.dumps(data_file_schema(), indent=2)], 0


if __name__ == "__main__":
    sys.exit(main())
