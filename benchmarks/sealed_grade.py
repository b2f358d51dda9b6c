"""A cold sealed ``grade`` in an unpacked zip, and what of it the digests cost.

CPU seconds (user and system, with all children), medians; the digests' share is
measured inside one more run. From the course's folder, after ``course release``:
``python benchmarks/sealed_grade.py student.zip``.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROUNDS = 15
ROOT = Path(__file__).parents[1]
MAIN = "from grader.cli.grade import main; main()"
SHARE = "import sealed_grade; sealed_grade.share()"


def cpu_seconds(command: list[str], folder: str) -> float:
    """Return the CPU seconds of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(after[:2]) - sum(before[:2])


def share() -> None:
    """Run ``grade`` and say on standard error how long the digests took."""
    from grader.checks import digest, sealed  # noqa: PLC0415
    from grader.cli import grade  # noqa: PLC0415

    spent = [0.0]

    def timed(function):
        def run(*args, **kwargs):
            start = time.thread_time()
            try:
                return function(*args, **kwargs)
            finally:
                spent[0] += time.thread_time() - start

        return run

    digest.secret = timed(digest.secret)
    digest.right = timed(digest.right)
    sealed.canonical = timed(sealed.canonical)
    try:
        grade.main()
    finally:
        print(f"digests: {spent[0] * 1000:.1f} ms", file=sys.stderr)


def main() -> None:
    """Measure and print."""
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/sealed_grade.py student.zip")
    solutions = str(ROOT / "solutions")
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(sys.argv[1]).extractall(folder)
        python = [sys.executable, "-c"]
        commands = {
            "import numpy, click, yaml": [*python, "import numpy, click, yaml"],
            "grade stride": [*python, MAIN, "stride", "--in", solutions],
            "grade": [*python, MAIN, "--in", solutions],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                taken[name].append(cpu_seconds(command, folder))
        floor = statistics.median(taken["import numpy, click, yaml"])
        for name, seconds in taken.items():
            middle = statistics.median(seconds)
            print(f"{name:30} {middle * 1000:6.0f} ms CPU   {middle / floor:5.2f} x")
        subprocess.run(
            [*python, SHARE, "--in", solutions],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        )


if __name__ == "__main__":
    main()
