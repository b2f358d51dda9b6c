"""Whatever is answered, what is said of it is true: each sentence is read again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.author import call
from grader.checks.anatomy import LONGEST, describe
from grader.checks.suite import run_trusted
from grader.sandbox.reply import Missing, Raised, Returned, Unsupported

AXES = ("first", "second", "third", "fourth")


# --- what is asked, and how it may go wrong


def right(x, b=None, size=2, stride=1):
    return x[..., ::stride, :] * 2.0 + (0 if b is None else b.reshape(-1, 1, 1))


CHANGES = {
    "none": lambda e, a: e,
    "sign": lambda e, a: -e,
    "scale": lambda e, a: 3 * e,
    "quarter": lambda e, a: e / 4,
    "by size": lambda e, a: e * np.prod(np.broadcast_to(a["size"], 2)),
    "offset": lambda e, a: e + 1,
    "by stride": lambda e, a: e - a["stride"],
    "bias": lambda e, a: e - a["b"].reshape(-1, 1, 1),
    "biases": lambda e, a: (
        e + a["size"] * a["b"].reshape(-1, 1, 1) if isinstance(a["size"], int) else e
    ),
    "per map": lambda e, a: e + e.max(axis=(-1, -2), keepdims=True),
    "zeros": lambda e, a: e * 0,
    "constant": lambda e, a: e * 0 + 5,
    "nan": lambda e, a: e * np.nan,
    "some inf": lambda e, a: np.where(e > 5, np.inf, e),
    "clip": lambda e, a: np.maximum(e, 0),
    "abs": lambda e, a: np.abs(e),
    "flip": lambda e, a: e[..., ::-1],
    "turn": lambda e, a: e[..., ::-1, ::-1],
    "swap": lambda e, a: e.swapaxes(-1, -2),
    "roll": lambda e, a: np.roll(e, (1, -1), (-2, -1)),
    "roll by stride": lambda e, a: np.roll(e, (a["stride"],) * 2, (-2, -1)),
    "sorted": lambda e, a: np.sort(e, axis=None).reshape(e.shape),
    "first": lambda e, a: np.concatenate([e[:1], np.cos(e[1:])]),
    "last row": lambda e, a: np.concatenate(
        [e[..., :-1, :], np.cos(e[..., -1:, :])], -2
    ),
    "same": lambda e, a: np.repeat(e[:, :1], e.shape[1], axis=1),
    "flat": lambda e, a: np.repeat(e.reshape(-1)[:1], e.size).reshape(e.shape) + 1,
    "border": lambda e, a: (
        np.pad(e[..., 1:-1, 1:-1], [(0, 0)] * 2 + [(1, 1)] * 2)
        if min(e.shape[-2:]) > 2
        else e
    ),
    "holes": lambda e, a: np.where(e % 3 == 0, 0, e),
    "larger": lambda e, a: e + np.abs(np.sin(e)) + 1,
    "noise": lambda e, a: np.cos(e * 5),
    "cut": lambda e, a: e[..., :-1, :-1],
    "pad": lambda e, a: np.pad(e, [(0, 0)] * 2 + [(a["stride"],) * 2] * 2),
    "axes": lambda e, a: e.transpose(1, 0, 3, 2),
    "ravel": lambda e, a: e.reshape(-1),
    "drop": lambda e, a: e[0],
    "as x": lambda e, a: np.ones((*e.shape[:2], a["x"].shape[3], e.shape[3])),
    "raise": lambda e, a: {}.popitem(),
    "refuse": lambda e, a: int("x"),
    "none at all": lambda e, a: None,
}
WHEN = {
    "always": lambda a: True,
    "stride": lambda a: a["stride"] != 1,
    "square": lambda a: a["x"].shape[2] != a["x"].shape[3],
    "batch": lambda a: len(a["x"]) > 1,
    "pair": lambda a: not isinstance(a["size"], int),
    "wide": lambda a: a["x"].shape[3] > a["x"].shape[2],
    "both": lambda a: a["stride"] != 1 or len(a["x"]) > 1,
    "odd": lambda a: a["size"] == 3,
}


@st.composite
def questions(draw):
    """Return calls with arguments of many features."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    found = []
    for _ in range(draw(st.integers(2, 14))):
        samples, maps = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        height, width = draw(st.integers(1, 5)), draw(st.integers(1, 5))
        x = rng.integers(-9, 10, (samples, maps, height, width)) * 1.0
        found.append(
            call(
                "right",
                x=x,
                b=rng.integers(1, 9, maps) * 1.0,
                size=draw(st.sampled_from([1, 2, 3, (2, 3), (1, 1)])),
                stride=draw(st.sampled_from([1, 1, 2, 3])),
            )
        )
    return found


