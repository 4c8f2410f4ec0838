"""The command line: `mesomix check|rules|explain|products|lint|schema`."""

import argparse
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence
from typing import NoReturn, TypeVar

from mesomix import lint_command, measures
from mesomix._version import __version__
from mesomix.evidence import Language
from mesomix.formulary import DataError, Formulary, load
from mesomix.names import fold, printable
from mesomix.report import Verdict
from mesomix.request import Patient
from mesomix.rule import Rule
from mesomix.rules import RULES
from mesomix.session import Session
from mesomix.vocabulary import Effect

EXIT_STATUS = {Verdict.NO_OBJECTION: 0, Verdict.REFUSE: 1, Verdict.REVIEW: 3}
WRONG_USE = 2
T = TypeVar("T")
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
        return _refuse(f"mesomix: {error}")
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

    def command(name: str, purpose: str) -> argparse.ArgumentParser:
        # Without abbreviations: --with would be taken for --without.
        made = commands.add_parser(
            name, help=purpose, description=purpose, epilog=EXIT_STATUS_HELP, allow_abbrev=False
        )
        made.add_argument("--lang", choices=[x.value for x in Language], default="fr")
        return made

    check = command("check", "say what objects to a mixture, for a patient")
    check.set_defaults(run=_check)
    check.add_argument("names", nargs="*", metavar="NAME", help="a product, as it is written")
    check.add_argument("--allergy", action="append", metavar="TEXT", help="an allergy")
    check.add_argument("--no-known-allergy", action="store_true", help="asked, and none is known")
    check.add_argument("--has", action="append", metavar="FACT", help="a condition: yes")
    check.add_argument("--without", action="append", metavar="FACT", help="a condition: no")
    check.add_argument("--nothing-else", action="store_true", help="no to every other condition")
    check.add_argument(
        "--age", type=_read(measures.years), metavar="YEARS", help='in years, or "30 months"'
    )
    check.add_argument(
        "--depth", type=_read(measures.millimetres), metavar="MM", help="how deep it is injected"
    )
    check.add_argument(
        "--days-since-last", type=_read(measures.whole), metavar="N", help="since the last session"
    )
    check.add_argument(
        "--session-number", type=_read(measures.whole), metavar="N", help="1 is the first session"
    )
    check.add_argument(
        "--effect", action="append", type=_effect, metavar="EFFECT", help="an effect sought"
    )
    check.add_argument("--formulary", metavar="FILE", help="a TOML file in place of the products")
    check.add_argument("--output-format", choices=["text", "json"], default="text")

    rules = command("rules", "list the rules")
    rules.set_defaults(run=_rules)
    rules.add_argument("--lint", action="store_true", help="those of the linter")

    explain = command("explain", "say what a rule is, and what it rests on")
    explain.set_defaults(run=_explain)
    explain.add_argument("rule", metavar="RULE")

    products = command("products", "list the products of the formulary")
    products.set_defaults(run=_products)
    products.add_argument("--effect", type=_effect, metavar="EFFECT")
    products.add_argument(
        "--formulary", metavar="FILE", help="a TOML file in place of the products"
    )

    lint = command("lint", "say what is wrong with formulary data, or unfinished")
    lint.epilog = LINT_STATUS_HELP
    lint.set_defaults(run=lint_command.run)
    lint_command.add_options(lint)

    command("schema", "print the JSON Schema of data files").set_defaults(run=_schema)
    return parser


