"""What `import mesomix` gives, and what it leaves for later."""

import subprocess
import sys

import mesomix
import mesomix.bdpm
from mesomix import composition, formulary, model, quantity, request, vocabulary
from mesomix.rule import Flag, Flags


def printed(code: str) -> list[str]:
    """What a new Python prints."""
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return ended.stdout.split()


def test_the_reader_of_bdpm_is_imported_when_somebody_asks_for_it() -> None:
    code = "import sys, mesomix; print('mesomix.bdpm' in sys.modules, 'bdpm' in dir(mesomix));"
    code += "print(mesomix.bdpm.read.__module__, 'mesomix.bdpm' in sys.modules)"
    before, listed, module, after = printed(code)
    assert (before, listed, after) == ("False", "True", "True")
    assert module.startswith("mesomix.bdpm")


def test_an_attribute_of_the_package_is_the_module_itself() -> None:
    assert mesomix.__getattr__("bdpm") is mesomix.bdpm


def test_what_an_answer_is_made_of_is_exported() -> None:
    assert mesomix.Component is request.Component
    assert mesomix.DeclaredAllergy is request.DeclaredAllergy
    assert mesomix.ReadAllergy is request.ReadAllergy
    assert mesomix.ReadName is request.ReadName
    assert mesomix.Flag is Flag
    assert mesomix.Flags is Flags
    assert mesomix.Fault is formulary.Fault
    assert mesomix.Quantity is quantity.Quantity
    for name in ("Composition", "Content", "Dose", "Ingredient"):
        assert getattr(mesomix, name) is getattr(composition, name)
    for name in ("Amount", "MaximumDose"):
        assert getattr(mesomix, name) is getattr(model, name)
    for name in ("Per", "Unknown"):
        assert getattr(mesomix, name) is getattr(vocabulary, name)
    new = {"Amount", "Composition", "Content", "Dose", "Ingredient", "MaximumDose", "Per"}
    assert new | {"Quantity", "Unknown"} <= {*mesomix.__all__}
    assert sorted(mesomix.__all__) == sorted(set(mesomix.__all__))
    assert [name for name in mesomix.__all__ if not hasattr(mesomix, name)] == []
