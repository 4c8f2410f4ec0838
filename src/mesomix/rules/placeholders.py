"""What stands for the placeholders of the rules' sentences, where nothing was checked."""

from typing import Final

from mesomix.evidence import Language, Text
from mesomix.rule import Rule

_OR_NOTHING: Final = Text.same("…")
PLACEHOLDERS: Final = {
    "a": Text("un produit", "one product"),
    "allergy": Text("l'allergie", "the allergy"),
    "amount": Text("la quantité", "the amount"),
    "b": Text("un autre", "another"),
    "count": Text("tant de", "so many"),
    "day": _OR_NOTHING,
    "days_since_last": Text("nombre de jours", "number of days"),
    "depth_mm": Text("profondeur", "depth"),
    "dose": Text("la substance", "the substance"),
    "effect": Text("l'effet", "the effect"),
    "fact": Text("l'état du patient", "the patient's condition"),
    "form": Text("la forme", "the form"),
    "group": Text("la classe", "the class"),
    "harm": Text("le dommage publié", "the published harm"),
    "hint": _OR_NOTHING,
    "limit": Text("le maximum", "the maximum"),
    "mixed_product": Text("le produit", "the product"),
    "most": Text("le maximum", "the most"),
    "product": Text("le produit", "the product"),
    "products": Text("le produit", "the product"),
    "rest": _OR_NOTHING,
    "route": Text("la voie", "the route"),
    "routes": Text("les voies", "the routes"),
    "session_number": Text("numéro", "number"),
    "share": Text("la part", "the share"),
    "since": _OR_NOTHING,
    "sources": Text("ce qu'en disent les sources", "what the sources say of it"),
    "state": Text("vendu ou enregistré", "sold or registered"),
    "statement": Text("ce que dit le RCP", "what the label says"),
    "substance": Text("la substance", "the substance"),
    "unknown_allergy": Text("ce qui est écrit", "what was written"),
    "unread": Text("les autres mots", "the other words"),
    "what": Text("la dose, ou celle du jour", "the dose, or that of the day"),
    "why": Text("la raison", "the reason"),
    "written": Text("ce qui est écrit", "what was written"),
}
"""By the name in braces."""


def sentence(rule: Rule, language: Language) -> str:
    """What a rule of mesomix says, with words in place of what differs: [the product]."""
    words = {name: f"[{text[language]}]" for name, text in PLACEHOLDERS.items()}
    return rule.message[language].format_map(words)
