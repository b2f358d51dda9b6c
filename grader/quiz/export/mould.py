"""Write many XML elements of few kinds quickly: lxml builds each kind once.

Thousands of questions differ in their texts, hardly in their elements. So an element
is built with places left open, kept as what stands between these places, and from
then on only filled. Bytes are XML already; a text is escaped where it is filled in.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from grader.quiz.export.inline import legal
from grader.quiz.quick import lacking, memo

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

SLOT = "\ue000"
"""A place left open: a text or an attribute of an element under construction."""

OPEN = SLOT.encode()
"""The same in an element that is written."""

_CDATA = b"<![CDATA["
_MOST_KEPT = 4096
_BREAKS = {ord(sign): f"&#{ord(sign)};" for sign in "\t\n\r"}
# What XML cannot hold: most of the signs below the blank, and code points that begin
# with these two bytes, as some others do.
_DOUBTFUL = bytes({*range(32)} - {*b"\t\n\r"}) + b"\xed\xef"
_is_legal = lacking(_DOUBTFUL)
_is_plain = lacking(_DOUBTFUL + b"&<>\r")


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
    b'<answer fraction="100"><text>4 &lt; 5</text></answer>'
    """

    def __init__(self, library: Any) -> None:
        self.etree = library
        self._kept: dict[object, Callable[..., bytes]] = {}

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

    def cast(self, build: Callable[..., Any], *kind: Hashable) -> Callable[..., bytes]:
        """Return what fills the slots, in order, of what ``build(*kind)`` builds."""
        known = self._kept.get((build, kind))
        return known or self.kept((build, kind), lambda: build(*kind))

    def kept(self, kind: Hashable, build: Callable[[], Any]) -> Callable[..., bytes]:
        """Return what fills the slots of what `build` builds for this kind."""
        filled = self._kept.get(kind)
        if filled is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            filled = self._kept[kind] = _filling(self.parts(build()))
        return filled

    def parts(self, element: Any) -> list[bytes]:
        """Return an element, or its markup, as what stands around its slots."""
        whole = element if isinstance(element, bytes) else self.whole(element)
        return whole.split(OPEN)

    def whole(self, element: Any) -> bytes:
        """Return an element in UTF-8."""
        return str(self.etree.tostring(element, encoding="unicode")).encode()


def _filling(parts: list[bytes]) -> Callable[..., bytes]:
    if len(parts) == 1:
        return lambda: parts[0]
    escapes = []
    before = b""
    for part in parts[:-1]:
        before += part
        # What follows an open tag stands in an attribute.
        inside = before.rfind(b"<") > before.rfind(b">")
        escape_here = _in_attribute if inside else in_text
        if before.endswith(_CDATA):
            escape_here = in_cdata
        escapes.append(escape_here)
    template = b"%b".join([part.replace(b"%", b"%%") for part in parts])

    def filled(*fillings: str | bytes) -> bytes:
        texts = [
            each if isinstance(each, bytes) else escaped(each)
            for escaped, each in zip(escapes, fillings, strict=True)
        ]
        return template % tuple(texts)

    return filled


def in_text(text: str) -> bytes:
    """Return text as it stands in an element."""
    content = text.encode("utf-8", "surrogatepass")
    if _is_plain(content):
        return content
    return encoded(escape(text, quote=False).replace("\r", "&#13;"))


def in_cdata(text: str) -> bytes:
    """Return text as it stands in a CDATA section of an element."""
    content = text.encode("utf-8", "surrogatepass")
    if not _is_legal(content):
        content = legal(text).encode()
    if b"]]>" in content:
        content = content.replace(b"]]>", b"]]]]><![CDATA[>")
    # A parser would take it for the end of a line.
    return content.replace(b"\r", b"]]>&#13;<![CDATA[") if b"\r" in content else content


@memo
def known_text(text: str) -> bytes:
    """Return a short text that is said again and again as it stands in an element."""
    return in_text(text)


def _in_attribute(text: str) -> bytes:
    escaped = escape(text)
    if escaped.isprintable():
        return escaped.encode()
    return encoded(escaped.translate(_BREAKS))


def encoded(text: str) -> bytes:
    """Return text in UTF-8, a mark where XML could not hold what stood there."""
    content = text.encode("utf-8", "surrogatepass")
    return content if _is_legal(content) else legal(text).encode()
