"""Resource limits, where the system has them."""

from __future__ import annotations

import sys
from typing import NamedTuple, TypeAlias

if sys.platform != "win32":
    import resource
    from resource import setrlimit

Bounds: TypeAlias = "tuple[tuple[int, tuple[int, int]], ...]"
"""Resources, each with its limits, soft and hard."""


class Budget(NamedTuple):
    """What one worker may use, memory counted above what it starts with."""

    cpu_seconds: int
    memory_bytes: int


def bounds(budget: Budget) -> Bounds:
    """Return each resource of this process and its limits, soft and hard.

    Memory can only be limited on Linux. A process forked from this one may apply
    them: it starts as large.
    """
    if sys.platform == "win32":
        return ()
    values = {
        resource.RLIMIT_CPU: budget.cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 16,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
    }
    if sys.platform == "linux":
        with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123 - no pathlib here
            pages = int(statm.read().split()[0])
        size = pages * resource.getpagesize()
        values[resource.RLIMIT_AS] = size + budget.memory_bytes
        values[resource.RLIMIT_MSGQUEUE] = 0
    found = []
    for kind, value in values.items():
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        found.append((kind, (bound, bound)))
    return tuple(found)


def limit(bounds: Bounds) -> None:
    """Set resource limits for good."""
    if sys.platform == "win32":
        return
    for kind, pair in bounds:
        setrlimit(kind, pair)
