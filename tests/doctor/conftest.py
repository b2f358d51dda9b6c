"""A small course that is sound, to be spoilt in one thing at a time."""

from __future__ import annotations

import pytest

from grader import course as courses
from grader import skeleton
from grader.doctor import proofs
from grader.doctor.run import run

PASS = '''\
"""Doubling, another way."""
# names: nothing

import numpy as np


def double(x, times=1):
    if times < 0:
        raise ValueError("no")
    for _ in range(times):
        x = np.add(x, x)
    return x
'''

WRONG = '''\
"""Doubling, once at most."""
# names: stride-ignored


def double(x, times=1):
    if times < 0:
        raise ValueError("no")
    return x * 2.0
'''


@pytest.fixture
def sound(small_course):
    """Return the folder of a small course in which every proof holds."""
    folder = small_course()
    skeleton.write(courses.load(folder / "course.yml"))
    for verdict, text in (("pass", PASS), ("wrong", WRONG)):
        place = folder / "tests/submissions/double" / verdict
        place.mkdir(parents=True)
        (place / "one.py").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def examined(sound):
    """Return a function that runs one proof on the course as it is now."""

    def examine(proof, seeds=2):
        course = courses.load(sound / "course.yml")
        others = {p.name for p in proofs.OF_EXERCISES} | set(proofs.OF_COURSE)
        others -= {proof}
        return list(run(course, course.exercises, seeds=seeds, without=others))

    return examine


@pytest.fixture
def faults(examined):
    """Return a function that runs one proof and gives the problems it finds."""

    def find(proof, seeds=2):
        results = examined(proof, seeds)
        found = [fault for result in results for fault in result.faults]
        assert all(fault.remedy for fault in found)
        return [fault.problem for fault in found]

    return find


@pytest.fixture
def edit(sound):
    """Return a function that replaces a text in a file of the course, once."""

    def replace(file, old, new):
        path = sound / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace
