"""Read what is said of a wrong shape."""

from __future__ import annotations

import re
from itertools import permutations

from reading.facts import AXES, equal, quantity

SHAPES = r"the (rows|columns|entries)|the \w+ axis is|it has \d|the right array|what is"
SHAPE_WORDS = {
    "the values are right and in order, only their shape is not",
    "the values are right, but the axes are in another order",
    *(
        f"the values are right, but the {one} and {other} axes are exchanged"
        for one, other in permutations(AXES, 2)
    ),
}


def true_of_shape(clause, e, g, a):
    if clause == "the values are right and in order, only their shape is not":
        return equal(g.ravel(), e.ravel()).all()
    if clause == "the values are right, but the axes are in another order":
        return any(
            g.transpose(order).shape == e.shape and equal(g.transpose(order), e).all()
            for order in permutations(range(e.ndim))
        )
    if found := re.fullmatch(
        r"the values are right, but the (\w+) and (\w+) axes are exchanged", clause
    ):
        turned = g.swapaxes(AXES.index(found[1]), AXES.index(found[2]))
        return turned.shape == e.shape and equal(turned, e).all()
    if found := re.fullmatch(
        r"the (\w+) axis is as long as the (\w+) axis of (\w+)", clause
    ):
        return g.shape[AXES.index(found[1])] == a[found[3]].shape[AXES.index(found[2])]
    if found := re.fullmatch(r"it has (\d) ax[ie]s too (many|few)", clause):
        return g.ndim - e.ndim == int(found[1]) * (1 if found[2] == "many" else -1)
    if clause.startswith(("what is there", "the right array")):
        small, large = (g, e) if clause.startswith("what") else (e, g)
        room = [n - m for n, m in zip(large.shape, small.shape, strict=True)]
        start = [n // 2 if "middle" in clause else 0 for n in room]
        start = room if "beginning" in clause else start
        window = [slice(s, s + n) for s, n in zip(start, small.shape, strict=True)]
        return equal(large[tuple(window)], small).all()
    return true_of_excess(clause, e, g, a)


def true_of_excess(clause, e, g, a):
    said = {}
    clause = re.sub(
        r"^the rows and the columns are (.+)$",
        r"the rows are \1 and the columns are \1",
        clause,
    )
    for part in re.split(r" and (?=the (?:rows|columns|entries))", clause):
        found = re.fullmatch(
            r"the (rows|columns|entries along the (\w+) axis) "
            r"are too (many|few) by (.+)",
            part,
        )
        axis = {"rows": -2, "columns": -1}.get(found[1])
        axis = AXES.index(found[2]) if axis is None else axis
        by = quantity(found[4], a)
        said[axis % e.ndim] = by if found[3] == "many" else -by
    off = [mine - right for mine, right in zip(g.shape, e.shape, strict=True)]
    return off == [said.get(axis, 0) for axis in range(e.ndim)]
