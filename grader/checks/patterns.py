"""Which calls fail: what the right ones have in common and the wrong ones lack."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from grader.checks.features import Feature, features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.checks.observed import Seen

_PLAIN = 1  # the highest rank that a single call may witness


def which_calls(seen: Sequence[Seen], subject: str) -> str:
    """Return a sentence that tells the right calls from the wrong ones, or nothing.

    Parameters
    ----------
    seen : sequence of Seen
        Every call of a function.
    subject : str
        What is right or wrong, such as ``your answer``.
    """
    right = tuple(s.kind == "right" for s in seen)
    if not any(right) or all(right):
        return ""
    known = features([s.arguments for s in seen])
    told = _separating(known, right)
    alone = min(sum(right), len(right) - sum(right)) < 2
    if len(told) > 2 or (alone and (len(told) != 1 or told[0].rank > _PLAIN)):
        return ""  # too many ways to be special: what is common may be chance
    if len(told) == 1:
        return _split_by(told[0], right, _raised(seen), subject)
    if len(told) == 2:
        both = " and ".join(_when_right(feature, right) for feature in told)
        return f"{subject} is right whenever {both}, and wrong whenever neither holds."
    both = " and ".join(_joined(known, right)) if not told else ""
    return f"{subject} is right only where {both}." if both else ""


def _separating(known: Sequence[Feature], right: tuple[bool, ...]) -> list[Feature]:
    """Return what separates the right calls from the wrong ones, one for an argument.

    Every such feature fits the evidence equally.
    """
    wrong = _turned(right)
    told: list[Feature] = []
    for feature in known:
        if feature.holds in (right, wrong) and not any(
            feature.about & other.about for other in told
        ):
            told.append(feature)
    return told


def _split_by(
    feature: Feature, right: tuple[bool, ...], raised: str, subject: str
) -> str:
    if raised and feature.holds == right:
        otherwise = f"otherwise your code raises {raised}"
        return f"{subject} is right whenever {feature.yes}; {otherwise}."
    if raised:
        fails = f"your code raises {raised} whenever {feature.yes}"
        return f"{fails}; otherwise {subject} is right."
    if feature.holds == right:
        return f"{subject} is right whenever {feature.yes}, and wrong otherwise."
    return f"{subject} is wrong whenever {feature.yes}, and right otherwise."


def _raised(seen: Sequence[Seen]) -> str:
    """Return what all the wrong calls raise; empty where one of them returns."""
    names = {s.raised for s in seen if s.kind != "right"}
    if any(s.kind not in ("right", "raised") for s in seen):
        return ""
    name = names.pop() if len(names) == 1 else ""
    return with_article(name or "exception")


def _when_right(feature: Feature, right: tuple[bool, ...]) -> str:
    return feature.yes if feature.holds == right else feature.no


def _joined(known: Sequence[Feature], right: tuple[bool, ...]) -> tuple[str, ...]:
    """Return two conditions of which both are needed, if only these two fit."""
    if sum(right) < 2:
        return ()
    conditions = [
        (feature.about, text, holds)
        for feature in known
        if feature.rank == 0
        for text, holds in (
            (feature.yes, feature.holds),
            (feature.no, _turned(feature.holds)),
        )
        if all(h for h, r in zip(holds, right, strict=True) if r)
    ]
    fitting = [
        (one, other)
        for (about, one, holds), (of, other, also) in combinations(conditions, 2)
        if not about & of
        and tuple(a and b for a, b in zip(holds, also, strict=True)) == right
    ]
    return fitting[0] if len(fitting) == 1 else ()


def _turned(holds: tuple[bool, ...]) -> tuple[bool, ...]:
    return tuple(not h for h in holds)


def with_article(name: str) -> str:
    """Return the name of an exception with its article."""
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"
