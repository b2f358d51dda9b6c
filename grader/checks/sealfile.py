"""The file of a sealed exercise: a header and compressed sections, read strictly.

::

    cnn-course sealed 2 <digest of all that follows>
    {"exercise": …, "course": …, "release": …, "seed": …, "sections": [[name, size], …]}
    <sections, each compressed>

Nothing in it is executed. The digest finds damage and careless edits; it cannot stop
a forger, who has the grader too.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMAT_VERSION = 3
SUFFIX = ".sealed"
MAX_SECTION = 2**24  # bytes, unpacked: no file makes the grader eat the memory
MAX_FILE = 2**24
UNPACK = "Unpack the course's zip again."
_MAGIC = "cnn-course sealed"
_DTYPES = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")


@dataclass(frozen=True, slots=True)
class SealedFile:
    """What a file holds; sections are unpacked when they are asked for.

    Parameters
    ----------
    exercise : str
        The exercise.
    course : str
        Digest of the course that it belongs to.
    release : str
        Digest of the release that it belongs to.
    seed : int
        The release's seed.
    packed : mapping of str to bytes
        The sections.
    origin : Path, optional
        The file, for complaints.
    """

    exercise: str
    course: str
    release: str
    seed: int
    packed: Mapping[str, bytes]
    origin: Path | None = None

    def section(self, name: str) -> bytes:
        """Return an unpacked section.

        Raises
        ------
        CourseError
            If it is not there or not sound.
        """
        unpacker = zlib.decompressobj()
        try:
            content = unpacker.decompress(self.packed[name], MAX_SECTION)
        except (KeyError, zlib.error):
            raise damaged(self.origin) from None
        if not unpacker.eof or unpacker.unused_data:
            raise damaged(self.origin)
        return content


def damaged(file: Path | None) -> CourseError:
    """Return the complaint about a file that is not as it was written."""
    return CourseError("is damaged or was edited", file=file, remedy=UNPACK)


def write(
    *,
    exercise: str,
    course: str,
    release: str,
    seed: int,
    sections: Mapping[str, bytes],
) -> bytes:
    """Return the bytes of a sealed exercise."""
    for name, content in sections.items():
        if len(content) > MAX_SECTION:
            problem = f"{name} takes more than {MAX_SECTION >> 20} MB"
            raise CourseError(problem, key=exercise, remedy="Draw smaller inputs.")
    packed = {name: zlib.compress(content, 9) for name, content in sections.items()}
    header = {
        "exercise": exercise,
        "course": course,
        "release": release,
        "seed": seed,
        "sections": [[name, len(content)] for name, content in packed.items()],
    }
    rest = json.dumps(header).encode() + b"\n" + b"".join(packed.values())
    return f"{_MAGIC} {FORMAT_VERSION} {_digest(rest)}\n".encode() + rest


def read(file: Path) -> SealedFile:
    """Read a sealed exercise.

    Raises
    ------
    CourseError
        If it cannot be read, is of another format, or is not as it was written.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise CourseError("is missing", file=file, remedy=UNPACK) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise CourseError(f"cannot be read: {reason}", file=file) from None
    if len(content) > MAX_FILE:
        raise damaged(file)
    first, _, rest = content.partition(b"\n")
    words = first.decode("utf-8", "replace").split(" ")
    if " ".join(words[:2]) != _MAGIC or len(words) < 3:
        raise CourseError("is not a sealed exercise", file=file, remedy=UNPACK)
    if words[2] != str(FORMAT_VERSION):
        problem = f"has format {words[2][:20]}, this grader reads {FORMAT_VERSION}"
        remedy = "Install the grader that came with it."
        raise CourseError(problem, file=file, remedy=remedy)
    if words[3:] != [_digest(rest)]:
        raise damaged(file)
    try:
        return _parsed(rest, file)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise damaged(file) from None


def _parsed(rest: bytes, file: Path) -> SealedFile:
    line, _, body = rest.partition(b"\n")
    header = json.loads(line)
    packed, start = {}, 0
    for name, size in header["sections"]:
        packed[str(name)] = body[start : start + int(size)]
        start += int(size)
    if start != len(body):
        raise ValueError("sections and sizes differ")
    seed = header["seed"]
    if type(seed) is not int:
        raise TypeError("the seed is a number")
    return SealedFile(
        exercise=str(header["exercise"]),
        course=str(header["course"]),
        release=str(header["release"]),
        seed=seed,
        packed=packed,
        origin=file,
    )


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def place(index: tuple[int, ...], part: int | None) -> str:
    """Return the key of a cell among the workings."""
    where = ",".join(map(str, index))
    return where if part is None else f"{part}:{where}"


def to_json(value: Any) -> Any:
    """Return an argument or answer as JSON: arrays and tuples are marked."""
    if isinstance(value, np.ndarray):
        cells = value.astype(np.int8) if _is_small(value) else value
        cells = cells.astype(cells.dtype.newbyteorder("<"))
        return {
            "dtype": value.dtype.str[1:],
            "shape": list(value.shape),
            "stored": cells.dtype.str[1:],
            "cells": base64.b64encode(cells.tobytes()).decode("ascii"),
        }
    if isinstance(value, tuple):
        return {"tuple": [to_json(item) for item in value]}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise CourseError(f"a {type(value).__name__} cannot be sealed")


def _is_small(array: np.ndarray[Any, Any]) -> bool:
    """Tell whether a byte holds each number, sign of zero included."""
    if array.dtype.kind == "f" and (array != np.rint(array)).any():
        return False
    near = (array >= -128) & (array <= 127)
    return bool(near.all()) and not np.signbit(array[array == 0] * 1.0).any()


def from_json(value: Any) -> Any:
    """Return the argument or answer that `to_json` wrote.

    Raises
    ------
    ValueError, KeyError, TypeError
        If it is none.
    """
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "tuple" in value:
        return tuple(from_json(item) for item in value["tuple"])
    if value["dtype"] not in _DTYPES or value["stored"] not in _DTYPES:
        raise ValueError("no such dtype")
    cells = np.frombuffer(
        base64.b64decode(value["cells"], validate=True), f"<{value['stored']}"
    )
    return cells.astype(value["dtype"]).reshape(value["shape"])
