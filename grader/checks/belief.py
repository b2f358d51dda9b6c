"""Wrong implementations: what a student with that belief would answer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from types import FunctionType, SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType


@dataclass(frozen=True, slots=True)
class Belief:
    """One or more misconceptions about a function, as an implementation.

    Parameters
    ----------
    ids : tuple of str
        The misconceptions' names.
    function : callable
        The wrong implementation, named as the student's function.
    switched : bool
        Whether it takes ``wrong``, the set of misconceptions to commit.
    """

    ids: tuple[str, ...]
    function: Callable[..., Any]
    switched: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """One or two beliefs at once, as something to run.

    Parameters
    ----------
    ids : tuple of str
        One or two misconceptions.
    run : callable
        Called as the student's function.
    """

    ids: tuple[str, ...]
    run: Callable[..., Any]


def singles(beliefs: tuple[Belief, ...], reference: ModuleType) -> Iterator[Candidate]:
    """Yield every belief alone, in the order of the suite."""
    for belief in beliefs:
        for id_ in belief.ids:
            yield Candidate((id_,), _runner(belief, (id_,), reference))


def pairs(beliefs: tuple[Belief, ...], reference: ModuleType) -> Iterator[Candidate]:
    """Yield every two beliefs at once that can be derived.

    Two switches of one implementation are set together. An implementation written in
    terms of ``solution`` is composed with any other one, which takes the solution's
    place. The two are named in the order in which the suite names them first.
    """
    ids = dict.fromkeys(id_ for belief in beliefs for id_ in belief.ids)
    place = {id_: number for number, id_ in enumerate(ids)}
    for belief in beliefs:
        if belief.switched:
            for two in combinations(belief.ids, 2):
                yield Candidate(two, _runner(belief, two, reference))
    alone = [
        {id_: _runner(belief, (id_,), reference) for id_ in belief.ids}
        for belief in beliefs
    ]
    for first, second in combinations(zip(beliefs, alone, strict=True), 2):
        for (outer, _), (_, inner) in ((first, second), (second, first)):
            if outer.switched or "solution" not in _names(outer.function):
                continue
            for id_, run in inner.items():
                if id_ in outer.ids:
                    continue  # two ways to act on one belief are no pair
                name = outer.function.__name__
                both = SimpleNamespace(**{**vars(reference), name: run})
                named = sorted((outer.ids[0], id_), key=place.__getitem__)
                yield Candidate(tuple(named), _bound(outer.function, both))


def _names(function: Callable[..., Any]) -> tuple[str, ...]:
    code = getattr(function, "__code__", None)
    return code.co_names if code is not None else ()


def _runner(
    belief: Belief, ids: tuple[str, ...], reference: ModuleType
) -> Callable[..., Any]:
    function = _bound(belief.function, reference)
    if not belief.switched:
        return function
    wrong = frozenset(ids)

    def run(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs, wrong=wrong)

    return run


def _bound(
    function: Callable[..., Any], solution: ModuleType | SimpleNamespace
) -> Callable[..., Any]:
    """Return a copy of the function that finds `solution` in its globals."""
    if not isinstance(function, FunctionType):
        return function
    bound = FunctionType(
        function.__code__,
        {**function.__globals__, "solution": solution},
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    bound.__kwdefaults__ = function.__kwdefaults__
    return bound
