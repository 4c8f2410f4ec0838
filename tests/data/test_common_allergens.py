"""The common allergens: what they are called, what they reach, and where no list tells of them."""

from pathlib import Path
from typing import Any, Final

import pytest
import tomli

import mesomix
from mesomix import Evidence, Severity, Verdict

DATA: Final[dict[str, Any]] = tomli.loads(
    (Path(__file__).parents[2] / "data" / "substances.toml").read_text(encoding="utf-8")
)

GROUPS: Final = {
    "nsaid": "anti-inflammatoires, anti-inflammatoire",
    "local-anaesthetic": (
        "anesthésie locale, anesthésies locales, anesthésie dentaire, local anaesthesia, local "
        "anesthesia"
    ),
    "sulfites": "anhydride sulfureux, dioxyde de soufre, sulfur dioxide, E220",
    "castor-oil-surfactants": "huile de ricin, castor oil",
    "glutamates": "glutamate de sodium, glutamate monosodique, monosodium glutamate, MSG, E621",
    "fish": "seafood, thon, tuna, cabillaud, morue, cod, truite, trout",
    "corticosteroid": (
        "corticoids, cortisoniques, stéroïdes, stéroïde, steroids, steroid, "
        "anti-inflammatoires stéroïdiens, anti-inflammatoire stéroïdien, steroidal "
        "anti-inflammatory drugs"
    ),
    "antibiotics": "antibiotiques, antibiotics, antibiotique, antibiotic, antibio, ATB",
    "beta-lactams": (
        "bêta-lactamines, beta-lactams, bêta-lactamine, beta-lactam, ß-lactamines, "
        "β-lactamines, β-lactams, beta-lactam antibiotics"
    ),
    "penicillins": "pénicillines, penicillins, pénicilline, penicillin, péni, PNC, PCN",
    "cephalosporins": "céphalosporines, cephalosporins, céphalosporine, cephalosporin, C3G",
    "macrolides": "macrolides, macrolide",
    "quinolones": "quinolones, quinolone, fluoroquinolones, fluoroquinolone, FQs",
    "tetracyclines": "tétracyclines, tétracycline, cyclines, cycline",
    "aminoglycosides": "aminosides, aminoglycosides, aminoside, aminoglycoside",
    "opioids": (
        "opioïdes, opioids, opioïde, opioid, opiacés, opiacé, opiates, opiate, morphiniques, "
        "morphinique, dérivés morphiniques, dérivés opiacés"
    ),
    "heparins": (
        "héparines, heparins, HBPM, LMWH, héparines de bas poids moléculaire, héparine de bas "
        "poids moléculaire, low molecular weight heparins, low molecular weight heparin"
    ),
    "muscle-relaxants": (
        "myorelaxants, muscle relaxants, myorelaxant, muscle relaxant, décontracturants, "
        "décontracturant, relaxants musculaires, relaxant musculaire"
    ),
    "neuromuscular-blockers": (
        "curares, neuromuscular blockers, curare, curarisants, curarisant, neuromuscular "
        "blocking agents, NMBA"
    ),
    "iodinated-contrast-media": (
        "produits de contraste iodés, iodinated contrast media, produit de contraste iodé, "
        "produits de contraste, produit de contraste, PCI, contraste iodé, injection d'iode, "
        "iodinated contrast, iodinated contrast medium, iodinated contrast agents, contrast "
        "media, contrast medium, contrast agents, contrast agent, contrast dye, contrast, PDC, "
        "PDC iodé, PDC iodés"
    ),
    "proton-pump-inhibitors": (
        "inhibiteurs de la pompe à protons, proton pump inhibitors, IPP, PPI, PPIs, inhibiteur "
        "de la pompe à protons, proton pump inhibitor, prazoles"
    ),
    "statins": (
        "statines, statins, statine, statin, inhibiteurs de l'HMG-CoA réductase, HMG-CoA "
        "reductase inhibitors"
    ),
    "ace-inhibitors": (
        "inhibiteurs de l'enzyme de conversion, ACE inhibitors, IEC, ACEI, inhibiteur de "
        "l'enzyme de conversion, ACE inhibitor"
    ),
    "macrogols": (
        "macrogols, macrogol, PEG, polyéthylène glycol, polyéthylènes glycols, polyéthylène "
        "glycols, PEG 3350, PEG 4000"
    ),
    "polysorbates": "polysorbates, polysorbate, Tween",
    "latex": (
        "latex, latex naturel, natural rubber latex, gants en latex, latex gloves, caoutchouc, "
        "caoutchouc naturel, rubber, natural rubber, hévéa"
    ),
    "nickel": "nickel, sulfate de nickel, nickel sulfate, nickel sulphate, métaux, métal, metals",
    "adhesives": (
        "adhésifs, adhesives, adhésif, adhesive, sparadrap, sparadraps, pansements adhésifs, "
        "pansement adhésif, pansements, pansement, adhesive tape, sticking plaster, plasters, "
        "plaster, Elastoplast, Micropore, colles, colle, glue, colophane, colophony"
    ),
    "iodine": (
        "iode, iodine, iodes, dérivés iodés, produits iodés, antiseptiques iodés, antiseptique "
        "iodé, alcool iodé, teinture d'iode, iodine antiseptics, iodures, iodure, iodide, "
        "iodides"
    ),
    "chlorhexidine": "chlorhexidine, chlorhexidines",
    "perfumes": "parfums, perfumes, parfum, perfume, fragrances, fragrance, fragrance mix",
    "shellfish": (
        "fruits de mer, shellfish, crustacés, crustacé, crustaceans, mollusques, mollusque, "
        "molluscs, coquillages, crevettes, crevette, shrimps, shrimp, prawns, prawn, crabes, "
        "crabe, crabs, crab, homards, homard, lobster, langoustines, langoustine, langouste, "
        "moules, moule, huîtres, huître, oysters, oyster, mussels"
    ),
    "peanut": (
        "arachide, peanut, peanuts, arachides, cacahuètes, cacahuète, cacahouètes, cacahouète, "
        "groundnuts, groundnut"
    ),
    "tree-nuts": (
        "fruits à coque, tree nuts, fruit à coque, tree nut, noix, nuts, nut, noisettes, "
        "noisette, hazelnuts, hazelnut, amandes, amande, almonds, almond, noix de cajou, "
        "cajou, cashews, cashew, cashew nuts, pistaches, pistache, pistachios, pistachio, noix "
        "de pécan, pecans, walnuts, walnut, noix du Brésil, brazil nuts, macadamia"
    ),
    "egg": (
        "œuf, egg, œufs, eggs, blanc d'œuf, jaune d'œuf, egg white, ovalbumine, ovalbumin, "
        "protéines d'œuf, lécithine d'œuf, egg lecithin"
    ),
    "milk": (
        "lait, milk, lait de vache, protéines de lait, protéines de lait de vache, protéines "
        "du lait de vache, PLV, APLV, cow's milk, cow's milk protein, cow milk, produits "
        "laitiers, laitages, dairy, dairy products, caséine, casein"
    ),
    "soya": "soja, soya, soy, soybean, soybeans, lécithine de soja, soya lecithin",
    "wheat": (
        "blé, wheat, gluten, farine de blé, wheat flour, céréales, amidon de blé, wheat starch"
    ),
    "sesame": "sésame, graines de sésame, sesame seeds, huile de sésame, sesame oil",
    "fruit": (
        "fruits, fruit, kiwis, kiwi, bananes, banane, bananas, banana, avocats, avocat, "
        "avocados, avocado, pommes, pomme, apples, apple, pêches, pêche, peaches, peach, "
        "fraises, fraise, strawberries, strawberry, ananas, pineapple, mangues, mangue, mango, "
        "agrumes, citrus fruit"
    ),
    "pollen": (
        "pollen, pollens, graminées, graminée, grass pollen, tree pollen, pollen de graminées, "
        "pollen de bouleau, bouleau, birch pollen, birch, ambroisie, ragweed, cyprès, cypress, "
        "armoise, olivier, rhume des foins, hay fever"
    ),
    "dust-mites": (
        "acariens, dust mites, acarien, dust mite, house dust mites, house dust mite, mites, "
        "poussière, poussières, poussière de maison, house dust, dust"
    ),
    "animal-dander": (
        "poils d'animaux, animal dander, poil d'animaux, animaux, phanères d'animaux, squames "
        "d'animaux, poils de chat, poil de chat, poils de chien, poil de chien, chats, chat, "
        "chiens, chien, cats, cat, cat dander, cat hair, dogs, dog, dog dander, dog hair, "
        "chevaux, cheval, horses, horse, lapins, lapin, pets, animals"
    ),
    "moulds": "moisissures, moulds, moisissure, mould, molds, mold, alternaria, aspergillus",
    "insect-venom": (
        "venin d'insectes, insect venom, venins d'insectes, venin d'hyménoptères, venins "
        "d'hyménoptères, hyménoptères, hymenoptera venom, hymenoptera, piqûres d'insectes, "
        "piqûre d'insecte, insect stings, insect sting, guêpes, guêpe, venin de guêpe, wasps, "
        "wasp, wasp venom, wasp stings, abeilles, abeille, venin d'abeille, bees, bee, bee "
        "venom, bee stings, frelons, frelon, hornets, hornet, piqûres de guêpe, piqûres "
        "d'abeille, piqûre de guêpe, piqûre d'abeille"
    ),
    "gelatin": (
        "gélatine, gelatin, gélatines, gelatins, gélatine bovine, gélatine de porc, bovine gelatin"
    ),
    "vaccines": "vaccins, vaccines, vaccin, vaccine, vaccination, vaccinations",
}
"""What people write, and the group that it means."""

