"""What the walls really hold, seen by a worker that tries them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
from typing import TYPE_CHECKING

import numpy as np

from .lockdown import CHANNEL
from .rlimits import bounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from .lockdown import Lockdown
    from .rlimits import Budget

_PAGE = 4096
_READ, _WRITE, _EXEC = 1, 2, 4
_PRIVATE_ANONYMOUS = 0x22
_FAILED = ctypes.c_void_p(-1).value


def look(lockdown: Lockdown, budget: Budget, uid: int | None) -> frozenset[str]:
    """Fork a sealed worker, and return the names of the walls that held in it."""
    ours, theirs = socket.socketpair()
    zygote = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            _try_everything(lockdown, budget, uid, zygote, theirs)
        finally:
            os._exit(0)
    theirs.close()
    chunks = []
    while chunk := ours.recv(_PAGE):
        chunks.append(chunk)
    ours.close()
    os.waitpid(child, 0)
    return frozenset(b"".join(chunks).decode("ascii").split())


def _try_everything(
    lockdown: Lockdown,
    budget: Budget,
    uid: int | None,
    zygote: int,
    channel: socket.socket,
) -> None:
    held = []

    def look_without_seccomp() -> None:
        if lockdown.landlock_version and _denied(_open):
            held.append("landlock")

    limits = bounds(budget)
    lockdown.seal(channel.fileno(), limits, uid, zygote, look_without_seccomp)
    enough, too_much = budget.memory_bytes // 2, budget.memory_bytes * 3 // 2
    walls = {
        "files": _denied(_open),
        "sockets": _denied(lambda: socket.socket().close()),
        "processes": _denied(_fork),
        "signals": _denied(lambda: os.kill(zygote, 0)),
        "code": _mapped(_PAGE, _READ | _WRITE) and not _mapped(_PAGE, _READ | _EXEC),
        "memory": _mapped(enough, _READ | _WRITE)
        and not _mapped(too_much, _READ | _WRITE),
        "uid": uid is not None and os.getuid() == os.geteuid() == uid,
    }
    held += [name for name, holds in walls.items() if holds]
    square = np.ones((8, 8))
    if (square @ square).sum() == 512.0:  # a worker must still be able to work
        os.write(CHANNEL, " ".join(held).encode("ascii"))


def _denied(attempt: Callable[[], object]) -> bool:
    with contextlib.suppress(OSError):
        attempt()
        return False
    return True


def _open() -> None:
    os.close(os.open("/proc/self/status", os.O_RDONLY))


def _mapped(size: int, protection: int) -> bool:
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    length = ctypes.c_size_t(size)
    where = libc.mmap(None, length, protection, _PRIVATE_ANONYMOUS, -1, 0)
    if where == _FAILED:
        return False
    libc.munmap(ctypes.c_void_p(where), length)
    return True


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)
