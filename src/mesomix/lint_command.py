"""`mesomix lint`: its options, and what it prints."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mesomix.evidence import Language

if TYPE_CHECKING:
    from mesomix.linter.lint_report import LintReport
    from mesomix.linter.lint_rule import LintRule

FORMATS = ("concise", "full", "json", "sarif", "github", "gitlab", "junit")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options of the linter, which are called as ruff calls them."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="a data file; the shipped ones without any"
    )
    parser.add_argument(
        "--output-format",
        choices=FORMATS,
        help="full by default; in a GitHub workflow, its annotations",
    )
    parser.add_argument("--output-file", metavar="FILE", help="where to write what is found")
    parser.add_argument(
        "--select", type=_split, action="extend", metavar="RULE,…", help="tell only these"
    )
    parser.add_argument(
        "--ignore", type=_split, action="extend", metavar="RULE,…", help="do not tell these"
    )
    parser.add_argument(
        "--as-of", type=_day, metavar="YYYY-MM-DD", help="the day to count ages from"
    )
    parser.add_argument(
        "--max-age",
        type=int,
        metavar="DAYS",
        help="after which a check, or the newest source, is old (365); with --as-of",
    )
    parser.add_argument(
        "--bdpm",
        metavar="DIR",
        help="a folder with the files of the French medicines database, to compare with",
    )
    parser.add_argument(
        "--baseline", metavar="FILE", help="how many gaps there may be; no more, and no fewer"
    )
    parser.add_argument(
        "--write-baseline", metavar="FILE", help="write the number of gaps there, for --baseline"
    )
    parser.add_argument(
        "--statistics", action="store_true", help="count the findings of each lint rule"
    )
    parser.add_argument(
        "--exit-zero", action="store_true", help="exit with 0 also where there are findings"
    )


def run(asked: argparse.Namespace) -> tuple[list[str], int]:
    """What `mesomix lint` prints, and its exit status.

    Raises ValueError when an option is wrong, or a file cannot be written.
    """
    if asked.statistics and asked.output_format not in {None, "concise", "full"}:
        message = f"--statistics is text: it has no --output-format {asked.output_format}"
        raise ValueError(message)
    if asked.max_age is not None and asked.as_of is None:
        message = "--max-age counts from a day: give --as-of as well"
        raise ValueError(message)
    from mesomix import linter  # noqa: PLC0415 (with pydantic: only who lints pays)
    from mesomix.bdpm import read  # noqa: PLC0415 (as above)
    from mesomix.linter import formats  # noqa: PLC0415 (as above)

    bdpm = read(asked.bdpm) if asked.bdpm is not None else None
    baseline = linter.read_baseline(asked.baseline) if asked.baseline is not None else None
    report = linter.lint(
        *asked.files,
        as_of=asked.as_of,
        max_age=linter.DEFAULT_MAX_AGE if asked.max_age is None else asked.max_age,
        select=asked.select or (),
        ignore=asked.ignore or (),
        baseline=baseline,
        bdpm=bdpm,
    )
    _refuse_to_overwrite(asked, report)
    if asked.write_baseline is not None:
        _write(asked.write_baseline, linter.baseline_text(report))
    if bdpm is not None:
        _say_beside(bdpm.shortcomings(Language(asked.lang)))
    text = _formatted(asked, report, linter.LINT_RULES)
    status = report.status
    if asked.exit_zero and status == linter.FINDINGS:
        status = linter.CLEAN
    if asked.output_file is not None:
        _write(asked.output_file, text)
        _say_beside(formats.summary(report, Language(asked.lang)))
        return [], status
    return [text], status


def _refuse_to_overwrite(asked: argparse.Namespace, report: "LintReport") -> None:
    """Raise ValueError when what is to be written is data, or both outputs are one file."""
    from mesomix.bdpm import FILES  # noqa: PLC0415 (as above)

    data = [*report.files, *report.beside]
    if asked.bdpm is not None:
        data += (str(Path(asked.bdpm) / name) for name in FILES)
    for target, others in (
        (asked.output_file, (*data, asked.baseline, asked.write_baseline)),
        (asked.write_baseline, data),
    ):
        if target is not None and any(o is not None and _is_same(target, o) for o in others):
            message = f"{target!a} would be overwritten: it is data, or a baseline"
            raise ValueError(message)


def _is_same(one: str, other: str) -> bool:
    try:
        return Path(one).resolve() == Path(other).resolve() or Path(one).samefile(other)
    except (OSError, ValueError):  # it is not there yet, or no path: the writing will say so
        return False


def _say_beside(lines: "Sequence[str]") -> None:
    if sys.stderr is not None:
        sys.stderr.write("".join(f"{line}\n" for line in lines))


def _formatted(asked: argparse.Namespace, report: "LintReport", rules: "Sequence[LintRule]") -> str:
    from mesomix.linter import formats  # noqa: PLC0415 (as above)

    language = Language(asked.lang)
    name = asked.output_format or _default_format()
    if name == "gitlab" and not asked.statistics and asked.output_file is None:
        # Its format has no place for what was not checked, which is not to look passed.
        _say_beside(formats.not_checked(report, language))
    if name not in {"full", "concise"} and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")  # programs read it, whatever a terminal can show
    if asked.statistics:
        return formats.statistics(report, rules, language)
    if asked.output_file is None and _is_coloured() and name in {"full", "concise"}:
        made = formats.full if name == "full" else formats.concise
        return made(report, rules, language, colour=True)
    return formats.FORMATS[name](report, rules, language)


def _is_coloured() -> bool:
    terminal = sys.stdout is not None and sys.stdout.isatty()
    return terminal and not os.environ.get("NO_COLOR")


def _default_format() -> str:
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "full"


def _write(name: str, text: str) -> None:
    # Bytes: no newline of the system's own in a baseline that is compared, or in a report.
    try:
        Path(name).write_bytes(text.encode(errors="backslashreplace"))
    except OSError as error:
        message = f"{name!a} cannot be written: {error.strerror}"
        raise ValueError(message) from None


def _split(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # Python reads 20261121 and 2026-W47-6 as well
        message = "not a day, such as 2026-11-21"
        raise argparse.ArgumentTypeError(message)
    return day


def lint_rules() -> "tuple[LintRule, ...]":
    """The lint rules, in their order."""
    from mesomix.linter.lint_rules import LINT_RULES  # noqa: PLC0415 (as above)

    return LINT_RULES


def listed(language: Language) -> list[str]:
    """The lint rules, a line each."""
    lines: list[str] = []
    for rule in lint_rules():
        message, _ = rule.in_general
        lines.append(f"{rule.id:32} {rule.severity.text[language]:13} {message[language]}")
    return lines


def explanation(identifier: str, language: Language) -> list[str] | None:
    """What the lint rule of that id is, in lines; None when there is none."""
    for rule in lint_rules():
        if rule.id == identifier:
            message, help_line = rule.in_general
            lines = [f"{rule.id} ({rule.severity.text[language]})", "", message[language]]
            if language is Language.EN:  # a docstring has one language
                lines += ["", rule.situation]
            return [*lines, "", help_line[language]]
    return None
