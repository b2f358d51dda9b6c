"""Telling wrong implementations apart."""

import numpy as np
import pytest

from grader import course as courses
from grader.author import call
from grader.checks.suite import LiveSuite
from grader.doctor import apart
from grader.doctor.apart import RIGHT, Holder
from grader.reply import Raised, Returned


class Fake:
    """A suite in which each belief answers what it is told to."""

    def __init__(self, answers):
        self.answers = answers

    def expected(self, case):
        return self.answers[()][case]

    def predicted(self, ids, case):
        return [self.answers[ids][case]]


class Question:
    """A call of a function; which one matters not."""

    call = call("f")


FIRST, SECOND = Question(), Question()


def groups(**answers):
    """Return the groups, sorted, of holders who give these answers to two calls."""
    table = {
        () if name == "right" else (name,): dict(
            zip((FIRST, SECOND), given, strict=True)
        )
        for name, given in answers.items()
    }
    everybody = [RIGHT if not ids else Holder(ids, 0) for ids in table]
    found = apart.split(Fake(table), (FIRST, SECOND), everybody)
    return sorted(sorted("+".join(h.ids) or "right" for h in group) for group in found)


def value(*numbers):
    return Returned(np.array(numbers, dtype=float))


def test_different_answers_part_and_equal_ones_stay_together():
    assert groups(
        right=(value(1), value(1)),
        a=(value(1), value(2)),
        b=(value(3), value(1)),
        c=(value(3), value(1)),
    ) == [["a"], ["b", "c"], ["right"]]


def test_what_the_judge_calls_the_same_is_the_same():
    near = value(1 + 1e-7)
    assert groups(right=(value(1), near), a=(near, value(1))) == [["a", "right"]]


def test_a_chain_of_answers_near_each_other_is_not_told_apart():
    a, b, c = value(1), value(1 + 1e-5), value(1 + 2e-5)
    assert groups(a=(a, a), b=(b, b), c=(c, c)) == [["a", "b", "c"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (value(1), value(1, 1)),
        (value(2, 1), value(1, 2)),
        (value(1), Returned(None)),
        (Returned((1, 2)), Returned((2, 1))),
        (value(1), Raised("ValueError", ("ValueError",), "", ())),
        (
            Raised("IndexError", ("IndexError",), "", ()),
            Raised("ValueError", ("ValueError",), "", ()),
        ),
    ],
)
def test_answers_of_another_kind_part(one, other):
    assert groups(a=(one, one), b=(other, one)) == [["a"], ["b"]]


def test_ways_to_act_on_one_belief_need_not_be_told_apart(small_course):
    course = courses.load(small_course() / "course.yml")
    suite = LiveSuite(course, 0).exercise("double")
    cases = suite.cases(suite.checks[0])
    everybody = apart.holders(suite, "double", cases[0])
    both = [h for h in everybody if h.ids == ("stride-ignored", "kernel-flipped")]

    assert [holder.way for holder in both] == list(range(len(both)))
    assert not apart.is_unclear(both)


def test_the_most_telling_call_comes_first():
    a, b, c = Holder(("a",), 0), Holder(("b",), 0), Holder(("c",), 0)
    kinds = {
        ("dull", 0): {a: 0, b: 0, c: 0},
        ("some", 0): {a: 0, b: 0, c: 1},
        ("most", 0): {a: 0, b: 1, c: 2},
    }
    assert apart.telling_order(kinds, [a, b, c]) == [("most", 0)]
