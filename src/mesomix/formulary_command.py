"""`mesomix formulary`: the products of a formulary, in lines or as a page."""

import argparse
from collections.abc import Iterable, Iterator

from mesomix.command_options import add_formulary_option, effect_named, everywhere
from mesomix.evidence import Language
from mesomix.formulary import load
from mesomix.model import Product
from mesomix.names import printable


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options of the command."""
    parser.add_argument(
        "--effect", type=effect_named, metavar="EFFECT", help="only products that have it"
    )
    add_formulary_option(parser)
    parser.add_argument("--output-format", choices=["text", "html"], default="text")


def run(asked: argparse.Namespace) -> tuple[list[str], int]:
    """The products, in lines or as one page, and the exit status 0."""
    formulary = load(asked.formulary)
    language = Language(asked.lang)
    if asked.output_format == "html":
        from mesomix.view.formulary_card import formulary_card  # noqa: PLC0415 (with the space)

        card = formulary_card(formulary, language, None, asked.effect)
        return [everywhere(card.page())], 0
    wanted = formulary.for_effect(asked.effect) if asked.effect else formulary.products.values()
    return [*_lines(wanted, language)], 0


def _lines(products: Iterable[Product], language: Language) -> Iterator[str]:
    for product in products:
        effects = ", ".join(sorted(effect.text[language] for effect in product.effects))
        yield printable(f"{product.name[language]} ({effects})")
        for specialty in product.specialties:
            since = f" {specialty.market_since}" if specialty.market_since else ""
            state = f"{specialty.market.text[language]}{since}"
            yield printable(f"  {specialty.name} [{state}]")
