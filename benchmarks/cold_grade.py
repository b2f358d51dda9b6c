"""A cold ``grade stride --in solutions`` against the imports it cannot do without.

CPU seconds (user and system, with all children) of whole commands, the two measured
in turn; medians. Run from the course's folder: ``python benchmarks/cold_grade.py``.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROUNDS = 9
FLOOR = [sys.executable, "-c", "import numpy, click, yaml"]
GRADE = [sys.executable, "-c", "from grader.cli.grade import main; main()"]


def cpu_seconds(command: list[str]) -> float:
    """Return the CPU seconds of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    root = Path(__file__).parents[1]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=root)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(after[:2]) - sum(before[:2])


def main() -> None:
    """Measure and print."""
    commands = {
        "import numpy, click, yaml": FLOOR,
        "grade stride --in solutions": [*GRADE, "stride", "--in", "solutions"],
        "grade --in solutions": [*GRADE, "--in", "solutions"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            taken[name].append(cpu_seconds(command))
    floor = statistics.median(taken["import numpy, click, yaml"])
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        print(f"{name:30} {middle * 1000:6.0f} ms CPU   {middle / floor:5.2f} x")


if __name__ == "__main__":
    main()
