"""The real course, and one sandbox for all tests of this package."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import MappingProxyType

import pytest

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.sandbox import Sandbox
from grader.submission import Submission

ROOT = Path(__file__).parents[2]
PLAIN_USER = 12_345


@pytest.fixture(scope="session")
def course():
    return courses.load(ROOT / "course.yml")


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


@pytest.fixture(scope="session")
def plain_user():
    """Return a Python that a plain user can run, and how to run it as one.

    The tests' own Python may lie in root's home; the system's may do.
    """
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    options = {"env": environment, "cwd": "/", "text": True}
    if os.geteuid() != 0:
        return sys.executable, options
    options |= {"user": PLAIN_USER, "group": PLAIN_USER, "extra_groups": []}
    environment["PYTHONPATH"] = f"{sysconfig.get_path('purelib')}:{ROOT}"
    environment["HOME"] = "/nonexistent"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/python{version}"):
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            code = "import numpy, yaml, grader.judge"
            subprocess.run([python, "-c", code], check=True, **options)
            return python, options
    pytest.skip("another user can run no Python that has numpy")
