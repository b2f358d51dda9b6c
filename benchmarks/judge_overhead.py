"""CPU of a warm judge for a submission of 20 small calls, beside the student's own.

The student's functions return one of their arguments, so what is measured is ours: a
worker sealed and ended, the module delivered, calls and answers, comparison, report.
Run ``python benchmarks/judge_overhead.py`` from the root of the repository.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from types import MappingProxyType

sys.path.insert(0, str(Path(__file__).parents[1]))

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.sandbox import Sandbox
from grader.submission import Submission

SUBMISSIONS = 200
ROUNDS = 5
TARGET = 0.010
COURSE = """\
format_version: 1
title: Overhead
key: overhead
exercises:
  - name: layer
    title: Layer
    points: 5
"""
SOLUTION = "def layer(x, w, b, stride=1, padding=0):\n    return x\n"
SUITE = '''\
from grader.author import call, check, ints


def calls(draw):
    for stride, padding in ((1, 0), (1, 1), (2, 0), (2, 1), (3, 0)):
        x, w, b = ints(draw, (2, 2, 7, 6)), ints(draw, (3, 2, 3, 3)), ints(draw, (3,))
        yield call("layer", x=x, w=w, b=b, stride=stride, padding=padding)


@check(points=1, public=True)
def one(draw):
    """It returns its image."""
    yield from calls(draw)


@check(points=1, public=True)
def two(draw):
    """Again."""
    yield from calls(draw)


@check(points=1)
def three(draw):
    """And again."""
    yield from calls(draw)


@check(points=2)
def four(draw):
    """And again."""
    yield from calls(draw)
'''


def write_course(folder: Path) -> None:
    """Write a course whose one exercise makes 20 calls."""
    for part in ("solutions", "tests/hidden"):
        (folder / part).mkdir(parents=True)
    (folder / "course.yml").write_text(COURSE)
    (folder / "solutions/layer.py").write_text(SOLUTION)
    (folder / "tests/hidden/layer.py").write_text(SUITE)


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process, by the clock that Linux has for it."""
    return time.clock_gettime((~pid << 3) | 2)


def cpu_of_ended_children(pid: int) -> float:
    """Return the CPU seconds of the children that a process has reaped."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def zygote() -> int:
    """Return the only child of this process."""
    tasks = Path("/proc/self/task").glob("*/children")
    (pid,) = (int(pid) for path in tasks for pid in path.read_text().split())
    return pid


def measure(judge: Judge, submission: Submission) -> tuple[float, float, float]:
    """Return CPU seconds per submission: of the grader, the zygote, the worker."""
    pid = zygote()
    before = time.process_time(), cpu_of(pid), cpu_of_ended_children(pid)
    for _ in range(SUBMISSIONS):
        judge.judge(submission)
    after = time.process_time(), cpu_of(pid), cpu_of_ended_children(pid)
    each = [
        (end - begin) / SUBMISSIONS for begin, end in zip(before, after, strict=True)
    ]
    return each[0], each[1], each[2]


def main() -> None:
    """Measure and print."""
    submission = Submission(
        Path("here"), MappingProxyType({"layer.py": SOLUTION.encode()})
    )
    rounds = []
    with tempfile.TemporaryDirectory() as name:
        write_course(Path(name))
        course = courses.load(Path(name) / "course.yml")
        with Sandbox(course.limits) as sandbox:
            judge = Judge(course, LiveSuite(course, 1), sandbox)
            report = judge.judge(submission)
            print(f"isolation: {report.isolation}; score {report.score:g}/5")
            rounds = [measure(judge, submission) for _ in range(ROUNDS)]
    parts = [statistics.median(part) for part in zip(*rounds, strict=True)]
    total = statistics.median(map(sum, rounds))
    for part, seconds in zip(("grader", "zygote", "worker"), parts, strict=True):
        print(f"{part:7} {seconds * 1e3:6.2f} ms CPU per submission of 20 calls")
    print(f"{'total':7} {total * 1e3:6.2f} ms (target: at most {TARGET * 1e3:.0f})")


if __name__ == "__main__":
    main()
