"""A worker's answer, checked field by field: it comes from the student's side."""

from __future__ import annotations

from dataclasses import dataclass

from grader.reply import (
    Frame,
    Missing,
    Raised,
    Reply,
    Returned,
    Unsupported,
)
from grader.sandbox.channel import Forged
from grader.sandbox.text import printable
from grader.sandbox.zygote import wire

_TEXT = 800
_FRAMES_TEXT = 1000
_NAME = 100


@dataclass(frozen=True, slots=True)
class Again:
    """A new process is needed.

    Parameters
    ----------
    module : str, optional
        What it shall start with.
    spent : bool
        Whether another module has changed the old one; otherwise it is lost.
    """

    module: str | None = None
    spent: bool = False


def read(kind: int, body: bytearray, cpu_seconds: float) -> Reply | Again:
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
        reply = Again(_text(reader.read(), _NAME))
    elif kind == wire.SPENT:
        reply = Again(spent=True)
    else:
        raise Forged
    reader.end()
    return reply


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
