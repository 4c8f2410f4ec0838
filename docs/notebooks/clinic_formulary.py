# %% [markdown]
# # Le formulaire d'un cabinet
#
# Un cabinet injecte un produit que mesomix ne connaît pas : il l'écrit, le vérifie, et voit ce
# qui change. Le produit est inventé.
#
# *A practice injects a product that mesomix does not know: it writes it down, lints it, and sees
# what changes. The product is made up.*

# %%
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import mesomix
from mesomix import space, view

folder = Path(mkdtemp())  # nothing is written anywhere else
path = folder / "clinic.toml"

# %% [markdown]
# ## L'écrire
#
# Chaque fait a une source, et le jour où quelqu'un l'a vérifié. Ce que personne n'a cherché n'est
# pas écrit : absent n'est pas « aucun ».
#
# *Each fact has a source and a day. What nobody has looked up is left out: absent is not “none”.*

# %%
WRITTEN = """
version = "our-practice-2026.1"

[references.our-protocol]
title = "Protocole de notre cabinet"
date = "2026-11"
checked = 2026-11-21

[substances.exemplin]
fr = "exempline"
en = "exemplin"
source = "our-protocol"
checked = 2026-11-21

[[substances.exemplin.contraindications]]
condition = "epilepsy"
severity = "refuse"
source = "our-protocol"
place = "p. 3"
checked = 2026-11-21

[products.exemplin]
fr = "exempline"
en = "exemplin"
substances = ["exemplin"]
effects = ["draining"]
source = "our-protocol"
checked = 2026-11-21

[products.lidocaine]
fr = "lidocaïne"
en = "lidocaine"
substances = ["lidocaine"]
effects = ["analgesic"]
source = "our-protocol"
checked = 2026-11-21

[products.magnesium-pidolate]
fr = "pidolate de magnésium"
en = "magnesium pidolate"
substances = ["magnesium-pidolate"]
effects = ["decontracturant", "scar"]
source = "our-protocol"
checked = 2026-11-21
"""
assert path.write_text(WRITTEN.replace('"draining"', '"drainage"'), encoding="utf-8")

# %% [markdown]
# ## Le vérifier
#
# Le linter dit ce qui est faux, où, et que faire ; puis ce qui manque encore (*gap*), qui
# n'arrête rien mais que chaque rapport redira.
#
# *The linter says what is wrong, where, and what to do; and what is merely unfinished, which
# every report will repeat.*

# %%
slip = mesomix.lint(path, select=["error", "warning"])  # without what is only unfinished
assert slip.status == 1
assert "unknown-effect" in {found.rule for found in slip.diagnostics}
print(slip.text("fr").replace(str(folder), "."))

# %%
assert path.write_text(WRITTEN, encoding="utf-8")
mended = mesomix.lint(path, as_of=date(2026, 11, 21))
assert mended.status == 0  # gaps are left, and nothing is wrong
for found in mended.diagnostics:
    print(f"{found.place.key} : {found.message.fr}")

# %% [markdown]
# ## Le voir
#
# La carte d'un formulaire a ses produits, ce qui est connu de chacun, et ce qui ne l'est pas.
#
# *The card of a formulary has its products, what is known of each, and what is not.*

# %%
formulary = mesomix.load(path)
assert set(formulary.products) == {"exemplin", "lidocaine", "magnesium-pidolate"}
formulary

# %%
chart = view.effects_chart(formulary)
assert "exempline" in chart.text
chart

# %% [markdown]
# Deux produits ensemble : ✗ et ? sont ce que disent les règles, **gris est inconnu**. Personne
# n'a étudié la plupart de ces mélanges.
#
# *Two products together; grey is unknown. Nobody has studied most of these mixtures.*

# %%
matrix = view.pair_matrix(formulary)
assert "inconnu" in matrix.text
matrix

# %% [markdown]
# ## Tous ses mélanges
#
# De un, deux ou trois produits, pour un patient : ici sans allergie connue, et à qui tout a été
# demandé.
#
# *All of its mixtures of one, two or three products, for a patient.*

# %%
answers_no = formulary.patient(allergies=[], nothing_else=True)
census = space.census(formulary, answers_no)
assert census.total == 3 + 3 + 1
assert sum(census.verdicts.values()) == census.total
census

# %% [markdown]
# ## À côté du formulaire livré
#
# Sept produits n'y sont plus, un y est nouveau. Ce qui est écrit d'un produit retiré n'est plus
# reconnu : à revoir, même où c'était refusé.
#
# *Beside the formulary that ships with mesomix: seven products are gone, and one is new.*

# %%
shipped = mesomix.load()
same = (shipped.patient(allergies=[], nothing_else=True), answers_no)
beside = space.diff(shipped, formulary, same)
assert beside.added == ("exemplin",)
assert len(beside.removed) == 7
beside

# %% [markdown]
# ## Ce qu'un changement change
#
# Le cabinet ne refuse plus l'exempline en cas d'épilepsie : il demande un avis. Sans épilepsie,
# rien ne change ; avec elle, des refus disparaissent, et chacun demande une raison écrite. Une
# comparaison ne voit que le patient qu'on lui donne : `mesomix diff` les essaie tous.
#
# *The practice asks for an opinion where it refused. Whoever has no epilepsy sees no change. A
# comparison sees the patient that it is given: `mesomix diff` tries each for whom something may
# change.*

# %%
later_path = folder / "clinic-later.toml"
later_text = WRITTEN.replace('severity = "refuse"', 'severity = "review"').replace(".1", ".2")
assert later_path.write_text(later_text, encoding="utf-8")
later = mesomix.load(later_path)
answers_no_later = later.patient(allergies=[], nothing_else=True)
assert space.diff(formulary, later, (answers_no, answers_no_later)).milder == 0

before = formulary.patient(allergies=[], facts={"epilepsy": True}, nothing_else=True)
after = later.patient(allergies=[], facts={"epilepsy": True}, nothing_else=True)
changed = space.diff(formulary, later, (before, after))
assert (changed.milder, changed.worse) == (4, 0)
changed

# %% [markdown]
# ## Une règle à soi
#
# Ce cabinet demande l'avis d'un confrère au-delà de deux produits. Une règle nomme le problème,
# regarde ses paramètres et rien d'autre, et cite ce sur quoi elle repose.
#
# *This practice asks for a colleague's opinion beyond two products.*


# %%
@mesomix.rule(
    mesomix.Severity.REVIEW,
    fr="Plus de deux produits : nous demandons l'avis d'un confrère.",
    en="More than two products: we ask for a colleague's opinion.",
    cites=[mesomix.Citation("our-protocol", place="p. 6")],
)
def more_than_two(mixture: mesomix.Mixture) -> mesomix.Flags:
    """More than two products are listed."""
    if mixture.count > 2:
        yield mesomix.flag()


rules = mesomix.Rulebook([*mesomix.RULES, more_than_two])
three = formulary.mixture("exempline", "lidocaïne", "pidolate de magnésium")
report = rules.check(three, answers_no)
assert "more-than-two" in {finding.rule for finding in report.findings}
assert report.verdict is mesomix.Verdict.REVIEW
report
