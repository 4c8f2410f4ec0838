"""The words of allergy texts that name no allergen, folded: what each kind of them says.

A word that is in none of these lists, and in no name, is one that mesomix did not understand.
"""

from typing import Final

ALLERGY: Final = frozenset(
    [
        *("allergie", "allergies", "allergique", "allergiques", "hypersensibilite", "allergene"),
        *("hypersensible", "intolerance", "intolerances", "intolerant", "intolerante", "reaction"),
        *("reactions", "allergy", "allergies", "allergic", "hypersensitivity", "all", "allerg"),
        *("sensitivity", "sensitivities", "intolerances", "allergenes"),
    ]
)
"""What a denial has to be about: "pas d'AINS" forbids them, and denies nothing."""

NOUNS_AFTER: Final = frozenset(["allergy", "allergies"])
"""In English the allergen may stand before: "no latex allergy"."""

LINKS: Final = frozenset(
    [
        *("a", "au", "aux", "l", "la", "le", "les", "un", "une", "de", "des", "du", "d", "et"),
        *(
            "ou",
            "ni",
            "en",
            "par",
            "pour",
            "sous",
            "sur",
            "avec",
            "dans",
            "est",
            "ait",
            "an",
            "ans",
        ),
        *(
            "il",
            "elle",
            "y",
            "qui",
            "que",
            "ce",
            "cette",
            "ces",
            "ses",
            "son",
            "sa",
            "s",
            "n",
            "ne",
        ),
        *("on", "j", "je", "ai", "suis", "se", "the", "to", "of", "and", "or", "nor", "in", "with"),
        *("at", "by", "for", "on", "from", "i", "am", "is", "was", "has", "had", "have", "since"),
        *("depuis", "lors", "apres", "after", "quand", "when", "il", "as", "well", "both", "any"),
        *("toute", "tout", "tous", "toutes", "tres", "very", "fait", "eu", "deja", "his", "her"),
        *(
            "p",
            "autre",
            "autres",
            "other",
            "others",
            "prise",
            "injection",
            "aussi",
            "also",
            "puis",
            "plus",
            "given",
            "taking",
            "dit",
        ),
    ]
)
BEFORE_AN_ALLERGEN: Final = frozenset(
    ["a", "au", "aux", "l", "la", "le", "les", "to", "d", "de", "des", "du", "ni", "with", "the"]
)
"""What may stand between "allergie" and a name."""
JOINING: Final = frozenset(["et", "ou", "ni", "or", "and", "nor", "of", "to", "any"])
"""What may stand between two names of a list."""

DESCRIPTIONS: Final = frozenset(
    [
        *("connu", "connue", "connus", "connues", "known", "medicament", "medicaments", "drug"),
        *("medicamenteuse", "medicamenteuses", "medication", "medications", "antecedent", "vraie"),
        *("antecedents", "atcd", "atcds", "history", "hx", "patient", "patiente", "mme", "mr"),
        *("signale", "signalee", "signalees", "declare", "declaree", "declarees", "reports"),
        *("reported", "rapporte", "rapportee", "presente", "notion", "terrain", "famille", "type"),
        *("particuliere", "particulieres", "alimentaire", "alimentaires", "food", "environmental"),
        *("classe", "class", "produits", "produit", "dossier", "note", "notee", "jour", "date"),
        *(
            "drugs",
            "medicinal",
            "listed",
            "recorded",
            "oui",
            "yes",
            "averee",
            "confirmee",
            "prouvee",
        ),
        *(
            "documentee",
            "confirmed",
            "documented",
            "proven",
            "teste",
            "testee",
            "positif",
            "positive",
        ),
        *(
            "ci",
            "contre",
            "indication",
            "indique",
            "indiquee",
            "interdit",
            "interdite",
            "interdits",
        ),
        *(
            "interdites",
            "interdiction",
            "eviter",
            "proscrire",
            "proscrit",
            "avoid",
            "cannot",
            "can",
        ),
        *(
            "t",
            "take",
            "takes",
            "prendre",
            "prend",
            "donner",
            "give",
            "attention",
            "alerte",
            "alert",
        ),
        *("supporte", "supporter", "supportes", "tolerate", "grave", "graves", "severe", "severes"),
        *("majeure", "mineure", "legere", "mild", "moderate", "moderee", "serious", "important"),
        *("importante", "forte", "grade", "stade", "ige", "mediee", "immediate", "retardee", "bad"),
        *("enfance", "enfant", "childhood", "child", "petit", "petite", "annee", "annees", "year"),
        *("years", "ago", "age", "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet"),
        *("aout", "septembre", "octobre", "novembre", "decembre", "january", "february", "march"),
        *("april", "may", "june", "july", "august", "september", "october", "november", "december"),
        *("mois", "semaine", "semaines", "hospitalisation", "hospitalise", "hospitalisee", "ttt"),
        *("traitement", "cause", "causes", "caused", "gives", "gets", "due", "suite", "developed"),
    ]
)

