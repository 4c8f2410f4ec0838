"""`mesomix diff`: its options, and what it prints."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from mesomix.command_options import add_patient_options, patient_of
from mesomix.evidence import Language, Text
from mesomix.formulary import Formulary, load
from mesomix.names import printable
from mesomix.report_text import VERDICTS
from mesomix.space_command.common import Output, as_json

if TYPE_CHECKING:
    from mesomix.space.acknowledged import Acknowledged, Unmatched
    from mesomix.space.acknowledgements import Acknowledgements
    from mesomix.space.meanings import Moved
    from mesomix.space.sweep import Swept

    Told = list[tuple[Swept, Acknowledged]]

NOT_ACKNOWLEDGED: Final = 1
MOST_PROFILES: Final = 5
"""Of so many all is told, and of the others how much became milder; the JSON has everything."""
MOST_NAMES: Final = 50
_MOVED: Final = Text(
    "Noms qui disent autre chose (à expliquer sous [[names]] : name, after, reason)",
    "Names that mean something else (to be acknowledged under [[names]]: name, after, reason)",
)
_NOT_COMPARED: Final = Text(
    "Quantités et maxima ne sont pas comparés.", "Amounts and maximum doses are not compared."
)
_ONLY_ONE: Final = Text(
    "Un seul patient est comparé, et ce qu'on ne lui a pas demandé cache des changements : sans"
    " option de patient, tous le sont.",
    "One patient is compared, and what was not asked of him hides changes: without an option about"
    " a patient, each for whom something may change is.",
)
_DONE: Final = Text("de verdict plus clément, avec une raison", "milder, acknowledged")
_OPEN: Final = Text("de verdict plus clément, sans raison écrite", "milder, not acknowledged")
STATUS_HELP: Final = (
    "exit status: 0 nothing became milder that is not acknowledged, 1 something did,"
    " 2 wrong use or unusable data"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options of a comparison."""
    for name in ("old", "new"):
        parser.add_argument(
            name, metavar=name.upper(), help="a TOML file; - for the products of mesomix"
        )
    add_patient_options(parser)
    parser.add_argument(
        "--acknowledged", metavar="FILE", help="a TOML file that gives the reasons for changes"
    )
    parser.add_argument("--specialties", action="store_true", help="of the named specialties alone")
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--markdown", action="store_true", help="print it for a pull request")
    output.add_argument("--json", action="store_true", help="print it as JSON")


def run(asked: argparse.Namespace) -> Output:
    """The comparison in lines, and whether anything became milder without a reason given."""
    from mesomix.space.acknowledged import acknowledged  # noqa: PLC0415 (with pydantic)
    from mesomix.space.acknowledgements import NONE, read_acknowledgements  # noqa: PLC0415 (as above)
    from mesomix.space.meanings import moved_names, not_acknowledged  # noqa: PLC0415 (as above)

    reasons = NONE if asked.acknowledged is None else read_acknowledgements(asked.acknowledged)
    old, new = (load(None if path == "-" else path) for path in (asked.old, asked.new))
    told = [
        (swept, acknowledged(swept.diff, reasons, swept.profile.burden))
        for swept in _swept(asked, old, new)
    ]
    moved = not_acknowledged(moved_names(old, new), reasons)
    # What an acknowledgement names in vain, it names in vain for each patient.
    vain = set.intersection(*[{*left.unmatched} for _, left in told])
    told = [
        (swept, replace(left, unmatched=tuple(one for one in left.unmatched if one in vain)))
        for swept, left in told
    ]
    complete = not moved and all(left.complete for _, left in told)
    status = 0 if complete else NOT_ACKNOWLEDGED
    if asked.json:
        names = [asdict(one) for one in moved]
        return as_json({"profiles": [*_plain(told)], "names": names}), status
    names = [*_moved(moved, Language(asked.lang))]
    names += [_ONLY_ONE[Language(asked.lang)]] if len(told) == 1 else []
    return [*_lines(told, asked), *names, *_reasons(reasons, vain, Language(asked.lang))], status


