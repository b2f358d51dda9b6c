"""Frames to and from a worker that may lie, stall or die."""

from __future__ import annotations

import math
import os
import select
import socket
import sys
import time
from typing import TYPE_CHECKING

from grader.sandbox.zygote import wire

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK = 1 << 16
_GROWTH = 1 << 20  # memory follows what has arrived, never what is announced


_TOGETHER = hasattr(socket.socket, "sendmsg")  # not so on Windows


class Expired(Exception):  # noqa: N818 - an outcome, not a mistake
    """The deadline passed."""


class Gone(Exception):  # noqa: N818
    """The worker hung up."""


class Forged(Exception):  # noqa: N818
    """The worker sent something that is not the answer to the request."""


class Channel:
    """The grader's end of a worker's socket.

    Parameters
    ----------
    sock : socket
        Connected; owned from now on.
    limit : int
        The largest payload that is accepted.
    """

    def __init__(self, sock: socket.socket, limit: int) -> None:
        sock.setblocking(False)
        self._sock = sock
        self._limit = limit
        self._nonce = b""
        self._data = bytearray()
        self._readable = _waiter(sock, writing=False)
        self._writable = _waiter(sock, writing=True)

    def close(self) -> None:
        """Hang up."""
        self._sock.close()

    def send(self, kind: int, payload: bytes, deadline: float) -> None:
        """Send a request; whatever was asked before has been answered.

        Nobody looks whether something came before it was asked for: it lacks the
        nonce, which is drawn here.

        Raises
        ------
        Gone, Expired
            If the worker does not listen.
        """
        self._nonce = os.urandom(16)
        header = wire.HEADER.pack(wire.MAGIC, kind, self._nonce, len(payload))
        view = memoryview(payload)
        while header or view:
            try:
                if header and _TOGETHER:  # a large payload is not copied once more
                    sent = self._sock.sendmsg((header, view))
                else:
                    sent = self._sock.send(header or view)
                view = view[max(0, sent - len(header)) :]
                header = header[sent:]
            except BlockingIOError:
                if not self._writable(deadline):
                    raise Expired from None
            except OSError as error:
                raise Gone from error

    def receive(self, deadline: float) -> tuple[int, bytes]:
        """Return kind and payload of the next answer to the last request."""
        self._fill(wire.HEADER.size, _CHUNK, deadline)
        magic, kind, nonce, length = wire.HEADER.unpack_from(self._data)
        if magic != wire.MAGIC or nonce != self._nonce or length > self._limit:
            raise Forged
        size = wire.HEADER.size + length
        if len(self._data) < size:
            self._fill(size, _GROWTH, deadline)
        with memoryview(self._data) as view:
            body = bytes(view[wire.HEADER.size : size])
        del self._data[:size]
        return kind, body

    def end(self) -> None:
        """Take the last request as answered; nothing more may have come."""
        if self._data:
            raise Forged

    def _fill(self, size: int, at_once: int, deadline: float) -> None:
        while len(self._data) < size:
            # Asked first: nothing has come yet as a rule, and to try costs an error.
            if not self._readable(deadline):
                raise Expired
            try:
                chunk = self._sock.recv(at_once)
            except BlockingIOError:
                continue
            except OSError as error:
                raise Gone from error
            else:
                if not chunk:
                    raise Gone
                self._data += chunk


def _waiter(sock: socket.socket, *, writing: bool) -> Callable[[float], bool]:
    """Return a function that waits for the socket, and tells whether it came to be."""
    if sys.platform == "win32":

        def ready_on_windows(deadline: float) -> bool:
            seconds = max(0.0, deadline - time.monotonic())
            read, write = ([], [sock]) if writing else ([sock], [])
            return any(select.select(read, write, [], seconds))

        return ready_on_windows
    poll = select.poll()
    poll.register(sock, select.POLLOUT if writing else select.POLLIN)

    def ready(deadline: float) -> bool:
        # Rounded up, so that the last millisecond is waited for, not spun through.
        left = max(0.0, deadline - time.monotonic())
        return bool(poll.poll(math.ceil(left * 1000)))

    return ready
