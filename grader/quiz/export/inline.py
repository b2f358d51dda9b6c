"""HTML for learning systems: it brings its own looks, since they have no style for it.

A prompt goes into pages that someone else designed, so tables and rows of grids
carry their style in attributes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from grader.quiz.blocks import Math, Text
from grader.quiz.figure import svg
from grader.quiz.markup import html, paragraph
from grader.quiz.notation import tex

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.quiz.blocks import Block, Figure
    from grader.quiz.markup import Style

_LOOKS = {
    '<div class="scroll row">': '<div style="display:flex;flex-wrap:wrap;'
    'align-items:center;gap:1em">',
    '<div class="scroll">': '<div style="overflow-x:auto">',
    '<div class="math">': '<div style="text-align:center">',
    '<table class="grid">': '<table border="1" cellpadding="6" '
    'style="border-collapse:collapse">',
    "<table>": '<table border="1" cellpadding="6" style="border-collapse:collapse">',
    '<span class="sign">': '<span style="font-size:larger">',
}
# What XML 1.0 cannot hold at all, not even escaped.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def page(blocks: Sequence[Block], style: Style) -> str:
    """Return blocks as HTML; most paragraphs of a pool are known already."""
    written = []
    for block in blocks:
        if not isinstance(block, (str, Text, Math)):
            return html(blocks, style)
        written.append(_paragraph(block, style.formula, style.finish))
    return "\n".join(written)


@lru_cache(maxsize=4096)
def _paragraph(
    block: str | Text | Math, formula: Callable[..., str], finish: Callable[[str], str]
) -> str:
    return finish(paragraph(block, formula))


def dressed(text: str) -> str:
    """Return what `grader.quiz.markup.html` wrote with its looks in attributes."""
    if " class=" in text or "<table>" in text:
        for plain, dressed_up in _LOOKS.items():
            text = text.replace(plain, dressed_up)
    return text


@lru_cache(maxsize=4096)
def texed(source: str, *, block: bool) -> str:
    r"""Return a formula as TeX between ``\(`` and ``\)``, which MathJax looks for."""
    inside = escape(tex(source), quote=False)
    return rf"\[{inside}\]" if block else rf"\({inside}\)"


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """Return plain text as HTML; lines stay lines."""
    return escape(text, quote=False).replace("\n", "<br>")


def legal(text: str) -> str:
    """Return text without what XML cannot hold; a mark stands where it was."""
    return _ILLEGAL.sub("\ufffd", text)


@lru_cache(maxsize=1024)
def drawn(figure: Figure) -> str:
    """Return a figure's SVG in base64."""
    return b64encode(svg(figure).encode()).decode()


def image(source: str, alt: str) -> str:
    """Return a figure as an image that shrinks with the page."""
    return f'<img src="{source}" alt="{escape(alt)}" style="max-width:100%">'
