"""Texts that somebody might write to do harm, and a clinic's own formulary that is full of them."""

import json
from pathlib import Path
from typing import Final

SCRIPT: Final = "window.pwned=1"
TEXTS: Final = {
    "script": f"<script>{SCRIPT}</script>",
    "picture": f'"><img src=x onerror={SCRIPT}>',
    "drawing": f"'><svg onload={SCRIPT}>",
    "attribute": f"' onmouseover={SCRIPT} autofocus tabindex=0 onfocus={SCRIPT} '",
    "double": f'" onmouseover={SCRIPT} autofocus tabindex=0 onfocus={SCRIPT} "',
    "style": f"</style><script>{SCRIPT}</script>",
    "title": f"</title></svg></section><script>{SCRIPT}</script>",
    "comment": f"--><script>{SCRIPT}</script><!--",
    "section": f"]]><script>{SCRIPT}</script><![CDATA[",
    "address": f"javascript:{SCRIPT}",
    "frame": f"<iframe srcdoc='<script>parent.{SCRIPT}</script>'></iframe>",
    "refresh": f"<meta http-equiv=refresh content='0;url=javascript:{SCRIPT}'>",
    "stylesheet": "<link rel=stylesheet href=http://elsewhere.example/a.css>",
    "entity": f"&lt;script&gt;{SCRIPT}&lt;/script&gt;&#60;b&#62;",
    "markdown": f"[a](javascript:{SCRIPT}) ![b](http://elsewhere.example/b.png) `|` |",
    "template": "{{7*7}} ${7*7} {0} %s %(x)s",
    "directions": "abc\u202edef\u2066ghi\u2069\u202c\u200f",
    "controls": "nul\x00escape\x1b[2Jbell\x07next\x85",
    "lines": "line\nline\r\nline\u2028line",
    "combining": "z" + "\u0301\u0323\u0330" * 40 + "algo",
    "wide": "W" * 10_000,
    "long": "mot " * 2_500,
}
"""By what each of them is."""
SURROGATE: Final = "lone\ud800surrogate"
"""Which no file can hold, and Python can."""


_OF_EACH: Final = """
[references.{id}]
title = {text}
author = {text}
date = {text}
url = {text}
checked = 2026-11-21
[conditions.{id}]
fr = {name}
en = {name}
{cited}
[substances.{id}]
fr = {name}
en = {name}
{cited}
[[substances.{id}.contraindications]]
condition = "{id}"
severity = "refuse"
{cited}
[[substances.{id}.reported_harms]]
other = "procaine"
fr = {name}
en = {name}
{cited}
[[substances.{id}.maximum_doses]]
amount = "1 mg"
per = "dose"
fr = {name}
en = {name}
{cited}
[products.{id}]
fr = {name}
en = {name}
substances = ["{id}"]
effects = ["draining"]
{cited}
[products.{id}.specialties.{id}-1-mg-ml]
name = {name}
brand = "Zorg {id}"
strength = {text}
form = {text}
containers = ["2 mL"]
routes = ["intradermal"]
{cited}
[[products.{id}.specialties.{id}-1-mg-ml.amounts]]
substance = "{id}"
fr = {name}
en = {name}
amount = "1 mg"
volume = "1 mL"
{cited}
[products.{id}.specialties.{id}-1-mg-ml.marketing]
state = "stopped"
{cited}
[substances.{id}.mixing_forbidden]
{cited}
"""
_CITED: Final = """source = "{id}"
place = {text}
quote = {text}
checked = 2026-11-21
"""


def own_formulary(folder: Path) -> Path:
    """A clinic's own formulary, with each of the texts as a name, a quotation and an address."""
    tables = [f"version = {_quoted(TEXTS['script'])}"]
    for kind, text in TEXTS.items():
        cited = _CITED.format(id=kind, text=_quoted(text))
        # No two names may be read alike, and what is longer than a name is none.
        name = _quoted(f"{text[:400]} {kind}")
        tables.append(_OF_EACH.format(id=kind, name=name, text=_quoted(text), cited=cited))
    file = folder / "hostile.toml"
    file.write_text("\n".join(tables), encoding="utf-8")
    return file


def _quoted(text: str) -> str:
    """A string of TOML, whose escapes are those of JSON."""
    return json.dumps(text)
