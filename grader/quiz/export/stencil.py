"""Write many XML elements of few shapes quickly: each shape is built once.

Thousands of questions differ in their texts, hardly in their elements. A copy of a
finished element whose texts are replaced costs a third of building it anew.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from grader.quiz.export.inline import legal

Attributes = tuple[tuple[str, str], ...]
_CLOSE = ("", (), None)


class Stencil:
    """Takes one element at a time: `open` and `close`, `leaf` and `fixed` inside.

    Parameters
    ----------
    library : module
        ``lxml.etree``.

    Notes
    -----
    A name is that of leaves or of elements with children, never of both.

    Examples
    --------
    >>> from lxml import etree
    >>> stencil = Stencil(etree)
    >>> stencil.open("answer", (("fraction", "100"),))
    >>> stencil.leaf("text", "4 < 5")
    >>> stencil.close()
    >>> stencil.written()
    b'<answer fraction="100"><text>4 &lt; 5</text></answer>'
    """

    def __init__(self, library: Any) -> None:
        self._library = library
        self._shape: list[tuple[str, Attributes, str | None]] = []
        self._texts: list[str] = []
        self._built: dict[object, tuple[Any, set[str]]] = {}

    def open(self, name: str, attributes: Attributes = ()) -> None:
        """Begin an element."""
        self._shape.append((name, attributes, None))

    def close(self) -> None:
        """End the element that was begun last."""
        self._shape.append(_CLOSE)

    def leaf(self, name: str, text: str, attributes: Attributes = ()) -> None:
        """Add an element whose text differs from one question to the next."""
        self._shape.append((name, attributes, ""))
        self._texts.append(text)

    def fixed(self, name: str, text: str) -> None:
        """Add an element whose text is one of few."""
        self._shape.append((name, (), text))

    def written(self) -> bytes:
        """Return the whole element, and be ready for the next."""
        shape = tuple(self._shape)
        known = self._built.get(shape)
        if known is None:
            known = self._built[shape] = self._build()
        pattern, names = known
        element = copy(pattern)
        for leaf, text in zip(element.iter(*names), self._texts, strict=True):
            try:
                leaf.text = text
            except ValueError:  # checked only when it must be: it takes time
                leaf.text = legal(text)
        self._shape.clear()
        self._texts.clear()
        return bytes(self._library.tostring(element, encoding="utf-8"))

    def _build(self) -> tuple[Any, set[str]]:
        """Return the element without its texts, and the names of its leaves."""
        (name, attributes, _), *inside = self._shape
        root = self._library.Element(name, dict(attributes))
        path = [root]
        names = set()
        for name, attributes, text in inside:
            if not name:
                path.pop()
                continue
            child = self._library.SubElement(path[-1], name, dict(attributes))
            if text is None:
                path.append(child)
            elif text:
                child.text = text
            else:
                names.add(name)
        return root, names
