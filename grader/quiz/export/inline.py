"""HTML for learning systems: it brings its own looks, since they have no style for it.

A prompt goes into pages that someone else designed, so tables and rows of grids
carry their style in attributes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from grader.quiz.notation import tex

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


def dressed(page: str) -> str:
    """Return what `grader.quiz.markup.html` wrote with its looks in attributes."""
    for plain, dressed_up in _LOOKS.items():
        page = page.replace(plain, dressed_up)
    return page


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


def image(source: str, alt: str) -> str:
    """Return a figure as an image that shrinks with the page."""
    return f'<img src="{source}" alt="{escape(alt)}" style="max-width:100%">'
