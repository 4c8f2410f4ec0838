"""Mutation testing of the rules: mutmut, which skips decorated functions, taught what `@rule` is.

mutmut leaves decorated functions alone because it would run the decorator again for each mutant.
Here only the function that switches between the mutants is decorated; the mutants are plain.
Run it as mutmut: `python tests/mutation.py run`, or `make mutants`.
"""

from collections.abc import Sequence
from typing import Any

import libcst
from mutmut.mutation import file_mutation

_skips = file_mutation.MutationVisitor._skip_node_and_children
_arrange: Any = file_mutation.function_trampoline_arrangement


def is_rule(node: object) -> bool:
    """Whether `node` is a function with the one decorator `@rule(...)`."""
    if not isinstance(node, libcst.FunctionDef) or len(node.decorators) != 1:
        return False
    call = node.decorators[0].decorator
    return isinstance(call, libcst.Call) and getattr(call.func, "value", None) == "rule"


def skips(self: file_mutation.MutationVisitor, node: libcst.CSTNode) -> bool:
    """What mutmut skips, without the rules."""
    return not is_rule(node) and _skips(self, node)


def arrange(function: libcst.FunctionDef, mutants: Sequence[Any], class_name: str | None) -> Any:
    """What mutmut makes of a function; of a rule, the mutants lose the decorator."""
    declared, (switch, *others), assigned, names = _arrange(function, mutants, class_name)
    if is_rule(function):
        others = [each.with_changes(decorators=()) for each in others]
    return declared, [switch, *others], assigned, names


# Both are private to mutmut, whose version is pinned.
file_mutation.MutationVisitor._skip_node_and_children = skips  # pyrefly: ignore
file_mutation.function_trampoline_arrangement = arrange  # pyrefly: ignore

if __name__ == "__main__":
    from mutmut.__main__ import cli

    cli()
