"""What was diagnosed once is not diagnosed again, and nothing else is taken for it."""

from __future__ import annotations

import numpy as np
import pytest

from grader import diagnoses
from grader.checks.case import Case
from grader.checks.check import Call
from grader.checks.compare import Mismatch
from grader.checks.diagnose import Diagnosis, Evidence
from grader.diagnoses import Diagnoses
from grader.reply import Missing, Raised, Returned, Unsupported

CASES = [Case("check", number, Call("f")) for number in range(2)]
WRONG = Mismatch("value", "expected 2, got 1", "the value")


def evidence(*replies, mismatch=WRONG, cases=CASES):
    return [
        Evidence(case, reply, mismatch)
        for case, reply in zip(cases, replies, strict=True)
    ]


@pytest.fixture
def made():
    """Return the diagnoses that were made anew, each another one."""
    return []


@pytest.fixture
def remembered(made):
    """Return what makes them."""

    def diagnose(suite, seen):
        made.append(Diagnosis((f"belief {len(made)}",)))
        return made[-1]

    return Diagnoses(diagnose)


def test_the_same_answers_to_the_same_calls_are_diagnosed_once(remembered, made):
    said = [
        remembered.of(None, evidence(Returned(np.ones(3)), Raised("E", ("E",), "", ())))
        for _ in range(3)
    ]

    assert len(made) == 1
    assert said == made * 3


def test_whatever_differs_is_diagnosed_by_itself(remembered, made):
    ones = np.ones((2, 2))
    second = Returned(0)
    replies = [
        Returned(ones),
        Returned(ones.astype(np.float32)),
        Returned(ones.reshape(4)),
        Returned(-0.0 * ones),
        Returned(0.0 * ones),
        Returned([ones]),
        Returned((ones,)),
        Returned(1),
        Returned(1.0),
        Returned(True),
        Returned("1"),
        Returned(None),
        Raised("KeyError", ("KeyError",), "1", ()),
        Raised("KeyError", ("KeyError",), "2", ()),
        Missing("f", ("g",)),
    ]
    for reply in replies:
        remembered.of(None, evidence(reply, second))
    remembered.of(None, evidence(second, Returned(ones)))
    remembered.of(None, evidence(replies[0], second, cases=CASES[::-1]))
    other = Mismatch("cost", "took long", "took long")
    remembered.of(None, evidence(replies[0], second, mismatch=other))

    assert len(made) == len(replies) + 3


def test_what_is_no_value_or_too_large_is_diagnosed_each_time(remembered, made):
    for value in (Unsupported("a dict"), [Unsupported("a dict")], np.ones(1 << 14)):
        for _ in range(2):
            remembered.of(None, evidence(Returned(value), Returned(1)))

    assert len(made) == 6


def test_so_many_are_remembered(remembered, monkeypatch):
    monkeypatch.setattr(diagnoses, "REMEMBERED", 3)
    for number in range(10):
        remembered.of(None, evidence(Returned(number), Returned(0)))

    assert len(remembered._known) <= 3