SUBSTANCES: Final = {
    "benzyl-alcohol": "E1519",
    "ethanol": "alcool, alcohol",
    "sodium-benzoate": "benzoate de sodium, benzoates, E211",
    "sunset-yellow": "jaune orangé S",
    "nicotinamide": "niacinamide, vitamine B3, vitamine PP",
    "aminobenzoic-acid": "acide aminobenzoïque",
    "ciclosporin": "Néoral",
    "tacrolimus": "Prograf",
    "phytomenadione": "vitamine K, vitamin K",
    "acetylsalicylic-acid": "salicylés, salicylates, AAS, Aspro",
    "ibuprofen": "Nurofen, Spedifen, Antarène",
    "ketoprofen": "Ketum",
    "naproxen": "Naprosyn",
    "diclofenac": "Voltaren",
    "meloxicam": "Mobic",
    "amoxicillin": "amoxicilline, amoxicillin, amox, amoxi, amoxycillin, Clamoxyl",
    "clavulanic-acid": "acide clavulanique, clavulanic acid, clavulanate",
    "benzylpenicillin": (
        "benzylpénicilline, benzylpenicillin, pénicilline G, penicillin G, péni G, Extencilline"
    ),
    "phenoxymethylpenicillin": (
        "phénoxyméthylpénicilline, phenoxymethylpenicillin, penicillin V, péni V, Oracilline"
    ),
    "cloxacillin": "cloxacilline, cloxacillin, Orbénine",
    "ceftriaxone": "ceftriaxone, Rocéphine, Triacefan",
    "cefazolin": "céfazoline, cefazolin",
    "cefuroxime": "céfuroxime, Zinnat",
    "cefpodoxime": "cefpodoxime, Orelox",
    "cefixime": "céfixime, Oroken",
    "erythromycin": "érythromycine, erythromycin, Erythrocine",
    "clarithromycin": "clarithromycine, clarithromycin, Zeclar",
    "azithromycin": "azithromycine, azithromycin, Zithromax",
    "spiramycin": "spiramycine, spiramycin, Rovamycine",
    "josamycin": "josamycine, josamycin, Josacine",
    "ciprofloxacin": "ciprofloxacine, ciprofloxacin, cipro, Ciflox, Uniflox",
    "levofloxacin": "lévofloxacine, levofloxacin, Tavanic",
    "ofloxacin": "ofloxacine, ofloxacin, Oflocet",
    "norfloxacin": "norfloxacine, norfloxacin, Noroxine, Chibroxine",
    "doxycycline": "doxycycline, Vibraveineuse, Tolexine",
    "pristinamycin": "pristinamycine, pristinamycin, Pyostacine",
    "vancomycin": "vancomycine, vancomycin",
    "gentamicin": "gentamicine, gentamicin, gentamycine, gentamycin",
    "metronidazole": "métronidazole, Flagyl, Rozex",
    "sulfamethoxazole": "sulfaméthoxazole, sulphamethoxazole",
    "trimethoprim": "triméthoprime, trimethoprim, Delprim",
    "nitrofurantoin": "nitrofurantoïne, nitrofurantoin, Furadantine",
    "fosfomycin": "fosfomycine, fosfomycin, Monuril",
    "codeine": "codéine, Padéryl",
    "morphine": "morphine, Skenan, Actiskenan, Oramorph",
    "tramadol": "tramadol, Contramal, Topalgic",
    "paracetamol": (
        "paracétamol, acetaminophen, acétaminophène, Doliprane, Efferalgan, Dafalgan, Tylenol, "
        "Panadol"
    ),
    "nefopam": "néfopam, Acupan",
    "metamizole": (
        "métamizole, métamizole sodique, metamizole sodium, noramidopyrine, dipyrone, Novalgine"
    ),
    "allopurinol": "allopurinol, Zyloric",
    "carbamazepine": "carbamazépine, Tégrétol",
    "lamotrigine": "lamotrigine, Lamictal",
    "phenytoin": "phénytoïne, phenytoin, Di-Hydan, Dilantin",
    "omeprazole": "oméprazole, Mopral, Zoltum",
    "iohexol": "iohexol, Omnipaque",
    "iodixanol": "iodixanol, Visipaque",
    "povidone-iodine": "povidone iodée, povidone-iodine, PVP-I, PVP iodée, Bétadine",
    "chlorhexidine-gluconate": (
        "gluconate de chlorhexidine, chlorhexidine gluconate, chlorhexidine digluconate, "
        "Hibiscrub, Chloraprep"
    ),
    "heparin": (
        "héparine, heparin, héparine non fractionnée, unfractionated heparin, HNF, Calciparine"
    ),
    "enoxaparin": "énoxaparine, enoxaparin, Lovenox",
    "suxamethonium": "suxaméthonium, succinylcholine, suxaméthonium (chlorure de), Célocurine",
    "rocuronium": "rocuronium, Esmeron",
    "atracurium": "atracurium, Tracrium",
    "phloroglucinol": "phloroglucinol, Spasfon",
    "metoclopramide": "métoclopramide, Primpéran",
    "hydroxyzine": "hydroxyzine, Atarax",
    "quinine": "quinine, Hexaquine",
    "rosuvastatin": "rosuvastatine, rosuvastatin, Crestor",
    "atorvastatin": "atorvastatine, atorvastatin, Tahor",
    "simvastatin": "simvastatine, simvastatin, Zocor",
    "ramipril": "ramipril, Triatec",
    "perindopril": "périndopril, Coversyl",
    "enalapril": "énalapril, Renitec",
    "clopidogrel": "clopidogrel, Plavix",
    "rivaroxaban": "rivaroxaban, Xarelto",
    "apixaban": "apixaban, Eliquis",
    "methotrexate": "méthotrexate, MTX, Metoject, Novatrex",
    "insulin": (
        "insuline, insulin, insulines, insulins, insuline humaine, human insulin, Lantus, "
        "Novorapid, Humalog, Umuline, Actrapid"
    ),
    "macrogol": "macrogol 400, PEG 400, Forlax, Movicol, Transipeg",
    "polysorbate-80": "polysorbate 80, Tween 80, E433",
    "modified-fluid-gelatin": (
        "gélatine fluide modifiée, modified fluid gelatin, Gélofusine, Plasmion"
    ),
    "arachis-oil": "huile d'arachide, arachis oil, peanut oil",
    "soybean-oil": "huile de soja, soybean oil, soya oil, soyabean oil, Intralipide",
}
"""Names, salts and brands, and the substance that they mean."""

