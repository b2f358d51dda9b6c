"""Collect the hidden suite: every check is a test, judged as a student's code is.

``pytest tests/hidden`` judges the solutions, ``pytest tests/hidden --submission DIR``
the modules in DIR. The seed is fresh each time; ``--suite-seed N`` repeats one.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from grader import course as courses
from grader import submission
from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.sandbox import Sandbox
from grader.verdict import Verdict

JUDGE = pytest.StashKey[tuple]()


def pytest_addoption(parser):
    group = parser.getgroup("hidden suite")
    group.addoption(
        "--submission", metavar="DIR", help="judge the modules in DIR, not solutions/"
    )
    group.addoption(
        "--suite-seed", type=int, metavar="N", help="draw the inputs of seed N"
    )


def pytest_configure(config):
    course = courses.load(Path(__file__).parents[2] / "course.yml")
    folder = config.getoption("--submission", default=None)
    seed = config.getoption("--suite-seed", default=None)
    seed = secrets.randbits(32) if seed is None else seed
    sandbox = Sandbox(course.limits)
    config.add_cleanup(lambda: sandbox.__exit__(None, None, None))
    judge = Judge(course, LiveSuite(course, seed), sandbox)
    handed_in = submission.read(Path(folder) if folder else course.solutions)
    config.stash[JUDGE] = (judge, handed_in)


def pytest_report_header(config):
    judge, handed_in = config.stash[JUDGE]
    return f"hidden suite: {handed_in.origin}, --suite-seed {judge.suite.seed}"


def pytest_collect_file(file_path, parent):
    if file_path.suffix == ".py" and file_path.parent == Path(__file__).parent:
        judge, _ = parent.config.stash[JUDGE]
        names = [exercise.name for exercise in judge.course.exercises]
        if file_path.stem in names:
            return SuiteFile.from_parent(parent, path=file_path)
    return None


class SuiteFile(pytest.File):
    """One exercise; its module is judged once, when the first check is asked for."""

    def collect(self):
        judge, _ = self.config.stash[JUDGE]
        self._report = None
        for check in judge.suite.exercise(self.path.stem).checks:
            yield CheckItem.from_parent(self, name=check.name)

    def result(self, name):
        if self._report is None:
            judge, handed_in = self.config.stash[JUDGE]
            exercise = judge.course.exercise(self.path.stem)
            self._report = judge.judge(handed_in, [exercise])
        checks = self._report.exercises[0].checks
        return next(check for check in checks if check.name == name)


class CheckItem(pytest.Item):
    """One check."""

    def runtest(self):
        result = self.parent.result(self.name)
        if result.verdict is Verdict.SKIP:
            pytest.skip(result.message)
        if result.verdict is not Verdict.PASS:
            text = f"{result.verdict.value}: {result.claim}\n{result.message}"
            raise CheckFailedError(text)

    def repr_failure(self, excinfo, style=None):
        if excinfo.errisinstance(CheckFailedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self):
        return self.path, None, f"{self.path.stem}: {self.name}"


class CheckFailedError(Exception):
    """The submission does not pass the check."""
