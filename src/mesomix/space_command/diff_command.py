"""`mesomix diff`: its options, and what it prints."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mesomix.command_options import add_patient_options, patient_of
from mesomix.evidence import Language, Text
from mesomix.formulary import Formulary, load
from mesomix.formulary.files import SHIPPED
from mesomix.names import printable
from mesomix.report_words import VERDICTS
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
    "Noms ajoutés, retirés, ou qui disent autre chose, sans explication écrite",
    "Names that are new, gone, or mean something else, not acknowledged",
)
_NEW_NAME: Final = Text(
    "n'était pas reconnu, donc à revoir", "it was not recognised, and so a review"
)
_GONE_NAME: Final = Text(
    "n'est plus reconnu : à revoir, même où c'était refusé",
    "no longer recognised: a review, even where it was refused",
)
_FILES: Final = Text(
    "{} : hors du fichier, substances et références sont celles de mesomix, et leurs changements ne"
    " se voient pas. Un dossier de {} les compare.",
    "{}: outside of the file, substances and references are those of mesomix, and no change of"
    " theirs shows. A folder of {} compares them.",
)
_NOT_COMPARED: Final = Text(
    "Quantités et maxima ne sont pas comparés.", "Amounts and maximum doses are not compared."
)
_ONLY_ONE: Final = Text(
    "Un seul patient est comparé, et ce qu'on ne lui a pas demandé cache des changements : sans"
    " option de patient, tous le sont.",
    "One patient is compared, and what nobody asked hides changes: without an option about a"
    " patient, each for whom something may change is.",
)
_ALIKE: Final = Text("De même pour une allergie", "The same for an allergy to")
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
            name,
            metavar=name.upper(),
            help="a TOML file in place of the products, or a folder in place of all data of"
            " mesomix; - for that",
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
    from mesomix.space.acknowledged import acknowledged, in_vain  # noqa: PLC0415 (with pydantic)
    from mesomix.space.acknowledgements import NONE, read_acknowledgements  # noqa: PLC0415 (as above)
    from mesomix.space.meanings import (  # noqa: PLC0415 (as above)
        moved_names,
        names_in_vain,
        not_acknowledged,
    )

    reasons = NONE if asked.acknowledged is None else read_acknowledgements(asked.acknowledged)
    old, new = (load(None if path == "-" else path) for path in (asked.old, asked.new))
    told = [
        (swept, acknowledged(swept.diff, reasons, swept.profile.burden))
        for swept in _swept(asked, old, new)
    ]
    vain = in_vain([left for _, left in told])
    told = [(swept, replace(left, unmatched=vain)) for swept, left in told]
    added = {key for swept, _ in told for key in swept.diff.added}
    every_name = moved_names(old, new, added=added)
    moved, names_vain = not_acknowledged(every_name, reasons), names_in_vain(every_name, reasons)
    complete = not moved and all(left.complete for _, left in told)
    status = 0 if complete else NOT_ACKNOWLEDGED
    if asked.json:
        names = {"names": [asdict(one) for one in moved], "names_unmatched": [*names_vain]}
        found = {"complete": complete, "substances_of_mesomix": _files(asked)}
        return as_json({**found, "profiles": [*_plain(told)], **names}), status
    language = Language(asked.lang)
    lines = [*_lines(told, asked, names_open=bool(moved)), *_not_compared(asked)]
    lines += _moved(moved, names_vain, asked)
    lines += [_ONLY_ONE[language]] if len(told) == 1 else []
    return [*lines, *_reasons(reasons, vain, names_vain, language)], status


def _swept(asked: argparse.Namespace, old: Formulary, new: Formulary) -> "tuple[Swept, ...]":
    """What changes for the patient that is described; without one, for all for whom it matters."""
    from mesomix.space.compared import compared, declared  # noqa: PLC0415 (only who compares pays)
    from mesomix.space.diff import diff  # noqa: PLC0415 (as above)
    from mesomix.space.sweep import Profile, Swept, sweep  # noqa: PLC0415 (as above)

    named = (old.specialties.values(), new.specialties.values())
    products = named if asked.specialties else None
    before, after = patient_of(asked, old), patient_of(asked, new)
    if before is None or after is None:
        return sweep(old, new, products=products)
    products = products or compared(old, new, declared(old, new))
    name = Text("le patient décrit", "the patient described")
    profile = Profile(name, (before, after), None)
    return (Swept(profile, diff(old, new, (before, after), products=products)),)


def _files(asked: argparse.Namespace) -> list[str]:
    """Which of OLD and NEW are files, beside which the other data of mesomix stands."""
    sides = {"old": asked.old, "new": asked.new}
    return [side for side, path in sides.items() if path != "-" and not Path(path).is_dir()]


def _lines(told: "Told", asked: argparse.Namespace, *, names_open: bool) -> Iterator[str]:
    """Each profile for which something changes; where nothing does, that it does for none."""
    from mesomix.evidence import COLON  # noqa: PLC0415 (as above)
    from mesomix.space.diff_text import diff_markdown, diff_text  # noqa: PLC0415 (as above)
    from mesomix.space.wording import marked, some  # noqa: PLC0415 (as above)

    language = Language(asked.lang)
    text = diff_markdown if asked.markdown else diff_text
    changed = [one for one in told if one[0].diff.causes or one[0].diff.added] or [told[-1]]
    changed.sort(key=lambda one: one[1].complete)  # of what is open, what to write is told
    for number, (swept, left) in enumerate(changed[:MOST_PROFILES]):
        if number:
            yield ""
        if len(told) > 1:
            name = marked(swept.profile.name[language], markdown=asked.markdown)
            yield f"# {name}" if asked.markdown else f"[{name}]"
            yield ""
        if swept.profile.alike:
            alike = [marked(one[language], markdown=asked.markdown) for one in swept.profile.alike]
            yield f"{_ALIKE[language]}{COLON[language]}{some(alike, language)}"
            yield ""
        yield text(swept.diff, language, left, names_open=names_open).rstrip("\n")
    for swept, left in changed[MOST_PROFILES:]:
        state = _DONE if left.complete else _OPEN
        name = marked(swept.profile.name[language], markdown=asked.markdown)
        yield f"- {name}: {swept.diff.milder} {state[language]}"


def _not_compared(asked: argparse.Namespace) -> Iterator[str]:
    """What no line of a comparison speaks of."""
    language = Language(asked.lang)
    yield ""
    yield _NOT_COMPARED[language]
    sides = [side.upper() for side in _files(asked)]
    if sides:
        yield _FILES[language].format(", ".join(sides), ", ".join(SHIPPED))


def _moved(
    moved: "tuple[Moved, ...]", vain: tuple[str, ...], asked: argparse.Namespace
) -> Iterator[str]:
    """The names that mean something else, each with what would acknowledge it."""
    from mesomix.evidence import COLON  # noqa: PLC0415 (as above)
    from mesomix.space.acknowledgements_text import names_entries  # noqa: PLC0415 (as above)
    from mesomix.space.diff_text import UNMATCHED, WRITE  # noqa: PLC0415 (as above)
    from mesomix.space.wording import marked, more  # noqa: PLC0415 (as above)

    language = Language(asked.lang)
    if moved:
        yield ""
        yield _MOVED[language]
    for one in moved[:MOST_NAMES]:
        name = marked(one.name, markdown=asked.markdown)
        meant = printable(f"{one.before or '—'} → {one.after or '—'}")
        why = "" if one.before and one.after else _GONE_NAME if one.before else _NEW_NAME
        yield f"- {name}{COLON[language]}{meant}{f' ({why[language]})' if why else ''}"
    rest = more(len(moved) - MOST_NAMES, language) if len(moved) > MOST_NAMES else ""
    if rest:
        yield f"- {rest}"
    yield from (f"- {UNMATCHED[language].format(place)}" for place in vain)
    if moved:
        yield from ["", WRITE[language], "", *(["```toml"] if asked.markdown else [])]
        entries = [line for entry in names_entries(moved[:MOST_NAMES]) for line in entry]
        yield from entries[:-1]
        yield from ["", f"# {rest}"] if rest else []
        yield from ["```"] if asked.markdown else []


def _reasons(
    reasons: "Acknowledgements",
    vain: "Iterable[Unmatched]",
    names_vain: tuple[str, ...],
    language: Language,
) -> Iterator[str]:
    """The reasons that were given and cover something, for who reads the pull request."""
    from mesomix.evidence import COLON  # noqa: PLC0415 (as above)

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
    for number, name in enumerate(reasons.names):
        before = f"{COLON[language]}{name.before or '—'}" if name.before is not None else ""
        change = f"{name.name}{before} → {name.after or '—'}"
        covers = f"names[{number}]" not in names_vain
        told += [f"{change}{COLON[language]}{name.reason}"] if covers else []
    if told:
        yield ""
        yield Text("Raisons données", "Reasons given")[language]
        yield from (printable(f"- {line}") for line in told)


def _plain(told: "Told") -> Iterator[dict[str, Any]]:
    for swept, left in told:
        yield {
            "profile": _plain_text(swept.profile.name),
            "alike": [*map(_plain_text, swept.profile.alike)],
            **swept.diff.as_dict(),
            "acknowledged": _plain_left(left),
        }


def _plain_text(text: Text) -> dict[str, str]:
    return {"fr": text.fr, "en": text.en}


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
