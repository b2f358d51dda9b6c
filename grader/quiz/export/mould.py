"""Write many XML elements of few kinds quickly: lxml builds each kind once.

Thousands of questions differ in their texts, hardly in their elements. So an element
is built with places left open, kept as the text between these places, and from then
on only filled.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from grader.quiz.export.inline import legal

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

SLOT = "\ue000"
"""A place left open: a text or an attribute of an element under construction."""

_MOST_KEPT = 4096
_BREAKS = {ord(sign): f"&#{ord(sign)};" for sign in "\t\n\r"}
_NEVER_LEGAL = bytes({*range(32)} - {*b"\t\n\r"})
_SELDOM_LEGAL = re.compile(b"\xef\xbf[\xbe\xbf]")


class Markup(str):
    """Text that is XML already; what is not is escaped where it is filled in."""

    __slots__ = ()


class Maker:
    """Makes elements, and keeps the moulds of those made so far.

    Parameters
    ----------
    library : module
        ``lxml.etree``.

    Examples
    --------
    >>> from lxml import etree
    >>> make = Maker(etree)
    >>> def answer(fraction):
    ...     return make("answer", make("text", SLOT), fraction=fraction)
    >>> make.cast(answer, "100")("4 < 5")
    '<answer fraction="100"><text>4 &lt; 5</text></answer>'
    """

    def __init__(self, library: Any) -> None:
        self.etree = library
        self._kept: dict[object, Callable[..., Markup]] = {}

    def __call__(self, name: str, /, *inside: Any, **attributes: str) -> Any:
        """Return an element with what is inside: elements, or one text."""
        return self.into(self.etree.Element(name, attributes), *inside)

    @staticmethod
    def into(element: Any, *inside: Any) -> Any:
        """Return the element with elements, or one text, inside."""
        for each in inside:
            if isinstance(each, str):
                element.text = each
            else:
                element.append(each)
        return element

    def cast(self, build: Callable[..., Any], *kind: Hashable) -> Callable[..., Markup]:
        """Return what fills the slots, in order, of what ``build(*kind)`` builds."""
        return self.kept((build, kind), lambda: build(*kind))

    def kept(self, kind: Hashable, build: Callable[[], Any]) -> Callable[..., Markup]:
        """Return what fills the slots of what `build` builds for this kind."""
        filled = self._kept.get(kind)
        if filled is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            filled = self._kept[kind] = _filling(self.parts(build()))
        return filled

    def parts(self, element: Any) -> list[str]:
        """Return an element, or its markup, as the texts around its slots."""
        if isinstance(element, str):
            return element.split(SLOT)
        return str(self.etree.tostring(element, encoding="unicode")).split(SLOT)


def _filling(parts: list[str]) -> Callable[..., Markup]:
    if len(parts) == 1:
        ready = Markup(parts[0])
        return lambda: ready
    escapes = []
    before = ""
    for part in parts[:-1]:
        before += part
        # What follows an open tag stands in an attribute.
        inside = before.rfind("<") > before.rfind(">")
        escapes.append(_in_attribute if inside else in_text)
    template = "%s".join([part.replace("%", "%%") for part in parts])

    def filled(*fillings: str) -> Markup:
        texts = [
            each if type(each) is Markup else escaped(each)
            for escaped, each in zip(escapes, fillings, strict=True)
        ]
        return Markup(template % tuple(texts))

    return filled


def in_text(text: str) -> str:
    """Return text as it stands in an element."""
    return escape(text, quote=False).replace("\r", "&#13;")


@lru_cache(maxsize=4096)
def known_text(text: str) -> Markup:
    """Return a short text that is said again and again as it stands in an element."""
    return Markup(in_text(text))


def _in_attribute(text: str) -> str:
    escaped = escape(text)
    return escaped if escaped.isprintable() else escaped.translate(_BREAKS)


def encoded(document: str) -> bytes:
    """Return a document in UTF-8, a mark where XML could not hold what stood there."""
    try:
        content = document.encode()
    except UnicodeEncodeError:
        return legal(document).encode()
    # Looking for what is rare among bytes takes a tenth of the time.
    rare = len(content.translate(None, _NEVER_LEGAL)) != len(content)
    if rare or _SELDOM_LEGAL.search(content):
        return legal(document).encode()
    return content
