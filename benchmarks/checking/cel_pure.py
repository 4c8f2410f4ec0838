"""The same rules in CEL, with an engine in Python: cel-python."""

from importlib.metadata import version
from typing import Any, cast

import celpy

from checking.cel_rules import RULES, asked, collected
from checking.exported import Data
from checking.question import Answer, Case, Found, answer_of


class CelPure:
    """One expression, compiled once; the data is converted once."""

    name = "CEL (cel-python)"
    version = f"cel-python {version('cel-python')}"

    def __init__(self, data: Data) -> None:
        self._severities = data["severities"]
        environment = celpy.Environment(runner_class=celpy.CompiledRunner)
        self._program = environment.program(environment.compile(RULES))
        self._data = {
            "products": celpy.json_to_cel(data["products"]),
            "allergies": celpy.json_to_cel(data["allergies"]),
        }

    def ask(self, case: Case) -> tuple[list[Found], list[tuple[str, str]]]:
        """The findings, and what is open."""
        request = asked(case.request)
        context = {**self._data, "request": celpy.json_to_cel(request)}
        said = self._program.evaluate(context)
        return collected(cast("list[Any]", said), request, self._severities)

    def answer(self, asked: object) -> Answer:
        """The common form."""
        assert isinstance(asked, tuple)
        return answer_of(*asked)