COMBINATIONS: Final = {
    "lidocaine+prilocaine": "Emla",
    "benzyl-alcohol+chlorhexidine-gluconate": "Biseptine",
    "amoxicillin+clavulanic-acid": (
        "Augmentin, co-amoxiclav, amoxicilline acide clavulanique, amoxicillin clavulanic "
        "acid, amoxiclav, amox-clav"
    ),
    "metronidazole+spiramycin": "Rodogyl, Birodogyl",
    "sulfamethoxazole+trimethoprim": (
        "Bactrim, cotrimoxazole, TMP-SMX, SMX-TMP, triméthoprime sulfaméthoxazole, "
        "sulfaméthoxazole triméthoprime"
    ),
    "codeine+paracetamol": "Codoliprane, Klipal, Dafalgan Codéine, Efferalgan Codéine",
    "paracetamol+tramadol": "Ixprim, Zaldiar",
}
"""Brands and names of fixed combinations, and the substances that they all mean."""

MEMBERS: Final = {
    "antibiotics": (
        "amoxicillin clavulanic-acid benzylpenicillin phenoxymethylpenicillin cloxacillin "
        "ceftriaxone cefazolin cefuroxime cefpodoxime cefixime erythromycin clarithromycin "
        "azithromycin spiramycin josamycin ciprofloxacin levofloxacin ofloxacin norfloxacin "
        "doxycycline pristinamycin vancomycin gentamicin metronidazole sulfamethoxazole "
        "trimethoprim nitrofurantoin fosfomycin"
    ),
    "beta-lactams": (
        "amoxicillin clavulanic-acid benzylpenicillin phenoxymethylpenicillin cloxacillin "
        "ceftriaxone cefazolin cefuroxime cefpodoxime cefixime"
    ),
    "penicillins": "amoxicillin benzylpenicillin phenoxymethylpenicillin cloxacillin",
    "cephalosporins": "ceftriaxone cefazolin cefuroxime cefpodoxime cefixime",
    "macrolides": "erythromycin clarithromycin azithromycin spiramycin josamycin",
    "quinolones": "ciprofloxacin levofloxacin ofloxacin norfloxacin",
    "tetracyclines": "doxycycline",
    "aminoglycosides": "gentamicin",
    "opioids": "codeine morphine tramadol",
    "heparins": "heparin enoxaparin",
    "muscle-relaxants": "thiocolchicoside",
    "neuromuscular-blockers": "suxamethonium rocuronium atracurium",
    "iodinated-contrast-media": "iohexol iodixanol",
    "proton-pump-inhibitors": "omeprazole",
    "statins": "rosuvastatin atorvastatin simvastatin",
    "ace-inhibitors": "ramipril perindopril enalapril",
    "macrogols": "macrogol",
    "polysorbates": "polysorbate-80",
    "iodine": "povidone-iodine",
    "chlorhexidine": "chlorhexidine-gluconate",
    "peanut": "arachis-oil",
    "soya": "soybean-oil",
    "gelatin": "modified-fluid-gelatin",
}
"""The groups of common allergens of which the data has substances, with these."""

