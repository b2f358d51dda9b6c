"""The worker's end of its socket: requests come in, answers go out."""

from __future__ import annotations

import builtins
import os
import time
from typing import TYPE_CHECKING, TypeAlias

from . import wire
from .rows import ANSWER, GROUP

if TYPE_CHECKING:
    import socket

# See wire.py: student code may replace builtins, not this copy.
__builtins__ = dict(vars(builtins))  # type: ignore[assignment]

Payload: TypeAlias = "bytes | bytearray | memoryview"
"""What came after a header, without a copy of it."""

MOMENT = 0.05
"""Seconds. What is answered within it goes back together: every message wakes the
grader, which takes longer than most calls."""

_CHUNK = 1 << 16
_exit, _now = os._exit, time.monotonic
_header, _pack_header, _HEADER_SIZE = (
    wire.HEADER.unpack,
    wire.HEADER.pack,
    wire.HEADER.size,
)
_pack_answer, _pack_group = ANSWER.pack, GROUP.pack


class Channel:
    """Blocking frames over a connected socket.

    Parameters
    ----------
    sock : socket
        Connected.
    """

    def __init__(self, sock: socket.SocketType) -> None:
        self._receive, self._receive_into = sock.recv, sock.recv_into
        self._send = sock.sendall
        self._nonce = bytes(16)
        self._answers: list[bytes] = []
        self._row = self._count = self._size = 0
        self._groups: list[bytes] = []  # complete, and not sent yet
        self._complete = 0  # how many bytes those are
        self._told = 0.0  # when the grader was waited for, or answered, last

    def receive(self) -> tuple[int, Payload]:
        """Return the next request, or leave the process when there is none."""
        data = self._receive(_CHUNK)  # most often the whole of it
        while len(data) < _HEADER_SIZE:
            data += self._receive(_CHUNK) or _exit(0)
        magic, kind, self._nonce, length = _header(data[:_HEADER_SIZE])
        if magic != wire.MAGIC:
            _exit(1)
        payload: Payload = memoryview(data)[_HEADER_SIZE:]  # a copy takes fresh pages
        if len(payload) != length:
            payload = self._rest(payload, length)
        self._row = 0
        self._told = _now()
        return kind, payload

    def send(self, kind: int, payload: bytes) -> None:
        """Answer the request received last."""
        self._send(_pack_header(wire.MAGIC, kind, self._nonce, len(payload)) + payload)

    def answer(self, kind: int, body: bytes) -> None:
        """Answer the next call of the row received last, at once or in a moment."""
        head = _pack_answer(kind, len(body))
        if len(body) > _CHUNK:  # large: not copied once more
            self.flush()
            self._send(self._group_head(1, len(head) + len(body)) + head)
            self._send(body)
            self._told = _now()
            return
        self._answers += head, body
        self._count += 1
        self._size += len(head) + len(body)
        if self._complete + self._size > _CHUNK or _now() - self._told > MOMENT:
            self.flush()

    def end_row(self) -> None:
        """Let what is answered next belong to the next row."""
        self._end_group()
        self._row += 1

    def _end_group(self) -> None:
        if self._count:
            self._groups += self._group_head(self._count, self._size), *self._answers
            self._complete += self._size
            self._answers.clear()
            self._count = self._size = 0

    def flush(self) -> None:
        """Let the grader have all answers."""
        self._end_group()
        if self._groups:
            self._send(b"".join(self._groups))
            self._groups.clear()
            self._complete = 0
            self._told = _now()

    def _group_head(self, count: int, size: int) -> bytes:
        size += GROUP.size
        header = _pack_header(wire.MAGIC, wire.ANSWERS, self._nonce, size)
        return header + _pack_group(self._row, count)

    def _rest(self, begun: Payload, length: int) -> bytearray:
        """Return a payload of which only the beginning has come yet."""
        buffer = bytearray(length)
        buffer[: len(begun)] = begun
        view = memoryview(buffer)[len(begun) :]
        while view:
            count = self._receive_into(view)
            if not count:
                _exit(0)
            view = view[count:]
        return buffer
