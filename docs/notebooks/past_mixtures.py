# %% [markdown]
# # Un audit de mélanges passés
#
# Un service a un tableau de ses séances : que dirait mesomix de chacune ? Il faut l'extra
# `tables` (`pip install '.[tables]'`) et, pour voir des tableaux, pandas. Les séances sont
# inventées.
#
# *A table of past sessions: what would mesomix say of each? It needs the extra `tables`, and
# pandas to look at frames. The sessions are made up.*
#
# Un audit dit ce que mesomix aurait dit. Il ne dit pas qu'un patient a souffert, ni qu'aucun n'a
# souffert.
#
# *An audit tells what mesomix would have said: not that a patient came to harm, nor that none
# did.*

# %%
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

import mesomix
from mesomix import batch, space

formulary = mesomix.load()
folder = Path(mkdtemp())  # nothing is written anywhere else

# %% [markdown]
# ## Le tableau
#
# Une séance par ligne. Une case vide à la place d'une allergie veut dire « non demandé », et non
# « aucune ».
#
# *One session a row. An empty cell in the place of an allergy means “not asked”, and not “none”.*

# %%
sessions = pd.DataFrame(
    [
        ("A", "Procaïne Lavoisier", "Maginjectable", "", "aucune", "non"),
        ("A", "Procaïne Lavoisier", "Dicynone", "", "sulfites", "non"),
        ("A", "Mésocaïne", "Miorel", "Kenacort", "", "oui"),
        ("B", "Mésocaïne", "Miorell", "", "aucune", "peut-être"),
        ("B", "Mésocaïne", "Miorel", "", "aucune", "non"),
        ("B", "Procaïne", "Piroxicam", "", "AINS", "non"),
        ("B", "Procaïne Lavoisier", "Maginjectable", "", "aucune", "non"),
        ("C", "Dicynone", "Mésocaïne", "", "iode", ""),
        ("C", "Procaïne Lavoisier", "Miorel", "Dicynone", "latex", "non"),
        ("C", "Procaïne Lavoisier", "Maginjectable", "", "aucune", "non"),
    ],
    columns=["site", "product_1", "product_2", "product_3", "allergies", "pregnancy"],
)
assert len(sessions) == 10
sessions

# %%
path = folder / "sessions.parquet"
pq.write_table(pa.Table.from_pandas(sessions, preserve_index=False), path)
assert path.exists()

# %% [markdown]
# ## L'audit
#
# Les colonnes sont nommées. `nothing_else=True` dit que tout le reste a été demandé à chaque
# patient : ne l'écrivez que si c'est vrai. Le résultat est un autre fichier, qui a toutes les
# lignes, dans leur ordre.
#
# *Columns are named. `nothing_else=True` says that every patient was asked about everything else:
# only write it if that is true. What comes out is another file, with all rows in their order.*

# %%
columns = batch.Columns(
    products=("product_1", "product_2", "product_3"),
    allergies="allergies",
    facts={"pregnancy": "pregnancy"},
    nothing_else=True,
)
judged_path = folder / "judged.parquet"
summary = batch.audit(
    batch.open_table(path), formulary, columns, by="site", output=judged_path, findings="list"
)
assert summary.rows == 10
assert sum(summary.verdicts.values()) == summary.rows
assert summary.malformed.rows == 1  # « peut-être »
assert [name for name, _ in summary.unread.names] == ["Miorell"]
summary

# %% [markdown]
# **La lire.** La barre d'abord ; puis ce qui n'a pas été lu, qui compte autant : « Miorell » est
# une faute de frappe, « peut-être » n'est pas une réponse. Puis les règles, et les sites : la barre
# d'un site est en proportion, le nombre de ses lignes est à côté. Trois ou quatre lignes par site
# ne se comparent pas.
#
# *The bar first; then what was not read, which counts as much; then the rules and the sites. Few
# rows compare nothing.*

