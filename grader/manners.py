"""What is wrong with a right answer: inputs that were changed, or what it cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from grader.checks.compare import Mismatch
from grader.errors import WorkerError
from grader.reply import Returned

if TYPE_CHECKING:
    from grader.checks.check import Budget, Call
    from grader.contestant import Contestant

TRIES = 5
"""How often a call that seems too slow is timed, each time in a fresh worker: a busy
machine slows one of them, code that is slow slows all. A fresh worker has stored no
answer of the time before."""

FAR = 8
"""So many times its budget is far beyond it, whatever disturbs the machine. A call that
is, twice, is not timed again, nor waited for longer the second time."""


def changed_inputs(call: Call, reply: Returned) -> Mismatch | None:
    """Return the complaint about a call that must keep its inputs, and did not."""
    if not call.keeps or not reply.changed:
        return None
    # The worker's word only for which: a hostile one would say anything here.
    names = [f"argument {number + 1}" for number in range(len(call.args))]
    known = [name for name in (*names, *call.kwargs) if name in reply.changed]
    problem = f"the call changed its own input {', '.join(known)}".rstrip()
    return Mismatch("changed", problem, problem)


def too_slow(
    contestant: Contestant,
    module: str,
    call: Call,
    budget: Budget,
    first: tuple[float, float],
) -> Mismatch | None:
    """Return the complaint about a call that costs more than its budget.

    Parameters
    ----------
    contestant : Contestant
        Asked again, in fresh workers, before anything is held against it.
    module : str
        The exercise.
    call : Call
        The call.
    budget : Budget
        What it may cost.
    first : tuple of float
        CPU seconds of the call and, in the same worker, of the budget's product.
    """
    ratio = _ratio(*first)
    for _ in range(TRIES - 1):
        if ratio <= budget.ratio:
            return None
        contestant.stop()
        unit = contestant.measure(budget)
        far = unit > 0 and FAR * budget.ratio < ratio < math.inf
        enough = FAR * budget.ratio * max(unit, first[1]) if far else math.inf
        again = contestant.call(module, call, enough=enough)
        if not isinstance(again, Returned):
            break
        ratio = min(ratio, _ratio(again.cpu_seconds, unit))
    if ratio <= budget.ratio:
        return None
    if math.isinf(ratio):
        raise WorkerError("the clock of CPU time stands still: nothing can be timed")
    problem = (
        f"took {ratio:.0f} times as long as a matrix product of the same size "
        f"(allowed: {budget.ratio:.0f} times)"
    )
    return Mismatch("cost", problem, problem)


def _ratio(cost: float, unit: float) -> float:
    """Return how many units a call cost; a clock that lags behind gives no unit."""
    return cost / unit if unit > 0 else math.inf
