"""5,000 questions in every format: CPU seconds and peak memory.

Fifty pools of a hundred variants each, since Canvas takes no larger ones. First all
of one family (output shapes, as other generators were measured), then of fifty
different ones. Whole commands, start included; medians. The aim is less than 1 s and
100 MB for output shapes in each text format; packages, zips of thousands of files, are
measured beside them. A line at the start says how long a loop of ten million additions
takes: on a quiet machine of today about half a second.

The aim was set where text2qti 0.8 takes 5.3 s for as many questions. Where TEXT2QTI
names that program, it is given the same questions between runs of ours: at least 5.3
times as long is within the aim, whatever this machine is like today.

Run: ``python benchmarks/quiz_throughput.py [FORMAT ...]``.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from string import ascii_lowercase
from time import process_time

ROUNDS = 3
POOLS = 50
VARIANTS = 100
ROOMY = """
import sys
from grader.quiz.registry import load, names
from grader.quiz.variants import space
print(*[name for name in names() if space(load(name)).count >= int(sys.argv[1])])
"""
ONE = ("convolution-output-shape",)
TEXTS = ("json", "text", "markdown", "html", "moodle", "gift", "brightspace")
PACKAGES = ("canvas", "qti21", "qti30")
QUIZ = [sys.executable, "-c", "from grader.cli.quiz import main; main()"]


def measure(form: str, families: tuple[str, ...], out: Path) -> tuple[float, float]:
    """Return the CPU seconds and the peak megabytes of one run."""
    named = [f"--family={name}" for name in islice(cycle(families), POOLS)]
    pools = [*named, "--variants", str(VARIANTS)]
    command = [*QUIZ, "new", *pools, "--format", form, "--out", str(out)]
    return cost(command, Path(__file__).parents[1])


def cost(command: list[str], folder: Path) -> tuple[float, float]:
    """Return the CPU seconds and the peak megabytes of a command."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=folder, **quiet)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed")
    # Linux counts the peak in kilobytes.
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    print(f"ten million additions: {calibration():.2f} s CPU")
    mixed = roomy_families()
    for title, families in (("output shapes", ONE), ("mixed families", mixed)):
        print(f"{title}, {POOLS} pools of {VARIANTS}")
        with tempfile.TemporaryDirectory() as folder:
            for form in sys.argv[1:] or (*TEXTS, *PACKAGES):
                report(form, families, Path(folder) / f"quiz.{form}")
    if "TEXT2QTI" in os.environ:
        with tempfile.TemporaryDirectory() as folder:
            peer(os.environ["TEXT2QTI"], Path(folder))


def peer(program: str, folder: Path) -> None:
    """Print how much longer text2qti takes for the questions and choices alone."""
    ours, theirs = folder / "quiz.json", folder / "quiz.txt"
    measure("json", ONE, ours)
    lines = ["Quiz title: Shapes"]
    for number, question in enumerate(json.loads(ours.read_text())["questions"], 1):
        lines += "", f"Title: {question['title']}", f"{number}. {question['prompt']}"
        for letter, choice in zip(ascii_lowercase, question["choices"], strict=False):
            lines.append(f"{'*' * choice['correct']}{letter}) {choice['text']}")
    theirs.write_text("\n".join(lines))
    for _ in range(ROUNDS):
        before = cost([program, theirs.name], folder)[0]
        mine = {form: measure(form, ONE, ours)[0] for form in TEXTS}
        other = (before + cost([program, theirs.name], folder)[0]) / 2
        times = ", ".join(f"{other / own:.1f} x {form}" for form, own in mine.items())
        print(f"text2qti {other:5.2f} s: {times}", flush=True)


def report(form: str, families: tuple[str, ...], out: Path) -> None:
    """Measure a format and print its line."""
    runs = [measure(form, families, out) for _ in range(ROUNDS)]
    seconds = statistics.median(taken for taken, _ in runs)
    peak = max(memory for _, memory in runs)
    size = out.stat().st_size / 1e6
    print(
        f"  {form:11} {seconds:5.2f} s CPU  {peak:4.0f} MB  {size:5.1f} MB file",
        flush=True,
    )


def roomy_families() -> tuple[str, ...]:
    """Return the families that have a hundred variants for each of two pools.

    In a process of its own: a command's peak counts what this one holds.
    """
    command = [sys.executable, "-c", ROOMY, str(2 * VARIANTS)]
    return tuple(subprocess.check_output(command, text=True).split())


def calibration() -> float:
    """Return how long this machine takes for what every machine does alike."""
    start = process_time()
    total = 0
    for number in range(10_000_000):
        total += number
    return process_time() - start


if __name__ == "__main__":
    main()
