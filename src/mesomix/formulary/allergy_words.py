"""The words of allergy texts that name no allergen, folded: what each kind of them says.

A word that is in none of these lists, and in no name, is one that mesomix did not understand.
"""

from typing import Final

from mesomix.formulary import product_words


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ALLERGY: Final = _words(
    """
    allergie allergies allergique allergiques hypersensibilite allergene hypersensible
    intolerance intolerances intolerant intolerante reaction reactions allergy allergic
    hypersensitivity all allerg sensitivity sensitivities allergenes
    """
)
"""What a denial has to be about: "pas d'AINS" forbids them, and denies nothing."""

NOUNS_AFTER: Final = _words("allergy allergies")
"""In English the allergen may stand before: "no latex allergy"."""

LINKS: Final = _words(
    """
    a au aux l la le les un une de des du d et ou ni en par pour sous sur avec dans est ait an
    ans il elle y qui ce cette ces ses sa s n ne on j je ai suis se the to of and or nor in
    with at by for from i am is was has had have since depuis lors apres after quand when as
    well both any toute tout tous toutes ete etre tres very fait eu deja his her p aussi also
    puis plus does do did she he him about dont car
    """
)

BEFORE_AN_ALLERGEN: Final = _words("a au aux l la le les to d de des du ni with the")
"""What may stand between "allergie" and a name."""

JOINING: Final = _words("et ou ni or and nor")
"""What may stand between two names of a list."""

DESCRIPTIONS: Final = _words(
    """
    vraie famille type classe class produits produit dossier note notee medicinal listed
    recorded oui yes averee confirmee prouvee documentee confirmed documented proven teste
    testee positif positive ci contre indication indique indiquee interdit interdite interdits
    interdites interdiction eviter proscrire proscrit avoid cannot can t donner give attention
    alerte alert supporte supporter supportes tolerate grave graves severe severes majeure
    mineure legere mild moderate moderee serious important importante forte grade stade ige
    mediee immediate retardee bad enfance enfant childhood child petit petite annee annees
    year years ago age janvier fevrier mars avril mai juin juillet aout septembre octobre
    novembre decembre january february march april may june july august september october
    november december mois semaine semaines hospitalisation hospitalise hospitalisee ttt
    traitement cause causes caused gives gets due suite developed alimentaire alimentaires
    food foods environmental environnement alim med meds medic derive derives derivatives
    derivative ttes tte tt tts formelle formellement strictement strict strictly absolue
    absolute totale total utiliser use used using contraindicated contraindication
    contraindications indiques indiquees seasonal saisonniere saisonnieres saisonnier
    saisonniers geante geant diffuse diffus etendue etendues generalized generalised immediat
    retarde vue vus constate constatee noter documente suivie suivi survenu survenue survenus
    apparu apparue minutes heures heure jours days hours week weeks month months essai
    premiere first second deuxieme fois time times once episode episodes rea reanimation
    urgences hospital hospitalized hospitalised icu er samu epipen stylo carte porteur
    porteuse traite traitee treated needed required operatoire bloc post per pre perop
    peroperatoire intervention dentiste dentist medecin doctor gp digestif vieille old long
    lointain lointaine adulte adult bebe baby nourrisson adolescence teenager ado jeune young
    dit peut prise injection given
    """
)

REACTIONS: Final = _words(
    """
    choc shock anaphylactique anaphylactiques anaphylactoide anaphylaxie anaphylaxis
    anaphylactic urticaire urticaires urticaria hives hive eruption eruptions rash rashes
    oedeme oedemes edema oedema angiooedeme angioedeme angioedema quincke prurit itching itch
    itchy demangeaison demangeaisons bronchospasme bronchospasm dyspnee vomissement
    vomissements vomiting nausee nausees nausea diarrhee diarrhees diarrhea diarrhoea malaise
    malaises eczema exantheme erytheme toxidermie lyell dress stevens johnson sjs gonflement
    gonflements swelling swollen visage face facial levres levre lips lip tongue langue
    paupieres throat gorge boutons plaques plaque rougeur rougeurs redness gene respiratoire
    wheeze wheezing cutanee cutanees cutane skin contact hypotension tachycardie syndrome
    generalisee generalise digestive digestifs troubles stomach upset gi breathing difficulty
    arrest cardiaque vertiges dizzy dizziness collapse collapsed pustulose necrolyse purpura
    rhinite papules papule vesicules bulles bullous blisters bulleuse fievre fever chills
    frissons sueurs sweating convulsions seizure seizures syncope evanouissement evanoui perte
    connaissance fainted fainting palpitations hypota bradycardie cephalees headache migraine
    vertige somnolence drowsy confusion agitation hallucinations toux cough eternuements
    sneezing rhinitis conjonctivite conjunctivitis larmoiement yeux eyes eye watery runny nose
    nez bouche mouth picotements tingling brulures burning douleurs pain abdominales abdominal
    ventre crampes cramps neutropenie thrombopenie tih cytolyse nephropathie pneumopathie
    vascularite serique serum sickness pruritus welts flushing flush erythematous
    erythemateuse maculopapuleuse maculopapular maculo papuleuse desquamation necrolysis
    epidermal toxic steven jonhson anaphylactoid anaphylacto laryngee laryngeal larynx glotte
    detresse distress desaturation arret cardio respiratory bronchospasmes sifflements
    aggravation vagal vagale reaction reactions
    """
)

