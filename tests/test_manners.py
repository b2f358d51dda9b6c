"""What is wrong with a right answer: its cost is held against it only when it lasts."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks.check import Call
from grader.errors import WorkerError
from grader.manners import FAR, TRIES, changed_inputs, too_slow
from grader.reply import Crashed, Returned, TimedOut

CALL = Call("f", (np.ones(3),)).costing_at_most(10, rows=2, inner=2, columns=2)


class Timed:
    """A submission whose calls cost what the test says, and products too."""

    def __init__(self, *costs: float, unit: float = 1.0) -> None:
        self.costs = list(costs)
        self.unit = unit
        self.workers = 1
        self.spent = 0.0

    def stop(self) -> None:
        self.workers += 1

    def measure(self, budget: object) -> float:
        return self.unit

    def call(
        self, module: str, call: Call, *, enough: float
    ) -> Returned | Crashed | TimedOut:
        if not self.costs:
            return Crashed("gone")
        cost = self.costs.pop(0)
        self.spent += min(cost, enough)
        return TimedOut(5, "call") if cost > enough else Returned(None, (), cost)


def judge(first: float, *later: float) -> tuple[str, int]:
    contestant = Timed(*later)
    found = too_slow(contestant, "m", CALL, CALL.budget, (first, 1.0))  # type: ignore[arg-type]
    return "" if found is None else found.problem, contestant.workers


def test_a_call_within_its_budget_is_timed_once():
    assert judge(10.0) == ("", 1)


def test_a_busy_machine_is_not_held_against_a_submission():
    assert judge(500.0, 60.0, 9.0) == ("", 3)


def test_slow_code_is_slow_in_every_fresh_worker():
    problem, workers = judge(500.0, 40.0, 50.0, 60.0, 70.0)

    assert problem.startswith("took 40 times as long as a matrix product")
    assert workers == TRIES


def test_code_that_is_far_too_slow_twice_is_stopped_then_and_not_timed_again():
    contestant = Timed(400.0, 9.0)
    found = too_slow(contestant, "m", CALL, CALL.budget, (500.0, 1.0))  # type: ignore[arg-type]

    assert found is not None
    assert found.problem.startswith("took 500 times as long as a matrix product")
    assert contestant.workers == 2
    assert contestant.spent == FAR * 10


@pytest.mark.parametrize("unit", [0.0, 0.01])
def test_a_product_that_seems_to_cost_nothing_stops_no_call(unit):
    contestant = Timed(9.0, 9.0, 9.0, 9.0, unit=unit)
    too_slow(contestant, "m", CALL, CALL.budget, (500.0, 1.0))  # type: ignore[arg-type]

    assert contestant.spent == 36.0


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
