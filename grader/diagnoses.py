"""Diagnoses that are made once: in a class, many give the same wrong answers."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

from grader.reply import Missing, Raised, Returned
from grader.sandbox.zygote import wire

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from grader.checks.diagnose import Diagnosis, Evidence
    from grader.checks.suite import ExerciseSuite
    from grader.reply import Reply

Diagnose: TypeAlias = "Callable[[ExerciseSuite, Sequence[Evidence]], Diagnosis]"

REMEMBERED = 1024
"""So many different ways to answer a function are remembered."""
_LARGE = 1 << 16  # bytes of an answer: to tell it from others takes too long


class Diagnoses:
    """Has diagnoses made by one live suite, and remembers what each was made from.

    Parameters
    ----------
    diagnose : callable
        Makes one of an exercise and all answers given for one function.
    """

    def __init__(self, diagnose: Diagnose) -> None:
        self._diagnose = diagnose
        self._known: dict[Hashable, Diagnosis] = {}

    def of(self, suite: ExerciseSuite, evidence: Sequence[Evidence]) -> Diagnosis:
        """Return what is said of all answers given for one function.

        Parameters
        ----------
        suite : ExerciseSuite
            The exercise.
        evidence : sequence of Evidence
            Every answer given for one function, right ones included.
        """
        if all(each.mismatch is None for each in evidence):
            return self._diagnose(suite, evidence)  # that takes no time
        key = _key(evidence)
        known = None if key is None else self._known.get(key)
        if known is None:
            known = self._diagnose(suite, evidence)
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            if key is not None:
                self._known[key] = known
        return known


def _key(evidence: Sequence[Evidence]) -> Hashable | None:
    """Return what is equal for equal evidence alone; None where that is not known."""
    said = blake2b(digest_size=20)
    for each in evidence:
        text = written(each.reply)
        if text is None:
            return None
        said.update(len(text).to_bytes(8, "little") + text)
    asked = tuple((each.case, each.mismatch) for each in evidence)
    return asked, said.digest()


def written(reply: Reply) -> bytes | None:
    """Return all of a reply that a diagnosis may depend on; None of a large one."""
    if isinstance(reply, Returned):
        try:
            return b"R" + wire.Writer(_LARGE).add(reply.value).payload()
        except (TypeError, wire.TooLargeError):  # no value, or a large one
            return None
    if isinstance(reply, Raised):
        return b"E" + repr((reply.type, reply.bases, reply.message)).encode()
    if isinstance(reply, Missing):
        return b"M" + repr((reply.name, reply.available)).encode()
    return None
