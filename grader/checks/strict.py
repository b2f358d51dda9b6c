"""Refuse what no release writes: a sealed file may have been edited with care.

Its digest finds damage; somebody who recomputes the digest gets no further than to a
clear refusal, and cannot make the grader fail or eat the memory.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from grader.checks.canonical import FINEST, MAX_DENOMINATOR

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_CELLS = 2**22
"""Of a right answer; the largest of the course has some ten thousand."""
MAX_SCALE = FINEST * MAX_DENOMINATOR
MAX_PARTS = 64
MAX_TOLERANCE = 1e6
_TYPES = ("int", "float", "bool", "str", "NoneType")


def check_front(front: dict[str, Any]) -> None:
    """Check what is told of groups and checks.

    Raises
    ------
    ValueError, KeyError, TypeError, AttributeError
        If a release would not write it.
    """
    for group in front["groups"]:
        right = group["right"]
        if right is not None and len(bytes.fromhex(right)) != 16:
            raise ValueError("no digest")
    for text in front["signatures"].values():
        text.encode()  # half a surrogate cannot be printed
    known: set[str] = set()
    for check in front["checks"]:
        _check_check(check, known)
        for record in check["calls"]:
            _check_record(record, front["signatures"])
            hidden = front["groups"][record["group"]]["right"] is not None
            if hidden != ("form" in record) or hidden == _is_told(record):
                raise ValueError("told, or hidden")
            if hidden != (check["visibility"] == "hidden"):
                raise ValueError("neither public nor hidden")
    if not known:
        raise ValueError("no check")


def _check_check(check: dict[str, Any], known: set[str]) -> None:
    points = check["points"]
    if not all(isinstance(check[key], str) for key in ("name", "claim")):
        raise TypeError("a check has a name and a claim")
    if not isinstance(points, (int, float)) or not 0 < points < math.inf:
        raise ValueError("points are more than nothing")
    if not known.issuperset(check["after"]) or check["name"] in known:
        raise ValueError("no such check before it, or twice")
    if not check["calls"]:
        raise ValueError("no call")
    known.add(check["name"])


def _check_record(record: dict[str, Any], functions: Collection[str]) -> None:
    if record["function"] not in functions:
        raise ValueError("no such function")
    scale, group, part = record["scale"], record["group"], record["part"]
    if type(scale) is not int or not 0 < scale <= MAX_SCALE:
        raise ValueError("no scale")
    if type(group) is not int or group < 0:
        raise ValueError("no group")
    if part is not None and not (type(part[0]) is int and 0 <= part[0] < MAX_PARTS):
        raise ValueError("no part")
    if not all(0 <= float(width) <= MAX_TOLERANCE for width in record["tolerance"]):
        raise ValueError("no tolerance")
    if record["budget"] is not None:
        _check_budget(*record["budget"])
    if "form" in record:
        _check_form(record["form"], part)
    if "raises" in record:
        kind, bases = record["raises"]
        if not all(isinstance(name, str) for name in (kind, *bases)):
            raise TypeError("an exception has a name")


def _check_budget(rows: Any, inner: Any, columns: Any, ratio: Any) -> None:
    if any(type(side) is not int or side < 1 for side in (rows, inner, columns)):
        raise ValueError("no sizes")
    if max(rows * inner, inner * columns, rows * columns) > MAX_CELLS:
        raise ValueError("too large")
    if not 0 < ratio < math.inf:
        raise ValueError("no ratio")


def _is_told(record: dict[str, Any]) -> bool:
    return "value" in record or "raises" in record


def _check_form(form: Any, part: Any) -> None:
    raises = isinstance(form, dict) and "raises" in form
    if raises:
        if not isinstance(form["raises"], str):
            raise TypeError("an exception has a name")
    elif part is None:
        _check_value(form)
    elif not isinstance(form, list) or len(form) <= part[0]:
        raise ValueError("no such part")
    else:
        _check_value(form)


def _check_value(form: Any) -> None:
    if isinstance(form, list):
        if len(form) > MAX_PARTS:
            raise ValueError("too many parts")
        for item in form:
            _check_value(item)
    elif isinstance(form, dict):
        shape = form["shape"]
        if any(type(side) is not int or side < 0 for side in shape) or len(shape) > 32:
            raise ValueError("no shape")
        if math.prod(side or 1 for side in shape) > MAX_CELLS:
            raise ValueError("too large")
        bool(form["whole"])
    elif form not in _TYPES:
        raise ValueError("no such type")
