"""The judge: verdicts, points, causes, and what is withheld."""

import re

import numpy as np
import pytest

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.rehearsal import Rehearsal
from grader.submission import Submission
from grader.verdict import Verdict

COURSE = """\
format_version: 1
title: A small course
key: small
exercises:
  - {name: double, title: Doubling, points: 5}
"""


def right(x, times=1):
    if times < 0:
        raise ValueError
    return x * 2.0**times


def verdicts(report):
    return [check.verdict for check in report.exercises[0].checks]


def test_a_right_answer_earns_everything(rehearse):
    report = rehearse(double=right)

    assert verdicts(report) == [Verdict.PASS] * 3
    assert (report.score, report.max_score, report.exit_code) == (5, 5, 0)


def test_float32_and_integer_answers_are_right_where_the_values_are(rehearse):
    report = rehearse(double=lambda x, times=1: right(x, times).astype(np.float32))

    assert report.score == 5


def test_a_wrong_value_is_shown_with_place_expectation_and_count(rehearse):
    report = rehearse(double=lambda x, times=1: right(x, times) + 100)

    found = report.exercises[0].checks[0].finding
    assert found.call.startswith("double(x=np.array([")
    assert re.fullmatch(r"out\[0\]: expected -?\d+, got \d+", found.problem)
    assert found.working[-1] == "doubled"


def test_a_check_waits_for_the_one_it_needs(rehearse):
    report = rehearse(double=lambda x, times=1: right(x, times) + 100)

    assert verdicts(report) == [Verdict.WRONG, Verdict.SKIP, Verdict.PASS]
    assert "waits for: Every entry is doubled." in report.exercises[0].checks[1].message


def test_a_belief_that_explains_every_answer_is_named(rehearse):
    def double(x, times=1):
        right(x, times)
        return x * 2

    report = rehearse(double=double)

    check = report.exercises[0].checks[1]
    assert check.misconceptions == ("stride-ignored",)
    assert check.finding.hint.startswith("Looks like this: ")


def test_two_beliefs_are_named_when_only_both_explain_every_answer(rehearse):
    def double(x, times=1):
        right(x, times)
        return x * 2 - 1

    report = rehearse(double=double)

    assert report.exercises[0].checks[0].misconceptions == (
        "stride-ignored",
        "bias-forgotten",
    )


def test_a_wrapper_combines_with_a_switch(rehearse):
    report = rehearse(double=lambda x, times=1: -(right(x, times) - 1))

    assert set(report.exercises[0].checks[0].misconceptions) == {
        "bias-forgotten",
        "kernel-flipped",
    }


def test_no_belief_is_named_that_leaves_one_answer_unexplained(rehearse):
    def double(x, times=1):
        return -right(x, times) if x.size > 1 else right(x, times)

    assert rehearse(double=double).exercises[0].checks[0].misconceptions == ()


def test_a_hidden_check_tells_neither_call_nor_values_nor_student_text(rehearse):
    def double(x, times=1):
        if x.ndim == 2:
            raise RuntimeError(f"secret {x.tolist()}")
        return right(x, times)

    check = rehearse(double=double).exercises[0].checks[1]

    assert check.verdict is Verdict.ERROR
    assert check.finding.call == ""
    assert check.finding.student is None
    assert check.finding.problem == "raised an exception"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (None, "expected a numpy array, got None (is a return missing?)"),
        ([1.0], "expected a numpy array, got a list"),
        (3.0, "expected a numpy array, got the float 3.0"),
        (np.zeros((7, 7)), "out: expected shape (1,), got (7, 7)"),
        (np.zeros(1, dtype=complex), "out: expected numbers, got dtype complex128"),
        (np.zeros(1, dtype=bool), "out: expected numbers, got dtype bool"),
    ],
)
def test_the_first_rung_that_fails_is_told(rehearse, answer, problem):
    report = rehearse(double=lambda x, times=1: answer)

    assert report.exercises[0].checks[0].finding.problem == problem


def test_nan_is_never_right(rehearse):
    report = rehearse(double=lambda x, times=1: right(x, times) * np.nan)

    problem = report.exercises[0].checks[0].finding.problem
    assert problem.endswith("got nan")


def test_an_unwritten_function_is_todo_and_earns_nothing(rehearse):
    def double(x, times=1):
        raise NotImplementedError

    report = rehearse(double=double)

    assert report.exercises[0].verdict is Verdict.TODO
    assert (report.score, report.exit_code) == (0, 1)


def test_a_missing_function_proposes_the_nearest_name(rehearse):
    report = rehearse(doubel=right)

    problem = report.exercises[0].checks[0].finding.problem
    assert problem == "there is no function double; did you mean 'doubel'?"


def test_a_value_instead_of_the_promised_exception_is_wrong(rehearse):
    report = rehearse(double=lambda x, times=1: x * 2.0**times)

    check = report.exercises[0].checks[2]
    assert check.verdict is Verdict.WRONG
    assert check.finding.problem == "expected a ValueError"


def test_a_function_with_other_parameters_is_told_its_signature(rehearse):
    report = rehearse(double=lambda array: array * 2)

    assert "double must take (x, times=1)" in report.exercises[0].checks[0].message


def test_the_same_seed_asks_the_same_calls(rehearse):
    wrong = [rehearse(seed=3, double=lambda x, times=1: x * 3) for _ in range(2)]

    assert wrong[0].exercises == wrong[1].exercises
    assert wrong[0].exercises != rehearse(seed=4, double=lambda x, times=1: x * 3)


def test_a_failure_of_the_grader_itself_is_internal_and_has_no_score(
    rehearse, monkeypatch
):
    def broken(*_):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("grader.experience.diagnose", broken)
    report = rehearse(double=right)

    assert report.exercises[0].verdict is Verdict.INTERNAL
    assert (report.score, report.exit_code) == (None, 3)


TWO = COURSE + "  - {name: triple, title: Tripling, points: 5, needs: [double]}\n"


@pytest.mark.parametrize(
    ("factor", "expected"), [(2.0, Verdict.PASS), (3.0, Verdict.SKIP)]
)
def test_an_exercise_waits_for_the_one_it_needs(small_course, factor, expected):
    folder = small_course(course=TWO)
    for place in ("solutions", "tests/hidden"):
        source = (folder / place / "double.py").read_text(encoding="utf-8")
        text = source.replace("double", "triple")
        (folder / place / "triple.py").write_text(text, encoding="utf-8")
    course = courses.load(folder / "course.yml")

    def double(x, times=1):
        return right(x, times) * factor / 2

    functions = Rehearsal({"double": double, "triple": right})
    handed_in = Submission(folder, {"double.py": b"", "triple.py": b""})
    judge = Judge(course, LiveSuite(course, 7), functions)
    # Asked for alone, it still depends on what it needs.
    report = judge.judge(handed_in, course.select(["triple"]))

    assert [exercise.name for exercise in report.exercises] == ["triple"]
    assert report.exercises[0].verdict is expected
