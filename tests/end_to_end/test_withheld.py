"""Hidden inputs stay hidden from the later exercises of the same submission."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.report import text
from grader.sandbox import Sandbox
from grader.submission import Submission

COURSE = """\
format_version: 1
title: Two exercises
key: two
exercises:
  - {name: double, title: One, points: 1}
  - {name: again, title: Two, points: 2}
"""
SOLUTION = "def double(value):\n    return value\n"
HIDDEN = """
from grader.author import call, check


@check(points=1)
def hidden(draw):
    "Its input is not to be told."
    yield call("double", "k4f1d")
"""
PUBLIC = """
from grader.author import call, check


@check(points=2, public=True)
def public(draw):
    "Its report quotes the submission."
    yield call("double", "public")
"""
# Ways to keep something beyond the worker in which it was seen.
KEEPERS = {
    "in a module": """
import json

def keep(value):
    json.kept = value

def kept():
    return getattr(json, "kept", "nothing")
""",
    "in what the zygote is asked for": """
import sys

def server():
    frame = sys._getframe()
    while frame is not None:
        for value in frame.f_locals.values():
            if hasattr(value, "_want"):
                return value
        frame = frame.f_back

def keep(value):
    if f"encodings.{value}" not in str(vars(server())):
        server()._want(f"encodings.{value}")

def kept():
    held = vars(server()), *map(vars, (m for m in sys.meta_path if hasattr(m, "_ask")))
    return str(held)
""",
    "in the environment": """
import sys

def keep(value):
    sys.modules["os"].environ["KEPT"] = value

def kept():
    return str(sys.modules["os"].environ)
""",
}
ONE = "def double(value):\n    keep(value)\n    return value\n"
TWO = "def double(value):\n    raise RuntimeError(kept())\n"


@pytest.mark.parametrize("keeper", KEEPERS.values(), ids=KEEPERS.keys())
def test_a_hidden_input_is_not_told_in_a_later_exercise(small_course, keeper, required):
    folder = small_course(course=COURSE, solution=SOLUTION, suite=HIDDEN)
    (folder / "solutions/again.py").write_text(SOLUTION)
    (folder / "tests/hidden/again.py").write_text(PUBLIC)
    course = courses.load(folder / "course.yml")
    files = {
        "double.py": (keeper + ONE).encode(),
        "again.py": (keeper + TWO).encode(),
    }
    with Sandbox(course.limits) as sandbox:
        if sandbox.isolation.level != "sealed":
            required("this machine cannot seal submissions in")
        judge = Judge(course, LiveSuite(course, 1), sandbox)
        submission = Submission(Path("here"), MappingProxyType(files))
        report = judge.judge(submission)

    one, two = report.exercises
    assert one.verdict.value in ("PASS", "CRASH")
    assert two.verdict.value == "ERROR"
    assert "RuntimeError" in two.checks[0].message
    assert "k4f1d" not in text.render(report)
