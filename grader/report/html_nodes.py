"""Elements of a page, built as a tree: what is text stays text, whatever it says."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Node = ET.Element
PREFIX = "gr-"
"""Begins the name of every class, so that none is known to the page around it."""

_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
"""The elements that hold nothing, and have no end."""
_RAW = frozenset({"script", "style"})
"""The elements whose text is no HTML."""


def node(tag: str, /, *children: Node | str | None, **attributes: str) -> Node:
    """Return an element with its children, texts among them, in their order.

    An attribute is written with underscores for hyphens, and with one at its end
    where Python has the word for itself: ``class_``, ``aria_label``. Children that
    are None are left out.
    """
    made = ET.Element(tag)
    for name, value in attributes.items():
        said = _prefixed(value) if name == "class_" else readable(value)
        made.set(_spelt(name), said)
    last: Node | None = None
    for child in children:
        if isinstance(child, str):
            said = readable(child)
            if last is None:
                made.text = said if made.text is None else made.text + said
            else:
                last.tail = said if last.tail is None else last.tail + said
        elif child is not None:
            made.append(child)
            last = child
    return made


@cache  # the page has few names and classes, and many elements of each
def _spelt(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


@cache
def _prefixed(classes: str) -> str:
    return " ".join(PREFIX + word for word in classes.split())


def prose(text: str) -> Iterator[Node | str]:
    """Yield a sentence with what stands in backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        yield text  # a backtick without its partner is a backtick
        return
    for number, part in enumerate(parts):
        if number % 2:
            yield node("code", part)
        elif part:
            yield part


def unseen(text: str) -> Node:
    """Return a text for a screen reader only."""
    return node("span", text, class_="unseen")


def readable(text: str) -> str:
    """Return the text with what cannot be seen escaped.

    Control characters, lone surrogates and bidirectional overrides become backslash
    escapes: they could hide text, move other text, or make the page no text at all.
    """
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable()
        else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def written(root: Node) -> str:
    """Return an element as HTML.

    It is what `xml.etree` writes too, which has namespaces to look for: that takes
    twice as long, and to write pages is most of the work of returning feedback.
    """
    pieces: list[str] = []
    _write(root, pieces.append)
    return "".join(pieces)


def _write(element: Node, put: Callable[[str], Any]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    put(f"<{tag}")
    for name, value in element.items():
        put(_attribute(name, value))
    put(">")
    if text:
        put(text if tag in _RAW else _escaped(text))
    for child in element:
        _write(child, put)
    if tag not in _VOID:
        put(f"</{tag}>")
    if tail:
        put(_escaped(tail))


@lru_cache(maxsize=1024)  # most say of what class an element is
def _attribute(name: str, value: str) -> str:
    quoted = value.replace("&", "&amp;").replace(">", "&gt;").replace('"', "&quot;")
    return f' {name}="{quoted}"'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