WITHOUT_MEMBER: Final = {
    *("latex", "nickel", "adhesives", "perfumes", "shellfish", "tree-nuts", "egg", "milk", "wheat"),
    *("sesame", "fruit", "pollen", "dust-mites", "animal-dander", "moulds", "insect-venom"),
    *("vaccines", "fish"),
}
IN_THE_EQUIPMENT: Final = {"latex", "nickel", "adhesives", "iodine", "chlorhexidine"}

REACHED: Final = [
    # An allergy, a substance that it reaches, what says so (None: it names it), and where.
    ("amoxicilline", "benzylpenicillin", Evidence.LABEL, "amoxicillin-smpc"),
    ("amoxicilline", "ceftriaxone", Evidence.POSSIBLE, "amoxicillin-smpc"),
    ("amoxicilline", "erythromycin", Evidence.POSSIBLE, "house-rules"),
    ("ceftriaxone", "cefazolin", Evidence.LABEL, "ceftriaxone-swiss"),
    ("ceftriaxone", "amoxicillin", Evidence.POSSIBLE, "amoxicillin-smpc"),
    ("pénicilline", "erythromycin", Evidence.POSSIBLE, "house-rules"),
    ("pénicilline", "cefuroxime", Evidence.POSSIBLE, "amoxicillin-smpc"),
    ("céphalosporines", "cloxacillin", Evidence.POSSIBLE, "amoxicillin-smpc"),
    ("bêta-lactamines", "amoxicillin", None, ""),
    ("bêta-lactamines", "cefixime", None, ""),
    ("antibiotiques", "gentamicin", None, ""),
    ("antibiotiques", "metronidazole", None, ""),
    ("érythromycine", "azithromycin", Evidence.POSSIBLE, "house-rules"),
    ("Ciflox", "ofloxacin", Evidence.POSSIBLE, "house-rules"),
    ("morphine", "codeine", Evidence.POSSIBLE, "house-rules"),
    ("Lovenox", "heparin", Evidence.POSSIBLE, "house-rules"),
    ("iohexol", "iodixanol", Evidence.POSSIBLE, "house-rules"),
    ("rocuronium", "atracurium", Evidence.POSSIBLE, "house-rules"),
    ("atorvastatine", "simvastatin", Evidence.POSSIBLE, "house-rules"),
    ("ramipril", "enalapril", Evidence.POSSIBLE, "house-rules"),
    ("iode", "povidone-iodine", None, ""),
    ("chlorhexidine", "chlorhexidine-gluconate", None, ""),
    ("myorelaxants", "thiocolchicoside", None, ""),
    ("sulfamides", "sulfamethoxazole", None, ""),
    ("Bactrim", "procaine", Evidence.POSSIBLE, "finucane-local-anaesthetics"),
    ("Biseptine", "benzyl-alcohol", None, ""),
    ("macrogol", "polyoxyl-castor-oil", Evidence.POSSIBLE, "house-rules"),
    ("PEG", "polysorbate-80", Evidence.POSSIBLE, "stone-2018"),
    ("polysorbates", "macrogol", Evidence.POSSIBLE, "stone-2018"),
    ("polysorbate 80", "polyoxyl-castor-oil", Evidence.POSSIBLE, "house-rules"),
    ("huile de ricin", "macrogol", Evidence.POSSIBLE, "house-rules"),
    ("Cremophor", "polysorbate-80", Evidence.POSSIBLE, "house-rules"),
    ("soja", "arachis-oil", Evidence.LABEL, "ema-excipients-2017"),
    ("arachide", "soybean-oil", Evidence.POSSIBLE, "house-rules"),
    ("seafood", "calcitonin-salmon", Evidence.POSSIBLE, "house-rules"),
]
NOT_REACHED: Final = [
    ("vancomycine", "procaine"),
    ("curares", "thiocolchicoside"),
    ("rocuronium", "thiocolchicoside"),
    ("iode", "iohexol"),
    ("fruits de mer", "iohexol"),
    ("fruits de mer", "calcitonin-salmon"),
    ("paracétamol", "piroxicam"),
    ("métamizole", "piroxicam"),
    ("sulfites", "sulfamethoxazole"),
    ("œufs", "arachis-oil"),
]


