"""CPU of one submission with 20 small calls, beside the student's own arithmetic.

Run ``python benchmarks/warm_worker.py`` from the root of the repository.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from grader.limits import Limits
from grader.sandbox import Sandbox

SUBMISSIONS = 100
CALLS = 20
ROUNDS = 5
ROOT = Path(__file__).parents[1]
SOURCE = (ROOT / "solutions" / "stride.py").read_bytes()
IDENTITY = b"\n\ndef identity(x, w, b, stride=1, padding=0):\n    return x\n"
FILES = {"stride.py": SOURCE + IDENTITY}
IMAGE = np.arange(98.0).reshape(2, 1, 7, 7)
KERNEL = np.arange(9.0).reshape(1, 1, 3, 3)
BIAS = np.zeros(1)


def cpu() -> float:
    """Return the CPU seconds of this process and of all that it has reaped."""
    kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    uses = [resource.getrusage(kind) for kind in kinds]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def submissions(count: int) -> tuple[float, list[float]]:
    """Return CPU seconds of a sandbox's life, and wall seconds per submission."""
    before, walls = cpu(), []
    arguments = {"x": IMAGE, "w": KERNEL, "b": BIAS, "stride": 2}
    with Sandbox(Limits()) as sandbox:
        for _ in range(count + 1):
            begun = time.perf_counter()
            with sandbox.worker(FILES) as worker:
                worker.load("stride")
                for _ in range(CALLS):
                    worker.call("stride", "identity", (), arguments)
            walls.append(time.perf_counter() - begun)
    return cpu() - before, walls


def fresh() -> float:
    """Return the CPU seconds of a fresh process that imports numpy."""
    before = cpu()
    subprocess.run([sys.executable, "-c", "import numpy"], check=True)
    return cpu() - before


def main() -> None:
    """Measure and print."""
    costs, walls, peers = [], [], []
    for _ in range(ROUNDS):
        idle, _ = submissions(0)
        total, spent = submissions(SUBMISSIONS)
        costs.append((total - idle) / SUBMISSIONS)
        walls += spent
        peers.append(fresh())
    cost, wall, peer = map(statistics.median, (costs, walls, peers))
    print(f"CPU per submission of {CALLS} calls, all processes: {cost * 1e3:.2f} ms")
    print(f"wall per submission: {wall * 1e3:.2f} ms")
    print(f"CPU of a fresh `import numpy`: {peer * 1e3:.1f} ms, {peer / cost:.1f}x")


if __name__ == "__main__":
    main()
