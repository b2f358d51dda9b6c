"""`grade` on notebooks, as a student uses it."""

import json
from functools import partial

import pytest

CELLS = (
    "%matplotlib inline\nimport numpy as np\nimport matplotlib.pyplot as plt",
    "TWO = 2.0\n\ndef double(x, times=1):\n    if times < 0:\n"
    "        raise ValueError('no')\n    return x * TWO**times",
    "plt.plot(double(np.arange(3)))\ndouble?",
)


def written(*sources):
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": cells})


@pytest.fixture
def grade(small_course, monkeypatch, command):
    """Return a function that runs `grade` in the small course."""
    monkeypatch.chdir(small_course())
    return partial(command, "grade")


@pytest.fixture
def assignments(small_course):
    return small_course() / "assignments"


def test_a_notebook_is_a_submission(grade, tmp_path):
    (tmp_path / "my work.ipynb").write_text(written(*CELLS))

    out, err = grade("--in", "my work.ipynb", code=0)

    assert "double  Doubling, in my work.ipynb" in out
    assert err == ""


def test_an_error_names_the_cell(grade, tmp_path):
    broken = CELLS[1].replace("TWO**times", "NONE**times")
    (tmp_path / "work.ipynb").write_text(written(CELLS[0], broken))

    out, _ = grade("--in", "work.ipynb", code=1)

    assert "your code, work.ipynb, cell 2, line 6, in double:" in out
    assert "Next: double, in work.ipynb" in out


def test_a_syntax_error_names_the_cell(grade, tmp_path):
    (tmp_path / "work.ipynb").write_text(written("a = 1", "def double(x:\n  pass"))

    out, _ = grade("--in", "work.ipynb", code=1)

    assert "SyntaxError" in out
    assert "your code, work.ipynb, cell 2, line 1" in out


def test_what_a_notebook_does_not_hold_yet_is_to_do(grade, tmp_path):
    (tmp_path / "work.ipynb").write_text(written("a = 1"))

    out, _ = grade("--in", "work.ipynb", code=1)

    assert "todo  Every entry is doubled." in out
    assert "double is not written yet" in out


def test_a_misspelt_function_is_proposed(grade, tmp_path):
    (tmp_path / "work.ipynb").write_text(written(CELLS[1].replace("double", "duoble")))

    out, _ = grade("--in", "work.ipynb", code=1)

    assert "did you mean 'duoble'" in out or "duoble" in out
    assert "todo" not in out


def test_a_notebook_beside_the_modules_is_taken_where_a_module_is_missing(
    grade, assignments
):
    (assignments / "work.ipynb").write_text(written(*CELLS))

    out, err = grade(code=0)

    assert "double  Doubling, in work.ipynb" in out
    assert err == ""


def test_a_notebook_that_a_skeleton_hides_is_told(grade, assignments):
    (assignments / "work.ipynb").write_text(written(*CELLS))
    (assignments / "double.py").write_text(
        "def double(x, times=1):\n    raise NotImplementedError\n"
    )

    out, err = grade(code=1)

    assert "Next: assignments/double.py" in out
    assert err == (
        "grade: work.ipynb was not read: a .py file of the exercise comes first. "
        "Grade it with --in assignments/work.ipynb\n"
    )


def test_of_two_notebooks_none_is_guessed(grade, assignments):
    for name in ("a.ipynb", "b.ipynb"):
        (assignments / name).write_text(written(*CELLS))

    out, _ = grade(code=1)

    assert "2 notebooks could hold it: a.ipynb, b.ipynb" in " ".join(out.split())


@pytest.mark.parametrize("content", ["", "[" * 10**5, '{"cells": [{}, 1]}', "\x00"])
def test_what_is_no_notebook_costs_nobody_a_traceback(grade, tmp_path, content):
    (tmp_path / "work.ipynb").write_text(content)

    out, _ = grade("--in", "work.ipynb", code=1)

    assert "work.ipynb is not" in out or "work.ipynb is nested" in out


def test_a_missing_notebook_is_one_line(grade):
    _, err = grade("--in", "none.ipynb", code=2)

    assert err == "grade: none.ipynb: there is no such notebook.\n"
