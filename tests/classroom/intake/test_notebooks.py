"""A notebook stands for the exercises that have no module."""

import json

import pytest


def notebook(*sources):
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4})


@pytest.fixture
def ada(class_of, taken):
    """Return a function that hands in Ada's files, and gives what was taken."""

    def hand_in(tree):
        tree = {f"ada/{name}": tree[name] for name in tree}
        return taken(class_of({**tree, "eve/stride.py": ""}))[1]["ada"]

    return hand_in


def test_one_notebook_holds_every_exercise_that_has_no_module(ada):
    found = ada({"hw/my work.ipynb": notebook("x = 1"), "stride.py": "1"})

    assert dict(found.submission.taken_from) == {"padding": "my work.ipynb"}
    assert found.submission.files["stride.py"] == b"1"
    assert b"x = 1" in found.submission.files["my work.ipynb"]


def test_a_notebook_named_after_an_exercise_holds_that_one(ada):
    found = ada(
        {
            "Stride.ipynb": notebook("old"),
            "stride-1.ipynb": notebook("new"),
            "deep/stride.ipynb": notebook("deep"),
            "other.ipynb": notebook("other"),
        }
    )

    assert dict(found.submission.taken_from) == {
        "padding": "other.ipynb",
        "stride": "stride.ipynb",
    }
    assert b"new" in found.submission.files["stride.ipynb"]
    assert "deep/stride.ipynb: left out; stride-1.ipynb counts" in found.notes


def test_of_two_notebooks_that_could_hold_it_none_is_guessed(ada):
    found = ada({"a.ipynb": notebook(""), "b.ipynb": notebook("")})

    assert found.submission is None
    assert found.problem == (
        "padding.py is missing, and 2 notebooks could hold it: a.ipynb, b.ipynb. "
        "Name the one that does padding.ipynb"
    )


def test_what_is_no_notebook_is_said(ada):
    assert ada({"work.ipynb": "{"}).problem == (
        "work.ipynb is not a notebook; save it again in Jupyter or Colab"
    )


def test_a_canvas_file_may_be_a_notebook(class_of, taken):
    path = class_of({"lovelaceada_LATE_1_2_work.ipynb": notebook("x = 1")})

    found = taken(path)[1]["1"]

    assert set(found.submission.taken_from) == {"stride", "padding"}
    assert found.late
