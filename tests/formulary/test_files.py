"""Files: what is read, what is said of a file that cannot be used, and that nothing replaces it."""

import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

import mesomix
from mesomix.formulary import files

CHECKOUT: Final = Path(__file__).parents[2]
DATA: Final = CHECKOUT / "data"
SHIPPED: Final = ("references.toml", "substances.toml", "products.toml")
ADDED: Final = {
    "groups": "evidence = 'label'\nsource = 'chan'\nchecked = 2026-11-21\n",
    "substances": "source = 'chan'\nchecked = 2026-11-21\n",
    "products": "substances = ['lidocaine']\neffects = []\nsource = 'chan'\nchecked = 2026-11-21\n",
}
OWN: Final = {"xylo": {"specialties": {"xylo-1": {"brand": "Xylo"}}}}


def fault_of(path: Path | str) -> mesomix.Fault:
    """The only fault that loading `path` finds."""
    with pytest.raises(mesomix.DataError) as caught:
        mesomix.load(path)
    [fault] = caught.value.faults
    return fault


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped data, which is read in its place."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    monkeypatch.setattr(files, "shipped_folder", lambda: copy)
    return copy


# --- What is read ---------------------------------------------------------------------------


def test_the_shipped_data_loads(formulary: mesomix.Formulary) -> None:
    assert len(formulary.products) == 9
    assert formulary.edition.version
    assert formulary.edition.version in repr(formulary)


