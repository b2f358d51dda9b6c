"""What is wrong with a right answer: its cost is held against it only when it lasts."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks.check import Call
from grader.errors import WorkerError
from grader.manners import TRIES, changed_inputs, too_slow
from grader.reply import Crashed, Returned

CALL = Call("f", (np.ones(3),)).costing_at_most(10, rows=2, inner=2, columns=2)


class Timed:
    """A submission whose calls cost what the test says; the product costs 1."""

    def __init__(self, *costs: float) -> None:
        self.costs = list(costs)
        self.workers = 1

    def stop(self) -> None:
        self.workers += 1

    def measure(self, budget: object) -> float:
        return 1.0

    def call(self, module: str, call: Call) -> Returned | Crashed:
        return Returned(None, (), self.costs.pop(0)) if self.costs else Crashed("gone")


def judge(first: float, *later: float) -> tuple[str, int]:
    contestant = Timed(*later)
    found = too_slow(contestant, "m", CALL, CALL.budget, (first, 1.0))  # type: ignore[arg-type]
    return "" if found is None else found.problem, contestant.workers


def test_a_call_within_its_budget_is_timed_once():
    assert judge(10.0) == ("", 1)


def test_a_busy_machine_is_not_held_against_a_submission():
    assert judge(500.0, 300.0, 9.0) == ("", 3)


def test_slow_code_is_slow_in_every_fresh_worker():
    problem, workers = judge(500.0, 40.0, 50.0, 60.0, 70.0)

    assert problem.startswith("took 40 times as long as a matrix product")
    assert workers == TRIES


def test_code_that_is_far_too_slow_twice_alike_is_not_timed_again():
    problem, workers = judge(500.0, 400.0, 9.0)

    assert problem.startswith("took 400 times as long as a matrix product")
    assert workers == 2


def test_a_clock_that_lags_behind_is_not_held_against_a_submission():
    contestant = Timed(5.0)

    found = too_slow(contestant, "m", CALL, CALL.budget, (5.0, 0.0))  # type: ignore[arg-type]

    assert found is None
    assert contestant.workers == 2


def test_a_clock_that_stands_still_is_the_graders_failure():
    with pytest.raises(WorkerError, match="stands still"):
        too_slow(Timed(), "m", CALL, CALL.budget, (5.0, 0.0))  # type: ignore[arg-type]


def test_code_that_dies_when_asked_again_stays_too_slow():
    problem, _ = judge(500.0)

    assert problem.startswith("took 500 times")


@pytest.mark.parametrize("changed", [(), ("argument 1",), ("import os",)])
def test_a_changed_input_is_named_only_where_it_exists(changed):
    call = Call("f", (np.ones(3),)).keeping_inputs()

    found = changed_inputs(call, Returned(None, changed))

    told = None if found is None else found.problem
    expected = {
        (): None,
        ("argument 1",): "the call changed its own input argument 1",
        ("import os",): "the call changed its own input",
    }
    assert told == expected[changed]
