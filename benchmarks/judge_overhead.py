"""CPU of a warm judge for a submission, beside the student's own.

First 20 small calls of functions that return one of their arguments, so that what is
measured is ours: a worker sealed and ended, the module delivered, calls and answers,
comparison, report. Then this course's solutions, all exercises of a submission at once,
against what they cost when their functions are called directly, in the same run.
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

from students_own import own_seconds

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.sandbox import Sandbox
from grader.submission import Submission

ROOT = Path(__file__).parents[1]
SUBMISSIONS = 200
WHOLE = 10
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


def measure(
    judge: Judge, submission: Submission, times: int = SUBMISSIONS
) -> tuple[float, float, float]:
    """Return CPU seconds per submission: of the grader, the zygote, the worker."""
    pid = zygote()
    before = time.process_time(), cpu_of(pid), cpu_of_ended_children(pid)
    for _ in range(times):
        judge.judge(submission)
    after = time.process_time(), cpu_of(pid), cpu_of_ended_children(pid)
    each = [(end - begin) / times for begin, end in zip(before, after, strict=True)]
    return each[0], each[1], each[2]


def small_calls() -> None:
    """Measure and print what 20 small calls cost."""
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


def whole_submission() -> None:
    """Measure and print what all exercises of this course cost."""
    course = courses.load(ROOT / "course.yml")
    suite = LiveSuite(course, 1)
    files = {f"{e.name}.py": path.read_bytes() for e, path in solutions(course)}
    submission = Submission(Path("here"), MappingProxyType(files))
    own, ours = [], []
    with Sandbox(course.limits) as sandbox:
        judge = Judge(course, suite, sandbox)
        report = judge.judge(submission)
        for _ in range(ROUNDS):
            ours.append(sum(measure(judge, submission, WHOLE)))
            own.append(own_seconds(course, suite, [files]))
    alone, judged = statistics.median(own), statistics.median(ours)
    print(
        f"all {len(files)} exercises, score {report.score:g}/{report.max_score:g}: "
        f"{judged * 1e3:.0f} ms CPU, of which the student's own "
        f"{alone * 1e3:.0f} ms: {100 * (judged - alone) / alone:.0f} % over"
    )


def solutions(course: courses.Course) -> list[tuple[courses.Exercise, Path]]:
    """Return the exercises and the files of their solutions."""
    return [(each, course.solutions / f"{each.name}.py") for each in course.exercises]


def main() -> None:
    """Measure and print."""
    small_calls()
    whole_submission()


if __name__ == "__main__":
    main()