# --- reading a description again


@dataclass
class Fact:
    """One call as the reader sees it."""

    arguments: dict
    expected: object
    reply: object
    right: bool

    @property
    def mine(self):
        return getattr(self.reply, "value", None)

    @property
    def right_shape(self):
        return (
            isinstance(self.mine, np.ndarray)
            and self.mine.shape == np.shape(self.expected)
            and self.mine.dtype.kind in "iuf"
        )

    @property
    def wrong_shape(self):
        return isinstance(self.mine, np.ndarray) and not self.right_shape

    @property
    def wrong_cells(self):
        return ~equal(self.mine, self.expected)


def equal(one, other):
    return np.isclose(one, other, rtol=2e-5, atol=2e-6)


def sides(size):
    return size if isinstance(size, tuple) else (size, size)


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
        return (value <= int(found[2])) == (not found[1])
    return {
        "is a pair": isinstance(value, tuple),
        "is no pair": not isinstance(value, tuple),
        "is a pair of different numbers": np.ndim(value) == 1 and len({*value}) == 2
        if isinstance(value, tuple)
        else False,
        "is no pair of different numbers": not isinstance(value, tuple)
        or len({*value}) == 1,
        "is odd": isinstance(value, int) and value % 2 == 1,
        "is not odd": not (isinstance(value, int) and value % 2 == 1),
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


RAISED = r"your code raises (?:an? )(\w+)"


def check_sentence(sentence, facts):
    """Check one sentence against the facts; an unknown sentence is an error."""
    sentence = sentence.removesuffix(".")
    sentence = sentence[0].lower() + sentence[1:]
    wrong = [f for f in facts if not f.right]

    def is_right(fact):
        return fact.right

    def raises(name):
        return lambda f: (
            isinstance(f.reply, Raised)
            and (name == "exception" or name in f.reply.bases)
        )

    if found := re.fullmatch(
        r"your answer is (right|wrong) whenever (.+), and \w+ otherwise", sentence
    ):
        so = is_right if found[1] == "right" else lambda f: not f.right
        return condition(found[2], facts, so)
    if found := re.fullmatch(
        r"your answer is right whenever (.+), and wrong whenever neither holds",
        sentence,
    ):
        return [condition(part, facts, is_right) for part in found[1].split(" and ")]
    if found := re.fullmatch(r"your answer is right only where (.+)", sentence):
        return condition(found[1], facts, is_right)
    if found := re.fullmatch(
        rf"your answer is right whenever (.+); otherwise {RAISED}", sentence
    ):
        assert all(raises(found[2])(f) for f in wrong)
        return condition(found[1], facts, is_right)
    if found := re.fullmatch(
        rf"{RAISED} whenever (.+); otherwise your answer is right", sentence
    ):
        assert all(raises(found[1])(f) for f in wrong)
        return condition(found[2], facts, raises(found[1]))
    if found := re.fullmatch(rf"{RAISED} whenever (.+)", sentence):
        return condition(found[2], facts, raises(found[1]))
    if found := re.fullmatch(r"every call that fails raises an? (\w+)", sentence):
        assert all(raises(found[1])(f) for f in wrong)
        return None
    return check_clause(sentence, facts, wrong)


def check_clause(sentence, facts, wrong):
    where, _, clause = sentence.rpartition(" wrong, ")
    clause = clause.replace("your answer", "it")
    shaped = [f for f in wrong if f.wrong_shape]
    valued = [f for f in wrong if f.right_shape]
    about = shaped if clause in SHAPE_WORDS or re.match(SHAPES, clause) else valued
    assert about
    if "only the values" not in where and "the shape" not in where:
        assert len(about) == len([f for f in wrong if not isinstance(f.reply, Raised)])
    if not where:
        assert len(wrong) == len(facts) or any(
            isinstance(f.reply, Raised) for f in wrong
        )
    for fact in about:
        assert true_of(clause, fact, about), clause


SHAPES = r"the (rows|columns|entries)|the \w+ axis is|it has \d|the right array|what is"
SHAPE_WORDS = {
    "the values are right and in order, only their shape is not",
    "the values are right, but the axes are in another order",
    *(
        f"the values are right, but the {one} and {other} axes are exchanged"
        for one, other in permutations(AXES, 2)
    ),
}


def quantity(text, a):
    """Return the number that a description of it stands for."""
    if found := re.fullmatch(r"the length of the (\w+) axis of (\w+)", text):
        return a[found[2]].shape[AXES.index(found[1])]
    if found := re.fullmatch(r"the number of cells of a map of (\w+)", text):
        return np.prod(a[found[1]].shape[-2:])
    if found := re.fullmatch(r"the number of cells that (\w+) spans", text):
        return np.prod(sides(a[found[1]]))
    if text.startswith("twice "):
        return 2 * quantity(text.removeprefix("twice "), a)
    return float(text) if re.match(r"[\d.]", text) else a[text]


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
    if found := re.fullmatch(r"everything along the (\w+) axis is the same", clause):
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
        "every value is the same, in every call": lambda: np.all(
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
        "every cell of a map is the same": lambda: np.all(g == g[..., :1, :1]),
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


def facts_of(evidence):
    return [
        Fact(
            dict(item.case.call.kwargs),
            run_trusted(right, (), item.case.call.kwargs).value,
            item.reply,
            item.mismatch is None,
        )
        for item in evidence
    ]


def sentences(text):
    return [s for s in re.split(r"(?<=\.) (?=[A-Z0-9])", text) if s]


# --- laws


@settings(max_examples=600, deadline=None)
@given(questions(), st.sampled_from(sorted(CHANGES)), st.sampled_from(sorted(WHEN)))
def test_every_sentence_is_true_of_all_the_evidence(one_function, calls, change, when):
    suite = one_function(right)

    def mine(**a):
        value = right(**a)
        return CHANGES[change](value, a) if WHEN[when](a) else value

    evidence = suite.answered(mine, calls)
    if all(item.mismatch is None for item in evidence):
        return
    text = describe(suite, evidence)

    assert len(text) <= LONGEST
    for sentence in sentences(text):
        check_sentence(sentence, facts_of(evidence))


@settings(max_examples=300, deadline=None)
@given(questions(), st.data())
def test_every_sentence_is_true_of_errors_of_all_kinds_at_once(
    one_function, calls, data
):
    suite = one_function(right)
    kinds = data.draw(
        st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=2)
    )
    replies = []
    for question in calls:
        change = data.draw(st.sampled_from(["none", *kinds]))
        replies.append(
            run_trusted(
                lambda c=change, **a: CHANGES[c](right(**a), a), (), question.kwargs
            )
        )
    evidence = suite.evidence(replies, calls)
    if all(item.mismatch is None for item in evidence):
        return

    for sentence in sentences(describe(suite, evidence)):
        check_sentence(sentence, facts_of(evidence))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_answers_that_have_nothing_in_common_are_not_described(one_function, seed):
    rng = np.random.default_rng(seed)
    shapes = rng.integers(2, 5, (8, 4))
    calls = [call("right", x=rng.integers(-9, 9, s) * 1.0) for s in shapes]
    suite = one_function(right)
    replies = [Returned(rng.normal(size=s) * 9) for s in shapes]

    assert describe(suite, suite.evidence(replies, calls)) == ""


NUMBERS = ["i1", "i4", "i8", "u8", "f2", "f4", "f8", "?"]
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(2**63), 2**63 - 1])
    | st.floats()
    | st.text(max_size=3)
    | st.just(Unsupported("a {dict}"))
    | st.sampled_from(NUMBERS).flatmap(
        lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_side=0, max_side=4))
    ),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner),
    max_leaves=4,
)
replies = st.one_of(
    anything.map(Returned),
    st.sampled_from(["IndexError", "Mine {0}", "", "object"]).map(
        lambda name: Raised(name, (name, "Exception"), "{it}", ())
    ),
    st.just(Missing("f", ())),
)


@pytest.mark.parametrize(
    "target",
    [
        lambda x, n=1: np.array([[1.0, 2.0], [3.0, 4.0]]) * n,
        lambda x, n=1: 7 * n,
        lambda x, n=1: 0.5 * n,
        lambda x, n=1: (np.arange(3.0) * n, n),
        lambda x, n=1: np.arange(4) + n,
    ],
)
@settings(max_examples=150, deadline=None)
@given(answers=st.lists(replies, min_size=1, max_size=6), data=st.data())
def test_whatever_is_answered_a_short_text_comes_back(
    one_function, target, answers, data
):
    suite = one_function(target)
    calls = []
    for _ in answers:
        asked = call("f", data.draw(st.integers(0, 3)), n=data.draw(st.integers(1, 3)))
        if isinstance(target(1), tuple) and data.draw(st.booleans()):
            asked = asked.only(*data.draw(st.sampled_from([(0, "one"), (1, "two")])))
        calls.append(asked)
    evidence = suite.evidence(answers, calls)
    if all(item.mismatch is None for item in evidence):
        return

    text = describe(suite, evidence)

    assert len(text) <= LONGEST
    assert "{" not in text
    assert "Mine" not in text