def _read(reader: Callable[[str], T]) -> Callable[[str], T]:
    """`reader`, whose error tells what is wanted: argparse would repeat what was written."""

    def read(text: str) -> T:
        try:
            return reader(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read


def _effect(text: str) -> Effect:
    """The effect of that name, in French or in English."""
    for effect in Effect:
        if fold(text) in {fold(effect.value), fold(effect.text.fr)}:
            return effect
    message = f"no such effect; known: {', '.join(effect.value for effect in Effect)}"
    raise argparse.ArgumentTypeError(message)


def _check(asked: argparse.Namespace) -> Output:
    if asked.allergy and asked.no_known_allergy:
        message = "--allergy and --no-known-allergy contradict each other"
        raise ValueError(message)
    formulary = load(asked.formulary)
    mixture = formulary.mixture(*asked.names, effects=asked.effect or ())
    report = RULES.check(mixture, _patient(asked, formulary), _session(asked))
    if asked.output_format == "json":
        text = report.model_dump_json(indent=2)
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        if encoding.lower() != "utf-8":
            text = json.dumps(json.loads(text), indent=2)  # ASCII, which is JSON everywhere
    else:
        terminal = sys.stdout is not None and sys.stdout.isatty()
        text = report.text(asked.lang, colour=terminal and not os.environ.get("NO_COLOR"))
        if terminal:
            text = _wrapped(text, shutil.get_terminal_size().columns)
    return [text], EXIT_STATUS[report.verdict]


def _wrapped(text: str, width: int) -> str:
    """`text` with its lines broken between words, and each rest under its beginning."""
    lines: list[str] = []
    for line in text.split("\n"):
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        # French does not break a line inside of these; a NUL is in no text that is printable.
        glued = line.replace("« ", "«\0").replace(" »", "\0»").replace(" :", "\0:")
        lines += textwrap.wrap(glued, width, subsequent_indent=indent, break_on_hyphens=False) or [
            ""
        ]
    return "\n".join(lines).replace("\0", " ")


def _patient(asked: argparse.Namespace, formulary: Formulary) -> Patient | None:
    """The patient, or None when no option speaks of one."""
    described = [asked.allergy, asked.no_known_allergy, asked.has, asked.without]
    if not any(described) and asked.age is None and not asked.nothing_else:
        return None
    affirmed = dict.fromkeys(asked.has or (), True)
    denied = dict.fromkeys(asked.without or (), False)
    if affirmed.keys() & denied.keys():
        message = "one condition is given to --has and to --without"
        raise ValueError(message)
    return formulary.patient(
        allergies=asked.allergy or ([] if asked.no_known_allergy else None),
        facts={**affirmed, **denied},
        age=asked.age,
        nothing_else=asked.nothing_else,
    )


def _session(asked: argparse.Namespace) -> Session | None:
    """The session, or None when no option speaks of one."""
    given = (asked.depth, asked.days_since_last, asked.session_number)
    if all(value is None for value in given):
        return None
    depth, days, number = given
    return Session(depth_mm=depth, days_since_last=days, number=number)


def _rules(asked: argparse.Namespace) -> Output:
    language = Language(asked.lang)
    if asked.lint:
        return lint_command.listed(language), 0
    return [f"{r.id:28} {r.severity.value:7} {r.message[language]}" for r in RULES], 0


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


def _explanation(rule: Rule, language: Language) -> list[str]:
    references = load().references
    lines = [f"{rule.id} ({rule.severity.value})", "", rule.message[language]]
    if language is Language.EN:  # a docstring has one language
        lines += ["", rule.situation]
    for citation in rule.cites:
        found = citation.from_references(references)
        author = f"{found.author}, " if found.author else ""
        lines += ["", f"— {author}{found.title}, {found.place}", f"  « {found.quote} »"]
        lines += [f"  {found.says[language]}"] if found.says else []
    return lines


def _schema(_: argparse.Namespace) -> Output:
    from mesomix.formulary.json_schema import data_file_schema  # noqa: PLC0415 (with pydantic)

    return [json.dumps(data_file_schema(), indent=2)], 0


def _products(asked: argparse.Namespace) -> Output:
    formulary = load(asked.formulary)
    language = Language(asked.lang)
    lines: list[str] = []
    for product in formulary.products.values():
        if asked.effect and asked.effect not in product.effects:
            continue
        effects = ", ".join(sorted(effect.text[language] for effect in product.effects))
        lines.append(printable(f"{product.name[language]} ({effects})"))
        for specialty in product.specialties:
            since = f" {specialty.market_since}" if specialty.market_since else ""
            state = f"{specialty.market.text[language]}{since}"
            lines.append(printable(f"  {specialty.name} [{state}]"))
    return lines, 0


if __name__ == "__main__":
    sys.exit(main())
