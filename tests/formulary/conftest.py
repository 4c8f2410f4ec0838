"""A clinic's own data file, of which a test writes only what it is about."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

import mesomix

DAY: Final = date(2026, 11, 21)
SOURCED: Final = {"source": "chan", "checked": DAY}
MARKETED: Final = {"state": "marketed"}
LEAST: Final[Mapping[str, Mapping[str, Any]]] = {
    "references": {"checked": DAY},
    "conditions": {},
    "groups": {"evidence": "label"},
    "substances": {},
    "products": {"substances": ["lidocaine"], "effects": []},
    "specialties": {
        "strength": "1 %",
        "form": "solution injectable",
        "routes": ["intradermal"],
        "marketing": MARKETED,
    },
}


def completed(section: str, key: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """`table` with the least that its section asks for; its id is its name."""
    whole = {**LEAST[section], **table}
    if section == "references":
        return {"title": key, **whole}
    if section == "conditions":
        return sourced({"fr": key, "en": key, **whole})
    specialties: Mapping[str, Any] = whole.pop("specialties", {})
    own = ("name", "brand") if section == "specialties" else ("fr", "en")
    whole = sourced({**dict.fromkeys(own, key), **whole})
    if specialties:
        whole["specialties"] = {k: completed("specialties", k, t) for k, t in specialties.items()}
    return whole


def sourced(value: Any) -> Any:
    """`value` with a source and a day in each table of it that has none."""
    if isinstance(value, Mapping):
        return {**SOURCED, **{key: sourced(inner) for key, inner in value.items()}}
    return [sourced(inner) for inner in value] if isinstance(value, list) else value


def toml(value: Any) -> str:
    """`value` as TOML in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value) if isinstance(value, date) else json.dumps(value)


@pytest.fixture
def clinic_file(tmp_path: Path) -> Callable[..., Path]:
    """Write the tables, by section and id, into a file that is complete but for them."""

    def write(**sections: Mapping[str, Mapping[str, Any]]) -> Path:
        lines = ['version = "clinic"']
        for section, tables in sections.items():
            for key, table in tables.items():
                lines.append(f"[{section}.{key}]")
                lines += [f"{k} = {toml(v)}" for k, v in completed(section, key, table).items()]
        path = tmp_path / "clinic.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def clinic(clinic_file: Callable[..., Path]) -> Callable[..., mesomix.Formulary]:
    """Write the tables and load them, beside the substances and references that ship."""

    def load(**sections: Mapping[str, Mapping[str, Any]]) -> mesomix.Formulary:
        return mesomix.load(clinic_file(**sections))

    return load


@pytest.fixture
def clinic_faults(clinic_file: Callable[..., Path]) -> Callable[..., list[mesomix.Fault]]:
    """Write the tables, and find what is wrong with them: they must not load."""

    def faults(**sections: Mapping[str, Mapping[str, Any]]) -> list[mesomix.Fault]:
        path = clinic_file(**sections)
        with pytest.raises(mesomix.DataError) as caught:
            mesomix.load(path)
        return list(caught.value.faults)

    return faults
