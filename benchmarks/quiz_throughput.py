"""5,000 output-shape questions in every text format: CPU seconds and peak memory.

Whole commands, start included; medians. The aim is less than 1 s and 100 MB for each
format. Run: ``python benchmarks/quiz_throughput.py``.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 5
QUESTIONS = 5_000
FORMATS = (
    "json", "text", "markdown", "html",
    "moodle", "gift", "brightspace", "canvas", "qti21", "qti30",
)  # fmt: skip
QUIZ = [sys.executable, "-c", "from grader.cli.quiz import main; main()"]


def measure(form: str, out: Path) -> tuple[float, float]:
    """Return the CPU seconds and the peak megabytes of one run."""
    family = ["--family", "convolution-output-shape", "--variants", str(QUESTIONS)]
    command = [*QUIZ, "new", *family, "--format", form, "--out", str(out)]
    process = subprocess.Popen(
        command, cwd=Path(__file__).parents[1], stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed")
    # Linux counts the peak in kilobytes.
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMATS:
            out = Path(folder) / f"quiz.{form}"
            runs = [measure(form, out) for _ in range(ROUNDS)]
            seconds = statistics.median(taken for taken, _ in runs)
            peak = max(memory for _, memory in runs)
            size = out.stat().st_size / 1e6
            print(
                f"{form:10} {seconds:5.2f} s CPU  {peak:4.0f} MB  {size:5.1f} MB file"
            )


if __name__ == "__main__":
    main()
