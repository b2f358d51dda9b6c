"""The real course, and one sandbox for all tests of this package."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.sandbox import Sandbox
from grader.submission import Submission


@pytest.fixture(scope="session")
def course():
    return courses.load(Path(__file__).parents[2] / "course.yml")


@pytest.fixture(scope="session")
def sandbox(course):
    with Sandbox(course.limits) as opened:
        yield opened


@pytest.fixture(scope="session")
def suites(course):
    """Return a function from a seed to its suite; each is made once."""
    made = {}

    def of(seed):
        if seed not in made:
            made[seed] = LiveSuite(course, seed)
        return made[seed]

    return of


@pytest.fixture
def judged(course, sandbox, suites):
    """Return a function that judges the source of one exercise."""

    def judge(name, source, seed=11):
        files = MappingProxyType({f"{name}.py": source})
        handed_in = Submission(Path("here"), files)
        judge = Judge(course, suites(seed), sandbox)
        return judge.judge(handed_in, [course.exercise(name)]).exercises[0]

    return judge
