"""Resource limits, where the system has them."""

from __future__ import annotations

import sys
from typing import NamedTuple


class Budget(NamedTuple):
    """What one worker may use, memory counted above what it starts with."""

    cpu_seconds: int
    memory_bytes: int


def limit(budget: Budget) -> None:
    """Set every resource limit, soft and hard; memory can only be limited on Linux."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - POSIX only

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
    for kind, value in values.items():
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (bound, bound))
