"""Archives within a submission: opened in memory, within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.classroom.intake import tarred, zipped
from grader.errors import SubmissionError

if TYPE_CHECKING:
    from grader.classroom.intake.node import Node

MAX_ARCHIVE_BYTES = 32 << 20
MAX_BYTES = 64 << 20
MAX_ARCHIVES = 20
MAX_ENTRIES = 50_000
MAX_DEPTH = 3

_ZIP = (".zip",)
_TAR = (".tar.gz", ".tgz", ".tar")
_REFUSED = (".7z", ".rar", ".tar.bz2", ".tar.xz", ".gz", ".bz2", ".xz")


def stem_of_archive(name: str) -> str | None:
    """Return the name of an archive without its ending; None for another file."""
    for ending in (*_ZIP, *_TAR, *_REFUSED):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return None


@dataclass(slots=True)
class Opener:
    """Opens the archives of one student, as many and as large as anybody needs.

    A zip may hold itself, or a thousand others: what a submission may cost is bounded
    as a whole, not for each archive.

    Parameters
    ----------
    opened : int
        How many have been opened.
    taken : int
        How many bytes they had.
    entries : int
        How many files and folders they named.
    """

    opened: int = 0
    taken: int = 0
    entries: int = 0

    def open(self, node: Node, name: str, depth: int) -> Node:
        """Return the top folder of an archive.

        Parameters
        ----------
        node : Node
            The file.
        name : str
            Its name, which says what kind of archive it is.
        depth : int
            How many archives it lies in.

        Raises
        ------
        SubmissionError
            If it is refused.
        """
        kind = name.lower()
        if not kind.endswith(_ZIP + _TAR):
            raise SubmissionError("cannot be opened here; hand in a .zip")
        if depth >= MAX_DEPTH:
            raise SubmissionError(f"lies in {MAX_DEPTH} archives; pack once only")
        if self.opened >= MAX_ARCHIVES:
            raise SubmissionError(f"was not opened: more than {MAX_ARCHIVES} archives")
        self.opened += 1
        if self.taken + node.size > MAX_BYTES:
            limit = MAX_BYTES >> 20
            raise SubmissionError(f"was not opened: more than {limit} MB of archives")
        content = node.read(MAX_ARCHIVE_BYTES)
        self.taken += len(content)
        left = MAX_ENTRIES - self.entries
        if kind.endswith(_ZIP):
            top, entries = zipped.open_bytes(content, left)
        else:
            top, entries = tarred.open_bytes(content, left)
        self.entries += entries
        return top
