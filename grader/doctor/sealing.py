"""Prove that hidden answers can be sealed: too many are possible to count through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.checks import enough, grouping
from grader.checks.seal import too_few
from grader.checks.telltale import unnamed
from grader.doctor.result import report, said

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.doctor.bench import Bench
    from grader.doctor.result import Result

NAME = "sealing"


def examine(bench: Bench, exercise: Exercise) -> Result:
    """Prove it of the hidden checks of one exercise, for the first seed.

    Which calls a release draws depends on its own seed, and it looks again.
    """
    seed = bench.seeds[0]
    live = bench.suite(exercise, seed)
    hidden = [check for check in live.checks if check.visibility == "hidden"]
    found = enough.groups(live, seed)
    groups = [group for check in hidden for group in found[check.name]]
    faults = [
        said(too_few(live, check), bench.course.root)
        for check in grouping.open_checks(live, groups)
    ]
    facts = f"{len(hidden)} hidden checks"
    notes = tuple(
        f"{' and '.join(ids)} will not always be named to students: the digest would "
        "give right answers away. More hidden calls would help"
        for ids in unnamed(live, [case for group in groups for case in group.cases])
    )
    weakest = min((g.bits for g in groups if g.bits), default=0.0)
    if weakest:
        facts += f", answers of at least 2^{weakest:.0f} possible ones"
    return report(NAME, exercise.name, facts, faults, notes=notes)
