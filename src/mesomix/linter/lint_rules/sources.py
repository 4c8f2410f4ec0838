"""Lint rules of sources and dates: what a fact rests on, and when somebody last looked."""

import re
from datetime import date, timedelta
from typing import Final

from mesomix.linter.diagnostic import LintSeverity
from mesomix.linter.lint_rule import Problems, lint_rule
from mesomix.linter.tables import Data

_A_DAY: Final = timedelta(days=1)
_REFERENCE_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def earliest_day(written: str) -> date | None:
    """The first day that the date of a reference, YYYY-MM-DD or less, can mean; None for none."""
    found = _REFERENCE_DATE.fullmatch(written)
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lint_rule(
    LintSeverity.ERROR,
    fr="« {date} » n'est pas une date",
    en="{date!r} is no date",
    help_fr="la date d'une référence s'écrit AAAA-MM-JJ, AAAA-MM ou AAAA",
    help_en="the date of a reference is written YYYY-MM-DD, YYYY-MM or YYYY",
)
def malformed_date(data: Data) -> Problems:
    """The date of a reference is no date."""
    for key, reference in data.tables.references.items():
        if reference.date and earliest_day(reference.date) is None:
            yield malformed_date.problem("references", key, "date", date=reference.date)


@lint_rule(
    LintSeverity.ERROR,
    fr="cela daterait du {date}, après la vérification du {checked}",
    en="this would be of {date}, after the check of {checked}",
    help_fr="l'une des deux dates est fausse : relisez la source",
    help_en="one of the two dates is wrong: read the source again",
)
def dated_after_its_check(data: Data) -> Problems:
    """A text, or a declaration, is dated after the day on which somebody checked it."""
    for key, reference in data.tables.references.items():
        day = earliest_day(reference.date)
        if day and day > reference.checked:
            path = ("references", key)
            yield dated_after_its_check.problem(
                *path,
                "date",
                others=((*path, "checked"),),
                date=reference.date,
                checked=reference.checked,
            )
    for step, specialty in data.specialties():
        marketing = specialty.marketing
        if marketing.since and marketing.since > marketing.checked:
            yield dated_after_its_check.problem(
                *step,
                "marketing",
                "since",
                others=((*step, "marketing", "checked"),),
                date=marketing.since,
                checked=marketing.checked,
            )


@lint_rule(
    LintSeverity.WARNING,
    fr="vérifié le {checked}, il y a plus de {limit} jours",
    en="checked on {checked}, more than {limit} days ago",
    help_fr="relisez la source ; si elle le dit toujours, mettez la date du jour",
    help_en="read the source again; if it still says so, write the date of that day",
    needs_date=True,
)
def stale_fact(data: Data) -> Problems:
    """Nobody has checked a fact against its source for longer than the limit."""
    limit = data.max_age.days
    for path, table in data.checked():
        if data.day() - table.checked > data.max_age:
            yield stale_fact.problem(*path, "checked", checked=table.checked, limit=limit)


@lint_rule(
    LintSeverity.ERROR,
    fr="vérifié le {checked}, un jour à venir",
    en="checked on {checked}, which has not come yet",
    help_fr="écrivez le jour où quelqu'un a vraiment relu la source",
    help_en="write the day on which somebody did read the source",
    needs_date=True,
)
def checked_in_the_future(data: Data) -> Problems:
    """A fact was checked on a day that has not come yet."""
    for path, table in data.checked():
        if table.checked - data.day() > _A_DAY:  # it may be tomorrow where they are
            yield checked_in_the_future.problem(*path, "checked", checked=table.checked)
