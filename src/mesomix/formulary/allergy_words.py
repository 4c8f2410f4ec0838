"""The words of allergy texts that name no allergen, folded: what each kind of them says.

A word that is in none of these lists, and in no name, is one that mesomix did not understand.
"""

from typing import Final

from mesomix.formulary import product_words
from mesomix.formulary.reaction_words import REACTIONS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ALLERGY: Final = _words(
    """
    allergie allergies allergique allergiques hypersensibilite allergene hypersensible
    intolerance intolerances intolerant intolerante reaction reactions allergy allergic
    hypersensitivity allerg sensitivity sensitivities allergenes alergie alergies alergique
    alergiques alergy alergic allergi intolerants intolerantes hypersensibilites
    hypersensibles
    """
)
"""What a denial has to be about: "pas d'AINS" forbids them, and denies nothing."""

ALLERGIC: Final = _words(
    "allergie allergies allergique allergiques allergy allergic hypersensibilite hypersensitivity"
)
"""Of these, what has to be denied where no allergy is known: "pas de réaction" is not enough."""

NOUNS_AFTER: Final = _words("allergy allergies")
"""In English the allergen may stand before: "no latex allergy"."""

LINKS: Final = _words(
    """
    a au aux l la le les un une de des du d et ou ni en par pour sous sur avec dans est ait an
    ans il elle y qui ce cette ces ses sa s n ne on j je ai suis se the to of and or nor in
    with at by for from i am is was has had have since depuis lors apres after quand when as
    well both any toute tout tous toutes ete etre tres very fait eu deja his her p aussi also
    puis plus does do did she he him about dont car me moi te tu vous nous ils elles lui leur
    leurs mon ma mes votre vos notre nos eux my your our their its it they we you us this
    these those that chez them himself herself myself toi ta tes ton
    """
)

BEFORE_AN_ALLERGEN: Final = _words("a au aux l la le les to d de des du ni with the")
"""What may stand between "allergie" and a name."""

JOINING: Final = _words("et ou ni or and nor")
"""What may stand between two names of a list."""

