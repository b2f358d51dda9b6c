"""Skeletons that are stale, solved or broken."""


def test_a_current_one_holds(faults):
    assert faults("skeletons") == []


def test_a_stale_one_is_named(faults, edit):
    edit("solutions/double.py", "Doubling.", "Doubling, and more.")

    assert faults("skeletons") == [
        "assignments/double.py is not what solutions/double.py gives",
        "assignments/double.py: the text at the top is not the solution's",
    ]


def test_another_signature_is_named(faults, edit):
    edit("assignments/double.py", "times=1", "times=2")

    assert (
        "assignments/double.py: signature or text of double is not the solution's"
        in (faults("skeletons"))
    )


def test_a_solved_one_is_named(faults, edit):
    edit(
        "assignments/double.py",
        "raise NotImplementedError",
        "return x * 2.0**times",
    )

    assert "assignments/double.py gets PASS on 'doubles'" in faults("skeletons")


def test_one_that_does_not_import_is_named(faults, edit):
    edit("assignments/double.py", "import numpy as np", "import nunpy as np")

    assert any(
        "assignments/double.py gets ERROR on 'doubles'" in problem
        for problem in faults("skeletons")
    )


def test_one_that_is_no_python_is_named(faults, edit):
    edit("assignments/double.py", "def double(", "def double")

    assert any(
        problem.startswith("assignments/double.py is not Python")
        for problem in faults("skeletons")
    )


def test_one_without_a_mark_is_named(faults, edit):
    edit("assignments/double.py", "# TODO: write this function.", "# Write this.")

    assert "assignments/double.py has no TODO" in faults("skeletons")
