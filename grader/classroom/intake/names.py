"""Names that people and programs gave to files: which to refuse, how to show them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from grader.findings import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BYTES = 255
MAX_PARTS = 32
MAX_SHOWN = 120
MAX_MESSAGE = 400
MAX_NOTES = 20
_DRIVE = re.compile(r"[A-Za-z]:")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_BREAKING = {"Cc", "Cs", "Zl", "Zp"}  # control, half a character, line, paragraph
_JOINERS = "\u200c\u200d"  # names in Persian and in Indian scripts need them


def parts_of(path: str) -> list[str]:
    """Return the parts of a path in an archive, `..` and all; the last may be many."""
    parts = [part for part in path.removesuffix("/").split("/") if part != "."] or ["."]
    return [*parts[: MAX_PARTS - 1], "/".join(parts[MAX_PARTS - 1 :])][: len(parts)]


def trouble(part: str) -> str:
    """Return why a part of a path is refused; empty where it is sound."""
    if part in {"", ".", ".."}:
        return "leads out of its folder"
    if "/" in part:
        return f"has more than {MAX_PARTS} parts"
    if "\\" in part or _DRIVE.match(part):
        return "is a path of another system"
    if not part.isprintable() and _breaks(part):
        return "holds a line break, or a character that cannot be printed"
    if len(part.encode("utf-8")) > MAX_BYTES:
        return f"is longer than {MAX_BYTES} bytes"
    return ""


def _breaks(part: str) -> bool:
    return any(unicodedata.category(c) in _BREAKING for c in part)


def reserved(part: str) -> bool:
    """Tell whether Windows keeps that file name for a device."""
    return bool(_RESERVED.match(part))


def tidy(text: str) -> str:
    """Return a name as one writes it, the same from every system.

    Systems write accents and spaces in more ways than one: the same student must
    not become two. What would steer a terminal or a page is dropped or escaped.
    """
    text = unicodedata.normalize("NFC", text)
    kept = (c for c in text if unicodedata.category(c) != "Cf" or c in _JOINERS)
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in kept)
    cut = spaced.strip(" ")[:MAX_SHOWN]
    return "".join(
        c.encode("unicode_escape").decode("ascii")
        if unicodedata.category(c) in _BREAKING
        else c
        for c in cut
    )


def shown(path: str) -> str:
    """Return a path as it may be printed: on one line, escaped, cut."""
    return printable(path, longest=MAX_SHOWN)


def one_line(text: str) -> str:
    """Return a message on one line, whatever it quotes."""
    return printable(text, longest=MAX_MESSAGE)


def shortened(notes: Sequence[str]) -> tuple[str, ...]:
    """Return notes, as many as anybody reads."""
    if len(notes) <= MAX_NOTES:
        return tuple(notes)
    return (*notes[:MAX_NOTES], f"and {len(notes) - MAX_NOTES} more remarks")
