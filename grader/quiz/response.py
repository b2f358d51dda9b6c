"""Read what a student wrote for one question, and score it.

Cells of a spreadsheet are forgiving: a choice is its text or its letter, several
are separated by ``;``, numbers may hold thousands commas or a Unicode minus.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.quiz.key import KeyQuestion
    from grader.quiz.question import WrongAnswer

_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
# A number read from decimal text may miss its binary neighbour by this share.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Mark:
    """What a response earned.

    Parameters
    ----------
    share : float
        Between 0 and 1.
    answered : bool
        Whether anything was written.
    misconceptions : tuple of str
        The beliefs that the response shows.
    chosen : tuple of str
        The texts of the choices ticked; the response itself when it was typed.
    """

    share: float
    answered: bool
    misconceptions: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()


def score(question: KeyQuestion, written: str) -> Mark:
    """Score a response: cloze per blank, multiple as (right - wrong) / right ones."""
    written = written.strip()
    if not written:
        return Mark(0.0, answered=False)
    if question.type in ("single", "multiple"):
        return _ticked(question, written)
    if question.type == "numeric":
        return _typed(question, written)
    return _filled(question, written)


def understood(question: KeyQuestion, written: str) -> bool:
    """Tell whether a response can be read at all: a choice, or enough numbers."""
    if question.type == "numeric":
        return number(written) is not None
    if question.type == "cloze" and isinstance(question.answer, tuple):
        values = [number(part) for part in _parts(written, commas=True)]
        return len(values) == len(question.answer) and None not in values
    texts = [choice.text for choice in question.choices]
    parts = _parts(written) if question.type == "multiple" else [written]
    return all(_index(texts, part) is not None for part in parts)


def _ticked(question: KeyQuestion, written: str) -> Mark:
    parts = _parts(written) if question.type == "multiple" else [written]
    texts = [choice.text for choice in question.choices]
    found = dict.fromkeys(_index(texts, part) for part in parts)
    choices = [question.choices[index] for index in found if index is not None]
    names = tuple(c.misconception for c in choices if c.misconception)
    right = sum(choice.correct for choice in choices)
    asked = sum(choice.correct for choice in question.choices)
    share = max(0.0, (2 * right - len(choices)) / asked) if asked else 0.0
    chosen = tuple(choice.text for choice in choices) or (written,)
    return Mark(share, answered=True, misconceptions=names, chosen=chosen)


def _typed(question: KeyQuestion, written: str) -> Mark:
    value = number(written)
    if value is None or not isinstance(question.answer, (int, float)):
        return Mark(0.0, answered=True, chosen=(written,))
    if near(value, question.answer, question.tolerance):
        return Mark(1.0, answered=True, chosen=(written,))
    names = tuple(
        wrong.misconception
        for wrong in question.wrong
        if wrong.misconception
        and isinstance(wrong.answer, (int, float))
        and _is_known(value, wrong.answer, question.answer, question.tolerance)
    )
    return Mark(0.0, answered=True, misconceptions=names[:1], chosen=(written,))


def _filled(question: KeyQuestion, written: str) -> Mark:
    wanted = question.answer if isinstance(question.answer, tuple) else ()
    values = [number(part) for part in _parts(written, commas=True)]
    values += [None] * (len(wanted) - len(values))
    right = [
        value is not None and near(value, float(answer), question.tolerance)
        for value, answer in zip(values, wanted, strict=False)
    ]
    missed = {
        place: value
        for place, value in enumerate(values[: len(wanted)])
        if value is not None and not right[place]
    }
    beliefs = [wrong for wrong in question.wrong if _explains(wrong, missed, question)]
    # A belief that gives the right numbers here too explains more than one that shows
    # in a place that was filled in rightly.
    beliefs.sort(key=lambda wrong: _shows(wrong, right, question))
    names = [wrong.misconception for wrong in beliefs if wrong.misconception]
    return Mark(
        share=sum(right) / len(wanted) if wanted else 0.0,
        answered=True,
        misconceptions=tuple(names[:1]),
        chosen=(written,),
    )


def _explains(
    wrong: WrongAnswer, missed: dict[int, float], question: KeyQuestion
) -> bool:
    """Tell whether a belief gives every wrong number that was filled in."""
    given, rights = wrong.answer, question.answer
    return (
        bool(missed)
        and isinstance(given, tuple)
        and isinstance(rights, tuple)
        and all(
            place < len(given)
            and _is_known(value, given[place], float(rights[place]), question.tolerance)
            for place, value in missed.items()
        )
    )


def _shows(wrong: WrongAnswer, right: list[bool], question: KeyQuestion) -> int:
    """Return in how many of the places that are right a belief gives another number."""
    given, rights = wrong.answer, question.answer
    assert isinstance(given, tuple)
    assert isinstance(rights, tuple)
    return sum(
        place < len(given)
        and not near(float(given[place]), float(rights[place]), question.tolerance)
        for place, is_right in enumerate(right)
        if is_right
    )


def _is_known(value: float, wrong: float, right: float, tolerance: float) -> bool:
    return near(value, wrong, reach(wrong, right, tolerance))


def near(value: float, answer: float, tolerance: float) -> bool:
    """Tell whether a number counts as the answer."""
    return abs(value - answer) <= tolerance + ROUNDING * abs(answer)


def reach(wrong: float, right: float, tolerance: float) -> float:
    """Return how far off a number is still taken as one that is known to be wrong.

    Who types a number with many digits writes two of its decimals; the right number
    is never reached.

    Parameters
    ----------
    wrong, right : float
        What a misconception gives, and the right number.
    tolerance : float
        How far off the right one may be.

    Examples
    --------
    >>> reach(-10.777777777777779, 3, 0), reach(-10.75, 3, 0), reach(1 / 3, 0.336, 0)
    (0.005, 0, 0.0013333333333333474)
    """
    if float(f"{wrong:.4f}") == wrong:
        return tolerance
    return max(tolerance, min(0.005, abs(wrong - right) / 2))


def number(written: str) -> float | None:
    """Return the number that was written, or ``None``.

    Examples
    --------
    >>> number("34,944"), number("−2.5"), number("2,5"), number("1/4"), number("x")
    (34944.0, -2.5, 2.5, 0.25, None)
    """
    text = written.strip().replace("−", "-").replace("\u00a0", "").replace(" ", "")
    text = text.replace(",", "" if _THOUSANDS.fullmatch(text) else ".")
    above, bar, below = text.partition("/")
    try:
        value = float(above) / float(below) if bar else float(above)
    except (ValueError, ZeroDivisionError):
        return None
    return value if abs(value) < float("inf") else None


def _parts(written: str, *, commas: bool = False) -> list[str]:
    """Return the members of a list: JSON, or separated by ``;`` or blanks."""
    if written.startswith("["):
        try:
            return [str(part) for part in json.loads(written)]
        except (ValueError, TypeError):
            written = written.strip("[]")
    if ";" in written or not commas:
        return [part for part in map(str.strip, written.split(";")) if part or commas]
    return re.split(r"[,\s]+", written.strip())


def _plain(text: str) -> str:
    """Return a text as it is compared: no case, ``x`` for ×, single blanks."""
    plain = text.casefold().replace("×", "x").replace("−", "-")
    return re.sub(r"\s+", "", plain)


def _index(texts: Sequence[str], written: str) -> int | None:
    """Return which choice was meant: by its text or, failing that, its letter."""
    wanted = _plain(written)
    for index, text in enumerate(texts):
        if _plain(text) == wanted:
            return index
    letter = wanted.rstrip(").")
    if len(letter) == 1 and letter in ascii_lowercase[: len(texts)]:
        return ascii_lowercase.index(letter)
    return None
