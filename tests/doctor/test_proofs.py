"""The order of the proofs, and what waits for what."""

import pytest

from grader import course as courses
from grader.doctor.run import run


@pytest.fixture
def results(sound):
    """Return a function that runs the proofs and gives the results."""

    def prove(*without):
        course = courses.load(sound / "course.yml")
        return list(run(course, course.exercises, seeds=1, without=without))

    return prove


def test_all_hold_in_a_sound_course_and_the_course_comes_last(results):
    found = results()

    assert all(result.holds for result in found)
    assert [(r.exercise, r.proof) for r in found] == [
        ("double", "files"),
        ("double", "solutions"),
        ("double", "skeletons"),
        ("double", "beliefs"),
        ("double", "submissions"),
        ("double", "mutants"),
        ("double", "sealing"),
        ("", "files"),
        ("", "beliefs"),
        ("", "submissions"),
        ("", "mutants"),
        ("", "quizzes"),
    ]


def test_a_proof_that_is_left_out_is_left_out_of_the_course_too(results):
    assert "mutants" not in {result.proof for result in results("mutants")}


def test_nothing_is_tried_without_the_files_it_takes(results, sound):
    (sound / "solutions/double.py").unlink()

    waits = [r.waits_for for r in results() if r.exercise and r.proof != "files"]
    assert waits == ["files", *["solutions"] * 5]


def test_what_makes_sense_is_tried_although_points_are_off(results, edit):
    edit("course.yml", "points: 5", "points: 6")

    found = results("mutants")
    assert [r.proof for r in found if not r.holds] == ["files"]


def test_a_proof_that_the_course_stops_is_a_fault(results, sound):
    (sound / "tests/hidden/equivalent_mutants.yml").write_text("[", encoding="utf-8")

    problems = [fault.problem for r in results() for fault in r.faults]
    assert len(problems) == 2
    assert all(p.startswith("tests/hidden/equivalent_mutants.yml:") for p in problems)


def test_an_exercise_is_proved_although_it_needs_another(sound, edit):
    edit(
        "course.yml",
        "  - name: double\n",
        "  - name: triple\n    title: Tripling\n    points: 5\n"
        "  - name: double\n    needs: [triple]\n",
    )
    course = courses.load(sound / "course.yml")
    found = list(run(course, [course.exercise("double")], seeds=1))

    assert [result.holds for result in found] == [True] * 7
