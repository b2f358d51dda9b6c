"""HTML for learning systems: it brings its own looks, since they have no style for it.

A prompt goes into pages that someone else designed, so tables and rows of grids
carry their style in attributes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from grader.quiz.blocks import WORDS, Table, unbroken
from grader.quiz.figure import Pen
from grader.quiz.markup import Writer, has_blanks, paragraph
from grader.quiz.notation import tex
from grader.quiz.quick import memo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.quiz.blocks import Block, Figure, Math, Text
    from grader.quiz.markup import Style

T = TypeVar("T")

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
_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Pages(Generic[T]):
    """Writes blocks as HTML in a file; most paragraphs of a pool are known.

    Parameters
    ----------
    style : Style
        How blanks, figures and formulas are written.
    finish : callable
        ``finish(html)`` returns HTML as it stands in the file; of two pieces, one
        after the other.
    figure : callable, optional
        ``figure(block)`` returns a figure as it stands in the file, where that is
        known without searching all that draws it.
    """

    def __init__(
        self,
        style: Style,
        finish: Callable[[str], T],
        figure: Callable[[Figure], T] | None = None,
    ) -> None:
        self._style = style
        self._finish = finish
        self._figure = figure
        # Words without their tags mostly stand in every file as they are.
        self._tags: tuple[Any, Any] = finish("<p>"), finish("</p>")
        self._known = memo(self._paragraph)
        # Prompts differ more than solutions do, and should not crowd them out.
        self._known_prompt = memo(self._paragraph)

    def __call__(self, blocks: Sequence[Block]) -> list[T]:
        """Return each block, finished; blanks are counted through all of them."""
        return self._page(blocks, self._known)

    def prompt(self, blocks: Sequence[Block]) -> list[T]:
        """Return each block of a prompt, as other blocks are returned."""
        return self._page(blocks, self._known_prompt)

    def _page(self, blocks: Sequence[Block], known: Callable[[Any], T]) -> list[T]:
        if WORDS.issuperset(map(type, blocks)):
            return list(map(known, blocks))
        writer = Writer(self._style)
        return [
            known(block) if type(block) in WORDS else self._drawn(block, writer)
            for block in blocks
        ]

    def _paragraph(self, block: str | Text | Math) -> T:
        if not isinstance(block, str):
            return self._finish(paragraph(block, self._style.formula))
        before, after = self._tags
        words = self._finish(escape(unbroken(block), quote=False))
        finished: T = before + words + after
        return finished

    def _drawn(self, block: Any, writer: Writer) -> T:
        if self._figure is None or isinstance(block, Table) or has_blanks(block):
            return self._finish(writer.block(block))
        return self._figure(block)


def dressed(text: str) -> str:
    """Return what `grader.quiz.markup.html` wrote with its looks in attributes."""
    if " class=" in text or "<table>" in text:
        for plain, dressed_up in _LOOKS.items():
            text = text.replace(plain, dressed_up)
    return text


def texed(source: str, *, block: bool) -> str:
    r"""Return a formula as TeX between ``\(`` and ``\)``, which MathJax looks for."""
    inside = escape(tex(source), quote=False)
    return rf"\[{inside}\]" if block else rf"\({inside}\)"


def words(text: str) -> str:
    """Return plain text as HTML; lines stay lines."""
    return escape(text, quote=False).replace("\n", "<br>")


def legal(text: str) -> str:
    """Return text without what XML cannot hold; a mark stands where it was."""
    return _ILLEGAL.sub("\ufffd", text)


@lru_cache(maxsize=64)  # the questions that a cloze is split into share its figures
def in_base64(figure: Figure) -> tuple[str, bytes]:
    """Return what a figure shows, and its SVG in base64."""
    about, pieces = _PEN.draw(figure)
    return about, b"".join(pieces)


def _base64(piece: str) -> bytes:
    """Return a piece of an SVG in base64 that others can follow."""
    content = piece.encode()
    # Three bytes become four signs; blanks between elements show nothing.
    return b64encode(content + b" " * (-len(content) % 3))


_PEN = Pen(_base64)


def image(source: str, about: str) -> str:
    """Return a figure as an image that shrinks with the page."""
    return f'<img src="{source}" alt="{about}" style="max-width:100%">'
