"""Rules about what is mixed, whoever it is for."""

from mesomix.evidence import Text
from mesomix.model import Product
from mesomix.names import shortened
from mesomix.report import About
from mesomix.request import Mixture, ReadName
from mesomix.rule import Flags, about_product, did_you_mean, flag, rule, unsure
from mesomix.rules.sources import CHAN, HOUSE, INPHYSIO, INPHYSIO_PRECAUTIONS, MARTORY, NOTICE
from mesomix.vocabulary import Severity

MOST_PRODUCTS = 3


@rule(
    Severity.REFUSE,
    fr="Le mélange compte {count} produits : jamais plus de {most}.",
    en="The mixture has {count} products: never more than {most}.",
    cites=[
        MARTORY(
            "Le mélange injecté ne contient jamais plus de 3 produits",
            place="Les injections",
            fr="un mélange n'a jamais plus de trois produits",
            en="a mixture never has more than three products",
        )
    ],
)
def too_many_products(mixture: Mixture) -> Flags:
    """More than three products are listed; unknown names and diluents count, repetitions do not."""
    if mixture.count_at_most > MOST_PRODUCTS:
        # "Xylocaïne adrénaline" may be one product, and "procaïne + Miorel" are two.
        say = flag if mixture.count > MOST_PRODUCTS else unsure
        yield say(count=Text.same(str(mixture.count_at_most)), most=Text.same(str(MOST_PRODUCTS)))


@rule(
    Severity.REVIEW,
    fr="Le mélange est vide : il n'y a rien à vérifier.",
    en="The mixture is empty: there is nothing to check.",
    cites=[
        HOUSE(
            "Une liste vide n'est pas une réponse.",
            place="H1",
            fr="un mélange vide est une question",
            en="an empty mixture is a question",
        )
    ],
)
def empty_mixture(mixture: Mixture) -> Flags:
    """Nothing is listed."""
    if not mixture.count:
        yield flag()


@rule(
    Severity.REVIEW,
    fr="« {written} » n'est pas reconnu : rien n'a été vérifié pour ce nom.{hint}",
    en="“{written}” is not recognised: nothing was checked for it.{hint}",
    cites=[
        HOUSE(
            "Un nom inconnu n'est jamais un produit permis.",
            place="H1",
            fr="un nom inconnu est une question",
            en="an unknown name is a question",
        )
    ],
)
def unrecognised_product(mixture: Mixture) -> Flags:
    """A name means no product or substance that mesomix knows."""
    for read in mixture.unrecognised:
        written = Text.same(shortened(read.written))
        yield flag(
            about=[About("product", None, written)],
            written=written,
            hint=_hint(read),
        )


def _hint(read: ReadName) -> Text:
    """What a name that was not recognised may have meant, or an amount of it may be in."""
    if read.fitting is not None:
        return Text(
            f" Une quantité s'écrit ici en {read.fitting.fr}.",
            f" An amount is written here in {read.fitting.en}.",
        )
    if read.suspicion is None:
        return did_you_mean(read.suggestion)
    return Text(
        f" Cela fait penser à un corticoïde ({read.suspicion.fr}) : jamais en mésothérapie.",
        f" It suggests a corticosteroid ({read.suspicion.en}): never in mesotherapy.",
    )


@rule(
    Severity.REVIEW,
    fr="Dans « {written} », {products} est reconnu ; le reste n'a pas été compris : « {unread} »."
    "{hint}",
    en="In “{written}”, {products} is recognised; the rest was not understood: “{unread}”.{hint}",
    cites=[
        HOUSE(
            "Un nom inconnu n'est jamais un produit permis.",
            place="H1",
            fr="un reste que personne n'a lu est une question",
            en="a rest that nobody has read is a question",
        )
    ],
)
def name_read_in_part(mixture: Mixture) -> Flags:
    """A text names a product, and some of its other words mean nothing to mesomix."""
    for read in mixture.read_in_part:
        written = Text.same(shortened(read.written))
        yield flag(
            about=[About("product", read.id, written)],
            written=written,
            products=read.name or written,
            unread=Text.same(shortened(read.unread)),
            hint=_hint(read),
        )


@rule(
    Severity.REVIEW,
    fr="{product} est écrit plus d'une fois.",
    en="{product} is listed more than once.",
    cites=[
        HOUSE(
            "Un produit écrit deux fois est une erreur ou une double dose.",
            place="H5",
            fr="une répétition est à revoir",
            en="a repetition is reviewed",
        )
    ],
)
def repeated_product(mixture: Mixture) -> Flags:
    """One product is listed more than once."""
    for product in mixture.repeated:
        yield flag(about=[about_product(product)], product=product.name)


@rule(
    Severity.REVIEW,
    fr="{mixed_product} ({substance}) : le RCP interdit de le mélanger à un autre produit.",
    en="{mixed_product} ({substance}): the label forbids mixing it with any other product.",
    cites=[
        NOTICE(
            "mélangés avant injection",
            place="En quoi consiste la mésothérapie ?",
            fr="les produits sont mélangés avant l'injection",
            en="the products are mixed before the injection",
        )
    ],
)
def mixing_forbidden(mixed_product: Product) -> Flags:
    """A product whose label forbids mixing is mixed with something, known or not."""
    for substance, present in mixed_product.contents:
        if substance.mixing_forbidden:
            say = flag if present else unsure
            yield say(
                cites=filter(None, (substance.mixing_forbidden, mixed_product.citation)),
                substance=substance.name,
            )


@rule(
    Severity.REVIEW,
    fr="L'effet « {effect} » est demandé, et aucun produit reconnu du mélange ne l'a.",
    en="The effect “{effect}” is asked for, and no recognised product of the mixture has it.",
    cites=[
        CHAN(
            "En fonction de l’indication, le médecin peut injecter",
            place="5. Médicaments utilisés",
            fr="les produits sont choisis selon l'indication",
            en="the products are chosen by the indication",
        )
    ],
)
def effect_not_covered(mixture: Mixture) -> Flags:
    """An effect was asked for, and nothing in the mixture has it."""
    for effect in mixture.effects:
        if not any(effect in product.effects for product in mixture.products):
            yield flag(
                about=[About("effect", effect.value, effect.text)],
                effect=effect.text,
            )


@rule(
    Severity.NOTE,
    fr="Aucune étude de compatibilité de ce mélange n'est connue de mesomix.",
    en="No study of the compatibility of this mixture is known to mesomix.",
    cites=[
        INPHYSIO(
            "les effets secondaires de leur mélange ne sont pas toujours connus",
            place=INPHYSIO_PRECAUTIONS,
            fr="les effets d'un mélange ne sont pas toujours connus",
            en="the effects of a mixture are not always known",
        )
    ],
)
def compatibility_undocumented(mixture: Mixture) -> Flags:
    """Two or more products are mixed: no compatibility matrix of such mixtures is published."""
    if mixture.count_at_most > 1:
        yield flag()
