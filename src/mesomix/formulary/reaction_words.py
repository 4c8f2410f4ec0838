"""The words of allergy texts that tell a reaction, folded, misspelt ones among them."""

from typing import Final

REACTIONS: Final = frozenset(
    """
    abdomen abdominal abdominales adverse aggravation agitation agranulocytose anaphalaxis
    anaphilactique anaphilaxie anaphilaxis anaphylactic anaphylactique anaphylactiques
    anaphylacto anaphylactoid anaphylactoide anaphylatic anaphylatique anaphylaxie
    anaphylaxies anaphylaxis angio angioedema angioedeme angioedemes angiooedeme angiooedemes
    angoisse anxiete anxiety apnee arm arms arrest arret arthralgies asthenie attack attacks
    avaler back ballonnements blister blistering blisters bloating body bouche bouton boutons
    bradycardia bradycardie bras breath breathe breathing breathless bronchoconstriction
    bronchospasm bronchospasme bronchospasmes bronchospastique brulant brulure brulures bulle
    bulles bulleuse bulleux bullous bump bumps burn burning burns cardiaque cardio
    cardiovasculaire cephalee cephalees cheeks chest chills choc chocs choked choking choque
    chute cloque cloques closed closing coeur coliques collapse collapsed collapsus coma
    confus confuse confusion conjonctival conjonctivite conjunctivitis connaissance
    constipated constipation constriction convulsions corps cou cough coughing cramp crampe
    crampes cramps crise crises cutane cutanee cutanees cutaneomuqueuse cutaneous cutanes
    cutannee cyanose cytolyse decollement deglutition delire delirium demangaison demangaisons
    demangeaison demangeaisons demangeait demangeasons demangent demengeaisons dermatite
    dermatites dermatitis dermique dermite dermites desaturation desquamation detresse diarhee
    diarhees diarrea diarrhe diarrhea diarrhee diarrhees diarrhoea difficulty digestif
    digestifs digestive distress dizziness dizzy doigts dos douleur douleurs dress drowsiness
    drowsy dysphagie dysphonie dyspnea dyspnee dyspnees dyspneique dyspnoea ears eczema
    eczemas edema effect effects effet effets enfle enflee enflees eosinophilie epidermal
    epigastralgies eruptif eruption eruptions eruptive erythema erythemateuse erythemateux
    erythematous erytheme erythemes erythrodermie essouffle essoufflement estomac eternuements
    etouffait etouffe etouffement etouffer etourdissement etourdissements evanoui evanouie
    evanouissement event events exanthema exantheme exanthemes eye eyelid eyelids eyes face
    facial faiblesse faint fainted fainting fatigue feet fever fievre fingers flush flushing
    fourmillements frisson frissons gastralgies gastric gastrique gastriques gastro gene
    generalise generalisee gi glotte gonflait gonfle gonflee gonflees gonflement gonflements
    gonfler gonfles gorge grattage grattait gratte grattent hallucination hallucinations hand
    hands head headache headaches heart hive hives hoarse hoarseness hypota hypotension ill
    inconscient inconsciente indesirable indesirables insomnia insomnie intestinal intestinale
    irritated irritation irritations irrite irritee itch itched itches itchiness itching itchy
    jambe jambes johnson jonhson joue joues langue larmes larmoiement laryngeal laryngee
    laryngospasme larynx leg legs lesions levre levres lightheaded lip lipothymie lips loss
    lost lyell maculo maculopapular maculopapuleuse maculopapuleux main mains malaise malaises
    manifestation manifestations migraine migraines morbilliform morbilliforme mouth muqueuse
    muqueuses myalgia myalgies nasal nasale nasty nausea nauseated nausee nausees nauseeuse
    nauseeux nauseous neck necrolyse necrolysis nephropathie neutropenie nez nose numb
    numbness odeme odemes oedema oedemateuse oedematie oedeme oedemes oeil oppression oreilles
    pain painful pains paleur palpitation palpitations pancreatite pancreatitis papule papules
    papuleuse papuleuses papuleux paresthesies passed paupieres peau peeling pele perdu perte
    phlyctene phlyctenes picotement picotements pieds pique placard placards plaque plaques
    pneumopathie poitrine prurigineuse prurigineuses prurigineux prurit pruritus puffy purpura
    pustules pustuleuse pustulose quinck quincke quink quinke quinque rash rashes rauque reac
    red redness reflux respiration respiratoire respiratoires respiratory respirer
    rhabdomyolyse rhinite rhinitis rhinorrhee rouge rouges rougeur rougeurs rougit runny rxn
    rxns scratching seizure seizures sensation serique serre serree shaking shaky shock short
    shortness sick sickness side sifflement sifflements signe signes sjs skin sleepy sneezing
    somnolence souffle spasm spasme spasmes spots steven stevens stomach stridor sueurs
    suffocation suffoque swallowing sweating swell swelled swelling swells swollen symptom
    symptome symptomes symptoms syncope syncopes syndrome tache taches tachycardia tachycardie
    tensionnelle tete thorax throat thrombopenie tight tightness tih tingling tired tombe
    tombee tongue tousse toux toxic toxidermie toxidermies toxique tremblement tremblements
    tremor tremors tronc trouble troubles tumefaction unconscious unresponsive upset urticair
    urticaire urticaires urticare urticaria urticarial urticarienne urticariforme urtiquaire
    uticaire vagal vagale vagaux vascularite ventre vertige vertiges vesicule vesicules
    vesiculeuse vesiculeuses visage vomi vomir vomissait vomissement vomissements vomit
    vomited vomiting vomits watery weakness welts wheal wheals wheeze wheezed wheezing wheezy
    yeux
    """.split()  # noqa: SIM905 (a list of so many strings cannot be read)
)
