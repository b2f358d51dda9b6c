"""Private users: two live workers must never share one, or they could signal."""

from __future__ import annotations

import os
import socket
import sys

BLOCK = 64  # users of one zygote: more workers than it ever has at once
_FIRST = 0x70000000  # a range that no distribution hands out
_LAST = 0x7FFF0000
_SMALL_FIRST, _SMALL_LAST = 20_000, 59_000  # where a container maps fewer users


class Users:
    """A block of users that no other grader on this machine has taken.

    The block is claimed by binding an abstract socket, which the kernel gives back
    when this process ends, however it ends.
    """

    def __init__(self) -> None:
        self._claim: socket.socket | None = None
        self._free: list[int] = []
        if sys.platform == "linux" and os.geteuid() == 0:
            self._claim_a_block()

    @property
    def private(self) -> bool:
        """Whether workers get users of their own."""
        return self._claim is not None

    def take(self) -> int | None:
        """Return a free user, or None if there is none."""
        return self._free.pop() if self._free else None

    def give_back(self, uid: int) -> None:
        """Take back the user of a worker that has been reaped."""
        self._free.append(uid)

    def forgo(self) -> None:
        """Have no private users: the kernel does not let us change to them."""
        self._free.clear()
        if self._claim is not None:
            self._claim.close()
            self._claim = None

    def _claim_a_block(self) -> None:
        first, last = _bounds()
        for base in range(first, last - BLOCK, BLOCK):
            claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            try:
                claim.bind(f"\0cnn-course-workers-{base}")
            except OSError:
                claim.close()
                continue
            self._claim = claim
            self._free = list(range(base, base + BLOCK))
            return


def _bounds() -> tuple[int, int]:
    """Return a range of users that exist in this user namespace."""
    with open("/proc/self/uid_map", encoding="ascii") as table:  # noqa: PTH123
        rows = [[int(field) for field in line.split()] for line in table]
    ends = [inside + length for inside, _, length in rows]
    if max(ends, default=0) > _LAST:
        return _FIRST, _LAST
    return _SMALL_FIRST, min(_SMALL_LAST, max(ends, default=0))
