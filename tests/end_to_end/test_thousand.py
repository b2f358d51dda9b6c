"""A thousand submissions in one process leave nothing behind and nothing growing."""

from __future__ import annotations

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from types import MappingProxyType

import pytest

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.limits import Limits
from grader.sandbox import Sandbox
from grader.submission import Submission

COUNT = 1000
WARM_UP = 200
GROWTH_MB = 4  # a leak of one array, or of one record, a submission would be more
RIGHT = """
def double(x, times=1):
    if times < 0:
        raise ValueError("no")
    return x * 2.0 ** times
"""
IN_TURN = [
    (RIGHT, "PASS"),
    (RIGHT.replace("2.0", "3.0"), "WRONG"),
    (RIGHT.replace("return x", "return times"), "WRONG"),
    ("def double(x, times=1):\n    raise KeyError(x)\n", "ERROR"),
    ("import sys\ndef double(x, times=1):\n    sys.exit(0)\n", "ERROR"),
    (
        "import sys\ndef double(x, times=1):\n    sys.modules['os']._exit(0)\n",
        "CRASH",
    ),
    ("def double(x, times=1):\n    raise NotImplementedError\n", "TODO"),
    ("def double(:\n", "ERROR"),
    ("", "WRONG"),
    ("big = bytearray(1 << 22)\n" + RIGHT, "PASS"),
]

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="counts what /proc shows"
)


def held():
    """Return the processes and descriptors of this process."""
    folder = Path("/proc/self")
    children = [path.read_text() for path in folder.glob("task/*/children")]
    return sorted(" ".join(children).split()), set(Path("/proc/self/fd").iterdir())


def megabytes(pid):
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def test_a_thousand_submissions_leave_nothing(small_course, required):
    course = courses.load(small_course() / "course.yml")
    suite = LiveSuite(course, 5)
    before = held()
    verdicts = []
    with Sandbox(Limits(memory_mb=128)) as sandbox:
        if sandbox.isolation.level != "sealed":
            required("this machine cannot seal submissions in")
        judge = Judge(course, suite, sandbox)
        for number, (source, _) in zip(range(COUNT), cycle(IN_TURN), strict=False):
            files = MappingProxyType({"double.py": source.encode()})
            report = judge.judge(Submission(Path("here"), files))
            verdicts.append(report.exercises[0].verdict.value)
            if number == WARM_UP:
                gc.collect()
                running = held()
                zygote = int(next(iter(set(running[0]) - set(before[0]))))
                sizes = megabytes("self"), megabytes(zygote)
        gc.collect()

        assert held() == running
        assert megabytes("self") - sizes[0] < GROWTH_MB
        assert megabytes(zygote) - sizes[1] < GROWTH_MB
    assert held() == before
    expected = [verdict for _, verdict in IN_TURN]
    assert verdicts == expected * (COUNT // len(expected))


def test_four_lanes_share_a_sandbox_and_leave_nothing(small_course, required):
    course = courses.load(small_course() / "course.yml")
    suite = LiveSuite(course, 5)
    before = held()
    with Sandbox(Limits(memory_mb=128)) as sandbox:
        if sandbox.isolation.level != "sealed":
            required("this machine cannot seal submissions in")
        judge = Judge(course, suite, sandbox)
        files = MappingProxyType({"double.py": RIGHT.encode()})
        handed_in = [Submission(Path("here"), files)] * 200
        with ThreadPoolExecutor(4) as lanes:
            scores = [report.score for report in lanes.map(judge.judge, handed_in)]
    assert held() == before
    assert scores == [5.0] * 200
