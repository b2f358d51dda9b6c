"""Read QTI 3.0: see `grader.quiz.reading.qti_items`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.quiz.reading.packages import holds, in_a_tag
from grader.quiz.reading.qti_items import read_items

if TYPE_CHECKING:
    from grader.quiz.reading import Item

_MARKS = (b"xsd/imsqtiasi_v3p", b"imsqti_item_xmlv3p")


def looks_like(content: bytes) -> bool:
    """Tell whether a file is a package, or an item, of this version."""
    if content.startswith(b"PK"):
        return holds(content, _MARKS)
    return in_a_tag(content[:2_000], _MARKS)


def items(content: bytes) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Return the questions, and what could not be read."""
    return read_items(content)
