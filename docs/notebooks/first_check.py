# %% [markdown]
# # Une première vérification
#
# Pour médecins et pharmaciens. mesomix dit ce qui s'oppose à un mélange de mésothérapie, et d'où
# il le tient. Il ne dit jamais qu'un mélange peut être injecté : un médecin décide. Chaque
# cellule se lit seule ; les lignes `assert` disent ce que l'on doit y trouver, et arrêtent le
# carnet si ce n'est pas le cas.
#
# *For physicians and pharmacists. mesomix says what objects to a mixture, and where it has that
# from; never that one may be injected. The `assert` lines say what has to be found, and stop the
# notebook where it is not.*

# %%
import mesomix

formulary = mesomix.load()
assert len(formulary.products) == 9

# %% [markdown]
# ## Un mélange, un patient
#
# Écrivez les produits comme sur une ordonnance. `nothing_else=True` veut dire : tout le reste a
# été demandé, et la réponse est non. Ne l'écrivez que si c'est vrai.
#
# *Write the products as on a prescription. `nothing_else=True` means that everything else was
# asked, and denied.*

# %%
mixture = formulary.mixture("Procaïne Lavoisier", "Dicynone")
patient = formulary.patient(allergies=["sulfites"], nothing_else=True)
report = mesomix.check(mixture, patient)

assert report.verdict is mesomix.Verdict.REFUSE
assert report.findings[0].rule == "known-allergy"
report

# %% [markdown]
# ## Lire la carte
#
# - **En haut, le verdict**, par une marque, un mot et une couleur : ✗ refus, ? à revoir, ○ aucune
#   objection.
# - **Les objections**, les plus graves d'abord. Dépliez une ligne : qui le dit, où, et dans quels
#   mots.
# - **Non vérifié** : ce qui n'a pas pu l'être. Lisez-le comme le reste ; ce qui n'a pas été
#   demandé n'est jamais un non.
# - **Lu comme** : ce que mesomix a compris de ce qui était écrit. Vérifiez-le d'abord si quelque
#   chose étonne.
# - **Tout en bas**, les données : deux rapports sur les mêmes données disent la même chose.
#
# *From top to bottom: the verdict; the objections, each with its source folded under it; what was
# not checked; what was read of what was written; the data.*

# %% [markdown]
# ## Ce qui n'a pas été demandé
#
# Le même mélange, sans rien dire du patient. Ce n'est pas « aucune objection » : aucune règle sur
# un patient n'a pu être appliquée, et le médecin doit décider.
#
# *The same mixture, and nothing is told of the patient: that is a review, since no rule about a
# patient could run.*

# %%
nobody = mesomix.check(formulary.mixture("Procaïne Lavoisier", "Maginjectable"))

assert nobody.verdict is mesomix.Verdict.REVIEW
assert "known-allergy" in {skipped.rule for skipped in nobody.not_checked}
nobody

# %% [markdown]
# Le même encore, une fois tout demandé. « Aucune objection » dit que toutes les règles sur les
# produits et le patient ont été appliquées, celles sur les doses et la séance pour autant qu'elles
# sont décrites (ici, elles ne le sont pas : voyez « Non vérifié »), et qu'aucune ne s'oppose ; rien
# de plus. Lisez ce que la carte laisse à savoir.
#
# *The same once everything was asked. “No objection” says that every rule about the products and
# the patient ran, those about doses and the session as far as they were told (here they were not:
# see what was not checked), and that none objects; it says no more.*

# %%
asked = formulary.patient(allergies=[], nothing_else=True)
answered = mesomix.check(formulary.mixture("Procaïne Lavoisier", "Maginjectable"), asked)

assert answered.verdict is mesomix.Verdict.NO_OBJECTION
assert all(finding.severity is mesomix.Severity.NOTE for finding in answered.findings)
assert {"above-label-dose", "deep-injection"} <= {skipped.rule for skipped in answered.not_checked}
answered

# %% [markdown]
# ## Une allergie, dite comme on la dit
#
# « AINS » est une famille ; « je ne supporte pas l'aspirine » est une phrase. Les deux atteignent
# le piroxicam. Un mot qui n'est pas reconnu est gardé et devient une question.
#
# *An allergy in one's own words: a family or a sentence. One that is not recognised is kept, and
# asked about.*

# %%
for said in ("AINS", "je ne supporte pas l'aspirine", "mot inconnu"):
    allergic = formulary.patient(allergies=[said], nothing_else=True)
    found = mesomix.check(formulary.mixture("Piroxicam Teva"), allergic)
    assert found.verdict is not mesomix.Verdict.NO_OBJECTION

assert found.verdict is mesomix.Verdict.REVIEW
assert "unrecognised-allergy" in {finding.rule for finding in found.findings}
found

# %% [markdown]
# ## Des quantités
#
# Elles sont facultatives. Écrites, elles donnent ce que contient la seringue, et sont comparées
# aux maxima des RCP. mesomix ne connaît aucune dose de mésothérapie.
#
# *Amounts are optional. Where they are written, they are compared with the maximum doses of
# labels; none is for mesotherapy.*

# %%
syringe = formulary.mixture("Procaïne Lavoisier 2 % 2 ml", "Miorel 3 ml")
measured = mesomix.check(syringe, asked)

assert measured.verdict is mesomix.Verdict.REFUSE
assert measured.findings[0].rule == "above-label-dose"
assert "6 mg" in measured.findings[0].message.fr
measured

# %% [markdown]
# ## En anglais, et à garder
#
# La même carte en anglais ; et une page qui se garde, s'envoie et s'imprime sur une feuille A4.
# Ici elle va dans un dossier provisoire. Elle contient ce qui a été dit du patient : gardez-la
# comme un dossier médical.
#
# *The same card in English, and a page to be kept or printed. It holds what was told of the
# patient.*

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

with TemporaryDirectory() as folder:
    page = Path(folder, "rapport.html")
    page.write_text(measured.card("fr").page(), encoding="utf-8")
    assert page.stat().st_size < 30_000
    archived = Path(folder, "report.json")
    archived.write_text(measured.model_dump_json(), encoding="utf-8")
    again = mesomix.Report.model_validate_json(archived.read_bytes())

assert again == measured
measured.card("en")
