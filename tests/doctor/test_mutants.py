"""Mutants that survive, and mutants declared to be no slips."""

import pytest

EQUIVALENT = """\
- exercise: double
  function: double
  line: "x = x + 0.0"
  mutant: "x = x - 0.0"
  why: nothing is added.
"""


@pytest.fixture
def idle(edit):
    """Put a line into the solution of which two slips change nothing."""
    edit(
        "solutions/double.py",
        "return x * 2.0**times",
        "x = x + 0.0\n    return x * 2.0**times",
    )


@pytest.fixture
def declare(sound):
    """Return a function that writes the declared mutants."""

    def write(text):
        file = sound / "tests/hidden/equivalent_mutants.yml"
        file.write_text(text, encoding="utf-8")

    return write


def test_all_are_killed_in_a_sound_course(examined):
    result, _ = examined("mutants")

    assert result.holds
    assert result.tried == result.held > 10


def test_a_survivor_is_named_with_its_line(faults, idle):
    problems = faults("mutants")

    assert (
        "solutions/double.py, double: no check notices\n"
        "  - x = x + 0.0\n  + x = x - 0.0"
    ) in problems
    assert any("mutants are killed" in problem for problem in problems)


def test_one_that_is_declared_is_no_fault_but_a_note(examined, idle, declare):
    removed = EQUIVALENT.replace("x = x - 0.0", "pass")
    declare(EQUIVALENT + removed)

    result, _ = examined("mutants")
    assert result.holds
    assert "double: - x = x + 0.0  + x = x - 0.0  (nothing is added.)" in result.notes


def test_one_that_only_some_seeds_notice_is_a_fault_declared_or_not(
    faults, edit, declare
):
    line, mutant = (f"z = 0.0 if x.flat[0] != -4 else {z}" for z in ("0.0", "1.0"))
    edit(
        "solutions/double.py",
        "return x * 2.0**times",
        f"{line}\n    return x * 2.0**times + z",
    )
    edit("tests/hidden/double.py", "for size in (1, 2, 3):", "for size in (1,):")
    edit("tests/hidden/double.py", "ints(draw, (2, 3))", "ints(draw, (2, 3), low=1)")
    declare(EQUIVALENT.replace("x = x + 0.0", line).replace("x = x - 0.0", mutant))

    found = [problem for problem in faults("mutants", seeds=60) if mutant in problem]
    assert len(found) == 1
    assert "double: noticed with some seeds only, such as" in found[0]


def test_one_that_is_declared_and_killed_is_named(faults, declare):
    killed = EQUIVALENT.replace("x = x + 0.0", "return x * 2.0 ** times")
    declare(killed.replace("x = x - 0.0", "return None"))

    assert faults("mutants") == [
        "tests/hidden/equivalent_mutants.yml:1: this mutant of double is killed, "
        "or is none"
    ]


def test_one_that_is_declared_and_no_longer_made_is_named(faults, declare):
    declare(EQUIVALENT)

    (problem,) = faults("mutants")
    assert problem.startswith("tests/hidden/equivalent_mutants.yml:1: this mutant")


def test_one_of_another_exercise_is_named(faults, declare):
    declare(EQUIVALENT.replace("exercise: double", "exercise: triple"))

    assert faults("mutants") == [
        "tests/hidden/equivalent_mutants.yml: there is no exercise 'triple'"
    ]


def test_a_declaration_without_reason_is_named_with_its_line(faults, declare):
    declare(EQUIVALENT.replace("  why: nothing is added.\n", ""))

    problems = faults("mutants")
    assert len(problems) == 2  # where it is needed, and for the course as a whole
    assert {"'why' is missing" in problem for problem in problems} == {True}
    assert {problem.split(": ")[0] for problem in problems} == {
        "tests/hidden/equivalent_mutants.yml:1"
    }


def test_a_mutant_that_never_ends_is_killed(faults, edit):
    edit("course.yml", "exercises:", "limits:\n  call_seconds: 1\nexercises:")
    edit(
        "solutions/double.py",
        "return x * 2.0**times",
        "while times > 0:\n        x = x + x\n        times -= 1\n    return x + 0 * x",
    )

    assert not any("times -= 1" in problem for problem in faults("mutants", seeds=1))
