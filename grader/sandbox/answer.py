"""A worker's answer, checked field by field: it comes from the student's side."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np

from grader.reply import (
    Crashed,
    Frame,
    Missing,
    Raised,
    Reply,
    Returned,
    TimedOut,
    Unsupported,
)
from grader.sandbox.channel import Forged
from grader.sandbox.text import printable
from grader.sandbox.zygote import wire
from grader.sandbox.zygote.rows import ANSWER, GROUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Answer: TypeAlias = tuple[int, bytes]
"""What a worker said to a call: its kind, and a payload not read yet."""

NO_ANSWER = "sent an answer that is not one"
"""Of a worker whose bytes mean nothing."""

NOT_SOUND = (Forged, wire.MalformedError)
"""What reading them raises."""

LARGE = 1 << 18
"""Bytes of answers to a row that are not compared with others."""

_ANSWERS = frozenset({wire.RETURNED, wire.RAISED, wire.MISSING})
_TEXT = 800
_FRAMES_TEXT = 1000
_NAME = 100
_FEW, _SMALL = 4, 1 << 12  # replies to a request that are kept; bytes of one


@dataclass(frozen=True, slots=True)
class Again:
    """A new process is needed, and the request made anew.

    Parameters
    ----------
    why : {"lost", "wants", "spent", "unclear"}
        The old one has gone without its doing; it wants a module; another module of the
        submission has changed it; or it is not clear which of several calls it died in.
    module : str, optional
        What it wants.
    """

    why: Literal["lost", "wants", "spent", "unclear"]
    module: str = ""


class Answers:
    """What a worker said to a row of calls, as far as it came.

    Two that are equal mean the same.

    Parameters
    ----------
    count : int
        How many calls it says to have answered.
    groups : list of bytes
        What it said, group by group; they are let go as they are split.

    Attributes
    ----------
    size : int
        How many bytes that is.
    """

    __slots__ = ("_groups", "_raw", "count", "size")

    def __init__(self, count: int, groups: Iterable[bytes] = ()) -> None:
        self.count = count
        self._groups = deque(groups)
        self.size = sum(map(len, self._groups))
        # Large ones are compared with nothing, and not copied once more.
        self._raw: bytes | None = None
        if self.size <= LARGE:
            self._raw = b"".join(self._groups)
            self._groups = deque([self._raw])

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Answers)
            and self._raw is not None
            and self._raw == other._raw
            and self.count == other.count
        )

    def __hash__(self) -> int:
        return hash(self._raw)

    @classmethod
    def only(cls, body: bytes) -> Answer:
        """Return the only answer in a group.

        Raises
        ------
        Forged
            If there is none, or more.
        """
        if body[: GROUP.size] != GROUP.pack(0, 1):
            raise Forged
        answers = list(cls(1, [body[GROUP.size :]]).split())
        if not answers or len(answers[0][1]) != len(body) - GROUP.size - ANSWER.size:
            raise Forged
        return answers[0]

    def split(self) -> Iterator[Answer]:
        """Yield the answers, once: fewer than `count` where it lied."""
        left = self.count
        while self._groups:
            group = self._groups.popleft()
            at, end = 0, len(group)
            while left and end - at >= ANSWER.size:
                kind, length = ANSWER.unpack_from(group, at)
                at += ANSWER.size
                if kind not in _ANSWERS or length > end - at:
                    return
                yield kind, group[at : at + length]
                left -= 1
                at += length


class InRow(NamedTuple):
    """What came of a row of calls.

    Parameters
    ----------
    answers : Answers
        To all, or to the first few.
    failure : TimedOut or Crashed, optional
        What became of the call after these, where that is known.
    loaded : Returned or Raised, optional
        What came of loading the module, where that was tried and is known.
    """

    answers: Answers
    failure: TimedOut | Crashed | None = None
    loaded: Returned | Raised | None = None


class Replies:
    """The first few replies to one request, by the bytes that they came in.

    Many submissions answer the same: what has been read once is not read again. A
    reply from here holds the same value as the one before, for as long as this lives;
    no array in it can be written to.
    """

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[bytes, Returned] = {}

    def read(self, kind: int, body: bytes, cpu_seconds: float) -> Reply | Again:
        """Return the reply in a worker's frame; see `read`."""
        if kind != wire.RETURNED or len(body) > _SMALL:
            return read(kind, body, cpu_seconds)
        known = self._known.get(body)
        if known is not None and known.cpu_seconds == cpu_seconds:
            return known
        if known is not None:
            return Returned(known.value, known.changed, cpu_seconds)
        reply = read(kind, body, cpu_seconds)
        if isinstance(reply, Returned) and len(self._known) < _FEW:
            _protect(reply.value)
            self._known[body] = reply
        return reply