def _swept(asked: argparse.Namespace, old: Formulary, new: Formulary) -> "tuple[Swept, ...]":
    """What changes for the patient that is described; without one, for all for whom it matters."""
    from mesomix.space.diff import diff  # noqa: PLC0415 (only who compares pays)
    from mesomix.space.sweep import Profile, Swept, everything, sweep  # noqa: PLC0415 (as above)

    named = (old.specialties.values(), new.specialties.values())
    products = named if asked.specialties else (everything(old), everything(new))
    before, after = patient_of(asked, old), patient_of(asked, new)
    if before is None or after is None:
        return sweep(old, new, products=products)
    name = Text("le patient décrit", "the patient described")
    profile = Profile(name, (before, after), None)
    return (Swept(profile, diff(old, new, (before, after), products=products)),)


def _lines(told: "Told", asked: argparse.Namespace) -> Iterator[str]:
    """Each profile for which something changes; where nothing does, that it does for none."""
    from mesomix.space.diff_text import diff_markdown, diff_text  # noqa: PLC0415 (as above)

    language = Language(asked.lang)
    text = diff_markdown if asked.markdown else diff_text
    changed = [one for one in told if one[0].diff.causes or one[0].diff.added] or [told[-1]]
    for number, (swept, left) in enumerate(changed[:MOST_PROFILES]):
        if number:
            yield ""
        if len(told) > 1:
            name = swept.profile.name[language]
            yield f"# {name}" if asked.markdown else f"[{name}]"
            yield ""
        yield text(swept.diff, language, left).rstrip("\n")
    for swept, left in changed[MOST_PROFILES:]:
        state = _DONE if left.complete else _OPEN
        yield f"- {swept.profile.name[language]}: {swept.diff.milder} {state[language]}"


def _moved(moved: "tuple[Moved, ...]", language: Language) -> Iterator[str]:
    """The names that mean something else, each with what would acknowledge it."""
    from mesomix.space.wording import COLON, more  # noqa: PLC0415 (as above)

    yield ""
    yield _NOT_COMPARED[language]
    if moved:
        yield ""
        yield _MOVED[language]
    for one in moved[:MOST_NAMES]:
        yield printable(f"- {one.name}{COLON[language]}{one.before} → {one.after or '—'}")
    if len(moved) > MOST_NAMES:
        yield f"- {more(len(moved) - MOST_NAMES, language)}"


def _reasons(
    reasons: "Acknowledgements", vain: "set[Unmatched]", language: Language
) -> Iterator[str]:
    """The reasons that were given and cover something, for who reads the pull request."""
    from mesomix.space.wording import COLON  # noqa: PLC0415 (as above)

    in_vain = {one.place: len(one.about) for one in vain}
    told: list[str] = []
    milder = [(f"causes[{n}]", one, len(one.about or ())) for n, one in enumerate(reasons.causes)]
    milder += [(f"mixtures[{n}]", one, 0) for n, one in enumerate(reasons.mixtures)]
    for place, entry, about in milder:
        change = " → ".join(VERDICTS[verdict][1][language] for verdict in entry.change)
        what = f"{change}, {entry.patient}" if entry.patient else change
        told += [] if in_vain.get(place) == about else [f"{what}{COLON[language]}{entry.reason}"]
    for number, one in enumerate(reasons.added):
        covers = f"added[{number}]" not in in_vain
        told += [f"{one.product}{COLON[language]}{one.reason}"] if covers else []
    if told:
        yield ""
        yield Text("Raisons données", "Reasons given")[language]
        yield from (printable(f"- {line}") for line in told)


def _plain(told: "Told") -> Iterator[dict[str, Any]]:
    for swept, left in told:
        yield {
            "profile": {"fr": swept.profile.name.fr, "en": swept.profile.name.en},
            **swept.diff.as_dict(),
            "acknowledged": _plain_left(left),
        }


def _plain_left(left: "Acknowledged") -> dict[str, Any]:
    return {
        "complete": left.complete,
        "open": [
            {"before": before.value, "after": after.value, "mixtures": count}
            for (before, after), count in left.open.items()
        ],
        "added": dict(left.added),
        "unmatched": [{"place": one.place, "about": one.about} for one in left.unmatched],
    }
