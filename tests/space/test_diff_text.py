"""A comparison in words."""

from collections.abc import Callable
from dataclasses import replace

import pytest

import mesomix
from mesomix.evidence import Language, Text
from mesomix.rule import Flags, flag, rule
from mesomix.space.acknowledged import acknowledged
from mesomix.space.acknowledgements import Acknowledgements
from mesomix.space.diff import Diff, diff
from mesomix.space.diff_text import MOST_CAUSES, MOST_EXAMPLES, diff_markdown, diff_text

COMMENT = 65_536
"""So many characters fit into a comment of a pull request."""


def without(*ids: str) -> mesomix.Rulebook:
    return mesomix.Rulebook(one for one in mesomix.RULES if one.id not in ids)


@pytest.fixture
def compared(formulary: mesomix.Formulary) -> Callable[..., Diff]:
    """A comparison of two rulebooks, for a patient of whom everything else is denied."""

    def compare(old: mesomix.Rulebook, new: mesomix.Rulebook, **more: object) -> Diff:
        patient = formulary.patient(allergies=[], nothing_else=True)
        return diff(formulary, formulary, (patient, patient), rules=(old, new), **more)  # pyrefly: ignore

    return compare


def test_in_french(compared: Callable[..., Diff]) -> None:
    found = compared(mesomix.RULES, without("mixing-forbidden", "corticosteroid"))
    text = diff_text(found, Language.FR)
    assert text.splitlines()[0] == f"{found.milder} mélanges de verdict plus clément, 0 plus sévère"
    assert "Pour un patient décrit." in text
    assert "mixing-forbidden (à revoir) n'est plus dit : " in text
    assert " dans un mélange\n" in text
    assert text.splitlines()[-1].startswith("« Aucune objection » : aucune règle ne s'oppose")
    assert "Sans explication" not in text


def test_in_english_the_other_way_round(compared: Callable[..., Diff]) -> None:
    found = compared(without("mixing-forbidden"), mesomix.RULES)
    text = diff_text(found, Language.EN)
    assert f"0 mixtures with a milder verdict, {found.worse} with a stricter one" in text
    assert "NO OBJECTION → REVIEW, " in text
    assert " mixtures: mixing-forbidden (review) is now said of " in text
    assert "Milder" not in text


def test_what_did_not_change(formulary: mesomix.Formulary) -> None:
    found = diff(formulary, formulary)
    text = diff_text(found, Language.EN, acknowledged(found))
    assert "No patient was described: no rule about one ran." in text
    assert "Everything that became milder is acknowledged." in text
    assert "several causes" not in text
    assert "such as" not in text
    assert "To be written" not in text


def test_each_number_stands_in_the_table(compared: Callable[..., Diff]) -> None:
    found = compared(mesomix.RULES, without("mixing-forbidden"))
    rows = [line for line in diff_markdown(found, Language.EN).splitlines() if line[:1] == "|"]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert cells[0] == ["before, after", "NO OBJECTION", "REVIEW", "REFUSE"]
    assert [int(cell) for row in cells[2:] for cell in row[1:]] == [*found.verdicts.values()]
    plain = diff_text(found, Language.EN).splitlines()
    assert [line.split()[-3:] for line in plain if line.startswith("  REVIEW  ")] == [cells[3][1:]]