def allergy_to(formulary: mesomix.Formulary, written: str) -> mesomix.Allergy:
    """The one allergy that `written` declares."""
    [allergy] = formulary.patient(allergies=[written]).recognised
    return allergy


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    """Each name of `table`, with what it means."""
    return [(name, meant) for meant, names in table.items() for name in names.split(", ")]


# --- Names ----------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [GROUPS, SUBSTANCES, COMBINATIONS])
def test_a_common_allergen_is_known_by_what_people_call_it(
    table: dict[str, str], formulary: mesomix.Formulary
) -> None:
    read = [
        (written, meant, [a.id for a in formulary.patient(allergies=[text]).recognised])
        for name, meant in pairs(table)
        for written, text in ((name, name), (name, f"Allergie : {name.upper()}"))
    ]
    assert read
    assert [one for one in read if one[2] != [one[1]]] == []


def test_no_name_of_a_common_allergen_is_too_short_to_be_one() -> None:
    written = [name for name, _ in (*pairs(GROUPS), *pairs(SUBSTANCES), *pairs(COMBINATIONS))]
    assert [name for name in written if len(name) < 3] == []


@pytest.mark.slow
def test_no_common_allergen_is_a_corticosteroid(formulary: mesomix.Formulary) -> None:
    called = [
        name
        for name, _ in (*pairs(GROUPS), *pairs(SUBSTANCES), *pairs(COMBINATIONS))
        if allergy_to(formulary, name).id != "corticosteroid"
        for finding in mesomix.check(formulary.mixture(name)).findings
        if finding.rule == "corticosteroid"
    ]
    assert called == []


