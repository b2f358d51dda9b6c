"""What a suite file defines: its checks, beliefs and workings, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.checks.belief import Belief
from grader.checks.check import Check
from grader.checks.working import Explain
from grader.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import ModuleType

_REGISTER = "__suite__"


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one suite file.

    Parameters
    ----------
    checks : tuple of Check
        In the order of the file.
    beliefs : mapping of str to tuple of Belief
        By the function that they are about.
    workings : mapping of str to Explain
        By the function that they explain.
    """

    checks: tuple[Check, ...]
    beliefs: Mapping[str, tuple[Belief, ...]]
    workings: Mapping[str, Explain]


def register(function: Callable[..., Any], record: Check | Belief | Explain) -> None:
    """Note a record in the module that defines it.

    Wrong implementations of one function share its name, so the module's names do
    not suffice to find them.
    """
    namespace: dict[str, Any] = getattr(function, "__globals__", {})
    namespace.setdefault(_REGISTER, []).append(record)


def collect(module: ModuleType) -> Content:
    """Return what a loaded suite file defines.

    Raises
    ------
    CourseError
        If it defines no check, or a check or working twice. A belief may stand
        twice: students act on it in more than one way.
    """
    records = vars(module).get(_REGISTER, [])
    checks = tuple(r for r in records if isinstance(r, Check))
    if not checks:
        raise CourseError("the suite has no check", file=module.__file__)
    _once("check", (c.name for c in checks), module)
    by_function: dict[str, list[Belief]] = {}
    for belief in records:
        if isinstance(belief, Belief):
            by_function.setdefault(belief.function.__name__, []).append(belief)
    workings = [r for r in records if isinstance(r, Explain)]
    _once("working", (w.function for w in workings), module)
    return Content(
        checks=checks,
        beliefs={name: tuple(found) for name, found in by_function.items()},
        workings={working.function: working for working in workings},
    )


def _once(what: str, names: Iterable[str], module: ModuleType) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise CourseError(f"the {what} {name!r} stands twice", file=module.__file__)
        seen.add(name)