def test_the_data_of_the_checkout_is_read_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SHIPPED:
        (tmp_path / name).write_text("broken", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    everything = b"".join((DATA / name).read_bytes() for name in SHIPPED)
    assert mesomix.load().edition.sha256 == sha256(everything).hexdigest()


def test_the_data_of_an_installed_package_is_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = tmp_path / "site-packages" / "mesomix" / "data"
    packaged.mkdir(parents=True)
    monkeypatch.setattr(files, "__file__", str(packaged.parent / "formulary" / "files.py"))
    assert files.shipped_folder() == packaged


def test_a_checkout_does_not_read_the_copy_that_an_editable_install_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = tmp_path / "site-packages" / "mesomix" / "data"
    stale.mkdir(parents=True)
    module = tmp_path / "checkout" / "src" / "mesomix" / "formulary" / "files.py"
    monkeypatch.setattr(files, "__file__", str(module))
    monkeypatch.syspath_prepend(tmp_path / "site-packages")
    assert files.shipped_folder() == tmp_path / "checkout" / "data"


def test_a_folder_replaces_all_that_is_shipped(
    tmp_path: Path, formulary: mesomix.Formulary
) -> None:
    own = tmp_path / "own"
    shutil.copytree(DATA, own)
    assert mesomix.load(str(own)).edition.sha256 == formulary.edition.sha256
    for name, section in zip(SHIPPED, ("groups", "substances", "products"), strict=True):
        text = (DATA / name).read_text(encoding="utf-8")
        (own / name).write_text(
            f"{text}\n[{section}.zorgle]\nen = 'zorgle'\nfr = 'zorgle'\n" + ADDED[section],
            encoding="utf-8",
        )
        found = mesomix.load(own)
        assert found.edition.sha256 != formulary.edition.sha256
        (own / name).write_text(text, encoding="utf-8")
        assert mesomix.load(own).edition.sha256 == formulary.edition.sha256
        known = {
            "groups": found.edition.groups,
            "substances": found.substances,
            "products": found.products,
        }
        assert "zorgle" in known[section]


def test_a_file_of_ones_own_replaces_the_products_and_nothing_else(
    formulary: mesomix.Formulary, clinic: Callable[..., mesomix.Formulary]
) -> None:
    own = clinic(products=OWN)
    assert list(own.products) == ["xylo"]
    assert list(own.specialties) == ["xylo-1"]
    assert own.conditions.keys() == formulary.conditions.keys()
    assert own.references == formulary.references
    assert own.edition.version == "clinic"
    assert mesomix.check(own.mixture("Kenacort")).verdict is mesomix.Verdict.REFUSE
    assert own.mixture("Mésocaïne").products == ()


def test_a_file_of_ones_own_may_add_every_kind_of_table(
    formulary: mesomix.Formulary, clinic: Callable[..., mesomix.Formulary]
) -> None:
    own = clinic(
        references={"leaflet": {}},
        conditions={"cold": {}},
        groups={"potions": {"source": "leaflet"}},
        substances={"potion": {"groups": ["potions"]}},
        products={"elixir": {"substances": ["potion"], "specialties": {"elixir-1": {}}}},
    )
    assert own.references.keys() - formulary.references.keys() == {"leaflet"}
    assert own.conditions.keys() - formulary.conditions.keys() == {"cold"}
    assert own.edition.groups.keys() - formulary.edition.groups.keys() == {"potions"}
    assert own.products["elixir"].substances[0].groups == {"potions"}


def test_a_product_needs_no_specialty(clinic: Callable[..., mesomix.Formulary]) -> None:
    product = clinic(products={"xylo": {}}).find("xylo")
    assert (product.id, product.specialties) == ("xylo", ())


@pytest.mark.parametrize("content", ["", "# nothing yet\n", 'version = "0"\n'])
def test_a_file_without_a_product_is_no_formulary(tmp_path: Path, content: str) -> None:
    path = tmp_path / "clinic.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(mesomix.DataError) as caught:
        mesomix.load(path)
    assert caught.value.faults == (mesomix.Fault(str(path), "products", "there is none"),)


def test_a_file_without_a_version_has_none(
    tmp_path: Path, clinic_file: Callable[..., Path]
) -> None:
    path = clinic_file(products=OWN)
    path.write_text(path.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    assert mesomix.load(path).edition.version == ""


def test_a_path_may_be_a_text(clinic_file: Callable[..., Path]) -> None:
    path = clinic_file(products=OWN)
    assert mesomix.load(str(path)).edition.sha256 == mesomix.load(path).edition.sha256


@pytest.mark.parametrize("name", SHIPPED)
def test_a_file_of_ones_own_may_have_the_name_of_a_shipped_one(
    name: str, clinic_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = clinic_file(
        conditions={"cold": {}},
        groups={"potions": {}},
        substances={"potion": {}},
        products={"elixir": {"substances": ["potion"], "specialties": {"elixir-1": {}}}},
    )
    path.rename(path.with_name(name))
    monkeypatch.chdir(path.parent)
    own = mesomix.load(name)
    assert mesomix.check(own.mixture("Kenacort")).verdict is mesomix.Verdict.REFUSE


# --- The digest -----------------------------------------------------------------------------


def test_the_digest_is_that_of_the_bytes_in_the_order_of_their_loading(
    clinic_file: Callable[..., Path],
) -> None:
    path = clinic_file(products=OWN)
    read = [DATA / "references.toml", DATA / "substances.toml", path]
    everything = b"".join(file.read_bytes() for file in read)
    assert mesomix.load(path).edition.sha256 == sha256(everything).hexdigest()


def test_the_digest_changes_with_any_byte_of_a_file_of_ones_own(
    clinic_file: Callable[..., Path],
) -> None:
    path = clinic_file(products=OWN)
    content = path.read_bytes()
    digests = set()
    for changed in (content, content + b"\n", content + b" ", b"\n" + content, b"#" + content):
        path.write_bytes(changed)
        digests.add(mesomix.load(path).edition.sha256)
    assert len(digests) == 5


@pytest.mark.parametrize("name", SHIPPED)
def test_the_digest_changes_with_any_byte_of_each_shipped_file(
    name: str, formulary: mesomix.Formulary, data: Path
) -> None:
    assert mesomix.load().edition.sha256 == formulary.edition.sha256
    content = (data / name).read_bytes()
    (data / name).write_bytes(b"#" + content)
    assert mesomix.load().edition.sha256 != formulary.edition.sha256


# --- What cannot be read --------------------------------------------------------------------


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "missing.toml"
    problem = "it cannot be read: No such file or directory"
    assert fault_of(path) == mesomix.Fault(str(path), "", problem)


def test_a_folder_that_lacks_files_is_a_fault_for_each(tmp_path: Path) -> None:
    problem = "it cannot be read: No such file or directory"
    expected = [mesomix.Fault(str(tmp_path / name), "", problem) for name in SHIPPED]
    with pytest.raises(mesomix.DataError) as caught:
        mesomix.load(tmp_path)
    assert [*caught.value.faults] == expected


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_shipped_takes_the_place_of_what_a_folder_lacks(tmp_path: Path, name: str) -> None:
    shutil.copytree(DATA, tmp_path / "own")
    (tmp_path / "own" / name).unlink()
    missing = mesomix.Fault(
        str(tmp_path / "own" / name), "", "it cannot be read: No such file or directory"
    )
    assert fault_of(tmp_path / "own") == missing


def test_what_may_not_be_looked_at_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, look, read = tmp_path / "own", Path.stat, Path.read_bytes

    def stat(path: Path, **how: bool) -> os.stat_result:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return look(path, **how)

    def read_bytes(path: Path) -> bytes:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    problem = "it cannot be read: Permission denied"
    assert fault_of(closed) == mesomix.Fault(str(closed), "", problem)


def test_the_mark_that_editors_on_windows_write_first_is_none(
    clinic_file: Callable[..., Path],
) -> None:
    path = clinic_file(products=OWN)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert list(mesomix.load(path).products) == list(OWN)


def test_what_is_no_path_is_a_fault() -> None:
    fault = fault_of("a\0b")
    assert fault == mesomix.Fault("a\0b", "", "it cannot be read: not a path")
    assert str(fault) == r"a\x00b: it cannot be read: not a path"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("version = 'é'".encode("latin-1"), "it is not UTF-8: byte 11", id="Latin 1"),
        pytest.param("version = 'é'".encode("utf-16"), "it is not UTF-8: byte 0", id="UTF-16"),
        pytest.param("version = 'e'".encode("utf-16-le"), "it is not TOML: ", id="UTF-16, no mark"),
        pytest.param(b"version = '1", "it is not TOML: ", id="no end of a text"),
        pytest.param(b"version", "it is not TOML: ", id="no value"),
        pytest.param(b"version = '1'\nversion = '2'", "it is not TOML: ", id="a key twice"),
        pytest.param(b"version = 'a\0'", "it is not TOML: ", id="a NUL"),
        pytest.param(b'{"version": "1"}', "it is not TOML: ", id="JSON"),
        pytest.param(b"x = " + b"1" * 5000, "it is not TOML: ", id="a huge integer"),
        pytest.param(b"x = " + b"[" * 9999, "it is nested too deeply", id="arrays in arrays"),
        pytest.param(b"x = " + b"{a = " * 9999, "it is nested too deeply", id="tables in tables"),
        pytest.param(b"x" + b".a" * 9999 + b" = 1", "it is nested too deeply", id="a long key"),
        pytest.param(b"[x" + b".a" * 9999 + b"]", "it is nested too deeply", id="a long header"),
    ],
)
def test_what_is_no_toml_is_a_fault_of_the_whole_file(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    path = tmp_path / "clinic.toml"
    path.write_bytes(content)
    fault = fault_of(path)
    assert (fault.file, fault.key) == (str(path), "")
    assert fault.problem.startswith(problem)


def test_a_fault_of_what_cannot_be_read_leaves_those_of_the_other_files(data: Path) -> None:
    (data / "references.toml").unlink()
    (data / "substances.toml").write_bytes(b"\xff")
    (data / "products.toml").write_text('versoin = "1"\n[products.x]\nfr = 1\n', encoding="utf-8")
    with pytest.raises(mesomix.DataError) as caught:
        mesomix.load()
    found = {(fault.file, fault.key) for fault in caught.value.faults}
    assert found == {
        *{("references.toml", ""), ("substances.toml", ""), ("products.toml", "versoin")},
        *{("products.toml", f"products.x.{key}") for key in ("fr", "en", "substances", "effects")},
        *{("products.toml", f"products.x.{key}") for key in ("source", "checked")},
    }


def test_the_shipped_products_are_not_read_beside_a_file_of_ones_own(
    data: Path, clinic_file: Callable[..., Path]
) -> None:
    (data / "products.toml").unlink()
    assert list(mesomix.load(clinic_file(products=OWN)).products) == ["xylo"]


def test_no_file_is_loaded_in_place_of_one_that_cannot_be_used(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "clinic.toml"
    path.write_text("[products.x]\n", encoding="utf-8")
    with pytest.raises(mesomix.DataError) as caught:
        mesomix.load(path)
    assert {fault.file for fault in caught.value.faults} == {str(path)}
    (data / "products.toml").unlink()
    with pytest.raises(mesomix.DataError) as caught:
        mesomix.load()
    assert {fault.file for fault in caught.value.faults} == {"products.toml"}


@pytest.mark.parametrize("path", [5, b"clinic.toml", ["clinic.toml"]])
def test_what_can_be_no_path_is_a_type_error(path: object) -> None:
    with pytest.raises(TypeError):
        mesomix.load(path)  # pyrefly: ignore[bad-argument-type]
