"""Worker starts per second, against a fresh process that imports numpy.

Run ``python benchmarks/worker_starts.py`` from the root of the repository.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from grader.limits import Limits
from grader.sandbox import Sandbox

STARTS = 300
ROUNDS = 5
LANES = os.cpu_count() or 1
SOURCE = {"empty.py": b""}


def cpu() -> float:
    """Return the CPU seconds of this process and of all that it has reaped."""
    kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    uses = [resource.getrusage(kind) for kind in kinds]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def start(sandbox: Sandbox, count: int) -> None:
    """Start, load an empty module, end; `count` times."""
    for _ in range(count):
        with sandbox.worker(SOURCE) as worker:
            worker.load("empty")


def sandboxes(starts: int, lanes: int) -> tuple[float, float]:
    """Return wall seconds and CPU seconds of a sandbox's whole life."""
    before = cpu()
    with Sandbox(Limits()) as sandbox:
        start(sandbox, 1)
        begun = time.perf_counter()
        share = starts // lanes
        threads = [
            threading.Thread(target=start, args=(sandbox, share)) for _ in range(lanes)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wall = time.perf_counter() - begun
    return wall, cpu() - before


def fresh() -> float:
    """Return the CPU seconds of a fresh process that imports numpy."""
    before = cpu()
    subprocess.run([sys.executable, "-c", "import numpy"], check=True)
    return cpu() - before


def main() -> None:
    """Measure and print."""
    with Sandbox(Limits()) as sandbox:
        print(f"isolation: {sandbox.isolation}")
    walls, costs, peers = [], [], []
    for _ in range(ROUNDS):
        _, idle = sandboxes(0, 1)
        wall, total = sandboxes(STARTS, LANES)
        walls.append(STARTS / wall)
        costs.append((total - idle) / STARTS)
        peers.append(fresh())
    rate, cost, peer = map(statistics.median, (walls, costs, peers))
    print(f"starts per second, {LANES} lanes: {rate:.0f}")
    print(f"CPU per start, all processes: {cost * 1e3:.2f} ms")
    print(f"CPU of a fresh `import numpy`: {peer * 1e3:.1f} ms, {peer / cost:.0f}x")


if __name__ == "__main__":
    main()
