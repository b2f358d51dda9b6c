"""Tell wrong implementations apart by as few of their answers as need be.

Naming a belief is exact when nobody else, and not the solution either, would have
given the same answers. So all who hold a belief start in one group, and each call
splits the groups by what their members answer. Who is alone is told apart, and need
not be asked again: most are after a few calls, and the order of the calls that did it
for one seed serves the next.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from grader.checks.suite import same_answer
from grader.reply import Raised, Returned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grader.checks.check import Call
    from grader.checks.suite import Case, LiveExercise

Answer = Returned | Raised
Place = tuple[str, int]
"""A call's check and number, the same for every seed."""


class Holder(NamedTuple):
    """Someone with one or two beliefs, who acts on them in one of the ways known."""

    ids: tuple[str, ...]
    way: int


RIGHT = Holder((), 0)
"""Someone without any: the solution."""


def holders(suite: LiveExercise, function: str, case: Case) -> list[Holder]:
    """Return all who hold a belief about a function, in the order of the suite."""
    return [
        Holder(ids, way)
        for ids in suite.beliefs(function)
        for way in range(len(suite.predicted(ids, case)))
    ]


def answer(suite: LiveExercise, holder: Holder, case: Case) -> Answer:
    """Return what a holder answers to a call."""
    if holder == RIGHT:
        return suite.expected(case)
    return suite.predicted(holder.ids, case)[holder.way]


def split(
    suite: LiveExercise, cases: Iterable[Case], everybody: Sequence[Holder]
) -> list[list[Holder]]:
    """Return groups of holders whom the calls do not tell apart.

    Within a group all hold the same beliefs, or every call has been made.
    """
    groups = [list(everybody)]
    for case in cases:
        unclear = [group for group in groups if is_unclear(group)]
        if not unclear:
            break
        groups = [group for group in groups if not is_unclear(group)]
        kinds = kinds_of_answer(suite, case, [h for group in unclear for h in group])
        for group in unclear:
            parts: dict[int, list[Holder]] = defaultdict(list)
            for holder in group:
                parts[kinds[holder]].append(holder)
            groups += parts.values()
    return groups


def is_unclear(group: Sequence[Holder]) -> bool:
    """Tell whether different beliefs are in a group."""
    return any(holder.ids != group[0].ids for holder in group)


def kinds_of_answer(
    suite: LiveExercise, case: Case, asked: Sequence[Holder]
) -> dict[Holder, int]:
    """Give answers to a call numbers: those that the judge calls the same share one.

    The judge's tolerance is not transitive; answers that a chain of such pairs links
    share it too, so that nobody counts as told apart who is not.
    """
    alike: dict[object, list[Holder]] = defaultdict(list)
    for holder in asked:
        alike[_exact(answer(suite, holder, case), case.call)].append(holder)
    groups = list(alike.values())
    answers = [answer(suite, group[0], case) for group in groups]
    kind = list(range(len(groups)))
    for first, second in _near(answers, case.call):
        if kind[first] != kind[second] and _same(
            answers[first], answers[second], case.call
        ):
            old, new = kind[second], kind[first]
            kind = [new if k == old else k for k in kind]
    return {
        holder: kind[number] for number, group in enumerate(groups) for holder in group
    }


def telling_order(
    kinds: Mapping[Place, Mapping[Holder, int]], everybody: Sequence[Holder]
) -> list[Place]:
    """Return the calls that tell most holders apart, the most telling first."""
    groups = dict.fromkeys(everybody, 0)
    left = dict(kinds)
    order: list[Place] = []
    count = 1
    while left:
        split_by = {
            place: len({(groups[h], kind[h]) for h in everybody})
            for place, kind in left.items()
        }
        best = max(split_by, key=split_by.__getitem__)
        if split_by[best] == count:
            break
        count, kind = split_by[best], left.pop(best)
        numbers: dict[tuple[int, int], int] = {}
        groups = {
            h: numbers.setdefault((groups[h], kind[h]), len(numbers)) for h in everybody
        }
        order.append(best)
    return order


def explains_itself(given: Answer, call: Call) -> bool:
    """Tell whether an answer is the same as itself: one with NaN need not be."""
    return same_answer(given, given, call)


def _same(first: Answer, second: Answer, call: Call) -> bool:
    return same_answer(first, second, call) or same_answer(second, first, call)


def _near(answers: Sequence[Answer], call: Call) -> Iterator[tuple[int, int]]:
    """Yield the pairs of answers that may be the same: cheap, and misses none.

    Entries within the tolerance have sums, weighted by at most 1, within the sum of
    their tolerances. So only neighbours in the order of one sum are looked at, and
    only those near in another one compared.
    """
    by_form: dict[object, list[tuple[float, float, float, int]]] = defaultdict(list)
    for number, given in enumerate(answers):
        if isinstance(given, Raised):
            by_form["raised"].append((0.0, 0.0, 0.0, number))
            continue
        entries: list[float] = []
        form = _form(_part(given.value, call), entries)
        values = np.asarray(entries, dtype=np.float64)
        if not np.isfinite(values).all():
            # The same, if at all, only as what is not finite either.
            by_form[form, "not finite"].append((0.0, 0.0, 0.0, number))
            continue
        tolerance = call.tolerance
        size = float(np.abs(values).sum())
        allowed = tolerance.absolute * values.size + tolerance.relative * size
        waves = float(values @ np.cos(np.arange(values.size)))
        # Twice as much as exact sums take, for those of floats.
        by_form[form].append((float(values.sum()), waves, 2 * allowed, number))
    for group in by_form.values():
        group.sort()
        widest = max(allowed for _, _, allowed, _ in group)
        for place, (total, wave, _, number) in enumerate(group):
            for other_total, other_wave, _, other in group[place + 1 :]:
                if other_total - total > widest:
                    break
                if abs(other_wave - wave) <= widest:
                    yield number, other


def _part(value: Any, call: Call) -> Any:
    """Return the part of an answer that the call compares."""
    if call.part is not None and isinstance(value, (tuple, list)):
        index, _ = call.part
        return value[index] if index < len(value) else value
    return value


def _form(value: Any, entries: list[float]) -> object:
    """Return a value without its numbers, which are added to `entries`."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        entries.extend(value.astype(np.float64).ravel().tolist())
        return value.shape
    if isinstance(value, (int, float)):
        entries.append(float(value))
        return ()
    if isinstance(value, (tuple, list)):
        return tuple(_form(item, entries) for item in value), "parts"
    return repr(value)


def _exact(given: Answer, call: Call) -> object:
    """Return a key that only answers share that are the same to the last bit."""
    if isinstance(given, Raised):
        return given.bases
    return _bits(_part(given.value, call))


def _bits(value: Any) -> object:
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.str, value.tobytes()
    if isinstance(value, (tuple, list)):
        return tuple(map(_bits, value))
    return type(value).__name__, repr(value)
