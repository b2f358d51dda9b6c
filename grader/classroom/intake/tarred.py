"""A tar, plain or gzipped, read in memory and within bounds."""

from __future__ import annotations

import io
import struct
import tarfile
import zlib
from dataclasses import dataclass, field
from datetime import datetime, timezone

from grader.classroom.intake import names
from grader.classroom.intake.node import Kind
from grader.errors import SubmissionError
from grader.submission import too_large

MAX_UNPACKED = 16 << 20
_GZIP = b"\x1f\x8b"
_ANY_GZIP = 31  # the window that tells zlib to expect a gzip header
_BROKEN = (
    tarfile.TarError,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    RecursionError,
)


@dataclass(frozen=True, slots=True)
class InTar:
    """A file or folder in a tar.

    Parameters
    ----------
    archive : TarFile
        The tar.
    name : str
        The last part of its path.
    info : TarInfo, optional
        Its header; None for a folder that is only part of paths.
    held : dict of str to InTar
        What a folder holds, by name.
    """

    archive: tarfile.TarFile
    name: str
    info: tarfile.TarInfo | None = None
    held: dict[str, InTar] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """What it is."""
        if self.info is None or self.held or self.info.isdir():
            return Kind.FOLDER
        if self.info.issym() or self.info.islnk():
            return Kind.LINK
        return Kind.FILE if self.info.isreg() else Kind.OTHER

    @property
    def size(self) -> int:
        """How many bytes it claims to hold."""
        return 0 if self.info is None else self.info.size

    @property
    def modified(self) -> datetime | None:
        """When it was last written, by the clock of who packed it."""
        try:
            seconds = 0 if self.info is None else self.info.mtime
            return datetime.fromtimestamp(seconds, timezone.utc) if seconds else None
        except (OverflowError, ValueError, OSError):
            return None

    def children(self) -> tuple[InTar, ...]:
        """Return what the folder holds, by name."""
        return tuple(self.held[name] for name in sorted(self.held))

    def read(self, limit: int) -> bytes:
        """Return what the file holds."""
        if self.info is None:
            raise SubmissionError("is a folder")
        if self.info.size > limit:
            raise too_large(limit)
        try:
            stream = self.archive.extractfile(self.info)
            content = stream.read(limit + 1) if stream else b""
        except (*_BROKEN, KeyError):
            raise SubmissionError("is damaged in its tar; hand it in again") from None
        if len(content) > limit:
            raise too_large(limit)
        return content


def open_bytes(content: bytes) -> InTar:
    """Return the top folder of a student's tar.

    Raises
    ------
    SubmissionError
        If it is no tar, is damaged, or holds too much.
    """
    try:
        if content.startswith(_GZIP):
            content = _unzipped(content)
        archive = tarfile.TarFile(fileobj=io.BytesIO(content))
        headers = archive.getmembers()
    except _BROKEN:
        raise SubmissionError("is no tar, or is damaged") from None
    top = InTar(archive, "")
    for info in headers:
        _place(top, info)
    return top


def _unzipped(content: bytes) -> bytes:
    """Unpack all of it first: a tar's headers may ask for any amount of memory."""
    unpacked = zlib.decompressobj(_ANY_GZIP).decompress(content, MAX_UNPACKED + 1)
    if len(unpacked) > MAX_UNPACKED:
        raise too_large(MAX_UNPACKED)
    return unpacked


def _place(top: InTar, info: tarfile.TarInfo) -> None:
    parts = names.parts_of(info.name.removeprefix("./"))
    if parts in ([""], ["."]):
        return  # the folder itself
    here = top
    for part in parts[:-1]:
        here = here.held.setdefault(part, InTar(top.archive, part))
    there = here.held.get(parts[-1])
    if there is None or not there.held:
        here.held[parts[-1]] = InTar(top.archive, parts[-1], info)
