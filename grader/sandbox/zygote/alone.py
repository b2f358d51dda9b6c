"""One worker in a process of its own, where workers cannot be forked and sealed."""

from __future__ import annotations

import random  # noqa: F401 - loaded, so that it is seeded; likewise the next
import socket
import sys

import numpy.random  # noqa: F401

from .channel import Channel
from .rlimits import Budget, bounds, limit
from .serve import Server, forget_ourselves


def main(memory: int, cpu: int, descriptor: str = "") -> None:
    """Serve one submission on the socket `descriptor`.

    On Windows, the description of the socket comes through standard input instead.
    """
    if sys.platform == "win32":
        sock = socket.fromshare(sys.stdin.buffer.read())
    else:
        sock = socket.socket(fileno=int(descriptor))
        sock.set_inheritable(False)
    limit(bounds(Budget(cpu, memory)))
    forget_ourselves()
    Server().run(Channel(sock))
