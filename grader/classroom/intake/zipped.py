"""A zip, read in memory and within bounds: nothing is ever unpacked to disk.

References
----------
.. [1] PKWARE, ".ZIP File Format Specification", sections 4.3 and 4.4.
.. [2] D. Fifield, "A better zip bomb", WOOT 2019: entries that overlap.
"""

from __future__ import annotations

import contextlib
import io
import lzma
import stat
import struct
import zipfile
import zlib
from datetime import datetime, timezone
from functools import partial
from typing import TYPE_CHECKING

from grader.classroom.intake import names
from grader.classroom.intake.node import Kind
from grader.classroom.intake.tree import Packed, grow
from grader.errors import SubmissionError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


MAX_CLASS_DIRECTORY = 32 << 20
MAX_CLASS_ENTRIES = 200_000
MAX_DIRECTORY = 8 << 20
"""The bytes of a table of contents, which `zipfile` reads and keeps as a whole."""

_ENCRYPTED = 0x1
_UTF8 = 0x800
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the others may ask for GB
_TOO_MANY = "holds more files than anybody writes"
_LOCAL_HEADER = 30
_ENTRY, _ENTRY_BYTES = b"PK\1\2", 46  # of the table of contents
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,  # Unicode errors and negative offsets among them
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


class _Bounded(io.BufferedReader):
    """A file of which nobody takes more at once than a table of contents may have."""

    most = 0
    lenient = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Read, unless a header asks for an absurd amount."""
        if size is not None and size > self.most:
            raise zipfile.BadZipFile("asks for too much")
        content = super().read(size)
        if self.lenient and content.startswith(_ENTRY):
            return _honest(content)
        return content


def _honest(directory: bytes) -> bytes:
    """Return a table of contents whose names are UTF-8 wherever they claim to be.

    One such name would otherwise be the end of the whole class, for `zipfile`.
    """
    mended, here = bytearray(directory), 0
    while mended.startswith(_ENTRY, here) and here + _ENTRY_BYTES <= len(mended):
        (flags,) = struct.unpack_from("<H", mended, here + 8)
        name, extra, comment = struct.unpack_from("<3H", mended, here + 28)
        start = here + _ENTRY_BYTES
        try:
            mended[start : start + name].decode("utf-8")
        except UnicodeDecodeError:
            struct.pack_into("<H", mended, here + 8, flags & ~_UTF8)
        here = start + name + extra + comment
    return bytes(mended)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Packed]:
    """Give the top folder of the zip of a class, open as long as it is needed.

    Raises
    ------
    SubmissionError
        If it is no zip, is damaged, or is absurdly large.
    OSError
        If the file cannot be opened.
    """
    with _Bounded(io.FileIO(path)) as stream:
        yield _root(_open(stream, MAX_CLASS_DIRECTORY, MAX_CLASS_ENTRIES))


def open_bytes(content: bytes, entries: int) -> tuple[Packed, int]:
    """Return the top folder of a student's zip, and how many entries it has.

    Parameters
    ----------
    content : bytes
        The zip.
    entries : int
        How many it may have.

    Raises
    ------
    SubmissionError
        If it is no zip, is damaged, holds too much, or is built to mislead.
    """
    if content.count(_ENTRY) > entries:  # before any of them is built
        raise SubmissionError(_TOO_MANY)
    archive = _open(_Bounded(io.BytesIO(content)), MAX_DIRECTORY, entries)
    return _root(archive), len(archive.infolist())


def _root(archive: zipfile.ZipFile) -> Packed:
    _refuse_overlaps(archive)
    return grow(_entry(archive, info) for info in archive.infolist())


def _open(stream: _Bounded, directory: int, entries: int) -> zipfile.ZipFile:
    stream.most = directory
    try:
        archive = _listed(stream)
    except _BROKEN:
        raise SubmissionError("is no zip, or is damaged") from None
    # `read` within the table of contents is over; entries have limits of their own.
    stream.most = 1 << 30
    if len(archive.infolist()) > entries:
        raise SubmissionError(_TOO_MANY)
    return archive


def _listed(stream: _Bounded) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except UnicodeDecodeError:
        stream.lenient = True
        archive = zipfile.ZipFile(stream)
        stream.lenient = False
        return archive


def _refuse_overlaps(archive: zipfile.ZipFile) -> None:
    """Refuse a zip of which two entries share bytes: no program makes such a thing."""
    end = -1
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise SubmissionError("is built so that its files overlap; refused")
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[list[str], Packed]:
    *folders, name = _parts(info)
    kind = _kind(info)
    if kind is Kind.FOLDER:
        return folders, Packed(name)
    load = partial(_load, archive, info)
    return folders, Packed(name, kind, info.file_size, _modified(info), load)


def _kind(info: zipfile.ZipInfo) -> Kind:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return Kind.LINK
    if info.orig_filename.endswith(("/", "\\")) or stat.S_ISDIR(mode):
        return Kind.FOLDER
    return Kind.FILE if stat.S_IFMT(mode) in {0, stat.S_IFREG} else Kind.OTHER


def _modified(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time, tzinfo=timezone.utc)
    except ValueError:
        return None


def _load(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise SubmissionError("is encrypted; hand it in without a password")
    if info.compress_type not in _METHODS:
        raise SubmissionError("is compressed in a rare way; make an ordinary zip")
    try:
        with archive.open(info) as stream:
            return stream.read(most)
    except _BROKEN:
        raise SubmissionError("is damaged in its zip; hand it in again") from None


def _parts(info: zipfile.ZipInfo) -> list[str]:
    """Return the parts of an entry's path, `..` and all.

    Windows has written backslashes into zips, and macOS UTF-8 without saying so.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return names.parts_of(name.replace("\\", "/"))
