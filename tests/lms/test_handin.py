"""What a learning system hands over, as the judge gets it.

Where modules may lie is tested with the intake of a class; here, that it is that.
"""

import zipfile

import pytest

from grader import course as courses
from grader.errors import SubmissionError
from grader.lms.handin import collect


@pytest.fixture
def handed_in(tmp_path):
    folder = tmp_path / "handed-in"
    folder.mkdir()
    return folder


@pytest.fixture
def collected(small_course, handed_in):
    """Return a function: the names of what is taken, and the problems."""
    course = courses.load(small_course() / "course.yml")

    def find():
        found = collect(handed_in, course.exercises)
        return sorted(found.files), dict(found.problems)

    return find


def test_modules_are_found_in_a_zip_in_a_folder(collected, handed_in):
    (handed_in / "mine").mkdir()
    with zipfile.ZipFile(handed_in / "mine" / "work.zip", "w") as made:
        made.writestr("homework/double.py", "")
        made.writestr("homework/helper.py", "")

    assert collected() == (["double.py", "helper.py"], {})


def test_of_nothing_there_is_nothing_to_say(collected):
    assert collected() == ([], {})


def test_what_is_no_module_is_said(collected, handed_in):
    (handed_in / "double.py.txt").touch()
    files, problems = collected()

    assert files == []
    assert problems["double.py"].startswith("is missing: what you handed in holds no ")
    assert "double.py.txt: is no .py file" in problems["double.py"]


def test_a_notebook_is_taken_for_what_has_no_module(collected, handed_in):
    (handed_in / "work.ipynb").write_text('{"cells": []}')

    assert collected() == (["work.ipynb"], {})


def test_a_damaged_notebook_is_said_to_be_none(collected, handed_in):
    (handed_in / "work.ipynb").touch()
    files, problems = collected()

    assert files == []
    assert "work.ipynb is not a notebook" in problems["double.py"]


def test_a_folder_that_is_not_there_is_no_submission(small_course, tmp_path):
    course = courses.load(small_course() / "course.yml")

    with pytest.raises(SubmissionError, match="there is no such folder"):
        collect(tmp_path / "nowhere", course.exercises)
