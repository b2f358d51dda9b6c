"""Values survive the wire; anything else is told from them without harm."""

from __future__ import annotations

import contextlib
import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.sandbox.zygote import wire

LIMIT = 1 << 20
DTYPES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]

arrays = st.sampled_from(DTYPES).flatmap(
    lambda code: npst.arrays(
        code,
        npst.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4),
    )
)
numbers = st.integers(-(2**200), 2**200) | st.floats() | st.booleans()
leaves = st.none() | numbers | st.text(max_size=50) | arrays
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.tuples(inner), max_leaves=8
).filter(lambda value: _depth(value) <= wire.MAX_DEPTH)


def _depth(value: object) -> int:
    if type(value) not in (list, tuple):
        return 0
    return 1 + max(map(_depth, value), default=0)


def same(left: object, right: object) -> bool:
    if type(left) is not type(right):
        return False
    if isinstance(left, np.ndarray):
        assert isinstance(right, np.ndarray)
        kinds = left.dtype == right.dtype and left.shape == right.shape
        return bool(kinds and left.tobytes() == right.tobytes())
    if isinstance(left, (list, tuple)):
        assert isinstance(right, (list, tuple))
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, float):
        assert isinstance(right, float)
        return left == right or (math.isnan(left) and math.isnan(right))
    return left == right


def write(value: object) -> bytes:
    return wire.Writer(LIMIT).add(value).payload()


@given(values)
def test_a_value_comes_back_as_it_went(value: object) -> None:
    reader = wire.Reader(write(value))

    back = reader.read()

    reader.end()
    assert same(value, back)


@given(values, st.data())
def test_a_value_cut_short_is_malformed(value: object, data: st.DataObject) -> None:
    payload = write(value)
    cut = data.draw(st.integers(0, len(payload) - 1))

    with pytest.raises(wire.MalformedError):
        wire.Reader(payload[:cut]).read()


@given(st.binary(max_size=200) | values.map(write), st.data())
def test_garbled_bytes_are_a_value_or_malformed(
    payload: bytes, data: st.DataObject
) -> None:
    garbled = bytearray(payload or b"?")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(garbled) - 1))
        garbled[place] = data.draw(st.integers(0, 255))
    reader = wire.Reader(garbled, lambda text: text)

    with contextlib.suppress(wire.MalformedError):  # and nothing else
        reader.read()
        reader.end()


@pytest.mark.parametrize(
    "payload",
    [
        b"a\x0b\x01" + (2**31 - 1).to_bytes(4, "little"),
        b"a\x0b\x08" + b"\xff\xff\xff\x7f" * 8,
        b"a\x0b\x04" + b"\0\0\0\0" + b"\xff\xff\xff\x7f" * 3,
        b"a\x0b\x09" + b"\1\0\0\0" * 9,
        b"a\x63\x00",
        b"t\xff\xff",
        b"t\x00\x10" * 2000,
        b"l\x01\x00" * 5 + b"N",
        b"s\xff\xff\xff\xff",
        b"s\x01\x00\x00\x00\xff",
        b"i\x00\x00",
        b"i\xff\xff",
        b"U\x01\x00\x00\x00x",
        b"\x00",
        b"",
    ],
)
def test_a_lie_about_sizes_is_malformed_and_costs_no_memory(payload: bytes) -> None:
    tracemalloc.start()

    with pytest.raises(wire.MalformedError):
        wire.Reader(payload).read()

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1 << 20


def test_bytes_after_the_last_value_are_malformed() -> None:
    reader = wire.Reader(b"NN")
    reader.read()

    with pytest.raises(wire.MalformedError, match="after"):
        reader.end()


def test_too_many_values_are_refused_on_both_sides() -> None:
    shared = [0] * 4096
    value = [shared] * 4096

    with pytest.raises(wire.TooLargeError):
        write(value)
    with pytest.raises(wire.MalformedError, match="too many values"):
        wire.Reader(b"l\x00\x10" + (b"l\x00\x10" + b"N" * 4096) * 4096).read()


def test_a_view_far_larger_than_its_memory_is_not_copied() -> None:
    value = np.broadcast_to(np.zeros(1), (2**20, 2**20))

    with pytest.raises(TypeError, match="bytes"):
        write(value)


@pytest.mark.parametrize("value", [{}, b"x", object(), 1j, np.zeros(2, complex)])
def test_the_grader_cannot_send_what_is_not_a_value(value: object) -> None:
    with pytest.raises(TypeError, match="cannot cross"):
        write(value)


@given(arrays)
def test_what_arrives_is_writable_and_ones_own(array: np.ndarray) -> None:
    payload = write(array)

    back = wire.Reader(payload).read()

    assert back.flags.c_contiguous
    assert back.flags.writeable
    assert back.flags.owndata
    assert back.flags.aligned
