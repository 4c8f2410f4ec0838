"""The rules in CEL, with an engine in Rust: common-expression-language."""

from importlib.metadata import version

import cel

from checking.cel_rules import RULES, asked, collected
from checking.exported import Data
from checking.question import Answer, Case, Found, answer_of


class CelRust:
    """One expression, compiled once. The data is converted once, the request when it is named."""

    name = "CEL (common-expression-language)"
    version = f"common-expression-language {version('common-expression-language')}"

    def __init__(self, data: Data) -> None:
        self._severities = data["severities"]
        self._program = cel.compile(RULES)
        self._context = cel.Context({**data})

    def ask(self, case: Case) -> tuple[list[Found], list[tuple[str, str]]]:
        """The findings, and what is open."""
        request = asked(case.request)
        # A variable that is added has the whole data converted again; one that is resolved has not.
        self._context.set_variable_resolver({"request": request}.get)
        said = self._program.execute(self._context)
        return collected(said, request, self._severities)

    def answer(self, asked: object) -> Answer:
        """The common form."""
        assert isinstance(asked, tuple)
        return answer_of(*asked)
