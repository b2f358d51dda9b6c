"""Fixtures for the tests of the hidden suites: judge functions, read what is expected.

Only the course's own files are judged here, in this process; what a submission with a
known verdict gets in the sandbox is tested end to end elsewhere.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest

from grader.checks.suite import LiveSuite
from grader.checks.trusted import load_module, run_trusted
from grader.course import load
from grader.judge import Judge
from grader.rehearsal import Rehearsal
from grader.sandbox import Sandbox
from grader.submission import Submission

COURSE = load(Path(__file__).parents[2] / "course.yml")


@functools.lru_cache
def _suite(seed):
    return LiveSuite(COURSE, seed)


@pytest.fixture
def judged():
    """Return a function from an exercise and functions to the exercise's result."""

    def judge(name, functions, seed=0):
        exercise = next(e for e in COURSE.exercises if e.name == name)
        submission = Submission(Path("here"), {f"{name}.py": b""})
        rehearsal = Rehearsal(functions)
        report = Judge(COURSE, _suite(seed), rehearsal).judge(submission, [exercise])
        return report.exercises[0]

    return judge


@pytest.fixture
def judged_in_sandbox():
    """Return a function from an exercise and a file to its result in a real worker."""

    def judge(name, file, seed=0):
        exercise = next(e for e in COURSE.exercises if e.name == name)
        submission = Submission(file, {f"{name}.py": file.read_bytes()})
        with Sandbox(COURSE.limits) as sandbox:
            report = Judge(COURSE, _suite(seed), sandbox).judge(submission, [exercise])
        return report.exercises[0]

    return judge


@pytest.fixture
def solution_with():
    """Return a function that gives a solution's functions, with some replaced."""

    def replaced(name, **functions):
        solution = load_module(COURSE.solutions / f"{name}.py")
        return {**vars(solution), **functions}

    return replaced


@pytest.fixture
def named():
    """Return a function from a result to all beliefs that it names, sorted."""

    def names(result):
        return sorted({id_ for check in result.checks for id_ in check.misconceptions})

    return names


@pytest.fixture
def expectation():
    """Return a function from a submission's file to its verdict and named beliefs.

    The folder is the verdict; the line ``# names:`` has the beliefs, or "nothing".
    """

    def expected(file):
        header = re.search(r"^# names: (.+)$", file.read_text("utf-8"), re.MULTILINE)
        beliefs = header.group(1).strip() if header else "nothing"
        ids = [] if beliefs == "nothing" else re.split(r",\s*", beliefs)
        return file.parent.name.upper(), sorted(ids)

    return expected


@pytest.fixture
def functions_of():
    """Return a function from one of the course's own files to what it defines."""
    return lambda file: vars(load_module(file))


@pytest.fixture
def unswitched_mismatches():
    """Return a function: where wrong implementations without a switch are not right."""

    def mismatches(name):
        suite = _suite(0).exercise(name)
        beliefs = load_module(COURSE.suite / f"{name}.py").__suite__
        found = []
        for check in suite.checks:
            for case in suite.cases(check):
                for belief in beliefs:
                    function = getattr(belief, "function", None)
                    if getattr(belief, "switched", False) and (
                        function.__name__ == case.call.function
                    ):
                        call = case.call
                        kwargs = {**call.kwargs, "wrong": frozenset()}
                        answer = run_trusted(function, call.args, kwargs)
                        found.append(suite.mismatch(case, answer))
        assert found
        return [mismatch for mismatch in found if mismatch is not None]

    return mismatches


@pytest.fixture
def suite_of():
    """Return a function from an exercise to its suite."""

    def suite(name, seed=0):
        return _suite(seed).exercise(name)

    return suite
