"""The columns of a table that nothing reads: which of them may say something about the patient.

Where everything else is denied, each of them may, but where its heading only tells rows apart.
Elsewhere a summary tells a guess, by their names and values.
"""

import re
import shlex
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from mesomix.batch.arrow_compute import arrow_compute
from mesomix.batch.column_types import is_text
from mesomix.batch.reading import NO, YES
from mesomix.model import Condition
from mesomix.names import shortened, words

if TYPE_CHECKING:
    import pyarrow as pa

    from mesomix.batch.files import TableFile

_OF_A_PATIENT: Final = re.compile(
    "accouch.*|ages?|allait.*|allerg.*|antecedent.*|anticoag.*|aod|asthm.*|atcds?|avk|birth|breast.*|cardi.*"
    "|chemo.*|chimio.*|cirrho.*|clairance|clearance|comorbid.*|condition.*|contracept.*|cortico.*"
    "|creatinin.*|ddn|ddr|dfg|diabet.*|diagnos.*|dialys.*|disease.*|doacs?|dob|dpa|enceinte|epilep.*|gender"
    "|gfr|greff.*|grossesse|hemophil.*|haemophil.*|history|hiv|immun.*|indication.*|inr|intoleran.*"
    "|maladie.*|medic.*|naissance|patholog.*|patiente?s?|plaquettes|platelets|poids|pregnan.*|sexe?"
    "|termes?|terrain|traitement.*|transplant.*|treatment.*|tumeur.*|tumou?r.*|vih|vka|weight"
)
"""A word of what may be said of a patient, in French or in English."""
_OF_A_MIXTURE: Final = re.compile(
    "(?:amounts?|ampoules?|dos(?:ages?|es?)|drugs?|injecte.*|melanges?|mix(?:ed|tures?)|molecules?"
    "|produits?|products?|quantit(?:y|ies|es?)|specialites?|substances?|volumes?)[0-9]*"
)
"""A word of what may be said of a product, or of how much of it."""
_ANY_PATIENT: Final = re.compile("patiente?s?")
_IDENTIFIES: Final = re.compile(
    "cle|code|first|ids?|identifi.*|ipp|key|last|n|name|nip|nom|no|nr|num|number|numero|prenom|uuid"
)
"""A word of what tells one patient from another, and says nothing of any."""
_TELLS_ROWS: Final = re.compile(
    "annee|batch|cabinet|cent(?:er|re)|cle|date|datetime|day|docteur|doctor|heure|hopital"
    "|hospital|hour|identifi(?:ant|er)|ids?|index|ipp|jour|key|ligne|lot|medecin|n|name|nip|no"
    "|nom|nr|num|number|numero|physician|practitioner|praticien|prenom|row|site|time"
    "|timestamp|uuid|year"
)
"""A word of what identifies or dates a row. None that may head a remark, an amount or an age."""
_BESIDE_THESE: Final = re.compile(
    "[0-9].*|d|de|des|du|first|injection|l|la|last|le|of|patient|seance|session|the|visite?"
)
"""What may stand beside one of these, and is about nothing by itself."""
_FOR_ANY_SHELL: Final = re.compile(r"""[^"$`\\!%\x00-\x1f]*""")
"""What stands for itself between double quotes, on Windows too."""
_OF_ANYTHING: Final = re.compile(
    "active|after|appareille|apres|auto|background|beyond|bloc|block|child|contraception|contre"
    "|controlee|cours|current|degree?|dela|evolutif|injection|locale?|mois|months|moins|over"
    "|passes?|past|presents?|sans|second|semaines|third|weeks|with|without|years|zone"
)
"""Words in the names of conditions that say nothing of a patient by themselves."""
_SHORTEST_STEM: Final = 4
_LONGEST_STEM: Final = 6
_WORDS: Final = frozenset((*YES, *NO, "o", "n", "x", "y", "+", "-"))
"""What is written for a yes or a no, whether it is read as one or not."""
_NUMBERS: Final = ("0", "1")


