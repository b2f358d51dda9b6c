"""Exercises proved side by side."""

import shutil

import pytest

from grader import course as courses
from grader.doctor.run import run


@pytest.fixture
def two(sound, edit):
    """Return a sound course of two exercises, the second like the first."""
    for folder in ("solutions", "assignments", "tests/hidden"):
        shutil.copy(sound / folder / "double.py", sound / folder / "again.py")
    submissions = sound / "tests/submissions"
    shutil.copytree(submissions / "double", submissions / "again")
    edit(
        "course.yml",
        "    points: 5\n",
        "    points: 5\n  - name: again\n    title: Again\n    points: 5\n",
    )
    return courses.load(sound / "course.yml")


def test_two_lanes_find_what_one_finds_in_the_same_order(two, sound, edit):
    edit("solutions/again.py", "Double an array.", "TODO: say what it does.")

    one = list(run(two, two.exercises, seeds=2, lanes=1))
    both = list(run(two, two.exercises, seeds=2, lanes=2))
    fixed = [result for result in both if result.proof != "solutions"]
    assert fixed == [result for result in one if result.proof != "solutions"]
    assert [r.exercise for r in both] == [*["double"] * 7, *["again"] * 7, *[""] * 5]
    assert {(r.exercise, r.proof) for r in both if not r.holds} == {
        ("again", "files"),
        ("again", "skeletons"),
    }


def test_the_course_as_a_whole_waits_for_all_exercises(two):
    found = list(run(two, two.exercises[:1], seeds=1))

    assert {result.exercise for result in found} == {"double"}


def test_people_are_told_what_is_being_done(two):
    said = []

    list(run(two, two.exercises[1:], seeds=1, tell=said.append))

    assert "again: files" in said
    assert "again: beliefs, seed 0" in said
