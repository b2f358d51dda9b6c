"""`course`, as an author uses it."""

from functools import partial

import pytest

from grader import course as courses
from grader import skeleton

RIGHT = """\
# names: nothing
def double(x, times=1):
    if times < 0:
        raise ValueError
    return x * 2.0**times
"""


@pytest.fixture
def folder(small_course, monkeypatch):
    """Return a small sound course, and be in it."""
    folder = small_course()
    skeleton.write(courses.load(folder / "course.yml"))
    place = folder / "tests/submissions/double/pass"
    place.mkdir(parents=True)
    (place / "right.py").write_text(RIGHT, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def course(folder, command):
    """Return a function that runs `course` and gives what it said."""
    return partial(command, "course")


def test_doctor_exits_0_where_all_holds(course):
    out, err = course("doctor", "--fast", code=0)

    assert out.splitlines()[-1].startswith("Sound:")
    assert "mutants" not in out
    assert err == ""


def test_doctor_tries_mutants_when_asked(course):
    out, _ = course("doctor", "double", "--seeds", "1", "--mutants", code=0)

    assert "13 of 13 killed" in out


def test_doctor_exits_1_and_says_what_is_wrong(course, folder):
    (folder / "tests/submissions/double/pass/right.py").unlink()

    out, _ = course("doctor", "double", "--fast", code=1)
    assert "FAIL  tests/submissions/double/ has no submission" in out
    assert out.splitlines()[-1].startswith("Not sound: 1 of 10 proofs fail.")


def test_doctor_exits_2_for_a_course_that_cannot_be_read(course, folder):
    (folder / "course.yml").write_text("exercises: [", encoding="utf-8")

    _, err = course("doctor", code=2)
    assert err.startswith("course: ")
    assert "course.yml" in err


def test_doctor_proposes_the_nearest_exercise(course):
    _, err = course("doctor", "dubble", code=2)

    assert "did you mean 'double'?" in err


def test_new_says_what_it_wrote_and_what_comes_next(course, folder):
    out, err = course("new", "dropout", "--title", "Leaving out", code=0)

    assert out.splitlines() == [
        "wrote solutions/dropout.py",
        "wrote assignments/dropout.py",
        "wrote tests/hidden/dropout.py",
        "wrote tests/submissions/dropout",
        "wrote course.yml",
    ]
    assert err == "Next: course doctor dropout\n"


def test_new_refuses_a_name_in_one_line(course):
    _, err = course("new", "random", code=2)

    assert err.startswith("course: 'random' is taken")
    assert len(err.splitlines()) == 1


def test_skeletons_are_checked_and_written(course, folder):
    (folder / "assignments/double.py").unlink()

    _, err = course("skeletons", "--check", code=1)
    assert "assignments/double.py is not current" in err
    out, _ = course("skeletons", code=0)
    assert out == "wrote assignments/double.py\n"
    course("skeletons", "--check", code=0)
