"""Elements of a page, built as a tree: what is text stays text, whatever it says."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

Node = ET.Element
PREFIX = "gr-"
"""Begins the name of every class, so that none is known to the page around it."""


def node(tag: str, /, *children: Node | str | None, **attributes: str) -> Node:
    """Return an element with its children, texts among them, in their order.

    An attribute is written with underscores for hyphens, and with one at its end
    where Python has the word for itself: ``class_``, ``aria_label``. Children that
    are None are left out.
    """
    made = ET.Element(tag)
    for name, value in attributes.items():
        if name == "class_":
            made.set("class", _prefixed(value))
        else:
            made.set(name.rstrip("_").replace("_", "-"), readable(value))
    for child in children:
        if child is not None:
            add(made, child)
    return made


@cache  # the page has few classes, and many elements of each
def _prefixed(classes: str) -> str:
    return " ".join(PREFIX + word for word in classes.split())


def add(parent: Node, child: Node | str) -> None:
    """Add a child or a text at the end of an element."""
    if not isinstance(child, str):
        parent.append(child)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + readable(child)
    else:
        parent.text = (parent.text or "") + readable(child)


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
    """Return an element as HTML."""
    return ET.tostring(root, encoding="unicode", method="html")
