"""Whatever is answered, what is said of it is true: each sentence is read again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.author import call
from grader.checks.anatomy import LONGEST, describe
from grader.checks.trusted import run_trusted
from grader.reply import Missing, Raised, Returned, Unsupported

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


def facts_of(reading, evidence):
    """Return what the reader must know of each call."""
    return [
        reading.Fact(
            dict(item.case.call.kwargs),
            run_trusted(right, (), item.case.call.kwargs).value,
            item.reply,
            item.mismatch is None,
        )
        for item in evidence
    ]


# --- laws


@settings(max_examples=300, deadline=None)
@given(questions(), st.sampled_from(sorted(CHANGES)), st.sampled_from(sorted(WHEN)))
def test_every_sentence_is_true_of_all_the_evidence(
    one_function, reading, calls, change, when
):
    suite = one_function(right)

    def mine(**a):
        value = right(**a)
        return CHANGES[change](value, a) if WHEN[when](a) else value

    evidence = suite.answered(mine, calls)
    if all(item.mismatch is None for item in evidence):
        return
    text = describe(suite, evidence)

    assert len(text) <= LONGEST
    for sentence in reading.sentences(text):
        reading.check_sentence(sentence, facts_of(reading, evidence))


@settings(max_examples=300, deadline=None)
@given(questions(), st.data())
def test_every_sentence_is_true_of_errors_of_all_kinds_at_once(
    one_function, reading, calls, data
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

    for sentence in reading.sentences(describe(suite, evidence)):
        reading.check_sentence(sentence, facts_of(reading, evidence))


@settings(max_examples=100, deadline=None)
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
@settings(max_examples=80, deadline=None)
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