NEGATIONS: Final = _words(
    """
    pas non aucun aucune aucunes aucuns sans jamais absence 0 no not without never zero denies
    denied deny nie nient nil
    """
)

NEGATIONS_BEFORE_A_NOUN: Final = _words("no denies denied without nil not")
"""Of these, what may stand before "latex allergy"."""

DENIALS: Final = _words("denies denied deny nie nient")
"""What denies by itself: "denies latex"."""

NOT: Final = _words("pas non not")

BETWEEN: Final = _words("d de des du une un est a eu ete fait any of to an l")
"""What may stand between a denial and an allergy: "n'a pas eu d'allergie"."""

TOWARDS: Final = _words("a au aux to")
"""Behind "pas": "pas à la lidocaïne" denies it, where "pas de lidocaïne" forbids it."""

NEUTRAL: Final = _words(
    """
    connu connue connus connues known medicament medicaments drug drugs medicamenteuse
    medicamenteuses medication medications notion signale signalee signalees signaler declare
    declaree declarees reported reports rapporte rapportee rapportees antecedent terrain
    antecedents atcd atcds history hx patient patiente mme mr particuliere particulieres jour
    date pt ever presente
    """
)
"""What changes nothing of a denial; "grave" or "alimentaire" would: they deny but a part."""

NOTHING: Final = _words(
    """
    nkda nka nkma nkfa ras neant none nil rien nothing nada aucun aucune aucunes pac
    """
)
"""What says by itself that no allergy is known."""

NO_ANSWERS: Final = _words("non no neg negatif negative negatifs")
"""What denies what stands before it: "allergies : non"."""

TOLERANCE: Final = _words(
    """
    tolere toleree toleres tolerees tolerates tolerated tolerating supporte supportee
    """
)

HOW_TOLERATED: Final = _words("bien well ok parfaitement fine toujours")
"""What may stand beside them: "bien toléré"."""

DOUBTS: Final = _words(
    """
    possible possibles possiblement probable probables probablement suspicion suspicions
    suspectee suspecte suspect suspected douteuse douteux doute doutes eventuelle
    eventuellement eventuel maybe perhaps possibly probably questionable unsure uncertain
    unclear verifier verifie confirmer incertain incertaine serait semble peutetre might could
    query unconfirmed presumee supposee pretend croit pense thinks believes selon apparemment
    apparently
    """
)

AFTER_NOT: Final = _words(
    """
    sur sure certain certaine confirmee confirme documentee documente prouvee verifiee
    confirmed documented proven verified testee averee tested exploree investigated
    """
)
"""What makes a doubt when it is denied: "pas sûr", "not confirmed"."""

OTHERS: Final = _words("autre autres other others")
"""What leaves something out of a denial: "aucune autre allergie"."""

EXCEPTIONS: Final = _words(
    """
    sauf except excepte excepting hormis hors mais but however cependant toutefois excluding
    part apart although than dehors besides
    """
)
"""Where a denial ends, and something else begins."""

FAMILY: Final = _words(
    """
    mere pere maman papa fille fils soeur frere conjoint mari femme epouse familial familiaux
    familiale parents cousin tante oncle mother father mom mum dad sister brother daughter
    family wife husband grand jumeau jumelle enfants children
    """
)
"""Somebody else: what stands there is not declared of the patient, and a physician reads it."""

UNDERSTOOD: Final = frozenset().union(
    *(ALLERGY, LINKS, NEUTRAL, DESCRIPTIONS, REACTIONS, NEGATIONS, NOTHING, NO_ANSWERS),
    *(TOLERANCE, HOW_TOLERATED, OTHERS, DOUBTS, AFTER_NOT, product_words.UNDERSTOOD),
)
"""Words that need not be shown as not understood, where an allergen was."""
