"""Which calls fail: what the right ones have in common and the wrong ones lack."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from grader.checks.features import Feature, features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.checks.observed import Seen
    from grader.checks.subject import Subject

# How many calls each side must have, by the rank of the feature: what is far from
# obvious separates a few calls by chance. One call alone may witness a plain feature,
# where nothing else separates it.
_FEWEST = (2, 2, 3, 4)
_PLAIN = 1


def which_calls(seen: Sequence[Seen], subject: Subject) -> str:
    """Return a sentence that tells the right calls from the wrong ones, or nothing.

    Parameters
    ----------
    seen : sequence of Seen
        Every call of a function.
    subject : Subject
        What is right or wrong.
    """
    right = tuple(s.kind == "right" for s in seen)
    if not any(right) or all(right):
        return ""
    known = features([s.arguments for s in seen])
    told = _separating(known, right)
    if _may_be_chance(told, right):
        return ""
    if len(told) == 1:
        return _split_by(told[0], right, _raised(seen), subject)
    if told:
        both = " and ".join(_when(feature, right) for feature in told)
        return (
            f"{subject} {subject.be} right whenever {both}, "
            "and wrong whenever neither holds."
        )
    both = " and ".join(_joined(known, right))
    return f"{subject} {subject.be} right only where {both}." if both else ""


def which_raise(seen: Sequence[Seen]) -> str:
    """Return a sentence that tells the calls that raise from the others, or nothing.

    Parameters
    ----------
    seen : sequence of Seen
        Every call of a function, right or wrong.
    """
    raised = tuple(s.kind == "raised" for s in seen)
    if not any(raised) or all(raised):
        return ""
    told = _separating(features([s.arguments for s in seen]), raised)
    if len(told) != 1 or _may_be_chance(told, raised):
        return ""
    name = _raised([s for s in seen if s.kind == "raised"])
    return f"your code raises {name} whenever {_when(told[0], raised)}."


def _may_be_chance(told: Sequence[Feature], right: tuple[bool, ...]) -> bool:
    """Tell whether the calls are special in so many ways that each may be chance."""
    if min(sum(right), len(right) - sum(right)) > 1:
        return len(told) > 2
    return len(told) != 1 or told[0].rank > _PLAIN


def _separating(known: Sequence[Feature], right: tuple[bool, ...]) -> list[Feature]:
    """Return what separates the right calls from the wrong ones, one for an argument.

    Every such feature fits the evidence equally.
    """
    wrong = _turned(right)
    fewest = min(sum(right), sum(wrong))
    told: list[Feature] = []
    for feature in known:
        if 1 < fewest < _FEWEST[feature.rank]:
            continue
        if feature.holds in (right, wrong) and not any(
            feature.about & other.about for other in told
        ):
            told.append(feature)
    return told


def _split_by(
    feature: Feature, right: tuple[bool, ...], raised: str, subject: Subject
) -> str:
    if raised and feature.holds == right:
        otherwise = f"otherwise your code raises {raised}"
        return f"{subject} {subject.be} right whenever {feature.yes}; {otherwise}."
    if raised:
        fails = f"your code raises {raised} whenever {feature.yes}"
        return f"{fails}; otherwise {subject} {subject.be} right."
    if feature.holds == right:
        return (
            f"{subject} {subject.be} right whenever {feature.yes}, and wrong otherwise."
        )
    return f"{subject} {subject.be} wrong whenever {feature.yes}, and right otherwise."


def _raised(seen: Sequence[Seen]) -> str:
    """Return what all the wrong calls raise; empty where one of them returns."""
    names = {s.raised for s in seen if s.kind != "right"}
    if any(s.kind not in ("right", "raised") for s in seen):
        return ""
    name = names.pop() if len(names) == 1 else ""
    return with_article(name or "exception")


def _when(feature: Feature, right: tuple[bool, ...]) -> str:
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