# %% [markdown]
# ## Ce qui revient le plus
#
# Le fichier a les constats de chaque ligne : on compte les objections, et dans combien de lignes
# la règle est certaine.
#
# *The file has the findings of each row: which objections are the most frequent, and in how many
# rows the rule is sure.*

# %%
judged = pq.read_table(judged_path)
assert judged.num_rows == 10
rows = [
    {"règle": found["rule"], "gravité": found["severity"], "certain": found["certain"]}
    for findings in judged["mesomix_findings"].to_pylist()
    for found in {(one["rule"], one["certain"]): one for one in findings}.values()
    if found["severity"] != "note"
]
frequent = (
    pd.DataFrame(rows)
    .value_counts()
    .rename("lignes")
    .reset_index()
    .sort_values(["lignes", "règle"], ascending=[False, True], ignore_index=True)
)
assert {"known-allergy", "corticosteroid", "mixing-forbidden"} <= set(frequent["règle"])
frequent

# %% [markdown]
# ## Une ligne, en entier
#
# Pourquoi la deuxième séance est-elle refusée ? On la vérifie seule : la carte a les sources.
#
# *Why was the second session refused? Check that row alone: its card has the sources.*

# %%
row = sessions.iloc[1]
mixture = formulary.mixture(row["product_1"], row["product_2"])
patient = formulary.patient(
    allergies=[row["allergies"]], facts={"pregnancy": False}, nothing_else=True
)
report = mesomix.check(mixture, patient)
assert report.verdict.value == judged["mesomix_verdict"].to_pylist()[1] == "refuse"
report

# %% [markdown]
# La même en tableau : une ligne par constat, et une par règle qui n'a pas pu être appliquée.
# Gardez ces dernières : sans elles, tout semble vérifié.
#
# *The same as a data frame: a row for each finding, and one for each rule that could not run.
# Keep these in.*

# %%
frame = report.to_frame("fr", backend="pandas")
assert frame.loc[0, "rule"] == "known-allergy"
assert set(frame["status"]) <= {"objects", "cannot-tell", "note", "not-checked"}
frame[["status", "rule", "severity", "message"]]

# %% [markdown]
# ## Un tableau qui est déjà en mémoire
#
# `check_frame` prend un tableau de pandas, de polars ou d'Arrow et lui ajoute ses colonnes. Les
# réponses y sont des booléens ; une réponse qui manque (ici « peut-être ») n'a pas été demandée.
#
# *`check_frame` adds its columns to a frame of pandas, polars or Arrow. Answers are booleans; a
# missing one was not asked.*

# %%
answers = {"oui": True, "non": False}
typed = sessions.assign(pregnancy=sessions["pregnancy"].map(answers).astype("boolean"))
checked = batch.check_frame(typed, formulary, columns)
assert checked["mesomix_verdict"].to_list()[:3] == ["no-objection", "refuse", "refuse"]
checked[["site", "product_1", "product_2", "product_3", "mesomix_verdict", "mesomix_open"]]

# %% [markdown]
# ## Ce qu'une allergie retire
#
# Pour le patient de la deuxième séance : par effet, ce qui est refusé (✗), ce qui demande un avis
# (?), et ce dont rien de plus n'est dit (=).
#
# *What this patient's answers take away, effect by effect.*

# %%
shadow = space.shadow(patient, formulary)
refused = {one.product.id for effect in shadow.effects for one in effect.refused}
questioned = {one.product.id for effect in shadow.effects for one in effect.questioned}
assert refused | questioned
assert not refused & questioned
shadow

# %% [markdown]
# ## Ce qu'il vaut la peine de savoir
#
# Les questions ouvertes, par le nombre de mélanges que leur réponse trancherait.
#
# *The open questions, by how many mixtures an answer would settle.*

# %%
gaps = space.gaps(formulary, patient)
assert gaps.reviewed >= gaps.settled
assert gaps.gaps
gaps
