"""A tar, plain or gzipped, read in memory and within bounds."""

from __future__ import annotations

import io
import struct
import tarfile
import zlib
from datetime import datetime, timezone
from functools import partial

from grader.classroom.intake import names
from grader.classroom.intake.node import Kind
from grader.classroom.intake.tree import Packed, grow
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


def open_bytes(content: bytes, entries: int) -> tuple[Packed, int]:
    """Return the top folder of a student's tar, and how many entries it has.

    Parameters
    ----------
    content : bytes
        The tar.
    entries : int
        How many it may have.

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
    if len(headers) > entries:
        raise SubmissionError("holds more files than anybody writes")
    return grow(_entry(archive, info) for info in headers), len(headers)


def _unzipped(content: bytes) -> bytes:
    """Unpack all of it first: a tar's headers may ask for any amount of memory."""
    unpacked = zlib.decompressobj(_ANY_GZIP).decompress(content, MAX_UNPACKED + 1)
    if len(unpacked) > MAX_UNPACKED:
        raise too_large(MAX_UNPACKED)
    return unpacked


def _entry(archive: tarfile.TarFile, info: tarfile.TarInfo) -> tuple[list[str], Packed]:
    *folders, name = names.parts_of(info.name)
    if info.isdir():
        return folders, Packed(name)
    load = partial(_load, archive, info)
    return folders, Packed(name, _kind(info), info.size, _modified(info), load)


def _kind(info: tarfile.TarInfo) -> Kind:
    if info.issym() or info.islnk():
        return Kind.LINK
    return Kind.FILE if info.isreg() else Kind.OTHER


def _modified(info: tarfile.TarInfo) -> datetime | None:
    try:
        return datetime.fromtimestamp(info.mtime, timezone.utc) if info.mtime else None
    except (OverflowError, ValueError, OSError):
        return None


def _load(archive: tarfile.TarFile, info: tarfile.TarInfo, most: int) -> bytes:
    try:
        stream = archive.extractfile(info)
        return stream.read(most) if stream else b""
    except (*_BROKEN, KeyError):
        raise SubmissionError("is damaged in its tar; hand it in again") from None
