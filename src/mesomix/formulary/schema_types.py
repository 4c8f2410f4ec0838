"""The values that a data file may hold: ids, days, names, quantities."""

from datetime import date
from typing import Annotated

from pydantic import Strict, StringConstraints

Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""A text of at least one character."""
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""An id: lower case letters and digits, in words joined by dashes."""
_ABOVE_ZERO = r"(0\.[0-9]{0,6}[1-9][0-9]{0,6}|[1-9][0-9]{0,8}(\.[0-9]{1,9})?)"
Measured = Annotated[str, StringConstraints(pattern=rf"^{_ABOVE_ZERO} (g|mg|ug|\[iU\]|mmol)$")]
"""A number and a UCUM code, such as 250 mg."""
Volume = Annotated[str, StringConstraints(pattern=rf"^{_ABOVE_ZERO} mL$")]
"""A number of millilitres, such as 2 mL."""
Names = tuple[Line, ...]
Day = Annotated[date, Strict()]
"""A TOML date, not a text that looks like one."""
