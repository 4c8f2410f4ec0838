"""What pages that are made say around what they are made of, in both languages."""

from typing import Final

from mesomix.evidence import Text
from mesomix.rule import Scope

SCOPES: Final = {
    Scope.MIXTURE: Text("le mélange entier", "the whole mixture"),
    Scope.PRODUCT: Text("chaque produit", "each product"),
    Scope.MIXED_PRODUCT: Text(
        "chaque produit écrit avec au moins un autre", "each product with something beside it"
    ),
    Scope.PAIR: Text("chaque paire de produits", "each pair of products"),
    Scope.ALLERGY: Text("chaque allergie reconnue", "each allergy that was recognised"),
    Scope.UNKNOWN_ALLERGY: Text(
        "chaque allergie non reconnue, ou l'absence de question",
        "each allergy that was not recognised, or that nobody asked",
    ),
    Scope.FACT: Text("chaque réponse sur le patient", "each answer about the patient"),
    Scope.PRODUCT_ALLERGY: Text(
        "chaque produit et chaque allergie reconnue",
        "each product with each allergy that was recognised",
    ),
    Scope.PRODUCT_FACT: Text(
        "chaque produit et chaque réponse sur le patient",
        "each product with each answer about the patient",
    ),
    Scope.DOSE: Text("chaque substance avec sa quantité", "each substance with its amount"),
    Scope.DOSE_MAXIMUM: Text(
        "chaque substance avec sa quantité, et chaque maximum de son RCP",
        "each substance with its amount, and each maximum of its label",
    ),
    Scope.DEPTH_MM: Text("la profondeur de la séance", "the depth of the session"),
    Scope.DAYS_SINCE_LAST: Text(
        "les jours depuis la dernière séance", "the days since the last session"
    ),
    Scope.SESSION_NUMBER: Text("le numéro de la séance", "the number of the session"),
}
"""What a rule is asked about."""

GROUPS: Final = {
    "What is mixed": Text("Ce qui est mélangé", "What is mixed"),
    "How much of it": Text("En quelle quantité", "How much of it"),
    "Who it is for": Text("Pour qui", "Who it is for"),
    "What is not known": Text("Ce qui n'est pas connu", "What is not known"),
    "What a reader should know": Text("Ce qu'il faut savoir", "What a reader should know"),
    "How it is injected": Text("Comment c'est injecté", "How it is injected"),
}
"""The groups of rules, as the comments in mesomix/rules/__init__.py name them."""

RULES: Final = Text("Les règles", "The rules")
INDEX: Final = Text(
    "Les {rules} règles, dans l'ordre où elles parlent. Leurs {cases} cas ont été exécutés quand"
    " ces pages ont été faites.",
    "The {rules} rules, in the order in which they speak. Their {cases} cases were run when these"
    " pages were made.",
)
SAYS: Final = Text("Ce qu'elle dit", "What it says")
OBJECTS: Final = Text("Quand elle parle", "When it speaks")
ASKED: Final = Text("On l'interroge sur", "It is asked about")
RESTS_ON: Final = Text("Sur quoi elle repose", "What it rests on")
HOUSE_RULE: Final = Text("Règle de la maison", "House rule")
DATA_TOO: Final = Text(
    "Ce qu'un RCP dit d'un produit est cité en plus par chaque constat qui s'y appuie.",
    "What a label says of a product is cited beside this by each finding that rests on it.",
)
ANSWERS: Final = Text("Les énoncés auxquels elle répond", "The statements that it answers")
CASES: Final = Text("Ses cas", "Its cases")
EXECUTED: Final = Text(
    "{count} cas, exécutés quand cette page a été faite, avec mesomix {version} et les données"
    " {data}. Un cas dit ce que fait cette règle-ci ; le verdict est celui de toutes.",
    "{count} cases, run when this page was made, with mesomix {version} and data {data}."
    " A case is about what this rule does; the verdict is that of all.",
)
MIXTURE: Final = Text("Mélange", "Mixture")
PER_DAY: Final = Text("En tout ce jour", "In the whole day")
EFFECTS: Final = Text("Effets demandés", "Effects asked for")
PATIENT: Final = Text("Patient", "Patient")
SESSION: Final = Text("Séance", "Session")
FORMULARY: Final = Text("Formulaire", "Formulary")
MADE_UP: Final = Text("inventé pour ce cas", "made up for this case")
ANSWER: Final = Text("Réponse", "Answer")
VERDICT: Final = Text("Verdict", "Verdict")
NOTHING: Final = Text("rien n'est écrit", "nothing is written")
NO_PATIENT: Final = Text("non décrit", "not described")
NO_KNOWN_ALLERGY: Final = Text("aucune allergie connue", "no known allergy")
NOT_ASKED_ALLERGIES: Final = Text("allergies non demandées", "allergies not asked about")
ALLERGIES: Final = Text("allergies", "allergies")
YES: Final = Text("oui", "yes")
NO: Final = Text("non", "no")
NOTHING_ELSE: Final = Text("non à tout le reste", "no to everything else")
AGE: Final = Text("âge", "age")
FLAGS: Final = {
    "refuse": Text("elle s'oppose, avec certitude", "it objects, and is sure"),
    "review": Text("elle demande à revoir", "it asks for a review"),
    "note": Text("elle note", "it notes"),
}
"""What a rule that is sure does, by the severity of what it says."""
CANNOT_TELL: Final = Text("elle ne peut pas trancher", "it cannot tell")
CLEARS: Final = Text("elle a été appliquée, et ne dit rien", "it ran, and says nothing")
NOT_CHECKED: Final = Text("elle n'a pas pu être appliquée", "it could not run")

TRACEABILITY: Final = Text("Des documents aux règles", "From the documents to the rules")
TRACEABILITY_INTRO: Final = Text(
    "Ce que disent les cinq documents sur un mélange, un patient ou une séance : {statements}"
    " énoncés. {covered} ont une règle qui y répond ; {uncovered} n'en ont pas, avec la raison. Les"
    " autres phrases ne portent sur rien de cela ; un test trouve chaque phrase des cinq documents"
    " d'un côté ou de l'autre.",
    "What the five documents say of a mixture, a patient or a session: {statements} statements."
    " {covered} have a rule that answers them; {uncovered} have none, with the reason. The other"
    " sentences bear on none of these; a test finds each sentence of the five documents in one or"
    " the other.",
)
STATEMENT: Final = Text("Énoncé", "Statement")
FOLLOWED: Final = Text("Règles et cas, ou pourquoi aucun", "Rules and cases, or why none")
ITS_CASES: Final = Text("Cas", "Cases")
NOT_COVERED: Final = Text("aucune règle", "not covered")
DISAGREEMENT: Final = Text("désaccord n° {number}", "disagreement no. {number}")

NOTEBOOKS: Final = Text("Carnets", "Notebooks")
NOTEBOOKS_INTRO: Final = Text(
    "Trois carnets à lire ici, ou à exécuter chez soi. Chacun a été exécuté quand sa page a été"
    " faite : les cartes et les tableaux sont ceux que mesomix a donnés.",
    "Three notebooks to be read here, or run at home. Each was run when its page was made: the"
    " cards and tables are what mesomix answered.",
)
NOTEBOOK: Final = Text(
    "*Ce carnet est le fichier {file}, exécuté quand cette page a été faite.*",
    "*This notebook is the file {file}, run when this page was made.*",
)