REACTIONS: Final = frozenset(
    [
        *("choc", "shock", "anaphylactique", "anaphylactiques", "anaphylactoide", "anaphylaxie"),
        *("anaphylaxis", "anaphylactic", "urticaire", "urticaires", "urticaria", "hives", "hive"),
        *("eruption", "eruptions", "rash", "rashes", "oedeme", "oedemes", "edema", "oedema"),
        *("angiooedeme", "angioedeme", "angioedema", "quincke", "prurit", "itching", "itch"),
        *("itchy", "demangeaison", "demangeaisons", "bronchospasme", "bronchospasm", "dyspnee"),
        *("vomissement", "vomissements", "vomiting", "nausee", "nausees", "nausea", "diarrhee"),
        *("diarrhees", "diarrhea", "diarrhoea", "malaise", "malaises", "eczema", "exantheme"),
        *("erytheme", "toxidermie", "lyell", "dress", "stevens", "johnson", "sjs", "gonflement"),
        *("gonflements", "swelling", "swollen", "visage", "face", "facial", "levres", "levre"),
        *("lips", "lip", "tongue", "langue", "paupieres", "throat", "gorge", "boutons", "plaques"),
        *("plaque", "rougeur", "rougeurs", "redness", "gene", "respiratoire", "wheeze", "wheezing"),
        *("cutanee", "cutanees", "cutane", "skin", "contact", "hypotension", "tachycardie"),
        *("syndrome", "generalisee", "generalise", "digestive", "digestifs", "troubles", "stomach"),
        *("upset", "gi", "breathing", "difficulty", "arrest", "cardiaque", "vertiges", "dizzy"),
        *("dizziness", "collapse", "collapsed", "pustulose", "necrolyse", "purpura", "rhinite"),
    ]
)

NEGATIONS: Final = frozenset(
    [
        *("pas", "non", "aucun", "aucune", "aucunes", "aucuns", "sans", "jamais", "absence", "ni"),
        *(
            "no",
            "not",
            "without",
            "never",
            "zero",
            "denies",
            "denied",
            "deny",
            "nie",
            "nient",
            "nil",
        ),
    ]
)
NEGATIONS_BEFORE_A_NOUN: Final = frozenset(["no", "denies", "denied", "without", "nil", "not"])
"""Of these, what may stand before "latex allergy"."""
DENIALS: Final = frozenset(["denies", "denied", "deny", "nie", "nient"])
"""What denies by itself: "denies latex"."""
NOTHING: Final = frozenset(
    [
        *("nkda", "nka", "nkma", "nkfa", "ras", "neant", "none", "nil", "rien", "nothing", "nada"),
        *("aucun", "aucune", "aucunes", "pas", "non", "no", "sans", "nie", "denies", "jamais"),
        *("absence", "not", "negatif", "negatives", "negative", "pac"),
    ]
)
"""What says, alone or about allergies, that none is known."""
NO_ANSWERS: Final = frozenset(["non", "no", "neg", "negatif", "negative", "none", "aucune"])
"""What denies what stands before it, behind a colon: "latex : non"."""

TOLERANCE: Final = frozenset(
    [
        *("tolere", "toleree", "toleres", "tolerees", "tolerates", "tolerated", "tolerating"),
        *("supporte", "supportee"),
    ]
)
HOW_TOLERATED: Final = frozenset(["bien", "well", "ok", "parfaitement", "fine", "toujours"])
BADLY: Final = frozenset(["mal", "peu", "poorly", "badly", "moins"])

DOUBTS: Final = frozenset(
    [
        *("possible", "possibles", "possiblement", "probable", "probables", "probablement"),
        *("suspicion", "suspicions", "suspectee", "suspecte", "suspect", "suspected", "douteuse"),
        *("douteux", "doute", "doutes", "eventuelle", "eventuellement", "eventuel", "maybe"),
        *("perhaps", "possibly", "probably", "questionable", "unsure", "uncertain", "unclear"),
        *("verifier", "verifie", "confirmer", "incertain", "incertaine", "serait", "semble"),
        *("peut", "etre", "might", "could", "query", "unconfirmed", "presumee", "supposee"),
        *("pretend", "croit", "pense", "thinks", "believes", "selon", "apparemment", "apparently"),
    ]
)
AFTER_NOT: Final = frozenset(
    [
        *("sur", "sure", "certain", "certaine", "confirmee", "confirme", "documentee", "documente"),
        *(
            "prouvee",
            "verifiee",
            "confirmed",
            "documented",
            "proven",
            "verified",
            "testee",
            "averee",
        ),
        *("tested", "exploree", "investigated"),
    ]
)
"""What makes a doubt when it is denied: "pas sûr", "not confirmed"."""

EXCEPTIONS: Final = frozenset(
    [
        *("sauf", "except", "excepte", "excepting", "hormis", "hors", "mais", "but", "however"),
        *("cependant", "toutefois", "excluding", "part", "apart", "although", "than"),
    ]
)
"""Where a denial ends, and something else begins."""

FAMILY: Final = frozenset(
    [
        *("mere", "pere", "maman", "papa", "fille", "fils", "soeur", "frere", "conjoint", "mari"),
        *("femme", "epouse", "familial", "familiaux", "familiale", "parents", "cousin", "tante"),
        *("oncle", "mother", "father", "mom", "mum", "dad", "sister", "brother", "daughter"),
        *("family", "wife", "husband", "grand", "jumeau", "jumelle", "enfants", "children"),
    ]
)
"""Somebody else: what stands there is not declared of the patient, and a physician reads it."""

UNDERSTOOD: Final = frozenset().union(
    *(ALLERGY, LINKS, DESCRIPTIONS, REACTIONS, NEGATIONS, NOTHING, TOLERANCE, HOW_TOLERATED),
    *(BADLY, DOUBTS, AFTER_NOT),
)
"""Words that need not be shown as not understood, where an allergen was."""