# --- What they reach ------------------------------------------------------------------------


@pytest.mark.parametrize("group", MEMBERS)
def test_a_group_of_common_allergens_has_these_substances(group: str) -> None:
    held = {key for key, table in DATA["substances"].items() if group in table.get("groups", ())}
    assert held == set(MEMBERS[group].split())


def test_these_groups_are_known_though_no_substance_is_in_them() -> None:
    held = {group for table in DATA["substances"].values() for group in table.get("groups", ())}
    assert DATA["groups"].keys() - held == WITHOUT_MEMBER


@pytest.mark.parametrize(("written", "substance", "evidence", "source"), REACHED)
def test_an_allergy_reaches_what_its_source_says(
    written: str,
    substance: str,
    evidence: Evidence | None,
    source: str,
    formulary: mesomix.Formulary,
) -> None:
    reach = allergy_to(formulary, written).reaches[substance]
    assert reach.evidence is evidence
    assert (reach.citation.reference if reach.citation else "") == source


@pytest.mark.parametrize(("written", "substance"), NOT_REACHED)
def test_an_allergy_does_not_reach_what_no_source_says(
    written: str, substance: str, formulary: mesomix.Formulary
) -> None:
    assert substance not in allergy_to(formulary, written).reaches


def test_an_allergy_to_muscle_relaxants_refuses_thiocolchicoside_and_one_to_curares_does_not(
    formulary: mesomix.Formulary,
) -> None:
    verdicts = {
        written: mesomix.check(
            formulary.mixture("Miorel"), formulary.patient(allergies=[written], nothing_else=True)
        ).verdict
        for written in ("myorelaxants", "curares")
    }
    assert verdicts["myorelaxants"] is Verdict.REFUSE
    assert verdicts["curares"] is not Verdict.REFUSE


