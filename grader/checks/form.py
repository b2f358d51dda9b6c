"""What may be told of a hidden answer: its type, its shape, the exception's name."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from grader.reply import Raised, Returned

_LARGEST = 2**1000


def form_of(answer: Returned | Raised) -> Any:
    """Return the form of a right answer as JSON."""
    if isinstance(answer, Raised):
        return {"raises": answer.type}
    return _form(answer.value)


def _form(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return {"shape": list(value.shape), "whole": value.dtype.kind in "iu"}
    if isinstance(value, (tuple, list)):
        return [_form(item) for item in value]
    return type(value).__name__


def stand_in(form: Any, got: Any) -> Any:
    """Return an answer of a form that differs from the one given only in its form.

    The one given is compared with it as with a right answer: on every rung of the
    ladder but that of values.

    Parameters
    ----------
    form : object
        What `form_of` returned.
    got : object
        The answer given.
    """
    if isinstance(form, dict):
        return _array(tuple(form["shape"]), got, whole=bool(form["whole"]))
    if isinstance(form, list):
        like = isinstance(got, (tuple, list)) and len(got) == len(form)
        items = got if like else [None] * len(form)
        return tuple(stand_in(f, item) for f, item in zip(form, items, strict=True))
    if isinstance(got, np.ndarray) and got.ndim == 0:
        got = got.item()
    match form:
        case "float":
            number = isinstance(got, (int, float)) and abs(got) < _LARGEST
            return float(got) if number and not math.isnan(got) else 0.0
        case "int":
            return got if type(got) is int else 0
        case "bool":
            return got if type(got) is bool else False
        case "str":
            return got if type(got) is str else ""
        case _:
            return None


def _array(shape: tuple[int, ...], got: Any, *, whole: bool) -> Any:
    kind = np.int64 if whole else np.float64
    fits = isinstance(got, np.ndarray) and got.shape == shape
    if not fits or got.dtype.kind not in "iuf":
        return np.zeros(shape, kind)
    values = got.astype(np.float64)
    same = np.where(np.isfinite(values), values, 0.0)
    if not whole:
        return same
    return got.copy() if got.dtype.kind in "iu" else np.zeros(shape, kind)
