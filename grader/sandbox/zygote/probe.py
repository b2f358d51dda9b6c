"""What the walls really hold, seen by a worker that tries them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from .lockdown import Lockdown
    from .rlimits import Budget

_PAGE = 4096
_READ, _WRITE, _EXEC = 1, 2, 4
_PRIVATE_ANONYMOUS = 0x22
_FAILED = ctypes.c_void_p(-1).value

ESSENTIAL = frozenset({"files", "sockets", "processes", "signals", "code", "memory"})


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
        if lockdown.landlock_version and _denied(lambda: os.close(_open())):
            held.append("landlock")

    lockdown.seal(channel.fileno(), budget, uid, zygote, look_without_seccomp)
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p

    def mapped(size: int, protection: int) -> bool:
        length = ctypes.c_size_t(size)
        where = libc.mmap(None, length, protection, _PRIVATE_ANONYMOUS, -1, 0)
        return bool(where != _FAILED)

    if _denied(lambda: os.close(_open())):
        held.append("files")
    if _denied(lambda: socket.socket().close()):
        held.append("sockets")
    if _denied(_fork):
        held.append("processes")
    if _denied(lambda: os.kill(zygote, 0)):
        held.append("signals")
    if mapped(_PAGE, _READ | _WRITE) and not mapped(_PAGE, _READ | _EXEC):
        held.append("code")
    enough = budget.memory_bytes // 2
    too_much = budget.memory_bytes * 3 // 2
    if mapped(enough, _READ | _WRITE) and not mapped(too_much, _READ | _WRITE):
        held.append("memory")
    if uid is not None and os.getuid() == os.geteuid() == uid:
        held.append("uid")
    square = np.ones((8, 8))
    if (square @ square).sum() == 512.0:  # a worker must still be able to work
        os.write(3, " ".join(held).encode("ascii"))


def _denied(attempt: Callable[[], object]) -> bool:
    with contextlib.suppress(OSError):
        attempt()
        return False
    return True


def _open() -> int:
    return os.open("/proc/self/status", os.O_RDONLY)


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)