DESCRIPTIONS: Final = _words(
    # Of whom it is said, who says it, and where.
    """
    enfant enfance childhood child petit petite adulte adult bebe baby nourrisson adolescence
    adolescent teenager ado jeune young kid boy girl homme man woman male female medecin
    medecins doctor docteur dr dre pr professeur gp physician infirmier infirmiere ide nurse
    secretaire secretary pharmacien chirurgien surgeon anesthesiste anesthetist anaesthetist
    generaliste specialiste pediatre traitant hospitalisation hospitalise hospitalisee hospit
    hospital hospitalized hospitalised hospitalization admitted admission hopital chu ch
    clinique clinic cabinet consultation cs service ward urgences urgence emergency rea
    reanimation icu er ed samu intube intubated epipen stylo ttt traitement traite traitee
    treated needed needs need required requiring necessite operatoire operation bloc post per
    pre perop peroperatoire postop intervention maison home
    """
    # When it was, for how long, how often, and at what age.
    """
    annee annees dizaine vingtaine year years ago age ages aged agee yo yr yrs janvier fevrier
    mars avril mai juin juillet aout septembre octobre novembre decembre january february
    march april june july august september october november december jan janv feb fev fevr avr
    apr juil sept oct nov dec mois semaine semaines nuit lendemain hier aujourd hui night
    yesterday today jours journee days day hours hour week weeks month months minute minutes
    min mn h heures heure debut fin cours immediate immediates immediat immediatement
    immediately retardee retardees retarde delayed late later early precoce tardive rapide
    rapidement brutale soudain sudden suddenly quickly rapidly suite ensuite suivant suivante
    avant durant pendant jusqu jusque until before during while following onset within upon
    vers environ around recemment recent recente recently dernier derniere derniers dernieres
    last premier premiere premieres first second deuxieme deux trois cinq dix two three five
    ten twice fois time times once episode episodes reprise repeated recurrent chaque each
    every whenever systematique always again still souvent often parfois sometimes vieille old
    long longtemps lointain lointaine passe past vie seasonal saisonniere saisonnieres
    saisonnier saisonniers
    """
    # How bad it was, how it is known, and where that is written.
    """
    grave graves gravite severe severes severement severely severity majeure majeures majeur
    major mineure mineures mineur minor legere legeres leger legers slight slightly mild
    mildly moderate moderee modere benigne benin serious serieuse serieux important importante
    importantes importants forte fort fortes intense violente violent aigue aigues aigu acute
    bad badly terrible extreme extremely massive fatal mortel vital life threatening dangerous
    grade stade ii iii geante geantes geant diffuse diffuses diffus etendue etendues
    generalized generalised locale locales locally localisee localise partout everywhere over
    trop too really grosses grande isole isolee isolated transitoire up down out vraie vraies
    vrai true listed recorded confirms reconnue reconnu diagnostic diagnosed teste positif
    positive ige mediee essai dossier note notee notees noter derivative absolute formelle
    noted mention mentionne mentionnee mentioned inscrit inscrite ecrit ecrite written chart
    file record interrogatoire info constate constatee vue vus vu seen observe decrit decrite
    described describes croisee croisees
    """
    # Verbs: of telling, of being and happening, of forbidding.
    """
    dit dits disait dire dites precise informe says said state states stated tell tells told
    notes complained etait etaient etant sont avait avaient avoir ayant ont avons font faisait
    faire fais va be been being are were having got get gets getting peut peux pouvait doit
    doivent devait faut must should can cannot t cant couldn unable supporter supportes
    tolerate suivie suivi survenu survenue survenus survenues apparu apparue apparus apparues
    apparition appeared developed develops developpe started cause causes caused causing
    causant provoque provoquee provoquant entraine declenche declenchee induced triggered led
    reagi reagit reagissait react reacts reacted reacting due dus lie liee liees related
    attribuee secondaire secondary because parce gave give given gives giving donner donne
    donnait donnent donnant make makes made making went go turned came come broke end mis
    presented senti felt application ci contre indication indications indique indiquee
    indiques indiquees interdit interdite interdits interdites interdiction eviter evite
    evitee evitement proscrire proscrit proscrits avoid avoided avoiding avoidance attention
    alerte alert warning formellement strict strictement strictly absolue absolu absolument
    totale total totalement utiliser use used using contraindicated contraindication
    contraindications contreindication contreindique contreindiquee forbidden prescrire
    injecter stop
    """
    # Of what kind, by what route; what joins a list, and what software leaves.
    """
    famille type types sorte class classe classes groupe group forme form produit produits
    medicinal derive derives derivatives derivee alimentaire alimentaires food foods
    environmental environnement alim ttes tte tt tts oral orale orally iv ivl ivd po
    intraveineuse intraveineux intravenous prise marque generique nom comme tel such like ex
    example notamment surtout especially including included compris idem meme memes same entre
    niveau ionic ionique ioniques distinction induction appel chronique chroniques chronic
    aggrave aggravee generation etendu previous prior anterieure anterieur product products
    containing contenant eat eats eating reviewed list liste seance session deconseille
    deconseillee deconseilles toddler infant cas certificat entier entiere histoire malgre
    sera sujet via urgent between into usually careful noticed experienced kind surgery
    chirurgie under whole taking will ve ll points merci bonjour cordialement svp please
    thanks thank dear oui yes c qu o alors where who which then so there here ca cela new
    nouvelle nouveau br nbsp all
    """
)
"""What says who, when, how bad, how known: it changes nothing of what is declared."""


NEGATIONS: Final = _words(
    """
    pas non aucun aucune aucunes aucuns sans jamais absence 0 no not without never zero denies
    denied deny nie nient nil
    """
)

NEGATIONS_BEFORE_A_NOUN: Final = _words("no denies denied without nil")
"""Of these, what may stand before "latex allergy"."""

DENIALS: Final = _words("denies deny nie nient")
"""What denies by itself: "denies latex"."""

