"""Read what is said of the arguments of a call, word by word."""

from __future__ import annotations

import re

import numpy as np

from reading.facts import AXES, sides


def holds(text, a):
    """Tell whether a condition on the arguments holds, read word by word."""
    if " and " in text:
        return all(holds(part, a) for part in text.split(" and "))
    words = text.split()
    if words[0] == "the":
        length = a[words[4]].shape[AXES.index(words[1])]
        return length == 1 if text.endswith("length 1") else length > 1
    if words[:2] == ["both", "sides"] or words[:2] == ["a", "side"]:
        shape, factors = a[words[3]].shape[-2:], sides(a[words[-1]])
        fits = all(n % f == 0 for n, f in zip(shape, factors, strict=True))
        return fits == (words[0] == "both")
    name, rest = words[0], " ".join(words[1:])
    value = a[name]
    if found := re.fullmatch(r"(equals|differs from) (\w+)", rest):
        return (sides(value) == sides(a[found[2]])) == (found[1] == "equals")
    if found := re.fullmatch(r"is (not )?(\d+)", rest):
        return (sides(value) == sides(int(found[2]))) == (not found[1])
    if found := re.fullmatch(r"is (not )?at most (\d+)", rest):
        return (max(sides(value)) <= int(found[2])) == (not found[1])
    is_odd = isinstance(value, (int, tuple)) and sides(value)[0] % 2 == 1
    return {
        "is a pair": isinstance(value, tuple),
        "is no pair": not isinstance(value, tuple),
        "is a pair of different numbers": np.ndim(value) == 1 and len({*value}) == 2
        if isinstance(value, tuple)
        else False,
        "is no pair of different numbers": not isinstance(value, tuple)
        or len({*value}) == 1,
        "is odd": is_odd,
        "is not odd": not is_odd,
        **of_array(value),
    }[rest]


def of_array(value):
    if not isinstance(value, np.ndarray) or value.ndim < 2:
        return {}
    height, width = value.shape[-2:]
    return {
        "is square": height == width,
        "is not square": height != width,
        "is wider than high": width > height,
        "is not wider than high": width <= height,
        "is higher than wide": height > width,
        "is not higher than wide": height <= width,
        "has no positive entry": value.max() <= 0,
        "has positive entries": value.max() > 0,
        "has a single entry": value.size == 1,
        "has more than one entry": value.size > 1,
    }


def condition(text, facts, so):
    """Check that a condition holds for the facts of one kind and for no others."""
    if found := re.fullmatch(r"(\w+) has one particular shape", text):
        shapes = {f.arguments[found[1]].shape for f in facts if so(f)}
        others = {f.arguments[found[1]].shape for f in facts if not so(f)}
        assert len(shapes) == 1
        assert not shapes & others
        return
    for fact in facts:
        assert holds(text, fact.arguments) == so(fact), text