@pytest.mark.parametrize("written", ["macrogol", "polysorbates", "PEG 4000"])
def test_an_allergy_to_a_macrogol_asks_about_the_surfactant_of_vitamin_e(
    written: str, formulary: mesomix.Formulary
) -> None:
    patient = formulary.patient(allergies=[written], nothing_else=True)
    report = mesomix.check(formulary.mixture("Vit E Nepalm"), patient)
    found = {finding.rule: finding.severity for finding in report.findings}
    assert found["possible-cross-allergy"] is Severity.REVIEW
    assert "known-allergy" not in found


# --- What no list of excipients tells -------------------------------------------------------


def test_these_may_be_in_the_equipment_or_in_the_antisepsis() -> None:
    marked = {k for k, table in DATA["groups"].items() if table.get("outside_composition")}
    assert marked == IN_THE_EQUIPMENT
    assert all(DATA["groups"][key]["place"] == "H10" for key in marked)


# --- Codes ----------------------------------------------------------------------------------

ATC: Final = {
    "amoxicillin": "J01CA04 J01CR02",
    "benzylpenicillin": "J01CE01 J01CE08",
    "phenoxymethylpenicillin": "J01CE02 J01CE10",
    "cloxacillin": "J01CF02",
    "ceftriaxone": "J01DD04",
    "cefazolin": "J01DB04",
    "cefuroxime": "J01DC02 S01AA27",
    "cefpodoxime": "J01DD13",
    "cefixime": "J01DD08",
    "erythromycin": "J01FA01",
    "clarithromycin": "J01FA09",
    "azithromycin": "J01FA10",
    "spiramycin": "J01FA02 J01RA04",
    "josamycin": "J01FA07",
    "ciprofloxacin": "J01MA02 S01AE03",
    "levofloxacin": "J01MA12",
    "ofloxacin": "J01MA01 S01AE01 S02AA16",
    "norfloxacin": "J01MA06 S01AE02",
    "doxycycline": "J01AA02",
    "pristinamycin": "J01FG01",
    "vancomycin": "J01XA01",
    "gentamicin": "J01GB03",
    "metronidazole": "J01XD01 P01AB01 G01AF01",
    "sulfamethoxazole": "J01EC01 J01EE01",
    "trimethoprim": "J01EA01",
    "nitrofurantoin": "J01XE01",
    "fosfomycin": "J01XX01",
    "codeine": "R05DA04 N02AJ06",
    "morphine": "N02AA01",
    "tramadol": "N02AX02 N02AJ13",
    "paracetamol": "N02BE01 N02BE51",
    "nefopam": "N02BG06",
    "metamizole": "N02BB02",
    "allopurinol": "M04AA01",
    "carbamazepine": "N03AF01",
    "lamotrigine": "N03AX09",
    "phenytoin": "N03AB02",
    "omeprazole": "A02BC01",
    "iohexol": "V08AB02",
    "iodixanol": "V08AB09",
    "povidone-iodine": "D08AG02 G01AX11",
    "chlorhexidine-gluconate": "D08AC02",
    "heparin": "B01AB01",
    "enoxaparin": "B01AB05",
    "suxamethonium": "M03AB01",
    "rocuronium": "M03AC09",
    "atracurium": "M03AC04",
    "phloroglucinol": "A03AX12",
    "metoclopramide": "A03FA01",
    "hydroxyzine": "N05BB01",
    "quinine": "P01BC01",
    "rosuvastatin": "C10AA07",
    "atorvastatin": "C10AA05",
    "simvastatin": "C10AA01",
    "ramipril": "C09AA05",
    "perindopril": "C09AA04",
    "enalapril": "C09AA02",
    "clopidogrel": "B01AC04",
    "rivaroxaban": "B01AF01",
    "apixaban": "B01AF02",
    "methotrexate": "L01BA01 L04AX03",
    "insulin": (
        "A10AB01 A10AC01 A10AD01 A10AB04 A10AD04 A10AB05 A10AD05 A10AB06 A10AE04 A10AE05 A10AE06"
    ),
    "macrogol": "A06AD15",
    "modified-fluid-gelatin": "B05AA06",
}
"""The classes of WHO, some of which the medicines database does not have."""


def test_a_common_allergen_is_in_the_classes_of_who() -> None:
    assert {key: DATA["substances"][key]["atc"] for key in ATC} == {
        key: classes.split() for key, classes in ATC.items()
    }
