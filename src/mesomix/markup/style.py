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
.mesomix .count{font-weight:400}
.mesomix ul{list-style:none;margin:0;padding:0}
.mesomix .finding{margin:0 0 .3em;padding:.3em .7em;border-left:4px solid var(--c);
background:color-mix(in srgb,var(--c) 8%,transparent);border-radius:0 4px 4px 0}
.mesomix .finding.open{border-left-style:double;border-left-width:6px}
.mesomix summary{cursor:pointer}
.mesomix .source{margin:.3em 0 .3em 1.4em;font-size:.92em}
.mesomix code{font:.86em ui-monospace,monospace;background:none;color:inherit;padding:0;border:0}
.mesomix q{font-style:italic;quotes:"«\\A0" "\\A0»"}
.mesomix dl{margin:0;display:grid;grid-template-columns:minmax(6em,max-content) 1fr;gap:.15em 1em}
.mesomix dt{font-weight:600}.mesomix dd{margin:0}
.mesomix .effect{display:inline-block;padding:0 .55em;margin:0 .15em;border-radius:1em;
border:1px solid color-mix(in srgb,currentColor 45%,transparent);font-size:.88em}
.mesomix .foot{margin-top:.9em;padding-top:.4em;font-size:.86em;
border-top:1px solid color-mix(in srgb,currentColor 30%,transparent)}
.mesomix .scroll{overflow-x:auto}
.mesomix table{border-collapse:collapse;margin:.3em 0;font-size:inherit}
.mesomix th,.mesomix td{padding:.2em .7em;text-align:left;vertical-align:top;background:none;
border-bottom:1px solid color-mix(in srgb,currentColor 22%,transparent)}
.mesomix .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.mesomix figure{margin:.5em 0}.mesomix figcaption{font-size:.92em}
.mesomix svg{max-width:100%;height:auto;fill:currentColor;font:13px system-ui,sans-serif}
.mesomix svg .fill{fill:var(--c)}
.mesomix svg .line{stroke:currentColor;stroke-opacity:.3}
.mesomix svg .on{fill:#fff;font-weight:700}
"""
"""Every selector begins with the class of a card: it changes nothing else of a notebook."""

PAGE_STYLE: Final = """
:root{color-scheme:light dark}
body{margin:0;background:Canvas;color:CanvasText;font:14px/1.45 system-ui,sans-serif}
.page{max-width:62rem;margin:0 auto;padding:1rem}
h1{font-size:1.3rem;margin:.2rem 0 .8rem}
.page footer{margin-top:1.5rem;font-size:.86rem}
a{color:LinkText}
:focus-visible{outline:3px solid Highlight;outline-offset:2px}
@page{size:A4;margin:12mm}
@media print{
:root{color-scheme:light}
body,.mesomix{font-size:9.5pt;line-height:1.3}
.page{max-width:none;padding:0}.mesomix{max-width:none}
.mesomix .finding,.mesomix .verdict,.mesomix tr,.mesomix dd{break-inside:avoid}
.mesomix [role=heading]{break-after:avoid;margin:.6em 0 .2em}
.mesomix *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
details::details-content{content-visibility:visible}
.mesomix summary{list-style:none}
.mesomix .source{margin:.1em 0 0 1.4em;font-size:.84em}
}
"""
"""Of a page around a card. What is folded is printed as well."""
