"""What one exercise does is not held against the others of the same submission."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.limits import Limits
from grader.sandbox import Sandbox
from grader.submission import Submission
from grader.verdict import Verdict

ROOT = Path(__file__).parents[2]
LIMITS = Limits(import_seconds=2, call_seconds=1, submission_seconds=60)
NAMES = ("convolution", "padding", "stride", "pooling", "parameters")
MISTAKES = [  # of the zoo, those that one may make without meaning it, and then some
    "bombs_broadcast_answer",
    "bombs_large_answers",
    "bombs_memory_after_return",
    "bombs_memory_slowly",
    "bombs_recursion",
    "exits_at_import",
    "exits_by_null_pointer",
    "exits_quietly",
    "floods_stdout",
    "hangs_at_import",
    "hangs_loop",
    "patches_builtins",
    "patches_numpy",
    "patches_random",
    "patches_time",
    "patches_tracing",
]
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux can seal submissions in"
)


@pytest.fixture(scope="module")
def judge():
    course = replace(courses.load(ROOT / "course.yml"), limits=LIMITS)
    with Sandbox(LIMITS) as sandbox:
        yield Judge(course, LiveSuite(course, 20), sandbox)


@pytest.mark.parametrize("name", MISTAKES)
def test_the_other_exercises_keep_their_marks(judge, name):
    files = {f"{n}.py": (ROOT / f"solutions/{n}.py").read_bytes() for n in NAMES}
    hostile = (ROOT / f"tests/submissions/hostile/{name}.py").read_bytes()
    files["stride.py"] = hostile
    submission = Submission(Path("here"), MappingProxyType(files))
    exercises = [judge.course.exercise(each) for each in NAMES]

    report = judge.judge(submission, exercises)

    verdicts = {each.name: each.verdict for each in report.exercises}
    assert verdicts.pop("stride") is not Verdict.PASS
    assert set(verdicts.values()) == {Verdict.PASS}, verdicts