def unread_columns(
    table: "TableFile", read: Collection[str], conditions: Mapping[str, Condition]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that are not `read`: those that seem to be about a patient, and the others.

    They seem so by a word of their names, or by their values: booleans, or texts that mostly are
    words for yes and no. Only the first batch of the table is looked at.
    """
    free = [name for name in table.schema.names if name not in read]
    found = {*about_patient(free, conditions)}
    found |= _with_answers(table.only([name for name in free if name not in found]))
    return (
        tuple(name for name in free if name in found),
        tuple(name for name in free if name not in found),
    )


def about_patient(names: Iterable[str], conditions: Mapping[str, Condition]) -> list[str]:
    """Those of these `names` of columns that sound like something about a patient.

    So does every name with a word that begins like one in the names of the `conditions`.
    """
    of_conditions = "|".join(map(re.escape, sorted(_stems(conditions))))
    begins = re.compile(f"(?:{of_conditions}).*" if of_conditions else _OF_A_PATIENT.pattern)
    return [name for name in names if _sounds_so(words(name), begins)]


def about_mixture(names: Iterable[str]) -> tuple[str, ...]:
    """Those of these `names` of columns that sound like a product, or like how much of it."""
    return tuple(name for name in names if any(map(_OF_A_MIXTURE.fullmatch, words(name))))


def _stems(conditions: Mapping[str, Condition]) -> set[str]:
    """How the words in the names of `conditions` begin; a short one, whole."""
    names = (name for c in conditions.values() for name in (c.id, c.name.fr, c.name.en))
    found = {word for name in names for word in words(name)}
    return {
        word[:_LONGEST_STEM]
        for word in found
        if len(word) >= _SHORTEST_STEM and not _OF_ANYTHING.fullmatch(word)
    }


def _sounds_so(found: list[str], begins: re.Pattern[str]) -> bool:
    if any(map(_IDENTIFIES.fullmatch, found)):  # the number of a patient, and not the patient
        found = [word for word in found if not _ANY_PATIENT.fullmatch(word)]
    return any(_OF_A_PATIENT.fullmatch(word) or begins.fullmatch(word) for word in found)


def _with_answers(table: "TableFile") -> set[str]:
    """The columns of `table` that hold answers, as far as its first batch says so."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    found = {field.name for field in table.schema if pa.types.is_boolean(field.type)}
    texts = [field.name for field in table.schema if is_text(field.type)]
    first, _ = next(table.only(texts).batches(), (None, None)) if texts else (None, None)
    if first is not None:
        found |= {name for name in texts if _are_answers(first[name])}
    return found


def _are_answers(texts: "pa.Array") -> bool:
    """Whether at least half of what is written says yes or no, and not with numbers alone."""
    import pyarrow as pa  # noqa: PLC0415 (extra)

    pc = arrow_compute()
    plain = pc.utf8_lower(pc.utf8_trim_whitespace(texts.cast(pa.string())))
    written = len(plain) - pc.is_in(plain, value_set=pa.array(["", None], pa.string())).true_count
    numbers = pc.is_in(plain, value_set=pa.array(_NUMBERS)).true_count
    answers = pc.is_in(plain, value_set=pa.array([*_WORDS])).true_count
    return answers > numbers and 2 * answers >= written


def may_be_denied(
    table: "TableFile", unread: Collection[str], seem_so: Collection[str]
) -> list[str]:
    """Those of the `unread` columns of `table` that may say something about the patient.

    So may each, but one whose heading only identifies or dates a row: a date alone may be that of
    anything. Those that `seem_so` do in any case: by their values, or as a date of birth.
    """
    names = (name for name in table.schema.names if name in unread)
    return [name for name in names if name in seem_so or not _tells_rows(name)]


def _tells_rows(name: str) -> bool:
    """Whether `name` has words that identify or date a row, and says nothing else."""
    found = words(name)
    others = [word for word in found if not _TELLS_ROWS.fullmatch(word)]
    return len(others) < len(found) and all(map(_BESIDE_THESE.fullmatch, others))


def denied_unread(names: Sequence[str]) -> ValueError:
    """That `nothing_else` would deny whatever these columns say."""
    listed = ", ".join(repr(shortened(name)) for name in names)
    return ValueError(
        "with nothing_else (--nothing-else), whatever these columns say of the patient would count"
        f" as denied, since nothing reads them: {listed}. Say what they are (--fact"
        " CONDITION=COLUMN, --allergies, --age, --products …; from Python, in Columns and age=)."
        " Those that say nothing of the patient, set aside (from Python: set_aside=):\n  "
        + " ".join(map(_set_aside, names))
    )


def _set_aside(name: str) -> str:
    """The option that sets this column aside, as a shell wants it."""
    written = shlex.quote(name)
    if written != name and _FOR_ANY_SHELL.fullmatch(name):
        written = f'"{name}"'
    return f"--set-aside{'=' if name.startswith('-') else ' '}{written}"
