"""The peers that are there, and those that are not, with the reason."""

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from checking.exported import Data
from checking.question import CannotBeMeasuredError, Peer

PEERS: Final = (
    "plain_loop:PlainLoop",
    "pydantic_validators:Validators",
    "zen:Zen",
    "clips_rules:Clips",
    "cel_rust:CelRust",
    "json_logic_rules:JsonLogic",
    "business_things:BusinessRules",
    "rego:Rego",
    "cel_pure:CelPure",
)
"""Module and class of each; the modules import what requirements/benchmark.in lists."""

PACKAGES: Final = (
    "mesomix",
    "pydantic",
    "zen-engine",
    "clipspy",
    "common-expression-language",
    "cel-python",
    "json-logic-qubit",
    "business-rules",
    "regopy",
    "duckdb",
    "polars",
    "pandas",
    "numpy",
    "pyarrow",
)

NOT_MEASURED: Final = {
    "regorus": "a Rego engine in Rust; the package index has no wheel of it",
    "OPA": "the Rego engine itself is a server in Go, and no Python package",
    "panzi-json-logic": "its module has the name of that of json-logic-qubit, so that only one of"
    " them can be installed; on one expression it took 1.6 times as long",
}


def make(peer: str, data: Data) -> Peer:
    """That peer, with its data; raises CannotBeMeasuredError when it is not installed."""
    module, _, name = peer.partition(":")
    try:
        made: Peer = getattr(import_module(f"checking.{module}"), name)(data)
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] in ("checking", "mesomix"):
            raise  # ours is missing, and that is a mistake
        message = f"{error.name} is not installed (requirements/benchmark.in lists it)"
        raise CannotBeMeasuredError(message) from None
    return made


def installed(data: Data, absent: dict[str, str]) -> Iterator[Peer]:
    """The peers that can be made; the others join `absent` with the reason."""
    for peer in PEERS:
        try:
            yield make(peer, data)
        except CannotBeMeasuredError as error:
            absent[peer.partition(":")[0]] = str(error)
