"""Text that comes from the student's side, made safe to show."""

from __future__ import annotations


def printable(text: str, limit: int) -> str:
    r"""Escape what could move a cursor or hide words, and cut to `limit` characters.

    Examples
    --------
    >>> printable("two\nlines", 20)
    'two\\nlines'
    >>> printable("long " * 9, 12)
    'long long l…'
    """
    cut = text[: limit + 1]
    if not cut.isprintable():
        cut = "".join(c if c.isprintable() else _escape(c) for c in cut)
    return cut if len(cut) <= limit else f"{cut[: limit - 1]}…"


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
