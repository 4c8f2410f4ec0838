"""The style sheets: of a card, wherever it is shown, and of a page that is kept or printed.

Text has the colour of its surroundings, and every other colour is mixed with it, so that a card
follows any theme, light or dark. A colour never stands alone: a mark and a word say the same.
"""

from typing import Final

CARD_STYLE: Final = """
.mesomix{--refuse:#c62828;--review:#a65f00;--no-objection:#1f6fb2;--open:#6f55c2;--note:#6b7280;
font:14px/1.45 system-ui,sans-serif;max-width:60rem;overflow-wrap:anywhere;text-align:left}
.mesomix *{box-sizing:border-box}
.mesomix .refuse{--c:var(--refuse)}.mesomix .review{--c:var(--review)}
.mesomix .no-objection{--c:var(--no-objection)}.mesomix .open{--c:var(--open)}
.mesomix .note{--c:var(--note)}
.mesomix .verdict{display:flex;gap:.8em;align-items:center;padding:.7em 1em;border-radius:6px;
border-left:6px solid var(--c);background:color-mix(in srgb,var(--c) 14%,transparent)}
.mesomix .verdict>div{flex:1;min-width:0}
.mesomix .mark{display:inline-block;flex:none;min-width:1.5em;height:1.5em;padding:0 .2em;
border-radius:1em;background:var(--c);color:#fff;font-weight:700;line-height:1.5;text-align:center}
.mesomix .verdict .mark{font-size:1.6em}
.mesomix .word{font-size:1.35em;font-weight:700}
.mesomix p{margin:.15em 0}
.mesomix [role=heading]{font-weight:700;margin:.9em 0 .3em;display:flex;gap:.5em;
align-items:baseline}
.mesomix .title{font-size:1.15em;font-weight:700}
.mesomix dd p{margin:0}
.mesomix .count{font-weight:400}
.mesomix a:any-link{color:inherit;text-decoration:underline}
.mesomix ul{list-style:none;margin:0}.mesomix.mesomix ul{padding:0}
.mesomix .finding{margin:0 0 .3em;padding:.3em .7em;border-left:4px solid var(--c);
background:color-mix(in srgb,var(--c) 8%,transparent);border-radius:0 4px 4px 0}
.mesomix li,.mesomix .verdict{overflow:clip;overflow-clip-margin:4px}
.mesomix .finding.open{border-left-style:double;border-left-width:6px}
.mesomix summary{cursor:pointer;list-style-position:outside;margin-left:1.1em}
.mesomix .source{margin:.3em 0 .3em 1.4em;font-size:.92em}
.mesomix.mesomix code{font:.86em ui-monospace,monospace;background:none;
color:inherit;padding:0;border:0}
.mesomix q{font-style:italic;quotes:"\\AB\\A0" "\\A0\\BB"}
.mesomix dl{margin:0;display:grid;grid-template-columns:minmax(6em,max-content) 1fr;gap:.15em 1em}
.mesomix dt,.mesomix dd{width:auto;margin:0}.mesomix dt{font-weight:600}
.mesomix .effect{display:inline-block;padding:0 .55em;margin:0 .15em;border-radius:1em;
border:1px solid color-mix(in srgb,currentColor 45%,transparent);font-size:.88em}
.mesomix .columns{columns:22em 2;column-gap:2em}.mesomix .columns li{break-inside:avoid}
.mesomix .foot{margin-top:.9em;padding-top:.4em;font-size:.86em;
border-top:1px solid color-mix(in srgb,currentColor 30%,transparent)}
.mesomix .scroll{overflow-x:auto}
.mesomix table{border-collapse:collapse;margin:.3em 0;font-size:inherit}
.mesomix.mesomix th,.mesomix.mesomix td{padding:.2em .7em;text-align:left;vertical-align:top;
background:none;
overflow-wrap:break-word;border-bottom:1px solid color-mix(in srgb,currentColor 22%,transparent)}
.mesomix.mesomix tbody tr{background:none}
.mesomix.mesomix .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.mesomix figure{margin:.5em 0}.mesomix figcaption{font-size:.92em}
.mesomix svg{fill:currentColor;font:13px system-ui,sans-serif}
.mesomix svg .fill{fill:var(--c)}
.mesomix svg .line{stroke:currentColor;stroke-opacity:.3}
.mesomix svg .on{fill:#fff;font-weight:700}
@media print{
.mesomix details::details-content{content-visibility:visible}
@supports not selector(::details-content){.mesomix details:not([open])::after
{content:"\\2026  (unfold before printing)"}
.mesomix:lang(fr) details:not([open])::after{content:"\\2026  (\\E0  d\\E9plier avant d'imprimer)"}}
}
"""
"""Every selector begins with the class of a card: it changes nothing else of a notebook. Where the
class stands twice, a notebook has a rule of its own for such an element, which must not win.
What is folded is printed as well; a browser that cannot do that prints that it is folded."""

PAGE_STYLE: Final = """
:root{color-scheme:light dark}
html{background:Canvas;color:CanvasText}
body{margin:0;font:14px/1.45 system-ui,sans-serif}
.page{max-width:62rem;margin:0 auto;padding:1rem}
h1{font-size:1.3rem;margin:.2rem 0 .8rem;overflow-wrap:anywhere;overflow:clip;
overflow-clip-margin:4px}
.page footer{margin-top:1.5rem;font-size:.86rem}
.page .title{display:none}
:focus-visible{outline:3px solid Highlight;outline-offset:2px}
@page{size:A4;margin:8mm 10mm}
@media print{
.page .mesomix svg{max-width:100%;height:auto}
:root{color-scheme:light}
body,.page .mesomix{font-size:8pt;line-height:1.2}
.page{max-width:none;padding:0}.page .mesomix{max-width:none}
h1{font-size:12.5pt;margin:0 0 1.5mm}
.page footer{margin-top:1mm;font-size:7.4pt}
.page .mesomix *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.page .mesomix .verdict{padding:1.2mm 3mm}
.page .mesomix .word{font-size:1.2em}
.page .mesomix .mark{min-width:1.4em;height:1.4em;padding:0;line-height:1.4}
.page .mesomix [role=heading]{break-after:avoid;margin:1.6mm 0 .6mm}
.page .mesomix p,.page .mesomix dl{margin:0}
.page .mesomix .finding{margin:0 0 .5mm;padding:.4mm 2mm}
.page .mesomix .finding:not(.open),.page .mesomix .verdict,.page .mesomix tr{break-inside:avoid}
.page .mesomix summary{list-style:none;margin-left:0}
.page .mesomix .source{margin:0 0 0 1.4em;font-size:.88em}
.page .mesomix li.source{display:inline;margin:0}
.page .mesomix li.source+li.source::before{content:" | "}
.page .mesomix details>ul{margin-left:1.8em}
.page .mesomix .foot{margin-top:1mm;padding-top:.5mm;font-size:7.2pt}
.page .mesomix .foot p{display:inline;margin-right:1em}
}
"""
"""Of a page around a card."""