NOT: Final = _words("pas not")

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
    date pt ever presente medicamenteux med meds medic medicine medicines personnel personnels
    personnelle personnelles personal retrouve retrouvee identifiee identified madame monsieur
    declares particulier particuliers pte
    """
)
"""What changes nothing of a denial; "grave" or "alimentaire" would: they deny but a part."""

NOTHING: Final = _words(
    """
    nkda nka nkma nkfa ras neant none nil rien nothing nada aucun aucune aucunes
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

HOW_TOLERATED: Final = _words("bien well ok parfaitement fine toujours correctement")
"""What may stand beside them: "bien toléré"."""

DOUBTS: Final = _words(
    """
    possible possibles possiblement probable probables probablement suspicion suspicions
    suspectee suspecte suspect suspected douteuse douteux doute doutes eventuelle
    eventuellement eventuel maybe perhaps possibly probably questionable unsure uncertain
    unclear verifier verifie confirmer incertain incertaine serait semble peutetre might could
    query unconfirmed presumee supposee pretend croit pense thinks believes selon apparemment
    apparently suspecter suspectees suspectes suspects suspicious hypothetique eventuelles
    eventuels potential potentially potentiel potentielle potentiellement plausible
    vraisemblable vraisemblablement incertains incertaines doubt doubts doubtful dubious
    equivocal likely unlikely presume presumed presumably supposed supposedly alleged
    allegedly claims claimed unverified aurait auraient seraient ferait pourrait pourraient
    semblerait semblent seems seem seemed croyait pensait pensent crois think thought believe
    believed priori interrogation question reportedly
    """
)

AFTER_NOT: Final = _words(
    """
    sur sure certain certaine confirmee confirme documentee documente prouvee verifiee
    confirmed documented proven verified testee averee tested exploree investigated confirmees
    confirmes averees avere averes prouvees prouve prouves documentees documentes verifiees
    testes testees established demontree
    """
)
"""What makes a doubt when it is denied: "pas sûr", "not confirmed"."""

KINDS: Final = _words(
    """
    alimentaire alimentaires food foods drug drugs medicament medicaments medicamenteuse
    medicamenteuses medication medications medicinal environmental environnement alim med meds
    produit produits product products classe class famille medicine medicines medicamenteux
    """
)
"""Of what: where no name follows, an allergy to it is one that nobody has named."""

CONDITIONS: Final = _words("quand lorsque when if si as")
"""What makes a case of a denial, and no fact."""

PROCEDURES: Final = _words(
    """
    bloc post per pre perop peroperatoire postop operatoire operation intervention chirurgie
    surgery anesthesie infiltration injection injections piqure soin soins
    """
)
"""Where something unnamed was given: alone, a reaction there has an unknown culprit."""

OTHERS: Final = _words("autre autres other others sinon ailleurs otherwise")
"""What leaves something out of a denial: "aucune autre allergie"."""

EXCEPTIONS: Final = _words(
    """
    sauf except excepte excepting hormis hors mais but however cependant toutefois excluding
    part apart although than dehors besides exception exceptee exceptes virgule comma point
    pourtant though
    """
)
"""Where a denial ends, and something else begins."""

FAMILY: Final = _words(
    """
    mere pere maman papa fille fils soeur frere conjoint mari femme epouse familial familiaux
    familiale parents cousin tante oncle mother father mom mum dad sister brother daughter
    family wife husband grand jumeau jumelle enfants children freres soeurs filles cousine
    cousins neveu epoux compagnon ami amie aunt uncle nephew grandmother grandfather sibling
    siblings brothers sisters twin twins partner spouse hereditaire kids parent
    """
)
"""Somebody else: what stands there is not declared of the patient, and a physician reads it."""

DESCRIBING: Final = (ALLERGY | LINKS | NEUTRAL | DESCRIPTIONS | REACTIONS) - PROCEDURES
"""What may make a clause of its own, beside one that names something."""

UNDERSTOOD: Final = DESCRIBING.union(
    PROCEDURES,
    *(NEGATIONS, NOTHING, NO_ANSWERS, TOLERANCE, HOW_TOLERATED, OTHERS, DOUBTS, AFTER_NOT),
    product_words.UNDERSTOOD,
)
"""Words that need not be shown as not understood in a clause that names something."""
