"""Read what is said of wrong values, by arithmetic of its own."""

from __future__ import annotations

import re

import numpy as np

from reading.facts import AXES, equal, quantity
from reading.shapes import SHAPE_WORDS, SHAPES, true_of_shape


def true_of(clause, fact, about):  # noqa: C901, PLR0911
    """Tell whether a clause is true of one wrong answer, by arithmetic of its own."""
    e, g, a = fact.expected, fact.mine, fact.arguments
    if re.match(SHAPES, clause) or clause in SHAPE_WORDS:
        return true_of_shape(clause, e, g, a)
    w = fact.wrong_cells
    with np.errstate(all="ignore"):
        ratio, off = (g / e)[e != 0], g - e
    if found := re.fullmatch(r"every value is (-?[\d/]+) times the right one", clause):
        top, _, bottom = found[1].partition("/")
        return equal(g * float(bottom or 1), e * float(top)).all()
    if found := re.fullmatch(
        r"every value is the right one divided by (-?\d+)", clause
    ):
        return equal(g * float(found[1]), e).all()
    if found := re.fullmatch(
        r"every value is too (large|small) by a factor of (.+)", clause
    ):
        by = quantity(found[2], a)
        return equal(g, e * by if found[1] == "large" else e / by).all()
    if found := re.fullmatch(r"every value is too (large|small) by (.+)", clause):
        by = quantity(found[2], a)
        return equal(off, by if found[1] == "large" else -by).all()
    if found := re.fullmatch(r"every wrong value is too (large|small)", clause):
        return (off[w] > 0).all() if found[1] == "large" else (off[w] < 0).all()
    if found := re.fullmatch(
        r"only the (first|last) (row|column|entry along the (\w+) axis) "
        r"(is right throughout|is wrong)",
        clause,
    ):
        axis = {"row": -2, "column": -1}.get(found[2])
        axis = AXES.index(found[3]) if axis is None else axis
        along = np.moveaxis(w, axis, 0)
        along = along if found[1] == "first" else along[::-1]
        if found[4] == "is wrong":
            return along[0].any() and not along[1:].any()
        return not along[0].any() and all(entry.any() for entry in along[1:])
    if found := re.fullmatch(r"all entries along the (\w+) axis are the same", clause):
        along = np.moveaxis(g, AXES.index(found[1]), 0)
        return (along == along[:1]).all()
    if found := re.fullmatch(r"the right values stand (.+)", clause):
        return true_of_move(found[1], e, g, a)
    inner = np.zeros(w.shape, bool)
    inner[..., 1:-1, 1:-1] = True
    corner, end = np.zeros(w.shape, bool), np.zeros(w.shape, bool)
    corner[..., 0, 0] = True
    end[..., -1, :] = end[..., -1] = True
    diagonal = np.broadcast_to(np.eye(*w.shape[-2:], dtype=bool), w.shape)
    everywhere = np.broadcast_to(w.any(axis=(0, 1)), w.shape)
    times = (off / a["b"].reshape(-1, 1, 1)) if e.ndim >= 3 else None
    statements = {
        "every value is NaN": lambda: np.isnan(g).all(),
        "the only wrong values are NaN or infinite": lambda: (
            not np.isfinite(g[w]).any()
        ),
        "every value is 0": lambda: not g.any(),
        "one number stands everywhere, in every call": lambda: np.all(
            g == about[0].mine.flat[0]
        ),
        "every value has the wrong sign": lambda: equal(g, -e).all(),
        "every value has lost its sign": lambda: equal(g, abs(e)).all(),
        "0 stands wherever a negative value belongs": lambda: equal(
            g, np.where(e < 0, 0, e)
        ).all(),
        "all values of a call are off by one factor": lambda: equal(
            ratio, ratio[0]
        ).all(),
        "all values of a call are off by one amount": lambda: equal(
            off, off.flat[0]
        ).all(),
        "each map is off by an amount of its own": lambda: equal(
            off, off[..., :1, :1]
        ).all(),
        "every value lacks b": lambda: equal(times, -1).all(),
        "every value holds b once too often": lambda: equal(times, 1).all(),
        "every value is off by a whole multiple of b": lambda: equal(
            times, np.rint(times.flat[0])
        ).all(),
        "every value is cut to a whole number": lambda: equal(g, np.fix(e)).all(),
        "every value is rounded down": lambda: equal(g, e // 1).all(),
        "every value is rounded up": lambda: equal(g, -(-e // 1)).all(),
        "every value is rounded": lambda: equal(g, e.round()).all(),
        "it is the right one mirrored left to right": lambda: equal(
            g, np.fliplr(e.reshape(-1, e.shape[-1])).reshape(e.shape)
        ).all(),
        "it is the right one mirrored top to bottom": lambda: equal(
            g, np.flip(e, -2)
        ).all(),
        "it is the right one rotated by 180 degrees": lambda: equal(
            g, np.rot90(e, 2, (-2, -1))
        ).all(),
        "it is the right one with rows and columns exchanged": lambda: equal(
            g, np.moveaxis(e, -1, -2)
        ).all(),
        "it is the right one with its first two axes exchanged": lambda: equal(
            g, np.moveaxis(e, 0, 1)
        ).all(),
        "it is the right one in reverse along its first axis": lambda: equal(
            g, np.flip(e, 0)
        ).all(),
        "it is the right one in reverse along its second axis": lambda: equal(
            g, np.flip(e, 1)
        ).all(),
        "the right values are all there, in another order": lambda: equal(
            sorted(g.flat), sorted(e.flat)
        ).all(),
        "every wrong cell is 0": lambda: not g[w].any(),
        "all cells of a map are the same": lambda: np.all(g == g[..., :1, :1]),
        "only the top left cell is right throughout": lambda: np.all(
            everywhere != corner
        ),
        "only the cells on the diagonal are right throughout": lambda: np.all(
            everywhere != diagonal
        ),
        "only the cells at the border are right throughout": lambda: np.all(
            everywhere == inner
        ),
        "only the cells away from the border are right throughout": lambda: np.all(
            everywhere != inner
        ),
        "only cells in the last row and the last column are wrong": lambda: (
            not w[~end].any()
        ),
        "only cells at the border are wrong": lambda: not w[inner].any(),
        "only cells away from the border are wrong": lambda: not w[~inner].any(),
        "zeros stand where they should, but ones where other values belong": lambda: (
            np.all(g == (e != 0))
        ),
        "zeros stand where they should; only the other values are wrong": lambda: (
            np.all((g == 0) == (e == 0))
        ),
    }
    return statements[clause]()


def true_of_move(text, e, g, a):
    if found := re.fullmatch(r"(\w+) cells too far (down and right|up and left)", text):
        step = a[found[1]] if isinstance(a[found[1]], int) else a[found[1]][0]
        step = step if found[2].startswith("down") else -step
        steps = step, step
    else:
        said = {word: int(n) for n, word in re.findall(r"(\d) \w+ (\w+)", text)}
        steps = (
            said.get("below", 0) - said.get("above", 0),
            said.get("right", 0) - said.get("left", 0),
        )
    for place in np.ndindex(e.shape):
        *lead, row, column = place
        to = (*lead, row + steps[0], column + steps[1])
        inside = 0 <= to[-2] < e.shape[-2] and 0 <= to[-1] < e.shape[-1]
        if inside and not equal(g[to], e[place]):
            return False
    return True