_LOADED = Replies()
"""What is said where a module was loaded: the same of every one."""


def read(kind: int, body: bytes, cpu_seconds: float) -> Reply | Again:
    """Return the reply in a worker's frame.

    Raises
    ------
    Forged, MalformedError
        If the frame holds none.
    """
    reader = wire.Reader(body, lambda text: Unsupported(printable(text, 200)))
    reply: Reply | Again
    if kind == wire.RETURNED:
        changed = _texts(reader.read())
        reply = Returned(reader.read(), changed, cpu_seconds)
    elif kind == wire.RAISED:
        reply = _raised(reader)
    elif kind == wire.MISSING:
        reply = Missing("", _texts(reader.read())[:50])
    elif kind == wire.WANTS:
        reply = Again("wants", _text(reader.read(), _NAME))
    elif kind == wire.SPENT:
        reply = Again("spent")
    else:
        raise Forged
    reader.end()
    return reply


def again(kind: int, body: bytes) -> Again:
    """Return what came in place of answers to calls.

    Raises
    ------
    Forged, MalformedError
        If it is nothing that could.
    """
    reply = read(kind, body, 0.0)
    if not isinstance(reply, Again):
        raise Forged
    return reply


def of_load(said: bytes) -> tuple[Returned | Raised, bytes]:
    """Return the first answer of a group, to a module's loading, and the rest of it.

    Raises
    ------
    Forged, MalformedError
        If it is none. Nothing can follow where the module could not be loaded.
    """
    if len(said) < ANSWER.size:
        raise Forged
    kind, length = ANSWER.unpack_from(said)
    end = ANSWER.size + length
    body = said[ANSWER.size : end]
    reply = _LOADED.read(kind, body, 0.0) if len(body) == length else None
    if isinstance(reply, Returned) or (isinstance(reply, Raised) and end == len(said)):
        return reply, said[end:]
    raise Forged


def _protect(value: object) -> None:
    """Let nobody write to the arrays in a value."""
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, (tuple, list)):
        for item in value:
            _protect(item)


def _raised(reader: wire.Reader) -> Raised:
    name, bases = _text(reader.read(), _NAME), _texts(reader.read())
    message, rows = _text(reader.read(), _TEXT), reader.read()
    if type(rows) is not tuple or len(rows) > 20:
        raise Forged
    frames = []
    for row in rows:
        if type(row) is not tuple or len(row) != 4 or type(row[1]) is not int:
            raise Forged
        file, line, function, text = row
        if not 0 <= line < wire.MAX_SIDE:
            raise Forged
        frames.append(
            Frame(_text(file, _NAME), line, _text(function, _NAME), _text(text, 120))
        )
    while len(frames) > 2 and sum(_size(frame) for frame in frames) > _FRAMES_TEXT:
        del frames[len(frames) // 2]
    return Raised(name, bases[:10], message, tuple(frames))


def _size(frame: Frame) -> int:
    return len(frame.file) + len(frame.function) + len(frame.text)


def _text(value: object, limit: int) -> str:
    if type(value) is not str:
        raise Forged
    return printable(value, limit)


def _texts(value: object) -> tuple[str, ...]:
    if type(value) is not tuple or len(value) > 200:
        raise Forged
    return tuple(_text(item, _NAME) for item in value)
