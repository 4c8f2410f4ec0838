"""The pages: their blocks run, their commands answer as shown, and their links lead somewhere.

In one page, from top to bottom and in one folder: a block of Python is run; a block of TOML, whose
first line names a file ("# clinic.toml"), is written to it, or is found in the cases of that name;
of a block of shell, every command of mesomix is run, `echo $?` is its exit status, and the lines
below it are its output. A line of "…" stands for lines that are left out, and one at the end of a
line for the rest of it. A block of YAML names its file as well; the schema of that file judges it,
and what it says of mesomix (inputs, hooks, options) exists.
"""

import io
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, Final

import pytest
import tomli
from bdpm import files
from ruamel.yaml import YAML
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

import mesomix
import mesomix.cli

# Mutation testing copies only some of the pages, and none of what they link to.
pytestmark = pytest.mark.slow

CHECKOUT: Final = Path(__file__).parents[1]
DOCS: Final = CHECKOUT / "docs"
DOCUMENTS: Final = CHECKOUT.parent / "shared" / "documents"
MADE_WITH_THE_SITE: Final = {
    f"{language}{page}.md"
    for language in ("", "fr/")
    for page in ("traceability", "rules/index", *(f"rules/{rule.id}" for rule in mesomix.RULES))
} | {"fr/notebooks/index.md"}
"""Pages below docs/ that are nobody's to write: tests/site reads them."""
PAGES: Final = [
    *(CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md"),
    *(
        page
        for folder in (DOCS, DOCS / "fr", DOCS / "guides")
        for page in sorted(folder.glob("*.md"))
        if str(page.relative_to(DOCS)) not in MADE_WITH_THE_SITE
    ),
]
SOURCES: Final = ("reservoir", "martory", "inphysio", "chan", "notice")
"""The five documents, in the order of their file names."""
BOTH: Final = (
    "why.md",
    "tutorial.md",
    "disagreements.md",
    "glossary.md",
    "house-rules.md",
    "limits.md",
)
"""What clinicians read is in French and in English."""
FENCED: Final = re.compile(r"^```(.*)\n(?:.*\n)*?```$", re.MULTILINE)


def name_of(page: Path) -> str:
    return str(page.relative_to(CHECKOUT))


INSTALLING: Final = (
    "python3 -m venv venv",
    ". venv/bin/activate",
    "pip install .",
    "pip install '.[tables]'",
)
"""What a page may tell to do first: newcomer.py does it."""


def write_file(example: Example) -> None:
    text = str(example.parsed)
    named = re.match(r"# ([\w-]+\.toml)\n", text)
    assert named, f"{example.path}:{example.line}: a block of TOML names its file in its first line"
    cases = CHECKOUT / "tests" / "cases" / named[1]
    if cases.exists():
        assert text[named.end() :] in cases.read_text(encoding="utf-8")
    else:
        Path(named[1]).write_text(text, encoding="utf-8")


def run_commands(example: Example) -> None:
    status = 0
    asked = list(commands(str(example.parsed)))
    following = [*[command for command, _ in asked[1:]], ""]
    for (written, shown), after in zip(asked, following, strict=True):
        command = written.removeprefix("venv/bin/")
        if command == "echo $?":
            assert shown == [str(status)], f"{example.path}:{example.line}: the status is {status}"
        elif command.startswith("make "):
            assert f"\n{command.split()[1]}:" in (CHECKOUT / "Makefile").read_text(encoding="utf-8")
        elif command in INSTALLING:
            assert_extras_exist(command)
        elif command.startswith("mesomix "):
            status, output = run(command)
            assert after == "echo $?" or status != mesomix.cli.WRONG_USE, output
            if shown:
                assert_shows(shown, output, command)
        else:
            pytest.fail(f"{example.path}:{example.line}: nothing checks this command: {command}")


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a block, and the lines of its output that are shown."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        yield command, shown


def assert_extras_exist(command: str) -> None:
    project = tomli.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(re.findall(r"\[(\w+)\]", command)) <= set(project["optional-dependencies"])


def run(command: str) -> tuple[int, list[str]]:
    """The exit status of a command of mesomix, and the lines that it prints.

    With `> FILE` at its end, what it prints is written there.
    """
    command, redirected, file = command.partition(" > ")
    output = io.StringIO()
    with redirect_stdout(output), redirect_stderr(output):
        try:
            status = mesomix.cli.main(shlex.split(command)[1:])
        except SystemExit as ended:  # the parser's: its help, or wrong use
            status = int(ended.code or 0)
    if redirected:
        Path(file).write_text(output.getvalue(), encoding="utf-8")
        return status, []
    return status, output.getvalue().splitlines()


def assert_shows(shown: list[str], output: list[str], command: str) -> None:
    """What is shown is the output from its first line to its last, but for what "…" stands for."""
    at, left_out = 0, False
    for line in shown:
        if line == "…":
            left_out = True
            continue
        begins, cut, _ = line.partition("…") if line.endswith("…") else (line, "", "")
        found = [
            number
            for number, actual in enumerate(output[at:], at)
            if (actual.startswith(begins) if cut else actual == line)
        ]
        assert found, f"{command}: it does not print, from line {at + 1}: {line}"
        assert left_out or found[0] == at, f"{command}: lines are left out before: {line}"
        at, left_out = found[0] + 1, False
    assert left_out or at == len(output), f"{command}: lines are left out at the end"


def check_configuration(example: Example) -> None:
    """A file that sets up mesomix elsewhere: valid, and right about mesomix."""
    text = str(example.parsed)
    named = re.match(r"# ([\w./-]+\.yml|\.pre-commit-config\.yaml)\n", text)
    where = f"{example.path}:{example.line}"
    assert named, f"{where}: a block of YAML names its file in its first line"
    file = Path(named[1])
    judge, about_mesomix = CONFIGURATIONS[file.name if file.parent == Path() else str(file.parent)]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    program = shutil.which(judge[0], path=Path(sys.executable).parent)
    assert program, f"{judge[0]} is not installed"
    run = subprocess.run(
        [program, *judge[1:], str(file)], capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, f"{where}: {run.stdout}{run.stderr}"
    about_mesomix(read_yaml(file))


def read_yaml(file: Path) -> Any:
    return YAML(typ="safe", pure=True).load(file)


def assert_inputs_exist(workflow: dict[str, Any]) -> None:
    inputs: dict[str, dict[str, Any]] = read_yaml(CHECKOUT / "action.yml")["inputs"]
    needed = {name for name, said in inputs.items() if said.get("required")}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    given = [set(step["with"]) for step in steps if "/mesomix@" in step.get("uses", "")]
    assert given
    assert all(needed <= names <= set(inputs) for names in given), given


def assert_hooks_exist(configuration: dict[str, Any]) -> None:
    known = {hook["id"] for hook in read_yaml(CHECKOUT / ".pre-commit-hooks.yaml")}
    [repository] = configuration["repos"]
    assert {hook["id"] for hook in repository["hooks"]} == known
    for hook in repository["hooks"]:
        assert_options_exist(hook.get("args", []))


def assert_commands_exist(pipeline: dict[str, Any]) -> None:
    lines = [line for job in pipeline.values() for line in job["script"]]
    commands = [shlex.split(line) for line in lines if line.startswith("mesomix ")]
    assert commands
    for _, command, *arguments in commands:
        assert command == "lint"
        assert_options_exist(arguments)


def assert_options_exist(arguments: list[str]) -> None:
    status, help_text = run("mesomix lint --help")
    assert status == 0, help_text
    known = set(re.findall(r"(?<![\w-])--?[\w-]+", "\n".join(help_text)))
    assert {argument for argument in arguments if argument.startswith("-")} <= known


CONFIGURATIONS: Final[dict[str, tuple[list[str], Callable[[dict[str, Any]], None]]]] = {
    ".github/workflows": (
        ["check-jsonschema", "--builtin-schema=vendor.github-workflows"],
        assert_inputs_exist,
    ),
    ".gitlab-ci.yml": (
        ["check-jsonschema", "--builtin-schema=vendor.gitlab-ci", "--data-transform=gitlab-ci"],
        assert_commands_exist,
    ),
    # check-jsonschema has no schema of it.
    ".pre-commit-config.yaml": (["prek", "validate-config"], assert_hooks_exist),
}
"""By the name of a file, or of its folder: what judges it, and what it has to say of mesomix."""

BLOCKS: Final = Sybil(
    [
        PythonCodeBlockParser(),
        CodeBlockParser("toml", write_file),
        CodeBlockParser("console", run_commands),
        CodeBlockParser("yaml", check_configuration),
    ]
)


SOLD_IN_FRANCE: Final = (
    files.specialty(
        *("60000011", "DIPROSTENE, suspension injectable", "suspension injectable"),
        *("intramusculaire", "Autorisation active", "Commercialisée"),
    ),
    files.specialty(
        *("60000012", "DOLIPRANE 500 mg, comprimé", "comprimé"),
        *("orale", "Autorisation active", "Commercialisée"),
    ),
)
THEIR_SUBSTANCES: Final = (
    files.component("60000011", "90011", "BÉTAMÉTHASONE", "7 mg", "1 ml", "SA", "1"),
    files.component("60000012", "90012", "PARACÉTAMOL", "500 mg", "un comprimé", "SA", "1"),
)
"""What the pages speak of, in a BDPM that is otherwise made up."""


def row_of(cells: list[str]) -> bytes:
    return ("\t".join(cells) + "\r\n").encode("cp1252")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_of_a_page_holds(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)  # the linter would write annotations
    monkeypatch.setenv("PREK_HOME", str(tmp_path / "prek"))
    small = files.small()
    small[files.CIS] += b"".join(map(row_of, SOLD_IN_FRANCE))
    small[files.COMPO] += b"".join(map(row_of, THEIR_SUBSTANCES))
    files.write(tmp_path / "bdpm", small)
    for example in BLOCKS.parse(page).examples():
        example.evaluate()


def test_every_block_names_a_language_that_is_checked() -> None:
    fences = [
        (page.name, language)
        for page in PAGES
        for language in FENCED.findall(page.read_text(encoding="utf-8"))
    ]
    known = {"python", "toml", "console", "yaml", "{toctree}"}  # the last is for Sphinx alone
    assert {language for _, language in fences} <= known, fences


def test_the_readme_is_short() -> None:
    assert len((CHECKOUT / "README.md").read_text(encoding="utf-8").splitlines()) < 150


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_within_the_checkout_leads_somewhere(page: Path) -> None:
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"https?://", link):
            target, _, heading = link.partition("#")
            file = (page.parent / target).resolve() if target else page
            if file.is_relative_to(DOCS) and str(file.relative_to(DOCS)) in MADE_WITH_THE_SITE:
                continue
            assert file.exists(), link
            assert not heading or heading in anchors(file), link


def anchors(page: Path) -> set[str]:
    """What a link to a heading of `page` ends with: its words in lower case, joined by dashes."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title).lower().replace(" ", "-") for title in titles}


def test_the_tables_of_the_page_for_users_are_fresh() -> None:
    use: Callable[[str], str] = runpy.run_path(str(DOCS / "generate.py"))["use"]
    text = (DOCS / "use.md").read_text(encoding="utf-8")
    assert use(text) == text, "run python docs/generate.py"


@pytest.mark.parametrize("number", range(len(SOURCES)), ids=SOURCES)
def test_every_quotation_of_the_disagreements_is_in_its_document(number: int) -> None:
    if not DOCUMENTS.is_dir():
        pytest.skip("the sources are absent: documents")
    (document,) = DOCUMENTS.glob(f"{number:03}_*.txt")
    text = " ".join(document.read_text(encoding="utf-8").split())
    for page in (DOCS / "disagreements.md", DOCS / "fr" / "disagreements.md"):
        quotations = quotations_of(page, SOURCES[number])
        assert quotations
        for quotation in quotations:
            assert quotation in text, quotation
            assert len(quotation.split()) <= 12, "the texts are not ours to publish"


def test_the_disagreements_are_the_same_in_both_languages() -> None:
    for source in SOURCES:
        english = quotations_of(DOCS / "disagreements.md", source)
        assert quotations_of(DOCS / "fr" / "disagreements.md", source) == english


def quotations_of(page: Path, source: str) -> list[str]:
    """What a page quotes of a document, in its order."""
    text = " ".join(page.read_text(encoding="utf-8").split())
    return re.findall(rf"« ([^«»]+) » \(`{source}`\)", text)


@pytest.mark.parametrize("page", BOTH)
def test_a_page_for_clinicians_has_the_same_sections_in_both_languages(page: str) -> None:
    english, french = (
        (folder / page).read_text(encoding="utf-8") for folder in (DOCS, DOCS / "fr")
    )
    assert [*map(depth_and_number, headings(english))] == [*map(depth_and_number, headings(french))]


def headings(text: str) -> list[str]:
    return re.findall(r"^#+ .+$", FENCED.sub("", text), re.MULTILINE)


def depth_and_number(heading: str) -> tuple[str, ...]:
    """How deep a heading is, and its number: "H11." or "3."."""
    return re.match(r"(#+) (H?\d+\.)?", heading).groups("")  # type: ignore[union-attr]


def test_every_rule_has_its_situation_in_french() -> None:
    written = tomli.loads((DOCS / "fr" / "situations.toml").read_text(encoding="utf-8"))
    assert list(written["situations"]) == [rule.id for rule in mesomix.RULES]
    assert all(text.endswith(".") for text in written["situations"].values())