def test_causes_beyond_the_most_are_counted(
    compared: Callable[..., Diff], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (MOST_CAUSES, MOST_EXAMPLES) == (20, 3)
    silent = [one.id for one in mesomix.RULES if one.scope.name in {"PAIR", "MIXED_PRODUCT"}]
    found = compared(mesomix.RULES, without(*silent))
    assert len(found.causes) > 2
    monkeypatch.setattr("mesomix.space.diff_text.MOST_CAUSES", 1)
    monkeypatch.setattr("mesomix.space.wording.MOST_NAMED", 1)
    text = diff_text(found, Language.EN, acknowledged(found))
    more = len(found.causes) - 1
    assert f"\n  and {more} more\n" in text
    assert text.count("[[causes]]") == 1


def test_sizes_and_whole_mixtures_are_told(compared: Callable[..., Diff]) -> None:
    @rule(mesomix.Severity.REFUSE, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites)
    def own_size(mixture: mesomix.Mixture) -> Flags:
        """It counts."""
        if mixture.count > 1:
            yield flag()

    rules = mesomix.Rulebook([*mesomix.RULES, own_size])
    text = diff_text(compared(rules, mesomix.RULES), Language.EN)
    assert "own-size (refuse) is no longer said of every mixture of 2/3" in text


def test_a_whole_mixture_is_told(compared: Callable[..., Diff]) -> None:
    @rule(mesomix.Severity.REFUSE, fr="z", en="z", cites=mesomix.RULES["corticosteroid"].cites)
    def own_three(mixture: mesomix.Mixture) -> Flags:
        """It knows one mixture."""
        if [product.id for product in mixture.products] == ["etamsylate", "lidocaine"]:
            yield flag()

    rules = mesomix.Rulebook([*mesomix.RULES, own_three])
    text = diff_text(compared(mesomix.RULES, rules), Language.EN)
    assert ", 1 mixture: own-three (refuse) is now said of lidocaine + etamsylate\n" in text


def test_products_of_one_side_are_told(formulary: mesomix.Formulary) -> None:
    products = [*formulary.products.values()]
    patient = formulary.patient(allergies=[], nothing_else=True)
    found = diff(formulary, formulary, (patient, patient), products=(products[1:], products[:-1]))
    text = diff_text(found, Language.EN, acknowledged(found))
    assert "Products added: lidocaine\n" in text
    assert "Products removed: alpha-tocopheryl acetate\n" in text
    appeared = sum(found.appeared.values())
    assert (
        f"  {appeared} mixtures with one of them: REFUSE {found.appeared[mesomix.Verdict.REFUSE]}, "
        in text
    )
    count = found.added_without_objection["lidocaine"]
    assert f"{count} mixtures without an objection with lidocaine" in text
    assert '[[added]]\nproduct = "lidocaine"\nreason = ""\n' in text
    vain = Acknowledgements.model_validate(
        {
            "added": [{"product": "zorgle", "reason": "r"}],
            "causes": [
                {
                    "before": "refuse",
                    "after": "review",
                    "objections": ["x"],
                    "of": "pair",
                    "about": [["a", "b"]],
                    "reason": "r",
                }
            ],
        }
    )
    text = diff_markdown(found, Language.FR, acknowledged(found, vain))
    assert "- Explication qui ne correspond à rien : causes[0] (`a`+`b`)\n" in text
    assert "- Explication qui ne correspond à rien : added[0]\n" in text
    assert "```toml\n" in text


def test_nothing_in_a_name_marks_up(formulary: mesomix.Formulary) -> None:
    """A pull request may hold any name, and what is told of it is read as Markdown."""
    bad = "`</details> @all | **x**\n# \x1b[2J" + "z" * 500
    products = [replace(product, name=Text(bad, bad)) for product in formulary.specialties.values()]
    rules = without("repeated-class", "repeated-substance"), mesomix.RULES
    patient = formulary.patient(allergies=[], nothing_else=True)
    found = diff(
        formulary, formulary, (patient, patient), rules=rules, products=(products, products)
    )
    assert found.causes
    shown = diff_markdown(found, Language.EN, acknowledged(found))
    outside = "".join(shown.split("`")[::2])
    assert "@all" in shown
    assert "@all" not in outside
    assert "\x1b" not in shown + diff_text(found, Language.FR)
    assert "\n#  " not in shown
    assert "zzz" not in outside
    assert "z" * 400 not in shown


def test_it_fits_into_a_comment_whatever_changed() -> None:
    """As many causes as there may be, about pairs of long names, in both directions."""
    cites = mesomix.RULES["corticosteroid"].cites

    def made(number: int, *, first: bool) -> mesomix.Rule:
        def own(a: mesomix.Product, b: mesomix.Product) -> Flags:
            """It objects to some pairs of one half."""
            one, other = (int(product.id.rpartition("-")[2]) for product in (a, b))
            if (one + other) % 40 == number and (one < 40) is (other < 40) is first:
                yield flag()

        own.__name__ = f"own_{'long_' * 16}{number}_{first}"
        return rule(mesomix.Severity.REVIEW, fr="z", en="z", cites=cites)(own)

    formulary = mesomix.load()
    one = formulary.products["lidocaine"]
    name = Text("é" * 300, "é" * 300)
    products = [replace(one, id=f"p{'-long' * 20}-{n}", name=name) for n in range(80)]
    base = without(*[one.id for one in mesomix.RULES if one.scope.name == "PAIR"])
    two = (
        mesomix.Rulebook([*base, *(made(number, first=first) for number in range(40))])
        for first in (True, False)
    )
    patient = formulary.patient(allergies=[], nothing_else=True)
    found = diff(
        formulary,
        formulary,
        (patient, patient),
        rules=(next(two), next(two)),
        products=(
            products,
            [*products, *[replace(one, id=f"q-{n}", name=name) for n in range(40)]],
        ),
    )
    assert len(found.causes) > 60
    vain = [[f"{'long-' * 50}{number}"] * 3 for number in range(50)]
    entry = {"before": "refuse", "after": "review", "objections": ["x"], "of": "pair"}
    wanted = Acknowledgements.model_validate(
        {"causes": [entry | {"about": vain, "reason": "r"}] * 50}
    )
    for language in Language:
        shown = diff_markdown(found, language, acknowledged(found, wanted))
        assert 30_000 < len(shown) < COMMENT
        assert "```toml\n[[causes]]\n" in shown
        assert "\n# " in shown
