"""Pieces of a self-contained HTML page: no script, no file beside it, light or dark."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from html import escape
from typing import Any

_STYLE = """
:root{color-scheme:light dark;--line:#8884;--heat:46,117,182;--notice:#fff3cd}
@media(prefers-color-scheme:dark){:root{--notice:#4d3f12}}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:56rem;padding:0 1rem}
h1,h2{line-height:1.2}h2{margin-top:2.2rem}
table{border-collapse:collapse;margin:.5rem 0 1rem}
th,td{padding:.25rem .7rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
th:first-child,td:first-child,.text{text-align:left}
.scroll{overflow-x:auto}
.bar{background:linear-gradient(90deg,rgba(var(--heat),.45) var(--share),transparent 0)}
.bar{min-width:9rem}
.notice{background:var(--notice);padding:.6rem 1rem;border-radius:.3rem}
.figures{display:flex;flex-wrap:wrap;gap:1rem;margin:1rem 0}
.figures div{border:1px solid var(--line);border-radius:.4rem;padding:.6rem 1rem;min-width:8rem}
.figures b{display:block;font-size:1.6rem;line-height:1.3}
figure{margin:1rem 0}svg{max-width:100%;height:auto}
figcaption,.note{font-size:.9rem;opacity:.8;max-width:46rem}
article{break-before:page;border-top:3px solid var(--line);margin-top:3rem}
blockquote{margin:.3rem 0 1rem;padding:.4rem 1rem;border-left:3px solid var(--line)}
blockquote{white-space:pre-wrap;overflow-wrap:anywhere}
.space{border:1px solid var(--line);padding:.3rem .7rem;margin:.5rem 0;max-width:40rem}
.upright{vertical-align:bottom;padding:.25rem .1rem;font-weight:normal;font-size:.9rem}
.upright span{writing-mode:sideways-lr}
.good{background:#2a92}.bad{background:#d334}.open{background:#da22}
.good,.bad,.open{text-align:center;padding:.25rem .2rem;print-color-adjust:exact}
article>h2:first-child{font-size:1.8rem;overflow-wrap:anywhere}
@media print{:root,body{font-size:11px}body{margin:0;max-width:none}.scroll{overflow:visible}}
@media print{h2{break-after:avoid}figure,table{break-inside:avoid}}
@media print{article{border:0;margin-top:0}}
"""


def document(title: str, parts: Iterable[str], made_from: bytes | None = None) -> str:
    """A whole page; `parts` are HTML already. With the bytes of the file that the figures are in,
    `is_made_from` can say later whether page and file still belong together."""
    return "\n".join(
        [
            "<!doctype html><html lang=en><meta charset=utf-8>",
            "<meta name=viewport content='width=device-width,initial-scale=1'>",
            *([] if made_from is None else [_origin(made_from)]),
            f"<title>{escape(title)}</title><style>{_STYLE}</style>",
            f"<h1>{escape(title)}</h1>",
            *parts,
            "</html>",
        ]
    )


def is_made_from(page: str, content: bytes) -> bool:
    """Whether the page is the one that `document` made from a file of this content."""
    return _origin(content) in page


def _origin(content: bytes) -> str:
    return f"<meta name=made-from content='sha256:{hashlib.sha256(content).hexdigest()}'>"


def paragraph(text: str, kind: str = "") -> str:
    """Text, escaped; `kind` "notice" stands out, "note" steps back."""
    content = escape(text).replace(" %", "&nbsp;%")
    return f"<p class='{kind}'>{content}</p>" if kind else f"<p>{content}</p>"


def heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def article(title: str, parts: Iterable[str]) -> str:
    """A part of the page that begins on a new sheet; `parts` are HTML already."""
    return "\n".join([f"<article><h2>{escape(title)}</h2>", *parts, "</article>"])


def quotation(text: str) -> str:
    """Somebody else's words, escaped, with their line breaks."""
    return f"<blockquote>{escape(text)}</blockquote>"


def space_for(what: str, lines: int = 1) -> str:
    """An empty field to be filled in on paper."""
    return f"<div class=space style='min-height:{1.6 * lines:.1f}em'>{escape(what)}:</div>"


def figures(pairs: Iterable[tuple[str, str]]) -> str:
    """The few numbers that matter, large: (name, value)."""
    boxes = (f"<div>{escape(what)}<b>{escape(value)}</b></div>" for what, value in pairs)
    return f"<div class=figures>{''.join(boxes)}</div>"


def plot(svg: str, caption: str) -> str:
    return f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>"


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A table; cells that begin with <td, and <th in the head, are HTML already, all others are
    text."""

    def cell(value: Any) -> str:
        text = str(value)
        return text if text.startswith("<td ") else f"<td>{escape(text)}"

    names, lines = list(head), [[cell(value) for value in row] for row in rows]
    # A column's name stands where its first cell does.
    kinds = ["class=text" if c.startswith("<td class=text") else "" for c in lines[0]]
    head_row = "".join(
        name if name.startswith("<th ") else f"<th {kind}>{escape(name)}"
        for name, kind in zip(names, kinds, strict=True)
    )
    body = "".join("<tr>" + "".join(line) for line in lines)
    return f"<div class=scroll><table>{f'<tr>{head_row}' if any(names) else ''}{body}</table></div>"


def confusion(labels: Iterable[str], counts: list[list[int]]) -> str:
    """The matrix as a table whose cells are shaded by their share of the row."""
    labels = list(labels)
    rows = [
        (label, *(_cell(count, row) for count in row))
        for label, row in zip(labels, counts, strict=True)
    ]
    return table(("", *labels), rows)


def text_cell(text: str) -> str:
    """A cell of running text, at the left."""
    return f"<td class=text>{escape(text)}"


def upright(name: str) -> str:
    """The head of a narrow column, written upwards."""
    return f"<th class=upright><span>{escape(name)}</span>"


def tinted_cell(text: str, tint: str) -> str:
    """A cell that is "good", "bad", "open", or "" for none of these."""
    return f"<td class='{tint}'>{escape(text)}"


def bar(share: float | None) -> str:
    """A cell with a bar as long as `share` of it."""
    return f"<td class=bar style='--share:{100 * (share or 0):.1f}%'>{percent(share)}"


def percent(share: float | None) -> str:
    return "not tested" if share is None else f"{100 * share:.1f} %"


def smoothing_text(weight: float) -> str:
    """The meaning of a package's smoothing, in words."""
    if weight == 1:
        return "none: each window answers alone"
    return f"the newest window counts {percent(weight)} of the answer, the windows before the rest"


def _cell(count: int, row: list[int]) -> str:
    share = count / max(sum(row), 1)
    return f"<td style='background:rgba(var(--heat),{0.8 * share:.2f})'>{count}"
