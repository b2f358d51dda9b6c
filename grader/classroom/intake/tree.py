"""Files and folders in an archive, as a tree grown from the paths of its entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.classroom.intake.node import Kind
from grader.errors import SubmissionError
from grader.submission import too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Packed:
    """A file or folder in an archive.

    Parameters
    ----------
    name : str
        The last part of its path.
    kind : Kind
        What it is.
    size : int
        How many bytes it claims to hold.
    modified : datetime, optional
        When it was last written, by the clock of who packed it.
    load : callable, optional
        Unpacks at most so many bytes of it.
    held : dict of str to Packed
        What a folder holds, by name.
    """

    name: str
    kind: Kind = Kind.FOLDER
    size: int = 0
    modified: datetime | None = None
    load: Callable[[int], bytes] | None = None
    held: dict[str, Packed] = field(default_factory=dict)

    def children(self) -> tuple[Packed, ...]:
        """Return what the folder holds, by name."""
        return tuple(self.held[name] for name in sorted(self.held))

    def read(self, limit: int) -> bytes:
        """Return what the file holds."""
        if self.load is None:
            raise SubmissionError("is a folder")
        if self.size > limit:
            raise too_large(limit)
        content = self.load(limit + 1)
        if len(content) > limit:
            raise too_large(limit)
        return content


def grow(entries: Iterable[tuple[list[str], Packed]]) -> Packed:
    """Return the top folder of an archive.

    Of two entries of one path the later counts, and a folder before a file.

    Parameters
    ----------
    entries : iterable of (list of str, Packed)
        The folders an entry lies in, and the entry.
    """
    top = Packed("")
    for folders, entry in entries:
        if entry.name == "." and entry.kind is Kind.FOLDER:
            continue  # the top itself
        here = top
        for name in folders:
            there = here.held.get(name)
            if there is None or there.kind is not Kind.FOLDER:
                there = here.held[name] = Packed(name)
            here = there
        there = here.held.get(entry.name)
        if there is None or there.kind is not Kind.FOLDER:
            here.held[entry.name] = entry
    return top
