"""Skeletons are made from solutions, and known to be current."""

import pytest

from grader import course as courses
from grader import skeleton
from grader.errors import CourseError

SOLUTION = '''\
"""A module."""

import numpy as np


# BEGIN SOLUTION
def helper():
    return 1


# END SOLUTION


def one(x):
    """Return one."""
    # BEGIN SOLUTION
    y = helper()

    return y * x
    # END SOLUTION


def two():
    """Return two."""
    # BEGIN SOLUTION
    return 2
    # END SOLUTION
'''

SKELETON = '''\
"""A module."""

import numpy as np


def one(x):
    """Return one."""
    # TODO: write this function.
    raise NotImplementedError


def two():
    """Return two."""
    # TODO: write this function.
    raise NotImplementedError
'''


def test_bodies_are_replaced_and_helpers_go():
    assert skeleton.skeleton(SOLUTION, file="one.py") == SKELETON


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("x = 1\n", "there is no # BEGIN SOLUTION"),
        ("# BEGIN SOLUTION\nx = 1\n", "one.py:1: # BEGIN SOLUTION without # END"),
        ("# END SOLUTION\n", "one.py:1: # END SOLUTION without # BEGIN"),
        ("# BEGIN SOLUTION\n# BEGIN SOLUTION\n", "one.py:2: # BEGIN SOLUTION stands"),
    ],
)
def test_marks_that_do_not_pair_are_named_with_their_line(source, complaint):
    with pytest.raises(CourseError, match=complaint):
        skeleton.skeleton(source, file="one.py")


def test_writing_makes_them_current_and_an_edit_makes_them_stale(small_course):
    course = courses.load(small_course() / "course.yml")
    file = course.assignments / "double.py"

    assert skeleton.stale(course) == [file]
    assert skeleton.write(course) == [file]
    assert skeleton.stale(course) == []
    assert skeleton.write(course) == []
    file.write_text(file.read_text() + "#")
    assert skeleton.stale(course) == [file]


def test_a_missing_solution_is_one_line(small_course):
    course = courses.load(small_course() / "course.yml")
    (course.solutions / "double.py").unlink()

    with pytest.raises(
        CourseError, match=r"double.py: is missing\. Every exercise has"
    ):
        skeleton.skeletons(course)
