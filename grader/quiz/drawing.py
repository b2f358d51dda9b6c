"""What every drawing is made of: the element around it, and words in it.

Templates, since a figure has dozens of numbers, and these write them the fastest.
"""

from __future__ import annotations

from html import escape

from grader.quiz.quick import memo

OPENING = '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
CLOSING = "</svg>"
_SIZE = (
    ' viewBox="0 0 %g %g" width="%g" height="%g" '
    # A narrow page shrinks a figure by a quarter, then scrolls.
    'style="min-width:%.0fpx" '
    'font-family="DejaVu Sans,Verdana,Libertinus Serif,sans-serif" '
    'font-size="13" fill="currentColor">'
)
_TEXT = '<text x="%g" y="%g" text-anchor="middle"%s>%s</text>'


def size(width: float, height: float) -> str:
    """Return the end of the opening tag, which says how large a figure is."""
    return _SIZE % (width, height, width, height, width * 0.75)


def text(x: float, y: float, words: str, extra: str = "") -> str:
    """Return words whose middle is at this place, with `extra` attributes."""
    # 0.35 em below the middle centres figures in every renderer.
    return _TEXT % (x, y + 4.5, extra, _escaped(words))


@memo
def _escaped(words: str) -> str:
    return escape(words, quote=False)
