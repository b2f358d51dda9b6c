"""Elements of a page, built as a tree: what is text stays text, whatever it says."""

from __future__ import annotations

from xml.etree import ElementTree as ET

Node = ET.Element


def node(tag: str, /, *children: Node | str, **attributes: str) -> Node:
    """Return an element with its children, texts among them, in their order.

    An attribute is written with underscores for hyphens, and with one at its end
    where Python has the word for itself: ``class_``, ``aria_label``.
    """
    made = ET.Element(
        tag,
        {
            name.rstrip("_").replace("_", "-"): readable(value)
            for name, value in attributes.items()
        },
    )
    for child in children:
        add(made, child)
    return made


def add(parent: Node, child: Node | str) -> None:
    """Add a child or a text at the end of an element."""
    if not isinstance(child, str):
        parent.append(child)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + readable(child)
    else:
        parent.text = (parent.text or "") + readable(child)


def readable(text: str) -> str:
    """Return the text with what cannot be seen escaped.

    Control characters, lone surrogates and bidirectional overrides become backslash
    escapes: they could hide text, move other text, or make the page no text at all.
    """
    return "".join(
        character
        if character.isprintable()
        else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def written(root: Node) -> str:
    """Return an element as HTML."""
    return ET.tostring(root, encoding="unicode", method="html")
