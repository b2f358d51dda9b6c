"""A belief is named when the evidence leaves no other, and only then."""

from dataclasses import replace

import numpy as np
import pytest

from grader import course as courses
from grader.author import call
from grader.checks.compare import Mismatch
from grader.checks.diagnose import Diagnosis, Evidence, diagnose, explanation
from grader.checks.suite import Case, LiveSuite
from grader.reply import Crashed, Missing, Raised, Returned, TimedOut

CALLS = [call("area", height=h, width=w) for h, w in [(1, 2), (2, 3), (4, 3), (5, 2)]]


def area(height, width):
    return height * width


def doubled(height, width):
    return 2 * height * width


def transposed_and_doubled(height, width):
    return width * height * 2


def perimeter(height, width):
    return 2 * (height + width)


def doubled_perimeter(height, width):
    return 4 * (height + width)


@pytest.fixture
def named(one_function):
    """Return a function that names what explains a student's function."""

    def names(beliefs, mine):
        suite = one_function(area, beliefs)
        return diagnose(suite, suite.answered(mine, CALLS)).misconceptions

    return names


def test_a_belief_that_explains_every_answer_is_named(named):
    beliefs = {("doubled",): doubled, ("perimeter",): perimeter}

    assert named(beliefs, perimeter) == ("perimeter",)


def test_a_belief_that_leaves_one_answer_unexplained_is_not_named(named):
    def mine(height, width):
        return 2 * (height + width) if height < 5 else 0

    assert named({("perimeter",): perimeter}, mine) == ()


def test_of_two_beliefs_that_explain_as_much_none_is_named(named):
    beliefs = {("doubled",): doubled, ("turned",): transposed_and_doubled}

    assert named(beliefs, doubled) == ()


def test_two_are_named_only_where_neither_alone_is_enough(named):
    beliefs = {
        ("doubled",): doubled,
        ("perimeter",): perimeter,
        ("doubled", "perimeter"): doubled_perimeter,
    }

    assert named(beliefs, doubled_perimeter) == ("doubled", "perimeter")
    beliefs[("four times",)] = doubled_perimeter
    single_first = dict(sorted(beliefs.items(), key=lambda item: len(item[0])))
    assert named(single_first, doubled_perimeter) == ("four times",)


def test_of_two_pairs_that_explain_as_much_none_is_named(named):
    beliefs = {
        ("doubled",): doubled,
        ("doubled", "perimeter"): doubled_perimeter,
        ("doubled", "sum"): doubled_perimeter,
    }

    assert named(beliefs, doubled_perimeter) == ()


def test_a_belief_that_is_known_to_answer_otherwise_is_not_run_again(
    one_function, monkeypatch
):
    suite = one_function(area, {("doubled",): doubled, ("perimeter",): perimeter})
    evidence = suite.answered(perimeter, CALLS)
    explains, asked = one_function.explains, []

    def asks(suite, ids, case, answer):
        asked.append(ids)
        return explains(suite, ids, case, answer)

    monkeypatch.setattr(one_function, "explains", asks)
    monkeypatch.setattr(one_function, "possible", lambda *_: [("perimeter",)])

    assert explanation(suite, evidence) == ("perimeter",)
    assert set(asked) == {("perimeter",)}


def test_of_failing_calls_one_that_others_have_been_asked_comes_first(
    one_function, monkeypatch
):
    suite = one_function(area, {("doubled",): doubled})
    evidence = suite.answered(lambda height, width: -1, CALLS)
    explains, asked = one_function.explains, []

    def asks(suite, ids, case, answer):
        asked.append(case.number)
        return explains(suite, ids, case, answer)

    monkeypatch.setattr(one_function, "explains", asks)
    monkeypatch.setattr(one_function, "asked", lambda _, case: case.number == 2)

    assert explanation(suite, evidence) == ()
    assert asked == [2]


def test_a_live_suite_rules_out_what_it_has_computed_and_nothing_else(small_course):
    suite = LiveSuite(courses.load(small_course() / "course.yml"), 7).exercise("double")
    right = [
        (case, suite.expected(case)) for c in suite.checks for case in suite.cases(c)
    ]
    ids = next(suite.beliefs("double"))

    assert all(suite.possible([ids], *each) == [ids] for each in right)
    explained = [suite.explains(ids, *each) for each in right]

    assert [suite.possible([ids], *each) == [ids] for each in right] == explained
    assert not all(explained)


def test_what_no_belief_explains_is_described(one_function):
    suite = one_function(area, {("perimeter",): perimeter})

    found = diagnose(suite, suite.answered(doubled, CALLS))

    assert found == Diagnosis(anatomy="Your answer is 2 times the right one.")


def test_what_a_belief_explains_is_not_described_as_well(one_function):
    suite = one_function(area, {("doubled",): doubled})

    found = diagnose(suite, suite.answered(doubled, CALLS))

    assert found == Diagnosis(misconceptions=("doubled",))


def test_right_answers_cost_nothing_and_say_nothing():
    class Untouchable:
        """A suite that must not be asked."""

    right = [Evidence(Case("check", 0, CALLS[0]), Returned(2), None)]

    assert diagnose(Untouchable(), right) == Diagnosis()
    assert diagnose(Untouchable(), []) == Diagnosis()


@pytest.mark.parametrize("last", [TimedOut(5, "call"), Crashed("killed")])
def test_an_answer_that_never_came_is_no_evidence(one_function, last):
    suite = one_function(area, {("doubled",): doubled})
    evidence = suite.answered(doubled, CALLS)
    died = Mismatch("died", "it died", "it died")
    evidence[-1] = replace(evidence[-1], reply=last, mismatch=died)

    assert diagnose(suite, evidence) == Diagnosis()


def test_a_missing_function_is_neither_explained_nor_described(one_function):
    suite = one_function(area, {("doubled",): doubled})
    missing = Missing("area", ("volume",))

    assert diagnose(suite, suite.evidence([missing] * 4, CALLS)) == Diagnosis()


def test_a_belief_may_be_an_exception(one_function):
    def fails(height, width):
        return [][height]

    suite = one_function(area, {("fails",): fails})
    raised = Raised("MyError", ("MyError", "IndexError", "Exception"), "", ())

    assert explanation(suite, suite.evidence([raised] * 4, CALLS)) == ("fails",)


def test_the_input_is_not_part_of_what_is_said(one_function):
    calls = [call("scaled", x=np.full((2, 2), 4321.0), stride=s) for s in (1, 2, 3, 4)]
    suite = one_function(lambda x, stride=1: x * stride)

    found = diagnose(suite, suite.answered(lambda x, stride=1: x, calls))

    assert "432" not in found.anatomy
